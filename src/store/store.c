/* The open database: how it is opened and closed, its statements, transactions and errors. What its tables are is migrations.c's, what is written into them
 * audits.c's, blobs.c's and merge.c's. */
#include "store/store-parts.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* For another process's transaction: each is a few milliseconds of writing, but a disk may be slow and eight may queue. */
#define WAIT_MILLISECONDS 60000
/* Turning a new file to WAL is refused at once, without waiting, while another process does the same. */
#define SWITCH_TRIES 600u
#define SWITCH_PAUSE_USEC 50000u
/* No audit and no blob's result comes near; a damaged or forged store must not ask for more. */
#define VALUE_BYTES (256 * 1024 * 1024)

static const struct {
  int result;
  CdErrorCode code;
  const char *says;
} faults[] = {
  { SQLITE_NOTADB, CD_ERROR_INPUT, "this file is no database, hence no store of audits" },
  { SQLITE_CORRUPT, CD_ERROR_INPUT, "the store is damaged; nothing was removed. Move it away: all that it holds can be made again" },
  { SQLITE_BUSY, CD_ERROR_INTERNAL, "the store is locked by another process, for longer than a minute" },
  { SQLITE_LOCKED, CD_ERROR_INTERNAL, "the store is locked" },
  { SQLITE_FULL, CD_ERROR_INTERNAL, "the disk is full" },
  { SQLITE_READONLY, CD_ERROR_INTERNAL, "the store cannot be written" },
  { SQLITE_PERM, CD_ERROR_INTERNAL, "the store cannot be written" },
  { SQLITE_CANTOPEN, CD_ERROR_INTERNAL, "the store cannot be opened" },
  { SQLITE_NOMEM, CD_ERROR_INTERNAL, "there is not enough memory for the store" },
};

gboolean
cd_store_fail (CdStore *store, GError **error)
{
  int result = sqlite3_errcode (store->database) & 0xff;
  int reason = result == SQLITE_CANTOPEN || result == SQLITE_IOERR ? sqlite3_system_errno (store->database) : 0;
  const char *detail = reason != 0 ? g_strerror (reason) : sqlite3_errmsg (store->database);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (faults[i].result == result) {
      g_set_error (error, CD_ERROR, (gint) faults[i].code, "%s: %s (%s)", store->path, faults[i].says, detail);
      return FALSE;
    }
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: the store cannot be used (%s)", store->path, detail);
  return FALSE;
}

gboolean
cd_store_run (CdStore *store, const char *sql, GError **error)
{
  return sqlite3_exec (store->database, sql, NULL, NULL, NULL) == SQLITE_OK || cd_store_fail (store, error);
}

gboolean
cd_store_number (CdStore *store, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = cd_store_statement (store, sql, error, NULL);
  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return cd_store_fail (store, error);
  *number = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

sqlite3_stmt *
cd_store_statement (CdStore *store, const char *sql, GError **error, ...)
{
  sqlite3_stmt *statement = g_hash_table_lookup (store->statements, sql);
  if (statement == NULL) {
    if (sqlite3_prepare_v3 (store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
      cd_store_fail (store, error);
      return NULL;
    }
    g_hash_table_insert (store->statements, (gpointer) sql, statement);
  }
  va_list texts;
  va_start (texts, error);
  int index = 0;
  for (const char *text; (text = va_arg (texts, const char *)) != NULL;)
    sqlite3_bind_text (statement, ++index, text, -1, SQLITE_STATIC);
  va_end (texts);
  return statement;
}

void
cd_store_release (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

gboolean
cd_store_finish (CdStore *store, sqlite3_stmt *statement, GError **error)
{
  int result;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    continue;
  return result == SQLITE_DONE || cd_store_fail (store, error);
}

gboolean
cd_store_begin (CdStore *store, GError **error)
{
  return cd_store_run (store, "BEGIN IMMEDIATE", error);
}

gboolean
cd_store_end (CdStore *store, gboolean good, GError **error)
{
  if (good && cd_store_run (store, "COMMIT", error))
    return TRUE;
  if (!sqlite3_get_autocommit (store->database)) /* some errors roll back by themselves */
    sqlite3_exec (store->database, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

/* A store may come from somebody else (a shard's): what its schema could make this process do is off. */
static void
distrust (sqlite3 *database)
{
  sqlite3_db_config (database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_limit (database, SQLITE_LIMIT_LENGTH, VALUE_BYTES);
  sqlite3_exec (database, "PRAGMA cell_size_check = ON", NULL, NULL, NULL);
}

/* In WAL mode readers never wait and one writer appends; NORMAL writes through to the disk at checkpoints only. After `kill -9` nothing that was
 * committed is lost; after a power cut the last transactions may be, whole ones, which is what a cache can bear: each is an audit to be made again. */
static gboolean
write_ahead (CdStore *store, GError **error)
{
  int result = SQLITE_BUSY;
  for (guint i = 0; i < SWITCH_TRIES && result == SQLITE_BUSY; i++) {
    if (i > 0)
      g_usleep (SWITCH_PAUSE_USEC);
    result = sqlite3_exec (store->database, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) & 0xff;
  }
  if (result != SQLITE_OK)
    return cd_store_fail (store, error);
  return cd_store_run (store, "PRAGMA synchronous = NORMAL", error);
}

/* What SQLite would only call "unable to open". */
static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: this is a folder, hence no store of audits", path);
    return FALSE;
  }
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", folder, g_strerror (errno));
  return FALSE;
}

CdStore *
cd_store_open (const char *path, GError **error)
{
  if (!make_folder (path, error))
    return NULL;
  g_autoptr (CdStore) store = g_new0 (CdStore, 1);
  store->path = g_strdup (path);
  store->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize);
  /* Named from the folder, so that a path such as ":memory:" or "file:…" is what it says. */
  g_autofree char *place = g_canonicalize_filename (path, NULL);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2 (place, &store->database, flags, NULL) != SQLITE_OK) {
    cd_store_fail (store, error);
    return NULL;
  }
  sqlite3_busy_timeout (store->database, WAIT_MILLISECONDS);
  distrust (store->database);
  gint64 version = 0;
  if (!cd_store_check (store, &version, error) || !write_ahead (store, error) || !cd_store_migrate (store, version, error))
    return NULL;
  return g_steal_pointer (&store);
}

void
cd_store_close (CdStore *store)
{
  if (store == NULL)
    return;
  g_hash_table_unref (store->statements);
  sqlite3_close (store->database);
  g_free (store->path);
  g_free (store);
}
