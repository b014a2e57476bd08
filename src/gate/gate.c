/* Applies a policy: every family of checks in turn, then exceptions, then the order. What a family asks is its own file's; how a gate looks is the
 * reports'. */
#include "gate/gate.h"
#include "base/error.h"
#include "base/text.h"
#include "gate/families.h"
#include <string.h>

#define NAME_MOST 160 /* code points of an id after its family */
#define TEXT_MOST 800 /* code points of a sentence: names in it are as long as a repository likes */
#define PLACES_MOST 16u

static const struct {
  const char *name, *asks;
  void (*check) (CdGateCase *the_case);
} families[] = {
  { CD_FAMILY_SCORE, "Does the work earn the points that the policy asks for, in all and in each dimension?", cd_gate_check_scores },
  { CD_FAMILY_CRITERION, "Does the criterion or probe that the policy names hold?", cd_gate_check_criteria },
  { CD_FAMILY_DISTILLATION, "Is what the work says of its teachers what the policy allows?", cd_gate_check_distillation },
  { CD_FAMILY_CLAIM, "Do the figures that can be obtained bear out the claimed one?", cd_gate_check_claims },
  { CD_FAMILY_COMMAND, "Could somebody else run the documented command?", cd_gate_check_commands },
  { CD_FAMILY_RISK, "Is the work free of the risk that the policy names?", cd_gate_check_risks },
  { CD_FAMILY_REGRESSION, "Is everything still there that the base had?", cd_gate_check_regression },
};

const char *
cd_outcome_name (CdOutcome outcome)
{
  static const char *const names[] = { "passed", "warned", "excepted", "failed" };
  return names[outcome];
}

const char *const *
cd_gate_families (void)
{
  static const char *names[G_N_ELEMENTS (families) + 1];
  static gsize ready;
  if (g_once_init_enter (&ready)) {
    for (guint i = 0; i < G_N_ELEMENTS (families); i++)
      names[i] = families[i].name;
    g_once_init_leave (&ready, 1);
  }
  return names;
}

const char *
cd_gate_family_asks (const char *family)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (strcmp (families[i].name, family) == 0)
      return families[i].asks;
  return NULL;
}

static void
check_free (gpointer data)
{
  CdCheck *check = data;
  g_free (check->id);
  g_free (check->rule);
  g_free (check->what);
  g_free (check->fix);
  g_array_unref (check->places);
  g_free (check);
}

void
cd_gate_free (CdGate *gate)
{
  if (gate == NULL)
    return;
  g_ptr_array_unref (gate->checks);
  g_ptr_array_unref (gate->expired);
  g_ptr_array_unref (gate->unused);
  g_free (gate->today);
  g_free (gate);
}

/* Printable, and cut where it is too long. Caller frees. */
static char *
printable (const char *text, glong most)
{
  g_autofree char *shown = cd_text_printable (text);
  if (g_utf8_strlen (shown, -1) <= most)
    return g_steal_pointer (&shown);
  g_autofree char *head = g_utf8_substring (shown, 0, most - 1);
  return g_strconcat (head, "…", NULL);
}

/* An id that no other check has; ids: id → how many were called so. Caller frees. */
static char *
make_id (CdGateCase *the_case, const char *name)
{
  g_autofree char *shown = printable (name, NAME_MOST);
  g_autofree char *plain = g_strdup_printf ("%s/%s", the_case->family, shown);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (the_case->ids, plain)) + 1;
  char *id = count == 1 ? g_strdup (plain) : g_strdup_printf ("%s/%u", plain, count);
  while (count > 1 && g_hash_table_contains (the_case->ids, id)) {
    g_free (id);
    id = g_strdup_printf ("%s/%u", plain, ++count);
  }
  g_hash_table_replace (the_case->ids, g_strdup (plain), GUINT_TO_POINTER (count));
  if (count > 1)
    g_hash_table_insert (the_case->ids, g_strdup (id), GUINT_TO_POINTER (1));
  return id;
}

CdCheck *
cd_gate_add (CdGateCase *the_case, CdOutcome outcome, const char *name, const char *rule, char *what)
{
  CdCheck *check = g_new0 (CdCheck, 1);
  check->id = make_id (the_case, name);
  check->rule = g_strdup (rule != NULL ? rule : the_case->family);
  check->family = the_case->family;
  check->why = the_case->why;
  check->outcome = outcome;
  check->what = printable (what, TEXT_MOST);
  check->places = g_array_new (FALSE, TRUE, sizeof (CdRecordPlace));
  g_free (what);
  g_ptr_array_add (the_case->gate->checks, check);
  return check;
}

CdCheck *
cd_gate_add_doubtful (CdGateCase *the_case, CdUnsettled unsettled, const char *name, const char *rule, char *what)
{
  static const CdOutcome outcomes[]
      = { [CD_UNSETTLED_FAILS] = CD_OUTCOME_FAILED, [CD_UNSETTLED_WARNS] = CD_OUTCOME_WARNED, [CD_UNSETTLED_PASSES] = CD_OUTCOME_PASSED };
  CdCheck *check = cd_gate_add (the_case, outcomes[unsettled], name, rule, what);
  check->doubtful = TRUE;
  return check;
}

void
cd_gate_mend (CdCheck *check, const char *fix, double effort)
{
  if (check->outcome == CD_OUTCOME_PASSED)
    return;
  g_free (check->fix);
  check->fix = fix != NULL ? printable (fix, TEXT_MOST) : NULL;
  check->effort = CLAMP (effort, 0, 1);
}

