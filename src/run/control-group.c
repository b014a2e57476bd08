/* Control groups through their file system (cgroups(7)). Where the mounts are and which group is ours is read from /proc; which limit was reached is
 * read from the group's counters. Killing is the executor's. */
#include "run/control-group.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define GROUPS 2        /* version 1 has one hierarchy a controller: memory, pids */
#define OWN_PROCESSES 8 /* bubblewrap's, beside those that the command may have */
#define PREFIX "candor-"
#define STALE_SECONDS 60
#define REMOVALS 50 /* a group is busy for a moment after its last process */

struct _CdControlGroup {
  gboolean unified;
  char *folders[GROUPS]; /* [0] has memory, [1] pids (version 1 only; NULL: none) */
  int joins[GROUPS];     /* open cgroup.procs; -1 */
};

static gboolean
write_text (const char *folder, const char *file, const char *text)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return FALSE;
  gboolean written = write (fd, text, strlen (text)) == (gssize) strlen (text);
  close (fd);
  return written;
}

static gboolean
write_number (const char *folder, const char *file, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  return write_text (folder, file, text);
}

/* The number after "name " in a file of such lines (memory.events and its like); 0 where there is none. */
static guint64
read_counter (const char *folder, const char *file, const char *name)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL;
  if (folder == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, name) && (*line)[strlen (name)] == ' ')
      return g_ascii_strtoull (*line + strlen (name) + 1, NULL, 10);
  return 0;
}

/* Where a hierarchy is mounted: version 2 for controller NULL, else version 1 with that controller. Caller frees; NULL: nowhere. */
static char *
find_mount (const char *controller)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/proc/self/mounts", &text, NULL, NULL))
    return NULL;
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) words = g_strsplit (*line, " ", 0);
    if (g_strv_length (words) < 4 || strcmp (words[2], controller == NULL ? "cgroup2" : "cgroup") != 0)
      continue;
    g_auto (GStrv) options = g_strsplit (words[3], ",", 0);
    if (controller == NULL || g_strv_contains ((const char *const *) options, controller))
      return g_strdup (words[1]);
  }
  return NULL;
}

/* Our own group's folder in that hierarchy. Caller frees; NULL: none. */
static char *
find_own (const char *controller)
{
  g_autofree char *mount = find_mount (controller);
  g_autofree char *text = NULL;
  if (mount == NULL || !g_file_get_contents ("/proc/self/cgroup", &text, NULL, NULL))
    return NULL;
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) parts = g_strsplit (*line, ":", 3); /* number:controllers:path */
    if (g_strv_length (parts) < 3)
      continue;
    g_auto (GStrv) controllers = g_strsplit (parts[1], ",", 0);
    if (controller == NULL ? *parts[1] == '\0' : g_strv_contains ((const char *const *) controllers, controller))
      return g_build_filename (mount, parts[2], NULL);
  }
  return NULL;
}

/* Groups of runs that were killed before they could remove them. A busy group cannot be removed, a young one may still be about to be used. */
static void
remove_stale (const char *parent)
{
  g_autoptr (GDir) folder = g_dir_open (parent, 0, NULL);
  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *path = g_build_filename (parent, name, NULL);
    GStatBuf status;
    if (g_str_has_prefix (name, PREFIX) && g_lstat (path, &status) == 0 && status.st_mtime + STALE_SECONDS < time (NULL))
      g_rmdir (path);
  }
}

/* A new folder in parent, which is a new group. Caller frees; NULL where that is not allowed. */
static char *
make_group (const char *parent)
{
  g_autofree char *template = g_build_filename (parent, PREFIX "XXXXXX", NULL);
  remove_stale (parent);
  return g_mkdtemp_full (template, 0755) != NULL ? g_steal_pointer (&template) : NULL;
}

static gboolean
has_controllers (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "cgroup.subtree_control", NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  g_auto (GStrv) words = g_strsplit_set (text, " \n", 0);
  return g_strv_contains ((const char *const *) words, "memory") && g_strv_contains ((const char *const *) words, "pids");
}

