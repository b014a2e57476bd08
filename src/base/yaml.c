/* YAML read through libyaml's events into a tree of nodes that know where they stand. The only file that includes libyaml.
 * What the nodes hold is left to yaml-values.c. */
#include "base/yaml-tree.h"
#include "base/limits.h"
#include <string.h>
#include <yaml.h>

#define BLOCK_NODES 256u
/* Mappings with more keys than this find duplicates through a hash table. */
#define FEW_KEYS 12u

/* weight and height are those of the tree as a walker sees it, aliases counted at every place they stand:
 * a handful of nested aliases would otherwise stand for billions of visits. */
typedef struct {
  CdYamlNode node;
  guint64 weight;
  guint height;
} Cell;

/* A collection that is still open. */
typedef struct {
  Cell *cell;
  GPtrArray *keys, *children; /* CdYamlNode; of the cell once it is closed */
  CdYamlNode *key;            /* mapping: the key that waits for its value */
  char *anchor;
  GHashTable *seen; /* mapping with many keys: scalar → position + 1 */
} Frame;

typedef struct {
  CdYaml *yaml;
  Cell *block; /* BLOCK_NODES cells, of which some are used */
  guint used;
  yaml_parser_t parser;
  gboolean lenient;
  guint64 weight; /* of the whole tree so far */
  guint documents;
  GArray *frames;      /* Frame */
  GHashTable *anchors; /* char* → Cell*; collections once they are closed, hence no cycles */
} Builder;

static void
builder_clear (Builder *builder)
{
  yaml_parser_delete (&builder->parser);
  g_clear_pointer (&builder->frames, g_array_unref);
  g_clear_pointer (&builder->anchors, g_hash_table_unref);
  g_clear_pointer (&builder->yaml, cd_yaml_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, builder_clear)

static void
event_clear (yaml_event_t *event)
{
  yaml_event_delete (event);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (yaml_event_t, event_clear)

static void
frame_clear (gpointer data)
{
  Frame *frame = data;
  g_free (frame->anchor);
  g_ptr_array_unref (frame->keys);
  g_ptr_array_unref (frame->children);
  g_clear_pointer (&frame->seen, g_hash_table_unref);
}

static gboolean
fail_at (const CdYaml *yaml, yaml_mark_t mark, GError **error, const char *message)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s:%zu:%zu: %s", yaml->name, mark.line + 1, mark.column + 1, message);
  return FALSE;
}

static Cell *
cell_new (Builder *builder, CdYamlKind kind, yaml_mark_t mark)
{
  if (builder->used == BLOCK_NODES) {
    builder->block = g_new0 (Cell, BLOCK_NODES);
    g_ptr_array_add (builder->yaml->memory, builder->block);
    builder->used = 0;
  }
  Cell *cell = &builder->block[builder->used++];
  cell->node.kind = kind;
  cell->node.line = (guint) MIN (mark.line + 1, G_MAXUINT);
  cell->node.column = (guint) MIN (mark.column + 1, G_MAXUINT);
  cell->weight = 1;
  cell->height = 1;
  return cell;
}

/* The position of key in the mapping plus one, or 0; registers it where it is new. */
static guint
position_of_key (Frame *frame, CdYamlNode *key)
{
  GPtrArray *keys = frame->keys;
  if (frame->seen == NULL && keys->len >= FEW_KEYS) {
    frame->seen = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < keys->len; i++)
      g_hash_table_insert (frame->seen, (char *) ((CdYamlNode *) g_ptr_array_index (keys, i))->scalar, GUINT_TO_POINTER (i + 1));
  }
  if (frame->seen != NULL) {
    guint position = GPOINTER_TO_UINT (g_hash_table_lookup (frame->seen, key->scalar));
    if (position == 0)
      g_hash_table_insert (frame->seen, (char *) key->scalar, GUINT_TO_POINTER (keys->len + 1));
    return position;
  }
  for (guint i = 0; i < keys->len; i++)
    if (strcmp (((CdYamlNode *) g_ptr_array_index (keys, i))->scalar, key->scalar) == 0)
      return i + 1;
  return 0;
}

static gboolean
take_key (Builder *builder, Frame *frame, Cell *cell, yaml_mark_t mark, GError **error)
{
  if (cell->node.kind != CD_YAML_SCALAR)
    return fail_at (builder->yaml, mark, error, "a key must be a plain word or string");
  frame->key = &cell->node;
  return TRUE;
}

