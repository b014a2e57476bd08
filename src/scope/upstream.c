/* Reading the upstream table: the description through base/yaml.h, the records by binary search in the bytes as they were loaded.
 * Building it is upstream-build.c's job; what a hit means for a folder or a tree is vendored.c's. */
#include "scope/upstream.h"
#include "base/text.h"
#include "base/yaml.h"
#include <string.h>

#define UPSTREAM_YAML "rubrics/knowledge/upstream/upstream.yaml"
#define UPSTREAM_BLOBS "rubrics/knowledge/upstream/blobs.bin"
#define UPSTREAM_PATHS "rubrics/knowledge/upstream/paths.bin"

struct _CdUpstream {
  GPtrArray *projects; /* CdUpstreamProject* */
  GHashTable *names;   /* key of a name → index + 1 */
  GHashTable *roots;   /* hex → index + 1 */
  GHashTable *hosts;   /* "owner/name" in lower case → index + 1 */
  GBytes *blobs;       /* NULL in a build list */
  GBytes *paths;
};

static void
project_free (gpointer data)
{
  CdUpstreamProject *project = data;
  g_free (project->id);
  g_free (project->name);
  g_free (project->repository);
  g_free (project->location);
  g_free (project->commit);
  g_free (project->license);
  g_free (project->reason);
  g_strfreev (project->names);
  g_strfreev (project->roots);
  g_free (project);
}

/* "https://github.com/Owner/Name.git/…" → "github.com/owner/name"; NULL where url has no such shape. */
static char *
host_key (const char *url)
{
  const char *start = strstr (url, "://");
  start = start != NULL ? start + 3 : url;
  if (g_str_has_prefix (start, "www."))
    start += 4;
  g_auto (GStrv) parts = g_strsplit (start, "/", 4);
  if (g_strv_length (parts) < 3 || *parts[1] == '\0' || *parts[2] == '\0')
    return NULL;
  parts[2][strcspn (parts[2], "?#")] = '\0';
  if (g_str_has_suffix (parts[2], ".git"))
    parts[2][strlen (parts[2]) - 4] = '\0';
  g_autofree char *key = g_strdup_printf ("%s/%s/%s", parts[0], parts[1], parts[2]);
  return g_ascii_strdown (key, -1);
}

static char **
strings_of (const CdYamlNode *node)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < cd_yaml_length (node); i++)
    if (cd_yaml_string (cd_yaml_at (node, i)) != NULL)
      g_strv_builder_add (builder, cd_yaml_string (cd_yaml_at (node, i)));
  return g_strv_builder_end (builder);
}

static gboolean
add_project (CdUpstream *self, const CdYaml *yaml, const CdYamlNode *node, GError **error)
{
  static const char *const allowed[] = { "id", "name", "repository", "location", "commit", "license", "reason", "names", "roots", "blobs", NULL };
  if (!cd_yaml_check_keys (yaml, node, allowed, error))
    return FALSE;
  const char *id = cd_yaml_string (cd_yaml_get (node, "id"));
  const char *repository = cd_yaml_string (cd_yaml_get (node, "repository"));
  if (id == NULL || repository == NULL)
    return cd_yaml_fail (yaml, node, error, "a project needs id and repository");
  if (self->projects->len >= CD_UPSTREAM_PROJECTS)
    return cd_yaml_fail (yaml, node, error, "more than %u projects", CD_UPSTREAM_PROJECTS);
  gint64 blobs = 0;
  const CdYamlNode *count = cd_yaml_get (node, "blobs");
  if (count != NULL && (!cd_yaml_int (count, &blobs) || blobs < 0 || blobs > G_MAXUINT32))
    return cd_yaml_fail (yaml, count, error, "blobs: not a count");

  CdUpstreamProject *project = g_new0 (CdUpstreamProject, 1);
  const char *name = cd_yaml_string (cd_yaml_get (node, "name"));
  project->id = g_strdup (id);
  project->name = g_strdup (name != NULL ? name : id);
  project->repository = g_strdup (repository);
  project->location = g_strdup (cd_yaml_string (cd_yaml_get (node, "location")));
  project->commit = g_strdup (cd_yaml_string (cd_yaml_get (node, "commit")));
  project->license = g_strdup (cd_yaml_string (cd_yaml_get (node, "license")));
  project->reason = g_strdup (cd_yaml_string (cd_yaml_get (node, "reason")));
  project->names = strings_of (cd_yaml_get (node, "names"));
  project->roots = strings_of (cd_yaml_get (node, "roots"));
  project->blobs = (guint) blobs;
  g_ptr_array_add (self->projects, project);
  return TRUE;
}

