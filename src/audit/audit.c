/* Runs the flow for one commit: rules are loaded while documents and history are read and scope is settled; then the work's own documents are
 * scanned, and work, results, probes and verdicts follow in order. Nothing here judges or prints. */
#include "audit/audit.h"
#include "base/limits.h"
#include "manifest/manifest.h"
#include "metrics/results.h"
#include <string.h>

typedef struct {
  const CdData *data;
  const CdAuditOptions *options;
  CdSignals *signals;
  CdProbes *probes;
  CdRubric *rubric;
  CdLineageRules *lineage;
  GError *error;
} Rules;

static gpointer
load_rules (gpointer target)
{
  Rules *rules = target;
  rules->signals = cd_signals_load (rules->data, rules->options->cache, &rules->error);
  if (rules->signals != NULL)
    rules->probes = cd_probes_load (rules->data, rules->signals, &rules->error);
  if (rules->probes != NULL)
    rules->rubric = cd_rubric_load (rules->data, rules->options->rubric ? rules->options->rubric : "tti", rules->probes, &rules->error);
  if (rules->rubric != NULL)
    rules->lineage = cd_lineage_rules_load (rules->data, &rules->error);
  return NULL;
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
read_documents (CdAudit *audit, const CdAuditOptions *options, GError **error)
{
  Indexing indexing = { audit->snapshot, NULL };
  GThread *thread = options->threads == 1 || options->scan_only ? NULL : g_thread_new ("history", index_history, &indexing);
  CdCorpusOptions corpus = { .document = { .cache = options->cache, .keep_pdf = TRUE }, .threads = options->threads };
  audit->corpus = cd_corpus_read (audit->snapshot, &corpus);
  if (options->scan_only)
    return TRUE;
  audit->history = thread ? g_thread_join (thread) : index_history (&indexing);
  if (audit->history == NULL)
    g_propagate_error (error, indexing.error);
  return audit->history != NULL;
}

/* All that needs no rules of judgement: what there is, and whose it is. */
static gboolean
read_repository (CdAudit *audit, const CdData *data, const CdAuditOptions *options, GError **error)
{
  audit->repository = cd_repository_open (options->location, options->progress, options->progress_data, error);
  audit->snapshot = audit->repository ? cd_snapshot_open (audit->repository, options->revision, error) : NULL;
  if (audit->snapshot == NULL || !read_documents (audit, options, error))
    return FALSE;
  if (options->scan_only)
    return TRUE;
  audit->remote = cd_repository_remote (audit->repository);
  CdScopeOptions scope = { options->subdir, options->scope };
  audit->scope = cd_scope_resolve (data, audit->snapshot, audit->history, audit->corpus, &scope, error);
  return audit->scope != NULL;
}

/* Rules are loaded while the repository is read. Of two errors, an unreadable repository is told first, then faulty rules. */
static gboolean
load_and_read (CdAudit *audit, const CdData *data, const CdAuditOptions *options, GError **error)
{
  Rules rules = { .data = data, .options = options };
  GThread *thread = g_thread_new ("rules", load_rules, &rules);
  g_autoptr (GError) why = NULL;
  gboolean good = read_repository (audit, data, options, &why);
  g_thread_join (thread);
  audit->signals = rules.signals;
  audit->probes = rules.probes;
  audit->rubric = rules.rubric;
  audit->lineage_rules = rules.lineage;
  if (audit->snapshot != NULL && rules.error != NULL)
    g_propagate_error (error, g_steal_pointer (&rules.error));
  else if (!good)
    g_propagate_error (error, g_steal_pointer (&why));
  g_clear_error (&rules.error);
  return good && audit->lineage_rules != NULL;
}

/* Files that are not the work's own say nothing about it: they are not scanned. */
static void
scan_document (CdDocument *document, guint index, gpointer data)
{
  CdAudit *audit = data;
  gboolean hidden = document->path[0] == '.'; /* workflows and editors' settings run the repository, they do not tell the work */
  gboolean own = !hidden && (audit->scope == NULL || cd_scope_is_own (audit->scope, index));
  audit->hits->pdata[index] = own ? cd_signals_scan (audit->signals, document) : g_array_new (FALSE, FALSE, sizeof (CdHit));
}

static void
scan_documents (CdAudit *audit, const CdAuditOptions *options)
{
  audit->hits = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_ptr_array_set_size (audit->hits, (gint) audit->corpus->documents->len);
  cd_corpus_visit (audit->corpus, options->threads, scan_document, audit);
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
  CdNotExamined *entry = g_new0 (CdNotExamined, 1);
  entry->path = g_strdup (".git (history)");
  entry->why = g_strdup (cd_repository_is_shallow (audit->repository) ? "shallow clone: older commits are not here"
                                                                      : "incomplete: objects are missing or bounds were reached");
  g_ptr_array_insert (audit->not_examined, 0, entry);
}

CdAudit *
cd_audit_run (const CdData *data, const CdAuditOptions *options, GError **error)
{
  g_autoptr (CdAudit) audit = g_new0 (CdAudit, 1);
  audit->subdir = g_strdup (options->subdir);
  audit->globs = g_strdupv (options->scope);
  if (!load_and_read (audit, data, options, error))
    return NULL;
  scan_documents (audit, options);
  if (options->scan_only)
    return g_steal_pointer (&audit);
  audit->knowledge_sha256 = cd_data_digest (data, "rubrics/knowledge");
  if (!read_manifest (audit, error))
    return NULL;
  audit->work = cd_work_gather (data, audit->corpus, audit->scope, audit->signals, audit->hits, error);
  if (audit->work == NULL)
    return NULL;
  audit->results = cd_results_gather (data, audit->corpus, audit->scope, audit->signals, audit->hits, audit->work, error);
  if (audit->results == NULL)
    return NULL;
  audit->lineage
      = cd_lineage_trace (audit->lineage_rules, audit->corpus, audit->scope, audit->work, cd_snapshot_time (audit->snapshot), options->threads);
  CdCase the_case
      = { audit->snapshot, audit->history, audit->corpus, audit->scope, audit->signals, audit->hits, audit->manifest, audit->work, audit->results };
  audit->findings = cd_probes_ask (audit->probes, &the_case);
  audit->verdicts = cd_rubric_judge (audit->rubric, audit->probes, audit->findings);
  cd_rubric_score (audit->rubric, audit->verdicts, &audit->score);
  gather_not_examined (audit);
  if (options->online != NULL)
    audit->online = cd_online_ask (audit->work, audit->corpus, audit->scope, audit->manifest, options->online, error);
  if (options->online != NULL && audit->online == NULL)
    return NULL;
  return g_steal_pointer (&audit);
}

void
cd_audit_free (CdAudit *audit)
{
  if (audit == NULL)
    return;
  g_clear_pointer (&audit->online, cd_online_free);
  cd_score_clear (&audit->score);
  g_clear_pointer (&audit->verdicts, g_ptr_array_unref);
  if (audit->findings != NULL)
    cd_findings_free (audit->findings, cd_probes_length (audit->probes));
  g_clear_pointer (&audit->lineage, cd_lineage_free);
  g_clear_pointer (&audit->lineage_rules, cd_lineage_rules_free);
  g_clear_pointer (&audit->results, cd_results_free);
  g_clear_pointer (&audit->work, cd_work_free);
  g_clear_pointer (&audit->manifest, cd_manifest_free);
  g_clear_pointer (&audit->scope, cd_scope_free);
  g_clear_pointer (&audit->hits, g_ptr_array_unref);
  g_clear_pointer (&audit->corpus, cd_corpus_free);
  g_clear_pointer (&audit->not_examined, g_ptr_array_unref);
  g_clear_pointer (&audit->history, cd_history_free);
  g_clear_pointer (&audit->rubric, cd_rubric_free);
  g_clear_pointer (&audit->probes, cd_probes_free);
  g_clear_pointer (&audit->signals, cd_signals_free);
  g_clear_pointer (&audit->snapshot, cd_snapshot_free);
  g_clear_pointer (&audit->repository, cd_repository_free);
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
