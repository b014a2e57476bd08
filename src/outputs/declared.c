/* What is declared decides; the readers of logs and predictions do the reading. */
#include "outputs/declared.h"
#include "outputs/logs-tree.h"
#include "outputs/logs.h"
#include <math.h>
#include <string.h>

#define NODES_MOST 4096u /* of a results file that no reader knows: it is a summary */

/* By id, or by name with its version; -1 not a known one. */
static gint
benchmark_of (const CdYamlNode *node, const CdBenchmarks *benchmarks)
{
  const char *name = cd_yaml_string (cd_yaml_get (node, "benchmark")), *version = cd_yaml_string (cd_yaml_get (node, "version"));
  gint found = name != NULL ? cd_benchmarks_find (benchmarks, name) : -1;
  g_autofree char *label = name != NULL && version != NULL ? g_strconcat (name, " ", version, NULL) : g_strdup (name);
  return found >= 0 || label == NULL ? found : cd_benchmarks_in_label (benchmarks, label, NULL);
}

CdDeclaredEvaluation
cd_declared_evaluation (const CdYamlNode *node, const CdBenchmarks *benchmarks)
{
  CdDeclaredEvaluation evaluation = { .benchmarks = benchmarks };
  evaluation.task = cd_yaml_string (cd_yaml_get (node, "benchmark"));
  evaluation.model = cd_yaml_string (cd_yaml_get (node, "model"));
  evaluation.benchmark = benchmark_of (node, benchmarks);
  evaluation.metric = cd_metric_read (cd_yaml_string (cd_yaml_get (node, "metric")), -1);
  gint64 k = 0;
  if (evaluation.metric.k == 0 && cd_yaml_int (cd_yaml_get (node, "k"), &k) && k > 0 && k < G_MAXINT)
    evaluation.metric.k = (guint) k;
  cd_yaml_int (cd_yaml_get (node, "n"), &evaluation.n);
  evaluation.mapped = cd_yaml_get (node, "fields") != NULL;
  evaluation.fields = cd_prediction_fields_of (cd_yaml_get (node, "fields"));
  evaluation.grader = cd_yaml_string (cd_yaml_get (node, "grader"));
  return evaluation;
}

/* What the manifest says stands over what was guessed. */
static void
name_figure (const CdDeclaredEvaluation *evaluation, CdFigure *figure)
{
  if (evaluation->benchmark >= 0)
    figure->benchmark = evaluation->benchmark;
  if (evaluation->task != NULL) {
    g_free (figure->task);
    figure->task = g_strdup (evaluation->task);
  }
  if (evaluation->model != NULL) {
    g_free (figure->model);
    figure->model = g_strdup (evaluation->model);
  }
  figure->n = figure->n > 0 ? figure->n : evaluation->n;
}

/* "pass@8" is asked for by its name, and by its k where the key tells one. */
static gboolean
is_metric (const CdDeclaredEvaluation *evaluation, const char *key)
{
  CdMetric metric = cd_metric_read (key, -1);
  return metric.kind == evaluation->metric.kind && metric.kind != CD_METRIC_UNKNOWN && (metric.k == 0 || metric.k == evaluation->metric.k);
}

/* A figure under the metric's own name, at any depth; the first in the file. */
static void
find_metric (const CdDeclaredEvaluation *evaluation, const CdLogTree *tree, const char *path, guint document, GPtrArray *figures)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (const CdLogNode *));
  const CdLogNode *node = cd_log_first (tree, cd_log_tree_root (tree));
  double value = 0;
  for (guint seen = 0; node != NULL && seen < NODES_MOST; seen++) {
    if (node->key != NULL && is_metric (evaluation, node->key) && cd_log_number (node, &value)) {
      CdFigure *figure = cd_figure_new (path, document);
      figure->by = CD_FIGURE_LOG;
      figure->reader = "declared";
      figure->line = node->line;
      figure->metric = evaluation->metric;
      figure->value = value;
      gboolean share = value >= 0 && value <= 1 && evaluation->metric.kind != CD_METRIC_TOKENS && evaluation->metric.kind != CD_METRIC_RATING;
      figure->unit = share                                         ? CD_UNIT_FRACTION
                     : evaluation->metric.kind == CD_METRIC_TOKENS ? CD_UNIT_TOKENS
                     : evaluation->metric.kind == CD_METRIC_RATING ? CD_UNIT_SCORE
                                                                   : CD_UNIT_PERCENT;
      g_ptr_array_add (figures, figure);
      return;
    }
    const CdLogNode *inside = cd_log_first (tree, node), *after = cd_log_next (tree, node);
    if (inside != NULL && after != NULL)
      g_array_append_val (open, after);
    node = inside != NULL ? inside : after;
    if (node == NULL && open->len > 0) {
      node = g_array_index (open, const CdLogNode *, open->len - 1);
      g_array_set_size (open, open->len - 1);
    }
  }
}

/* Of figures of several metrics those of the declared one; all where none is of it. */
static void
keep_declared (const CdDeclaredEvaluation *evaluation, GPtrArray *figures, guint first)
{
  gboolean any = FALSE;
  for (guint i = first; i < figures->len; i++)
    any = any || ((const CdFigure *) g_ptr_array_index (figures, i))->metric.kind == evaluation->metric.kind;
  for (guint i = figures->len; any && i > first; i--)
    if (((const CdFigure *) g_ptr_array_index (figures, i - 1))->metric.kind != evaluation->metric.kind)
      g_ptr_array_remove_index (figures, i - 1);
}

void
cd_declared_results (const CdDeclaredEvaluation *evaluation, const char *path, const char *text, gsize length, guint document, GPtrArray *figures)
{
  guint first = figures->len;
  CdLogFile file = { path, text, length, document, evaluation->benchmarks, TRUE };
  cd_log_read (&file, figures);
  g_autoptr (CdLogTree) tree = figures->len == first ? cd_log_tree_new (text, length) : NULL;
  if (tree != NULL)
    find_metric (evaluation, tree, path, document, figures);
  keep_declared (evaluation, figures, first);
  for (guint i = first; i < figures->len; i++)
    name_figure (evaluation, g_ptr_array_index (figures, i));
}

gboolean
cd_declared_predictions (const CdDeclaredEvaluation *evaluation, const CdPredictionFile *file, GInputStream *stream, GPtrArray *figures,
                         GError **error)
{
  guint first = figures->len;
  CdPredictionFile declared = *file;
  declared.benchmark = evaluation->benchmark >= 0 ? cd_benchmarks_at (evaluation->benchmarks, (guint) evaluation->benchmark)->id : NULL;
  declared.grader = evaluation->grader;
  declared.fields = evaluation->mapped ? &evaluation->fields : NULL;
  gboolean read = cd_predictions_read (&declared, stream, figures, error);
  for (guint i = first; i < figures->len; i++)
    name_figure (evaluation, g_ptr_array_index (figures, i));
  return read;
}
