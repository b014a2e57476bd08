/* The audit as JSON: the contract's keys in the contract's order. Nothing depends on time, host or thread count. */
#include "report/report.h"
#include "manifest/manifest.h"
#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#define RUNS_MOST 400u /* commands listed of each kind */

static double
plain (double value, double unit)
{
  return round (value / unit) * unit;
}

static void
add_text (cJSON *object, const char *key, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, key, text);
  else
    cJSON_AddNullToObject (object, key);
}

static cJSON *
add_member (cJSON *array)
{
  cJSON *member = cJSON_CreateObject ();
  cJSON_AddItemToArray (array, member);
  return member;
}

static const CdDocument *
document_at (const CdAudit *audit, guint index)
{
  return audit->corpus->documents->pdata[index];
}

static void
add_place (cJSON *array, const CdAudit *audit, guint document, guint line, guint end, const char *says)
{
  if (document == G_MAXUINT)
    return;
  cJSON *place = add_member (array);
  char hex[41];
  cd_oid_to_hex (&document_at (audit, document)->oid, hex);
  cJSON_AddStringToObject (place, "path", document_at (audit, document)->path);
  cJSON_AddNumberToObject (place, "line", line);
  cJSON_AddNumberToObject (place, "end", MAX (end, line));
  cJSON_AddStringToObject (place, "blob", hex);
  add_text (place, "says", says);
}

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
  cJSON_AddStringToObject (subject, "subdir", audit->subdir ? audit->subdir : "");
  cJSON *scope = cJSON_AddArrayToObject (subject, "scope");
  for (guint i = 0; audit->globs != NULL && audit->globs[i] != NULL; i++)
    cJSON_AddItemToArray (scope, cJSON_CreateString (audit->globs[i]));
  add_text (subject, "remote", audit->remote);
  add_text (subject, "manifest", audit->manifest ? cd_manifest_name (audit->manifest) : NULL);
}

static void
add_score (cJSON *root, const CdAudit *audit)
{
  const CdScore *score = &audit->score;
  cJSON *object = cJSON_AddObjectToObject (root, "score");
  cJSON_AddNumberToObject (object, "total", score->total);
  cJSON_AddNumberToObject (object, "of", score->of);
  cJSON_AddNumberToObject (object, "expected", plain (score->expected, 0.1));
  cJSON *likely = cJSON_AddArrayToObject (object, "likely");
  for (guint i = 0; i < 2; i++)
    cJSON_AddItemToArray (likely, cJSON_CreateNumber (score->likely[i]));
  cJSON_AddNumberToObject (object, "settled", score->settled);
  cJSON_AddNumberToObject (object, "unsettled", score->unsettled);
  cJSON *dimensions = cJSON_AddArrayToObject (object, "dimensions");
  for (guint i = 0; i < score->dimensions->len; i++) {
    const CdPoints *points = &g_array_index (score->dimensions, CdPoints, i);
    cJSON *dimension = add_member (dimensions);
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

static void
add_verdict (cJSON *array, const CdAudit *audit, const CdVerdict *verdict)
{
  const CdCriterion *criterion = cd_rubric_criterion (audit->rubric, verdict->criterion);
  cJSON *object = add_member (array);
  cJSON_AddStringToObject (object, "id", criterion->id);
  cJSON_AddStringToObject (object, "question", criterion->question);
  cJSON_AddBoolToObject (object, "yes", verdict->yes);
  cJSON_AddNumberToObject (object, "points", verdict->yes ? criterion->points : 0);
  cJSON_AddNumberToObject (object, "of", criterion->points);
  cJSON_AddNumberToObject (object, "certainty", plain (verdict->certainty, 0.001));
  cJSON_AddStringToObject (object, "basis", cd_basis_name (verdict->basis));
  cJSON_AddStringToObject (object, "why", verdict->why);
  cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < verdict->evidence->len; i++) {
    const CdEvidence *e = &g_array_index (verdict->evidence, CdEvidence, i);
    add_place (evidence, audit, e->document, e->line, e->end, e->says);
  }
  cJSON *candidates = cJSON_AddArrayToObject (object, "candidates");
  for (guint i = 0; i < verdict->candidates->len; i++) {
    const CdCandidate *c = &g_array_index (verdict->candidates, CdCandidate, i);
    if (c->evidence.document == G_MAXUINT)
      continue;
    cJSON *candidate = add_member (candidates);
    cJSON_AddStringToObject (candidate, "path", document_at (audit, c->evidence.document)->path);
    cJSON_AddNumberToObject (candidate, "line", c->evidence.line);
    cJSON_AddBoolToObject (candidate, "for", c->for_yes);
    add_text (candidate, "says", c->evidence.says);
  }
  cJSON *missing = cJSON_AddArrayToObject (object, "missing");
  for (guint i = 0; i < verdict->missing->len; i++)
    cJSON_AddItemToArray (missing, cJSON_CreateString (verdict->missing->pdata[i]));
}

/* Who taught the work is not examined by this version: the label says so. */
static void
add_distillation (cJSON *root)
{
  cJSON *distillation = cJSON_AddObjectToObject (root, "distillation");
  cJSON_AddStringToObject (distillation, "label", "unknown");
  cJSON_AddArrayToObject (distillation, "teachers");
  cJSON_AddArrayToObject (distillation, "eval_judges");
  cJSON_AddArrayToObject (distillation, "inherited");
}

static void
add_places (cJSON *object, const CdAudit *audit, const CdArtefact *artefact)
{
  cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < artefact->places->len && i < 8; i++) {
    const CdPlace *place = &g_array_index (artefact->places, CdPlace, i);
    add_place (evidence, audit, place->document, place->line, place->end, NULL);
  }
}

