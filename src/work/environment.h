/* What tells whether a run can be repeated: pinned dependencies, a seed that something reads, the hardware of a run. */
#pragma once
#include "work/work.h"

/* Fills work->environment. Needs commands. */
void cd_environment_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits);
