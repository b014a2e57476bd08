/* One store taken over into another: what shards and other machines audited. */
#include "store/store-parts.h"
#include <glib/gstdio.h>
#include <string.h>

/* Rows that fail the table's own conditions cannot come from a whole store, and end the merge. */
#define TAKE_AUDITS                                                                                                                                  \
  "INSERT INTO main.audit (work, source, revision, options, rules, date, json, failure)"                                                             \
  " SELECT work, source, revision, options, rules, date, json, failure FROM other.audit WHERE TRUE ORDER BY id"                                      \
  " ON CONFLICT DO UPDATE SET date = excluded.date, json = excluded.json, failure = NULL"                                                            \
  " WHERE main.audit.failure IS NOT NULL AND excluded.json IS NOT NULL"
#define TAKE_BLOBS "INSERT INTO main.blob (key, value) SELECT key, value FROM other.blob WHERE TRUE ORDER BY id ON CONFLICT DO NOTHING"

static gboolean
attach (CdStore *store, const char *path, GError **error)
{
  g_autofree char *place = g_canonicalize_filename (path, NULL);
  g_autoptr (sqlite3_stmt) statement = cd_store_statement (store, "ATTACH ?1 AS other", error, place, NULL);
  return statement != NULL && cd_store_finish (store, statement, error);
}

static gboolean
is_same (const char *a, const char *b)
{
  GStatBuf first, second;
  return g_stat (a, &first) == 0 && g_stat (b, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* The other store is brought up to date first, so that both have the same tables. */
gboolean
cd_store_merge (CdStore *store, const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: there is no such store", path);
    return FALSE;
  }
  if (is_same (store->path, path))
    return TRUE;
  CdStore *other = cd_store_open (path, error);
  if (other == NULL)
    return FALSE;
  cd_store_close (other);
  if (!attach (store, path, error))
    return FALSE;
  gboolean good = cd_store_begin (store, error)
                  && cd_store_end (store, cd_store_run (store, TAKE_AUDITS, error) && cd_store_run (store, TAKE_BLOBS, error), error);
  if (!good)
    g_prefix_error (error, "while %s was taken over: ", path);
  sqlite3_exec (store->database, "DETACH other", NULL, NULL, NULL);
  return good;
}
