/* SARIF 2.1.0 for code scanning. Section numbers are those of the OASIS standard; what GitHub takes of it is its page "SARIF support for code scanning":
 * every result has a location, and suppressed or absent results are for other readers (examples/ci drops them before the upload). */
#include "base/json.h"
#include "base/text.h"
#include "report/gate-check.h"
#include "report/rule-text.h"
#include <string.h>

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#define ROOT "SRCROOT"
#define RELATED 8u /* further places of a result */

static cJSON *
message (const char *text)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "text", text);
  return object;
}

/* Square brackets are links in a message (3.11.6). Caller frees. */
static char *
escape_links (const char *text)
{
  GString *escaped = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '[' || *at == ']' || *at == '\\')
      g_string_append_c (escaped, '\\');
    g_string_append_c (escaped, *at);
  }
  return g_string_free (escaped, FALSE);
}

static cJSON *
location (const CdRecordPlace *place, const char *tells)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON *physical = cJSON_AddObjectToObject (object, "physicalLocation");
  cJSON *artifact = cJSON_AddObjectToObject (physical, "artifactLocation");
  g_autofree char *uri = g_uri_escape_string (place->path, "/", FALSE);
  cJSON_AddStringToObject (artifact, "uri", uri);
  cJSON_AddStringToObject (artifact, "uriBaseId", ROOT);
  cJSON *region = cJSON_AddObjectToObject (physical, "region");
  cJSON_AddNumberToObject (region, "startLine", MAX (place->line, 1));
  if (place->end > place->line && place->line > 0)
    cJSON_AddNumberToObject (region, "endLine", place->end);
  if (tells != NULL)
    cJSON_AddItemToObject (object, "message", message (tells));
  return object;
}

static void
add_locations (cJSON *result, const CdGate *gate, const CdCheck *check)
{
  gboolean stated = FALSE;
  CdRecordPlace first = cd_check_place (gate, check, &stated);
  g_autofree char *base = check->gone && gate->base != NULL ? g_strdup_printf ("in the base, %.12s", gate->base->commit) : NULL;
  cJSON *locations = cJSON_AddArrayToObject (result, "locations");
  cJSON_AddItemToArray (locations, location (&first, !stated ? "where it could be stated" : base));
  cJSON *related = cJSON_CreateArray ();
  for (guint i = 0; i < check->places->len && cJSON_GetArraySize (related) < (int) RELATED; i++) {
    const CdRecordPlace *place = &g_array_index (check->places, CdRecordPlace, i);
    if (*place->path == '\0' || (place->line == first.line && strcmp (place->path, first.path) == 0))
      continue;
    cJSON *other = location (place, base);
    cJSON_AddNumberToObject (other, "id", cJSON_GetArraySize (related) + 1);
    cJSON_AddItemToArray (related, other);
  }
  if (cJSON_GetArraySize (related) > 0)
    cJSON_AddItemToObject (result, "relatedLocations", related);
  else
    cJSON_Delete (related);
}

/* Of every result, since one result with suppressions means that the others' are known too (3.27.23). */
static void
add_suppressions (cJSON *result, const CdCheck *check)
{
  cJSON *suppressions = cJSON_AddArrayToObject (result, "suppressions");
  if (check->outcome != CD_OUTCOME_EXCEPTED || check->exception == NULL)
    return;
  g_autofree char *excuse = cd_check_excuse (check);
  cJSON *suppression = cJSON_CreateObject ();
  cJSON_AddStringToObject (suppression, "kind", "external");
  cJSON_AddStringToObject (suppression, "status", "accepted");
  cJSON_AddStringToObject (suppression, "justification", excuse);
  cJSON_AddItemToArray (suppressions, suppression);
}

static void
add_result_properties (cJSON *result, const CdGate *gate, const CdCheck *check)
{
  cJSON *properties = cJSON_AddObjectToObject (result, "properties");
  g_autofree char *id = cd_check_shown (check->id), *fix = cd_check_fix (check), *why = cd_check_why (check);
  cJSON_AddStringToObject (properties, "check", id);
  cJSON_AddStringToObject (properties, "outcome", cd_outcome_name (check->outcome));
  if (fix != NULL)
    cJSON_AddStringToObject (properties, "fix", fix);
  if (why != NULL)
    cJSON_AddStringToObject (properties, "why", why);
  const CdRecordVerdict *verdict = cd_check_verdict (gate, check);
  if (verdict == NULL)
    return;
  cJSON_AddNumberToObject (properties, "certainty", verdict->certainty);
  cJSON_AddBoolToObject (properties, "settled", verdict->settled);
  cJSON_AddNumberToObject (properties, "points", verdict->points);
  cJSON_AddNumberToObject (properties, "of", verdict->of);
  cJSON_AddStringToObject (properties, "basis", verdict->basis);
}

