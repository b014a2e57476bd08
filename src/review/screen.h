/* The full-screen workbench of `candor review`: a session's questions, the passages that decide and the files they stand in, on a terminal. */
#pragma once
#include "review/session.h"

/* Let a reader work until they leave; every answer is saved when it is given (session.h). Standard input and output must be a terminal.
 * FALSE with CD_ERROR_USAGE where that terminal cannot place text on its screen, with CD_ERROR_INTERNAL where it went away. The terminal is then, as after
 * TRUE, as it was before. Told to end by a signal, it restores the terminal and lets the signal end the program. */
gboolean cd_review_screen (CdSession *session, GError **error);
