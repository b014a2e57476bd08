/* What a benchmark's figure is made of: estimates from graded samples, a problem at a time. A figure over problems is their mean (cd_estimate_mean).
 * Everything on the scale of 0 to 1; NAN where nothing can be said. Deterministic; no state. */
#pragma once
#include <glib.h>

/* right / total: the proportion of right answers. NAN where total is 0. */
double cd_estimate_accuracy (guint64 right, guint64 total);

/* pass@k, unbiased: 1 - C(n-c, k) / C(n, k), the chance that at least one of k samples drawn without replacement from n, c of them right, is right;
 * as the product of (1 - k/i) for i = n-c+1 … n, or its mirror in k where that is shorter. Chen et al. 2021, "Evaluating large language models trained
 * on code", arXiv 2107.03374, equation 1. NAN where k is 0 or above n. */
double cd_estimate_pass (guint64 n, guint64 c, guint64 k);

/* An answer that was given, and how many samples gave it. Equal answers are one row. */
typedef struct {
  guint votes;
  gboolean right;
} CdVote;

/* maj@k (cons@k, self-consistency; Wang et al. 2022, arXiv 2203.11171): the chance that the most frequent answer among k samples, drawn without
 * replacement from all, is right; an answer among j equally frequent ones counts 1/j, as if the tie were broken by lot. silent: samples that state no
 * answer: they are drawn but have no vote; where none of the drawn votes, the result is 0.
 * k = all samples: the plain tie-split majority. k < all: the exact expectation, by dynamic programming over the answers (multivariate
 * hypergeometric), while length * k^3 is at most CD_MAJORITY_EXACT; beyond that the mean over at most 4096 subsets drawn with seed, whose standard
 * error is at most 0.5/sqrt(draws). NAN where k is 0 or above the samples. */
#define CD_MAJORITY_EXACT 4194304.0
double cd_estimate_majority (const CdVote *votes, guint length, guint silent, guint k, guint64 seed);

/* A sample with what a reward model or verifier gives it. */
typedef struct {
  double score; /* NAN: not scored, ranks below all */
  double right; /* 1, 0, or a graded score between */
} CdScoredSample;

/* rm@k, best-of-k: the expected correctness of the sample with the highest score among k drawn without replacement from n. By order statistics: for
 * each distinct score with a samples above it and b at it, ((C(n-a,k) - C(n-a-b,k)) / C(n,k)) * mean correctness of the b; ties are thus broken by lot.
 * Sorts samples. (The estimator of Nakano et al. 2021, "WebGPT", arXiv 2112.09332, appendix I, with ties.) NAN where k is 0 or above n. */
double cd_estimate_best (CdScoredSample *samples, guint n, guint k);

/* The mean over values; those that are NAN are left out, NAN where all are. Of each problem's right/samples it is avg@n (mean@n), of each problem's
 * output tokens the mean output tokens. Summed with Kahan's compensation, so that a million small values do not drift. */
double cd_estimate_mean (const double *values, guint length);
/* avg@n: the mean over problems of right[i] / samples[i]; problems without samples are left out. */
double cd_estimate_average (const guint *right, const guint *samples, guint problems);

/* Sorts ascending; values without NAN. */
void cd_quantile_sort (double *values, guint length);
/* The quantile at 0 … 1 of sorted values, length > 0: linear between neighbours (type 7 of Hyndman and Fan 1996, "Sample quantiles in statistical
 * packages", The American Statistician 50:361-365; the default of R and NumPy). */
double cd_quantile (const double *sorted, guint length, double at);