static char *
message_of (const CdCheck *check)
{
  g_autofree char *what = cd_check_what (check), *fix = cd_check_fix (check), *excuse = cd_check_excuse (check);
  g_autofree char *all = g_strjoin (" ", what, fix != NULL ? fix : "", NULL);
  g_autofree char *told = excuse != NULL ? g_strdup_printf ("%s (%s)", g_strchomp (all), excuse) : g_strdup (g_strchomp (all));
  return escape_links (told);
}

/* state: of the baseline; NULL without a base. */
static cJSON *
result_of (const CdGate *gate, const CdCheck *check, const char *fingerprint, const GPtrArray *rules, const char *state)
{
  static const char *const levels[] = { "none", "warning", "note", "error" };
  gboolean absent = g_strcmp0 (state, "absent") == 0;
  g_autofree char *rule = cd_check_rule (check), *text = message_of (check);
  cJSON *result = cJSON_CreateObject ();
  cJSON_AddStringToObject (result, "ruleId", rule);
  cJSON_AddNumberToObject (result, "ruleIndex", cd_rule_text_index (rules, rule));
  cJSON_AddStringToObject (result, "kind", absent ? "pass" : "fail");
  cJSON_AddStringToObject (result, "level", absent ? "none" : levels[check->outcome]);
  cJSON_AddItemToObject (result, "message", message (text));
  add_locations (result, gate, check);
  cJSON *fingerprints = cJSON_AddObjectToObject (result, "partialFingerprints");
  cJSON_AddStringToObject (fingerprints, "candorCheck/v1", fingerprint);
  add_suppressions (result, check);
  if (state != NULL)
    cJSON_AddStringToObject (result, "baselineState", state);
  add_result_properties (result, gate, check);
  return result;
}

/* Fingerprints of the checks that did not pass. Keys are borrowed from fingerprints. */
static GHashTable *
unpassed (const CdGate *gate, const GPtrArray *fingerprints)
{
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < gate->checks->len; i++)
    if (((const CdCheck *) gate->checks->pdata[i])->outcome != CD_OUTCOME_PASSED)
      g_hash_table_add (set, fingerprints->pdata[i]);
  return set;
}

static void
add_results (cJSON *run, const CdGateReport *report, const GPtrArray *rules)
{
  cJSON *results = cJSON_AddArrayToObject (run, "results");
  const CdGate *gate = report->gate, *before = report->before;
  g_autoptr (GPtrArray) now = cd_check_fingerprints (gate), then = before != NULL ? cd_check_fingerprints (before) : NULL;
  g_autoptr (GHashTable) here = unpassed (gate, now), there = before != NULL ? unpassed (before, then) : NULL;
  for (guint i = 0; i < gate->checks->len; i++) {
    const CdCheck *check = gate->checks->pdata[i];
    const char *state = before == NULL ? NULL : g_hash_table_contains (there, now->pdata[i]) ? "unchanged" : "new";
    if (check->outcome != CD_OUTCOME_PASSED)
      cJSON_AddItemToArray (results, result_of (gate, check, now->pdata[i], rules, state));
  }
  for (guint i = 0; before != NULL && i < before->checks->len; i++) {
    const CdCheck *check = before->checks->pdata[i];
    if (check->outcome != CD_OUTCOME_PASSED && !g_hash_table_contains (here, then->pdata[i]))
      cJSON_AddItemToArray (results, result_of (before, check, then->pdata[i], rules, "absent"));
  }
}

static cJSON *
rule_of (const CdRuleText *text)
{
  cJSON *rule = cJSON_CreateObject ();
  cJSON_AddStringToObject (rule, "id", text->id);
  cJSON_AddStringToObject (rule, "name", text->name);
  cJSON_AddItemToObject (rule, "shortDescription", message (text->summary));
  cJSON_AddItemToObject (rule, "fullDescription", message (text->full));
  cJSON *help = message (text->help);
  cJSON_AddStringToObject (help, "markdown", text->markdown);
  cJSON_AddItemToObject (rule, "help", help);
  if (text->address != NULL)
    cJSON_AddStringToObject (rule, "helpUri", text->address);
  cJSON *configuration = cJSON_AddObjectToObject (rule, "defaultConfiguration");
  cJSON_AddStringToObject (configuration, "level", "error");
  cJSON *properties = cJSON_AddObjectToObject (rule, "properties");
  cJSON *tags = cJSON_AddArrayToObject (properties, "tags");
  cJSON_AddItemToArray (tags, cJSON_CreateString ("transparency"));
  cJSON_AddItemToArray (tags, cJSON_CreateString (text->group));
  return rule;
}

