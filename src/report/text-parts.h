/* Sections of the text report that have a file of their own; text.c puts them in order. For report/ only. */
#pragma once
#include "report/page.h"

/* Training data against evaluation sets; nothing where there is nothing to say. text-contamination.c */
void cd_text_contamination (CdPage *page, const CdAudit *audit);
