/* Which verdict counts: the grader's or the file's own. For predictions.c. */
#pragma once
#include "grading/grader.h"
#include "outputs/prediction-record.h"

typedef enum {
  CD_VERDICTS_GRADED,  /* the grader's; the file's own where a sample cannot be graded */
  CD_VERDICTS_FLAGGED, /* the file's own; the grader's where there is none */
  CD_VERDICTS_OWN      /* the file's own alone: nothing here can tell whether a program is right */
} CdVerdicts;

/* answer: the benchmark's kind of answer, NULL for a benchmark that is not known. */
CdVerdicts cd_prediction_verdicts (const char *answer);

typedef struct {
  gint graded;  /* 1, 0, -1 cannot be graded */
  double score; /* of the grader, 0 to 1 */
  char *answer; /* what was compared, or what the file extracted; NULL none */
} CdPredictionGrade;
/* golds: any of them is right. extracts: the file extracts answers, so that null is an answer that was not found. Caller frees answer. */
CdPredictionGrade cd_prediction_grade (const CdGrader *grader, GPtrArray *golds, const CdSample *sample, gboolean extracts);
