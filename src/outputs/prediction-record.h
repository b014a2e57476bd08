/* A record of predictions taken apart: its problem, its reference, its samples. For predictions*.c. */
#pragma once
#include "outputs/prediction-fields.h"

#define CD_SAMPLES_MOST 16384u /* of one record */

typedef struct {
  char *prediction;     /* NULL none; "" the file found no answer */
  gboolean unextracted; /* there is a field for the prediction, and it holds null */
  char *response;
  GPtrArray *golds; /* of the sample alone; NULL the record's */
  gint verdict;     /* 1, 0, or -1 not told */
  double graded;    /* 0 to 1: the verdict as a number; NAN not told */
  double tokens;    /* NAN not told */
  double score;     /* NAN not told */
} CdSample;

typedef struct {
  char *question, *id, *category, *benchmark, *source, *model, *variant; /* valid UTF-8; NULL not told */
  char *setting;                                                         /* digest of what belongs to the problem besides its text; NULL nothing */
  GPtrArray *golds;                                                      /* char*: any of them is right; NULL none */
  GArray *samples;                                                       /* CdSample */
  gboolean single_verdict; /* one verdict was told for several samples: it stands in the first and cannot be given to one of them */
  gint verdict;            /* that one; -1 none */
  gboolean has_answer;     /* there is a field for an answer or a verdict, whatever it holds */
} CdPredictionRecord;

/* One JSON object. FALSE where it is none, or its lists of samples differ in length. Cleared by cd_prediction_record_clear in both cases. */
gboolean cd_prediction_record_read (const char *text, gsize length, CdRecordContext context, const CdPredictionFields *mapping,
                                    CdPredictionRecord *record);
void cd_prediction_record_clear (CdPredictionRecord *record);
/* The final answer of a reference that has its derivation before it: what follows "####", or the last box. Caller frees. */
char *cd_prediction_gold (const char *text);
