/* Small text services: lines, UTF-8 hygiene, word comparison. Nothing here knows about documents. */
#pragma once
#include <glib.h>

/* Byte offsets at which lines begin; line n (1-based) begins at starts[n-1]. LF and CRLF end lines. */
typedef struct {
  GArray *starts; /* guint32 */
} CdLines;

CdLines *cd_lines_new (const char *text, gsize length);
void cd_lines_free (CdLines *lines);
/* The 1-based line that holds the byte at offset. */
guint cd_lines_at (const CdLines *lines, gsize offset);
/* The same where the line is likely near another: hint is a 1-based line, whichever it is the answer is right. */
guint cd_lines_near (const CdLines *lines, gsize offset, guint hint);
/* The byte range of a 1-based line without its line end. FALSE where there is no such line. */
gboolean cd_lines_range (const CdLines *lines, const char *text, gsize length, guint line, gsize *start, gsize *end);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdLines, cd_lines_free)

/* TRUE for valid UTF-8, NUL allowed; ASCII is skipped eight bytes at a time. */
gboolean cd_text_is_utf8 (const char *bytes, gsize length);
/* A copy in valid UTF-8: invalid bytes become \xNN. Caller frees. */
char *cd_text_to_utf8 (const char *bytes, gsize length);
/* A copy safe on a terminal: C0, C1, DEL, bidi overrides and other format controls become \u{N}; tabs and newlines become spaces; the
 * values of credentials become "[credential]" (base/credentials.h). Caller frees. */
char *cd_text_printable (const char *text);
/* A copy of valid UTF-8 in ASCII: letters and punctuation by their nearest spelling, others as \u{N}. Caller frees. */
char *cd_text_to_ascii (const char *text);
/* TRUE where bytes look like text: no NUL in the first 8000 bytes (git's own rule). */
gboolean cd_text_is_text (const char *bytes, gsize length);
/* The letters and digits of text in lower case, everything else dropped: the key under which two spellings of a name meet. Caller frees. */
char *cd_text_key (const char *text);
/* Lower-cased alphanumeric tokens, camel case and letter/digit borders not split. Returns a NULL-terminated vector; caller frees with g_strfreev. */
char **cd_text_tokens (const char *text);
/* Columns that text takes on a terminal (East Asian wide = 2, combining = 0). */
guint cd_text_columns (const char *text);
/* How many code points must be inserted, left out or replaced, or neighbours swapped, to make b of a (optimal string alignment: no stretch is edited twice);
 * of each the first 128 are looked at. */
guint cd_text_distance (const char *a, const char *b);
/* Of candidates (NULL-terminated), the nearest to word within a third of its length; NULL where none is near. Borrowed. */
const char *cd_text_nearest (const char *word, const char *const *candidates);
/* The end of a message about a word that is none of candidates (NULL-terminated): `; did you mean "NEAREST"?`, or nothing where none is near. Caller frees. */
char *cd_text_suggestion (const char *word, const char *const *candidates);
/* The same, and where none is near: "; there are a, b and c". Caller frees. */
char *cd_text_choices (const char *word, const char *const *candidates);
/* "a, b and c". Caller frees. */
char *cd_text_enumerate (const char *const *words);
