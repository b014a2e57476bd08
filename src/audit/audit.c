/* Runs the flow for one commit: rules are loaded while documents and history are read and scope is settled; then the work's own documents are
 * scanned, and work, results, probes and verdicts follow in order. Several commits in a row are timeline.c's. Nothing here judges or prints. */
#include "audit/steps.h"
#include "base/limits.h"
#include "manifest/manifest.h"
#include "metrics/results.h"
#include <string.h>

typedef struct {
  const CdData *data;
  const CdAuditOptions *options;
  GError *error;
} Loading;

static gpointer
load_rules (gpointer target)
{
  Loading *loading = target;
  return cd_rules_load (loading->data, loading->options->rubric, loading->options->cache, &loading->error);
}

typedef struct {
  const CdSnapshot *snapshot;
  GError *error;
} Indexing;

static gpointer
index_history (gpointer target)
{
  Indexing *indexing = target;
  return cd_history_index (indexing->snapshot, &indexing->error);
}

/* The documents, and meanwhile the history. */
static gboolean
read_documents (CdAudit *audit, const CdAuditOptions *options, const CdAudit *before, GError **error)
{
  Indexing indexing = { audit->snapshot, NULL };
  GThread *thread = options->threads == 1 || options->scan_only ? NULL : g_thread_new ("history", index_history, &indexing);
  audit->keeping = options->scan_only ? NULL : cd_keeping_new (options->blobs);
  CdCorpusOptions corpus = { .document = { .cache = options->cache, .keep_pdf = TRUE, .tables = !options->scan_only },
                             .threads = options->threads,
                             .known = before ? before->corpus : NULL,
                             .recall = audit->keeping ? cd_keeping_recall : NULL,
                             .recall_data = audit->keeping };
  audit->corpus = cd_corpus_read (audit->snapshot, &corpus);
  if (options->scan_only)
    return TRUE;
  audit->history = thread ? g_thread_join (thread) : index_history (&indexing);
  if (audit->history == NULL)
    g_propagate_error (error, indexing.error);
  return audit->history != NULL;
}

gboolean
cd_audit_read (CdAudit *audit, const CdData *data, const CdAuditOptions *options, const char *revision, const CdAudit *before, GError **error)
{
  audit->snapshot = cd_snapshot_open (audit->repository, revision, error);
  if (audit->snapshot == NULL || !read_documents (audit, options, before, error))
    return FALSE;
  if (options->scan_only)
    return TRUE;
  CdScopeOptions scope = { options->subdir, options->scope };
  audit->scope = cd_scope_resolve (data, audit->snapshot, audit->history, audit->corpus, &scope, error);
  return audit->scope != NULL;
}

/* All that needs no rules of judgement: what there is, and whose it is; for a timeline, which commits to look at. */
static gboolean
read_repository (CdAudit *audit, const CdData *data, const CdAuditOptions *options, GError **error)
{
  audit->repository = cd_repository_open (options->location, options->progress, options->progress_data, error);
  if (audit->repository == NULL)
    return FALSE;
  audit->remote = options->remote != NULL ? g_strdup (options->remote) : cd_repository_remote (audit->repository);
  if (options->timeline == NULL)
    return cd_audit_read (audit, data, options, options->revision, NULL, error);
  audit->timeline = cd_timeline_choose (audit->repository, options->revision, options->timeline, error);
  return audit->timeline != NULL;
}

static void
take_rules (CdAudit *audit, const CdRules *rules)
{
  audit->rules = rules;
  audit->signals = rules->signals;
  audit->probes = rules->probes;
  audit->rubric = rules->rubric;
  audit->lineage_rules = rules->lineage;
}

