/* The final answer that a response states: boxes first, then the phrases that announce an answer, then the last formula or number. Whether it is the
 * right one is math.c's business. */
#include "grading/math.h"

#include <string.h>

#define MOST_JOINED 16u     /* boxes that belong together */
#define MOST_ANSWER 4000u   /* bytes */
#define MOST_WORDS_ALONE 8u /* of a text that is nothing but an answer */
#define MOST_WORDS_BESIDE_DIGITS 5u

typedef struct {
  const char *start, *end;
} Span;

static char *
copy_trimmed (Span span)
{
  while (span.start < span.end && (g_ascii_isspace (*span.start) || *span.start == '*' || *span.start == '_'))
    span.start++;
  while (span.end > span.start && (g_ascii_isspace (span.end[-1]) || span.end[-1] == '*' || span.end[-1] == '_'))
    span.end--;
  if (span.end > span.start + 1 && span.end[-1] == '.' && span.end[-2] != '.')
    span.end--;
  while (span.end > span.start && (g_ascii_isspace (span.end[-1]) || span.end[-1] == '*'))
    span.end--;
  return span.end > span.start ? g_strndup (span.start, MIN ((gsize) (span.end - span.start), MOST_ANSWER)) : NULL;
}

/* What the box that opens at text holds, and in after where it ends. Where its brace is not closed, it holds the rest of the line. */
static Span
box_content (const char *text, const char **after)
{
  const char *start = text + strcspn (text, "{ ");
  while (*start == ' ')
    start++;
  if (*start != '{') { /* \boxed 5 */
    const char *end = start + strcspn (start, " \n$.");
    *after = end;
    return (Span){ start, end };
  }
  guint depth = 0;
  for (const char *c = start; *c != '\0' && c < start + MOST_ANSWER; c++) {
    if (*c == '\\' && c[1] != '\0') {
      c++;
      continue;
    }
    depth += *c == '{';
    depth -= *c == '}';
    if (depth == 0) {
      *after = c + 1;
      return (Span){ start + 1, c };
    }
  }
  const char *end = start + 1 + strcspn (start + 1, "\n$");
  *after = end;
  return (Span){ start + 1, end };
}

static const char *
next_box (const char *text)
{
  static const char *const BOXES[] = { "\\boxed", "\\fbox", "\\framebox" };
  for (; (text = strchr (text, '\\')) != NULL; text++)
    for (gsize i = 0; i < G_N_ELEMENTS (BOXES); i++)
      if (g_str_has_prefix (text, BOXES[i]))
        return text;
  return NULL;
}

/* TRUE where only commas, "and", "or" and signs of formulas stand between two boxes. */
static gboolean
belong_together (const char *from, const char *to)
{
  if (to - from > 24)
    return FALSE;
  g_autofree char *between = g_ascii_strdown (from, to - from);
  gboolean joined = FALSE;
  for (const char *c = between; *c != '\0';) {
    if (strncmp (c, "and", 3) == 0 || strncmp (c, "or", 2) == 0) {
      joined = TRUE;
      c += *c == 'a' ? 3 : 2;
    } else if (*c == ',' || *c == ';') {
      joined = TRUE;
      c++;
    } else if (strchr (" $\n", *c) != NULL)
      c++;
    else
      return FALSE;
  }
  return joined;
}

/* The content of the last box with something in it; boxes that only commas part are one answer. */
static char *
boxed_answer (const char *response)
{
  Span joined[MOST_JOINED];
  guint count = 0;
  const char *last = NULL;
  for (const char *box = next_box (response), *after = NULL; box != NULL; box = next_box (after)) {
    Span content = box_content (box, &after);
    while (content.start < content.end && g_ascii_isspace (*content.start))
      content.start++;
    if (content.start == content.end)
      continue;
    if (count == MOST_JOINED || (last != NULL && !belong_together (last, box)))
      count = 0;
    joined[count++] = content;
    last = after;
  }
  if (count == 0)
    return NULL;
  GString *answer = g_string_new (NULL);
  for (guint i = 0; i < count; i++) {
    if (i > 0)
      g_string_append (answer, ", ");
    g_string_append_len (answer, joined[i].start, MIN (joined[i].end - joined[i].start, (gssize) MOST_ANSWER));
  }
  char *inner = next_box (answer->str) != NULL ? boxed_answer (answer->str) : NULL; /* a box in a box */
  char *copy = inner != NULL ? inner : copy_trimmed ((Span){ answer->str, answer->str + answer->len });
  g_string_free (answer, TRUE);
  return copy;
}

