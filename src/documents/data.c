/* Data files: how many records, which fields, how many that cannot be read. Counting covers the whole blob; fields and faults come from a
 * bounded head. Only the first records become passages. Whether a file is records at all is classify.c's decision. */
#include "base/limits.h"
#include "documents/json.h"
#include "documents/lines.h"

#include <string.h>

#define SHOWN 20u /* records that become passages */
#define FIELDS 512u
#define FIELD_BYTES 256u

typedef struct {
  CdDocument *document;
  gsize head; /* bytes of text that are parsed */
  GPtrArray *fields;
  GHashTable *known; /* the strings of fields */
  gint64 rows, malformed;
  gboolean exact;
  guint shown;
} Reader;

static void
add_field (Reader *reader, const char *name)
{
  if (*name == '\0' || reader->fields->len >= FIELDS || strlen (name) > FIELD_BYTES || g_hash_table_contains (reader->known, name))
    return;
  char *copy = g_strdup (name);
  g_ptr_array_add (reader->fields, copy);
  g_hash_table_add (reader->known, copy);
}

static void
show (Reader *reader, gsize start, gsize end)
{
  const char *text = reader->document->text;
  if (reader->shown >= SHOWN)
    return;
  gsize cut = MIN (end, start + CD_PASSAGE_COLUMNS);
  while (cut > start && cut < end && ((guchar) text[cut] & 0xC0) == 0x80)
    cut--;
  cd_document_add_trimmed (reader->document, CD_PASSAGE_DATA, start, cut, -1, reader->shown++);
}

/* Behind the token of a value that has just been opened or read: its members' names if it is a record. FALSE on a fault. */
static gboolean
read_record (Reader *reader, CdJsonReader *json, CdJsonToken token)
{
  guint depth = json->depth;
  if (token != CD_JSON_OBJECT)
    return token != CD_JSON_ARRAY || cd_json_skip (json);
  while (json->depth >= depth) {
    token = cd_json_next (json);
    if (token == CD_JSON_ERROR || token == CD_JSON_END)
      return FALSE;
    if (token == CD_JSON_KEY && json->depth == depth) {
      g_autofree char *name = cd_json_value (json);
      add_field (reader, name);
    }
  }
  return TRUE;
}

static void
read_json_line (Reader *reader, gsize start, gsize end)
{
  CdJsonReader json;
  cd_json_reader_init (&json, reader->document->text, start, end, FALSE);
  if (!read_record (reader, &json, cd_json_next (&json)) || cd_json_next (&json) != CD_JSON_END)
    reader->malformed++;
  show (reader, start, end);
}

static void
read_json_lines (Reader *reader)
{
  const char *text = reader->document->text;
  gsize length = reader->document->length;
  for (gsize at = 0; at < length;) {
    const char *newline = memchr (text + at, '\n', length - at);
    gsize end = newline != NULL ? (gsize) (newline - text) : length;
    gsize first = at;
    while (first < end && g_ascii_isspace (text[first]))
      first++;
    if (first < end) {
      reader->rows++;
      if (end <= reader->head)
        read_json_line (reader, first, end);
      else if (reader->rows == 1)
        show (reader, first, end); /* one line longer than the head */
    }
    at = end + 1;
  }
  reader->exact = TRUE;
}

/* Behind the closing quote of the string that opens at position. */
static gsize
behind_string (const char *text, gsize position, gsize length)
{
  for (gsize at = position + 1; at < length;) {
    const char *quote = memchr (text + at, '"', length - at);
    if (quote == NULL)
      return length;
    gsize slashes = 0, close = (gsize) (quote - text);
    while (close - slashes > position + 1 && text[close - slashes - 1] == '\\')
      slashes++;
    if (slashes % 2 == 0)
      return close + 1;
    at = close + 1;
  }
  return length;
}

/* Elements of the array that begins the text. Strings are skipped with memchr: most bytes of a data file stand in them. */
static gint64
count_elements (const char *text, gsize length)
{
  gint64 elements = 0;
  gsize depth = 0;
  gboolean filled = FALSE;
  for (gsize at = 0; at < length;) {
    char c = text[at];
    gboolean opens = c == '[' || c == '{', closes = c == ']' || c == '}';
    filled = filled || (depth == 1 && !closes && !g_ascii_isspace (c));
    if (c == ',' && depth == 1)
      elements++;
    depth += opens ? 1 : 0;
    if (closes && (depth == 0 || --depth == 0))
      break;
    at = c == '"' ? behind_string (text, at, length) : at + 1;
  }
  return elements + (filled ? 1 : 0);
}

