/* TOML and INI line by line: sections, keys, lists over several lines. pyproject.toml and setup.cfg also state requirements.
 * No full TOML reader: what a line does not show is left out, nothing is refused. */
#include "documents/config.h"

#include <string.h>

typedef struct {
  CdDocument *document;
  GString *section;
  GString *key;   /* of the list or block that goes on, "" for none */
  gboolean list;  /* inside [ … ] */
  gboolean block; /* inside a string of several lines */
  gboolean toml;
} Reader;

/* What the section and key of a value say about it. */
typedef enum { PLAIN, REQUIREMENTS, TABLE_OF_REQUIREMENTS } Role;

static Role
role_of (const Reader *reader)
{
  const char *section = reader->section->str, *key = reader->key->str;
  gboolean named = strcmp (key, "dependencies") == 0 || strcmp (key, "install_requires") == 0 || strcmp (key, "dev-dependencies") == 0;
  if (g_str_has_suffix (section, "optional-dependencies") || strcmp (section, "dependency-groups") == 0
      || strcmp (section, "options.extras_require") == 0)
    return REQUIREMENTS;
  if (named && (strcmp (section, "project") == 0 || strcmp (section, "options") == 0 || strcmp (section, "tool.uv") == 0))
    return REQUIREMENTS;
  gboolean poetry = g_str_has_prefix (section, "tool.poetry.") && g_str_has_suffix (section, "dependencies");
  gboolean pipfile
      = reader->document->kind == CD_DOCUMENT_DEPENDENCIES && (strcmp (section, "packages") == 0 || strcmp (section, "dev-packages") == 0);
  return poetry || pipfile ? TABLE_OF_REQUIREMENTS : PLAIN;
}

static void
add_value (const Reader *reader, const char *value, guint line)
{
  g_autofree char *key = g_strconcat (reader->section->str, reader->section->len > 0 ? "." : "", reader->key->str, NULL);
  cd_config_add (reader->document, key, value, line);
  Role role = role_of (reader);
  if (role == REQUIREMENTS)
    cd_document_add_requirement (reader->document, value, strlen (value), line);
  else if (role == TABLE_OF_REQUIREMENTS && strcmp (reader->key->str, "python") != 0) {
    const char *version = strstr (value, "version");
    const char *quote = version != NULL ? strpbrk (version, "\"'") : NULL;
    g_autofree char *inner = *value != '{' ? g_strdup (value) : quote != NULL ? g_strndup (quote + 1, strcspn (quote + 1, "\"'")) : g_strdup ("");
    cd_document_add_dependency (reader->document, reader->key->str, inner, line);
  }
}

/* Elements of a list on one line; the list ends where its bracket closes. */
static void
read_elements (Reader *reader, const char *text, gsize length, guint line)
{
  gsize at = 0;
  while (at < length && reader->list) {
    char c = text[at];
    if (c == '"' || c == '\'') {
      const char *close = memchr (text + at + 1, c, length - at - 1);
      gsize end = close != NULL ? (gsize) (close - text) : length;
      g_autofree char *value = g_strndup (text + at + 1, end - at - 1);
      add_value (reader, value, line);
      at = end + 1;
    } else if (c == ']')
      reader->list = FALSE;
    else if (c == '-' || c == '.' || g_ascii_isalnum (c)) {
      gsize end = at;
      while (end < length && text[end] != ',' && text[end] != ']' && !g_ascii_isspace (text[end]))
        end++;
      g_autofree char *value = g_strndup (text + at, end - at);
      add_value (reader, value, line);
      at = end;
    } else
      at++;
  }
}

static void
read_section (Reader *reader, const char *text, gsize length)
{
  gsize start = 1;
  start += length > 1 && text[1] == '[' ? 1 : 0;
  const char *close = memchr (text + start, ']', length - start);
  gsize end = close != NULL ? (gsize) (close - text) : length;
  g_autofree char *name = cd_config_unquote (text + start, MIN (end - start, 256));
  g_string_assign (reader->section, name);
  g_string_truncate (reader->key, 0);
}

static void
read_pair (Reader *reader, const char *text, gsize length, guint line)
{
  const char *equals = memchr (text, '=', length), *colon = reader->toml ? NULL : memchr (text, ':', length);
  const char *mark = equals == NULL || (colon != NULL && colon < equals) ? colon : equals;
  if (mark == NULL)
    return;
  gsize key = (gsize) (mark - text);
  g_autofree char *name = cd_config_unquote (text, MIN (key, 256));
  if (g_str_has_prefix (name, "export "))
    memmove (name, name + 7, strlen (name + 7) + 1);
  g_string_assign (reader->key, name);
  const char *rest = mark + 1;
  gsize left = length - key - 1;
  while (left > 0 && g_ascii_isspace (*rest)) {
    rest++;
    left--;
  }
  gboolean triple = reader->toml && left >= 3 && (memcmp (rest, "\"\"\"", 3) == 0 || memcmp (rest, "'''", 3) == 0);
  if (reader->toml && left > 0 && *rest == '[') {
    reader->list = TRUE;
    read_elements (reader, rest + 1, left - 1, line);
    return;
  }
  g_autofree char *value = cd_config_unquote (rest, left);
  if (triple) {
    g_autofree char *mark_text = g_strndup (rest, 3);
    reader->block = g_strstr_len (rest + 3, (gssize) (left - 3), mark_text) == NULL;
  } else if (left > 0 || !reader->toml)
    add_value (reader, value, line);
}

static void
read_line (Reader *reader, gsize start, gsize end)
{
  const char *text = reader->document->text;
  gboolean indented = start < end && (text[start] == ' ' || text[start] == '\t');
  gsize comment = cd_config_comment (text, start, end, reader->toml ? "#" : "#;");
  CdRange range = cd_range_trim (text, (CdRange){ start, comment });
  if (range.end <= range.start)
    return;
  const char *at = text + range.start;
  gsize length = range.end - range.start;
  guint line = cd_lines_at (reader->document->lines, range.start);
  if (reader->block)
    reader->block = g_strstr_len (at, (gssize) length, "\"\"\"") == NULL && g_strstr_len (at, (gssize) length, "'''") == NULL;
  else if (reader->list)
    read_elements (reader, at, length, line);
  else if (*at == '[')
    read_section (reader, at, length);
  else if (!reader->toml && indented && reader->key->len > 0) {
    g_autofree char *value = cd_config_unquote (at, length);
    add_value (reader, value, line);
  } else
    read_pair (reader, at, length, line);
}

static void
read_lines (CdDocument *document, gboolean toml)
{
  g_autoptr (GString) section = g_string_new (NULL);
  g_autoptr (GString) key = g_string_new (NULL);
  Reader reader = { .document = document, .section = section, .key = key, .toml = toml };
  for (gsize at = 0; at < document->length;) {
    const char *newline = memchr (document->text + at, '\n', document->length - at);
    gsize end = newline != NULL ? (gsize) (newline - document->text) : document->length;
    read_line (&reader, at, end);
    at = end + 1;
  }
  cd_config_add_lines (document, toml ? "#" : "#;");
}

void
cd_parse_toml (CdDocument *document, const CdDocumentOptions *options)
{
  (void) options;
  read_lines (document, TRUE);
}

void
cd_parse_ini (CdDocument *document, const CdDocumentOptions *options)
{
  (void) options;
  read_lines (document, FALSE);
}
