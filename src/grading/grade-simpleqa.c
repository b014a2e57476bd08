/* SimpleQA's three classes (Wei et al. 2024, arXiv 2411.04368): a judge's label where the response is one, else the answer's words against the
 * reference's, conservatively: what is not plainly there is wrong, or not attempted where the response declines. */
#include "grading/families.h"
#include "grading/words.h"
#include <string.h>

#define SHORT_WORDS 60u /* a response of at most so many words is one statement */

static const struct {
  const char *label;
  CdGradeVerdict verdict;
} labels[] = {
  { "A", CD_GRADE_RIGHT },
  { "B", CD_GRADE_WRONG },
  { "C", CD_GRADE_NOT_ATTEMPTED },
  { "CORRECT", CD_GRADE_RIGHT },
  { "INCORRECT", CD_GRADE_WRONG },
  { "NOT_ATTEMPTED", CD_GRADE_NOT_ATTEMPTED },
  { "NOT ATTEMPTED", CD_GRADE_NOT_ATTEMPTED },
  { "A: CORRECT", CD_GRADE_RIGHT },
  { "B: INCORRECT", CD_GRADE_WRONG },
  { "C: NOT_ATTEMPTED", CD_GRADE_NOT_ATTEMPTED },
};

static gboolean
is_label (CdSpan response, CdGradeVerdict *verdict)
{
  CdSpan span = cd_stated_trim (response);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if ((gsize) (span.end - span.at) == strlen (labels[i].label)
        && (span.end - span.at == 1 ? *span.at == *labels[i].label : cd_stated_begins (span.at, span.end, labels[i].label))) {
      *verdict = labels[i].verdict;
      return TRUE;
    }
  return FALSE;
}

/* In the normal form of cd_words_loose: no apostrophes, no articles. */
static gboolean
declines (const char *words)
{
  static const char *const anywhere[] = {
    "i dont know",
    "i do not know",
    "im not sure",
    "i am not sure",
    "im not certain",
    "i am not certain",
    "im unsure",
    "i cannot",
    "i cant",
    "i could not",
    "i couldnt",
    "im unable",
    "i am unable",
    "unable to",
    "cannot determine",
    "cannot be determined",
    "cannot confirm",
    "cannot verify",
    "i dont have",
    "i do not have",
    "im not aware",
    "i am not aware",
    "no information",
    "no reliable information",
    "not enough information",
    "insufficient information",
    "there is no record",
    "i have no",
    "as ai language model",
    "im sorry but",
    "i am sorry but",
    "not publicly available",
    "i dont recall",
    "i do not recall",
    "im not familiar",
    "i am not familiar",
    "i was unable",
    "i would need more",
    "please provide",
    "could not find",
    "couldnt find",
    "no answer",
  };
  static const char *const whole[]
      = { "unknown", "n", "na", "n a", "none", "not sure", "unsure", "dont know", "do not know", "no idea", "idk", "not known", "sorry" };
  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    if (strcmp (words, whole[i]) == 0)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (anywhere); i++)
    if (cd_words_contain (words, anywhere[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_number (const char *word)
{
  return g_ascii_isdigit (*word) || (*word == '-' && g_ascii_isdigit (word[1]));
}

static gboolean
has_month (char **words)
{
  static const char *const months[]
      = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", NULL };
  for (guint i = 0; words[i] != NULL; i++)
    if (g_strv_contains (months, words[i]))
      return TRUE;
  return FALSE;
}

/* A date's words in any order next to one another: "4 March 1990" is "March 4, 1990"; "of" does not count. */
static gboolean
contains_date (char **said, char **meant)
{
  guint length = g_strv_length (meant), words = g_strv_length (said);
  if (length < 2 || length > 4 || !has_month (meant))
    return FALSE;
  for (guint from = 0; from + length <= words; from++) {
    guint matched = 0;
    for (guint i = from; i < MIN (words, from + length + 1); i++)
      matched += g_strv_contains ((const char *const *) meant, said[i]) ? 1 : 0;
    if (matched == length)
      return TRUE;
  }
  return FALSE;
}

/* TRUE where words hold a number that is not the reference: "1990" in "between 1990 and 1995" settles nothing. */
static gboolean
has_other_number (char **said, const char *meant)
{
  for (guint i = 0; said[i] != NULL; i++)
    if (is_number (said[i]) && strcmp (said[i], meant) != 0)
      return TRUE;
  return FALSE;
}

/* "not Paris", "isnt Paris"; "Paris or London" gives two answers to one question. */
static gboolean
is_denied_or_hedged (const char *said, const char *meant)
{
  static const char *const before[] = { "not", "isnt", "wasnt", "never", "neither", "nor", "or" };
  for (gsize i = 0; i < G_N_ELEMENTS (before); i++) {
    g_autofree char *denied = g_strconcat (before[i], " ", meant, NULL);
    if (cd_words_contain (said, denied))
      return TRUE;
  }
  g_autofree char *hedged = g_strconcat (meant, " or", NULL);
  return cd_words_contain (said, hedged);
}

static gboolean
matches (const char *said, const char *meant, gboolean stated)
{
  if (*meant == '\0' || strcmp (said, meant) == 0)
    return *meant != '\0';
  g_auto (GStrv) said_words = g_strsplit (said, " ", -1), meant_words = g_strsplit (meant, " ", -1);
  if (contains_date (said_words, meant_words))
    return TRUE;
  if (!cd_words_contain (said, meant) || is_denied_or_hedged (said, meant))
    return FALSE;
  return stated || meant_words[1] != NULL || !is_number (meant) || !has_other_number (said_words, meant);
}

/* What the response says, and whether it says so as its answer. */
static CdSpan
statement (CdSpan body, gboolean *stated)
{
  CdSpan span;
  *stated = cd_stated_boxed (body, &span) || cd_stated_cue (body, &span);
  if (*stated)
    return span;
  guint words = 0;
  for (const char *at = body.at; at < body.end && words <= SHORT_WORDS; at++)
    words += g_ascii_isspace (*at) ? 1 : 0;
  return words <= SHORT_WORDS ? cd_stated_trim (body) : cd_stated_last_line (body);
}

void
cd_grade_simpleqa (const char *gold, const char *response, CdGrade *grade)
{
  CdSpan body = cd_stated_body (response), all = cd_stated_trim (body);
  g_auto (GStrv) golds = cd_stated_golds (gold);
  gboolean is_gold = FALSE, stated = FALSE, right = FALSE;
  for (guint i = 0; golds[i] != NULL; i++)
    is_gold |= strlen (golds[i]) == (gsize) (all.end - all.at) && strncmp (golds[i], all.at, strlen (golds[i])) == 0;
  if (all.at == all.end) {
    cd_grade_set (grade, FALSE, NULL);
    return;
  }
  CdGradeVerdict verdict;
  if (!is_gold && is_label (all, &verdict)) {
    cd_grade_set (grade, verdict == CD_GRADE_RIGHT, cd_stated_copy (all));
    grade->verdict = verdict;
    return;
  }
  CdSpan span = statement (body, &stated);
  g_autofree char *said = cd_words_loose (span);
  for (guint i = 0; golds[i] != NULL && !right; i++) {
    g_autofree char *meant = cd_words_loose ((CdSpan){ golds[i], golds[i] + strlen (golds[i]) });
    right = matches (said, meant, stated);
  }
  g_autofree char *whole = right || declines (said) ? NULL : cd_words_loose (body);
  cd_grade_set (grade, right, cd_stated_copy (span));
  if (!right && (whole == NULL || (!stated && declines (whole))))
    grade->verdict = CD_GRADE_NOT_ATTEMPTED;
}
