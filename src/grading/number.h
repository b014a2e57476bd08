/* Decimal numbers as people and models write them: "1,234.50", "$3.5", "-7", "45%", "6.02 \times 10^{23}", "3/4", "\frac{3}{4}", "1.234,5". Exact: two
 * numbers are compared digit by digit. For grading/ only. */
#pragma once
#include "grading/stated.h"

#define CD_NUMBER_DIGITS 96u /* longer ones are not read */

typedef struct {
  char digits[CD_NUMBER_DIGITS + 1]; /* without leading and trailing zeros; "" is 0 */
  gboolean negative;
  gint scale;        /* the value is digits * 10^-scale; at most 0 for a whole number */
  gboolean fraction; /* a quotient: value alone holds it */
  gboolean percent;
  double value; /* percent not applied */
} CdNumber;

/* The number that begins at *at (sign and currency included); *at is moved behind it. */
gboolean cd_number_read (const char **at, const char *end, CdNumber *number);
/* The number that a span is, but for "x =" before it and units behind it; FALSE where it is an expression or holds other numbers. */
gboolean cd_number_alone (CdSpan span, CdNumber *number);
/* The first and the last number of a span that stand on their own (not "H2O", "x^2"). */
gboolean cd_number_first (CdSpan span, CdNumber *number);
gboolean cd_number_last (CdSpan span, CdNumber *number);
gboolean cd_number_is_whole (const CdNumber *number);
/* |a - b| <= tolerance * |a|; whole numbers by their digits, unless tolerance exceeds CD_NUMBER_ROUNDING: 1e-6 is meant for what was rounded, and 1000001
 * is not 1000000. A percentage is equal to its hundredth and to the bare figure. */
#define CD_NUMBER_ROUNDING 1e-6
gboolean cd_number_equal (const CdNumber *gold, const CdNumber *answer, double tolerance);
