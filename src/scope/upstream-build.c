/* Building the upstream table from the projects' own histories. Runs when the table is renewed, never in an audit.
 * Which files count is upstream.c's (cd_upstream_lists); reading histories is git/'s. */
#include "base/yaml.h"
#include "git/history.h"
#include "scope/upstream.h"
#include <gio/gio.h>
#include <string.h>

typedef struct {
  guint8 id[CD_UPSTREAM_ID];
  guint8 project;
  guint8 rank; /* of its kind in left_out_order; 0: never left out */
  gint64 time; /* of the commit that brought it in */
} Row;

typedef struct {
  guint8 key[CD_UPSTREAM_PATH];
} PathKey;

/* What is left out first when the table is too large: the higher rank, the rarer such files travel with copied code. */
static const struct {
  const char *endings;
  guint8 rank;
  const char *text;
} left_out_order[] = {
  { " html css js ts ", 5, "web pages" }, { " ipynb ", 4, "notebooks" }, { " rst txt ", 3, "text and reStructuredText" },
  { " json jsonl ", 2, "JSON" },          { " md ", 1, "Markdown" },
};

static guint8
rank_of (const char *path)
{
  const char *dot = strrchr (path, '.');
  if (dot == NULL || strchr (dot, '/') != NULL || strlen (dot) > 8)
    return 0;
  g_autofree char *lower = g_ascii_strdown (dot + 1, -1);
  g_autofree char *word = g_strdup_printf (" %s ", lower);
  for (guint i = 0; i < G_N_ELEMENTS (left_out_order); i++)
    if (strstr (left_out_order[i].endings, word) != NULL)
      return left_out_order[i].rank;
  return 0;
}

static guint
oid_hash (gconstpointer key)
{
  guint hash;
  memcpy (&hash, key, sizeof hash);
  return hash;
}

static gboolean
oid_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, CD_OID_BYTES) == 0;
}

/* Blobs of at least the smallest size, or absent from this copy (only large ones are left out of partial clones). */
static gboolean
is_large_enough (const CdSnapshot *snapshot, const CdPathVersion *version)
{
  CdEntry entry = { .path = version->path, .oid = version->blob, .kind = CD_ENTRY_FILE };
  g_auto (CdBlob) blob = { 0 };
  cd_snapshot_read (snapshot, &entry, CD_UPSTREAM_SMALLEST - 1, &blob);
  return blob.state != CD_BLOB_READ && blob.state != CD_BLOB_CORRUPT;
}

static void
collect_rows (const CdSnapshot *snapshot, const CdHistory *history, guint8 index, GArray *rows, GArray *keys)
{
  const GArray *commits = cd_history_commits (history), *versions = cd_history_versions (history);
  g_autoptr (GHashTable) small = g_hash_table_new (oid_hash, oid_equal);
  g_autoptr (GHashTable) large = g_hash_table_new (oid_hash, oid_equal);
  for (guint i = 0; i < versions->len; i++) {
    CdPathVersion *version = &g_array_index (versions, CdPathVersion, i);
    if (!cd_upstream_lists (version->path, CD_UPSTREAM_SMALLEST))
      continue;
    if (i == 0 || !g_str_equal (version->path, (version - 1)->path)) {
      PathKey key;
      cd_upstream_path_key (version->path, key.key);
      g_array_append_val (keys, key);
    }
    if (g_hash_table_contains (small, &version->blob))
      continue;
    if (!g_hash_table_contains (large, &version->blob)) {
      gboolean counts = is_large_enough (snapshot, version);
      g_hash_table_add (counts ? large : small, &version->blob);
      if (!counts)
        continue;
    }
    Row row = { .project = index, .rank = rank_of (version->path), .time = g_array_index (commits, CdCommit, version->first).time };
    memcpy (row.id, version->blob.bytes, CD_UPSTREAM_ID);
    g_array_append_val (rows, row);
  }
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = a, *y = b;
  int order = memcmp (x->id, y->id, CD_UPSTREAM_ID);
  if (order != 0)
    return order;
  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  return (int) x->project - (int) y->project;
}