static void
read_json_array (Reader *reader)
{
  CdJsonReader json;
  cd_json_reader_init (&json, reader->document->text, 0, reader->head, FALSE);
  cd_json_next (&json);
  gboolean sound = TRUE;
  while (sound) {
    CdJsonToken token = cd_json_next (&json);
    gsize start = json.start;
    sound = token != CD_JSON_ERROR && token != CD_JSON_ARRAY_END && token != CD_JSON_END;
    if (token == CD_JSON_ERROR && reader->head == reader->document->length)
      reader->malformed++;
    if (!sound)
      break;
    gboolean whole = read_record (reader, &json, token);
    reader->malformed += !whole && reader->head == reader->document->length ? 1 : 0;
    show (reader, start, whole ? json.position : reader->head);
    sound = whole;
  }
  reader->rows = count_elements (reader->document->text, reader->document->length);
  reader->exact = TRUE;
}

/* Of an array just opened: its elements; those that are objects give fields. -1 on a fault. */
static gint64
read_elements (Reader *reader, CdJsonReader *json, gboolean *objects)
{
  gint64 elements = 0;
  for (;;) {
    CdJsonToken token = cd_json_next (json);
    if (token == CD_JSON_ARRAY_END)
      return elements;
    gsize start = json->start;
    gboolean sound = token != CD_JSON_ERROR && token != CD_JSON_END && read_record (reader, json, token);
    if (!sound)
      return -1;
    if (token == CD_JSON_OBJECT) {
      *objects = TRUE;
      show (reader, start, json->position);
    }
    elements++;
  }
}

/* {"a": […], "b": […]}: columns; {"data": [{…}]}: the longest list of objects; {"id": {…}}: members. Exact where the head holds it all. */
static void
read_json_object (Reader *reader)
{
  CdJsonReader json;
  gint64 members = 0, longest_column = 0, longest_list = -1;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  cd_json_reader_init (&json, reader->document->text, 0, reader->head, TRUE);
  cd_json_next (&json);
  for (;;) {
    CdJsonToken token = cd_json_next (&json);
    if (token != CD_JSON_KEY) {
      reader->exact = token == CD_JSON_OBJECT_END;
      break;
    }
    gsize start = json.start;
    members++;
    if (names->len < FIELDS)
      g_ptr_array_add (names, cd_json_value (&json));
    token = cd_json_next (&json);
    gboolean objects = FALSE;
    gint64 elements = token == CD_JSON_ARRAY ? read_elements (reader, &json, &objects) : 0;
    if (elements < 0 || token == CD_JSON_ERROR || (token == CD_JSON_OBJECT && !read_record (reader, &json, token)))
      break;
    longest_list = objects ? MAX (longest_list, elements) : longest_list;
    longest_column = MAX (longest_column, elements);
    if (!objects)
      show (reader, start, json.position);
  }
  gboolean columns = longest_list < 0 && longest_column > 0;
  for (guint i = 0; columns && i < names->len; i++)
    add_field (reader, g_ptr_array_index (names, i));
  reader->rows = longest_list >= 0 ? longest_list : columns ? longest_column : members;
  reader->malformed += !reader->exact && reader->head == reader->document->length ? 1 : 0;
}

/* TRUE where another value follows the first within the head: records one after the other under a .json name. */
static gboolean
is_sequence (const Reader *reader)
{
  CdJsonReader json;
  cd_json_reader_init (&json, reader->document->text, 0, reader->head, TRUE);
  return cd_json_next (&json) == CD_JSON_OBJECT && cd_json_skip (&json) && cd_json_next (&json) == CD_JSON_OBJECT;
}

/* Records over several lines each, one after the other. */
static void
read_json_sequence (Reader *reader)
{
  CdJsonReader json;
  cd_json_reader_init (&json, reader->document->text, 0, reader->head, FALSE);
  CdJsonToken token;
  while ((token = cd_json_next (&json)) != CD_JSON_END) {
    gsize start = json.start;
    if (token == CD_JSON_ERROR || !read_record (reader, &json, token)) {
      reader->malformed += reader->head == reader->document->length ? 1 : 0;
      return;
    }
    reader->rows++;
    show (reader, start, json.position);
  }
  reader->exact = reader->head == reader->document->length;
}

static void
read_json (Reader *reader)
{
  const char *text = reader->document->text;
  gsize first = 0;
  while (first < reader->head && g_ascii_isspace (text[first]))
    first++;
  if (first < reader->head && text[first] == '[') {
    read_json_array (reader);
    return;
  }
  if (!is_sequence (reader)) {
    read_json_object (reader);
    return;
  }
  const char *newline = memchr (text + first, '\n', reader->head - first);
  CdJsonReader line;
  cd_json_reader_init (&line, text, first, newline != NULL ? (gsize) (newline - text) : reader->head, FALSE);
  if (cd_json_next (&line) == CD_JSON_OBJECT && cd_json_skip (&line))
    read_json_lines (reader);
  else
    read_json_sequence (reader);
}

