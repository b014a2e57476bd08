/* Rows of text: wrapped when they are added, drawn as they are. */
#include "review/screen-rows.h"
#include <stdarg.h>
#include <string.h>

static void
row_free (gpointer data)
{
  CdRow *row = data;
  g_free (row->lead);
  g_free (row->text);
  g_free (row);
}

CdRows *
cd_rows_new (guint columns, gboolean unicode)
{
  CdRows *rows = g_new0 (CdRows, 1);
  rows->rows = g_ptr_array_new_with_free_func (row_free);
  rows->columns = MAX (columns, 1);
  rows->unicode = unicode;
  return rows;
}

void
cd_rows_free (CdRows *rows)
{
  if (rows == NULL)
    return;
  g_ptr_array_unref (rows->rows);
  g_free (rows);
}

static void
append (CdRows *rows, char *lead, CdInk lead_ink, char *text, CdInk ink)
{
  CdRow *row = g_new0 (CdRow, 1);
  *row = (CdRow){ .lead = lead, .lead_ink = lead_ink, .text = text, .ink = ink, .tag = rows->tag };
  g_ptr_array_add (rows->rows, row);
}

void
cd_rows_add (CdRows *rows, const char *lead, CdInk lead_ink, const char *text, CdInk ink, guint most)
{
  g_autofree char *clean = cd_screen_clean (text, strlen (text), rows->unicode);
  guint before = cd_text_columns (lead);
  guint room = rows->columns > before ? rows->columns - before : 1;
  g_autoptr (GArray) starts = cd_screen_wrap (clean, room, TRUE);
  guint count = most > 0 ? MIN (most, starts->len) : starts->len;
  for (guint i = 0; i < count; i++) {
    const char *from = clean + g_array_index (starts, guint, i);
    gboolean rest = i + 1 == starts->len, cut = i + 1 == count && !rest;
    char *shown = rest  ? g_strdup (from)
                  : cut ? cd_screen_cut (from, room, rows->unicode)
                        : g_strchomp (g_strndup (from, g_array_index (starts, guint, i + 1) - g_array_index (starts, guint, i)));
    append (rows, i == 0 ? g_strdup (lead) : g_strnfill (before, ' '), lead_ink, shown, ink);
  }
}

void
cd_rows_addf (CdRows *rows, CdInk ink, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  cd_rows_add (rows, "", CD_INK_PLAIN, text, ink, 0);
}

void
cd_rows_gap (CdRows *rows)
{
  append (rows, g_strdup (""), CD_INK_PLAIN, g_strdup (""), CD_INK_PLAIN);
}

gboolean
cd_rows_find (const CdRows *rows, guint tag, guint *first, guint *count)
{
  *count = 0;
  for (guint i = 0; i < rows->rows->len; i++) {
    const CdRow *row = rows->rows->pdata[i];
    if (row->tag == tag && (*count)++ == 0)
      *first = i;
  }
  return *count > 0;
}

void
cd_rows_draw (const CdRows *rows, CdTty *tty, CdArea area, guint *top, guint chosen)
{
  guint height = (guint) MAX (area.height, 0), width = (guint) MAX (area.width, 0), first = 0, count = 0;
  *top = MIN (*top, rows->rows->len > height ? rows->rows->len - height : 0);
  gboolean choosing = chosen > 0 && cd_rows_find (rows, chosen, &first, &count);
  for (guint i = 0; i < height && *top + i < rows->rows->len; i++) {
    const CdRow *row = rows->rows->pdata[*top + i];
    int at = area.top + (int) i;
    if (choosing && *top + i == first) {
      g_autofree char *whole = g_strconcat (row->lead, row->text, NULL);
      cd_tty_fill (tty, at, area.left, width, whole, CD_INK_CHOSEN);
      continue;
    }
    guint before = cd_tty_put (tty, at, area.left, width, row->lead, row->lead_ink);
    cd_tty_put (tty, at, area.left + (int) before, width - before, row->text, row->ink);
  }
}
