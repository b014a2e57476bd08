/* Probes over results tables, sentences with figures and result images. They only count and point; reading is done in metrics/. */
#include "probes/results.h"
#include "metrics/results.h"
#include "scope/role.h"

#define COVERED 0.8 /* share of reported benchmarks that code must name */
#define MOSTLY 0.7  /* share of named benchmarks whose version is settled */

static gboolean
has_metric (const CdResultTable *table)
{
  return table->metric_named || table->metric_line > 0;
}

/* A table with a row of the work first, then by size: many benchmarks tell more than one. What looks like a table in a paper's text may be an axis. */
static double
table_weight (const CdCase *the_case, const CdResultTable *table)
{
  gboolean paper = cd_role_of (g_ptr_array_index (the_case->corpus->documents, table->document)) == CD_ROLE_PAPER;
  return ((table->own_rows > 0 ? 2.0 : 1.0) + MIN (table->benchmarks, 10u) / 20.0) * (paper ? 0.5 : 1.0) * (table->benchmarks == 0 ? 0.5 : 1.0)
         * cd_reach_weight (the_case, table->document);
}

static void
add_table (const CdCase *the_case, CdFinding *finding, const CdResultTable *table, guint32 line, const char *says)
{
  guint32 end = line < table->line ? line : MAX (line, table->end_line);
  cd_finding_add (finding, table->document, line, end, says, table_weight (the_case, table));
}

/* Every table that holds for test; its line, or the line that at picks. */
static void
add_tables (const CdCase *the_case, CdFinding *finding, gboolean (*test) (const CdResultTable *), guint32 (*at) (const CdResultTable *),
            const char *says)
{
  const CdResults *results = the_case->results;
  for (guint i = 0; i < results->tables->len; i++) {
    const CdResultTable *table = &g_array_index (results->tables, CdResultTable, i);
    if (test (table))
      add_table (the_case, finding, table, at (table), says);
  }
  finding->yes = finding->count > 0;
}

static gboolean
any_table (const CdResultTable *table)
{
  return table->figures > 0;
}
static gboolean
has_others (const CdResultTable *table)
{
  return table->other_rows > 0 && table->own_rows + table->other_rows > 1;
}
static gboolean
has_served (const CdResultTable *table)
{
  return table->served_rows > 0 && table->own_rows + table->other_rows > 1;
}
static guint32
table_line (const CdResultTable *table)
{
  return table->line;
}
/* A metric that stands outside the table is shown where it stands. */
static guint32
metric_line (const CdResultTable *table)
{
  return table->metric_named ? table->line : table->metric_line;
}
static guint32
other_line (const CdResultTable *table)
{
  return table->other_line;
}

void
cd_probe_results_table (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  add_tables (the_case, finding, any_table, table_line, info->id);
}

void
cd_probe_results_table_metric (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  add_tables (the_case, finding, has_metric, metric_line, info->id);
}

void
cd_probe_baselines_in_results (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  add_tables (the_case, finding, has_others, other_line, info->id);
}

void
cd_probe_served_baselines (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  add_tables (the_case, finding, has_served, other_line, info->id);
}

/* Tables without a metric are counted against it; the evidence shows those that have one. */
void
cd_probe_every_table_has_metric (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  cd_probe_results_table_metric (the_case, info, finding);
  finding->yes = finding->count > 0 && finding->count == the_case->results->tables->len;
}

static void
add_sentences (const CdCase *the_case, CdFinding *finding, gboolean metric, const char *says)
{
  const GArray *sentences = the_case->results->sentences;
  for (guint i = 0; i < sentences->len; i++) {
    const CdResultSentence *sentence = &g_array_index (sentences, CdResultSentence, i);
    if (!metric || sentence->metric)
      cd_finding_add (finding, sentence->document, sentence->line, sentence->end_line, says,
                      ((sentence->own ? 1.5 : 0.8) + (sentence->metric ? 0.3 : 0)) * cd_reach_weight (the_case, sentence->document));
  }
  finding->yes = finding->count > 0;
}

void
cd_probe_results_text (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  add_sentences (the_case, finding, FALSE, info->id);
}

void
cd_probe_results_text_metric (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  add_sentences (the_case, finding, TRUE, info->id);
}

static void
add_images (const CdCase *the_case, CdFinding *finding, const char *says)
{
  const GArray *images = the_case->results->images;
  for (guint i = 0; i < images->len; i++) {
    const CdResultImage *image = &g_array_index (images, CdResultImage, i);
    cd_finding_add (finding, image->document, image->line, image->line, says, 0.5);
  }
}