/* Below ourselves where we may hand controllers down (the root group, or one without other processes), else beside ourselves (a user's
 * delegated slice). */
static gboolean
open_unified (CdControlGroup *group)
{
  g_autofree char *own = find_own (NULL);
  if (own == NULL)
    return FALSE;
  if (!has_controllers (own))
    write_text (own, "cgroup.subtree_control", "+memory +pids");
  g_autofree char *beside = g_path_get_dirname (own);
  if (has_controllers (own))
    group->folders[0] = make_group (own);
  else if (has_controllers (beside))
    group->folders[0] = make_group (beside);
  group->unified = group->folders[0] != NULL;
  return group->unified;
}

static gboolean
open_separate (CdControlGroup *group)
{
  g_autofree char *memory = find_own ("memory");
  g_autofree char *pids = find_own ("pids");
  group->folders[0] = memory != NULL ? make_group (memory) : NULL;
  group->folders[1] = pids != NULL && group->folders[0] != NULL ? make_group (pids) : NULL;
  return group->folders[0] != NULL;
}

static gboolean
set_limits (const CdControlGroup *group, const CdLimits *limits)
{
  const char *pids = group->unified ? group->folders[0] : group->folders[1];
  if (pids != NULL && limits->processes > 0)
    write_number (pids, "pids.max", limits->processes + OWN_PROCESSES);
  if (limits->memory == 0)
    return TRUE;
  if (group->unified) {
    write_text (group->folders[0], "memory.swap.max", "0");
    return write_number (group->folders[0], "memory.max", limits->memory);
  }
  if (!write_number (group->folders[0], "memory.limit_in_bytes", limits->memory))
    return FALSE;
  write_number (group->folders[0], "memory.memsw.limit_in_bytes", limits->memory); /* absent where swap is not accounted */
  return TRUE;
}

CdControlGroup *
cd_control_group_new (const CdLimits *limits)
{
  g_autoptr (CdControlGroup) group = g_new0 (CdControlGroup, 1);
  for (int i = 0; i < GROUPS; i++)
    group->joins[i] = -1;
  if ((!open_unified (group) && !open_separate (group)) || !set_limits (group, limits))
    return NULL;
  for (int i = 0; i < GROUPS; i++) {
    if (group->folders[i] == NULL)
      continue;
    g_autofree char *path = g_build_filename (group->folders[i], "cgroup.procs", NULL);
    group->joins[i] = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  }
  return group->joins[0] >= 0 ? g_steal_pointer (&group) : NULL;
}

void
cd_control_group_join (const CdControlGroup *group)
{
  for (int i = 0; i < GROUPS; i++)
    if (group->joins[i] >= 0 && write (group->joins[i], "0", 1) != 1)
      _exit (126); /* a job outside of its bounds is not run */
}

gboolean
cd_control_group_memory_reached (const CdControlGroup *group)
{
  return read_counter (group->folders[0], group->unified ? "memory.events" : "memory.oom_control", "oom_kill") > 0;
}

gboolean
cd_control_group_processes_reached (const CdControlGroup *group)
{
  return read_counter (group->unified ? group->folders[0] : group->folders[1], "pids.events", "max") > 0;
}

GArray *
cd_control_group_processes (const CdControlGroup *group)
{
  GArray *processes = g_array_new (FALSE, FALSE, sizeof (pid_t));
  g_autofree char *path = g_build_filename (group->folders[0], "cgroup.procs", NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return processes;
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  for (char **line = lines; *line != NULL && **line != '\0'; line++) {
    pid_t process = atoi (*line);
    g_array_append_val (processes, process);
  }
  return processes;
}

void
cd_control_group_free (CdControlGroup *group)
{
  if (group == NULL)
    return;
  for (int i = 0; i < GROUPS; i++) {
    if (group->joins[i] >= 0)
      close (group->joins[i]);
    for (int tries = 0; group->folders[i] != NULL && tries < REMOVALS && g_rmdir (group->folders[i]) != 0; tries++)
      g_usleep (G_USEC_PER_SEC / 100);
    g_free (group->folders[i]);
  }
  g_free (group);
}
