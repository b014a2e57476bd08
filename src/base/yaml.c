/* YAML read through libyaml's events into a tree of nodes that know where they stand. The only file that includes libyaml.
 * What the keys mean, and which of them are required, is left to the reader of each format. */
#include "base/yaml.h"
#include "base/limits.h"
#include "base/text.h"
#include <math.h>
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

struct _CdYaml {
  char *name;
  CdYamlNode *root;
  GPtrArray *blocks; /* Cell[BLOCK_NODES] */
  guint used;        /* cells of the last block */
  GStringChunk *strings;
};

/* A collection that is still open. */
typedef struct {
  Cell *cell;
  CdYamlNode *key; /* mapping: the key that waits for its value */
  char *anchor;
  GHashTable *seen; /* mapping with many keys: scalar → position + 1 */
} Frame;

typedef struct {
  CdYaml *yaml;
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
  g_clear_pointer (&frame->seen, g_hash_table_unref);
}

static gboolean
fail_at (const CdYaml *yaml, yaml_mark_t mark, GError **error, const char *message)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s:%zu:%zu: %s", yaml->name, mark.line + 1, mark.column + 1, message);
  return FALSE;
}

static Cell *
cell_new (CdYaml *yaml, CdYamlKind kind, yaml_mark_t mark)
{
  if (yaml->used == BLOCK_NODES) {
    g_ptr_array_add (yaml->blocks, g_new0 (Cell, BLOCK_NODES));
    yaml->used = 0;
  }
  Cell *block = g_ptr_array_index (yaml->blocks, yaml->blocks->len - 1);
  Cell *cell = &block[yaml->used++];
  cell->node.kind = kind;
  cell->node.line = (guint) MIN (mark.line + 1, G_MAXUINT);
  cell->node.column = (guint) MIN (mark.column + 1, G_MAXUINT);
  cell->weight = 1;
  cell->height = 1;
  if (kind != CD_YAML_SCALAR)
    cell->node.children = g_ptr_array_new ();
  if (kind == CD_YAML_MAPPING)
    cell->node.keys = g_ptr_array_new ();
  return cell;
}

/* The position of key in the mapping plus one, or 0; registers it where it is new. */
static guint
position_of_key (Frame *frame, CdYamlNode *key)
{
  GPtrArray *keys = frame->cell->node.keys;
  if (frame->seen == NULL && keys->len >= FEW_KEYS) {
    frame->seen = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < keys->len; i++)
      g_hash_table_insert (frame->seen, ((CdYamlNode *) g_ptr_array_index (keys, i))->scalar, GUINT_TO_POINTER (i + 1));
  }
  if (frame->seen != NULL) {
    guint position = GPOINTER_TO_UINT (g_hash_table_lookup (frame->seen, key->scalar));
    if (position == 0)
      g_hash_table_insert (frame->seen, key->scalar, GUINT_TO_POINTER (keys->len + 1));
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
  CdYamlNode *mapping = &frame->cell->node;
  CdYamlNode *key = g_steal_pointer (&frame->key);
  guint position = position_of_key (frame, key);
  if (position == 0) {
    g_ptr_array_add (mapping->keys, key);
    g_ptr_array_add (mapping->children, node);
    return TRUE;
  }
  if (!builder->lenient) {
    const CdYamlNode *first = g_ptr_array_index (mapping->keys, position - 1);
    return cd_yaml_fail (builder->yaml, key, error, "key \"%s\" stands already on line %u", key->scalar, first->line);
  }
  /* As the common loaders do: the last one wins. */
  g_ptr_array_index (mapping->children, position - 1) = node;
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
    g_ptr_array_add (frame->cell->node.children, &cell->node);
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
  Cell *cell = cell_new (builder->yaml, CD_YAML_SCALAR, mark);
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
  Cell *cell = cell_new (builder->yaml, kind, mark);
  builder->weight += 1;
  if (!attach (builder, cell, mark, error))
    return FALSE;
  Frame frame = { .cell = cell, .anchor = g_strdup ((const char *) anchor) };
  g_array_append_val (builder->frames, frame);
  return TRUE;
}

