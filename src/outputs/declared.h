/* An evaluation as the manifest declares it, and its files read as it says: results by the readers of logs, or by the metric's own name where none of them
 * knows the file; predictions with the declared fields and grader. What the manifest names is taken over what a file's path suggests. */
#pragma once
#include "outputs/predictions.h"

typedef struct {
  const CdBenchmarks *benchmarks;
  gint benchmark;    /* -1 not a known one */
  const char *task;  /* as the manifest calls it */
  const char *model; /* NULL not told */
  CdMetric metric;
  gint64 n;        /* 0 not told */
  gboolean mapped; /* fields are */
  CdPredictionFields fields;
  const char *grader;     /* id; NULL not told */
  GHashTable *references; /* as in CdPredictionFile; NULL none */
} CdDeclaredEvaluation;

/* Strings stay the manifest's. */
CdDeclaredEvaluation cd_declared_evaluation (const CdYamlNode *node, const CdBenchmarks *benchmarks);
/* Appends the figures of a results file. text: UTF-8, NUL-terminated. document: G_MAXUINT outside a tree. */
void cd_declared_results (const CdDeclaredEvaluation *evaluation, const char *path, const char *text, gsize length, guint document,
                          GPtrArray *figures);
/* Appends the figures of a file of predictions, of which path, language, document, benchmarks and references are given; the rest is the manifest's. FALSE with
 * error as cd_predictions_read. */
gboolean cd_declared_predictions (const CdDeclaredEvaluation *evaluation, const CdPredictionFile *file, GInputStream *stream, GPtrArray *figures,
                                  GError **error);
