/* How a figure is measured and counted: the metric that text, logs and manifests name, and its unit. */
#pragma once
#include <glib.h>

typedef enum {
  CD_METRIC_UNKNOWN,
  CD_METRIC_ACCURACY,    /* right answers over problems, one answer each */
  CD_METRIC_PASS,        /* pass@k: at least one of k samples is right */
  CD_METRIC_MAJORITY,    /* maj@k, cons@k, self-consistency: the most frequent of k answers is right */
  CD_METRIC_BEST,        /* rm@k, best-of-n: the sample that a scorer prefers is right */
  CD_METRIC_AVERAGE,     /* avg@k, mean@k: mean accuracy over k samples a problem */
  CD_METRIC_EXACT_MATCH, /* of normalised strings */
  CD_METRIC_F1,
  CD_METRIC_RATE,   /* win, resolved, refusal, success rate */
  CD_METRIC_RATING, /* Elo, Codeforces rating, a judge's mark */
  CD_METRIC_TOKENS, /* mean output tokens */
  CD_METRIC_KINDS
} CdMetricKind;
typedef struct {
  CdMetricKind kind;
  guint k; /* of pass@k, maj@k …; 0: none, or not told */
} CdMetric;

/* The metric that a short text names ("Pass@1", "cons@64", "acc_norm"); of several the first. CD_METRIC_UNKNOWN where none is. length -1: to its end. */
CdMetric cd_metric_read (const char *text, gssize length);
/* "accuracy", "pass@1", "maj@64", "best@16", "avg@32" ("avg@k" without a number), "exact-match", "f1", "rate", "rating", "tokens"; "unknown". Caller frees. */
char *cd_metric_name (CdMetric metric);

typedef enum { CD_UNIT_PERCENT, CD_UNIT_FRACTION, CD_UNIT_SCORE, CD_UNIT_COUNT, CD_UNIT_TOKENS, CD_UNITS } CdUnit;
const char *cd_unit_name (CdUnit unit); /* "percent", "fraction", "score", "count", "tokens" */
/* percent and fraction on the scale of 100; others as they are. */
double cd_unit_scale (double value, CdUnit unit);
