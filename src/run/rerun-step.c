/* One step in one repeat: what it is given, the folder it finds, what becomes of its result. When it starts is schedule.c's. */
#include "run/quantity.h"
#include "run/rerun-parts.h"
#include "run/sandbox.h"

#include <glib/gstdio.h>
#include <string.h>

void
cd_task_free (gpointer data)
{
  CdTask *task = data;
  cd_job_free (task->job);
  g_free (task->key);
  g_clear_pointer (&task->before, g_ptr_array_unref);
  g_free (task);
}

char **
cd_rerun_environment (const CdSnapshot *snapshot, const CdPlanStep *step, gint64 seed)
{
  /* Python's own seed is 32 bits wide; its caches of compiled files would be products. */
  static const char *const FIXED[] = { "PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin",
                                       ("HOME=" CD_JOB_HOME),
                                       "USER=candor",
                                       "LOGNAME=candor",
                                       "LANG=C.UTF-8",
                                       "LC_ALL=C.UTF-8",
                                       "TZ=UTC",
                                       "TMPDIR=/tmp",
                                       "PYTHONDONTWRITEBYTECODE=1" };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (FIXED); i++)
    g_ptr_array_add (list, g_strdup (FIXED[i]));
  g_ptr_array_add (list, g_strdup_printf ("CANDOR_SEED=%" G_GINT64_FORMAT, seed));
  g_ptr_array_add (list, g_strdup_printf ("PYTHONHASHSEED=%u", (guint) ((guint64) seed & G_MAXUINT32)));
  g_ptr_array_add (list, g_strdup_printf ("SOURCE_DATE_EPOCH=%" G_GINT64_FORMAT, cd_snapshot_time (snapshot)));
  if (step->resources.cpus > 0)
    g_ptr_array_add (list, g_strdup_printf ("OMP_NUM_THREADS=%u", step->resources.cpus));
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

static gboolean
refuse (CdStepRun *run, char *why)
{
  run->state = CD_STEP_NOT_RUN;
  g_free (run->why);
  run->why = why;
  return FALSE;
}

/* A manifest says what a step takes; whoever runs it says what it may take. */
static gboolean
set_limits (const CdRerunOptions *options, CdStepRun *run, guint *gpus)
{
  const CdResources *asked = &run->step->resources;
  guint given = options->gpus != NULL ? g_strv_length (options->gpus) : 0;
  run->limits = options->most;
  if (asked->seconds > options->most.seconds) {
    g_autofree char *wanted = cd_quantity_seconds_text (asked->seconds), *most = cd_quantity_seconds_text (options->most.seconds);
    return refuse (run, g_strdup_printf ("it asks for %s of time, and %s are allowed (--time)", wanted, most));
  }
  if (asked->memory > options->most.memory) {
    g_autofree char *wanted = cd_quantity_bytes_text (asked->memory), *most = cd_quantity_bytes_text (options->most.memory);
    return refuse (run, g_strdup_printf ("it asks for %s of memory, and %s are allowed (--memory)", wanted, most));
  }
  if (asked->gpus > given)
    return refuse (run, g_strdup_printf ("it asks for %u GPU%s, and %u are given (--gpus)", asked->gpus, asked->gpus == 1 ? "" : "s", given));
  if (asked->seconds > 0)
    run->limits.seconds = asked->seconds;
  if (asked->memory > 0)
    run->limits.memory = asked->memory;
  *gpus = asked->gpus_stated ? asked->gpus : given;
  return TRUE;
}

static char **
first_of (char **list, guint count)
{
  if (count == 0)
    return NULL;
  char **copy = g_new0 (char *, count + 1);
  for (guint i = 0; i < count; i++)
    copy[i] = g_strdup (list[i]);
  return copy;
}

