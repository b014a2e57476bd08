/* Is it a number, the place of a missing one, or text: judged by the form of each word of a cell. What a number means is left to its readers. */
#include "documents/pdf-rows.h"

#include <string.h>

/* Signs that stand before, between and behind the digits of one figure. */
static const gunichar BEFORE[]
    = { '(', '[', '{', '+', '-', 0x2212, 0x2013, '~', 0x223C, 0x2248, '<', '>', 0x2264, 0x2265, 0x2191, 0x2193, 0xB1, '=', '$', 0xD7, 0x394, 0 };
static const gunichar BETWEEN[] = { '/', ':', '-', 0x2013, 0x2212, '+', 0x2192, 0xB1, '(', '[', '|', '^', '_', 0x2191, 0x2193, '%', ')', 0 };
static const gunichar BEHIND[] = { '%', ')', ']',  '}',    '*',    0x2217, 0x2020, 0x2021, 0xA7,   0xB6, 0x2191, 0x2193, ',',
                                   ';', 'x', 0xD7, 0x25B2, 0x25BC, 0x25B3, 0x25BD, 0x2605, 0x2606, 0xB0, 0x2032, 0 };
static const gunichar ALONE[] = { 0xB1, '/',    0x2192, 0x2191, 0x2193, '%',    '(',    ')',    '~',    0x223C, 0x2248, '<',
                                  '>',  0x2264, 0x2265, '*',    0x2217, 0x2020, 0x2021, 0x25B2, 0x25BC, 0x2605, 0 };
static const char *const BLANKS[] = { "-", "--", "---", "–", "—", "−", "N/A", "n/a", "NA", "N.A.", "/", "?", "✓", "✗", "✔", "✘", "×", "\\", NULL };

static gboolean
is_one_of (gunichar character, const gunichar *set)
{
  for (; *set != 0; set++)
    if (*set == character)
      return TRUE;
  return FALSE;
}

/* Digits with points and commas inside; NULL where there are none at text. */
static const char *
skip_digits (const char *text)
{
  const char *at = text;
  while (g_ascii_isdigit (*at) || ((*at == '.' || *at == ',') && g_ascii_isdigit (at[1])))
    at++;
  return at > text ? at : NULL;
}

static const char *
skip_set (const char *at, const gunichar *set)
{
  while (*at != '\0' && is_one_of (g_utf8_get_char (at), set))
    at = g_utf8_next_char (at);
  return at;
}

/* One word: digits, signs before, and more digits only behind a sign that joins. */
static gboolean
is_number (const char *word)
{
  const char *at = skip_digits (skip_set (word, BEFORE));
  while (at != NULL && *at != '\0') {
    const char *behind = skip_set (at, BEHIND);
    if (*behind == '\0')
      return TRUE;
    const char *joined = skip_set (at, BETWEEN);
    at = joined > at ? skip_digits (skip_set (joined, BEFORE)) : NULL;
  }
  return at != NULL;
}

static gboolean
is_sign (const char *word)
{
  return *word != '\0' && *skip_set (word, ALONE) == '\0';
}

CdPdfCellKind
cd_pdf_cell_kind (const char *text)
{
  if (g_strv_contains (BLANKS, text))
    return CD_PDF_BLANK;
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint numbers = 0;
  for (guint i = 0; words[i] != NULL; i++) {
    gboolean number = is_number (words[i]);
    if (!number && !is_sign (words[i]))
      return CD_PDF_TEXT;
    numbers += number ? 1 : 0;
  }
  return numbers > 0 ? CD_PDF_NUMBER : CD_PDF_TEXT;
}
