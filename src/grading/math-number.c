/* Numbers of an answer: separators of thousands, decimal commas, repeating digits, exponents of ten, and the digits that Unicode writes raised,
 * lowered or as a fraction. Their value is made by the parser. */
#include "grading/math-scan.h"

#include <string.h>

static gsize
digits_at (const char *text)
{
  gsize length = 0;
  while (g_ascii_isdigit (text[length]))
    length++;
  return length;
}

static const struct {
  const char *text;
  gboolean plain; /* a comma that may also part two numbers */
} SEPARATORS[] = {
  { "{,}", FALSE }, { ",\\!", FALSE }, { "{,\\!}", FALSE },       { "\\,", FALSE },          { "\\!", FALSE },      { "\\ ", FALSE },
  { "~", FALSE },   { " ", FALSE },    { "\xe2\x80\xaf", FALSE }, { "\xe2\x80\x89", FALSE }, { "\xc2\xa0", FALSE }, { ",", TRUE },
};

/* The length of a separator with three digits, and no fourth, behind it; 0 none. */
static gsize
group_at (const char *text, gsize which)
{
  gsize length = strlen (SEPARATORS[which].text);
  return strncmp (text, SEPARATORS[which].text, length) == 0 && digits_at (text + length) == 3 ? length : 0;
}

/* TRUE where the groups behind plain commas, from text on, are thousands and not numbers of a list. */
static gboolean
are_thousands (CdMathScan *scan, const char *text)
{
  gboolean zero = FALSE, joined = TRUE;
  for (gsize length; joined && (length = group_at (text, G_N_ELEMENTS (SEPARATORS) - 1)) > 0; text += length + 3)
    zero = zero || text[length] == '0';
  if (zero)
    return TRUE;
  if (scan->delimiters > 0)
    return FALSE;
  scan->ambiguity->groups = TRUE;
  return !scan->reading->groups_are_lists;
}

/* Digits before the point, separators dropped. */
static void
scan_whole (CdMathScan *scan, GString *number, gboolean *grouped)
{
  const char *text = scan->text + scan->at;
  gsize first = digits_at (text);
  g_string_append_len (number, text, (gssize) first);
  text += first;
  if (first >= 1 && first <= 3 && number->str[0] != '0')
    for (gsize i = 0; i < G_N_ELEMENTS (SEPARATORS); i++) {
      if (group_at (text, i) == 0 || (SEPARATORS[i].plain && !are_thousands (scan, text)))
        continue;
      *grouped = TRUE;
      for (gsize length; (length = group_at (text, i)) > 0; text += length + 3)
        g_string_append_len (number, text + length, 3);
      break;
    }
  /* 1.000.000 */
  if (!*grouped && first <= 3 && *text == '.' && digits_at (text + 1) == 3 && text[4] == '.' && digits_at (text + 5) == 3)
    for (*grouped = TRUE; *text == '.' && digits_at (text + 1) == 3; text += 4)
      g_string_append_len (number, text + 1, 3);
  scan->at = (gsize) (text - scan->text);
}

static void
scan_decimals (CdMathScan *scan, GString *number)
{
  const char *text = scan->text + scan->at;
  gsize point = 0;
  if (*text == '.' && (g_ascii_isdigit (text[1]) || text[1] == '\\'))
    point = 1;
  else if (strncmp (text, "{,}", 3) == 0 && g_ascii_isdigit (text[3]))
    point = 3;
  else if (*text == ',' && g_ascii_isdigit (text[1]) && scan->single_comma && scan->delimiters == 0) {
    scan->ambiguity->point = TRUE;
    point = scan->reading->comma_is_point ? 1 : 0;
  }
  if (point == 0)
    return;
  gsize length = digits_at (text + point);
  g_string_append_c (number, '.');
  g_string_append_len (number, text + point, (gssize) length);
  scan->at += point + length;
}

