/* Answers as text. */
#pragma once
#include <glib.h>

/* TRUE where both are the same words: case, punctuation, LaTeX's fonts and spaces, articles and the order of what "and" and commas join do not count. */
gboolean cd_math_same_text (const char *a, const char *b);
/* What a phrase such as "all real numbers" stands for, as an answer; NULL where the text is none. Static. */
const char *cd_math_phrase (const char *text);
/* The bytes of the LaTeX command at text. */
gsize cd_math_command_length (const char *text);

/* How two texts that may name choices stand to each other. */
typedef enum {
  CD_MATH_NO_CHOICE,   /* not told by choices */
  CD_MATH_SAME_CHOICE, /* (b) and B, "B) 5" and B, "AC" and "A, C" */
  CD_MATH_OTHER_CHOICE /* "B) 5" and "C) 5" */
} CdMathChoices;
/* rests: what stands behind the letter of each, "5" of "(B) 5"; the text itself where no letter stands before it. Borrowed from the texts. */
CdMathChoices cd_math_choices (const char *a, const char *b, const char *rests[2]);
/* TRUE for a time of day: 3:00, 12:30 pm. */
gboolean cd_math_is_time (const char *text);
/* What stands in the text without blanks, $, \boxed{}, \left, \right and sizes: what two writings of the same often differ in. Caller frees. */
char *cd_math_trimmed (const char *text);
/* 1 where both are plain numbers of the same value, 0 where both are plain whole numbers of different value, −1 where this does not tell. */
int cd_math_same_digits (const char *a, const char *b);
