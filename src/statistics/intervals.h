/* How far a figure may be off by the choice of problems: intervals and standard errors. Proportions and means on the scale of their values. */
#pragma once
#include <glib.h>

#define CD_Z_95 1.959963984540054 /* quantile 0.975 of the normal distribution */

typedef struct {
  double low, high;
} CdInterval;

/* Wilson's score interval for right of n: (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n), p = right/n.
 * Wilson 1927, "Probable inference, the law of succession, and statistical inference", JASA 22:209-212. 0 to 1 where n is 0. */
CdInterval cd_interval_wilson (guint64 right, guint64 n, double z);
/* Wilson's interval for a share where items of one cluster are not independent: sums[c] of counts[c] items of cluster c; a sum may be of shares of items.
 * n is the effective one: that which has, with independent items, the error that the clusters show (cd_error_clustered), never more than there are items
 * (Kish 1965, "Survey sampling", p. 258; Franco et al. 2019, Journal of Survey Statistics and Methodology 7:334-364, for Wilson's interval by it).
 * One cluster alone: items are taken as independent. NAN both without items. */
CdInterval cd_interval_clustered (const double *sums, const guint *counts, guint clusters, double z);

/* The percentile bootstrap of the mean over problems: values (one a problem, already a mean over its samples) are drawn with replacement `resamples` times,
 * and the (1-level)/2 and (1+level)/2 quantiles of the means are the interval (by cd_quantile).
 * Efron 1979, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7:1-26; Efron and Tibshirani 1993, chapter 13.
 * The same result for the same seed on every machine. NAN both where length is 0. */
#define CD_BOOTSTRAP_RESAMPLES 2000u
CdInterval cd_interval_bootstrap (const double *values, guint length, guint resamples, double level, guint64 seed);

/* mean ± z * error, within low … high. For means over so many values that a bootstrap of them would give the same. */
CdInterval cd_interval_normal (double mean, double error, double z, double low, double high);

/* The standard error of a mean: sqrt(sum (x - mean)² / (n (n-1))). NAN below two values. */
double cd_error_mean (const double *values, guint length);
/* The same of a proportion p of n: sqrt(p(1-p)/n). NAN where n is 0. */
double cd_error_proportion (double p, guint64 n);
/* The standard error of the mean over all samples where samples of one problem are not independent: sums[c] over counts[c] samples of problem c,
 * sqrt(sum over c of (sums[c] - counts[c] * mean)²) / n, n = all samples. Liang and Zeger 1986 (Biometrika 73:13-22) for a mean; in this form Miller 2024,
 * "Adding error bars to evals", arXiv 2411.00640, equation 4. NAN without samples. */
double cd_error_clustered (const double *sums, const guint *counts, guint clusters);
