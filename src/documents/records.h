/* The problems of a data file, one record after the other: what a record puts before whoever is to solve it, by the names of its fields. Streams: nothing of the
 * file is kept. Understands JSON Lines, arrays of records, records one after the other, an object of records, lists or columns, and separated values. */
#pragma once
#include <glib.h>

typedef struct {
  const char *text; /* UTF-8 as the file has it, not terminated; valid during the call */
  gsize length;
  guint32 line; /* 1-based, where the record begins */
} CdRecord;

/* FALSE ends the reading. */
typedef gboolean (*CdRecordVisit) (const CdRecord *record, gpointer data);

/* Calls visit for each record of the file that has a problem. language: as documents call it ("jsonl", "json", "csv", "tsv"); others have no records. A record
 * that cannot be read is passed over; a fault in an array or object ends it. Returns how many records were visited. */
gint64 cd_records_visit (const char *text, gsize length, const char *language, CdRecordVisit visit, gpointer data);
/* TRUE where a field of that name holds a record's problem. */
gboolean cd_records_is_problem_field (const char *name);
