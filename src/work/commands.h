/* Which commands install, train, evaluate, make data, serve or demonstrate: the documented ones and those of the work's own scripts. */
#pragma once
#include "work/work.h"

/* Fills work->commands. */
void cd_commands_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope);
const char *cd_command_class_name (CdCommandClass class); /* "training", "evaluation" … static */
/* The class that a script's or module's path speaks for, CD_COMMAND_OTHER when none. */
CdCommandClass cd_command_class_of_path (const char *path);
