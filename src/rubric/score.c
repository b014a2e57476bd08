/* The score of verdicts, and its doubt. Where nothing is known of how answers go together, the total is a sum of independent yes/no answers, each true with
 * its certainty, so that its distribution (Poisson binomial, weighted with points) is exact: one convolution for each criterion. Where it is known, the
 * total's distribution is drawn from together.c's. */
#include "rubric/set.h"
#include <math.h>

#define LOWER_TAIL 0.1
#define UPPER_TAIL 0.9
/* Sums of products of doubles: a tail that is 0.1 on paper must not miss its total by the last bit. */
#define SLACK 1e-9
/* The range then is right to about a point. */
#define DRAWS 2000u

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

static double
probability_of_yes (const CdVerdict *verdict)
{
  return verdict->yes ? verdict->certainty : 1 - verdict->certainty;
}

static void
exact_range (const CdRubric *rubric, const GPtrArray *verdicts, CdScore *score)
{
  g_autofree double *chances = g_new0 (double, (gsize) score->of + 1);
  chances[0] = 1;
  for (guint i = 0; i < verdicts->len; i++) {
    const CdVerdict *verdict = g_ptr_array_index (verdicts, i);
    convolve (chances, score->of, cd_rubric_criterion (rubric, verdict->criterion)->points, probability_of_yes (verdict));
  }
  score->likely[0] = quantile (chances, score->of, LOWER_TAIL);
  score->likely[1] = quantile (chances, score->of, UPPER_TAIL);
}

/* A verdict whose certainty is not the joint one's was settled, or unsettled, by what readers said: it stands for itself. */
static void
set_apart (CdNormals *joint, guint index, double yes)
{
  for (guint i = 0; i < joint->length; i++)
    joint->covariances[(gsize) i * joint->length + index] = joint->covariances[(gsize) index * joint->length + i] = 0;
  joint->covariances[(gsize) index * joint->length + index] = 1;
  joint->means[index] = cd_normal_quantile (yes);
}

static void
draw_range (const CdRubric *rubric, const GPtrArray *verdicts, CdScore *score)
{
  static const double tails[] = { LOWER_TAIL, UPPER_TAIL };
  g_auto (CdNormals) joint = cd_rubric_joint (rubric, verdicts);
  g_autofree guint *points = g_new0 (guint, verdicts->len);
  for (guint i = 0; i < verdicts->len; i++) {
    const CdVerdict *verdict = g_ptr_array_index (verdicts, i);
    points[i] = cd_rubric_criterion (rubric, verdict->criterion)->points;
    if (fabs (cd_normals_positive (&joint, i) - probability_of_yes (verdict)) > SLACK)
      set_apart (&joint, i, probability_of_yes (verdict));
  }
  cd_normals_sum_quantiles (&joint, points, DRAWS, tails, score->likely, G_N_ELEMENTS (tails));
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
  for (guint i = 0; i < verdicts->len; i++) {
    const CdVerdict *verdict = g_ptr_array_index (verdicts, i);
    score->expected += probability_of_yes (verdict) * cd_rubric_criterion (rubric, verdict->criterion)->points;
  }
  if (rubric->together != NULL)
    draw_range (rubric, verdicts, score);
  else
    exact_range (rubric, verdicts, score);
}

void
cd_score_clear (CdScore *score)
{
  g_clear_pointer (&score->dimensions, g_array_unref);
}
