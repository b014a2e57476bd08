/* The stream of lines: read in batches, graded by a pool of threads, handed on in order. At most two batches a thread are under way; batches are used
 * again, so that memory does not grow with the input. */
#include "base/error.h"
#include "base/limits.h"
#include "cli/grade.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_BYTES (64u * 1024u)
#define BATCH_BYTES (256u * 1024u)

typedef struct {
  GString *text; /* whole lines, each with its newline */
  guint64 line;  /* of the first */
  GString *out;  /* NULL: verdicts are not written down */
  CdGradeTally tally;
  gboolean done;
} Batch;

typedef struct {
  const CdGradeTask *task;
  GMutex lock;
  GCond done;
  /* input */
  int descriptor;
  const char *name;
  guint64 line;  /* of the next batch's first */
  GString *rest; /* the beginning of a line whose end has not been read; cut behind the bound on lines */
  char *chunk;
  gboolean ended;
  /* ring of batches: from oldest on, under_way of them */
  Batch *batches;
  guint length, oldest, under_way;
} Stream;

static void
grade_batch (Stream *stream, Batch *batch)
{
  guint64 line = batch->line;
  for (const char *at = batch->text->str, *end = at + batch->text->len; at < end; line++) {
    const char *newline = memchr (at, '\n', (gsize) (end - at));
    cd_grade_line (stream->task, line, at, (gsize) (newline - at), batch->out, &batch->tally);
    at = newline + 1;
  }
}

static void
work (gpointer data, gpointer user_data)
{
  Batch *batch = data;
  Stream *stream = user_data;
  grade_batch (stream, batch);
  g_mutex_lock (&stream->lock);
  batch->done = TRUE;
  g_cond_signal (&stream->done);
  g_mutex_unlock (&stream->lock);
}

/* Appends bytes of one line, of which no more is kept than shows that it is too long. */
static void
append_bounded (GString *text, gsize *line_bytes, const char *bytes, gsize length)
{
  gsize room = CD_LIMIT_LINE_BYTES + 1 > *line_bytes ? CD_LIMIT_LINE_BYTES + 1 - *line_bytes : 0;
  g_string_append_len (text, bytes, (gssize) MIN (length, room));
  *line_bytes += MIN (length, room);
}

static gboolean
read_chunk (Stream *stream, gsize *length, GError **error)
{
  ssize_t got = 0;
  do
    got = read (stream->descriptor, stream->chunk, CHUNK_BYTES);
  while (got < 0 && errno == EINTR);
  if (got < 0) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: %s", stream->name, g_strerror (errno));
    return FALSE;
  }
  *length = (gsize) got;
  return TRUE;
}

/* Fills a batch with whole lines; none at the end of the input. */
static gboolean
fill (Stream *stream, Batch *batch, GError **error)
{
  gsize length = 0, last_end = 0, line_bytes = stream->rest->len;
  guint64 lines = 0;
  g_string_assign (batch->text, "");
  g_string_append_len (batch->text, stream->rest->str, (gssize) stream->rest->len);
  g_string_truncate (stream->rest, 0);
  while (!stream->ended && (last_end == 0 || batch->text->len < BATCH_BYTES)) {
    if (!read_chunk (stream, &length, error))
      return FALSE;
    stream->ended = length == 0;
    for (const char *at = stream->chunk, *end = at + length; at < end;) {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      append_bounded (batch->text, &line_bytes, at, (gsize) ((newline != NULL ? newline : end) - at));
      at = newline != NULL ? newline + 1 : end;
      if (newline == NULL)
        continue;
      g_string_append_c (batch->text, '\n');
      last_end = batch->text->len;
      line_bytes = 0;
      lines++;
    }
  }
  if (stream->ended && batch->text->len > last_end) { /* the last line lacks its newline */
    g_string_append_c (batch->text, '\n');
    last_end = batch->text->len;
    lines++;
  }
  g_string_append_len (stream->rest, batch->text->str + last_end, (gssize) (batch->text->len - last_end));
  g_string_truncate (batch->text, last_end);
  batch->line = stream->line;
  stream->line += lines;
  return TRUE;
}

/* Waits for the oldest batch and hands it on. */
static gboolean
finish_oldest (Stream *stream, CdGradeSink sink, gpointer data)
{
  Batch *batch = &stream->batches[stream->oldest];
  g_mutex_lock (&stream->lock);
  while (!batch->done)
    g_cond_wait (&stream->done, &stream->lock);
  g_mutex_unlock (&stream->lock);
  gboolean more = sink (batch->out, &batch->tally, data);
  if (batch->out != NULL)
    g_string_truncate (batch->out, 0);
  cd_grade_tally_reset (&batch->tally);
  batch->done = FALSE;
  stream->oldest = (stream->oldest + 1) % stream->length;
  stream->under_way--;
  return more;
}

static void
stream_init (Stream *stream, guint batches, gboolean lines)
{
  g_mutex_init (&stream->lock);
  g_cond_init (&stream->done);
  stream->line = 1;
  stream->rest = g_string_new (NULL);
  stream->chunk = g_malloc (CHUNK_BYTES);
  stream->length = batches;
  stream->batches = g_new0 (Batch, batches);
  for (guint i = 0; i < batches; i++) {
    stream->batches[i].text = g_string_sized_new (BATCH_BYTES + CHUNK_BYTES);
    stream->batches[i].out = lines ? g_string_new (NULL) : NULL;
    cd_grade_tally_init (&stream->batches[i].tally);
  }
}

static void
stream_clear (Stream *stream)
{
  for (guint i = 0; i < stream->length; i++) {
    g_string_free (stream->batches[i].text, TRUE);
    if (stream->batches[i].out != NULL)
      g_string_free (stream->batches[i].out, TRUE);
    cd_grade_tally_clear (&stream->batches[i].tally);
  }
  g_free (stream->batches);
  g_string_free (stream->rest, TRUE);
  g_free (stream->chunk);
  g_cond_clear (&stream->done);
  g_mutex_clear (&stream->lock);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stream, stream_clear)

/* pool: NULL grades in this thread. */
static gboolean
run (Stream *stream, GThreadPool *pool, CdGradeSink sink, gpointer data, GError **error)
{
  gboolean more = TRUE;
  while (more && !stream->ended) {
    if (stream->under_way == stream->length)
      more = finish_oldest (stream, sink, data);
    Batch *batch = &stream->batches[(stream->oldest + stream->under_way) % stream->length];
    if (more && !fill (stream, batch, error))
      return FALSE;
    if (!more || batch->text->len == 0)
      break;
    stream->under_way++;
    if (pool != NULL)
      g_thread_pool_push (pool, batch, NULL);
    else
      work (batch, stream);
  }
  while (more && stream->under_way > 0)
    more = finish_oldest (stream, sink, data);
  return TRUE;
}

gboolean
cd_grade_stream (const CdGradeTask *task, int descriptor, const char *name, guint threads, gboolean lines, CdGradeSink sink, gpointer data,
                 GError **error)
{
  g_auto (Stream) stream = { .task = task, .descriptor = descriptor, .name = name };
  stream_init (&stream, threads > 1 ? 2 * threads : 1, lines);
  GThreadPool *pool = threads > 1 ? g_thread_pool_new (work, &stream, (gint) threads, TRUE, NULL) : NULL;
  gboolean read_all = run (&stream, pool, sink, data, error);
  if (pool != NULL)
    g_thread_pool_free (pool, TRUE, TRUE);
  return read_all;
}
