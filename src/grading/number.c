/* Reading and comparing decimal numbers. Expressions are math.h's. */
#include "grading/number.h"
#include <math.h>
#include <string.h>

#define MOST_EXPONENT 400

/* Bytes of the first of words at at; 0 where none is. */
static gsize
any_of (const char *at, const char *end, const char *const *words)
{
  for (; *words != NULL; words++)
    if (cd_stated_begins (at, end, *words))
      return strlen (*words);
  return 0;
}

static const char *
skip_any (const char *at, const char *end, const char *const *words)
{
  for (gsize length; at < end && (length = any_of (at, end, words)) > 0;)
    at += length;
  return at;
}

static gboolean
digit_at (const char *at, const char *end)
{
  return at < end && g_ascii_isdigit (*at);
}

static gsize
digits_at (const char *at, const char *end)
{
  gsize length = 0;
  while (digit_at (at + length, end))
    length++;
  return length;
}

/* Bytes of a mark between thousands at at, three digits behind it. */
static gsize
separator_at (const char *at, const char *end)
{
  static const char *const separators[] = { ",\\!", "{,}", "\\,", ",", "\xE2\x80\xAF", "\xE2\x80\x89", "\xC2\xA0", "'", "_", NULL };
  gsize length = any_of (at, end, separators);
  return length > 0 && digits_at (at + length, end) == 3 ? length : 0;
}

typedef struct {
  char digits[CD_NUMBER_DIGITS + 1];
  gsize length;
  gint scale;
  gboolean overflow;
} Mantissa;

static void
take_digits (Mantissa *mantissa, const char **at, gsize length)
{
  for (; length > 0; length--, (*at)++)
    if (mantissa->length < CD_NUMBER_DIGITS)
      mantissa->digits[mantissa->length++] = **at;
    else
      mantissa->overflow = TRUE;
}

/* "1.234.567" and "1.234,5": points between thousands. *at is behind the first group. */
static gboolean
take_continental (Mantissa *mantissa, const char **at, const char *end)
{
  const char *next = *at;
  guint groups = 0;
  while (next < end && *next == '.' && digits_at (next + 1, end) == 3) {
    next += 4;
    groups++;
  }
  gboolean comma = next + 1 < end && *next == ',' && g_ascii_isdigit (next[1]) && separator_at (next, end) == 0;
  if (groups == 0 || (groups == 1 && !comma))
    return FALSE;
  for (; groups > 0; groups--) {
    (*at)++;
    take_digits (mantissa, at, 3);
  }
  return TRUE;
}

static void
take_decimals (Mantissa *mantissa, const char **at, const char *end)
{
  gsize length = *at < end && (**at == '.' || **at == ',') ? digits_at (*at + 1, end) : 0;
  if (length == 0)
    return;
  (*at)++;
  mantissa->scale = (gint) MIN (length, CD_NUMBER_DIGITS);
  take_digits (mantissa, at, length);
}

static gboolean
take_mantissa (Mantissa *mantissa, const char **at, const char *end)
{
  gsize first = digits_at (*at, end);
  if (first == 0 && !(*at < end && **at == '.' && digit_at (*at + 1, end)))
    return FALSE;
  take_digits (mantissa, at, first);
  gsize separator = 0;
  if (first == 0 || first > 3 || !take_continental (mantissa, at, end))
    while (first > 0 && first <= 3 && (separator = separator_at (*at, end)) > 0) {
      *at += separator;
      take_digits (mantissa, at, 3);
    }
  take_decimals (mantissa, at, end);
  return !mantissa->overflow;
}

/* The exponent behind "e" or "× 10^"; 0 where there is none. */
static gint
take_exponent (const char **at, const char *end)
{
  static const char *const times[] = { "\\times", "\\cdot", "×", "·", "⋅", "*", "x", NULL };
  static const char *const blanks[] = { " ", "\\ ", "\\,", "~", NULL };
  const char *next = *at;
  gboolean braces = FALSE;
  if (next < end && (*next == 'e' || *next == 'E'))
    next++;
  else {
    next = skip_any (next, end, blanks);
    gsize length = any_of (next, end, times);
    next = skip_any (next + length, end, blanks);
    if (length == 0 || !cd_stated_begins (next, end, "10^"))
      return 0;
    next += 3;
    braces = next < end && *next == '{';
    next += braces ? 1 : 0;
  }
  gboolean minus = next < end && *next == '-', minus_sign = cd_stated_begins (next, end, "−");
  next += minus || (next < end && *next == '+') ? 1 : minus_sign ? strlen ("−") : 0;
  gsize length = digits_at (next, end);
  if (length == 0 || length > 4 || (braces && (next + length >= end || next[length] != '}')))
    return 0;
  gint exponent = (gint) g_ascii_strtoll (next, NULL, 10);
  *at = next + length + (braces ? 1 : 0);
  return CLAMP (minus || minus_sign ? -exponent : exponent, -MOST_EXPONENT, MOST_EXPONENT);
}

