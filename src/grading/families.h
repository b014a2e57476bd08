/* The graders, a file a family (grade-NAME.c); grader.c lists them. Each fills grade as CdGrader.grade says. For grading/ only. */
#pragma once
#include "grading/grader.h"
#include "grading/stated.h"

/* grade-text.c */
void cd_grade_exact (const char *gold, const char *response, CdGrade *grade);
void cd_grade_squad_em (const char *gold, const char *response, CdGrade *grade);
void cd_grade_squad_f1 (const char *gold, const char *response, CdGrade *grade);
/* grade-number.c */
void cd_grade_integer (const char *gold, const char *response, CdGrade *grade);
void cd_grade_numeric (const char *gold, const char *response, CdGrade *grade);
/* grade-choice.c, with the letter's extraction in choice-letter.c */
void cd_grade_choice (const char *gold, const char *response, CdGrade *grade);
/* grade-flag.c */
void cd_grade_flag (const char *gold, const char *response, CdGrade *grade);
/* grade-simpleqa.c */
void cd_grade_simpleqa (const char *gold, const char *response, CdGrade *grade);
/* grade-math.c */
void cd_grade_math (const char *gold, const char *response, CdGrade *grade);

/* Right with score 1, or wrong with 0; answer is taken over (NULL: no answer). */
void cd_grade_set (CdGrade *grade, gboolean right, char *answer);

/* A set of option letters: bit n is the letter 'A' + n. */
typedef guint32 CdLetters;
/* The letters that an answer such as "(B) Paris", "\text{B}", "A and C" begins with; options: how many letters there are (10: A to J). *rest (may be NULL)
 * is what stands behind. 0 where it begins with none; "A" as an article and "I" as a pronoun are none. */
CdLetters cd_choice_begin (CdSpan span, guint options, CdSpan *rest);
/* The letters that a response settles on, and where the answer stands. 0 where none is. */
CdLetters cd_choice_extract (CdSpan response, guint options, CdSpan *answer);
