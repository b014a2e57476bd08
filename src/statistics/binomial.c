/* Tails of the binomial distribution by summation in logarithms. */
#include "statistics/binomial.h"
#include <math.h>

#define NEGLIGIBLE 1e-18 /* a term that no longer changes the sum */

/* ln C(n, m). lgamma() writes a global sign; its re-entrant form does not. */
static double
log_choose (guint64 n, guint64 m)
{
  int sign = 0;
  return lgamma_r ((double) n + 1, &sign) - lgamma_r ((double) m + 1, &sign) - lgamma_r ((double) (n - m) + 1, &sign);
}

/* ln P(X >= m) for m above the mean: terms fall from the first on. q = 1 - p. */
static double
sum_far (guint64 n, double p, double q, guint64 m)
{
  double first = log_choose (n, m) + (double) m * log (p) + (double) (n - m) * log (q), term = 1, sum = 1;
  for (guint64 i = m; i < n && term > NEGLIGIBLE * sum; i++) {
    term *= (double) (n - i) / ((double) i + 1) * (p / q);
    sum += term;
  }
  return MIN (first + log (sum), 0);
}

/* ln P(X >= m), either side of the mean. */
static double
log_tail (guint64 n, double p, double q, guint64 m)
{
  if (m == 0 || (q <= 0 && m <= n))
    return 0;
  if (m > n || p <= 0)
    return -INFINITY;
  if ((double) m > (double) n * p)
    return sum_far (n, p, q, m);
  return log1p (-exp (sum_far (n, q, p, n - m + 1))); /* X < m is n - X > n - m, which is on its far side */
}

double
cd_binomial_log_upper (guint64 n, double p, guint64 m)
{
  return log_tail (n, p, 1 - p, m);
}

double
cd_binomial_log_lower (guint64 n, double p, guint64 m)
{
  return m >= n ? 0 : log_tail (n, 1 - p, p, n - m);
}
