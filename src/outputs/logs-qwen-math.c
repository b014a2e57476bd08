/* What the evaluation scripts of ToRA, Qwen2.5-Math and their many descendants write beside a file of samples: *_metrics.json, before that *.metrics as
 * text. Figures are percent; benchmark, model, seed and temperature stand in the path only. */
#include "outputs/logs-parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

gboolean
cd_log_qwen_math_knows (const CdLogFile *file)
{
  return file->text[0] == '{' && cd_log_head_has (file, "\"num_samples\"")
         && (cd_log_head_has (file, "\"acc\"") || cd_log_head_has (file, "\"num_scores\""));
}

/* Percent by convention; a descendant that writes fractions shows it where so few percent are less than one right answer. */
static CdUnit
unit_of (double value, gint64 answers)
{
  gboolean less_than_one = value > 0 && value <= 1 && answers > 0 && value + 0.05 < 100 / (double) answers;
  return less_than_one ? CD_UNIT_FRACTION : CD_UNIT_PERCENT;
}

void
cd_log_qwen_math_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  if (tree == NULL)
    return;
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  const CdLogNode *root = cd_log_tree_root (tree);
  gint64 n = cd_log_count (tree, root, "num_samples"), scores = cd_log_count (tree, root, "num_scores");
  run.n = MAX (n, 0);
  if (n > 0 && scores > n && scores % n == 0)
    run.samples = scores / n;
  for (const CdLogNode *at = cd_log_first (tree, root); at != NULL; at = cd_log_next (tree, at)) {
    double value = 0;
    if (at->key == NULL || !cd_log_number (at, &value) || value < 0 || value > 100)
      continue;
    gint64 samples = run.samples;
    CdMetric metric = cd_log_metric_read (at->key);
    if (metric.kind == CD_METRIC_ACCURACY && samples > 1)
      metric = (CdMetric){ CD_METRIC_AVERAGE, (guint) MIN (samples, 100000) };
    if (metric.kind == CD_METRIC_UNKNOWN || metric.kind == CD_METRIC_TOKENS)
      continue;
    CdLogFound found = { NULL, metric, value, unit_of (value, run.n * MAX (samples, 1)), at->line, NULL };
    cd_log_add (figures, file, &run, &found);
  }
}

gboolean
cd_log_tora_knows (const CdLogFile *file)
{
  return cd_log_head_has (file, "Num samples:") && cd_log_head_has (file, "Mean score:");
}

void
cd_log_tora_read (const CdLogFile *file, GPtrArray *figures)
{
  g_auto (CdLogRun) run = { 0 };
  cd_log_run_init (&run, file);
  guint32 line = 1;
  for (const char *at = file->text; at < file->text + file->length; line++) {
    const char *newline = memchr (at, '\n', file->length - (gsize) (at - file->text));
    const char *end = newline != NULL ? newline : file->text + file->length;
    if (g_str_has_prefix (at, "Num samples:"))
      run.n = (gint64) MIN (g_ascii_strtoull (at + strlen ("Num samples:"), NULL, 10), G_MAXINT32);
    if (g_str_has_prefix (at, "Mean score:")) {
      /* Of several calls of the interpreter the last is what counts. */
      const char *last = at + strlen ("Mean score:");
      for (const char *c = last; c < end; c++)
        if (*c == '[' || *c == ',')
          last = c + 1;
      char *rest = NULL;
      double value = g_ascii_strtod (last, &rest);
      CdLogFound found = { NULL, { CD_METRIC_ACCURACY, 0 }, value, CD_UNIT_PERCENT, line, NULL };
      if (rest != last && rest <= end && value >= 0 && value <= 100)
        cd_log_add (figures, file, &run, &found);
    }
    at = end + 1;
  }
}