/* The digests of what the steps before it made, in their order. */
static GPtrArray *
earlier_digests (const CdRerunning *under_way, const CdStepRun *run)
{
  GPtrArray *digests = g_ptr_array_new ();
  const GArray *order = under_way->rerun->plan->order;
  for (guint i = 0; i < order->len; i++) {
    guint other = g_array_index (order, guint, i);
    const CdStepRun *earlier = cd_rerun_find (under_way->rerun, other, run->repeat);
    for (guint j = 0; j < run->step->needs->len; j++)
      if (g_array_index (run->step->needs, guint, j) == other && earlier->digest != NULL)
        g_ptr_array_add (digests, earlier->digest);
  }
  return digests;
}

gboolean
cd_task_plan (CdRerunning *under_way, CdTask *task)
{
  const CdRerunOptions *options = under_way->options;
  CdStepRun *run = task->run;
  guint gpus = 0;
  if (run->step->command == NULL) {
    run->passed_over = TRUE;
    return refuse (run, g_strdup ("no command in the manifest"));
  }
  if (!set_limits (options, run, &gpus))
    return FALSE;
  g_autofree char *name
      = under_way->rerun->repeats == 1 ? g_strdup (run->step->name) : g_strdup_printf ("%s, repeat %u", run->step->name, run->repeat + 1);
  task->job = cd_job_new (name, run->step->command, NULL);
  task->job->start = g_strdup (options->start);
  task->job->limits = run->limits;
  task->job->cpus = run->step->resources.cpus;
  task->job->gpus = first_of (options->gpus, gpus);
  task->job->network = options->network;
  task->job->image = g_strdup (options->image);
  task->job->environment = cd_rerun_environment (under_way->snapshot, run->step, run->seed);
  g_autoptr (GPtrArray) earlier = earlier_digests (under_way, run);
  guint attempt = run->step->seeded && !options->same_seed ? 0 : run->repeat;
  task->key = cd_run_cache_key (task->job, cd_snapshot_commit (under_way->snapshot), earlier, attempt);
  return TRUE;
}

/* Takes what cached holds. */
static void
take_products (CdStepRun *run, CdCached *cached)
{
  run->state = CD_STEP_DONE;
  run->products = g_steal_pointer (&cached->products);
  run->store = g_steal_pointer (&cached->store);
  run->seconds = cached->seconds;
  run->digest = cd_products_digest (run->products);
}

gboolean
cd_task_recall (CdRerunning *under_way, CdTask *task)
{
  g_auto (CdCached) cached = { 0 };
  if (under_way->options->fresh || !cd_run_cache_find (under_way->cache, task->key, &cached))
    return FALSE;
  take_products (task->run, &cached);
  task->run->cached = TRUE;
  return TRUE;
}

/* What it is to make must not be there already: a file that the commit ships would pass for one that the command made. What is changed in place
 * stays. */
static void
drop_outputs (const CdRerunning *under_way, const CdPlanStep *step, const char *folder)
{
  for (guint i = 0; i < step->outputs->len; i++) {
    const char *output = step->outputs->pdata[i];
    g_autofree char *path = cd_rerun_path (under_way->options->start, output);
    if (path != NULL && !g_ptr_array_find_with_equal_func (step->inputs, output, g_str_equal, NULL))
      cd_folder_drop (folder, path);
  }
}

static gboolean
restore_earlier (const CdRerunning *under_way, const CdStepRun *run, const char *folder, GError **error)
{
  const GArray *order = under_way->rerun->plan->order;
  for (guint i = 0; i < order->len; i++) {
    guint other = g_array_index (order, guint, i);
    const CdStepRun *earlier = cd_rerun_find (under_way->rerun, other, run->repeat);
    for (guint j = 0; j < run->step->needs->len; j++)
      if (g_array_index (run->step->needs, guint, j) == other && earlier->products != NULL
          && !cd_products_restore (earlier->products, earlier->store, folder, error))
        return FALSE;
  }
  return TRUE;
}

