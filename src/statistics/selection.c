/* A claim among runs. */
#include "statistics/selection.h"
#include "statistics/binomial.h"
#include "statistics/estimators.h"
#include <math.h>

#define ROUNDING 1e-9

CdSelection
cd_selection_place (const double *runs, guint length, double claim, double tolerance)
{
  CdSelection place = { 0, 0, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  g_autofree double *sorted = g_new (double, MAX (length, 1));
  double sum = 0, squares = 0, reach = tolerance + ROUNDING * fabs (claim);
  for (guint i = 0; i < length; i++)
    if (!isnan (runs[i])) {
      sorted[place.runs++] = runs[i];
      sum += runs[i];
      place.above += runs[i] > claim + reach ? 1 : 0;
      place.equal += fabs (runs[i] - claim) <= reach ? 1 : 0;
    }
  if (place.runs == 0)
    return place;
  cd_quantile_sort (sorted, place.runs);
  place.lowest = sorted[0];
  place.lower_quartile = cd_quantile (sorted, place.runs, 0.25);
  place.median = cd_quantile (sorted, place.runs, 0.5);
  place.upper_quartile = cd_quantile (sorted, place.runs, 0.75);
  place.highest = sorted[place.runs - 1];
  place.mean = sum / place.runs;
  for (guint i = 0; i < place.runs; i++)
    squares += (sorted[i] - place.mean) * (sorted[i] - place.mean);
  place.deviation = place.runs > 1 ? sqrt (squares / (place.runs - 1)) : NAN;
  return place;
}

guint64
cd_selection_needed (double claim, double tolerance, guint64 n)
{
  double least = ceil ((claim - tolerance) * (double) n - ROUNDING * (double) n);
  return !(least > 0) ? 0 : least > (double) n ? n + 1 : (guint64) least;
}

double
cd_selection_chance (guint64 n, double p, guint64 m, guint64 r)
{
  if (!(p >= 0 && p <= 1))
    return NAN;
  double reached = exp (cd_binomial_log_upper (n, p, m));
  return reached >= 1 ? (r > 0 ? 1 : 0) : -expm1 ((double) r * log1p (-reached));
}
