/* Knowledge of benchmarks (rubrics/knowledge/benchmarks.yaml): how tables call them, and whether a name says which version is meant. */
#pragma once
#include "base/data.h"

typedef struct {
  char *id;              /* "aime-2024"; also the signal "benchmarks.aime-2024" */
  char *name;            /* "AIME 2024" */
  char *answer, *domain; /* as in the file: "integer", "mathematics" … */
  gint64 problems;       /* of the usual test set, 0 not fixed */
  GArray *sizes;         /* gint64: problems of other sets in use, ascending by file order */
  gboolean versioned;    /* the bare name says which set is meant */
  gboolean cased;        /* an ordinary word unless in capitals */
  gboolean all_sizes;    /* problems and sizes are all sets that go by the names, and a score is the share of right answers */
} CdBenchmark;

typedef struct _CdBenchmarks CdBenchmarks;
/* NULL with CD_ERROR_INPUT where the file is absent or malformed. */
CdBenchmarks *cd_benchmarks_load (const CdData *data, GError **error);
void cd_benchmarks_free (CdBenchmarks *benchmarks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdBenchmarks, cd_benchmarks_free)
guint cd_benchmarks_length (const CdBenchmarks *benchmarks);
const CdBenchmark *cd_benchmarks_at (const CdBenchmarks *benchmarks, guint index);
/* Index by id, or -1. */
gint cd_benchmarks_find (const CdBenchmarks *benchmarks, const char *id);
/* The benchmark that a short label (a table's head, a row's name) names: the longest name in it wins, the first among equals. -1 none.
 * versioned (may be NULL): TRUE where the label settles which version, year or split is meant. */
gint cd_benchmarks_in_label (const CdBenchmarks *benchmarks, const char *label, gboolean *versioned);

typedef struct {
  gsize start, end; /* bytes of the text */
  gint benchmark;   /* index */
} CdBenchmarkMention;
/* Every benchmark's name in running text (its first 4000 bytes), in order, not overlapping: the longest at each place. Caller unrefs. */
GArray *cd_benchmarks_in_text (const CdBenchmarks *benchmarks, const char *text);
