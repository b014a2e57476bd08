/* A difference as a comment on a pull request: the headline, scores, criteria gained and lost, other changes; the rest folded away. Everything that comes from
 * an audit is escaped (markup.h), cut where it is long, and listed only so far that the comment stays below GitHub's limit. */
#include "report/difference.h"
#include "report/markup.h"
#include <string.h>

#define CRITERIA 12u /* of a list that are shown */
#define CHANGES 20u  /* likewise; as many more are folded */
#define PLACES 2u
#define TEXT 160    /* characters of a piece of text */
#define LINK 600u   /* bytes of an address: a longer one is left out */
#define MOST 40000u /* bytes of the comment, after which rows are only counted: one more row and the end take less than 20,000 */

/* What is being written: a row that comes too late is left out. */
typedef struct {
  GString *out;
  const CdDifference *difference;
  guint left; /* rows that had no room */
} Comment;

static void
add_text (Comment *comment, const char *text)
{
  g_autofree char *clipped = cd_difference_clip (text, TEXT);
  cd_markup_text (comment->out, clipped);
}

static void
add_code (Comment *comment, const char *text)
{
  g_autofree char *clipped = cd_difference_clip (text, TEXT);
  cd_markup_code (comment->out, clipped);
}

static void
add_place (Comment *comment, const CdRecord *record, const CdRecordPlace *place)
{
  g_autofree char *shown = cd_difference_place (place), *link = cd_record_link (record, place);
  if (*place->path == '\0')
    return;
  gboolean linked = link != NULL && strlen (link) <= LINK;
  g_string_append (comment->out, linked ? "[" : "");
  add_code (comment, shown);
  if (linked)
    g_string_append_printf (comment->out, "](%s)", link);
}

static gboolean
has_room (Comment *comment)
{
  gboolean room = comment->out->len < MOST;
  comment->left += room ? 0 : 1;
  return room;
}

static void
add_head (Comment *comment)
{
  const CdDifference *difference = comment->difference;
  const CdRecord *before = difference->before, *after = difference->after;
  g_autofree char *change = cd_difference_signed ((gint64) after->total - before->total);
  g_autofree char *summary = cd_difference_summary (difference), *rules = cd_difference_rules (difference);
  g_string_append (comment->out, CD_DIFFERENCE_MARKER "\n");
  if (before->of == after->of)
    g_string_append_printf (comment->out, "### Transparency: %u → %u of %u (%s)\n\n", before->total, after->total, after->of, change);
  else
    g_string_append_printf (comment->out, "### Transparency: %u of %u → %u of %u\n\n", before->total, before->of, after->total, after->of);
  if (rules != NULL) {
    g_string_append (comment->out, "> **Different rules.** ");
    g_autofree char *clipped = cd_difference_clip (rules, 2 * TEXT);
    cd_markup_text (comment->out, clipped);
    g_string_append (comment->out, "\n\n");
  }
  *summary = g_ascii_toupper (*summary);
  g_string_append_printf (comment->out, "%s.\n", summary);
}

static void
add_score_row (Comment *comment, const char *name, const CdRecordDimension *before, const CdRecordDimension *after)
{
  g_string_append (comment->out, "| ");
  add_text (comment, name);
  g_string_append (comment->out, " | ");
  if (before != NULL)
    g_string_append_printf (comment->out, "%u / %u", before->points, before->of);
  g_string_append (comment->out, " | ");
  if (after != NULL)
    g_string_append_printf (comment->out, "%u / %u", after->points, after->of);
  g_autofree char *change = before != NULL && after != NULL ? cd_difference_signed ((gint64) after->points - before->points) : g_strdup ("");
  g_string_append_printf (comment->out, " | %s |\n", change);
}

static void
add_scores (Comment *comment)
{
  const CdDifference *difference = comment->difference;
  const CdRecord *before = difference->before, *after = difference->after;
  g_autoptr (GArray) rows = cd_difference_rows (difference);
  g_autofree char *change = before->of == after->of ? cd_difference_signed ((gint64) after->total - before->total) : g_strdup ("–");
  g_string_append_printf (comment->out, "\n| | %s | %s | Change |\n|---|---:|---:|---:|\n", difference->two_works ? "A" : "Before",
                          difference->two_works ? "B" : "After");
  for (guint i = 0; i < rows->len; i++) {
    const CdDifferenceRow *row = &g_array_index (rows, CdDifferenceRow, i);
    if (has_room (comment))
      add_score_row (comment, row->name, row->before, row->after);
  }
  g_string_append_printf (comment->out, "| **Total** | **%u / %u** | **%u / %u** | **%s** |\n", before->total, before->of, after->total, after->of,
                          change);
  g_string_append_printf (comment->out, "| Likely range | %u to %u | %u to %u | |\n", before->likely[0], before->likely[1], after->likely[0],
                          after->likely[1]);
}

static void
add_criterion (Comment *comment, const CdDifferenceList *list, const CdVerdictChange *change)
{
  const CdDifference *difference = comment->difference;
  const CdRecordVerdict *shown = cd_difference_shown (list, change), *other = cd_difference_other (list, change);
  g_autofree char *points = cd_difference_signed (list->after || difference->two_works ? (gint64) shown->of : -(gint64) shown->of);
  g_string_append (comment->out, "| ");
  add_code (comment, shown->id);
  g_string_append (comment->out, !shown->settled || (other != NULL && !other->settled) ? " (in doubt)<br>" : "<br>");
  add_text (comment, shown->question);
  g_string_append_printf (comment->out, " | %s | ", points);
  for (guint i = 0; i < shown->evidence->len && i < PLACES; i++) {
    add_place (comment, list->after ? difference->after : difference->before, &g_array_index (shown->evidence, CdRecordPlace, i));
    g_string_append (comment->out, "<br>");
  }
  add_text (comment, shown->why);
  g_string_append (comment->out, " | ");
  add_text (comment, other != NULL ? other->why : "not asked");
  g_string_append (comment->out, " |\n");
}

