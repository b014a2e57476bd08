/* The score of verdicts, and its doubt: the total is a sum of independent yes/no answers, each true with its certainty, so that its
 * distribution (Poisson binomial, weighted with points) is exact: one convolution for each criterion. */
#include "rubric/set.h"

#define LOWER_TAIL 0.1
#define UPPER_TAIL 0.9
/* Sums of products of doubles: a tail that is 0.1 on paper must not miss its total by the last bit. */
#define SLACK 1e-9

/* Let a criterion of so many points be earned with probability p. */
static void
convolve (double *chances, guint most, guint points, double p)
{
  for (guint total = most; total >= points; total--)
    chances[total] = chances[total] * (1 - p) + chances[total - points] * p;
  for (guint total = 0; total < points && total <= most; total++)
    chances[total] *= 1 - p;
}

/* The smallest total that is reached with at least the given probability from below. */
static guint
quantile (const double *chances, guint most, double tail)
{
  double sum = 0;
  for (guint total = 0; total < most; total++) {
    sum += chances[total];
    if (sum + SLACK >= tail)
      return total;
  }
  return most;
}

void
cd_rubric_score (const CdRubric *rubric, const GPtrArray *verdicts, CdScore *score)
{
  *score = (CdScore){ .dimensions = g_array_new (FALSE, TRUE, sizeof (CdPoints)) };
  g_array_set_size (score->dimensions, cd_rubric_dimensions (rubric));
  for (guint i = 0; i < verdicts->len; i++) {
    const CdVerdict *verdict = g_ptr_array_index (verdicts, i);
    const CdCriterion *criterion = cd_rubric_criterion (rubric, verdict->criterion);
    CdPoints *dimension = &g_array_index (score->dimensions, CdPoints, criterion->dimension);
    dimension->of += criterion->points;
    dimension->points += verdict->yes ? criterion->points : 0;
    score->of += criterion->points;
    score->total += verdict->yes ? criterion->points : 0;
    score->settled += cd_verdict_is_settled (verdict) ? 1 : 0;
    score->unsettled += cd_verdict_is_settled (verdict) ? 0 : 1;
  }
  g_autofree double *chances = g_new0 (double, (gsize) score->of + 1);
  chances[0] = 1;
  for (guint i = 0; i < verdicts->len; i++) {
    const CdVerdict *verdict = g_ptr_array_index (verdicts, i);
    guint points = cd_rubric_criterion (rubric, verdict->criterion)->points;
    double p = verdict->yes ? verdict->certainty : 1 - verdict->certainty;
    score->expected += p * points;
    convolve (chances, score->of, points, p);
  }
  score->likely[0] = quantile (chances, score->of, LOWER_TAIL);
  score->likely[1] = quantile (chances, score->of, UPPER_TAIL);
}

void
cd_score_clear (CdScore *score)
{
  g_clear_pointer (&score->dimensions, g_array_unref);
}
