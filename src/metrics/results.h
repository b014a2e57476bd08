/* What a work reports about its own performance: results tables, sentences that tie a figure to a benchmark, images that look like results.
 * Facts with places for probes; which figure equals which is left to claims. */
#pragma once
#include "metrics/benchmarks.h"
#include "work/work.h"

typedef struct {
  guint document; /* index into corpus->documents */
  guint32 line, end_line;
  guint32 own_line;           /* of the first row (or column head) that is the work's, 0 none */
  guint32 other_line;         /* of the first one that is not, 0 none */
  guint own_rows, other_rows; /* models compared: rows, or columns where benchmarks are the rows */
  guint figures;              /* cells that hold a score */
  guint benchmarks;           /* distinct ones named in heads, rows, caption or heading */
  guint versioned;            /* of them, those whose version, year or split is settled */
  gboolean metric_named;      /* in heads, rows, caption or the titles above */
  guint32 metric_line;        /* of a sentence of the same section, at most 15 lines away, that names a metric; 0 none */
  guint unknown_rows;         /* of other_rows, those that are no foundation model by name: they may be the work's under another name */
  guint served_rows;          /* of other_rows, those that only their maker can run: their figures may be quoted */
} CdResultTable;

/* One score of a table, with what it is of. */
typedef struct {
  guint document;
  guint32 line;
  const CdTable *table; /* borrowed from the document */
  guint row, column;
  gboolean upright; /* the models are the columns: scores in the same row are on the same thing; else those in the same column */
  gboolean own;     /* of the work's own model */
  char *model;      /* label of its row or column */
  char *of;         /* label of the other side: benchmark, metric, setting */
  gint benchmark;   /* index into benchmarks */
  double value;
} CdResultFigure;

typedef struct {
  guint document;
  guint32 line, end_line;
  gint benchmark; /* index into benchmarks */
  double figure;
  gboolean metric; /* the sentence names one */
  gboolean own;    /* it speaks of the work: its name, "our", "we" */
  gboolean versioned;
  gboolean achieved; /* it says that the figure is reached, raised or beaten */
} CdResultSentence;

typedef struct {
  guint document;
  guint32 line;
} CdResultImage;

typedef struct _CdResults {
  CdBenchmarks *benchmarks;
  GArray *tables;    /* CdResultTable, document and line order */
  GArray *sentences; /* CdResultSentence, likewise */
  GArray *images;    /* CdResultImage, likewise */
  guint8 *reported;  /* by benchmark: a table or sentence outside papers gives a score on it */
  guint8 *coded;     /* by benchmark: a script, configuration, code, command or file name of the work names it */
} CdResults;

/* Reads the work's own documents only. hits: as in CdCase. NULL with CD_ERROR_INPUT where the knowledge of benchmarks cannot be read. */
CdResults *cd_results_gather (const CdData *data, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits,
                              const CdWork *work, GError **error);
/* Benchmarks with scores, and of them those that code names too; a family's name ("aime") stands for its sets ("aime-2024") and the reverse. */
guint cd_results_reported (const CdResults *results, guint *coded);
/* The scores of the gathered tables, CdResultFigure*, table by table; tables of PDF text have none. Owned by the caller, tables by the corpus. */
GPtrArray *cd_results_figures (const CdResults *results, const CdCorpus *corpus, const CdWork *work);
void cd_results_free (CdResults *results);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdResults, cd_results_free)
