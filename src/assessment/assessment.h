/* What readers answered: assessment.yaml (schemas/assessment.schema.json), written and read, and set beside the rules' verdicts. A reader is a person, a
 * language model, or the adjudication of several; a work's author replies, which stands beside a verdict and never changes it. Knows no terminal and no network; how readers agree is agreement.h's. */
#pragma once
#include "documents/corpus.h"
#include "git/snapshot.h"
#include "rubric/rubric.h"

#define CD_ASSESSMENT_NAME "assessment.yaml"

typedef enum { CD_READER_PERSON, CD_READER_MODEL, CD_READER_ADJUDICATION, CD_READER_AUTHOR } CdReaderKind;
const char *cd_reader_kind_name (CdReaderKind kind); /* "person", "model", "adjudication", "author": as in the file */

typedef enum { CD_ANSWER_LATER, CD_ANSWER_NO, CD_ANSWER_YES } CdAnswer;
const char *cd_answer_name (CdAnswer answer); /* "later", "no", "yes": as in the file */

/* Lines of a file that decide. */
typedef struct {
  char *path;
  guint line, end; /* from 1, both included; equal for one line; 0 both: the file as a whole */
  char *blob;      /* object id in hexadecimal at the assessed commit; NULL where a person who wrote the file by hand gave none */
} CdCitation;
/* Texts are copied; blob may be NULL. */
CdCitation *cd_citation_new (const char *path, guint line, guint end, const char *blob);
void cd_citation_free (CdCitation *citation);

typedef struct {
  char *criterion;
  CdAnswer answer;
  char *reason;        /* "" none */
  GPtrArray *evidence; /* CdCitation*, what decides most first; empty: nothing in the tree shows it */
  guint line;          /* of the file it was read from; 0: not read from one */
} CdResponse;
/* What a file of assessments cannot hold is spelt out in reason: control characters but newline and tab as \u{N}, bytes that are no UTF-8 as \xNN.
 * "" for NULL. */
CdResponse *cd_response_new (const char *criterion, CdAnswer answer, const char *reason);
CdResponse *cd_response_copy (const CdResponse *response);
void cd_response_free (CdResponse *response);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdResponse, cd_response_free)

/* All text is owned. */
typedef struct {
  char *file;   /* the name it was read under; NULL: made here */
  char *work;   /* the repository's URL, or the name of its folder */
  char *subdir; /* "" none */
  char *commit; /* full object id */
  char *rubric, *version;
  char *assessor; /* a person's name, or a model's; adjudication: who adjudicated */
  CdReaderKind kind;
  double agreement;     /* with the user's own answers where that was measured (candor agreement), 0 … 1; NAN: never */
  char *date;           /* YYYY-MM-DD of the last answer */
  GPtrArray *responses; /* CdResponse*, in the rubric's order, one a criterion */
  char *sha256;         /* of the file's text, in hexadecimal; NULL: made here */
} CdAssessment;

/* An assessment of today's form without answers: texts are "" until the caller sets them, agreement NAN. assessor is copied, cleaned as reasons are. */
CdAssessment *cd_assessment_new (CdReaderKind kind, const char *assessor);
/* Read and check. name: for messages. rubric: its criteria and id must fit; NULL: not checked against one. CD_ERROR_INPUT with file:line:column.
 * Other versions of the rubric are read; cd_assessment_merge reports them. */
CdAssessment *cd_assessment_parse (const char *name, const char *text, gsize length, const CdRubric *rubric, GError **error);
CdAssessment *cd_assessment_load (const char *file, const CdRubric *rubric, GError **error);
/* The file's text; parsing it gives the same assessment. Caller frees. */
char *cd_assessment_text (const CdAssessment *assessment);
/* Write through a temporary file in the same folder and a rename. CD_ERROR_INTERNAL; the old file then stands as it was. */
gboolean cd_assessment_save (const CdAssessment *assessment, const char *file, GError **error);
void cd_assessment_free (CdAssessment *assessment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdAssessment, cd_assessment_free)

/* The answer to a criterion; NULL none. Borrowed. */
CdResponse *cd_assessment_find (const CdAssessment *assessment, const char *criterion);
/* Put an answer in its place in the rubric's order, in place of one that stands there. Takes response. */
void cd_assessment_set (CdAssessment *assessment, const CdRubric *rubric, CdResponse *response);
/* Take an answer out; FALSE where there was none. */
gboolean cd_assessment_remove (CdAssessment *assessment, const char *criterion);

/* merge.c */
/* How an answer stands at the audited commit. Evidence without a blob cannot be compared. */
typedef enum {
  CD_CARRIED_SAME,      /* it was given at this commit */
  CD_CARRIED_UNCHANGED, /* at another one; all blobs of its evidence are in this tree, at the same paths or at others */
  CD_CARRIED_CHANGED,   /* at another one; evidence is gone or changed: not used */
  CD_CARRIED_BLIND,     /* at another one, and it cites nothing that could be compared: not used */
} CdCarried;
const char *cd_carried_name (CdCarried carried); /* "same-commit", "unchanged", "changed", "no-evidence" */

/* One answer beside a verdict. Borrows assessment and response. */
typedef struct _CdOpinion {
  const CdAssessment *assessment;
  const CdResponse *response;
  CdCarried carried;
} CdOpinion;
/* TRUE where it counts: yes or no, given at this commit or carried over, and not by an author of the work. */
gboolean cd_opinion_counts (const CdOpinion *opinion);
/* Of the opinions of a verdict those that decide, persons first: the adjudication that was given last, else all that count; persons alone where a model
 * only says the same, so that its answer never looks like theirs. Where they differ the rules' answer stays. Borrowed opinions; free the array. */
GPtrArray *cd_opinions_deciding (const GPtrArray *opinions);
gboolean cd_opinions_agree (const GPtrArray *opinions);

/* The verdicts with readers' answers in them: a new array of new verdicts in the same order. Where all answers that count agree, or an adjudication is
 * among them (the last one given decides), the verdict is theirs: basis `assessed`, their reason as `why`, their evidence (the rules', where they cite
 * nothing and say the same); its `rules` points at the rules' verdict, which must outlive it. Where readers differ and nobody adjudicated, the rules' answer
 * stays and is unsettled. `opinions` of a verdict lists every answer to it, used or not, in the order of assessments; NULL without one. Certainties of the
 * others follow what was answered (cd_certainty_condition). NULL with CD_ERROR_INPUT where an assessment is of another rubric, subdir, or the same reader
 * answers twice. */
GPtrArray *cd_assessment_merge (const CdRubric *rubric, const CdSnapshot *snapshot, const CdCorpus *corpus, const char *subdir,
                                const GPtrArray *rules, const GPtrArray *assessments, GError **error);
