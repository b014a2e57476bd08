/* What the fields of a prediction's record mean, by their names and by what else stands in the record. For predictions*.c. */
#pragma once
#include "outputs/predictions.h"

typedef enum {
  CD_ROLE_QUESTION,
  CD_ROLE_GOLD,       /* the reference */
  CD_ROLE_PREDICTION, /* the final answer, as the file extracted it */
  CD_ROLE_RESPONSE,   /* the whole output */
  CD_ROLE_CORRECT,    /* the file's own verdict */
  CD_ROLE_TOKENS,
  CD_ROLE_SCORE, /* by which the best of many samples is chosen */
  CD_ROLE_ID,
  CD_ROLE_IMAGE, /* what belongs to the problem besides its text: one question is asked of many images, with many choices, on many passages */
  CD_ROLE_CHOICES,
  CD_ROLE_PASSAGE,
  CD_ROLE_CATEGORY,
  CD_ROLE_BENCHMARK,
  CD_ROLE_SOURCE, /* of the problem: may be a benchmark's name, or anything else */
  CD_ROLE_MODEL,
  CD_ROLE_VARIANT, /* how answers were extracted, where a file holds each sample once for every way */
  CD_ROLES
} CdPredictionRole;

/* Bits: what a field holds, lists taken apart. 0 where only the name is known. */
typedef enum {
  CD_HOLDS_NULL = 1,
  CD_HOLDS_VERDICT = 2, /* true, false, 0, 1, "correct", "failed" … */
  CD_HOLDS_FRACTION = 4,
  CD_HOLDS_NUMBER = 8, /* any other */
  CD_HOLDS_TEXT = 16,
  CD_HOLDS_OBJECT = 32,
  CD_HOLDS_DEEP = 64 /* lists of lists of lists */
} CdHolds;

typedef struct {
  const char *name; /* as in the file, length bytes */
  gsize length;
  const char *parent; /* name of the object that it stands in, parent_length bytes; NULL at the top */
  gsize parent_length;
  guint holds;
} CdFieldName;

typedef enum {
  CD_RECORD_OF_PREDICTIONS,
  CD_RECORD_OF_SAMPLE,    /* one of the samples of a record */
  CD_RECORD_OF_REFERENCES /* of a benchmark's own file: `answer` is the reference */
} CdRecordContext;

/* For every role the index of the field that has it, or -1. mapping may be NULL; roles that it names are taken from it alone. */
void cd_prediction_roles (const CdFieldName *fields, guint length, CdRecordContext context, const CdPredictionFields *mapping, gint roles[CD_ROLES]);
/* TRUE where a field of that name may have a role in a record. */
gboolean cd_prediction_knows_field (const char *name, gsize length);
/* 1 right, 0 wrong, -1 the text is no verdict. */
gint cd_prediction_verdict (const char *text, gsize length);
