/* The pull reader of JSON. Configuration files, data files and classification all read through it;
 * what keys and values mean is left to them. */
#include "documents/json.h"

#include <string.h>

enum { STATE_VALUE, STATE_FIRST_VALUE, STATE_KEY, STATE_FIRST_KEY, STATE_AFTER, STATE_END, STATE_ERROR };

void
cd_json_reader_init (CdJsonReader *reader, const char *text, gsize start, gsize end, gboolean lenient)
{
  *reader = (CdJsonReader){ .text = text, .position = start, .end = end, .lenient = lenient, .state = STATE_VALUE };
}

gboolean
cd_json_in_object (const CdJsonReader *reader)
{
  guint index = reader->depth - 1;
  return reader->depth > 0 && (reader->objects[index / 64] >> (index % 64) & 1u) != 0;
}

static CdJsonToken
fail (CdJsonReader *reader)
{
  reader->state = STATE_ERROR;
  return CD_JSON_ERROR;
}

/* A comment of configuration files: "//" and "#" to the end of the line, or a block. */
static gboolean
skip_comment (CdJsonReader *reader)
{
  const char *at = reader->text + reader->position;
  gsize left = reader->end - reader->position;
  if (*at == '#' || (left > 1 && at[0] == '/' && at[1] == '/')) {
    const char *line_end = memchr (at, '\n', left);
    reader->position = line_end != NULL ? (gsize) (line_end - reader->text) : reader->end;
    return TRUE;
  }
  if (left > 3 && at[0] == '/' && at[1] == '*') {
    const char *close = g_strstr_len (at + 2, (gssize) (left - 2), "*/");
    reader->position = close != NULL ? (gsize) (close - reader->text) + 2 : reader->end;
    return TRUE;
  }
  return FALSE;
}

static void
skip_space (CdJsonReader *reader)
{
  while (reader->position < reader->end) {
    char c = reader->text[reader->position];
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r')
      reader->position++;
    else if (!reader->lenient || (c != '/' && c != '#') || !skip_comment (reader))
      return;
  }
}

/* At an opening quote: set start and stop to the inside and step behind the closing one. */
static gboolean
read_string (CdJsonReader *reader)
{
  const char *text = reader->text;
  gsize position = reader->position + 1;
  reader->start = position;
  reader->escaped = FALSE;
  const char *quote = NULL;
  while (position < reader->end) {
    if (quote == NULL || quote < text + position)
      quote = memchr (text + position, '"', reader->end - position);
    const char *escape = quote == NULL ? NULL : memchr (text + position, '\\', (gsize) (quote - text) - position);
    if (escape == NULL)
      break;
    reader->escaped = TRUE;
    position = (gsize) (escape - text) + 2;
  }
  if (position >= reader->end || quote == NULL)
    return FALSE;
  reader->stop = (gsize) (quote - text);
  reader->position = reader->stop + 1;
  return TRUE;
}

static CdJsonToken
open_container (CdJsonReader *reader, gboolean object)
{
  if (reader->depth == CD_JSON_DEPTH)
    return fail (reader);
  guint64 bit = G_GUINT64_CONSTANT (1) << (reader->depth % 64);
  guint64 *word = &reader->objects[reader->depth / 64];
  *word = object ? *word | bit : *word & ~bit;
  reader->depth++;
  reader->start = reader->position++;
  reader->stop = reader->position;
  reader->state = object ? STATE_FIRST_KEY : STATE_FIRST_VALUE;
  return object ? CD_JSON_OBJECT : CD_JSON_ARRAY;
}

static CdJsonToken
close_container (CdJsonReader *reader)
{
  gboolean object = cd_json_in_object (reader);
  reader->start = reader->position++;
  reader->stop = reader->position;
  reader->depth--;
  reader->state = STATE_AFTER;
  return object ? CD_JSON_OBJECT_END : CD_JSON_ARRAY_END;
}

static CdJsonToken
read_plain (CdJsonReader *reader)
{
  static const char *const words[] = { "true", "false", "null", "NaN", "Infinity", "-Infinity" };
  gsize position = reader->start = reader->position;
  while (position < reader->end && (g_ascii_isalnum (reader->text[position]) || strchr ("+-.", reader->text[position]) != NULL)
         && reader->text[position] != '\0')
    position++;
  reader->stop = reader->position = position;
  reader->state = STATE_AFTER;
  const char *at = reader->text + reader->start;
  gsize length = position - reader->start;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && strncmp (words[i], at, length) == 0)
      return CD_JSON_WORD;
  gsize digit = length > 1 && *at == '-' ? 1 : 0;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isalpha (at[i]) && at[i] != 'e' && at[i] != 'E')
      return fail (reader);
  return length > digit && g_ascii_isdigit (at[digit]) ? CD_JSON_NUMBER : fail (reader);
}

