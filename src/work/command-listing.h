/* Under which class reports list a command. For work/ only. */
#pragma once
#include "work/work.h"

/* Fills listed of work->commands, whose class is known. A run whose own words leave its purpose open is listed by what stands around it: its
 * heading, the folder and name of its script, the program's text. */
void cd_commands_list (CdWork *work, const CdCorpus *corpus);
/* What is still open then is listed like the other steps of its section, and a server like the run that it is started for. */
void cd_commands_join (CdWork *work);
