/* A gate for programs (schemas/gate.schema.json): keys in a fixed order; nothing but the day, which the caller gives, depends on when it is made. */
#include "report/gate-report.h"
#include "base/json.h"
#include "report/json-parts.h"
#include <math.h>
#include <string.h>

static void
add_policy (cJSON *root, const CdPolicy *policy)
{
  cJSON *object = cJSON_AddObjectToObject (root, "policy");
  cJSON_AddStringToObject (object, "id", policy->id);
  cJSON_AddStringToObject (object, "name", policy->name);
  cd_json_text (object, "why", policy->why);
}

static void
add_record (cJSON *root, const char *key, const CdRecord *record)
{
  if (record == NULL) {
    cJSON_AddNullToObject (root, key);
    return;
  }
  cJSON *object = cJSON_AddObjectToObject (root, key);
  cJSON_AddStringToObject (object, "commit", record->commit);
  cJSON_AddStringToObject (object, "subdir", record->subdir);
  cd_json_text (object, "remote", record->remote);
  cJSON *rubric = cJSON_AddObjectToObject (object, "rubric");
  cJSON_AddStringToObject (rubric, "id", record->rubric);
  cJSON_AddStringToObject (rubric, "version", record->rubric_version);
  cJSON_AddNumberToObject (object, "total", record->total);
  cJSON_AddNumberToObject (object, "of", record->of);
}

static void
add_counts (cJSON *root, const CdGate *gate)
{
  cJSON *object = cJSON_AddObjectToObject (root, "counts");
  cJSON_AddNumberToObject (object, "failed", gate->failed);
  cJSON_AddNumberToObject (object, "warned", gate->warned);
  cJSON_AddNumberToObject (object, "excepted", gate->excepted);
  cJSON_AddNumberToObject (object, "passed", gate->passed);
}

static void
add_places (cJSON *object, const CdGate *gate, const CdCheck *check)
{
  cJSON *array = cJSON_AddArrayToObject (object, "places");
  const CdRecord *record = check->gone ? gate->base : gate->record;
  for (guint i = 0; i < check->places->len; i++) {
    const CdRecordPlace *place = &g_array_index (check->places, CdRecordPlace, i);
    g_autofree char *link = record != NULL ? cd_record_link (record, place) : NULL;
    cJSON *entry = cd_json_member (array);
    cJSON_AddStringToObject (entry, "path", place->path);
    cJSON_AddNumberToObject (entry, "line", place->line);
    cJSON_AddNumberToObject (entry, "end", place->end);
    cd_json_text (entry, "says", place->says);
    cd_json_text (entry, "link", link);
  }
}

static void
add_exception (cJSON *object, const CdPolicyException *exception, gboolean holds)
{
  cJSON_AddStringToObject (object, "rule", exception->rule);
  cJSON_AddStringToObject (object, "reason", exception->reason);
  cJSON_AddStringToObject (object, "until", exception->until);
  cJSON_AddBoolToObject (object, "holds", holds);
}

static gboolean
holds (const CdGate *gate, const CdPolicyException *exception)
{
  return strcmp (exception->until, gate->today) >= 0;
}

static void
add_check (cJSON *array, const CdGate *gate, const CdCheck *check)
{
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "id", check->id);
  cJSON_AddStringToObject (object, "family", check->family);
  cJSON_AddStringToObject (object, "rule", check->rule);
  cJSON_AddStringToObject (object, "outcome", cd_outcome_name (check->outcome));
  cJSON_AddBoolToObject (object, "doubtful", check->doubtful);
  cJSON_AddStringToObject (object, "what", check->what);
  cd_json_text (object, "fix", check->fix);
  cd_json_text (object, "why", check->why);
  cJSON_AddNumberToObject (object, "effort", cd_json_plain (check->effort, 0.001));
  cJSON_AddBoolToObject (object, "gone", check->gone);
  add_places (object, gate, check);
  if (check->exception != NULL)
    add_exception (cJSON_AddObjectToObject (object, "exception"), check->exception, holds (gate, check->exception));
  else
    cJSON_AddNullToObject (object, "exception");
}

static void
add_exceptions (cJSON *root, const CdGate *gate)
{
  cJSON *array = cJSON_AddArrayToObject (root, "exceptions");
  for (guint i = 0; i < gate->policy->exceptions->len; i++) {
    const CdPolicyException *exception = &g_array_index (gate->policy->exceptions, CdPolicyException, i);
    cJSON *object = cd_json_member (array);
    add_exception (object, exception, holds (gate, exception));
    cJSON *excuses = cJSON_AddArrayToObject (object, "excuses");
    for (guint k = 0; k < gate->checks->len; k++) {
      const CdCheck *check = gate->checks->pdata[k];
      if (check->outcome == CD_OUTCOME_EXCEPTED && check->exception == exception)
        cJSON_AddItemToArray (excuses, cJSON_CreateString (check->id));
    }
  }
}

char *
cd_report_gate_json (const CdGate *gate)
{
  cJSON *root = cJSON_CreateObject ();
  cJSON_AddStringToObject (root, "schema", "candor-gate/1");
  cJSON *tool = cJSON_AddObjectToObject (root, "tool");
  cJSON_AddStringToObject (tool, "name", "candor");
  cJSON_AddStringToObject (tool, "version", CANDOR_VERSION);
  add_policy (root, gate->policy);
  cJSON_AddStringToObject (root, "date", gate->today);
  cJSON_AddStringToObject (root, "outcome", cd_outcome_name (gate->failed > 0 ? CD_OUTCOME_FAILED : CD_OUTCOME_PASSED));
  add_counts (root, gate);
  add_record (root, "subject", gate->record);
  add_record (root, "base", gate->base);
  cJSON *checks = cJSON_AddArrayToObject (root, "checks");
  for (guint i = 0; i < gate->checks->len; i++)
    add_check (checks, gate, gate->checks->pdata[i]);
  add_exceptions (root, gate);
  return cd_json_finish (root);
}
