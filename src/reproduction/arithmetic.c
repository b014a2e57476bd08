/* Tries the samples that are stated beside the figure, else one, else those that the work tells anywhere. What speaks for a figure is read widely; against
 * it only what leaves nothing open: a benchmark whose sets are all known, named without further words, in a table, card or manifest. */
#include "reproduction/arithmetic.h"
#include "reproduction/samples.h"
#include "statistics/arithmetic.h"
#include <math.h>
#include <string.h>

#define LABEL_WORDS 24u /* longer labels are prose */

typedef struct {
  const CdClaims *claims;
  const CdBenchmarks *benchmarks;
  const CdCorpus *corpus;
  const CdScope *scope;
  const CdWork *work;
  GArray *counts; /* CdSampleCount; NULL until a figure asks for it */
} Testing;

const char *
cd_arithmetic_verdict_name (CdArithmeticVerdict verdict)
{
  static const char *const names[] = { "untestable", "possible", "not-a-single-run", "impossible-as-stated" };
  return names[verdict];
}

static const GArray *
counts_of (Testing *testing)
{
  if (testing->counts == NULL)
    testing->counts = cd_samples_gather (testing->claims, testing->corpus, testing->scope, testing->work);
  return testing->counts;
}

static const CdBenchmark *
benchmark_of (const Testing *testing, const CdClaim *claim)
{
  return claim->benchmark >= 0 ? cd_benchmarks_at (testing->benchmarks, (guint) claim->benchmark) : NULL;
}

/* Win rates, judges' marks, partial points, overlaps and grids are weighted or graded, no share of right answers. */
static gboolean
counts_answers (const CdBenchmark *benchmark)
{
  static const char *const others[] = { "preference", "rating", "points", "mask", "box", "step", "grid", NULL };
  return benchmark == NULL || benchmark->answer == NULL || !g_strv_contains (others, benchmark->answer);
}

/* A mean over right answers: of averages over benchmarks, F1, ratings and lengths the test says nothing, nor of votes, whose ties may be split. */
static gboolean
is_mean_of_answers (const Testing *testing, const CdClaim *claim)
{
  if ((claim->unit != CD_UNIT_PERCENT && claim->unit != CD_UNIT_FRACTION) || claim->average || !counts_answers (benchmark_of (testing, claim)))
    return FALSE;
  CdMetricKind kind = claim->metric.kind;
  return (claim->benchmark >= 0 || claim->n > 0)
         && (kind == CD_METRIC_UNKNOWN || kind == CD_METRIC_ACCURACY || kind == CD_METRIC_AVERAGE || kind == CD_METRIC_EXACT_MATCH
             || (kind == CD_METRIC_PASS && claim->metric.k <= 1));
}

/* Words beside a benchmark's name that leave the set as it is: how it was asked and measured. */
static gboolean
keeps_set (const char *word)
{
  static const char *const words[]
      = { "pass",  "avg",  "mean", "average", "averaged", "acc",        "accuracy", "em",      "exact", "match", "score",    "cot",      "shot",
          "shots", "zero", "few",  "greedy",  "test",     "validation", "valid",    "samples", "runs",  "over",  "of",       "problems", "k",
          "n",     "i",    "ii",   "en",      "at",       "the",        "split",    "set",     "full",  "think", "thinking", "tools",    NULL };
  return g_strv_contains (words, word);
}

/* A number that follows one of the words, "pass@1", or goes before one, "5-shot", counts attempts or examples; else it may be a year or a size. */
static gboolean
counts_attempts (char *const *words, guint i)
{
  static const char *const after[] = { "at", "avg", "mean", "average", "of", "over", "k", "n", NULL };
  static const char *const before[] = { "shot", "shots", "samples", "runs", "avg", "average", "problems", NULL };
  return (i > 0 && g_strv_contains (after, words[i - 1])) || (words[i + 1] != NULL && g_strv_contains (before, words[i + 1]));
}

/* The words of a label's rest, in lower case, letters apart from digits; "@" is a word, other signs are none. */
static char **
words_of (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autoptr (GString) apart = g_string_new (NULL);
  gunichar last = ' ';
  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);
    if (!g_unichar_isalnum (letter) || !g_unichar_isalnum (last) || !g_unichar_isdigit (letter) != !g_unichar_isdigit (last))
      g_string_append_c (apart, ' ');
    if (g_unichar_isalnum (letter))
      g_string_append_unichar (apart, letter);
    else if (letter == '@')
      g_string_append (apart, "at");
    last = letter;
  }
  return g_strsplit (apart->str, " ", -1);
}

