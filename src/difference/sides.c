/* Finds for each thing of one list its counterpart in another, by hash, and tells what has none or has another state. What the things are is left to the
 * files of the kinds. */
#include "difference/sides.h"
#include <string.h>

static void
free_item (gpointer data)
{
  CdItem *item = data;
  g_free (item->key);
  g_free (item->same);
  g_free (item->what);
  g_free (item->state);
  g_free (item);
}

GPtrArray *
cd_items_new (void)
{
  return g_ptr_array_new_with_free_func (free_item);
}

CdItem *
cd_items_add (GPtrArray *items, char *key, char *what, char *state, CdRecordPlace where)
{
  CdItem *item = g_new0 (CdItem, 1);
  *item = (CdItem){ .key = key, .what = what, .state = state, .where = where };
  g_ptr_array_add (items, item);
  return item;
}

char *
cd_item_key (const char *first, ...)
{
  GString *key = g_string_new (NULL);
  va_list rest;
  va_start (rest, first);
  for (const char *part = first; part != CD_KEY_END; part = va_arg (rest, const char *))
    g_string_append_printf (key, "%s%c", part != NULL ? part : "\x1e", '\x1f');
  va_end (rest);
  return g_string_free (key, FALSE);
}

/* The items without a counterpart under the key that a pass goes by, first one first. */
static void
pass (GPtrArray *before, GPtrArray *after, gboolean same)
{
  g_autoptr (GHashTable) waiting = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_queue_free);
  for (guint i = 0; i < before->len; i++) {
    CdItem *item = before->pdata[i];
    char *key = same ? item->same : item->key;
    if (item->other != NULL)
      continue;
    GQueue *queue = g_hash_table_lookup (waiting, key);
    if (queue == NULL) {
      queue = g_queue_new ();
      g_hash_table_insert (waiting, key, queue);
    }
    g_queue_push_tail (queue, item);
  }
  for (guint i = 0; i < after->len; i++) {
    CdItem *item = after->pdata[i];
    GQueue *queue = item->other != NULL ? NULL : g_hash_table_lookup (waiting, same ? item->same : item->key);
    CdItem *found = queue != NULL ? g_queue_pop_head (queue) : NULL;
    if (found == NULL)
      continue;
    found->other = item;
    item->other = found;
  }
}

static void
name_same (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    CdItem *item = items->pdata[i];
    if (item->same == NULL)
      item->same = cd_item_key (item->key, item->state, CD_KEY_END);
  }
}

void
cd_items_pair (GPtrArray *before, GPtrArray *after)
{
  name_same (before);
  name_same (after);
  pass (before, after, TRUE);
  pass (before, after, FALSE);
}

static void
tell (CdDifference *difference, CdChangedKind kind, const CdItem *before, const CdItem *after, guint absent)
{
  const CdItem *shown = after != NULL ? after : before;
  guint had = before != NULL ? before->holds : absent, has = after != NULL ? after->holds : absent;
  CdChange *change = g_new0 (CdChange, 1);
  *change = (CdChange){ .kind = kind,
                        .what = g_strdup (shown->what),
                        .before = before != NULL ? g_strdup (before->state) : NULL,
                        .after = after != NULL ? g_strdup (after->state) : NULL,
                        .worse = (had & ~has) != 0,
                        .where = shown->where,
                        .gone = after == NULL };
  g_ptr_array_add (difference->changes, change);
}

void
cd_items_tell (CdDifference *difference, CdChangedKind kind, const GPtrArray *before, const GPtrArray *after, guint absent)
{
  for (guint i = 0; i < after->len; i++) {
    const CdItem *item = after->pdata[i];
    if (item->other == NULL || !g_str_equal (item->state, item->other->state))
      tell (difference, kind, item->other, item, absent);
  }
  for (guint i = 0; i < before->len; i++) {
    const CdItem *item = before->pdata[i];
    if (item->other == NULL)
      tell (difference, kind, item, NULL, absent);
  }
}

CdRecordPlace
cd_item_place (const cJSON *object)
{
  const cJSON *evidence = cJSON_GetObjectItemCaseSensitive (object, "evidence");
  return cd_record_place (evidence != NULL ? evidence->child : NULL);
}

char *
cd_item_figure (double value, int decimals, const char *unit)
{
  g_autofree char *figure = decimals >= 0 ? g_strdup_printf ("%.*f", MIN (decimals, 10), value) : g_strdup_printf ("%.10g", value);
  if (unit == NULL || g_str_equal (unit, "percent"))
    return g_steal_pointer (&figure);
  return g_strdup_printf ("%s (%s)", figure, unit);
}
