/* `candor reproduce`: every claim beside what was obtained for it, and how it was obtained. Results are new strings, freed by the caller. */
#pragma once
#include "report/report.h"
#include "report/run.h"

typedef struct {
  const CdAudit *audit;
  const GPtrArray *reproductions; /* CdReproduction* */
  const CdRerun *rerun;           /* NULL: nothing was run, the figures are the tree's */
  const CdRerunOptions *options;  /* of the rerun */
  const GPtrArray *problems;      /* char*: files of the run that could not be read; NULL none */
  gboolean timing;
} CdReproduceReport;

char *cd_report_reproduce_text (const CdReproduceReport *report, const CdReportStyle *style);
char *cd_report_reproduce_markdown (const CdReproduceReport *report);
/* schemas/reproduction.schema.json */
char *cd_report_reproduce_json (const CdReproduceReport *report);
/* TRUE where a claim was not reproduced, or only by the best of many runs, or could not be tried though a run was asked for. */
gboolean cd_report_reproduce_failed (const CdReproduceReport *report);
