/* Which option letter a response settles on. In this order: the last box; the last cue ("the answer is (B)"); a letter that "is the correct answer"; the
 * last line, where it begins with a letter; its "I choose (C)"; its only bracketed letter; the last bold letter; the first line. Lists of options are
 * no answers. */
#include "grading/families.h"
#include <string.h>

#define CLAUSE_BYTES 64u /* of a line or clause, so much is looked at for a letter */

static gboolean
in_set (const char *at, const char *end, const char *set)
{
  return at < end && *at != '\0' && strchr (set, *at) != NULL;
}

static gsize
any_of (const char *at, const char *end, const char *const *words)
{
  for (; *words != NULL; words++)
    if (cd_stated_begins (at, end, *words))
      return strlen (*words);
  return 0;
}

/* Markup, brackets and words before a letter. */
static const char *
skip_openers (const char *at, const char *end)
{
  static const char *const openers[]
      = { "\\text{", "\\textbf{", "\\textit{", "\\mathrm{", "\\mathbf{", "\\mathsf{", "\\boxed{", "\\fbox{", "\\(", "\\[", "\\{", "\\", NULL };
  static const char *const words[]
      = { "options ", "option ", "choices ", "choice ", "letters ", "letter ", "answer ", "option: ", "答案", "选项", "（", "：", NULL };
  for (;;) {
    if (in_set (at, end, " \t*_$\"'`([{<:")) {
      at++;
      continue;
    }
    gsize length = *at == '\\' ? any_of (at, end, openers) : any_of (at, end, words);
    if (at >= end || length == 0 || (length == 1 && !in_set (at + 1, end, " (")))
      return at;
    at += length;
  }
}

static gboolean
is_letter (char c, guint options)
{
  char upper = g_ascii_toupper (c);
  return upper >= 'A' && upper < (char) ('A' + options);
}

static CdLetters
bit (char c)
{
  return 1u << (g_ascii_toupper (c) - 'A');
}

/* Words with which a sentence about option A goes on, as none does about "a cat". */
static gboolean
is_about_option (const char *at, const char *end)
{
  static const char *const words[]
      = { "because", "since", "as ", "which", "with ", "is", "and ", "or ", "for ", "due ", "based", "from ", "given", "–", "—", "→", NULL };
  while (in_set (at, end, " *_$"))
    at++;
  return at >= end || in_set (at, end, "-(\\[:=,.;)\n") || any_of (at, end, words) > 0;
}

/* TRUE where the letter at at stands for an option: by what is behind it. opened: a bracket, a command or emphasis stands before it. */
static gboolean
stands_alone (const char *at, const char *end, gboolean opened)
{
  const char *behind = at + 1;
  if (behind >= end || in_set (behind, end, "\n\r)]}:;!?\"*`$\\"))
    return TRUE;
  if (in_set (behind, end, ".,/&|="))
    return behind + 1 >= end || !g_ascii_isalpha (behind[1]) || in_set (behind, end, "/&|,");
  if ((guchar) *behind >= 0x80)
    return !g_ascii_islower (*at);
  if (*behind == '\'' || *behind == '_')
    return behind + 1 >= end || !g_ascii_isalnum (behind[1]);
  if (*behind == '-')
    return behind + 1 >= end || in_set (behind + 1, end, " \n");
  if (*behind != ' ' && *behind != '\t')
    return FALSE;
  if (g_ascii_islower (*at))
    return *at != 'a' && *at != 'i' && is_about_option (behind, end);
  return (*at != 'A' && *at != 'I') || is_about_option (behind, end) || (opened && in_set (behind + 1, end, ")]}*"));
}

