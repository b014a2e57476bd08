/* The table of a store in which the results of single blobs are kept, as an audit asks for them. What is kept, and under which key, is audit/kept.c's part. A
 * cache: where the store fails, an audit goes on without it. */
#include "leaderboard/leaderboard-parts.h"

static GBytes *
take (const char *key, gpointer store)
{
  return cd_store_blob (store, key, NULL);
}

static void
keep (GPtrArray *keys, GPtrArray *values, gpointer store)
{
  cd_store_put_blobs (store, keys, values, NULL);
}

CdBlobCache
cd_leaderboard_blobs (CdStore *store, const char *rules)
{
  return (CdBlobCache){ .rules = rules, .take = take, .keep = keep, .data = store };
}
