/* One evaluation's summary: a JSON object with its figures on top ("accuracy", "pass_at_k"), as SkyThought and many scripts write it, alone or above their
 * samples. The benchmark stands in the object or in the path. */
#include "outputs/logs-parts.h"
#include "documents/json.h"
#include <string.h>

#define TOP_BYTES 65536u /* so much is looked at for a figure on top */

/* Names of figures on top; what follows "overall_", "avg_" and the like counts, too. */
static gboolean
is_figure_key (const char *key)
{
  static const char *const begins[] = { "overall_", "avg_", "average_", "mean_", "final_", "total_", "test_", "eval_" };
  static const char *const names[]
      = { "accuracy", "acc", "pass@1", "pass_at_1", "pass1", "score", "exact_match", "em", "pass_rate", "f1", "maj@k", "accuracy_percent", NULL };
  g_autofree char *lower = g_ascii_strdown (key, -1);
  const char *rest = lower;
  for (gsize i = 0; i < G_N_ELEMENTS (begins); i++)
    if (g_str_has_prefix (rest, begins[i]))
      rest += strlen (begins[i]);
  CdMetric metric = cd_log_metric_read (rest);
  gboolean counted = metric.k > 0 && strchr (rest, '@') != NULL && strlen (rest) < 12;
  return g_strv_contains (names, rest) || counted;
}

