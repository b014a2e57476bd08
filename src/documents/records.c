/* JSON and separated values read for one thing: the problem that a record poses. Fields are ranked by name; the best one of a record counts. What the text means is
 * left to metrics/. */
#include "documents/records.h"
#include "documents/json.h"
#include <string.h>

typedef enum { FIELD_TEXT, FIELD_INSTRUCTION, FIELD_INPUT, FIELD_TURNS } FieldKind;

/* Best first. An instruction goes together with its input (Alpaca's records); of turns, those of the user count. */
static const struct {
  const char *name;
  FieldKind kind;
} FIELDS[] = {
  { "problem", FIELD_TEXT },       { "question", FIELD_TEXT },  { "problem_text", FIELD_TEXT },   { "problem_statement", FIELD_TEXT },
  { "question_text", FIELD_TEXT }, { "query", FIELD_TEXT },     { "prompt", FIELD_TURNS },        { "instruction", FIELD_INSTRUCTION },
  { "input", FIELD_INPUT },        { "messages", FIELD_TURNS }, { "conversations", FIELD_TURNS }, { "conversation", FIELD_TURNS },
  { "user", FIELD_TEXT },          { "text", FIELD_TEXT },
};
#define NO_FIELD G_N_ELEMENTS (FIELDS)
#define FIELD_BYTES 24u /* longer names are none of these */

typedef struct {
  const char *text;
  gsize counted; /* bytes whose line ends are in line */
  guint32 line;
  guint rank; /* of the field whose value problem holds; NO_FIELD none */
  GString *problem, *input;
  CdRecordVisit visit;
  gpointer data;
  gint64 visited;
  gboolean ended; /* visit wants no more */
} Reader;

static guint
rank_of (const char *name, gsize length)
{
  for (guint i = 0; length < FIELD_BYTES && i < NO_FIELD; i++)
    if (strlen (FIELDS[i].name) == length && g_ascii_strncasecmp (FIELDS[i].name, name, length) == 0)
      return i;
  return NO_FIELD;
}

gboolean
cd_records_is_problem_field (const char *name)
{
  return rank_of (name, strlen (name)) < NO_FIELD;
}

/* Positions are asked for in ascending order. */
static guint32
line_at (Reader *reader, gsize position)
{
  while (reader->counted < position) {
    const char *newline = memchr (reader->text + reader->counted, '\n', position - reader->counted);
    reader->line += newline != NULL ? 1 : 0;
    reader->counted = newline != NULL ? (gsize) (newline - reader->text) + 1 : position;
  }
  return reader->line;
}

static void
begin_record (Reader *reader)
{
  reader->rank = NO_FIELD;
  g_string_truncate (reader->problem, 0);
  g_string_truncate (reader->input, 0);
}

static void
end_record (Reader *reader, gsize start)
{
  if (reader->rank == NO_FIELD || reader->ended)
    return;
  if (FIELDS[reader->rank].kind == FIELD_INSTRUCTION && reader->input->len > 0) {
    g_string_append_c (reader->problem, '\n');
    g_string_append_len (reader->problem, reader->input->str, (gssize) reader->input->len);
  }
  CdRecord record = { reader->problem->str, reader->problem->len, line_at (reader, start) };
  reader->visited++;
  reader->ended = !reader->visit (&record, reader->data);
}

static void
append_string (GString *to, const CdJsonReader *json)
{
  if (!json->escaped) {
    g_string_append_len (to, json->text + json->start, (gssize) (json->stop - json->start));
    return;
  }
  g_autofree char *value = cd_json_value (json);
  g_string_append (to, value);
}

static void
take_string (Reader *reader, guint rank, const CdJsonReader *json)
{
  if (json->stop == json->start || rank == NO_FIELD)
    return;
  if (FIELDS[rank].kind == FIELD_INPUT && reader->input->len == 0)
    append_string (reader->input, json);
  if (rank >= reader->rank)
    return;
  reader->rank = rank;
  g_string_truncate (reader->problem, 0);
  append_string (reader->problem, json);
}

static gboolean
token_is (const CdJsonReader *json, const char *word)
{
  gsize length = json->stop - json->start;
  return strlen (word) == length && g_ascii_strncasecmp (json->text + json->start, word, length) == 0;
}

