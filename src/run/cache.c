/* Entries of the cache: a folder each, with products.json and the files by their digest. What the products are is products.c's. */
#include "run/cache.h"
#include "run/scratch.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define FORMAT 1 /* part of every key: change it with the environment of jobs, the sandbox or the form of entries */
#define INDEX "products.json"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

struct _CdRunCache {
  char *folder;
  CdScratch *scratch;
};

CdRunCache *
cd_run_cache_open (const char *folder, GError **error)
{
  g_autofree char *runs = g_build_filename (folder, "runs", NULL);
  CdScratch *scratch = cd_scratch_new (runs, ".new-", 0700, error);
  if (scratch == NULL)
    return NULL;
  CdRunCache *cache = g_new0 (CdRunCache, 1);
  cache->folder = g_steal_pointer (&runs);
  cache->scratch = scratch;
  return cache;
}

void
cd_run_cache_free (CdRunCache *cache)
{
  if (cache == NULL)
    return;
  cd_scratch_free (cache->scratch);
  g_free (cache->folder);
  g_free (cache);
}

void
cd_cached_clear (CdCached *cached)
{
  g_clear_pointer (&cached->products, cd_products_free);
  g_clear_pointer (&cached->store, g_free);
}

static void G_GNUC_PRINTF (2, 3) add (GString *text, const char *format, ...)
{
  va_list values;
  va_start (values, format);
  g_string_append_vprintf (text, format, values);
  va_end (values);
  g_string_append_c (text, '\n');
}

/* Texts of a list, each with its length before it, so that no two lists read the same. */
static void
add_texts (GString *text, const char *name, char **list)
{
  for (; list != NULL && *list != NULL; list++)
    add (text, "%s %" G_GSIZE_FORMAT " %s", name, strlen (*list), *list);
}

char *
cd_run_cache_key (const CdJob *job, const char *commit, const GPtrArray *earlier, guint attempt)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char *const command[] = { job->command, NULL };
  const CdLimits *limits = &job->limits;
  const guint64 numbers[] = { FORMAT,       limits->seconds, limits->memory, limits->processes,    limits->file,
                              limits->disk, limits->output,  job->cpus,      job->network ? 1 : 0, attempt };
  struct stat image = { 0 };
  add (text, "commit %s", commit);
  add (text, "start %s", job->start != NULL ? job->start : "");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    add (text, "%" G_GUINT64_FORMAT, numbers[i]);
  add_texts (text, "command", (char **) command);
  add_texts (text, "environment", job->environment);
  add_texts (text, "gpu", job->gpus);
  if (job->image != NULL && stat (job->image, &image) == 0)
    add (text, "image %s %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT, job->image, (gint64) image.st_mtime, (guint64) image.st_ino);
  for (guint i = 0; i < earlier->len; i++)
    add (text, "earlier %s", (const char *) earlier->pdata[i]);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

static gboolean
read_products (const cJSON *list, CdProducts *products)
{
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, list)
  {
    const char *path = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (item, "path"));
    const char *digest = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (item, "digest"));
    const cJSON *kind = cJSON_GetObjectItemCaseSensitive (item, "kind"), *size = cJSON_GetObjectItemCaseSensitive (item, "size");
    if (path == NULL || digest == NULL || !cJSON_IsNumber (kind) || !cJSON_IsNumber (size))
      return FALSE;
    cd_products_add (products, path, (CdItemKind) kind->valueint, (guint64) size->valuedouble, digest);
  }
  return cJSON_IsArray (list);
}

static gboolean
read_others (const cJSON *root, CdProducts *products)
{
  const cJSON *removed = cJSON_GetObjectItemCaseSensitive (root, "removed"), *refused = cJSON_GetObjectItemCaseSensitive (root, "refused");
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, removed)
  {
    if (!cJSON_IsString (item))
      return FALSE;
    g_ptr_array_add (products->removed, g_strdup (item->valuestring));
  }
  cJSON_ArrayForEach (item, refused)
  {
    const char *path = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (item, "path"));
    const char *why = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (item, "why"));
    if (path == NULL || why == NULL)
      return FALSE;
    cd_products_refuse (products, path, why);
  }
  return cJSON_IsArray (removed) && cJSON_IsArray (refused);
}

