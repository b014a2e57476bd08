/* What an audit's JSON holds under a key, without a struct of its own. */
#include "base/forge.h"
#include "record/record.h"

const cJSON *
cd_record_part (const CdRecord *record, const char *keys)
{
  g_auto (GStrv) path = g_strsplit (keys, ".", -1);
  const cJSON *at = record->json;
  for (char **key = path; *key != NULL && at != NULL; key++)
    at = cJSON_GetObjectItemCaseSensitive (at, *key);
  return cJSON_IsNull (at) ? NULL : at;
}

const char *
cd_record_string (const cJSON *object, const char *key)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, key);
  return cJSON_IsString (item) ? item->valuestring : NULL;
}

double
cd_record_number (const cJSON *object, const char *key, double fallback)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, key);
  return cJSON_IsNumber (item) ? item->valuedouble : fallback;
}

gboolean
cd_record_true (const cJSON *object, const char *key)
{
  return cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (object, key));
}

static guint
line_at (const cJSON *object, const char *key)
{
  double value = cd_record_number (object, key, 0);
  return value >= 0 && value < G_MAXUINT ? (guint) value : 0;
}

CdRecordPlace
cd_record_place (const cJSON *object)
{
  CdRecordPlace place = { .path = cd_record_string (object, "path"),
                          .line = line_at (object, "line"),
                          .end = line_at (object, "end"),
                          .blob = cd_record_string (object, "blob"),
                          .says = cd_record_string (object, "says") };
  place.path = place.path != NULL ? place.path : "";
  place.end = MAX (place.end, place.line);
  return place;
}

GArray *
cd_record_places (const cJSON *object, const char *key)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (CdRecordPlace));
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive (object, key))
  {
    CdRecordPlace place = cd_record_place (item);
    g_array_append_val (places, place);
  }
  return places;
}

/* Lines of these are lines of the text that was extracted, which no forge shows. */
static gboolean
has_lines (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  return !g_str_has_suffix (lower, ".pdf") && !g_str_has_suffix (lower, ".ipynb");
}

char *
cd_record_link (const CdRecord *record, const CdRecordPlace *place)
{
  gboolean lines = has_lines (place->path);
  return *place->path == '\0' ? NULL : cd_forge_link (record->remote, record->commit, place->path, lines ? place->line : 0, lines ? place->end : 0);
}