/* One row a blob: the earliest commit's project, and the rank of the kind that is left out last. */
static void
unite_rows (GArray *rows)
{
  g_array_sort (rows, compare_rows);
  guint kept = 0;
  for (guint i = 0; i < rows->len; i++) {
    Row *row = &g_array_index (rows, Row, i);
    Row *last = kept > 0 ? &g_array_index (rows, Row, kept - 1) : NULL;
    if (last != NULL && memcmp (last->id, row->id, CD_UPSTREAM_ID) == 0)
      last->rank = MIN (last->rank, row->rank);
    else
      g_array_index (rows, Row, kept++) = *row;
  }
  g_array_set_size (rows, kept);
}

static gint
compare_keys (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, CD_UPSTREAM_PATH);
}

static void
unite_keys (GArray *keys)
{
  g_array_sort (keys, compare_keys);
  guint kept = 0;
  for (guint i = 0; i < keys->len; i++)
    if (kept == 0 || compare_keys (&g_array_index (keys, PathKey, i), &g_array_index (keys, PathKey, kept - 1)) != 0)
      g_array_index (keys, PathKey, kept++) = g_array_index (keys, PathKey, i);
  g_array_set_size (keys, kept);
}

/* The rank from which kinds are left out so that the records fit; G_MAXUINT8 where all fit, 0 where not even the rest does. */
static guint8
cut_rank (const GArray *rows, gsize max_bytes)
{
  gsize counts[G_N_ELEMENTS (left_out_order) + 1] = { 0 };
  for (guint i = 0; i < rows->len; i++)
    counts[g_array_index (rows, Row, i).rank]++;
  if (rows->len <= max_bytes / CD_UPSTREAM_RECORD)
    return G_MAXUINT8;
  gsize total = rows->len;
  for (guint8 rank = G_N_ELEMENTS (left_out_order); rank >= 1; rank--) {
    total -= counts[rank];
    if (total <= max_bytes / CD_UPSTREAM_RECORD)
      return rank;
  }
  return 0;
}

static void
append_field (GString *out, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (out, "    %s: ", key);
  cd_yaml_quote (out, value);
  g_string_append_c (out, '\n');
}

static void
append_list (GString *out, const char *key, char **values)
{
  if (values == NULL || values[0] == NULL)
    return;
  g_string_append_printf (out, "    %s: [", key);
  for (guint i = 0; values[i] != NULL; i++) {
    g_string_append (out, i > 0 ? ", " : "");
    cd_yaml_quote (out, values[i]);
  }
  g_string_append (out, "]\n");
}

typedef struct {
  char *commit;
  char **roots;
  guint blobs;
} Built;

static void
built_clear (gpointer data)
{
  Built *built = data;
  g_free (built->commit);
  g_strfreev (built->roots);
}

static char *
describe (const CdUpstream *list, const GArray *built, guint8 cut)
{
  GString *out
      = g_string_new ("# Public frameworks whose copies are told from a work's own files; written by `candor upstream build`, which also reads it.\n"
                      "# blobs.bin beside it lists every blob that ever stood in their histories. names: folders and packages they are copied as.\n"
                      "version: 1\n"
                      "record: \"7 bytes of blob id, 1 byte index of project below, 2 bytes day since 1970; sorted\"\n"
                      "left_out: [");
  const char *comma = "";
  for (guint i = 0; i < G_N_ELEMENTS (left_out_order); i++)
    if (left_out_order[i].rank >= cut) {
      g_string_append_printf (out, "%s\"%s\"", comma, left_out_order[i].text);
      comma = ", ";
    }
  g_string_append (out, "]\nprojects:\n");
  for (guint i = 0; i < cd_upstream_length (list); i++) {
    const CdUpstreamProject *project = cd_upstream_project (list, i);
    const Built *result = &g_array_index (built, Built, i);
    g_string_append (out, "  - id: ");
    cd_yaml_quote (out, project->id);
    g_string_append_c (out, '\n');
    append_field (out, "name", project->name);
    append_field (out, "repository", project->repository);
    append_field (out, "license", project->license);
    append_field (out, "commit", result->commit);
    append_list (out, "roots", result->roots);
    append_list (out, "names", project->names);
    append_field (out, "reason", project->reason);
    g_string_append_printf (out, "    blobs: %u\n", result->blobs);
  }
  return g_string_free (out, FALSE);
}

