/* A gate: a policy applied to an audit and, where there is one, to the difference from the audit of the base. The result is what reports print (text,
 * JSON, SARIF, JUnit, annotations, GitLab code quality, badge); none of them decides anything. */
#pragma once
#include "difference/difference.h"
#include "gate/policy.h"

typedef enum {
  CD_OUTCOME_PASSED,
  CD_OUTCOME_WARNED,   /* would fail, but is in doubt and the policy says so */
  CD_OUTCOME_EXCEPTED, /* would fail, but an exception holds today */
  CD_OUTCOME_FAILED,
} CdOutcome;
const char *cd_outcome_name (CdOutcome outcome); /* "passed", "warned", "excepted", "failed". Static. */

/* One check that was made, passed or not. */
typedef struct {
  char *id;   /* "score/total", "score/data", "criterion/open.weights", "distillation/label", "claim/MODEL/BENCHMARK/METRIC", "command/PATH:LINE",
                 "risk/CODE", "regression/open.weights" …: the same from run to run, so that exceptions and other tools can name it */
  char *rule; /* the family and what `candor explain` knows it by: "criterion/open.weights" → rule "open.weights" */
  CdOutcome outcome;
  char *what;                         /* one sentence: what is the matter, with figures */
  char *fix;                          /* one sentence: the smallest change that mends it; NULL where it passed */
  double effort;                      /* orders failures, smallest change first; 0 … 1 */
  GArray *places;                     /* CdRecordPlace, best first; may be empty */
  gboolean gone;                      /* places are of the base */
  const CdPolicyException *exception; /* that holds or has run out; NULL none */
  const char *family;                 /* "score", "criterion", "distillation" …: the id's beginning. Static */
  const char *why;                    /* the policy's reason for asking; NULL none. Borrowed */
  gboolean doubtful;                  /* what is the matter is not settled: `what` tells how certain it is */
} CdCheck;

typedef struct {
  const CdPolicy *policy;        /* borrowed, as the records are */
  const CdRecord *record, *base; /* base NULL: none */
  GPtrArray *checks;             /* CdCheck*: failed first, smallest effort first; then warned, excepted, passed; each in the policy's order */
  guint failed, warned, excepted, passed;
  GPtrArray *expired; /* const CdPolicyException*: ran out before today */
  GPtrArray *unused;  /* const CdPolicyException*: hold, and excuse nothing */
  char *today;
} CdGate;

/* today: "YYYY-MM-DD". difference: from the base to record; NULL without a base, and then the policy's regression rule is not applied. CD_ERROR_USAGE where the
 * policy names a criterion, probe or dimension that the record's rubric has not. */
CdGate *cd_gate_apply (const CdPolicy *policy, const CdRecord *record, const CdDifference *difference, const char *today, GError **error);
void cd_gate_free (CdGate *gate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdGate, cd_gate_free)
/* The beginnings of checks' ids, in the order in which they are made. NULL-terminated, static. */
const char *const *cd_gate_families (void);
/* What a family asks, in one sentence; NULL for an unknown one. Static. */
const char *cd_gate_family_asks (const char *family);
