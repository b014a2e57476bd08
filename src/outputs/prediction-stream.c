/* Where records begin and end: brackets and quotes are followed byte by byte, nothing is understood. A line or value that is no JSON is found out by who
 * reads it; here only what keeps the next record from being found is a fault. */
#include "outputs/prediction-stream.h"
#include "base/text.h"
#include "documents/json.h"
#include "outputs/prediction-buffer.h"
#include "outputs/prediction-fields.h"
#include "outputs/prediction-table.h"
#include <string.h>

#define HEAD_BYTES (1024u * 1024u) /* within which the first of several values must end */
#define NAME_BYTES 4096u           /* of an object's member that may hold records */
#define LEVELS 4u                  /* objects and lists around a record */

typedef enum { FORM_UNKNOWN, FORM_LINES, FORM_VALUES, FORM_TABLE } Form;

struct _CdRecordStream {
  CdBuffer buffer;
  Form form;
  gboolean lines;    /* by the file's name */
  gboolean sequence; /* values one behind the other: an object is a record */
  char open[LEVELS]; /* '[' and '{' around the next record */
  guint depth;
  CdTable table;
  char *name;  /* of the member last come by */
  gsize taken; /* bytes of the last record, still in the window */
};

CdRecordStream *
cd_record_stream_new (GInputStream *stream, const char *language)
{
  gboolean table = g_str_equal (language, "csv") || g_str_equal (language, "tsv");
  if (!table && !g_str_equal (language, "json") && !g_str_equal (language, "jsonl"))
    return NULL;
  CdRecordStream *records = g_new0 (CdRecordStream, 1);
  cd_buffer_init (&records->buffer, stream);
  records->form = table ? FORM_TABLE : FORM_UNKNOWN;
  records->lines = g_str_equal (language, "jsonl");
  records->table.separator = g_str_equal (language, "tsv") ? '\t' : '\0';
  if (cd_buffer_has (&records->buffer, 2) && memcmp (cd_buffer_at (&records->buffer, 0), "\xEF\xBB\xBF", 3) == 0)
    cd_buffer_drop (&records->buffer, 3);
  return records;
}

void
cd_record_stream_free (CdRecordStream *records)
{
  if (records == NULL)
    return;
  cd_buffer_clear (&records->buffer);
  cd_table_clear (&records->table);
  g_free (records->name);
  g_free (records);
}

static inline gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void
drop_space (CdBuffer *buffer)
{
  while (cd_buffer_has (buffer, 0) && is_space (*cd_buffer_at (buffer, 0)))
    cd_buffer_drop (buffer, 1);
}

/* The place behind the blanks that stand at a place; of a bounded number of them. */
static gsize
skip_space (CdBuffer *buffer, gsize at)
{
  for (gsize most = at + NAME_BYTES; at < most && cd_buffer_has (buffer, at) && is_space (*cd_buffer_at (buffer, at));)
    at++;
  return at;
}

/* Follows a value from its first byte on. */
typedef struct {
  guint64 depth;
  gboolean quoted, escaped, plain;
} Follower;

/* Takes a byte in; TRUE where the value ends with it, or before it where it is a plain word or number. */
static inline gboolean
follow (Follower *value, char c)
{
  if (value->quoted) {
    gboolean closes = c == '"' && !value->escaped;
    value->escaped = c == '\\' && !value->escaped;
    value->quoted = !closes;
    return closes && value->depth == 0;
  }
  if (value->plain)
    return c == ',' || c == ']' || c == '}' || is_space (c);
  if (c == '"')
    value->quoted = TRUE;
  else if (c == '{' || c == '[')
    value->depth++;
  else if (c == '}' || c == ']')
    return value->depth <= 1 || --value->depth == 0;
  else if (value->depth == 0)
    value->plain = TRUE;
  return FALSE;
}

typedef enum { VALUE_WHOLE, VALUE_LONG, VALUE_CUT } ValueEnd;