/* One turn of a conversation, behind its opening brace: {"role": "user", "content": …} or {"from": "human", "value": …}. FALSE on a fault. */
static gboolean
read_turn (CdJsonReader *json, GString *text)
{
  guint depth = json->depth;
  gboolean user = FALSE, role = FALSE;
  g_autoptr (GString) content = g_string_new (NULL);
  while (json->depth >= depth) {
    CdJsonToken token = cd_json_next (json);
    if (token == CD_JSON_ERROR || token == CD_JSON_END)
      return FALSE;
    if (token != CD_JSON_KEY || json->depth != depth)
      continue;
    gboolean says_role = token_is (json, "role") || token_is (json, "from");
    gboolean says_content = token_is (json, "content") || token_is (json, "value") || token_is (json, "text");
    token = cd_json_next (json);
    if (token == CD_JSON_ERROR)
      return FALSE;
    role |= says_role;
    if (says_role && token == CD_JSON_STRING)
      user = token_is (json, "user") || token_is (json, "human");
    else if (says_content && token == CD_JSON_STRING)
      append_string (content, json);
  }
  if (user || !role)
    g_string_append_printf (text, "%s\n", content->str);
  return TRUE;
}

/* Behind the opening bracket of a list of turns, or of plain strings, whose first is the user's. FALSE on a fault. */
static gboolean
read_turns (Reader *reader, guint rank, CdJsonReader *json)
{
  guint depth = json->depth;
  g_autoptr (GString) text = g_string_new (NULL);
  while (json->depth >= depth) {
    CdJsonToken token = cd_json_next (json);
    if (token == CD_JSON_ERROR || token == CD_JSON_END)
      return FALSE;
    if (token == CD_JSON_OBJECT && !read_turn (json, text))
      return FALSE;
    if (token == CD_JSON_ARRAY && !cd_json_skip (json))
      return FALSE;
    if (token == CD_JSON_STRING && text->len == 0)
      append_string (text, json);
  }
  if (text->len > 0 && rank < reader->rank) {
    reader->rank = rank;
    g_string_assign (reader->problem, text->str);
  }
  return TRUE;
}

/* Behind a key: its value. FALSE on a fault. */
static gboolean
read_field (Reader *reader, guint rank, CdJsonReader *json)
{
  CdJsonToken token = cd_json_next (json);
  if (token == CD_JSON_STRING)
    take_string (reader, rank, json);
  else if (token == CD_JSON_ARRAY && rank < reader->rank && FIELDS[rank].kind == FIELD_TURNS)
    return read_turns (reader, rank, json);
  else if (token == CD_JSON_ARRAY || token == CD_JSON_OBJECT)
    return cd_json_skip (json);
  return token != CD_JSON_ERROR && token != CD_JSON_END;
}

/* Behind the opening brace of a record. FALSE on a fault: what was read until then is dropped. */
static gboolean
read_record (Reader *reader, CdJsonReader *json)
{
  gsize start = json->start;
  begin_record (reader);
  for (;;) {
    CdJsonToken token = cd_json_next (json);
    if (token == CD_JSON_OBJECT_END)
      break;
    if (token != CD_JSON_KEY)
      return FALSE;
    guint rank = json->escaped ? NO_FIELD : rank_of (json->text + json->start, json->stop - json->start);
    if (!read_field (reader, rank, json))
      return FALSE;
  }
  end_record (reader, start);
  return TRUE;
}

/* Behind an opening bracket: records, or the column of a field. FALSE on a fault. */
static gboolean
read_list (Reader *reader, guint rank, CdJsonReader *json)
{
  while (!reader->ended) {
    CdJsonToken token = cd_json_next (json);
    if (token == CD_JSON_ARRAY_END)
      return TRUE;
    if (token == CD_JSON_STRING && rank != NO_FIELD) {
      begin_record (reader);
      take_string (reader, rank, json);
      end_record (reader, json->start);
    }
    gboolean sound = token == CD_JSON_OBJECT ? read_record (reader, json) : token != CD_JSON_ARRAY || cd_json_skip (json);
    if (!sound || token == CD_JSON_ERROR || token == CD_JSON_END)
      return FALSE;
  }
  return TRUE;
}

/* An object as the whole file: {"data": […]}, {"question": […], …} or {"id": {…}, …}. */
static void
read_container (Reader *reader, CdJsonReader *json)
{
  while (!reader->ended && cd_json_next (json) == CD_JSON_KEY) {
    guint rank = json->escaped ? NO_FIELD : rank_of (json->text + json->start, json->stop - json->start);
    CdJsonToken token = cd_json_next (json);
    gboolean sound = token == CD_JSON_OBJECT ? read_record (reader, json) : token != CD_JSON_ARRAY || read_list (reader, rank, json);
    if (!sound || token == CD_JSON_ERROR)
      return;
  }
}

