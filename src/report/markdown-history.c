/* The report as GitHub Markdown: transparency over time, and what was said once and is said no more, as tables. */
#include "report/history.h"
#include "report/markup.h"
#include <math.h>

#define BAR 20u
#define COMMIT 10 /* characters of its id */

static void
add_changes (GString *out, const char *sign, const GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++) {
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", i > 0 ? "" : sign);
    cd_markup_code (out, g_ptr_array_index (ids, i));
  }
}

static void
add_point (GString *out, const CdAudit *audit, const CdTimelinePoint *point)
{
  g_autofree char *date = cd_report_date (point->time);
  char hex[41];
  cd_oid_to_hex (&point->commit, hex);
  g_string_append_printf (out, "| %s | `%.*s`", date, COMMIT, hex);
  if (point->tag != NULL) {
    g_string_append (out, "<br>");
    cd_markup_code (out, point->tag);
  }
  if (point->why != NULL) {
    g_string_append (out, " | | not audited: ");
    cd_markup_text (out, point->why);
    g_string_append (out, " |\n");
    return;
  }
  guint filled = audit->score.of > 0 ? (guint) lround ((double) point->total / audit->score.of * BAR) : 0;
  g_string_append_printf (out, " | %u | ", point->total);
  for (guint i = 0; i < BAR; i++)
    g_string_append (out, i < filled ? "█" : "░");
  if (point->gained->len > 0)
    g_string_append (out, "<br>");
  add_changes (out, "gained ", point->gained);
  if (point->lost->len > 0)
    g_string_append (out, "<br>");
  add_changes (out, "lost ", point->lost);
  g_string_append (out, " |\n");
}

static void
add_commit (GString *out, const CdAudit *audit, guint index)
{
  const CdCommit *commit = &g_array_index (cd_history_commits (audit->history), CdCommit, index);
  g_autofree char *date = cd_report_date (commit->time);
  char hex[41];
  cd_oid_to_hex (&commit->oid, hex);
  g_string_append_printf (out, " | %s `%.*s`", date, COMMIT, hex);
}

static void
add_removals (GString *out, const CdAudit *audit)
{
  const CdRemovals *removals = audit->removals;
  if (removals->list->len > 0)
    g_string_append (out, "\n## Said once, and said no more\n\n| What | Where | Since | Until |\n|---|---|---|---|\n");
  for (guint i = 0; i < removals->list->len; i++) {
    const CdRemoved *removed = g_ptr_array_index (removals->list, i);
    g_autofree char *place = g_strdup_printf ("%s:%u", removed->path, removed->line);
    g_string_append (out, "| ");
    cd_markup_code (out, removed->what);
    g_string_append_printf (out, " %s", cd_removed_kind_says (removed->kind));
    if (removed->instead != NULL) {
      g_string_append (out, "; now: ");
      cd_markup_code (out, removed->instead);
    }
    g_string_append (out, removed->still_told ? "; it is among the teachers still | " : " | ");
    cd_markup_code (out, place);
    add_commit (out, audit, removed->first);
    add_commit (out, audit, removed->taken);
    g_string_append (out, " |\n");
  }
  if (removals->left > 0)
    g_string_append_printf (out, "\n%u former versions were not read: too many, too large or missing.\n", removals->left);
}

void
cd_markdown_history (GString *out, const CdAudit *audit)
{
  if (audit->timeline == NULL)
    return;
  g_string_append_printf (out, "\n## Over time\n\n| Date | Commit | Points of %u | |\n|---|---|---:|---|\n", audit->score.of);
  for (guint i = 0; i < audit->timeline->len; i++)
    add_point (out, audit, g_ptr_array_index (audit->timeline, i));
  add_removals (out, audit);
}
