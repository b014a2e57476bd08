/* A rerun as text and as JSON: which steps ran, what they made, what became of the rest. Figures are made from the evaluations' files elsewhere.
 * Results are new strings, freed by the caller. */
#pragma once
#include "run/rerun.h"
#include <cjson/cJSON.h>

/* timing: seconds and which results came from the cache are told too; without it a report depends on the commit and the options alone, as far as the
 * commands do. */
char *cd_report_run_text (const CdRerun *rerun, const CdRerunOptions *options, gboolean timing);
cJSON *cd_json_run (const CdRerun *rerun, const CdRerunOptions *options, gboolean timing);
/* "done", "failed", "not run". Static. */
const char *cd_report_step_state (const CdStepRun *run);
/* How the commands were run, in one line: executor, sandbox, network, image, GPUs, limits. Caller frees. */
char *cd_report_run_conditions (const CdRerunOptions *options);
