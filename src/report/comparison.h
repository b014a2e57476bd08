/* Two sets of predictions side by side, category by category, in the formats that people and programs read. For cli/. */
#pragma once
#include "report/page.h"
#include "reproduction/before-after.h"

typedef struct {
  const char *before_path, *after_path; /* as the user named them */
  const GPtrArray *before, *after;      /* CdFigure* from predictions */
  const GPtrArray *rows;                /* CdBeforeAfterRow*, all problems last */
  const CdEqualCost *cost;              /* NULL where it cannot be told */
} CdComparison;

/* New strings, freed by the caller. */
char *cd_comparison_text (const CdComparison *comparison, const CdReportStyle *style);
char *cd_comparison_markdown (const CdComparison *comparison);
char *cd_comparison_json (const CdComparison *comparison);
