/* Logarithm, random numbers and the product of matrices that all time goes into. */
#include "numbers.h"
#include <stdlib.h>

double
logarithm (double x)
{
  uint64_t bits;
  memcpy (&bits, &x, sizeof bits);
  int exponent = (int) (bits >> 52) - 1023;
  bits = (bits & 0xfffffffffffffu) | 0x3ff0000000000000u;
  double m;
  memcpy (&m, &bits, sizeof m);
  double z = (m - 1) / (m + 1), square = z * z, power = z, sum = 0;
  for (int i = 1; i < 40; i += 2, power *= square)
    sum += power / i;
  return 2 * sum + exponent * 0.69314718055994530942;
}

uint64_t
random_next (Random *random)
{
  uint64_t z = random->state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

double
random_unit (Random *random)
{
  return (double) (random_next (random) >> 11) * 0x1p-53;
}

double
random_normal (Random *random)
{
  double sum = -6;
  for (int i = 0; i < 12; i++)
    sum += random_unit (random);
  return sum;
}

unsigned
random_below (Random *random, unsigned bound)
{
  return (unsigned) (random_unit (random) * bound);
}

uint64_t
seed_of (double configured)
{
  const char *given = getenv ("CANDOR_SEED");
  return given != NULL ? strtoull (given, NULL, 10) : (uint64_t) configured;
}

INLINE void
multiply_tile (const size_t rows, const size_t blocks, size_t depth, const real *a, size_t a_row, size_t a_step, const real *b, size_t b_row, real *c,
               size_t c_row, bool add)
{
  Lanes sum[4][2];
  for (size_t r = 0; r < rows; r++)
    for (size_t v = 0; v < blocks; v++) {
      if (add)
        memcpy (&sum[r][v], c + r * c_row + 8 * v, sizeof (Lanes));
      else
        sum[r][v] = (Lanes){ 0 };
    }
  for (size_t k = 0; k < depth; k++) {
    Lanes right[2];
    for (size_t v = 0; v < blocks; v++)
      memcpy (&right[v], b + k * b_row + 8 * v, sizeof (Lanes));
    for (size_t r = 0; r < rows; r++)
      for (size_t v = 0; v < blocks; v++)
        sum[r][v] += a[r * a_row + k * a_step] * right[v];
  }
  for (size_t r = 0; r < rows; r++)
    for (size_t v = 0; v < blocks; v++)
      memcpy (c + r * c_row + 8 * v, &sum[r][v], sizeof (Lanes));
}

WIDE void
multiply (size_t rows, size_t columns, size_t depth, const real *a, size_t a_row, size_t a_step, const real *b, size_t b_row, real *c, size_t c_row,
          bool add)
{
  for (size_t r = 0; r < rows; r += r + 4 <= rows ? 4 : 1)
    for (size_t j = 0; j < columns; j += j + 16 <= columns ? 16 : 8) {
      const real *left = a + r * a_row;
      real *to = c + r * c_row + j;
      if (r + 4 <= rows && j + 16 <= columns)
        multiply_tile (4, 2, depth, left, a_row, a_step, b + j, b_row, to, c_row, add);
      else if (r + 4 <= rows)
        multiply_tile (4, 1, depth, left, a_row, a_step, b + j, b_row, to, c_row, add);
      else if (j + 16 <= columns)
        multiply_tile (1, 2, depth, left, a_row, a_step, b + j, b_row, to, c_row, add);
      else
        multiply_tile (1, 1, depth, left, a_row, a_step, b + j, b_row, to, c_row, add);
    }
}
