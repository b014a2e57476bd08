/* Finds the work's own documents that may hold outputs, by path and first bytes, and reads them in parallel. Which format a file has is asked of the readers;
 * which copies of a figure are no second run is outputs-repeats.c's. */
#include "outputs/outputs.h"
#include "base/limits.h"
#include "outputs/logs-parts.h"
#include "outputs/outputs-repeats.h"
#include <string.h>

#define LOG_BYTES (64u * 1024u * 1024u)  /* of a training log, which is read line by line */
#define BYTES_OF_A_THREAD (512u * 1024u) /* less is not worth another thread */

typedef struct {
  guint document;
  GPtrArray *figures; /* CdFigure*, NULL none */
  const char *why;    /* it was not read; NULL it was */
} Candidate;

#define COPY_BYTES 4096 /* from so many on, files of the same bytes are copies: smaller ones may be equal by chance */

typedef struct {
  const CdSnapshot *snapshot;
  const CdCorpus *corpus;
  const CdBenchmarks *benchmarks;
  GHashTable *declared; /* paths that the manifest names as results */
  GArray *candidates;   /* Candidate */
  gint next;            /* atomic: the first that nobody has taken */
} Gathering;

static void
figure_free (gpointer figure)
{
  cd_figure_free (figure);
}

static void
not_examined_free (gpointer data)
{
  CdNotExamined *row = data;
  g_free (row->path);
  g_free (row->why);
  g_free (row);
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

/* Paths are relative to the manifest, at the root or above --subdir's files; a folder stands for what is in it. */
static GHashTable *
declared_results (const CdManifest *manifest)
{
  GHashTable *declared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const CdYamlNode *list = manifest != NULL ? cd_yaml_get (cd_manifest_root (manifest), "evaluations") : NULL;
  const char *name = manifest != NULL ? cd_manifest_name (manifest) : NULL;
  g_autofree char *folder = name != NULL && strchr (name, '/') != NULL ? g_path_get_dirname (name) : g_strdup (".");
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const char *path = cd_yaml_string (cd_yaml_get (cd_yaml_at (list, i), "results"));
    if (path != NULL && *path != '\0')
      g_hash_table_add (declared, strcmp (folder, ".") == 0 ? g_strdup (path) : g_build_filename (folder, path, NULL));
  }
  return declared;
}

static gboolean
has_language (const CdDocument *document, const char *const *languages)
{
  return g_strv_contains (languages, document->language);
}

/* By kind, path and first bytes: may a reader know it? */
static gboolean
may_be_log (const Gathering *gathering, const CdDocument *document)
{
  static const char *const tables[] = { "json", "csv", "tsv", NULL };
  static const char *const states[] = { "trainer_state.json", "all_results.json", "wandb-summary.json", "wandb_summary.json", NULL };
  gboolean text = document->kind == CD_DOCUMENT_TEXT;
  gboolean structured = document->kind == CD_DOCUMENT_JSON || (document->kind == CD_DOCUMENT_DATA && has_language (document, tables));
  gboolean summary = document->kind == CD_DOCUMENT_MARKDOWN && g_str_has_prefix (cd_log_base (document->path), "summary");
  if (g_hash_table_size (gathering->declared) > 0 && g_hash_table_contains (gathering->declared, document->path))
    return TRUE;
  if (text || summary || !structured)
    return text || summary;
  CdLogFile file = { document->path, document->text, document->length, 0, gathering->benchmarks };
  return g_strv_contains (states, cd_log_base (document->path)) || memmem (document->text, MIN (document->length, 256), "\"results\"", 9) != NULL
         || memmem (document->text, MIN (document->length, 256), "\"config_general\"", 16) != NULL || cd_log_path_tells (&file);
}

/* A file that was too large to be kept: logs of training are. */
static gboolean
is_large (const CdDocument *document)
{
  return g_strcmp0 (document->unread, cd_blob_state_text (CD_BLOB_TOO_LARGE)) == 0;
}

static void
read_candidate (Gathering *gathering, Candidate *candidate)
{
  const CdDocument *document = gathering->corpus->documents->pdata[candidate->document];
  g_auto (CdBlob) blob = { 0 };
  g_autofree char *decoded = NULL;
  const char *text = document->text;
  gsize length = document->length;
  if (document->unread != NULL) {
    candidate->why = document->unread;
    if (!is_large (document) || document->size > LOG_BYTES)
      return;
    cd_snapshot_read (gathering->snapshot, cd_snapshot_find (gathering->snapshot, document->path), LOG_BYTES, &blob);
    if (blob.state != CD_BLOB_READ)
      return;
    text = g_bytes_get_data (blob.bytes, &length);
    if (!cd_text_is_utf8 (text, length)) {
      decoded = cd_text_to_utf8 (text, length);
      text = decoded;
      length = strlen (decoded);
    }
    candidate->why = NULL;
  }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0) {
    text += 3;
    length -= 3;
  }
  if (length == 0)
    return;
  CdLogFile file = { document->path, text, length, candidate->document, gathering->benchmarks };
  candidate->figures = g_ptr_array_new_with_free_func (figure_free);
  cd_log_read (&file, candidate->figures);
}

