/* The table of what reading single blobs gave, by content: a cache below the audits. */
#include "store/store-parts.h"

GBytes *
cd_store_blob (CdStore *store, const char *key, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = cd_store_statement (store, "SELECT value FROM blob WHERE key = ?1", error, key, NULL);
  if (statement == NULL)
    return NULL;
  int result = sqlite3_step (statement);
  if (result == SQLITE_ROW) {
    const void *value = sqlite3_column_blob (statement, 0); /* before its length, as SQLite wants it */
    return g_bytes_new (value, (gsize) sqlite3_column_bytes (statement, 0));
  }
  if (result != SQLITE_DONE)
    cd_store_fail (store, error);
  return NULL;
}

static gboolean
put_blob (CdStore *store, const char *key, GBytes *value, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = cd_store_statement (store, "INSERT INTO blob (key, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING", error, key, NULL);
  if (statement == NULL)
    return FALSE;
  const void *bytes = g_bytes_get_data (value, NULL);
  sqlite3_bind_blob64 (statement, 2, bytes != NULL ? bytes : "", g_bytes_get_size (value), SQLITE_STATIC);
  return cd_store_finish (store, statement, error);
}

gboolean
cd_store_put_blobs (CdStore *store, GPtrArray *keys, GPtrArray *values, GError **error)
{
  g_return_val_if_fail (keys->len == values->len, FALSE);
  if (!cd_store_begin (store, error))
    return FALSE;
  gboolean good = TRUE;
  for (guint i = 0; good && i < keys->len; i++)
    good = put_blob (store, keys->pdata[i], values->pdata[i], error);
  return cd_store_end (store, good, error);
}
