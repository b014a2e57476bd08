/* A difference for a terminal: totals, rules, scores, criteria gained and lost with their lines, then what else is different. */
#include "report/difference.h"
#include <string.h>

#define INDENT 2u
#define DEEPER 6u
#define FIGURE 10u /* columns of one figure */
#define NAME_MOST 28u
#define PLACES 3u   /* of one criterion that are shown */
#define LISTED 200u /* changes; all of them are in JSON */
#define CLIP 600

static void
put_line (CdPage *page, guint column, const char *text, CdTint tint)
{
  g_autofree char *clipped = cd_difference_clip (text, CLIP);
  cd_page_move (page, column);
  cd_page_wrap (page, clipped, tint);
  cd_page_end (page);
}

static const char *
arrow (const CdPage *page)
{
  return page->unicode ? "→" : "->";
}

static void
put_head (CdPage *page, const CdDifference *difference)
{
  const CdRecord *const records[] = { difference->before, difference->after };
  g_autofree char *change = cd_difference_signed ((gint64) records[1]->total - records[0]->total);
  g_autofree char *summary = cd_difference_summary (difference), *rules = cd_difference_rules (difference);
  if (records[0]->of == records[1]->of)
    cd_page_printf (page, CD_TINT_STRONG, "%u %s %u of %u (%s)", records[0]->total, arrow (page), records[1]->total, records[1]->of, change);
  else
    cd_page_printf (page, CD_TINT_STRONG, "%u of %u %s %u of %u", records[0]->total, records[0]->of, arrow (page), records[1]->total, records[1]->of);
  cd_page_end (page);
  put_line (page, INDENT, summary, CD_TINT_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (records); i++) {
    g_autofree char *subject = cd_difference_subject (records[i]);
    cd_page_move (page, INDENT);
    cd_page_put (page, cd_difference_side (difference, i == 1), CD_TINT_FAINT);
    cd_page_move (page, INDENT + 8);
    cd_page_put_middle (page, subject, cd_page_room (page), CD_TINT_NONE);
    cd_page_end (page);
  }
  if (rules != NULL)
    put_line (page, INDENT, rules, CD_TINT_FAIR);
}

static void
put_right (CdPage *page, guint border, const char *text, CdTint tint)
{
  cd_page_move (page, border - MIN (border, cd_page_columns (page, text)));
  cd_page_put (page, text, tint);
}

/* A row of the table; change gives the tint. */
static void
put_row (CdPage *page, guint names, const char *const cells[4], gint64 change)
{
  cd_page_move (page, INDENT);
  cd_page_put_middle (page, cells[0], names - INDENT, CD_TINT_NONE);
  for (guint i = 1; i < 4; i++)
    put_right (page, names + i * FIGURE, cells[i], i < 3 || change == 0 ? CD_TINT_NONE : change > 0 ? CD_TINT_GOOD : CD_TINT_BAD);
  cd_page_end (page);
}

static char *
points_text (const CdRecordDimension *dimension)
{
  return dimension != NULL ? g_strdup_printf ("%u/%u", dimension->points, dimension->of) : g_strdup ("–");
}

static void
put_scores (CdPage *page, const CdDifference *difference)
{
  const CdRecord *before = difference->before, *after = difference->after;
  g_autoptr (GArray) rows = cd_difference_rows (difference);
  guint names = (guint) strlen ("likely range");
  for (guint i = 0; i < rows->len; i++)
    names = MAX (names, cd_page_columns (page, g_array_index (rows, CdDifferenceRow, i).name));
  names = MIN (names, NAME_MOST) + INDENT;
  cd_page_heading (page, "Score");
  put_row (page, names, (const char *const[]){ "", cd_difference_side (difference, FALSE), cd_difference_side (difference, TRUE), "change" }, 0);
  for (guint i = 0; i < rows->len; i++) {
    const CdDifferenceRow *row = &g_array_index (rows, CdDifferenceRow, i);
    gboolean both = row->before != NULL && row->after != NULL;
    gint64 change = both ? (gint64) row->after->points - row->before->points : 0;
    g_autofree char *first = points_text (row->before), *second = points_text (row->after);
    g_autofree char *shown = both ? cd_difference_signed (change) : g_strdup ("–");
    put_row (page, names, (const char *const[]){ row->name, first, second, shown }, difference->two_works ? 0 : change);
  }
  gint64 change = before->of == after->of ? (gint64) after->total - before->total : 0;
  g_autofree char *first = g_strdup_printf ("%u/%u", before->total, before->of), *second = g_strdup_printf ("%u/%u", after->total, after->of);
  g_autofree char *shown = before->of == after->of ? cd_difference_signed (change) : g_strdup ("–");
  g_autofree char *was_likely = g_strdup_printf ("%u–%u", before->likely[0], before->likely[1]);
  g_autofree char *is_likely = g_strdup_printf ("%u–%u", after->likely[0], after->likely[1]);
  put_row (page, names, (const char *const[]){ "total", first, second, shown }, difference->two_works ? 0 : change);
  put_row (page, names, (const char *const[]){ "likely range", was_likely, is_likely, "" }, 0);
}

static void
put_places (CdPage *page, const GArray *places)
{
  for (guint i = 0; i < places->len && i < PLACES; i++) {
    g_autofree char *place = cd_difference_place (&g_array_index (places, CdRecordPlace, i));
    cd_page_move (page, DEEPER);
    cd_page_put_middle (page, place, cd_page_room (page), CD_TINT_FAINT);
    cd_page_end (page);
  }
}

