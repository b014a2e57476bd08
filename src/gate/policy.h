/* A policy: what an audit must show to pass a gate (rubrics/policies/NAME.yaml, schemas/policy.schema.json). Rules say what; gate.h applies them.
 * Ownership: a policy owns all of its parts. */
#pragma once
#include "base/data.h"

/* What becomes of a verdict that is not settled: rules over text have said no, a reader might say yes. */
typedef enum { CD_UNSETTLED_FAILS, CD_UNSETTLED_WARNS, CD_UNSETTLED_PASSES } CdUnsettled;

typedef struct {
  char *dimension; /* NULL: the total */
  guint least;
  guint line;
} CdPolicyScore;

typedef struct {
  char *id; /* of a criterion or, with probe, of a probe */
  gboolean probe;
  char *why; /* shown with the failure; NULL none */
  guint line;
  char *question, *fix; /* as the rules say them; fix may be NULL */
} CdPolicyCriterion;

typedef struct {
  char *rule;   /* a finding's id, or a glob over ids: "criterion/open.weights", "criterion/open.*" */
  char *reason; /* never empty */
  char *until;  /* "YYYY-MM-DD", the last day on which it holds */
  guint line;
} CdPolicyException;

typedef struct {
  char *id, *name, *why;
  char *where;                 /* as messages call the file */
  GArray *scores;              /* CdPolicyScore */
  GArray *criteria;            /* CdPolicyCriterion: must hold */
  CdUnsettled unsettled;       /* … where they are in doubt */
  char **labels;               /* of distillation that are allowed; NULL: any */
  char **claims;               /* conclusions that no claim may have ("not-reproduced", "selected"); NULL: none is asked for */
  gboolean claims_tested;      /* every claim must have a reproduction with a conclusion */
  char **commands;             /* purposes ("training", "evaluation") of which no command may be broken; NULL: not asked for */
  gboolean commands_shown;     /* … and each of which must have a command */
  char **risks;                /* codes that fail; "*" any; NULL none */
  gboolean no_regression;      /* what the change takes away fails */
  GArray *exceptions;          /* CdPolicyException */
  char *rubric;                /* whose criteria are asked for: a name or a path, as cd_rubric_load takes it */
  CdUnsettled unsettled_else;  /* what is in doubt elsewhere: teachers, losses */
  gboolean teachers_disclosed; /* every teacher must be disclosed */
  char **losses;               /* of what no_regression speaks: criteria, "criterion" for all of them, kinds of change; NULL: of all */
  char *labels_why, *claims_why, *commands_why; /* shown with the failures; NULL none */
} CdPolicy;

/* A shipped policy by its name ("disclosure", "conference", "strict"), or a file. CD_ERROR_INPUT with file, line and column of the first fault: unknown
 * keys, criteria, labels, dates, empty reasons; CD_ERROR_USAGE where no policy has that name, with the nearest. */
CdPolicy *cd_policy_load (const CdData *data, const char *name, GError **error);
void cd_policy_free (CdPolicy *policy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdPolicy, cd_policy_free)

/* A policy out of text. name is how messages call the file. NULL where it is invalid, with every fault in problems (char*, "name:line:column: what", in the
 * order of the file) and the first one as the error. problems may be NULL. */
CdPolicy *cd_policy_parse (const CdData *data, const char *name, const char *text, gsize length, GPtrArray *problems, GError **error);
/* TRUE where text says of itself that it is a policy: YAML whose top has the key "policy". */
gboolean cd_policy_is (const char *text, gsize length);
/* Names of the policies at hand, sorted. Caller frees with g_strfreev. */
char **cd_policy_list (const CdData *data);
/* TRUE for a day of the calendar, written YYYY-MM-DD: days so written compare as texts. */
gboolean cd_policy_is_day (const char *text);
