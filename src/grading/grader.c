/* The table of graders, and which kind of answer takes which. How each grades is its family's. */
#include "base/error.h"
#include "base/text.h"
#include "grading/families.h"
#include <string.h>

static const CdGrader graders[] = {
  { "math", "mathematical equivalence of final answers: LaTeX or plain, exact where possible", cd_grade_math },
  { "integer", "whole numbers (AIME): boxed or stated, leading zeros and separators aside", cd_grade_integer },
  { "numeric", "numbers within 1e-6 (relative), whole ones exactly; \"#### 18\", percent, currency, 6.02e23", cd_grade_numeric },
  { "choice", "option letters (GPQA, MMLU, MMLU-Pro A to J), taken from the response; gold a letter, an index from 0 or the option's text",
    cd_grade_choice },
  { "exact", "equal texts, white space and case aside", cd_grade_exact },
  { "squad-em", "exact match by SQuAD's normalisation, the best of several references", cd_grade_squad_em },
  { "squad-f1", "F1 of words by SQuAD's normalisation, the best of several references", cd_grade_squad_f1 },
  { "simpleqa", "SimpleQA's three classes: a judge's label, or a conservative match of the answer's words", cd_grade_simpleqa },
  { "flag", "pass/fail, true/false, yes/no, judges' verdicts; without gold, true is meant", cd_grade_flag },
};

/* The kinds of rubrics/knowledge/benchmarks.yaml. Where an answer cannot be compared (a proof, a rating, points on an image), the file's own verdict is
 * all there is: a flag. "mixed" has numbers and letters among formulas: mathematics compares all three. */
static const struct {
  const char *answer, *grader;
} kinds[] = {
  { "integer", "integer" }, { "number", "numeric" }, { "expression", "math" },   { "choice", "choice" }, { "boolean", "flag" },
  { "text", "squad-f1" },   { "tests", "flag" },     { "proof", "flag" },        { "rules", "flag" },    { "calls", "flag" },
  { "state", "flag" },      { "rating", "flag" },    { "points", "flag" },       { "mask", "flag" },     { "box", "flag" },
  { "grid", "exact" },      { "step", "integer" },   { "preference", "choice" }, { "mixed", "math" },
};

const CdGrader *
cd_graders (guint *length)
{
  *length = G_N_ELEMENTS (graders);
  return graders;
}

const CdGrader *
cd_grader_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (graders); i++)
    if (strcmp (graders[i].id, id) == 0)
      return &graders[i];
  return NULL;
}

const CdGrader *
cd_grader_choose (const char *id, GError **error)
{
  const CdGrader *grader = cd_grader_find (id);
  if (grader != NULL)
    return grader;
  const char *ids[G_N_ELEMENTS (graders) + 1] = { NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (graders); i++)
    ids[i] = graders[i].id;
  g_autofree char *choices = cd_text_choices (id, ids);
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no grader \"%s\"%s", id, choices);
  return NULL;
}

const CdGrader *
cd_grader_for_answer (const char *answer)
{
  for (gsize i = 0; answer != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].answer, answer) == 0)
      return cd_grader_find (kinds[i].grader);
  return cd_grader_find ("math");
}

const char *
cd_grade_verdict_name (CdGradeVerdict verdict)
{
  static const char *const names[] = { "wrong", "right", "no-answer", "not-attempted" };
  return names[verdict];
}

void
cd_grade_set (CdGrade *grade, gboolean right, char *answer)
{
  grade->verdict = right ? CD_GRADE_RIGHT : answer != NULL ? CD_GRADE_WRONG : CD_GRADE_NO_ANSWER;
  grade->score = right ? 1 : 0;
  grade->answer = answer;
}

void
cd_grade_clear (CdGrade *grade)
{
  g_clear_pointer (&grade->answer, g_free);
}
