/* Trees of YAML: their memory, and what their nodes hold, with the complaints about it.
 * What the keys mean, and which of them are required, is left to the reader of each format. */
#include "base/text.h"
#include "base/yaml-tree.h"
#include <math.h>
#include <string.h>

CdYaml *
cd_yaml_new (const char *name)
{
  CdYaml *yaml = g_new0 (CdYaml, 1);
  yaml->name = g_strdup (name);
  yaml->memory = g_ptr_array_new_with_free_func (g_free);
  return yaml;
}

void
cd_yaml_free (CdYaml *yaml)
{
  if (yaml == NULL)
    return;
  g_ptr_array_unref (yaml->memory);
  g_clear_pointer (&yaml->strings, g_string_chunk_free);
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

/* Every audit looks up some hundred thousand keys, of which nearly all differ in their first byte. */
static gboolean
is_same (const char *one, const char *other)
{
  return *one == *other && strcmp (one, other) == 0;
}

static gboolean
is_among (const char *const *words, const char *text)
{
  for (; *words != NULL; words++)
    if (is_same (*words, text))
      return TRUE;
  return FALSE;
}

static gint
find_key (const CdYamlNode *node, const char *key)
{
  if (node == NULL || node->kind != CD_YAML_MAPPING)
    return -1;
  for (guint i = 0; i < node->length; i++)
    if (is_same (node->keys[i]->scalar, key))
      return (gint) i;
  return -1;
}

const CdYamlNode *
cd_yaml_get (const CdYamlNode *node, const char *key)
{
  gint index = find_key (node, key);
  return index < 0 ? NULL : node->children[index];
}

const CdYamlNode *
cd_yaml_key (const CdYamlNode *node, const char *key)
{
  gint index = find_key (node, key);
  return index < 0 ? NULL : node->keys[index];
}

guint
cd_yaml_length (const CdYamlNode *node)
{
  return node == NULL ? 0 : node->length;
}

const CdYamlNode *
cd_yaml_at (const CdYamlNode *node, guint index)
{
  return index < cd_yaml_length (node) ? node->children[index] : NULL;
}

const CdYamlNode *
cd_yaml_key_at (const CdYamlNode *node, guint index)
{
  return index < cd_yaml_length (node) && node->keys != NULL ? node->keys[index] : NULL;
}

/* TRUE where node is a plain scalar that is one of words. */
static gboolean
is_one_of (const CdYamlNode *node, const char *const *words)
{
  return node != NULL && node->kind == CD_YAML_SCALAR && !node->quoted && is_among (words, node->scalar);
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
  for (guint i = 0; i < mapping->length; i++) {
    const CdYamlNode *key = mapping->keys[i];
    if (is_among (allowed, key->scalar))
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