static void
add_artefact (cJSON *lists[], const CdAudit *audit, const CdArtefact *artefact)
{
  gboolean kept = artefact->kind == CD_ARTEFACT_DATASET ? artefact->own || artefact->training || artefact->evaluation
                                                        : artefact->kind == CD_ARTEFACT_BASE_MODEL || artefact->own;
  if (!kept || lists[artefact->kind] == NULL)
    return;
  cJSON *object = add_member (lists[artefact->kind]);
  if (artefact->kind == CD_ARTEFACT_DATASET) {
    cJSON_AddStringToObject (object, "name", artefact->id);
    add_text (object, "where", artefact->where);
    cJSON_AddStringToObject (object, "role", artefact->evaluation && !artefact->training ? "evaluation" : "training");
    cJSON_AddBoolToObject (object, "pinned",
                           artefact->where != NULL && strstr (artefact->where, "/tree/") != NULL && strstr (artefact->where, "/tree/main") == NULL);
    cJSON_AddNullToObject (object, "license");
  } else
    cJSON_AddStringToObject (object, "id", artefact->id);
  add_places (object, audit, artefact);
}

static void
add_provenance (cJSON *root, const CdAudit *audit)
{
  cJSON *provenance = cJSON_AddObjectToObject (root, "provenance");
  cJSON *lists[CD_ARTEFACT_KINDS] = { NULL };
  lists[CD_ARTEFACT_DATASET] = cJSON_AddArrayToObject (provenance, "datasets");
  lists[CD_ARTEFACT_BASE_MODEL] = cJSON_AddArrayToObject (provenance, "base_models");
  lists[CD_ARTEFACT_WEIGHTS] = cJSON_AddArrayToObject (provenance, "weights");
  const char *paper = NULL;
  for (guint i = 0; i < audit->work->artefacts->len; i++) {
    const CdArtefact *artefact = audit->work->artefacts->pdata[i];
    if (artefact->kind == CD_ARTEFACT_PAPER && artefact->own && paper == NULL)
      paper = artefact->where ? artefact->where : artefact->id;
    add_artefact (lists, audit, artefact);
  }
  add_text (provenance, "paper", paper);
  add_text (provenance, "license", audit->work->license);
}

