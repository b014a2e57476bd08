/* The normal form of a problem's text, in which two spellings of the same problem meet: words, numbers and signs in lower case, one blank between two.
 * Left out: LaTeX spacing (\, \; \! \quad ~), \left and \right, delimiters ($, \(, \[), braces and brackets, font and layout commands, \frac and \cdot (a/b, \frac{a}{b}
 * and ½ are the same), ^ and _, punctuation, Markdown, HTML tags, chat markers, [asy] drawings, and a leading "Problem 3." or "2)".
 * Kept: every number ("1,000", "1{,}000" and "1\,000" are 1000), + - = < > %, and other commands by name (\theta and θ are theta; \le and ≤ are leq).
 * Letters are told by their compatibility decomposition without accents; a Chinese or Japanese character is a word of its own. */
#pragma once
#include <glib.h>

/* Replaces normal by the normal form of text, which may be any bytes. */
void cd_problem_normalise (const char *text, gsize length, GString *normal);
