/* What a reader should settle first: the questions by what an answer to them is expected to move. */
#include "rubric/rubric.h"
#include <math.h>

#define SETTLED 0.9
/* Products of equal points and certainties must not differ by their last bit. */
#define SLACK 1e-9

gboolean
cd_verdict_is_settled (const CdVerdict *verdict)
{
  return verdict->certainty >= SETTLED;
}

double
cd_rubric_doubt (const CdRubric *rubric, const CdVerdict *verdict)
{
  return (1 - verdict->certainty) * cd_rubric_criterion (rubric, verdict->criterion)->points;
}

static gint
compare_doubt (gconstpointer a, gconstpointer b, gpointer rubric)
{
  const CdVerdict *x = *(CdVerdict *const *) a, *y = *(CdVerdict *const *) b;
  double left = cd_rubric_doubt (rubric, x), right = cd_rubric_doubt (rubric, y);
  if (fabs (left - right) > SLACK)
    return left > right ? -1 : 1;
  return x->criterion < y->criterion ? -1 : 1;
}

static GPtrArray *
questions (const CdRubric *rubric, const GPtrArray *verdicts, gboolean settled_too)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < verdicts->len; i++) {
    CdVerdict *verdict = verdicts->pdata[i];
    gboolean settled = cd_verdict_is_settled (verdict);
    if (!settled || (settled_too && verdict->basis != CD_BASIS_ASSESSED))
      g_ptr_array_add (found, verdict);
  }
  g_ptr_array_sort_with_data (found, compare_doubt, (gpointer) rubric);
  return found;
}

GPtrArray *
cd_rubric_questions (const CdRubric *rubric, const GPtrArray *verdicts)
{
  return questions (rubric, verdicts, TRUE);
}

GPtrArray *
cd_rubric_unsettled (const CdRubric *rubric, const GPtrArray *verdicts)
{
  return questions (rubric, verdicts, FALSE);
}
