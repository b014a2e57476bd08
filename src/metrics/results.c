/* Gathers what a work reports about itself from its own documents. Tables are read by result-table.c, PDF text by result-lines.c,
 * pictures by result-images.c. */
#include "metrics/results.h"
#include "base/text.h"
#include "metrics/result-table.h"
#include <string.h>

#define NEAR_LINES 15u
#define IMAGE_LINES 6u
#define SENTENCE_BYTES 4000u /* a longer passage is no sentence */
#define SENTENCES 512u       /* kept of one document */
#define FIGURES 5000u        /* of all tables; no table beyond is taken apart */
#define VOIDED (CD_CONTEXT_PLAN | CD_CONTEXT_RELATED | CD_CONTEXT_DEMO | CD_CONTEXT_BOILERPLATE | CD_CONTEXT_QUOTED)

typedef struct {
  CdResultReader reader;
  const CdSignals *signals;
  gint *benchmark_of;      /* by signal: index of the benchmark, -1 none */
  gboolean *metric_signal; /* by signal: names a metric */
  guint achieves;          /* signal of sentences that claim a figure */
  CdResults *results;
} Gatherer;

void
cd_results_free (CdResults *results)
{
  if (results == NULL)
    return;
  cd_benchmarks_free (results->benchmarks);
  g_array_unref (results->tables);
  g_array_unref (results->sentences);
  g_array_unref (results->images);
  g_free (results->reported);
  g_free (results->coded);
  g_free (results);
}

/* Names and the base names of published checkpoints, as keys. */
static GPtrArray *
own_names (const CdWork *work)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; work != NULL && i < work->names->len; i++)
    g_ptr_array_add (names, g_strdup (g_ptr_array_index (work->names, i)));
  for (guint i = 0; work != NULL && i < work->artefacts->len; i++) {
    const CdArtefact *artefact = g_ptr_array_index (work->artefacts, i);
    if (artefact->kind != CD_ARTEFACT_WEIGHTS || !artefact->own || artefact->id == NULL)
      continue;
    const char *slash = strrchr (artefact->id, '/');
    g_ptr_array_add (names, cd_text_key (slash != NULL ? slash + 1 : artefact->id));
  }
  return names;
}

static gboolean
is_document (CdDocumentKind kind)
{
  return kind == CD_DOCUMENT_MARKDOWN || kind == CD_DOCUMENT_LATEX || kind == CD_DOCUMENT_RST || kind == CD_DOCUMENT_TEXT || kind == CD_DOCUMENT_HTML
         || kind == CD_DOCUMENT_PDF || kind == CD_DOCUMENT_NOTEBOOK;
}

/* A score in a sentence: a decimal of 10 to 100 that stands alone, or a whole number in percent or points. Smaller ones are model versions,
 * temperatures and sizes. */
static gboolean
sentence_figure (const char *text, double *figure)
{
  static gsize once;
  static GRegex *pattern;
  if (g_once_init_enter (&once)) {
    pattern = g_regex_new ("(?<![\\w.\\-/])(?:(\\d{2}\\.\\d{1,2}|100\\.0)(?![\\w.]|\\s?[BKMG]\\b|\\s?(?:billion|million|hours|tokens))|"
                           "(\\d{1,3}(?:\\.\\d+)?)\\s?(?:\\\\?%|％|percent\\b|points?\\b|个百分点|个点))",
                           G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&once, 1);
  }
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match (pattern, text, 0, &match))
    return FALSE;
  g_autofree char *decimal = g_match_info_fetch (match, 1);
  g_autofree char *whole = g_match_info_fetch (match, 2);
  *figure = g_ascii_strtod (decimal != NULL && *decimal != '\0' ? decimal : whole != NULL ? whole : "0", NULL);
  return TRUE;
}

