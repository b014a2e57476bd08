/* YAML into a tree whose every node knows its line and column, through libyaml's events.
 * Ownership: a CdYaml owns all nodes; node pointers and strings are borrowed and die with it.
 * Anchors and aliases are refused (no alias bombs); depth, node count and duplicate keys are errors that name file:line:column. */
#pragma once
#include "base/error.h"

typedef enum { CD_YAML_SCALAR, CD_YAML_SEQUENCE, CD_YAML_MAPPING } CdYamlKind;

typedef struct _CdYamlNode CdYamlNode;
struct _CdYamlNode {
  CdYamlKind kind;
  guint line, column;                /* 1-based */
  gboolean quoted;                   /* scalar: quoted or block style, hence always a string */
  guint length;                      /* sequence and mapping: number of children */
  const char *scalar;                /* scalar text, "" for null */
  const CdYamlNode *const *keys;     /* mapping: scalars, parallel to children */
  const CdYamlNode *const *children; /* sequence and mapping */
};

typedef struct _CdYaml CdYaml;

/* Parse length bytes; name is how errors call the file. NULL and error on the first fault. An empty document gives an empty mapping. */
CdYaml *cd_yaml_parse (const char *name, const char *text, gsize length, GError **error);
/* As above but aliases are resolved by sharing nodes (for other people's configuration files), within the node limit. */
CdYaml *cd_yaml_parse_lenient (const char *name, const char *text, gsize length, GError **error);
void cd_yaml_free (CdYaml *yaml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdYaml, cd_yaml_free)

/* A tree as bytes that this program reads back in no time (the rules are embedded so). Caller unrefs. */
GBytes *cd_yaml_store (const CdYaml *yaml);
/* The tree out of such bytes, trusted to be whole; it borrows its strings from them. name is how errors call the file. */
CdYaml *cd_yaml_restore (const char *name, const void *stored);

const char *cd_yaml_name (const CdYaml *yaml);
const CdYamlNode *cd_yaml_root (const CdYaml *yaml);
/* The value at key of a mapping; NULL where node is no mapping or has no such key. */
const CdYamlNode *cd_yaml_get (const CdYamlNode *node, const char *key);
/* The key node itself, for its line. */
const CdYamlNode *cd_yaml_key (const CdYamlNode *node, const char *key);
guint cd_yaml_length (const CdYamlNode *node); /* children of a sequence or mapping; 0 otherwise */
const CdYamlNode *cd_yaml_at (const CdYamlNode *node, guint index);
const CdYamlNode *cd_yaml_key_at (const CdYamlNode *node, guint index); /* NULL where node is no mapping */
/* The scalar's text; NULL where node is NULL or no scalar, or is a plain null (empty, ~, null). */
const char *cd_yaml_string (const CdYamlNode *node);
gboolean cd_yaml_is_null (const CdYamlNode *node);
gboolean cd_yaml_int (const CdYamlNode *node, gint64 *value);
gboolean cd_yaml_double (const CdYamlNode *node, double *value);
gboolean cd_yaml_bool (const CdYamlNode *node, gboolean *value); /* true/false (YAML 1.2) and yes/no/on/off */
/* Set error to "name:line:column: message" with CD_ERROR_INPUT. Always returns FALSE. */
gboolean cd_yaml_fail (const CdYaml *yaml, const CdYamlNode *node, GError **error, const char *format, ...) G_GNUC_PRINTF (4, 5);
/* FALSE with an error where mapping has a key outside allowed (NULL-terminated); names the nearest allowed key. */
gboolean cd_yaml_check_keys (const CdYaml *yaml, const CdYamlNode *mapping, const char *const *allowed, GError **error);
/* The string at key; NULL with an error where the key is missing or holds none. Borrowed. */
const char *cd_yaml_require (const CdYaml *yaml, const CdYamlNode *mapping, const char *key, GError **error);
/* The strings of the list at key (a single string counts as a list of one), NULL-terminated, owned by the caller (g_free), strings borrowed;
 * an empty list where the key is missing. NULL with an error where the value is something else. */
const char **cd_yaml_strings (const CdYaml *yaml, const CdYamlNode *mapping, const char *key, GError **error);

/* yaml-write.c */
/* text at the end of out as a double-quoted string on one line. */
void cd_yaml_quote (GString *out, const char *text);
/* text at the end of out for people to edit: long lines are folded, several lines stand as a block; all but the first are indented by so many spaces, which
 * must be more than their key's. */
void cd_yaml_quote_lines (GString *out, const char *text, guint indent);
