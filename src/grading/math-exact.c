/* Rational arithmetic over a tree: sums, products, whole powers, roots that come out, factorials, binomials and functions of whole numbers.
 * What is irrational or grows past MOST_BITS is left to numeric. */
#include "grading/math-exact.h"

#define MOST_BITS 20000ul
#define MOST_FACTORIAL 1000l

static gulong
bits (mpq_srcptr value)
{
  return MAX (mpz_sizeinbase (mpq_numref (value), 2), mpz_sizeinbase (mpq_denref (value), 2));
}

static gboolean
is_whole (mpq_srcptr value)
{
  return mpz_cmp_ui (mpq_denref (value), 1) == 0;
}

/* The whole number in value where it is one between low and high. */
static gboolean
as_long (mpq_srcptr value, long low, long high, long *number)
{
  if (!is_whole (value) || !mpz_fits_slong_p (mpq_numref (value)))
    return FALSE;
  *number = mpz_get_si (mpq_numref (value));
  return *number >= low && *number <= high;
}

/* value = base^exponent */
static gboolean
raised (mpq_ptr value, mpq_srcptr base, long exponent)
{
  gulong size = (gulong) labs (exponent);
  gboolean one = mpz_cmpabs_ui (mpq_numref (base), 1) == 0 && is_whole (base);
  if (exponent < 0 && mpq_sgn (base) == 0)
    return FALSE;
  if (mpq_sgn (base) == 0) {
    mpq_set_ui (value, exponent == 0 ? 1 : 0, 1);
    return TRUE;
  }
  if (!one && (size > MOST_BITS || bits (base) * size > MOST_BITS))
    return FALSE;
  if (one)
    size = size % 2 == 0 ? 2 : 1;
  mpz_pow_ui (mpq_numref (value), mpq_numref (base), size);
  mpz_pow_ui (mpq_denref (value), mpq_denref (base), size);
  if (exponent < 0)
    mpq_inv (value, value);
  return TRUE;
}

/* value = the real index-th root of radicand where it is rational. */
static gboolean
root (mpq_ptr value, mpq_srcptr radicand, long index)
{
  if (index < 1 || (mpq_sgn (radicand) < 0 && index % 2 == 0))
    return FALSE;
  return mpz_root (mpq_numref (value), mpq_numref (radicand), (gulong) index) != 0
         && mpz_root (mpq_denref (value), mpq_denref (radicand), (gulong) index) != 0;
}

static gboolean
power (CdMathArena *arena, mpq_ptr value, mpq_srcptr base, mpq_srcptr exponent)
{
  mpq_t denominator;
  long number = 0;
  if (!is_whole (exponent)) {
    mpq_init (denominator);
    mpz_set (mpq_numref (denominator), mpq_denref (exponent));
    gboolean small = as_long (denominator, 2, 64, &number);
    mpq_clear (denominator);
    mpq_ptr rooted = cd_math_arena_rational (arena);
    if (!small || !root (rooted, base, number) || !mpz_fits_slong_p (mpq_numref (exponent)))
      return FALSE;
    return raised (value, rooted, mpz_get_si (mpq_numref (exponent)));
  }
  if (mpz_fits_slong_p (mpq_numref (exponent)))
    return raised (value, base, mpz_get_si (mpq_numref (exponent)));
  /* Of numbers so large only the parity matters, and only for ±1. */
  if (!is_whole (base) || mpz_cmpabs_ui (mpq_numref (base), 1) != 0)
    return FALSE;
  return raised (value, base, mpz_even_p (mpq_numref (exponent)) ? 2 : 1);
}

static gboolean
binomial (mpq_ptr value, mpq_srcptr above, mpq_srcptr below)
{
  long n = 0, k = 0;
  if (!as_long (above, 0, 20000, &n) || !as_long (below, 0, 20000, &k))
    return FALSE;
  if (k > n)
    mpq_set_ui (value, 0, 1);
  else
    mpz_bin_uiui (mpq_numref (value), (gulong) n, (gulong) k);
  return TRUE;
}

static gboolean
modulo (mpq_ptr value, mpq_srcptr number, mpq_srcptr modulus)
{
  if (!is_whole (number) || !is_whole (modulus) || mpq_sgn (modulus) == 0)
    return FALSE;
  mpz_mod (mpq_numref (value), mpq_numref (number), mpq_numref (modulus));
  return TRUE;
}

/* value = function of value and next, for those that take any number of arguments. */
static gboolean
combine (CdMathFunction function, mpq_ptr value, mpq_srcptr next)
{
  switch (function) {
    case CD_MATH_MAX:
    case CD_MATH_MIN:
      if ((mpq_cmp (next, value) > 0) == (function == CD_MATH_MAX))
        mpq_set (value, next);
      return TRUE;
    case CD_MATH_GCD:
    case CD_MATH_LCM:
      if (!is_whole (value) || !is_whole (next))
        return FALSE;
      (function == CD_MATH_GCD ? mpz_gcd : mpz_lcm) (mpq_numref (value), mpq_numref (value), mpq_numref (next));
      return bits (value) <= MOST_BITS;
    default:
      return FALSE;
  }
}

