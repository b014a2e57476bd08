/* A rerun from its plan to its outcomes. Each part has a file of its own (rerun-parts.h); this puts them together and compares repeats. */
#include "run/rerun-parts.h"
#include "run/sandbox.h"

#include <glib/gstdio.h>
#include <string.h>

static void
step_run_free (gpointer data)
{
  CdStepRun *run = data;
  cd_job_result_clear (&run->result);
  cd_products_free (run->products);
  g_free (run->why);
  g_free (run->store);
  g_free (run->digest);
  g_free (run);
}

static void
outcome_free (gpointer data)
{
  CdRunOutcome *outcome = data;
  g_free (outcome->predictions);
  g_free (outcome->results);
  g_free (outcome->why);
  g_free (outcome);
}

void
cd_rerun_free (CdRerun *rerun)
{
  if (rerun == NULL)
    return;
  cd_scratch_free (rerun->files);
  g_ptr_array_unref (rerun->outcomes);
  g_ptr_array_unref (rerun->runs);
  cd_export_clear (&rerun->exported);
  cd_plan_free (rerun->plan);
  g_free (rerun->commit);
  g_free (rerun);
}

const CdStepRun *
cd_rerun_at (const CdRerun *rerun, guint index)
{
  return rerun->runs->pdata[index];
}

CdStepRun *
cd_rerun_find (const CdRerun *rerun, guint step, guint repeat)
{
  return rerun->runs->pdata[g_array_index (rerun->plan->places, guint, step) * rerun->repeats + repeat];
}

/* Where folders of steps are made: the first place that the sandbox's user can reach. */
static const char *
scratch_place (const CdRerunOptions *options, GError **error)
{
  const char *const places[] = { options->scratch, g_getenv ("TMPDIR"), "/var/tmp", "/tmp" };
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    if (places[i] != NULL && g_path_is_absolute (places[i]) && cd_sandbox_can_reach (places[i]))
      return places[i];
    if (i == 0 && places[i] != NULL) {
      g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "%s: the sandbox's user (%u) cannot reach this folder", places[i], cd_sandbox_user ());
      return NULL;
    }
  }
  g_set_error_literal (error, CD_ERROR, CD_ERROR_INTERNAL, "no folder for the steps' files can be used; name one by --scratch");
  return NULL;
}

static void
add_runs (CdRerunning *under_way)
{
  CdRerun *rerun = under_way->rerun;
  for (guint i = 0; i < rerun->plan->order->len; i++)
    for (guint repeat = 0; repeat < rerun->repeats; repeat++) {
      CdStepRun *run = g_new0 (CdStepRun, 1);
      CdTask *task = g_new0 (CdTask, 1);
      run->index = g_array_index (rerun->plan->order, guint, i);
      run->step = cd_plan_step (rerun->plan, run->index);
      run->repeat = repeat;
      guint64 later = run->step->seeded && !under_way->options->same_seed ? repeat : 0;
      run->seed = (gint64) ((guint64) run->step->seed + later);
      task->run = run;
      g_ptr_array_add (rerun->runs, run);
      g_ptr_array_add (under_way->tasks, task);
    }
}

static CdRerun *
new_rerun (const CdSnapshot *snapshot, CdPlan *plan, guint repeats)
{
  CdRerun *rerun = g_new0 (CdRerun, 1);
  rerun->commit = g_strdup (cd_snapshot_commit (snapshot));
  rerun->plan = plan;
  rerun->repeats = repeats;
  rerun->runs = g_ptr_array_new_with_free_func (step_run_free);
  rerun->outcomes = g_ptr_array_new_with_free_func (outcome_free);
  return rerun;
}

