/* One pass over the bytes of a problem: tables say what a command or character stands for. Hashing and comparing is left to overlap.c. */
#include "metrics/problem-text.h"
#include <stdlib.h>
#include <string.h>

typedef enum { LAST_BREAK, LAST_WORD, LAST_NUMBER } Last;

typedef struct {
  const char *text, *at, *end;
  GString *out;
  Last last; /* what the output ends with and more of the same would continue */
} Writer;

/* LaTeX commands: NULL is left out, "{" is left out with its argument, "/" takes single digits as its arguments, other texts stand for it. Sorted; what is not here is written by its name. */
typedef struct {
  const char *name, *means;
} Command;
static const Command COMMANDS[] = {
  { "Big", NULL },        { "Bigg", NULL },         { "Biggl", NULL },
  { "Biggr", NULL },      { "Bigl", NULL },         { "Bigr", NULL },
  { "begin", "{" },       { "bf", NULL },           { "big", NULL },
  { "bigg", NULL },       { "biggl", NULL },        { "biggr", NULL },
  { "bigl", NULL },       { "bigr", NULL },         { "bm", NULL },
  { "boldsymbol", NULL }, { "cdot", NULL },         { "cdots", NULL },
  { "cfrac", "/" },       { "circ", "degree" },     { "degree", "degree" },
  { "dfrac", "/" },       { "displaystyle", NULL }, { "dots", NULL },
  { "emph", NULL },       { "end", "{" },           { "enspace", NULL },
  { "frac", "/" },        { "ge", "geq" },          { "geqslant", "geq" },
  { "gt", ">" },          { "hfill", NULL },        { "hline", NULL },
  { "hspace", "{" },      { "it", NULL },           { "item", NULL },
  { "label", "{" },       { "lbrace", NULL },       { "lbrack", NULL },
  { "ldots", NULL },      { "le", "leq" },          { "left", NULL },
  { "leqslant", "leq" },  { "limits", NULL },       { "lt", "<" },
  { "lvert", NULL },      { "mathbb", NULL },       { "mathbf", NULL },
  { "mathcal", NULL },    { "mathit", NULL },       { "mathrm", NULL },
  { "mathsf", NULL },     { "mid", NULL },          { "middle", NULL },
  { "ne", "neq" },        { "newline", NULL },      { "noindent", NULL },
  { "nolimits", NULL },   { "operatorname", NULL }, { "par", NULL },
  { "phantom", "{" },     { "qquad", NULL },        { "quad", NULL },
  { "rbrace", NULL },     { "rbrack", NULL },       { "right", NULL },
  { "rm", NULL },         { "rvert", NULL },        { "scriptstyle", NULL },
  { "small", NULL },      { "space", NULL },        { "text", NULL },
  { "textbf", NULL },     { "textit", NULL },       { "textrm", NULL },
  { "textstyle", NULL },  { "texttt", NULL },       { "textup", NULL },
  { "tfrac", "/" },       { "thinspace", NULL },    { "times", NULL },
  { "to", "rightarrow" }, { "underline", NULL },    { "varepsilon", "epsilon" },
  { "varphi", "phi" },    { "vartheta", "theta" },  { "vert", NULL },
  { "vspace", "{" },
};

