/* Comparing a commit's tree with its first parent's, and gathering the changes by path and blob.
 * Raw trees are merged entry by entry and equal subtrees skipped by id, without building libgit2's diff objects;
 * the order of commits is left to history.c. */
#include "git/versions.h"
#include "base/limits.h"
#include <string.h>

#define STEPS_MAX (100u * 1000u * 1000u) /* entries compared in one history: three seconds of hostile trees */
#define VERSIONS_MAX (4u * CD_LIMIT_ENTRIES)
#define ALL_PATHS_BYTES (256u * 1024u * 1024u)
#define STEPS_PER_TREE 64u /* reading a tree costs as much as comparing this many entries */
#define STANDS G_MAXUINT
#define NOT_REPLACED (G_MAXUINT - 1) /* no comparison saw it replaced; settled when gathering */

typedef struct _Version Version;

/* A path that ever stood, with its versions in the order they were met. */
typedef struct {
  char *path;
  Version *versions;
} PathRecord;

struct _Version {
  PathRecord *record;
  Version *next;
  CdOid blob;
  guint first, last;
  gboolean deleted;
};

/* A pair of folders at the same path; either may be absent. */
typedef struct {
  git_odb_object *old_tree, *new_tree;
  CdTreeCursor old_cursor, new_cursor;
  gboolean old_at, new_at; /* the cursor stands on an entry not yet dealt with */
  gsize prefix;
} Pair;

struct _CdVersions {
  CdOdb *odb;
  GHashTable *records;  /* path → PathRecord */
  GHashTable *versions; /* Version, keyed by record and blob */
  GStringChunk *paths;  /* the caller's */
  GArray *stack;        /* Pair */
  GString *path;
  guint parent, commit;
  guint64 steps, path_bytes;
  gboolean incomplete, exhausted;
};

static guint
version_hash (gconstpointer data)
{
  const Version *version = data;

  return cd_oid_hash (&version->blob) ^ g_direct_hash (version->record);
}

static gboolean
version_equal (gconstpointer a, gconstpointer b)
{
  const Version *first = a, *second = b;

  return first->record == second->record && cd_oid_equal (&first->blob, &second->blob);
}

CdVersions *
cd_versions_new (CdOdb *odb, GStringChunk *paths)
{
  CdVersions *versions = g_new0 (CdVersions, 1);

  versions->odb = odb;
  versions->records = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  versions->versions = g_hash_table_new_full (version_hash, version_equal, g_free, NULL);
  versions->paths = paths;
  versions->stack = g_array_new (FALSE, FALSE, sizeof (Pair));
  versions->path = g_string_new (NULL);
  return versions;
}

void
cd_versions_free (CdVersions *versions)
{
  if (versions == NULL)
    return;
  g_hash_table_unref (versions->versions);
  g_hash_table_unref (versions->records);
  g_array_unref (versions->stack);
  g_string_free (versions->path, TRUE);
  g_free (versions);
}

static PathRecord *
record_here (CdVersions *versions)
{
  PathRecord *record = g_hash_table_lookup (versions->records, versions->path->str);

  if (record == NULL) {
    record = g_new0 (PathRecord, 1);
    record->path = g_string_chunk_insert_len (versions->paths, versions->path->str, (gssize) versions->path->len);
    versions->path_bytes += versions->path->len;
    g_hash_table_insert (versions->records, record->path, record);
  }
  return record;
}

static Version *
version_here (CdVersions *versions, const CdOid *blob)
{
  Version key = { .record = record_here (versions), .blob = *blob };
  Version *version = g_hash_table_lookup (versions->versions, &key);

  if (version == NULL) {
    version = g_new0 (Version, 1);
    *version = (Version){ .record = key.record, .next = key.record->versions, .blob = *blob, .last = NOT_REPLACED };
    key.record->versions = version;
    g_hash_table_add (versions->versions, version);
  }
  return version;
}

