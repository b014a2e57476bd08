/* The executor of this machine: a job is one bubblewrap with a process namespace of its own, killed by its first process, which takes all others
 * with it. What the sandbox is stands in sandbox.c; this starts it, reads its output and keeps the limits that need watching. */
#include "run/executor.h"
#include "base/folder.h"
#include "run/control-group.h"
#include "run/sandbox.h"
#include "run/usage.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILTER_FD 60 /* as the sandbox sees them; far from the low ones, which glib uses while it starts a program */
#define STATUS_FD 61
#define READ_BYTES 65536u
#define READS 16                         /* of one pipe at a time, so that a flood cannot keep the loop */
#define START_USEC (10 * G_USEC_PER_SEC) /* within which bubblewrap tells its child */
#define GAP_USEC (20 * 1000)             /* between looks at a running job */
#define SIGNAL_BASE 128                  /* exit statuses above it are signals, as shells have it */
#define SIGNALS 64

typedef struct {
  int fd; /* -1 once it has ended */
  GString *tail;
  guint64 bytes;
} Stream;

struct _CdRunning {
  const CdJob *job;
  CdControlGroup *group;
  CdUsage *usage;
  GPid bwrap;
  int first; /* pidfd of the first process of the job's namespace; -1 until known */
  Stream out, err, status;
  gint64 started;
  gboolean killed, over, cancelled;
  CdLimit limit;
};

struct _CdExecutorState {
  GBytes *filter;
  GPtrArray *running; /* borrowed */
};

static CdExecutorState *
open_local (GError **error)
{
  if (!cd_sandbox_check (error))
    return NULL;
  CdExecutorState *state = g_new0 (CdExecutorState, 1);
  state->filter = cd_sandbox_filter ();
  state->running = g_ptr_array_new ();
  return state;
}

static void
close_local (CdExecutorState *state)
{
  g_clear_pointer (&state->filter, g_bytes_unref);
  g_ptr_array_unref (state->running);
  g_free (state);
}

/* One at a time: jobs that share processors tell nothing about their time, and many fill all of them. */
static guint
count_slots (const CdExecutorState *state G_GNUC_UNUSED)
{
  return 1;
}

/* Between fork and exec. A group of its own, so that the terminal's interrupt is ours to act on. */
static void
enter_group (gpointer data)
{
  const CdRunning *running = data;
  setpgid (0, 0);
  if (running->group != NULL)
    cd_control_group_join (running->group);
}

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

/* The filter as a file without a name; -1 with an error. */
static int
open_filter (GBytes *filter, GError **error)
{
  gsize length = 0;
  const void *bytes = g_bytes_get_data (filter, &length);
  int fd = memfd_create ("filter", MFD_CLOEXEC);
  if (fd >= 0 && write (fd, bytes, length) == (gssize) length && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "the sandbox's filter cannot be written: %s", g_strerror (errno));
  close_fd (&fd);
  return -1;
}

static gboolean
spawn (CdExecutorState *state, CdRunning *running, GError **error)
{
  int filter = state->filter != NULL ? open_filter (state->filter, error) : -1;
  int status[2] = { -1, -1 };
  gboolean ready = (state->filter == NULL || filter >= 0) && g_unix_open_pipe (status, FD_CLOEXEC, error);
  g_auto (GStrv) line
      = cd_sandbox_command (running->job, filter >= 0 ? FILTER_FD : -1, STATUS_FD, running->group == NULL && running->job->gpus == NULL);
  const int sources[] = { status[1], filter }, targets[] = { STATUS_FD, FILTER_FD };
  gboolean started
      = ready
        && g_spawn_async_with_pipes_and_fds (NULL, (const char *const *) line, NULL, G_SPAWN_DO_NOT_REAP_CHILD, enter_group, running, -1, -1, -1,
                                             sources, targets, filter >= 0 ? 2 : 1, &running->bwrap, NULL, &running->out.fd, &running->err.fd, error);
  close_fd (&filter);
  close_fd (&status[1]);
  running->status.fd = status[0];
  const int pipes[] = { running->out.fd, running->err.fd, running->status.fd };
  for (gsize i = 0; started && i < G_N_ELEMENTS (pipes); i++)
    g_unix_set_fd_nonblocking (pipes[i], TRUE, NULL);
  return started;
}

static void release (CdExecutorState *state, CdRunning *running);

