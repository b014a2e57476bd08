/* The table of audits: one row a key, an audit or why there is none. */
#include "store/store-parts.h"
#include <cjson/cJSON.h>

#define COLUMNS "work, source, revision, options, rules, json, failure"

void
cd_stored_audit_free (CdStoredAudit *audit)
{
  if (audit == NULL)
    return;
  g_free (audit->work);
  g_free (audit->source);
  g_free (audit->commit);
  g_free (audit->options);
  g_free (audit->rules);
  g_free (audit->json);
  g_free (audit->failure);
  g_free (audit);
}

/* The commit's date as the audit tells it, "" where it does not. Caller frees. */
static char *
date_of (const char *json)
{
  cJSON *root = json != NULL ? cJSON_Parse (json) : NULL;
  const char *date = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (cJSON_GetObjectItemCaseSensitive (root, "subject"), "date"));
  char *copy = g_strdup (date ? date : "");
  cJSON_Delete (root);
  return copy;
}

static gboolean
put (CdStore *store, const CdStoreKey *key, const char *date, GBytes *packed, const char *failure, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = cd_store_statement (store,
                            "INSERT INTO audit (work, source, revision, options, rules, date, json, failure) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                            " ON CONFLICT DO UPDATE SET date = excluded.date, json = excluded.json, failure = excluded.failure"
                            " WHERE excluded.json IS NOT NULL OR audit.json IS NULL",
                            error, key->work, key->source, key->commit, key->options, key->rules, date, NULL);
  if (statement == NULL)
    return FALSE;
  if (packed != NULL)
    sqlite3_bind_blob64 (statement, 7, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), SQLITE_STATIC);
  else
    sqlite3_bind_text (statement, 8, failure, -1, SQLITE_STATIC);
  return cd_store_finish (store, statement, error);
}

gboolean
cd_store_put (CdStore *store, const CdStoreKey *key, const char *json, const char *failure, GError **error)
{
  g_return_val_if_fail ((json == NULL) != (failure == NULL), FALSE);
  g_autofree char *date = date_of (json);
  g_autoptr (GBytes) packed = json != NULL ? cd_store_pack (json, error) : NULL;
  if (json != NULL && packed == NULL)
    return FALSE;
  return cd_store_begin (store, error) && cd_store_end (store, put (store, key, date, packed, failure, error), error);
}

static char *
column (sqlite3_stmt *statement, int index)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, index));
}

/* The row that a statement over COLUMNS stands at; NULL with an error where its JSON is damaged. */
static CdStoredAudit *
read_row (CdStore *store, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (CdStoredAudit) audit = g_new0 (CdStoredAudit, 1);
  audit->work = column (statement, 0);
  audit->source = column (statement, 1);
  audit->commit = column (statement, 2);
  audit->options = column (statement, 3);
  audit->rules = column (statement, 4);
  audit->failure = column (statement, 6);
  if (audit->failure != NULL)
    return g_steal_pointer (&audit);
  const void *packed = sqlite3_column_blob (statement, 5);
  audit->json = cd_store_unpack (packed, (gsize) sqlite3_column_bytes (statement, 5), error);
  if (audit->json != NULL)
    return g_steal_pointer (&audit);
  g_prefix_error (error, "%s: ", store->path);
  return NULL;
}

#define UNDER_KEY " FROM audit WHERE work = ?1 AND source = ?2 AND revision = ?3 AND options = ?4 AND rules = ?5"

gboolean
cd_store_has (CdStore *store, const CdStoreKey *key, gboolean *has, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = cd_store_statement (store, "SELECT 1" UNDER_KEY " AND json IS NOT NULL", error, key->work, key->source,
                                                           key->commit, key->options, key->rules, NULL);
  int result = statement != NULL ? sqlite3_step (statement) : SQLITE_ERROR;
  *has = result == SQLITE_ROW;
  return *has || result == SQLITE_DONE || (statement != NULL && cd_store_fail (store, error));
}

CdStoredAudit *
cd_store_get (CdStore *store, const CdStoreKey *key, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = cd_store_statement (store, "SELECT " COLUMNS UNDER_KEY, error, key->work, key->source, key->commit, key->options, key->rules, NULL);
  if (statement == NULL)
    return NULL;
  int result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return read_row (store, statement, error);
  if (result != SQLITE_DONE)
    cd_store_fail (store, error);
  return NULL;
}

GPtrArray *
cd_store_of_work (CdStore *store, const char *work, const char *options, const char *rules, GError **error)
{
  g_autoptr (GPtrArray) audits = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_stored_audit_free);
  g_autoptr (sqlite3_stmt) statement = cd_store_statement (store,
                                                           "SELECT " COLUMNS " FROM audit WHERE work = ?1 AND options = ?2 AND rules = ?3"
                                                           " ORDER BY date, revision, source",
                                                           error, work, options, rules, NULL);
  int result = SQLITE_DONE;
  while (statement != NULL && (result = sqlite3_step (statement)) == SQLITE_ROW) {
    CdStoredAudit *audit = read_row (store, statement, error);
    if (audit == NULL)
      return NULL;
    g_ptr_array_add (audits, audit);
  }
  if (statement == NULL || (result != SQLITE_DONE && !cd_store_fail (store, error)))
    return NULL;
  return g_steal_pointer (&audits);
}
