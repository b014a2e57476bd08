/* simple-evals: one file an evaluation, called BENCHMARK_MODEL.json, with "score" as a fraction among counts of characters; older and derived ones hold
 * {"score": …, "metrics": {…}}. */
#include "outputs/logs-parts.h"
#include <string.h>

gboolean
cd_log_simple_evals_knows (const CdLogFile *file)
{
  if (file->text[0] != '{' || !cd_log_head_has (file, "\"score\""))
    return FALSE;
  return cd_log_head_has (file, "\"score:std\"") || (cd_log_head_has (file, "\"metrics\"") && cd_log_head_has (file, "\"chars\""));
}

void
cd_log_simple_evals_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  double value = 0, f1 = 0;
  const CdLogNode *root = tree != NULL ? cd_log_tree_root (tree) : NULL;
  const CdLogNode *score = tree != NULL ? cd_log_get (tree, root, "score") : NULL;
  if (!cd_log_number (score, &value) || value < 0)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  g_autofree char *stem = cd_log_stem (file->path);
  char *mark = strchr (stem, '_');
  g_autofree char *head = mark != NULL ? g_strndup (stem, (gsize) (mark - stem)) : g_strdup (stem);
  gboolean named = cd_log_benchmark (file->benchmarks, head) >= 0;
  if (named && mark != NULL)
    cd_log_run_set_model (&run, mark + 1);
  CdUnit unit = value <= 1 ? CD_UNIT_FRACTION : CD_UNIT_PERCENT;
  CdLogFound found = { named ? head : NULL, { CD_METRIC_ACCURACY, 0 }, value, unit, score->line, NULL };
  cd_log_add (figures, file, &run, &found);
  const CdLogNode *other = cd_log_get (tree, root, "f1");
  CdLogFound second = { named ? head : NULL, { CD_METRIC_F1, 0 }, 0, unit, other != NULL ? other->line : 0, NULL };
  if (cd_log_number (other, &f1) && f1 >= 0 && f1 <= 1) {
    second.value = f1;
    cd_log_add (figures, file, &run, &second);
  }
}
