/* Accuracy at equal inference cost: a model's accuracy against the tokens that it spends a problem, extended by voting, so that a model of short
 * answers and many votes stands beside one of a single long thought. Huang et al. 2024, "O1 Replication Journey – Part 2", arXiv 2411.16489,
 * section 3.2: cost is the mean number of output tokens on the benchmark, and maj@k extends a model's curve to higher cost. */
#pragma once
#include "statistics/estimators.h"

typedef struct {
  double tokens;   /* mean output tokens a problem */
  double accuracy; /* 0 to 1 */
} CdCostPoint;

/* One problem's samples. */
typedef struct {
  const CdVote *votes;
  guint length;
  guint silent;
  double tokens; /* mean output tokens of one sample */
} CdCostProblem;

/* The curve of one model: for each k the point (k * mean tokens of a sample, mean over problems of maj@k), into points[0 … length-1]. maj@1 is the mean
 * accuracy of a sample. A problem with fewer than k samples makes that point's accuracy NAN: a curve is of all problems or of none. */
void cd_cost_curve (const CdCostProblem *problems, guint count, const guint *k, guint length, guint64 seed, CdCostPoint *points);
/* The accuracy at budget tokens: linear between the two points around it, points ascending by tokens. NAN outside of them, and where an end is
 * NAN: nothing is extrapolated. */
double cd_cost_accuracy (const CdCostPoint *points, guint length, double budget);
/* The budgets that both curves cover. FALSE where they have none in common. */
gboolean cd_cost_common (const CdCostPoint *a, guint a_length, const CdCostPoint *b, guint b_length, double *low, double *high);
