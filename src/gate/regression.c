/* What a change takes away: criteria that were yes at the base and are no now, and facts that are worse. Old gaps are nobody's loss. What is the same in
 * both audits is difference/'s to decide. */
#include "gate/families.h"
#include <string.h>

/* What was there an instant ago can be put back. */
#define EFFORT_RESTORE 0.1
/* A yes below this was more likely a no, so that nothing is lost with it. */
#define EVEN 0.5

static const struct {
  const char *lost, *kept, *fix;
} kinds[CD_CHANGED_KINDS] = {
  [CD_CHANGED_LABEL] = { "the label of distillation tells less than at the base", "the label of distillation is no worse than at the base",
                         "Put back what the documents said of teachers." },
  [CD_CHANGED_TEACHER] = { "a teacher is told less of than at the base", "no teacher is disclosed less than at the base",
                           "Put back the sentence, or the line of the manifest, that named the teacher." },
  [CD_CHANGED_CLAIM] = { "a claimed figure is worse founded than at the base", "no claimed figure is worse founded than at the base",
                         "Put back the figure, or say why it changed." },
  [CD_CHANGED_REPRODUCTION] = { "a figure that was borne out at the base is not any more", "every figure that was borne out still is",
                                "Put back the log or the predictions, or correct the claimed figure." },
  [CD_CHANGED_COMMAND] = { "a command is broken now", "no command broke", "Put back what the command needs, or correct the command." },
  [CD_CHANGED_DATASET]
  = { "a training dataset is not named any more", "every training dataset is still named", "Name the dataset again, with its link." },
  [CD_CHANGED_WEIGHTS] = { "weights are not linked any more", "all weights are still linked", "Link the weights again." },
  [CD_CHANGED_RISK] = { "there is a risk that the base did not have", "no risk is new", "Take out what this change brought in." },
};

/* Whether the policy minds losses of this sort, or of this criterion. */
static gboolean
is_minded (const CdPolicy *policy, const char *sort, const char *criterion)
{
  const char *const *losses = (const char *const *) policy->losses;
  return losses == NULL || g_strv_contains (losses, sort) || (criterion != NULL && g_strv_contains (losses, criterion));
}

#define OTHER_RULES "; the two audits were made by different rules, which may be all of the difference"

static void
check_lost (CdGateCase *the_case, const CdVerdictChange *change)
{
  const CdRecordVerdict *before = change->before, *after = change->after;
  gboolean doubtful = !after->settled || before->certainty < EVEN || !the_case->difference->same_rules;
  char *what = g_strdup_printf ("%s It was yes at the base (certainty %.2f), and is no now (certainty %.2f%s)%s.", after->question, before->certainty,
                                after->certainty, after->settled ? "" : ", unsettled: a reader may say yes",
                                the_case->difference->same_rules ? "" : OTHER_RULES);
  CdCheck *check = doubtful ? cd_gate_add_doubtful (the_case, the_case->policy->unsettled_else, after->id, after->id, what)
                            : cd_gate_add (the_case, CD_OUTCOME_FAILED, after->id, after->id, what);
  const cJSON *missing = cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (after->json, "missing"), 0);
  const char *first = before->evidence->len > 0 ? g_array_index (before->evidence, CdRecordPlace, 0).path : NULL;
  g_autofree char *fix
      = first != NULL && *first != '\0'
            ? g_strdup_printf ("Put back what the base has at %s:%u, or say it elsewhere. %s", first,
                               g_array_index (before->evidence, CdRecordPlace, 0).line, cJSON_IsString (missing) ? missing->valuestring : "")
            : g_strdup (cJSON_IsString (missing) ? missing->valuestring : "Put back what earned it at the base.");
  cd_gate_mend (check, g_strchomp (fix), EFFORT_RESTORE);
  cd_gate_place (check, before->evidence);
  check->gone = TRUE;
}

static void
check_worse (CdGateCase *the_case, const CdChange *change)
{
  const char *kind = cd_changed_kind_name (change->kind);
  g_autofree char *name = g_strdup_printf ("%s/%s", kind, change->what);
  char *what = g_strdup_printf ("%s: %s was %s at the base, and is %s now%s.", kinds[change->kind].lost, change->what,
                                change->before != NULL ? change->before : "not there", change->after != NULL ? change->after : "gone",
                                the_case->difference->same_rules ? "" : OTHER_RULES);
  CdCheck *check = the_case->difference->same_rules ? cd_gate_add (the_case, CD_OUTCOME_FAILED, name, NULL, what)
                                                    : cd_gate_add_doubtful (the_case, the_case->policy->unsettled_else, name, NULL, what);
  cd_gate_mend (check, kinds[change->kind].fix, EFFORT_RESTORE);
  if (change->where.path != NULL && *change->where.path != '\0')
    g_array_append_val (check->places, change->where);
  check->gone = change->gone;
}

static void
check_criteria (CdGateCase *the_case)
{
  const GArray *lost = the_case->difference->lost;
  guint minded = 0;
  for (guint i = 0; i < lost->len; i++) {
    const CdVerdictChange *change = &g_array_index (lost, CdVerdictChange, i);
    if (change->before == NULL || change->after == NULL || !is_minded (the_case->policy, CD_FAMILY_CRITERION, change->after->id))
      continue;
    minded++;
    check_lost (the_case, change);
  }
  if (minded == 0)
    cd_gate_add (the_case, CD_OUTCOME_PASSED, CD_FAMILY_CRITERION, NULL,
                 g_strdup ("no criterion that the policy minds was yes at the base and is no now"));
}

static void
check_kind (CdGateCase *the_case, CdChangedKind kind)
{
  const GPtrArray *changes = the_case->difference->changes;
  guint worse = 0;
  for (guint i = 0; i < changes->len; i++) {
    const CdChange *change = changes->pdata[i];
    if (change->kind != kind || !change->worse)
      continue;
    worse++;
    check_worse (the_case, change);
  }
  if (worse == 0)
    cd_gate_add (the_case, CD_OUTCOME_PASSED, cd_changed_kind_name (kind), NULL, g_strdup (kinds[kind].kept));
}

void
cd_gate_check_regression (CdGateCase *the_case)
{
  if (the_case->difference == NULL || !the_case->policy->no_regression)
    return;
  check_criteria (the_case);
  for (guint i = 0; i < CD_CHANGED_KINDS; i++)
    if (is_minded (the_case->policy, cd_changed_kind_name ((CdChangedKind) i), NULL))
      check_kind (the_case, (CdChangedKind) i);
}