/* One record of separated values from at: its end, the number of its fields; fields where names is not NULL. Quoted line ends belong to it. */
static gsize
read_values (const char *text, gsize at, gsize end, char separator, guint *count, GPtrArray *names)
{
  gboolean quoted = FALSE;
  g_autoptr (GString) value = g_string_new (NULL);
  *count = 1;
  for (; at < end; at++) {
    char c = text[at];
    gboolean doubled = quoted && c == '"' && at + 1 < end && text[at + 1] == '"';
    if (c == '"' && !doubled) {
      quoted = !quoted;
      continue;
    }
    if (!quoted && c == '\n')
      break;
    if (!quoted && c == separator) {
      (*count)++;
      if (names != NULL)
        g_ptr_array_add (names, g_strdup (g_strstrip (value->str)));
      g_string_truncate (value, 0);
      continue;
    }
    at += doubled ? 1 : 0;
    if (names != NULL && value->len < FIELD_BYTES)
      g_string_append_c (value, c);
  }
  if (names != NULL)
    g_ptr_array_add (names, g_strdup (g_strstrip (value->str)));
  return at;
}

/* A first record of names rather than values. */
static gboolean
is_header (const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    char *rest = NULL;
    g_ascii_strtod (name, &rest);
    if (strlen (name) > 100 || (*name != '\0' && *rest == '\0'))
      return FALSE;
  }
  return TRUE;
}

static char
separator_of (const CdDocument *document, gsize first_line)
{
  guint commas = 0, semicolons = 0;
  for (gsize i = 0; i < first_line; i++) {
    commas += document->text[i] == ',' ? 1 : 0;
    semicolons += document->text[i] == ';' ? 1 : 0;
  }
  return strcmp (document->language, "tsv") == 0 ? '\t' : semicolons > commas ? ';' : ',';
}

/* Lines that are not blank from at on: the count of records where no quote can hide a line end. */
static gint64
count_lines (const char *text, gsize at, gsize length)
{
  gint64 lines = 0;
  while (at < length) {
    const char *newline = memchr (text + at, '\n', length - at);
    lines += text[at] != '\n' && text[at] != '\r' ? 1 : 0;
    at = newline != NULL ? (gsize) (newline - text) + 1 : length;
  }
  return lines;
}

static void
read_table (Reader *reader)
{
  const char *text = reader->document->text;
  gsize length = reader->document->length;
  const char *newline = memchr (text, '\n', length);
  const char *last_quote = memrchr (text, '"', length);
  gsize plain = MAX (reader->head, last_quote != NULL ? (gsize) (last_quote - text) : 0); /* from here on lines are records */
  char separator = separator_of (reader->document, newline != NULL ? (gsize) (newline - text) : length);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint width = 0;
  gsize at = read_values (text, 0, length, separator, &width, names);
  gboolean header = is_header (names);
  for (guint i = 0; header && i < names->len; i++)
    add_field (reader, g_ptr_array_index (names, i));
  show (reader, 0, at);
  reader->rows = header ? 0 : 1;
  for (at++; at < length && at <= plain;) {
    guint values = 0;
    gsize end = read_values (text, at, length, separator, &values, NULL);
    if (cd_range_trim (text, (CdRange){ at, end }).end > at) {
      reader->rows++;
      reader->malformed += at < reader->head && values != width ? 1 : 0;
      show (reader, at, end);
    }
    at = end + 1;
  }
  reader->rows += count_lines (text, at, length);
  reader->exact = TRUE;
}

void
cd_parse_data (CdDocument *document, const CdDocumentOptions *options)
{
  (void) options;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  Reader reader = { .document = document, .head = MIN (document->length, CD_LIMIT_DATA_HEAD_BYTES), .known = known };
  reader.fields = g_ptr_array_new ();
  if (strcmp (document->language, "jsonl") == 0)
    read_json_lines (&reader);
  else if (strcmp (document->language, "json") == 0)
    read_json (&reader);
  else if (strcmp (document->language, "csv") == 0 || strcmp (document->language, "tsv") == 0)
    read_table (&reader);
  g_ptr_array_add (reader.fields, NULL);
  document->data = g_new0 (CdDataShape, 1);
  document->data->fields = (char **) g_ptr_array_free (reader.fields, FALSE);
  document->data->rows = reader.rows;
  document->data->rows_exact = reader.exact;
  document->data->malformed = reader.malformed;
}