/* Length of the value that begins the window. One longer than a record may be is followed to its end and dropped. */
static ValueEnd
find_value_end (CdBuffer *buffer, gsize *length)
{
  Follower value = { 0 };
  gboolean dropped = FALSE;
  for (gsize at = 0; cd_buffer_has (buffer, at);) {
    gboolean ends = follow (&value, *cd_buffer_at (buffer, at));
    at += ends && value.plain ? 0 : 1;
    *length = at;
    if (ends && !dropped)
      return VALUE_WHOLE;
    if (!ends && at < CD_RECORD_BYTES)
      continue;
    cd_buffer_drop (buffer, at);
    if (ends)
      return VALUE_LONG;
    dropped = TRUE;
    at = 0;
  }
  return value.plain && !dropped ? VALUE_WHOLE : VALUE_CUT;
}

/* TRUE where the object at a place holds records and is none: its first member has no known name, and is an object or list. */
static gboolean
is_container (CdBuffer *buffer, gsize place)
{
  gsize key = skip_space (buffer, place + 1), end = key + 1;
  if (!cd_buffer_has (buffer, key) || *cd_buffer_at (buffer, key) != '"')
    return FALSE;
  while (end - key < NAME_BYTES && cd_buffer_has (buffer, end) && *cd_buffer_at (buffer, end) != '"')
    end += *cd_buffer_at (buffer, end) == '\\' ? 2 : 1;
  if (!cd_buffer_has (buffer, end) || *cd_buffer_at (buffer, end) != '"')
    return FALSE;
  gsize colon = skip_space (buffer, end + 1), value = skip_space (buffer, colon + 1);
  if (!cd_buffer_has (buffer, value) || *cd_buffer_at (buffer, colon) != ':')
    return FALSE;
  char c = *cd_buffer_at (buffer, value);
  if (c != '[' && c != '{')
    return FALSE;
  return !cd_prediction_knows_field (cd_buffer_at (buffer, key + 1), end - key - 1);
}

/* A list that has an object or list first. */
static gboolean
is_list_of_records (CdBuffer *buffer, gsize place)
{
  gsize first = skip_space (buffer, place + 1);
  return cd_buffer_has (buffer, first) && (*cd_buffer_at (buffer, first) == '{' || *cd_buffer_at (buffer, first) == '[');
}

/* What a file begins with tells its form: a value to a line, values one behind the other, or one value around all records. Of most bytes only, so that it
 * does not depend on how the stream is cut. */
static void
find_form (CdRecordStream *records)
{
  CdBuffer *buffer = &records->buffer;
  drop_space (buffer);
  gsize line = cd_buffer_line_end (buffer, 0, HEAD_BYTES);
  const char *text = cd_buffer_has (buffer, 0) ? cd_buffer_at (buffer, 0) : "";
  gsize used = line;
  while (used > 0 && g_ascii_isspace (text[used - 1]))
    used--;
  records->form = FORM_VALUES;
  if (records->lines && used != 1 && *text != '[') {
    records->form = FORM_LINES;
    return;
  }
  if (*text != '{')
    return;
  Follower value = { 0 };
  for (gsize at = 0; at < HEAD_BYTES && cd_buffer_has (buffer, at); at++) {
    if (!follow (&value, *cd_buffer_at (buffer, at)))
      continue;
    gsize next = skip_space (buffer, at + 1);
    records->sequence = cd_buffer_has (buffer, next) && *cd_buffer_at (buffer, next) == '{';
    records->form = records->sequence && at < used ? FORM_LINES : FORM_VALUES;
    return;
  }
}

/* A line that is not blank; a longer one than a record may be is a fault. */
static CdStreamState
next_line (CdRecordStream *records, CdStreamRecord *record)
{
  CdBuffer *buffer = &records->buffer;
  while (cd_buffer_has (buffer, 0)) {
    record->line = buffer->line;
    gsize length = cd_buffer_line_end (buffer, 0, CD_RECORD_BYTES);
    if (length == CD_RECORD_BYTES) {
      cd_buffer_drop_line (buffer);
      return CD_STREAM_FAULT;
    }
    const char *text = cd_buffer_at (buffer, 0);
    gsize used = length, start = 0;
    while (used > 0 && g_ascii_isspace (text[used - 1]))
      used--;
    while (start < used && g_ascii_isspace (text[start]))
      start++;
    gsize taken = MIN (length + 1, buffer->end - buffer->begin);
    if (start == used) {
      cd_buffer_drop (buffer, taken);
      continue;
    }
    record->text = text + start;
    record->length = used - start;
    records->taken = taken;
    return CD_STREAM_RECORD;
  }
  return CD_STREAM_END;
}

