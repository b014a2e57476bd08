/* Path resolution: an index of exact paths and one of base names, built once; every question is then a few hash look-ups.
 * Order: the writer's folder and what it entered, the root, then the only file (or only own file) whose path ends so. */
#include "scope/paths.h"
#include <string.h>

#define WRITTEN_LIMIT 1024u   /* longer "paths" are not paths */
#define SAME_NAME_LIMIT 4096u /* names that stand more often are not compared as suffixes */

struct _CdPathIndex {
  const CdCorpus *corpus;
  GHashTable *paths;  /* path → index + 1; keys are the documents' */
  GHashTable *names;  /* base name → GArray of guint; keys point into the documents' paths */
  GHashTable *tails;  /* "folder/name" → GArray of guint; likewise */
  gboolean ends[256]; /* the last bytes of base names: most words that are asked for end otherwise */
};

static const CdDocument *
document_at (const CdPathIndex *index, guint i)
{
  return index->corpus->documents->pdata[i];
}

static const char *
base_name (const char *path)
{
  const char *slash = strrchr (path, '/');
  return slash != NULL ? slash + 1 : path;
}

/* The last two parts of path; all of it where it has no more. */
static const char *
tail_of (const char *path)
{
  const char *tail = base_name (path);
  if (tail == path)
    return path;
  for (tail--; tail > path && tail[-1] != '/'; tail--)
    ;
  return tail;
}

static void
index_under (GHashTable *table, const char *key, guint document)
{
  GArray *same = g_hash_table_lookup (table, key);
  if (same == NULL)
    g_hash_table_insert (table, (gpointer) key, same = g_array_new (FALSE, FALSE, sizeof (guint)));
  g_array_append_val (same, document);
}

CdPathIndex *
cd_path_index_new (const CdCorpus *corpus)
{
  CdPathIndex *index = g_new0 (CdPathIndex, 1);
  index->corpus = corpus;
  index->paths = g_hash_table_new (g_str_hash, g_str_equal);
  index->names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  index->tails = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < corpus->documents->len; i++) {
    char *path = document_at (index, i)->path;
    g_hash_table_insert (index->paths, path, GUINT_TO_POINTER (i + 1));
    index_under (index->names, base_name (path), i);
    index->ends[*path != '\0' ? (guchar) path[strlen (path) - 1] : 0] = TRUE;
    index_under (index->tails, tail_of (path), i);
  }
  return index;
}

void
cd_path_index_free (CdPathIndex *index)
{
  if (index == NULL)
    return;
  g_hash_table_unref (index->paths);
  g_hash_table_unref (index->names);
  g_hash_table_unref (index->tails);
  g_free (index);
}

gint
cd_path_index_at (const CdPathIndex *index, const char *path)
{
  return (gint) GPOINTER_TO_UINT (g_hash_table_lookup (index->paths, path)) - 1;
}

gboolean
cd_path_index_has_name (const CdPathIndex *index, const char *start, gsize length)
{
  char name[256];
  if (length == 0 || length >= sizeof name || !index->ends[(guchar) start[length - 1]])
    return FALSE;
  memcpy (name, start, length);
  name[length] = '\0';
  return g_hash_table_contains (index->names, name);
}

/* Append path's parts to out, resolving "." and "..". FALSE where it climbs above the root. */
static gboolean
append_parts (GString *out, const char *path)
{
  while (*path != '\0') {
    gsize length = strcspn (path, "/");
    if (length == 2 && path[0] == '.' && path[1] == '.') {
      if (out->len == 0)
        return FALSE;
      const char *slash = strrchr (out->str, '/');
      g_string_truncate (out, slash != NULL ? (gsize) (slash - out->str) : 0);
    } else if (length > 0 && !(length == 1 && path[0] == '.')) {
      if (out->len > 0)
        g_string_append_c (out, '/');
      g_string_append_len (out, path, (gssize) length);
    }
    path += length + (path[length] == '/');
  }
  return TRUE;
}

/* folder / directory / written, normalised, looked up with each ending. NULL parts are left out. */
static gint
look_at (const CdPathIndex *index, const char *folder, const char *directory, const char *written, const char *const *endings)
{
  g_autoptr (GString) path = g_string_sized_new (128);
  if ((folder != NULL && !append_parts (path, folder)) || (directory != NULL && !append_parts (path, directory)) || !append_parts (path, written))
    return -1;
  gsize length = path->len;
  for (guint i = 0; endings[i] != NULL; i++) {
    g_string_truncate (path, length);
    g_string_append (path, endings[i]);
    gint found = cd_path_index_at (index, path->str);
    if (found >= 0)
      return found;
  }
  return -1;
}