/* A second letter behind a first: ", C", " and C", "/C"; *at is moved to it. */
static gboolean
next_letter (const char **at, const char *end, guint options)
{
  static const char *const links[] = { ", and ", " and ", ", ", ",", " or ", ", or ", "/", " & ", "&", ";", NULL };
  const char *next = *at;
  while (in_set (next, end, ")]}*\""))
    next++;
  gsize length = any_of (next, end, links);
  if (length == 0)
    return FALSE;
  next += length;
  while (in_set (next, end, " ([*"))
    next++;
  const char *behind = next + 1;
  if (next >= end || !is_letter (*next, options) || !g_ascii_isupper (*next) || (behind < end && !in_set (behind, end, ")]}.,;*/&\"$\\ \n")))
    return FALSE;
  if (in_set (behind, end, " ") && any_of (behind, end, links) == 0)
    return FALSE;
  *at = next;
  return TRUE;
}

/* "AC", "BDE": options run together. Their number, 0 for a single one or a word. */
static guint
run_of_letters (const char *at, const char *end, guint options)
{
  guint length = 0;
  while (at + length < end && g_ascii_isupper (at[length]) && is_letter (at[length], options) && (length == 0 || at[length] > at[length - 1]))
    length++;
  return length > 1 && (at + length >= end || !g_ascii_isalnum (at[length])) ? length : 0;
}

CdLetters
cd_choice_begin (CdSpan span, guint options, CdSpan *rest)
{
  const char *at = skip_openers (span.at, span.end);
  gboolean opened = at > span.at && in_set (at - 1, span.end, "([{*");
  CdLetters letters = 0;
  guint run = run_of_letters (at, span.end, options);
  if (run > 0) {
    for (guint i = 0; i < run; i++)
      letters |= bit (at[i]);
    at += run;
  } else {
    if (at >= span.end || !is_letter (*at, options) || !stands_alone (at, span.end, opened))
      return 0;
    letters = bit (*at++);
    while (next_letter (&at, span.end, options))
      letters |= bit (*at++);
  }
  if (rest != NULL) {
    while (in_set (at, span.end, " )]}*_:.,\"$-"))
      at++;
    *rest = (CdSpan){ at, span.end };
  }
  return letters;
}

static CdLetters
by_cue (CdSpan response, guint options, CdSpan *answer)
{
  CdSpan rest = response, content;
  CdLetters found = 0;
  while (cd_stated_next (&rest, &content)) {
    CdLetters letters = cd_choice_begin (content, options, NULL);
    if (letters == 0)
      continue;
    found = letters;
    *answer = content;
  }
  return found;
}

/* The letter that ends at end, "(B)" or "Option B"; 0 none. */
static CdLetters
letter_before (const char *begin, const char *end, guint options, CdSpan *answer)
{
  const char *at = end;
  while (at > begin && in_set (at - 1, end, " )]}*_\"$"))
    at--;
  if (at == begin || !g_ascii_isupper (at[-1]) || !is_letter (at[-1], options) || (at - 1 > begin && (g_ascii_isalnum (at[-2]) || at[-2] == '\'')))
    return 0;
  *answer = (CdSpan){ at - 1, at };
  return bit (at[-1]);
}

/* "B is the correct answer", "option (B) is correct". */
static CdLetters
by_praise (CdSpan response, guint options, CdSpan *answer)
{
  static const char *const praises[]
      = { "is the correct", "is correct", "is right", "is the right", "is the best", "is the answer", "is the most", NULL };
  CdLetters found = 0;
  for (const char *at = response.at; (at = g_strstr_len (at, response.end - at, " is ")) != NULL; at += 2) {
    CdLetters letters = any_of (at + 1, response.end, praises) > 0 ? letter_before (response.at, at, options, answer) : 0;
    found = letters != 0 ? letters : found;
  }
  return found;
}