static gboolean
speaks_of_work (const CdResultReader *reader, const char *text)
{
  static gsize once;
  static GRegex *pattern;
  if (g_once_init_enter (&once)) {
    pattern = g_regex_new ("\\b(our|ours|we)\\b|我们|本文|本项目", G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&once, 1);
  }
  return g_regex_match (pattern, text, 0, NULL) || cd_label_is_own (reader, text);
}

static void
add_sentence (Gatherer *gatherer, guint index, const CdDocument *document, const CdHit *hit, gint benchmark, gboolean achieved)
{
  const CdPassage *passage = &g_array_index (document->passages, CdPassage, hit->passage);
  if ((passage->kind != CD_PASSAGE_PROSE && passage->kind != CD_PASSAGE_CAPTION) || (passage->flags & VOIDED)
      || passage->end - passage->start > SENTENCE_BYTES)
    return;
  CdResultSentence sentence
      = { .document = index, .line = passage->line, .end_line = passage->end_line, .benchmark = benchmark, .achieved = achieved };
  g_autofree char *text = cd_document_passage_text (document, passage);
  if (!sentence_figure (text, &sentence.figure))
    return;
  if (document->kind != CD_DOCUMENT_PDF)
    gatherer->results->reported[benchmark] = 1;
  sentence.metric = cd_text_names_metric (text, -1);
  sentence.own = speaks_of_work (&gatherer->reader, text);
  sentence.versioned = cd_benchmarks_at (gatherer->reader.benchmarks, (guint) benchmark)->versioned;
  g_array_append_val (gatherer->results->sentences, sentence);
}

/* One sentence counts once; where several benchmarks are named, the one whose version is settled. */
static void
read_sentences (Gatherer *gatherer, guint index, const CdDocument *document, const GArray *hits)
{
  guint first = gatherer->results->sentences->len;
  gint best = -1;
  gboolean achieved = FALSE;
  for (guint i = 0; i < hits->len && gatherer->results->sentences->len - first < SENTENCES; i++) {
    const CdHit *hit = &g_array_index (hits, CdHit, i);
    gint benchmark = gatherer->benchmark_of[hit->signal];
    if (benchmark >= 0 && (best < 0 || !cd_benchmarks_at (gatherer->reader.benchmarks, (guint) best)->versioned))
      best = benchmark;
    achieved = achieved || hit->signal == gatherer->achieves;
    gboolean last = i + 1 == hits->len || g_array_index (hits, CdHit, i + 1).passage != hit->passage;
    if (!last)
      continue;
    if (best >= 0)
      add_sentence (gatherer, index, document, hit, best, achieved);
    best = -1;
    achieved = FALSE;
  }
}

/* The line of a sentence that names a metric in the table's section and near it; 0 where there is none. */
static guint32
metric_near (const Gatherer *gatherer, const CdDocument *document, const GArray *hits, const CdTable *table)
{
  for (guint i = 0; i < hits->len; i++) {
    const CdHit *hit = &g_array_index (hits, CdHit, i);
    if (!gatherer->metric_signal[hit->signal])
      continue;
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, hit->passage);
    if (passage->section == table->section && passage->line + NEAR_LINES >= table->line && passage->line <= table->end_line + NEAR_LINES)
      return passage->line;
  }
  return 0;
}

static void
read_tables (Gatherer *gatherer, guint index, const CdDocument *document, const GArray *hits)
{
  for (guint i = 0; i < document->tables->len; i++) {
    const CdTable *table = g_ptr_array_index (document->tables, i);
    guint flags = table->section >= 0 ? ((const CdSection *) g_ptr_array_index (document->sections, (guint) table->section))->flags : 0;
    CdResultTable result = { .document = index, .line = table->line, .end_line = table->end_line };
    if ((flags & VOIDED) || !cd_result_table_read (&gatherer->reader, document, table, &result))
      continue;
    result.metric_line = metric_near (gatherer, document, hits, table);
    g_array_append_val (gatherer->results->tables, result);
  }
  if (document->kind == CD_DOCUMENT_PDF && document->tables->len == 0)
    cd_result_lines_read (&gatherer->reader, gatherer->signals, document, index, hits, gatherer->results->tables);
}

