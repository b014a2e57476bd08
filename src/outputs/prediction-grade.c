/* A sample is graded by what the file extracted from it; by its whole response where it extracts nothing, or where what it extracted states no answer of the kind
 * that is asked for. An extraction that is empty, or null among others that are not, is an answer that was looked for and not found. */
#include "outputs/prediction-grade.h"
#include <string.h>

CdVerdicts
cd_prediction_verdicts (const char *answer)
{
  static const struct {
    const char *answer;
    CdVerdicts verdicts;
  } KINDS[] = {
    { "integer", CD_VERDICTS_GRADED }, { "number", CD_VERDICTS_GRADED }, { "expression", CD_VERDICTS_GRADED }, { "choice", CD_VERDICTS_GRADED },
    { "boolean", CD_VERDICTS_GRADED }, { "text", CD_VERDICTS_FLAGGED },  { "mixed", CD_VERDICTS_FLAGGED },
  };
  if (answer == NULL)
    return CD_VERDICTS_FLAGGED;
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (strcmp (KINDS[i].answer, answer) == 0)
      return KINDS[i].verdicts;
  return CD_VERDICTS_OWN;
}

/* Of a choice, "B", "(B)" or "B." tells which, and so does an index beside a letter; the text of one does not without the list of choices. */
static gboolean
names_choice (const char *gold, const char *answer)
{
  guint letters = 0, digits = 0;
  for (; *gold != '\0'; gold++) {
    if (!g_ascii_isalnum (*gold) && strchr ("().: \t*", *gold) == NULL)
      return FALSE;
    letters += g_ascii_isalpha (*gold) ? 1 : 0;
    digits += g_ascii_isdigit (*gold) ? 1 : 0;
  }
  if (letters == 0 && digits == 1)
    while (*answer != '\0' && !g_ascii_isalpha (*answer))
      answer++;
  return digits == 0 ? letters == 1 : letters == 0 && digits == 1 && *answer != '\0';
}

/* Grades one text of a sample against each reference, the best counts. FALSE where the grader finds no answer in it. */
static gboolean
grade_text (const CdGrader *grader, GPtrArray *golds, const char *answer, CdPredictionGrade *best)
{
  gboolean choice = strcmp (grader->id, "choice") == 0, graded = FALSE, stated = FALSE;
  for (guint i = 0; i < golds->len && best->graded != 1; i++) {
    if (choice && !names_choice (golds->pdata[i], answer))
      continue;
    g_auto (CdGrade) grade = { .verdict = CD_GRADE_NO_ANSWER };
    if (*answer != '\0')
      grader->grade (golds->pdata[i], answer, &grade);
    graded |= *answer != '\0';
    stated |= grade.verdict != CD_GRADE_NO_ANSWER;
    gboolean right = grade.verdict == CD_GRADE_RIGHT;
    if (best->graded >= 0 && !right && grade.score <= best->score)
      continue;
    best->graded = right ? 1 : 0;
    best->score = grade.score;
    if (grade.answer != NULL) {
      g_free (best->answer);
      best->answer = g_steal_pointer (&grade.answer);
    }
  }
  return stated || !graded;
}

CdPredictionGrade
cd_prediction_grade (const CdGrader *grader, GPtrArray *golds, const CdSample *sample, gboolean extracts)
{
  CdPredictionGrade best = { .graded = -1 };
  const char *prediction = sample->unextracted && extracts ? "" : sample->prediction;
  best.answer = prediction != NULL && *prediction != '\0' ? g_strdup (prediction) : NULL;
  if (grader == NULL || golds == NULL)
    return best;
  if ((prediction == NULL || !grade_text (grader, golds, prediction, &best)) && sample->response != NULL)
    grade_text (grader, golds, sample->response, &best);
  return best;
}