static void
read_lines (Reader *reader, const char *text, gsize length)
{
  for (gsize at = 0; at < length && !reader->ended;) {
    const char *newline = memchr (text + at, '\n', length - at);
    gsize end = newline != NULL ? (gsize) (newline - text) : length;
    CdJsonReader json;
    cd_json_reader_init (&json, text, at, end, FALSE);
    if (cd_json_next (&json) == CD_JSON_OBJECT)
      read_record (reader, &json);
    at = end + 1;
  }
}

/* Records one after the other; where a line cannot be read the next one is tried. */
static gboolean
is_sequence (const char *text, gsize length)
{
  CdJsonReader json;
  cd_json_reader_init (&json, text, 0, length, FALSE);
  return cd_json_next (&json) == CD_JSON_OBJECT && cd_json_skip (&json) && cd_json_next (&json) == CD_JSON_OBJECT;
}

static void
read_json (Reader *reader, const char *text, gsize length)
{
  CdJsonReader json;
  cd_json_reader_init (&json, text, 0, length, FALSE);
  CdJsonToken token = cd_json_next (&json);
  if (token == CD_JSON_ARRAY)
    read_list (reader, NO_FIELD, &json);
  else if (token == CD_JSON_OBJECT && !is_sequence (text, length))
    read_container (reader, &json);
  else
    while (token == CD_JSON_OBJECT && !reader->ended && read_record (reader, &json))
      token = cd_json_next (&json);
}

/* One value of separated values, from at to the separator or line end behind it; quotes taken off. text[*next] is what ended it. */
static void
read_value (const char *text, gsize at, gsize length, char separator, GString *value, gsize *next)
{
  gboolean quoted = at < length && text[at] == '"';
  g_string_truncate (value, 0);
  at += quoted ? 1 : 0;
  while (at < length) {
    const char *stop = quoted ? memchr (text + at, '"', length - at) : NULL;
    gsize end = quoted && stop != NULL ? (gsize) (stop - text) : quoted ? length : at;
    while (!quoted && end < length && text[end] != separator && text[end] != '\n')
      end++;
    g_string_append_len (value, text + at, (gssize) (end - at));
    at = end;
    if (!quoted)
      break;
    gboolean doubled = at + 1 < length && text[at + 1] == '"';
    at = MIN (length, at + (doubled ? 2 : 1));
    if (doubled)
      g_string_append_c (value, '"');
    else
      quoted = FALSE;
  }
  *next = at;
}

static char
separator_of (const char *text, gsize length, const char *language)
{
  const char *newline = memchr (text, '\n', length);
  gsize end = newline != NULL ? (gsize) (newline - text) : length;
  guint commas = 0, semicolons = 0;
  for (gsize i = 0; i < end; i++) {
    commas += text[i] == ',' ? 1 : 0;
    semicolons += text[i] == ';' ? 1 : 0;
  }
  return strcmp (language, "tsv") == 0 ? '\t' : semicolons > commas ? ';' : ',';
}

/* The first row names the fields; without a name that is known there are no problems. */
static void
read_table (Reader *reader, const char *text, gsize length, char separator)
{
  g_autoptr (GString) value = g_string_new (NULL);
  guint best = NO_FIELD, wanted = 0, column = 0;
  gboolean header = TRUE;
  gsize start = 0;
  for (gsize at = 0; at < length && !reader->ended;) {
    gsize next = at;
    read_value (text, at, length, separator, value, &next);
    if (header) {
      g_strstrip (value->str);
      guint rank = rank_of (value->str, strlen (value->str));
      wanted = rank < best ? column : wanted;
      best = MIN (best, rank);
    } else if (column == wanted && value->len > 0) {
      reader->rank = best;
      g_string_assign (reader->problem, value->str);
    }
    column++;
    at = next + 1;
    if (next < length && text[next] != '\n')
      continue;
    if (header && best == NO_FIELD)
      return;
    if (!header)
      end_record (reader, start);
    begin_record (reader);
    header = FALSE;
    column = 0;
    start = at;
  }
  if (!header && column > 0)
    end_record (reader, start);
}

gint64
cd_records_visit (const char *text, gsize length, const char *language, CdRecordVisit visit, gpointer data)
{
  g_autoptr (GString) problem = g_string_new (NULL), input = g_string_new (NULL);
  Reader reader = { .text = text, .line = 1, .rank = NO_FIELD, .problem = problem, .input = input, .visit = visit, .data = data };
  if (strcmp (language, "jsonl") == 0)
    read_lines (&reader, text, length);
  else if (strcmp (language, "json") == 0)
    read_json (&reader, text, length);
  else if (strcmp (language, "csv") == 0 || strcmp (language, "tsv") == 0)
    read_table (&reader, text, length, separator_of (text, length, language));
  return reader.visited;
}
