/* Reads the documents that may hold outputs, in parallel, and puts their figures in order. Which documents these are is outputs-candidates.c's choice, which copies
 * of a figure are no second run is outputs-repeats.c's. */
#include "outputs/outputs.h"
#include "base/limits.h"
#include "outputs/declared.h"
#include "outputs/logs-parts.h"
#include "outputs/outputs-candidates.h"
#include "outputs/outputs-repeats.h"
#include "outputs/predictions.h"
#include <string.h>

#define LOG_BYTES (64u * 1024u * 1024u)         /* of a training log, which is read line by line */
#define PREDICTION_BYTES (128u * 1024u * 1024u) /* forges take no file over 100 MB */
#define ALL_BYTES (G_GINT64_CONSTANT (1) << 30) /* of all predictions together */
#define BYTES_OF_A_THREAD (512u * 1024u)        /* less is not worth another thread */

/* What became of a candidate. */
typedef struct {
  GPtrArray *figures; /* CdFigure* */
  char *why;          /* it was not read; NULL it was, or is no output */
} Outcome;

typedef struct {
  const CdSnapshot *snapshot;
  const CdCorpus *corpus;
  const CdBenchmarks *benchmarks;
  GArray *candidates;     /* CdOutputCandidate */
  Outcome *outcomes;      /* of each */
  GHashTable *references; /* problem key → reference; NULL none */
  gint next;              /* atomic: the first that nobody has taken */
} Gathering;

static void
figure_free (gpointer figure)
{
  cd_figure_free (figure);
}

void
cd_outputs_free (CdOutputs *outputs)
{
  if (outputs == NULL)
    return;
  g_ptr_array_unref (outputs->figures);
  g_ptr_array_unref (outputs->unread);
  g_free (outputs);
}

/* The document's text, read again where it was too large to be kept; NULL with the reason. Caller unrefs. */
static GBytes *
text_of (const Gathering *gathering, const CdDocument *document, gsize limit, char **why)
{
  if (document->unread == NULL)
    return g_bytes_new_static (document->text, document->length);
  g_auto (CdBlob) blob = { 0 };
  if (cd_output_is_large (document) && document->size <= (gint64) limit)
    cd_snapshot_read (gathering->snapshot, cd_snapshot_find (gathering->snapshot, document->path), limit, &blob);
  if (blob.bytes == NULL) {
    g_free (*why);
    *why = g_strdup (document->unread);
    return NULL;
  }
  gsize length = 0;
  const char *bytes = g_bytes_get_data (blob.bytes, &length);
  if (cd_text_is_utf8 (bytes, length))
    return g_steal_pointer (&blob.bytes);
  char *decoded = cd_text_to_utf8 (bytes, length);
  return g_bytes_new_take (decoded, strlen (decoded));
}

static void
read_log (const Gathering *gathering, const CdOutputCandidate *candidate, Outcome *outcome)
{
  const CdDocument *document = gathering->corpus->documents->pdata[candidate->document];
  g_autoptr (GBytes) bytes = text_of (gathering, document, LOG_BYTES, &outcome->why);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  gsize mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (length <= mark)
    return;
  if (candidate->evaluation != NULL) {
    const CdDeclaredEvaluation evaluation = cd_declared_evaluation (candidate->evaluation, gathering->benchmarks);
    cd_declared_results (&evaluation, document->path, text + mark, length - mark, candidate->document, outcome->figures);
    return;
  }
  CdLogFile file = { document->path, text + mark, length - mark, candidate->document, gathering->benchmarks, FALSE };
  cd_log_read (&file, outcome->figures);
}

