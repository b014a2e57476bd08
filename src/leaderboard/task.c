/* Where a listed work is, which commit of it is meant, whether that is audited already, and how much memory it may need. */
#include "base/folder.h"
#include "git/snapshot.h"
#include "leaderboard/leaderboard-parts.h"
#include <string.h>

#define ID_DIGITS 40u
#define HEAD "HEAD"

/* Measured over 48 works on one thread: rules, program and libraries take 35 MB, a work's files up to 8 times its packs while these are small (what is text
 * in them is unpacked and parsed), and less than their size where they are large (what is large in them is no text). */
#define MEMORY_LEAST (64u * 1024u * 1024u)
#define PACKED_TEXT (64u * 1024u * 1024u)
#define TEXT_FACTOR 8u
#define PACKED_MOST (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)
#define MEMORY_UNSEEN (256u * 1024u * 1024u) /* of a repository that is not here yet */

static void
free_task (gpointer data)
{
  CdTask *task = data;
  g_free (task->location);
  g_free (task->commit);
  g_free (task->shape);
  g_free (task->failure);
  g_free (task);
}

/* The last two parts of a URL's path, without ".git"; NULL where there are none, or they are no names. Free with g_strfreev. */
static char **
owner_and_name (const char *url)
{
  const char *scheme = strstr (url, "://");
  g_autofree char *path = g_strdup (scheme != NULL ? scheme + 3 : url);
  g_strdelimit (path, ":", '/');
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  if (g_str_has_suffix (path, ".git"))
    path[strlen (path) - strlen (".git")] = '\0';
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint length = g_strv_length (parts);
  if (length < 3 || !cd_folder_path_is_safe (parts[length - 1]) || !cd_folder_path_is_safe (parts[length - 2]))
    return NULL;
  char **pair = g_new0 (char *, 3);
  pair[0] = g_strdup (parts[length - 2]);
  pair[1] = g_strdup (parts[length - 1]);
  return pair;
}

/* A clone of a URL in the user's folder of clones; NULL where none is there. Caller frees. */
static char *
find_clone (const char *url, const char *repositories)
{
  static const char *const forms[] = { "%s/%s+%s/repo", "%s/%s/%s", "%s/%s/%s.git" };
  g_auto (GStrv) pair = repositories != NULL ? owner_and_name (url) : NULL;
  for (gsize i = 0; pair != NULL && i < G_N_ELEMENTS (forms); i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    g_autofree char *path = g_strdup_printf (forms[i], repositories, pair[0], pair[1]);
#pragma GCC diagnostic pop
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      return g_steal_pointer (&path);
  }
  return NULL;
}

static CdTask *
task_new (const CdWorkEntry *entry, const CdLeaderboardOptions *options)
{
  CdTask *task = g_new0 (CdTask, 1);
  task->entry = entry;
  task->location = entry->remote ? find_clone (entry->repository, options->repositories) : NULL;
  if (task->location == NULL)
    task->location = g_strdup (entry->location);
  task->shape = cd_leaderboard_shape (entry, options->history);
  return task;
}

GPtrArray *
cd_tasks_new (const CdWorks *works, const CdLeaderboardOptions *options)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func (free_task);
  for (guint i = 0; i < works->works->len; i++)
    if (options->shards == 0 || i % options->shards == options->shard)
      g_ptr_array_add (tasks, task_new (works->works->pdata[i], options));
  return tasks;
}

static gboolean
is_full_id (const char *revision)
{
  return revision != NULL && strlen (revision) == ID_DIGITS && revision[strspn (revision, "0123456789abcdefABCDEF")] == '\0';
}

static gboolean
resolve (CdTask *task, GError **error)
{
  CdOid oid;
  char hex[ID_DIGITS + 1];
  g_autoptr (CdRepository) repository = cd_repository_open (task->location, NULL, NULL, error);
  if (repository == NULL || !cd_revision_resolve (repository, task->entry->commit, &oid, error))
    return FALSE;
  cd_oid_to_hex (&oid, hex);
  task->commit = g_strdup (hex);
  return TRUE;
}

CdStoreKey
cd_task_key (const CdTask *task, const char *rules)
{
  const CdWorkEntry *entry = task->entry;
  const char *commit = task->commit != NULL ? task->commit : entry->commit != NULL ? entry->commit : HEAD;
  return (CdStoreKey){ .work = entry->name, .source = entry->repository, .commit = commit, .options = task->shape, .rules = rules };
}

/* A full id needs no repository: what it names cannot change. */
gboolean
cd_task_look (CdTask *task, CdStore *store, const char *rules, GError **error)
{
  g_autoptr (GError) why = NULL;
  if (is_full_id (task->entry->commit))
    task->commit = g_ascii_strdown (task->entry->commit, -1);
  else if (!cd_url_is_remote (task->location) && !resolve (task, &why)) {
    task->failure = cd_task_reason (task, why->message);
    return TRUE;
  }
  if (task->commit == NULL)
    return TRUE;
  CdStoreKey key = cd_task_key (task, rules);
  return cd_store_has (store, &key, &task->kept, error);
}

void
cd_task_estimate (CdTask *task, guint64 bound)
{
  static const char *const forms[] = { "objects", ".git/objects" };
  guint64 packed = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *folder = g_build_filename (task->location, forms[i], NULL);
    if (packed == 0 && g_file_test (folder, G_FILE_TEST_IS_DIR))
      packed = MIN (cd_folder_usage (folder, PACKED_MOST, NULL), PACKED_MOST);
  }
  guint64 text = MIN (packed, PACKED_TEXT);
  guint64 memory = packed == 0 ? MEMORY_UNSEEN : MEMORY_LEAST + TEXT_FACTOR * text + (packed - text);
  task->memory = MIN (memory, bound);
}

static void
replace_text (GString *message, const char *path, const char *by)
{
  if (path != NULL && strchr (path, '/') != NULL && strcmp (path, by) != 0)
    g_string_replace (message, path, by, 0);
}

char *
cd_task_reason (const CdTask *task, const char *message)
{
  g_autoptr (GString) reason = g_string_new (message);
  replace_text (reason, task->location, task->entry->repository);
  replace_text (reason, task->entry->location, task->entry->repository);
  for (guint i = 0; task->entry->assessments != NULL && task->entry->assessments[i] != NULL; i++) {
    g_autofree char *name = g_path_get_basename (task->entry->assessments[i]);
    replace_text (reason, task->entry->assessments[i], name);
  }
  replace_text (reason, g_get_user_cache_dir (), "$XDG_CACHE_HOME");
  return g_string_free (g_steal_pointer (&reason), FALSE);
}
