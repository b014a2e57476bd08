/* One commit's tree, walked once into a sorted table; what cannot be walked is kept with its reason.
 * Reading blobs is left to blob.c, taking trees apart to objects.c. */
#include "git/snapshot.h"
#include "base/limits.h"
#include "base/text.h"
#include "git/objects.h"
#include <string.h>

#define ALL_PATHS_BYTES (128u * 1024u * 1024u) /* in sum: deep hostile trees repeat their prefixes */

struct _CdSnapshot {
  CdRepository *repository;
  CdOid oid;
  char commit[41];
  gint64 time;
  GArray *entries; /* CdEntry */
  GArray *unread;  /* CdUnread */
  GStringChunk *paths;
};

/* One folder on the way from the root to where the walk stands. */
typedef struct {
  git_odb_object *tree;
  CdTreeCursor cursor;
  gsize prefix; /* bytes of the walk's path that name this folder, with its slash */
} Folder;

typedef struct {
  CdSnapshot *snapshot;
  CdOdb *odb;
  GArray *stack; /* Folder: depth is not left to the C stack */
  GString *path;
  guint visited; /* entries and folders */
  gsize path_bytes;
} Walk;

void
cd_oid_to_hex (const CdOid *oid, char hex[41])
{
  static const char digits[] = "0123456789abcdef";

  for (guint i = 0; i < CD_OID_BYTES; i++) {
    hex[2 * i] = digits[oid->bytes[i] >> 4];
    hex[2 * i + 1] = digits[oid->bytes[i] & 15];
  }
  hex[2 * CD_OID_BYTES] = '\0';
}

const char *
cd_object_state_text (CdObjectState state)
{
  static const char *const texts[] = {
    [CD_OBJECT_READ] = "read",
    [CD_OBJECT_MISSING] = "object missing",
    [CD_OBJECT_CORRUPT] = "object corrupt",
    [CD_OBJECT_TOO_LARGE] = "too large",
  };

  return texts[state];
}

static void
note_unread (Walk *walk, const char *why)
{
  gsize shown = MIN (walk->path->len, CD_PATH_BYTES);
  g_autofree char *path = cd_text_to_utf8 (walk->path->str, shown);
  CdUnread unread = { g_string_chunk_insert (walk->snapshot->paths, path), why };

  g_array_append_val (walk->snapshot->unread, unread);
}

static void
leave_folder (Walk *walk)
{
  Folder *folder = &g_array_index (walk->stack, Folder, walk->stack->len - 1);

  g_string_truncate (walk->path, folder->prefix);
  if (folder->cursor.broken)
    note_unread (walk, cd_object_state_text (CD_OBJECT_CORRUPT));
  git_odb_object_free (folder->tree);
  g_array_set_size (walk->stack, walk->stack->len - 1);
}

static CdObjectState
enter_folder (Walk *walk, const CdOid *oid)
{
  Folder folder = { .prefix = walk->path->len };
  CdObjectState state = cd_object_read (walk->odb, oid, GIT_OBJECT_TREE, &folder.tree);

  if (state != CD_OBJECT_READ)
    return state;
  cd_tree_begin (&folder.cursor, folder.tree);
  g_array_append_val (walk->stack, folder);
  return state;
}

static void
visit_folder (Walk *walk, const CdOid *oid)
{
  CdObjectState state;

  if (walk->stack->len >= CD_LIMIT_TREE_DEPTH) {
    note_unread (walk, "folders nested too deep");
    return;
  }
  g_string_append_c (walk->path, '/');
  state = enter_folder (walk, oid);
  if (state == CD_OBJECT_READ)
    return;
  g_string_truncate (walk->path, walk->path->len - 1);
  note_unread (walk, cd_object_state_text (state));
}

