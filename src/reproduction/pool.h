/* The figures that answer one claim, one for each run, and what they amount to under the claim's metric. */
#pragma once
#include "reproduction/match.h"

/* One run's figure under the metric that was asked for. */
typedef struct {
  const CdFigure *figure; /* borrowed */
  double value;           /* on the scale of 100 for percent and fraction, else in the figure's unit */
  CdMetric metric;        /* the one computed or logged */
} CdRun;

typedef struct {
  GArray *runs;    /* CdRun, in order of the figures */
  GArray *members; /* guint: indices of all figures that are part of a run */
  CdMatch match;   /* of all of them */
} CdPool;

/* What a figure gives under a metric: computed from its problems where they are known, else its own value. NAN where it cannot be told. */
double cd_figure_under (const CdFigure *figure, CdMetric metric);
/* Runs of the claim (an index) among the figures that come from by. */
void cd_pool_gather (CdPool *pool, CdMatcher *matcher, const GPtrArray *claims, guint claim, const GPtrArray *figures, CdFigureBy by);
/* Runs of figures that nobody claims: all that tell the same of the same as the first, which is an index, and are not used. Marks them as used. */
void cd_pool_of_figures (CdPool *pool, const GPtrArray *figures, guint first, guint8 *used);
void cd_pool_clear (CdPool *pool);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdPool, cd_pool_clear)