/* A criterion that one side has: its question, why it has it, where, and what the other side says instead. */
static void
put_criterion (CdPage *page, const CdDifference *difference, const CdDifferenceList *list, const CdVerdictChange *change)
{
  const CdRecordVerdict *shown = cd_difference_shown (list, change), *other = cd_difference_other (list, change);
  CdTint tint = difference->two_works ? CD_TINT_STRONG : list->after ? CD_TINT_GOOD : CD_TINT_BAD;
  g_autofree char *points = cd_difference_signed (list->after || difference->two_works ? (gint64) shown->of : -(gint64) shown->of);
  g_autofree char *instead = g_strdup_printf ("%s: %s", cd_difference_side (difference, !list->after), other != NULL ? other->why : "not asked");
  cd_page_move (page, INDENT);
  put_right (page, INDENT + 3, points, tint);
  cd_page_move (page, DEEPER);
  cd_page_put (page, shown->id, CD_TINT_STRONG);
  if (!shown->settled || (other != NULL && !other->settled))
    cd_page_put (page, " (in doubt)", CD_TINT_FAIR);
  cd_page_end (page);
  put_line (page, DEEPER, shown->question, CD_TINT_NONE);
  put_line (page, DEEPER, shown->why, CD_TINT_FAINT);
  put_places (page, shown->evidence);
  put_line (page, DEEPER, instead, CD_TINT_FAINT);
}

static guint
percent (const CdRecordVerdict *verdict)
{
  return (guint) (100 * CLAMP (verdict->certainty, 0, 1) + 1e-9);
}

/* An answer that only became more or less certain. */
static void
put_certainty (CdPage *page, const CdVerdictChange *change)
{
  cd_page_move (page, INDENT);
  cd_page_mark (page, change->after->yes);
  cd_page_move (page, DEEPER);
  cd_page_put (page, change->after->id, CD_TINT_NONE);
  cd_page_printf (page, CD_TINT_FAINT, "  %u %% %s %u %%", percent (change->before), arrow (page), percent (change->after));
  cd_page_end (page);
}

static void
put_list (CdPage *page, const CdDifference *difference, CdDifferenceListKind kind)
{
  const CdDifferenceList list = cd_difference_list (difference, kind);
  if (list.verdicts->len == 0)
    return;
  g_autofree char *title = g_strdup_printf ("%s: %u", list.title, list.verdicts->len);
  cd_page_heading (page, title);
  for (guint i = 0; i < list.verdicts->len && i < LISTED; i++) {
    const CdVerdictChange *change = &g_array_index (list.verdicts, CdVerdictChange, i);
    if (kind == CD_LIST_GAINED || kind == CD_LIST_LOST)
      put_criterion (page, difference, &list, change);
    else
      put_certainty (page, change);
  }
}

static void
put_change (CdPage *page, const CdDifference *difference, const CdChange *change)
{
  gboolean worse = change->worse && !difference->two_works;
  g_autofree char *what = g_strdup_printf ("%s: %s", cd_changed_kind_name (change->kind), change->what);
  g_autofree char *clipped = cd_difference_clip (what, CLIP);
  g_autofree char *states = difference->two_works    ? g_strdup_printf ("A: %s; B: %s", change->before != NULL ? change->before : "–",
                                                                     change->after != NULL ? change->after : "–")
                            : change->before == NULL ? g_strdup_printf ("new: %s", change->after)
                            : change->after == NULL  ? g_strdup_printf ("gone; it was: %s", change->before)
                                                     : g_strdup_printf ("%s %s %s", change->before, arrow (page), change->after);
  cd_page_move (page, INDENT);
  cd_page_put (page, worse ? "!" : "", CD_TINT_BAD);
  cd_page_move (page, INDENT + 2);
  cd_page_put (page, clipped, worse ? CD_TINT_BAD : CD_TINT_NONE);
  cd_page_end (page);
  put_line (page, DEEPER, states, CD_TINT_NONE);
  if (*change->where.path == '\0')
    return;
  g_autofree char *place = cd_difference_place (&change->where);
  g_autofree char *side = change->gone ? g_strdup_printf (" (%s)", cd_difference_side (difference, FALSE)) : g_strdup ("");
  cd_page_move (page, DEEPER);
  cd_page_put_middle (page, place, cd_page_room (page) - (guint) strlen (side), CD_TINT_FAINT);
  cd_page_put (page, side, CD_TINT_FAINT);
  cd_page_end (page);
}

static void
put_changes (CdPage *page, const CdDifference *difference)
{
  const GPtrArray *changes = difference->changes;
  if (changes->len == 0)
    return;
  g_autofree char *title = g_strdup_printf ("%s: %u", difference->two_works ? "Other differences" : "Other changes", changes->len);
  cd_page_heading (page, title);
  for (guint i = 0; i < changes->len && i < LISTED; i++)
    put_change (page, difference, changes->pdata[i]);
  if (changes->len > LISTED) {
    g_autofree char *more = g_strdup_printf ("and %u more; --format json has all", changes->len - LISTED);
    put_line (page, INDENT, more, CD_TINT_FAINT);
  }
}

char *
cd_difference_text (const CdDifference *difference, const CdReportStyle *style)
{
  CdPage page;
  cd_page_init (&page, style);
  put_head (&page, difference);
  if (!cd_difference_is_empty (difference))
    put_scores (&page, difference);
  for (guint kind = 0; kind < CD_LISTS; kind++)
    put_list (&page, difference, kind);
  put_changes (&page, difference);
  return cd_page_finish (&page);
}
