/* One table read as results: which side names benchmarks, which rows are the work's. For metrics/ and claims/ only. */
#pragma once
#include "metrics/results.h"
#include "work/providers.h"

/* Names under which the work's own models appear: keys (cd_text_key) of four letters and more. */
typedef struct {
  const CdBenchmarks *benchmarks;
  const GPtrArray *names; /* char* */
  const CdProviders *providers;
  guint8 *reported; /* by benchmark: set where a table outside papers names it; as in CdResults */
} CdResultReader;

/* FALSE where the table holds no scores on a benchmark. document and line are set by the caller's table. */
gboolean cd_result_table_read (const CdResultReader *reader, const CdDocument *document, const CdTable *table, CdResultTable *result);
/* Its scores on known benchmarks, appended to figures (CdResultFigure*, benchmark by benchmark); document is set by the caller. */
void cd_result_table_figures (const CdResultReader *reader, const CdDocument *document, const CdTable *table, GPtrArray *figures);
/* Tables of text without structure (PDF): lines with several figures around lines that name benchmarks. hits: GArray of CdHit.
 * Appends CdResultTable to tables. */
void cd_result_lines_read (const CdResultReader *reader, const CdSignals *signals, const CdDocument *document, guint index, const GArray *hits,
                           GArray *tables);
/* A metric is named: accuracy, pass@k, F1 … */
gboolean cd_text_names_metric (const char *text, gssize length);
/* The label names the work: one of its names, or "ours". */
gboolean cd_label_is_own (const CdResultReader *reader, const char *label);
/* The label begins with the name of a foundation model. */
gboolean cd_label_is_foundation (const CdResultReader *reader, const char *label);
/* The picture shows results: its name, alt text or place says so. beside: sentences within reach speak of results. */
gboolean cd_result_image_shows (const CdResultReader *reader, const CdDocument *document, const CdLink *link, gboolean beside);
/* TRUE where a heading, caption or file name speaks of scores: results, performance, benchmark … result-images.c */
gboolean cd_text_tells_results (const char *text);
