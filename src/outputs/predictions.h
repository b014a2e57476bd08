/* Predictions: files of per-sample outputs, graded again. Streams: memory is bounded by the number of problems, not by the size of the file. */
#pragma once
#include "grading/grader.h"
#include "manifest/manifest.h"
#include "outputs/figure.h"
#include <gio/gio.h>

/* What the fields of a record mean, by their names in the file ("doc.answer" is `answer` in the object `doc`); NULL: recognised by their names. From the manifest (evaluations[].fields) or the command line. */
typedef struct {
  const char *question, *gold, *prediction, *response, *correct, *tokens, *score, *id, *category;
} CdPredictionFields;
/* evaluations[].fields of a manifest, NULL for none. The names stay the manifest's. */
CdPredictionFields cd_prediction_fields_of (const CdYamlNode *fields);

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

/* The language of a file outside a tree by its name's end: "json", "csv", "tsv", else "jsonl". Static. */
const char *cd_prediction_language (const char *path);
/* TRUE where records with such fields (NULL-terminated names of one level, as documents tell them) are predictions: an answer or response beside a reference or
 * a verdict. Training data, preference pairs and benchmarks are not. */
gboolean cd_predictions_are (const char *path, char **fields);
/* Appends one figure for each benchmark (and model) in the file: accuracy over all samples, with its problems; other metrics are computed from these by
 * statistics/.
 * FALSE with error where the stream cannot be read, or where less than half of the records tell an answer and whether it is right; else malformed records are
 * counted and located in each figure of the file. */
gboolean cd_predictions_read (const CdPredictionFile *file, GInputStream *stream, GPtrArray *figures, GError **error);
/* Adds the references of a benchmark's own data file, streamed: the key of each problem's text → its reference (char*, to be freed with g_free; the first one
 * stays). Returns how many were added, -1 with error where the stream cannot be read. language as in CdPredictionFile. */
gint64 cd_prediction_references_add (GHashTable *references, GInputStream *stream, const char *language, GError **error);
/* The key of a problem's text: a digest of its words. Caller frees. */
char *cd_prediction_key (const char *question);