static CdJsonToken
read_key (CdJsonReader *reader)
{
  if (reader->text[reader->position] != '"' || !read_string (reader))
    return fail (reader);
  skip_space (reader);
  if (reader->position >= reader->end || reader->text[reader->position] != ':')
    return fail (reader);
  reader->position++;
  reader->state = STATE_VALUE;
  return CD_JSON_KEY;
}

static CdJsonToken
read_value (CdJsonReader *reader)
{
  switch (reader->text[reader->position]) {
    case '{':
      return open_container (reader, TRUE);
    case '[':
      return open_container (reader, FALSE);
    case '"':
      if (!read_string (reader))
        return fail (reader);
      reader->state = STATE_AFTER;
      return CD_JSON_STRING;
    default:
      return read_plain (reader);
  }
}

/* Behind a value: the comma is taken; TRUE where a container ends here instead. */
static gboolean
at_close (CdJsonReader *reader)
{
  gboolean object = cd_json_in_object (reader);
  gboolean may_close = reader->state == STATE_AFTER || reader->state == STATE_FIRST_KEY || reader->state == STATE_FIRST_VALUE;
  if (reader->state == STATE_AFTER && reader->text[reader->position] == ',') {
    reader->position++;
    reader->state = object ? STATE_KEY : STATE_VALUE;
    skip_space (reader);
    may_close = reader->lenient;
  }
  return may_close && reader->position < reader->end && reader->text[reader->position] == (object ? '}' : ']');
}

CdJsonToken
cd_json_next (CdJsonReader *reader)
{
  if (reader->state == STATE_ERROR || reader->state == STATE_END)
    return reader->state == STATE_END ? CD_JSON_END : CD_JSON_ERROR;
  skip_space (reader);
  if (reader->depth == 0) {
    reader->state = STATE_VALUE;
    if (reader->position >= reader->end) {
      reader->state = STATE_END;
      return CD_JSON_END;
    }
  } else {
    if (reader->position >= reader->end)
      return fail (reader);
    if (at_close (reader))
      return close_container (reader);
    if (reader->position >= reader->end || reader->state == STATE_AFTER)
      return fail (reader);
  }
  return reader->state == STATE_KEY || reader->state == STATE_FIRST_KEY ? read_key (reader) : read_value (reader);
}

gboolean
cd_json_skip (CdJsonReader *reader)
{
  guint depth = reader->depth;
  while (reader->depth >= depth) {
    CdJsonToken token = cd_json_next (reader);
    if (token == CD_JSON_END || token == CD_JSON_ERROR)
      return FALSE;
  }
  return TRUE;
}

/* The code unit of "\uXXXX" at digits, or -1. */
static gint
code_unit (const char *digits, const char *end)
{
  gint unit = 0;
  if (end - digits < 4)
    return -1;
  for (guint i = 0; i < 4; i++) {
    gint digit = g_ascii_xdigit_value (digits[i]);
    if (digit < 0)
      return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

/* Behind "\u": append the character (a surrogate pair as one), return the bytes taken behind the 'u'. */
static gsize
append_unicode (GString *value, const char *digits, const char *end)
{
  gint unit = code_unit (digits, end);
  if (unit < 0)
    return 0;
  gunichar character = (gunichar) unit;
  gsize taken = 4;
  if (unit >= 0xD800 && unit < 0xDC00 && end - digits >= 10 && digits[4] == '\\' && digits[5] == 'u') {
    gint low = code_unit (digits + 6, end);
    if (low >= 0xDC00 && low < 0xE000) {
      character = 0x10000u + (((gunichar) unit - 0xD800u) << 10) + ((gunichar) low - 0xDC00u);
      taken = 10;
    }
  }
  gboolean valid = character != 0 && g_unichar_validate (character);
  g_string_append_unichar (value, valid ? character : 0xFFFDu);
  return taken;
}

char *
cd_json_value (const CdJsonReader *reader)
{
  const char *at = reader->text + reader->start, *end = reader->text + reader->stop;
  if (!reader->escaped)
    return g_strndup (at, (gsize) (end - at));
  static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
  GString *value = g_string_sized_new ((gsize) (end - at));
  while (at < end) {
    if (*at != '\\' || at + 1 >= end) {
      g_string_append_c (value, *at++);
      continue;
    }
    const char *name = at[1] != '\0' ? strchr (from, at[1]) : NULL;
    if (at[1] == 'u')
      at += append_unicode (value, at + 2, end);
    else
      g_string_append_c (value, name != NULL ? to[name - from] : at[1]);
    at += 2;
  }
  return g_string_free (value, FALSE);
}
