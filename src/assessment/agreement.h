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

/* How far a model can be trusted with these questions. */
typedef struct {
  guint reader;
  guint questions;     /* that it and at least one person answered */
  double agreement;    /* mean over them of the share of persons who gave its answer: what an assessment states as its assessor's agreement */
  CdInterval interval; /* 95 %, by cd_interval_clustered over works */
} CdTrust;

typedef struct {
  GPtrArray *readers;             /* char*: names, sorted: persons, models; "NAME (model)" for models */
  GPtrArray *works;               /* char*: "work@commit" , sorted */
  CdKappa overall;                /* over all questions of all works that at least two readers answered */
  GArray *criteria;               /* CdKappa by criterion */
  GPtrArray *disagreements;       /* CdDisagreement*, by work, then criterion */
  GArray *totals;                 /* guint: readers × works: the total each reader's answers give, G_MAXUINT where a question has no answer */
  GArray *kinds;                  /* CdReaderKind by reader */
  GArray *answered;               /* guint: readers × works: answers yes or no */
  GPtrArray *samples;             /* const CdAssessment* by work: one of it, whose commit and subdir are the work's; borrowed */
  GArray *trust;                  /* CdTrust by model that shares a question with a person */
  double difference;              /* mean absolute difference of two readers' totals over pairs of readers and works; NAN without a pair */
  guint pairs;                    /* of totals that it is the mean of */
  GPtrArray *versions;            /* const char*: versions of the rubric that were read by, sorted; borrowed */
  GPtrArray *adjudicators;        /* char*: names of those who adjudicated, sorted; they are no readers */
  const CdResponse **responses;   /* for cd_agreement_response */
  const CdResponse **adjudicated; /* for cd_agreement_adjudicated */
} CdAgreement;

/* assessments: CdAssessment* of one rubric, of any number of works and readers; they must outlive the result. One commit and subdir is one work, whatever
 * its clone is called. Adjudications are no readers: they are shown beside the disagreements. CD_ERROR_INPUT where fewer than two readers share a
 * question, a reader answered a work twice, or rubrics differ. Caller frees. */
CdAgreement *cd_agreement_measure (const CdRubric *rubric, const GPtrArray *assessments, GError **error);
void cd_agreement_free (CdAgreement *agreement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdAgreement, cd_agreement_free)

/* What a reader said to a question, "later" too; NULL: nothing. Borrowed from an assessment. */
const CdResponse *cd_agreement_response (const CdAgreement *agreement, guint criterion, guint work, guint reader);
/* The yes or no of an adjudication among the assessments, the last one's; NULL none. Borrowed. */
const CdResponse *cd_agreement_adjudicated (const CdAgreement *agreement, guint criterion, guint work);

/* adjudicate.c */
/* An assessment of kind adjudication to fill in: what all readers of a question (two or more) agree on, with their evidence; everything else as "later"
 * with each reader's answer and reason as its reason, and their evidence. What an adjudication among the assessments has settled stands. CD_ERROR_INPUT
 * where the assessments are of several works. Caller frees. */
CdAssessment *cd_agreement_adjudicate (const CdRubric *rubric, const CdAgreement *agreement, const char *adjudicator, const char *date,
                                       GError **error);
