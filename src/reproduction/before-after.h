/* Two sets of predictions side by side, category by category: what a model answered before a change (of training, of model) and after it, as table 2 of
 * Huang et al. 2024 (arXiv 2411.16489) shows safety, factuality, sycophancy and general ability before and after distillation. */
#pragma once
#include "outputs/figure.h"
#include "statistics/intervals.h"

typedef struct {
  char *category;                     /* a category, or a benchmark of files without any; NULL: all problems */
  gint64 before_n, after_n, paired;   /* problems in each set, and in both */
  double before, after;               /* mean score over the paired problems, else over all of each; percent */
  double difference;                  /* after - before, percentage points */
  CdInterval interval;                /* 95 % of the difference, by bootstrap over paired problems; NAN where none is paired */
  double p;                           /* exact McNemar where every problem has one answer, else the paired permutation test; NAN without pairs */
  double p_holm;                      /* corrected for the number of categories; of all problems: p */
  double before_tokens, after_tokens; /* mean output tokens; NAN not told */
} CdBeforeAfterRow;

/* Rows by name, all problems last. Figures from predictions only. Free with g_ptr_array_unref. */
GPtrArray *cd_before_after (const GPtrArray *before, const GPtrArray *after, const CdBenchmarks *benchmarks);

/* Accuracy of both at the same inference cost, mean output tokens a problem (statistics/cost.h), where the predictions tell tokens and their costs overlap:
 * each set's curve runs from one answer to the majority of all its samples. FALSE where that cannot be told. */
typedef struct {
  double tokens;        /* the largest cost that both cover */
  double before, after; /* percent */
} CdEqualCost;
gboolean cd_before_after_cost (const GPtrArray *before, const GPtrArray *after, CdEqualCost *cost);
