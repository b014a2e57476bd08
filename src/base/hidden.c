/* Finds what is written so that it is not seen. What it says is left to whoever asks. */
#include "base/hidden.h"
#include <string.h>

#define RUN_LEAST 40u   /* of base64: 30 bytes, a short sentence */
#define RUN_MOST 16384u /* of a longer run, this much is decoded */
#define WORDS_LEAST 3u
#define ENTITY_DIGITS 6u
#define OVERRIDE "\xE2\x80\xAE" /* U+202E: right to left, whatever the letters */
#define POP "\xE2\x80\xAC"      /* U+202C: its end */

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

/* Letters of other alphabets that look like Latin ones, in the order of the Latin ones beside them. */
static const struct {
  const char *alike, *latin;
} ALIKE[] = {
  { "АВСЕНІЈКМОРЅТХУ", "ABCEHIJKMOPSTXY" }, /* Cyrillic */
  { "авсегһіјкорѕтԛԝхуԁ", "abcerhijkopstqwxyd" },
  { "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX" }, /* Greek */
  { "αικνορτυχ", "aikvoptux" },
};

#define ALIKE_FIRST 0x0391u
#define ALIKE_LAST 0x051Du

static gpointer
read_alike (gpointer table)
{
  char *latin = table;
  for (guint i = 0; i < G_N_ELEMENTS (ALIKE); i++) {
    const char *letter = ALIKE[i].latin;
    for (const char *c = ALIKE[i].alike; *c != '\0'; c = g_utf8_next_char (c))
      latin[g_utf8_get_char (c) - ALIKE_FIRST] = *letter++;
  }
  return table;
}

/* The ASCII that a character stands for or looks like; 0 none. */
static char
ascii_of (gunichar c)
{
  if (c >= 0xE0020 && c <= 0xE007E)
    return (char) (c - 0xE0000);
  if (c >= 0xFF10 && c <= 0xFF5A) /* full width */
    return (char) (c - 0xFEE0);
  if (c >= 0x1D400 && c <= 0x1D6A3) /* mathematical alphabets, 26 capitals and 26 small letters each */
    return (char) ((c - 0x1D400) % 52 < 26 ? 'A' + (c - 0x1D400) % 52 : 'a' + (c - 0x1D400) % 52 - 26);
  static char latin[ALIKE_LAST - ALIKE_FIRST + 1];
  static GOnce once = G_ONCE_INIT;
  g_once (&once, read_alike, latin);
  return c >= ALIKE_FIRST && c <= ALIKE_LAST ? latin[c - ALIKE_FIRST] : 0;
}

/* A numeric entity ("&#73;", "&#x49;") of a printable ASCII character at text, which takes *bytes; 0 none. */
static char
entity_at (const char *text, gsize length, gsize *bytes)
{
  if (length < 4 || text[0] != '&' || text[1] != '#')
    return 0;
  gboolean hex = text[2] == 'x' || text[2] == 'X';
  gsize at = hex ? 3 : 2, first = at;
  guint value = 0;
  for (; at < length && at - first < ENTITY_DIGITS && (hex ? g_ascii_isxdigit (text[at]) : g_ascii_isdigit (text[at])); at++)
    value = value * (hex ? 16 : 10) + (guint) (hex ? g_ascii_xdigit_value (text[at]) : g_ascii_digit_value (text[at]));
  if (at == first || at == length || text[at] != ';' || value < 0x20 || value > 0x7E)
    return 0;
  *bytes = at + 1;
  return (char) value;
}

/* What a reader sees of bytes [0, *bytes) of text in place of them: in `shown`, nothing for what is invisible. FALSE where they are what they seem. */
static gboolean
unmask (const char *text, gsize length, gsize *bytes, char *shown)
{
  *shown = entity_at (text, length, bytes);
  if (*shown != 0)
    return TRUE;
  gunichar c = wide_at (text, length, bytes);
  *shown = c != 0 ? ascii_of (c) : 0;
  return *shown != 0 || (c != 0 && is_invisible (c));
}

/* The letters that an override shows from right to left, in the order in which they are seen. */
static void
turn (GString *out, gsize from)
{
  g_autofree char *valid = g_utf8_make_valid (out->str + from, (gssize) (out->len - from));
  g_autofree char *turned = g_utf8_strreverse (valid, -1);
  g_string_truncate (out, from);
  g_string_append (out, turned);
}

static gboolean
stands_at (const char *text, gsize length, const char *what)
{
  return length >= strlen (what) && memcmp (text, what, strlen (what)) == 0;
}

/* Most text is ASCII without entities: eight bytes at a time. */
static gboolean
is_plain (const char *text, gsize length)
{
  guint64 word = 0;
  for (gsize at = 0; at < length; at += sizeof word) {
    word = 0;
    memcpy (&word, text + at, MIN (length - at, sizeof word));
    if ((word & 0x8080808080808080u) != 0)
      return FALSE;
  }
  const char *end = text + length;
  for (const char *at = text; (at = memchr (at, '&', (gsize) (end - at))) != NULL; at++)
    if (at + 1 < end && at[1] == '#')
      return FALSE;
  return TRUE;
}

char *
cd_hidden_uncover (const char *text, gsize length, gsize *uncovered)
{
  GString *out = NULL;
  gsize kept = 0, override = G_MAXSIZE;
  if (is_plain (text, length))
    return NULL;
  for (gsize at = 0, bytes = 0; at < length; at += bytes) {
    char shown = 0;
    if (override != G_MAXSIZE && (text[at] == '\n' || stands_at (text + at, length - at, POP))) {
      g_string_append_len (out, text + kept, (gssize) (at - kept));
      kept = at;
      turn (out, override);
      override = G_MAXSIZE;
    }
    if (!unmask (text + at, length - at, &bytes, &shown))
      continue;
    if (out == NULL)
      out = g_string_sized_new (length);
    g_string_append_len (out, text + kept, (gssize) (at - kept));
    if (shown != 0)
      g_string_append_c (out, shown);
    kept = at + bytes;
    if (stands_at (text + at, length - at, OVERRIDE))
      override = out->len;
  }
  if (out == NULL)
    return NULL;
  g_string_append_len (out, text + kept, (gssize) (length - kept));
  if (override != G_MAXSIZE)
    turn (out, override);
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
