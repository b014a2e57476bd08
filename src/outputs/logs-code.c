/* Harnesses for code: EvalPlus (pass_at_k of the base and the extended tests), bigcode-evaluation-harness (a task's pass@k beside "config"), LiveCodeBench
 * (the head of *_eval.json). All are fractions. */
#include "outputs/logs-parts.h"
#include <string.h>

/* Every "pass@k" among an object's members. */
static void
read_passes (const CdLogFile *file, const CdLogTree *tree, const CdLogNode *object, const CdLogRun *run, const char *task, GPtrArray *figures)
{
  for (const CdLogNode *at = cd_log_first (tree, object); at != NULL; at = cd_log_next (tree, at)) {
    double value = 0;
    CdMetric metric = cd_log_metric_read (at->key);
    if (metric.kind != CD_METRIC_PASS || !cd_log_number (at, &value) || value < 0)
      continue;
    CdLogFound found = { task, metric, value, value <= 1 ? CD_UNIT_FRACTION : CD_UNIT_PERCENT, at->line, NULL };
    cd_log_add (figures, file, run, &found);
  }
}

gboolean
cd_log_evalplus_knows (const CdLogFile *file)
{
  /* The passes stand behind all samples in the file. */
  return file->text[0] == '{' && g_str_has_suffix (file->path, "eval_results.json")
         && (cd_log_head_has (file, "\"hash\"") || cd_log_head_has (file, "\"pass_at_k\""));
}

void
cd_log_evalplus_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  const CdLogNode *passes = tree != NULL ? cd_log_get (tree, cd_log_tree_root (tree), "pass_at_k") : NULL;
  if (passes == NULL)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  g_autofree char *lower = g_ascii_strdown (file->path, -1);
  const char *base = strstr (lower, "mbpp") != NULL ? "mbpp" : "humaneval";
  g_autofree char *extended = g_strconcat (base, "-plus", NULL);
  read_passes (file, tree, cd_log_get (tree, passes, "base"), &run, base, figures);
  guint first = figures->len;
  read_passes (file, tree, cd_log_get (tree, passes, "plus"), &run, extended, figures);
  for (guint i = first; i < figures->len; i++)
    ((CdFigure *) figures->pdata[i])->benchmark = cd_benchmarks_find (file->benchmarks, extended);
}

gboolean
cd_log_code_harness_knows (const CdLogFile *file)
{
  return file->text[0] == '{' && cd_log_head_has (file, "\"pass@1\"") && cd_log_head_has (file, "\"config\"")
         && !cd_log_head_has (file, "\"results\"");
}

void
cd_log_code_harness_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  if (tree == NULL)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  const CdLogNode *root = cd_log_tree_root (tree), *config = cd_log_get (tree, root, "config");
  cd_log_run_take (&run, tree, config);
  cd_log_run_set_model (&run, cd_log_text (tree, config, "model"));
  run.samples = MAX (cd_log_count (tree, config, "n_samples"), 0);
  for (const CdLogNode *at = cd_log_first (tree, root); at != NULL; at = cd_log_next (tree, at))
    if (at != config && at->kind == CD_LOG_OBJECT && at->key != NULL)
      read_passes (file, tree, at, &run, at->key, figures);
}

gboolean
cd_log_livecodebench_knows (const CdLogFile *file)
{
  return file->text[0] == '[' && g_str_has_suffix (file->path, "_eval.json") && cd_log_head_has (file, "\"pass@1\"");
}

void
cd_log_livecodebench_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  const CdLogNode *head = tree != NULL ? cd_log_first (tree, cd_log_tree_root (tree)) : NULL;
  if (head == NULL || head->kind != CD_LOG_OBJECT)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  /* "Scenario.codegeneration_10_0.2_eval.json": samples and temperature. */
  g_auto (GStrv) parts = g_strsplit (cd_log_base (file->path), "_", 8);
  if (g_strv_length (parts) >= 4) {
    cd_log_run_set (&run, "n_sampling", parts[1]);
    cd_log_run_set (&run, "temperature", parts[2]);
  }
  guint problems = 0;
  const CdLogNode *detail = cd_log_get (tree, cd_log_get (tree, head, "detail"), "pass@1");
  for (const CdLogNode *at = cd_log_first (tree, detail); at != NULL; at = cd_log_next (tree, at))
    problems++;
  run.n = problems;
  read_passes (file, tree, head, &run, "livecodebench", figures);
}