static gboolean
take_value (Builder *builder, Frame *frame, CdYamlNode *node, GError **error)
{
  CdYamlNode *key = g_steal_pointer (&frame->key);
  guint position = position_of_key (frame, key);
  if (position == 0) {
    g_ptr_array_add (frame->keys, key);
    g_ptr_array_add (frame->children, node);
    return TRUE;
  }
  if (!builder->lenient) {
    const CdYamlNode *first = g_ptr_array_index (frame->keys, position - 1);
    return cd_yaml_fail (builder->yaml, key, error, "key \"%s\" stands already on line %u", key->scalar, first->line);
  }
  /* As the common loaders do: the last one wins. */
  g_ptr_array_index (frame->children, position - 1) = node;
  return TRUE;
}

/* Put a finished or just opened node where it belongs. */
static gboolean
attach (Builder *builder, Cell *cell, yaml_mark_t mark, GError **error)
{
  if (builder->weight > CD_LIMIT_YAML_NODES)
    return fail_at (builder->yaml, mark, error, "too many values in one file");
  if (builder->frames->len == 0) {
    builder->yaml->root = &cell->node;
    return TRUE;
  }
  Frame *frame = &g_array_index (builder->frames, Frame, builder->frames->len - 1);
  if (frame->cell->node.kind == CD_YAML_SEQUENCE) {
    g_ptr_array_add (frame->children, &cell->node);
    return TRUE;
  }
  return frame->key == NULL ? take_key (builder, frame, cell, mark, error) : take_value (builder, frame, &cell->node, error);
}

/* Let the enclosing collection count a finished child. */
static void
count_child (Builder *builder, const Cell *cell)
{
  if (builder->frames->len == 0)
    return;
  Cell *parent = g_array_index (builder->frames, Frame, builder->frames->len - 1).cell;
  parent->weight += cell->weight;
  parent->height = MAX (parent->height, cell->height + 1);
}

static gboolean
check_anchor (const Builder *builder, const yaml_char_t *anchor, yaml_mark_t mark, GError **error)
{
  if (anchor == NULL || builder->lenient)
    return TRUE;
  return fail_at (builder->yaml, mark, error, "anchors and aliases are not allowed here");
}

static gboolean
on_scalar (Builder *builder, const yaml_event_t *event, GError **error)
{
  yaml_mark_t mark = event->start_mark;
  if (!check_anchor (builder, event->data.scalar.anchor, mark, error))
    return FALSE;
  const char *value = (const char *) event->data.scalar.value;
  gsize length = event->data.scalar.length;
  if (memchr (value, '\0', length) != NULL)
    return fail_at (builder->yaml, mark, error, "a string holds a NUL character");
  Cell *cell = cell_new (builder, CD_YAML_SCALAR, mark);
  cell->node.scalar = g_string_chunk_insert_len (builder->yaml->strings, value, (gssize) length);
  cell->node.quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE || event->data.scalar.tag != NULL;
  builder->weight += 1;
  if (event->data.scalar.anchor != NULL)
    g_hash_table_replace (builder->anchors, g_strdup ((const char *) event->data.scalar.anchor), cell);
  if (!attach (builder, cell, mark, error))
    return FALSE;
  count_child (builder, cell);
  return TRUE;
}

static gboolean
on_open (Builder *builder, CdYamlKind kind, const yaml_char_t *anchor, yaml_mark_t mark, GError **error)
{
  if (!check_anchor (builder, anchor, mark, error))
    return FALSE;
  if (builder->frames->len >= CD_LIMIT_YAML_DEPTH)
    return fail_at (builder->yaml, mark, error, "nested too deeply");
  Cell *cell = cell_new (builder, kind, mark);
  builder->weight += 1;
  if (!attach (builder, cell, mark, error))
    return FALSE;
  Frame frame = { .cell = cell, .keys = g_ptr_array_new (), .children = g_ptr_array_new (), .anchor = g_strdup ((const char *) anchor) };
  g_array_append_val (builder->frames, frame);
  return TRUE;
}

/* The nodes of an array as a vector that the tree owns. */
static const CdYamlNode *const *
keep_nodes (CdYaml *yaml, const GPtrArray *nodes)
{
  if (nodes->len == 0)
    return NULL;
  const CdYamlNode **kept = g_new (const CdYamlNode *, nodes->len);
  memcpy (kept, nodes->pdata, nodes->len * sizeof *kept);
  g_ptr_array_add (yaml->memory, kept);
  return kept;
}

static void
on_close (Builder *builder)
{
  Frame *frame = &g_array_index (builder->frames, Frame, builder->frames->len - 1);
  Cell *cell = frame->cell;
  cell->node.length = frame->children->len;
  cell->node.keys = keep_nodes (builder->yaml, frame->keys);
  cell->node.children = keep_nodes (builder->yaml, frame->children);
  if (frame->anchor != NULL)
    g_hash_table_replace (builder->anchors, g_steal_pointer (&frame->anchor), cell);
  g_array_set_size (builder->frames, builder->frames->len - 1);
  count_child (builder, cell);
}

