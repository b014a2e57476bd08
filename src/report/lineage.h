/* Who taught the work, by which way, whether it says so, and what bounds it by that, in the formats that people read. For report/ only. */
#pragma once
#include "report/page.h"

/* The distillation label in a sentence, without a full stop. Caller frees. */
char *cd_report_lineage_summary (const CdAudit *audit);
void cd_page_lineage (CdPage *page, const CdAudit *audit);
void cd_markup_lineage (GString *out, const CdAudit *audit);