static void
normalise (const Mantissa *mantissa, gint exponent, CdNumber *number)
{
  gsize from = 0, length = mantissa->length;
  number->scale = mantissa->scale - exponent;
  while (from < length && mantissa->digits[from] == '0')
    from++;
  while (length > from && mantissa->digits[length - 1] == '0') {
    length--;
    number->scale--;
  }
  memcpy (number->digits, mantissa->digits + from, length - from);
  number->digits[length - from] = '\0';
  if (from == length) {
    number->scale = 0;
    number->negative = FALSE;
  }
  char text[CD_NUMBER_DIGITS + 32];
  g_snprintf (text, sizeof text, "%s%se%d", number->negative ? "-" : "", from == length ? "0" : number->digits, -number->scale);
  number->value = g_ascii_strtod (text, NULL);
}

static gboolean
take_decimal (const char **at, const char *end, CdNumber *number)
{
  Mantissa mantissa = { .length = 0 };
  if (!take_mantissa (&mantissa, at, end))
    return FALSE;
  normalise (&mantissa, take_exponent (at, end), number);
  return TRUE;
}

/* "\frac{a}{b}" at *at. */
static gboolean
take_latex_fraction (const char **at, const char *end, CdNumber *number)
{
  static const char *const names[] = { "\\frac{", "\\dfrac{", "\\tfrac{", "\\cfrac{", NULL };
  const char *next = *at + any_of (*at, end, names);
  CdNumber below = { .scale = 0 };
  if (next == *at || !take_decimal (&next, end, number) || !cd_stated_begins (next, end, "}{"))
    return FALSE;
  next += 2;
  if (!take_decimal (&next, end, &below) || next >= end || *next != '}' || below.digits[0] == '\0')
    return FALSE;
  number->value /= below.value;
  number->fraction = TRUE;
  *at = next + 1;
  return TRUE;
}

static void
take_quotient (const char **at, const char *end, CdNumber *number)
{
  const char *next = *at;
  CdNumber below = { .scale = 0 };
  if (next >= end || *next != '/')
    return;
  next++;
  if (!take_decimal (&next, end, &below) || below.digits[0] == '\0')
    return;
  number->value /= below.value;
  number->fraction = TRUE;
  *at = next;
}

gboolean
cd_number_read (const char **at, const char *end, CdNumber *number)
{
  static const char *const currencies[] = { "US$", "\\$", "$", "€", "£", "¥", "₹", " ", "\\text{\\$}", NULL };
  static const char *const percents[] = { "%", "\\%", " %", " \\%", "\\,\\%", " percent", "％", NULL };
  static const char *const signs[] = { "-", "−", "+", NULL };
  const char *next = *at;
  *number = (CdNumber){ .scale = 0 };
  next = skip_any (next, end, currencies);
  gsize sign = any_of (next, end, signs);
  number->negative = sign > 0 && *next != '+';
  next = skip_any (next + sign, end, currencies);
  if (next < end && *next == '\\' ? !take_latex_fraction (&next, end, number) : !take_decimal (&next, end, number))
    return FALSE;
  if (!number->fraction)
    take_quotient (&next, end, number);
  gsize percent = any_of (next, end, percents);
  number->percent = percent > 0;
  *at = next + percent;
  return TRUE;
}

