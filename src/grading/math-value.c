/* Numbers and expressions: exactly where both are rational, in high precision else; expressions at many points. */
#include "grading/math-compare.h"

#define POINTS 14u
#define POINTS_WANTED 5u
#define POINTS_LEAST 3u
#define DIGITS_LEAST 6u

CdMathNumeric
cd_math_numeric_begin (CdMathComparison *comparison, const CdMathSymbols *symbols, CdMathComplex *point)
{
  return (CdMathNumeric){
    .arena = comparison->arena, .log_is_decimal = comparison->log_is_decimal, .work = comparison->work, .symbols = symbols, .point = point
  };
}

void
cd_math_numeric_end (CdMathComparison *comparison, const CdMathNumeric *numeric)
{
  comparison->work = numeric->work;
}

/* |a − b| ≤ half · 10^−decimals, or that part of b. */
static gboolean
within (const CdMathComplex *a, const CdMathComplex *b, guint decimals, gulong part)
{
  CdMathComplex difference, bound;
  if (!cd_math_complex_is_real (a) || !cd_math_complex_is_real (b))
    return FALSE;
  cd_math_complex_init (&difference);
  cd_math_complex_init (&bound);
  mpfr_sub (difference.re, a->re, b->re, MPFR_RNDN);
  if (part > 0)
    mpfr_div_ui (bound.re, b->re, part, MPFR_RNDN);
  else {
    mpfr_set_ui (bound.re, 10, MPFR_RNDN);
    mpfr_pow_si (bound.re, bound.re, -(long) decimals, MPFR_RNDN);
    mpfr_div_ui (bound.re, bound.re, 2, MPFR_RNDN);
  }
  return mpfr_cmpabs (difference.re, bound.re) <= 0;
}

/* The rule for decimals of math-compare.h, for values that differ. */
static gboolean
same_decimal (CdMathComparison *comparison, CdMathNode *a, const CdMathComplex *a_value, CdMathNode *b, const CdMathComplex *b_value)
{
  guint decimals[2] = { 0 }, digits[2] = { 0 };
  gboolean printed[2]
      = { cd_math_printed (comparison->arena, a, &decimals[0], &digits[0]), cd_math_printed (comparison->arena, b, &decimals[1], &digits[1]) };
  if (!printed[0] && !printed[1])
    return FALSE;
  if (MAX (digits[0], digits[1]) > 9 && within (a_value, b_value, 0, 1000000000))
    return TRUE;
  if (printed[0] && printed[1])
    return MIN (decimals[0], decimals[1]) >= DIGITS_LEAST && within (a_value, b_value, DIGITS_LEAST, 0) && within (a_value, b_value, 0, 1000);
  guint which = printed[0] ? 0 : 1;
  return (decimals[which] >= DIGITS_LEAST || digits[which] >= DIGITS_LEAST) && within (a_value, b_value, decimals[which], 0)
         && within (a_value, b_value, 0, 1000);
}

static gboolean
same_constant (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  CdMathComplex a_value, b_value;
  CdMathNumeric numeric = cd_math_numeric_begin (comparison, NULL, NULL);
  gboolean known = cd_math_numeric_value (&numeric, a, &a_value) && cd_math_numeric_value (&numeric, b, &b_value);
  cd_math_numeric_end (comparison, &numeric);
  if (!known)
    return FALSE;
  if (cd_math_exact (comparison->arena, a) == NULL || cd_math_exact (comparison->arena, b) == NULL)
    if (cd_math_complex_same (&a_value, &b_value, CD_MATH_EXACTLY))
      return TRUE;
  return same_decimal (comparison, a, &a_value, b, &b_value);
}

static gboolean
names_imaginary_unit (const CdMathNode *node)
{
  if (node->type == CD_MATH_CONSTANT && node->constant == CD_MATH_I)
    return TRUE;
  for (guint i = 0; i < node->count; i++)
    if (names_imaginary_unit (node->children[i]))
      return TRUE;
  return FALSE;
}

/* Expressions agree where they agree at every point at which nothing in them leaves the real numbers or, where there are too few of those, at every one
 * at all: √(xy) and √x √y are meant for real numbers. */
static gboolean
same_expression (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b, const CdMathSymbols *symbols)
{
  CdMathComplex point[CD_MATH_SYMBOLS], a_value, b_value;
  gboolean imaginary = names_imaginary_unit (a) || names_imaginary_unit (b), differ = FALSE;
  guint real = 0, complex = 0;
  CdMathNumeric numeric = cd_math_numeric_begin (comparison, symbols, point);
  for (guint index = 0; index < POINTS && real < POINTS_WANTED; index++) {
    cd_math_numeric_place (&numeric, index);
    numeric.complex = FALSE;
    if (!cd_math_numeric_value (&numeric, a, &a_value) || !cd_math_numeric_value (&numeric, b, &b_value))
      continue;
    gboolean same = cd_math_complex_same (&a_value, &b_value, CD_MATH_EXACTLY);
    if (imaginary || !numeric.complex) {
      if (!same) {
        cd_math_numeric_end (comparison, &numeric);
        return FALSE;
      }
      real++;
    } else {
      differ = differ || !same;
      complex++;
    }
  }
  cd_math_numeric_end (comparison, &numeric);
  return real >= POINTS_LEAST || (real + complex >= POINTS_LEAST && !differ);
}

gboolean
cd_math_same_value (CdMathComparison *comparison, CdMathNode *a, CdMathNode *b)
{
  int infinite[2] = { cd_math_node_infinite (a), cd_math_node_infinite (b) };
  if (infinite[0] != 0 || infinite[1] != 0)
    return infinite[0] == infinite[1];
  mpq_srcptr a_exact = cd_math_exact (comparison->arena, a), b_exact = cd_math_exact (comparison->arena, b);
  if (a_exact != NULL && b_exact != NULL && mpq_equal (a_exact, b_exact))
    return TRUE;
  CdMathSymbols symbols = { .count = 0 };
  cd_math_symbols_add (&symbols, a);
  cd_math_symbols_add (&symbols, b);
  if (symbols.overflow)
    return FALSE;
  return symbols.count == 0 ? same_constant (comparison, a, b) : same_expression (comparison, a, b, &symbols);
}