/* A member of the outermost object, outside all others. */
static gboolean
has_figure_on_top (const CdLogFile *file)
{
  CdJsonReader json;
  gboolean wanted = FALSE;
  cd_json_reader_init (&json, file->text, 0, MIN (file->length, TOP_BYTES), FALSE);
  for (CdJsonToken token; (token = cd_json_next (&json)) != CD_JSON_ERROR && token != CD_JSON_END;) {
    if (wanted && (token == CD_JSON_NUMBER || token == CD_JSON_STRING))
      return TRUE;
    wanted = FALSE;
    if (token != CD_JSON_KEY || json.depth != 1)
      continue;
    g_autofree char *key = json.stop - json.start < 64 ? cd_json_value (&json) : NULL;
    wanted = key != NULL && is_figure_key (key);
    if (key != NULL && strcmp (key, "pass_at_k") == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
cd_log_summary_knows (const CdLogFile *file)
{
  return file->text[0] == '{' && cd_log_path_tells (file) && has_figure_on_top (file);
}

/* {"k=8": 63.3, "k=1": 40.0}, in percent; {"1": 0.4} in older ones. */
static void
read_passes (const CdLogFile *file, const CdLogTree *tree, const CdLogNode *passes, const CdLogRun *run, const char *task, GPtrArray *figures)
{
  for (const CdLogNode *at = cd_log_first (tree, passes); at != NULL; at = cd_log_next (tree, at)) {
    double value = 0;
    CdUnit unit = CD_UNIT_PERCENT;
    const char *digits = at->key != NULL ? at->key + strcspn (at->key, "0123456789") : "";
    guint k = (guint) MIN (g_ascii_strtoull (digits, NULL, 10), 100000);
    if (k == 0 || !cd_log_number (at, &value) || value < 0 || value > 100)
      continue;
    gboolean counted = g_str_has_prefix (at->key, "k=");
    if (!counted)
      cd_log_unit_of (value, &unit);
    CdLogFound found = { task, { CD_METRIC_PASS, k }, value, unit, at->line, NULL };
    cd_log_add (figures, file, run, &found);
  }
}

static const char *
task_of (const CdLogFile *file, const CdLogTree *tree, const CdLogNode *root)
{
  static const char *const keys[]
      = { "benchmark", "benchmark_name", "dataset", "dataset_name", "data_name", "task", "task_name", "eval_name", "test_set", "eval_dataset" };
  static const char *const inside[] = { NULL, "configuration", "config", "args", "metadata", "task_config" };
  const char *unknown = NULL; /* names one that is not known, in the file's own words */
  for (gsize o = 0; o < G_N_ELEMENTS (inside); o++)
    for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
      const char *task = cd_log_text (tree, inside[o] != NULL ? cd_log_get (tree, root, inside[o]) : root, keys[i]);
      if (cd_log_benchmark (file->benchmarks, task) >= 0)
        return task;
      unknown = unknown != NULL ? unknown : task;
    }
  return unknown;
}

static void
read_top (const CdLogFile *file, const CdLogTree *tree, const CdLogRun *run, const char *task, GPtrArray *figures)
{
  gint benchmark = task != NULL ? cd_log_benchmark (file->benchmarks, task) : run->benchmark;
  const char *subset = cd_log_subset_of (file, tree, cd_log_tree_root (tree), benchmark);
  g_autofree char *stem = cd_log_stem (file->path);
  for (const CdLogNode *at = cd_log_first (tree, cd_log_tree_root (tree)); at != NULL; at = cd_log_next (tree, at)) {
    double value = 0;
    CdUnit unit = CD_UNIT_PERCENT;
    if (at->key == NULL || !is_figure_key (at->key) || !cd_log_number (at, &value) || !cd_log_unit_of (value, &unit))
      continue;
    gint64 samples = run->samples;
    CdMetric metric = cd_log_metric (at->key, &samples);
    if (metric.kind == CD_METRIC_TOKENS || metric.kind == CD_METRIC_RATING)
      continue;
    if (metric.kind == CD_METRIC_UNKNOWN)
      metric = (CdMetric){ g_str_has_suffix (at->key, "1") ? CD_METRIC_PASS : CD_METRIC_ACCURACY, g_str_has_suffix (at->key, "1") ? 1 : 0 };
    if (at->kind == CD_LOG_STRING && strchr (at->text, '%') != NULL)
      unit = CD_UNIT_PERCENT;
    /* A mark of any kind may be called a score. */
    if (benchmark < 0 && strstr (at->key, "score") != NULL)
      continue;
    CdLogFound found = { benchmark < 0 && task == NULL ? stem : task, metric, value, unit, at->line, subset };
    cd_log_add (figures, file, run, &found);
  }
}

void
cd_log_summary_read (const CdLogFile *file, GPtrArray *figures)
{
  static const char *const inside[] = { "configuration", "config", "args", "sampling_params", "generation_config", "metadata" };
  static const char *const counts[] = { "num_samples",    "n_samples",      "num_problems", "num_examples", "total_samples",
                                        "total_problems", "total_examples", "num_total",    "total",        "n" };
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  if (tree == NULL)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  const CdLogNode *root = cd_log_tree_root (tree);
  cd_log_run_take (&run, tree, root);
  cd_log_run_set_model (&run, cd_log_text (tree, root, "model"));
  for (gsize i = 0; i < G_N_ELEMENTS (inside); i++) {
    const CdLogNode *object = cd_log_get (tree, root, inside[i]);
    cd_log_run_take (&run, tree, object);
    cd_log_run_take (&run, tree, cd_log_get (tree, object, "sampling_params"));
    cd_log_run_set_model (&run, cd_log_text (tree, object, "model"));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (counts) && run.n <= 0; i++)
    run.n = MAX (cd_log_count (tree, root, counts[i]), 0);
  const char *task = task_of (file, tree, root);
  read_top (file, tree, &run, task, figures);
  read_passes (file, tree, cd_log_get (tree, root, "pass_at_k"), &run, task, figures);
  const CdLogNode *tokens = cd_log_get (tree, root, "avg_completion_tokens");
  CdLogFound found = { task, { CD_METRIC_TOKENS, 0 }, 0, CD_UNIT_TOKENS, tokens != NULL ? tokens->line : 0, NULL };
  if (cd_log_number (tokens, &found.value) && found.value > 0)
    cd_log_add (figures, file, &run, &found);
}