static gboolean
is_plain (const char *rest)
{
  g_auto (GStrv) words = words_of (rest);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (kept, words[i]);
  guint length = kept->len;
  g_ptr_array_add (kept, NULL);
  char *const *word = (char *const *) kept->pdata;
  for (guint i = 0; i < length; i++)
    if (g_ascii_isdigit (*word[i]) ? !counts_attempts (word, i) : !keeps_set (word[i]))
      return FALSE;
  return length <= LABEL_WORDS;
}

/* The label names the benchmark and nothing that makes it another one or a part of it: "HumanEval-Mul", "GPQA Genetics", "AIME24&25". */
static gboolean
names_whole_set (const Testing *testing, const CdClaim *claim)
{
  if (claim->task == NULL)
    return FALSE;
  g_autoptr (GArray) mentions = cd_benchmarks_in_text (testing->benchmarks, claim->task);
  const CdBenchmarkMention *mention = mentions->len == 1 ? &g_array_index (mentions, CdBenchmarkMention, 0) : NULL;
  if (mention == NULL || mention->benchmark != claim->benchmark)
    return FALSE;
  g_autofree char *before = g_strndup (claim->task, mention->start);
  return is_plain (before) && is_plain (claim->task + mention->end);
}

/* A sentence's figure is tied to its benchmark by nearness alone; one with a spread says itself that it is of several runs. */
static gboolean
is_certain (const Testing *testing, const CdClaim *claim)
{
  const CdBenchmark *benchmark = benchmark_of (testing, claim);
  if (!isnan (claim->spread))
    return FALSE;
  if (claim->from == CD_CLAIM_MANIFEST && claim->n > 0)
    return TRUE;
  return benchmark != NULL && benchmark->all_sizes && (claim->table >= 0 || claim->from <= CD_CLAIM_CARD) && names_whole_set (testing, claim);
}

static CdPrinted
printed_of (const CdClaim *claim, double value)
{
  return (CdPrinted){ value, claim->decimals, claim->unit == CD_UNIT_PERCENT };
}

/* Zeros that fill a column's digits are no digits: 24.00 beside 51.37 may be a 24, as one run's share is printed. */
static gboolean
gives (CdPrinted printed, guint64 items, gboolean single)
{
  if (cd_arithmetic_grim (printed, items, NULL) != CD_GRIM_IMPOSSIBLE)
    return TRUE;
  while (single && printed.decimals > 0) {
    double scaled = printed.value * pow (10, (double) printed.decimals - 1);
    if (fabs (scaled - round (scaled)) > 1e-6)
      return FALSE;
    printed.decimals--;
    CdGrim grim = cd_arithmetic_grim (printed, items, NULL);
    if (grim == CD_GRIM_POSSIBLE || grim == CD_GRIM_UNTESTABLE)
      return TRUE;
  }
  return FALSE;
}

/* The first number of problems that yields the figure with k samples each: the stated or usual one, then other sets in use. 0: none. */
static gint64
problems_that_fit (const CdClaim *claim, CdPrinted printed, const CdBenchmark *benchmark, gint64 usual, guint k)
{
  if (gives (printed, (guint64) usual * k, k == 1))
    return usual;
  if (benchmark == NULL || claim->from == CD_CLAIM_MANIFEST)
    return 0;
  if (benchmark->problems > 0 && gives (printed, (guint64) benchmark->problems * k, k == 1))
    return benchmark->problems;
  for (guint i = 0; i < benchmark->sizes->len; i++)
    if (gives (printed, (guint64) g_array_index (benchmark->sizes, gint64, i) * k, k == 1))
      return g_array_index (benchmark->sizes, gint64, i);
  return 0;
}

static gboolean
take_fit (CdClaimArithmetic *result, gint64 fits, guint k, CdPlace place)
{
  if (fits == 0)
    return FALSE;
  result->verdict = CD_ARITHMETIC_POSSIBLE;
  result->n = fits;
  result->samples = k;
  result->sampled_at = place;
  return TRUE;
}

/* A claim's samples are its own, and not some number near by: its label, its metric, a card or the manifest tells them, or a sentence about scores. */
static gboolean
states_samples (Testing *testing, const CdClaim *claim, guint stated)
{
  if (claim->from <= CD_CLAIM_CARD || (claim->metric.kind == CD_METRIC_AVERAGE && claim->metric.k == stated)
      || cd_samples_in_label (claim->task) == stated)
    return TRUE;
  const GArray *counts = counts_of (testing);
  for (guint i = 0; i < counts->len; i++)
    if (g_array_index (counts, CdSampleCount, i).k == stated)
      return g_array_index (counts, CdSampleCount, i).of_scores;
  return FALSE;
}