/* Rules are loaded while the repository is read. Of two errors, an unreadable repository is told first, then faulty rules. */
static gboolean
load_and_read (CdAudit *audit, const CdData *data, const CdAuditOptions *options, GError **error)
{
  if (options->rules != NULL) {
    take_rules (audit, options->rules);
    return read_repository (audit, data, options, error);
  }
  Loading loading = { .data = data, .options = options };
  GThread *thread = g_thread_new ("rules", load_rules, &loading);
  g_autoptr (GError) why = NULL;
  gboolean good = read_repository (audit, data, options, &why);
  audit->own_rules = g_thread_join (thread);
  if ((audit->snapshot != NULL || audit->timeline != NULL) && loading.error != NULL)
    g_propagate_error (error, g_steal_pointer (&loading.error));
  else if (!good)
    g_propagate_error (error, g_steal_pointer (&why));
  g_clear_error (&loading.error);
  if (audit->own_rules != NULL)
    take_rules (audit, audit->own_rules);
  return good && audit->own_rules != NULL;
}

typedef struct {
  CdAudit *audit;
  const CdAudit *before;
  GHashTable *places; /* CdDocument* → index in before, plus one; NULL without it */
  gboolean *anew;     /* by document: it was scanned now */
} Scanning;

/* Files that are not the work's own say nothing about it: they are not scanned. */
static gboolean
is_scanned (const CdAudit *audit, guint index)
{
  const CdDocument *document = g_ptr_array_index (audit->corpus->documents, index);
  gboolean hidden = document->path[0] == '.'; /* workflows and editors' settings run the repository, they do not tell the work */
  return !hidden && (audit->scope == NULL || cd_scope_is_own (audit->scope, index));
}

/* A document that was scanned for another commit, or for another audit that kept it, keeps its hits and marks, unless here it is not the work's. */
static void
scan_document (CdDocument *document, guint index, gpointer data)
{
  const Scanning *scanning = data;
  guint known = scanning->places != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (scanning->places, document)) : 0;
  gboolean kept = known == 0 && cd_keeping_knows (scanning->audit->keeping, document);
  gboolean wanted = is_scanned (scanning->audit, index), done = kept || (known > 0 && is_scanned (scanning->before, known - 1));
  GArray **hits = (GArray **) &scanning->audit->hits->pdata[index];
  if (wanted == done && known > 0)
    *hits = g_array_ref (g_ptr_array_index (scanning->before->hits, known - 1));
  else if (wanted && kept)
    *hits = cd_keeping_hits (scanning->audit->keeping, scanning->audit->signals, document);
  if (*hits != NULL)
    return;
  if (done)
    cd_context_clear (document);
  scanning->anew[index] = wanted;
  *hits = wanted ? cd_signals_scan (scanning->audit->signals, document) : g_array_new (FALSE, FALSE, sizeof (CdHit));
}

static void
scan_documents (CdAudit *audit, const CdAuditOptions *options, const CdAudit *before)
{
  g_autoptr (GHashTable) places = before != NULL ? g_hash_table_new (NULL, NULL) : NULL;
  for (guint i = 0; before != NULL && i < before->corpus->documents->len; i++)
    g_hash_table_insert (places, g_ptr_array_index (before->corpus->documents, i), GUINT_TO_POINTER (i + 1));
  g_autofree gboolean *anew = g_new0 (gboolean, audit->corpus->documents->len + 1);
  Scanning scanning = { audit, before, places, anew };
  audit->hits = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_ptr_array_set_size (audit->hits, (gint) audit->corpus->documents->len);
  cd_corpus_visit (audit->corpus, options->threads, scan_document, &scanning);
  cd_keeping_end (audit->keeping, audit->corpus, audit->hits, anew);
  g_clear_pointer (&audit->keeping, cd_keeping_free);
}

/* The manifest's own bytes, as `candor validate` reads them: the document's text has what is no UTF-8 repaired. One that cannot be read is listed as
 * not examined with other files. */