/* The first project of the list that claims a key keeps it. */
static void
index_key (GHashTable *table, char *key, guint index)
{
  if (key == NULL || g_hash_table_contains (table, key))
    g_free (key);
  else
    g_hash_table_insert (table, key, GUINT_TO_POINTER (index + 1));
}

static gint
lookup_key (GHashTable *table, const char *key)
{
  return (gint) GPOINTER_TO_UINT (g_hash_table_lookup (table, key)) - 1;
}

static void
index_projects (CdUpstream *self)
{
  for (guint i = 0; i < self->projects->len; i++) {
    const CdUpstreamProject *project = self->projects->pdata[i];
    index_key (self->hosts, host_key (project->repository), i);
    for (guint j = 0; project->names[j] != NULL; j++)
      index_key (self->names, cd_text_key (project->names[j]), i);
    for (guint j = 0; project->roots[j] != NULL; j++)
      index_key (self->roots, g_strdup (project->roots[j]), i);
  }
}

/* Keep bytes, which must be whole records. */
static gboolean
take_records (GBytes **slot, GBytes *bytes, guint record, const char *name, GError **error)
{
  if (bytes == NULL)
    return TRUE;
  if (g_bytes_get_size (bytes) % record != 0) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: a file beside it is no list of %u-byte records", name, record);
    return FALSE;
  }
  *slot = g_bytes_ref (bytes);
  return TRUE;
}

static CdUpstream *
read_table (const CdYaml *yaml, GBytes *blobs, GBytes *paths, GError **error)
{
  static const char *const allowed[] = { "version", "record", "left_out", "projects", "repositories", NULL };
  const CdYamlNode *root = cd_yaml_root (yaml);
  if (!cd_yaml_check_keys (yaml, root, allowed, error))
    return NULL;
  const CdYamlNode *projects = cd_yaml_get (root, "projects");
  if (projects == NULL)
    projects = cd_yaml_get (root, "repositories");
  if (projects == NULL || projects->kind != CD_YAML_SEQUENCE) {
    cd_yaml_fail (yaml, root, error, "a list 'projects' is missing");
    return NULL;
  }
  g_autoptr (CdUpstream) self = g_new0 (CdUpstream, 1);
  self->projects = g_ptr_array_new_with_free_func (project_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < cd_yaml_length (projects); i++)
    if (!add_project (self, yaml, cd_yaml_at (projects, i), error))
      return NULL;
  index_projects (self);
  const char *name = cd_yaml_name (yaml);
  if (!take_records (&self->blobs, blobs, CD_UPSTREAM_RECORD, name, error) || !take_records (&self->paths, paths, CD_UPSTREAM_PATH, name, error))
    return NULL;
  return g_steal_pointer (&self);
}

CdUpstream *
cd_upstream_new (const char *name, const char *text, gsize length, GBytes *blobs, GBytes *paths, GError **error)
{
  g_autoptr (CdYaml) yaml = cd_yaml_parse (name, text, length, error);
  return yaml == NULL ? NULL : read_table (yaml, blobs, paths, error);
}

CdUpstream *
cd_upstream_load (const CdData *data, GError **error)
{
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, UPSTREAM_YAML, error);
  g_autoptr (GBytes) blobs = yaml == NULL ? NULL : cd_data_load (data, UPSTREAM_BLOBS, error);
  g_autoptr (GBytes) paths = blobs == NULL ? NULL : cd_data_load (data, UPSTREAM_PATHS, error);
  return paths == NULL ? NULL : read_table (yaml, blobs, paths, error);
}

