/* McNemar's exact test, the paired permutation test, Holm's correction. */
#include "statistics/tests.h"
#include "statistics/binomial.h"
#include "statistics/random.h"
#include <math.h>
#include <stdlib.h>

#define EXACT_DIFFERENCES 20u
#define ROUNDING 1e-9 /* of the sum of differences: sums that are equal but for the order of summing count as equal */

double
cd_test_mcnemar (guint64 only_first, guint64 only_second)
{
  guint64 n = only_first + only_second, fewer = MIN (only_first, only_second);
  return n == 0 ? 1 : MIN (1, 2 * exp (cd_binomial_log_lower (n, 0.5, fewer)));
}

/* The share of sign patterns whose sum is at least as far from 0; patterns in Gray's order, in which one sign changes a step. */
static double
count_all (double *signed_values, guint length, double observed)
{
  double sum = 0;
  guint32 patterns = 1u << length, hits = 0;
  for (guint i = 0; i < length; i++)
    sum += signed_values[i];
  for (guint32 step = 1;; step++) {
    hits += fabs (sum) >= observed ? 1 : 0;
    if (step == patterns)
      return (double) hits / patterns;
    guint at = (guint) g_bit_nth_lsf (step, -1);
    signed_values[at] = -signed_values[at];
    sum += 2 * signed_values[at];
  }
}

static double
count_drawn (const double *values, guint length, double observed, guint64 seed)
{
  CdRandom random = cd_random_new (seed);
  guint hits = 0;
  for (guint draw = 0; draw < CD_TEST_FLIPS; draw++) {
    double sum = 0;
    guint64 bits = 0;
    for (guint i = 0; i < length; i++) {
      bits = i % 64 == 0 ? cd_random_next (&random) : bits >> 1;
      sum += bits & 1 ? values[i] : -values[i];
    }
    hits += fabs (sum) >= observed ? 1 : 0;
  }
  return (hits + 1.0) / (CD_TEST_FLIPS + 1.0);
}

double
cd_test_paired (const double *differences, guint length, guint64 seed)
{
  g_autofree double *values = g_new (double, MAX (length, 1));
  double sum = 0, scale = 0;
  guint kept = 0;
  for (guint i = 0; i < length; i++)
    if (fabs (differences[i]) > 0) { /* neither 0 nor NAN */
      values[kept++] = differences[i];
      sum += differences[i];
      scale += fabs (differences[i]);
    }
  double observed = fabs (sum) - ROUNDING * scale;
  if (kept == 0)
    return 1;
  return kept <= EXACT_DIFFERENCES ? count_all (values, kept, observed) : count_drawn (values, kept, observed, seed);
}

typedef struct {
  double p;
  guint index;
} Ranked;

static int
compare_ranked (const void *a, const void *b)
{
  const Ranked *x = a, *y = b;
  if (x->p < y->p || x->p > y->p)
    return x->p < y->p ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

void
cd_test_holm (const double *p, guint length, double *adjusted)
{
  g_autofree Ranked *ranked = g_new (Ranked, MAX (length, 1));
  guint counted = 0;
  for (guint i = 0; i < length; i++)
    if (isnan (p[i]))
      adjusted[i] = NAN;
    else
      ranked[counted++] = (Ranked){ p[i], i };
  qsort (ranked, counted, sizeof *ranked, compare_ranked);
  double highest = 0;
  for (guint i = 0; i < counted; i++) {
    highest = MAX (highest, MIN (1, (counted - i) * ranked[i].p));
    adjusted[ranked[i].index] = highest;
  }
}
