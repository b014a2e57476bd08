/* YAML and JSON configurations: one passage a line, comments apart, and every scalar as a setting under its dotted path.
 * Sequences are transparent: their elements share the path. TOML and INI are toml.c's, records data.c's. */
#include "documents/config.h"

#include "base/limits.h"
#include "base/yaml.h"
#include "documents/json.h"

#include <string.h>

#define DEPTH 64u
#define NODES 200000u         /* visited, shared nodes counted each time: an alias bomb ends here */
#define TREE_BYTES (1u << 20) /* a longer YAML file is read line by line */
#define KEY_BYTES 512u
#define VALUE_BYTES 4096u

void
cd_config_add (CdDocument *document, const char *key, const char *value, guint line)
{
  if (*key == '\0' || document->settings->len >= CD_LIMIT_SETTINGS)
    return;
  g_autofree char *cut = strlen (value) > VALUE_BYTES ? g_strndup (value, VALUE_BYTES) : NULL;
  cd_document_add_setting (document, CD_SETTING_CONFIG, key, cut != NULL ? cut : value, line);
}

gsize
cd_config_comment (const char *text, gsize start, gsize end, const char *marks)
{
  char quote = '\0';
  for (gsize i = start; i < end; i++) {
    if (quote != '\0') {
      i += quote == '"' && text[i] == '\\' ? 1 : 0;
      quote = i < end && text[i] == quote ? '\0' : quote;
    } else if ((text[i] == '"' || text[i] == '\'') && (i == start || strchr (" :=[{,(\t", text[i - 1]) != NULL))
      quote = text[i];
    else if (text[i] != '\0' && strchr (marks, text[i]) != NULL && (i == start || g_ascii_isspace (text[i - 1])))
      return i;
  }
  return end;
}

void
cd_config_add_lines (CdDocument *document, const char *marks)
{
  const char *text = document->text;
  guint paragraph = 0;
  for (gsize at = 0; at < document->length;) {
    const char *newline = memchr (text + at, '\n', document->length - at);
    gsize end = newline != NULL ? (gsize) (newline - text) : document->length;
    gsize comment = cd_config_comment (text, at, end, marks);
    paragraph += cd_range_trim (text, (CdRange){ at, end }).end <= at ? 1 : 0;
    cd_document_add_trimmed (document, CD_PASSAGE_CONFIG, at, comment, -1, paragraph);
    cd_document_add_trimmed (document, CD_PASSAGE_COMMENT, comment, end, -1, paragraph);
    at = end + 1;
  }
  cd_document_add_bare_links (document, 0, document->length, -1);
}

char *
cd_config_unquote (const char *text, gsize length)
{
  CdRange range = cd_range_trim (text, (CdRange){ 0, length });
  gsize start = range.start, end = range.end;
  if (end - start >= 2 && (text[start] == '"' || text[start] == '\'') && text[end - 1] == text[start]) {
    start++;
    end--;
  }
  return end > start ? g_strndup (text + start, end - start) : g_strdup ("");
}

typedef struct {
  CdDocument *document;
  GString *path;
  guint nodes;
} YamlWalk;

static void
walk_yaml (YamlWalk *walk, const CdYamlNode *node, guint line, guint depth)
{
  if (depth > DEPTH || ++walk->nodes > NODES)
    return;
  if (node->kind == CD_YAML_SCALAR) {
    cd_config_add (walk->document, walk->path->str, cd_yaml_is_null (node) ? "" : node->scalar, line);
    return;
  }
  for (guint i = 0; i < cd_yaml_length (node); i++) {
    gsize before = walk->path->len;
    const CdYamlNode *child = cd_yaml_at (node, i), *key = cd_yaml_key_at (node, i);
    if (key != NULL && key->scalar != NULL && before + strlen (key->scalar) < KEY_BYTES)
      g_string_append_printf (walk->path, "%s%s", before > 0 ? "." : "", key->scalar);
    walk_yaml (walk, child, key != NULL ? key->line : child->line, depth + 1);
    g_string_truncate (walk->path, before);
  }
}

typedef struct {
  gsize indent, path;
} Level;

