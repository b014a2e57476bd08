/* What the work names as its data and releases as its weights, then and now. */
#include "difference/sides.h"
#include <string.h>

enum { NAMED = 1u, LOCATED = 2u, PINNED = 4u, LICENSED = 8u };

/* "at https://…, pinned, licence mit". */
static char *
dataset_state (const cJSON *dataset)
{
  const char *where = cd_record_string (dataset, "where"), *license = cd_record_string (dataset, "license");
  GString *words = g_string_new (NULL);
  if (where != NULL)
    g_string_append_printf (words, "at %s, ", where);
  else
    g_string_append (words, cd_record_true (dataset, "located") ? "located, " : "not located, ");
  g_string_append_printf (words, "%s, ", cd_record_true (dataset, "pinned") ? "pinned" : "not pinned");
  if (license != NULL)
    g_string_append_printf (words, "licence %s", license);
  else
    g_string_append (words, "no licence told");
  return g_string_free (words, FALSE);
}

static GPtrArray *
datasets_of (const CdRecord *record)
{
  GPtrArray *items = cd_items_new ();
  const cJSON *dataset = NULL;
  cJSON_ArrayForEach (dataset, cd_record_part (record, "provenance.datasets"))
  {
    const char *name = cd_record_string (dataset, "name"), *role = cd_record_string (dataset, "role");
    name = name != NULL ? name : "a dataset without a name";
    char *what = g_strdup_printf ("%s (%s)", name, role != NULL ? role : "use unknown");
    CdItem *item = cd_items_add (items, cd_item_key (name, role, CD_KEY_END), what, dataset_state (dataset), cd_item_place (dataset));
    if (g_strcmp0 (role, "training") == 0)
      item->holds = NAMED | (cd_record_true (dataset, "located") ? LOCATED : 0) | (cd_record_true (dataset, "pinned") ? PINNED : 0)
                    | (cd_record_string (dataset, "license") != NULL ? LICENSED : 0);
  }
  return items;
}

void
cd_difference_datasets (CdDifference *difference)
{
  g_autoptr (GPtrArray) before = datasets_of (difference->before), after = datasets_of (difference->after);
  cd_items_pair (before, after);
  cd_items_tell (difference, CD_CHANGED_DATASET, before, after, 0);
}

static GPtrArray *
weights_of (const CdRecord *record)
{
  GPtrArray *items = cd_items_new ();
  const cJSON *weights = NULL;
  cJSON_ArrayForEach (weights, cd_record_part (record, "provenance.weights"))
  {
    const char *id = cd_record_string (weights, "id");
    id = id != NULL ? id : "weights without a name";
    cd_items_add (items, g_strdup (id), g_strdup (id), g_strdup ("named"), cd_item_place (weights))->holds = NAMED;
  }
  return items;
}

void
cd_difference_weights (CdDifference *difference)
{
  g_autoptr (GPtrArray) before = weights_of (difference->before), after = weights_of (difference->after);
  cd_items_pair (before, after);
  cd_items_tell (difference, CD_CHANGED_WEIGHTS, before, after, 0);
}
