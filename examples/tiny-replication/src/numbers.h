/* Arithmetic that gives the same bits on every machine: only + - * / and square roots, which IEEE 754 fixes, in an order that the source fixes.
 * No libm, no contraction to fused operations (the build says so), no reassociation. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Wide registers are a matter of speed alone: each lane computes what one narrow register would. */
#if defined(__x86_64__) && defined(__linux__) && !defined(__clang__) && !defined(NARROW)
#define WIDE __attribute__ ((target_clones ("avx2", "default")))
#else
#define WIDE
#endif

#define INLINE static inline __attribute__ ((always_inline))

/* float; double where the gradient is checked. Whole numbers of the same size, and how the exponent stands in its bits. */
#ifdef DOUBLE
typedef double real;
typedef int64_t whole;
enum { EXPONENT_BIAS = 1023, FRACTION_BITS = 52 };
#else
typedef float real;
typedef int32_t whole;
enum { EXPONENT_BIAS = 127, FRACTION_BITS = 23 };
#endif

/* Eight numbers side by side: two registers, one or half a register. */
typedef real Lanes __attribute__ ((vector_size (8 * sizeof (real))));
typedef whole Mask __attribute__ ((vector_size (8 * sizeof (real))));

/* Each lane the larger of the two, into the first. */
INLINE void
keep_larger (Lanes *a, const Lanes *b)
{
  Mask first = *a > *b;
  *a = (Lanes) ((first & (Mask) *a) | (~first & (Mask) *b));
}

/* The largest of length numbers, a multiple of eight. */
INLINE real
largest_of (const real *from, size_t length)
{
  Lanes most, next;
  memcpy (&most, from, sizeof most);
  for (size_t i = 8; i < length; i += 8) {
    memcpy (&next, from + i, sizeof next);
    keep_larger (&most, &next);
  }
  real largest = most[0];
  for (size_t i = 1; i < 8; i++)
    largest = most[i] > largest ? most[i] : largest;
  return largest;
}

/* The sum of length numbers, a multiple of eight, in an order of its own: lane by lane, then the lanes in pairs. */
INLINE real
sum_of (const real *from, size_t length)
{
  Lanes sum = { 0 }, next;
  for (size_t i = 0; i < length; i += 8) {
    memcpy (&next, from + i, sizeof next);
    sum += next;
  }
  return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/* The same of products. */
INLINE real
dot_of (const real *a, const real *b, size_t length)
{
  Lanes sum = { 0 }, left, right;
  for (size_t i = 0; i < length; i += 8) {
    memcpy (&left, a + i, sizeof left);
    memcpy (&right, b + i, sizeof right);
    sum += left * right;
  }
  return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/* Each of length numbers, a multiple of eight, becomes e to its difference to most, which none is above: to about 7 digits, and nothing worth
 * mentioning below e to the -80. */
INLINE void
exponentials_of (real *row, size_t length, real most)
{
  const Lanes lowest = (Lanes){ 0 } - 80;
  Lanes x;
  for (size_t i = 0; i < length; i += 8) {
    memcpy (&x, row + i, sizeof x);
    x -= most;
    keep_larger (&x, &lowest);
    Mask n = __builtin_convertvector(x * (real) 1.44269504088896341 - (real) 0.5, Mask);
    Lanes times = __builtin_convertvector(n, Lanes);
    Lanes r = x - times * (real) 0.693145751953125 - times * (real) 1.42860682030941723e-6;
    Lanes p = r * (real) 1.9841269841269841e-4 + (real) 1.3888888888888889e-3;
    p = r * p + (real) 8.3333333333333333e-3;
    p = r * p + (real) 4.1666666666666667e-2;
    p = r * p + (real) 1.6666666666666667e-1;
    p = r * p + (real) 0.5;
    p = r * (r * p + 1) + 1;
    x = p * (Lanes) ((n + EXPONENT_BIAS) << FRACTION_BITS);
    memcpy (row + i, &x, sizeof x);
  }
}

/* The natural logarithm of a positive normal x, to about 15 digits. */
double logarithm (double x);

/* SplitMix64 (Steele, Lea and Flood, 2014). */
typedef struct {
  uint64_t state;
} Random;
uint64_t random_next (Random *random);
double random_unit (Random *random);   /* in [0, 1) */
double random_normal (Random *random); /* mean 0, variance 1: twelve uniform numbers, less six */
unsigned random_below (Random *random, unsigned bound);
/* The environment's CANDOR_SEED where that is set (`candor reproduce --repeat` counts it up), else the configured seed. */
uint64_t seed_of (double configured);

/* c (rows x columns, row stride c_row) = a b, or += where add. a's element (r, k) stands at a[r * a_row + k * a_step]; b (depth x columns) has row stride
 * b_row. columns is a multiple of 8. */
void multiply (size_t rows, size_t columns, size_t depth, const real *a, size_t a_row, size_t a_step, const real *b, size_t b_row, real *c,
               size_t c_row, bool add);
