/* The audit as JSON: the contract's keys in the contract's order. Nothing depends on time, host or thread count. */
#include "report/json-parts.h"
#include "report/pick.h"
#include "manifest/manifest.h"
#include <string.h>

static void
add_tool (cJSON *root, const CdAudit *audit)
{
  cJSON *tool = cJSON_AddObjectToObject (root, "tool");
  cJSON_AddStringToObject (tool, "name", "candor");
  cJSON_AddStringToObject (tool, "version", CANDOR_VERSION);
  cJSON *rubric = cJSON_AddObjectToObject (tool, "rubric");
  cJSON_AddStringToObject (rubric, "id", cd_rubric_id (audit->rubric));
  cJSON_AddStringToObject (rubric, "version", cd_rubric_version (audit->rubric));
  cJSON_AddStringToObject (rubric, "sha256", cd_rubric_sha256 (audit->rubric));
  cJSON_AddStringToObject (tool, "knowledge_sha256", audit->knowledge_sha256);
}

static void
add_subject (cJSON *root, const CdAudit *audit)
{
  cJSON *subject = cJSON_AddObjectToObject (root, "subject");
  cJSON_AddStringToObject (subject, "commit", cd_snapshot_commit (audit->snapshot));
  g_autofree char *date = cd_report_date (cd_snapshot_time (audit->snapshot));
  cJSON_AddStringToObject (subject, "subdir", audit->subdir ? audit->subdir : "");
  cJSON *scope = cJSON_AddArrayToObject (subject, "scope");
  for (guint i = 0; audit->globs != NULL && audit->globs[i] != NULL; i++)
    cJSON_AddItemToArray (scope, cJSON_CreateString (audit->globs[i]));
  cd_json_text (subject, "remote", audit->remote);
  cd_json_text (subject, "manifest", audit->manifest ? cd_manifest_name (audit->manifest) : NULL);
  cJSON_AddStringToObject (subject, "date", date);
}

static void
add_score (cJSON *root, const CdAudit *audit)
{
  const CdScore *score = &audit->score;
  cJSON *object = cJSON_AddObjectToObject (root, "score");
  cJSON_AddNumberToObject (object, "total", score->total);
  cJSON_AddNumberToObject (object, "of", score->of);
  cJSON_AddNumberToObject (object, "expected", cd_json_plain (score->expected, 0.1));
  cJSON *likely = cJSON_AddArrayToObject (object, "likely");
  for (guint i = 0; i < 2; i++)
    cJSON_AddItemToArray (likely, cJSON_CreateNumber (score->likely[i]));
  cJSON_AddNumberToObject (object, "settled", score->settled);
  cJSON_AddNumberToObject (object, "unsettled", score->unsettled);
  cJSON *dimensions = cJSON_AddArrayToObject (object, "dimensions");
  for (guint i = 0; i < score->dimensions->len; i++) {
    const CdPoints *points = &g_array_index (score->dimensions, CdPoints, i);
    cJSON *dimension = cd_json_member (dimensions);
    cJSON_AddStringToObject (dimension, "id", cd_rubric_dimension (audit->rubric, i)->id);
    cJSON_AddStringToObject (dimension, "name", cd_rubric_dimension (audit->rubric, i)->name);
    cJSON_AddNumberToObject (dimension, "points", points->points);
    cJSON_AddNumberToObject (dimension, "of", points->of);
  }
}

static void
add_category (cJSON *root, const CdAudit *audit)
{
  cJSON *category = cJSON_AddObjectToObject (root, "category");
  cJSON_AddStringToObject (category, "openness", cd_audit_openness (audit));
  cJSON *approach = cJSON_AddArrayToObject (category, "approach");
  g_auto (GStrv) names = cd_report_approach (audit);
  for (guint i = 0; names[i] != NULL; i++)
    cJSON_AddItemToArray (approach, cJSON_CreateString (names[i]));
}

/* Where a candidate ends and stands. */
static void
add_context (cJSON *candidate, const CdAudit *audit, const CdEvidence *place)
{
  CdPickedContext context = cd_pick_context (audit, place->document, place->line);
  cJSON_AddNumberToObject (candidate, "end", MAX (place->end, place->line));
  cd_json_text (candidate, "section", context.section);
  cd_json_text (candidate, "kind", context.kind);
  g_free (context.section);
}

