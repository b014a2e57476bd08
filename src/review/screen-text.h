/* Text as a screen takes it: harmless, in whole characters, in columns. Knows no terminal. */
#pragma once
#include "base/text.h"

/* A copy that may be drawn: cd_text_printable's, with tabs as spaces, few combining characters on each base, and U+FFFD for characters whose width is
 * disputed; ASCII only where unicode is not set. Caller frees. */
char *cd_screen_clean (const char *text, gsize length, gboolean unicode);
/* The functions below take clean text. */
/* Bytes of the longest beginning that takes at most so many columns and ends between characters. */
gsize cd_screen_fit (const char *text, guint columns);
/* The beginnings of rows of at most so many columns: guint offsets, the first is 0; at least one. words: rows end between words where they can. */
GArray *cd_screen_wrap (const char *text, guint columns, gboolean words);
/* The text, or its beginning and an ellipsis, in at most so many columns. Caller frees. */
char *cd_screen_cut (const char *text, guint columns, gboolean unicode);
/* The same, its middle left out: paths differ at their ends. Caller frees. */
char *cd_screen_cut_middle (const char *text, guint columns, gboolean unicode);
/* Lower-case characters to look for. Caller frees. */
gunichar *cd_screen_needle (const char *text, guint *length);
/* Where the first of them begins at or behind from, *end behind it; -1 nowhere. Case makes no difference. */
gssize cd_screen_find (const char *text, gsize from, const gunichar *needle, guint length, gsize *end);