/* A sentence within reach that names a metric or a benchmark, or claims a figure: a picture beside it shows results. */
static gboolean
results_beside (const Gatherer *gatherer, const CdDocument *document, const GArray *hits, guint line)
{
  for (guint i = 0; i < hits->len; i++) {
    const CdHit *hit = &g_array_index (hits, CdHit, i);
    if (gatherer->benchmark_of[hit->signal] < 0 && !gatherer->metric_signal[hit->signal] && hit->signal != gatherer->achieves)
      continue;
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, hit->passage);
    if (passage->line + IMAGE_LINES >= line && passage->line <= line + IMAGE_LINES && !(passage->flags & VOIDED))
      return TRUE;
  }
  return FALSE;
}

static void
read_images (Gatherer *gatherer, guint index, const CdDocument *document, const GArray *hits)
{
  for (guint i = 0; i < document->links->len; i++) {
    const CdLink *link = g_ptr_array_index (document->links, i);
    const CdSection *section = link->section >= 0 ? g_ptr_array_index (document->sections, (guint) link->section) : NULL;
    if (!link->image || link->target == NULL || (section != NULL && (section->flags & VOIDED)))
      continue;
    CdResultImage image = { index, link->line };
    if (cd_result_image_shows (&gatherer->reader, document, link, results_beside (gatherer, document, hits, link->line)))
      g_array_append_val (gatherer->results->images, image);
  }
}

static gboolean
is_program (CdDocumentKind kind)
{
  return kind == CD_DOCUMENT_SHELL || kind == CD_DOCUMENT_PYTHON || kind == CD_DOCUMENT_CODE || kind == CD_DOCUMENT_YAML || kind == CD_DOCUMENT_JSON
         || kind == CD_DOCUMENT_TOML || kind == CD_DOCUMENT_NOTEBOOK;
}

/* Benchmarks that programs, documented commands and file names speak of. */
static void
read_coded (Gatherer *gatherer, const CdDocument *document, const GArray *hits)
{
  gboolean program = is_program (document->kind);
  for (guint i = 0; i < hits->len; i++) {
    const CdHit *hit = &g_array_index (hits, CdHit, i);
    gint benchmark = gatherer->benchmark_of[hit->signal];
    if (benchmark >= 0 && (program || g_array_index (document->passages, CdPassage, hit->passage).kind == CD_PASSAGE_COMMAND))
      gatherer->results->coded[benchmark] = 1;
  }
  g_auto (GStrv) parts = g_strsplit (document->path, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    char *dot = strrchr (parts[i], '.');
    if (dot != NULL)
      *dot = '\0';
    gint benchmark = cd_benchmarks_in_label (gatherer->reader.benchmarks, parts[i], NULL);
    if (benchmark >= 0)
      gatherer->results->coded[benchmark] = 1;
  }
}

/* TRUE where one id is the other or the name of its family: "aime" and "aime-2024", "math" and "math-500". */
static gboolean
same_family (const char *a, const char *b)
{
  gsize length = MIN (strlen (a), strlen (b));
  return strncmp (a, b, length) == 0 && (a[length] == '\0' || a[length] == '-') && (b[length] == '\0' || b[length] == '-');
}

guint
cd_results_reported (const CdResults *results, guint *coded)
{
  guint reported = 0, length = cd_benchmarks_length (results->benchmarks);
  *coded = 0;
  for (guint i = 0; i < length; i++) {
    if (!results->reported[i])
      continue;
    reported++;
    gboolean found = FALSE;
    for (guint j = 0; j < length && !found; j++)
      found = results->coded[j] && same_family (cd_benchmarks_at (results->benchmarks, i)->id, cd_benchmarks_at (results->benchmarks, j)->id);
    *coded += found ? 1 : 0;
  }
  return reported;
}