static gboolean
call_of_one (CdMathFunction function, mpq_ptr value, mpq_srcptr argument)
{
  switch (function) {
    case CD_MATH_ABS:
      mpq_abs (value, argument);
      return TRUE;
    case CD_MATH_SIGN:
      mpq_set_si (value, mpq_sgn (argument), 1);
      return TRUE;
    case CD_MATH_FLOOR:
      mpz_fdiv_q (mpq_numref (value), mpq_numref (argument), mpq_denref (argument));
      return TRUE;
    case CD_MATH_CEILING:
      mpz_cdiv_q (mpq_numref (value), mpq_numref (argument), mpq_denref (argument));
      return TRUE;
    case CD_MATH_SQRT:
      return root (value, argument, 2);
    case CD_MATH_CBRT:
      return root (value, argument, 3);
    case CD_MATH_CONJUGATE:
    case CD_MATH_REAL_PART:
    case CD_MATH_MAX:
    case CD_MATH_MIN:
    case CD_MATH_GCD:
    case CD_MATH_LCM:
      mpq_set (value, argument);
      return TRUE;
    default:
      return FALSE;
  }
}

static gboolean
call (CdMathArena *arena, CdMathNode *node, mpq_ptr value)
{
  mpq_srcptr first = cd_math_exact (arena, node->children[0]);
  if (first == NULL)
    return FALSE;
  if (node->count == 1)
    return call_of_one (node->function, value, first);
  mpq_srcptr second = cd_math_exact (arena, node->children[1]);
  if (second == NULL)
    return FALSE;
  if (node->function == CD_MATH_BINOMIAL)
    return node->count == 2 && binomial (value, first, second);
  if (node->function == CD_MATH_MOD)
    return node->count == 2 && modulo (value, first, second);
  mpq_set (value, first);
  for (guint i = 1; i < node->count; i++) {
    mpq_srcptr next = cd_math_exact (arena, node->children[i]);
    if (next == NULL || !combine (node->function, value, next))
      return FALSE;
  }
  return TRUE;
}

static gboolean
chain (CdMathArena *arena, CdMathNode *node, mpq_ptr value)
{
  gboolean sum = node->type == CD_MATH_ADD;
  mpq_set_ui (value, sum ? 0 : 1, 1);
  for (guint i = 0; i < node->count; i++) {
    mpq_srcptr next = cd_math_exact (arena, node->children[i]);
    if (next == NULL)
      return FALSE;
    (sum ? mpq_add : mpq_mul) (value, value, next);
    if (bits (value) > MOST_BITS)
      return FALSE;
  }
  return TRUE;
}

static gboolean
compute (CdMathArena *arena, CdMathNode *node, mpq_ptr value)
{
  if (node->type == CD_MATH_ADD || node->type == CD_MATH_MULTIPLY)
    return chain (arena, node, value);
  if (node->type == CD_MATH_CALL)
    return call (arena, node, value);
  mpq_srcptr first = node->count > 0 ? cd_math_exact (arena, node->children[0]) : NULL;
  mpq_srcptr second = first != NULL && node->count > 1 ? cd_math_exact (arena, node->children[1]) : NULL;
  long number = 0;
  if (first == NULL)
    return FALSE;
  switch (node->type) {
    case CD_MATH_NEGATE:
      mpq_neg (value, first);
      return TRUE;
    case CD_MATH_RECIPROCAL:
      if (mpq_sgn (first) != 0)
        mpq_inv (value, first);
      return mpq_sgn (first) != 0;
    case CD_MATH_PERCENT:
      mpq_set_ui (value, 1, 100);
      mpq_mul (value, value, first);
      return TRUE;
    case CD_MATH_DEGREE:
    case CD_MATH_QUANTITY:
      mpq_set (value, first);
      return TRUE;
    case CD_MATH_FACTORIAL:
      if (!as_long (first, 0, MOST_FACTORIAL, &number))
        return FALSE;
      (node->down ? mpz_2fac_ui : mpz_fac_ui) (mpq_numref (value), (gulong) number);
      return TRUE;
    case CD_MATH_ROOT:
      return second != NULL && as_long (second, 1, 64, &number) && root (value, first, number);
    case CD_MATH_POWER:
      return second != NULL && power (arena, value, first, second);
    default:
      return FALSE;
  }
}

mpq_srcptr
cd_math_exact (CdMathArena *arena, CdMathNode *node)
{
  if (node->exactness == CD_MATH_EXACT_UNKNOWN) {
    mpq_ptr value = cd_math_arena_rational (arena);
    gboolean exact = compute (arena, node, value);
    node->exactness = exact ? CD_MATH_EXACT_YES : CD_MATH_EXACT_NO;
    node->value = value;
  }
  return node->exactness == CD_MATH_EXACT_YES ? node->value : NULL;
}

gboolean
cd_math_printed (CdMathArena *arena, CdMathNode *node, guint *decimals, guint *digits)
{
  if (node->type == CD_MATH_NEGATE || node->type == CD_MATH_QUANTITY || node->type == CD_MATH_DEGREE)
    return cd_math_printed (arena, node->children[0], decimals, digits);
  if (node->type == CD_MATH_PERCENT) {
    gboolean printed = cd_math_printed (arena, node->children[0], decimals, digits);
    *decimals += 2;
    return printed;
  }
  if (node->type == CD_MATH_MULTIPLY && node->count == 2 && node->children[1]->type == CD_MATH_POWER) {
    mpq_srcptr base = cd_math_exact (arena, node->children[1]->children[0]);
    mpq_srcptr exponent = cd_math_exact (arena, node->children[1]->children[1]);
    long shift = 0;
    if (base == NULL || exponent == NULL || mpq_cmp_ui (base, 10, 1) != 0 || !as_long (exponent, -1000, 1000, &shift)
        || !cd_math_printed (arena, node->children[0], decimals, digits))
      return FALSE;
    *decimals = (guint) MAX ((long) *decimals - shift, 0);
    return TRUE;
  }
  *decimals = node->decimals;
  *digits = node->digits;
  return node->type == CD_MATH_NUMBER && node->digits > 0;
}