static gboolean
read_manifest (CdAudit *audit, GError **error)
{
  g_autofree char *path = audit->subdir ? g_build_path ("/", audit->subdir, CD_MANIFEST_NAME, NULL) : g_strdup (CD_MANIFEST_NAME);
  const CdEntry *entry = cd_snapshot_find (audit->snapshot, path);
  if (entry == NULL || cd_corpus_find (audit->corpus, path) == NULL)
    return TRUE;
  g_auto (CdBlob) blob = { 0 };
  cd_snapshot_read (audit->snapshot, entry, CD_LIMIT_BLOB_BYTES, &blob);
  if (blob.state != CD_BLOB_READ)
    return TRUE;
  gsize length = 0;
  const char *text = g_bytes_get_data (blob.bytes, &length);
  audit->manifest = cd_manifest_parse (path, text, length, NULL, error);
  return audit->manifest != NULL;
}

/* A history that ends early is not examined to its roots; it stands first, under a name that no file has. */
static void
gather_not_examined (CdAudit *audit)
{
  audit->not_examined = g_ptr_array_ref (audit->corpus->not_examined);
  if (cd_history_is_complete (audit->history))
    return;
  const char *why = cd_repository_is_shallow (audit->repository) ? "shallow clone: older commits are not here"
                                                                 : "incomplete: objects are missing or bounds were reached";
  g_ptr_array_insert (audit->not_examined, 0, cd_not_examined_new (".git (history)", why));
}

gboolean
cd_audit_judge (CdAudit *audit, const CdData *data, const CdAuditOptions *options, const CdAudit *before, GError **error)
{
  scan_documents (audit, options, before);
  if (options->scan_only)
    return TRUE;
  if (!read_manifest (audit, error))
    return FALSE;
  audit->work = cd_work_gather (data, audit->corpus, audit->scope, audit->signals, audit->hits, error);
  if (audit->work == NULL)
    return FALSE;
  audit->results = cd_results_gather (data, audit->corpus, audit->scope, audit->signals, audit->hits, audit->work, error);
  if (audit->results == NULL)
    return FALSE;
  audit->lineage = cd_lineage_trace (audit->lineage_rules, audit->corpus, audit->scope, audit->work, audit->manifest,
                                     cd_snapshot_time (audit->snapshot), options->threads);
  CdCase the_case
      = { audit->snapshot, audit->history, audit->corpus, audit->scope, audit->signals, audit->hits, audit->manifest, audit->work, audit->results };
  audit->findings = cd_probes_ask (audit->probes, &the_case);
  audit->verdicts = cd_rubric_judge (audit->rubric, audit->probes, audit->findings);
  cd_rubric_score (audit->rubric, audit->verdicts, &audit->score);
  return TRUE;
}

/* What load_and_read left to do: in a timeline the audited commit comes last, and shares with the one before it. */
static gboolean
finish (CdAudit *audit, const CdData *data, const CdAuditOptions *options, GError **error)
{
  if (options->timeline == NULL)
    return cd_audit_judge (audit, data, options, NULL, error);
  g_autoptr (CdAudit) before = cd_timeline_trace (audit, data, options);
  if (!cd_audit_read (audit, data, options, options->revision, before, error) || !cd_audit_judge (audit, data, options, before, error))
    return FALSE;
  cd_timeline_end (audit);
  audit->removals = cd_removals_find (data, audit, options, error);
  return audit->removals != NULL;
}

/* What reports tell of the data, and no verdict asks. */
static gboolean
gather_data (CdAudit *audit, const CdAuditOptions *options, GError **error)
{
  audit->datasets = cd_provenance_gather (audit->corpus, audit->snapshot, audit->work, audit->manifest,
                                          cd_lineage_rules_knowledge (audit->lineage_rules), audit->rules->licenses, audit->signals, audit->hits);
  audit->contamination = cd_contamination_gather (audit->snapshot, audit->corpus, audit->scope, audit->work, audit->results->benchmarks,
                                                  audit->signals, audit->hits, options->evaluation_sets, error);
  if (audit->contamination == NULL)
    return FALSE;
  cd_audit_gather_figures (audit, options);
  return TRUE;
}

