/* The line that runs a command in bubblewrap, built from tables of what it may see. Starting it, and limits that need watching, are the executors'.
 * */
#include "run/sandbox.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534u
#define SMALL_TMPFS (16u * 1024u * 1024u)
#define PRIVATE_SHARE 4u /* /tmp, /dev/shm and home may each hold a fourth of the disk limit: they are memory */
#define PRIVATE_BYTES ((guint64) 1024 * 1024 * 1024)

/* Read-only parts of the machine's system; those that do not exist are left out. Of /etc only what programs need to start and to read text in. */
static const char *const SYSTEM_PATHS[] = { "/usr",
                                            "/bin",
                                            "/sbin",
                                            "/lib",
                                            "/lib32",
                                            "/lib64",
                                            "/libx32",
                                            "/opt",
                                            "/nix/store",
                                            "/etc/alternatives",
                                            "/etc/fonts",
                                            "/etc/ld.so.cache",
                                            "/etc/ld.so.conf",
                                            "/etc/ld.so.conf.d",
                                            "/etc/localtime",
                                            "/etc/mime.types" };
/* What reaching the network takes besides. */
static const char *const NETWORK_PATHS[]
    = { "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl/certs", "/etc/ca-certificates", "/etc/pki" };
/* Of an image, these are the sandbox's own. */
static const char *const OWN_FOLDERS[] = { "proc", "dev", "tmp", "home", "sys", "run", "mnt", "media", &CD_JOB_FOLDER[1], NULL };
/* Devices that every graphics processor of a maker needs, and the form of one's own. */
static const char *const GPU_DEVICES[] = { "/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools", "/dev/nvidia-modeset", "/dev/kfd" };

/* What the command's shell does first: the number of processes is counted within the namespace only for limits set in there. dash and busybox call
 * it -p, bash -u. */
#define LIMIT_PROCESSES "ulimit -p \"$1\" 2>/dev/null || ulimit -u \"$1\" || exit 126; exec sh -c \"$2\""

