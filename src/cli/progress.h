/* How far something is: one line on standard error, only where that is a terminal. For one thread at a time. */
#pragma once
#include "git/repository.h"

/* What draws the line, redrawing it at most ten times a second; NULL where standard error is no terminal that can, or with quiet. Callers tell `what` is done,
 * how many of how many; the line goes away when all are, or another `what` takes its place. Its data is not used. */
CdProgress cd_options_progress (gboolean quiet);
/* Takes the line away where one is drawn: before anything else is printed. */
void cd_progress_clear (void);
