/* Whether each training, evaluation and data command could be run by somebody else with this commit. For work/ only. */
#pragma once
#include "work/work.h"

/* Fills status and problems of work->commands. Needs commands, names, owners and artefacts. */
void cd_commands_check (CdWork *work, const CdCorpus *corpus, const CdScope *scope);
