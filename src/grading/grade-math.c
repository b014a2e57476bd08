/* Mathematical equivalence, with the answer's extraction: math.h's, for responses and references that may be whole solutions. */
#include "grading/families.h"
#include "grading/math.h"
#include <string.h>

/* A reference is a final answer, or a solution that ends in one ("#### 18", "\boxed{18}"). Caller frees. */
static char *
final_answer (const char *gold)
{
  const char *mark = g_strrstr (gold, "####");
  if (mark != NULL)
    return g_strstrip (g_strdup (mark + strlen ("####")));
  char *boxed = strstr (gold, "\\boxed") != NULL ? cd_math_answer (gold) : NULL;
  return boxed != NULL ? boxed : g_strdup (gold);
}

void
cd_grade_math (const char *gold, const char *response, CdGrade *grade)
{
  CdSpan body = cd_stated_body (response);
  g_autofree char *answer = cd_math_answer (body.at);
  gboolean right = FALSE;
  if (answer != NULL) {
    g_auto (GStrv) golds = cd_stated_golds (gold);
    for (guint i = 0; golds[i] != NULL && !right; i++) {
      g_autofree char *reference = final_answer (golds[i]);
      right = cd_math_equal (reference, answer);
    }
  }
  cd_grade_set (grade, right, g_steal_pointer (&answer));
}