static CdRunning *
start_one (CdExecutorState *state, const CdJob *job, GError **error)
{
  CdRunning *running = g_new0 (CdRunning, 1);
  running->job = job;
  running->first = running->out.fd = running->err.fd = running->status.fd = -1;
  running->out.tail = g_string_new (NULL);
  running->err.tail = g_string_new (NULL);
  running->status.tail = g_string_new (NULL);
  running->group = cd_control_group_new (&job->limits);
  running->started = g_get_monotonic_time ();
  running->over = !spawn (state, running, error);
  g_ptr_array_add (state->running, running);
  if (running->over) {
    release (state, running);
    return NULL;
  }
  running->usage = cd_usage_watch (job, running->group);
  return running;
}

static CdRunning **
start (CdExecutorState *state, const CdJob *const *jobs, guint count, GError **error)
{
  g_autofree CdRunning **runs = g_new0 (CdRunning *, count + 1);
  for (guint i = 0; i < count; i++) {
    runs[i] = start_one (state, jobs[i], error);
    if (runs[i] != NULL)
      continue;
    for (guint j = 0; j < i; j++)
      release (state, runs[j]);
    return NULL;
  }
  return g_steal_pointer (&runs);
}

/* Keeps the end of what is written; NUL bytes become '?'. */
static void
keep_tail (Stream *stream, char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] == '\0')
      bytes[i] = '?';
  stream->bytes += length;
  g_string_append_len (stream->tail, bytes, (gssize) length);
  if (stream->tail->len > CD_JOB_TAIL_BYTES)
    g_string_erase (stream->tail, 0, (gssize) (stream->tail->len - CD_JOB_TAIL_BYTES));
}

static void
read_stream (Stream *stream)
{
  char buffer[READ_BYTES];
  for (int i = 0; i < READS && stream->fd >= 0; i++) {
    gssize got = read (stream->fd, buffer, sizeof buffer);
    if (got < 0 && errno == EAGAIN)
      return;
    if (got > 0)
      keep_tail (stream, buffer, (gsize) got);
    else if (got == 0 || errno != EINTR)
      close_fd (&stream->fd);
  }
}

/* A number of bubblewrap's status lines, which hold nothing but names and numbers; -1 where it has not been told. */
static gint64
status_number (const CdRunning *running, const char *name)
{
  g_autofree char *key = g_strdup_printf ("\"%s\":", name);
  const char *at = strstr (running->status.tail->str, key);
  return at != NULL ? g_ascii_strtoll (at + strlen (key), NULL, 10) : -1;
}

static void
find_first_process (CdRunning *running)
{
  if (running->first >= 0)
    return;
  gint64 process = status_number (running, "child-pid");
  if (process <= 0)
    return;
  running->first = (int) syscall (SYS_pidfd_open, (pid_t) process, 0);
  cd_usage_set_process (running->usage, (pid_t) process);
}

/* The first process takes the whole namespace along, and bubblewrap ends only after all of it. Before it is known there is nothing but
 * bubblewrap itself, which ends its child. */
static void
kill_job (CdRunning *running)
{
  if (running->first >= 0)
    syscall (SYS_pidfd_send_signal, running->first, SIGKILL, NULL, 0);
  else if (g_get_monotonic_time () - running->started > START_USEC)
    kill (running->bwrap, SIGKILL);
}

static CdLimit
limit_reached (CdRunning *running)
{
  const CdLimits *limits = &running->job->limits;
  if (limits->seconds > 0 && (guint64) (g_get_monotonic_time () - running->started) > limits->seconds * G_USEC_PER_SEC)
    return CD_LIMIT_SECONDS;
  if (limits->output > 0 && (running->out.bytes > limits->output || running->err.bytes > limits->output))
    return CD_LIMIT_OUTPUT;
  if (running->group != NULL && cd_control_group_memory_reached (running->group))
    return CD_LIMIT_MEMORY;
  return cd_usage_reached (running->usage);
}

/* A limit that shows only at the end: by what the kernel refused, which made the command fail, or by what the folder holds. */
static CdLimit
limit_behind (const CdRunning *running, int status)
{
  guint64 disk = running->job->limits.disk;
  if (status == SIGNAL_BASE + SIGXFSZ)
    return CD_LIMIT_FILE;
  if (disk > 0 && cd_folder_usage (running->job->folder, disk, NULL) > disk) /* faster than the watch */
    return CD_LIMIT_DISK;
  if (status != 0 && running->group != NULL && cd_control_group_processes_reached (running->group))
    return CD_LIMIT_PROCESSES;
  return CD_LIMIT_NONE;
}

