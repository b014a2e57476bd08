/* The report for a terminal: transparency over time, a commit a line with its bar, and under it what it gained and lost; then what was said once
 * and is said no more. */
#include "report/history.h"

#define INDENT 2u
#define DATE 12u   /* columns, as of the commit */
#define COMMIT 10u /* of its id */
#define TAG_MOST 16u
#define BAR_MOST 40u
#define BAR_LEAST 10u
#define LABEL 16u /* columns: of distillation, with the space before it */

/* Where the columns of a point's line begin. */
typedef struct {
  guint tag, total, bar;
} Columns;

static Columns
columns_of (const CdPage *page, const CdAudit *audit)
{
  guint widest = 0;
  for (guint i = 0; i < audit->timeline->len; i++) {
    const CdTimelinePoint *point = g_ptr_array_index (audit->timeline, i);
    widest = MAX (widest, point->tag != NULL ? cd_page_columns (page, point->tag) : 0);
  }
  Columns columns = { .tag = INDENT + DATE + COMMIT + 2 };
  columns.total = columns.tag + (widest > 0 ? MIN (widest, TAG_MOST) + 2 : 0);
  columns.bar = columns.total + 5;
  return columns;
}

static void
put_changes (CdPage *page, const char *sign, const GPtrArray *ids, CdTint tint)
{
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (ids, i));
  if (list->len == 0)
    return;
  cd_page_move (page, INDENT + DATE);
  cd_page_put (page, sign, tint);
  cd_page_move (page, INDENT + DATE + 2);
  cd_page_wrap (page, list->str, CD_TINT_FAINT);
  cd_page_end (page);
}

static void
put_point (CdPage *page, const CdAudit *audit, const CdTimelinePoint *point, const Columns *columns)
{
  g_autofree char *date = cd_report_date (point->time);
  char hex[41];
  cd_oid_to_hex (&point->commit, hex);
  cd_page_move (page, INDENT);
  cd_page_put (page, date, CD_TINT_NONE);
  cd_page_move (page, INDENT + DATE);
  cd_page_printf (page, CD_TINT_FAINT, "%.*s", (int) COMMIT, hex);
  cd_page_move (page, columns->tag);
  cd_page_put_middle (page, point->tag != NULL ? point->tag : "", TAG_MOST, CD_TINT_NONE);
  cd_page_move (page, columns->total);
  if (point->why != NULL) {
    g_autofree char *said = g_strconcat ("not audited: ", point->why, NULL);
    cd_page_wrap (page, said, CD_TINT_FAINT);
    cd_page_end (page);
    return;
  }
  guint room = page->width > columns->bar + LABEL ? page->width - columns->bar - LABEL : 0, bar = CLAMP (room, BAR_LEAST, BAR_MOST);
  cd_page_printf (page, CD_TINT_STRONG, "%3u", point->total);
  cd_page_move (page, columns->bar);
  cd_page_bar (page, bar, point->total, audit->score.of);
  cd_page_move (page, columns->bar + bar + 2);
  cd_page_put (page, point->label, CD_TINT_FAINT);
  cd_page_end (page);
  put_changes (page, "+", point->gained, CD_TINT_GOOD);
  put_changes (page, page->unicode ? "−" : "-", point->lost, CD_TINT_BAD);
}

static void
put_commit (CdPage *page, const CdAudit *audit, const char *what, guint index)
{
  const CdCommit *commit = &g_array_index (cd_history_commits (audit->history), CdCommit, index);
  g_autofree char *date = cd_report_date (commit->time);
  char hex[41];
  cd_oid_to_hex (&commit->oid, hex);
  cd_page_printf (page, CD_TINT_FAINT, "%s %s %.*s", what, date, (int) COMMIT, hex);
}

static void
put_removed (CdPage *page, const CdAudit *audit, const CdRemoved *removed)
{
  g_autofree char *place = g_strdup_printf ("%s:%u", removed->path, removed->line);
  cd_page_move (page, INDENT);
  cd_page_put_middle (page, removed->what, page->width / 2, CD_TINT_STRONG);
  cd_page_move (page, page->column + 2);
  cd_page_put_middle (page, place, cd_page_room (page), CD_TINT_NONE);
  cd_page_end (page);
  g_autofree char *said
      = g_strdup_printf ("%s%s%s%s", cd_removed_kind_says (removed->kind), removed->instead != NULL ? "; now: " : "",
                         removed->instead != NULL ? removed->instead : "", removed->still_told ? "; it is among the teachers still" : "");
  cd_page_move (page, INDENT + 2);
  cd_page_wrap (page, said, CD_TINT_NONE);
  cd_page_end (page);
  cd_page_move (page, INDENT + 2);
  put_commit (page, audit, "since", removed->first);
  cd_page_end (page);
  cd_page_move (page, INDENT + 2);
  put_commit (page, audit, "until", removed->taken);
  cd_page_end (page);
}

static void
put_removals (CdPage *page, const CdAudit *audit)
{
  const CdRemovals *removals = audit->removals;
  if (removals->list->len > 0)
    cd_page_heading (page, "Said once, and said no more");
  for (guint i = 0; i < removals->list->len; i++)
    put_removed (page, audit, g_ptr_array_index (removals->list, i));
  if (removals->left == 0)
    return;
  cd_page_end (page);
  cd_page_move (page, INDENT);
  cd_page_printf (page, CD_TINT_FAINT, "%u former versions were not read: too many, too large or missing", removals->left);
  cd_page_end (page);
}

void
cd_text_history (CdPage *page, const CdAudit *audit)
{
  if (audit->timeline == NULL)
    return;
  cd_page_heading (page, "Over time");
  const Columns columns = columns_of (page, audit);
  for (guint i = 0; i < audit->timeline->len; i++)
    put_point (page, audit, g_ptr_array_index (audit->timeline, i), &columns);
  put_removals (page, audit);
}
