/* A page of a terminal, written from left to right and line by line: columns, not bytes; nothing beyond the right border, no spaces at a line's end,
 * and of control characters, or of anything but ASCII where the terminal takes no more, only a spelling. What is written is left to the callers. */
#pragma once
#include "report/report.h"

typedef enum { CD_TINT_NONE, CD_TINT_STRONG, CD_TINT_FAINT, CD_TINT_GOOD, CD_TINT_FAIR, CD_TINT_BAD } CdTint;

typedef struct {
  GString *out;
  guint width, column;
  gboolean colour, unicode;
} CdPage;

void cd_page_init (CdPage *page, const CdReportStyle *style);
/* The finished text, for the caller to free; the page is empty afterwards. */
char *cd_page_finish (CdPage *page);
/* Columns that text takes on this page, as it is spelt there. */
guint cd_page_columns (const CdPage *page, const char *text);
/* Columns left on the line. */
guint cd_page_room (const CdPage *page);
/* Write text on the line; what does not fit is cut off, with an ellipsis. */
void cd_page_put (CdPage *page, const char *text, CdTint tint);
void cd_page_printf (CdPage *page, CdTint tint, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* Write text in at most so many columns; a longer one loses its middle, and more of its beginning than of its end: paths differ at the end. */
void cd_page_put_middle (CdPage *page, const char *text, guint columns, CdTint tint);
/* Write text in words over as many lines as it takes; they begin in the column where it was started. Does not end the last line. */
void cd_page_wrap (CdPage *page, const char *text, CdTint tint);
/* Spaces up to a column; none where the line is there already. */
void cd_page_move (CdPage *page, guint column);
void cd_page_end (CdPage *page);
/* An empty line, then a heading on a line of its own. */
void cd_page_heading (CdPage *page, const char *text);
/* A bar of so many columns, filled to part of whole; tinted by that share. */
void cd_page_bar (CdPage *page, guint columns, double part, double whole);
/* "✓" or "✗" ("y" or "n"). */
void cd_page_mark (CdPage *page, gboolean yes);
