/* One file of the tree, read from end to end on the screen: a cursor, a search, and marks that are the caller's. */
#pragma once
#include "documents/document.h"
#include "review/screen-tty.h"

/* Lines that are told from others. */
typedef struct {
  guint document; /* index into the corpus */
  guint line, end;
} CdSpan;
gboolean cd_spans_hold (const GArray *spans, guint document, guint line);
/* Take the line in, or out where it is in. Neighbours become one span. */
void cd_spans_toggle (GArray *spans, guint document, guint line);

typedef struct _CdFileView CdFileView;
/* document is borrowed. line: where the cursor stands at first. */
CdFileView *cd_file_view_new (const CdDocument *document, guint index, guint line, gboolean unicode);
void cd_file_view_free (CdFileView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdFileView, cd_file_view_free)
const CdDocument *cd_file_view_document (const CdFileView *view);
guint cd_file_view_index (const CdFileView *view);
guint cd_file_view_line (const CdFileView *view);
/* Why there is nothing to read; NULL where there is something. */
char *cd_file_view_nothing (const CdFileView *view);
/* The whole file at once, its lines numbered; marked: the reader's, shown: those that candidates name. cursor: the cursor's row is drawn as chosen. */
void cd_file_view_draw (CdFileView *view, CdTty *tty, CdArea area, const GArray *marked, const GArray *shown, gboolean cursor);
/* Moves; FALSE where the key is none. */
gboolean cd_file_view_key (CdFileView *view, const CdKey *key);
/* Look for text from the cursor on (again: behind what was found), or backwards, once around the file. text: NULL for the last one.
 * FALSE where it is nowhere; *around: the search went past an end of the file. */
gboolean cd_file_view_search (CdFileView *view, const char *text, gboolean backwards, gboolean *around);
const char *cd_file_view_sought (const CdFileView *view); /* "" none */