/* Characters of mathematics by the command or sign that means the same; "" breaks words. Sorted. */
typedef struct {
  gunichar character;
  const char *means;
} Character;
static const Character CHARACTERS[] = {
  { 0x00b0, "degree" },    { 0x00b2, "2" },          { 0x00b3, "3" },          { 0x00b7, "" },         { 0x00b9, "1" },        { 0x00bc, "1 4" },
  { 0x00bd, "1 2" },       { 0x00be, "3 4" },        { 0x00d7, "" },           { 0x00f7, "div" },      { 0x0391, "alpha" },    { 0x0392, "beta" },
  { 0x0393, "gamma" },     { 0x0394, "delta" },      { 0x0398, "theta" },      { 0x039b, "lambda" },   { 0x03a0, "pi" },       { 0x03a3, "sigma" },
  { 0x03a6, "phi" },       { 0x03a8, "psi" },        { 0x03a9, "omega" },      { 0x03b1, "alpha" },    { 0x03b2, "beta" },     { 0x03b3, "gamma" },
  { 0x03b4, "delta" },     { 0x03b5, "epsilon" },    { 0x03b6, "zeta" },       { 0x03b7, "eta" },      { 0x03b8, "theta" },    { 0x03b9, "iota" },
  { 0x03ba, "kappa" },     { 0x03bb, "lambda" },     { 0x03bc, "mu" },         { 0x03bd, "nu" },       { 0x03be, "xi" },       { 0x03c0, "pi" },
  { 0x03c1, "rho" },       { 0x03c2, "sigma" },      { 0x03c3, "sigma" },      { 0x03c4, "tau" },      { 0x03c5, "upsilon" },  { 0x03c6, "phi" },
  { 0x03c7, "chi" },       { 0x03c8, "psi" },        { 0x03c9, "omega" },      { 0x03d1, "theta" },    { 0x03d5, "phi" },      { 0x03f5, "epsilon" },
  { 0x2018, "'" },         { 0x2019, "'" },          { 0x2026, "" },           { 0x2032, "'" },        { 0x2044, "" },         { 0x2103, "degree c" },
  { 0x2190, "leftarrow" }, { 0x2192, "rightarrow" }, { 0x21d2, "rightarrow" }, { 0x2200, "forall" },   { 0x2202, "partial" },  { 0x2203, "exists" },
  { 0x2205, "emptyset" },  { 0x2208, "in" },         { 0x2209, "notin" },      { 0x220f, "prod" },     { 0x2211, "sum" },      { 0x2212, "-" },
  { 0x221a, "sqrt" },      { 0x221e, "infty" },      { 0x2220, "angle" },      { 0x2225, "parallel" }, { 0x2229, "cap" },      { 0x222a, "cup" },
  { 0x222b, "int" },       { 0x2234, "therefore" },  { 0x223c, "sim" },        { 0x2245, "cong" },     { 0x2248, "approx" },   { 0x2260, "neq" },
  { 0x2261, "equiv" },     { 0x2264, "leq" },        { 0x2265, "geq" },        { 0x2282, "subset" },   { 0x2286, "subseteq" }, { 0x22a5, "perp" },
  { 0x22c5, "" },          { 0x22ef, "" },           { 0x25b3, "triangle" },   { 0x2a7d, "leq" },      { 0x2a7e, "geq" },
};

static void
put_break (Writer *writer)
{
  writer->last = LAST_BREAK;
}

/* One character of a word or number; c is in lower case. */
static void
put_part (Writer *writer, Last kind, const char *bytes, gsize length)
{
  if (writer->last != kind && writer->out->len > 0)
    g_string_append_c (writer->out, ' ');
  g_string_append_len (writer->out, bytes, (gssize) length);
  writer->last = kind;
}

static void
put_token (Writer *writer, const char *bytes, gsize length)
{
  put_break (writer);
  put_part (writer, LAST_WORD, bytes, length);
  put_break (writer);
}

static void
put_words (Writer *writer, const char *words)
{
  put_break (writer);
  for (const char *at = words; *at != '\0'; at++) {
    char lower = g_ascii_tolower (*at);
    if (*at == ' ')
      put_break (writer);
    else
      put_part (writer, g_ascii_isdigit (*at) ? LAST_NUMBER : LAST_WORD, &lower, 1);
  }
  put_break (writer);
}

static gboolean
comes (const Writer *writer, const char *at, const char *what)
{
  gsize length = strlen (what);
  return (gsize) (writer->end - at) >= length && memcmp (at, what, length) == 0;
}

/* Bytes of a mark between thousands at `at`, where three digits and no fourth follow; 0 none. */
static gsize
thousands_mark (const Writer *writer, const char *at)
{
  static const char *const marks[] = { ",\\!", "{,}", "\\,", "," };
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (!comes (writer, at, marks[i]))
      continue;
    const char *digits = at + strlen (marks[i]);
    guint count = 0;
    while (count < 4 && digits + count < writer->end && g_ascii_isdigit (digits[count]))
      count++;
    return count == 3 ? strlen (marks[i]) : 0;
  }
  return 0;
}

static void
read_number (Writer *writer)
{
  put_break (writer);
  guint digits = 0; /* of the part before the first mark: a group of thousands begins with at most three */
  for (gboolean grouped = FALSE; writer->at < writer->end;) {
    const char *at = writer->at;
    if (g_ascii_isdigit (*at)) {
      put_part (writer, LAST_NUMBER, at, 1);
      digits++;
      writer->at++;
      continue;
    }
    gsize mark = digits <= 3 || grouped ? thousands_mark (writer, at) : 0;
    gboolean decimal = *at == '.' && at + 1 < writer->end && g_ascii_isdigit (at[1]);
    if (mark == 0 && !decimal)
      return;
    if (decimal)
      put_part (writer, LAST_NUMBER, ".", 1);
    grouped = mark > 0;
    digits = decimal ? 4 : digits; /* no thousands behind a decimal point */
    writer->at += decimal ? 1 : mark;
  }
}