/* "I choose (C)", "so I would go with B", "hence option D": the last letter behind such a word. */
static CdLetters
by_verb (CdSpan response, guint options, CdSpan *answer)
{
  static const char *const verbs[] = { "choose ", "select ", "pick ", "go with ", "option ", "choice ", NULL };
  CdLetters found = 0;
  for (const char *at = response.at; at < response.end; at++) {
    gsize length = in_set (at, response.end, "cCsSpPgGoO") && (at == response.at || !g_ascii_isalnum (at[-1])) ? any_of (at, response.end, verbs) : 0;
    if (length == 0)
      continue;
    CdSpan rest = { at + length, MIN (response.end, at + length + CLAUSE_BYTES) };
    CdLetters letters = cd_choice_begin (rest, options, NULL);
    if (letters == 0)
      continue;
    found = letters;
    *answer = rest;
  }
  return found;
}

/* The letter with which a line begins as an option or answer does: "(B)", "B) Paris", "B. Paris", "B: Paris", "**B**", "B". */
static CdLetters
at_line (CdSpan line, guint options)
{
  const char *at = skip_openers (line.at, line.end);
  gboolean marked = at + 1 >= line.end || in_set (at + 1, line.end, ").:]}*,");
  return at < line.end && marked ? cd_choice_begin (line, options, NULL) : 0;
}

/* TRUE where lines of span begin with two or more different options. */
static gboolean
lists_options (CdSpan span, guint options)
{
  CdLetters seen = 0;
  for (const char *at = span.at; at < span.end;) {
    const char *newline = memchr (at, '\n', (gsize) (span.end - at)), *end = newline != NULL ? newline : span.end;
    CdSpan line = cd_stated_trim ((CdSpan){ at, MIN (end, at + CLAUSE_BYTES) });
    seen |= at_line (line, options);
    at = end + 1;
  }
  return (seen & (seen - 1)) != 0;
}

/* The only letter in brackets of a line: "so it must be (C)". */
static CdLetters
only_bracketed (CdSpan line, guint options, CdSpan *answer)
{
  CdLetters found = 0;
  for (const char *at = line.at; at + 2 < line.end; at++)
    if (*at == '(' && at[2] == ')' && g_ascii_isupper (at[1]) && is_letter (at[1], options)) {
      if (found != 0 && found != bit (at[1]))
        return 0;
      found = bit (at[1]);
      *answer = (CdSpan){ at + 1, at + 2 };
    }
  return found;
}

/* The last "**B**", "**(B)**", "**B) Paris**". */
static CdLetters
last_bold (CdSpan response, guint options, CdSpan *answer)
{
  CdLetters found = 0;
  for (const char *at = response.at; (at = g_strstr_len (at, response.end - at, "**")) != NULL; at += 2) {
    CdSpan inside = { at + 2, MIN (response.end, at + 2 + CLAUSE_BYTES) };
    const char *closing = g_strstr_len (inside.at, inside.end - inside.at, "**");
    if (closing == NULL || memchr (inside.at, '\n', (gsize) (closing - inside.at)) != NULL)
      continue;
    inside.end = closing;
    CdLetters letters = at_line (inside, options);
    if (letters == 0)
      continue;
    found = letters;
    *answer = inside;
  }
  return found;
}

CdLetters
cd_choice_extract (CdSpan response, guint options, CdSpan *answer)
{
  CdLetters letters = 0;
  CdSpan line = cd_stated_trim (response);
  if (line.end - line.at <= 3 && (letters = cd_choice_begin (line, options, NULL)) != 0) {
    *answer = line;
    return letters;
  }
  if (cd_stated_boxed (response, answer) && (letters = cd_choice_begin (*answer, options, NULL)) != 0)
    return letters;
  if ((letters = by_cue (response, options, answer)) != 0 || (letters = by_praise (response, options, answer)) != 0)
    return letters;
  gboolean list = lists_options (response, options);
  *answer = line = cd_stated_last_line (response);
  if (!list && (letters = at_line (line, options)) != 0)
    return letters;
  if ((letters = by_verb (line, options, answer)) != 0 || (letters = only_bracketed (line, options, answer)) != 0
      || (letters = last_bold (response, options, answer)) != 0)
    return letters;
  *answer = line = cd_stated_first_line (response);
  return list ? 0 : at_line (line, options);
}
