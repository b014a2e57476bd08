/* Mathematical equivalence of two final answers: LaTeX and plain notation read by one expression parser, compared exactly where that is possible and
 * numerically at high precision where not. Work and memory are bounded for any input; what cannot be read is compared as text. Thread-safe. */
#pragma once
#include <glib.h>

/* The final answer that a response states: the last \boxed{…} or \fbox{…}, else what follows "the answer is" and the like, else the last formula or
 * number; the whole text where it is nothing but an answer. NULL: none is stated. Caller frees. */
char *cd_math_answer (const char *response);
/* TRUE where both are the same answer. gold and answer are final answers, with or without $…$, \boxed{}, "x =", units. */
gboolean cd_math_equal (const char *gold, const char *answer);
