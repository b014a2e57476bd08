/* Readers' answers in an audit: the files read, and merged into the verdicts of the audited commit. The points of a timeline stay the rules'. What an answer
 * means for a verdict is assessment/merge.c's. */
#include "audit/steps.h"

gboolean
cd_audit_read_assessments (CdAudit *audit, const CdAuditOptions *options, GError **error)
{
  if (options->assessments == NULL || options->scan_only)
    return TRUE;
  audit->assessments = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_assessment_free);
  for (guint i = 0; options->assessments[i] != NULL; i++) {
    CdAssessment *assessment = cd_assessment_load (options->assessments[i], audit->rubric, error);
    if (assessment == NULL)
      return FALSE;
    g_ptr_array_add (audit->assessments, assessment);
  }
  return TRUE;
}

gboolean
cd_audit_merge_assessments (CdAudit *audit, GError **error)
{
  audit->rulings = g_ptr_array_ref (audit->verdicts);
  if (audit->assessments == NULL)
    return TRUE;
  GPtrArray *merged = cd_assessment_merge (audit->rubric, audit->snapshot, audit->corpus, audit->subdir, audit->rulings, audit->assessments, error);
  if (merged == NULL)
    return FALSE;
  g_ptr_array_unref (audit->verdicts);
  audit->verdicts = merged;
  cd_score_clear (&audit->score);
  cd_rubric_score (audit->rubric, audit->verdicts, &audit->score);
  return TRUE;
}