static void G_GNUC_NULL_TERMINATED
add (GPtrArray *line, ...)
{
  va_list words;
  va_start (words, line);
  for (const char *word = va_arg (words, const char *); word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (line, g_strdup (word));
  va_end (words);
}

static void G_GNUC_PRINTF (2, 3) add_format (GPtrArray *line, const char *format, ...)
{
  va_list values;
  va_start (values, format);
  g_ptr_array_add (line, g_strdup_vprintf (format, values));
  va_end (values);
}

guint
cd_sandbox_user (void)
{
  return geteuid () == 0 ? NOBODY : (guint) geteuid ();
}

gboolean
cd_sandbox_can_reach (const char *folder)
{
  if (geteuid () != 0)
    return g_access (folder, X_OK) == 0;
  for (g_autofree char *path = realpath (folder, NULL); path != NULL;) {
    GStatBuf status;
    if (g_stat (path, &status) != 0 || !(status.st_mode & (status.st_uid == NOBODY ? S_IXUSR : S_IXOTH)))
      return FALSE;
    if (strcmp (path, "/") == 0)
      return TRUE;
    char *above = g_path_get_dirname (path);
    g_free (path);
    path = above;
  }
  return FALSE;
}

/* A path of the machine (or of an image) at the same place inside, read-only; a symbolic link as one. */
static void
add_system_path (GPtrArray *line, const char *source, const char *path)
{
  g_autofree char *target = g_file_read_link (source, NULL);
  if (target != NULL && strchr (path + 1, '/') == NULL)
    add (line, "--symlink", target, path, NULL);
  else if (g_file_test (source, G_FILE_TEST_EXISTS))
    add (line, "--ro-bind", source, path, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The image's top folders one by one: a root that is bound whole and read-only has no place for the sandbox's own folders. */
static void
add_image (GPtrArray *line, const char *image)
{
  g_autoptr (GDir) folder = g_dir_open (image, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    if (!g_strv_contains (OWN_FOLDERS, name))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *source = g_build_filename (image, names->pdata[i], NULL);
    g_autofree char *path = g_strconcat ("/", names->pdata[i], NULL);
    add_system_path (line, source, path);
  }
}

static void
add_devices (GPtrArray *line, char **gpus)
{
  if (gpus == NULL || *gpus == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (GPU_DEVICES); i++)
    add (line, "--dev-bind-try", GPU_DEVICES[i], GPU_DEVICES[i], NULL);
  for (; *gpus != NULL; gpus++) {
    g_autofree char *nvidia = g_strconcat ("/dev/nvidia", *gpus, NULL);
    g_autofree char *render = g_strdup_printf ("/dev/dri/renderD%" G_GUINT64_FORMAT, 128 + g_ascii_strtoull (*gpus, NULL, 10));
    add (line, "--dev-bind-try", nvidia, nvidia, "--dev-bind-try", render, render, NULL);
  }
  add (line, "--ro-bind", "/sys", "/sys", NULL); /* drivers find the device there */
}

static void
add_private_folder (GPtrArray *line, const char *path, guint64 bytes)
{
  add (line, "--perms", "1777", "--size", NULL);
  add_format (line, "%" G_GUINT64_FORMAT, bytes);
  add (line, "--tmpfs", path, NULL);
}

/* Order matters: what is mounted later covers what was before; nothing is made on / and /dev after they have become read-only. */
static void
add_files (GPtrArray *line, const CdJob *job)
{
  guint64 private_bytes = job->limits.disk > 0 ? MAX (job->limits.disk / PRIVATE_SHARE, SMALL_TMPFS) : PRIVATE_BYTES;
  if (job->image != NULL)
    add_image (line, job->image);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (SYSTEM_PATHS); i++)
      add_system_path (line, SYSTEM_PATHS[i], SYSTEM_PATHS[i]);
  for (gsize i = 0; job->network && job->image == NULL && i < G_N_ELEMENTS (NETWORK_PATHS); i++)
    add_system_path (line, NETWORK_PATHS[i], NETWORK_PATHS[i]);
  add (line, "--proc", "/proc", "--dev", "/dev", NULL);
  add_devices (line, job->gpus);
  add_private_folder (line, "/dev/shm", private_bytes);
  add_private_folder (line, "/tmp", private_bytes);
  add_private_folder (line, CD_JOB_HOME, private_bytes);
  add (line, "--bind", job->folder, CD_JOB_FOLDER, "--remount-ro", "/dev", "--remount-ro", "/", NULL);
}

static void
add_environment (GPtrArray *line, char **environment)
{
  add (line, "--clearenv", NULL);
  for (; environment != NULL && *environment != NULL; environment++) {
    g_auto (GStrv) pair = g_strsplit (*environment, "=", 2);
    if (g_strv_length (pair) == 2)
      add (line, "--setenv", pair[0], pair[1], NULL);
  }
}

static void
add_kernel_limits (GPtrArray *line, const CdLimits *limits, gboolean address_space)
{
  add (line, "prlimit", "--core=0", NULL);
  if (limits->file > 0)
    add_format (line, "--fsize=%" G_GUINT64_FORMAT, limits->file);
  if (address_space && limits->memory > 0)
    add_format (line, "--as=%" G_GUINT64_FORMAT, limits->memory);
  add (line, "--", NULL);
}

/* Root changes to nobody before the namespace is made, since a root without capabilities would still own root's files. Where nobody may make
 * no user namespace, root makes the others, and the change comes inside. */
typedef enum { OWN_NAMESPACE, NOBODY_NAMESPACE, ROOT_NAMESPACE } Namespace;

static void
add_change_of_user (GPtrArray *line)
{
  add (line, "setpriv", NULL);
  add_format (line, "--reuid=%u", NOBODY);
  add_format (line, "--regid=%u", NOBODY);
  add (line, "--clear-groups", NULL);
}

static void
add_namespaces (GPtrArray *line, Namespace kind, gboolean network)
{
  if (kind == NOBODY_NAMESPACE) {
    add_change_of_user (line);
    add (line, "--", NULL);
  }
  add (line, "bwrap", "--die-with-parent", "--new-session", "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try", "--hostname",
       "candor", "--cap-drop", "ALL", NULL);
  if (!network)
    add (line, "--unshare-net", NULL);
  if (kind == ROOT_NAMESPACE)
    add (line, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP", NULL);
  else
    add (line, "--unshare-user", "--disable-userns", NULL);
}

static char **
command_in (Namespace kind, const CdJob *job, int filter, int status, gboolean address_space)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  add (line, "/usr/bin/env", "-i", "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C.UTF-8", NULL);
  add_kernel_limits (line, &job->limits, address_space);
  add_namespaces (line, kind, job->network);
  if (filter >= 0) {
    add (line, "--seccomp", NULL);
    add_format (line, "%d", filter);
  }
  if (status >= 0) {
    add (line, "--json-status-fd", NULL);
    add_format (line, "%d", status);
  }
  add_environment (line, job->environment);
  add_files (line, job);
  g_autofree char *start = job->start != NULL ? g_build_path ("/", CD_JOB_FOLDER, job->start, NULL) : g_strdup (CD_JOB_FOLDER);
  add (line, "--chdir", kind == ROOT_NAMESPACE ? "/" : start, "--", NULL);
  if (kind == ROOT_NAMESPACE) { /* which may not enter nobody's folder without its capabilities */
    add_change_of_user (line);
    add (line, "--inh-caps=-all", "--bounding-set=-all", "--", "env", "--chdir", start, NULL);
  }
  add (line, "sh", "-c", NULL);
  if (job->limits.processes > 0) {
    add (line, LIMIT_PROCESSES, "sh", NULL);
    add_format (line, "%" G_GUINT64_FORMAT, job->limits.processes);
  }
  add (line, job->command, NULL);
  g_ptr_array_add (line, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&line), FALSE);
}

/* The first line of what bubblewrap says, or what else is known. Caller frees. */
static char *
reason_of (const char *said, const GError *cause, int status)
{
  if (cause != NULL)
    return g_strdup (cause->message);
  if (said != NULL && *said != '\0')
    return g_strndup (said, strcspn (said, "\n"));
  return g_strdup_printf ("exit status %d", WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status));
}

