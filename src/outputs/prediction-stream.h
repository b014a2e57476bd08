/* The records of a file of any length, one after the other: JSON Lines, lists and objects of records, JSON values one behind the other, separated
 * values. Holds one record at a time. For predictions*.c. */
#pragma once
#include <gio/gio.h>

#define CD_RECORD_BYTES (16u * 1024u * 1024u) /* a longer record is passed over and counted as malformed */

typedef enum {
  CD_STREAM_END,
  CD_STREAM_RECORD,
  CD_STREAM_FAULT, /* what stands here cannot be a record; reading goes on behind it */
  CD_STREAM_ERROR  /* of the stream */
} CdStreamState;

typedef struct {
  const char *text; /* a JSON value, length bytes; of separated values an object with the header's names. Valid until the next call */
  gsize length;
  guint64 line;     /* 1-based, of its first byte */
  const char *name; /* of the member of an object that it is, valid UTF-8: it may be something else than a record. NULL not a member */
} CdStreamRecord;

typedef struct _CdRecordStream CdRecordStream;
/* language: "jsonl", "json", "csv", "tsv". NULL for another. */
CdRecordStream *cd_record_stream_new (GInputStream *stream, const char *language);
void cd_record_stream_free (CdRecordStream *records);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdRecordStream, cd_record_stream_free)
CdStreamState cd_record_stream_next (CdRecordStream *records, CdStreamRecord *record, GError **error);
