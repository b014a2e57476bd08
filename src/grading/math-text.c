/* Text answers in a normal form, and what can be told of two answers without reading them as mathematics. */
#include "grading/math-text.h"

#include <string.h>

#define MOST_WORDS 400u

gsize
cd_math_command_length (const char *text)
{
  gsize length = 1;
  while (g_ascii_isalpha (text[length]))
    length++;
  return length == 1 && text[1] != '\0' ? 2 : length;
}

/* Lower-case words and numbers with one blank between; commands, braces and punctuation dropped. */
static char *
words_of (const char *text)
{
  GString *words = g_string_new (NULL);
  for (gsize i = 0; text[i] != '\0';) {
    guchar c = (guchar) text[i];
    if (c == '\\') {
      gsize length = cd_math_command_length (text + i);
      static const char *const SILENT[]
          = { "\\text", "\\textbf", "\\textit", "\\mathrm", "\\mbox", "\\left", "\\right", "\\boxed", "\\mathbf", "\\bf", "\\rm" };
      gboolean silent = length <= 2 && !g_ascii_isalpha (text[i + 1]);
      for (gsize k = 0; k < G_N_ELEMENTS (SILENT) && !silent; k++)
        silent = strlen (SILENT[k]) == length && strncmp (text + i, SILENT[k], length) == 0;
      if (!silent)
        g_string_append_len (words, text + i, (gssize) length);
      g_string_append_c (words, ' ');
      i += length;
      continue;
    }
    if (c == '{' && text[i + 1] != '\0' && text[i + 1] != '\\' && text[i + 2] == '}') { /* ^{n} is ^n */
      g_string_append_c (words, g_ascii_tolower (text[i + 1]));
      i += 3;
      continue;
    }
    gboolean point = c == '.' && g_ascii_isdigit (text[i + 1]);
    if (c == ',' || c == ';')
      g_string_append (words, " , ");
    else if (g_ascii_isalnum (c) || c >= 0x80 || point || strchr ("+-*/^_=<>()[]|!%:", c) != NULL)
      g_string_append_c (words, g_ascii_tolower ((char) c));
    else if (c != '\'' && c != '.')
      g_string_append_c (words, ' ');
    i++;
  }
  return g_string_free (words, FALSE);
}

static int
compare (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The parts that commas and "and" join, sorted, each of its words. */
static char *
normal_form (const char *text)
{
  static const char *const DROPPED[] = { "the", "a", "an", "" };
  g_autofree char *words = words_of (text);
  g_auto (GStrv) split = g_strsplit_set (words, " \t\n\r-", MOST_WORDS);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) part = g_string_new (NULL);
  for (guint i = 0;; i++) {
    gboolean joins = split[i] != NULL && (strcmp (split[i], ",") == 0 || strcmp (split[i], "and") == 0);
    if (split[i] == NULL || joins) {
      if (part->len > 0)
        g_ptr_array_add (parts, g_strdup (part->str));
      g_string_truncate (part, 0);
      if (split[i] == NULL)
        break;
      continue;
    }
    gboolean dropped = FALSE;
    for (gsize k = 0; k < G_N_ELEMENTS (DROPPED) && !dropped; k++)
      dropped = strcmp (split[i], DROPPED[k]) == 0 && (split[1] != NULL || k == G_N_ELEMENTS (DROPPED) - 1);
    if (!dropped)
      g_string_append_printf (part, "%s%s", part->len > 0 ? " " : "", split[i]);
  }
  if (parts->len > 1)
    qsort (parts->pdata, parts->len, sizeof (char *), compare);
  GString *joined = g_string_new (NULL);
  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (joined, "%s,", (const char *) parts->pdata[i]);
  return g_string_free (joined, FALSE);
}

gboolean
cd_math_same_text (const char *a, const char *b)
{
  g_autofree char *a_form = normal_form (a), *b_form = normal_form (b);
  return *a_form != '\0' && strcmp (a_form, b_form) == 0;
}

static const struct {
  const char *phrase, *meaning;
} PHRASES[] = {
  { "all real numbers", "\\mathbb{R}" },
  { "all reals", "\\mathbb{R}" },
  { "real numbers", "\\mathbb{R}" },
  { "no solution", "\\emptyset" },
  { "no solutions", "\\emptyset" },
  { "no real solution", "\\emptyset" },
  { "no real solutions", "\\emptyset" },
  { "empty set", "\\emptyset" },
  { "the empty set", "\\emptyset" },
  { "does not exist", "dne" },
  { "dne", "dne" },
  { "undefined", "undefined" },
};

const char *
cd_math_phrase (const char *text)
{
  g_autofree char *words = words_of (text);
  const char *plain = g_strstrip (words);
  for (gsize i = 0; i < G_N_ELEMENTS (PHRASES); i++)
    if (strcmp (plain, PHRASES[i].phrase) == 0)
      return PHRASES[i].meaning;
  return NULL;
}

