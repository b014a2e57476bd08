/* The families of checks: each a file with one function, listed in gate.c's table. For the files of this folder. */
#pragma once
#include "gate/gate.h"

#define CD_FAMILY_SCORE "score"
#define CD_FAMILY_CRITERION "criterion"
#define CD_FAMILY_DISTILLATION "distillation"
#define CD_FAMILY_CLAIM "claim"
#define CD_FAMILY_COMMAND "command"
#define CD_FAMILY_RISK "risk"
#define CD_FAMILY_REGRESSION "regression"

/* What a family looks at, and where its checks go. All is borrowed. */
typedef struct {
  CdGate *gate;
  const CdPolicy *policy;
  const CdRecord *record;
  const CdDifference *difference; /* NULL none */
  const char *family;             /* whose turn it is */
  const char *why;                /* why the policy asks for all of it; NULL none */
  GHashTable *ids;                /* of checks made so far */
} CdGateCase;

/* A check at the end of the list. name: what follows the family in its id, made printable and short, and told apart from others of the name by "/2" … at
 * its end; rule NULL: the family. what is taken over. Borrowed. */
CdCheck *cd_gate_add (CdGateCase *the_case, CdOutcome outcome, const char *name, const char *rule, char *what);
/* The same for what is the matter but not settled: unsettled decides what becomes of it. */
CdCheck *cd_gate_add_doubtful (CdGateCase *the_case, CdUnsettled unsettled, const char *name, const char *rule, char *what);
/* How a failed check is mended; fix is copied, effort 0 … 1. Nothing for one that passed. */
void cd_gate_mend (CdCheck *check, const char *fix, double effort);
/* Adds places of the record to a check, at most 16 in all. */
void cd_gate_place (CdCheck *check, const GArray *places);

void cd_gate_check_scores (CdGateCase *the_case);
void cd_gate_check_criteria (CdGateCase *the_case);
void cd_gate_check_distillation (CdGateCase *the_case);
void cd_gate_check_claims (CdGateCase *the_case);
void cd_gate_check_commands (CdGateCase *the_case);
void cd_gate_check_risks (CdGateCase *the_case);
void cd_gate_check_regression (CdGateCase *the_case);
