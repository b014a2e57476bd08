/* Text within text that a reader of the page does not see, or sees as other letters than they are: invisible characters, look-alikes,
 * and prose in base64. */
#pragma once
#include <glib.h>

/* A copy in plain letters. Dropped are characters that take no room (zero width, marks of direction, soft hyphens, variation selectors); what an override
 * shows from right to left stands as it is seen; tag characters, numeric entities, letters of full width, of mathematical alphabets and of Cyrillic and Greek
 * that look Latin are the ASCII that they stand for. Line ends stay as they are. NULL where text holds none of these. Caller frees. */
char *cd_hidden_uncover (const char *text, gsize length, gsize *uncovered);

/* The next run of base64 at or behind *from, within one line, that holds prose: valid text with several words. Moves *from behind it; *start: where it
 * begins. NULL where there is none. Caller frees. */
char *cd_hidden_decode (const char *text, gsize length, gsize *from, gsize *start);
