/* The rows of a region as a grid of cells. For documents/ only. */
#pragma once
#include "documents/pdf-regions.h"

#define CD_PDF_COLUMNS 64u
#define CD_PDF_GRID_ROWS 400u

typedef struct {
  float left, right;
  gboolean number; /* figures stand in it */
} CdPdfColumn;

typedef struct {
  GString *text; /* NULL empty */
  guint32 line;
} CdPdfCell;

/* Rows of cells; a grid row is a row of the stream until lines of labels are joined. */
typedef struct {
  const CdPdfStream *stream;
  CdPdfRegion region;
  GArray *columns; /* CdPdfColumn, from left to right */
  guint labels;    /* columns before the first one of figures */
  GArray *cells;   /* CdPdfCell, row by row, columns->len a row */
  guint8 *dropped; /* by row: its text stands in other rows now */
  guint rows, heads;
} CdPdfGrid;

/* NULL where there are no two columns. */
CdPdfGrid *cd_pdf_grid_new (const CdPdfStream *stream, const CdPdfRegion *region);
void cd_pdf_grid_free (CdPdfGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdPdfGrid, cd_pdf_grid_free)

CdPdfCell *cd_pdf_grid_cell (const CdPdfGrid *grid, guint row, guint column);
/* Words [start, end) of the stream into a cell, behind (or, before: in front of) what it has. */
void cd_pdf_grid_put (CdPdfGrid *grid, guint row, guint column, guint start, guint end, gboolean before);
/* The column that an interval overlaps most, else the nearest. */
guint cd_pdf_grid_column (const CdPdfGrid *grid, float left, float right);

/* pdf-heads.c: the heads above the figures, spans repeated. */
void cd_pdf_grid_fill_heads (CdPdfGrid *grid);
/* pdf-labels.c: labels of several lines joined, labels of several rows repeated. */
void cd_pdf_grid_join_labels (CdPdfGrid *grid);