static void
visit_entry (Walk *walk, const CdTreeCursor *cursor)
{
  CdEntry entry = { .oid = *cursor->oid };

  if (!cd_tree_name_is_legal (cursor))
    note_unread (walk, "name that git refuses");
  else if (walk->path->len > CD_PATH_BYTES)
    note_unread (walk, "path too long");
  else if (cd_tree_is_folder (cursor))
    visit_folder (walk, cursor->oid);
  else if (!cd_tree_kind (cursor, &entry.kind))
    note_unread (walk, "kind of entry that git does not know");
  else {
    entry.path = g_string_chunk_insert_len (walk->snapshot->paths, walk->path->str, (gssize) walk->path->len);
    walk->path_bytes += walk->path->len;
    g_array_append_val (walk->snapshot->entries, entry);
  }
}

static void
walk_tree (Walk *walk)
{
  while (walk->stack->len > 0) {
    Folder *folder = &g_array_index (walk->stack, Folder, walk->stack->len - 1);
    CdTreeCursor cursor;

    g_string_truncate (walk->path, folder->prefix);
    if (!cd_tree_step (&folder->cursor)) {
      leave_folder (walk);
      continue;
    }
    cursor = folder->cursor; /* the stack may move below */
    cd_tree_append_name (walk->path, &cursor);
    if (++walk->visited > CD_LIMIT_ENTRIES || walk->path_bytes > ALL_PATHS_BYTES) {
      note_unread (walk, "too many entries: this one and all after it");
      break;
    }
    visit_entry (walk, &cursor);
  }
  while (walk->stack->len > 0) {
    g_array_index (walk->stack, Folder, walk->stack->len - 1).cursor.broken = FALSE;
    leave_folder (walk);
  }
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const CdEntry *first = a, *second = b;
  int order = strcmp (first->path, second->path);

  return order != 0 ? order : memcmp (&first->oid, &second->oid, sizeof first->oid);
}

/* Well-formed trees come in path order; only odd names and forged trees need sorting. */
static void
sort_entries (GArray *entries)
{
  for (guint i = 1; i < entries->len; i++)
    if (compare_entries (&g_array_index (entries, CdEntry, i - 1), &g_array_index (entries, CdEntry, i)) > 0) {
      g_array_sort (entries, compare_entries);
      return;
    }
}

static gboolean
fail_state (CdSnapshot *snapshot, const char *noun, const char *hex, CdObjectState state, GError **error)
{
  static const char *const says[] = {
    [CD_OBJECT_MISSING] = "is missing from it",
    [CD_OBJECT_CORRUPT] = "is damaged",
    [CD_OBJECT_TOO_LARGE] = "is too large to be genuine",
  };
  g_autofree char *what = g_strdup_printf ("%s %s %s", noun, hex, says[state]);

  return cd_git_fail (error, CD_ERROR_REPOSITORY, cd_repository_location (snapshot->repository), what);
}

static gboolean
read_commit (CdSnapshot *snapshot, CdOdb *odb, CdOid *tree, GError **error)
{
  git_odb_object *object;
  CdCommitView view;
  CdObjectState state = cd_object_read (odb, &snapshot->oid, GIT_OBJECT_COMMIT, &object);

  if (state != CD_OBJECT_READ)
    return fail_state (snapshot, "commit", snapshot->commit, state, error);
  if (!cd_commit_view (object, &view)) {
    git_odb_object_free (object);
    return fail_state (snapshot, "commit", snapshot->commit, CD_OBJECT_CORRUPT, error);
  }
  snapshot->time = view.time;
  *tree = view.tree;
  git_odb_object_free (object);
  return TRUE;
}

static gboolean
read_tree (CdSnapshot *snapshot, CdOdb *odb, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Folder));
  Walk walk = { .snapshot = snapshot, .odb = odb, .stack = stack, .path = path };
  CdOid root;
  char hex[41];
  CdObjectState state;

  if (!read_commit (snapshot, odb, &root, error))
    return FALSE;
  state = enter_folder (&walk, &root);
  if (state != CD_OBJECT_READ) {
    cd_oid_to_hex (&root, hex);
    return fail_state (snapshot, "the commit's tree", hex, state, error);
  }
  walk_tree (&walk);
  sort_entries (snapshot->entries);
  git_error_clear ();
  return TRUE;
}