static gboolean
cursor_is_blob (const CdTreeCursor *cursor)
{
  CdEntryKind kind;

  return cd_tree_kind (cursor, &kind) && kind != CD_ENTRY_SUBMODULE;
}

/* The oldest commit that set it wins: indexes grow with age. */
static void
note_set (CdVersions *versions, const CdOid *blob)
{
  Version *version = version_here (versions, blob);

  version->first = MAX (version->first, versions->commit);
}

/* The newest commit that replaced it wins, and that is the first one met. The parent at least held it. */
static void
note_unset (CdVersions *versions, const CdOid *blob, gboolean deleted)
{
  Version *version = version_here (versions, blob);

  version->first = MAX (version->first, versions->parent);
  if (version->last != NOT_REPLACED)
    return;
  version->last = versions->commit;
  version->deleted = deleted;
}

static void
leave_pair (CdVersions *versions)
{
  Pair *pair = &g_array_index (versions->stack, Pair, versions->stack->len - 1);

  if (pair->old_cursor.broken || pair->new_cursor.broken)
    versions->incomplete = TRUE;
  git_odb_object_free (pair->old_tree);
  git_odb_object_free (pair->new_tree);
  g_array_set_size (versions->stack, versions->stack->len - 1);
}

/* A new side that cannot be read is passed over, since nothing in it can be called deleted. An old side that cannot be read counts
 * as empty: what is in the new side is noted as set here unless an older commit is seen to set it. */
static void
enter_pair (CdVersions *versions, const CdOid *old_tree, const CdOid *new_tree)
{
  Pair pair = { .prefix = versions->path->len };

  versions->steps += STEPS_PER_TREE;
  if (versions->stack->len >= CD_LIMIT_TREE_DEPTH
      || (new_tree != NULL && cd_object_read (versions->odb, new_tree, GIT_OBJECT_TREE, &pair.new_tree) != CD_OBJECT_READ)) {
    versions->incomplete = TRUE;
    return;
  }
  if (old_tree != NULL && cd_object_read (versions->odb, old_tree, GIT_OBJECT_TREE, &pair.old_tree) != CD_OBJECT_READ)
    versions->incomplete = TRUE;
  cd_tree_begin (&pair.old_cursor, pair.old_tree);
  cd_tree_begin (&pair.new_cursor, pair.new_tree);
  pair.old_at = cd_tree_step (&pair.old_cursor);
  pair.new_at = cd_tree_step (&pair.new_cursor);
  g_array_append_val (versions->stack, pair);
}

/* One name that differs between the sides: old or new is NULL where that side lacks it. Both are folders, or neither is. */
static void
note_difference (CdVersions *versions, const CdTreeCursor *old, const CdTreeCursor *new)
{
  const CdTreeCursor *either = new != NULL ? new : old;
  gboolean replaced = new != NULL &&cursor_is_blob (new);

  if (!cd_tree_name_is_legal (either))
    return;
  cd_tree_append_name (versions->path, either);
  if (versions->path->len > CD_PATH_BYTES) {
    versions->incomplete = TRUE;
    return;
  }
  if (cd_tree_is_folder (either)) {
    g_string_append_c (versions->path, '/');
    enter_pair (versions, old != NULL ? old->oid : NULL, new != NULL ? new->oid : NULL);
    return;
  }
  if (replaced)
    note_set (versions, new->oid);
  if (old != NULL && cursor_is_blob (old))
    note_unset (versions, old->oid, !replaced);
}

/* The next name of the two sorted lists. The pair may move in memory below note_difference, so cursors are copied first. */
static void
step_pair (CdVersions *versions, Pair *pair)
{
  CdTreeCursor old = pair->old_cursor, new = pair->new_cursor;
  int order = !pair->old_at ? 1 : !pair->new_at ? -1 : cd_tree_compare (&old, &new);

  if (order <= 0)
    pair->old_at = cd_tree_step (&pair->old_cursor);
  if (order >= 0)
    pair->new_at = cd_tree_step (&pair->new_cursor);
  if (order == 0 && cd_oid_equal (old.oid, new.oid))
    return;
  g_string_truncate (versions->path, pair->prefix);
  note_difference (versions, order <= 0 ? &old : NULL, order >= 0 ? &new : NULL);
}

