/* Texts brought to a form in which equal answers are equal bytes: words with one blank between them. For grading/ only. Callers free. */
#pragma once
#include "grading/stated.h"

/* SQuAD's normalisation: lower case, ASCII punctuation deleted, the words a, an, the dropped, white space to single blanks. Rajpurkar et al. 2016,
 * "SQuAD: 100,000+ questions for machine comprehension of text", arXiv 1606.05250; its evaluate-v2.0.py, normalize_answer. */
char *cd_words_squad (CdSpan text);
/* For names and facts: accents dropped and forms of characters unified (NFKD), lower case, punctuation a border between words but within numbers ("3.5"
 * stays, "1,234" is 1234, "4th" is 4), articles dropped. */
char *cd_words_loose (CdSpan text);
/* White space to single blanks, case folded; nothing else. */
char *cd_words_plain (CdSpan text);
/* TRUE where the words of part stand in whole, one behind the other; FALSE for no words, and for so many that the search would take long. */
#define CD_WORDS_PART_BYTES 512u
gboolean cd_words_contain (const char *whole, const char *part);
