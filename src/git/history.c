/* The commits behind a snapshot, read once and put in order, newest first.
 * Grafts and replacement refs are not followed: they belong to a copy, not to the commits, and the same commit must give the same
 * report everywhere. What each commit changed is left to versions.c. */
#include "git/history.h"
#include "base/text.h"
#include "git/versions.h"
#include <string.h>

#define COMMITS_MAX 250000u
#define MESSAGES_BYTES (64u * 1024u * 1024u) /* in sum; beyond it, as beyond COMMITS_MAX, the walk ends */
#define COMMIT_BYTES (1024u * 1024u)         /* of one commit: thousands of parents make the rest quadratic to no use */
#define MESSAGE_BYTES 4096u
#define NO_INDEX G_MAXUINT

struct _CdHistory {
  GArray *commits;  /* CdCommit */
  GArray *versions; /* CdPathVersion */
  GArray *roots;    /* guint */
  GStringChunk *texts;
  gboolean complete;
};

/* A commit as it was met; ids stay while the array grows, so links are indexes. */
typedef struct {
  CdOid oid, tree;
  gint64 time;
  char *message;
  guint parents, parent_count; /* a range of Walk.parents: numbers of nodes, NO_INDEX where the walk ended before one */
  guint children;              /* not yet put in order */
  guint place;                 /* in the final order */
  gboolean read;
} Node;

typedef struct {
  CdHistory *history;
  CdOdb *odb;
  GArray *nodes;       /* Node, in the order met from the snapshot's commit */
  GArray *parents;     /* guint */
  GHashTable *numbers; /* CdOid → number + 1 */
  GArray *order;       /* guint: numbers of nodes, newest first */
  gsize message_bytes;
} Walk;

static Node *
node_at (const Walk *walk, guint number)
{
  return &g_array_index (walk->nodes, Node, number);
}

static guint
parent_at (const Walk *walk, const Node *node, guint index)
{
  return g_array_index (walk->parents, guint, node->parents + index);
}

/* The message in UTF-8; what its declared encoding cannot explain is escaped. Caller frees. */
static char *
message_text (const CdCommitView *view)
{
  gsize length = MIN (view->message_length, MESSAGE_BYTES);
  g_autofree char *text = NULL;
  const char *end;

  if (view->encoding[0] != '\0' && g_ascii_strcasecmp (view->encoding, "utf-8") != 0) {
    text = g_convert (view->message, (gssize) length, "UTF-8", view->encoding, NULL, NULL, NULL);
    if (text != NULL)
      return g_steal_pointer (&text);
  }
  /* A cut may fall inside a character: then up to three bytes of it go. */
  for (guint cut = 0; length < view->message_length && cut < 4; cut++)
    if (g_utf8_validate (view->message, (gssize) (length - cut), &end)) {
      length -= cut;
      break;
    }
  if (g_utf8_validate (view->message, (gssize) length, NULL))
    return g_strndup (view->message, length);
  return cd_text_to_utf8 (view->message, length);
}

static guint
number_of (Walk *walk, const CdOid *oid)
{
  gpointer known = g_hash_table_lookup (walk->numbers, oid);
  Node node = { .oid = *oid };

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  if (walk->nodes->len >= COMMITS_MAX || walk->message_bytes > MESSAGES_BYTES) {
    walk->history->complete = FALSE;
    return NO_INDEX;
  }
  g_array_append_val (walk->nodes, node);
  g_hash_table_insert (walk->numbers, g_memdup2 (oid, sizeof *oid), GUINT_TO_POINTER (walk->nodes->len));
  return walk->nodes->len - 1;
}