static CdProducts *
read_index (const char *entry, double *seconds)
{
  g_autofree char *path = g_build_filename (entry, INDEX, NULL);
  g_autofree char *text = NULL;
  g_autoptr (CdProducts) products = cd_products_new ();
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_autoptr (cJSON) root = cJSON_Parse (text);
  const cJSON *time = cJSON_GetObjectItemCaseSensitive (root, "seconds");
  if (!cJSON_IsNumber (time) || !read_products (cJSON_GetObjectItemCaseSensitive (root, "made"), products) || !read_others (root, products))
    return NULL;
  *seconds = time->valuedouble;
  return g_steal_pointer (&products);
}

gboolean
cd_run_cache_find (CdRunCache *cache, const char *key, CdCached *cached)
{
  g_autofree char *entry = g_build_filename (cache->folder, key, NULL);
  if (!g_file_test (entry, G_FILE_TEST_IS_DIR))
    return FALSE;
  g_autoptr (CdProducts) products = read_index (entry, &cached->seconds);
  if (products == NULL || !cd_products_are_whole (products, entry)) {
    cd_folder_remove (entry);
    return FALSE;
  }
  cached->products = g_steal_pointer (&products);
  cached->store = g_steal_pointer (&entry);
  return TRUE;
}

char *
cd_run_cache_begin (CdRunCache *cache, GError **error)
{
  return cd_scratch_folder (cache->scratch, 0700, error);
}

static cJSON *
index_of (const CdProducts *products, double seconds)
{
  cJSON *root = cJSON_CreateObject ();
  cJSON_AddNumberToObject (root, "seconds", seconds);
  cJSON *made = cJSON_AddArrayToObject (root, "made"), *removed = cJSON_AddArrayToObject (root, "removed");
  cJSON *refused = cJSON_AddArrayToObject (root, "refused");
  for (guint i = 0; i < products->made->len; i++) {
    const CdProduct *product = products->made->pdata[i];
    cJSON *item = cJSON_CreateObject ();
    cJSON_AddStringToObject (item, "path", product->path);
    cJSON_AddNumberToObject (item, "kind", product->kind);
    cJSON_AddNumberToObject (item, "size", (double) product->size);
    cJSON_AddStringToObject (item, "digest", product->digest);
    cJSON_AddItemToArray (made, item);
  }
  for (guint i = 0; i < products->removed->len; i++)
    cJSON_AddItemToArray (removed, cJSON_CreateString (products->removed->pdata[i]));
  for (guint i = 0; i < products->refused->len; i++) {
    const CdRefused *one = products->refused->pdata[i];
    cJSON *item = cJSON_CreateObject ();
    cJSON_AddStringToObject (item, "path", one->path);
    cJSON_AddStringToObject (item, "why", one->why);
    cJSON_AddItemToArray (refused, item);
  }
  return root;
}

gboolean
cd_run_cache_keep (CdRunCache *cache, const char *key, const char *begun, CdProducts *products, double seconds, CdCached *cached, GError **error)
{
  cached->products = products;
  cached->seconds = seconds;
  g_autoptr (cJSON) root = index_of (products, seconds);
  g_autofree char *text = cJSON_Print (root);
  g_autofree char *path = g_build_filename (begun, INDEX, NULL);
  g_autofree char *entry = g_build_filename (cache->folder, key, NULL);
  g_autoptr (GError) cause = NULL;
  if (!g_file_set_contents (path, text, -1, &cause)) {
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s", cause->message);
    return FALSE;
  }
  if (g_rename (begun, entry) != 0) {
    cd_folder_remove (entry);
    if (g_rename (begun, entry) != 0) {
      g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", entry, g_strerror (errno));
      return FALSE;
    }
  }
  cached->store = g_steal_pointer (&entry);
  return TRUE;
}
