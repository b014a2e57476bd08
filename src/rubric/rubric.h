/* A rubric file: dimensions, criteria with points, and for each criterion an expression over probes. Turns findings into verdicts and a score.
 * Never looks at files: probes' findings are all it sees. */
#pragma once
#include "probes/expression.h"
#include "probes/probe.h"

typedef struct {
  char *id, *name;
} CdDimension;

typedef struct {
  char *id, *question;
  guint dimension, points;
  CdExpression *when;
  char *wants;     /* what the codebook asks for, in full sentences; NULL: the question says it all */
  char *fix;       /* what would earn it, one sentence; NULL: the fixes of its probes */
  GArray *shown;   /* guint: probes whose places state a yes, best first; they need no part in `when`. Empty: the parts of `when` */
  GArray *hints;   /* guint: probes whose places are shown for a yes that none of `shown` bears out */
  GArray *against; /* guint: probes whose places state a no, best first. Empty, and `shown` too: the parts of `when` that weigh against it */
  guint line;
} CdCriterion;

typedef struct _CdVerdict {
  guint criterion;
  gboolean yes;
  double margin;    /* how far the expression is from flipping: score − threshold + ½ for a scorecard, ±8 for a
                               plain probe; the least of all, the greatest of any */
  double leaning;   /* Φ of it is the probability that a careful reader says yes, before any reader answered */
  double certainty; /* that a careful reader gives the same answer, 0 … 1; below ½ one would rather expect the other */
  CdBasis basis;
  char *why;                      /* one sentence */
  GArray *evidence;               /* CdEvidence: of probes that speak for the answer, best first, at most 4 */
  GArray *candidates;             /* CdCandidate, best first, at most 8 */
  GPtrArray *missing;             /* char*: for a no, the fixes of probes that would earn it, cheapest first; empty for a yes */
  GPtrArray *opinions;            /* CdOpinion* (assessment/assessment.h): what readers answered; NULL none */
  const struct _CdVerdict *rules; /* the rules' own verdict, where this is a reader's; NULL: this is the rules'. Borrowed */
} CdVerdict;
typedef struct {
  CdEvidence evidence;
  gboolean for_yes;
} CdCandidate;

typedef struct {
  guint points, of;
} CdPoints;
typedef struct {
  guint total, of;
  double expected; /* sum of points weighted by certainty */
  guint likely[2]; /* central 80 % range of the total; answers go together as was measured (together.c) */
  guint settled, unsettled;
  GArray *dimensions; /* CdPoints, by dimension index */
} CdScore;

typedef struct _CdRubric CdRubric;
/* name: a rubric of rubrics/ ("tti") or a path of a .yaml file. CD_ERROR_INPUT names file:line:column. */
CdRubric *cd_rubric_load (const CdData *data, const char *name, const CdProbes *probes, GError **error);
void cd_rubric_free (CdRubric *rubric);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdRubric, cd_rubric_free)
const char *cd_rubric_id (const CdRubric *rubric);
const char *cd_rubric_name (const CdRubric *rubric);
const char *cd_rubric_version (const CdRubric *rubric);
const char *cd_rubric_sha256 (const CdRubric *rubric);
const char *cd_rubric_source (const CdRubric *rubric); /* the paper or page it implements; NULL none */
/* What counts and what does not, whatever the question: the codebook's general rules, a sentence or two each. NULL-terminated, borrowed. */
const char *const *cd_rubric_codebook (const CdRubric *rubric);
guint cd_rubric_dimensions (const CdRubric *rubric);
const CdDimension *cd_rubric_dimension (const CdRubric *rubric, guint index);
guint cd_rubric_length (const CdRubric *rubric);
const CdCriterion *cd_rubric_criterion (const CdRubric *rubric, guint index);
/* Names of the rubrics at hand, sorted. Caller frees with g_strfreev. */
char **cd_rubric_list (const CdData *data);

/* Judge: verdicts in the rubric's order (GPtrArray of CdVerdict*, freed with it). */
GPtrArray *cd_rubric_judge (const CdRubric *rubric, const CdProbes *probes, const CdFinding *findings);
void cd_verdict_free (CdVerdict *verdict);
/* A copy that shares nothing but `rules`, and has no opinions. */
CdVerdict *cd_verdict_copy (const CdVerdict *verdict);
/* Certain enough to go without a reader. */
gboolean cd_verdict_is_settled (const CdVerdict *verdict);

/* Certainties of verdicts that no reader answered, in the light of those that readers did (basis `assessed`). No answer changes by it. */
void cd_certainty_condition (const CdRubric *rubric, GPtrArray *verdicts);

/* doubt.c: what a reader is asked. */
/* The points that an answer is expected to move: points × doubt. */
double cd_rubric_doubt (const CdRubric *rubric, const CdVerdict *verdict);
/* Verdicts that no reader has settled, by doubt, most first; equals in the rubric's order. Borrowed verdicts; free the array. */
GPtrArray *cd_rubric_questions (const CdRubric *rubric, const GPtrArray *verdicts);
/* Those of them that are unsettled. */
GPtrArray *cd_rubric_unsettled (const CdRubric *rubric, const GPtrArray *verdicts);

/* The score of verdicts. Caller clears with cd_score_clear. */
void cd_rubric_score (const CdRubric *rubric, const GPtrArray *verdicts, CdScore *score);
void cd_score_clear (CdScore *score);
