/* The rule files: the embedded GResource overlaid by a directory. Reads bytes and trees and lists names; what the keys mean is left to
 * each format's reader. */
#include "base/data.h"
#include <gio/gio.h>
#include <string.h>

#define RESOURCE_ROOT "/candor/"
/* Where the build put the tree of every embedded YAML file. */
#define TREE_ROOT RESOURCE_ROOT "trees/"
/* Only files below rubrics/ can be overridden. */
#define OVERRIDABLE "rubrics"
/* A directory given by mistake (a home directory, say) must not be walked to its end. */
#define FOLDER_DEPTH 4u
#define FOLDER_FILES 4096u

struct _CdData {
  char *override; /* NULL: none */
  GMutex lock;
  GHashTable *digests; /* folder → digest; the files of one run do not change */
};

CdData *
cd_data_new (const char *override, GError **error)
{
  if (override != NULL) {
    g_autoptr (GError) why = NULL;
    g_autoptr (GDir) dir = g_dir_open (override, 0, &why);
    if (dir == NULL) {
      g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "cannot read the rules directory: %s", why->message);
      return NULL;
    }
  }
  CdData *data = g_new0 (CdData, 1);
  data->override = g_strdup (override);
  g_mutex_init (&data->lock);
  data->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return data;
}

void
cd_data_free (CdData *data)
{
  if (data == NULL)
    return;
  g_hash_table_unref (data->digests);
  g_mutex_clear (&data->lock);
  g_free (data->override);
  g_free (data);
}

/* The path in the override directory that name stands for, whether or not it exists; NULL where it cannot be overridden. */
static char *
override_path (const CdData *data, const char *name)
{
  if (data->override == NULL || !g_str_has_prefix (name, OVERRIDABLE))
    return NULL;
  const char *rest = name + strlen (OVERRIDABLE);
  if (*rest != '\0' && *rest != '/')
    return NULL;
  rest += strspn (rest, "/");
  return *rest == '\0' ? g_strdup (data->override) : g_build_filename (data->override, rest, NULL);
}

/* The override's path of name where there is such a file, else NULL. */
static char *
overriding_file (const CdData *data, const char *name)
{
  g_autofree char *path = override_path (data, name);
  return path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

GBytes *
cd_data_load (const CdData *data, const char *name, GError **error)
{
  g_autofree char *path = overriding_file (data, name);
  if (path != NULL) {
    char *contents = NULL;
    gsize length = 0;
    g_autoptr (GError) why = NULL;
    if (g_file_get_contents (path, &contents, &length, &why))
      return g_bytes_new_take (contents, length);
    g_set_error_literal (error, CD_ERROR, CD_ERROR_INPUT, why->message);
    return NULL;
  }
  /* glib-compile-resources ends every file with a NUL that the size leaves out, so the bytes need no copy. */
  g_autofree char *resource = g_strconcat (RESOURCE_ROOT, name, NULL);
  GBytes *bytes = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL)
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "there is no rule file %s", name);
  return bytes;
}

CdYaml *
cd_data_yaml (const CdData *data, const char *name, GError **error)
{
  g_autofree char *where = cd_data_where (data, name);
  g_autofree char *resource = g_strconcat (TREE_ROOT, name, NULL);
  g_autoptr (GBytes) tree = strcmp (where, name) == 0 ? g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL) : NULL;
  if (tree != NULL) /* part of the program: it outlives the bytes object */
    return cd_yaml_restore (where, g_bytes_get_data (tree, NULL));
  g_autoptr (GBytes) bytes = cd_data_load (data, name, error);
  if (bytes == NULL)
    return NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  return cd_yaml_parse (where, text, length, error);
}

static void
list_resources (const char *folder, guint depth, GHashTable *names)
{
  g_autofree char *path = g_strconcat (RESOURCE_ROOT, folder, NULL);
  g_auto (GStrv) children = g_resources_enumerate_children (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  for (guint i = 0; children != NULL && children[i] != NULL; i++) {
    g_autofree char *name = g_strconcat (folder, "/", children[i], NULL);
    if (!g_str_has_suffix (name, "/"))
      g_hash_table_add (names, g_steal_pointer (&name));
    else if (depth < FOLDER_DEPTH) {
      name[strlen (name) - 1] = '\0';
      list_resources (name, depth + 1, names);
    }
  }
}

/* Hidden files (an editor's, version control's) are no rules. */
static void
list_directory (const char *path, const char *folder, guint depth, GHashTable *names)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  if (dir == NULL)
    return;
  for (const char *entry; (entry = g_dir_read_name (dir)) != NULL && g_hash_table_size (names) < FOLDER_FILES;) {
    if (entry[0] == '.')
      continue;
    g_autofree char *child = g_build_filename (path, entry, NULL);
    g_autofree char *name = g_strconcat (folder, "/", entry, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_REGULAR))
      g_hash_table_add (names, g_steal_pointer (&name));
    else if (depth < FOLDER_DEPTH && g_file_test (child, G_FILE_TEST_IS_DIR))
      list_directory (child, name, depth + 1, names);
  }
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
cd_data_list (const CdData *data, const char *folder)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  list_resources (folder, 0, names);
  g_autofree char *path = override_path (data, folder);
  if (path != NULL)
    list_directory (path, folder, 0, names);
  guint length = 0;
  char **list = (char **) g_hash_table_get_keys_as_array (names, &length);
  g_hash_table_steal_all (names);
  qsort (list, length, sizeof *list, compare_names);
  return list;
}

/* Where the build put the SHA-256 of every embedded file, in the lines of sha256sum: hashing megabytes at each start would cost more than an audit. */
#define DIGESTS RESOURCE_ROOT "digests"
#define DIGEST_LENGTH 64u

/* The digest of one file: from the build's list, or made from its bytes. Caller frees. */
static char *
file_digest (const CdData *data, const char *digests, const char *name)
{
  g_autofree char *path = overriding_file (data, name);
  g_autofree char *line = g_strconcat ("  ", name, "\n", NULL);
  const char *known = path == NULL && digests != NULL ? strstr (digests, line) : NULL;
  if (known != NULL && known - digests >= (gssize) DIGEST_LENGTH)
    return g_strndup (known - DIGEST_LENGTH, DIGEST_LENGTH);
  g_autoptr (GBytes) bytes = cd_data_load (data, name, NULL);
  return bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : g_strdup ("");
}

static char *
digest_of (const CdData *data, const char *folder)
{
  g_autoptr (GBytes) resource = g_resources_lookup_data (DIGESTS, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  const char *digests = resource != NULL ? g_bytes_get_data (resource, NULL) : NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_auto (GStrv) names = cd_data_list (data, folder);
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *digest = file_digest (data, digests, names[i]);
    g_string_append_printf (lines, "%s  %s\n", digest, names[i]);
  }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, lines->str, (gssize) lines->len);
}

char *
cd_data_digest (const CdData *data, const char *folder)
{
  /* The memory of digests is no part of what a caller sees as constant. */
  GMutex *lock = (GMutex *) &data->lock;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (lock);
  const char *known = g_hash_table_lookup (data->digests, folder);
  if (known != NULL)
    return g_strdup (known);
  char *digest = digest_of (data, folder);
  g_hash_table_insert (data->digests, g_strdup (folder), g_strdup (digest));
  return digest;
}

char *
cd_data_where (const CdData *data, const char *name)
{
  char *path = overriding_file (data, name);
  return path != NULL ? path : g_strdup (name);
}
