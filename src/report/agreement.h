/* How readers agree, in the formats that people and programs read. For cli/. */
#pragma once
#include "assessment/agreement.h"
#include "report/page.h"

/* New strings, freed by the caller. The rubric is that which the agreement was measured with. */
char *cd_agreement_text (const CdAgreement *agreement, const CdRubric *rubric, const CdReportStyle *style);
/* schemas/agreement.schema.json. */
char *cd_agreement_json (const CdAgreement *agreement, const CdRubric *rubric);
