/* What the files of this folder share: the open database, its statements and transactions. Not for other folders: it includes SQLite. */
#pragma once
#include "store/store.h"
#include <sqlite3.h>

struct _CdStore {
  sqlite3 *database;
  char *path;
  GHashTable *statements; /* SQL, a literal → sqlite3_stmt, compiled once */
};

/* Sets error from the database's last result, with the store's path and what to do about it. Always returns FALSE. */
gboolean cd_store_fail (CdStore *store, GError **error);
/* Runs SQL that gives no rows. */
gboolean cd_store_run (CdStore *store, const char *sql, GError **error);
/* A number that a PRAGMA or a count tells. */
gboolean cd_store_number (CdStore *store, const char *sql, gint64 *number, GError **error);

/* The statement of a literal, with texts bound to its first parameters (ended by a NULL); released when it goes out of scope, kept for the next use. NULL with
 * an error. Only one use at a time. */
sqlite3_stmt *cd_store_statement (CdStore *store, const char *sql, GError **error, ...) G_GNUC_NULL_TERMINATED;
void cd_store_release (sqlite3_stmt *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, cd_store_release)
/* Runs a statement to its end. */
gboolean cd_store_finish (CdStore *store, sqlite3_stmt *statement, GError **error);

/* A transaction that writes: it waits for other writers at its begin and nowhere else, so that none can be locked out half way. */
gboolean cd_store_begin (CdStore *store, GError **error);
/* Commits where good is TRUE and that can be done, else rolls back. TRUE where it is committed. */
gboolean cd_store_end (CdStore *store, gboolean good, GError **error);

/* migrations.c */
/* Reads only: FALSE with CD_ERROR_INPUT where the file is another program's database or of a newer version. */
gboolean cd_store_check (CdStore *store, gint64 *version, GError **error);
/* Makes the tables of a new file, brings one of an older version up to date. */
gboolean cd_store_migrate (CdStore *store, gint64 version, GError **error);

/* packed.c: an audit's JSON as it is stored. NULL with CD_ERROR_INPUT where bytes are not such (a damaged store). */
GBytes *cd_store_pack (const char *json, GError **error);
char *cd_store_unpack (const void *bytes, gsize length, GError **error);
