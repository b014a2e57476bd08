/* Curves of accuracy against tokens, and their values at a common budget. */
#include "statistics/cost.h"
#include <math.h>

void
cd_cost_curve (const CdCostProblem *problems, guint count, const guint *k, guint length, guint64 seed, CdCostPoint *points)
{
  double tokens = 0;
  for (guint i = 0; i < count; i++)
    tokens += problems[i].tokens / count;
  for (guint at = 0; at < length; at++) {
    double sum = 0;
    for (guint i = 0; i < count; i++)
      sum += cd_estimate_majority (problems[i].votes, problems[i].length, problems[i].silent, k[at], seed + i);
    points[at] = (CdCostPoint){ k[at] * tokens, count > 0 ? sum / count : NAN };
  }
}

double
cd_cost_accuracy (const CdCostPoint *points, guint length, double budget)
{
  for (guint i = 0; i < length; i++) {
    if (points[i].tokens < budget)
      continue;
    if (points[i].tokens <= budget)
      return points[i].accuracy;
    if (i == 0)
      return NAN;
    const CdCostPoint *from = &points[i - 1];
    return from->accuracy + (points[i].accuracy - from->accuracy) * (budget - from->tokens) / (points[i].tokens - from->tokens);
  }
  return NAN;
}

gboolean
cd_cost_common (const CdCostPoint *a, guint a_length, const CdCostPoint *b, guint b_length, double *low, double *high)
{
  if (a_length == 0 || b_length == 0)
    return FALSE;
  *low = MAX (a[0].tokens, b[0].tokens);
  *high = MIN (a[a_length - 1].tokens, b[b_length - 1].tokens);
  return *low <= *high;
}