static gboolean
within_bounds (CdVersions *versions)
{
  if (versions->steps++ < STEPS_MAX && versions->path_bytes < ALL_PATHS_BYTES && g_hash_table_size (versions->versions) < VERSIONS_MAX)
    return TRUE;
  versions->exhausted = versions->incomplete = TRUE;
  return FALSE;
}

gboolean
cd_versions_compare (CdVersions *versions, const CdOid *parent_tree, guint parent, const CdOid *tree, guint commit)
{
  if (versions->exhausted)
    return FALSE;
  if (parent_tree != NULL && cd_oid_equal (parent_tree, tree))
    return TRUE;
  versions->parent = parent;
  versions->commit = commit;
  g_string_truncate (versions->path, 0);
  enter_pair (versions, parent_tree, tree);
  while (versions->stack->len > 0) {
    Pair *pair = &g_array_index (versions->stack, Pair, versions->stack->len - 1);

    if ((!pair->old_at && !pair->new_at) || !within_bounds (versions))
      leave_pair (versions);
    else
      step_pair (versions, pair);
  }
  return !versions->exhausted;
}

gboolean
cd_versions_are_complete (const CdVersions *versions)
{
  return !versions->incomplete;
}

static void
mark_standing (CdVersions *versions, const CdSnapshot *snapshot)
{
  for (guint i = 0; i < cd_snapshot_length (snapshot); i++) {
    const CdEntry *entry = cd_snapshot_entry (snapshot, i);
    PathRecord *record = g_hash_table_lookup (versions->records, entry->path);
    Version key = { .record = record, .blob = entry->oid };
    Version *version = record != NULL ? g_hash_table_lookup (versions->versions, &key) : NULL;

    if (version == NULL)
      continue;
    version->last = STANDS;
    version->deleted = FALSE;
  }
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const PathRecord *const *first = a, *const *second = b;

  return strcmp ((*first)->path, (*second)->path);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const CdPathVersion *first = a, *second = b;

  if (first->first != second->first)
    return first->first < second->first ? -1 : 1;
  if (first->last != second->last)
    return first->last == STANDS || (second->last != STANDS && first->last < second->last) ? -1 : 1;
  return memcmp (&first->blob, &second->blob, sizeof first->blob);
}

static void
gather_record (const PathRecord *record, const CdSnapshot *snapshot, const guint *integrators, GArray *gathered)
{
  guint start = gathered->len;
  gboolean path_stands = cd_snapshot_find (snapshot, record->path) != NULL;

  for (const Version *version = record->versions; version != NULL; version = version->next) {
    CdPathVersion found = { record->path, version->blob, version->first, version->last, version->deleted };

    if (found.last == NOT_REPLACED) {
      found.last = integrators[found.first];
      found.deleted = !path_stands;
    }
    g_array_append_val (gathered, found);
  }
  if (gathered->len - start > 1)
    qsort (&g_array_index (gathered, CdPathVersion, start), gathered->len - start, sizeof (CdPathVersion), compare_newest_first);
}

GArray *
cd_versions_gather (CdVersions *versions, const CdSnapshot *snapshot, const guint *integrators)
{
  GArray *gathered = g_array_sized_new (FALSE, FALSE, sizeof (CdPathVersion), g_hash_table_size (versions->versions));
  g_autoptr (GPtrArray) records = g_ptr_array_sized_new (g_hash_table_size (versions->records));
  GHashTableIter iter;
  gpointer found;

  mark_standing (versions, snapshot);
  g_hash_table_iter_init (&iter, versions->records);
  while (g_hash_table_iter_next (&iter, NULL, &found))
    g_ptr_array_add (records, found);
  g_ptr_array_sort (records, compare_records);
  for (guint i = 0; i < records->len; i++)
    gather_record (records->pdata[i], snapshot, integrators, gathered);
  return gathered;
}
