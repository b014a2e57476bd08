/* Audits and what they were made from, kept in SQLite (WAL): a cache that may be deleted at any time, shared by any number of processes, whole after
 * `kill -9`. Everything in it can be made again from the repositories.
 * A store belongs to one thread at a time; other threads and processes open their own. Every write is one transaction. */
#pragma once
#include "base/error.h"

typedef struct _CdStore CdStore;

/* path is made with its folder where it is not there; a store of an older version is migrated, of a newer one refused (CD_ERROR_INPUT). What is no
 * database is CD_ERROR_INPUT too; what the disk refuses CD_ERROR_INTERNAL. */
CdStore *cd_store_open (const char *path, GError **error);
void cd_store_close (CdStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdStore, cd_store_close)

/* What an audit follows from: two runs with equal keys give the same bytes. */
typedef struct {
  const char *work;    /* the work's identity in the list: its name */
  const char *source;  /* what was read: the repository as the list names it */
  const char *commit;  /* full id */
  const char *options; /* subdir, scope, history …, in one canonical line */
  const char *rules;   /* digest over program version, rubric, signals and knowledge */
} CdStoreKey;

typedef struct {
  char *work, *source, *commit, *options, *rules;
  char *json;    /* the audit; NULL where it failed */
  char *failure; /* why it failed; NULL */
} CdStoredAudit;
void cd_stored_audit_free (CdStoredAudit *audit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdStoredAudit, cd_stored_audit_free)

/* Exactly one of json and failure. Replaces what stands under the key, but an audit is never replaced by a failure: of two processes at one work, one may be
 * out of luck. */
gboolean cd_store_put (CdStore *store, const CdStoreKey *key, const char *json, const char *failure, GError **error);
/* NULL without an error where nothing stands under the key. Caller frees. */
CdStoredAudit *cd_store_get (CdStore *store, const CdStoreKey *key, GError **error);
/* Every audit of a work with these options and rules, at any commit (CdStoredAudit*, by date of the commit as the JSON tells it, then commit); for its score over time.
 * Free with g_ptr_array_unref. */
GPtrArray *cd_store_of_work (CdStore *store, const char *work, const char *options, const char *rules, GError **error);

/* What reading one blob gave, by content: key is a digest over blob id, path, program and rules. NULL without an error where it is not there. Caller unrefs. */
GBytes *cd_store_blob (CdStore *store, const char *key, GError **error);
/* Many at once, in one transaction: keys[i] → values[i]. What is there already stays. */
gboolean cd_store_put_blobs (CdStore *store, GPtrArray *keys, GPtrArray *values, GError **error);

/* Take over what another store has and this one has not; a success replaces a failure under the same key, never the other way round. */
gboolean cd_store_merge (CdStore *store, const char *path, GError **error);

/* Whether an audit, not a failure, stands under the key. FALSE where the store fails. */
gboolean cd_store_has (CdStore *store, const CdStoreKey *key, gboolean *has, GError **error);
