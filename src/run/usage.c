/* Watching a job's disk and memory. A walk over its folder is dear, so that the file system's own count of free space, which is cheap, tells when
 * one is due. Killing is the executor's. */
#include "run/usage.h"
#include "base/folder.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#define LOOK_USEC (20 * 1000)                      /* between looks at free space */
#define WALK_USEC (500 * 1000)                     /* between walks where free space does not call for one */
#define WALK_SHARE 10                              /* of the time at most one part is spent walking */
#define RESERVE_BYTES ((guint64) 64 * 1024 * 1024) /* of free space that no job may take */
#define CALL_SHARE 8                               /* a walk is due when free space went down by this part of what is left to the job */

struct _CdUsage {
  const CdJob *job;
  const CdControlGroup *group;
  GThread *thread;
  gint stop, reached, process; /* atomic */
};

typedef struct {
  guint64 used;     /* at the last walk */
  guint64 free;     /* then */
  gint64 next_walk; /* monotonic time */
} Looking;

/* The parent of a process, from /proc/PID/stat: "pid (any name) state parent …". 0 where it is gone. */
static pid_t
parent_of (const char *process)
{
  g_autofree char *path = g_build_filename ("/proc", process, "stat", NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  const char *after = strrchr (text, ')');
  return after != NULL && strlen (after) > 4 ? atoi (after + 4) : 0;
}

/* The process and all that descend from it (pid_t). Within a process namespace every orphan becomes its first process's child. */
static GArray *
descendants (pid_t first)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (pid_t));
  g_autoptr (GHashTable) parents = g_hash_table_new (NULL, NULL);
  g_autoptr (GDir) folder = first > 0 ? g_dir_open ("/proc", 0, NULL) : NULL;
  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    if (g_ascii_isdigit (*name))
      g_hash_table_insert (parents, GINT_TO_POINTER (atoi (name)), GINT_TO_POINTER (parent_of (name)));
  GHashTableIter iterator;
  gpointer key = NULL;
  g_hash_table_iter_init (&iterator, parents);
  while (g_hash_table_iter_next (&iterator, &key, NULL)) {
    gpointer at = key;
    for (guint steps = 0; steps < g_hash_table_size (parents) && at != NULL && GPOINTER_TO_INT (at) != first; steps++)
      at = g_hash_table_lookup (parents, at);
    pid_t process = GPOINTER_TO_INT (key);
    if (GPOINTER_TO_INT (at) == first)
      g_array_append_val (found, process);
  }
  return found;
}

static GArray *
processes_of (CdUsage *usage)
{
  return usage->group != NULL ? cd_control_group_processes (usage->group) : descendants (g_atomic_int_get (&usage->process));
}

/* What files that have no name any more hold on disk: only open descriptors lead to them. Each once. */
static guint64
unlinked_bytes (const GArray *processes)
{
  guint64 total = 0;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < processes->len; i++) {
    g_autofree char *path = g_strdup_printf ("/proc/%d/fd", g_array_index (processes, pid_t, i));
    g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
    for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
      g_autofree char *link = g_build_filename (path, name, NULL);
      GStatBuf status;
      if (g_stat (link, &status) != 0 || !S_ISREG (status.st_mode) || status.st_nlink > 0)
        continue;
      guint64 *inode = g_new (guint64, 1);
      *inode = status.st_ino;
      if (g_hash_table_add (seen, inode))
        total += (guint64) status.st_blocks * 512;
    }
  }
  return total;
}

static guint64
free_bytes (const char *folder)
{
  struct statvfs status;
  return statvfs (folder, &status) == 0 ? (guint64) status.f_bavail * status.f_frsize : G_MAXUINT64;
}

static gboolean
walk_is_due (const CdUsage *usage, const Looking *looking, guint64 left_free, gint64 now)
{
  guint64 limit = usage->job->limits.disk;
  guint64 left = limit > looking->used ? limit - looking->used : 0;
  guint64 gone = looking->free > left_free ? looking->free - left_free : 0;
  return now >= looking->next_walk || gone > left / CALL_SHARE;
}

static gboolean
disk_is_over (CdUsage *usage, Looking *looking)
{
  guint64 limit = usage->job->limits.disk;
  guint64 left_free = free_bytes (usage->job->folder);
  gint64 start = g_get_monotonic_time ();
  if (left_free < RESERVE_BYTES)
    return TRUE;
  if (limit == 0 || !walk_is_due (usage, looking, left_free, start))
    return FALSE;
  g_autoptr (GArray) processes = processes_of (usage);
  guint64 hidden = unlinked_bytes (processes);
  guint64 shown = hidden > limit ? 0 : cd_folder_usage (usage->job->folder, limit, &usage->stop);
  if (hidden > limit || shown > limit - hidden)
    return TRUE;
  gint64 end = g_get_monotonic_time ();
  *looking = (Looking){ shown + hidden, left_free, end + MAX (WALK_USEC, (end - start) * WALK_SHARE) };
  return FALSE;
}

/* "Name:   N kB" of /proc/PID/status, in bytes. */
static guint64
status_bytes (const char *text, const char *name)
{
  const char *at = strstr (text, name);
  return at != NULL ? g_ascii_strtoull (at + strlen (name), NULL, 10) * 1024 : 0;
}

static gboolean
memory_is_over (CdUsage *usage)
{
  guint64 total = 0;
  g_autoptr (GArray) processes = processes_of (usage);
  for (guint i = 0; i < processes->len; i++) {
    g_autofree char *path = g_strdup_printf ("/proc/%d/status", g_array_index (processes, pid_t, i));
    g_autofree char *text = NULL;
    if (g_file_get_contents (path, &text, NULL, NULL))
      total += status_bytes (text, "\nRssAnon:") + status_bytes (text, "\nRssShmem:");
  }
  return total > usage->job->limits.memory;
}

static gpointer
watch (gpointer data)
{
  CdUsage *usage = data;
  Looking looking = { .free = free_bytes (usage->job->folder) };
  gboolean watches_memory = usage->group == NULL && usage->job->limits.memory > 0;
  while (!g_atomic_int_get (&usage->stop)) {
    CdLimit reached = disk_is_over (usage, &looking) ? CD_LIMIT_DISK : watches_memory && memory_is_over (usage) ? CD_LIMIT_MEMORY : CD_LIMIT_NONE;
    if (reached != CD_LIMIT_NONE && !g_atomic_int_get (&usage->stop)) {
      g_atomic_int_set (&usage->reached, (gint) reached);
      break;
    }
    g_usleep (LOOK_USEC);
  }
  return NULL;
}

CdUsage *
cd_usage_watch (const CdJob *job, const CdControlGroup *group)
{
  CdUsage *usage = g_new0 (CdUsage, 1);
  usage->job = job;
  usage->group = group;
  /* Signals are for the thread that can act on them. */
  sigset_t all, before;
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &before);
  usage->thread = g_thread_new ("usage", watch, usage);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  return usage;
}

void
cd_usage_set_process (CdUsage *usage, pid_t process)
{
  g_atomic_int_set (&usage->process, process);
}

CdLimit
cd_usage_reached (CdUsage *usage)
{
  return (CdLimit) g_atomic_int_get (&usage->reached);
}

void
cd_usage_free (CdUsage *usage)
{
  if (usage == NULL)
    return;
  g_atomic_int_set (&usage->stop, 1);
  g_thread_join (usage->thread);
  g_free (usage);
}
