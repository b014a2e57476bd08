/* Bytes are read ahead in pieces; what is behind a place never depends on how the stream cuts them. */
#include "outputs/prediction-buffer.h"
#include <string.h>

#define PIECE_BYTES (256u * 1024u)

void
cd_buffer_init (CdBuffer *buffer, GInputStream *stream)
{
  *buffer = (CdBuffer){ .stream = g_object_ref (stream), .line = 1 };
}

void
cd_buffer_clear (CdBuffer *buffer)
{
  g_clear_object (&buffer->stream);
  g_clear_pointer (&buffer->bytes, g_free);
  g_clear_error (&buffer->error);
}

/* Space for one more piece: what was dropped is overwritten first. */
static void
make_space (CdBuffer *buffer)
{
  if (buffer->capacity - buffer->end >= PIECE_BYTES)
    return;
  if (buffer->begin > 0) {
    memmove (buffer->bytes, buffer->bytes + buffer->begin, buffer->end - buffer->begin);
    buffer->end -= buffer->begin;
    buffer->begin = 0;
  }
  if (buffer->capacity - buffer->end >= PIECE_BYTES)
    return;
  buffer->capacity = MAX (buffer->capacity * 2, buffer->end + 2 * PIECE_BYTES);
  buffer->bytes = g_realloc (buffer->bytes, buffer->capacity);
}

gboolean
cd_buffer_fill (CdBuffer *buffer, gsize place)
{
  while (buffer->end - buffer->begin <= place && !buffer->ended) {
    make_space (buffer);
    gssize count = g_input_stream_read (buffer->stream, buffer->bytes + buffer->end, PIECE_BYTES, NULL, &buffer->error);
    buffer->ended = count <= 0;
    buffer->end += count > 0 ? (gsize) count : 0;
  }
  return buffer->end - buffer->begin > place;
}

void
cd_buffer_drop (CdBuffer *buffer, gsize count)
{
  const char *at = buffer->bytes + buffer->begin, *end = at + count;
  while (count > 0 && (at = memchr (at, '\n', (gsize) (end - at))) != NULL) {
    buffer->line++;
    at++;
  }
  buffer->begin += count;
}

gsize
cd_buffer_line_end (CdBuffer *buffer, gsize place, gsize most)
{
  while (cd_buffer_has (buffer, place) && place < most) {
    gsize have = MIN (buffer->end - buffer->begin, most) - place;
    const char *newline = memchr (cd_buffer_at (buffer, place), '\n', have);
    if (newline != NULL)
      return (gsize) (newline - cd_buffer_at (buffer, 0));
    place += have;
  }
  return MIN (place, most);
}

void
cd_buffer_drop_line (CdBuffer *buffer)
{
  while (cd_buffer_has (buffer, 0)) {
    gsize have = buffer->end - buffer->begin;
    const char *newline = memchr (cd_buffer_at (buffer, 0), '\n', have);
    cd_buffer_drop (buffer, newline != NULL ? (gsize) (newline - cd_buffer_at (buffer, 0)) + 1 : have);
    if (newline != NULL)
      return;
  }
}