static gpointer
take_candidates (gpointer data)
{
  Gathering *gathering = data;
  for (;;) {
    guint place = (guint) g_atomic_int_add (&gathering->next, 1);
    if (place >= gathering->candidates->len)
      return NULL;
    read_candidate (gathering, &g_array_index (gathering->candidates, Candidate, place));
  }
}

/* As many threads as the candidates' bytes are worth. */
static void
read_candidates (Gathering *gathering, guint threads)
{
  gint64 bytes = 0;
  for (guint i = 0; i < gathering->candidates->len; i++)
    bytes += ((const CdDocument *) gathering->corpus->documents->pdata[g_array_index (gathering->candidates, Candidate, i).document])->size;
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

static gint
compare_figures (gconstpointer a, gconstpointer b)
{
  const CdFigure *x = *(CdFigure *const *) a, *y = *(CdFigure *const *) b;
  if (x->document != y->document)
    return x->document < y->document ? -1 : 1;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  gint order = strcmp (x->task, y->task);
  if (order == 0)
    order = x->metric.kind != y->metric.kind ? (gint) x->metric.kind - (gint) y->metric.kind : (gint) x->metric.k - (gint) y->metric.k;
  return order != 0 ? order : g_strcmp0 (x->model, y->model);
}

static void
add_unread (CdOutputs *outputs, const char *path, const char *why)
{
  CdNotExamined *row = g_new0 (CdNotExamined, 1);
  row->path = g_strdup (path);
  row->why = g_strdup (why);
  g_ptr_array_add (outputs->unread, row);
}

/* A file that could not be read is told where it is declared, or is too large and its path says that it holds results; the corpus tells of all others. */
static void
take_candidate (const Gathering *gathering, CdOutputs *outputs, Candidate *candidate)
{
  const CdDocument *document = gathering->corpus->documents->pdata[candidate->document];
  CdLogFile file = { document->path, "", 0, candidate->document, gathering->benchmarks };
  gboolean declared = g_hash_table_contains (gathering->declared, document->path);
  if (candidate->why != NULL && (declared || (is_large (document) && cd_log_path_tells (&file))))
    add_unread (outputs, document->path, candidate->why);
  for (guint i = 0; candidate->figures != NULL && i < candidate->figures->len; i++) {
    g_ptr_array_add (outputs->figures, candidate->figures->pdata[i]);
    candidate->figures->pdata[i] = NULL;
  }
  g_clear_pointer (&candidate->figures, g_ptr_array_unref);
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

static guint
oid_hash (gconstpointer oid)
{
  guint hash;
  memcpy (&hash, oid, sizeof hash);
  return hash;
}

static gboolean
oid_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (CdOid)) == 0;
}

static void
find_candidates (Gathering *gathering, const CdScope *scope)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (oid_hash, oid_equal);
  for (guint i = 0; i < gathering->corpus->documents->len; i++) {
    const CdDocument *document = gathering->corpus->documents->pdata[i];
    Candidate candidate = { .document = i };
    if (!cd_scope_is_own (scope, i) || !may_be_log (gathering, document))
      continue;
    if (document->size < COPY_BYTES || g_hash_table_add (seen, (gpointer) &document->oid))
      g_array_append_val (gathering->candidates, candidate);
  }
}

CdOutputs *
cd_outputs_gather (const CdSnapshot *snapshot, const CdCorpus *corpus, const CdScope *scope, const CdManifest *manifest,
                   const CdBenchmarks *benchmarks, guint threads)
{
  CdOutputs *outputs = g_new0 (CdOutputs, 1);
  outputs->figures = g_ptr_array_new_with_free_func (figure_free);
  outputs->unread = g_ptr_array_new_with_free_func (not_examined_free);
  g_autoptr (GHashTable) declared = declared_results (manifest);
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  Gathering gathering = { snapshot, corpus, benchmarks, declared, candidates, 0 };
  find_candidates (&gathering, scope);
  if (candidates->len > 0)
    read_candidates (&gathering, threads);
  for (guint i = 0; i < candidates->len; i++)
    take_candidate (&gathering, outputs, &g_array_index (candidates, Candidate, i));
  order_figures (outputs);
  return outputs;
}
