/* Makes the tree from the pull reader's tokens. What its keys mean is left to the readers of the formats. */
#include "outputs/logs-tree.h"
#include "documents/json.h"
#include <math.h>
#include <string.h>

#define NODES_MOST 400000u
#define DEPTH_MOST 32u
#define TEXT_MOST 400u /* bytes of a key or string that is kept */

struct _CdLogTree {
  GArray *nodes; /* CdLogNode, the root first */
  GStringChunk *strings;
};

typedef struct {
  CdLogTree *tree;
  CdJsonReader json;
  const char *key; /* of the value that comes next */
  gsize counted;   /* bytes whose line ends are counted in line */
  guint32 line;
  guint depth;
  guint32 open[DEPTH_MOST], last[DEPTH_MOST]; /* containers, and their last members */
} Making;

static const char *
keep_text (Making *making)
{
  const CdJsonReader *json = &making->json;
  if (json->stop - json->start > TEXT_MOST)
    return NULL;
  if (!json->escaped)
    return g_string_chunk_insert_len (making->tree->strings, json->text + json->start, (gssize) (json->stop - json->start));
  g_autofree char *value = cd_json_value (json);
  return g_string_chunk_insert (making->tree->strings, value);
}

static guint32
line_of (Making *making, gsize offset)
{
  const char *text = making->json.text;
  for (const char *at; offset > making->counted && (at = memchr (text + making->counted, '\n', offset - making->counted)) != NULL;) {
    making->line++;
    making->counted = (gsize) (at - text) + 1;
  }
  making->counted = MAX (making->counted, offset);
  return making->line;
}

static void
add_node (Making *making, CdJsonToken token)
{
  static const CdLogKind kinds[] = { [CD_JSON_OBJECT] = CD_LOG_OBJECT,
                                     [CD_JSON_ARRAY] = CD_LOG_ARRAY,
                                     [CD_JSON_STRING] = CD_LOG_STRING,
                                     [CD_JSON_NUMBER] = CD_LOG_NUMBER,
                                     [CD_JSON_WORD] = CD_LOG_WORD };
  GArray *nodes = making->tree->nodes;
  CdLogNode node = { .kind = kinds[token], .line = line_of (making, making->json.start), .key = making->key };
  if (token == CD_JSON_NUMBER)
    node.number = g_ascii_strtod (making->json.text + making->json.start, NULL);
  else if (token == CD_JSON_STRING || token == CD_JSON_WORD)
    node.text = keep_text (making);
  guint32 place = nodes->len;
  g_array_append_val (nodes, node);
  making->key = NULL;
  if (making->depth > 0) {
    guint level = making->depth - 1;
    guint32 *link = making->last[level] != 0 ? &g_array_index (nodes, CdLogNode, making->last[level]).next
                                             : &g_array_index (nodes, CdLogNode, making->open[level]).child;
    *link = place;
    making->last[level] = place;
  }
  if (token != CD_JSON_OBJECT && token != CD_JSON_ARRAY)
    return;
  making->open[making->depth] = place;
  making->last[making->depth++] = 0;
}

/* FALSE at the value's end. */
static gboolean
take_token (Making *making)
{
  CdJsonToken token = cd_json_next (&making->json);
  gboolean opens = token == CD_JSON_OBJECT || token == CD_JSON_ARRAY;
  if (token == CD_JSON_ERROR || token == CD_JSON_END || making->tree->nodes->len >= NODES_MOST)
    return FALSE;
  if (token == CD_JSON_OBJECT_END || token == CD_JSON_ARRAY_END)
    return --making->depth > 0;
  if (token == CD_JSON_KEY) {
    making->key = keep_text (making);
    return TRUE;
  }
  if (opens && making->depth == DEPTH_MOST) {
    making->key = NULL;
    return cd_json_skip (&making->json);
  }
  add_node (making, token);
  return making->depth > 0;
}

CdLogTree *
cd_log_tree_new (const char *text, gsize length)
{
  g_autoptr (CdLogTree) tree = g_new0 (CdLogTree, 1);
  tree->nodes = g_array_new (FALSE, FALSE, sizeof (CdLogNode));
  tree->strings = g_string_chunk_new (4096);
  Making making = { .tree = tree, .line = 1 };
  cd_json_reader_init (&making.json, text, 0, length, FALSE);
  while (take_token (&making))
    ;
  gboolean filled = tree->nodes->len > 0 && g_array_index (tree->nodes, CdLogNode, 0).kind <= CD_LOG_ARRAY;
  return filled ? g_steal_pointer (&tree) : NULL;
}

void
cd_log_tree_free (CdLogTree *tree)
{
  if (tree == NULL)
    return;
  g_array_unref (tree->nodes);
  g_string_chunk_free (tree->strings);
  g_free (tree);
}

const CdLogNode *
cd_log_tree_root (const CdLogTree *tree)
{
  return &g_array_index (tree->nodes, CdLogNode, 0);
}

const CdLogNode *
cd_log_first (const CdLogTree *tree, const CdLogNode *node)
{
  return node != NULL && node->child != 0 ? &g_array_index (tree->nodes, CdLogNode, node->child) : NULL;
}

const CdLogNode *
cd_log_next (const CdLogTree *tree, const CdLogNode *node)
{
  return node != NULL && node->next != 0 ? &g_array_index (tree->nodes, CdLogNode, node->next) : NULL;
}

const CdLogNode *
cd_log_get (const CdLogTree *tree, const CdLogNode *node, const char *key)
{
  for (const CdLogNode *at = cd_log_first (tree, node); at != NULL; at = cd_log_next (tree, at))
    if (g_strcmp0 (at->key, key) == 0)
      return at;
  return NULL;
}

const char *
cd_log_text (const CdLogTree *tree, const CdLogNode *node, const char *key)
{
  const CdLogNode *member = cd_log_get (tree, node, key);
  return member != NULL && member->kind == CD_LOG_STRING ? member->text : NULL;
}

gboolean
cd_log_number (const CdLogNode *node, double *value)
{
  if (node == NULL || (node->kind != CD_LOG_NUMBER && (node->kind != CD_LOG_STRING || node->text == NULL || *node->text == '\0')))
    return FALSE;
  char *rest = NULL;
  *value = node->kind == CD_LOG_NUMBER ? node->number : g_ascii_strtod (node->text, &rest);
  if (rest != NULL && (rest == node->text || (*rest != '\0' && strcmp (rest, "%") != 0)))
    return FALSE;
  return isfinite (*value);
}

gint64
cd_log_count (const CdLogTree *tree, const CdLogNode *node, const char *key)
{
  double value = 0;
  gboolean found = cd_log_number (cd_log_get (tree, node, key), &value);
  return found && value >= 0 && value <= 1e15 ? (gint64) value : -1;
}
