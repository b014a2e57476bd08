/* What in a text has the form of an issued credential: API keys, access tokens, private keys, passwords in URLs. Placeholders (sk-xxx, YOUR_KEY, runs
 * of one character) are none. One reading for both uses: a place is reported, and its value is never printed (cd_text_printable masks it). */
#pragma once
#include <glib.h>

#define CD_CREDENTIAL_MASK "[credential]"

/* The first credential at or behind from: bytes [start, end) of its value. FALSE where there is none. Reads each byte a bounded number of times. */
gboolean cd_credential_find (const char *text, gsize length, gsize from, gsize *start, gsize *end);
/* A copy of text with each credential's value replaced by CD_CREDENTIAL_MASK. Caller frees. */
char *cd_credential_mask (const char *text);
