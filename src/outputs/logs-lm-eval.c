/* lm-evaluation-harness: results.<task>.<"metric,filter"> as fractions ("metric" before version 0.4), aggregates again in groups, shots and numbers of
 * samples beside. Samples are predictions, not read here. */
#include "outputs/logs-parts.h"
#include <string.h>

gboolean
cd_log_lm_eval_knows (const CdLogFile *file)
{
  static const char *const beside[] = { "\"alias\"", ",none\"", "_stderr", "\"configs\"", "\"n-shot\"", "\"versions\"", "\"higher_is_better\"" };
  if (file->text[0] != '{' || !cd_log_head_has (file, "\"results\""))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (beside); i++)
    if (cd_log_head_has (file, beside[i]))
      return TRUE;
  return FALSE;
}

/* "exact_match,strict-match" → "exact_match_stderr,strict-match". */
static char *
error_key (const char *key)
{
  const char *comma = strchr (key, ',');
  return comma != NULL ? g_strdup_printf ("%.*s_stderr%s", (int) (comma - key), key, comma) : g_strconcat (key, "_stderr", NULL);
}

static void
take_settings (CdLogRun *run, const CdLogTree *tree, const char *task)
{
  const CdLogNode *root = cd_log_tree_root (tree);
  const CdLogNode *settings = cd_log_get (tree, cd_log_get (tree, root, "configs"), task);
  cd_log_run_take (run, tree, settings);
  cd_log_run_take (run, tree, cd_log_get (tree, settings, "generation_kwargs"));
  gint64 shots = cd_log_count (tree, cd_log_get (tree, root, "n-shot"), task);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, shots);
  if (shots >= 0)
    cd_log_run_set (run, "num_fewshot", text);
  gint64 effective = cd_log_count (tree, cd_log_get (tree, cd_log_get (tree, root, "n-samples"), task), "effective");
  run->n = MAX (effective, 0);
}

static void
read_task (const CdLogFile *file, const CdLogTree *tree, const CdLogNode *task, CdLogRun *run, GPtrArray *figures)
{
  take_settings (run, tree, task->key);
  for (const CdLogNode *at = cd_log_first (tree, task); at != NULL; at = cd_log_next (tree, at)) {
    double value = 0, error = 0;
    if (at->key == NULL || strstr (at->key, "_stderr") != NULL || !cd_log_number (at, &value))
      continue;
    run->samples = 0;
    CdMetric metric = cd_log_metric (at->key, &run->samples);
    if (metric.kind == CD_METRIC_UNKNOWN || metric.kind == CD_METRIC_TOKENS || value < 0)
      continue;
    CdLogFound found = { task->key, metric, value, value <= 1 ? CD_UNIT_FRACTION : CD_UNIT_PERCENT, at->line, NULL };
    CdFigure *figure = cd_log_add (figures, file, run, &found);
    g_autofree char *beside = error_key (at->key);
    if (figure != NULL && cd_log_number (cd_log_get (tree, task, beside), &error))
      figure->error = error;
  }
}

void
cd_log_lm_eval_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  if (tree == NULL)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  const CdLogNode *root = cd_log_tree_root (tree), *config = cd_log_get (tree, root, "config");
  static const char *const pairs[] = { "model_args", "gen_kwargs" };
  cd_log_run_take (&run, tree, root);
  cd_log_run_take (&run, tree, config);
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    const char *text = cd_log_text (tree, config, pairs[i]);
    cd_log_run_take (&run, tree, cd_log_get (tree, config, pairs[i]));
    if (text != NULL)
      cd_log_run_take_pairs (&run, text);
  }
  const CdLogNode *results = cd_log_get (tree, root, "results"), *groups = cd_log_get (tree, root, "groups");
  for (const CdLogNode *at = cd_log_first (tree, results); at != NULL; at = cd_log_next (tree, at))
    if (at->key != NULL && at->kind == CD_LOG_OBJECT)
      read_task (file, tree, at, &run, figures);
  for (const CdLogNode *at = cd_log_first (tree, groups); at != NULL; at = cd_log_next (tree, at))
    if (at->key != NULL && at->kind == CD_LOG_OBJECT && cd_log_get (tree, results, at->key) == NULL)
      read_task (file, tree, at, &run, figures);
}
