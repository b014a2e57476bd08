/* Answers as text. */
#pragma once
#include <glib.h>

/* TRUE where both are the same words: case, punctuation, LaTeX's fonts and spaces, articles and the order of what "and" and commas join do not count. */
gboolean cd_math_same_text (const char *a, const char *b);
/* The letter, in upper case, where the text is one that may be a choice: B, (b), \text{B}, "B.", with marked set where it is more than the bare letter;
 * 0 else. */
char cd_math_choice (const char *text, gboolean *marked);
/* TRUE for a time of day: 3:00, 12:30 pm. */
gboolean cd_math_is_time (const char *text);
/* What stands in the text without blanks, $, \boxed{}, \left, \right and sizes: what two writings of the same often differ in. Caller frees. */
char *cd_math_trimmed (const char *text);
/* 1 where both are plain numbers of the same value, 0 where both are plain whole numbers of different value, −1 where this does not tell. */
int cd_math_same_digits (const char *a, const char *b);