static void
add_more (Comment *comment, guint all, guint shown)
{
  if (all > shown)
    g_string_append_printf (comment->out, "\nAnd %u more.\n", all - shown);
}

static void
add_criteria (Comment *comment, CdDifferenceListKind kind)
{
  const CdDifferenceList list = cd_difference_list (comment->difference, kind);
  if (list.verdicts->len == 0)
    return;
  g_autofree char *instead = g_strdup (cd_difference_side (comment->difference, !list.after));
  *instead = g_ascii_toupper (*instead);
  g_string_append_printf (comment->out, "\n#### %s: %u\n\n| Criterion | Points | Evidence (%s) | %s |\n|---|---:|---|---|\n", list.title,
                          list.verdicts->len, cd_difference_side (comment->difference, list.after), instead);
  for (guint i = 0; i < list.verdicts->len && i < CRITERIA; i++)
    if (has_room (comment))
      add_criterion (comment, &list, &g_array_index (list.verdicts, CdVerdictChange, i));
  add_more (comment, list.verdicts->len, CRITERIA);
}

static void
add_change (Comment *comment, const CdChange *change)
{
  const CdDifference *difference = comment->difference;
  g_string_append_printf (comment->out, "| %s%s ", change->worse && !difference->two_works ? "**less** " : "", cd_changed_kind_name (change->kind));
  add_code (comment, change->what);
  g_string_append (comment->out, " | ");
  add_text (comment, change->before != NULL ? change->before : "");
  g_string_append (comment->out, " | ");
  add_text (comment, change->after != NULL ? change->after : "");
  g_string_append (comment->out, " | ");
  add_place (comment, change->gone ? difference->before : difference->after, &change->where);
  g_string_append (comment->out, " |\n");
}

static void
add_changes (Comment *comment, guint first, guint end)
{
  const CdDifference *difference = comment->difference;
  g_string_append_printf (comment->out, "| What | %s | %s | Where |\n|---|---|---|---|\n", difference->two_works ? "A" : "Before",
                          difference->two_works ? "B" : "After");
  for (guint i = first; i < end; i++)
    if (has_room (comment))
      add_change (comment, difference->changes->pdata[i]);
}

/* Answers that only became more or less certain. */
static void
add_certainties (Comment *comment, CdDifferenceListKind kind)
{
  const CdDifferenceList list = cd_difference_list (comment->difference, kind);
  if (list.verdicts->len == 0)
    return;
  g_string_append_printf (comment->out, "\n%s: ", list.title);
  for (guint i = 0; i < list.verdicts->len && has_room (comment); i++) {
    const CdVerdictChange *change = &g_array_index (list.verdicts, CdVerdictChange, i);
    g_string_append (comment->out, i > 0 ? ", " : "");
    add_code (comment, change->after->id);
    g_string_append (comment->out, change->after->yes ? " (yes)" : " (no)");
  }
  g_string_append (comment->out, ".\n");
}

static void
add_subject (Comment *comment, gboolean after)
{
  const CdRecord *record = after ? comment->difference->after : comment->difference->before;
  g_autofree char *subject = cd_difference_subject (record);
  g_string_append_printf (comment->out, "- %s: ", cd_difference_side (comment->difference, after));
  add_code (comment, subject);
  g_string_append (comment->out, ", judged by rubric ");
  add_code (comment, record->rubric);
  g_string_append (comment->out, " version ");
  add_code (comment, record->rubric_version);
  g_string_append (comment->out, ", Candor ");
  add_code (comment, record->tool_version);
  g_string_append (comment->out, "\n");
}

static void
add_rest (Comment *comment)
{
  const CdDifference *difference = comment->difference;
  guint all = difference->changes->len, end = MIN (all, 2 * CHANGES);
  g_string_append (comment->out, "\n<details><summary>What was compared, and the rest</summary>\n\n");
  add_subject (comment, FALSE);
  add_subject (comment, TRUE);
  add_certainties (comment, CD_LIST_SETTLED);
  add_certainties (comment, CD_LIST_UNSETTLED);
  if (end > CHANGES) {
    g_string_append (comment->out, "\n");
    add_changes (comment, CHANGES, end);
    add_more (comment, all, end);
  }
  if (comment->left > 0)
    g_string_append_printf (comment->out, "\n%u rows are left out, since a comment holds no more; `candor diff --format json` has all.\n",
                            comment->left);
  g_string_append (comment->out, "\n</details>\n");
}

char *
cd_difference_markdown (const CdDifference *difference)
{
  Comment comment = { .out = g_string_sized_new (8192), .difference = difference };
  add_head (&comment);
  if (!cd_difference_is_empty (difference))
    add_scores (&comment);
  add_criteria (&comment, CD_LIST_LOST);
  add_criteria (&comment, CD_LIST_GAINED);
  if (difference->changes->len > 0) {
    g_string_append_printf (comment.out, "\n#### %s: %u\n\n", difference->two_works ? "Other differences" : "Other changes",
                            difference->changes->len);
    add_changes (&comment, 0, MIN (difference->changes->len, CHANGES));
  }
  add_rest (&comment);
  return g_string_free (comment.out, FALSE);
}
