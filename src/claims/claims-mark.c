/* What a sentence names, with its place: benchmarks, models and pronouns, figures. Which figure is on which benchmark, and whether it is the work's, is
 * claims-sentence.c's question. */
#include "claims/parts.h"
#include <string.h>

static gboolean
is_masked (const CdClaimSentence *sentence, gsize at)
{
  for (guint i = 0; i < sentence->marks->len; i++) {
    const CdMark *mark = &g_array_index (sentence->marks, CdMark, i);
    if (mark->kind != CD_MARK_FIGURE && at >= mark->start && at < mark->end)
      return TRUE;
  }
  return FALSE;
}

/* "AIME 2024 and 2025", "AIME 24/25": the second year is of the same contest. */
static void
add_second_year (CdClaimSentence *sentence, const CdMark *first)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (&pattern, g_regex_new ("^['’]?\\s?(?:/|&|,|and)\\s?['’]?(?:20)?(2\\d)(?![\\d.%])", G_REGEX_OPTIMIZE, 0, NULL));
  const CdBenchmarks *benchmarks = sentence->gatherer->reader.benchmarks;
  const char *id = cd_benchmarks_at (benchmarks, (guint) first->benchmark)->id, *year = g_strrstr (id, "-20");
  g_autoptr (GMatchInfo) match = NULL;
  if (year == NULL || !g_regex_match (pattern, sentence->text + first->end, 0, &match))
    return;
  gint start = 0, end = 0;
  g_match_info_fetch_pos (match, 1, &start, &end);
  g_autofree char *other = g_strdup_printf ("%.*s-20%.*s", (int) (year - id), id, end - start, sentence->text + first->end + (gsize) start);
  gint benchmark = cd_benchmarks_find (benchmarks, other);
  if (benchmark < 0)
    return;
  CdMark mark = { .kind = CD_MARK_BENCHMARK, .start = first->end + 1, .end = first->end + (gsize) end, .benchmark = benchmark };
  g_array_append_val (sentence->marks, mark);
}

void
cd_claim_mark_benchmarks (CdClaimSentence *sentence)
{
  g_autoptr (GArray) mentions = cd_benchmarks_in_text (sentence->gatherer->reader.benchmarks, sentence->text);
  for (guint i = 0; i < mentions->len; i++) {
    const CdBenchmarkMention *mention = &g_array_index (mentions, CdBenchmarkMention, i);
    CdMark mark = { .kind = CD_MARK_BENCHMARK, .start = mention->start, .end = mention->end, .benchmark = mention->benchmark };
    g_array_append_val (sentence->marks, mark);
    add_second_year (sentence, &mark);
  }
}

/* A name with a size that no knowledge has: a model of somebody. */
static gboolean
is_sized_name (const char *word)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "^[A-Za-z][\\w.]*-([\\w.]+-)*\\d+(\\.\\d+)?B\\b", word);
}

gboolean
cd_claim_is_own_pronoun (const char *word)
{
  static const char *const words[] = { "we", "our", "ours", "it", "its", "我们", NULL };
  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || strchr ("._-+/*", c) != NULL;
}