/* The formula that opens at text: the opening and closing signs and what is between. FALSE where none opens there or it does not close. */
static gboolean
formula_at (const char *text, Span *inside, const char **after)
{
  static const char *const SIGNS[][2] = { { "$$", "$$" }, { "$", "$" }, { "\\(", "\\)" }, { "\\[", "\\]" } };
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNS); i++) {
    gsize length = strlen (SIGNS[i][0]);
    if (strncmp (text, SIGNS[i][0], length) != 0)
      continue;
    const char *end = text + length, *last = end + strnlen (end, MOST_ANSWER);
    while ((end = memmem (end, (gsize) (last - end), SIGNS[i][1], length)) != NULL && *end == '$' && end[-1] == '\\')
      end++;
    if (end == NULL || end == text + length)
      return FALSE;
    *inside = (Span){ text + length, end };
    *after = end + length;
    return TRUE;
  }
  return FALSE;
}

/* Where a sentence ends: at a line's end, or a full stop with a blank behind it; formulas are not looked into. */
static const char *
sentence_end (const char *text)
{
  for (const char *c = text; *c != '\0'; c++) {
    Span inside;
    const char *after = NULL;
    if (*c == '\n')
      return c;
    if ((*c == '$' || *c == '\\') && formula_at (c, &inside, &after))
      c = after - 1;
    else if (*c == '\\' && c[1] != '\0')
      c++;
    else if (g_str_has_prefix (c, "\xe3\x80\x82")) /* 。 */
      return c;
    else if (*c == '.' && (c[1] == '\0' || g_ascii_isspace (c[1]) || c[1] == '*'))
      return c;
  }
  return text + strlen (text);
}

/* Words behind a phrase that are no part of the answer. */
static const char *
past_filler (const char *text)
{
  static const char *const FILLERS[]
      = { "simply ", "just ", "therefore ", "thus ", "approximately ", "equal to ", "given by ", "is ", "option ", "choice ", "as follows",
          ":",       "*",     "-> ",        "= " };
  for (gboolean again = TRUE; again;) {
    again = FALSE;
    while (*text == ' ' || *text == '\t')
      text++;
    for (gsize i = 0; i < G_N_ELEMENTS (FILLERS) && !again; i++)
      if (g_ascii_strncasecmp (text, FILLERS[i], strlen (FILLERS[i])) == 0) {
        text += strlen (FILLERS[i]);
        again = TRUE;
      }
  }
  return text;
}

/* Where, before end, the answer gives way to what is said about it. */
static const char *
before_reason (const char *text, const char *end)
{
  static const char *const REASONS[] = { "since ", "because ", "which ", "where ", "as we ", "so that " };
  for (const char *c = text; c < end; c++)
    for (gsize i = 0; *c == ' ' && i < G_N_ELEMENTS (REASONS); i++)
      if (g_ascii_strncasecmp (c + 1, REASONS[i], strlen (REASONS[i])) == 0)
        return c > text && c[-1] == ',' ? c - 1 : c;
  return end;
}

/* What stands behind an announcing phrase. */
static char *
announced (const char *text)
{
  Span inside;
  const char *after = NULL;
  text = past_filler (text);
  if (*text == '\n') /* the answer on lines of its own */
    while (g_ascii_isspace (*text))
      text++;
  text = past_filler (text);
  const char *end = sentence_end (text);
  if (strncmp (text, "\\[", 2) == 0 || strncmp (text, "$$", 2) == 0)
    if (formula_at (text, &inside, &after))
      return copy_trimmed (inside);
  end = before_reason (text, end);
  /* One formula, a comma and words: the words are no part of it. */
  if (formula_at (text, &inside, &after) && after < end && g_str_has_prefix (after, ", ") && memchr (after, '$', (gsize) (end - after)) == NULL)
    end = after;
  char *answer = copy_trimmed ((Span){ text, end });
  if (answer != NULL && g_str_has_suffix (answer, "$") && answer[0] != '$') { /* words, then the formula that is meant */
    Span last = { NULL, NULL };
    for (const char *c = answer; *c != '\0'; c++)
      if (*c == '$' && formula_at (c, &inside, &after)) {
        last = inside;
        c = after - 1;
      }
    if (last.start != NULL && g_ascii_isalpha (answer[0])) {
      char *formula = copy_trimmed (last);
      g_free (answer);
      return formula;
    }
  }
  return answer;
}