static void
add_commands_of (cJSON *commands, const CdAudit *audit, const char *key, CdCommandClass class)
{
  cJSON *array = cJSON_AddArrayToObject (commands, key);
  guint listed = 0;
  for (guint i = 0; i < audit->work->commands->len && listed < RUNS_MOST; i++) {
    const CdWorkCommand *command = audit->work->commands->pdata[i];
    if (command->class != class)
      continue;
    listed++;
    cJSON *object = add_member (array);
    cJSON_AddStringToObject (object, "path", document_at (audit, command->document)->path);
    cJSON_AddNumberToObject (object, "line", command->command->line);
    g_autofree char *shown = cd_text_printable (command->command->text);
    cJSON_AddStringToObject (object, "command", shown);
    cJSON_AddStringToObject (object, "status", cd_report_command_status (command));
    cJSON *problems = cJSON_AddArrayToObject (object, "problems");
    if (command->problem == NULL)
      continue;
    cJSON *problem = add_member (problems);
    cJSON_AddStringToObject (problem, "code", command->problem);
    cJSON_AddStringToObject (problem, "what", command->what);
  }
}

static void
add_vendored (cJSON *root, const CdAudit *audit)
{
  cJSON *array = cJSON_AddArrayToObject (root, "vendored");
  const GPtrArray *vendored = cd_scope_vendored (audit->scope);
  for (guint i = 0; i < vendored->len; i++) {
    const CdVendored *tree = vendored->pdata[i];
    cJSON *object = add_member (array);
    cJSON_AddStringToObject (object, "path", tree->path);
    add_text (object, "of", tree->of);
    cJSON_AddStringToObject (object, "by", tree->by);
  }
}

static void
add_not_examined (cJSON *root, const CdAudit *audit)
{
  cJSON *array = cJSON_AddArrayToObject (root, "not_examined");
  for (guint i = 0; i < audit->not_examined->len; i++) {
    const CdNotExamined *entry = audit->not_examined->pdata[i];
    cJSON *object = add_member (array);
    cJSON_AddStringToObject (object, "path", entry->path);
    cJSON_AddStringToObject (object, "why", entry->why);
  }
}

static void
add_probes (cJSON *root, const CdAudit *audit)
{
  cJSON *array = cJSON_AddArrayToObject (root, "probes");
  for (guint i = 0; i < cd_probes_length (audit->probes); i++) {
    cJSON *object = add_member (array);
    cJSON_AddStringToObject (object, "id", cd_probes_at (audit->probes, i)->id);
    cJSON_AddBoolToObject (object, "yes", audit->findings[i].yes);
    cJSON_AddNumberToObject (object, "count", audit->findings[i].count);
  }
}

/* Characters that steer a terminal or turn the direction of text (C1 controls, bidirectional marks) as \uXXXX: in JSON they mean the same, and
 * whoever prints the file sees nothing else. Caller frees. */
static char *
escape_controls (const char *json)
{
  GString *escaped = g_string_sized_new (strlen (json) + 1);
  for (const char *at = json; *at != '\0';) {
    const char *special = at + strcspn (at, "\xc2\xd8\xe2");
    g_string_append_len (escaped, at, special - at);
    if (*special == '\0')
      break;
    gunichar character = g_utf8_get_char (special);
    gboolean steers = (character >= 0x80 && character < 0xa0) || character == 0x61c || (character >= 0x200e && character <= 0x200f)
                      || (character >= 0x2028 && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    at = g_utf8_next_char (special);
    if (steers)
      g_string_append_printf (escaped, "\\u%04x", (guint) character);
    else
      g_string_append_len (escaped, special, at - special);
  }
  return g_string_free (escaped, FALSE);
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
  add_distillation (root);
  add_provenance (root, audit);
  cJSON *commands = cJSON_AddObjectToObject (root, "commands");
  add_commands_of (commands, audit, "training", CD_COMMAND_TRAINING);
  add_commands_of (commands, audit, "evaluation", CD_COMMAND_EVALUATION);
  cJSON_AddArrayToObject (root, "claims");
  cJSON_AddArrayToObject (root, "reproductions");
  add_vendored (root, audit);
  cJSON_AddArrayToObject (root, "risks");
  add_not_examined (root, audit);
  add_probes (root, audit);
  char *printed = cJSON_Print (root);
  cJSON_Delete (root);
  g_autofree char *escaped = escape_controls (printed);
  cJSON_free (printed);
  return g_strconcat (escaped, "\n", NULL);
}
