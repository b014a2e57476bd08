/* Rows of a leaderboard out of the store, ranked. */
#include "leaderboard/leaderboard-parts.h"
#include <string.h>

static void
free_row (gpointer data)
{
  CdLeaderboardRow *row = data;
  g_clear_pointer (&row->record, cd_record_free);
  g_clear_pointer (&row->earlier, g_ptr_array_unref);
  g_free (row->json);
  g_free (row->failure);
  g_free (row);
}

/* A record of what was stored; an audit that this program cannot read back is a failure of the store's, told as the row's. */
static CdRecord *
read_record (const CdStoredAudit *audit, char **failure)
{
  g_autoptr (GError) why = NULL;
  CdRecord *record = cd_record_read (audit->json, strlen (audit->json), audit->work, &why);
  if (record == NULL && failure != NULL)
    *failure = g_strdup_printf ("what the store holds of it is no audit: %s", why->message);
  return record;
}

static gboolean
is_known (const CdLeaderboardRow *row, const char *commit)
{
  if (row->record != NULL && g_str_equal (row->record->commit, commit))
    return TRUE;
  for (guint i = 0; i < row->earlier->len; i++)
    if (g_str_equal (((const CdRecord *) row->earlier->pdata[i])->commit, commit))
      return TRUE;
  return FALSE;
}

/* The same commit may be there twice: from a clone and from its URL. */
static void
add_earlier (CdLeaderboardRow *row, const CdStoredAudit *audit)
{
  g_autoptr (CdRecord) record = audit->json != NULL ? read_record (audit, NULL) : NULL;
  if (record != NULL && !is_known (row, record->commit))
    g_ptr_array_add (row->earlier, g_steal_pointer (&record));
}

static gboolean
is_under (const CdStoredAudit *audit, const CdStoreKey *key)
{
  return g_str_equal (audit->source, key->source) && g_str_equal (audit->commit, key->commit);
}

/* Not under way in this run, nor before: the store was emptied by somebody else. */
#define NOT_THERE "the store has no audit of it; run the leaderboard again"

static CdLeaderboardRow *
row_new (const CdTask *task, GPtrArray *audits, const char *rules)
{
  CdStoreKey key = cd_task_key (task, rules);
  CdLeaderboardRow *row = g_new0 (CdLeaderboardRow, 1);
  row->work = task->entry;
  row->earlier = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_record_free);
  for (guint i = 0; i < audits->len; i++) {
    CdStoredAudit *audit = audits->pdata[i];
    if (!is_under (audit, &key))
      continue;
    row->record = audit->json != NULL ? read_record (audit, &row->failure) : NULL;
    if (row->record != NULL)
      row->json = g_steal_pointer (&audit->json);
    else if (row->failure == NULL)
      row->failure = g_strdup (audit->failure);
  }
  for (guint i = 0; i < audits->len; i++)
    if (!is_under (audits->pdata[i], &key))
      add_earlier (row, audits->pdata[i]);
  if (row->record == NULL && row->failure == NULL)
    row->failure = g_strdup (NOT_THERE);
  return row;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const CdLeaderboardRow *one = *(const CdLeaderboardRow *const *) a, *other = *(const CdLeaderboardRow *const *) b;
  if ((one->record == NULL) != (other->record == NULL))
    return one->record == NULL ? 1 : -1;
  if (one->record != NULL && one->record->total != other->record->total)
    return one->record->total > other->record->total ? -1 : 1;
  if (one->record != NULL && (one->record->expected > other->record->expected || one->record->expected < other->record->expected))
    return one->record->expected > other->record->expected ? -1 : 1;
  return strcmp (one->work->name, other->work->name);
}

static void
rank_rows (GPtrArray *rows)
{
  g_ptr_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++) {
    CdLeaderboardRow *row = rows->pdata[i], *before = i > 0 ? rows->pdata[i - 1] : NULL;
    if (row->record != NULL)
      row->rank = before != NULL && before->record->total == row->record->total ? before->rank : i + 1;
  }
}

GPtrArray *
cd_rows_read (const GPtrArray *tasks, CdStore *store, const char *rules, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  for (guint i = 0; i < tasks->len; i++) {
    const CdTask *task = tasks->pdata[i];
    g_autoptr (GPtrArray) audits = cd_store_of_work (store, task->entry->name, task->shape, rules, error);
    if (audits == NULL)
      return NULL;
    g_ptr_array_add (rows, row_new (task, audits, rules));
  }
  rank_rows (rows);
  return g_steal_pointer (&rows);
}