static void
map_signals (Gatherer *gatherer)
{
  guint length = cd_signals_length (gatherer->signals);
  gint achieves = cd_signals_find (gatherer->signals, "evaluation.achieves");
  gatherer->achieves = achieves >= 0 ? (guint) achieves : G_MAXUINT;
  gatherer->benchmark_of = g_new (gint, length + 1);
  gatherer->metric_signal = g_new0 (gboolean, length + 1);
  for (guint i = 0; i < length; i++) {
    const char *id = cd_signals_at (gatherer->signals, i)->id;
    gatherer->benchmark_of[i]
        = g_str_has_prefix (id, "benchmarks.") ? cd_benchmarks_find (gatherer->reader.benchmarks, id + strlen ("benchmarks.")) : -1;
    gatherer->metric_signal[i] = g_str_equal (id, "evaluation.metric");
  }
}

CdResults *
cd_results_gather (const CdData *data, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits, const CdWork *work,
                   GError **error)
{
  CdBenchmarks *benchmarks = cd_benchmarks_load (data, error);
  if (benchmarks == NULL)
    return NULL;
  CdResults *results = g_new0 (CdResults, 1);
  results->benchmarks = benchmarks;
  results->tables = g_array_new (FALSE, FALSE, sizeof (CdResultTable));
  results->sentences = g_array_new (FALSE, FALSE, sizeof (CdResultSentence));
  results->images = g_array_new (FALSE, FALSE, sizeof (CdResultImage));
  results->reported = g_new0 (guint8, cd_benchmarks_length (benchmarks) + 1);
  results->coded = g_new0 (guint8, cd_benchmarks_length (benchmarks) + 1);
  g_autoptr (GPtrArray) names = own_names (work);
  Gatherer gatherer = { .reader = { benchmarks, names, work->providers, results->reported }, .signals = signals, .results = results };
  map_signals (&gatherer);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (CdHit));
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = g_ptr_array_index (corpus->documents, i);
    if (!cd_scope_is_own (scope, i))
      continue;
    const GArray *found = i < hits->len && g_ptr_array_index (hits, i) != NULL ? g_ptr_array_index (hits, i) : none;
    read_coded (&gatherer, document, found);
    if (!is_document (document->kind))
      continue;
    read_tables (&gatherer, i, document, found);
    read_sentences (&gatherer, i, document, found);
    read_images (&gatherer, i, document, found);
  }
  g_free (gatherer.benchmark_of);
  g_free (gatherer.metric_signal);
  return results;
}

static void
figure_free (gpointer data)
{
  CdResultFigure *figure = data;
  g_free (figure->model);
  g_free (figure->of);
  g_free (figure);
}

GPtrArray *
cd_results_figures (const CdResults *results, const CdCorpus *corpus, const CdWork *work)
{
  GPtrArray *figures = g_ptr_array_new_with_free_func (figure_free);
  g_autoptr (GPtrArray) names = own_names (work);
  CdResultReader reader = { results->benchmarks, names, work->providers, results->reported };
  guint at = 0; /* among the document's tables, which stand in the order of the results */
  for (guint i = 0; i < results->tables->len && figures->len < FIGURES; i++) {
    const CdResultTable *result = &g_array_index (results->tables, CdResultTable, i);
    const CdDocument *document = g_ptr_array_index (corpus->documents, result->document);
    at = i > 0 && g_array_index (results->tables, CdResultTable, i - 1).document == result->document ? at : 0;
    while (at < document->tables->len && ((const CdTable *) document->tables->pdata[at])->line != result->line)
      at++;
    guint first = figures->len;
    if (at < document->tables->len)
      cd_result_table_figures (&reader, document, document->tables->pdata[at], figures);
    for (guint k = first; k < figures->len; k++)
      ((CdResultFigure *) figures->pdata[k])->document = result->document;
  }
  return figures;
}
