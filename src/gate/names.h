/* What a policy may name: criteria, dimensions and probes, taken from the rule files as they stand, since loading the rules for good takes longer than
 * all the rest of a gate. For policy.c and its parts. */
#pragma once
#include "base/data.h"

typedef struct {
  char *question, *fix; /* fix may be NULL */
  guint points;         /* of a criterion */
} CdPolicyNamed;

typedef struct {
  GHashTable *criteria;   /* id → CdPolicyNamed* */
  GHashTable *probes;     /* likewise */
  GHashTable *dimensions; /* id → its points, GUINT_TO_POINTER; "total" is among them */
} CdPolicyNames;

/* rubric: a name or a path, as cd_rubric_load takes it. NULL with CD_ERROR_INPUT where it cannot be read. */
CdPolicyNames *cd_policy_names_read (const CdData *data, const char *rubric, GError **error);
void cd_policy_names_free (CdPolicyNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdPolicyNames, cd_policy_names_free)
/* Keys of a table, sorted and NULL-terminated, borrowed from it. Caller frees the vector. */
const char **cd_policy_names_of (GHashTable *table);
/* The codes of all risks that an audit can list. Static. */
const char *const *cd_policy_risks (void);