void
cd_probe_results_image_only (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  if (the_case->results->tables->len > 0 || the_case->results->sentences->len > 0)
    return;
  add_images (the_case, finding, info->id);
  finding->yes = finding->count > 0;
}

void
cd_probe_results_any (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  cd_probe_results_table (the_case, info, finding);
  cd_probe_results_text (the_case, info, finding);
  add_images (the_case, finding, info->id);
  finding->yes = finding->count > 0;
}

/* A figure of the work's own: not a baseline's table, not a sentence about others, not a diagram or a training curve. */
static gboolean
may_be_own (const CdCase *the_case, const CdResultTable *table)
{
  gboolean paper = cd_role_of (g_ptr_array_index (the_case->corpus->documents, table->document)) == CD_ROLE_PAPER;
  return paper || table->own_rows > 0 || table->unknown_rows > 0;
}

static void
find_own_text (const CdCase *the_case, const char *says, CdFinding *finding)
{
  const CdResults *results = the_case->results;
  for (guint i = 0; i < results->tables->len; i++) {
    const CdResultTable *table = &g_array_index (results->tables, CdResultTable, i);
    if (may_be_own (the_case, table))
      add_table (the_case, finding, table, table->line, says);
  }
  for (guint i = 0; i < results->sentences->len; i++) {
    const CdResultSentence *sentence = &g_array_index (results->sentences, CdResultSentence, i);
    if (sentence->own || sentence->achieved)
      cd_finding_add (finding, sentence->document, sentence->line, sentence->end_line, says,
                      ((sentence->own ? 1.5 : 0.8) + (sentence->metric ? 0.3 : 0)) * cd_reach_weight (the_case, sentence->document));
  }
}

void
cd_probe_own_results_in_text (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_own_text (the_case, info->id, finding);
  finding->yes = finding->count > 0;
}

void
cd_probe_own_results_shown (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_own_text (the_case, info->id, finding);
  add_images (the_case, finding, info->id);
  finding->yes = finding->count > 0;
}

/* Tables and sentences together: how many of the benchmarks they name say which set is meant. */
void
cd_probe_benchmarks_versioned (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  const CdResults *results = the_case->results;
  guint named = 0, versioned = 0;
  for (guint i = 0; i < results->tables->len; i++) {
    const CdResultTable *table = &g_array_index (results->tables, CdResultTable, i);
    named += table->benchmarks;
    versioned += table->versioned;
    if (table->versioned > 0)
      add_table (the_case, finding, table, table->line, info->id);
  }
  for (guint i = 0; i < results->sentences->len; i++) {
    const CdResultSentence *sentence = &g_array_index (results->sentences, CdResultSentence, i);
    named++;
    versioned += sentence->versioned ? 1 : 0;
    if (sentence->versioned)
      cd_finding_add (finding, sentence->document, sentence->line, sentence->end_line, info->id, sentence->own ? 1.2 : 0.7);
  }
  finding->yes = named > 0 && versioned >= MOSTLY * named;
}

void
cd_probe_results_in_paper (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  const CdResults *results = the_case->results;
  for (guint i = 0; i < results->tables->len; i++) {
    const CdResultTable *table = &g_array_index (results->tables, CdResultTable, i);
    if (cd_role_of (g_ptr_array_index (the_case->corpus->documents, table->document)) == CD_ROLE_PAPER)
      add_table (the_case, finding, table, table->line, info->id);
  }
  finding->yes = finding->count > 0;
}

void
cd_probe_table_without_metric (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  const CdResults *results = the_case->results;
  for (guint i = 0; i < results->tables->len; i++) {
    const CdResultTable *table = &g_array_index (results->tables, CdResultTable, i);
    if (!has_metric (table) && cd_role_of (g_ptr_array_index (the_case->corpus->documents, table->document)) != CD_ROLE_PAPER)
      add_table (the_case, finding, table, table->line, info->id);
  }
  finding->yes = finding->count > 0;
}

void
cd_probe_benchmarks_in_code (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  guint coded, reported = cd_results_reported (the_case->results, &coded);
  if (reported == 0 || coded < COVERED * reported)
    return;
  finding->yes = TRUE;
  cd_probe_results_table (the_case, info, finding);
  cd_probe_results_text (the_case, info, finding);
}
