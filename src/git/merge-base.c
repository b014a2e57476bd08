/* The nearest commit behind two others: both sides' histories are walked together, latest commits first, until nothing is left that only one of them has.
 * libgit2's own search gives up at the first missing parent, and so in every shallow clone. */
#include "git/merge-base.h"
#include "git/objects.h"
#include <string.h>

#define COMMITS_MAX 1000000u
#define DEEPEN "fetch all of the history (`git fetch --unshallow`; `fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` for GitLab)"

enum {
  ONE = 1,
  OTHER = 2,
  BOTH = ONE | OTHER,
  BEHIND = 4, /* behind a common commit: common too, and no answer */
};

typedef struct {
  CdOid oid;
  gint64 time;
  guint flags;
  gboolean queued, found;
  GArray *parents; /* CdOid */
} Node;

typedef struct {
  CdOdb *odb;
  GHashTable *nodes; /* CdOid → Node */
  GSequence *queue;  /* Node, latest first */
  guint open;        /* queued nodes that are not behind a common one */
  GPtrArray *common; /* Node, in the order in which they were found */
} Walk;

static void
node_free (gpointer data)
{
  Node *node = data;
  g_array_unref (node->parents);
  g_free (node);
}

static void
walk_clear (Walk *walk)
{
  g_sequence_free (walk->queue);
  g_ptr_array_unref (walk->common);
  g_hash_table_unref (walk->nodes);
}

static int
compare_nodes (gconstpointer a, gconstpointer b, gpointer data)
{
  const Node *one = a, *other = b;
  (void) data;
  return one->time != other->time ? (one->time > other->time ? -1 : 1) : memcmp (&one->oid, &other->oid, sizeof (CdOid));
}

/* NULL where the commit is missing or damaged, or too many have been read. */
static Node *
find_node (Walk *walk, const CdOid *oid)
{
  Node *node = g_hash_table_lookup (walk->nodes, oid);
  git_odb_object *object = NULL;
  CdCommitView view;

  if (node != NULL || g_hash_table_size (walk->nodes) >= COMMITS_MAX || cd_object_read (walk->odb, oid, GIT_OBJECT_COMMIT, &object) != CD_OBJECT_READ)
    return node;
  if (cd_commit_view (object, &view)) {
    node = g_new0 (Node, 1);
    node->oid = *oid;
    node->time = view.time;
    node->parents = g_array_sized_new (FALSE, FALSE, sizeof (CdOid), view.parent_count);
    g_array_set_size (node->parents, view.parent_count);
    for (guint i = 0; i < view.parent_count; i++)
      cd_commit_parent (&view, i, &g_array_index (node->parents, CdOid, i));
    g_hash_table_insert (walk->nodes, &node->oid, node);
  }
  git_odb_object_free (object);
  return node;
}

/* Note that a commit lies behind those whose flags it gets, and queue it where that is news. */
static void
mark (Walk *walk, const CdOid *oid, guint flags)
{
  Node *node = find_node (walk, oid);
  if (node == NULL || (node->flags & flags) == flags)
    return;
  gboolean was_open = node->queued && !(node->flags & BEHIND);
  node->flags |= flags;
  if (!node->queued)
    g_sequence_insert_sorted (walk->queue, node, compare_nodes, NULL);
  node->queued = TRUE;
  if (!was_open && !(node->flags & BEHIND))
    walk->open++;
  else if (was_open && (node->flags & BEHIND))
    walk->open--;
}

static void
step (Walk *walk)
{
  GSequenceIter *first = g_sequence_get_begin_iter (walk->queue);
  Node *node = g_sequence_get (first);
  g_sequence_remove (first);
  node->queued = FALSE;
  walk->open -= node->flags & BEHIND ? 0 : 1;
  guint flags = node->flags;
  if ((flags & BOTH) == BOTH && !(flags & BEHIND)) {
    if (!node->found)
      g_ptr_array_add (walk->common, node);
    node->found = TRUE;
    flags |= BEHIND;
  }
  for (guint i = 0; i < node->parents->len; i++)
    mark (walk, &g_array_index (node->parents, CdOid, i), flags);
}

/* The first common commit that is behind no other one. Where clocks were wrong, of several found one may be behind another: then all that lies behind them
 * is walked, too. */
static gboolean
search (Walk *walk, const CdOid *one, const CdOid *other, CdOid *base)
{
  mark (walk, one, ONE);
  mark (walk, other, OTHER);
  while (walk->open > 0 || (walk->common->len > 1 && !g_sequence_is_empty (walk->queue)))
    step (walk);
  for (guint i = 0; i < walk->common->len; i++) {
    const Node *node = walk->common->pdata[i];
    if (node->flags & BEHIND)
      continue;
    *base = node->oid;
    return TRUE;
  }
  return FALSE;
}

static gboolean
fail_unrelated (CdRepository *repository, const char *one, const char *other, GError **error)
{
  gboolean shallow = cd_repository_is_shallow (repository);
  g_autofree char *what = g_strdup_printf ("'%s' and '%s' have no commit in common%s", one != NULL ? one : "HEAD", other,
                                           shallow ? " that is here, this clone being shallow: " DEEPEN : "");
  git_error_clear ();
  return cd_git_fail (error, CD_ERROR_REPOSITORY, cd_repository_location (repository), what);
}

/* A revision that is not here may have been left out by a shallow clone. */
static gboolean
resolve (CdRepository *repository, const char *revision, CdOid *commit, GError **error)
{
  if (cd_revision_resolve (repository, revision, commit, error))
    return TRUE;
  if (cd_repository_is_shallow (repository))
    g_prefix_error (error, "this clone is shallow, " DEEPEN ": ");
  return FALSE;
}

gboolean
cd_merge_base_find (CdRepository *repository, const char *one, const char *other, CdOid *base, GError **error)
{
  CdOid sides[2];
  if (!cd_revision_resolve (repository, one, &sides[0], error) || !resolve (repository, other, &sides[1], error))
    return FALSE;
  CdOdb *odb = cd_repository_take_odb (repository);
  if (odb == NULL)
    return cd_git_fail (error, CD_ERROR_REPOSITORY, cd_repository_location (repository), "its objects cannot be opened");
  Walk walk = { .odb = odb,
                .nodes = g_hash_table_new_full (cd_oid_hash, cd_oid_equal, NULL, node_free),
                .queue = g_sequence_new (NULL),
                .common = g_ptr_array_new () };
  gboolean found = search (&walk, &sides[0], &sides[1], base);
  walk_clear (&walk);
  cd_repository_give_odb (repository, odb);
  return found || fail_unrelated (repository, one, other, error);
}
