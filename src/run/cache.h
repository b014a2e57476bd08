/* Results of steps that were run before, found by all that they depend on. An entry is a folder made beside and renamed into place, so that it is
 * there whole or not at all, whenever the program is killed. Only successes are kept. */
#pragma once
#include "run/job.h"
#include "run/products.h"

typedef struct _CdRunCache CdRunCache;

/* folder/runs, made if need be. CD_ERROR_INTERNAL where it cannot be written. */
CdRunCache *cd_run_cache_open (const char *folder, GError **error);
void cd_run_cache_free (CdRunCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdRunCache, cd_run_cache_free)

typedef struct {
  CdProducts *products;
  char *store; /* the folder with their files */
  double seconds;
} CdCached;
void cd_cached_clear (CdCached *cached);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdCached, cd_cached_clear)

/* The key of a step: a digest of what it depends on. commit and start say what the export and its folder hold; earlier are the digests of the
 * products that were put into it, in order; attempt tells repeats of the same apart. Caller frees. */
char *cd_run_cache_key (const CdJob *job, const char *commit, const GPtrArray *earlier, guint attempt);
/* FALSE where there is no such entry, or it is damaged (then it is removed). cached is zeroed by the caller. */
gboolean cd_run_cache_find (CdRunCache *cache, const char *key, CdCached *cached);
/* A new folder for the files of an entry to be. Caller frees the path; NULL with CD_ERROR_INTERNAL. */
char *cd_run_cache_begin (CdRunCache *cache, GError **error);
/* Makes that folder the entry of key; cached gets the products (taken) and where their files are now. Another entry of that key gives way.
 * CD_ERROR_INTERNAL. */
gboolean cd_run_cache_keep (CdRunCache *cache, const char *key, const char *begun, CdProducts *products, double seconds, CdCached *cached,
                            GError **error);