gboolean
cd_math_is_time (const char *text)
{
  g_autofree char *words = words_of (text);
  const char *c = g_strstrip (words);
  gsize hours = strspn (c, "0123456789");
  if (hours < 1 || hours > 2 || c[hours] != ':' || strspn (c + hours + 1, "0123456789") != 2 || c[hours + 1] > '5')
    return FALSE;
  for (c += hours + 3; *c == ' '; c++)
    continue;
  return *c == '\0' || strcmp (c, "am") == 0 || strcmp (c, "pm") == 0;
}

static const char *const SIZES[] = { "\\left", "\\right", "\\Big", "\\big", "\\bigg", "\\Bigg", "\\bigl", "\\bigr", "\\Bigl", "\\Bigr",        "\\!",
                                     "\\,",    "\\;",     "\\:",   "\\ ",   "\\(",    "\\)",    "\\[",    "\\]",    "\\quad", "\\displaystyle" };

/* \boxed{…} around everything: what it holds. */
static char *
unboxed (const char *text)
{
  static const char *const BOXES[] = { "\\boxed", "\\fbox" };
  for (gsize i = 0; i < G_N_ELEMENTS (BOXES); i++) {
    gsize length = strlen (BOXES[i]);
    if (strncmp (text, BOXES[i], length) != 0)
      continue;
    text += length;
    gsize end = strlen (text);
    if (text[0] == '{' && end > 1 && text[end - 1] == '}')
      return g_strndup (text + 1, end - 2);
    return g_strdup (text[0] == '{' ? text + 1 : text);
  }
  return g_strdup (text);
}

char *
cd_math_trimmed (const char *text)
{
  GString *kept = g_string_new (NULL);
  for (gsize i = 0; text[i] != '\0';) {
    gboolean dropped = FALSE;
    if (text[i] == '\\') {
      gsize length = cd_math_command_length (text + i);
      for (gsize k = 0; k < G_N_ELEMENTS (SIZES) && !dropped; k++)
        dropped = strlen (SIZES[k]) == length && strncmp (text + i, SIZES[k], length) == 0;
      if (!dropped)
        g_string_append_len (kept, text + i, (gssize) length);
      i += length;
      if (!dropped && length > 2 && text[i] == ' ' && g_ascii_isalpha (text[i + 1]))
        g_string_append_c (kept, ' '); /* \pi r is not \pir */
    } else {
      gboolean blank = g_ascii_isspace (text[i]) || text[i] == '$';
      if (!blank && i > 0 && g_ascii_isspace (text[i - 1]) && g_ascii_isdigit (text[i]) && kept->len > 0
          && g_ascii_isdigit (kept->str[kept->len - 1]))
        g_string_append_c (kept, ' '); /* 2 1/2 is not 21/2 */
      if (!blank)
        g_string_append_c (kept, text[i]);
      i++;
    }
  }
  if (kept->len > 1 && kept->str[kept->len - 1] == '.')
    g_string_truncate (kept, kept->len - 1);
  char *inner = unboxed (kept->str);
  g_string_free (kept, TRUE);
  return inner;
}

/* A whole number or a decimal in plain digits: sign, digits without leading zeros, decimals without those that end it in zeros. */
typedef struct {
  gboolean negative;
  const char *whole, *decimals;
  gsize whole_length, decimals_length;
} Digits;

static gboolean
read_digits (const char *text, Digits *digits)
{
  *digits = (Digits){ 0 };
  gsize length = strlen (text);
  digits->negative = *text == '-';
  text += *text == '-' || *text == '+' ? 1 : 0;
  if (length == 0 || length > 200 || !g_ascii_isdigit (*text))
    return FALSE;
  while (*text == '0')
    text++;
  digits->whole = text;
  while (g_ascii_isdigit (*text))
    text++;
  digits->whole_length = (gsize) (text - digits->whole);
  if (*text == '.' && g_ascii_isdigit (text[1])) {
    digits->decimals = ++text;
    for (; g_ascii_isdigit (*text); text++)
      if (*text != '0')
        digits->decimals_length = (gsize) (text - digits->decimals) + 1;
  }
  digits->negative = digits->negative && digits->whole_length + digits->decimals_length > 0;
  return *text == '\0';
}

int
cd_math_same_digits (const char *a, const char *b)
{
  Digits digits[2];
  if (!read_digits (a, &digits[0]) || !read_digits (b, &digits[1]))
    return -1;
  gboolean same = digits[0].negative == digits[1].negative && digits[0].whole_length == digits[1].whole_length
                  && digits[0].decimals_length == digits[1].decimals_length && memcmp (digits[0].whole, digits[1].whole, digits[0].whole_length) == 0
                  && (digits[0].decimals_length == 0 || memcmp (digits[0].decimals, digits[1].decimals, digits[0].decimals_length) == 0);
  return same ? 1 : digits[0].decimals == NULL && digits[1].decimals == NULL ? 0 : -1;
}
