/* The questions of a session as lines of text, for pipes, scripts and screen readers. */
#pragma once
#include "review/session.h"
#include <stdio.h>

/* Ask on out and read from in until a reader ends it or the input does; an answer that was begun is then saved as far as it was given. FALSE with
 * CD_ERROR_INTERNAL where an answer could not be saved or out not be written, with CD_ERROR_USAGE where in is no terminal and goes on and
 * on with lines that answer nothing, with CD_ERROR_INPUT where a line of it has no end. All answers before that are kept. */
gboolean cd_review_plain (CdSession *session, FILE *in, FILE *out, GError **error);

/* plain-input.c: a line without its end, in valid UTF-8 without control characters; "" for an empty one. NULL at the end of input; with
 * CD_ERROR_USAGE where a line is too long (the next one may be read), with CD_ERROR_INPUT where it has no end. Caller frees. */
char *cd_plain_read (FILE *in, GError **error);
