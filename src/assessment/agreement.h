/* How readers of one work, or of several, agree: by question and over all. Numbers are statistics/agreement.h's. */
#pragma once
#include "assessment/assessment.h"
#include "statistics/agreement.h"

/* One question of one work that readers answered differently. */
typedef struct {
  guint work;      /* index into works */
  guint criterion; /* index into the rubric */
  GArray *answers; /* CdAnswer by reader of `readers`; CD_ANSWER_LATER: none given */
} CdDisagreement;

typedef struct {
  GPtrArray *readers;       /* char*: names, sorted: persons, models; "NAME (model)" for models */
  GPtrArray *works;         /* char*: "work@commit" , sorted */
  CdKappa overall;          /* over all questions of all works that at least two readers answered */
  GArray *criteria;         /* CdKappa by criterion */
  GPtrArray *disagreements; /* CdDisagreement*, by work, then criterion */
  GArray *totals;           /* guint: readers × works: the total each reader's answers give, G_MAXUINT where a question has no answer */
} CdAgreement;

/* assessments: CdAssessment* of one rubric, of any number of works and readers. CD_ERROR_INPUT where fewer than two readers share a question, a reader
 * answered a work twice, or rubrics differ. Caller frees. */
CdAgreement *cd_agreement_measure (const CdRubric *rubric, const GPtrArray *assessments, GError **error);
void cd_agreement_free (CdAgreement *agreement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdAgreement, cd_agreement_free)
