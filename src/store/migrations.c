/* The tables, as the steps that lead to them: step i makes version i + 1 of version i, in one transaction. A step that was released never changes; what
 * comes is a new row at the end. Every version so far has the table of audits with the columns of the first. */
#include "store/store-parts.h"

#define APPLICATION_ID 0x436e6472 /* "Cndr": by this SQLite's header tells whose file it is */

static const char *const steps[] = {
  /* 1: the audits; json is packed (packed.c), date is the commit's */
  "CREATE TABLE audit ("
  " id INTEGER PRIMARY KEY,"
  " work TEXT NOT NULL,"
  " source TEXT NOT NULL,"
  " revision TEXT NOT NULL,"
  " options TEXT NOT NULL,"
  " rules TEXT NOT NULL,"
  " date TEXT NOT NULL,"
  " json BLOB,"
  " failure TEXT,"
  " CHECK ((json IS NULL) <> (failure IS NULL)),"
  " UNIQUE (work, options, rules, revision, source))",

  /* 2: what reading a blob gave. Rows are appended, keys are digests: only their index is written at random places. */
  "CREATE TABLE blob ("
  " id INTEGER PRIMARY KEY,"
  " key TEXT NOT NULL UNIQUE,"
  " value BLOB NOT NULL)",
};

/* Of a file that nothing was ever written into all three are 0. In a transaction, so that they are of one moment. */
static gboolean
read_version (CdStore *store, gint64 *version, GError **error)
{
  gint64 application = 0, tables = 0;
  if (!cd_store_number (store, "PRAGMA application_id", &application, error) || !cd_store_number (store, "PRAGMA user_version", version, error)
      || !cd_store_number (store, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;
  if (application == 0 && *version == 0 && tables == 0)
    return TRUE;
  if (application != APPLICATION_ID || *version <= 0)
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: this is another program's database, not a store of audits", store->path);
  else if (*version > (gint64) G_N_ELEMENTS (steps))
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT,
                 "%s: a newer candor made this store: its version is %" G_GINT64_FORMAT
                 ", and this program knows versions up to %u. Use that program, or "
                 "another file",
                 store->path, *version, (guint) G_N_ELEMENTS (steps));
  else
    return TRUE;
  return FALSE;
}

gboolean
cd_store_check (CdStore *store, gint64 *version, GError **error)
{
  return cd_store_run (store, "BEGIN", error) && cd_store_end (store, read_version (store, version, error), error);
}

static gboolean
take_step (CdStore *store, gint64 version, GError **error)
{
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %" G_GINT64_FORMAT, APPLICATION_ID, version + 1);
  return cd_store_run (store, steps[version], error) && cd_store_run (store, marks, error);
}

/* Several processes may open a new or an old store at once: the version is read again inside of each step's transaction. */
gboolean
cd_store_migrate (CdStore *store, gint64 version, GError **error)
{
  gint64 last = (gint64) G_N_ELEMENTS (steps);
  while (version < last) {
    if (!cd_store_begin (store, error))
      return FALSE;
    gboolean good = read_version (store, &version, error) && (version == last || take_step (store, version, error));
    if (!cd_store_end (store, good, error))
      return FALSE;
    version++;
  }
  return TRUE;
}
