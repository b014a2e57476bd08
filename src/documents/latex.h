/* What latex.c and latex-table.c share. For documents/ only. */
#pragma once
#include "documents/prose.h"

#define CD_LATEX_HIDDEN '\x01' /* stands for each byte of a comment in the reader's copy */

/* Past the brace that closes the one at `at`; 0 where it does not close soon. */
gsize cd_latex_argument_end (const char *text, gsize at, gsize end);
/* The text without commands and braces; *bold becomes TRUE where a command makes some of it bold. Caller frees. */
char *cd_latex_visible (const char *text, gsize length, gboolean *bold);
/* Passages of kind for range, comments left out. text: the reader's copy. */
void cd_latex_add_visible (CdDocument *document, const char *text, CdPassageKind kind, CdRange range, gint32 section, guint paragraph);
/* The inside of a tabular, its column specification included: one CdTable and a TABLE passage a row. */
void cd_latex_add_table (CdDocument *document, const char *text, CdRange range, gint32 section, guint paragraph, const char *caption);
