/* Whether a printed figure can be what it is said to be: the arithmetic of claims. Allows for every usual way of printing (rounding half up, half to even,
 * truncation, rounding what was rounded before), so that only what none of them gives is called impossible. */
#pragma once
#include <glib.h>

/* A figure as printed: 46.70 % is { 46.7, 2, TRUE }, 0.467 is { 0.467, 3, FALSE }. */
typedef struct {
  double value;
  guint decimals; /* digits printed after the point */
  gboolean percent;
} CdPrinted;

typedef enum {
  CD_GRIM_POSSIBLE,
  CD_GRIM_TRUNCATED,     /* possible, but only cut off instead of rounded */
  CD_GRIM_ROUNDED_TWICE, /* possible, but only rounded from one more digit: 137/244 = 56.1475, 56.15, 56.2 */
  CD_GRIM_IMPOSSIBLE,    /* no whole number of right answers gives it */
  CD_GRIM_UNTESTABLE     /* so many items that every figure of this precision is possible; or no proportion at all */
} CdGrim;

/* The GRIM test carried to benchmarks: a mean over n problems and k samples each is m/(n k) with a whole m. Testable where the step 100/(n k) (in percent,
 * else 1/(n k)) exceeds the last printed place. items: n * k. right (may be NULL): the least such m. In whole numbers, without rounding error.
 * Brown and Heathers 2017, "The GRIM test", Social Psychological and Personality Science 8:363-369, doi 10.1177/1948550616673876. */
CdGrim cd_arithmetic_grim (CdPrinted printed, guint64 items, guint64 *right);
/* The smallest k from 1 to CD_GRIM_SAMPLES with which n problems yield the figure; 0 none. rounded: TRUE counts figures only that rounding gives. A k from
 * which on the test is untestable always yields it: see cd_arithmetic_grim of n * k. */
#define CD_GRIM_SAMPLES 1024u
guint cd_arithmetic_samples (CdPrinted printed, guint64 n, gboolean rounded);
/* Of other numbers of problems in use: the index of the first that yields the figure with k samples each, where it is testable; -1 none. */
gint cd_arithmetic_other (CdPrinted printed, const gint64 *sizes, guint length, guint64 k);

/* Whether a standard error printed beside a mean is that of items answers: sqrt(p(1-p)/items), or with items - 1, for some p that prints as the mean and
 * within the error's own rounding. error has the unit of the mean. FALSE also where items is below 2. */
gboolean cd_arithmetic_error_fits (CdPrinted mean, CdPrinted error, guint64 items);

/* Whether the average printed beside a row of cells is their mean: each cell stands for everything that prints like it, and so does the average.
 * expected (may be NULL): the mean of the cells as printed. All in one unit; TRUE for no cells. */
gboolean cd_arithmetic_average_fits (const CdPrinted *cells, guint length, CdPrinted average, double *expected);
