/* Starting, feeding, watching and ending one worker's process. Its memory is watched from outside and the process killed as a whole: inside, a library to which
 * memory is refused may go on with less, and the audit would be another one. The limit that the kernel keeps (worker.c) is for what grows between two looks. */
#include "leaderboard/worker-process.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "/proc/self/exe"
#define CHUNK_BYTES 4096u
#define LINE_MOST (1024u * 1024u) /* of an answer, which is short */

/* Under a sanitizer a process takes several times what it takes without. */
#if defined __SANITIZE_ADDRESS__
#define WATCHES_MEMORY 0
#elif defined __has_feature
#define WATCHES_MEMORY (!__has_feature (address_sanitizer))
#else
#define WATCHES_MEMORY 1
#endif

void
cd_worker_process_init (CdWorkerProcess *worker)
{
  *worker = (CdWorkerProcess){ .in = -1, .out = -1, .said = g_string_new (NULL) };
}

void
cd_worker_process_clear (CdWorkerProcess *worker)
{
  g_string_free (worker->said, TRUE);
}

/* A write to a process that died is seen when it is read from. */
static void
say (const CdWorkerProcess *worker, const char *line)
{
  g_autofree char *whole = g_strconcat (line, "\n", NULL);
  gsize length = strlen (whole), at = 0;
  while (at < length) {
    gssize written = write (worker->in, whole + at, length - at);
    if (written < 0 && errno != EINTR)
      return;
    at += written > 0 ? (gsize) written : 0;
  }
}

gboolean
cd_worker_process_start (CdWorkerProcess *worker, const char *settings, GError **error)
{
  if (worker->pid > 0)
    return TRUE;
  char *argv[] = { (char *) PROGRAM, (char *) CD_LEADERBOARD_WORKER, NULL };
  g_autoptr (GError) why = NULL;
  GPid pid = 0;
  if (!g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &worker->in, &worker->out, NULL, &why)) {
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "a worker process cannot be started: %s", why->message);
    return FALSE;
  }
  worker->pid = pid;
  worker->over = CD_OVER_NOTHING;
  g_string_truncate (worker->said, 0);
  fcntl (worker->out, F_SETFL, O_NONBLOCK);
  say (worker, settings);
  return TRUE;
}

void
cd_worker_process_give (CdWorkerProcess *worker, CdTask *task, const char *line)
{
  worker->task = task;
  worker->begun = g_get_monotonic_time ();
  say (worker, line);
}

gboolean
cd_worker_process_read (CdWorkerProcess *worker)
{
  char chunk[CHUNK_BYTES];
  gssize length = read (worker->out, chunk, sizeof chunk);
  if (length > 0)
    g_string_append_len (worker->said, chunk, length);
  return worker->said->len < LINE_MOST && (length > 0 || (length < 0 && (errno == EAGAIN || errno == EINTR)));
}

char *
cd_worker_process_line (CdWorkerProcess *worker)
{
  const char *end = memchr (worker->said->str, '\n', worker->said->len);
  if (end == NULL)
    return NULL;
  gsize length = (gsize) (end - worker->said->str);
  char *line = g_strndup (worker->said->str, length);
  g_string_erase (worker->said, 0, (gssize) length + 1);
  return line;
}

/* Bytes that are the process's own: resident, and not pages of files (packs, the program itself), which cost nothing that could not be had back. */
static guint64
memory_of (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", (int) pid), *text = NULL;
  unsigned long long resident = 0, shared = 0;
  if (!g_file_get_contents (path, &text, NULL, NULL) || sscanf (text, "%*u %llu %llu", &resident, &shared) != 2 || shared > resident)
    return 0;
  return (guint64) (resident - shared) * (guint64) sysconf (_SC_PAGESIZE);
}

/* With the programs that it runs, which else would live on for as long as their own limits allow. */
static void
kill_all (const CdWorkerProcess *worker)
{
  kill (-worker->pid, SIGKILL);
  kill (worker->pid, SIGKILL); /* it may not have come to make its group */
}

void
cd_worker_process_watch (CdWorkerProcess *worker, guint64 seconds)
{
  if (worker->task == NULL || worker->over != CD_OVER_NOTHING)
    return;
  if (g_get_monotonic_time () - worker->begun > (gint64) seconds * G_USEC_PER_SEC)
    worker->over = CD_OVER_TIME;
  else if (WATCHES_MEMORY && memory_of (worker->pid) > worker->task->memory)
    worker->over = CD_OVER_MEMORY;
  if (worker->over != CD_OVER_NOTHING)
    kill_all (worker);
}

int
cd_worker_process_end (CdWorkerProcess *worker)
{
  int status = 0;
  kill_all (worker); /* it may have closed its output and live on; the dead do not mind */
  while (waitpid (worker->pid, &status, 0) < 0 && errno == EINTR)
    continue;
  close (worker->in);
  close (worker->out);
  worker->pid = 0;
  worker->in = worker->out = -1;
  return status;
}