CdAudit *
cd_audit_run (const CdData *data, const CdAuditOptions *options, GError **error)
{
  g_autoptr (CdAudit) audit = g_new0 (CdAudit, 1);
  audit->subdir = g_strdup (options->subdir);
  audit->globs = g_strdupv (options->scope);
  if (!load_and_read (audit, data, options, error) || !cd_audit_read_assessments (audit, options, error) || !finish (audit, data, options, error))
    return NULL;
  if (options->scan_only)
    return g_steal_pointer (&audit);
  if (!cd_audit_merge_assessments (audit, error))
    return NULL;
  audit->bounds = cd_lineage_bounds (audit->lineage_rules, audit->lineage, audit->corpus, audit->scope, audit->work, audit->results,
                                     cd_snapshot_time (audit->snapshot));
  audit->knowledge_sha256 = cd_data_digest (data, "rubrics/knowledge");
  gather_not_examined (audit);
  if (!gather_data (audit, options, error))
    return NULL;
  if (options->online != NULL)
    audit->online = cd_online_ask (audit->work, audit->corpus, audit->scope, audit->manifest, options->online, error);
  if (options->online != NULL && audit->online == NULL)
    return NULL;
  return g_steal_pointer (&audit);
}

/* What is another's stays. */
static void
free_own (CdAudit *audit)
{
  g_clear_pointer (&audit->own_rules, cd_rules_free);
  if (!audit->borrows)
    g_clear_pointer (&audit->repository, cd_repository_free);
}

void
cd_audit_free (CdAudit *audit)
{
  if (audit == NULL)
    return;
  g_clear_pointer (&audit->online, cd_online_free);
  cd_score_clear (&audit->score);
  g_clear_pointer (&audit->verdicts, g_ptr_array_unref);
  g_clear_pointer (&audit->rulings, g_ptr_array_unref);
  g_clear_pointer (&audit->assessments, g_ptr_array_unref);
  if (audit->findings != NULL)
    cd_findings_free (audit->findings, cd_probes_length (audit->probes));
  g_clear_pointer (&audit->bounds, g_ptr_array_unref);
  g_clear_pointer (&audit->lineage, cd_lineage_free);
  g_clear_pointer (&audit->datasets, g_ptr_array_unref);
  g_clear_pointer (&audit->reproductions, g_ptr_array_unref);
  g_clear_pointer (&audit->arithmetic, g_array_unref);
  g_clear_pointer (&audit->outputs, cd_outputs_free);
  g_clear_pointer (&audit->claims, cd_claims_free);
  g_clear_pointer (&audit->contamination, cd_contamination_free);
  g_clear_pointer (&audit->results, cd_results_free);
  g_clear_pointer (&audit->work, cd_work_free);
  g_clear_pointer (&audit->manifest, cd_manifest_free);
  g_clear_pointer (&audit->scope, cd_scope_free);
  g_clear_pointer (&audit->hits, g_ptr_array_unref);
  g_clear_pointer (&audit->keeping, cd_keeping_free);
  g_clear_pointer (&audit->corpus, cd_corpus_free);
  g_clear_pointer (&audit->not_examined, g_ptr_array_unref);
  g_clear_pointer (&audit->history, cd_history_free);
  g_clear_pointer (&audit->snapshot, cd_snapshot_free);
  g_clear_pointer (&audit->timeline, g_ptr_array_unref);
  g_clear_pointer (&audit->removals, cd_removals_free);
  free_own (audit);
  g_free (audit->subdir);
  g_strfreev (audit->globs);
  g_free (audit->knowledge_sha256);
  g_free (audit->remote);
  g_free (audit);
}

const char *
cd_audit_openness (const CdAudit *audit)
{
  double share = audit->score.of > 0 ? 100.0 * audit->score.total / audit->score.of : 0;
  return share >= 70 ? "open" : share >= 40 ? "partial" : "opaque";
}
