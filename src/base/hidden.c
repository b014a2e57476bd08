/* Finds what is written so that it is not seen. What it says is left to whoever asks. */
#include "base/hidden.h"
#include <string.h>

#define RUN_LEAST 40u   /* of base64: 30 bytes, a short sentence */
#define RUN_MOST 16384u /* of a longer run, this much is decoded */
#define WORDS_LEAST 3u

/* --- invisible characters --- */

static const struct {
  gunichar first, last;
} INVISIBLE[] = {
  { 0x00AD, 0x00AD },   /* soft hyphen */
  { 0x034F, 0x034F },   /* combining grapheme joiner */
  { 0x061C, 0x061C },   /* Arabic letter mark */
  { 0x180E, 0x180E },   /* Mongolian vowel separator */
  { 0x200B, 0x200F },   /* zero width, marks of direction */
  { 0x202A, 0x202E },   /* embeddings and overrides of direction */
  { 0x2060, 0x206F },   /* word joiner, invisible operators, isolates */
  { 0xFE00, 0xFE0F },   /* variation selectors */
  { 0xFEFF, 0xFEFF },   /* zero width no-break space */
  { 0xE0000, 0xE01EF }, /* tags, more variation selectors */
};

static gboolean
is_invisible (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (INVISIBLE); i++)
    if (c >= INVISIBLE[i].first && c <= INVISIBLE[i].last)
      return TRUE;
  return FALSE;
}

/* The character at text, which takes *bytes; 0 with one byte where it is ASCII or no UTF-8. */
static gunichar
wide_at (const char *text, gsize length, gsize *bytes)
{
  *bytes = 1;
  if ((guchar) *text < 0x80)
    return 0;
  gunichar c = g_utf8_get_char_validated (text, (gssize) MIN (length, 6));
  if (c >= (gunichar) -2)
    return 0;
  *bytes = (gsize) (g_utf8_next_char (text) - text);
  return c;
}

char *
cd_hidden_uncover (const char *text, gsize length, gsize *uncovered)
{
  GString *out = NULL;
  gsize kept = 0;
  for (gsize at = 0, bytes = 0; at < length; at += bytes) {
    gunichar c = wide_at (text + at, length - at, &bytes);
    if (c == 0 || !is_invisible (c))
      continue;
    if (out == NULL)
      out = g_string_sized_new (length);
    g_string_append_len (out, text + kept, (gssize) (at - kept));
    if (c >= 0xE0020 && c <= 0xE007E)
      g_string_append_c (out, (char) (c - 0xE0000));
    kept = at + bytes;
  }
  if (out == NULL)
    return NULL;
  g_string_append_len (out, text + kept, (gssize) (length - kept));
  *uncovered = out->len;
  return g_string_free (out, FALSE);
}

/* --- base64 --- */

static gboolean
is_base64 (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '/' || c == '-' || c == '_';
}

/* Several words of letters, and hardly anything else: what a random run of base64 never decodes to. */
static gboolean
is_prose (const char *text, gsize length)
{
  guint words = 0;
  gsize letters = 0;
  if (!g_utf8_validate_len (text, length, NULL))
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    guchar c = (guchar) text[i];
    if (c < 0x20 && !g_ascii_isspace ((char) c))
      return FALSE;
    gboolean letter = g_ascii_isalpha ((char) c) || c >= 0x80;
    letters += letter ? 1 : 0;
    words += letter && (i == 0 || g_ascii_isspace (text[i - 1])) ? 1 : 0;
  }
  return words >= WORDS_LEAST && letters * 3 >= length * 2;
}

static char *
decode (const char *text, gsize length)
{
  g_autofree char *run = g_strndup (text, MIN (length, RUN_MOST) / 4 * 4);
  for (char *c = run; *c != '\0'; c++)
    *c = *c == '-' ? '+' : *c == '_' ? '/' : *c;
  gsize size = 0;
  g_autofree guchar *bytes = g_base64_decode (run, &size);
  /* A run that was cut may end within a character. */
  for (guint i = 0; i < 3 && size > 0 && !g_utf8_validate_len ((const char *) bytes, size, NULL); i++)
    size--;
  return is_prose ((const char *) bytes, size) ? g_strndup ((const char *) bytes, size) : NULL;
}

char *
cd_hidden_decode (const char *text, gsize length, gsize *from, gsize *start)
{
  for (gsize at = *from; at < length;) {
    gsize end = at;
    while (end < length && is_base64 (text[end]))
      end++;
    char *prose = end - at < RUN_LEAST ? NULL : decode (text + at, end - at);
    *from = MAX (end, at + 1);
    if (prose != NULL) {
      *start = at;
      return prose;
    }
    at = *from;
  }
  *from = length;
  return NULL;
}