static gboolean
ends_with_path (const char *path, const char *suffix)
{
  gsize length = strlen (path), tail = strlen (suffix);
  return length >= tail && memcmp (path + length - tail, suffix, tail) == 0 && (length == tail || path[length - tail - 1] == '/');
}

/* The only document whose path ends in suffix; where several do, the only own one. */
static gint
look_for_suffix (const CdPathIndex *index, const CdFileScope *files, const char *suffix)
{
  const GArray *same
      = strchr (suffix, '/') != NULL ? g_hash_table_lookup (index->tails, tail_of (suffix)) : g_hash_table_lookup (index->names, suffix);
  if (same == NULL || same->len > SAME_NAME_LIMIT)
    return -1;
  gint found = -1, own = -1;
  guint count = 0, own_count = 0;
  for (guint i = 0; i < same->len; i++) {
    guint document = g_array_index (same, guint, i);
    if (!ends_with_path (document_at (index, document)->path, suffix))
      continue;
    found = (gint) document;
    count++;
    if (files != NULL && (files[document].owner == CD_OWNER_WORK || files[document].owner == CD_OWNER_CALLED)) {
      own = (gint) document;
      own_count++;
    }
  }
  return count == 1 ? found : own_count == 1 ? own : -1;
}

/* The part of written that is a path: quotes, anchors, "file://", line numbers and sentence punctuation taken off. Caller frees. */
static char *
clean_written (const char *written)
{
  while (*written == '"' || *written == '\'' || *written == '`' || *written == '<' || g_ascii_isspace (*written))
    written++;
  if (g_str_has_prefix (written, "file://"))
    written += 7;
  char *clean = g_strndup (written, WRITTEN_LIMIT);
  char *query = strpbrk (clean, "#?\"'`<>");
  if (query != NULL)
    *query = '\0';
  char *colon = strchr (clean, ':');
  if (colon != NULL && colon > clean && (g_ascii_isdigit (colon[1]) || colon[1] == '\0' || colon[1] == ':'))
    *colon = '\0';
  gsize length = strlen (clean);
  while (length > 0 && strchr (".,;)]}/ \t\r\n", clean[length - 1]) != NULL)
    clean[--length] = '\0';
  if (strchr (clean, '%') != NULL) {
    char *decoded = g_uri_unescape_string (clean, NULL);
    if (decoded != NULL) {
      g_free (clean);
      clean = decoded;
    }
  }
  return clean;
}

/* Parts at the start that hold a variable ($ROOT, ${DIR}, {dir}) are the writer's machine's, not the tree's. */
static const char *
skip_variables (const char *path)
{
  for (;;) {
    gsize length = strcspn (path, "/");
    if (path[length] == '\0' || strcspn (path, "${}") >= length)
      return path;
    path += length + 1;
  }
}

/* A path on another machine: the longest tail of at least two parts that stands in this tree. */
static gint
look_for_tail (const CdPathIndex *index, const CdFileScope *files, const char *path)
{
  const char *rest = path + strspn (path, "~./");
  for (const char *slash = strchr (rest, '/'); slash != NULL; rest = slash + 1, slash = strchr (rest, '/')) {
    gint found = cd_path_index_at (index, rest);
    if (found < 0)
      found = look_for_suffix (index, files, rest);
    if (found >= 0)
      return found;
  }
  return -1;
}

/* "https://github.com/OWNER/NAME/blob/BRANCH/path" → "path"; NULL where url is no link into a repository's tree. */
static const char *
path_in_url (const char *url)
{
  static const char *const hosts[] = { "://github.com/", "://www.github.com/", "://raw.githubusercontent.com/", "://gitlab.com/" };
  const char *rest = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (hosts) && rest == NULL; i++)
    if ((rest = strstr (url, hosts[i])) != NULL)
      rest += strlen (hosts[i]);
  gboolean raw = rest != NULL && strstr (url, "://raw.") != NULL;
  const char *parts[5] = { rest };
  for (guint i = 1; i < G_N_ELEMENTS (parts) && parts[i - 1] != NULL; i++) {
    parts[i] = strchr (parts[i - 1], '/');
    parts[i] = parts[i] != NULL ? parts[i] + 1 : NULL;
  }
  if (raw)
    return parts[3];
  gboolean tree
      = parts[2] != NULL && (g_str_has_prefix (parts[2], "blob/") || g_str_has_prefix (parts[2], "tree/") || g_str_has_prefix (parts[2], "raw/"));
  return tree ? parts[4] : NULL;
}

