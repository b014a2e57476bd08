/* Complex numbers of CD_MATH_PRECISION bits that need no release: their digits lie in the struct, which therefore must not be copied by assignment. */
#pragma once
#include <glib.h>
#include <mpfr.h>

#define CD_MATH_PRECISION 256

typedef struct {
  mpfr_t re, im;
  mp_limb_t re_limbs[CD_MATH_PRECISION / GMP_NUMB_BITS], im_limbs[CD_MATH_PRECISION / GMP_NUMB_BITS];
} CdMathComplex;

/* To 0. */
void cd_math_complex_init (CdMathComplex *number);
void cd_math_complex_set (CdMathComplex *to, const CdMathComplex *from);
gboolean cd_math_complex_is_real (const CdMathComplex *number);
/* FALSE for NaN and infinities, and for what is too large to go on with. */
gboolean cd_math_complex_is_finite (const CdMathComplex *number);
/* In place. */
void cd_math_complex_add (CdMathComplex *to, const CdMathComplex *other);
void cd_math_complex_multiply (CdMathComplex *to, const CdMathComplex *other);
/* Each FALSE where the function has no value there, or one out of bounds. The logarithm and powers are the principal ones. */
gboolean cd_math_complex_invert (CdMathComplex *to);
gboolean cd_math_complex_log (CdMathComplex *to);
gboolean cd_math_complex_exp (CdMathComplex *to);
gboolean cd_math_complex_sin (CdMathComplex *to);
gboolean cd_math_complex_cos (CdMathComplex *to);
gboolean cd_math_complex_power (CdMathComplex *to, const CdMathComplex *exponent);
#define CD_MATH_EXACTLY MPFR_EMIN_DEFAULT /* no noise */
/* TRUE where the two differ by no more than 2^-120 of the larger, or are both below 2^noise. */
gboolean cd_math_complex_same (const CdMathComplex *a, const CdMathComplex *b, mpfr_exp_t noise);
/* The binary exponent of the larger part; MPFR_EMIN_DEFAULT for 0. */
mpfr_exp_t cd_math_complex_exponent (const CdMathComplex *number);