static void
add_tool (cJSON *run, const CdRecord *record, const GPtrArray *rules)
{
  cJSON *driver = cJSON_AddObjectToObject (cJSON_AddObjectToObject (run, "tool"), "driver");
  cJSON_AddStringToObject (driver, "name", "Candor");
  cJSON_AddStringToObject (driver, "version", CANDOR_VERSION);
  cJSON_AddStringToObject (driver, "semanticVersion", CANDOR_VERSION);
  cJSON *list = cJSON_AddArrayToObject (driver, "rules");
  for (guint i = 0; i < rules->len; i++)
    cJSON_AddItemToArray (list, rule_of (rules->pdata[i]));
  cJSON *properties = cJSON_AddObjectToObject (driver, "properties");
  cJSON_AddStringToObject (properties, "rubric", record->rubric);
  cJSON_AddStringToObject (properties, "rubricVersion", record->rubric_version);
  cJSON_AddStringToObject (properties, "rubricSha256", record->rubric_sha256);
  cJSON_AddStringToObject (properties, "knowledgeSha256", record->knowledge_sha256);
}

/* A remote is what a repository's configuration says: only one that is an address without a user is passed on (3.23). */
static gboolean
is_public (const char *remote)
{
  g_autoptr (GUri) uri = remote != NULL ? g_uri_parse (remote, G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;
  return uri != NULL && g_strcmp0 (g_uri_get_scheme (uri), "https") == 0 && g_uri_get_userinfo (uri) == NULL && g_uri_get_host (uri) != NULL;
}

static void
add_origin (cJSON *run, const CdRecord *record)
{
  cJSON *root = cJSON_AddObjectToObject (cJSON_AddObjectToObject (run, "originalUriBaseIds"), ROOT);
  cJSON_AddItemToObject (root, "description", message ("The root of the repository that was audited."));
  if (!is_public (record->remote))
    return;
  cJSON *list = cJSON_AddArrayToObject (run, "versionControlProvenance"), *entry = cJSON_CreateObject ();
  cJSON_AddStringToObject (entry, "repositoryUri", record->remote);
  cJSON_AddStringToObject (entry, "revisionId", record->commit);
  cJSON_AddStringToObject (cJSON_AddObjectToObject (entry, "mappedTo"), "uriBaseId", ROOT);
  cJSON_AddItemToArray (list, entry);
}

static void
add_run_properties (cJSON *run, const CdGate *gate)
{
  cJSON *properties = cJSON_AddObjectToObject (run, "properties");
  cJSON_AddStringToObject (properties, "policy", gate->policy->id);
  cJSON_AddBoolToObject (properties, "passed", gate->failed == 0);
  cJSON_AddStringToObject (properties, "commit", gate->record->commit);
  if (gate->base != NULL)
    cJSON_AddStringToObject (properties, "base", gate->base->commit);
  cJSON_AddNumberToObject (properties, "score", gate->record->total);
  cJSON_AddNumberToObject (properties, "of", gate->record->of);
  const guint counts[] = { gate->failed, gate->warned, gate->excepted, gate->passed };
  static const char *const names[] = { "failed", "warned", "excepted", "passedChecks" };
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    cJSON_AddNumberToObject (properties, names[i], counts[i]);
}

char *
cd_report_sarif (const CdGateReport *report)
{
  const CdGate *gate = report->gate;
  g_autoptr (GPtrArray) rules = cd_rule_texts (report);
  g_autofree char *category = g_strconcat ("candor/", gate->policy->id, "/", gate->record->subdir, NULL);
  cJSON *root = cJSON_CreateObject ();
  cJSON_AddStringToObject (root, "$schema", SCHEMA);
  cJSON_AddStringToObject (root, "version", "2.1.0");
  cJSON *run = cJSON_CreateObject ();
  cJSON_AddItemToArray (cJSON_AddArrayToObject (root, "runs"), run);
  add_tool (run, gate->record, rules);
  cJSON_AddStringToObject (cJSON_AddObjectToObject (run, "automationDetails"), "id", category);
  cJSON *invocation = cJSON_CreateObject ();
  cJSON_AddBoolToObject (invocation, "executionSuccessful", TRUE);
  cJSON_AddItemToArray (cJSON_AddArrayToObject (run, "invocations"), invocation);
  add_origin (run, gate->record);
  cJSON_AddStringToObject (run, "columnKind", "unicodeCodePoints");
  add_results (run, report, rules);
  add_run_properties (run, gate);
  return cd_json_finish (root);
}