static void
judge (CdRunning *running, int status, CdJobResult *result)
{
  gint64 told = status_number (running, "exit-code");
  int code = told >= 0 ? (int) told : WIFEXITED (status) ? WEXITSTATUS (status) : SIGNAL_BASE + WTERMSIG (status);
  if (running->limit == CD_LIMIT_NONE && !running->cancelled)
    running->limit = limit_behind (running, code);
  result->status = code;
  result->limit = running->limit;
  if (running->cancelled)
    result->end = CD_JOB_CANCELLED;
  else if (running->limit != CD_LIMIT_NONE)
    result->end = CD_JOB_LIMITED;
  else if (told < 0) {
    result->end = CD_JOB_NOT_STARTED;
    result->problem = g_strndup (running->err.tail->str, strcspn (running->err.tail->str, "\n"));
  } else if (code > SIGNAL_BASE && code <= SIGNAL_BASE + SIGNALS) {
    result->end = CD_JOB_SIGNALLED;
    result->status = code - SIGNAL_BASE;
  } else
    result->end = CD_JOB_EXITED;
}

static gboolean
poll_local (CdExecutorState *state G_GNUC_UNUSED, CdRunning *running, CdJobResult *result)
{
  int status = 0;
  gboolean ended = waitpid (running->bwrap, &status, WNOHANG) == running->bwrap;
  read_stream (&running->status);
  find_first_process (running);
  do { /* all writers are gone: what they left in the pipes is read to its end */
    read_stream (&running->out);
    read_stream (&running->err);
  } while (ended && (running->out.fd >= 0 || running->err.fd >= 0));
  if (running->limit == CD_LIMIT_NONE && !running->cancelled)
    running->limit = limit_reached (running);
  running->killed |= running->limit != CD_LIMIT_NONE || running->cancelled;
  if (!ended) {
    if (running->killed)
      kill_job (running);
    return FALSE;
  }
  running->over = TRUE;
  judge (running, status, result);
  result->seconds = (double) (g_get_monotonic_time () - running->started) / G_USEC_PER_SEC;
  result->out = g_strdup (running->out.tail->str);
  result->err = g_strdup (running->err.tail->str);
  result->out_bytes = running->out.bytes;
  result->err_bytes = running->err.bytes;
  return TRUE;
}

static void
wait_local (CdExecutorState *state, guint milliseconds)
{
  g_autoptr (GArray) fds = g_array_new (FALSE, TRUE, sizeof (struct pollfd));
  for (guint i = 0; i < state->running->len; i++) {
    const CdRunning *running = state->running->pdata[i];
    const int pipes[] = { running->out.fd, running->err.fd, running->status.fd };
    for (gsize j = 0; j < G_N_ELEMENTS (pipes) && !running->over; j++) {
      const struct pollfd one = { .fd = pipes[j], .events = POLLIN };
      if (pipes[j] >= 0)
        g_array_append_val (fds, one);
    }
  }
  poll ((struct pollfd *) (void *) fds->data, fds->len, (int) MIN (milliseconds, GAP_USEC / 1000));
}

static void
cancel (CdExecutorState *state G_GNUC_UNUSED, CdRunning *running)
{
  running->cancelled = !running->over;
}

static void
release (CdExecutorState *state, CdRunning *running)
{
  cancel (state, running);
  while (!running->over) {
    g_auto (CdJobResult) result = { 0 };
    if (!poll_local (state, running, &result))
      wait_local (state, GAP_USEC / 1000);
  }
  g_ptr_array_remove (state->running, running);
  cd_usage_free (running->usage);
  cd_control_group_free (running->group);
  Stream *const streams[] = { &running->out, &running->err, &running->status };
  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++) {
    close_fd (&streams[i]->fd);
    g_string_free (streams[i]->tail, TRUE);
  }
  close_fd (&running->first);
  g_free (running);
}

const CdExecutor cd_executor_local = {
  .name = "local",
  .open = open_local,
  .close = close_local,
  .slots = count_slots,
  .start = start,
  .poll = poll_local,
  .wait = wait_local,
  .cancel = cancel,
  .release = release,
};
