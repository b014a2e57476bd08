/* Whether two models differ by more than the choice of problems explains. p-values are two-sided. */
#pragma once
#include <glib.h>

/* McNemar's test, exact, for answers to the same problems: only_first are right in the first set alone, only_second in the second alone. Twice the tail
 * P(Bin(only_first + only_second, 1/2) <= the smaller), at most 1. McNemar 1947, Psychometrika 12:153-157; exact form: Fay 2010, Biostatistics
 * 11:373-374. Equal to the sign test. 1 where both are 0. */
double cd_test_mcnemar (guint64 only_first, guint64 only_second);

/* The paired permutation test: whether the mean of differences (one a problem, each a difference of means over samples) is 0, every difference's sign
 * being as likely either way. Exact over all 2^m signs of the m differences that are not 0 while m is at most 20; beyond that with CD_TEST_FLIPS seeded
 * draws and (hits + 1) / (draws + 1), which is never 0. Fisher 1935, "The design of experiments", section 21; Phipson and Smyth 2010, Statistical
 * Applications in Genetics and Molecular Biology 9:39. 1 where all are 0. */
#define CD_TEST_FLIPS 20000u
double cd_test_paired (const double *differences, guint length, guint64 seed);

/* Holm's correction of several tests' p-values: with p(1) <= … <= p(m), adjusted p(i) = max over j <= i of min(1, (m - j + 1) p(j)), written to
 * adjusted in the order of p (may be the same array). NAN stays NAN and is not counted. Holm 1979, "A simple sequentially rejective multiple test
 * procedure", Scandinavian Journal of Statistics 6:65-70. */
void cd_test_holm (const double *p, guint length, double *adjusted);
