/* Rows of separated values (RFC 4180) as JSON objects. For prediction-stream.c. */
#pragma once
#include "outputs/prediction-buffer.h"
#include "outputs/prediction-stream.h"

typedef struct {
  char separator;      /* '\0': told from the header */
  GPtrArray *names;    /* of the header; NULL before it was read */
  GString *row;        /* the row as an object */
  gboolean quotes_end; /* a quote that nothing closes was seen: none reaches over a line's end any more */
} CdTable;

void cd_table_clear (CdTable *table);
CdStreamState cd_table_next (CdTable *table, CdBuffer *buffer, CdStreamRecord *record);
