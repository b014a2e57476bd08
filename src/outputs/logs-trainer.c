/* Hugging Face Trainer (trainer_state.json, all_results.json, eval_results.json) and wandb's summary of a run: evaluation figures among training's own
 * measures. Losses, rewards and speeds are no figures; which keys are is logs-names.c's. */
#include "outputs/logs-parts.h"
#include <string.h>

static gboolean
is_called (const CdLogFile *file, const char *const *names)
{
  return file->text[0] == '{' && g_strv_contains (names, cd_log_base (file->path));
}

/* The evaluation figures among an object's members; its step where it tells one. */
static void
read_members (const CdLogFile *file, const CdLogTree *tree, const CdLogNode *object, const char *step, CdLogRun *run, GPtrArray *figures)
{
  gint64 told = cd_log_count (tree, object, step), before = run->step;
  run->step = told >= 0 ? told : before;
  for (const CdLogNode *at = cd_log_first (tree, object); at != NULL; at = cd_log_next (tree, at)) {
    g_autofree char *task = NULL;
    CdMetric metric = { 0 };
    CdUnit unit = CD_UNIT_PERCENT;
    double value = 0;
    gint64 samples = run->samples;
    if (at->key == NULL || at->kind != CD_LOG_NUMBER || !cd_log_number (at, &value) || !cd_log_unit_of (value, &unit)
        || !cd_log_evaluation_key (file->benchmarks, at->key, &task, &metric, &samples))
      continue;
    gboolean named = cd_log_benchmark (file->benchmarks, task) >= 0 || run->benchmark < 0;
    CdLogFound found = { named ? task : NULL, metric, value, unit, at->line, NULL };
    CdFigure *figure = cd_log_add (figures, file, run, &found);
    if (figure != NULL)
      figure->samples = samples;
  }
  run->step = before;
}

gboolean
cd_log_trainer_knows (const CdLogFile *file)
{
  static const char *const names[] = { "trainer_state.json", "all_results.json", "eval_results.json", NULL };
  return is_called (file, names) && (cd_log_head_has (file, "\"log_history\"") || cd_log_head_has (file, "\"eval_"));
}

void
cd_log_trainer_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  if (tree == NULL)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  const CdLogNode *root = cd_log_tree_root (tree), *history = cd_log_get (tree, root, "log_history");
  gint64 n = cd_log_count (tree, root, "eval_samples");
  run.n = MAX (n, 0);
  if (history == NULL)
    read_members (file, tree, root, "step", &run, figures);
  for (const CdLogNode *at = cd_log_first (tree, history); at != NULL; at = cd_log_next (tree, at))
    read_members (file, tree, at, "step", &run, figures);
}

gboolean
cd_log_wandb_knows (const CdLogFile *file)
{
  static const char *const names[] = { "wandb-summary.json", "wandb_summary.json", NULL };
  return is_called (file, names);
}

void
cd_log_wandb_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  if (tree == NULL)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  read_members (file, tree, cd_log_tree_root (tree), "_step", &run, figures);
}
