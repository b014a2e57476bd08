/* How far raters agree beyond chance on yes-or-no questions. */
#pragma once
#include "statistics/intervals.h"

typedef struct {
  guint subjects;      /* questions answered by at least two raters */
  guint raters;        /* most raters of one subject */
  double agreement;    /* mean over subjects of the share of agreeing pairs of raters; NAN without subjects */
  double kappa;        /* Cohen's for two raters who rated every subject, Fleiss' otherwise; 1 where all agree on one answer; NAN without subjects */
  CdInterval interval; /* of kappa, 95 %; NAN both where it cannot be told */
  gboolean fleiss;     /* which kappa it is */
  CdInterval share;    /* of agreement, 95 %: cd_interval_clustered; NAN both without subjects */
} CdKappa;

/* ratings[s * raters + r]: 1 yes, 0 no, -1 not rated. Cohen 1960, "A coefficient of agreement for nominal scales", Educational and Psychological
 * Measurement 20:37-46; Fleiss 1971, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76:378-382 (generalized to unequal
 * numbers of ratings as in Fleiss, Levin and Paik 2003, section 18.3). The interval is a percentile bootstrap over clusters (works), since answers
 * about one work are not independent: cluster[s] < clusters; with one cluster, over subjects. The same on every machine. It cannot be told where there is
 * one subject alone, or where raters agree on all: drawing again from that says nothing (the interval of their agreement does). */
CdKappa cd_kappa_measure (const signed char *ratings, guint subjects, guint raters, const guint *cluster, guint clusters);