static void
read_word (Writer *writer)
{
  for (; writer->at < writer->end && g_ascii_isalpha (*writer->at); writer->at++) {
    char lower = g_ascii_tolower (*writer->at);
    put_part (writer, LAST_WORD, &lower, 1);
  }
}

/* Behind "{…}" that follows, or where it stands; nested braces are not looked into. */
static void
skip_argument (Writer *writer)
{
  const char *open = writer->at;
  if (open >= writer->end || *open != '{')
    return;
  const char *close = memchr (open, '}', (gsize) MIN (writer->end - open, 200));
  writer->at = close != NULL ? close + 1 : open;
}

/* \frac12 is a half. */
static void
read_digits (Writer *writer)
{
  for (guint i = 0; i < 2 && writer->at < writer->end && g_ascii_isdigit (*writer->at); i++, writer->at++)
    put_token (writer, writer->at, 1);
}

static int
compare_command (gconstpointer key, gconstpointer row)
{
  return strcmp (key, ((const Command *) row)->name);
}

static void
read_command_name (Writer *writer)
{
  const char *name = writer->at;
  while (writer->at < writer->end && g_ascii_isalpha (*writer->at))
    writer->at++;
  char key[24];
  gsize length = (gsize) (writer->at - name);
  g_strlcpy (key, name, MIN (sizeof key, length + 1));
  const Command *row = bsearch (key, COMMANDS, G_N_ELEMENTS (COMMANDS), sizeof COMMANDS[0], compare_command);
  put_break (writer);
  if (row == NULL || length >= sizeof key) {
    writer->at = name;
    read_word (writer);
  } else if (row->means != NULL && *row->means == '{')
    skip_argument (writer);
  else if (row->means != NULL && *row->means == '/')
    read_digits (writer);
  else if (row->means != NULL)
    put_words (writer, row->means);
  put_break (writer);
}

/* At a backslash: a command, an escaped character, or spacing. */
static void
read_command (Writer *writer)
{
  writer->at++;
  if (writer->at < writer->end && g_ascii_isalpha (*writer->at))
    read_command_name (writer);
  else if (writer->at < writer->end && strchr ("%$#&_{}", *writer->at) == NULL && (guchar) *writer->at < 0x80) {
    writer->at++;
    put_break (writer);
  }
}

/* A tag like <br/> or a marker like <|user|> at '<': its bytes, 0 where it is none. */
static gsize
tag_length (const Writer *writer)
{
  const char *at = writer->at + 1;
  gboolean marker = at < writer->end && *at == '|';
  at += marker ? 1 : 0;
  while (at < writer->end && at - writer->at < 32 && (g_ascii_isalpha (*at) || *at == '/' || (marker && *at == '_')))
    at++;
  at += marker && at < writer->end && *at == '|' ? 1 : 0;
  return at < writer->end && *at == '>' && at - writer->at > 1 ? (gsize) (at - writer->at) + 1 : 0;
}

static gboolean
at_line_start (const Writer *writer)
{
  return writer->at == writer->text || writer->at[-1] == '\n';
}

/* '-' joins words, marks list items, rules lines; else it is a minus. */
static gboolean
is_minus (const Writer *writer)
{
  const char *at = writer->at;
  gboolean alone = at + 1 < writer->end && at[1] != '-' && (at == writer->text || at[-1] != '-');
  gboolean bullet = at_line_start (writer) && at + 1 < writer->end && at[1] == ' ';
  gboolean joins
      = at > writer->text && g_ascii_isalnum (at[-1]) && at + 1 < writer->end && g_ascii_isalpha (at[1])
        && (g_ascii_isalpha (at[-1]) ? at - 1 > writer->text && g_ascii_isalpha (at[-2]) : at + 2 < writer->end && g_ascii_isalpha (at[2]));
  return alone && !bullet && !joins;
}

static void
read_drawing (Writer *writer)
{
  const char *close = g_strstr_len (writer->at, writer->end - writer->at, "[/asy]");
  writer->at = close != NULL ? close + 6 : writer->end;
  put_break (writer);
}

/* "<", "<=", ">" and the like, a tag, a quoted line's mark. */
static void
read_relation (Writer *writer)
{
  char c = *writer->at;
  gsize tag = c == '<' ? tag_length (writer) : 0;
  gboolean equal = writer->at + 1 < writer->end && writer->at[1] == '=';
  if (tag > 0 || (c == '>' && at_line_start (writer)))
    put_break (writer);
  else if (equal)
    put_words (writer, c == '<' ? "leq" : "geq");
  else
    put_token (writer, &c, 1);
  writer->at += tag > 0 ? tag : equal ? 2 : 1;
}

