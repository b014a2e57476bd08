/* GRIM and its relatives. */
#include "statistics/arithmetic.h"
#include <math.h>

#define MOST_DECIMALS 12u       /* beyond a double's digits nothing can be told */
#define MOST_ITEMS (1ULL << 40) /* keeps products within 128 bits */

__extension__ typedef __int128 Wide;

static double
last_place (CdPrinted printed)
{
  return pow (10, -(double) printed.decimals);
}

static Wide
ceiling (Wide dividend, Wide divisor)
{
  return dividend <= 0 ? 0 : (dividend + divisor - 1) / divisor;
}

/* In units of the last printed place the figure is u, a full score is full, and m of items is m * full / items. Rounding half up or half to even prints
 * [u - 1/2, u + 1/2] as u, truncation [u, u + 1); half up of what was rounded to one more digit [u - 11/20, u + 1/2). */
CdGrim
cd_arithmetic_grim (CdPrinted printed, guint64 items, guint64 *right)
{
  double full_value = printed.percent ? 100 : 1;
  if (!(printed.value >= 0 && printed.value <= full_value) || printed.decimals > MOST_DECIMALS || items == 0 || items > MOST_ITEMS)
    return CD_GRIM_UNTESTABLE;
  Wide full = printed.percent ? 100 : 1, n = (Wide) items;
  for (guint i = 0; i < printed.decimals; i++)
    full *= 10;
  Wide u = (Wide) llround (printed.value / last_place (printed));
  Wide m = ceiling ((2 * u - 1) * n, 2 * full);
  if (right != NULL)
    *right = (guint64) MIN (m, n);
  if (full <= n)
    return CD_GRIM_UNTESTABLE;
  if (m <= n && 2 * m * full <= (2 * u + 1) * n)
    return CD_GRIM_POSSIBLE;
  if (m <= n && m * full < (u + 1) * n)
    return CD_GRIM_TRUNCATED;
  Wide below = ceiling ((20 * u - 11) * n, 20 * full);
  return below <= n && 20 * below * full < (20 * u - 10) * n ? CD_GRIM_ROUNDED_TWICE : CD_GRIM_IMPOSSIBLE;
}

guint
cd_arithmetic_samples (CdPrinted printed, guint64 n, gboolean rounded)
{
  for (guint k = 1; k <= CD_GRIM_SAMPLES; k++) {
    CdGrim grim = cd_arithmetic_grim (printed, n * k, NULL);
    gboolean careless = grim == CD_GRIM_TRUNCATED || grim == CD_GRIM_ROUNDED_TWICE;
    if (grim != CD_GRIM_IMPOSSIBLE && !(careless && rounded))
      return n > 0 && printed.value >= 0 && printed.value <= (printed.percent ? 100 : 1) ? k : 0;
  }
  return 0;
}

gint
cd_arithmetic_other (CdPrinted printed, const gint64 *sizes, guint length, guint64 k)
{
  for (guint i = 0; i < length; i++) {
    CdGrim grim = sizes[i] > 0 ? cd_arithmetic_grim (printed, (guint64) sizes[i] * k, NULL) : CD_GRIM_UNTESTABLE;
    if (grim != CD_GRIM_IMPOSSIBLE && grim != CD_GRIM_UNTESTABLE)
      return (gint) i;
  }
  return -1;
}

/* What prints as this: from half a place below (rounding) to a whole place above (truncation). */
static void
printed_range (CdPrinted printed, double *low, double *high)
{
  *low = printed.value - last_place (printed) / 2;
  *high = printed.value + last_place (printed);
}

static double
deviation (double p)
{
  return sqrt (MAX (p * (1 - p), 0));
}

gboolean
cd_arithmetic_error_fits (CdPrinted mean, CdPrinted error, guint64 items)
{
  if (items < 2)
    return FALSE;
  double full = mean.percent ? 100 : 1, low, high, error_low, error_high;
  printed_range (mean, &low, &high);
  printed_range (error, &error_low, &error_high);
  low = CLAMP (low / full, 0, 1);
  high = CLAMP (high / full, 0, 1);
  gboolean holds_half = low <= 0.5 && high >= 0.5; /* where the deviation is greatest */
  double least = MIN (deviation (low), deviation (high)), most = holds_half ? 0.5 : MAX (deviation (low), deviation (high));
  double slack = 1e-9 * full;
  return full * least / sqrt ((double) items) <= error_high + slack && full * most / sqrt ((double) items - 1) >= error_low - slack;
}

gboolean
cd_arithmetic_average_fits (const CdPrinted *cells, guint length, CdPrinted average, double *expected)
{
  double sum = 0, low = 0, high = 0, average_low, average_high;
  for (guint i = 0; i < length; i++) {
    double cell_low, cell_high;
    printed_range (cells[i], &cell_low, &cell_high);
    sum += cells[i].value / length;
    low += cell_low / length;
    high += cell_high / length;
  }
  if (expected != NULL)
    *expected = length > 0 ? sum : NAN;
  if (length == 0)
    return TRUE;
  printed_range (average, &average_low, &average_high);
  double slack = 1e-9 * MAX (fabs (average.value), 1);
  return low <= average_high + slack && high >= average_low - slack;
}
