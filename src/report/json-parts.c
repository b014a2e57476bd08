/* What the parts of the JSON report share: texts that may be absent, members of lists, places. */
#include "report/json-parts.h"
#include <math.h>
#include <string.h>

void
cd_json_text (cJSON *object, const char *key, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, key, text);
  else
    cJSON_AddNullToObject (object, key);
}

void
cd_json_count (cJSON *object, const char *key, gint64 count)
{
  if (count > 0)
    cJSON_AddNumberToObject (object, key, (double) count);
  else
    cJSON_AddNullToObject (object, key);
}

cJSON *
cd_json_member (cJSON *array)
{
  cJSON *member = cJSON_CreateObject ();
  cJSON_AddItemToArray (array, member);
  return member;
}

void
cd_json_place (cJSON *array, const CdAudit *audit, guint document, guint line, guint end, const char *says)
{
  if (document == G_MAXUINT)
    return;
  const CdDocument *spoken = audit->corpus->documents->pdata[document];
  cJSON *place = cd_json_member (array);
  char hex[41];
  cd_oid_to_hex (&spoken->oid, hex);
  cJSON_AddStringToObject (place, "path", spoken->path);
  cJSON_AddNumberToObject (place, "line", line);
  cJSON_AddNumberToObject (place, "end", MAX (end, line));
  cJSON_AddStringToObject (place, "blob", hex);
  cd_json_text (place, "says", says);
}

void
cd_json_evidence (cJSON *object, const CdAudit *audit, const GArray *evidence)
{
  cJSON *array = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < evidence->len; i++) {
    const CdEvidence *place = &g_array_index (evidence, CdEvidence, i);
    cd_json_place (array, audit, place->document, place->line, place->end, place->says);
  }
}

double
cd_json_plain (double value, double unit)
{
  return round (value / unit) * unit;
}