/* "key: value" line by line, for templates and files that no YAML reader takes. Indentation gives the path. */
static void
read_yaml_line (CdDocument *document, gsize start, gsize end, GArray *levels, GString *path)
{
  const char *text = document->text;
  gsize at = start;
  while (at < end && (text[at] == ' ' || text[at] == '\t' || (text[at] == '-' && at + 1 < end && text[at + 1] == ' ')))
    at++;
  gsize key = at;
  while (at < end && (g_ascii_isalnum (text[at]) || (text[at] != '\0' && strchr ("_.-/@", text[at]) != NULL)))
    at++;
  if (at == key || at >= end || text[at] != ':' || (at + 1 < end && !g_ascii_isspace (text[at + 1])) || at - key > 128)
    return;
  while (levels->len > 0 && g_array_index (levels, Level, levels->len - 1).indent >= key - start) {
    g_string_truncate (path, g_array_index (levels, Level, levels->len - 1).path);
    g_array_set_size (levels, levels->len - 1);
  }
  if (levels->len >= DEPTH || path->len > KEY_BYTES)
    return;
  Level level = { key - start, path->len };
  g_array_append_val (levels, level);
  if (path->len > 0)
    g_string_append_c (path, '.');
  g_string_append_len (path, text + key, (gssize) (at - key));
  g_autofree char *value = cd_config_unquote (text + at + 1, end - at - 1);
  if (*value != '\0')
    cd_config_add (document, path->str, value, cd_lines_at (document->lines, key));
}

static void
read_yaml_lines (CdDocument *document)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  g_autoptr (GString) path = g_string_new (NULL);
  const char *text = document->text;
  for (gsize at = 0; at < document->length;) {
    const char *newline = memchr (text + at, '\n', document->length - at);
    gsize end = newline != NULL ? (gsize) (newline - text) : document->length;
    read_yaml_line (document, at, cd_config_comment (text, at, end, "#"), levels, path);
    at = end + 1;
  }
}

void
cd_parse_yaml (CdDocument *document, const CdDocumentOptions *options)
{
  (void) options;
  g_autoptr (CdYaml) yaml = document->length <= TREE_BYTES ? cd_yaml_parse_lenient (document->path, document->text, document->length, NULL) : NULL;
  if (yaml != NULL) {
    g_autoptr (GString) path = g_string_new (NULL);
    YamlWalk walk = { document, path, 0 };
    walk_yaml (&walk, cd_yaml_root (yaml), 1, 0);
  } else
    read_yaml_lines (document);
  cd_config_add_lines (document, "#");
}

/* The dotted path of the key just read, under those of the open containers. */
static void
set_json_path (CdJsonReader *reader, GString *path, const gsize *lengths)
{
  g_autofree char *key = cd_json_value (reader);
  g_string_truncate (path, lengths[reader->depth - 1]);
  if (path->len + strlen (key) < KEY_BYTES)
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", key);
}

static void
read_json_settings (CdDocument *document)
{
  CdJsonReader reader;
  g_autoptr (GString) path = g_string_new (NULL);
  gsize lengths[CD_JSON_DEPTH + 1] = { 0 }; /* of the path outside, by depth */
  cd_json_reader_init (&reader, document->text, 0, document->length, TRUE);
  while (document->settings->len < CD_LIMIT_SETTINGS) {
    CdJsonToken token = cd_json_next (&reader);
    if (token == CD_JSON_END || token == CD_JSON_ERROR)
      return;
    if (token == CD_JSON_OBJECT || token == CD_JSON_ARRAY)
      lengths[reader.depth - 1] = path->len;
    else if (token == CD_JSON_OBJECT_END || token == CD_JSON_ARRAY_END)
      g_string_truncate (path, lengths[reader.depth]);
    else if (token == CD_JSON_KEY)
      set_json_path (&reader, path, lengths);
    else {
      g_autofree char *value = cd_json_value (&reader);
      gboolean null = token == CD_JSON_WORD && strcmp (value, "null") == 0;
      cd_config_add (document, path->str, null ? "" : value, cd_lines_at (document->lines, reader.start));
    }
  }
}

void
cd_parse_json (CdDocument *document, const CdDocumentOptions *options)
{
  (void) options;
  read_json_settings (document);
  cd_document_add_lines (document, CD_PASSAGE_CONFIG, 0, document->length, -1, 0);
  cd_document_add_bare_links (document, 0, document->length, -1);
}