/* What turns out to be no predictions is told only where the manifest says that it is. */
static void
read_predictions (const Gathering *gathering, const CdOutputCandidate *candidate, Outcome *outcome)
{
  const CdDocument *document = gathering->corpus->documents->pdata[candidate->document];
  g_autoptr (GBytes) bytes = text_of (gathering, document, PREDICTION_BYTES, &outcome->why);
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  CdPredictionFile file = { .path = document->path,
                            .language = document->language,
                            .document = candidate->document,
                            .benchmarks = gathering->benchmarks,
                            .references = gathering->references };
  if (candidate->evaluation == NULL) {
    cd_predictions_read (&file, stream, outcome->figures, NULL);
    return;
  }
  const CdDeclaredEvaluation evaluation = cd_declared_evaluation (candidate->evaluation, gathering->benchmarks);
  g_autoptr (GError) error = NULL;
  if (!cd_declared_predictions (&evaluation, &file, stream, outcome->figures, &error)) {
    g_free (outcome->why);
    gsize prefix = g_str_has_prefix (error->message, document->path) ? strlen (document->path) : 0;
    outcome->why = g_strdup (error->message + prefix + strspn (error->message + prefix, prefix > 0 ? ": " : ""));
  }
}

static gpointer
take_candidates (gpointer data)
{
  Gathering *gathering = data;
  for (;;) {
    guint place = (guint) g_atomic_int_add (&gathering->next, 1);
    if (place >= gathering->candidates->len)
      return NULL;
    const CdOutputCandidate *candidate = &g_array_index (gathering->candidates, CdOutputCandidate, place);
    Outcome *outcome = &gathering->outcomes[place];
    outcome->figures = g_ptr_array_new_with_free_func (figure_free);
    if (candidate->log)
      read_log (gathering, candidate, outcome);
    if (candidate->predictions)
      read_predictions (gathering, candidate, outcome);
  }
}

/* Within the bound, in document order, whatever the number of threads. */
static void
bound_predictions (Gathering *gathering)
{
  gint64 bytes = 0;
  for (guint i = 0; i < gathering->candidates->len; i++) {
    CdOutputCandidate *candidate = &g_array_index (gathering->candidates, CdOutputCandidate, i);
    if (!candidate->predictions)
      continue;
    bytes += ((const CdDocument *) gathering->corpus->documents->pdata[candidate->document])->size;
    candidate->predictions = bytes <= ALL_BYTES;
    if (!candidate->predictions)
      gathering->outcomes[i].why = g_strdup ("more predictions than are read");
  }
}

/* As many threads as the candidates' bytes are worth. */
static void
read_candidates (Gathering *gathering, guint threads)
{
  gint64 bytes = 0;
  for (guint i = 0; i < gathering->candidates->len; i++)
    bytes += ((const CdDocument *) gathering->corpus->documents->pdata[g_array_index (gathering->candidates, CdOutputCandidate, i).document])->size;
  guint wanted = threads > 0 ? threads : g_get_num_processors ();
  wanted = (guint) MIN (MIN (wanted, gathering->candidates->len), 1 + bytes / BYTES_OF_A_THREAD);
  g_autoptr (GPtrArray) workers = g_ptr_array_new ();
  for (guint i = 1; i < wanted; i++) {
    GThread *thread = g_thread_try_new ("outputs", take_candidates, gathering, NULL);
    if (thread != NULL)
      g_ptr_array_add (workers, thread);
  }
  take_candidates (gathering);
  for (guint i = 0; i < workers->len; i++)
    g_thread_join (workers->pdata[i]);
}

/* References of the benchmarks in the tree, where predictions carry none; then those files that still cannot be graded are no candidates. */
static void
find_references (Gathering *gathering, const CdScope *scope)
{
  gboolean wanted = FALSE;
  for (guint i = 0; i < gathering->candidates->len && !wanted; i++) {
    const CdOutputCandidate *candidate = &g_array_index (gathering->candidates, CdOutputCandidate, i);
    wanted = candidate->predictions && !candidate->referenced;
  }
  if (!wanted)
    return;
  g_autoptr (GArray) files = cd_output_references (gathering->corpus, scope, gathering->benchmarks);
  gathering->references = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < files->len; i++) {
    const CdDocument *document = gathering->corpus->documents->pdata[g_array_index (files, guint, i)];
    g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (document->text, (gssize) document->length, NULL);
    cd_prediction_references_add (gathering->references, stream, document->language, NULL);
  }
}

