/* Predictions: files of per-sample outputs, graded again. Streams: memory is bounded by the number of problems, not by the size of the file. */
#pragma once
#include "grading/grader.h"
#include "manifest/manifest.h"
#include "outputs/figure.h"
#include <gio/gio.h>

/* What the fields of a record mean; NULL: recognised by their names. From the manifest (evaluations[].fields) or the command line. */
typedef struct {
  const char *question, *gold, *prediction, *response, *correct, *tokens, *score, *id, *category;
} CdPredictionFields;

typedef struct {
  const char *path;
  const char *language; /* "json", "jsonl", "csv", "tsv", as documents call it */
  guint document;
  const CdBenchmarks *benchmarks;
  const char *benchmark;            /* id where the caller knows it, NULL: from path and records */
  const char *grader;               /* id; NULL: by the benchmark's kind of answer, flags of the file where there is no answer to grade */
  const CdPredictionFields *fields; /* NULL: recognised */
  GHashTable *references;           /* problem key → gold, where records carry none; NULL none */
} CdPredictionFile;

/* TRUE where records with such fields (NULL-terminated names) are predictions: an answer or response beside a reference or a verdict. */
gboolean cd_predictions_are (const char *path, char **fields);
/* Appends one figure for each benchmark (and model) in the file: accuracy over all samples, with its problems; other metrics are computed from these by
 * statistics/. FALSE with error where the stream cannot be read; malformed records are counted and located in the figure. */
gboolean cd_predictions_read (const CdPredictionFile *file, GInputStream *stream, GPtrArray *figures, GError **error);
/* The key of a problem's text: a digest of its words. Caller frees. */
char *cd_prediction_key (const char *question);
