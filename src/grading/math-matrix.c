/* Matrices times numbers, with a minus sign and as determinants, worked into their cells. */
#include "grading/math-compare.h"

#include <string.h>

#define MOST_ORDER 4u

static CdMathNode *
product (CdMathArena *arena, CdMathNode *first, CdMathNode *second)
{
  return cd_math_node_with (arena, CD_MATH_MULTIPLY, first, second);
}

/* By expansion along the first row; rows and columns of the minor are given by masks. */
static CdMathNode *
minor (CdMathArena *arena, const CdMathNode *matrix, guint row, guint columns)
{
  CdMathNode *sum = NULL;
  gboolean negative = FALSE;
  if (row == matrix->rows)
    return cd_math_node_integer (arena, 1);
  for (guint column = 0; column < matrix->columns; column++) {
    if ((columns & (1u << column)) == 0)
      continue;
    CdMathNode *term = product (arena, matrix->children[row * matrix->columns + column], minor (arena, matrix, row + 1, columns & ~(1u << column)));
    term = negative ? cd_math_node_with (arena, CD_MATH_NEGATE, term, NULL) : term;
    sum = sum == NULL ? term : cd_math_node_with (arena, CD_MATH_ADD, sum, term);
    negative = !negative;
  }
  return sum;
}

static CdMathNode *
each_cell (CdMathArena *arena, const CdMathNode *matrix, CdMathNode *factor)
{
  CdMathNode *cells = cd_math_node_new (arena, CD_MATH_MATRIX, matrix->count);
  cells->rows = matrix->rows;
  cells->columns = matrix->columns;
  for (guint i = 0; i < matrix->count; i++)
    cells->children[i]
        = factor != NULL ? product (arena, factor, matrix->children[i]) : cd_math_node_with (arena, CD_MATH_NEGATE, matrix->children[i], NULL);
  return cells;
}

CdMathNode *
cd_math_worked_matrix (CdMathArena *arena, CdMathNode *node)
{
  CdMathNode *inner = node->count > 0 ? node->children[node->count - 1] : NULL;
  if (inner == NULL || inner->type != CD_MATH_MATRIX)
    return node;
  gboolean determinant = node->type == CD_MATH_CALL && (node->function == CD_MATH_DETERMINANT || node->function == CD_MATH_ABS);
  if (determinant && inner->rows == inner->columns && inner->rows <= MOST_ORDER)
    return minor (arena, inner, 0, (1u << inner->columns) - 1);
  if (node->type == CD_MATH_NEGATE)
    return each_cell (arena, inner, NULL);
  if (node->type != CD_MATH_MULTIPLY || cd_math_node_contains (node->children[0], CD_MATH_MATRIX))
    return node;
  CdMathNode *factor = node->children[0];
  for (guint i = 1; i + 1 < node->count; i++) {
    if (cd_math_node_contains (node->children[i], CD_MATH_MATRIX))
      return node;
    factor = product (arena, factor, node->children[i]);
  }
  return each_cell (arena, inner, factor);
}
