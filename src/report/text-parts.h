/* Sections of the text report that have a file of their own; text.c puts them in order. For report/ only. */
#pragma once
#include "report/page.h"

/* Training data against evaluation sets; nothing where there is nothing to say. text-contamination.c */
void cd_text_contamination (CdPage *page, const CdAudit *audit);
/* Claimed figures beside obtained ones; nothing where there are none. text-figures.c */
void cd_text_figures (CdPage *page, const CdAudit *audit);
/* Rows of such a table (CdFigureRow*), at most so many. */
void cd_text_figure_rows (CdPage *page, const GPtrArray *rows, guint listed);
