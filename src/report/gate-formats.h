/* What a gate says to machines: code scanning (SARIF), test reports (JUnit), workflow commands and a summary for GitHub, code quality for GitLab, badges.
 * Every format is one function of a gate; none decides anything. Results are new strings, freed by the caller, the same bytes for the same gate. */
#pragma once
#include "gate/gate.h"
#include "rubric/rubric.h"

typedef struct {
  const CdGate *gate;
  const CdGate *before;   /* the same policy applied to the base alone; NULL without a base */
  const CdRubric *rubric; /* whose texts explain the checks, with probes; NULL: the record's own words stand */
  const CdProbes *probes;
} CdGateReport;

/* sarif.c: SARIF 2.1.0 (OASIS), one run, one result for every check that did not pass. Paths are relative to SRCROOT. A check without a place stands at
 * the file where its disclosure would be written, line 1, since code scanning takes no result without a location. */
char *cd_report_sarif (const CdGateReport *report);
/* junit.c: JUnit XML as Surefire and Jenkins read it (schemas/junit.xsd): one suite a family, one case a check. */
char *cd_report_junit (const CdGateReport *report);
/* annotations.c: one workflow command of GitHub (`::error file=…::…`) a line for every check that did not pass; failures first, the smallest change
 * first: GitHub shows ten errors of a step. Empty where all passed. */
char *cd_report_annotations (const CdGateReport *report);
/* step-summary.c: Markdown for $GITHUB_STEP_SUMMARY. */
char *cd_report_step_summary (const CdGateReport *report);
/* code-quality.c: GitLab's code quality report (schemas/code-quality.schema.json). */
char *cd_report_code_quality (const CdGateReport *report);
/* badge.c: a picture (SVG) and an endpoint of shields.io (schemas/badge.schema.json) that tell the outcome and the score. */
char *cd_report_badge_svg (const CdGateReport *report);
char *cd_report_badge_json (const CdGateReport *report);