static gint
compare_figures (gconstpointer a, gconstpointer b)
{
  const CdFigure *x = *(CdFigure *const *) a, *y = *(CdFigure *const *) b;
  if (x->document != y->document)
    return x->document < y->document ? -1 : 1;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  gint order = g_strcmp0 (x->task, y->task);
  if (order == 0)
    order = x->metric.kind != y->metric.kind ? (gint) x->metric.kind - (gint) y->metric.kind : (gint) x->metric.k - (gint) y->metric.k;
  return order != 0 ? order : g_strcmp0 (x->model, y->model);
}

static void
add_unread (CdOutputs *outputs, const char *path, const char *why)
{
  g_ptr_array_add (outputs->unread, cd_not_examined_new (path, why));
}

/* A file that could not be read is told where it is declared, or is too large and its path says that it holds results; the corpus tells of all others. */
static void
take_outcome (const Gathering *gathering, CdOutputs *outputs, guint place)
{
  const CdOutputCandidate *candidate = &g_array_index (gathering->candidates, CdOutputCandidate, place);
  const CdDocument *document = gathering->corpus->documents->pdata[candidate->document];
  Outcome *outcome = &gathering->outcomes[place];
  CdLogFile file = { document->path, "", 0, candidate->document, gathering->benchmarks, FALSE };
  gboolean left = outcome->why != NULL && document->unread == NULL;
  if (outcome->why != NULL && (left || candidate->evaluation != NULL || (cd_output_is_large (document) && cd_log_path_tells (&file))))
    add_unread (outputs, document->path, outcome->why);
  for (guint i = 0; outcome->figures != NULL && i < outcome->figures->len; i++)
    g_ptr_array_add (outputs->figures, g_steal_pointer (&outcome->figures->pdata[i]));
  g_clear_pointer (&outcome->figures, g_ptr_array_unref);
  g_free (outcome->why);
}

static void
order_figures (CdOutputs *outputs)
{
  g_ptr_array_sort (outputs->figures, compare_figures);
  cd_outputs_drop_repeats (outputs->figures);
  if (outputs->figures->len <= CD_LOG_FIGURES_MOST)
    return;
  const CdFigure *first = outputs->figures->pdata[CD_LOG_FIGURES_MOST];
  add_unread (outputs, first->path, "more figures than are kept: from here on");
  g_ptr_array_set_size (outputs->figures, CD_LOG_FIGURES_MOST);
}

CdOutputs *
cd_outputs_gather (const CdSnapshot *snapshot, const CdCorpus *corpus, const CdScope *scope, const CdManifest *manifest,
                   const CdBenchmarks *benchmarks, guint threads)
{
  CdOutputs *outputs = g_new0 (CdOutputs, 1);
  outputs->figures = g_ptr_array_new_with_free_func (figure_free);
  outputs->unread = g_ptr_array_new_with_free_func (cd_not_examined_free);
  g_autoptr (GArray) candidates = cd_output_candidates (corpus, scope, manifest, benchmarks);
  g_autofree Outcome *outcomes = g_new0 (Outcome, candidates->len + 1);
  Gathering gathering = { snapshot, corpus, benchmarks, candidates, outcomes, NULL, 0 };
  if (candidates->len > 0) {
    bound_predictions (&gathering);
    find_references (&gathering, scope);
    read_candidates (&gathering, threads);
  }
  for (guint i = 0; i < candidates->len; i++)
    take_outcome (&gathering, outputs, i);
  order_figures (outputs);
  g_autoptr (GPtrArray) missing = cd_output_missing (corpus, manifest);
  for (guint i = 0; i < missing->len; i++)
    add_unread (outputs, missing->pdata[i], "named in the manifest, not in the tree");
  g_clear_pointer (&gathering.references, g_hash_table_unref);
  return outputs;
}
