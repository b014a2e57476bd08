/* Normal forms of texts. */
#include "grading/words.h"
#include "base/text.h"
#include <string.h>

/* Valid UTF-8 in lower case; caller frees. */
static char *
lower (CdSpan text)
{
  gsize length = (gsize) (text.end - text.at);
  gboolean ascii = TRUE;
  for (gsize i = 0; i < length && ascii; i++)
    ascii = (guchar) text.at[i] < 0x80;
  if (ascii)
    return g_ascii_strdown (text.at, (gssize) length);
  g_autofree char *valid = cd_text_to_utf8 (text.at, length);
  return g_utf8_strdown (valid, -1);
}

static gboolean
is_article (const char *word, gsize length)
{
  return (length == 1 && *word == 'a') || (length == 2 && memcmp (word, "an", 2) == 0) || (length == 3 && memcmp (word, "the", 3) == 0);
}

/* Ends the word that begins at start: an article is taken back; else a blank is put. */
static void
end_word (GString *words, gsize *start, gboolean articles)
{
  if (words->len > *start && !articles && is_article (words->str + *start, words->len - *start))
    g_string_truncate (words, *start);
  if (words->len > *start)
    g_string_append_c (words, ' ');
  *start = words->len;
}

static char *
finish (GString *words)
{
  if (words->len > 0 && words->str[words->len - 1] == ' ')
    g_string_truncate (words, words->len - 1);
  return g_string_free (words, FALSE);
}

static char *
split (const char *text, gboolean punctuation, gboolean articles)
{
  GString *words = g_string_sized_new (strlen (text) + 1);
  gsize start = 0;
  for (const char *at = text, *next; *at != '\0'; at = next) {
    next = (guchar) *at < 0x80 ? at + 1 : g_utf8_next_char (at);
    if ((guchar) *at < 0x80 ? g_ascii_isspace (*at) : g_unichar_isspace (g_utf8_get_char (at)))
      end_word (words, &start, articles);
    else if (punctuation || !g_ascii_ispunct (*at))
      g_string_append_len (words, at, next - at);
  }
  end_word (words, &start, articles);
  return finish (words);
}

char *
cd_words_squad (CdSpan text)
{
  g_autofree char *small = lower (text);
  return split (small, FALSE, FALSE);
}

char *
cd_words_plain (CdSpan text)
{
  g_autofree char *small = lower (text);
  return split (small, TRUE, TRUE);
}

/* A point or comma between digits, a minus before one. */
static gboolean
is_within_number (const char *text, const char *at)
{
  if (*at == '-')
    return g_ascii_isdigit (at[1]) && (at == text || g_ascii_isspace (at[-1]));
  return (*at == '.' || *at == ',') && at > text && g_ascii_isdigit (at[-1]) && g_ascii_isdigit (at[1]);
}

/* Bytes of "st", "nd", "rd", "th" behind a digit. */
static gsize
ordinal_at (const char *text, const char *at)
{
  static const char *const endings[] = { "st", "nd", "rd", "th" };
  if (at == text || !g_ascii_isdigit (at[-1]))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_prefix (at, endings[i]) && !g_ascii_isalnum (at[2]))
      return 2;
  return 0;
}

char *
cd_words_loose (CdSpan text)
{
  g_autofree char *small = lower (text);
  g_autofree char *parts = g_utf8_normalize (small, -1, G_NORMALIZE_NFKD);
  const char *from = parts != NULL ? parts : small;
  GString *words = g_string_sized_new (strlen (from) + 1);
  gsize start = 0;
  for (const char *at = from, *next; *at != '\0'; at = next) {
    next = g_utf8_next_char (at);
    gunichar c = g_utf8_get_char (at);
    gsize ordinal = ordinal_at (from, at);
    if (ordinal > 0)
      next = at + ordinal;
    else if (g_unichar_ismark (c) || (c == ',' && is_within_number (from, at)) || c == '\'' || c == 0x2019)
      continue;
    else if (g_unichar_isalnum (c) || is_within_number (from, at))
      g_string_append_len (words, at, next - at);
    else
      end_word (words, &start, FALSE);
  }
  end_word (words, &start, FALSE);
  return finish (words);
}

gboolean
cd_words_contain (const char *whole, const char *part)
{
  gsize length = strlen (part);
  if (length == 0 || length > CD_WORDS_PART_BYTES)
    return FALSE;
  for (const char *at = strstr (whole, part); at != NULL;) {
    if ((at == whole || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
      return TRUE;
    at = strchr (at, ' '); /* words begin nowhere else */
    at = at != NULL ? strstr (at + 1, part) : NULL;
  }
  return FALSE;
}
