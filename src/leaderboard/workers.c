/* Worker processes: tasks are given as memory allows, processes watched, and replaced when they die. A process for each worker keeps a crash, a hostile
 * repository's hunger for memory or an endless audit to its own work. One worker's process is worker-process.c's, what it does worker.c's. */
#include "leaderboard/exchange.h"
#include "leaderboard/worker-process.h"
#include "run/quantity.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#define LOOK_MILLISECONDS 50 /* between looks at the memory of workers */
#define PROGRESS "auditing works"

typedef struct {
  const CdWorkers *setup;
  GPtrArray *todo; /* CdTask*, borrowed */
  GArray *crew;    /* CdWorkerProcess */
  guint threads;
  guint done, total;
} Run;

/* --- tasks --- */

static void
tell (const Run *run)
{
  const CdLeaderboardOptions *options = run->setup->options;
  if (options->progress != NULL)
    options->progress (PROGRESS, run->done, run->total, options->progress_data);
}

static void
finish (Run *run)
{
  run->done++;
  tell (run);
}

static guint64
memory_in_use (const Run *run)
{
  guint64 sum = 0;
  for (guint i = 0; i < run->crew->len; i++) {
    const CdTask *task = g_array_index (run->crew, CdWorkerProcess, i).task;
    sum += task != NULL ? task->memory : 0;
  }
  return sum;
}

/* The first that has room beside those under way; one that takes all there is waits until it is alone. */
static CdTask *
choose (Run *run)
{
  guint64 used = memory_in_use (run);
  for (guint i = 0; i < run->todo->len; i++) {
    CdTask *task = run->todo->pdata[i];
    if (used == 0 || (used <= run->setup->memory && task->memory <= run->setup->memory - used))
      return g_ptr_array_steal_index (run->todo, i);
  }
  return NULL;
}

static gboolean
give_tasks (Run *run, GError **error)
{
  for (guint i = 0; i < run->crew->len; i++) {
    CdWorkerProcess *worker = &g_array_index (run->crew, CdWorkerProcess, i);
    CdTask *task = worker->task == NULL ? choose (run) : NULL;
    if (task == NULL)
      continue;
    g_autofree char *settings = cd_exchange_settings (run->setup, run->threads), *line = cd_exchange_task (task);
    if (!cd_worker_process_start (worker, settings, error))
      return FALSE;
    cd_worker_process_give (worker, task, line);
  }
  return TRUE;
}

/* --- answers and deaths --- */

static gboolean
take_answer (Run *run, CdWorkerProcess *worker, const char *line, GError **error)
{
  CdTask *task = worker->task;
  cJSON *answer = cd_exchange_read (line);
  const char *commit = cd_record_string (answer, "commit"), *message = cd_record_string (answer, "message");
  CdAnswerKind kind = cd_exchange_kind (answer);
  if (task->commit == NULL)
    task->commit = g_strdup (commit);
  task->audited = kind == CD_ANSWER_AUDITED;
  task->kept = kind == CD_ANSWER_KEPT;
  worker->task = NULL;
  if (kind == CD_ANSWER_STORE_FAILED)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_INTERNAL, message != NULL ? message : "a worker cannot use the store");
  cJSON_Delete (answer);
  finish (run);
  return kind != CD_ANSWER_STORE_FAILED;
}

/* Caller frees. */
static char *
reason_of (const Run *run, const CdWorkerProcess *worker, int status)
{
  guint64 seconds = run->setup->options->seconds != 0 ? run->setup->options->seconds : CD_LEADERBOARD_SECONDS;
  g_autofree char *time = cd_quantity_seconds_text (seconds), *memory = cd_quantity_bytes_text (worker->task->memory);
  if (worker->over == CD_OVER_TIME)
    return g_strdup_printf ("the audit took longer than %s", time);
  if (worker->over == CD_OVER_MEMORY)
    return g_strdup_printf ("the audit takes more memory than %s", memory);
  return WIFSIGNALED (status) ? g_strdup_printf ("the audit ended with signal %d", WTERMSIG (status))
                              : g_strdup_printf ("the audit ended with exit status %d", WEXITSTATUS (status));
}

/* An estimate that was too low is no fault of the work: it is tried once more, alone with all the memory there is. So is one that somebody killed, most
 * likely the kernel, for memory. */
