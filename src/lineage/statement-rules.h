/* The rules of rubrics/lineage/statements.yaml, compiled. For lineage/ only. */
#pragma once
#include "lineage/statements.h"

typedef struct {
  const char *id;
  double score;
  GRegex *pattern; /* group 1 is the model */
  char **yes, **no;
} CdFrame;

typedef enum { CD_REACH_SENTENCE, CD_REACH_CLAUSE, CD_REACH_BEFORE, CD_REACH_AFTER, CD_REACH_NEAR } CdReach;
typedef enum { CD_CUE_NOTHING, CD_CUE_BASE, CD_CUE_JUDGE } CdCueMeaning;
typedef struct {
  const char *id;
  double score;
  GRegex *pattern, *unless; /* either may be NULL */
  CdReach reach;
  CdCueMeaning means;
  guint flag, heading; /* CdContext of the passage, of its section */
  gboolean paper;      /* in papers only */
  gboolean unnamed;    /* of models that the sentence does not name only */
  char **yes, **no;
} CdCue;

struct _CdStatements {
  const CdNames *names;
  GPtrArray *frames, *cues; /* CdFrame*, CdCue* */
  GRegex *unnamed, *unnamed_strong, *self, *self_strong, *human, *reinforced, *hint, *joint, *trains_on, *teacher_column;
  GRegex *roles[CD_TEACHES_ROLES];
  double accept_named, accept_bare, accept_unnamed;
};