CdSnapshot *
cd_snapshot_open (CdRepository *repository, const char *revision, GError **error)
{
  g_autoptr (CdSnapshot) snapshot = g_new0 (CdSnapshot, 1);
  CdOdb *odb;
  gboolean read;

  snapshot->repository = cd_repository_ref (repository);
  snapshot->entries = g_array_new (FALSE, FALSE, sizeof (CdEntry));
  snapshot->unread = g_array_new (FALSE, FALSE, sizeof (CdUnread));
  snapshot->paths = g_string_chunk_new (64 * 1024);
  if (!cd_revision_resolve (repository, revision, &snapshot->oid, error))
    return NULL;
  cd_oid_to_hex (&snapshot->oid, snapshot->commit);
  odb = cd_repository_take_odb (repository);
  if (odb == NULL) {
    cd_git_fail (error, CD_ERROR_REPOSITORY, cd_repository_location (repository), "its objects cannot be opened");
    return NULL;
  }
  read = read_tree (snapshot, odb, error);
  cd_repository_give_odb (repository, odb);
  return read ? g_steal_pointer (&snapshot) : NULL;
}

void
cd_snapshot_free (CdSnapshot *snapshot)
{
  if (snapshot == NULL)
    return;
  g_array_unref (snapshot->entries);
  g_array_unref (snapshot->unread);
  g_string_chunk_free (snapshot->paths);
  cd_repository_free (snapshot->repository);
  g_free (snapshot);
}

const char *
cd_snapshot_commit (const CdSnapshot *snapshot)
{
  return snapshot->commit;
}

gint64
cd_snapshot_time (const CdSnapshot *snapshot)
{
  return snapshot->time;
}

guint
cd_snapshot_length (const CdSnapshot *snapshot)
{
  return snapshot->entries->len;
}

const CdEntry *
cd_snapshot_entry (const CdSnapshot *snapshot, guint index)
{
  return &g_array_index (snapshot->entries, CdEntry, index);
}

/* The first entry whose path is not before path; the table's length where all are. */
static guint
lower_bound (const CdSnapshot *snapshot, const char *path)
{
  guint low = 0, high = snapshot->entries->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (strcmp (cd_snapshot_entry (snapshot, middle)->path, path) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

const CdEntry *
cd_snapshot_find (const CdSnapshot *snapshot, const char *path)
{
  guint index = lower_bound (snapshot, path);
  const CdEntry *entry = index < snapshot->entries->len ? cd_snapshot_entry (snapshot, index) : NULL;

  return entry != NULL && strcmp (entry->path, path) == 0 ? entry : NULL;
}

gboolean
cd_snapshot_has (const CdSnapshot *snapshot, const char *path)
{
  g_autofree char *folder = NULL;
  guint index;

  if (path[0] == '\0')
    return snapshot->entries->len > 0;
  if (cd_snapshot_find (snapshot, path) != NULL)
    return TRUE;
  folder = g_str_has_suffix (path, "/") ? g_strdup (path) : g_strconcat (path, "/", NULL);
  index = lower_bound (snapshot, folder);
  return index < snapshot->entries->len && g_str_has_prefix (cd_snapshot_entry (snapshot, index)->path, folder);
}

void
cd_snapshot_read (const CdSnapshot *snapshot, const CdEntry *entry, gsize limit, CdBlob *blob)
{
  cd_blob_read (snapshot->repository, entry, limit, blob);
}

const GArray *
cd_snapshot_unread (const CdSnapshot *snapshot)
{
  return snapshot->unread;
}

CdRepository *
cd_snapshot_repository (const CdSnapshot *snapshot)
{
  return snapshot->repository;
}

const CdOid *
cd_snapshot_oid (const CdSnapshot *snapshot)
{
  return &snapshot->oid;
}
