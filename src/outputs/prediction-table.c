/* A quote opens a value only where the value begins; a row with more or fewer values than the header has is a fault. */
#include "outputs/prediction-table.h"
#include <string.h>

#define COLUMNS_MOST 1024u

void
cd_table_clear (CdTable *table)
{
  g_clear_pointer (&table->names, g_ptr_array_unref);
  if (table->row != NULL)
    g_string_free (table->row, TRUE);
  table->row = NULL;
}

/* Length of the row that begins the window, its line end not counted. FALSE where a quote is not closed within a record's bound. */
static gboolean
find_row_end (const CdTable *table, CdBuffer *buffer, gsize *length)
{
  gboolean quoted = FALSE, begins = TRUE;
  gsize at = 0;
  for (; at < CD_RECORD_BYTES && cd_buffer_has (buffer, at); at++) {
    char c = *cd_buffer_at (buffer, at);
    if (c == '\n' && (!quoted || table->quotes_end))
      break;
    if (c == '"' && begins)
      quoted = TRUE;
    else if (c == '"' && quoted) {
      gboolean doubled = cd_buffer_has (buffer, at + 1) && *cd_buffer_at (buffer, at + 1) == '"';
      quoted = doubled;
      at += doubled ? 1 : 0;
    }
    begins = !quoted && c == table->separator;
  }
  *length = at;
  return at < CD_RECORD_BYTES && (!quoted || table->quotes_end);
}

/* One value from at, quotes taken off; returns the place behind it. */
static gsize
read_value (const char *row, gsize at, gsize length, char separator, GString *value)
{
  g_string_truncate (value, 0);
  gboolean quoted = at < length && row[at] == '"';
  if (quoted)
    for (at++; at < length; at++) {
      if (row[at] == '"' && !(at + 1 < length && row[at + 1] == '"'))
        break;
      at += row[at] == '"' ? 1 : 0;
      g_string_append_c (value, row[at]);
    }
  at += quoted && at < length ? 1 : 0;
  const char *stop = memchr (row + at, separator, length - at);
  gsize end = stop != NULL ? (gsize) (stop - row) : length;
  g_string_append_len (value, row + at, (gssize) (end - at));
  return end;
}

static char
separator_of (const char *row, gsize length)
{
  guint counts[3] = { 0 };
  static const char signs[] = ",;\t";
  for (gsize i = 0; i < length; i++)
    for (guint s = 0; s < G_N_ELEMENTS (counts); s++)
      counts[s] += row[i] == signs[s] ? 1 : 0;
  guint best = 0;
  for (guint s = 1; s < G_N_ELEMENTS (counts); s++)
    best = counts[s] > counts[best] ? s : best;
  return signs[best];
}

static void
read_header (CdTable *table, const char *row, gsize length)
{
  table->separator = table->separator != '\0' ? table->separator : separator_of (row, length);
  table->names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) value = g_string_new (NULL);
  for (gsize at = 0; at <= length && table->names->len < COLUMNS_MOST; at++) {
    at = read_value (row, at, length, table->separator, value);
    g_ptr_array_add (table->names, g_strstrip (g_strdup (value->str)));
  }
}

static void
append_json_string (GString *json, const char *text, gsize length)
{
  g_string_append_c (json, '"');
  for (gsize i = 0; i < length; i++)
    if (text[i] == '"' || text[i] == '\\')
      g_string_append_printf (json, "\\%c", text[i]);
    else if (text[i] == '\0')
      g_string_append (json, "\\u0000");
    else
      g_string_append_c (json, text[i]);
  g_string_append_c (json, '"');
}

/* FALSE where the row has not the header's number of values. */
static gboolean
write_row (CdTable *table, const char *row, gsize length)
{
  guint column = 0;
  g_autoptr (GString) value = g_string_new (NULL);
  g_string_assign (table->row, "{");
  for (gsize at = 0; at <= length; at++, column++) {
    at = read_value (row, at, length, table->separator, value);
    if (column >= table->names->len)
      return FALSE;
    const char *name = table->names->pdata[column];
    g_string_append (table->row, column > 0 ? "," : "");
    append_json_string (table->row, name, strlen (name));
    g_string_append_c (table->row, ':');
    append_json_string (table->row, value->str, value->len);
  }
  g_string_append_c (table->row, '}');
  return column == table->names->len;
}

CdStreamState
cd_table_next (CdTable *table, CdBuffer *buffer, CdStreamRecord *record)
{
  while (cd_buffer_has (buffer, 0)) {
    gsize length = 0;
    record->line = buffer->line;
    if (!find_row_end (table, buffer, &length)) {
      table->quotes_end = TRUE;
      cd_buffer_drop_line (buffer);
      return CD_STREAM_FAULT;
    }
    const char *row = cd_buffer_at (buffer, 0);
    gsize used = length;
    while (used > 0 && row[used - 1] == '\r')
      used--;
    gboolean header = used > 0 && table->names == NULL, sound = TRUE;
    if (header)
      read_header (table, row, used);
    else if (used > 0) {
      table->row = table->row != NULL ? table->row : g_string_new (NULL);
      sound = write_row (table, row, used);
    }
    cd_buffer_drop (buffer, MIN (length + 1, buffer->end - buffer->begin));
    if (header || used == 0)
      continue;
    record->text = table->row->str;
    record->length = table->row->len;
    return sound ? CD_STREAM_RECORD : CD_STREAM_FAULT;
  }
  return CD_STREAM_END;
}
