/* The network checks as readers see them: what is not simply there. Nothing is printed where nothing was asked. */
#pragma once
#include "report/page.h"

void cd_page_online (CdPage *page, const CdAudit *audit);
void cd_markup_online (GString *out, const CdAudit *audit);
