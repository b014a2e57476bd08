/* Findings: evidence kept in order while it is found; and the names of what evidence is worth. */
#include "probes/probe.h"
#include "scope/role.h"

#define MOST_EVIDENCE 16u

const char *
cd_basis_name (CdBasis basis)
{
  static const char *const names[] = {
    [CD_BASIS_ABSENT] = "absent",     [CD_BASIS_INFERRED] = "inferred",          [CD_BASIS_NON_USE] = "non-use",
    [CD_BASIS_DECLARED] = "declared", [CD_BASIS_VERIFIED] = "declared+verified", [CD_BASIS_CONTRADICTED] = "contradicted",
    [CD_BASIS_ASSESSED] = "assessed", [CD_BASIS_NOT_EXAMINED] = "not-examined",
  };
  return names[basis];
}

void
cd_finding_clear (CdFinding *finding)
{
  g_clear_pointer (&finding->evidence, g_array_unref);
  finding->yes = FALSE;
  finding->count = 0;
}

/* TRUE where a goes before b. Equal places stay in the order of arrival. */
static gboolean
precedes (const CdEvidence *a, const CdEvidence *b)
{
  if (a->weight > b->weight || a->weight < b->weight)
    return a->weight > b->weight;
  if (a->document != b->document)
    return a->document < b->document;
  return a->line < b->line;
}

void
cd_finding_add (CdFinding *finding, guint document, guint line, guint end, const char *says, double weight)
{
  const CdEvidence evidence = { .document = document, .line = line, .end = MAX (line, end), .says = says, .weight = weight };
  finding->count++;
  if (finding->evidence == NULL)
    finding->evidence = g_array_new (FALSE, FALSE, sizeof evidence);
  GArray *kept = finding->evidence;
  guint at = kept->len;
  while (at > 0 && precedes (&evidence, &g_array_index (kept, CdEvidence, at - 1)))
    at--;
  if (at >= MOST_EVIDENCE)
    return;
  if (kept->len == MOST_EVIDENCE)
    g_array_set_size (kept, MOST_EVIDENCE - 1);
  g_array_insert_val (kept, at, evidence);
}

#define UNREACHED 0.7 /* a program or configuration that nothing in the work's instructions leads to */
#define ADAPTED 0.5   /* a file that may still be a framework's */

double
cd_reach_weight (const CdCase *the_case, guint document)
{
  if (the_case->scope == NULL)
    return 1.0;
  CdRole role = cd_role_of (the_case->corpus->documents->pdata[document]);
  gboolean told = role == CD_ROLE_README || role == CD_ROLE_DOC || role == CD_ROLE_CARD || role == CD_ROLE_PAPER;
  const CdFileScope *file = cd_scope_at (the_case->scope, document);
  return (told || file->reached ? 1.0 : UNREACHED) * (file->adapted ? ADAPTED : 1.0);
}

void
cd_findings_free (CdFinding *findings, guint length)
{
  for (guint i = 0; findings != NULL && i < length; i++)
    cd_finding_clear (&findings[i]);
  g_free (findings);
}
