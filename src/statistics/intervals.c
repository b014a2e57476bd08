/* Wilson's interval, the bootstrap over problems, standard errors. */
#include "statistics/intervals.h"
#include "statistics/estimators.h"
#include "statistics/random.h"
#include <math.h>

static CdInterval
wilson (double p, double count, double z)
{
  double z2 = z * z / count, centre = p + z2 / 2, half = z * sqrt (p * (1 - p) / count + z2 / (4 * count));
  return (CdInterval){ (centre - half) / (1 + z2), (centre + half) / (1 + z2) };
}

CdInterval
cd_interval_wilson (guint64 right, guint64 n, double z)
{
  if (n == 0)
    return (CdInterval){ 0, 1 };
  CdInterval interval = wilson ((double) right / (double) n, (double) n, z);
  /* The ends that are exact in theory are so in the result. */
  if (right == 0)
    interval.low = 0;
  if (right == n)
    interval.high = 1;
  return interval;
}

CdInterval
cd_interval_clustered (const double *sums, const guint *counts, guint clusters, double z)
{
  double total = 0, n = 0;
  for (guint i = 0; i < clusters; i++) {
    total += sums[i];
    n += counts[i];
  }
  if (n <= 0)
    return (CdInterval){ NAN, NAN };
  double p = total / n, error = cd_error_clustered (sums, counts, clusters);
  double effective = error > 0 ? fmin (n, p * (1 - p) / (error * error)) : n;
  CdInterval interval = wilson (p, fmax (1, effective), z);
  return (CdInterval){ p > 0 ? fmax (0, interval.low) : 0, p < 1 ? fmin (1, interval.high) : 1 };
}

CdInterval
cd_interval_bootstrap (const double *values, guint length, guint resamples, double level, guint64 seed)
{
  if (length == 0 || resamples == 0)
    return (CdInterval){ NAN, NAN };
  g_autofree double *means = g_new (double, resamples);
  CdRandom random = cd_random_new (seed);
  for (guint i = 0; i < resamples; i++) {
    double sum = 0;
    for (guint j = 0; j < length; j++)
      sum += values[cd_random_below (&random, length)];
    means[i] = sum / length;
  }
  cd_quantile_sort (means, resamples);
  return (CdInterval){ cd_quantile (means, resamples, (1 - level) / 2), cd_quantile (means, resamples, (1 + level) / 2) };
}

CdInterval
cd_interval_normal (double mean, double error, double z, double low, double high)
{
  return (CdInterval){ CLAMP (mean - z * error, low, high), CLAMP (mean + z * error, low, high) };
}

double
cd_error_mean (const double *values, guint length)
{
  if (length < 2)
    return NAN;
  double mean = cd_estimate_mean (values, length), squares = 0;
  for (guint i = 0; i < length; i++)
    squares += (values[i] - mean) * (values[i] - mean);
  return sqrt (squares / ((double) length * (length - 1)));
}

double
cd_error_proportion (double p, guint64 n)
{
  return n > 0 ? sqrt (p * (1 - p) / (double) n) : NAN;
}

double
cd_error_clustered (const double *sums, const guint *counts, guint clusters)
{
  double total = 0, n = 0, squares = 0;
  for (guint i = 0; i < clusters; i++) {
    total += sums[i];
    n += counts[i];
  }
  if (n <= 0)
    return NAN;
  for (guint i = 0; i < clusters; i++) {
    double off = sums[i] - counts[i] * (total / n);
    squares += off * off;
  }
  return sqrt (squares) / n;
}
