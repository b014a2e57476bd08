/* Runs one of poppler's programs over a PDF, in a sandbox where the machine allows one and under limits everywhere.
 * PDFs are hostile files and poppler is a large parser: it never runs inside this process. What it wrote is for others to read. */
#include "documents/poppler.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEMORY_BYTES (1536u * 1024u * 1024u)

/* Read-only parts of the system that pdftotext needs; those that do not exist are left out. */
static const char *const SYSTEM_PATHS[] = { "/usr", "/lib", "/lib64", "/bin", "/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives" };

/* Runs in the child between fork and exec: only calls that are safe there. */
static void
limit_child (gpointer data G_GNUC_UNUSED)
{
  const struct rlimit memory = { MEMORY_BYTES, MEMORY_BYTES };
  const struct rlimit seconds = { CD_LIMIT_PDF_SECONDS, CD_LIMIT_PDF_SECONDS };
  const struct rlimit none = { 0, 0 };
  setrlimit (RLIMIT_AS, &memory);
  setrlimit (RLIMIT_CPU, &seconds);
  setrlimit (RLIMIT_CORE, &none);
  setrlimit (RLIMIT_FSIZE, &none);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  setpgid (0, 0);
}

/* The PDF as a file without a name, so that nothing is left behind and the sandbox needs no path. */
static int
open_memory (const char *bytes, gsize length)
{
  int file = memfd_create ("pdf", MFD_CLOEXEC);
  if (file < 0)
    return -1;
  for (gsize done = 0; done < length;) {
    gssize written = write (file, bytes + done, length - done);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0) {
      close (file);
      return -1;
    }
    done += (gsize) written;
  }
  lseek (file, 0, SEEK_SET);
  return file;
}

/* Read what the child writes until it closes its end, the time is over, or the bound is reached. */
static CdPopplerState
collect (int pipe, GString *text, gsize most)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) CD_LIMIT_PDF_SECONDS * G_USEC_PER_SEC;
  char buffer[65536];
  while (text->len < most) {
    gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
    struct pollfd wait = { .fd = pipe, .events = POLLIN };
    int ready = left > 0 ? poll (&wait, 1, (int) left) : 0;
    if (ready < 0 && errno == EINTR)
      continue;
    if (ready <= 0)
      return CD_POPPLER_TIMED_OUT;
    gssize got = read (pipe, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return got == 0 ? CD_POPPLER_OK : CD_POPPLER_FAILED;
    g_string_append_len (text, buffer, MIN (got, (gssize) (most - text->len)));
  }
  return CD_POPPLER_OK;
}

static CdPopplerState
run (const char *const *arguments, const char *bytes, gsize length, GString *text, gsize most)
{
  g_string_truncate (text, 0);
  int input = open_memory (bytes, length);
  if (input < 0)
    return CD_POPPLER_NOT_STARTED;
  int silent = g_open ("/dev/null", O_WRONLY | O_CLOEXEC, 0);
  char *environment[] = { (char *) "PATH=/usr/bin:/bin", (char *) "LC_ALL=C.UTF-8", NULL };
  int output[2] = { -1, -1 };
  GPid child = 0;
  gboolean started = g_unix_open_pipe (output, FD_CLOEXEC, NULL)
                     && g_spawn_async_with_fds (NULL, (char **) arguments, environment, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, limit_child,
                                                NULL, &child, input, output[1], silent, NULL);
  close (input);
  if (silent >= 0)
    close (silent);
  if (output[1] >= 0)
    close (output[1]);
  CdPopplerState state = started ? collect (output[0], text, most) : CD_POPPLER_NOT_STARTED;
  if (output[0] >= 0)
    close (output[0]);
  if (!started)
    return state;
  /* A child that is done is a zombie until waited for, so the group id cannot have been given to others. */
  if (state != CD_POPPLER_OK || text->len >= most)
    kill (-child, SIGKILL);
  int status = 0;
  while (waitpid (child, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (child);
  gboolean succeeded = (WIFEXITED (status) && WEXITSTATUS (status) == 0) || text->len >= most;
  return state == CD_POPPLER_OK && !succeeded ? CD_POPPLER_FAILED : state;
}

static void
add_all (GPtrArray *arguments, const char *const *more)
{
  for (; *more != NULL; more++)
    g_ptr_array_add (arguments, (gpointer) *more);
}

/* bwrap's arguments: no network, no processes, no files but the system's programs and libraries, read only. Borrowed strings. */
static GPtrArray *
sandbox_arguments (const char *const *program)
{
  static const char *const FIXED[] = { "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL", NULL };
  static const char *const REST[] = { "--tmpfs", "/tmp", "--dev", "/dev", "--chdir", "/tmp", "--", NULL };
  GPtrArray *arguments = g_ptr_array_new ();
  add_all (arguments, FIXED);
  for (gsize i = 0; i < G_N_ELEMENTS (SYSTEM_PATHS); i++)
    if (g_file_test (SYSTEM_PATHS[i], G_FILE_TEST_EXISTS)) {
      const char *bind[] = { "--ro-bind", SYSTEM_PATHS[i], SYSTEM_PATHS[i], NULL };
      add_all (arguments, bind);
    }
  add_all (arguments, REST);
  add_all (arguments, program);
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

/* 1 where bwrap can make namespaces here, 2 where not: tried once, by running a program that does nothing. */
static gboolean
can_sandbox (void)
{
  static gsize answer = 0;
  if (g_once_init_enter (&answer)) {
    static const char *const NOTHING[] = { "/bin/true", NULL };
    g_autoptr (GPtrArray) arguments = sandbox_arguments (NOTHING);
    g_autoptr (GString) text = g_string_new (NULL);
    gsize found = run ((const char *const *) arguments->pdata, "", 0, text, 1) == CD_POPPLER_OK ? 1 : 2;
    g_once_init_leave (&answer, found);
  }
  return answer == 1;
}

CdPopplerState
cd_poppler_run (const char *const *arguments, const char *bytes, gsize length, GString *text, gsize most)
{
  g_autoptr (GPtrArray) sandboxed = sandbox_arguments (arguments);
  CdPopplerState state = run ((const char *const *) sandboxed->pdata, bytes, length, text, most);
  /* Failure may be the PDF's or the sandbox's; a PDF that fails inside a working sandbox is not tried outside of it. */
  if (state == CD_POPPLER_OK || state == CD_POPPLER_TIMED_OUT || can_sandbox ())
    return state;
  return run (arguments, bytes, length, text, most);
}

char *
cd_poppler_cache_file (const char *format, const CdOid *oid, const char *directory)
{
  if (directory == NULL)
    return NULL;
  char hex[2 * CD_OID_BYTES + 1];
  for (gsize i = 0; i < CD_OID_BYTES; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", oid->bytes[i]);
  g_autofree char *name = g_strdup_printf ("%s-%s.txt", format, hex);
  return g_build_filename (directory, name, NULL);
}

GBytes *
cd_poppler_load (const char *file)
{
  char *text = NULL;
  gsize length = 0;
  if (file == NULL || !g_file_get_contents (file, &text, &length, NULL))
    return NULL;
  return g_bytes_new_take (text, length);
}

void
cd_poppler_store (const char *file, const GString *text)
{
  if (file == NULL)
    return;
  g_autofree char *directory = g_path_get_dirname (file);
  if (g_mkdir_with_parents (directory, 0700) == 0)
    g_file_set_contents (file, text->str, (gssize) text->len, NULL);
}
