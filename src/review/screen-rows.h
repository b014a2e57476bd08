/* Text set into rows of a screen part, and shown from any row on: questions, help and rules. */
#pragma once
#include "review/screen-tty.h"

typedef struct {
  char *lead; /* in front of the text; continued rows have blanks there */
  CdInk lead_ink;
  char *text;
  CdInk ink;
  guint tag; /* rows of one thing that can be chosen share it; 0 none */
} CdRow;

typedef struct {
  GPtrArray *rows; /* CdRow* */
  guint columns;
  gboolean unicode;
  guint tag; /* of rows that are added now */
} CdRows;
CdRows *cd_rows_new (guint columns, gboolean unicode);
void cd_rows_free (CdRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdRows, cd_rows_free)

/* Any text, made harmless, in at most `most` rows (0: as many as it takes); lead is clean. */
void cd_rows_add (CdRows *rows, const char *lead, CdInk lead_ink, const char *text, CdInk ink, guint most);
void cd_rows_addf (CdRows *rows, CdInk ink, const char *format, ...) G_GNUC_PRINTF (3, 4);
void cd_rows_gap (CdRows *rows);
/* The first row of a tag and how many there are; FALSE where there is none. */
gboolean cd_rows_find (const CdRows *rows, guint tag, guint *first, guint *count);
/* Draw from row top on, which is corrected to what there is; chosen: the tag whose first row is drawn as chosen, 0 none. */
void cd_rows_draw (const CdRows *rows, CdTty *tty, CdArea area, guint *top, guint chosen);
