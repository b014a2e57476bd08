/* Whether a claim is a run or the best of many: its place among logged runs, and what chance gives the best of so many. */
#pragma once
#include <glib.h>

typedef struct {
  guint runs;
  guint above; /* runs that are higher than the claim by more than the tolerance: the claim's rank is above + 1 */
  guint equal; /* runs within the tolerance of the claim */
  double lowest, lower_quartile, median, upper_quartile, highest; /* by cd_quantile */
  double mean, deviation;                                         /* deviation: sqrt(sum (x - mean)² / (n-1)); NAN below two runs */
} CdSelection;

/* The claim's place among runs (same unit, any order; NAN left out). tolerance: half a step of the claim's printed precision. */
CdSelection cd_selection_place (const double *runs, guint length, double claim, double tolerance);

/* The fewest right answers of n that are the claim as printed or more: the least m with m/n >= claim - tolerance; claim and tolerance are
 * fractions, tolerance half a step of the printed precision (14 of 30 is 0.467). n + 1 where the claim is beyond all n. */
guint64 cd_selection_needed (double claim, double tolerance, guint64 n);
/* The chance that the best of r independent runs of a model that answers each of n problems right with probability p reaches m right answers:
 * 1 - (1 - P(Bin(n,p) >= m))^r, the distribution of a maximum, computed from logarithms as -expm1(r log1p(-P)). Problems are taken as alike; where they
 * differ in difficulty runs spread less (a Poisson binomial's variance is at most the binomial's), so that the chance is an upper bound for claims
 * well above the mean. NAN where p is not within 0 … 1. */
double cd_selection_chance (guint64 n, double p, guint64 m, guint64 r);