static void
take_commit (Walk *walk, guint number, const CdCommitView *view)
{
  g_autofree char *message = message_text (view);
  Node *node = node_at (walk, number);

  node->tree = view->tree;
  node->time = view->time;
  node->message = g_string_chunk_insert (walk->history->texts, message);
  node->parents = walk->parents->len;
  node->parent_count = view->parent_count;
  node->read = TRUE;
  walk->message_bytes += strlen (message);
  for (guint i = 0; i < view->parent_count; i++) {
    CdOid oid;
    guint parent;

    cd_commit_parent (view, i, &oid);
    parent = number_of (walk, &oid); /* moves nodes */
    g_array_append_val (walk->parents, parent);
  }
}

static void
read_commit (Walk *walk, guint number)
{
  git_odb_object *object;
  CdCommitView view;

  if (cd_object_read (walk->odb, &node_at (walk, number)->oid, GIT_OBJECT_COMMIT, &object) == CD_OBJECT_READ) {
    if (git_odb_object_size (object) <= COMMIT_BYTES && cd_commit_view (object, &view))
      take_commit (walk, number, &view);
    git_odb_object_free (object);
  }
  if (!node_at (walk, number)->read)
    walk->history->complete = FALSE;
}

/* Commits that could not be read stay as unread nodes: links to them are then no links. */
static void
read_commits (Walk *walk, const CdOid *start)
{
  number_of (walk, start);
  for (guint number = 0; number < walk->nodes->len; number++)
    read_commit (walk, number);
  for (guint i = 0; i < walk->parents->len; i++) {
    guint *parent = &g_array_index (walk->parents, guint, i);

    if (*parent == NO_INDEX)
      continue;
    if (node_at (walk, *parent)->read)
      node_at (walk, *parent)->children++;
    else
      *parent = NO_INDEX;
  }
}

/* Newest first; of equal times the one met first. */
static int
compare_nodes (gconstpointer a, gconstpointer b, gpointer data)
{
  const Walk *walk = data;
  guint first = GPOINTER_TO_UINT (a), second = GPOINTER_TO_UINT (b);
  gint64 time_a = node_at (walk, first)->time, time_b = node_at (walk, second)->time;

  if (time_a != time_b)
    return time_a > time_b ? -1 : 1;
  return first < second ? -1 : first > second;
}

/* By time, but never a parent before its child, whatever the clocks said (git log --date-order). */
static void
order_commits (Walk *walk)
{
  g_autoptr (GSequence) ready = g_sequence_new (NULL);

  if (walk->nodes->len > 0 && node_at (walk, 0)->read)
    g_sequence_append (ready, GUINT_TO_POINTER (0));
  while (!g_sequence_is_empty (ready)) {
    GSequenceIter *newest = g_sequence_get_begin_iter (ready);
    guint number = GPOINTER_TO_UINT (g_sequence_get (newest));
    Node *node = node_at (walk, number);

    g_sequence_remove (newest);
    node->place = walk->order->len;
    g_array_append_val (walk->order, number);
    for (guint i = 0; i < node->parent_count; i++) {
      guint parent = parent_at (walk, node, i);

      if (parent != NO_INDEX && --node_at (walk, parent)->children == 0)
        g_sequence_insert_sorted (ready, GUINT_TO_POINTER (parent), compare_nodes, walk);
    }
  }
}

static char *
summary_of (GStringChunk *texts, const char *message)
{
  g_autofree char *line = NULL;

  message += strspn (message, "\r\n\t ");
  line = g_strchomp (g_strndup (message, strcspn (message, "\r\n")));
  return g_string_chunk_insert (texts, line);
}

static void
list_commits (Walk *walk)
{
  CdHistory *history = walk->history;

  for (guint i = 0; i < walk->order->len; i++) {
    const Node *node = node_at (walk, g_array_index (walk->order, guint, i));
    CdCommit commit = { .oid = node->oid, .time = node->time, .message = node->message };

    commit.summary = summary_of (history->texts, node->message);
    g_array_append_val (history->commits, commit);
    if (node->parent_count == 0)
      g_array_append_val (history->roots, i);
  }
}

