/* Graders: whether an answer is right, told from two texts. Pure and bounded: no input crashes, hangs or grows them, and a grader's verdict never
 * depends on another's. Which grader a benchmark takes is its `answer` in rubrics/knowledge/benchmarks.yaml. */
#pragma once
#include <glib.h>

typedef enum {
  CD_GRADE_WRONG,
  CD_GRADE_RIGHT,
  CD_GRADE_NO_ANSWER,    /* the response states no answer: counts as wrong, and is told apart */
  CD_GRADE_NOT_ATTEMPTED /* the response declines (SimpleQA's third class) */
} CdGradeVerdict;

typedef struct {
  CdGradeVerdict verdict;
  double score; /* 0 to 1: F1 for its grader, else 1 or 0 */
  char *answer; /* what was extracted from the response and compared; NULL none. Owned */
} CdGrade;
void cd_grade_clear (CdGrade *grade);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdGrade, cd_grade_clear)

typedef struct {
  const char *id;   /* "math", "integer", "choice" … */
  const char *what; /* one line for people */
  /* gold: the reference; response: a final answer or a whole response that states one. Both NUL-terminated UTF-8 (other bytes are taken as they are). */
  void (*grade) (const char *gold, const char *response, CdGrade *grade);
} CdGrader;

/* All graders, in the order in which they are listed. */
const CdGrader *cd_graders (guint *length);
/* By id, or NULL. */
const CdGrader *cd_grader_find (const char *id);
/* By id, or NULL and CD_ERROR_USAGE with the nearest or all. */
const CdGrader *cd_grader_choose (const char *id, GError **error);
/* The grader for a kind of answer as benchmarks.yaml has it ("integer", "expression", "choice", "code" …); "math" for one that is not known. */
const CdGrader *cd_grader_for_answer (const char *answer);
const char *cd_grade_verdict_name (CdGradeVerdict verdict); /* "right", "wrong", "no-answer", "not-attempted" */
/* The numeric grader with another tolerance than its 1e-6: relative to gold, whole numbers included where it is larger. */
void cd_grade_numeric_within (const char *gold, const char *response, double tolerance, CdGrade *grade);
