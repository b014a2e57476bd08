/* Leaves out of an audit what quotes the repository, for reports that are published: the names of the keys that do are the table below. */
#include "record/record.h"
#include "base/json.h"
#include <string.h>

/* Keys whose value is text of the repository, by the object that holds them ("" any). Names, ids, paths, figures and Candor's own words stay. */
static const struct {
  const char *within, *key;
} quoted[] = {
  { "commands", "command" },
  { "candidates", "section" },
};

static void
strip (cJSON *item, const char *within)
{
  for (guint i = 0; cJSON_IsObject (item) && i < G_N_ELEMENTS (quoted); i++)
    if (g_str_equal (quoted[i].within, within))
      cJSON_DeleteItemFromObjectCaseSensitive (item, quoted[i].key);
  cJSON *child = NULL;
  cJSON_ArrayForEach (child, item) strip (child, child->string == NULL || g_str_equal (within, "commands") ? within : child->string);
}

char *
cd_record_without_excerpts (const CdRecord *record)
{
  cJSON *copy = cJSON_Duplicate (record->json, TRUE);
  strip (copy, "");
  return cd_json_finish (copy);
}
