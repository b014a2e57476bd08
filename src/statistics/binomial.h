/* The binomial distribution's tails, exact to rounding and in logarithms, so that one right answer of a thousand by a weak model does not become 0. */
#pragma once
#include <glib.h>

/* ln P(X >= m) and ln P(X <= m), X ~ Bin(n, p): the sum over i of C(n,i) p^i (1-p)^(n-i), terms from the one nearest the mean on by
 * C(n,i+1)/C(n,i) = (n-i)/(i+1), until they no longer change the sum; on the side of the mean where that sum would be near 1, by the other tail.
 * p within 0 … 1. 0 is the logarithm of certainty, -INFINITY of impossibility. */
double cd_binomial_log_upper (guint64 n, double p, guint64 m);
double cd_binomial_log_lower (guint64 n, double p, guint64 m);