static gboolean
run_all (CdRerunning *under_way, GError **error)
{
  const CdRerunOptions *options = under_way->options;
  const char *place = scratch_place (options, error);
  /* Its owner may list it; whoever runs a command may only pass through to a folder that is given to him. */
  g_autoptr (CdScratch) scratch = place != NULL ? cd_scratch_new (place, "candor-run-", 0711, error) : NULL;
  g_autoptr (CdRunCache) cache = scratch != NULL ? cd_run_cache_open (options->cache, error) : NULL;
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (cd_task_free);
  if (cache == NULL)
    return FALSE;
  under_way->scratch = scratch;
  under_way->cache = cache;
  under_way->tasks = tasks;
  add_runs (under_way);
  under_way->rerun->files = cd_scratch_new (place, "candor-files-", 0700, error);
  return under_way->rerun->files != NULL && cd_rerun_schedule (under_way, error) && cd_rerun_add_outcomes (under_way->rerun, options->start, error);
}

CdRerun *
cd_rerun (const CdSnapshot *snapshot, const CdManifest *manifest, const CdRerunOptions *options, GError **error)
{
  CdPlan *plan = cd_plan_new (manifest, error);
  if (plan == NULL)
    return NULL;
  g_autoptr (CdRerun) rerun = new_rerun (snapshot, plan, options->repeats);
  CdRerunning under_way = { .rerun = rerun, .snapshot = snapshot, .options = options, .state = options->executor->open (error) };
  if (under_way.state == NULL)
    return NULL;
  gboolean done = run_all (&under_way, error);
  options->executor->close (under_way.state);
  return done ? g_steal_pointer (&rerun) : NULL;
}

/* The first path that is not the same product in both; NULL where there is none. Borrowed. */
static const char *
first_difference (const CdProducts *a, const CdProducts *b)
{
  for (guint i = 0; i < a->made->len; i++) {
    const CdProduct *product = a->made->pdata[i], *other = cd_products_find (b, product->path);
    if (other == NULL || other->kind != product->kind || strcmp (other->digest, product->digest) != 0)
      return product->path;
  }
  for (guint i = 0; i < b->made->len; i++)
    if (cd_products_find (a, ((const CdProduct *) b->made->pdata[i])->path) == NULL)
      return ((const CdProduct *) b->made->pdata[i])->path;
  return NULL;
}

CdIdentical
cd_rerun_identical (const CdRerun *rerun, guint step, const char **differing)
{
  const CdStepRun *first = NULL;
  CdIdentical answer = CD_IDENTICAL_UNKNOWN;
  for (guint repeat = 0; repeat < rerun->repeats; repeat++) {
    const CdStepRun *run = cd_rerun_find (rerun, step, repeat);
    if (run->state != CD_STEP_DONE)
      continue;
    if (first == NULL) {
      first = run;
      continue;
    }
    if (strcmp (first->digest, run->digest) != 0) {
      if (differing != NULL)
        *differing = first_difference (first->products, run->products);
      return CD_IDENTICAL_NO;
    }
    answer = CD_IDENTICAL_YES;
  }
  return answer;
}

gboolean
cd_rerun_failed (const CdRerun *rerun)
{
  for (guint i = 0; i < rerun->runs->len; i++)
    if (cd_rerun_at (rerun, i)->state != CD_STEP_DONE && !cd_rerun_at (rerun, i)->passed_over)
      return TRUE;
  return FALSE;
}

static gboolean
is_free (const char *folder)
{
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  return open != NULL ? g_dir_read_name (open) == NULL : !g_file_test (folder, G_FILE_TEST_EXISTS);
}

gboolean
cd_rerun_keep (const CdRerun *rerun, const char *folder, GError **error)
{
  if (!is_free (folder)) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "%s: --keep takes a folder that does not exist or is empty", folder);
    return FALSE;
  }
  for (guint i = 0; i < rerun->runs->len; i++) {
    const CdStepRun *run = cd_rerun_at (rerun, i);
    g_autofree char *name = g_strdup_printf ("repeat-%u", run->repeat + 1);
    g_autofree char *place = g_build_filename (folder, name, NULL);
    if (g_mkdir_with_parents (place, 0755) != 0) {
      g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s cannot be made", place);
      return FALSE;
    }
    if (run->products != NULL && !cd_products_restore (run->products, run->store, place, error))
      return FALSE;
  }
  return TRUE;
}
