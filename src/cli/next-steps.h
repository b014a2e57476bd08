/* What `candor` alone says. */
#pragma once
#include <glib.h>

/* What the current folder is, the two or three commands that fit it, and where help is. Caller frees. */
char *cd_next_steps (void);
