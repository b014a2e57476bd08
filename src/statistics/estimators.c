/* Accuracy, pass@k, best-of-k, means, quantiles. maj@k is majority.c's. */
#include "statistics/estimators.h"
#include <math.h>
#include <stdlib.h>

double
cd_estimate_accuracy (guint64 right, guint64 total)
{
  return total > 0 ? (double) right / (double) total : NAN;
}

/* C(n - c, k) / C(n, k): that none of c is among k of n. k <= n. */
static double
chance_of_none (guint64 n, guint64 c, guint64 k)
{
  if (c + k > n)
    return 0;
  guint64 fewer = MIN (c, k), more = MAX (c, k); /* the ratio is the same with c and k exchanged */
  double none = 1;
  for (guint64 i = n - fewer + 1; i <= n && none > 0; i++)
    none *= 1 - (double) more / (double) i;
  return none;
}

double
cd_estimate_pass (guint64 n, guint64 c, guint64 k)
{
  return k == 0 || k > n || c > n ? NAN : 1 - chance_of_none (n, c, k);
}

/* Highest first; those without a score last. */
static int
compare_scores (const void *a, const void *b)
{
  double x = ((const CdScoredSample *) a)->score, y = ((const CdScoredSample *) b)->score;
  if (isnan (x) || isnan (y))
    return (isnan (x) ? 1 : 0) - (isnan (y) ? 1 : 0);
  return (x < y) - (x > y);
}

double
cd_estimate_best (CdScoredSample *samples, guint n, guint k)
{
  if (k == 0 || k > n)
    return NAN;
  qsort (samples, n, sizeof *samples, compare_scores);
  double expected = 0, none_above = 1; /* chance that no drawn sample ranks above the present score */
  for (guint first = 0, end = 0; first < n && none_above > 0; first = end) {
    double right = 0;
    for (end = first; end < n && compare_scores (&samples[first], &samples[end]) == 0; end++)
      right += samples[end].right;
    double none_here = chance_of_none (n, end, k);
    expected += (none_above - none_here) * right / (end - first);
    none_above = none_here;
  }
  return expected;
}

double
cd_estimate_mean (const double *values, guint length)
{
  double sum = 0, lost = 0;
  guint counted = 0;
  for (guint i = 0; i < length; i++) {
    if (isnan (values[i]))
      continue;
    double value = values[i] - lost, next = sum + value;
    lost = (next - sum) - value;
    sum = next;
    counted++;
  }
  return counted > 0 ? sum / counted : NAN;
}

double
cd_estimate_average (const guint *right, const guint *samples, guint problems)
{
  g_autofree double *rates = g_new (double, MAX (problems, 1));
  for (guint i = 0; i < problems; i++)
    rates[i] = cd_estimate_accuracy (right[i], samples[i]);
  return cd_estimate_mean (rates, problems);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

void
cd_quantile_sort (double *values, guint length)
{
  qsort (values, length, sizeof *values, compare_doubles);
}

double
cd_quantile (const double *sorted, guint length, double at)
{
  double place = at * (length - 1);
  guint below = (guint) place;
  return below + 1 < length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[length - 1];
}