static void
add_verdict (cJSON *array, const CdAudit *audit, const CdVerdict *verdict)
{
  const CdCriterion *criterion = cd_rubric_criterion (audit->rubric, verdict->criterion);
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "id", criterion->id);
  cJSON_AddStringToObject (object, "question", criterion->question);
  cJSON_AddBoolToObject (object, "yes", verdict->yes);
  cJSON_AddNumberToObject (object, "points", verdict->yes ? criterion->points : 0);
  cJSON_AddNumberToObject (object, "of", criterion->points);
  cJSON_AddNumberToObject (object, "certainty", cd_json_plain (verdict->certainty, 0.001));
  cJSON_AddStringToObject (object, "basis", cd_basis_name (verdict->basis));
  cJSON_AddStringToObject (object, "why", verdict->why);
  cd_json_evidence (object, audit, verdict->evidence);
  cJSON *candidates = cJSON_AddArrayToObject (object, "candidates");
  for (guint i = 0; i < verdict->candidates->len; i++) {
    const CdCandidate *c = &g_array_index (verdict->candidates, CdCandidate, i);
    if (c->evidence.document == G_MAXUINT)
      continue;
    const CdDocument *document = audit->corpus->documents->pdata[c->evidence.document];
    cJSON *candidate = cd_json_member (candidates);
    cJSON_AddStringToObject (candidate, "path", document->path);
    cJSON_AddNumberToObject (candidate, "line", c->evidence.line);
    cJSON_AddBoolToObject (candidate, "for", c->for_yes);
    cd_json_text (candidate, "says", c->evidence.says);
    add_context (candidate, audit, &c->evidence);
  }
  cJSON *missing = cJSON_AddArrayToObject (object, "missing");
  for (guint i = 0; i < verdict->missing->len; i++)
    cJSON_AddItemToArray (missing, cJSON_CreateString (verdict->missing->pdata[i]));
  cJSON_AddBoolToObject (object, "settled", cd_verdict_is_settled (verdict));
  cJSON_AddStringToObject (object, "dimension", cd_rubric_dimension (audit->rubric, criterion->dimension)->id);
  cd_json_opinions (object, audit, verdict);
}

static void
add_vendored (cJSON *root, const CdAudit *audit)
{
  cJSON *array = cJSON_AddArrayToObject (root, "vendored");
  const GPtrArray *vendored = cd_scope_vendored (audit->scope);
  for (guint i = 0; i < vendored->len; i++) {
    const CdVendored *tree = vendored->pdata[i];
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "path", tree->path);
    cd_json_text (object, "of", tree->of);
    cJSON_AddStringToObject (object, "by", tree->by);
  }
}

static void
add_not_examined (cJSON *root, const CdAudit *audit)
{
  cJSON *array = cJSON_AddArrayToObject (root, "not_examined");
  for (guint i = 0; i < audit->not_examined->len; i++) {
    const CdNotExamined *entry = audit->not_examined->pdata[i];
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "path", entry->path);
    cJSON_AddStringToObject (object, "why", entry->why);
  }
}

static void
add_probes (cJSON *root, const CdAudit *audit)
{
  cJSON *array = cJSON_AddArrayToObject (root, "probes");
  for (guint i = 0; i < cd_probes_length (audit->probes); i++) {
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "id", cd_probes_at (audit->probes, i)->id);
    cJSON_AddBoolToObject (object, "yes", audit->findings[i].yes);
    cJSON_AddNumberToObject (object, "count", audit->findings[i].count);
  }
}

char *
cd_report_json (const CdAudit *audit)
{
  cJSON *root = cJSON_CreateObject ();
  cJSON_AddStringToObject (root, "schema", "candor-audit/1");
  add_tool (root, audit);
  add_subject (root, audit);
  add_score (root, audit);
  add_category (root, audit);
  cJSON *verdicts = cJSON_AddArrayToObject (root, "verdicts");
  for (guint i = 0; i < audit->verdicts->len; i++)
    add_verdict (verdicts, audit, audit->verdicts->pdata[i]);
  cd_json_distillation (root, audit);
  cd_json_provenance (root, audit);
  cd_json_commands (root, audit);
  cd_json_claims (root, audit);
  cd_json_reproductions (root, audit);
  add_vendored (root, audit);
  cd_json_risks (root, audit);
  add_not_examined (root, audit);
  add_probes (root, audit);
  cd_json_contamination (root, audit);
  cd_json_assessments (root, audit);
  cd_json_online (root, audit);
  cd_json_history (root, audit);
  return cd_json_finish (root);
}
