/* What changed between two audits: of two commits of a work, of two works, or of last year's file and today's. The first record is before, the second
 * after. Nothing is judged here: a gate decides whether a loss matters. */
#pragma once
#include "record/record.h"

typedef struct {
  const CdRecordVerdict *before, *after; /* either may be NULL where only one rubric has the criterion */
} CdVerdictChange;

/* A figure, teacher, command, dataset, weights or risk of one side, or of both with something else about it. */
typedef enum {
  CD_CHANGED_LABEL,        /* of distillation */
  CD_CHANGED_TEACHER,      /* named, gone, or disclosed otherwise */
  CD_CHANGED_CLAIM,        /* a claimed figure: model, benchmark, metric → value */
  CD_CHANGED_REPRODUCTION, /* what was obtained for a claim, or the conclusion */
  CD_CHANGED_COMMAND,      /* runnable, broken, unknown */
  CD_CHANGED_DATASET,
  CD_CHANGED_WEIGHTS,
  CD_CHANGED_RISK,
  CD_CHANGED_KINDS
} CdChangedKind;
const char *cd_changed_kind_name (CdChangedKind kind); /* "label", "teacher" … Static. */

typedef struct {
  CdChangedKind kind;
  char *what;           /* "o1-mini", "Our-7B on aime24 (pass@1)" … */
  char *before, *after; /* in words: "undisclosed", "46.7", "runnable"; NULL: not there on that side */
  gboolean worse; /* discloses or reproduces less than before, as a fact and not as a judgement: a teacher no longer disclosed, a command broken now,
                           a claim no longer reproduced, weights or a training dataset gone, a new risk */
  CdRecordPlace where; /* after, or before where it is gone; line 0 and path "" unknown */
  gboolean gone;       /* where is a place of the first record */
} CdChange;

typedef struct {
  const CdRecord *before, *after; /* borrowed, and must outlive the difference */
  gboolean same_rules;            /* rubric, version and knowledge are the same: else a change may be the rules' */
  GArray *gained, *lost;       /* CdVerdictChange: no → yes, yes → no; in the rubric's order. A yes that only one rubric asks for counts as well:
                                     with the other side NULL, and never with the same rules */
  GArray *settled, *unsettled; /* CdVerdictChange: the same answer, but now beyond doubt, or not any more */
  GPtrArray *changes;          /* CdChange*, by kind, then as the records list them */
  gboolean two_works;          /* the remotes or folders tell of different works: nothing was gained or lost, each side has what it has. A caller
                                     who knows better may set it */
} CdDifference;

/* Compare two records. Caller frees. */
CdDifference *cd_difference_new (const CdRecord *before, const CdRecord *after);
void cd_difference_free (CdDifference *difference);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdDifference, cd_difference_free)
/* TRUE where nothing that a reader of the difference could see is different; which commits were compared, and the rules, do not count. */
gboolean cd_difference_is_empty (const CdDifference *difference);