static char *
folder_of (const CdPathIndex *index, guint from)
{
  if (from >= index->corpus->documents->len)
    return g_strdup ("");
  const char *path = document_at (index, from)->path;
  return g_strndup (path, (gsize) (base_name (path) - path));
}

/* As written: from the writer's folder, then from the root; in the folder entered before, then without it. */
static gint
look_nearby (const CdPathIndex *index, guint from, const char *directory, const char *path)
{
  static const char *const endings[] = { "", ".sh", ".py", NULL };
  g_autofree char *folder = folder_of (index, from);
  gint found = -1;
  if (directory != NULL)
    found = look_at (index, folder, directory, path, endings);
  if (found < 0 && directory != NULL)
    found = look_at (index, NULL, directory, path, endings);
  if (found < 0)
    found = look_at (index, folder, NULL, path, endings);
  if (found < 0)
    found = look_at (index, NULL, NULL, path, endings);
  return found;
}

gint
cd_path_index_resolve (const CdPathIndex *index, const CdFileScope *files, guint from, const char *directory, const char *written)
{
  g_autofree char *clean = clean_written (written);
  if (strstr (clean, "://") != NULL)
    return path_in_url (clean) != NULL ? cd_path_index_at (index, path_in_url (clean)) : -1;
  const char *path = skip_variables (clean);
  gboolean absolute = *path == '/' || *path == '~';
  if (*base_name (path) == '\0' || strpbrk (path, "*\\|") != NULL)
    return -1;
  gint found = absolute ? cd_path_index_at (index, path + strspn (path, "~/")) : look_nearby (index, from, directory, path);
  if (found < 0) {
    g_autoptr (GString) suffix = g_string_new (NULL);
    const char *relative = path;
    while (g_str_has_prefix (relative, "../"))
      relative += 3;
    if (append_parts (suffix, relative) && suffix->len > 0)
      found = look_for_suffix (index, files, suffix->str);
  }
  if (found < 0 && (absolute || path != clean))
    found = look_for_tail (index, files, path);
  if (found < 0 && strchr (path, '/') == NULL && strchr (path, '.') != NULL)
    found = cd_path_index_module (index, files, from, directory, path);
  return found;
}

/* Most imports are of other people's packages: TRUE only where some file could be the module at path. */
static gboolean
may_be_module (const CdPathIndex *index, const char *path)
{
  static const char *const insides[] = { "/__init__.py", "/__main__.py" };
  const char *name = base_name (path);
  g_autofree char *file = g_strconcat (name, ".py", NULL);
  if (g_hash_table_contains (index->names, file))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (insides); i++) {
    g_autofree char *inside = g_strconcat (name, insides[i], NULL);
    if (g_hash_table_contains (index->tails, inside))
      return TRUE;
  }
  return FALSE;
}

gint
cd_path_index_module (const CdPathIndex *index, const CdFileScope *files, guint from, const char *directory, const char *module)
{
  static const char *const endings[] = { ".py", "/__main__.py", "/__init__.py", NULL };
  gsize length = strlen (module);
  if (length == 0 || length > WRITTEN_LIMIT || strspn (module, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-") != length)
    return -1;
  g_autofree char *path = g_strdup (module);
  if (strchr (path, '/') == NULL)
    g_strdelimit (path, ".", '/');
  if (!may_be_module (index, path))
    return -1;
  g_autofree char *folder = folder_of (index, from);
  gint found = directory != NULL ? look_at (index, folder, directory, path, endings) : -1;
  if (found < 0)
    found = look_at (index, folder, NULL, path, endings);
  if (found < 0)
    found = look_at (index, NULL, NULL, path, endings);
  if (found < 0)
    found = look_at (index, "src", NULL, path, endings);
  /* One part alone ("utils") is too common to be found anywhere else in the tree. */
  for (guint i = 0; endings[i] != NULL && found < 0 && strchr (path, '/') != NULL; i++) {
    g_autofree char *suffix = g_strconcat (path, endings[i], NULL);
    found = look_for_suffix (index, files, suffix);
  }
  return found;
}
