/* An audit's JSON as it stands in the store: zlib's format. Of an audit of 147 kB 16 kB are left after 0.7 ms, and are back after 0.4 ms: at a ninth of the
 * size, no slower than writing it twice (log and file). Level 6 saves a sixth more for three times the time. */
#include "store/store-parts.h"
#include <gio/gio.h>
#include <string.h>

#define LEVEL 3
#define CHUNK_BYTES 65536u
#define UNPACKED_BYTES (256u * 1024u * 1024u) /* as store.c bounds what is packed */

/* What converter makes of the bytes, at most limit of it; NULL with an error. */
static GByteArray *
convert (GConverter *converter, const guint8 *bytes, gsize length, gsize limit, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize used = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;
  while (result != G_CONVERTER_FINISHED) {
    gsize read = 0, written = 0;
    guint length_before = out->len;
    g_byte_array_set_size (out, length_before + CHUNK_BYTES);
    result = g_converter_convert (converter, bytes + used, length - used, out->data + length_before, CHUNK_BYTES, G_CONVERTER_INPUT_AT_END, &read,
                                  &written, error);
    if (result == G_CONVERTER_ERROR)
      return NULL;
    used += read;
    g_byte_array_set_size (out, length_before + (guint) written);
    if (out->len > limit) {
      g_set_error_literal (error, CD_ERROR, CD_ERROR_INPUT, "it is larger than an audit can be");
      return NULL;
    }
  }
  return g_steal_pointer (&out);
}

GBytes *
cd_store_pack (const char *json, GError **error)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, LEVEL);
  GByteArray *packed = convert (G_CONVERTER (compressor), (const guint8 *) json, strlen (json), UNPACKED_BYTES, error);
  return packed != NULL ? g_byte_array_free_to_bytes (packed) : NULL;
}

char *
cd_store_unpack (const void *bytes, gsize length, GError **error)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GError) why = NULL;
  GByteArray *json = convert (G_CONVERTER (decompressor), bytes, length, UNPACKED_BYTES, &why);
  if (json == NULL) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "an audit in the store is damaged (%s). Move the store away: all that it holds can be made again",
                 why->message);
    return NULL;
  }
  g_byte_array_append (json, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (json, FALSE);
}
