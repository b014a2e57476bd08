/* What reports say of assessments: the same words in every format that people read, and the JSON's facts. For report/ only. */
#pragma once
#include "report/page.h"

/* What became of one assessment in an audit. */
typedef struct {
  const CdAssessment *assessment;
  guint answers;     /* yes and no */
  guint used;        /* of these, those that count at the audited commit */
  guint carried;     /* of the used ones, those from another commit */
  GPtrArray *unused; /* CdOpinion*: answers that do not count, in the rubric's order; borrowed */
} CdAssessmentUse;
/* CdAssessmentUse* by assessment, in their order; empty where none were given. Free the array. */
GPtrArray *cd_report_assessment_uses (const CdAudit *audit);

/* The sentence of a verdict: where readers decided it, by whom, and what the rules say if that is something else. Caller frees. */
char *cd_report_why (const CdVerdict *verdict);

/* Who assessed what, what of it is used and what not, and where readers differ; nothing where no assessments were given. */
void cd_page_assessments (CdPage *page, const CdAudit *audit);
void cd_markup_assessments (GString *out, const CdAudit *audit);