gboolean
cd_task_prepare (CdRerunning *under_way, CdTask *task, GError **error)
{
  CdExport *exported = &under_way->rerun->exported;
  char *folder = task->job->folder = cd_scratch_folder (under_way->scratch, 0700, error);
  if (folder == NULL)
    return FALSE;
  cd_export_clear (exported);
  *exported = (CdExport){ 0 };
  if (!cd_snapshot_export (under_way->snapshot, folder, task->job->limits.disk, exported, error)
      || !restore_earlier (under_way, task->run, folder, error))
    return FALSE;
  drop_outputs (under_way, task->run->step, folder);
  cd_folder_give (folder, cd_sandbox_user ());
  task->before = cd_folder_list (folder, error);
  return task->before != NULL;
}

/* The last line that a failed command wrote to stderr, without its end. Caller frees; NULL: none. */
static char *
last_line (const char *text)
{
  g_autofree char *copy = g_strchomp (g_strdup (text));
  const char *line = strrchr (copy, '\n');
  line = line != NULL ? line + 1 : copy;
  return *line != '\0' ? g_utf8_make_valid (line, -1) : NULL;
}

static char *
failure (const CdStepRun *run, const CdJobResult *result, gboolean interrupted)
{
  g_autofree char *line = last_line (result->err);
  g_autofree char *last = line != NULL ? g_strdup_printf (": %s", line) : g_strdup ("");
  g_autofree char *seconds = cd_quantity_seconds_text (run->limits.seconds);
  switch (result->end) {
    case CD_JOB_EXITED:
      return g_strdup_printf ("exit status %d%s", result->status, last);
    case CD_JOB_SIGNALLED:
      return g_strdup_printf ("ended by signal %d (%s)%s", result->status, strsignal (result->status), last);
    case CD_JOB_LIMITED:
      return result->limit == CD_LIMIT_SECONDS ? g_strdup_printf ("over the limit of time (%s)", seconds)
                                               : g_strdup_printf ("over the limit of %s", cd_limit_name (result->limit));
    case CD_JOB_CANCELLED:
      return g_strdup (interrupted ? "interrupted" : "cancelled by somebody else");
    case CD_JOB_NOT_STARTED:
      break;
  }
  return g_strdup_printf ("could not be started: %s", result->problem != NULL ? result->problem : "no reason is known");
}

static gboolean
keep_products (CdRerunning *under_way, CdTask *task, GError **error)
{
  g_autofree char *begun = cd_run_cache_begin (under_way->cache, error);
  if (begun == NULL)
    return FALSE;
  g_autoptr (GError) cause = NULL;
  g_auto (CdCached) cached = { 0 };
  CdProducts *products = cd_products_collect (task->job->folder, task->before, begun, &cause);
  if (products == NULL) { /* it is the command that left an unreadable folder */
    task->run->state = CD_STEP_FAILED;
    task->run->why = g_strdup_printf ("what it made cannot be taken: %s", cause->message);
    return TRUE;
  }
  if (!cd_run_cache_keep (under_way->cache, task->key, begun, products, task->run->seconds, &cached, error))
    return FALSE;
  take_products (task->run, &cached);
  return TRUE;
}

gboolean
cd_task_finish (CdRerunning *under_way, CdTask *task, CdJobResult *result, GError **error)
{
  CdStepRun *run = task->run;
  gboolean kept = TRUE;
  run->seconds = result->seconds;
  if (cd_job_result_succeeded (result))
    kept = keep_products (under_way, task, error);
  else {
    gboolean interrupted = under_way->rerun->interrupted;
    run->state = result->end == CD_JOB_CANCELLED && interrupted ? CD_STEP_NOT_RUN : CD_STEP_FAILED;
    run->why = failure (run, result, interrupted);
    run->result = *result;
    *result = (CdJobResult){ 0 };
  }
  cd_folder_remove (task->job->folder);
  g_clear_pointer (&task->before, g_ptr_array_unref);
  return kept;
}