/* The last phrase of a kind, by strength; each is looked for without regard to case. */
static char *
phrased_answer (const char *response)
{
  static const char *const PHRASES[] = { "final answer is",
                                         "final answer:",
                                         "final answer**:",
                                         "final answer:**",
                                         "####",
                                         "answer is",
                                         "answer is:",
                                         "answer:",
                                         "answer**:",
                                         "answers are",
                                         "solution is",
                                         "\xe7\xad\x94\xe6\xa1\x88\xe6\x98\xaf",
                                         "\xe7\xad\x94\xe6\xa1\x88\xe4\xb8\xba",
                                         "\xe7\xad\x94\xe6\xa1\x88\xef\xbc\x9a" };
  g_autofree char *lower = g_ascii_strdown (response, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (PHRASES); i++) {
    const char *last = NULL;
    for (const char *found = strstr (lower, PHRASES[i]); found != NULL; found = strstr (found + 1, PHRASES[i]))
      last = found;
    if (last == NULL)
      continue;
    char *answer = announced (response + (last - lower) + strlen (PHRASES[i]));
    if (answer != NULL)
      return answer;
  }
  return NULL;
}

/* <answer>…</answer> */
static char *
tagged_answer (const char *response)
{
  const char *open = g_strrstr (response, "<answer>");
  if (open == NULL)
    return NULL;
  open += strlen ("<answer>");
  const char *close = strstr (open, "</answer>");
  return copy_trimmed ((Span){ open, close != NULL ? close : open + strlen (open) });
}

/* The last formula in its signs. */
static char *
last_formula (const char *response)
{
  Span inside, last = { NULL, NULL };
  const char *after = NULL;
  for (const char *c = response; *c != '\0'; c++) {
    if ((*c == '$' || *c == '\\') && formula_at (c, &inside, &after)) {
      last = inside;
      c = after - 1;
    } else if (*c == '\\' && c[1] != '\0')
      c++;
  }
  return last.start != NULL ? copy_trimmed (last) : NULL;
}

/* The last number, with its sign, separators, decimals, fraction and percent. */
static char *
last_number (const char *response)
{
  Span last = { NULL, NULL };
  for (const char *c = response; *c != '\0'; c++) {
    if (!g_ascii_isdigit (*c))
      continue;
    const char *start = c;
    if (start > response && start[-1] == '.' && (start == response + 1 || !g_ascii_isdigit (start[-2])))
      start--;
    if (start > response && start[-1] == '-' && (start == response + 1 || !g_ascii_isalnum (start[-2])))
      start--;
    while (g_ascii_isdigit (*c) || ((*c == '.' || *c == ',' || *c == '/') && g_ascii_isdigit (c[1])))
      c++;
    last = (Span){ start, *c == '%' ? c + 1 : c };
    c--;
  }
  return last.start != NULL ? copy_trimmed (last) : NULL;
}

/* TRUE where the text says something of something: "x equals 5", "the area is 12". */
static gboolean
has_verb (const char *text)
{
  static const char *const VERBS[] = { " is ", " are ", " was ", " were ", " equals ", " gives ", " has ", " have ", " get ", " am " };
  for (gsize i = 0; i < G_N_ELEMENTS (VERBS); i++)
    if (strstr (text, VERBS[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* The whole text where it is one line without sentences: a formula, or few words. */
static char *
whole_answer (const char *response)
{
  g_autofree char *text = g_strstrip (g_strndup (response, strnlen (response, MOST_ANSWER + 1)));
  gsize length = strlen (text), dollars = 0, digits = 0;
  guint words = 0;
  if (length == 0 || length > MOST_ANSWER)
    return NULL;
  for (gsize i = 0; i < length; i++) {
    gboolean begins = g_ascii_isalpha (text[i]) && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\n');
    dollars += text[i] == '$';
    digits += g_ascii_isdigit (text[i]) ? 1 : 0;
    words += begins && g_ascii_isalpha (text[i + 1]) ? 1 : 0;
  }
  gboolean sentence = strstr (text, ". ") != NULL || strchr (text, '?') != NULL || (words > 2 && (text[length - 1] == '.' || has_verb (text)));
  guint most = digits > 0 ? MOST_WORDS_BESIDE_DIGITS : MOST_WORDS_ALONE;
  if (words > most || (sentence && words > 1) || (strchr (text, '\n') != NULL && words > 0) || (dollars > 0 && words > 1))
    return NULL;
  return copy_trimmed ((Span){ text, text + length });
}

typedef char *(*Finder) (const char *response);

char *
cd_math_answer (const char *response)
{
  static const Finder STATED[] = { boxed_answer, tagged_answer, phrased_answer }, ANY[] = { whole_answer, last_formula, last_number };
  if (response == NULL)
    return NULL;
  /* What a model thought aloud counts only where it said nothing afterwards. */
  const char *thought = g_strrstr (response, "</think>");
  const char *said = thought != NULL ? thought + strlen ("</think>") : response;
  char *answer = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (STATED) && answer == NULL; i++)
    answer = STATED[i](said);
  if (answer == NULL && thought != NULL)
    answer = boxed_answer (response);
  for (gsize i = 0; i < G_N_ELEMENTS (ANY) && answer == NULL; i++)
    answer = ANY[i](said);
  return answer;
}
