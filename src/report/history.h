/* Transparency over time, and what was said once and is said no more, in the formats that people read; nothing where it was not asked for. For report/ only. */
#pragma once
#include "report/page.h"

void cd_text_history (CdPage *page, const CdAudit *audit);     /* text-history.c */
void cd_markdown_history (GString *out, const CdAudit *audit); /* markdown-history.c */
