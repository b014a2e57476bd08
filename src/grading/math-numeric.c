/* Evaluation of a tree by type of node; functions by table. Which values are compared is equal's business. */
#include "grading/math-numeric.h"

#include <string.h>

#define POINT_BITS 40u
#define MOST_LOST 200l

static const struct {
  CdMathFunction function;
  int (*real) (mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
  double low, high; /* where it is real */
} REAL_FUNCTIONS[] = {
  { CD_MATH_ARCSIN, mpfr_asin, -1, 1 },   { CD_MATH_ARCCOS, mpfr_acos, -1, 1 },          { CD_MATH_ARCTAN, mpfr_atan, -1e300, 1e300 },
  { CD_MATH_SINH, mpfr_sinh, -1e4, 1e4 }, { CD_MATH_COSH, mpfr_cosh, -1e4, 1e4 },        { CD_MATH_TANH, mpfr_tanh, -1e4, 1e4 },
  { CD_MATH_COTH, mpfr_coth, -1e4, 1e4 }, { CD_MATH_ARSINH, mpfr_asinh, -1e300, 1e300 }, { CD_MATH_ARCOSH, mpfr_acosh, 1, 1e300 },
  { CD_MATH_ARTANH, mpfr_atanh, -1, 1 },  { CD_MATH_CBRT, mpfr_cbrt, -1e300, 1e300 },
};

/* FNV-1a, then spread (the finaliser of MurmurHash3): the same on every machine. */
static guint64
hash (const char *name, guint64 seed)
{
  guint64 value = 14695981039346656037u ^ seed;
  for (; *name != '\0'; name++)
    value = (value ^ (guchar) *name) * 1099511628211u;
  value = (value ^ (value >> 33)) * 0xff51afd7ed558ccdu;
  value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53u;
  return value ^ (value >> 33);
}

void
cd_math_numeric_place (CdMathNumeric *numeric, guint index)
{
  for (guint i = 0; i < numeric->symbols->count; i++) {
    guint64 drawn = hash (numeric->symbols->names[i], index);
    double value = 0.3 + (double) (drawn >> (64 - POINT_BITS)) / (double) ((guint64) 1 << POINT_BITS) * 2.5;
    cd_math_complex_init (&numeric->point[i]);
    mpfr_set_d (numeric->point[i].re, index % 2 == 1 && (drawn & 1) ? -value : value, MPFR_RNDN);
  }
}

/* What lies MOST_LOST bits below what it was made from is rounding, and 0. */
static void
clear_rounding (CdMathComplex *value, mpfr_exp_t made_from)
{
  if (mpfr_regular_p (value->re) && mpfr_get_exp (value->re) < made_from - MOST_LOST)
    mpfr_set_zero (value->re, 1);
  if (mpfr_regular_p (value->im) && mpfr_get_exp (value->im) < made_from - MOST_LOST)
    mpfr_set_zero (value->im, 1);
}

static gboolean evaluate (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value);

static gboolean
constant (const CdMathNode *node, CdMathComplex *value)
{
  switch (node->constant) {
    case CD_MATH_PI:
      mpfr_const_pi (value->re, MPFR_RNDN);
      return TRUE;
    case CD_MATH_E:
      mpfr_set_ui (value->re, 1, MPFR_RNDN);
      mpfr_exp (value->re, value->re, MPFR_RNDN);
      return TRUE;
    case CD_MATH_I:
      mpfr_set_ui (value->im, 1, MPFR_RNDN);
      return TRUE;
    default:
      return FALSE;
  }
}

static gboolean
symbol (const CdMathNumeric *numeric, const CdMathNode *node, CdMathComplex *value)
{
  for (guint i = 0; numeric->symbols != NULL && i < numeric->symbols->count; i++)
    if (strcmp (numeric->symbols->names[i], node->name) == 0) {
      cd_math_complex_set (value, &numeric->point[i]);
      return TRUE;
    }
  return FALSE;
}

static gboolean
chain (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  CdMathComplex next;
  if (!evaluate (numeric, node->children[0], value))
    return FALSE;
  mpfr_exp_t largest = cd_math_complex_exponent (value);
  for (guint i = 1; i < node->count; i++) {
    if (!evaluate (numeric, node->children[i], &next))
      return FALSE;
    largest = MAX (largest, cd_math_complex_exponent (&next));
    (node->type == CD_MATH_ADD ? cd_math_complex_add : cd_math_complex_multiply) (value, &next);
  }
  if (node->type == CD_MATH_ADD)
    clear_rounding (value, largest);
  return TRUE;
}

/* The real root of a negative number where index is odd, else the principal one. */
static gboolean
real_root (CdMathComplex *value, gulong index)
{
  if (!cd_math_complex_is_real (value) || (mpfr_sgn (value->re) < 0 && index % 2 == 0)) {
    CdMathComplex exponent;
    cd_math_complex_init (&exponent);
    mpfr_set_ui (exponent.re, 1, MPFR_RNDN);
    mpfr_div_ui (exponent.re, exponent.re, index, MPFR_RNDN);
    return cd_math_complex_power (value, &exponent);
  }
  mpfr_rootn_ui (value->re, value->re, index, MPFR_RNDN);
  return TRUE;
}

static gboolean
root (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  mpq_srcptr index = cd_math_exact (numeric->arena, node->children[1]);
  numeric->work -= 30;
  if (!evaluate (numeric, node->children[0], value))
    return FALSE;
  if (index != NULL && mpz_cmp_ui (mpq_denref (index), 1) == 0 && mpq_cmp_ui (index, 1, 1) >= 0 && mpq_cmp_ui (index, 1000, 1) <= 0)
    return real_root (value, mpz_get_ui (mpq_numref (index)));
  CdMathComplex exponent;
  return evaluate (numeric, node->children[1], &exponent) && cd_math_complex_invert (&exponent) && cd_math_complex_power (value, &exponent);
}

static gboolean
power (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  CdMathComplex exponent;
  numeric->work -= 100;
  if (!evaluate (numeric, node->children[0], value) || !evaluate (numeric, node->children[1], &exponent))
    return FALSE;
  mpq_srcptr fraction = cd_math_exact (numeric->arena, node->children[1]);
  gboolean negative = cd_math_complex_is_real (value) && mpfr_sgn (value->re) < 0;
  if (negative && fraction != NULL && mpz_odd_p (mpq_denref (fraction)) && mpz_cmp_ui (mpq_denref (fraction), 1000) < 0
      && mpz_cmp_ui (mpq_denref (fraction), 1) > 0 && mpz_fits_slong_p (mpq_numref (fraction))) {
    mpfr_rootn_ui (value->re, value->re, mpz_get_ui (mpq_denref (fraction)), MPFR_RNDN);
    mpfr_pow_si (value->re, value->re, mpz_get_si (mpq_numref (fraction)), MPFR_RNDN);
    return TRUE;
  }
  return cd_math_complex_power (value, &exponent);
}

/* Γ (x + 1) for reals in bounds. */
static gboolean
factorial (CdMathNumeric *numeric, CdMathComplex *value)
{
  numeric->work -= 3000;
  if (!cd_math_complex_is_real (value) || mpfr_cmp_d (value->re, -100) < 0 || mpfr_cmp_d (value->re, 10000) > 0)
    return FALSE;
  mpfr_add_ui (value->re, value->re, 1, MPFR_RNDN);
  mpfr_gamma (value->re, value->re, MPFR_RNDN);
  return mpfr_number_p (value->re) != 0;
}

/* Γ (n + 1) / (Γ (k + 1) Γ (n − k + 1)) */
static gboolean
binomial (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  CdMathComplex below, rest;
  if (!evaluate (numeric, node->children[0], value) || !evaluate (numeric, node->children[1], &below))
    return FALSE;
  cd_math_complex_init (&rest);
  mpfr_sub (rest.re, value->re, below.re, MPFR_RNDN);
  mpfr_sub (rest.im, value->im, below.im, MPFR_RNDN);
  if (!factorial (numeric, value) || !factorial (numeric, &below) || !factorial (numeric, &rest))
    return FALSE;
  cd_math_complex_multiply (&below, &rest);
  if (!cd_math_complex_invert (&below))
    return FALSE;
  cd_math_complex_multiply (value, &below);
  return TRUE;
}

/* An angle: degrees where the sign stands, radians else. */
static gboolean
angle (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  if (!evaluate (numeric, node, value))
    return FALSE;
  gboolean degrees = node->type == CD_MATH_DEGREE;
  for (guint i = 0; i < node->count && !degrees; i++)
    degrees = node->children[i]->type == CD_MATH_DEGREE;
  if (degrees) {
    CdMathComplex turn;
    cd_math_complex_init (&turn);
    mpfr_const_pi (turn.re, MPFR_RNDN);
    mpfr_div_ui (turn.re, turn.re, 180, MPFR_RNDN);
    cd_math_complex_multiply (value, &turn);
  }
  return TRUE;
}

/* The sine or cosine, 0 where only rounding is left of it. */
static gboolean
circular (CdMathComplex *value, gboolean cosine)
{
  mpfr_exp_t scale = cosine ? 0 : MIN (cd_math_complex_exponent (value), 0);
  if (!(cosine ? cd_math_complex_cos (value) : cd_math_complex_sin (value)))
    return FALSE;
  clear_rounding (value, scale);
  return TRUE;
}

static gboolean
trigonometric (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  CdMathFunction function = node->function;
  CdMathComplex other;
  numeric->work -= 150;
  if (!angle (numeric, node->children[0], value))
    return FALSE;
  if (function == CD_MATH_SIN || function == CD_MATH_CSC)
    return circular (value, FALSE) && (function == CD_MATH_SIN || cd_math_complex_invert (value));
  if (function == CD_MATH_COS || function == CD_MATH_SEC)
    return circular (value, TRUE) && (function == CD_MATH_COS || cd_math_complex_invert (value));
  cd_math_complex_init (&other);
  cd_math_complex_set (&other, value);
  if (!circular (function == CD_MATH_TAN ? value : &other, FALSE) || !circular (function == CD_MATH_TAN ? &other : value, TRUE)
      || !cd_math_complex_invert (&other))
    return FALSE;
  cd_math_complex_multiply (value, &other);
  return TRUE;
}

/* arccot x = π/2 − arctan x, arcsec x = arccos 1/x, arccsc x = arcsin 1/x, the rest by table. */
static gboolean
real_function (CdMathNumeric *numeric, CdMathFunction function, CdMathComplex *value)
{
  numeric->work -= 150;
  if (function == CD_MATH_ARCSEC || function == CD_MATH_ARCCSC) {
    if (!cd_math_complex_invert (value))
      return FALSE;
    function = function == CD_MATH_ARCSEC ? CD_MATH_ARCCOS : CD_MATH_ARCSIN;
  }
  gboolean complement = function == CD_MATH_ARCCOT;
  for (gsize i = 0; i < G_N_ELEMENTS (REAL_FUNCTIONS); i++) {
    if (REAL_FUNCTIONS[i].function != (complement ? CD_MATH_ARCTAN : function))
      continue;
    if (!cd_math_complex_is_real (value) || mpfr_cmp_d (value->re, REAL_FUNCTIONS[i].low) < 0 || mpfr_cmp_d (value->re, REAL_FUNCTIONS[i].high) > 0)
      return FALSE;
    REAL_FUNCTIONS[i].real (value->re, value->re, MPFR_RNDN);
    if (complement) {
      mpfr_const_pi (value->im, MPFR_RNDN);
      mpfr_div_ui (value->im, value->im, 2, MPFR_RNDN);
      mpfr_sub (value->re, value->im, value->re, MPFR_RNDN);
      mpfr_set_zero (value->im, 1);
    }
    return cd_math_complex_is_finite (value);
  }
  return FALSE;
}

static gboolean
logarithm (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  CdMathComplex base;
  numeric->work -= 150;
  if (!evaluate (numeric, node->children[0], value) || !cd_math_complex_log (value))
    return FALSE;
  clear_rounding (value, 0);
  if (node->function == CD_MATH_LN || (node->count == 1 && !numeric->log_is_decimal))
    return TRUE;
  if (node->count > 1) {
    if (!evaluate (numeric, node->children[1], &base))
      return FALSE;
  } else {
    cd_math_complex_init (&base);
    mpfr_set_ui (base.re, 10, MPFR_RNDN);
  }
  if (!cd_math_complex_log (&base))
    return FALSE;
  clear_rounding (&base, 0);
  if (!cd_math_complex_invert (&base))
    return FALSE;
  cd_math_complex_multiply (value, &base);
  return TRUE;
}

static gboolean
extreme (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  CdMathComplex next;
  if (!evaluate (numeric, node->children[0], value) || !cd_math_complex_is_real (value))
    return FALSE;
  for (guint i = 1; i < node->count; i++) {
    if (!evaluate (numeric, node->children[i], &next) || !cd_math_complex_is_real (&next))
      return FALSE;
    if (mpfr_greater_p (next.re, value->re) == (node->function == CD_MATH_MAX))
      cd_math_complex_set (value, &next);
  }
  return TRUE;
}

/* ⌊x⌋ and ⌈x⌉, where x is not within rounding of a whole number without being exactly one. */
static gboolean
whole_part (const CdMathNode *node, CdMathComplex *value)
{
  if (!cd_math_complex_is_real (value))
    return FALSE;
  (node->function == CD_MATH_FLOOR ? mpfr_floor : mpfr_ceil) (value->re, value->re);
  return TRUE;
}

static gboolean
part (const CdMathNode *node, CdMathComplex *value)
{
  switch (node->function) {
    case CD_MATH_ABS:
      if (!cd_math_complex_is_real (value))
        mpfr_hypot (value->re, value->re, value->im, MPFR_RNDN);
      mpfr_abs (value->re, value->re, MPFR_RNDN);
      break;
    case CD_MATH_CONJUGATE:
      mpfr_neg (value->im, value->im, MPFR_RNDN);
      return TRUE;
    case CD_MATH_IMAGINARY_PART:
      mpfr_set (value->re, value->im, MPFR_RNDN);
      break;
    case CD_MATH_SIGN:
      mpfr_set_si (value->re, mpfr_sgn (value->re), MPFR_RNDN);
      break;
    default:
      break;
  }
  mpfr_set_zero (value->im, 1);
  return TRUE;
}

static gboolean
call (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  switch (node->function) {
    case CD_MATH_SIN ... CD_MATH_CSC:
      return trigonometric (numeric, node, value);
    case CD_MATH_LN:
    case CD_MATH_LOG:
      return logarithm (numeric, node, value);
    case CD_MATH_MAX:
    case CD_MATH_MIN:
      return extreme (numeric, node, value);
    case CD_MATH_BINOMIAL:
      return node->count == 2 && binomial (numeric, node, value);
    case CD_MATH_GCD:
    case CD_MATH_LCM:
    case CD_MATH_MOD:
    case CD_MATH_DETERMINANT:
      return FALSE;
    default:
      break;
  }
  if (node->count != 1 || !evaluate (numeric, node->children[0], value))
    return FALSE;
  switch (node->function) {
    case CD_MATH_EXP:
      numeric->work -= 100;
      return cd_math_complex_exp (value);
    case CD_MATH_SQRT:
      numeric->work -= 30;
      return real_root (value, 2);
    case CD_MATH_FLOOR:
    case CD_MATH_CEILING:
      return whole_part (node, value);
    case CD_MATH_ABS:
    case CD_MATH_SIGN:
    case CD_MATH_CONJUGATE:
    case CD_MATH_REAL_PART:
    case CD_MATH_IMAGINARY_PART:
      return part (node, value);
    default:
      return real_function (numeric, node->function, value);
  }
}

/* A function known by name only is some function of its arguments: a sine of theirs whose pace the name gives. */
static gboolean
apply (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  CdMathComplex pace;
  if (node->children[0]->type == CD_MATH_GROUP || !evaluate (numeric, node->children[0], value))
    return FALSE;
  cd_math_complex_init (&pace);
  mpfr_set_d (pace.re, 0.5 + (double) (hash (node->name, 7) >> 24) / (double) ((guint64) 1 << 40), MPFR_RNDN);
  cd_math_complex_multiply (value, &pace);
  cd_math_complex_add (value, &pace);
  return cd_math_complex_sin (value);
}

static gboolean
by_type (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  switch (node->type) {
    case CD_MATH_CONSTANT:
      return constant (node, value);
    case CD_MATH_SYMBOL:
      return symbol (numeric, node, value);
    case CD_MATH_ADD:
    case CD_MATH_MULTIPLY:
      return chain (numeric, node, value);
    case CD_MATH_POWER:
      return power (numeric, node, value);
    case CD_MATH_ROOT:
      return root (numeric, node, value);
    case CD_MATH_CALL:
      return call (numeric, node, value);
    case CD_MATH_APPLY:
      return apply (numeric, node, value);
    case CD_MATH_NEGATE:
    case CD_MATH_RECIPROCAL:
    case CD_MATH_FACTORIAL:
    case CD_MATH_PERCENT:
    case CD_MATH_DEGREE:
    case CD_MATH_QUANTITY:
      break;
    default:
      return FALSE;
  }
  if (!evaluate (numeric, node->children[0], value))
    return FALSE;
  if (node->type == CD_MATH_RECIPROCAL)
    return cd_math_complex_invert (value);
  if (node->type == CD_MATH_FACTORIAL)
    return !node->down && factorial (numeric, value);
  if (node->type == CD_MATH_NEGATE) {
    mpfr_neg (value->re, value->re, MPFR_RNDN);
    mpfr_neg (value->im, value->im, MPFR_RNDN);
  } else if (node->type == CD_MATH_PERCENT) {
    mpfr_div_ui (value->re, value->re, 100, MPFR_RNDN);
    mpfr_div_ui (value->im, value->im, 100, MPFR_RNDN);
  }
  return TRUE;
}

static gboolean
evaluate (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  cd_math_complex_init (value);
  if ((numeric->work -= 2) < 0)
    return FALSE;
  mpq_srcptr exact = cd_math_exact (numeric->arena, node);
  if (exact != NULL)
    mpfr_set_q (value->re, exact, MPFR_RNDN);
  else if (!by_type (numeric, node, value))
    return FALSE;
  if (!cd_math_complex_is_finite (value))
    return FALSE;
  clear_rounding (value, cd_math_complex_exponent (value)); /* e^{iπ} is real */
  numeric->complex = numeric->complex || !cd_math_complex_is_real (value);
  return TRUE;
}

/* MPFR keeps constants of its own for each thread; they go with the thread. */
static void
free_constants (G_GNUC_UNUSED gpointer unused)
{
  mpfr_free_cache ();
}
static GPrivate constants = G_PRIVATE_INIT (free_constants);

gboolean
cd_math_numeric_value (CdMathNumeric *numeric, CdMathNode *node, CdMathComplex *value)
{
  if (g_private_get (&constants) == NULL)
    g_private_set (&constants, GINT_TO_POINTER (1));
  return evaluate (numeric, node, value);
}
