/* GitLab's code quality report: docs.gitlab.com, "Code Quality report format" (schemas/code-quality.schema.json). A merge request shows what its report has
 * and the target branch's has not, by fingerprint. */
#include "base/json.h"
#include "report/gate-check.h"
#include <string.h>

static const char *
severity_of (const CdCheck *check)
{
  static const struct {
    const char *family, *severity;
  } failed[] = { { "risk", "blocker" }, { "regression", "critical" }, { "distillation", "critical" } };
  g_autofree char *family = cd_check_family (check);
  if (check->outcome == CD_OUTCOME_EXCEPTED)
    return "info";
  if (check->outcome == CD_OUTCOME_WARNED)
    return "minor";
  for (guint i = 0; i < G_N_ELEMENTS (failed); i++)
    if (strcmp (failed[i].family, family) == 0)
      return failed[i].severity;
  return "major";
}

static cJSON *
issue_of (const CdGate *gate, const CdCheck *check, const char *fingerprint)
{
  gboolean stated = FALSE;
  CdRecordPlace place = cd_check_place (gate, check, &stated);
  g_autofree char *what = cd_check_what (check), *fix = cd_check_fix (check), *excuse = cd_check_excuse (check), *rule = cd_check_rule (check);
  g_autoptr (GString) description = g_string_new (what);
  if (fix != NULL)
    g_string_append_printf (description, " %s", fix);
  if (excuse != NULL)
    g_string_append_printf (description, " (%s)", excuse);
  cJSON *issue = cJSON_CreateObject ();
  cJSON_AddStringToObject (issue, "description", description->str);
  cJSON_AddStringToObject (issue, "check_name", rule);
  cJSON_AddStringToObject (issue, "fingerprint", fingerprint);
  cJSON_AddStringToObject (issue, "severity", severity_of (check));
  cJSON *location = cJSON_AddObjectToObject (issue, "location");
  cJSON_AddStringToObject (location, "path", place.path);
  cJSON *lines = cJSON_AddObjectToObject (location, "lines");
  cJSON_AddNumberToObject (lines, "begin", MAX (place.line, 1));
  if (place.end > place.line && place.line > 0)
    cJSON_AddNumberToObject (lines, "end", place.end);
  return issue;
}

char *
cd_report_code_quality (const CdGateReport *report)
{
  const CdGate *gate = report->gate;
  g_autoptr (GPtrArray) fingerprints = cd_check_fingerprints (gate);
  cJSON *root = cJSON_CreateArray ();
  for (guint i = 0; i < gate->checks->len; i++) {
    const CdCheck *check = gate->checks->pdata[i];
    if (check->outcome != CD_OUTCOME_PASSED)
      cJSON_AddItemToArray (root, issue_of (gate, check, fingerprints->pdata[i]));
  }
  return cd_json_finish (root);
}
