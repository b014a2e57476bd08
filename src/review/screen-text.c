/* What is read from a repository, made fit for a screen: no character may move the cursor by more or less than its columns. Which characters are unsafe
 * everywhere is base/text.c's. */
#include "review/screen-text.h"
#include <string.h>
#include <wchar.h>

#define TAB 4u
#define COMBINING 3u   /* on one character; a cell of the screen holds no more */
#define DOTTED 0x25CCu /* CIRCLE, under a combining character that has nothing to stand on */
#define UNKNOWN 0xFFFDu

static gboolean
is_plain (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] < 0x20 || (guchar) text[i] >= 0x7F)
      return FALSE;
  return TRUE;
}

static gboolean
is_selector (gunichar c)
{
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

static guint
columns_of (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

/* Characters that terminals and libraries of different age give different widths would shift the rest of the row. */
static gboolean
is_disputed (gunichar c)
{
  return c >= 0x80 && wcwidth ((wchar_t) c) != (int) columns_of (c);
}

static void
append_wide (GString *out, const char *printable)
{
  guint combining = COMBINING;
  for (const char *at = printable; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (is_selector (c))
      continue;
    if (is_disputed (c))
      c = UNKNOWN;
    if (columns_of (c) > 0)
      combining = 0;
    else if (at == printable)
      g_string_append_unichar (out, DOTTED), combining = 0;
    if (columns_of (c) == 0 && ++combining > COMBINING)
      continue;
    g_string_append_unichar (out, c);
  }
}

/* Up to the next tab, or the end. */
static void
append_piece (GString *out, const char *text, gsize length, gboolean unicode)
{
  g_autofree char *piece = g_strndup (text, length);
  g_autofree char *printable = cd_text_printable (piece);
  g_autofree char *ascii = unicode ? NULL : cd_text_to_ascii (printable);
  append_wide (out, unicode ? printable : ascii);
}

char *
cd_screen_clean (const char *text, gsize length, gboolean unicode)
{
  GString *out = g_string_sized_new (length + 16);
  if (is_plain (text, length)) {
    append_piece (out, text, length, TRUE);
    return g_string_free (out, FALSE);
  }
  const char *end = text + length;
  for (guint column = 0; text < end;) {
    const char *tab = memchr (text, '\t', (gsize) (end - text));
    gsize before = out->len;
    append_piece (out, text, (gsize) ((tab != NULL ? tab : end) - text), unicode);
    if (tab == NULL)
      break;
    column += cd_text_columns (out->str + before);
    guint blanks = TAB - column % TAB;
    g_string_append_printf (out, "%*s", (int) blanks, "");
    column += blanks;
    text = tab + 1;
  }
  return g_string_free (out, FALSE);
}

/* Behind the character at `at` and all that combines with it. */
static const char *
next_cluster (const char *at)
{
  do
    at = g_utf8_next_char (at);
  while (*at != '\0' && g_unichar_iszerowidth (g_utf8_get_char (at)));
  return at;
}

gsize
cd_screen_fit (const char *text, guint columns)
{
  const char *at = text;
  for (guint used = 0; *at != '\0'; at = next_cluster (at)) {
    used += columns_of (g_utf8_get_char (at));
    if (used > columns)
      break;
  }
  return (gsize) (at - text);
}

/* Where the row that begins at `at` ends: behind the last blank that fits, but not in its first half; a path or URL is cut rather. */
static const char *
end_of_row (const char *at, const char *cut)
{
  const char *blank = cut;
  while (blank > at && blank[-1] != ' ')
    blank--;
  return *cut == ' ' ? cut : blank - at > (cut - at) / 2 ? blank : cut;
}

GArray *
cd_screen_wrap (const char *text, guint columns, gboolean words)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  const char *at = text;
  do {
    guint offset = (guint) (at - text);
    g_array_append_val (rows, offset);
    const char *cut = at + cd_screen_fit (at, columns);
    if (*cut == '\0')
      break;
    if (cut == at)
      cut = next_cluster (at);
    at = words ? end_of_row (at, cut) : cut;
    while (words && *at == ' ')
      at++;
  } while (*at != '\0');
  return rows;
}

static const char *
ellipsis (gboolean unicode)
{
  return unicode ? "…" : "...";
}

char *
cd_screen_cut (const char *text, guint columns, gboolean unicode)
{
  gsize whole = cd_screen_fit (text, columns);
  if (text[whole] == '\0')
    return g_strdup (text);
  guint mark = cd_text_columns (ellipsis (unicode));
  g_autofree char *head = g_strndup (text, cd_screen_fit (text, columns > mark ? columns - mark : columns));
  return g_strconcat (g_strchomp (head), columns > mark ? ellipsis (unicode) : "", NULL);
}

char *
cd_screen_cut_middle (const char *text, guint columns, gboolean unicode)
{
  guint mark = cd_text_columns (ellipsis (unicode));
  if (text[cd_screen_fit (text, columns)] == '\0' || columns < 2 * mark + 2)
    return cd_screen_cut (text, columns, unicode);
  guint head = (columns - mark) / 3, tail = columns - mark - head;
  const char *ending = text + cd_screen_fit (text, head);
  for (guint left = cd_text_columns (ending); left > tail; ending = next_cluster (ending))
    left -= columns_of (g_utf8_get_char (ending));
  return g_strdup_printf ("%.*s%s%s", (int) cd_screen_fit (text, head), text, ellipsis (unicode), ending);
}

gunichar *
cd_screen_needle (const char *text, guint *length)
{
  glong count = 0;
  gunichar *needle = g_utf8_to_ucs4_fast (text, -1, &count);
  for (glong i = 0; i < count; i++)
    needle[i] = g_unichar_tolower (needle[i]);
  *length = (guint) count;
  return needle;
}

/* Behind the needle where it stands at `at`; NULL where not. */
static const char *
match_at (const char *at, const gunichar *needle, guint length)
{
  for (guint i = 0; i < length; i++, at = g_utf8_next_char (at))
    if (*at == '\0' || g_unichar_tolower (g_utf8_get_char (at)) != needle[i])
      return NULL;
  return at;
}

gssize
cd_screen_find (const char *text, gsize from, const gunichar *needle, guint length, gsize *end)
{
  if (length == 0 || from > strlen (text))
    return -1;
  for (const char *at = text + from; *at != '\0'; at = g_utf8_next_char (at)) {
    const char *behind = match_at (at, needle, length);
    if (behind != NULL) {
      *end = (gsize) (behind - text);
      return at - text;
    }
  }
  return -1;
}
