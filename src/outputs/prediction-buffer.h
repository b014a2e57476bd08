/* A window over a stream: bytes from the first that is still wanted. For prediction-stream.c and prediction-table.c. */
#pragma once
#include <gio/gio.h>

typedef struct {
  GInputStream *stream;
  char *bytes;
  gsize begin, end, capacity; /* the window is bytes[begin] to bytes[end - 1] */
  guint64 line;               /* of the window's first byte */
  gboolean ended;             /* the stream has no more */
  GError *error;              /* of the stream; it has ended then */
} CdBuffer;

void cd_buffer_init (CdBuffer *buffer, GInputStream *stream);
void cd_buffer_clear (CdBuffer *buffer);
gboolean cd_buffer_fill (CdBuffer *buffer, gsize place); /* what cd_buffer_has does where it must read */
/* TRUE where the window has a byte at that place, reading on where it must. */
static inline gboolean
cd_buffer_has (CdBuffer *buffer, gsize place)
{
  return buffer->end - buffer->begin > place || cd_buffer_fill (buffer, place);
}
static inline const char *
cd_buffer_at (const CdBuffer *buffer, gsize place)
{
  return buffer->bytes + buffer->begin + place;
}
/* Takes count bytes off the window, all of which it has. */
void cd_buffer_drop (CdBuffer *buffer, gsize count);
/* Place of the first line end from the given place on, read on for within most bytes; the window's length where there is none. */
gsize cd_buffer_line_end (CdBuffer *buffer, gsize place, gsize most);
/* Drops all bytes up to and with the next line end. */
void cd_buffer_drop_line (CdBuffer *buffer);