static gboolean
deserves_another (const Run *run, const CdWorkerProcess *worker, int status)
{
  gboolean killed = worker->over == CD_OVER_NOTHING && WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL;
  gboolean crowded = worker->over == CD_OVER_MEMORY && worker->task->memory < run->setup->memory;
  return worker->task->attempts == 0 && (killed || crowded);
}

static gboolean
bury (Run *run, CdWorkerProcess *worker, GError **error)
{
  int status = cd_worker_process_end (worker);
  CdTask *task = worker->task;
  if (task == NULL)
    return TRUE;
  g_autofree char *reason = reason_of (run, worker, status);
  gboolean again = deserves_another (run, worker, status);
  worker->task = NULL;
  task->attempts++;
  if (again) {
    task->memory = run->setup->memory;
    g_ptr_array_add (run->todo, task);
    return TRUE;
  }
  CdStoreKey key = cd_task_key (task, run->setup->rules);
  finish (run);
  return cd_store_put (run->setup->store, &key, NULL, reason, error);
}

static gboolean
attend (Run *run, CdWorkerProcess *worker, gboolean readable, GError **error)
{
  gboolean alive = !readable || cd_worker_process_read (worker);
  g_autofree char *line = cd_worker_process_line (worker);
  if (line != NULL && worker->task != NULL && !take_answer (run, worker, line, error))
    return FALSE;
  if (!alive)
    return bury (run, worker, error);
  guint64 seconds = run->setup->options->seconds != 0 ? run->setup->options->seconds : CD_LEADERBOARD_SECONDS;
  cd_worker_process_watch (worker, seconds);
  return TRUE;
}

/* Waits until a worker says something or dies, or it is time to look at their memory. */
static gboolean
listen_to_all (Run *run, GError **error)
{
  g_autofree struct pollfd *places = g_new0 (struct pollfd, run->crew->len);
  for (guint i = 0; i < run->crew->len; i++)
    places[i] = (struct pollfd){ .fd = g_array_index (run->crew, CdWorkerProcess, i).out, .events = POLLIN };
  int heard = poll (places, run->crew->len, LOOK_MILLISECONDS);
  if (heard < 0 && errno != EINTR) {
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "waiting for workers: %s", g_strerror (errno));
    return FALSE;
  }
  for (guint i = 0; i < run->crew->len; i++) {
    CdWorkerProcess *worker = &g_array_index (run->crew, CdWorkerProcess, i);
    if (worker->pid > 0 && !attend (run, worker, heard > 0 && places[i].revents != 0, error))
      return FALSE;
  }
  return TRUE;
}

/* --- the whole --- */

static void
end_all (Run *run)
{
  for (guint i = 0; i < run->crew->len; i++) {
    CdWorkerProcess *worker = &g_array_index (run->crew, CdWorkerProcess, i);
    if (worker->pid > 0)
      cd_worker_process_end (worker);
    cd_worker_process_clear (worker);
  }
}

static gboolean
work (Run *run, GError **error)
{
  while (run->done < run->total && cd_interrupted () == 0)
    if (!give_tasks (run, error) || !listen_to_all (run, error))
      return FALSE;
  return cd_interrupted () == 0;
}

gboolean
cd_workers_run (const CdWorkers *workers, GPtrArray *tasks, int *signalled, GError **error)
{
  guint processors = g_get_num_processors (), jobs = workers->options->jobs != 0 ? workers->options->jobs : processors;
  jobs = CLAMP (jobs, 1, MAX (tasks->len, 1));
  Run run = { .setup = workers, .total = tasks->len, .threads = MAX (processors / jobs, 1) };
  run.todo = g_ptr_array_new ();
  g_ptr_array_extend (run.todo, tasks, NULL, NULL);
  run.crew = g_array_new (FALSE, TRUE, sizeof (CdWorkerProcess));
  g_array_set_size (run.crew, jobs);
  for (guint i = 0; i < jobs; i++)
    cd_worker_process_init (&g_array_index (run.crew, CdWorkerProcess, i));
  cd_interrupt_catch ();
  tell (&run);
  gboolean good = work (&run, error);
  end_all (&run);
  cd_interrupt_restore ();
  *signalled = cd_interrupted ();
  g_array_unref (run.crew);
  g_ptr_array_unref (run.todo);
  return good;
}
