/* Opening repositories and lending their object databases to threads.
 * URLs are left to clone.c, objects to objects.c. */
#include "git/repository.h"
#include "git/objects.h"
#include "git/pack-index.h"
#include <string.h>

struct _CdRepository {
  gint references;
  char *location; /* as the caller named it, for messages */
  char *path;
  char *objects;
  git_repository *native;
  GMutex native_lock;
  GMutex idle_lock;
  GPtrArray *idle; /* CdOdb not lent out; last given back is lent first, its caches are warm */
};

/* Trees of this size stay in libgit2's cache: each is read as a commit's and again as its child's parent's. */
#define CACHED_TREE_BYTES ((size_t) 1024 * 1024)

static gpointer
start_once (G_GNUC_UNUSED gpointer data)
{
  if (git_libgit2_init () < 0)
    return NULL;
  git_libgit2_opts (GIT_OPT_SET_OWNER_VALIDATION, 0);
  git_libgit2_opts (GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
  git_libgit2_opts (GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, CACHED_TREE_BYTES);
  git_libgit2_opts (GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_COMMIT, CACHED_TREE_BYTES);
  return GINT_TO_POINTER (TRUE);
}

void
cd_git_start (void)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, start_once, NULL);
}

gboolean
cd_git_fail (GError **error, CdErrorCode code, const char *location, const char *what)
{
  const git_error *reason = git_error_last ();
  const char *message = reason != NULL && reason->message != NULL ? reason->message : NULL;

  g_set_error (error, CD_ERROR, (gint) code, "cannot read the git repository at '%s': %s%s%s%s", location, what, message ? " (" : "",
               message ? message : "", message ? ")" : "");
  git_error_clear ();
  return FALSE;
}

/* A folder inside a working tree is not taken for the whole repository around it; say where that is. */
static gboolean
fail_not_found (const char *location, GError **error)
{
  git_buf found = GIT_BUF_INIT;

  git_error_clear ();
  if (!g_file_test (location, G_FILE_TEST_EXISTS))
    return cd_git_fail (error, CD_ERROR_REPOSITORY, location, "there is no such file or folder");
  if (git_repository_discover (&found, location, 0, NULL) == 0) {
    g_autofree char *git_folder = g_path_get_dirname (found.ptr);
    g_autofree char *root = g_path_get_dirname (git_folder);
    g_autofree char *what = g_strdup_printf ("it is a folder inside the repository at '%s'; name that one, and this as its part", root);

    git_buf_dispose (&found);
    return cd_git_fail (error, CD_ERROR_REPOSITORY, location, what);
  }
  git_error_clear ();
  return cd_git_fail (error, CD_ERROR_REPOSITORY, location, "it is not a git repository");
}

/* The folder that a working tree's ".git" is, or names where it is a file (linked working trees, submodules). Caller frees. */
static char *
git_folder_of (const char *location)
{
  static const char key[] = "gitdir:";
  g_autofree char *inner = g_build_filename (location, ".git", NULL);
  g_autofree char *text = NULL;
  const char *target;

  if (g_file_test (inner, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&inner);
  if (!g_file_test (inner, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents (inner, &text, NULL, NULL) || !g_str_has_prefix (text, key))
    return g_strdup (location);
  target = g_strstrip (text + sizeof key - 1);
  return g_path_is_absolute (target) ? g_strdup (target) : g_build_filename (location, target, NULL);
}

/* Opened as bare whatever it is: that reads no settings, so none of them, and no damage to them, can keep objects from being read. */
static git_repository *
open_native (const char *location, git_buf *objects, GError **error)
{
  g_autofree char *folder = git_folder_of (location);
  git_repository *native = NULL;

  if (git_repository_open_bare (&native, folder) != 0) {
    fail_not_found (location, error);
    return NULL;
  }
  if (git_repository_item_path (objects, native, GIT_REPOSITORY_ITEM_OBJECTS) != 0) {
    cd_git_fail (error, CD_ERROR_REPOSITORY, location, "it has no folder of objects");
    git_repository_free (native);
    return NULL;
  }
  if (!cd_pack_indexes_check (objects->ptr, location, error)) {
    git_buf_dispose (objects);
    git_repository_free (native);
    return NULL;
  }
  return native;
}

CdRepository *
cd_repository_open_local (const char *location, GError **error)
{
  git_repository *native;
  git_buf objects = GIT_BUF_INIT;
  CdRepository *repository;
  gsize length;

  cd_git_start ();
  native = open_native (location, &objects, error);
  if (native == NULL)
    return NULL;
  repository = g_new0 (CdRepository, 1);
  repository->references = 1;
  repository->location = g_strdup (location);
  repository->native = native;
  repository->path = g_strdup (git_repository_path (native));
  length = strlen (repository->path);
  if (length > 1 && repository->path[length - 1] == '/')
    repository->path[length - 1] = '\0';
  repository->objects = g_strndup (objects.ptr, objects.size);
  git_buf_dispose (&objects);
  g_mutex_init (&repository->native_lock);
  g_mutex_init (&repository->idle_lock);
  repository->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_odb_free);
  return repository;
}

CdRepository *
cd_repository_open (const char *location, CdProgress progress, gpointer data, GError **error)
{
  g_autofree char *clone = NULL;
  g_autofree char *shown = NULL;
  CdRepository *repository;

  if (location[0] == '\0') {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_REPOSITORY, "no repository is named: the path is empty");
    return NULL;
  }
  if (!cd_url_is_remote (location))
    return cd_repository_open_local (location, error);
  clone = cd_clone_refresh (location, progress, data, error);
  if (clone == NULL)
    return NULL;
  repository = cd_repository_open_local (clone, error);
  if (repository == NULL)
    return NULL;
  shown = cd_url_without_credentials (location);
  g_free (repository->location);
  repository->location = g_steal_pointer (&shown);
  return repository;
}