/* Add one project's rows. A project with a reason is known by name only. */
static gboolean
read_project (const CdUpstreamProject *project, guint8 index, GArray *rows, GArray *keys, Built *built, GError **error)
{
  if (project->reason != NULL)
    return TRUE;
  g_autoptr (CdRepository) repository = cd_repository_open (project->location != NULL ? project->location : project->repository, NULL, NULL, error);
  if (repository == NULL)
    return FALSE;
  g_autoptr (CdSnapshot) snapshot = cd_snapshot_open (repository, project->commit, error);
  if (snapshot == NULL)
    return FALSE;
  g_autoptr (CdHistory) history = cd_history_index (snapshot, error);
  if (history == NULL)
    return FALSE;
  collect_rows (snapshot, history, index, rows, keys);

  const GArray *roots = cd_history_roots (history), *commits = cd_history_commits (history);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < roots->len; i++) {
    char *hex = g_malloc (41);
    cd_oid_to_hex (&g_array_index (commits, CdCommit, g_array_index (roots, guint, i)).oid, hex);
    g_ptr_array_add (ids, hex);
  }
  g_ptr_array_add (ids, NULL);
  built->roots = (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
  built->commit = g_strdup (cd_snapshot_commit (snapshot));
  return TRUE;
}

static gboolean
write_file (const char *directory, const char *name, const void *bytes, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  return g_file_set_contents (path, bytes, (gssize) length, error);
}

gboolean
cd_upstream_build (const CdUpstream *list, const char *directory, gsize max_bytes, CdUpstreamLog log, gpointer data, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (PathKey));
  g_autoptr (GArray) built = g_array_new (FALSE, TRUE, sizeof (Built));
  g_array_set_clear_func (built, built_clear);
  g_array_set_size (built, cd_upstream_length (list));
  for (guint i = 0; i < built->len; i++) {
    guint before = rows->len;
    if (!read_project (cd_upstream_project (list, i), (guint8) i, rows, keys, &g_array_index (built, Built, i), error))
      return FALSE;
    if (log != NULL && cd_upstream_project (list, i)->reason == NULL)
      log (cd_upstream_project (list, i)->id, rows->len - before, data);
  }
  unite_rows (rows);
  unite_keys (keys);
  guint8 cut = cut_rank (rows, max_bytes);
  if (cut == 0) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "%u records do not fit into %" G_GSIZE_FORMAT " bytes", rows->len, max_bytes);
    return FALSE;
  }
  g_autoptr (GByteArray) records = g_byte_array_sized_new (rows->len * CD_UPSTREAM_RECORD);
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);
    if (row->rank >= cut)
      continue;
    guint day = (guint) CLAMP (row->time / CD_UPSTREAM_DAY, 0, G_MAXUINT16);
    const guint8 tail[] = { row->project, (guint8) (day >> 8), (guint8) (day & 0xff) };
    g_byte_array_append (records, row->id, CD_UPSTREAM_ID);
    g_byte_array_append (records, tail, sizeof tail);
    g_array_index (built, Built, row->project).blobs++;
  }
  g_autofree char *description = describe (list, built, cut);
  return write_file (directory, "blobs.bin", records->data, records->len, error)
         && write_file (directory, "paths.bin", keys->data, (gsize) keys->len * CD_UPSTREAM_PATH, error)
         && write_file (directory, "upstream.yaml", description, strlen (description), error);
}
