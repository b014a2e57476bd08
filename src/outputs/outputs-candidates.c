/* Chooses documents cheaply: nothing is parsed here that the corpus has not. What a file really is, its reader finds. */
#include "outputs/outputs-candidates.h"
#include "outputs/logs-parts.h"
#include "outputs/prediction-fields.h"
#include <string.h>

#define SHORTEST_FIGURE 8u    /* bytes: a task and its figure */
#define COPY_BYTES 4096       /* from so many on, files of the same bytes are copies: smaller ones may be equal by chance */
#define EVALUATIONS_MOST 200u /* of a manifest */

static const char *const record_languages[] = { "json", "jsonl", "csv", "tsv", NULL };

/* Paths of a manifest are relative to its folder. Caller frees. */
static char *
declared_path (const CdManifest *manifest, const CdYamlNode *evaluation, const char *key)
{
  const char *path = cd_yaml_string (cd_yaml_get (evaluation, key)), *name = cd_manifest_name (manifest);
  if (path == NULL || *path == '\0')
    return NULL;
  const char *slash = name != NULL ? strrchr (name, '/') : NULL;
  while (g_str_has_prefix (path, "./"))
    path += 2;
  char *whole = slash != NULL ? g_strdup_printf ("%.*s/%s", (int) (slash - name), name, path) : g_strdup (path);
  gsize length = strlen (whole);
  if (length > 1 && whole[length - 1] == '/')
    whole[length - 1] = '\0';
  return whole;
}

/* What the manifest says of outputs: where they are, and the evaluation that made them. */
typedef struct {
  char *path; /* a file, or a folder that stands for all in it */
  const CdYamlNode *evaluation;
  gboolean predictions;
} Declared;

static void
declared_clear (gpointer pointer)
{
  g_free (((Declared *) pointer)->path);
}

static GArray *
read_declared (const CdManifest *manifest)
{
  static const char *const keys[] = { "results", "predictions" };
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Declared));
  g_array_set_clear_func (all, declared_clear);
  const CdYamlNode *list = manifest != NULL ? cd_yaml_get (cd_manifest_root (manifest), "evaluations") : NULL;
  for (guint i = 0; i < MIN (cd_yaml_length (list), EVALUATIONS_MOST); i++)
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++) {
      Declared declared = { declared_path (manifest, cd_yaml_at (list, i), keys[k]), cd_yaml_at (list, i), k == 1 };
      if (declared.path != NULL)
        g_array_append_val (all, declared);
    }
  return all;
}

