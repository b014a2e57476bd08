/* Editing one line of UTF-8 by keys. A position is never inside a character or before one that combines. */
#include "review/screen-edit.h"
#include <string.h>

#define CONTROL(letter) ((letter) &0x1Fu)

CdEdit *
cd_edit_new (const char *text)
{
  CdEdit *edit = g_new0 (CdEdit, 1);
  edit->text = g_string_new (NULL);
  cd_edit_set (edit, text);
  return edit;
}

void
cd_edit_free (CdEdit *edit)
{
  if (edit == NULL)
    return;
  g_string_free (edit->text, TRUE);
  g_free (edit);
}

void
cd_edit_set (CdEdit *edit, const char *text)
{
  g_autofree char *valid = cd_text_to_utf8 (text, strlen (text));
  g_string_assign (edit->text, g_strdelimit (valid, "\r\n\t", ' '));
  edit->at = edit->text->len;
}

static gboolean
combines (const char *at)
{
  return *at != '\0' && g_unichar_iszerowidth (g_utf8_get_char (at));
}

static gsize
before (const CdEdit *edit)
{
  const char *text = edit->text->str, *at = text + edit->at;
  while (at > text) {
    at = g_utf8_prev_char (at);
    if (!combines (at))
      break;
  }
  return (gsize) (at - text);
}

static gsize
behind (const CdEdit *edit)
{
  const char *at = edit->text->str + edit->at;
  if (*at != '\0')
    at = g_utf8_next_char (at);
  while (combines (at))
    at = g_utf8_next_char (at);
  return (gsize) (at - edit->text->str);
}

static void
erase_to (CdEdit *edit, gsize other)
{
  gsize from = MIN (edit->at, other), to = MAX (edit->at, other);
  g_string_erase (edit->text, (gssize) from, (gssize) (to - from));
  edit->at = from;
}

static gsize
word_before (const CdEdit *edit)
{
  const char *text = edit->text->str;
  gsize at = edit->at;
  while (at > 0 && text[at - 1] == ' ')
    at--;
  while (at > 0 && text[at - 1] != ' ')
    at--;
  return at;
}

static gboolean
insert (CdEdit *edit, gunichar c)
{
  if (c == '\r' || c == '\n' || c == '\t')
    c = ' ';
  if (!g_unichar_validate (c) || !g_unichar_isprint (c))
    return FALSE;
  char bytes[7] = "";
  bytes[g_unichar_to_utf8 (c, bytes)] = '\0';
  if (edit->text->len + strlen (bytes) > CD_EDIT_BYTES)
    return TRUE;
  g_string_insert (edit->text, (gssize) edit->at, bytes);
  edit->at += strlen (bytes);
  return TRUE;
}

static gboolean
control (CdEdit *edit, gunichar c)
{
  switch (c) {
    case CONTROL ('a'):
      edit->at = 0;
      return TRUE;
    case CONTROL ('e'):
      edit->at = edit->text->len;
      return TRUE;
    case CONTROL ('u'):
      erase_to (edit, 0);
      return TRUE;
    case CONTROL ('k'):
      erase_to (edit, edit->text->len);
      return TRUE;
    case CONTROL ('w'):
      erase_to (edit, word_before (edit));
      return TRUE;
    default:
      return insert (edit, c);
  }
}

gboolean
cd_edit_key (CdEdit *edit, const CdKey *key)
{
  if (key->kind == CD_KEY_PASTED)
    return insert (edit, key->c);
  if (key->kind == CD_KEY_CHARACTER)
    return control (edit, key->c);
  if (key->kind != CD_KEY_NAMED)
    return FALSE;
  switch (key->name) {
    case CD_NAME_LEFT:
      edit->at = before (edit);
      return TRUE;
    case CD_NAME_RIGHT:
      edit->at = behind (edit);
      return TRUE;
    case CD_NAME_HOME:
      edit->at = 0;
      return TRUE;
    case CD_NAME_END:
      edit->at = edit->text->len;
      return TRUE;
    case CD_NAME_BACKSPACE:
      erase_to (edit, before (edit));
      return TRUE;
    case CD_NAME_DELETE:
      erase_to (edit, behind (edit));
      return TRUE;
    default:
      return FALSE;
  }
}

void
cd_edit_draw (const CdEdit *edit, CdTty *tty, CdArea area, gboolean active)
{
  if (area.height <= 0 || area.width <= 1)
    return;
  /* A column is left for the cursor behind a full row. */
  guint columns = (guint) area.width - 1;
  gboolean unicode = cd_tty_unicode (tty);
  g_autofree char *head = cd_screen_clean (edit->text->str, edit->at, unicode);
  g_autofree char *tail = cd_screen_clean (edit->text->str + edit->at, edit->text->len - edit->at, unicode);
  g_autofree char *whole = g_strconcat (head, tail, NULL);
  g_autoptr (GArray) starts = cd_screen_wrap (whole, columns, FALSE);
  guint row = 0, cursor = (guint) strlen (head);
  while (row + 1 < starts->len && g_array_index (starts, guint, row + 1) <= cursor)
    row++;
  guint height = (guint) area.height, top = row < height ? 0 : row - height + 1;
  for (guint i = 0; i < height; i++) {
    gboolean there = top + i < starts->len;
    guint from = there ? g_array_index (starts, guint, top + i) : 0;
    guint to = top + i + 1 < starts->len ? g_array_index (starts, guint, top + i + 1) : (guint) strlen (whole);
    g_autofree char *shown = g_strndup (whole + from, there ? to - from : 0);
    cd_tty_put (tty, area.top + (int) i, area.left, columns, shown, CD_INK_PLAIN);
    if (active && top + i == row) {
      g_autofree char *left = g_strndup (whole + from, cursor - from);
      cd_tty_cursor (tty, area.top + (int) i, area.left + (int) cd_text_columns (left));
    }
  }
}