/* \overline{3}, \bar{3}, \dot{1}\dot{2} and \overline 3 behind decimals. */
static char *
scan_repeating (CdMathScan *scan)
{
  static const char *const MARKS[] = { "\\overline", "\\bar", "\\dot", "\\overbar" };
  g_autoptr (GString) digits = g_string_new (NULL);
  for (gboolean again = TRUE; again;) {
    again = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (MARKS) && !again; i++) {
      const char *text = scan->text + scan->at;
      gsize length = strlen (MARKS[i]);
      if (strncmp (text, MARKS[i], length) != 0)
        continue;
      gboolean braced = text[length] == '{';
      length += braced || text[length] == ' ' ? 1 : 0;
      gsize count = digits_at (text + length);
      if (count == 0 || count > 40 || digits->len > 40 || (braced && text[length + count] != '}'))
        continue;
      g_string_append_len (digits, text + length, (gssize) count);
      scan->at += length + count + (braced ? 1 : 0);
      again = TRUE;
    }
  }
  return digits->len > 0 ? cd_math_arena_text (scan->arena, digits->str, digits->len) : NULL;
}

/* 1e-5, 2.5E3: not where e may be Euler's number, as in 2e-1. */
static void
scan_exponent (CdMathScan *scan, GString *number)
{
  const char *text = scan->text + scan->at;
  if (*text != 'e' && *text != 'E')
    return;
  gsize sign = text[1] == '+' || text[1] == '-' ? 1 : 0;
  gsize length = digits_at (text + 1 + sign);
  gboolean sure = *text == 'E' || sign == 0 || length > 1 || strchr (number->str, '.') != NULL || strcmp (number->str, "1") == 0;
  if (length == 0 || length > 5 || !sure || g_ascii_isalpha (text[1 + sign + length]))
    return;
  g_string_append_len (number, text, (gssize) (1 + sign + length));
  scan->at += 1 + sign + length;
}

/* 1A_{16}: digits and capital letters before an index. */
static gboolean
scan_based (CdMathScan *scan)
{
  const char *text = scan->text + scan->at;
  gsize length = 0, letters = 0;
  for (; g_ascii_isdigit (text[length]) || g_ascii_isupper (text[length]); length++)
    letters += g_ascii_isupper (text[length]);
  const char *base = text + length + (text[length] == '_' && text[length + 1] == '{' ? 2 : 1);
  if (letters == 0 || text[length] != '_' || !g_ascii_isdigit (base[0]) || !g_ascii_isdigit (base[1]))
    return FALSE;
  cd_math_scan_emit (scan, CD_TOKEN_NUMBER, 0, cd_math_arena_text (scan->arena, text, length));
  scan->at += length;
  return TRUE;
}

void
cd_math_scan_number (CdMathScan *scan)
{
  g_autoptr (GString) number = g_string_new (NULL);
  gboolean grouped = FALSE;
  if (scan_based (scan))
    return;
  scan_whole (scan, number, &grouped);
  scan_decimals (scan, number);
  const char *repeating = strchr (number->str, '.') != NULL ? scan_repeating (scan) : NULL;
  if (repeating == NULL)
    scan_exponent (scan, number);
  CdToken *token = cd_math_scan_emit (scan, CD_TOKEN_NUMBER, 0, cd_math_arena_text (scan->arena, number->str, number->len));
  token->repeating = repeating;
  token->grouped = grouped;
}

