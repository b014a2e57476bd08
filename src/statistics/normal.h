/* The standard normal distribution, and correlated variables of which only signs are seen. */
#pragma once
#include <glib.h>

/* Probability of at most x. */
double cd_normal_cumulative (double x);
double cd_normal_density (double x);
/* The x below which p lies; p within 1e-15 … 1 - 1e-15 (clamped). Wichura 1988, "Algorithm AS 241: the percentage points of the normal distribution",
 * Applied Statistics 37:477-484, PPND16. */
double cd_normal_quantile (double p);

/* Jointly normal variables: means and, row by row, covariances. */
typedef struct {
  guint length;
  double *means, *covariances;
} CdNormals;
/* Independent ones of variance 1 and mean 0. Clear with cd_normals_clear. */
CdNormals cd_normals_new (guint length);
void cd_normals_clear (CdNormals *normals);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdNormals, cd_normals_clear)
/* Make the distribution that of the variables given that the sign of one was told to be positive or not, by somebody who is wrong with probability
 * error (0 … 0.5): the normal one with the true means and covariances (assumed density filtering with a probit likelihood: Minka 2001, "A family of
 * algorithms for approximate Bayesian inference", section 3.2; Rasmussen and Williams 2006, section 3.9). */
void cd_normals_observe (CdNormals *normals, guint index, gboolean positive, double error);
/* Probability that a variable is positive. */
double cd_normals_positive (const CdNormals *normals, guint index);
/* Quantiles of the sum of weights[i] over the variables that are positive: by `draws` draws with a fixed seed; at: `quantiles` probabilities, ascending.
 * Sums are below G_MAXUINT. The covariance need not be of full rank. */
void cd_normals_sum_quantiles (const CdNormals *normals, const guint *weights, guint draws, const double *at, guint *sums, guint quantiles);
