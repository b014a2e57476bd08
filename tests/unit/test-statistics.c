/* Statistics against published and closed-form values; each value's source stands beside it. */
#include "statistics/normal.h"
#include "statistics/arithmetic.h"
#include "statistics/binomial.h"
#include "statistics/cost.h"
#include "statistics/estimators.h"
#include "statistics/intervals.h"
#include "statistics/random.h"
#include "statistics/selection.h"
#include "statistics/tests.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
near_to (double got, double expected, double tolerance, const char *what)
{
  if (!(fabs (got - expected) <= tolerance))
    fail_msg ("%s: %.17g instead of %.17g", what, got, expected);
}

static void
draws_the_published_sequences (void **state)
{
  (void) state;
  /* SplitMix64 of seed 1234567: the reference output at rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64 */
  static const guint64 split[] = { 6457827717110365317u, 3203168211198807973u, 9817491932198370423u, 4593380528125082431u };
  guint64 counter = 1234567;
  for (guint i = 0; i < G_N_ELEMENTS (split); i++)
    assert_true (cd_random_split (&counter) == split[i]);
  CdRandom seeded = cd_random_new (1234567);
  assert_memory_equal (seeded.state, split, sizeof split);
  /* xoshiro256** of state 1, 2, 3, 4: the reference values of the Rust crate rand_xoshiro, made with its authors' C code */
  static const guint64 expected[] = { 11520, 0, 1509978240, 1215971899390074240 };
  CdRandom random = { { 1, 2, 3, 4 } };
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_true (cd_random_next (&random) == expected[i]);
}

static void
draws_evenly_below_a_bound (void **state)
{
  (void) state;
  guint counts[7] = { 0 };
  CdRandom random = cd_random_new (3);
  for (guint i = 0; i < 70000; i++)
    counts[cd_random_below (&random, 7)]++;
  for (guint i = 0; i < 7; i++)
    near_to (counts[i], 10000, 400, "a seventh of the draws"); /* four standard deviations */
  assert_int_equal (cd_random_below (&random, 1), 0);
}

