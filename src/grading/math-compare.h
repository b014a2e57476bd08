/* Whether two trees are the same answer; one file for each kind of thing that is compared. */
#pragma once
#include "grading/math-numeric.h"

typedef struct {
  CdMathArena *arena;
  gboolean log_is_decimal;
  gint64 work; /* of CdMathNumeric, shared by all values of the comparison */
  guint depth;
} CdMathComparison;

/* Any two answers. */
gboolean cd_math_same (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b);
/* Numbers and expressions. Equal values are equal, however written; beyond that, where they differ by a thousandth of themselves at most, a decimal as printed equals a value that it only approximates where it has six digits behind the point or six significant
 * ones and is that value rounded to its digits; two decimals where both have six digits behind the point and differ by half a millionth at most, or
 * differ in the tenth significant digit only. */
gboolean cd_math_same_value (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b);
/* Two equations or inequalities. */
gboolean cd_math_same_relation (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b);
/* Sets of real numbers: intervals, unions, {x | …}, inequalities in one variable. */
gboolean cd_math_is_region (const CdMathNode *node);
gboolean cd_math_same_region (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b);
/* What x = 5, f(x) = 5 or x ∈ A states of its left side; NULL where the relation states no such thing. */
CdMathNode *cd_math_stated (CdMathNode *relation);
/* What is named there: the left side of a relation that states something. */
const CdMathNode *cd_math_named (CdMathNode *relation);
/* The matrix or number that a number times a matrix, a negative matrix or a determinant comes to; the node itself else. */
CdMathNode *cd_math_worked_matrix (CdMathArena *arena, CdMathNode *node);
/* Starts an evaluation that takes its work from the comparison's; give back what is left with the second. */
CdMathNumeric cd_math_numeric_begin (CdMathComparison *comparison, const CdMathSymbols *symbols, CdMathComplex *point);
void cd_math_numeric_end (CdMathComparison *comparison, const CdMathNumeric *numeric);
