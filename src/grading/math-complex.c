/* Complex arithmetic on MPFR's reals. Arguments whose reduction would cost more than they are worth have no value here. */
#include "grading/math-complex.h"

#define MOST_EXPONENT 1000000000l   /* larger and smaller results are given up */
#define MOST_ARGUMENT_EXPONENT 512l /* of sines: the reduction needs as many bits of π */

static void
real_init (mpfr_ptr number, mp_limb_t *limbs)
{
  mpfr_custom_init (limbs, CD_MATH_PRECISION);
  mpfr_custom_init_set (number, MPFR_ZERO_KIND, 0, CD_MATH_PRECISION, limbs);
}

void
cd_math_complex_init (CdMathComplex *number)
{
  // cppcheck-suppress [ctuuninitvar,uninitvar]
  real_init (number->re, number->re_limbs);
  real_init (number->im, number->im_limbs);
}

void
cd_math_complex_set (CdMathComplex *to, const CdMathComplex *from)
{
  mpfr_set (to->re, from->re, MPFR_RNDN);
  mpfr_set (to->im, from->im, MPFR_RNDN);
}

gboolean
cd_math_complex_is_real (const CdMathComplex *number)
{
  return mpfr_zero_p (number->im) != 0;
}

static gboolean
in_bounds (mpfr_srcptr number)
{
  return mpfr_zero_p (number) || (mpfr_regular_p (number) && labs (mpfr_get_exp (number)) <= MOST_EXPONENT);
}

gboolean
cd_math_complex_is_finite (const CdMathComplex *number)
{
  return in_bounds (number->re) && in_bounds (number->im);
}

void
cd_math_complex_add (CdMathComplex *to, const CdMathComplex *other)
{
  mpfr_add (to->re, to->re, other->re, MPFR_RNDN);
  mpfr_add (to->im, to->im, other->im, MPFR_RNDN);
}

void
cd_math_complex_multiply (CdMathComplex *to, const CdMathComplex *other)
{
  if (cd_math_complex_is_real (other)) {
    if (!cd_math_complex_is_real (to))
      mpfr_mul (to->im, to->im, other->re, MPFR_RNDN);
    mpfr_mul (to->re, to->re, other->re, MPFR_RNDN);
    return;
  }
  CdMathComplex product;
  cd_math_complex_init (&product);
  mpfr_fmms (product.re, to->re, other->re, to->im, other->im, MPFR_RNDN);
  mpfr_fmma (product.im, to->re, other->im, to->im, other->re, MPFR_RNDN);
  cd_math_complex_set (to, &product);
}

gboolean
cd_math_complex_invert (CdMathComplex *to)
{
  if (cd_math_complex_is_real (to)) {
    if (mpfr_zero_p (to->re))
      return FALSE;
    mpfr_ui_div (to->re, 1, to->re, MPFR_RNDN);
    return TRUE;
  }
  CdMathComplex norm;
  cd_math_complex_init (&norm);
  mpfr_fmma (norm.re, to->re, to->re, to->im, to->im, MPFR_RNDN);
  mpfr_div (to->re, to->re, norm.re, MPFR_RNDN);
  mpfr_div (to->im, to->im, norm.re, MPFR_RNDN);
  mpfr_neg (to->im, to->im, MPFR_RNDN);
  return cd_math_complex_is_finite (to);
}

gboolean
cd_math_complex_log (CdMathComplex *to)
{
  if (mpfr_zero_p (to->re) && mpfr_zero_p (to->im))
    return FALSE;
  if (cd_math_complex_is_real (to)) {
    if (mpfr_sgn (to->re) < 0) {
      mpfr_const_pi (to->im, MPFR_RNDN);
      mpfr_abs (to->re, to->re, MPFR_RNDN);
    }
    mpfr_log (to->re, to->re, MPFR_RNDN);
    return TRUE;
  }
  CdMathComplex log;
  cd_math_complex_init (&log);
  mpfr_hypot (log.re, to->re, to->im, MPFR_RNDN);
  mpfr_log (log.re, log.re, MPFR_RNDN);
  mpfr_atan2 (log.im, to->im, to->re, MPFR_RNDN);
  cd_math_complex_set (to, &log);
  return cd_math_complex_is_finite (to);
}

static gboolean
small (mpfr_srcptr number, mpfr_exp_t most)
{
  return mpfr_zero_p (number) || (mpfr_regular_p (number) && mpfr_get_exp (number) <= most);
}

