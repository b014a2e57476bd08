/* Which data files of the tree the work trains on and which it evaluates on, told by their names and by what reads them: training and evaluation commands, settings of
 * runs. Predictions and results are neither. Whether one stands in the other is contamination.c's question. */
#pragma once
#include "metrics/benchmarks.h"
#include "work/work.h"

typedef enum { CD_SIDE_TRAINING = 1, CD_SIDE_EVALUATION = 2 } CdSide; /* bits */

typedef struct {
  guint document;
  guint named;                      /* CdSide: by words of its path */
  CdPlace trained_by, evaluated_by; /* the first command or setting that reads it so; line 0 none */
  guint sides;                      /* CdSide: all of the above; 0: it holds problems and nothing says what for */
  gboolean result;                  /* by its path or fields, what a run wrote */
} CdDataFile;

/* CdDataFile of the work's own data files that hold problems, or that have a side and cannot be read, in document order. Caller unrefs. */
GArray *cd_data_files_gather (const CdCorpus *corpus, const CdScope *scope, const CdWork *work, const CdBenchmarks *benchmarks);
/* The sides that a path's words speak for. rows: records of the file, which may rule a benchmark's name out; -1 unknown. */
guint cd_data_files_named (const char *path, gint64 rows, const CdBenchmarks *benchmarks);