/* A known contest with a year that nobody knows yet: "AIME26". -1 none. */
static gint
contest_of (const CdClaimSentence *sentence, const char *word)
{
  static GRegex *pattern;
  gsize letters = strspn (word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  if (!cd_claim_matches (&pattern, "^[A-Z]{3,}[-_']?(20)?2\\d$", word))
    return -1;
  g_autofree char *name = g_strndup (word, letters);
  return cd_benchmarks_in_label (sentence->gatherer->reader.benchmarks, name, NULL);
}

/* "our proposed NAME": what the work owns there is a benchmark. */
static gboolean
owns_benchmark (const CdClaimSentence *sentence, gsize end)
{
  static GRegex *pattern;
  for (guint i = 0; i < sentence->marks->len; i++) {
    const CdMark *mark = &g_array_index (sentence->marks, CdMark, i);
    if (mark->kind != CD_MARK_BENCHMARK || mark->start < end || mark->start - end > 24)
      continue;
    g_autofree char *between = g_strndup (sentence->text + end, mark->start - end);
    return cd_claim_matches (&pattern, "^ ((newly )?(proposed|new|own|introduced) )?$", between);
  }
  return FALSE;
}

/* "on our hard test set": where others are measured, too. A set that something is trained on tells whose that is. */
static gboolean
owns_test_set (const CdClaimSentence *sentence, gsize start, gsize end)
{
  static GRegex *measured, *trained, *set;
  g_autofree char *before = g_utf8_make_valid (sentence->text, (gssize) start);
  return cd_claim_matches (&measured, "\\b(on|in|across|over|against|under)( (all|both|each|any))?( (of|from))? $", before)
         && !cd_claim_matches (
             &trained, "\\b(train\\w*|tun(ed|ing)|tunes?|fine-?tun\\w*|learn\\w*|built|based|distill\\w*|runs?) (on|from|over)( (all|both))?( of)? $",
             before)
         && cd_claim_matches (&set,
                              "^( [\\w'-]+){0,4}? ([\\w-]*bench(marks?)?|data ?sets?|test[- ]?(sets?|suites?|splits?)|suites?|leaderboards?|"
                              "evaluation (sets?|data|splits?)|tasks)\\b",
                              sentence->text + end);
}

static void
mark_word (CdClaimSentence *sentence, gsize start, gsize end)
{
  while (end > start && strchr (".*/-", sentence->text[end - 1]) != NULL)
    end--;
  while (start < end && strchr (".*/-+", sentence->text[start]) != NULL)
    start++;
  if (end - start < 2 || end - start > 80 || is_masked (sentence, start) || g_ascii_isdigit (sentence->text[start]))
    return;
  g_autofree char *word = g_strndup (sentence->text + start, end - start);
  if (g_ascii_strcasecmp (word, "our") == 0 && (owns_benchmark (sentence, end) || owns_test_set (sentence, start, end)))
    return;
  if (g_ascii_strcasecmp (word, "it") == 0 && g_str_has_prefix (sentence->text + end, " is "))
    return; /* "It is worth noting" */
  gint contest = contest_of (sentence, word);
  if (contest >= 0) {
    CdMark found = { .kind = CD_MARK_BENCHMARK, .start = start, .end = end, .benchmark = contest };
    g_array_append_val (sentence->marks, found);
    return;
  }
  gboolean named = strpbrk (word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != NULL;
  CdMark mark = { .start = start, .end = end };
  CdWhose whose = cd_claim_is_own_pronoun (word) ? CD_WHOSE_OWN : named ? cd_claim_whose (sentence->gatherer, word) : CD_WHOSE_UNKNOWN;
  if (whose == CD_WHOSE_UNKNOWN && !is_sized_name (word))
    return;
  mark.kind = whose == CD_WHOSE_OWN ? CD_MARK_OWN : CD_MARK_FOREIGN;
  g_array_append_val (sentence->marks, mark);
}

/* Letters of other scripts have no blanks between words. */
static gboolean
is_own_phrase (const char *text, gsize length)
{
  static const char *const phrases[] = { "我们", "本文", "本项目", "本模型" };
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (memmem (text, length, phrases[i], strlen (phrases[i])) != NULL)
      return TRUE;
  return FALSE;
}

void
cd_claim_mark_models (CdClaimSentence *sentence)
{
  for (gsize at = 0; at < sentence->length;) {
    gsize start = at;
    while (at < sentence->length && is_word_byte (sentence->text[at]))
      at++;
    if (at > start) {
      mark_word (sentence, start, at);
      continue;
    }
    while (at < sentence->length && (guchar) sentence->text[at] >= 0x80)
      at++;
    if (is_own_phrase (sentence->text + start, at - start)) {
      CdMark mark = { .kind = CD_MARK_OWN, .start = start, .end = at, .benchmark = -1 };
      g_array_append_val (sentence->marks, mark);
    }
    at = MAX (at, start + 1);
  }
}

/* "of 15.0%, and 14.6%", "of 8% on X, 7% on Y, and 5% on Z": what is listed behind a difference is one, up to the clause's end. */
static gboolean
is_listed (const CdClaimSentence *sentence, gsize from, gsize to)
{
  static GRegex *bare, *placed;
  if (from >= to || to - from > 90)
    return FALSE;
  g_autofree char *between = g_strndup (sentence->text + from, to - from);
  if (to - from <= 40
      && cd_claim_matches (&bare, "^ ?%?( improvement| gain)?( on average| (on|in) [A-Z][^ ,]*)?[ ,/]*(and|or)?( over| about| up to)? ?$", between))
    return TRUE;
  return cd_claim_matches (&placed,
                           "^(?!.*\\b(reach|achiev|scor|obtain|attain|gets?|gives?|yield|bring|result|accurac|surpass|outperform|now|while|to|from)"
                           "\\w*\\b)"
                           " ?(%|percent|points?|pp)?( (points?|improvements?|gains?))? (on|in|for|over) ([\\w'+./()&-]+ ?){1,6}(,|;|and|or|&|/)"
                           "( (and|or))?( over| about| up to| a| an| nearly)? [+]?$",
                           between);
}

/* What a figure is on, right behind it: "33.3% pass@1 accuracy on LeetCode", "96.1% on recent LeetCode". A word that begins another statement ends the
 * search. */
#define PLACED                                                                                                                                       \
  "^\\s?%?\\s?(?:\\([^()]{1,20}\\) )?(?:(?!(?:and|or|but|while|than|with|from|over|versus|vs|for|after|before|to)\\b)"                               \
  "(?:[a-z][a-z-]*(?:@\\d+)?|[A-Z]&?[A-Z]?\\d?|Pass@\\d+|Avg@\\d+) ){0,3}(?:on|in) (?:the )?(?:[a-z][a-z-]* ){0,2}"

gboolean
cd_claim_place_of (const CdClaimSentence *sentence, const CdMark *figure, gsize *start, gsize *end)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (&pattern, g_regex_new (PLACED "([A-Z][\\w.*-]*)", G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GMatchInfo) match = NULL;
  gint from, to;
  if (!g_regex_match (pattern, sentence->text + figure->end, 0, &match) || !g_match_info_fetch_pos (match, 1, &from, &to))
    return FALSE;
  *start = figure->end + (gsize) from;
  *end = figure->end + (gsize) to;
  return TRUE;
}

/* "74% on TallyQA": a name that nobody knows here is a benchmark all the same, so that the figure is not taken for another's. */
static void
mark_unknown (CdClaimSentence *sentence, const CdMark *figure)
{
  static GRegex *pattern;
  CdMark mark = { .kind = CD_MARK_BENCHMARK, .benchmark = -1 };
  if (!cd_claim_place_of (sentence, figure, &mark.start, &mark.end))
    return;
  for (gsize at = mark.start; at < mark.end; at++)
    if (is_masked (sentence, at))
      return;
  g_autofree char *name = g_strndup (sentence->text + mark.start, mark.end - mark.start);
  if (cd_claim_matches (&pattern, "^(?-i:[A-Z][\\w-]*[A-Z0-9][\\w*-]*)$", name))
    g_array_append_val (sentence->marks, mark);
}

guint
cd_claim_mark_figures (CdClaimSentence *sentence)
{
  guint figures = 0;
  gsize changed = G_MAXSIZE; /* where the last difference ended */
  for (gsize at = 0; at < sentence->length;) {
    if (!g_ascii_isdigit (sentence->text[at]) || is_masked (sentence, at)) {
      at++;
      continue;
    }
    CdClaimFigure figure;
    gsize end = cd_claim_figure_read (sentence->text, sentence->length, at, &figure);
    if (figure.kind == CD_FIGURE_CHANGE || is_listed (sentence, changed, at))
      changed = end;
    else if (figure.kind == CD_FIGURE_SCORE) {
      CdMark mark = { .kind = CD_MARK_FIGURE, .start = at, .end = end, .benchmark = -1, .figure = figure };
      g_array_append_val (sentence->marks, mark);
      mark_unknown (sentence, &mark);
      figures++;
    }
    at = end;
  }
  return figures;
}

char *
cd_claim_plain_text (const char *text)
{
  GString *plain = g_string_sized_new (strlen (text) + 1);
  for (; *text != '\0'; text++) {
    if (text[0] == '*' && text[1] == '*')
      text++;
    else if (*text != '`' && *text != '$' && !(*text == '\\' && (text[1] == '%' || text[1] == '_')))
      g_string_append_c (plain, *text);
  }
  return g_string_free (plain, FALSE);
}