void
cd_gate_place (CdCheck *check, const GArray *places)
{
  for (guint i = 0; places != NULL && i < places->len && check->places->len < PLACES_MOST; i++)
    g_array_append_val (check->places, g_array_index (places, CdRecordPlace, i));
}

/* --- exceptions --- */

/* The exception that decides on a check: the first that still holds, else the first that has run out; NULL none fits. */
static const CdPolicyException *
find_exception (const CdPolicy *policy, const CdCheck *check, const char *today)
{
  const CdPolicyException *expired = NULL;
  for (guint i = 0; i < policy->exceptions->len; i++) {
    const CdPolicyException *exception = &g_array_index (policy->exceptions, CdPolicyException, i);
    if (!g_pattern_match_simple (exception->rule, check->id) && strcmp (exception->rule, check->id) != 0)
      continue;
    if (strcmp (exception->until, today) >= 0)
      return exception;
    expired = expired != NULL ? expired : exception;
  }
  return expired;
}

static void
except (CdGate *gate)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < gate->checks->len; i++) {
    CdCheck *check = gate->checks->pdata[i];
    if (check->outcome == CD_OUTCOME_PASSED)
      continue;
    check->exception = find_exception (gate->policy, check, gate->today);
    if (check->exception == NULL || strcmp (check->exception->until, gate->today) < 0)
      continue;
    check->outcome = CD_OUTCOME_EXCEPTED;
    g_hash_table_add (used, (gpointer) check->exception);
  }
  for (guint i = 0; i < gate->policy->exceptions->len; i++) {
    CdPolicyException *exception = &g_array_index (gate->policy->exceptions, CdPolicyException, i);
    if (strcmp (exception->until, gate->today) < 0)
      g_ptr_array_add (gate->expired, exception);
    else if (!g_hash_table_contains (used, exception))
      g_ptr_array_add (gate->unused, exception);
  }
}

/* --- order --- */

/* Failed ones first, and of these the smallest change; others stay in the policy's order, g_ptr_array_sort being stable. */
static int
compare_checks (gconstpointer a, gconstpointer b)
{
  static const int ranks[] = { [CD_OUTCOME_FAILED] = 0, [CD_OUTCOME_WARNED] = 1, [CD_OUTCOME_EXCEPTED] = 2, [CD_OUTCOME_PASSED] = 3 };
  const CdCheck *one = *(const CdCheck *const *) a, *other = *(const CdCheck *const *) b;
  if (one->outcome != other->outcome)
    return ranks[one->outcome] - ranks[other->outcome];
  if (one->outcome != CD_OUTCOME_FAILED || one->effort == other->effort)
    return 0;
  return one->effort < other->effort ? -1 : 1;
}

static void
count (CdGate *gate)
{
  guint *counts[] = { [CD_OUTCOME_PASSED] = &gate->passed,
                      [CD_OUTCOME_WARNED] = &gate->warned,
                      [CD_OUTCOME_EXCEPTED] = &gate->excepted,
                      [CD_OUTCOME_FAILED] = &gate->failed };
  for (guint i = 0; i < gate->checks->len; i++)
    ++*counts[((const CdCheck *) gate->checks->pdata[i])->outcome];
}

/* --- what the record must have --- */

static gboolean
has_dimension (const CdRecord *record, const char *id)
{
  for (guint i = 0; i < record->dimensions->len; i++)
    if (g_str_equal (g_array_index (record->dimensions, CdRecordDimension, i).id, id))
      return TRUE;
  return FALSE;
}

static gboolean
has_probe (const CdRecord *record, const char *id)
{
  const cJSON *probe = NULL;
  cJSON_ArrayForEach (probe, cd_record_part (record, "probes"))
  {
    if (g_strcmp0 (cd_record_string (probe, "id"), id) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
fits (const CdPolicy *policy, const CdRecord *record, GError **error)
{
  const char *kind = NULL, *id = NULL;
  for (guint i = 0; i < policy->scores->len && id == NULL; i++) {
    const char *dimension = g_array_index (policy->scores, CdPolicyScore, i).dimension;
    if (dimension != NULL && !has_dimension (record, dimension)) {
      kind = "dimension";
      id = dimension;
    }
  }
  for (guint i = 0; i < policy->criteria->len && id == NULL; i++) {
    const CdPolicyCriterion *asked = &g_array_index (policy->criteria, CdPolicyCriterion, i);
    if (asked->probe ? !has_probe (record, asked->id) : cd_record_verdict (record, asked->id) == NULL) {
      kind = asked->probe ? "probe" : "criterion";
      id = asked->id;
    }
  }
  if (id == NULL)
    return TRUE;
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "%s: the policy asks for the %s \"%s\", and the audit, which is by rubric %s, has none of that name",
               policy->where, kind, id, record->rubric);
  return FALSE;
}

CdGate *
cd_gate_apply (const CdPolicy *policy, const CdRecord *record, const CdDifference *difference, const char *today, GError **error)
{
  if (!fits (policy, record, error))
    return NULL;
  CdGate *gate = g_new0 (CdGate, 1);
  gate->policy = policy;
  gate->record = record;
  gate->base = difference != NULL ? difference->before : NULL;
  gate->today = g_strdup (today);
  gate->checks = g_ptr_array_new_with_free_func (check_free);
  gate->expired = g_ptr_array_new ();
  gate->unused = g_ptr_array_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
    CdGateCase the_case = { .gate = gate, .policy = policy, .record = record, .difference = difference, .family = families[i].name, .ids = ids };
    families[i].check (&the_case);
  }
  except (gate);
  g_ptr_array_sort (gate->checks, compare_checks);
  count (gate);
  return gate;
}
