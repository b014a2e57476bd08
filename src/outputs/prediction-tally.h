/* What a file of predictions adds up to: one tally for each benchmark, model and way of extraction in it, with counters for each problem. For predictions.c. */
#pragma once
#include "grading/grader.h"
#include "outputs/figure.h"
#include "outputs/prediction-record.h"

#define CD_PROBLEMS_MOST 2000000u /* of all tallies of a file */

/* One sample as it counts. */
typedef struct {
  double right; /* 0 to 1 */
  gboolean is_right;
  const char *answer; /* for the vote; NULL takes no part */
  gboolean by_grader; /* the verdict is the grader's: right and wrong answers are never equal */
  double tokens, score;
} CdTallySample;

typedef struct _CdTally CdTally;
CdTally *cd_tally_new (const CdGrader *grader);
void cd_tally_free (CdTally *tally);
/* The index of the problem that a record is about, new or known; -1 where no more are kept (room: how many new ones may still be). */
gint64 cd_tally_problem (CdTally *tally, const CdPredictionRecord *record, const char *question_key, guint64 room);
void cd_tally_add (CdTally *tally, gint64 problem, const CdTallySample *sample);
/* Samples of a problem that stand in records with ids of their own are put together. Then the figure's numbers are set; the tally's problems go to it. */
void cd_tally_finish (CdTally *tally, CdFigure *figure);
guint64 cd_tally_length (const CdTally *tally);
