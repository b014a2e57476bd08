/* Trees of YAML as bytes: how many nodes, each in the order in which it stands in the file (a key before its value), then all scalars.
 * The build writes them for the embedded rules; reading one back takes a single allocation. */
#include "base/yaml-tree.h"
#include <string.h>

typedef struct {
  guint32 nodes, links; /* links: from collections to keys and children */
} Head;

typedef struct {
  guint32 line, column;
  guint32 kind : 2, quoted : 1, length : 29;
  guint32 text; /* scalar: where it begins among the scalars */
} Record;

typedef struct {
  Head head;
  GArray *records;
  GString *texts;
} Storing;

static void
put_node (Storing *storing, const CdYamlNode *node)
{
  Record record = { .line = node->line,
                    .column = node->column,
                    .kind = (guint32) node->kind & 3,
                    .quoted = node->quoted ? 1 : 0,
                    .length = node->length & ((1u << 29) - 1),
                    .text = (guint32) storing->texts->len };
  g_array_append_val (storing->records, record);
  storing->head.nodes += 1;
  storing->head.links += node->length * (node->kind == CD_YAML_MAPPING ? 2 : 1);
  if (node->kind == CD_YAML_SCALAR)
    g_string_append_len (storing->texts, node->scalar, (gssize) strlen (node->scalar) + 1);
  for (guint i = 0; i < node->length; i++) {
    if (node->kind == CD_YAML_MAPPING)
      put_node (storing, node->keys[i]);
    put_node (storing, node->children[i]);
  }
}

GBytes *
cd_yaml_store (const CdYaml *yaml)
{
  Storing storing = { .records = g_array_new (FALSE, FALSE, sizeof (Record)), .texts = g_string_new (NULL) };
  put_node (&storing, yaml->root);
  GByteArray *stored = g_byte_array_new ();
  g_byte_array_append (stored, (const guint8 *) &storing.head, sizeof storing.head);
  g_byte_array_append (stored, (const guint8 *) storing.records->data, storing.records->len * (guint) sizeof (Record));
  g_byte_array_append (stored, (const guint8 *) storing.texts->str, (guint) storing.texts->len);
  g_array_unref (storing.records);
  g_string_free (storing.texts, TRUE);
  return g_byte_array_free_to_bytes (stored);
}

typedef struct {
  const char *record, *texts; /* the next record; it may lie on any border */
  CdYamlNode *node;           /* the next free ones */
  const CdYamlNode **link;
} Restoring;

static const CdYamlNode *
take_node (Restoring *restoring)
{
  Record record;
  memcpy (&record, restoring->record, sizeof record);
  restoring->record += sizeof record;
  CdYamlNode *node = restoring->node++;
  *node = (CdYamlNode){ .kind = (CdYamlKind) record.kind,
                        .line = record.line,
                        .column = record.column,
                        .quoted = record.quoted,
                        .length = record.length,
                        .scalar = record.kind == CD_YAML_SCALAR ? restoring->texts + record.text : NULL };
  const CdYamlNode **keys = restoring->link;
  if (record.kind == CD_YAML_MAPPING)
    restoring->link += record.length;
  const CdYamlNode **children = restoring->link;
  restoring->link += record.length;
  for (guint i = 0; i < record.length; i++) {
    if (record.kind == CD_YAML_MAPPING)
      keys[i] = take_node (restoring);
    children[i] = take_node (restoring);
  }
  node->keys = record.kind == CD_YAML_MAPPING && record.length > 0 ? keys : NULL;
  node->children = record.length > 0 ? children : NULL;
  return node;
}

CdYaml *
cd_yaml_restore (const char *name, const void *stored)
{
  Head head;
  memcpy (&head, stored, sizeof head);
  const char *records = (const char *) stored + sizeof head;
  CdYaml *yaml = cd_yaml_new (name);
  CdYamlNode *nodes = g_malloc (head.nodes * sizeof (CdYamlNode) + head.links * sizeof (CdYamlNode *));
  g_ptr_array_add (yaml->memory, nodes);
  Restoring restoring
      = { .record = records, .texts = records + head.nodes * sizeof (Record), .node = nodes, .link = (const CdYamlNode **) (nodes + head.nodes) };
  yaml->root = take_node (&restoring);
  return yaml;
}
