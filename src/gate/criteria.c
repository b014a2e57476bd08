/* Criteria and probes that must hold. A criterion's no that is not settled follows the policy's `unsettled`; probes are facts about the tree, and have no
 * certainty. */
#include "gate/families.h"

/* Passages to look at, where the verdict itself shows none. Caller unrefs. */
static GArray *
candidates_of (const CdRecordVerdict *verdict)
{
  return cd_record_places (verdict->json, "candidates");
}

static void
place (CdCheck *check, const CdRecordVerdict *verdict)
{
  g_autoptr (GArray) candidates = verdict->evidence->len == 0 && !verdict->settled ? candidates_of (verdict) : NULL;
  cd_gate_place (check, verdict->evidence->len > 0 ? verdict->evidence : candidates);
}

static CdCheck *
check_criterion (CdGateCase *the_case, const CdPolicyCriterion *asked)
{
  const CdRecordVerdict *verdict = cd_record_verdict (the_case->record, asked->id);
  if (verdict->yes)
    return cd_gate_add (the_case, CD_OUTCOME_PASSED, asked->id, asked->id,
                        g_strdup_printf ("%s Yes, with certainty %.2f.", verdict->question, verdict->certainty));
  char *what = g_strdup_printf ("%s No, with certainty %.2f%s: %s.", verdict->question, verdict->certainty,
                                verdict->settled ? "" : " (unsettled: a reader may say yes)", verdict->why);
  CdCheck *check = verdict->settled ? cd_gate_add (the_case, CD_OUTCOME_FAILED, asked->id, asked->id, what)
                                    : cd_gate_add_doubtful (the_case, the_case->policy->unsettled, asked->id, asked->id, what);
  const cJSON *missing = cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (verdict->json, "missing"), 0);
  cd_gate_mend (check, cJSON_IsString (missing) ? missing->valuestring : asked->fix, verdict->certainty);
  place (check, verdict);
  return check;
}

/* Nothing in a probe's no tells how far it is from a yes. */
#define PROBE_EFFORT 0.5

static CdCheck *
check_probe (CdGateCase *the_case, const CdPolicyCriterion *asked)
{
  gboolean yes = FALSE;
  const cJSON *probe = NULL;
  cJSON_ArrayForEach (probe, cd_record_part (the_case->record, "probes"))
  {
    if (g_strcmp0 (cd_record_string (probe, "id"), asked->id) == 0)
      yes = cd_record_true (probe, "yes");
  }
  CdCheck *check = cd_gate_add (the_case, yes ? CD_OUTCOME_PASSED : CD_OUTCOME_FAILED, asked->id, asked->id,
                                g_strdup_printf ("%s %s.", asked->question, yes ? "Yes" : "No"));
  cd_gate_mend (check, asked->fix, PROBE_EFFORT);
  return check;
}

void
cd_gate_check_criteria (CdGateCase *the_case)
{
  for (guint i = 0; i < the_case->policy->criteria->len; i++) {
    const CdPolicyCriterion *asked = &g_array_index (the_case->policy->criteria, CdPolicyCriterion, i);
    CdCheck *check = asked->probe ? check_probe (the_case, asked) : check_criterion (the_case, asked);
    check->why = asked->why;
  }
}
