/* Files of a run on a cluster. What becomes of shards is cluster-shards.c's. */
#include "leaderboard/shard-folder.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define FOLDER_SUFFIX ".shards" /* after the store's path */
#define RUN_PREFIX "run-"
#define LOCK_NAME "lock"
#define JOB_PREFIX "leaderboard-"

struct _CdShardFolder {
  char *path, *job;
  int lock;
};

/* --- one folder --- */

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) names = g_dir_open (path, 0, NULL);
  for (const char *name; names != NULL && (name = g_dir_read_name (names)) != NULL;) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    g_unlink (file);
  }
  g_rmdir (path);
}

/* "run-XXXXXX" → "leaderboard-XXXXXX". Caller frees. */
static char *
job_of (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  return g_strconcat (JOB_PREFIX, name + strlen (RUN_PREFIX), NULL);
}

void
cd_shard_folder_free (CdShardFolder *folder)
{
  if (folder->path != NULL)
    remove_folder (folder->path);
  if (folder->lock >= 0)
    close (folder->lock);
  g_free (folder->path);
  g_free (folder->job);
  g_free (folder);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdShardFolder, cd_shard_folder_free)

const char *
cd_shard_folder_path (const CdShardFolder *folder)
{
  return folder->path;
}

const char *
cd_shard_folder_job (const CdShardFolder *folder)
{
  return folder->job;
}

char *
cd_shard_folder_name (const char *kind, const char *shard, guint attempt)
{
  return g_strdup_printf ("%s.%u.%s", shard, attempt, kind);
}

/* Caller frees. */
static char *
file_of (const CdShardFolder *folder, const char *kind, guint shard, guint attempt)
{
  g_autofree char *number = g_strdup_printf ("%u", shard), *name = cd_shard_folder_name (kind, number, attempt);
  return g_build_filename (folder->path, name, NULL);
}

/* --- what an earlier run left --- */

/* What it had audited; a store that was being written to when its task was killed may be none. */
static void
take_stores (const char *path, CdStore *store)
{
  g_autoptr (GDir) names = g_dir_open (path, 0, NULL);
  for (const char *name; names != NULL && (name = g_dir_read_name (names)) != NULL;) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    if (g_str_has_suffix (name, "." CD_SHARD_STORE))
      cd_store_merge (store, file, NULL);
  }
}

static gboolean
take_over (const char *root, CdStore *store, CdCluster *cluster, GError **error)
{
  g_autoptr (GDir) names = g_dir_open (root, 0, NULL);
  for (const char *name; names != NULL && (name = g_dir_read_name (names)) != NULL;) {
    if (!g_str_has_prefix (name, RUN_PREFIX))
      continue;
    g_autofree char *path = g_build_filename (root, name, NULL), *job = job_of (path);
    if (!cd_cluster_cancel_named (cluster, job, error))
      return FALSE;
    take_stores (path, store);
    remove_folder (path);
  }
  return TRUE;
}

static gboolean
take_lock (CdShardFolder *folder, const char *root, GError **error)
{
  g_autofree char *path = g_build_filename (root, LOCK_NAME, NULL);
  folder->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (folder->lock >= 0 && flock (folder->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (folder->lock >= 0 && errno == EWOULDBLOCK)
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: another run of this store is on a cluster; wait for its end", root);
  else
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

CdShardFolder *
cd_shard_folder_new (const CdShardsSetup *setup, CdCluster *cluster, GError **error)
{
  g_autofree char *store = g_canonicalize_filename (setup->options->store, NULL), *root = g_strconcat (store, FOLDER_SUFFIX, NULL);
  g_autoptr (CdShardFolder) folder = g_new0 (CdShardFolder, 1);
  folder->lock = -1;
  if (g_mkdir_with_parents (root, 0700) != 0) {
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", root, g_strerror (errno));
    return NULL;
  }
  if (!take_lock (folder, root, error) || !take_over (root, setup->store, cluster, error))
    return NULL;
  g_autofree char *path = g_build_filename (root, RUN_PREFIX "XXXXXX", NULL);
  if (g_mkdtemp_full (path, 0700) == NULL) {
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", path, g_strerror (errno));
    return NULL;
  }
  folder->job = job_of (path);
  folder->path = g_steal_pointer (&path);
  return g_steal_pointer (&folder);
}

/* --- shards --- */

static gboolean
seed_task (const CdTask *task, const CdShardsSetup *setup, CdStore *seeded, GError **error)
{
  g_autoptr (GError) why = NULL;
  CdStoreKey key = cd_task_key (task, setup->rules);
  g_autoptr (CdStoredAudit) audit = cd_store_get (setup->store, &key, &why);
  if (why != NULL) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  return audit == NULL || audit->json == NULL || cd_store_put (seeded, &key, audit->json, NULL, error);
}

gboolean
cd_shard_folder_seed (const CdShardFolder *folder, const CdShardsSetup *setup, guint shard, guint shards, guint attempt, GError **error)
{
  g_autofree char *path = file_of (folder, CD_SHARD_STORE, shard, attempt);
  g_autoptr (CdStore) seeded = cd_store_open (path, error);
  for (guint i = shard; seeded != NULL && i < setup->tasks->len; i += shards)
    if (!seed_task (setup->tasks->pdata[i], setup, seeded, error))
      return FALSE;
  return seeded != NULL;
}

/* A file that a node made shows on a network file system once the folder is read anew. */
gboolean
cd_shard_folder_is_done (const CdShardFolder *folder, guint shard, guint attempt)
{
  g_autofree char *path = file_of (folder, CD_SHARD_MARK, shard, attempt);
  GDir *refreshed = g_dir_open (folder->path, 0, NULL);
  if (refreshed != NULL)
    g_dir_close (refreshed);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
cd_shard_folder_take (const CdShardFolder *folder, CdStore *store, guint shard, guint attempt, GError **error)
{
  static const char *const beside[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *path = file_of (folder, CD_SHARD_STORE, shard, attempt);
  gboolean taken = cd_store_merge (store, path, error);
  for (gsize i = 0; i < G_N_ELEMENTS (beside); i++) {
    g_autofree char *file = g_strconcat (path, beside[i], NULL);
    g_unlink (file);
  }
  return taken;
}
