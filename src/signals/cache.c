/* The stored form of compiled signals, in a cache file or embedded: a table of the signals, then libhs's databases as they lie in memory,
 * used in place: a start neither parses YAML, nor compiles, nor copies. It names the digest of everything it was made from; whatever is wrong
 * with it, it is ignored. */
#include "signals/set.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Raised whenever the layout below changes. */
#define LAYOUT "candor-signals-3"
/* Databases refer to their parts by offsets and may lie anywhere where libhs's deserializer could have put them: on such a border. */
#define DATABASE_BORDER ((gsize) 64)

typedef struct {
  char layout[16];
  char made_from[64]; /* digest of rules and library, in hex */
  guint64 sum;        /* of all that follows */
  guint64 table_bytes;
  guint64 database_bytes[CD_CLASSES]; /* after the table, each on its border; 0 for none */
  guint32 signals, files;
} Header;

/* The numbers of one signal; its strings follow in order: id, means, pattern, yes…, no…. */
typedef struct {
  guint32 options; /* 1 caseless, 2 multiline, 4 dotall */
  guint32 where, unless, context, width, line, file, yes, no;
} Row;

/* FNV-1a over words: guards against damage, not against malice (whoever writes the user's cache needs no such detour). */
#define SUMMED_FROM (offsetof (Header, sum) + sizeof (guint64))

static guint64
sum_of (const char *bytes, gsize length)
{
  guint64 sum = 14695981039346656037u;
  for (; length > 0;) {
    guint64 word = 0;
    gsize step = MIN (length, sizeof word);
    memcpy (&word, bytes, step);
    sum = (sum ^ word) * 1099511628211u;
    bytes += step;
    length -= step;
  }
  return sum;
}

/* The digest of what a stored form is made from, the processor aside. */
static char *
made_from (const CdData *data)
{
  g_autofree char *rules = cd_data_digest (data, "rubrics/signals");
  g_autofree char *text = g_strdup_printf (LAYOUT "|%s|%s", rules, hs_version ());
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

char *
cd_signals_cache_path (const CdData *data, const char *cache)
{
  hs_platform_info_t platform = { 0 };
  if (cache == NULL || hs_populate_platform (&platform) != HS_SUCCESS)
    return NULL;
  g_autofree char *digest = made_from (data);
  g_autofree char *name = g_strdup_printf ("signals-%s-%u-%llx.db", digest, platform.tune, platform.cpu_features);
  return g_build_filename (cache, name, NULL);
}

static gsize
on_border (gsize offset)
{
  return (offset + DATABASE_BORDER - 1) / DATABASE_BORDER * DATABASE_BORDER;
}

static void
put_string (GByteArray *table, const char *text)
{
  g_byte_array_append (table, (const guint8 *) text, (guint) strlen (text) + 1);
}

/* Files are kept by rule name, not by path: the same rules may be read from another directory the next time. */
static GPtrArray *
files_of (const CdData *data, GPtrArray *wheres)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) list = cd_data_list (data, "rubrics/signals");
  for (guint i = 0; list[i] != NULL; i++)
    if (g_str_has_suffix (list[i], ".yaml")) {
      g_ptr_array_add (wheres, cd_data_where (data, list[i]));
      g_ptr_array_add (names, g_steal_pointer (&list[i]));
    } else
      g_clear_pointer (&list[i], g_free);
  return names;
}

static void
put_signal (GByteArray *table, const CdSignals *signals, guint index, const GPtrArray *wheres)
{
  const CdSignal *signal = cd_signals_at (signals, index);
  const CdSignalForm *form = &g_array_index (signals->forms, CdSignalForm, index);
  Row row = { .options = (signal->caseless ? 1u : 0) | (signal->multiline ? 2u : 0) | (signal->dotall ? 4u : 0),
              .where = signal->where,
              .unless = signal->unless,
              .context = form->context,
              .width = form->width,
              .line = signal->line,
              .yes = g_strv_length (signal->yes),
              .no = g_strv_length (signal->no) };
  while (row.file < wheres->len && strcmp (g_ptr_array_index (wheres, row.file), signal->file) != 0)
    row.file++;
  g_byte_array_append (table, (const guint8 *) &row, sizeof row);
  put_string (table, signal->id);
  put_string (table, signal->means);
  put_string (table, signal->pattern);
  for (guint i = 0; i < row.yes; i++)
    put_string (table, signal->yes[i]);
  for (guint i = 0; i < row.no; i++)
    put_string (table, signal->no[i]);
}

/* What libhs's deserializer makes of a database, on its border. FALSE where libhs refuses. */
static gboolean
put_database (GByteArray *stored, const hs_database_t *database, guint64 *length)
{
  char *serial = NULL;
  gsize serial_length = 0, size = 0;
  if (hs_serialize_database (database, &serial, &serial_length) != HS_SUCCESS)
    return FALSE;
  hs_database_t *image = NULL;
  if (hs_serialized_database_size (serial, serial_length, &size) == HS_SUCCESS)
    image = aligned_alloc (DATABASE_BORDER, on_border (size));
  gboolean good = image != NULL && hs_deserialize_database_at (serial, serial_length, image) == HS_SUCCESS;
  if (good) {
    static const guint8 zeros[DATABASE_BORDER];
    g_byte_array_append (stored, zeros, (guint) (on_border (stored->len) - stored->len));
    g_byte_array_append (stored, (const guint8 *) image, (guint) size);
    *length = size;
  }
  free (image);
  free (serial);
  return good;
}

