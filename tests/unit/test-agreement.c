/* Agreement of readers against published tables and small ones worked out by hand; each value's source stands beside it. */
#include "statistics/agreement.h"
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

/* Two raters' fourfold table as ratings: both yes, only the first, only the second, both no. */
static signed char *
fourfold (const guint counts[4], guint *subjects)
{
  static const signed char pairs[4][2] = { { 1, 1 }, { 1, 0 }, { 0, 1 }, { 0, 0 } };
  signed char *ratings = g_new (signed char, 2 * (counts[0] + counts[1] + counts[2] + counts[3]));
  *subjects = 0;
  for (guint cell = 0; cell < 4; cell++)
    for (guint i = 0; i < counts[cell]; i++, ++*subjects) {
      ratings[2 * *subjects] = pairs[cell][0];
      ratings[2 * *subjects + 1] = pairs[cell][1];
    }
  return ratings;
}

static CdKappa
measure_fourfold (const guint counts[4])
{
  guint subjects = 0;
  g_autofree signed char *ratings = fourfold (counts, &subjects);
  g_autofree guint *cluster = g_new0 (guint, subjects);
  return cd_kappa_measure (ratings, subjects, 2, cluster, 1);
}

static void
two_raters_have_cohens_kappa (void **state)
{
  (void) state;
  static const struct {
    guint counts[4];
    double agreement, kappa, tolerance;
  } table[] = {
    /* Sim and Wright 2005, "The kappa statistic in reliability studies", Physical Therapy 85:257-268, table 2: kappa .67 */
    { { 22, 2, 4, 11 }, 33.0 / 39, 0.67, 0.005 },
    /* Feinstein and Cicchetti 1990, "High agreement but low kappa: I", Journal of Clinical Epidemiology 43:543-549: 0.70 and 0.32 at equal agreement */
    { { 40, 9, 6, 45 }, 0.85, 0.70, 0.005 },
    { { 80, 10, 5, 5 }, 0.85, 0.32, 0.005 },
    /* by hand: 35 of 50 agree, 0.5 of them by chance: (0.7 - 0.5) / 0.5 */
    { { 20, 5, 10, 15 }, 0.7, 0.4, 1e-12 },
    /* by hand: all opposed: agreement 0, of 0.5 by chance */
    { { 0, 3, 3, 0 }, 0, -1, 1e-12 },
    /* by hand: one always yes, the other never: nothing is expected by chance, and nothing agrees */
    { { 0, 4, 0, 0 }, 0, 0, 1e-12 },
    { { 7, 0, 0, 0 }, 1, 1, 0 },
    { { 0, 0, 0, 7 }, 1, 1, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    CdKappa got = measure_fourfold (table[i].counts);
    near_to (got.agreement, table[i].agreement, 1e-12, "agreement");
    near_to (got.kappa, table[i].kappa, table[i].tolerance, "Cohen's kappa");
    assert_false (got.fleiss);
    assert_int_equal (got.raters, 2);
  }
}

/* Fleiss, Levin and Paik 2003, "Statistical methods for rates and proportions", 3rd edition, p. 612: 25 subjects rated by different sets of two to five
 * raters; kappa 0.54 there, 0.5415 in Stata's manual of kap, which uses it too. Ratings, and yes among them. */
static const guint many_raters[25][2]
    = { { 2, 2 }, { 2, 0 }, { 3, 2 }, { 4, 3 }, { 3, 3 }, { 4, 1 }, { 3, 0 }, { 5, 0 }, { 2, 0 }, { 4, 4 }, { 5, 5 }, { 3, 3 }, { 4, 4 },
        { 4, 3 }, { 2, 0 }, { 2, 2 }, { 3, 1 }, { 2, 1 }, { 4, 1 }, { 5, 4 }, { 3, 2 }, { 4, 0 }, { 3, 0 }, { 3, 3 }, { 2, 2 } };

static void
more_raters_have_fleiss_kappa (void **state)
{
  (void) state;
  signed char ratings[25 * 5];
  guint cluster[25] = { 0 };
  for (guint s = 0; s < 25; s++)
    for (guint r = 0; r < 5; r++)
      ratings[5 * s + r] = r < many_raters[s][1] ? 1 : r < many_raters[s][0] ? 0 : -1;
  CdKappa got = cd_kappa_measure (ratings, 25, 5, cluster, 1);
  assert_true (got.fleiss);
  assert_int_equal (got.subjects, 25);
  assert_int_equal (got.raters, 5);
  near_to (got.kappa, 0.5415, 0.00005, "Fleiss' kappa of unequal numbers of ratings");
  assert_true (got.interval.low < got.kappa && got.kappa < got.interval.high);

  /* by hand, three raters of four: 3, 2, 1 and 0 yes. Agreeing pairs 1, 1/3, 1/3, 1: 2/3; p = 1/2, so that chance has 1/2: (2/3 - 1/2) / (1/2) */
  static const signed char three[] = { 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0 };
  got = cd_kappa_measure (three, 4, 3, cluster, 1);
  assert_true (got.fleiss);
  near_to (got.agreement, 2.0 / 3, 1e-12, "agreement of three");
  near_to (got.kappa, 1.0 / 3, 1e-12, "Fleiss' kappa of three");
}

static void
what_one_rater_rated_does_not_count (void **state)
{
  (void) state;
  /* Of three raters the second is silent, and two subjects have one rating: what is left is a fourfold table of 1, 1, 0, 1. */
  static const signed char ratings[] = { 1, -1, 1, /**/ 1, -1, 0, /**/ 0, -1, 0, /**/ -1, -1, 1, /**/ 0, -1, -1 };
  static const guint cluster[5] = { 0 };
  CdKappa got = cd_kappa_measure (ratings, 5, 3, cluster, 1);
  assert_int_equal (got.subjects, 3);
  assert_false (got.fleiss);
  near_to (got.agreement, 2.0 / 3, 1e-12, "agreement");
  near_to (got.kappa, 0.4, 1e-12, "expected 2/3 * 1/3 + 1/3 * 2/3 = 4/9: (6/9 - 4/9) / (5/9)");

  got = cd_kappa_measure (ratings + 9, 2, 3, cluster, 1);
  assert_int_equal (got.subjects, 0);
  assert_true (isnan (got.kappa) && isnan (got.agreement) && isnan (got.interval.low) && isnan (got.interval.high) && isnan (got.share.low));
  got = cd_kappa_measure (NULL, 0, 0, NULL, 0);
  assert_true (isnan (got.kappa));
}

static void
intervals_are_over_works (void **state)
{
  (void) state;
  /* Two works: one with kappa 1 (2 both yes, 2 both no), one with 0 (each cell once). Two draws of two give the first twice, both, or the second
   * twice, with chances of 1/4, 1/2 and 1/4: the quantiles 0.025 and 0.975 are the least and the greatest. */
  static const signed char ratings[] = { 1, 1, 1, 1, 0, 0, 0, 0, /**/ 1, 1, 1, 0, 0, 1, 0, 0 };
  static const guint works[] = { 0, 0, 0, 0, 1, 1, 1, 1 }, one[8] = { 0 };
  CdKappa got = cd_kappa_measure (ratings, 8, 2, works, 2);
  near_to (got.kappa, 0.5, 1e-12, "kappa over both");
  near_to (got.interval.low, 0, 1e-12, "of the second work twice");
  near_to (got.interval.high, 1, 1e-12, "of the first work twice");
  /* Agreement 0.75 with sums 4 of 4 and 2 of 4: the error over works is sqrt (1 + 1) / 8 = 0.1768, that of independent answers sqrt (0.1875 / 8) = 0.1531,
   * so that 8 answers count as 0.1875 / 0.03125 = 6. Wilson's interval of 4.5 of 6, by hand: (0.75 + 0.32012 -+ 0.47172) / 1.64024. */
  near_to (got.share.low, 0.36482, 0.00001, "Wilson's lower end of 6 effective answers");
  near_to (got.share.high, 0.94001, 0.00001, "Wilson's upper end of 6 effective answers");

  /* A work that holds no pair of answers is no cluster: the same as of one work. */
  CdKappa alone = cd_kappa_measure (ratings, 8, 2, one, 1), empty = cd_kappa_measure (ratings, 8, 2, one, 3);
  assert_true (alone.interval.low == empty.interval.low && alone.interval.high == empty.interval.high);
  assert_true (alone.interval.low < 0.5 && alone.interval.high > 0.5);
  near_to (alone.share.low, 0.40928, 0.00001, "Wilson's lower end of 6 of 8");
  /* the same every time */
  CdKappa again = cd_kappa_measure (ratings, 8, 2, one, 1);
  assert_memory_equal (&again.interval, &alone.interval, sizeof (CdInterval));
}

static void
full_agreement_has_no_interval_of_kappa (void **state)
{
  (void) state;
  CdKappa got = measure_fourfold ((const guint[]){ 3, 0, 0, 2 });
  near_to (got.kappa, 1, 0, "kappa");
  assert_true (isnan (got.interval.low) && isnan (got.interval.high));
  near_to (got.share.low, 0.56552, 0.00001, "5 of 5: Wilson's lower end, n / (n + z^2)");
  near_to (got.share.high, 1, 0, "its upper end");
  got = measure_fourfold ((const guint[]){ 0, 1, 0, 0 });
  assert_true (isnan (got.interval.low));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (two_raters_have_cohens_kappa),
    cmocka_unit_test (more_raters_have_fleiss_kappa),
    cmocka_unit_test (what_one_rater_rated_does_not_count),
    cmocka_unit_test (intervals_are_over_works),
    cmocka_unit_test (full_agreement_has_no_interval_of_kappa),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
