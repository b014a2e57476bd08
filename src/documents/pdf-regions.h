/* Where the tables of a stream stand: captions, and runs of rows that hold figures. For documents/ only. */
#pragma once
#include "documents/pdf-rows.h"

typedef struct {
  guint start, end; /* rows of the stream */
  char *text;
  guint32 line, end_line;
  gboolean table; /* else a figure's */
} CdPdfCaption;

typedef struct {
  guint start, body, end; /* rows of the stream: heads are [start, body) */
  guint rows;             /* with at least two figures */
  guint data;             /* with at least one */
  guint labelled;         /* rows with a figure that begin with text */
  gint above, below;      /* indices of the nearest captions, -1 none near */
} CdPdfRegion;

GArray *cd_pdf_captions (const CdPdfStream *stream);                        /* CdPdfCaption, downwards; caller unrefs */
GArray *cd_pdf_regions (const CdPdfStream *stream, const GArray *captions); /* CdPdfRegion, downwards; caller unrefs */

/* What a row holds. */
typedef struct {
  guint segments, numbers, blanks;
  guint longest;         /* characters of the longest segment */
  gboolean first_number; /* it begins with a figure: alone, that is the number of a heading or of a list */
} CdPdfRowCount;
CdPdfRowCount cd_pdf_row_count (const CdPdfStream *stream, guint row);
/* TRUE where a row can be one of a table's body: a figure behind something else. */
gboolean cd_pdf_is_data (CdPdfRowCount count);
