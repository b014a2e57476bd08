/* The loop that runs tasks: whatever is ready, as many at once as the executor has room for, the repeats of a step together. One thread; executors
 * are looked at in turn. */
#include "run/rerun-parts.h"

#define WAIT_MILLISECONDS 100u

static CdTask *
task_at (const CdRerunning *under_way, guint index)
{
  return under_way->tasks->pdata[index];
}

static void
tell (const CdRerunning *under_way, const CdTask *task, const char *what)
{
  if (under_way->options->progress != NULL)
    under_way->options->progress (task->job != NULL ? task->job->name : task->run->step->name, what, under_way->options->data);
}

typedef enum { READY, NOT_YET, NEVER } Readiness;

/* What a task needs is done, or under way, or will never be: then it will not be either, and why says so. */
static Readiness
readiness (const CdRerunning *under_way, CdStepRun *run)
{
  Readiness answer = READY;
  for (guint i = 0; i < run->step->needs->len; i++) {
    const CdStepRun *other = cd_rerun_find (under_way->rerun, g_array_index (run->step->needs, guint, i), run->repeat);
    if (other->state == CD_STEP_WAITING || other->state == CD_STEP_RUNNING)
      answer = NOT_YET;
    else if (other->state != CD_STEP_DONE && !other->passed_over) {
      run->state = CD_STEP_NOT_RUN;
      run->why = g_strdup_printf ("it needs %s, which %s", other->step->name, other->state == CD_STEP_FAILED ? "failed" : "was not run");
      return NEVER;
    }
  }
  return answer;
}

static guint
count_running (const CdRerunning *under_way)
{
  guint running = 0;
  for (guint i = 0; i < under_way->tasks->len; i++)
    running += task_at (under_way, i)->run->state == CD_STEP_RUNNING;
  return running;
}

/* TRUE where the task has to be run, and can be now. */
static gboolean
must_run (CdRerunning *under_way, CdTask *task)
{
  if (task->run->state != CD_STEP_WAITING || readiness (under_way, task->run) != READY)
    return FALSE;
  if (task->job == NULL && !cd_task_plan (under_way, task))
    return FALSE;
  if (!cd_task_recall (under_way, task))
    return TRUE;
  tell (under_way, task, "taken from the cache");
  return FALSE;
}

/* Starts the task at index and those behind it that repeat the same step, within room. */
static gboolean
start_repeats (CdRerunning *under_way, guint index, guint room, GError **error)
{
  const CdExecutor *executor = under_way->options->executor;
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  for (guint i = index; i < under_way->tasks->len && tasks->len < room; i++) {
    CdTask *task = task_at (under_way, i);
    if (task->run->index != task_at (under_way, index)->run->index)
      break;
    if (i > index && !must_run (under_way, task))
      continue;
    if (!cd_task_prepare (under_way, task, error))
      return FALSE;
    g_ptr_array_add (tasks, task);
    g_ptr_array_add (jobs, task->job);
  }
  g_autofree CdRunning **runs = executor->start (under_way->state, (const CdJob *const *) jobs->pdata, jobs->len, error);
  for (guint i = 0; runs != NULL && i < tasks->len; i++) {
    CdTask *task = tasks->pdata[i];
    task->running = runs[i];
    task->run->state = CD_STEP_RUNNING;
    tell (under_way, task, "runs");
  }
  return runs != NULL;
}

/* Steps that are taken from the cache or will never run make others ready or hopeless; in the plan's order one pass sees it all. */
static gboolean
start_ready (CdRerunning *under_way, GError **error)
{
  guint slots = under_way->options->executor->slots (under_way->state);
  for (guint i = 0; i < under_way->tasks->len; i++) {
    guint running = count_running (under_way);
    CdTask *task = task_at (under_way, i);
    if (running >= slots)
      return TRUE;
    if (must_run (under_way, task) && !start_repeats (under_way, i, slots - running, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
poll_running (CdRerunning *under_way, GError **error)
{
  const CdExecutor *executor = under_way->options->executor;
  for (guint i = 0; i < under_way->tasks->len; i++) {
    CdTask *task = task_at (under_way, i);
    g_auto (CdJobResult) result = { 0 };
    if (task->run->state != CD_STEP_RUNNING || !executor->poll (under_way->state, task->running, &result))
      continue;
    executor->release (under_way->state, g_steal_pointer (&task->running));
    task->run->state = CD_STEP_FAILED;
    if (!cd_task_finish (under_way, task, &result, error))
      return FALSE;
    tell (under_way, task, task->run->state == CD_STEP_DONE ? "done" : task->run->why);
  }
  return TRUE;
}

static void
cancel_all (CdRerunning *under_way)
{
  for (guint i = 0; i < under_way->tasks->len; i++)
    if (task_at (under_way, i)->run->state == CD_STEP_RUNNING)
      under_way->options->executor->cancel (under_way->state, task_at (under_way, i)->running);
}

/* After an error: nothing of ours goes on running. */
static void
release_all (CdRerunning *under_way)
{
  cancel_all (under_way);
  for (guint i = 0; i < under_way->tasks->len; i++)
    if (task_at (under_way, i)->running != NULL)
      under_way->options->executor->release (under_way->state, g_steal_pointer (&task_at (under_way, i)->running));
}

static gboolean
turn (CdRerunning *under_way, GError **error)
{
  const CdRerunOptions *options = under_way->options;
  if (!under_way->rerun->interrupted && options->interrupted != NULL && options->interrupted ()) {
    under_way->rerun->interrupted = TRUE;
    cancel_all (under_way);
  }
  if (!under_way->rerun->interrupted && !start_ready (under_way, error))
    return FALSE;
  if (count_running (under_way) > 0)
    options->executor->wait (under_way->state, WAIT_MILLISECONDS);
  return poll_running (under_way, error);
}

static gboolean
is_over (const CdRerunning *under_way)
{
  for (guint i = 0; i < under_way->tasks->len; i++) {
    CdStepState state = task_at (under_way, i)->run->state;
    if (state == CD_STEP_RUNNING || (state == CD_STEP_WAITING && !under_way->rerun->interrupted))
      return FALSE;
  }
  return TRUE;
}

gboolean
cd_rerun_schedule (CdRerunning *under_way, GError **error)
{
  while (!is_over (under_way))
    if (!turn (under_way, error)) {
      release_all (under_way);
      return FALSE;
    }
  for (guint i = 0; i < under_way->tasks->len; i++)
    if (task_at (under_way, i)->run->state == CD_STEP_WAITING) {
      task_at (under_way, i)->run->state = CD_STEP_NOT_RUN;
      task_at (under_way, i)->run->why = g_strdup ("interrupted");
    }
  return TRUE;
}