static const struct {
  const char *text;
  char digit; /* raised, or lowered where below */
  gboolean below;
  char numerator[2], denominator[3];
} RAISED[] = {
  { "\xc2\xb2", '2', FALSE, "", "" },     { "\xc2\xb3", '3', FALSE, "", "" },     { "\xc2\xb9", '1', FALSE, "", "" },
  { "\xe2\x81\xb0", '0', FALSE, "", "" }, { "\xe2\x81\xb4", '4', FALSE, "", "" }, { "\xe2\x81\xb5", '5', FALSE, "", "" },
  { "\xe2\x81\xb6", '6', FALSE, "", "" }, { "\xe2\x81\xb7", '7', FALSE, "", "" }, { "\xe2\x81\xb8", '8', FALSE, "", "" },
  { "\xe2\x81\xb9", '9', FALSE, "", "" }, { "\xe2\x81\xbb", '-', FALSE, "", "" }, { "\xe2\x81\xbf", 'n', FALSE, "", "" },
  { "\xe2\x82\x80", '0', TRUE, "", "" },  { "\xe2\x82\x81", '1', TRUE, "", "" },  { "\xe2\x82\x82", '2', TRUE, "", "" },
  { "\xe2\x82\x83", '3', TRUE, "", "" },  { "\xe2\x82\x84", '4', TRUE, "", "" },  { "\xe2\x82\x85", '5', TRUE, "", "" },
  { "\xe2\x82\x86", '6', TRUE, "", "" },  { "\xe2\x82\x87", '7', TRUE, "", "" },  { "\xe2\x82\x88", '8', TRUE, "", "" },
  { "\xe2\x82\x89", '9', TRUE, "", "" },  { "\xe2\x82\x99", 'n', TRUE, "", "" },  { "\xc2\xbd", 0, FALSE, "1", "2" },
  { "\xc2\xbc", 0, FALSE, "1", "4" },     { "\xc2\xbe", 0, FALSE, "3", "4" },     { "\xe2\x85\x93", 0, FALSE, "1", "3" },
  { "\xe2\x85\x94", 0, FALSE, "2", "3" }, { "\xe2\x85\x95", 0, FALSE, "1", "5" }, { "\xe2\x85\x96", 0, FALSE, "2", "5" },
  { "\xe2\x85\x97", 0, FALSE, "3", "5" }, { "\xe2\x85\x98", 0, FALSE, "4", "5" }, { "\xe2\x85\x99", 0, FALSE, "1", "6" },
  { "\xe2\x85\x9a", 0, FALSE, "5", "6" }, { "\xe2\x85\x9b", 0, FALSE, "1", "8" }, { "\xe2\x85\x9c", 0, FALSE, "3", "8" },
  { "\xe2\x85\x9d", 0, FALSE, "5", "8" }, { "\xe2\x85\x9e", 0, FALSE, "7", "8" }, { "\xe2\x85\x90", 0, FALSE, "1", "7" },
  { "\xe2\x85\x91", 0, FALSE, "1", "9" },
};

/* The row whose character stands at text; the number of rows where none does. */
static gsize
raised_at (const char *text)
{
  gsize row = 0;
  while (row < G_N_ELEMENTS (RAISED) && strncmp (text, RAISED[row].text, strlen (RAISED[row].text)) != 0)
    row++;
  return row;
}

gboolean
cd_math_scan_superscript (CdMathScan *scan)
{
  gsize row = raised_at (scan->text + scan->at);
  if (row == G_N_ELEMENTS (RAISED))
    return FALSE;
  if (RAISED[row].digit == 0) {
    const char *const parts[] = { RAISED[row].numerator, RAISED[row].denominator };
    cd_math_scan_emit (scan, CD_TOKEN_FRACTION, 0, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
      cd_math_scan_emit (scan, CD_TOKEN_BRACE_OPEN, 0, NULL);
      cd_math_scan_emit (scan, CD_TOKEN_NUMBER, 0, parts[i]);
      cd_math_scan_emit (scan, CD_TOKEN_BRACE_CLOSE, 0, NULL);
    }
    scan->at += strlen (RAISED[row].text);
    return TRUE;
  }
  gboolean below = RAISED[row].below;
  g_autoptr (GString) digits = g_string_new (NULL);
  for (; row < G_N_ELEMENTS (RAISED) && RAISED[row].digit != 0 && RAISED[row].below == below; row = raised_at (scan->text + scan->at)) {
    g_string_append_c (digits, RAISED[row].digit);
    scan->at += strlen (RAISED[row].text);
  }
  gsize sign = digits->str[0] == '-' ? 1 : 0;
  const char *number = cd_math_arena_text (scan->arena, digits->str + sign, digits->len - sign);
  cd_math_scan_emit (scan, below ? CD_TOKEN_SUBSCRIPT : CD_TOKEN_POWER, 0, NULL);
  cd_math_scan_emit (scan, CD_TOKEN_BRACE_OPEN, 0, NULL);
  if (sign > 0)
    cd_math_scan_emit (scan, CD_TOKEN_MINUS, 0, NULL);
  gboolean digit = digits_at (number) == strlen (number) && *number != '\0';
  cd_math_scan_emit (scan, digit ? CD_TOKEN_NUMBER : *number == 'n' ? CD_TOKEN_LETTER : CD_TOKEN_UNREADABLE, 0, number);
  cd_math_scan_emit (scan, CD_TOKEN_BRACE_CLOSE, 0, NULL);
  return TRUE;
}
