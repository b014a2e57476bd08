/* Exact rational values. */
#pragma once
#include "grading/math-expression.h"

/* The value where the tree is a rational number and no intermediate result passes a bound of bits; NULL else. Kept in the nodes. */
mpq_srcptr cd_math_exact (CdMathArena *arena, CdMathNode *node);
/* TRUE where the tree is a decimal as printed (0.333, −1.5, 3.1 · 10⁵), with its digits behind the point and its significant digits. */
gboolean cd_math_printed (CdMathArena *arena, CdMathNode *node, guint *decimals, guint *digits);
