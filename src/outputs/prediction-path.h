/* What the path of a predictions file says: benchmark, model, seed. For predictions*.c. */
#pragma once
#include "metrics/benchmarks.h"

/* The benchmark that the path names, the file's own name before its folders; -1 none. */
gint cd_prediction_path_benchmark (const CdBenchmarks *benchmarks, const char *path);
/* The same of a label in a record, where "math" alone is a name too. */
gint cd_prediction_label_benchmark (const CdBenchmarks *benchmarks, const char *label);
/* The part of the path that names a model by its size ("Qwen2.5-7B-Instruct"), the innermost; NULL none. Caller frees. */
char *cd_prediction_path_model (const char *path);
/* The number behind a word of the path ("seed": "…_seed0_…", "checkpoint": "checkpoint-120"), -1 without one. */
gint64 cd_prediction_path_number (const char *path, const char *word);