/* For each place: the merge that brought the commit into the line of first parents that the snapshot stands on; 0, the snapshot's
 * own commit, on that line. A version that no comparison saw replaced was dropped there at the latest. */
static guint *
find_integrators (const Walk *walk)
{
  guint *integrators = g_new0 (guint, walk->order->len + 1);
  g_autofree gboolean *known = g_new0 (gboolean, walk->order->len + 1);
  guint number = 0;

  while (number != NO_INDEX && walk->order->len > 0) {
    const Node *node = node_at (walk, number);

    known[node->place] = TRUE;
    number = node->parent_count > 0 ? parent_at (walk, node, 0) : NO_INDEX;
  }
  for (guint place = 0; place < walk->order->len; place++) {
    const Node *node = node_at (walk, g_array_index (walk->order, guint, place));

    for (guint i = 0; i < node->parent_count; i++) {
      guint parent = parent_at (walk, node, i);

      if (parent == NO_INDEX || known[node_at (walk, parent)->place])
        continue;
      known[node_at (walk, parent)->place] = TRUE;
      integrators[node_at (walk, parent)->place] = i == 0 ? integrators[place] : place;
    }
  }
  return integrators;
}

static void
gather_versions (Walk *walk, const CdSnapshot *snapshot)
{
  g_autoptr (CdVersions) versions = cd_versions_new (walk->odb, walk->history->texts);
  g_autofree guint *integrators = find_integrators (walk);

  for (guint place = 0; place < walk->order->len; place++) {
    const Node *node = node_at (walk, g_array_index (walk->order, guint, place));
    guint number = node->parent_count > 0 ? parent_at (walk, node, 0) : NO_INDEX;
    const Node *parent = number != NO_INDEX ? node_at (walk, number) : NULL;

    if (!cd_versions_compare (versions, parent != NULL ? &parent->tree : NULL, parent != NULL ? parent->place : place, &node->tree, place))
      break;
  }
  if (!cd_versions_are_complete (versions))
    walk->history->complete = FALSE;
  walk->history->versions = cd_versions_gather (versions, snapshot, integrators);
}

CdHistory *
cd_history_index (const CdSnapshot *snapshot, GError **error)
{
  CdRepository *repository = cd_snapshot_repository (snapshot);
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (cd_oid_hash, cd_oid_equal, g_free, NULL);
  CdHistory *history;
  Walk walk = { .odb = cd_repository_take_odb (repository), .nodes = nodes, .parents = parents, .numbers = numbers, .order = order };

  if (walk.odb == NULL) {
    cd_git_fail (error, CD_ERROR_REPOSITORY, cd_repository_location (repository), "its objects cannot be opened");
    return NULL;
  }
  history = g_new0 (CdHistory, 1);
  history->complete = TRUE;
  history->commits = g_array_new (FALSE, FALSE, sizeof (CdCommit));
  history->roots = g_array_new (FALSE, FALSE, sizeof (guint));
  history->texts = g_string_chunk_new (256 * 1024);
  walk.history = history;
  read_commits (&walk, cd_snapshot_oid (snapshot));
  order_commits (&walk);
  list_commits (&walk);
  gather_versions (&walk, snapshot);
  git_error_clear ();
  cd_repository_give_odb (repository, walk.odb);
  return history;
}

void
cd_history_free (CdHistory *history)
{
  if (history == NULL)
    return;
  g_array_unref (history->commits);
  g_array_unref (history->versions);
  g_array_unref (history->roots);
  g_string_chunk_free (history->texts);
  g_free (history);
}

const GArray *
cd_history_commits (const CdHistory *history)
{
  return history->commits;
}

const GArray *
cd_history_versions (const CdHistory *history)
{
  return history->versions;
}

const GArray *
cd_history_roots (const CdHistory *history)
{
  return history->roots;
}

gboolean
cd_history_is_complete (const CdHistory *history)
{
  return history->complete;
}