static gboolean
on_alias (Builder *builder, const yaml_event_t *event, GError **error)
{
  yaml_mark_t mark = event->start_mark;
  if (!check_anchor (builder, event->data.alias.anchor, mark, error))
    return FALSE;
  Cell *cell = g_hash_table_lookup (builder->anchors, event->data.alias.anchor);
  if (cell == NULL)
    return fail_at (builder->yaml, mark, error, "an alias stands for nothing that was named before");
  if (builder->frames->len + cell->height > CD_LIMIT_YAML_DEPTH)
    return fail_at (builder->yaml, mark, error, "nested too deeply");
  builder->weight += cell->weight;
  if (!attach (builder, cell, mark, error))
    return FALSE;
  count_child (builder, cell);
  return TRUE;
}

/* FALSE with error, or with *done set at the end of what is read. */
static gboolean
on_event (Builder *builder, const yaml_event_t *event, gboolean *done, GError **error)
{
  switch (event->type) {
    case YAML_SCALAR_EVENT:
      return on_scalar (builder, event, error);
    case YAML_SEQUENCE_START_EVENT:
      return on_open (builder, CD_YAML_SEQUENCE, event->data.sequence_start.anchor, event->start_mark, error);
    case YAML_MAPPING_START_EVENT:
      return on_open (builder, CD_YAML_MAPPING, event->data.mapping_start.anchor, event->start_mark, error);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      on_close (builder);
      return TRUE;
    case YAML_ALIAS_EVENT:
      return on_alias (builder, event, error);
    case YAML_DOCUMENT_START_EVENT:
      if (builder->documents++ == 0)
        return TRUE;
      *done = TRUE;
      return builder->lenient || fail_at (builder->yaml, event->start_mark, error, "only one document is allowed in a file");
    case YAML_STREAM_END_EVENT:
      *done = TRUE;
      return TRUE;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    default:
      return TRUE;
  }
}

/* libyaml gives a mark for syntax errors, a byte offset for encoding errors. */
static void
set_parser_error (const Builder *builder, const char *text, gsize length, GError **error)
{
  const yaml_parser_t *parser = &builder->parser;
  yaml_mark_t mark = parser->problem_mark;
  if (parser->error == YAML_READER_ERROR) {
    gsize offset = MIN (parser->problem_offset, length);
    mark = (yaml_mark_t){ .index = offset };
    for (gsize i = 0; i < offset; i++) {
      mark.column++;
      if (text[i] == '\n') {
        mark.line++;
        mark.column = 0;
      }
    }
  }
  g_autofree char *message = parser->context != NULL ? g_strdup_printf ("%s %s", parser->problem, parser->context)
                                                     : g_strdup (parser->problem != NULL ? parser->problem : "not YAML");
  fail_at (builder->yaml, mark, error, message);
}

static CdYaml *
parse (const char *name, const char *text, gsize length, gboolean lenient, GError **error)
{
  g_auto (Builder) builder = { .yaml = cd_yaml_new (name), .used = BLOCK_NODES, .lenient = lenient };
  builder.yaml->strings = g_string_chunk_new (4096);
  builder.frames = g_array_sized_new (FALSE, FALSE, sizeof (Frame), 8);
  g_array_set_clear_func (builder.frames, frame_clear);
  builder.anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (yaml_parser_initialize (&builder.parser) == 0) {
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: out of memory", name);
    return NULL;
  }
  yaml_parser_set_input_string (&builder.parser, (const unsigned char *) text, length);
  for (gboolean done = FALSE; !done;) {
    g_auto (yaml_event_t) event = { .type = YAML_NO_EVENT };
    if (yaml_parser_parse (&builder.parser, &event) == 0) {
      set_parser_error (&builder, text, length, error);
      return NULL;
    }
    if (!on_event (&builder, &event, &done, error))
      return NULL;
  }
  if (builder.yaml->root == NULL)
    builder.yaml->root = &cell_new (&builder, CD_YAML_MAPPING, (yaml_mark_t){ 0 })->node;
  return g_steal_pointer (&builder.yaml);
}

CdYaml *
cd_yaml_parse (const char *name, const char *text, gsize length, GError **error)
{
  return parse (name, text, length, FALSE, error);
}

CdYaml *
cd_yaml_parse_lenient (const char *name, const char *text, gsize length, GError **error)
{
  return parse (name, text, length, TRUE, error);
}
