/* What is printed from a gate: every format a function of CdGate, none of which decides anything. Results are new strings, freed by the caller. */
#pragma once
#include "gate/gate.h"
#include "report/report.h"

/* gate-text.c: for people. What failed, where, how to mend it, smallest change first; then doubts, exceptions, and what passed. */
char *cd_report_gate_text (const CdGate *gate, const CdReportStyle *style);
/* gate-json.c: schemas/gate.schema.json. */
char *cd_report_gate_json (const CdGate *gate);