/* Tails. Printed tables: cumulative binomial probabilities as in Mood, Graybill and Boes 1974 and every textbook since, four decimals. */
static void
binomial_tails_are_those_of_the_tables (void **state)
{
  (void) state;
  static const struct {
    guint64 n;
    double p;
    guint64 m;
    double at_most; /* P(X <= m) */
  } table[] = {
    { 5, 0.5, 2, 0.5000 },   { 10, 0.5, 2, 0.0547 },  { 10, 0.1, 1, 0.7361 }, { 15, 0.2, 3, 0.6482 },
    { 15, 0.4, 6, 0.6098 },  { 20, 0.25, 3, 0.2252 }, { 20, 0.3, 4, 0.2375 }, { 20, 0.5, 10, 0.5881 },
    { 20, 0.05, 0, 0.3585 }, { 25, 0.8, 20, 0.5793 }, { 25, 0.2, 5, 0.6167 }, { 20, 0.9, 17, 0.3231 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    near_to (exp (cd_binomial_log_lower (table[i].n, table[i].p, table[i].m)), table[i].at_most, 0.00005, "P(X <= m)");
    near_to (exp (cd_binomial_log_upper (table[i].n, table[i].p, table[i].m + 1)), 1 - table[i].at_most, 0.00005, "P(X > m)");
  }
  near_to (exp (cd_binomial_log_upper (10, 0.5, 8)), 56.0 / 1024, 1e-15, "(45 + 10 + 1) / 2^10");
  /* by exact rational arithmetic (Python's fractions) */
  near_to (exp (cd_binomial_log_upper (30, 0.3, 14)), 0.04005254768213133, 1e-15, "14 of 30 at 0.3");
  near_to (exp (cd_binomial_log_upper (500, 0.85, 470)) * 1e10, 2.8803200541012476, 1e-10, "470 of 500 at 0.85");
  near_to (cd_binomial_log_upper (1000, 0.01, 500), -1618.1328677622269, 1e-9, "a tail below the least double");
}

static void
binomial_tails_at_their_ends (void **state)
{
  (void) state;
  near_to (cd_binomial_log_upper (30, 0.3, 0), 0, 0, "certain");
  near_to (cd_binomial_log_lower (30, 0.3, 30), 0, 0, "certain");
  assert_true (isinf (cd_binomial_log_upper (30, 0.3, 31)));
  assert_true (isinf (cd_binomial_log_upper (30, 0, 1)));
  near_to (cd_binomial_log_upper (30, 1, 30), 0, 0, "a model that is always right");
  near_to (cd_binomial_log_upper (30, 0.5, 30), -30 * log (2), 1e-12, "2^-30");
  near_to (exp (cd_binomial_log_upper (1000000, 0.5, 500000)), 0.5 + 0.5 * 0.000797884, 1e-9, "half and half of the middle term, 1/sqrt(pi n/2)");
}

static void
pass_at_k_is_the_share_of_subsets_with_a_right_sample (void **state)
{
  (void) state;
  /* 1 - C(n-c,k)/C(n,k), Chen et al. 2021, equation 1, worked out by hand */
  near_to (cd_estimate_pass (5, 2, 2), 1 - 3.0 / 10, 1e-15, "1 - C(3,2)/C(5,2)");
  near_to (cd_estimate_pass (10, 3, 1), 0.3, 1e-15, "pass@1 is c/n");
  near_to (cd_estimate_pass (200, 1, 100), 0.5, 1e-15, "one right of 200, half of them drawn: k/n");
  near_to (cd_estimate_pass (4, 2, 3), 1, 0, "only two are wrong");
  near_to (cd_estimate_pass (10, 0, 10), 0, 0, "none is right");
  near_to (cd_estimate_pass (6, 3, 3), 0.95, 1e-15, "1 - 1/20");
  near_to (cd_estimate_pass (20, 7, 5), 1 - 1287.0 / 15504, 1e-15, "1 - C(13,5)/C(20,5)");
  near_to (cd_estimate_pass (G_GUINT64_CONSTANT (1000000), 1, 1000), 0.001, 1e-12, "no overflow");
  assert_true (isnan (cd_estimate_pass (5, 2, 6)) && isnan (cd_estimate_pass (5, 2, 0)));
}

static void
majority_of_all_splits_ties (void **state)
{
  (void) state;
  near_to (cd_estimate_majority ((CdVote[]){ { 3, TRUE }, { 2, FALSE } }, 2, 0, 5, 1), 1, 0, "most are right");
  near_to (cd_estimate_majority ((CdVote[]){ { 2, TRUE }, { 2, FALSE }, { 1, FALSE } }, 3, 0, 5, 1), 0.5, 0, "two lead");
  near_to (cd_estimate_majority ((CdVote[]){ { 1, TRUE }, { 1, FALSE }, { 1, FALSE } }, 3, 1, 4, 1), 1.0 / 3, 1e-15, "three lead, one is silent");
  near_to (cd_estimate_majority ((CdVote[]){ { 1, FALSE }, { 2, FALSE } }, 2, 5, 8, 1), 0, 0, "silence wins no vote");
  near_to (cd_estimate_majority (NULL, 0, 4, 4, 1), 0, 0, "none answers");
  assert_true (isnan (cd_estimate_majority ((CdVote[]){ { 3, TRUE } }, 1, 0, 4, 1)));
}

/* Closed forms, and means over all subsets counted one by one in exact fractions (Python's itertools.combinations and fractions). */
static void
majority_of_some_is_the_mean_over_subsets (void **state)
{
  (void) state;
  near_to (cd_estimate_majority ((CdVote[]){ { 3, TRUE }, { 7, FALSE } }, 2, 0, 1, 1), 0.3, 1e-14, "maj@1 is the accuracy");
  near_to (cd_estimate_majority ((CdVote[]){ { 2, TRUE }, { 1, FALSE } }, 2, 0, 2, 1), 2.0 / 3, 1e-14, "1/3 alike, 2/3 tied");
  near_to (cd_estimate_majority ((CdVote[]){ { 4, TRUE }, { 4, FALSE } }, 2, 0, 4, 1), 0.5, 1e-14, "by symmetry");
  near_to (cd_estimate_majority ((CdVote[]){ { 3, TRUE }, { 2, FALSE }, { 2, FALSE }, { 1, TRUE } }, 4, 2, 5, 1), 409.0 / 756, 1e-14, "252 subsets");
  near_to (cd_estimate_majority ((CdVote[]){ { 5, FALSE }, { 3, TRUE }, { 3, TRUE }, { 1, FALSE } }, 4, 1, 6, 1), 172.0 / 429, 1e-14, "1716 subsets");
  near_to (cd_estimate_majority ((CdVote[]){ { 1, TRUE } }, 1, 3, 2, 1), 0.5, 1e-14, "half of the pairs hold the one that answers");
}

static void
majority_by_draws_agrees_with_the_exact_one (void **state)
{
  (void) state;
  const CdVote few[] = { { 60, TRUE }, { 66, FALSE }, { 74, FALSE } }; /* 3 * 100^3 is within the bound of exact work */
  double exact = cd_estimate_majority (few, 3, 0, 100, 1);
  CdVote many[46] = { { 60, TRUE }, { 66, FALSE }, { 74, FALSE } }; /* the same, with answers that nobody gave: beyond the bound */
  double drawn = cd_estimate_majority (many, 46, 0, 100, 1), again = cd_estimate_majority (many, 46, 0, 100, 1);
  near_to (drawn, exact, 4 * 0.5 / 64, "within four standard errors of 4096 draws");
  near_to (drawn, again, 0, "the same for the same seed");
  assert_true (fabs (drawn - exact) > 0);
}

static void
best_of_k_follows_the_scores (void **state)
{
  (void) state;
  /* By hand: of the three pairs of samples two hold the first, which is right, one has the second as its best, which is wrong. */
  near_to (cd_estimate_best ((CdScoredSample[]){ { 0.1, 1 }, { 0.9, 1 }, { 0.5, 0 } }, 3, 2), 2.0 / 3, 1e-15, "2/3");
  near_to (cd_estimate_best ((CdScoredSample[]){ { 0.1, 1 }, { 0.9, 1 }, { 0.5, 0 } }, 3, 1), 2.0 / 3, 1e-15, "k = 1 is the accuracy");
  near_to (cd_estimate_best ((CdScoredSample[]){ { 0.1, 1 }, { 0.9, 0 }, { 0.5, 1 } }, 3, 3), 0, 0, "k = n: the best alone");
  near_to (cd_estimate_best ((CdScoredSample[]){ { 0.9, 1 }, { 0.9, 0 }, { 0.1, 1 } }, 3, 3), 0.5, 1e-15, "a tie is broken by lot");
  near_to (cd_estimate_best ((CdScoredSample[]){ { NAN, 1 }, { 0.2, 0 } }, 2, 2), 0, 1e-15, "no score ranks last");
  /* a scorer that knows the truth makes best-of-k into pass@k: 1 - C(3,2)/C(5,2) */
  CdScoredSample knowing[] = { { 1, 1 }, { 0, 0 }, { 1, 1 }, { 0, 0 }, { 0, 0 } };
  near_to (cd_estimate_best (knowing, 5, 2), cd_estimate_pass (5, 2, 2), 1e-15, "an oracle");
  assert_true (isnan (cd_estimate_best (knowing, 5, 6)));
}

static void
means_leave_out_what_is_not_told (void **state)
{
  (void) state;
  near_to (cd_estimate_mean ((double[]){ 100, NAN, 300 }, 3), 200, 0, "tokens");
  assert_true (isnan (cd_estimate_mean ((double[]){ NAN }, 1)) && isnan (cd_estimate_mean (NULL, 0)));
  near_to (cd_estimate_average ((guint[]){ 1, 4, 0, 0 }, (guint[]){ 2, 4, 8, 0 }, 4), 0.5, 1e-15, "avg@n: (1/2 + 1 + 0) / 3");
  near_to (cd_estimate_accuracy (14, 30), 0.4666666666666667, 1e-15, "14/30");
  assert_true (isnan (cd_estimate_accuracy (0, 0)));
  g_autofree double *tenths = g_new (double, 1000000);
  for (guint i = 0; i < 1000000; i++)
    tenths[i] = 0.1;
  near_to (cd_estimate_mean (tenths, 1000000), 0.1, 1e-16, "compensated: plain summing is off by 1e-12");
}

static void
quantiles_are_type_7 (void **state)
{
  (void) state;
  double values[] = { 7, 1, 10, 3, 4, 5, 6, 2, 8, 9 };
  cd_quantile_sort (values, 10);
  near_to (cd_quantile (values, 10, 0.25), 3.25, 1e-15, "R: quantile(1:10, 0.25)");
  near_to (cd_quantile (values, 10, 0.5), 5.5, 1e-15, "median");
  near_to (cd_quantile (values, 10, 1), 10, 0, "highest");
  near_to (cd_quantile (values, 1, 0.3), 1, 0, "of one value");
}

static void
costs_are_compared_at_equal_tokens (void **state)
{
  (void) state;
  const CdVote sure[] = { { 2, TRUE }, { 1, FALSE } }, lost[] = { { 3, FALSE } };
  const CdCostProblem problems[] = { { sure, 2, 0, 100 }, { lost, 1, 0, 300 } };
  CdCostPoint curve[3];
  cd_cost_curve (problems, 2, (guint[]){ 1, 2, 3 }, 3, 1, curve);
  near_to (curve[0].tokens, 200, 1e-12, "mean tokens of a sample");
  near_to (curve[0].accuracy, 1.0 / 3, 1e-12, "maj@1: (2/3 + 0) / 2");
  near_to (curve[2].tokens, 600, 1e-12, "three samples");
  near_to (curve[2].accuracy, 0.5, 1e-12, "maj@3: (1 + 0) / 2");
  near_to (cd_cost_accuracy (curve, 3, 500), (1.0 / 3 + 0.5) / 2, 1e-12, "halfway between maj@2 and maj@3");
  near_to (cd_cost_accuracy (curve, 3, 600), 0.5, 1e-12, "at a point");
  assert_true (isnan (cd_cost_accuracy (curve, 3, 199)) && isnan (cd_cost_accuracy (curve, 3, 601)));
  const CdCostPoint long_thought[] = { { 450, 0.6 }, { 900, 0.7 } };
  double low = 0, high = 0;
  assert_true (cd_cost_common (curve, 3, long_thought, 2, &low, &high));
  near_to (low, 450, 0, "from");
  near_to (high, 600, 1e-12, "to");
  assert_false (cd_cost_common (curve, 2, long_thought, 2, &low, &high));
  assert_false (cd_cost_common (curve, 0, long_thought, 2, &low, &high));
}

/* Newcombe 1998, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17:857-872, table I, method 3. */
static void
wilson_intervals_are_those_of_newcombe (void **state)
{
  (void) state;
  static const struct {
    guint64 right, n;
    double low, high;
  } table[] = {
    { 81, 263, 0.2553, 0.3662 },
    { 15, 148, 0.0624, 0.1605 },
    { 0, 20, 0.0000, 0.1611 },
    { 1, 29, 0.0061, 0.1718 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    CdInterval interval = cd_interval_wilson (table[i].right, table[i].n, CD_Z_95);
    near_to (interval.low, table[i].low, 0.00005, "low");
    near_to (interval.high, table[i].high, 0.00005, "high");
  }
  CdInterval all = cd_interval_wilson (30, 30, CD_Z_95), none = cd_interval_wilson (0, 0, CD_Z_95);
  near_to (all.low, 30 / (30 + CD_Z_95 * CD_Z_95), 1e-12, "closed form of n of n: n / (n + z²)");
  near_to (all.high, 1, 0, "exactly 1");
  assert_true (none.low <= 0 && none.high >= 1);
}

static void
bootstrap_is_the_same_everywhere (void **state)
{
  (void) state;
  double values[17];
  for (guint i = 0; i < 17; i++)
    values[i] = i / 16.0;
  /* by a second implementation of xoshiro256**, of the rejection and of the quantile in Python */
  CdInterval interval = cd_interval_bootstrap (values, 17, 2000, 0.95, CD_RANDOM_SEED);
  near_to (interval.low, 0.35294117647058826, 1e-15, "low");
  near_to (interval.high, 0.6433823529411765, 1e-15, "high");
  double same[] = { 0.25, 0.25, 0.25 };
  interval = cd_interval_bootstrap (same, 3, 100, 0.95, 1);
  assert_true (interval.low >= 0.25 && interval.high <= 0.25);
  assert_true (isnan (cd_interval_bootstrap (NULL, 0, 100, 0.95, 1).low));
  /* of zeros and ones its means are Bin(n, p)/n: 0.975 quantile of Bin(400, 0.5) is 220 (normal approximation 219.6) */
  double coins[400];
  for (guint i = 0; i < 400; i++)
    coins[i] = i % 2;
  interval = cd_interval_bootstrap (coins, 400, CD_BOOTSTRAP_RESAMPLES, 0.95, 7);
  near_to (interval.high, 220.0 / 400, 0.005, "binomial quantile");
  near_to (interval.low, 180.0 / 400, 0.005, "binomial quantile");
}

static void
standard_errors_know_clusters (void **state)
{
  (void) state;
  /* 2, 4, 4, 4, 5, 5, 7, 9: sum of squares about the mean 32, so sqrt(32 / (8 * 7)) */
  near_to (cd_error_mean ((double[]){ 2, 4, 4, 4, 5, 5, 7, 9 }, 8), sqrt (32.0 / 56), 1e-15, "of the mean");
  assert_true (isnan (cd_error_mean ((double[]){ 1 }, 1)));
  near_to (cd_error_proportion (0.5, 100), 0.05, 1e-15, "sqrt(0.25/100)");
  /* each sample a problem of its own: sqrt(sum (x - mean)²) / n */
  near_to (cd_error_clustered ((double[]){ 1, 0, 1, 0 }, (guint[]){ 1, 1, 1, 1 }, 4), 0.25, 1e-15, "sqrt(p(1-p)/n)");
  /* two problems of two equal samples each are worth two samples: sqrt(1 + 1) / 4 */
  near_to (cd_error_clustered ((double[]){ 2, 0 }, (guint[]){ 2, 2 }, 2), sqrt (2) / 4, 1e-15, "clusters");
  assert_true (isnan (cd_error_clustered (NULL, NULL, 0)));
  CdInterval interval = cd_interval_normal (0.98, 0.02, 2, 0, 1);
  near_to (interval.low, 0.94, 1e-15, "mean - 2 errors");
  near_to (interval.high, 1, 0, "within the scale");
}

static void
mcnemar_is_exact (void **state)
{
  (void) state;
  /* exact2x2's documentation (Fay 2010): mcnemar.exact with b = 2, c = 9 gives p = 0.06543 */
  near_to (cd_test_mcnemar (2, 9), 0.06543, 0.000005, "134/2048");
  /* Agresti 1990, page 350 (R's ?mcnemar.test, approval ratings): 150 and 86; exact2x2 gives 3.716e-05 */
  near_to (cd_test_mcnemar (150, 86) * 1e5, 3.716, 0.0005, "approval");
  near_to (cd_test_mcnemar (9, 2), cd_test_mcnemar (2, 9), 0, "symmetric");
  near_to (cd_test_mcnemar (0, 5), 2.0 / 32, 1e-15, "2 * 2^-5");
  near_to (cd_test_mcnemar (5, 5), 1, 0, "at most 1");
  near_to (cd_test_mcnemar (0, 0), 1, 0, "nothing differs");
}

static void
paired_means_are_permuted (void **state)
{
  (void) state;
  /* Darwin's cross- and self-fertilised Zea mays, Fisher 1935, section 21: 863 of 2^15 sums are 314 or more: 5.267 % two-sided */
  const double darwin[] = { 49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48 };
  near_to (cd_test_paired (darwin, 15, 1), 1726.0 / 32768, 1e-15, "5.267 %");
  near_to (cd_test_paired ((double[]){ 1, 1, 0, 1, NAN, 1 }, 6, 1), 2.0 / 16, 1e-15, "four of a sign: 2 * 2^-4");
  near_to (cd_test_paired ((double[]){ 0, 0 }, 2, 1), 1, 0, "nothing differs");
  near_to (cd_test_paired (NULL, 0, 1), 1, 0, "nothing compared");
  /* differences of +1 and -1 alone are the sign test, here beyond the exact bound: 20 against 10 */
  double signs[30];
  for (guint i = 0; i < 30; i++)
    signs[i] = i < 20 ? 1 : -1;
  near_to (cd_test_paired (signs, 30, 1), cd_test_mcnemar (10, 20), 4 * sqrt (0.1 * 0.9 / CD_TEST_FLIPS), "drawn against exact");
  near_to (cd_test_paired (signs, 30, 1), cd_test_paired (signs, 30, 1), 0, "the same for the same seed");
}

static void
holm_steps_down (void **state)
{
  (void) state;
  /* en.wikipedia.org/wiki/Holm–Bonferroni_method, example; R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") */
  double p[] = { 0.01, 0.04, 0.03, 0.005 }, adjusted[4];
  cd_test_holm (p, 4, adjusted);
  near_to (adjusted[0], 0.03, 1e-15, "3 * 0.01");
  near_to (adjusted[1], 0.06, 1e-15, "not below the one before it");
  near_to (adjusted[2], 0.06, 1e-15, "2 * 0.03");
  near_to (adjusted[3], 0.02, 1e-15, "4 * 0.005");
  double gaps[] = { NAN, 0.4, 0.7 };
  cd_test_holm (gaps, 3, gaps);
  assert_true (isnan (gaps[0]));
  near_to (gaps[1], 0.8, 1e-15, "of two");
  near_to (gaps[2], 0.8, 1e-15, "monotone");
}

static void
a_claim_has_its_place_among_runs (void **state)
{
  (void) state;
  const double runs[] = { 30.0, 26.7, NAN, 46.7, 33.3, 40.0 };
  CdSelection place = cd_selection_place (runs, 6, 46.67, 0.05);
  assert_int_equal (place.runs, 5);
  assert_int_equal (place.above, 0);
  assert_int_equal (place.equal, 1);
  near_to (place.median, 33.3, 1e-12, "median");
  near_to (place.lower_quartile, 30, 1e-12, "quartile");
  near_to (place.upper_quartile, 40, 1e-12, "quartile");
  near_to (place.lowest, 26.7, 0, "lowest");
  near_to (place.highest, 46.7, 0, "highest");
  near_to (place.mean, 35.34, 1e-12, "mean");
  near_to (place.deviation, 8.0326209919, 1e-9, "Python: statistics.stdev of the five");
  assert_int_equal (cd_selection_place (runs, 6, 33.3, 0.05).above, 2);
  assert_int_equal (cd_selection_place (NULL, 0, 1, 0.05).runs, 0);
}

static void
the_best_of_many_runs_by_chance (void **state)
{
  (void) state;
  assert_int_equal (cd_selection_needed (0.467, 0.0005, 30), 14); /* 14/30 prints as 0.467 */
  assert_int_equal (cd_selection_needed (0.4667, 0.00005, 30), 14);
  assert_int_equal (cd_selection_needed (0.5, 0.0005, 30), 15);
  assert_int_equal (cd_selection_needed (0, 0.0005, 30), 0);
  assert_int_equal (cd_selection_needed (1.2, 0.0005, 30), 31);
  /* closed form: 1 - (1 - 1/2)^3 */
  near_to (cd_selection_chance (1, 0.5, 1, 3), 0.875, 1e-15, "three coins");
  near_to (cd_selection_chance (30, 0.3, 14, 1), 0.04005254768213133, 1e-15, "one run: the tail itself");
  near_to (cd_selection_chance (30, 0.3, 14, 64), 0.9269134500220799, 1e-13, "1 - (1 - P)^64, by exact rational arithmetic");
  near_to (cd_selection_chance (500, 0.85, 470, 10) * 1e9, 2.8803200541012476, 1e-8, "tiny chances add up");
  near_to (cd_selection_chance (30, 0.3, 0, 5), 1, 0, "certain");
  near_to (cd_selection_chance (30, 0.3, 31, 5), 0, 0, "impossible");
  assert_true (isnan (cd_selection_chance (30, NAN, 3, 5)));
}

static void
figures_that_no_count_gives (void **state)
{
  (void) state;
  static const struct {
    CdPrinted printed;
    guint64 items;
    CdGrim grim;
    guint64 right;
  } table[] = {
    /* Brown and Heathers 2017, worked example: with 28 whole answers 5.18 and 5.21 are means, 5.19 is none; the parts behind the point are 5/28 and 6/28 */
    { { 0.18, 2, FALSE }, 28, CD_GRIM_POSSIBLE, 5 },
    { { 0.21, 2, FALSE }, 28, CD_GRIM_POSSIBLE, 6 },
    { { 0.19, 2, FALSE }, 28, CD_GRIM_IMPOSSIBLE, 6 },
    /* AIME's 30 problems: 13/30 = 43.33, 14/30 = 46.67 */
    { { 46.7, 1, TRUE }, 30, CD_GRIM_POSSIBLE, 14 },
    { { 46.6, 1, TRUE }, 30, CD_GRIM_TRUNCATED, 14 },
    { { 46.67, 2, TRUE }, 30, CD_GRIM_POSSIBLE, 14 },
    { { 44.6, 1, TRUE }, 30, CD_GRIM_IMPOSSIBLE, 14 },
    { { 0.467, 3, FALSE }, 30, CD_GRIM_POSSIBLE, 14 },
    { { 47, 0, TRUE }, 30, CD_GRIM_POSSIBLE, 14 },
    { { 0, 1, TRUE }, 30, CD_GRIM_POSSIBLE, 0 },
    { { 100, 1, TRUE }, 30, CD_GRIM_POSSIBLE, 30 },
    { { 99.9, 1, TRUE }, 30, CD_GRIM_IMPOSSIBLE, 30 },
    /* rounded to two places, then to one: 137/244 = 56.1475, 56.15, 56.2 */
    { { 56.2, 1, TRUE }, 244, CD_GRIM_ROUNDED_TWICE, 138 },
    { { 56.3, 1, TRUE }, 244, CD_GRIM_IMPOSSIBLE, 138 },
    /* ties: 1/8 = 12.5 prints as 13 (half up), 12 (half to even, and truncated) */
    { { 13, 0, TRUE }, 8, CD_GRIM_POSSIBLE, 1 },
    { { 12, 0, TRUE }, 8, CD_GRIM_POSSIBLE, 1 },
    /* 500 problems step by 0.2: one decimal can tell, none cannot */
    { { 94.8, 1, TRUE }, 500, CD_GRIM_POSSIBLE, 474 },
    { { 94.3, 1, TRUE }, 500, CD_GRIM_IMPOSSIBLE, 472 },
    { { 94, 0, TRUE }, 500, CD_GRIM_UNTESTABLE, 468 },
    { { 101, 0, TRUE }, 30, CD_GRIM_UNTESTABLE, 0 },
    { { -1, 0, TRUE }, 30, CD_GRIM_UNTESTABLE, 0 },
    { { NAN, 0, TRUE }, 30, CD_GRIM_UNTESTABLE, 0 },
    { { 46.7, 1, TRUE }, 0, CD_GRIM_UNTESTABLE, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    guint64 right = 0;
    CdGrim grim = cd_arithmetic_grim (table[i].printed, table[i].items, &right);
    if (grim != table[i].grim || right != table[i].right)
      fail_msg ("%g of %u: %d with %u right", table[i].printed.value, (guint) table[i].items, grim, (guint) right);
  }
}

static void
the_least_samples_that_yield_a_figure (void **state)
{
  (void) state;
  /* 44.6 of 30 problems: 67/150 = 44.67 cut off; rounded, k = 8 gives 107/240 = 44.58 (no m/(30 k) with a smaller k is within 44.55 … 44.65) */
  assert_int_equal (cd_arithmetic_samples ((CdPrinted){ 44.6, 1, TRUE }, 30, FALSE), 5);
  assert_int_equal (cd_arithmetic_samples ((CdPrinted){ 44.6, 1, TRUE }, 30, TRUE), 8);
  assert_int_equal (cd_arithmetic_samples ((CdPrinted){ 46.7, 1, TRUE }, 30, TRUE), 1);
  assert_int_equal (cd_arithmetic_samples ((CdPrinted){ 48.3, 1, TRUE }, 30, TRUE), 2); /* 29/60 */
  assert_int_equal (cd_arithmetic_samples ((CdPrinted){ 46.7, 1, TRUE }, 0, TRUE), 0);
  assert_int_equal (cd_arithmetic_samples ((CdPrinted){ 140, 0, TRUE }, 30, TRUE), 0);
  assert_int_equal (cd_arithmetic_samples ((CdPrinted){ 56.2, 1, TRUE }, 244, FALSE), 1);
  assert_true (cd_arithmetic_samples ((CdPrinted){ 56.2, 1, TRUE }, 244, TRUE) > 1);
  const gint64 sizes[] = { 0, 30, 500, 15 };
  assert_int_equal (cd_arithmetic_other ((CdPrinted){ 94.8, 1, TRUE }, sizes, 4, 1), 2);
  assert_int_equal (cd_arithmetic_other ((CdPrinted){ 53.3, 1, TRUE }, sizes, 4, 1), 1);
  assert_int_equal (cd_arithmetic_other ((CdPrinted){ 94.3, 1, TRUE }, sizes, 4, 1), -1);
}

static void
errors_and_averages_beside_figures (void **state)
{
  (void) state;
  /* GPQA Diamond, 198 problems at 50.0: sqrt(0.25/198) = 3.553, with n - 1 3.562 */
  const CdPrinted half = { 50.0, 1, TRUE };
  assert_true (cd_arithmetic_error_fits (half, (CdPrinted){ 3.55, 2, TRUE }, 198));
  assert_true (cd_arithmetic_error_fits (half, (CdPrinted){ 3.56, 2, TRUE }, 198));
  assert_false (cd_arithmetic_error_fits (half, (CdPrinted){ 3.64, 2, TRUE }, 198));
  assert_false (cd_arithmetic_error_fits (half, (CdPrinted){ 1.78, 2, TRUE }, 198));
  assert_true (cd_arithmetic_error_fits (half, (CdPrinted){ 1.78, 2, TRUE }, 198 * 4));
  assert_true (cd_arithmetic_error_fits ((CdPrinted){ 0.4667, 4, FALSE }, (CdPrinted){ 0.0926, 4, FALSE }, 30)); /* with n - 1: 0.09264 */
  assert_false (cd_arithmetic_error_fits (half, (CdPrinted){ 3.5, 1, TRUE }, 1));
  double expected = 0;
  const CdPrinted row[] = { { 46.7, 1, TRUE }, { 83.2, 1, TRUE }, { 50.5, 1, TRUE } }; /* mean 60.133 */
  assert_true (cd_arithmetic_average_fits (row, 3, (CdPrinted){ 60.1, 1, TRUE }, &expected));
  near_to (expected, 60.13333333333333, 1e-12, "mean of the cells");
  assert_true (cd_arithmetic_average_fits (row, 3, (CdPrinted){ 60.2, 1, TRUE }, NULL)); /* cells cut off: up to 60.23 */
  assert_false (cd_arithmetic_average_fits (row, 3, (CdPrinted){ 60.4, 1, TRUE }, NULL));
  assert_false (cd_arithmetic_average_fits (row, 3, (CdPrinted){ 59.9, 1, TRUE }, NULL));
  assert_true (cd_arithmetic_average_fits (NULL, 0, half, &expected) && isnan (expected));
}

/* R's qnorm, and the test values of AS 241. */
static void
normal_quantiles_are_those_of_tables (void **state)
{
  (void) state;
  static const double cases[][2] = { { 0.5, 0 },
                                     { 0.975, 1.959963984540054 },
                                     { 0.25, -0.6744897501960817 },
                                     { 0.001, -3.090232306167814 },
                                     { 1e-12, -7.034483825301131 },
                                     { 0, -7.941345326170997 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_true (fabs (cd_normal_quantile (cases[i][0]) - cases[i][1]) < 1e-8);
  for (double x = -6; x <= 6; x += 0.25)
    assert_true (fabs (cd_normal_quantile (cd_normal_cumulative (x)) - x) < 1e-6);
}

/* Of two standard normal variables with correlation r one is known to be positive: its mean is sqrt(2/π), the other's r times that, and variances fall to
 * 1 - 2/π and 1 - 2 r²/π. Of a witness who is wrong in a quarter of cases half of the shift of means is left. */
static void
a_sign_moves_what_goes_with_it (void **state)
{
  (void) state;
  double r = 0.6, shift = sqrt (2 / G_PI);
  g_auto (CdNormals) normals = cd_normals_new (3);
  normals.covariances[1] = normals.covariances[3] = r;
  cd_normals_observe (&normals, 0, TRUE, 0);
  assert_true (fabs (normals.means[0] - shift) < 1e-12 && fabs (normals.means[1] - r * shift) < 1e-12 && fabs (normals.means[2]) < 1e-12);
  assert_true (fabs (normals.covariances[0] - (1 - 2 / G_PI)) < 1e-12);
  assert_true (fabs (normals.covariances[4] - (1 - r * r * 2 / G_PI)) < 1e-12);
  assert_true (fabs (normals.covariances[8] - 1) < 1e-12);
  g_auto (CdNormals) doubted = cd_normals_new (2);
  doubted.covariances[1] = doubted.covariances[2] = r;
  cd_normals_observe (&doubted, 0, FALSE, 0.25);
  assert_true (fabs (doubted.means[1] + r * shift / 2) < 1e-12);
  assert_true (fabs (doubted.covariances[0] - (1 - 0.25 * 2 / G_PI)) < 1e-12);
}

/* Weighted signs: independent ones against the binomial distribution, and one that copies another, which no triangle of full rank describes. */
static void
quantiles_of_sums_of_signs (void **state)
{
  (void) state;
  static const double at[] = { 0.1, 0.5, 0.9 };
  static const guint ones[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, two[] = { 3, 4 };
  guint sums[3];
  g_auto (CdNormals) ten = cd_normals_new (10);
  cd_normals_sum_quantiles (&ten, ones, 4000, at, sums, 3); /* P(≤ 2) = 0.055, P(≤ 3) = 0.172, P(≤ 6) = 0.828, P(≤ 7) = 0.945 */
  assert_int_equal (sums[0], 3);
  assert_int_equal (sums[1], 5);
  assert_int_equal (sums[2], 7);
  g_auto (CdNormals) copies = cd_normals_new (2);
  copies.covariances[1] = copies.covariances[2] = 1;
  copies.means[0] = copies.means[1] = cd_normal_quantile (0.7);
  cd_normals_sum_quantiles (&copies, two, 4000, at, sums, 3);
  assert_int_equal (sums[0], 0);
  assert_int_equal (sums[1], 7);
  assert_int_equal (sums[2], 7);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (draws_the_published_sequences),
    cmocka_unit_test (draws_evenly_below_a_bound),
    cmocka_unit_test (binomial_tails_are_those_of_the_tables),
    cmocka_unit_test (binomial_tails_at_their_ends),
    cmocka_unit_test (pass_at_k_is_the_share_of_subsets_with_a_right_sample),
    cmocka_unit_test (majority_of_all_splits_ties),
    cmocka_unit_test (majority_of_some_is_the_mean_over_subsets),
    cmocka_unit_test (majority_by_draws_agrees_with_the_exact_one),
    cmocka_unit_test (best_of_k_follows_the_scores),
    cmocka_unit_test (means_leave_out_what_is_not_told),
    cmocka_unit_test (quantiles_are_type_7),
    cmocka_unit_test (costs_are_compared_at_equal_tokens),
    cmocka_unit_test (wilson_intervals_are_those_of_newcombe),
    cmocka_unit_test (bootstrap_is_the_same_everywhere),
    cmocka_unit_test (standard_errors_know_clusters),
    cmocka_unit_test (mcnemar_is_exact),
    cmocka_unit_test (paired_means_are_permuted),
    cmocka_unit_test (holm_steps_down),
    cmocka_unit_test (normal_quantiles_are_those_of_tables),
    cmocka_unit_test (a_sign_moves_what_goes_with_it),
    cmocka_unit_test (quantiles_of_sums_of_signs),
    cmocka_unit_test (a_claim_has_its_place_among_runs),
    cmocka_unit_test (the_best_of_many_runs_by_chance),
    cmocka_unit_test (figures_that_no_count_gives),
    cmocka_unit_test (the_least_samples_that_yield_a_figure),
    cmocka_unit_test (errors_and_averages_beside_figures),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
