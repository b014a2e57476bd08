/* What is risky about the tree, then and now: each place is a risk of its own, found again by its file, or by the file's bytes where that was moved. */
#include "difference/sides.h"
#include <string.h>

/* A side without the risk holds what one with it does not. */
#define FREE_OF_IT 1u

static void
add_risk (GPtrArray *items, const char *code, CdRecordPlace where)
{
  char *what = *where.path != '\0' ? g_strdup_printf ("%s in %s", code, where.path) : g_strdup (code);
  CdItem *item = cd_items_add (items, cd_item_key (code, where.path, CD_KEY_END), what, g_strdup ("found"), where);
  g_autofree char *line = g_strdup_printf ("%u", where.line);
  if (where.blob != NULL)
    item->same = cd_item_key (code, where.blob, line, CD_KEY_END);
}

static GPtrArray *
risks_of (const CdRecord *record)
{
  GPtrArray *items = cd_items_new ();
  const cJSON *risk = NULL;
  cJSON_ArrayForEach (risk, cd_record_part (record, "risks"))
  {
    const char *code = cd_record_string (risk, "code");
    g_autoptr (GArray) places = cd_record_places (risk, "evidence");
    for (guint i = 0; i < places->len; i++)
      add_risk (items, code != NULL ? code : "a risk without a name", g_array_index (places, CdRecordPlace, i));
  }
  return items;
}

void
cd_difference_risks (CdDifference *difference)
{
  g_autoptr (GPtrArray) before = risks_of (difference->before), after = risks_of (difference->after);
  cd_items_pair (before, after);
  cd_items_tell (difference, CD_CHANGED_RISK, before, after, FREE_OF_IT);
}