GBytes *
cd_signals_store (const CdSignals *signals, const CdData *data)
{
  g_autoptr (GPtrArray) wheres = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) files = files_of (data, wheres);
  g_autoptr (GByteArray) stored = g_byte_array_new ();
  Header header = { .signals = cd_signals_length (signals), .files = files->len };
  g_byte_array_append (stored, (const guint8 *) &header, sizeof header);
  for (guint i = 0; i < files->len; i++)
    put_string (stored, g_ptr_array_index (files, i));
  for (guint i = 0; i < cd_signals_length (signals); i++)
    put_signal (stored, signals, i, wheres);
  header.table_bytes = stored->len - sizeof header;
  for (guint class = 0; class < CD_CLASSES; class ++)
    if (signals->databases[class] != NULL && !put_database (stored, signals->databases[class], &header.database_bytes[class]))
      return NULL;
  g_autofree char *digest = made_from (data);
  memcpy (header.made_from, digest, sizeof header.made_from);
  memcpy (header.layout, LAYOUT, sizeof header.layout);
  memcpy (stored->data, &header, sizeof header);
  header.sum = sum_of ((const char *) stored->data + SUMMED_FROM, stored->len - SUMMED_FROM);
  memcpy (stored->data, &header, sizeof header);
  return g_byte_array_free_to_bytes (g_steal_pointer (&stored));
}

typedef struct {
  const char *at, *end;
} Cursor;

static const char *
take_string (Cursor *cursor)
{
  const char *text = cursor->at;
  const char *nul = memchr (text, '\0', (gsize) (cursor->end - text));
  if (nul == NULL)
    return NULL;
  cursor->at = nul + 1;
  return text;
}

/* length strings as a vector that borrows them; NULL where the table ends before. */
static char **
take_strings (Cursor *cursor, guint32 length)
{
  if (length > (gsize) (cursor->end - cursor->at))
    return NULL;
  g_autofree char **texts = g_new0 (char *, (gsize) length + 1);
  for (guint32 i = 0; i < length; i++)
    if ((texts[i] = (char *) take_string (cursor)) == NULL)
      return NULL;
  return g_steal_pointer (&texts);
}

static gboolean
take_signal (Cursor *cursor, const GPtrArray *wheres, CdSignal *signal, CdSignalForm *form)
{
  Row row;
  if ((gsize) (cursor->end - cursor->at) < sizeof row)
    return FALSE;
  memcpy (&row, cursor->at, sizeof row);
  cursor->at += sizeof row;
  if (row.file >= wheres->len)
    return FALSE;
  *form = (CdSignalForm){ .width = row.width, .context = row.context };
  *signal = (CdSignal){ .caseless = (row.options & 1) != 0,
                        .multiline = (row.options & 2) != 0,
                        .dotall = (row.options & 4) != 0,
                        .where = row.where,
                        .unless = row.unless,
                        .line = row.line,
                        .file = g_ptr_array_index (wheres, row.file) };
  signal->id = (char *) take_string (cursor);
  signal->means = signal->id == NULL ? NULL : (char *) take_string (cursor);
  signal->pattern = signal->means == NULL ? NULL : (char *) take_string (cursor);
  signal->yes = signal->pattern == NULL ? NULL : take_strings (cursor, row.yes);
  signal->no = signal->yes == NULL ? NULL : take_strings (cursor, row.no);
  return signal->no != NULL;
}

/* Signals and forms out of the table; files become the paths that messages name today. */
static gboolean
take_table (CdSignals *signals, const CdData *data, const Header *header, Cursor *cursor)
{
  g_autoptr (GPtrArray) wheres = g_ptr_array_new ();
  for (guint32 i = 0; i < header->files; i++) {
    const char *name = take_string (cursor);
    if (name == NULL)
      return FALSE;
    g_autofree char *where = cd_data_where (data, name);
    g_ptr_array_add (wheres, g_string_chunk_insert (signals->strings, where));
  }
  for (guint32 i = 0; i < header->signals; i++) {
    CdSignal signal = { 0 };
    CdSignalForm form = { 0 };
    gboolean good = take_signal (cursor, wheres, &signal, &form);
    g_array_append_val (signals->signals, signal);
    g_array_append_val (signals->forms, form);
    if (!good)
      return FALSE;
    g_hash_table_insert (signals->index, signal.id, GUINT_TO_POINTER (signals->signals->len));
  }
  return TRUE;
}

static gboolean
is_made_from (const CdData *data, const Header *header)
{
  g_autofree char *digest = made_from (data);
  return memcmp (header->layout, LAYOUT, sizeof header->layout) == 0 && memcmp (header->made_from, digest, sizeof header->made_from) == 0;
}

/* FALSE unless the parts fill the length exactly. */
static gboolean
take_databases (CdSignals *signals, const Header *header, const char *bytes, gsize length)
{
  if (header->table_bytes > length - sizeof *header)
    return FALSE;
  gsize at = sizeof *header + header->table_bytes;
  for (guint class = 0; class < CD_CLASSES; class ++) {
    if (header->database_bytes[class] == 0)
      continue;
    at = on_border (at);
    if (at > length || header->database_bytes[class] > length - at)
      return FALSE;
    signals->databases[class] = (hs_database_t *) (bytes + at);
    at += header->database_bytes[class];
  }
  return at == length;
}

gboolean
cd_signals_restore (CdSignals *signals, const CdData *data, GBytes *stored, gboolean trusted)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (stored, &length);
  Header header;
  if (length < sizeof header || (guintptr) bytes % DATABASE_BORDER != 0)
    return FALSE;
  memcpy (&header, bytes, sizeof header);
  if (!is_made_from (data, &header) || (!trusted && sum_of (bytes + SUMMED_FROM, length - SUMMED_FROM) != header.sum))
    return FALSE;
  signals->stored = g_bytes_ref (stored);
  Cursor cursor = { .at = bytes + sizeof header, .end = bytes + sizeof header + header.table_bytes };
  return take_databases (signals, &header, bytes, length) && take_table (signals, data, &header, &cursor);
}
