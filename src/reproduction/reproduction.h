/* Every claimed figure beside the figure that can be obtained: from result logs, from predictions graded again, or by a run of the declared command.
 * What is obtained carries its doubt (an interval, the spread of all logged runs) and a conclusion that never says more than the files show. */
#pragma once
#include "reproduction/match.h"

typedef enum { CD_OBTAINED_BY_LOG, CD_OBTAINED_BY_PREDICTIONS, CD_OBTAINED_BY_RUN } CdObtainedBy;
const char *cd_obtained_by_name (CdObtainedBy by); /* "log", "predictions", "run" */

/* reproduced: equal to the printed precision (or the manifest's tolerance), by the median of the runs or by one of them that is not picked.
 * compatible: inside the 95 % interval of what was obtained.
 * selected: equal to the best of several logged runs, and outside what their median supports.
 * not-reproduced: none of these, and names leave no doubt that it is the same model and benchmark.
 * not-run: a command is declared and nothing it writes is here. */
typedef enum {
  CD_CONCLUSION_REPRODUCED,
  CD_CONCLUSION_COMPATIBLE,
  CD_CONCLUSION_SELECTED,
  CD_CONCLUSION_NOT_REPRODUCED,
  CD_CONCLUSION_NOT_RUN,
  CD_CONCLUSIONS
} CdConclusion;
const char *cd_conclusion_name (CdConclusion conclusion);

typedef struct {
  gint claim;         /* index into claims, -1: nobody claims it (then there is no conclusion) */
  GPtrArray *figures; /* CdFigure* it is made of, borrowed; the first is the one whose place is shown */
  CdObtainedBy by;
  char *model;    /* the figures', or the claim's where they name none; NULL */
  gint benchmark; /* -1 not a known one */
  char *task;
  CdMetric metric; /* the one obtained */
  double value;    /* of the one run, or the median of several */
  CdUnit unit;     /* the claim's; of what nobody claims the figures' */
  gint64 n;        /* problems; 0 not told */
  gint64 samples;  /* answers a problem; 0 not told */
  guint runs;
  double lowest, best; /* of the runs; value where there is one */
  GArray *values;      /* double: each run's, in order of the figures that they come from; NULL not run */
  guint rank;          /* the claim's place among the runs, 1 is the best; 0 without several */
  double chance;       /* that the best of so many runs reaches the claim at the pooled rate; NAN without several runs or n */
  double interval[2];  /* 95 %, in unit; NAN where n is not known */
  gint64 malformed;
  CdMatch match;
  CdConclusion conclusion;
  char *why; /* one factual sentence; NULL where nobody claims it */
} CdReproduction;

/* All for one audit. outputs' figures are borrowed and must outlive the result. by_run: the figures come
 * from a run, not from the tree; then what was graded stands over what the run logged, and only claims are answered. */
typedef struct {
  const CdBenchmarks *benchmarks;
  const GPtrArray *names; /* CdWork.names */
  const CdClaims *claims;
  const GPtrArray *figures;   /* CdFigure* */
  const CdManifest *manifest; /* NULL none: its evaluations that declare a command are `not-run` where nothing else is obtained */
  gboolean by_run;
} CdReproductionCase;

/* CdReproduction*, by claim, then by figures that nobody claims. Caller unrefs. */
GPtrArray *cd_reproductions_gather (const CdReproductionCase *the_case);
void cd_reproduction_free (CdReproduction *reproduction);
