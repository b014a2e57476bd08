/* What standard output can show: its width, colour and characters. */
#pragma once
#include "report/report.h"

/* The style of a report on standard output; without colour where it is no terminal or NO_COLOR is set. */
void cd_terminal_style (CdReportStyle *style);
