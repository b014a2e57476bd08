/* What a report names as a risk: facts with places, no accusations. Every format lists the same in the same order. For report/ only. */
#pragma once
#include "report/page.h"

#define CD_RISKS 2u
typedef struct {
  const char *code;     /* as in JSON */
  const char *says;     /* what stands at the places, for readers */
  const GArray *places; /* CdPlace; empty: no such risk. Borrowed */
} CdRisk;
void cd_risks_of (const CdAudit *audit, CdRisk risks[static CD_RISKS]);

/* Nothing where there are none. */
void cd_text_risks (CdPage *page, const CdAudit *audit);
void cd_markdown_risks (GString *out, const CdAudit *audit);