static void
on_close (Builder *builder)
{
  Frame *frame = &g_array_index (builder->frames, Frame, builder->frames->len - 1);
  Cell *cell = frame->cell;
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
yaml_new (const char *name)
{
  CdYaml *yaml = g_new0 (CdYaml, 1);
  yaml->name = g_strdup (name);
  yaml->blocks = g_ptr_array_new_with_free_func (g_free);
  yaml->used = BLOCK_NODES;
  yaml->strings = g_string_chunk_new (4096);
  return yaml;
}

static CdYaml *
parse (const char *name, const char *text, gsize length, gboolean lenient, GError **error)
{
  g_auto (Builder) builder = { .yaml = yaml_new (name), .lenient = lenient };
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
    builder.yaml->root = &cell_new (builder.yaml, CD_YAML_MAPPING, (yaml_mark_t){ 0 })->node;
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

void
cd_yaml_free (CdYaml *yaml)
{
  if (yaml == NULL)
    return;
  for (guint i = 0; i < yaml->blocks->len; i++) {
    Cell *block = g_ptr_array_index (yaml->blocks, i);
    guint used = i + 1 == yaml->blocks->len ? yaml->used : BLOCK_NODES;
    for (guint j = 0; j < used; j++) {
      g_clear_pointer (&block[j].node.keys, g_ptr_array_unref);
      g_clear_pointer (&block[j].node.children, g_ptr_array_unref);
    }
  }
  g_ptr_array_unref (yaml->blocks);
  g_string_chunk_free (yaml->strings);
  g_free (yaml->name);
  g_free (yaml);
}

const char *
cd_yaml_name (const CdYaml *yaml)
{
  return yaml->name;
}

const CdYamlNode *
cd_yaml_root (const CdYaml *yaml)
{
  return yaml->root;
}

static gint
find_key (const CdYamlNode *node, const char *key)
{
  if (node == NULL || node->kind != CD_YAML_MAPPING)
    return -1;
  for (guint i = 0; i < node->keys->len; i++)
    if (strcmp (((const CdYamlNode *) g_ptr_array_index (node->keys, i))->scalar, key) == 0)
      return (gint) i;
  return -1;
}

const CdYamlNode *
cd_yaml_get (const CdYamlNode *node, const char *key)
{
  gint index = find_key (node, key);
  return index < 0 ? NULL : g_ptr_array_index (node->children, (guint) index);
}

const CdYamlNode *
cd_yaml_key (const CdYamlNode *node, const char *key)
{
  gint index = find_key (node, key);
  return index < 0 ? NULL : g_ptr_array_index (node->keys, (guint) index);
}

guint
cd_yaml_length (const CdYamlNode *node)
{
  return node == NULL || node->children == NULL ? 0 : node->children->len;
}

const CdYamlNode *
cd_yaml_at (const CdYamlNode *node, guint index)
{
  return index < cd_yaml_length (node) ? g_ptr_array_index (node->children, index) : NULL;
}

/* TRUE where node is a plain scalar that is one of words. */
static gboolean
is_one_of (const CdYamlNode *node, const char *const *words)
{
  return node != NULL && node->kind == CD_YAML_SCALAR && !node->quoted && g_strv_contains (words, node->scalar);
}

gboolean
cd_yaml_is_null (const CdYamlNode *node)
{
  static const char *const nulls[] = { "", "~", "null", "Null", "NULL", NULL };
  return is_one_of (node, nulls);
}

const char *
cd_yaml_string (const CdYamlNode *node)
{
  if (node == NULL || node->kind != CD_YAML_SCALAR || cd_yaml_is_null (node))
    return NULL;
  return node->scalar;
}

gboolean
cd_yaml_int (const CdYamlNode *node, gint64 *value)
{
  if (node == NULL || node->kind != CD_YAML_SCALAR || node->quoted)
    return FALSE;
  const char *digits = node->scalar;
  gboolean hex = g_str_has_prefix (digits, "0x");
  return g_ascii_string_to_signed (hex ? digits + 2 : *digits == '+' ? digits + 1 : digits, hex ? 16 : 10, G_MININT64, G_MAXINT64, value, NULL);
}

gboolean
cd_yaml_double (const CdYamlNode *node, double *value)
{
  if (node == NULL || node->kind != CD_YAML_SCALAR || node->quoted)
    return FALSE;
  const char *text = node->scalar;
  if (*text == '\0' || text[strspn (text, "0123456789+-.eE")] != '\0' || strpbrk (text, "0123456789") == NULL)
    return FALSE;
  char *end = NULL;
  double parsed = g_ascii_strtod (text, &end);
  if (*end != '\0' || !isfinite (parsed))
    return FALSE;
  *value = parsed;
  return TRUE;
}

gboolean
cd_yaml_bool (const CdYamlNode *node, gboolean *value)
{
  static const char *const truths[] = { "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", NULL };
  static const char *const lies[] = { "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", NULL };
  gboolean truth = is_one_of (node, truths);
  if (!truth && !is_one_of (node, lies))
    return FALSE;
  *value = truth;
  return TRUE;
}

gboolean
cd_yaml_fail (const CdYaml *yaml, const CdYamlNode *node, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  guint line = node != NULL ? node->line : 1, column = node != NULL ? node->column : 1;
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s:%u:%u: %s", yaml->name, line, column, message);
  return FALSE;
}

gboolean
cd_yaml_check_keys (const CdYaml *yaml, const CdYamlNode *mapping, const char *const *allowed, GError **error)
{
  if (mapping == NULL || mapping->kind != CD_YAML_MAPPING)
    return cd_yaml_fail (yaml, mapping, error, "expected keys with values here");
  for (guint i = 0; i < mapping->keys->len; i++) {
    const CdYamlNode *key = g_ptr_array_index (mapping->keys, i);
    if (g_strv_contains (allowed, key->scalar))
      continue;
    const char *nearest = cd_text_nearest (key->scalar, allowed);
    if (nearest != NULL)
      return cd_yaml_fail (yaml, key, error, "unknown key \"%s\"; did you mean \"%s\"?", key->scalar, nearest);
    g_autofree char *list = g_strjoinv (", ", (char **) allowed);
    return cd_yaml_fail (yaml, key, error, "unknown key \"%s\"; allowed here: %s", key->scalar, list);
  }
  return TRUE;
}

const char *
cd_yaml_require (const CdYaml *yaml, const CdYamlNode *mapping, const char *key, GError **error)
{
  const CdYamlNode *node = cd_yaml_get (mapping, key);
  const char *value = cd_yaml_string (node);
  if (value == NULL)
    cd_yaml_fail (yaml, node != NULL ? node : mapping, error, node != NULL ? "\"%s\" must be a string" : "\"%s\" is missing", key);
  return value;
}

const char **
cd_yaml_strings (const CdYaml *yaml, const CdYamlNode *mapping, const char *key, GError **error)
{
  const CdYamlNode *node = cd_yaml_get (mapping, key);
  guint length = cd_yaml_length (node);
  if (node != NULL && node->kind == CD_YAML_MAPPING) {
    cd_yaml_fail (yaml, node, error, "\"%s\" must be a list of strings", key);
    return NULL;
  }
  g_autofree const char **strings = g_new0 (const char *, length + 2);
  if (node != NULL && node->kind == CD_YAML_SCALAR)
    strings[0] = cd_yaml_string (node);
  for (guint i = 0; i < length; i++) {
    strings[i] = cd_yaml_string (cd_yaml_at (node, i));
    if (strings[i] == NULL) {
      cd_yaml_fail (yaml, cd_yaml_at (node, i), error, "\"%s\" must be a list of strings", key);
      return NULL;
    }
  }
  return g_steal_pointer (&strings);
}
