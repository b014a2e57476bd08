/* A cell of a results table as a figure: marks and decoration put aside, spread, change and count told apart. What the figure is of is the table's
 * business; what is no single figure is refused rather than guessed at. */
#include "claims/parts.h"
#include <math.h>
#include <string.h>

#define CELL_BYTES 60u /* a longer cell is text */
#define DIGITS 12u

/* Past white space, markup, quotation marks, emoji and footnote marks; letters of any script, digits and signs stay. */
static const char *
skip_marks (const char *at)
{
  for (; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (character < 0x80) {
      if (strchr (" \t\r\n*_~$\"'`^#|{}:;", (int) character) == NULL)
        return at;
      continue;
    }
    if (g_unichar_isalpha (character) || character == 0x2212 || character == 0x2191 || character == 0x2193 || character == 0xb1 || character == 0xd7
        || character == 0xff05 || character == 0x2013 || character == 0x2014 || character == 0x2192 || character == 0x2264 || character == 0x2265
        || character == 0x25b2 || character == 0x25bc)
      return at;
  }
  return at;
}

/* One of several spellings at a place: its length, or 0. */
static gsize
one_of (const char *at, const char *const *spellings)
{
  for (; *spellings != NULL; spellings++)
    if (g_str_has_prefix (at, *spellings))
      return strlen (*spellings);
  return 0;
}

static const char *const SPREADS[] = { "±", "\\pm", "+/-", "+-", NULL };
static const char *const CHANGES[] = { "↑", "↓", "+", "-", "−", "▲", "▼", "\\uparrow", "\\downarrow", NULL };
static const char *const DASHES[] = { "-", "−", "–", "—", "/", "\\", "N/A", "n/a", "NA", "N.A.", "?", "x", "✗", "✘", "×", NULL };
static const char *const PERCENTS[] = { "%", "\\%", "％", NULL };
/* LaTeX that only dresses a figure. */
static const char *const DRESS[] = { "\\textbf", "\\mathbf", "\\underline", "\\bf", "\\text", "\\mathrm", "\\,", "\\small", "\\scriptsize", NULL };

static const char *
skip_dress (const char *at)
{
  at = skip_marks (at);
  for (gsize length = one_of (at, DRESS); length > 0; length = one_of (at, DRESS))
    at = skip_marks (at + length);
  return at;
}

/* Digits with a point, and commas before groups of three. NULL where there is no number. */
static const char *
read_number (const char *at, double *value, guint *decimals)
{
  char digits[DIGITS + 3];
  guint length = 0;
  gboolean point = FALSE;
  *decimals = 0;
  if (!g_ascii_isdigit (*at) && !(*at == '.' && g_ascii_isdigit (at[1])))
    return NULL;
  for (; length < DIGITS; at++) {
    gboolean group
        = *at == ',' && !point && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]) && g_ascii_isdigit (at[3]) && !g_ascii_isdigit (at[4]);
    if (group)
      continue;
    if (*at == '.' && !point && g_ascii_isdigit (at[1]))
      point = TRUE;
    else if (!g_ascii_isdigit (*at))
      break;
    else if (point)
      (*decimals)++;
    digits[length++] = *at;
  }
  digits[length] = '\0';
  *value = g_ascii_strtod (digits, NULL);
  return g_ascii_isdigit (*at) || (*at == '.' && g_ascii_isdigit (at[1])) ? NULL : at;
}

static const char *
skip_percent (const char *at, gboolean *percent)
{
  const char *sign = at + strspn (at, " *");
  gsize length = one_of (sign, PERCENTS);
  if (length == 0)
    return at;
  *percent = TRUE;
  return sign + length;
}

/* What stands in brackets behind a figure: a spread, a change or another measure, footnote letters. NULL where it makes the cell text. */
static const char *
skip_brackets (const char *at, CdClaimCell *cell)
{
  char close = *at == '(' ? ')' : ']';
  const char *end = strchr (at, close);
  if (end == NULL)
    return NULL;
  const char *inside = skip_dress (at + 1);
  gsize sign = one_of (inside, SPREADS);
  guint decimals;
  double value;
  if (sign > 0 && read_number (skip_dress (inside + sign), &value, &decimals) != NULL)
    cell->spread = value;
  guint letters = 0;
  for (const char *c = inside; c < end; c++)
    letters += g_ascii_isalpha (*c) ? 1 : 0;
  return letters <= 3 || sign > 0 || one_of (inside, CHANGES) > 0 ? end + 1 : NULL;
}

/* "13/30" is a count, "46.7 / 50.0" a pair; NULL where it is neither. */
static const char *
read_second (const char *at, CdClaimCell *cell)
{
  guint decimals;
  gboolean percent = cell->percent;
  const char *end = read_number (skip_dress (at), &cell->second, &decimals);
  if (end == NULL)
    return NULL;
  end = skip_percent (end, &percent);
  gboolean whole = cell->decimals == 0 && decimals == 0 && !percent && cell->second >= cell->value && cell->second >= 5;
  cell->kind = whole ? CD_CELL_COUNT : CD_CELL_PAIR;
  cell->percent = percent;
  return end;
}

/* All that follows a figure; FALSE where the cell is no single figure. */
static gboolean
read_rest (const char *at, CdClaimCell *cell)
{
  guint decimals;
  double value;
  for (at = skip_dress (at); *at != '\0'; at = skip_dress (at)) {
    gsize spread = one_of (at, SPREADS), change = one_of (at, CHANGES);
    if (spread > 0) {
      at = read_number (skip_dress (at + spread), &value, &decimals);
      if (at == NULL)
        return FALSE;
      cell->spread = value;
      at = skip_percent (at, &cell->percent);
    } else if (*at == '(' || *at == '[') {
      at = skip_brackets (at, cell);
      if (at == NULL)
        return FALSE;
    } else if (*at == '/' && cell->kind == CD_CELL_NUMBER) {
      at = read_second (at + 1, cell);
      if (at == NULL)
        return FALSE;
    } else if (change > 0) {
      gboolean ignored;
      const char *number = skip_dress (at + change);
      const char *end = read_number (number, &value, &decimals);
      if (*at == '-' && end != NULL)
        return FALSE; /* a range */
      at = end != NULL ? skip_percent (end, &ignored) : number;
    } else
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_dash (const char *text)
{
  for (guint i = 0; DASHES[i] != NULL; i++)
    if (g_str_equal (text, DASHES[i]))
      return TRUE;
  return strspn (text, "-") == strlen (text);
}

CdClaimCell
cd_claim_cell_read (const char *text)
{
  CdClaimCell cell = { .kind = CD_CELL_TEXT, .second = NAN, .spread = NAN };
  if (strlen (text) > CELL_BYTES || !g_utf8_validate (text, -1, NULL))
    return cell;
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *at = skip_dress (stripped);
  if (*at == '\0' || is_dash (stripped)) {
    cell.kind = *stripped == '\0' ? CD_CELL_EMPTY : is_dash (stripped) ? CD_CELL_DASH : CD_CELL_TEXT;
    return cell;
  }
  gsize change = one_of (at, CHANGES);
  if (change > 0) {
    const char *number = skip_dress (at + change);
    cell.kind = g_ascii_isdigit (*number) || *number == '.' ? CD_CELL_DELTA : CD_CELL_TEXT;
    return cell;
  }
  const char *end = read_number (at, &cell.value, &cell.decimals);
  if (end == NULL)
    return cell;
  cell.kind = CD_CELL_NUMBER;
  end = skip_percent (end, &cell.percent);
  if (!read_rest (end, &cell))
    cell.kind = CD_CELL_TEXT;
  return cell;
}
