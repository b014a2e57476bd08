/* Numbers and texts in a row of bytes, and back: for what is kept between runs. A reader believes nothing: whatever does not fit makes it bad, and from then
 * on it gives zeros and NULL, so that one look at the end is enough. */
#pragma once
#include <glib.h>

/* Seven bits a byte, low ones first, as LEB128; signed numbers with their sign as the lowest bit. */
void cd_pack_number (GByteArray *out, guint64 number);
void cd_pack_signed (GByteArray *out, gint64 number);
/* NULL is kept apart from "". */
void cd_pack_text (GByteArray *out, const char *text);
/* A vector of strings; NULL is kept apart from an empty one. */
void cd_pack_texts (GByteArray *out, char *const *texts);
/* length bytes and a NUL behind them. */
void cd_pack_bytes (GByteArray *out, const void *bytes, gsize length);

/* An empty array for a value of this kind (eight characters, with its version), and the finished value, which a sum of all its bytes protects against
 * damage, not against malice. Takes out; caller unrefs. */
GByteArray *cd_pack_start (const char *kind);
GBytes *cd_pack_finish (GByteArray *out);

typedef struct {
  const guint8 *begin, *at, *end;
  gboolean bad;
} CdUnpacking;
/* FALSE where bytes are no whole value of this kind. bytes: borrowed while it is read. */
gboolean cd_unpack_start (CdUnpacking *from, GBytes *bytes, const char *kind);
/* At most `most`, else bad. */
guint64 cd_unpack_number (CdUnpacking *from, guint64 most);
gint64 cd_unpack_signed (CdUnpacking *from, gint64 least, gint64 most);
gboolean cd_unpack_boolean (CdUnpacking *from);
/* A number of elements, each of which takes at least one byte of those left. */
guint cd_unpack_count (CdUnpacking *from);
/* Valid UTF-8. Caller frees. */
char *cd_unpack_text (CdUnpacking *from);
/* The same in the value itself. Borrowed from it. */
const char *cd_unpack_borrowed (CdUnpacking *from);
char **cd_unpack_texts (CdUnpacking *from);
/* What cd_pack_bytes packed, in the value itself, with its NUL. Borrowed from it. */
const char *cd_unpack_bytes (CdUnpacking *from, gsize *length);
/* TRUE where nothing was wrong and nothing is left. */
gboolean cd_unpack_end (const CdUnpacking *from);
