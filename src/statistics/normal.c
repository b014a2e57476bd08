/* The standard normal distribution and jointly normal variables. Plain numbers in and out: what they stand for is the callers' business. */
#include "statistics/normal.h"
#include "statistics/random.h"
#include <math.h>
#include <string.h>

#define SMALLEST 1e-15
#define LEAST_LIKELIHOOD 1e-12
#define LEAST_VARIANCE 1e-9

double
cd_normal_cumulative (double x)
{
  return 0.5 * erfc (-x / G_SQRT2);
}

double
cd_normal_density (double x)
{
  return exp (-0.5 * x * x) / sqrt (2 * G_PI);
}

/* The quotient of two polynomials of degree 7, constant terms first. */
static double
quotient (const double over[8], const double under[8], double x)
{
  double top = over[7], bottom = under[7];
  for (guint i = 7; i-- > 0;) {
    top = top * x + over[i];
    bottom = bottom * x + under[i];
  }
  return top / bottom;
}

double
cd_normal_quantile (double p)
{
  /* AS 241: within 0.425 of the middle, then by the root of the logarithm of the tail, up to 5 and beyond. */
  static const double a[8] = { 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
                               4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3 };
  static const double b[8] = { 1.0,
                               4.2313330701600911252e1,
                               6.8718700749205790830e2,
                               5.3941960214247511077e3,
                               2.1213794301586595867e4,
                               3.9307895800092710610e4,
                               2.8729085735721942674e4,
                               5.2264952788528545610e3 };
  static const double c[8] = { 1.42343711074968357734e0, 4.63033784615654529590e0,  5.76949722146069140550e0,  3.64784832476320460504e0,
                               1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4 };
  static const double d[8] = { 1.0,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9 };
  static const double e[8] = { 6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,  2.96560571828504891230e-1,
                               2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7 };
  static const double f[8] = { 1.0,
                               5.99832206555887937690e-1,
                               1.36929880922735805310e-1,
                               1.48753612908506148525e-2,
                               7.86869131145613259100e-4,
                               1.84631831751005468180e-5,
                               1.42151175831644588870e-7,
                               2.04426310338993978564e-15 };
  p = CLAMP (p, SMALLEST, 1 - SMALLEST);
  double q = p - 0.5;
  if (fabs (q) <= 0.425)
    return q * quotient (a, b, 0.180625 - q * q);
  double r = sqrt (-log (MIN (p, 1 - p)));
  double x = r <= 5 ? quotient (c, d, r - 1.6) : quotient (e, f, r - 5);
  return q < 0 ? -x : x;
}

CdNormals
cd_normals_new (guint length)
{
  CdNormals normals = { .length = length, .means = g_new0 (double, length), .covariances = g_new0 (double, (gsize) length *length) };
  for (guint i = 0; i < length; i++)
    normals.covariances[i * length + i] = 1;
  return normals;
}

void
cd_normals_clear (CdNormals *normals)
{
  g_clear_pointer (&normals->means, g_free);
  g_clear_pointer (&normals->covariances, g_free);
}

void
cd_normals_observe (CdNormals *normals, guint index, gboolean positive, double error)
{
  guint length = normals->length;
  const double *row = normals->covariances + (gsize) index * length;
  double variance = fmax (row[index], LEAST_VARIANCE), spread = sqrt (variance), at = normals->means[index] / spread, sign = positive ? 1 : -1;
  double sure = 1 - 2 * error;
  double likelihood = fmax (error + sure * cd_normal_cumulative (sign * at), LEAST_LIKELIHOOD);
  double slope = sign * sure * cd_normal_density (at) / likelihood, bend = slope * (slope + at);
  g_autofree double *column = g_memdup2 (row, length * sizeof (double));
  for (guint i = 0; i < length; i++) {
    normals->means[i] += column[i] / spread * slope;
    for (guint k = 0; k < length; k++)
      normals->covariances[(gsize) i * length + k] -= column[i] * column[k] / variance * bend;
  }
}

double
cd_normals_positive (const CdNormals *normals, guint index)
{
  double variance = fmax (normals->covariances[(gsize) index * normals->length + index], LEAST_VARIANCE);
  return cd_normal_cumulative (normals->means[index] / sqrt (variance));
}

/* A lower triangle whose product with its transpose is the covariance; a direction without variance is left out. Caller frees. */
static double *
triangle (const CdNormals *normals)
{
  guint length = normals->length;
  double *lower = g_new0 (double, (gsize) length *length);
  for (guint i = 0; i < length; i++)
    for (guint k = 0; k <= i; k++) {
      double *to = lower + (gsize) i * length, *of = lower + (gsize) k * length, rest = normals->covariances[(gsize) i * length + k];
      for (guint j = 0; j < k; j++)
        rest -= to[j] * of[j];
      if (i == k)
        to[k] = rest > LEAST_VARIANCE ? sqrt (rest) : 0;
      else
        to[k] = of[k] > 0 ? rest / of[k] : 0;
    }
  return lower;
}

#define FRACTION_BITS 53

static guint
draw_sum (const CdNormals *normals, const double *lower, const guint *weights, double *values, CdRandom *random)
{
  guint sum = 0;
  for (guint i = 0; i < normals->length; i++) {
    double even = ((double) (cd_random_next (random) >> (64 - FRACTION_BITS)) + 0.5) / (double) (G_GUINT64_CONSTANT (1) << FRACTION_BITS);
    values[i] = cd_normal_quantile (even);
    double value = normals->means[i];
    for (guint k = 0; k <= i; k++)
      value += lower[(gsize) i * normals->length + k] * values[k];
    sum += value > 0 ? weights[i] : 0;
  }
  return sum;
}

void
cd_normals_sum_quantiles (const CdNormals *normals, const guint *weights, guint draws, const double *at, guint *sums, guint quantiles)
{
  guint most = 0;
  for (guint i = 0; i < normals->length; i++)
    most += weights[i];
  g_autofree guint *counts = g_new0 (guint, (gsize) most + 1);
  g_autofree double *lower = triangle (normals), *values = g_new0 (double, normals->length);
  CdRandom random = cd_random_new (CD_RANDOM_SEED);
  for (guint i = 0; i < draws; i++)
    counts[draw_sum (normals, lower, weights, values, &random)]++;
  for (guint i = 0; i < quantiles; i++) {
    guint sum = 0, seen = counts[0];
    while (sum < most && seen < at[i] * draws)
      seen += counts[++sum];
    sums[i] = sum;
  }
}
