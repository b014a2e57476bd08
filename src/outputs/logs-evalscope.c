/* EvalScope's reports: one data set a file, its metrics a list; the first version had one metric by name. All are fractions. */
#include "outputs/logs-parts.h"
#include <string.h>

gboolean
cd_log_evalscope_knows (const CdLogFile *file)
{
  gboolean listed = cd_log_head_has (file, "\"metrics\"") && cd_log_head_has (file, "\"dataset_name\"") && cd_log_head_has (file, "\"categories\"");
  gboolean single = cd_log_head_has (file, "\"metric\"") && cd_log_head_has (file, "\"total_num\"") && cd_log_head_has (file, "\"category\"");
  return file->text[0] == '{' && (listed || single);
}

static void
read_metric (const CdLogFile *file, const CdLogTree *tree, const CdLogNode *object, const char *name, CdLogRun *run, const char *task,
             GPtrArray *figures)
{
  double value = 0;
  const CdLogNode *score = cd_log_get (tree, object, "score");
  if (name == NULL || !cd_log_number (score, &value) || value < 0)
    return;
  CdMetric metric = cd_log_metric (name, &run->samples);
  if (metric.kind == CD_METRIC_UNKNOWN)
    return;
  run->n = MAX (MAX (cd_log_count (tree, object, "num"), cd_log_count (tree, object, "total_num")), 0);
  CdLogFound found = { task, metric, value, value <= 1 ? CD_UNIT_FRACTION : CD_UNIT_PERCENT, score->line, NULL };
  cd_log_add (figures, file, run, &found);
}

void
cd_log_evalscope_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  if (tree == NULL)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  const CdLogNode *root = cd_log_tree_root (tree);
  const char *task = cd_log_text (tree, root, "dataset_name"), *single = cd_log_text (tree, root, "metric");
  cd_log_run_set_model (&run, cd_log_text (tree, root, "model_name"));
  if (task == NULL)
    task = cd_log_text (tree, root, "name");
  if (single != NULL)
    read_metric (file, tree, root, single, &run, task, figures);
  const CdLogNode *metrics = cd_log_get (tree, root, "metrics");
  for (const CdLogNode *at = cd_log_first (tree, metrics); at != NULL; at = cd_log_next (tree, at))
    read_metric (file, tree, at, cd_log_text (tree, at, "name"), &run, task, figures);
}
