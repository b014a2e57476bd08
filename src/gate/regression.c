/* What a change takes away: criteria that were yes at the base and are no now, and facts that are worse. Old gaps are nobody's loss. What is the same in
 * both audits is difference/'s to decide. */
#include "gate/families.h"
#include <string.h>

/* What was there an instant ago can be put back. */
#define EFFORT_RESTORE 0.1
/* A yes below this was more likely a no, so that nothing is lost with it. */
#define EVEN 0.5

/* A label that hangs on teachers which are not certain. */
static gboolean
is_label_doubtful (const CdRecord *record, const char *what)
{
  (void) what; /* there is one label */
  return cd_record_true (cd_record_part (record, "distillation"), "reader_needed");
}

static gboolean
is_teacher_doubtful (const CdRecord *record, const char *what)
{
  for (guint i = 0; i < record->teachers->len; i++) {
    const CdRecordTeacher *teacher = record->teachers->pdata[i];
    if (strcmp (teacher->model, what) == 0)
      return strcmp (teacher->disclosure, "disclosed") != 0 && !cd_record_teacher_is_certain (teacher);
  }
  return FALSE;
}

static const struct {
  const char *lost, *kept, *fix;
  gboolean (*is_doubtful) (const CdRecord *record, const char *what); /* NULL: it is a plain fact */
} kinds[CD_CHANGED_KINDS] = {
  [CD_CHANGED_LABEL] = { "the label tells of less openness than at the base", "the label is no worse than at the base",
                         "Put back what the documents said of teachers.", is_label_doubtful },
  [CD_CHANGED_TEACHER] = { "less is told of a teacher than at the base", "no less is told of any teacher than at the base",
                           "Put back the sentence, or the line of the manifest, that named the teacher.", is_teacher_doubtful },
  [CD_CHANGED_CLAIM]
  = { "less is told of a figure than at the base", "every claimed figure is told of as at the base", "Put back what was said of the figure.", NULL },
  [CD_CHANGED_REPRODUCTION] = { "a figure that was borne out is so no longer", "every figure that was borne out still is",
                                "Put back the log or the predictions, or correct the claimed figure.", NULL },
  [CD_CHANGED_COMMAND] = { "a command is broken now", "no command broke", "Put back what the command needs, or correct the command.", NULL },
  [CD_CHANGED_DATASET] = { "less is told of a training dataset than at the base", "no less is told of any training dataset than at the base",
                           "Name the dataset again, with its place, revision and licence.", NULL },
  [CD_CHANGED_WEIGHTS] = { "weights are not named any more", "all weights are still named", "Link the weights again.", NULL },
  [CD_CHANGED_RISK] = { "there is a risk that the base did not have", "no risk is new", "Take out what this change brought in.", NULL },
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

#define UNCERTAIN "; what code shows is not certain, and a reader is needed"

static void
check_worse (CdGateCase *the_case, const CdChange *change)
{
  const char *kind = cd_changed_kind_name (change->kind);
  gboolean same_rules = the_case->difference->same_rules;
  gboolean uncertain = kinds[change->kind].is_doubtful != NULL && kinds[change->kind].is_doubtful (the_case->record, change->what);
  g_autofree char *name = g_strdup_printf ("%s/%s", kind, change->what);
  char *what = g_strdup_printf ("%s: %s was %s at the base, and is %s now%s%s.", kinds[change->kind].lost, change->what,
                                change->before != NULL ? change->before : "not there", change->after != NULL ? change->after : "gone",
                                uncertain ? UNCERTAIN : "", same_rules ? "" : OTHER_RULES);
  CdCheck *check = same_rules && !uncertain ? cd_gate_add (the_case, CD_OUTCOME_FAILED, name, NULL, what)
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
