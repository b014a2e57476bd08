/* The words of one page as rows of segments: what a reader's eye takes for one line, cut where the gaps are wide. For documents/ only. */
#pragma once
#include "documents/pdf-words.h"

/* What a cell may be. */
typedef enum {
  CD_PDF_TEXT,
  CD_PDF_NUMBER, /* "46.7", "13/30", "71.2 ± 0.3", "80.1 (+2.0)", "↑ 3.4 %" */
  CD_PDF_BLANK,  /* a dash or "N/A" where a number could be */
} CdPdfCellKind;
CdPdfCellKind cd_pdf_cell_kind (const char *text);

typedef struct {
  float left, right;
  guint start, end; /* words */
  guint characters;
  CdPdfCellKind kind;
} CdPdfSegment;

typedef struct {
  float left, right, top, bottom;
  guint start, end; /* segments */
  guint32 line;     /* of its first word */
} CdPdfRow;

/* A column of text of the page, or a part of it from edge to edge. */
typedef struct {
  float left, right;
  GArray *words;    /* CdPdfWord, row by row from left to right */
  GArray *segments; /* CdPdfSegment */
  GArray *rows;     /* CdPdfRow, downwards */
} CdPdfStream;

/* CdPdfStream*, in reading order; texts stay the words'. A page that is printed sideways is turned first. Caller frees. */
GPtrArray *cd_pdf_streams (const CdPdfWords *words, guint page);
/* The words from start to end with a space where there is a gap. Caller frees. */
char *cd_pdf_stream_text (const CdPdfStream *stream, guint start, guint end);

/* Between pdf-rows.c and pdf-zones.c. */
typedef struct {
  CdPdfWord word;
  guint row;
  gboolean apart; /* from the word before it in the row: they are parts of two cells */
} CdPdfPlaced;

/* The words [start, end) of one row; where gutter is not 0, those left and right of it are lines of two columns. */
typedef struct {
  guint start, end;
  float gutter;
} CdPdfZoneRow;

/* placed: CdPdfPlaced, by row and from left to right. Returns CdPdfZoneRow for each row. */
GArray *cd_pdf_zones (const GArray *placed);
/* Further gutters, beside tables and figures that share the page's width with text or with one another. pdf-beside.c. */
void cd_pdf_zones_beside (const GArray *placed, GArray *rows);
/* 1 where text begins a table's caption, 2 a figure's, 0 none. pdf-regions.c. */
guint cd_pdf_caption_kind (const char *text);