static gboolean
is_at (const char *path, const char *declared)
{
  gsize length = strlen (declared);
  return strncmp (path, declared, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

static gboolean
is_records (const CdDocument *document)
{
  return document->kind == CD_DOCUMENT_DATA && g_strv_contains (record_languages, document->language);
}

/* By kind, path and first bytes: may a reader of logs know it? */
static gboolean
may_be_log (const CdDocument *document, const CdBenchmarks *benchmarks)
{
  static const char *const states[] = { "trainer_state.json", "all_results.json", "wandb-summary.json", "wandb_summary.json", NULL };
  gboolean text = document->kind == CD_DOCUMENT_TEXT;
  gboolean structured = document->kind == CD_DOCUMENT_JSON || (is_records (document) && strcmp (document->language, "jsonl") != 0);
  gboolean summary = document->kind == CD_DOCUMENT_MARKDOWN && g_str_has_prefix (cd_log_base (document->path), "summary");
  if (document->unread == NULL && document->length < SHORTEST_FIGURE)
    return FALSE;
  if (text || summary || !structured)
    return text || summary;
  CdLogFile file = { document->path, document->text, document->length, 0, benchmarks, FALSE };
  gsize head = MIN (document->length, 256);
  return g_strv_contains (states, cd_log_base (document->path)) || memmem (document->text, head, "\"results\"", 9) != NULL
         || memmem (document->text, head, "\"config_general\"", 16) != NULL || cd_log_path_tells (&file);
}

static void
roles_of (char **fields, CdRecordContext context, gint roles[CD_ROLES])
{
  guint length = g_strv_length (fields);
  g_autofree CdFieldName *names = g_new0 (CdFieldName, MAX (length, 1));
  for (guint i = 0; i < length; i++)
    names[i] = (CdFieldName){ .name = fields[i], .length = strlen (fields[i]) };
  cd_prediction_roles (names, length, context, NULL, roles);
}

/* Of a file that was not kept the path alone can tell. */
static gboolean
may_be_predictions (const CdDocument *document)
{
  static const char *const words[]
      = { "output", "outputs", "prediction", "predictions", "preds", "result", "results", "response", "responses", "generations", NULL };
  if (!is_records (document))
    return FALSE;
  if (document->data != NULL && document->data->fields != NULL && document->unread == NULL)
    return cd_predictions_are (document->path, document->data->fields);
  g_auto (GStrv) all = cd_log_words (document->path);
  return cd_output_is_large (document) && cd_log_has_word (all, words);
}

/* Answers to problems without references: of use where the tree has the benchmark. */
static gboolean
may_be_answers (const CdDocument *document, const CdBenchmarks *benchmarks)
{
  gint roles[CD_ROLES];
  if (!is_records (document) || document->data == NULL || document->data->fields == NULL || document->unread != NULL)
    return FALSE;
  CdLogFile file = { document->path, "", 0, 0, benchmarks, FALSE };
  roles_of (document->data->fields, CD_RECORD_OF_PREDICTIONS, roles);
  return roles[CD_ROLE_QUESTION] >= 0 && roles[CD_ROLE_GOLD] < 0 && (roles[CD_ROLE_PREDICTION] >= 0 || roles[CD_ROLE_RESPONSE] >= 0)
         && cd_log_path_tells (&file);
}

gboolean
cd_output_is_large (const CdDocument *document)
{
  return g_strcmp0 (document->unread, cd_blob_state_text (CD_BLOB_TOO_LARGE)) == 0;
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

GArray *
cd_output_candidates (const CdCorpus *corpus, const CdScope *scope, const CdManifest *manifest, const CdBenchmarks *benchmarks)
{
  GArray *candidates = g_array_new (FALSE, TRUE, sizeof (CdOutputCandidate));
  g_autoptr (GArray) declared = read_declared (manifest);
  g_autoptr (GHashTable) seen = g_hash_table_new (oid_hash, oid_equal);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    if (!cd_scope_is_own (scope, i))
      continue;
    CdOutputCandidate candidate = { .document = i, .log = may_be_log (document, benchmarks), .predictions = may_be_predictions (document) };
    candidate.referenced = candidate.predictions;
    candidate.predictions = candidate.predictions || may_be_answers (document, benchmarks);
    for (guint d = 0; d < declared->len; d++) {
      const Declared *row = &g_array_index (declared, Declared, d);
      if (candidate.evaluation != NULL || !is_at (document->path, row->path))
        continue;
      candidate.evaluation = row->evaluation;
      candidate.predictions = row->predictions && is_records (document);
      candidate.log = !row->predictions;
      candidate.referenced = FALSE;
    }
    gboolean wanted = candidate.log || candidate.predictions;
    if (wanted && (document->size < COPY_BYTES || candidate.evaluation != NULL || g_hash_table_add (seen, (gpointer) &document->oid)))
      g_array_append_val (candidates, candidate);
  }
  return candidates;
}

GArray *
cd_output_references (const CdCorpus *corpus, const CdScope *scope, const CdBenchmarks *benchmarks)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    gint roles[CD_ROLES];
    if (!cd_scope_is_own (scope, i) || !is_records (document) || document->unread != NULL || document->data == NULL || document->data->fields == NULL
        || cd_predictions_are (document->path, document->data->fields))
      continue;
    CdLogFile file = { document->path, "", 0, 0, benchmarks, FALSE };
    g_auto (CdLogRun) run = { 0 };
    cd_log_run_init (&run, &file);
    roles_of (document->data->fields, CD_RECORD_OF_REFERENCES, roles);
    if (run.benchmark >= 0 && roles[CD_ROLE_QUESTION] >= 0 && roles[CD_ROLE_GOLD] >= 0)
      g_array_append_val (found, i);
  }
  return found;
}

GPtrArray *
cd_output_missing (const CdCorpus *corpus, const CdManifest *manifest)
{
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) declared = read_declared (manifest);
  for (guint d = 0; d < declared->len; d++) {
    const char *path = g_array_index (declared, Declared, d).path;
    gboolean found = FALSE;
    for (guint i = 0; i < corpus->documents->len && !found; i++)
      found = is_at (((const CdDocument *) corpus->documents->pdata[i])->path, path);
    if (!found)
      g_ptr_array_add (missing, g_strdup (path));
  }
  return missing;
}
