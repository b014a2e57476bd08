/* Values of a tree at given points, in high precision. */
#pragma once
#include "grading/math-complex.h"
#include "grading/math-exact.h"

/* What all values of one comparison share: how much work is left, how log without a base is read, what the symbols are. */
typedef struct {
  CdMathArena *arena;
  gboolean log_is_decimal;
  gint64 work;      /* units of about 0.1 µs; nothing has a value once they are spent */
  gboolean complex; /* an intermediate value was not real; whoever asks sets it back */
  const CdMathSymbols *symbols;
  CdMathComplex *point; /* a value for each symbol */
} CdMathNumeric;

/* Places the symbols at the index-th point, drawn from their names: all positive at even ones, of either sign at odd ones. point holds as many as
 * there are symbols. */
void cd_math_numeric_place (CdMathNumeric *numeric, guint index);
/* FALSE where the tree has no value there, or is no number. value is initialised here; what is left of a sum, a sine or a logarithm by rounding alone
 * is 0 in it. */
gboolean cd_math_numeric_value (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value);
