/* A difference as JSON (schemas/difference.schema.json): all of it, nothing cut. */
#include "report/difference.h"
#include "report/json-parts.h"

static void
add_place (cJSON *array, const CdRecordPlace *place)
{
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "path", place->path);
  cJSON_AddNumberToObject (object, "line", place->line);
  cJSON_AddNumberToObject (object, "end", place->end);
  cd_json_text (object, "blob", place->blob);
  cd_json_text (object, "says", place->says);
}

static void
add_side (cJSON *root, const char *key, const CdRecord *record)
{
  cJSON *side = cJSON_AddObjectToObject (root, key);
  cd_json_text (side, "remote", record->remote);
  cJSON_AddStringToObject (side, "commit", record->commit);
  cJSON_AddStringToObject (side, "subdir", record->subdir);
  cd_json_text (side, "date", record->date);
  cJSON_AddStringToObject (side, "version", record->tool_version);
  cJSON *rubric = cJSON_AddObjectToObject (side, "rubric");
  cJSON_AddStringToObject (rubric, "id", record->rubric);
  cJSON_AddStringToObject (rubric, "version", record->rubric_version);
  cJSON_AddStringToObject (rubric, "sha256", record->rubric_sha256);
  cJSON_AddStringToObject (side, "knowledge_sha256", record->knowledge_sha256);
  cJSON_AddNumberToObject (side, "total", record->total);
  cJSON_AddNumberToObject (side, "of", record->of);
  cJSON_AddNumberToObject (side, "expected", record->expected);
  cJSON *likely = cJSON_AddArrayToObject (side, "likely");
  for (guint i = 0; i < G_N_ELEMENTS (record->likely); i++)
    cJSON_AddItemToArray (likely, cJSON_CreateNumber (record->likely[i]));
  cJSON_AddStringToObject (side, "openness", record->openness);
  cJSON_AddStringToObject (side, "label", record->label);
}

static void
add_points (cJSON *object, const char *key, const CdRecordDimension *dimension)
{
  if (dimension == NULL) {
    cJSON_AddNullToObject (object, key);
    return;
  }
  cJSON *points = cJSON_AddObjectToObject (object, key);
  cJSON_AddNumberToObject (points, "points", dimension->points);
  cJSON_AddNumberToObject (points, "of", dimension->of);
}

static void
add_dimensions (cJSON *root, const CdDifference *difference)
{
  cJSON *array = cJSON_AddArrayToObject (root, "dimensions");
  g_autoptr (GArray) rows = cd_difference_rows (difference);
  for (guint i = 0; i < rows->len; i++) {
    const CdDifferenceRow *row = &g_array_index (rows, CdDifferenceRow, i);
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "id", row->after != NULL ? row->after->id : row->before->id);
    cJSON_AddStringToObject (object, "name", row->name);
    add_points (object, "before", row->before);
    add_points (object, "after", row->after);
    if (row->before != NULL && row->after != NULL)
      cJSON_AddNumberToObject (object, "change", (double) row->after->points - row->before->points);
    else
      cJSON_AddNullToObject (object, "change");
  }
}

static void
add_verdict (cJSON *object, const char *key, const CdRecordVerdict *verdict)
{
  if (verdict == NULL) {
    cJSON_AddNullToObject (object, key);
    return;
  }
  cJSON *side = cJSON_AddObjectToObject (object, key);
  cJSON_AddBoolToObject (side, "yes", verdict->yes);
  cJSON_AddNumberToObject (side, "certainty", verdict->certainty);
  cJSON_AddBoolToObject (side, "settled", verdict->settled);
  cJSON_AddStringToObject (side, "basis", verdict->basis);
  cJSON_AddStringToObject (side, "why", verdict->why);
  cJSON *evidence = cJSON_AddArrayToObject (side, "evidence");
  for (guint i = 0; i < verdict->evidence->len; i++)
    add_place (evidence, &g_array_index (verdict->evidence, CdRecordPlace, i));
}

static void
add_list (cJSON *root, const CdDifference *difference, CdDifferenceListKind kind)
{
  static const char *const keys[CD_LISTS] = { "gained", "lost", "settled", "unsettled" };
  const CdDifferenceList list = cd_difference_list (difference, kind);
  cJSON *array = cJSON_AddArrayToObject (root, keys[kind]);
  for (guint i = 0; i < list.verdicts->len; i++) {
    const CdVerdictChange *change = &g_array_index (list.verdicts, CdVerdictChange, i);
    const CdRecordVerdict *shown = cd_difference_shown (&list, change);
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "id", shown->id);
    cJSON_AddStringToObject (object, "question", shown->question);
    cJSON_AddNumberToObject (object, "of", shown->of);
    add_verdict (object, "before", change->before);
    add_verdict (object, "after", change->after);
  }
}

static void
add_changes (cJSON *root, const CdDifference *difference)
{
  cJSON *array = cJSON_AddArrayToObject (root, "changes");
  for (guint i = 0; i < difference->changes->len; i++) {
    const CdChange *change = difference->changes->pdata[i];
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "kind", cd_changed_kind_name (change->kind));
    cJSON_AddStringToObject (object, "what", change->what);
    cd_json_text (object, "before", change->before);
    cd_json_text (object, "after", change->after);
    cJSON_AddBoolToObject (object, "worse", change->worse);
    cJSON_AddStringToObject (object, "side", change->gone ? "before" : "after");
    cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
    if (*change->where.path != '\0')
      add_place (evidence, &change->where);
  }
}

char *
cd_difference_json (const CdDifference *difference)
{
  cJSON *root = cJSON_CreateObject ();
  cJSON_AddStringToObject (root, "schema", "candor-difference/1");
  cJSON_AddBoolToObject (root, "empty", cd_difference_is_empty (difference));
  cJSON_AddBoolToObject (root, "same_rules", difference->same_rules);
  cJSON_AddBoolToObject (root, "two_works", difference->two_works);
  add_side (root, "before", difference->before);
  add_side (root, "after", difference->after);
  if (difference->before->of == difference->after->of)
    cJSON_AddNumberToObject (root, "change", (double) difference->after->total - difference->before->total);
  else
    cJSON_AddNullToObject (root, "change");
  add_dimensions (root, difference);
  for (guint kind = 0; kind < CD_LISTS; kind++)
    add_list (root, difference, kind);
  add_changes (root, difference);
  return cd_json_finish (root);
}