/* Runs a program that does nothing. NULL where that works; otherwise why it does not. Caller frees. */
static char *
try_namespace (Namespace kind)
{
  CdJob job = { .command = (char *) "true", .folder = (char *) "/usr/bin", .limits = { .processes = 64 } };
  g_auto (GStrv) line = command_in (kind, &job, -1, -1, FALSE);
  g_autofree char *said = NULL;
  g_autoptr (GError) cause = NULL;
  int status = 0;
  gboolean started = g_spawn_sync (NULL, line, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said, &status, &cause);
  return started && WIFEXITED (status) && WEXITSTATUS (status) == 0 ? NULL : reason_of (said, cause, status);
}

/* Found out once. */
static Namespace
namespace_here (void)
{
  static gsize answer = 0;
  if (g_once_init_enter (&answer)) {
    Namespace kind = geteuid () == 0 ? NOBODY_NAMESPACE : OWN_NAMESPACE;
    g_autofree char *why = kind == NOBODY_NAMESPACE ? try_namespace (kind) : NULL;
    g_autofree char *why_root = why != NULL ? try_namespace (ROOT_NAMESPACE) : NULL;
    if (why != NULL && why_root == NULL)
      kind = ROOT_NAMESPACE;
    g_once_init_leave (&answer, (gsize) kind + 1);
  }
  return (Namespace) (answer - 1);
}

char **
cd_sandbox_command (const CdJob *job, int filter, int status, gboolean address_space)
{
  return command_in (namespace_here (), job, filter, status, address_space);
}

gboolean
cd_sandbox_check (GError **error)
{
  static const char *const PROGRAMS[] = { "bwrap", "prlimit", "setpriv" };
  for (gsize i = 0; i < G_N_ELEMENTS (PROGRAMS); i++) {
    g_autofree char *found = g_find_program_in_path (PROGRAMS[i]);
    if (found != NULL)
      continue;
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL,
                 "commands are run in a sandbox only, and %s is not installed (Debian: apt-get install bubblewrap util-linux)", PROGRAMS[i]);
    return FALSE;
  }
  g_autofree char *reason = try_namespace (namespace_here ());
  if (reason == NULL)
    return TRUE;
  g_set_error (
      error, CD_ERROR, CD_ERROR_INTERNAL,
      "commands are run in a sandbox only, and bubblewrap cannot make one here: %s. Allow unprivileged user namespaces "
      "(sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces above 0, on Ubuntu also kernel.apparmor_restrict_unprivileged_userns=0; "
      "in a container: run it with --security-opt seccomp=unconfined), or use another machine",
      reason);
  return FALSE;
}