gboolean
cd_math_complex_exp (CdMathComplex *to)
{
  if (!small (to->re, 29) || !small (to->im, MOST_ARGUMENT_EXPONENT))
    return FALSE;
  mpfr_exp (to->re, to->re, MPFR_RNDN);
  if (!cd_math_complex_is_real (to)) {
    CdMathComplex turn;
    cd_math_complex_init (&turn);
    mpfr_sin_cos (turn.im, turn.re, to->im, MPFR_RNDN);
    mpfr_mul (to->im, turn.im, to->re, MPFR_RNDN);
    mpfr_mul (to->re, turn.re, to->re, MPFR_RNDN);
  }
  return cd_math_complex_is_finite (to);
}

/* sin (a + bi) = sin a cosh b + i cos a sinh b; cos (a + bi) = cos a cosh b − i sin a sinh b */
static gboolean
sine (CdMathComplex *to, gboolean cosine)
{
  if (!small (to->re, MOST_ARGUMENT_EXPONENT) || !small (to->im, 16))
    return FALSE;
  if (cd_math_complex_is_real (to)) {
    (cosine ? mpfr_cos : mpfr_sin) (to->re, to->re, MPFR_RNDN);
    return TRUE;
  }
  CdMathComplex circular, hyperbolic;
  cd_math_complex_init (&circular);
  cd_math_complex_init (&hyperbolic);
  mpfr_sin_cos (circular.re, circular.im, to->re, MPFR_RNDN);
  mpfr_sinh_cosh (hyperbolic.re, hyperbolic.im, to->im, MPFR_RNDN);
  mpfr_mul (to->re, cosine ? circular.im : circular.re, hyperbolic.im, MPFR_RNDN);
  mpfr_mul (to->im, cosine ? circular.re : circular.im, hyperbolic.re, MPFR_RNDN);
  if (cosine)
    mpfr_neg (to->im, to->im, MPFR_RNDN);
  return cd_math_complex_is_finite (to);
}

gboolean
cd_math_complex_sin (CdMathComplex *to)
{
  return sine (to, FALSE);
}

gboolean
cd_math_complex_cos (CdMathComplex *to)
{
  return sine (to, TRUE);
}

gboolean
cd_math_complex_power (CdMathComplex *to, const CdMathComplex *exponent)
{
  gboolean zero = mpfr_zero_p (to->re) && mpfr_zero_p (to->im);
  if (zero)
    return mpfr_sgn (exponent->re) > 0; /* and 0^0 by the caller's exact values only */
  if (cd_math_complex_is_real (exponent) && mpfr_integer_p (exponent->re) && mpfr_fits_slong_p (exponent->re, MPFR_RNDN)) {
    long times = mpfr_get_si (exponent->re, MPFR_RNDN);
    if (cd_math_complex_is_real (to)) {
      mpfr_pow_si (to->re, to->re, times, MPFR_RNDN);
      return cd_math_complex_is_finite (to);
    }
    if (labs (times) <= 64) {
      CdMathComplex base;
      cd_math_complex_init (&base);
      cd_math_complex_set (&base, to);
      mpfr_set_ui (to->re, 1, MPFR_RNDN);
      mpfr_set_ui (to->im, 0, MPFR_RNDN);
      for (long i = 0; i < labs (times); i++)
        cd_math_complex_multiply (to, &base);
      return times >= 0 ? cd_math_complex_is_finite (to) : cd_math_complex_invert (to);
    }
  }
  CdMathComplex product;
  cd_math_complex_init (&product);
  cd_math_complex_set (&product, exponent);
  if (!cd_math_complex_log (to))
    return FALSE;
  cd_math_complex_multiply (&product, to);
  cd_math_complex_set (to, &product);
  return cd_math_complex_exp (to);
}

mpfr_exp_t
cd_math_complex_exponent (const CdMathComplex *number)
{
  mpfr_exp_t re = mpfr_regular_p (number->re) ? mpfr_get_exp (number->re) : MPFR_EMIN_DEFAULT;
  mpfr_exp_t im = mpfr_regular_p (number->im) ? mpfr_get_exp (number->im) : MPFR_EMIN_DEFAULT;
  return MAX (re, im);
}

gboolean
cd_math_complex_same (const CdMathComplex *a, const CdMathComplex *b, mpfr_exp_t noise)
{
  mpfr_exp_t larger = MAX (cd_math_complex_exponent (a), cd_math_complex_exponent (b));
  if (larger <= noise || larger == MPFR_EMIN_DEFAULT)
    return TRUE;
  CdMathComplex difference;
  cd_math_complex_init (&difference);
  mpfr_sub (difference.re, a->re, b->re, MPFR_RNDN);
  mpfr_sub (difference.im, a->im, b->im, MPFR_RNDN);
  return cd_math_complex_exponent (&difference) <= MAX (larger - 120, noise);
}
