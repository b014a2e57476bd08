/* Packing and unpacking, byte by byte. What is packed, and what a value means, is its owner's business. */
#include "base/packing.h"
#include "base/text.h"
#include <string.h>

#define KIND_BYTES 8u
#define HEAD_BYTES (KIND_BYTES + sizeof (guint64))

void
cd_pack_number (GByteArray *out, guint64 number)
{
  guint8 bytes[10];
  guint length = 0;
  do {
    bytes[length++] = (guint8) ((number & 0x7f) | (number > 0x7f ? 0x80 : 0));
    number >>= 7;
  } while (number > 0);
  g_byte_array_append (out, bytes, length);
}

void
cd_pack_signed (GByteArray *out, gint64 number)
{
  guint64 bits = (guint64) number << 1;
  cd_pack_number (out, number < 0 ? ~bits : bits);
}

void
cd_pack_bytes (GByteArray *out, const void *bytes, gsize length)
{
  cd_pack_number (out, length);
  if (length > 0)
    g_byte_array_append (out, bytes, (guint) length);
  g_byte_array_append (out, (const guint8 *) "", 1);
}

void
cd_pack_text (GByteArray *out, const char *text)
{
  cd_pack_number (out, text != NULL ? 1 : 0);
  if (text != NULL)
    cd_pack_bytes (out, text, strlen (text));
}

void
cd_pack_texts (GByteArray *out, char *const *texts)
{
  guint length = 0;
  while (texts != NULL && texts[length] != NULL)
    length++;
  cd_pack_number (out, texts != NULL ? length + 1u : 0);
  for (guint i = 0; i < length; i++)
    cd_pack_bytes (out, texts[i], strlen (texts[i]));
}

/* FNV-1a over words: every change of one word changes the sum. */
static guint64
sum_of (const guint8 *bytes, gsize length)
{
  guint64 sum = 14695981039346656037u;
  while (length > 0) {
    guint64 word = 0;
    gsize step = MIN (length, sizeof word);
    memcpy (&word, bytes, step);
    sum = (sum ^ word ^ step) * 1099511628211u;
    bytes += step;
    length -= step;
  }
  return sum;
}

GByteArray *
cd_pack_start (const char *kind)
{
  guint8 head[HEAD_BYTES] = { 0 };
  memcpy (head, kind, strnlen (kind, KIND_BYTES));
  GByteArray *out = g_byte_array_new ();
  return g_byte_array_append (out, head, sizeof head);
}

GBytes *
cd_pack_finish (GByteArray *out)
{
  guint64 sum = sum_of (out->data + HEAD_BYTES, out->len - HEAD_BYTES);
  memcpy (out->data + KIND_BYTES, &sum, sizeof sum);
  return g_byte_array_free_to_bytes (out);
}

gboolean
cd_unpack_start (CdUnpacking *from, GBytes *bytes, const char *kind)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint8 head[KIND_BYTES] = { 0 };
  memcpy (head, kind, strnlen (kind, KIND_BYTES));
  *from = (CdUnpacking){ .begin = data, .at = data, .end = data + length, .bad = TRUE };
  guint64 sum = 0;
  if (length < HEAD_BYTES || memcmp (data, head, KIND_BYTES) != 0)
    return FALSE;
  memcpy (&sum, data + KIND_BYTES, sizeof sum);
  from->at = data + HEAD_BYTES;
  from->bad = sum != sum_of (from->at, length - HEAD_BYTES);
  return !from->bad;
}

/* The next number; 0 and bad where there is none. */
static guint64
next_number (CdUnpacking *from)
{
  guint64 number = 0;
  for (guint shift = 0; !from->bad && from->at < from->end && shift < 64; shift += 7) {
    guint8 byte = *from->at++;
    number |= (guint64) (byte & 0x7f) << shift;
    if ((byte & 0x80) == 0)
      return number;
  }
  from->bad = TRUE;
  return 0;
}

guint64
cd_unpack_number (CdUnpacking *from, guint64 most)
{
  guint64 number = next_number (from);
  from->bad = from->bad || number > most;
  return from->bad ? 0 : number;
}

gint64
cd_unpack_signed (CdUnpacking *from, gint64 least, gint64 most)
{
  guint64 bits = next_number (from);
  gint64 number = (gint64) ((bits & 1) != 0 ? ~(bits >> 1) : bits >> 1);
  from->bad = from->bad || number < least || number > most;
  return from->bad ? 0 : number;
}

gboolean
cd_unpack_boolean (CdUnpacking *from)
{
  return cd_unpack_number (from, 1) != 0;
}

guint
cd_unpack_count (CdUnpacking *from)
{
  guint64 left = (guint64) (from->end - from->at);
  return (guint) cd_unpack_number (from, MIN (left, G_MAXINT32));
}

const char *
cd_unpack_bytes (CdUnpacking *from, gsize *length)
{
  guint count = cd_unpack_count (from);
  *length = 0;
  if (from->bad || (gsize) (from->end - from->at) < (gsize) count + 1 || from->at[count] != '\0') {
    from->bad = TRUE;
    return NULL;
  }
  const char *bytes = (const char *) from->at;
  from->at += (gsize) count + 1;
  *length = count;
  return bytes;
}

/* A text without NUL in it. */
static const char *
next_text (CdUnpacking *from, gsize *length)
{
  const char *text = cd_unpack_bytes (from, length);
  from->bad = from->bad || memchr (text, '\0', *length) != NULL || !cd_text_is_utf8 (text, *length);
  return from->bad ? NULL : text;
}

const char *
cd_unpack_borrowed (CdUnpacking *from)
{
  gsize length = 0;
  return cd_unpack_boolean (from) ? next_text (from, &length) : NULL;
}

char *
cd_unpack_text (CdUnpacking *from)
{
  return g_strdup (cd_unpack_borrowed (from));
}

char **
cd_unpack_texts (CdUnpacking *from)
{
  guint count = cd_unpack_count (from);
  if (from->bad || count == 0)
    return NULL;
  char **texts = g_new0 (char *, count);
  for (guint i = 0; i + 1 < count && !from->bad; i++) {
    gsize length = 0;
    const char *text = next_text (from, &length);
    texts[i] = text != NULL ? g_strndup (text, length) : NULL;
  }
  return texts;
}

gboolean
cd_unpack_end (const CdUnpacking *from)
{
  return !from->bad && from->at == from->end;
}