/* What makes of a number behind which it stands a part of an expression. */
static gboolean
goes_on (const char *at, const char *end)
{
  static const char *const closers[] = { " ", "$", "\\)", "\\]", ")", "}", "*", "\\,", "\\;", "\\ ", "~", NULL };
  static const char *const degrees[] = { "^\\circ", "^{\\circ}", "^{\\circ", "°", NULL };
  static const char *const operators[] = { "+",     "×",       "·",      "÷",     "/",    "^",    "=",    "\\sqrt",  "\\frac", "\\dfrac", "\\tfrac",
                                           "\\pi",  "\\times", "\\cdot", "\\div", "\\pm", "\\le", "\\ge", "\\binom", "\\log",  "\\ln",    "\\sin",
                                           "\\cos", "\\tan",   "\\left", "√",     "π",    "!",    "<",    ">",       "±",      "\\infty", NULL };
  if (at < end && (*at == 'e' || *at == 'i' || *at == 'x' || *at == 'y' || *at == 'n' || *at == 'k') && (at + 1 >= end || !g_ascii_isalpha (at[1])))
    return TRUE; /* 2e, 3i, 2x */
  if (at + 1 < end && *at == '*' && at[1] != '*' && (g_ascii_isalnum (at[1]) || at[1] == '('))
    return TRUE;
  at = skip_any (at, end, closers);
  at += any_of (at, end, degrees);
  if (at + 1 < end && *at == '-')
    return at[1] != ' ' || (at + 2 < end && g_ascii_isdigit (at[2]));
  return (at < end && *at == ',' && skip_any (at + 1, end, closers) < end && digit_at (skip_any (at + 1, end, closers), end))
         || any_of (at, end, operators) > 0;
}

gboolean
cd_number_alone (CdSpan span, CdNumber *number)
{
  static const char *const openers[]
      = { " ", "\\(", "\\[", "*", "\\text{", "\\textbf{", "\\mathbf{", "\\approx", "≈", "approximately", "about", "~", "{", "(", "\\,", NULL };
  for (const char *at = span.end; at > span.at; at--) /* x = 42, 6 * 7 = 42 */
    if (at[-1] == '=') {
      span.at = at;
      break;
    }
  const char *at = skip_any (span.at, span.end, openers);
  if (!cd_number_read (&at, span.end, number) || goes_on (at, span.end))
    return FALSE;
  for (; at < span.end; at++) /* a unit has no digits but in its powers */
    if (g_ascii_isdigit (*at) && at[-1] != '^' && at[-1] != '{' && !g_ascii_isalpha (at[-1]))
      return FALSE;
  return TRUE;
}

static gboolean
may_begin (CdSpan span, const char *at)
{
  if (!g_ascii_isdigit (*at) && *at != '-' && *at != '$' && *at != '.' && *at != '\\' && (guchar) *at < 0x80)
    return FALSE;
  char before = at > span.at ? at[-1] : ' ';
  return !g_ascii_isalnum (before) && strchr ("_^.{", before) == NULL && before != '\0' && (*at != '-' || !strchr (")]}", before));
}

static gboolean
scan (CdSpan span, gboolean last, CdNumber *number)
{
  gboolean found = FALSE;
  for (const char *at = span.at; at < span.end && !(found && !last);) {
    const char *behind = at;
    CdNumber next;
    if (!may_begin (span, at) || !cd_number_read (&behind, span.end, &next)
        || (behind < span.end && g_ascii_isalpha (*behind) && behind[-1] != '%')) {
      at = MAX (behind, at + 1);
      while (at < span.end && g_ascii_isdigit (at[-1]) && (g_ascii_isdigit (*at)))
        at++; /* too long a number is passed as a whole */
      continue;
    }
    *number = next;
    found = TRUE;
    at = behind;
  }
  return found;
}

gboolean
cd_number_first (CdSpan span, CdNumber *number)
{
  return scan (span, FALSE, number);
}

gboolean
cd_number_last (CdSpan span, CdNumber *number)
{
  return scan (span, TRUE, number);
}

gboolean
cd_number_is_whole (const CdNumber *number)
{
  return !number->fraction && number->scale <= 0;
}

static gboolean
near_to (double gold, double answer, double tolerance)
{
  return fabs (gold - answer) <= tolerance * fabs (gold);
}

gboolean
cd_number_equal (const CdNumber *gold, const CdNumber *answer, double tolerance)
{
  if (tolerance <= CD_NUMBER_ROUNDING && cd_number_is_whole (gold) && cd_number_is_whole (answer)) {
    if (gold->negative == answer->negative && gold->scale == answer->scale && strcmp (gold->digits, answer->digits) == 0)
      return TRUE;
  } else if (near_to (gold->value, answer->value, tolerance))
    return TRUE;
  if (gold->percent == answer->percent)
    return FALSE;
  return gold->percent ? near_to (gold->value / 100, answer->value, tolerance) : near_to (gold->value, answer->value / 100, tolerance);
}