/* A mean over runs is often taken of figures that were rounded before: with several samples one place more or less proves nothing. */
static gboolean
nearly_gives (const CdClaim *claim, const CdBenchmark *benchmark, gint64 usual, guint k)
{
  double place = pow (10, -(double) claim->decimals);
  return k > 1
         && (problems_that_fit (claim, printed_of (claim, claim->value - place), benchmark, usual, k) > 0
             || problems_that_fit (claim, printed_of (claim, claim->value + place), benchmark, usual, k) > 0);
}

/* Whether samples that the work tells anywhere give the figure. others: some other number than the stated one is told. */
static gboolean
take_counts (CdClaimArithmetic *result, Testing *testing, const CdClaim *claim, gint64 usual, guint stated, gboolean *others)
{
  const GArray *counts = counts_of (testing);
  for (guint i = 0; i < counts->len; i++) {
    const CdSampleCount *count = &g_array_index (counts, CdSampleCount, i);
    gint64 fits = problems_that_fit (claim, printed_of (claim, claim->value), benchmark_of (testing, claim), usual, count->k);
    if (take_fit (result, fits, count->k, count->place))
      return TRUE;
    *others = *others || count->k != stated;
  }
  return FALSE;
}

/* The number of problems where the name leaves one only; else 0. */
static gint64
settled_problems (const CdClaim *claim, const CdBenchmark *benchmark, gint64 usual)
{
  for (guint i = 0; claim->n == 0 && i < benchmark->sizes->len; i++)
    if (usual % g_array_index (benchmark->sizes, gint64, i) != 0) /* a part that divides it is within its steps */
      return 0;
  return usual;
}

static void
accuse (CdClaimArithmetic *result, Testing *testing, const CdClaim *claim, gint64 usual, guint stated, gboolean others)
{
  const CdBenchmark *benchmark = benchmark_of (testing, claim);
  gboolean impossible = stated > 0 && !others && states_samples (testing, claim, stated) && !nearly_gives (claim, benchmark, usual, stated);
  result->verdict = impossible ? CD_ARITHMETIC_IMPOSSIBLE : CD_ARITHMETIC_NOT_SINGLE_RUN;
  result->n = settled_problems (claim, benchmark, usual);
  if (impossible) {
    result->samples = stated;
    result->sampled_at = claim->sampled_at;
  }
  if (result->n > 0)
    result->fewest = cd_arithmetic_samples (printed_of (claim, claim->value), (guint64) result->n, FALSE);
}

static void
test_claim (CdClaimArithmetic *result, Testing *testing, const CdClaim *claim)
{
  if (!is_mean_of_answers (testing, claim))
    return;
  const CdBenchmark *benchmark = benchmark_of (testing, claim);
  gint64 usual = claim->n > 0 ? claim->n : benchmark->problems;
  CdPrinted printed = printed_of (claim, claim->value);
  if (usual <= 0 || cd_arithmetic_grim (printed, (guint64) usual, NULL) == CD_GRIM_UNTESTABLE)
    return;
  guint stated = claim->samples > 0 ? claim->samples : claim->metric.kind == CD_METRIC_AVERAGE ? claim->metric.k : 0;
  result->error_fits
      = !isnan (claim->spread) && cd_arithmetic_error_fits (printed, printed_of (claim, claim->spread), (guint64) usual * MAX (stated, 1));
  if (stated > 0 && take_fit (result, problems_that_fit (claim, printed, benchmark, usual, stated), stated, claim->sampled_at))
    return;
  if (take_fit (result, problems_that_fit (claim, printed, benchmark, usual, 1), 0, (CdPlace){ 0 }))
    return;
  gboolean others = FALSE,
           declared = claim->from == CD_CLAIM_MANIFEST && stated > 0; /* what its authors declare of it is not for other places to mend */
  if (!declared && take_counts (result, testing, claim, usual, stated, &others))
    return;
  if (is_certain (testing, claim))
    accuse (result, testing, claim, usual, stated, others);
}

GArray *
cd_claims_arithmetic (const CdClaims *claims, const CdBenchmarks *benchmarks, const CdCorpus *corpus, const CdScope *scope, const CdWork *work)
{
  GArray *results = g_array_sized_new (FALSE, TRUE, sizeof (CdClaimArithmetic), claims->claims->len);
  g_array_set_size (results, claims->claims->len);
  Testing testing = { claims, benchmarks, corpus, scope, work, NULL };
  for (guint i = 0; i < claims->claims->len; i++)
    test_claim (&g_array_index (results, CdClaimArithmetic, i), &testing, g_ptr_array_index (claims->claims, i));
  g_clear_pointer (&testing.counts, g_array_unref);
  return results;
}
