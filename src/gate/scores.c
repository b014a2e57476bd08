/* Scores: the total and dimensions against the least that the policy asks for. */
#include "gate/families.h"
#include <string.h>

#define NEAREST 3u /* criteria that the fix names */

static int
compare_certainty (gconstpointer a, gconstpointer b)
{
  const CdRecordVerdict *one = *(const CdRecordVerdict *const *) a, *other = *(const CdRecordVerdict *const *) b;
  return one->certainty < other->certainty ? -1 : one->certainty > other->certainty;
}

/* Audits of earlier versions do not tell a verdict's dimension; its id begins with it by custom. */
static gboolean
is_of (const CdRecordVerdict *verdict, const char *dimension)
{
  const char *told = cd_record_string (verdict->json, "dimension");
  gsize length = strlen (dimension);
  return told != NULL ? strcmp (told, dimension) == 0 : strncmp (verdict->id, dimension, length) == 0 && verdict->id[length] == '.';
}

/* Verdicts that are no, of a dimension (NULL: of all), nearest to a yes first. Borrowed verdicts; free the array. */
static GPtrArray *
missing_of (const CdRecord *record, const char *dimension)
{
  GPtrArray *missing = g_ptr_array_new ();
  for (guint i = 0; i < record->verdicts->len; i++) {
    CdRecordVerdict *verdict = record->verdicts->pdata[i];
    if (!verdict->yes && verdict->of > 0 && (dimension == NULL || is_of (verdict, dimension)))
      g_ptr_array_add (missing, verdict);
  }
  g_ptr_array_sort (missing, compare_certainty);
  return missing;
}

/* "Earn 7 points more; nearest to a yes: open.paper (3), …". Caller frees. */
static char *
fix_of (const CdRecord *record, const char *dimension, guint deficit)
{
  g_autoptr (GPtrArray) missing = missing_of (record, dimension);
  GString *fix = g_string_new (NULL);
  g_string_printf (fix, "Earn %u point%s more", deficit, deficit == 1 ? "" : "s");
  for (guint i = 0; i < missing->len && i < NEAREST; i++) {
    const CdRecordVerdict *verdict = missing->pdata[i];
    g_string_append_printf (fix, "%s%s (%u)", i == 0 ? "; nearest to a yes: " : ", ", verdict->id, verdict->of);
  }
  g_string_append (fix, "; `candor explain` tells what earns each.");
  return g_string_free (fix, FALSE);
}

static void
check_score (CdGateCase *the_case, const CdPolicyScore *asked, const char *name, guint points, guint of)
{
  gboolean total = asked->dimension == NULL, enough = points >= asked->least;
  GString *what = g_string_new (NULL);
  g_string_printf (what, "%s is %u of %u points; the policy asks for %u", total ? "the score" : name, points, of, asked->least);
  if (total && the_case->record->unsettled > 0)
    g_string_append_printf (what, " (likely %u to %u once its %u unsettled answers are read)", the_case->record->likely[0],
                            the_case->record->likely[1], the_case->record->unsettled);
  CdCheck *check
      = cd_gate_add (the_case, enough ? CD_OUTCOME_PASSED : CD_OUTCOME_FAILED, total ? "total" : asked->dimension, NULL, g_string_free (what, FALSE));
  if (enough)
    return;
  g_autofree char *fix = fix_of (the_case->record, asked->dimension, asked->least - points);
  cd_gate_mend (check, fix, of > 0 ? 0.5 + 0.5 * (asked->least - points) / of : 1);
}

void
cd_gate_check_scores (CdGateCase *the_case)
{
  const CdRecord *record = the_case->record;
  for (guint i = 0; i < the_case->policy->scores->len; i++) {
    const CdPolicyScore *asked = &g_array_index (the_case->policy->scores, CdPolicyScore, i);
    if (asked->dimension == NULL)
      check_score (the_case, asked, NULL, record->total, record->of);
    for (guint d = 0; asked->dimension != NULL && d < record->dimensions->len; d++) {
      const CdRecordDimension *dimension = &g_array_index (record->dimensions, CdRecordDimension, d);
      if (strcmp (dimension->id, asked->dimension) == 0)
        check_score (the_case, asked, dimension->name, dimension->points, dimension->of);
    }
  }
}
