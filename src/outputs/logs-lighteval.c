/* lighteval's results_*.json: results.<suite|task|shots>.<metric> as fractions, the number of documents in config_tasks. */
#include "outputs/logs-parts.h"
#include <string.h>

gboolean
cd_log_lighteval_knows (const CdLogFile *file)
{
  return file->text[0] == '{' && cd_log_head_has (file, "\"config_general\"") && cd_log_head_has (file, "\"results\"");
}

/* The settings of a task, with or without the shots at its name's end. */
static const CdLogNode *
settings_of (const CdLogTree *tree, const CdLogNode *tasks, const char *task)
{
  const CdLogNode *found = cd_log_get (tree, tasks, task);
  const char *bar = strrchr (task, '|');
  g_autofree char *bare = found == NULL && bar != NULL ? g_strndup (task, (gsize) (bar - task)) : NULL;
  return bare != NULL ? cd_log_get (tree, tasks, bare) : found;
}

static void
read_task (const CdLogFile *file, const CdLogTree *tree, const CdLogNode *task, CdLogRun *run, GPtrArray *figures)
{
  const CdLogNode *settings = settings_of (tree, cd_log_get (tree, cd_log_tree_root (tree), "config_tasks"), task->key);
  gint64 effective = cd_log_count (tree, settings, "effective_num_docs");
  run->n = MAX (effective, 0);
  cd_log_run_take (run, tree, settings);
  const char *shots = strrchr (task->key, '|');
  if (shots != NULL && g_ascii_isdigit (shots[1]))
    cd_log_run_set (run, "num_fewshot", shots + 1);
  for (const CdLogNode *at = cd_log_first (tree, task); at != NULL; at = cd_log_next (tree, at)) {
    double value = 0, error = 0;
    if (at->key == NULL || strstr (at->key, "stderr") != NULL || !cd_log_number (at, &value))
      continue;
    run->samples = 0;
    CdMetric metric = cd_log_metric (at->key, &run->samples);
    if (metric.kind == CD_METRIC_UNKNOWN || metric.kind == CD_METRIC_TOKENS)
      continue;
    CdLogFound found = { task->key, metric, value, value <= 1 ? CD_UNIT_FRACTION : CD_UNIT_PERCENT, at->line, NULL };
    CdFigure *figure = cd_log_add (figures, file, run, &found);
    g_autofree char *beside = g_strconcat (at->key, "_stderr", NULL);
    if (figure != NULL && cd_log_number (cd_log_get (tree, task, beside), &error))
      figure->error = error;
  }
}

void
cd_log_lighteval_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  if (tree == NULL)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  const CdLogNode *general = cd_log_get (tree, cd_log_tree_root (tree), "config_general");
  const CdLogNode *model = cd_log_get (tree, general, "model_config");
  cd_log_run_take (&run, tree, general);
  cd_log_run_take (&run, tree, model);
  cd_log_run_take (&run, tree, cd_log_get (tree, general, "generation_parameters"));
  cd_log_run_take (&run, tree, cd_log_get (tree, model, "generation_parameters"));
  const CdLogNode *results = cd_log_get (tree, cd_log_tree_root (tree), "results");
  for (const CdLogNode *at = cd_log_first (tree, results); at != NULL; at = cd_log_next (tree, at))
    if (at->key != NULL && at->kind == CD_LOG_OBJECT && strcmp (at->key, "all") != 0)
      read_task (file, tree, at, &run, figures);
}
