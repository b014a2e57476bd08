/* Leaves out of an audit what quotes the repository, for reports that are published: the keys that do are the table below; whoever adds a key with text of
 * a repository adds it here. Names (of models, datasets, benchmarks, files, options), ids, paths, addresses, figures and Candor's own words stay, and so do
 * the reasons that persons sign. */
#include "record/record.h"
#include "base/json.h"
#include <string.h>

/* Keys whose value is text of the repository, by the nearest key above their object that is a list's or an object's. */
static const struct {
  const char *within, *key;
} quoted[] = {
  { "training", "command" },   /* of "commands" */
  { "evaluation", "command" }, /* likewise */
  { "candidates", "section" }, /* headings and captions over a passage */
};

/* A model answers with the passages before it, and its reasons repeat them. */
#define MODEL "model"
#define WITHOUT_REASON "readers answered; the reasons of models are left out"

static void
strip_reasons (cJSON *verdict)
{
  gboolean heard = FALSE;
  cJSON *opinion = NULL;
  cJSON_ArrayForEach (opinion, cJSON_GetObjectItemCaseSensitive (verdict, "assessments"))
  {
    if (g_strcmp0 (cd_record_string (opinion, "kind"), MODEL) != 0)
      continue;
    cJSON_DeleteItemFromObjectCaseSensitive (opinion, "reason");
    heard = TRUE;
  }
  /* Readers' verdicts give the first reader's reason, whichever that is. */
  if (heard && g_strcmp0 (cd_record_string (verdict, "basis"), "assessed") == 0)
    cJSON_ReplaceItemInObjectCaseSensitive (verdict, "why", cJSON_CreateString (WITHOUT_REASON));
}

static void
strip (cJSON *item, const char *within)
{
  for (guint i = 0; cJSON_IsObject (item) && i < G_N_ELEMENTS (quoted); i++)
    if (g_str_equal (quoted[i].within, within))
      cJSON_DeleteItemFromObjectCaseSensitive (item, quoted[i].key);
  if (cJSON_IsObject (item) && g_str_equal (within, "verdicts"))
    strip_reasons (item);
  cJSON *child = NULL;
  cJSON_ArrayForEach (child, item) strip (child, child->string != NULL ? child->string : within);
}

char *
cd_record_without_excerpts (const CdRecord *record)
{
  cJSON *copy = cJSON_Duplicate (record->json, TRUE);
  strip (copy, "");
  return cd_json_finish (copy);
}
