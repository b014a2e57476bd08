/* Text within text that a reader of the page does not see and a program does: invisible characters, and prose in base64. */
#pragma once
#include <glib.h>

/* A copy without characters that take no room (zero width, marks and overrides of direction, soft hyphens, variation selectors), in which tag
 * characters (U+E0020 … U+E007E) are the ASCII that they stand for. Line ends stay as they are, and so do invalid bytes. NULL where text holds none.
 * Caller frees. */
char *cd_hidden_uncover (const char *text, gsize length, gsize *uncovered);

/* The next run of base64 at or behind *from, within one line, that holds prose: valid text with several words. Moves *from behind it; *start: where it
 * begins. NULL where there is none. Caller frees. */
char *cd_hidden_decode (const char *text, gsize length, gsize *from, gsize *start);