/* The window begins with a value: it is opened, given as a record, or passed over (CD_STREAM_END). */
static CdStreamState
take_value (CdRecordStream *records, CdStreamRecord *record)
{
  CdBuffer *buffer = &records->buffer;
  char c = *cd_buffer_at (buffer, 0), around = records->depth > 0 ? records->open[records->depth - 1] : '\0';
  gboolean opens = records->depth < LEVELS
                   && (c == '[' ? around == '\0' || is_list_of_records (buffer, 0)
                                : c == '{' && around != '[' && !records->sequence && (around == '\0' || is_container (buffer, 0)));
  record->line = buffer->line;
  if (opens) {
    records->open[records->depth++] = c;
    cd_buffer_drop (buffer, 1);
    return CD_STREAM_END;
  }
  gsize length = 0;
  ValueEnd end = find_value_end (buffer, &length);
  if (end == VALUE_WHOLE && c != '{') {
    cd_buffer_drop (buffer, length);
    return around == '{' ? CD_STREAM_END : CD_STREAM_FAULT;
  }
  if (end != VALUE_WHOLE) {
    if (end == VALUE_CUT) {
      cd_buffer_drop (buffer, buffer->end - buffer->begin);
      records->depth = 0;
    }
    return CD_STREAM_FAULT;
  }
  record->text = cd_buffer_at (buffer, 0);
  record->length = length;
  record->name = around == '{' ? records->name : NULL;
  records->taken = length;
  return CD_STREAM_RECORD;
}

/* The name of an object's member is kept, and it and its colon are passed over. FALSE where there are none. */
static gboolean
take_name (CdRecordStream *records)
{
  CdBuffer *buffer = &records->buffer;
  gsize length = 0;
  if (*cd_buffer_at (buffer, 0) != '"' || find_value_end (buffer, &length) != VALUE_WHOLE)
    return FALSE;
  gsize colon = skip_space (buffer, length);
  if (!cd_buffer_has (buffer, colon) || *cd_buffer_at (buffer, colon) != ':')
    return FALSE;
  CdJsonReader json;
  cd_json_reader_init (&json, cd_buffer_at (buffer, 0), 0, length, FALSE);
  gboolean sound = cd_json_next (&json) == CD_JSON_STRING;
  g_autofree char *name = sound ? cd_json_value (&json) : g_strdup ("");
  g_free (records->name);
  records->name = cd_text_to_utf8 (name, strlen (name));
  cd_buffer_drop (buffer, colon + 1);
  drop_space (buffer);
  return cd_buffer_has (buffer, 0);
}

static CdStreamState
next_value (CdRecordStream *records, CdStreamRecord *record)
{
  CdBuffer *buffer = &records->buffer;
  for (;;) {
    drop_space (buffer);
    record->line = buffer->line;
    if (!cd_buffer_has (buffer, 0)) {
      gboolean cut = records->depth > 0;
      records->depth = 0;
      return cut ? CD_STREAM_FAULT : CD_STREAM_END;
    }
    char c = *cd_buffer_at (buffer, 0), around = records->depth > 0 ? records->open[records->depth - 1] : '\0';
    if (c == ',' || (around != '\0' && (c == ']' || c == '}'))) {
      records->depth -= c == ',' ? 0 : 1;
      cd_buffer_drop (buffer, 1);
      continue;
    }
    if (c == ']' || c == '}' || (around == '{' && !take_name (records))) {
      cd_buffer_drop_line (buffer);
      return CD_STREAM_FAULT;
    }
    CdStreamState state = take_value (records, record);
    if (state != CD_STREAM_END)
      return state;
  }
}

CdStreamState
cd_record_stream_next (CdRecordStream *records, CdStreamRecord *record, GError **error)
{
  CdBuffer *buffer = &records->buffer;
  *record = (CdStreamRecord){ 0 };
  cd_buffer_drop (buffer, records->taken);
  records->taken = 0;
  if (records->form == FORM_UNKNOWN)
    find_form (records);
  CdStreamState state = records->form == FORM_TABLE   ? cd_table_next (&records->table, buffer, record)
                        : records->form == FORM_LINES ? next_line (records, record)
                                                      : next_value (records, record);
  if (buffer->error == NULL)
    return state;
  g_propagate_error (error, g_steal_pointer (&buffer->error));
  return CD_STREAM_ERROR;
}