void
cd_upstream_free (CdUpstream *upstream)
{
  if (upstream == NULL)
    return;
  g_clear_pointer (&upstream->projects, g_ptr_array_unref);
  g_clear_pointer (&upstream->names, g_hash_table_unref);
  g_clear_pointer (&upstream->roots, g_hash_table_unref);
  g_clear_pointer (&upstream->hosts, g_hash_table_unref);
  g_clear_pointer (&upstream->blobs, g_bytes_unref);
  g_clear_pointer (&upstream->paths, g_bytes_unref);
  g_free (upstream);
}

guint
cd_upstream_length (const CdUpstream *upstream)
{
  return upstream->projects->len;
}

const CdUpstreamProject *
cd_upstream_project (const CdUpstream *upstream, guint index)
{
  return index < upstream->projects->len ? upstream->projects->pdata[index] : NULL;
}

/* The record that begins with key, by binary search; NULL where there is none. */
static const guint8 *
find_record (GBytes *bytes, gsize record, const guint8 *key, gsize key_length)
{
  gsize size = 0;
  const guint8 *records = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  gsize low = 0, high = size / record;
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    int order = memcmp (records + middle * record, key, key_length);
    if (order == 0)
      return records + middle * record;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

gint
cd_upstream_find (const CdUpstream *upstream, const CdOid *blob, gint64 *day)
{
  const guint8 *record = find_record (upstream->blobs, CD_UPSTREAM_RECORD, blob->bytes, CD_UPSTREAM_ID);
  if (record == NULL || record[CD_UPSTREAM_ID] >= upstream->projects->len)
    return -1;
  if (day != NULL)
    *day = record[CD_UPSTREAM_ID + 1] * 256 + record[CD_UPSTREAM_ID + 2];
  return record[CD_UPSTREAM_ID];
}

void
cd_upstream_path_key (const char *path, guint8 key[CD_UPSTREAM_PATH])
{
  const char *tail = path + strlen (path);
  for (guint slashes = 0; tail > path; tail--)
    if (tail[-1] == '/' && ++slashes == 2)
      break;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (sum, (const guchar *) tail, (gssize) strlen (tail));
  guint8 digest[20];
  gsize length = sizeof digest;
  g_checksum_get_digest (sum, digest, &length);
  memcpy (key, digest, CD_UPSTREAM_PATH);
}

gboolean
cd_upstream_knows_path (const CdUpstream *upstream, const char *path)
{
  guint8 key[CD_UPSTREAM_PATH];
  cd_upstream_path_key (path, key);
  return find_record (upstream->paths, CD_UPSTREAM_PATH, key, CD_UPSTREAM_PATH) != NULL;
}

gint
cd_upstream_named (const CdUpstream *upstream, const char *name)
{
  g_autofree char *key = cd_text_key (name);
  return *key != '\0' ? lookup_key (upstream->names, key) : -1;
}

gint
cd_upstream_rooted (const CdUpstream *upstream, const char *commit)
{
  return lookup_key (upstream->roots, commit);
}

gint
cd_upstream_hosted (const CdUpstream *upstream, const char *url)
{
  g_autofree char *key = host_key (url);
  return key != NULL ? lookup_key (upstream->hosts, key) : -1;
}

gboolean
cd_upstream_lists (const char *path, gint64 size)
{
  static const char *const endings[] = { "py", "sh", "md",  "yaml", "yml", "json", "toml", "cfg",   "txt",    "rst", "ipynb", "cu",    "cuh", "cpp",
                                         "cc", "h",  "hpp", "js",   "ts",  "html", "css",  "jinja", "jinja2", "j2",  "ini",   "jsonl", NULL };
  static const char *const names[] = { "readme", "license", "licence", "copying", "notice", "dockerfile", "makefile", NULL };
  if (size < CD_UPSTREAM_SMALLEST)
    return FALSE;
  const char *base = strrchr (path, '/');
  base = base != NULL ? base + 1 : path;
  const char *dot = strrchr (base, '.');
  for (guint i = 0; dot != NULL && endings[i] != NULL; i++)
    if (g_ascii_strcasecmp (dot + 1, endings[i]) == 0)
      return TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strncasecmp (base, names[i], strlen (names[i])) == 0)
      return TRUE;
  return FALSE;
}
