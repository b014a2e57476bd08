/* Sections of the text report that have a file of their own; text.c puts them in order. For report/ only. */
#pragma once
#include "report/page.h"

/* Settled verdicts by dimension, then those that a reader is needed for, those first whose answer is expected to move the score most. text-verdicts.c */
void cd_text_verdicts (CdPage *page, const CdAudit *audit);
/* The first of those questions with the place to look at; nothing where all is settled. text-verdicts.c */
void cd_text_questions (CdPage *page, const CdAudit *audit);
/* Training data against evaluation sets; nothing where there is nothing to say. text-contamination.c */
void cd_text_contamination (CdPage *page, const CdAudit *audit);
/* Claimed figures beside obtained ones; nothing where there are none. text-figures.c */
void cd_text_figures (CdPage *page, const CdAudit *audit);
/* The same for other reproductions of its claims than the tree's, at most so many of them. */
void cd_text_figures_of (CdPage *page, const CdAudit *audit, const GPtrArray *reproductions, guint listed);
