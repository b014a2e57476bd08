/* The files of a run on a cluster, in a folder beside the store that the nodes share: of each shard a store for every attempt and a mark that it was done. What a
 * run left behind that was killed is taken over by the next one. */
#pragma once
#include "leaderboard/leaderboard-parts.h"
#include "run/cluster.h"

typedef struct _CdShardFolder CdShardFolder;

/* Waits for nothing but the end of what an earlier run left in the queue; takes over what that had audited. NULL with
 * CD_ERROR_INTERNAL, also where another run for the same store is under way. */
CdShardFolder *cd_shard_folder_new (const CdShardsSetup *setup, CdCluster *cluster, GError **error);
/* Removes it with all that is in it. */
void cd_shard_folder_free (CdShardFolder *folder);
const char *cd_shard_folder_path (const CdShardFolder *folder);
/* What the jobs of the run are called in the queue: no other run's are called so. */
const char *cd_shard_folder_job (const CdShardFolder *folder);

/* Names of files of a shard, which is a number or what sh makes one of. Caller frees. */
#define CD_SHARD_STORE "sqlite"
#define CD_SHARD_MARK "done"
char *cd_shard_folder_name (const char *kind, const char *shard, guint attempt);

/* The shard's store with what the run's store has of its works, so that they are not audited again. */
gboolean cd_shard_folder_seed (const CdShardFolder *folder, const CdShardsSetup *setup, guint shard, guint shards, guint attempt, GError **error);
gboolean cd_shard_folder_is_done (const CdShardFolder *folder, guint shard, guint attempt);
/* Takes what the shard's store has into another, and removes it. FALSE with an error where it cannot be read; it is removed all the same. */
gboolean cd_shard_folder_take (const CdShardFolder *folder, CdStore *store, guint shard, guint attempt, GError **error);
