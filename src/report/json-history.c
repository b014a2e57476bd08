/* The JSON report: transparency over time, and what was said once and is said no more. */
#include "report/json-parts.h"

static void
add_ids (cJSON *object, const char *key, const GPtrArray *ids)
{
  cJSON *array = cJSON_AddArrayToObject (object, key);
  for (guint i = 0; i < ids->len; i++)
    cJSON_AddItemToArray (array, cJSON_CreateString (g_ptr_array_index (ids, i)));
}

static void
add_point (cJSON *points, const CdTimelinePoint *point)
{
  cJSON *object = cd_json_member (points);
  g_autofree char *date = cd_report_date (point->time);
  char hex[41];
  cd_oid_to_hex (&point->commit, hex);
  cJSON_AddStringToObject (object, "commit", hex);
  cd_json_text (object, "tag", point->tag);
  cJSON_AddStringToObject (object, "date", date);
  if (point->why == NULL)
    cJSON_AddNumberToObject (object, "total", point->total);
  else
    cJSON_AddNullToObject (object, "total");
  cJSON *dimensions = cJSON_AddArrayToObject (object, "dimensions");
  for (guint i = 0; i < point->dimensions->len; i++)
    cJSON_AddItemToArray (dimensions, cJSON_CreateNumber (g_array_index (point->dimensions, guint, i)));
  cd_json_text (object, "label", point->label);
  add_ids (object, "gained", point->gained);
  add_ids (object, "lost", point->lost);
  cd_json_text (object, "why", point->why);
}

static cJSON *
add_commit (cJSON *object, const char *key, const CdAudit *audit, guint index)
{
  const CdCommit *commit = &g_array_index (cd_history_commits (audit->history), CdCommit, index);
  g_autofree char *date = cd_report_date (commit->time);
  char hex[41];
  cd_oid_to_hex (&commit->oid, hex);
  cJSON *member = cJSON_AddObjectToObject (object, key);
  cJSON_AddStringToObject (member, "commit", hex);
  cJSON_AddStringToObject (member, "date", date);
  return member;
}

static void
add_removed (cJSON *array, const CdAudit *audit, const CdRemoved *removed)
{
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "kind", cd_removed_kind_name (removed->kind));
  cJSON_AddStringToObject (object, removed->kind == CD_REMOVED_DATASET ? "id" : "model", removed->what);
  cJSON_AddStringToObject (object, "path", removed->path);
  cJSON_AddNumberToObject (add_commit (object, "said_first", audit, removed->first), "line", removed->line);
  add_commit (object, "taken_away", audit, removed->taken);
  cd_json_text (object, "instead", removed->instead);
  cJSON_AddBoolToObject (object, "still_told", removed->still_told);
}

void
cd_json_history (cJSON *root, const CdAudit *audit)
{
  if (audit->timeline == NULL)
    return;
  cJSON *history = cJSON_AddObjectToObject (root, "history");
  cJSON *points = cJSON_AddArrayToObject (history, "points");
  for (guint i = 0; i < audit->timeline->len; i++)
    add_point (points, g_ptr_array_index (audit->timeline, i));
  cJSON *removed = cJSON_AddArrayToObject (history, "removed");
  for (guint i = 0; i < audit->removals->list->len; i++)
    add_removed (removed, audit, g_ptr_array_index (audit->removals->list, i));
  cJSON_AddNumberToObject (history, "unread", audit->removals->left);
}
