/* Layout on a terminal: widths, cutting, wrapping, bars and colour. Knows nothing of audits. */
#include "report/page.h"
#include <math.h>
#include <stdarg.h>
#include <string.h>

/* Shares from which a bar is good, and fair: those of "open" and "partial". */
#define GOOD_SHARE 0.7
#define FAIR_SHARE 0.4

static const char *const escapes[] = {
  [CD_TINT_NONE] = "",         [CD_TINT_STRONG] = "\033[1m", [CD_TINT_FAINT] = "\033[2m",
  [CD_TINT_GOOD] = "\033[32m", [CD_TINT_FAIR] = "\033[33m",  [CD_TINT_BAD] = "\033[31m",
};

void
cd_page_init (CdPage *page, const CdReportStyle *style)
{
  page->out = g_string_sized_new (8192);
  page->width = style->width;
  page->column = 0;
  page->colour = style->colour;
  page->unicode = style->unicode;
}

char *
cd_page_finish (CdPage *page)
{
  return g_string_free (g_steal_pointer (&page->out), FALSE);
}

guint
cd_page_room (const CdPage *page)
{
  return page->width > page->column ? page->width - page->column : 0;
}

/* Safe to print, in the characters that the terminal takes. */
static char *
clean (const CdPage *page, const char *text)
{
  g_autofree char *printable = cd_text_printable (text);
  return page->unicode ? g_steal_pointer (&printable) : cd_text_to_ascii (printable);
}

guint
cd_page_columns (const CdPage *page, const char *text)
{
  g_autofree char *shown = clean (page, text);
  return cd_text_columns (shown);
}

static guint
columns_at (const char *at)
{
  char bytes[7] = "";
  memcpy (bytes, at, (gsize) (g_utf8_next_char (at) - at));
  return cd_text_columns (bytes);
}

/* Bytes of the longest beginning of text that takes at most so many columns. */
static gsize
fitting (const char *text, guint columns)
{
  const char *at = text;
  for (guint used = 0; *at != '\0'; at = g_utf8_next_char (at)) {
    used += columns_at (at);
    if (used > columns)
      break;
  }
  return (gsize) (at - text);
}

/* The longest end of text that takes at most so many columns. */
static const char *
ending (const char *text, guint columns)
{
  guint left = cd_text_columns (text);
  for (; left > columns; text = g_utf8_next_char (text))
    left -= columns_at (text);
  return text;
}

static const char *
ellipsis (const CdPage *page)
{
  return page->unicode ? "…" : "...";
}

/* Append clean text of at most the line's room. */
static void
append (CdPage *page, const char *text, gsize length, guint columns, CdTint tint)
{
  gboolean tinted = page->colour && tint != CD_TINT_NONE && length > 0;
  if (tinted)
    g_string_append (page->out, escapes[tint]);
  g_string_append_len (page->out, text, (gssize) length);
  if (tinted)
    g_string_append (page->out, "\033[0m");
  page->column += columns;
}

static void
append_cut (CdPage *page, const char *text, guint room, CdTint tint)
{
  guint columns = cd_text_columns (text), mark = cd_text_columns (ellipsis (page));
  if (columns <= room) {
    append (page, text, strlen (text), columns, tint);
    return;
  }
  g_autofree char *head = g_strndup (text, fitting (text, room > mark ? room - mark : room));
  g_autofree char *cut = g_strconcat (g_strchomp (head), room > mark ? ellipsis (page) : "", NULL);
  append (page, cut, strlen (cut), cd_text_columns (cut), tint);
}

void
cd_page_put (CdPage *page, const char *text, CdTint tint)
{
  g_autofree char *shown = clean (page, text);
  append_cut (page, shown, cd_page_room (page), tint);
}

void
cd_page_printf (CdPage *page, CdTint tint, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  cd_page_put (page, text, tint);
}

void
cd_page_put_middle (CdPage *page, const char *text, guint columns, CdTint tint)
{
  g_autofree char *shown = clean (page, text);
  guint room = MIN (columns, cd_page_room (page)), mark = cd_text_columns (ellipsis (page));
  if (cd_text_columns (shown) <= room || room <= mark + 2) {
    append_cut (page, shown, room, tint);
    return;
  }
  guint before = (room - mark) / 3;
  g_autofree char *head = g_strndup (shown, fitting (shown, before));
  g_autofree char *cut = g_strconcat (head, ellipsis (page), ending (shown, room - mark - before), NULL);
  append (page, cut, strlen (cut), cd_text_columns (cut), tint);
}

/* One word; one that is longer than a line is broken where the line ends. */
static void
put_word (CdPage *page, const char *word, guint indent, gboolean first, CdTint tint)
{
  guint space = first || page->column == indent ? 0 : 1;
  if (space + cd_text_columns (word) > cd_page_room (page) && page->column > indent) {
    cd_page_end (page);
    cd_page_move (page, indent);
    space = 0;
  }
  append (page, " ", space, space, CD_TINT_NONE);
  for (gsize length; *word != '\0'; word += length) {
    length = fitting (word, cd_page_room (page));
    if (length == 0 && page->column == indent)
      return;
    g_autofree char *piece = g_strndup (word, length);
    append (page, piece, length, cd_text_columns (piece), tint);
    if (word[length] == '\0')
      return;
    cd_page_end (page);
    cd_page_move (page, indent);
  }
}

void
cd_page_wrap (CdPage *page, const char *text, CdTint tint)
{
  g_autofree char *shown = clean (page, text);
  g_auto (GStrv) words = g_strsplit (shown, " ", -1);
  guint indent = MIN (page->column, page->width / 2);
  gboolean first = TRUE;
  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] == '\0')
      continue;
    put_word (page, words[i], indent, first, tint);
    first = FALSE;
  }
}

void
cd_page_move (CdPage *page, guint column)
{
  for (guint limit = MIN (column, page->width); page->column < limit; page->column++)
    g_string_append_c (page->out, ' ');
}

void
cd_page_end (CdPage *page)
{
  gsize length = page->out->len;
  while (length > 0 && page->out->str[length - 1] == ' ')
    length--;
  g_string_truncate (page->out, length);
  g_string_append_c (page->out, '\n');
  page->column = 0;
}

void
cd_page_heading (CdPage *page, const char *text)
{
  if (page->out->len > 0)
    cd_page_end (page);
  cd_page_put (page, text, CD_TINT_STRONG);
  cd_page_end (page);
}

static CdTint
tint_of_share (double share)
{
  return share >= GOOD_SHARE ? CD_TINT_GOOD : share >= FAIR_SHARE ? CD_TINT_FAIR : CD_TINT_BAD;
}

void
cd_page_bar (CdPage *page, guint columns, double part, double whole)
{
  double share = whole > 0 ? CLAMP (part / whole, 0, 1) : 0;
  guint filled = (guint) lround (share * columns);
  g_autoptr (GString) full = g_string_new (NULL), empty = g_string_new (NULL);
  for (guint i = 0; i < columns; i++)
    g_string_append (i < filled ? full : empty, i < filled ? (page->unicode ? "█" : "#") : (page->unicode ? "░" : "."));
  cd_page_put (page, full->str, tint_of_share (share));
  cd_page_put (page, empty->str, CD_TINT_FAINT);
}

void
cd_page_mark (CdPage *page, gboolean yes)
{
  cd_page_put (page, yes ? (page->unicode ? "✓" : "y") : (page->unicode ? "✗" : "n"), yes ? CD_TINT_GOOD : CD_TINT_BAD);
}