CdRepository *
cd_repository_ref (CdRepository *repository)
{
  g_atomic_int_inc (&repository->references);
  return repository;
}

void
cd_repository_free (CdRepository *repository)
{
  if (repository == NULL || !g_atomic_int_dec_and_test (&repository->references))
    return;
  g_ptr_array_unref (repository->idle);
  git_repository_free (repository->native);
  g_mutex_clear (&repository->native_lock);
  g_mutex_clear (&repository->idle_lock);
  g_free (repository->location);
  g_free (repository->path);
  g_free (repository->objects);
  g_free (repository);
}

const char *
cd_repository_location (const CdRepository *repository)
{
  return repository->location;
}

const char *
cd_repository_path (const CdRepository *repository)
{
  return repository->path;
}

git_repository *
cd_repository_lock (CdRepository *repository)
{
  g_mutex_lock (&repository->native_lock);
  return repository->native;
}

void
cd_repository_unlock (CdRepository *repository)
{
  g_mutex_unlock (&repository->native_lock);
}

CdOdb *
cd_repository_take_odb (CdRepository *repository)
{
  CdOdb *odb = NULL;

  g_mutex_lock (&repository->idle_lock);
  if (repository->idle->len > 0)
    odb = g_ptr_array_steal_index (repository->idle, repository->idle->len - 1);
  g_mutex_unlock (&repository->idle_lock);
  return odb != NULL ? odb : cd_odb_open (repository->objects);
}

void
cd_repository_give_odb (CdRepository *repository, CdOdb *odb)
{
  g_mutex_lock (&repository->idle_lock);
  g_ptr_array_add (repository->idle, odb);
  g_mutex_unlock (&repository->idle_lock);
}

/* Read from the repository's own settings alone: what a user's settings rewrite must not change a report. */
char *
cd_repository_remote (const CdRepository *repository)
{
  CdRepository *open = (CdRepository *) repository;
  git_config *all = NULL, *own = NULL;
  git_buf url = GIT_BUF_INIT;
  char *clean = NULL;

  if (git_repository_config (&all, cd_repository_lock (open)) == 0 && git_config_open_level (&own, all, GIT_CONFIG_LEVEL_LOCAL) == 0
      && git_config_get_string_buf (&url, own, "remote.origin.url") == 0 && cd_url_is_remote (url.ptr))
    clean = cd_url_without_credentials (url.ptr);
  cd_repository_unlock (open);
  git_buf_dispose (&url);
  git_config_free (own);
  git_config_free (all);
  git_error_clear ();
  return clean;
}

gboolean
cd_repository_is_shallow (const CdRepository *repository)
{
  CdRepository *open = (CdRepository *) repository;
  gboolean shallow = git_repository_is_shallow (cd_repository_lock (open)) == 1;

  cd_repository_unlock (open);
  return shallow;
}
