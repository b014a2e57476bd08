/* Pages of one audit, from its record: self-contained, nothing loaded from outside. */
#pragma once
#include "page/html.h"
#include "record/record.h"

/* One point of a work's score over time. */
typedef struct {
  const char *commit, *date;
  guint total;
} CdScorePoint;

typedef struct {
  const char *name;           /* of the work; NULL: what its remote or commit says */
  const char *note;           /* NULL none */
  const char *home;           /* where the leaderboard is, relative; NULL: the page stands alone */
  const CdScorePoint *points; /* over time, oldest first; from the record's own history where points is NULL */
  guint n_points;
} CdPageContext;

/* The whole page. context may be NULL. Caller frees. */
char *cd_page_audit (const CdRecord *record, const CdPageContext *context);

/* Drawings, each an <svg> with a title and a description for those who hear it, and a table of the same figures where it holds figures. */
void cd_draw_dimensions (CdHtml *html, const CdRecord *record);     /* score and likely range, a bar a dimension */
void cd_draw_dimension_bars (CdHtml *html, const CdRecord *record); /* the same in the size of a table's cell */
void cd_draw_lineage (CdHtml *html, const CdRecord *record);        /* teacher → data → model */
void cd_draw_reproductions (CdHtml *html, const CdRecord *record);  /* claims against what was obtained: dots and intervals, the logged runs behind */
void cd_draw_time (CdHtml *html, const CdScorePoint *points, guint length); /* score over time */

/* teachers → works, for a teacher's page: rows of work, its page, and what stands in place of its saying so ("not mentioned in its documents"); NULL: it says so. */
typedef struct {
  const char *work, *target, *said;
} CdTaught;
void cd_draw_taught (CdHtml *html, const char *teacher, const CdTaught *works, guint length);