static void
read_sign (Writer *writer)
{
  char c = *writer->at;
  gboolean within_word = c == '\'' && writer->last == LAST_WORD && writer->at + 1 < writer->end && g_ascii_isalpha (writer->at[1]);
  if (c == '+' || c == '=' || c == '%' || (c == '-' && is_minus (writer)))
    put_token (writer, &c, 1);
  else if (!within_word)
    put_break (writer);
  writer->at++;
}

static void
put_letter (Writer *writer, gunichar letter)
{
  char bytes[6];
  gsize length = (gsize) g_unichar_to_utf8 (g_unichar_tolower (letter), bytes);
  put_part (writer, g_ascii_isdigit (bytes[0]) ? LAST_NUMBER : LAST_WORD, bytes, length);
}

static int
compare_character (gconstpointer key, gconstpointer row)
{
  gunichar a = *(const gunichar *) key, b = ((const Character *) row)->character;
  return a < b ? -1 : a > b;
}

/* Ideographs and kana: no blanks stand between words written in them. */
static gboolean
is_word_by_itself (gunichar character)
{
  return (character >= 0x3040 && character <= 0x30ff) || (character >= 0x3400 && character <= 0x9fff)
         || (character >= 0x20000 && character <= 0x3ffff);
}

static void
read_wide (Writer *writer)
{
  gunichar character = g_utf8_get_char_validated (writer->at, writer->end - writer->at);
  if (character == (gunichar) -1 || character == (gunichar) -2) {
    writer->at++;
    put_break (writer);
    return;
  }
  const char *start = writer->at;
  writer->at = g_utf8_next_char (writer->at);
  const Character *row = bsearch (&character, CHARACTERS, G_N_ELEMENTS (CHARACTERS), sizeof CHARACTERS[0], compare_character);
  if (is_word_by_itself (character)) {
    put_token (writer, start, (gsize) (writer->at - start));
    return;
  }
  if (row != NULL) {
    if (*row->means != '\'')
      put_words (writer, row->means);
    return;
  }
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize count = g_unichar_fully_decompose (character, TRUE, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < MIN (count, G_N_ELEMENTS (parts)); i++)
    if (g_unichar_isalnum (parts[i]))
      put_letter (writer, parts[i]);
    else if (parts[i] < 0x80 && strchr ("+-=<>%", (int) parts[i]) != NULL)
      put_token (writer, (const char[]){ (char) parts[i] }, 1);
    else if (!g_unichar_ismark (parts[i]))
      put_break (writer);
}

/* Behind "Problem 3.", "Question:", "Q12)", "4." at the beginning: how works number their items. */
static const char *
skip_numbering (const char *text, const char *end)
{
  static const char *const words[] = { "problem", "question", "exercise", "example", "task", "q", "题目", "问题" };
  const char *at = text;
  while (at < end && (g_ascii_isspace (*at) || *at == '*' || *at == '#'))
    at++;
  const char *start = at;
  for (guint i = 0; i < G_N_ELEMENTS (words) && at == start; i++) {
    gsize length = strlen (words[i]);
    if ((gsize) (end - at) > length && g_ascii_strncasecmp (at, words[i], length) == 0 && !g_ascii_isalpha (at[length]))
      at += length;
  }
  gboolean named = at > start;
  while (named && at < end && *at == ' ')
    at++;
  const char *digits = at;
  while (at < end && at - digits < 7 && g_ascii_isdigit (*at))
    at++;
  gboolean numbered = at > digits;
  while (at < end && *at == '*')
    at++;
  gboolean wide = end - at >= 3 && memcmp (at, "：", 3) == 0;
  gboolean marked = wide || (at < end && (*at == '.' || *at == ')' || *at == ':'));
  gboolean closed = marked && (wide || at + 1 >= end || !g_ascii_isdigit (at[1]));
  return (named || numbered) && closed ? at + (wide ? 3 : 1) : text;
}

void
cd_problem_normalise (const char *text, gsize length, GString *normal)
{
  g_string_truncate (normal, 0);
  const char *end = text + length;
  const char *start = skip_numbering (skip_numbering (text, end), end);
  Writer writer = { start, start, end, normal, LAST_BREAK };
  while (writer.at < end) {
    guchar c = (guchar) *writer.at;
    if (g_ascii_isalpha (c))
      read_word (&writer);
    else if (c == ' ' || c == '\n') {
      writer.at++;
      writer.last = LAST_BREAK;
    } else if (g_ascii_isdigit (c))
      read_number (&writer);
    else if (c >= 0x80)
      read_wide (&writer);
    else if (c == '\\')
      read_command (&writer);
    else if (c == '<' || c == '>')
      read_relation (&writer);
    else if (c == '[' && comes (&writer, writer.at, "[asy]"))
      read_drawing (&writer);
    else
      read_sign (&writer);
  }
}
