/* The report for a terminal: the score first, then the verdicts (text-verdicts.c), then what to do about them and what else was found. Widths and colours
 * are page.c's, the choice of places pick.c's. */
#include "report/assessments.h"
#include "report/lineage.h"
#include "report/online.h"
#include "report/page.h"
#include "report/history.h"
#include "report/pick.h"
#include "report/risks.h"
#include "report/text-parts.h"
#include "manifest/manifest.h"
#include <math.h>
#include <string.h>

#define TOP 5u    /* entries of a list of advice */
#define LISTED 5u /* entries of a list of files */
#define INDENT 2u
#define ID_MOST 26u /* columns of a criterion's id */
#define BAR_MOST 50u
#define WIDE 80u /* from here on advice stands beside its criterion */

static const char *
dash (const CdPage *page)
{
  return page->unicode ? "–" : "-";
}

static const char *
dot (const CdPage *page)
{
  return page->unicode ? " · " : ", ";
}

static void
put_title (CdPage *page, const CdAudit *audit)
{
  const char *commit = cd_snapshot_commit (audit->snapshot);
  g_autofree char *bare = g_strconcat ("commit ", commit, NULL);
  cd_page_put_middle (page, audit->remote != NULL ? audit->remote : bare, page->width, CD_TINT_STRONG);
  cd_page_end (page);
  g_autoptr (GString) facts = g_string_new (NULL);
  if (audit->remote != NULL)
    g_string_append_printf (facts, "commit %.12s%s", commit, dot (page));
  if (audit->subdir != NULL)
    g_string_append_printf (facts, "folder %s%s", audit->subdir, dot (page));
  for (guint i = 0; audit->globs != NULL && audit->globs[i] != NULL; i++)
    g_string_append_printf (facts, "scope %s%s", audit->globs[i], dot (page));
  if (audit->manifest != NULL)
    g_string_append_printf (facts, "manifest %s%s", cd_manifest_name (audit->manifest), dot (page));
  g_string_append_printf (facts, "%s, version %s", cd_rubric_name (audit->rubric), cd_rubric_version (audit->rubric));
  cd_page_wrap (page, facts->str, CD_TINT_FAINT);
  cd_page_end (page);
  cd_page_end (page);
}

/* Under the bar: from where to where the total likely lies, and where it is expected. */
static void
put_range (CdPage *page, const CdScore *score, guint columns)
{
  double of = score->of > 0 ? score->of : 1;
  guint last = columns - 1;
  guint low = MIN (last, (guint) lround (score->likely[0] / of * last)), high = CLAMP ((guint) lround (score->likely[1] / of * last), low, last);
  guint middle = CLAMP ((guint) lround (fmax (0, score->expected) / of * last), low, high);
  cd_page_move (page, page->column + low);
  for (guint i = low; i <= high; i++) {
    gboolean border = i == low || i == high;
    const char *fancy = i == middle ? "┼" : i == low ? "├" : i == high ? "┤" : "─";
    cd_page_put (page, page->unicode ? fancy : i == middle ? "+" : border ? "|" : "-", CD_TINT_FAINT);
  }
}

static void
put_score (CdPage *page, const CdAudit *audit)
{
  const CdScore *score = &audit->score;
  g_autofree char *total = g_strdup_printf ("%u / %u", score->total, score->of);
  g_autofree char *doubt = g_strdup_printf ("likely %u%s%u, expected %.1f", score->likely[0], dash (page), score->likely[1], score->expected);
  guint start = INDENT + cd_text_columns (total) + 2, after = cd_text_columns (doubt) + 2;
  guint bar = page->width > start + after + 10 ? MIN (page->width - start - after, BAR_MOST) : 10;
  cd_page_move (page, INDENT);
  cd_page_put (page, total, CD_TINT_STRONG);
  cd_page_move (page, start);
  cd_page_bar (page, bar, score->total, score->of);
  cd_page_move (page, start + bar + 2);
  cd_page_put (page, cd_audit_openness (audit), CD_TINT_STRONG);
  cd_page_end (page);
  cd_page_move (page, start);
  put_range (page, score, bar);
  cd_page_move (page, start + bar + 2);
  cd_page_put (page, doubt, CD_TINT_NONE);
  cd_page_end (page);
  cd_page_end (page);
}

static guint
dimension_columns (const CdPage *page, const CdAudit *audit)
{
  guint most = 0;
  for (guint i = 0; i < cd_rubric_dimensions (audit->rubric); i++)
    most = MAX (most, cd_page_columns (page, cd_rubric_dimension (audit->rubric, i)->name));
  return MIN (most, ID_MOST);
}

static void
put_dimensions (CdPage *page, const CdAudit *audit)
{
  guint names = dimension_columns (page, audit);
  for (guint i = 0; i < audit->score.dimensions->len; i++) {
    const CdPoints *points = &g_array_index (audit->score.dimensions, CdPoints, i);
    g_autofree char *share = g_strdup_printf ("%u / %u", points->points, points->of);
    cd_page_move (page, INDENT);
    cd_page_put_middle (page, cd_rubric_dimension (audit->rubric, i)->name, names, CD_TINT_NONE);
    cd_page_move (page, INDENT + names + 2 + (7u > strlen (share) ? 7u - (guint) strlen (share) : 0u));
    cd_page_put (page, share, CD_TINT_NONE);
    cd_page_move (page, INDENT + names + 11);
    cd_page_bar (page, MIN (points->of, page->width / 2), points->points, points->of);
    cd_page_end (page);
  }
  cd_page_end (page);
}

static void
put_fact (CdPage *page, const char *label, const char *text)
{
  cd_page_move (page, INDENT);
  cd_page_put (page, label, CD_TINT_FAINT);
  cd_page_move (page, INDENT + 10);
  cd_page_wrap (page, text, CD_TINT_NONE);
  cd_page_end (page);
}

static void
put_facts (CdPage *page, const CdAudit *audit)
{
  g_auto (GStrv) names = cd_report_approach (audit);
  g_autofree char *approach = g_strjoinv (", ", names);
  g_autofree char *verdicts = g_strdup_printf ("%u settled, %u for a reader to settle", audit->score.settled, audit->score.unsettled);
  put_fact (page, "approach", *approach != '\0' ? approach : "no training stage found");
  put_fact (page, "licence", audit->work->license != NULL ? audit->work->license : "none found");
  put_fact (page, "verdicts", verdicts);
}

static void
put_cheapest (CdPage *page, const CdAudit *audit)
{
  g_autoptr (GPtrArray) cheapest = cd_report_cheapest (audit);
  if (cheapest->len == 0)
    return;
  cd_page_heading (page, "Cheapest points still missing");
  guint ids = 0;
  for (guint i = 0; i < cheapest->len && i < TOP; i++) {
    const CdVerdict *verdict = cheapest->pdata[i];
    ids = MAX (ids, cd_page_columns (page, cd_rubric_criterion (audit->rubric, verdict->criterion)->id));
  }
  ids = MIN (ids, ID_MOST);
  for (guint i = 0; i < cheapest->len && i < TOP; i++) {
    const CdVerdict *verdict = cheapest->pdata[i];
    const CdCriterion *criterion = cd_rubric_criterion (audit->rubric, verdict->criterion);
    cd_page_move (page, INDENT);
    cd_page_printf (page, CD_TINT_GOOD, "+%u", criterion->points);
    cd_page_move (page, INDENT + 5);
    cd_page_put_middle (page, criterion->id, ids, CD_TINT_NONE);
    if (page->width < WIDE)
      cd_page_end (page);
    cd_page_move (page, INDENT + 5 + (page->width < WIDE ? 0 : ids + 2));
    cd_page_wrap (page, verdict->missing->len > 0 ? verdict->missing->pdata[0] : criterion->question, CD_TINT_FAINT);
    cd_page_end (page);
  }
}

static void
put_command (CdPage *page, const CdAudit *audit, const CdWorkCommand *command)
{
  gboolean broken = command->status == CD_COMMAND_BROKEN;
  g_autofree char *place = cd_report_place (audit, command->document, command->command->line);
  cd_page_move (page, INDENT + 2);
  if (broken)
    cd_page_mark (page, FALSE);
  cd_page_move (page, INDENT + 4);
  cd_page_put_middle (page, place, page->width / 3, CD_TINT_FAINT);
  cd_page_move (page, page->column + 2);
  cd_page_put (page, command->command->text, CD_TINT_NONE);
  cd_page_end (page);
  if (!broken)
    return;
  const CdCommandProblem *problem = command->problems->pdata[0];
  cd_page_move (page, INDENT + 4);
  cd_page_printf (page, CD_TINT_BAD, "%s: ", problem->code);
  cd_page_put_middle (page, problem->what, cd_page_room (page), CD_TINT_BAD);
  cd_page_end (page);
}

static void
put_commands (CdPage *page, const CdAudit *audit)
{
  static const struct {
    CdCommandClass class;
    const char *name;
  } classes[] = { { CD_COMMAND_TRAINING, "training" }, { CD_COMMAND_EVALUATION, "evaluation" } };
  cd_page_heading (page, "Commands");
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++) {
    CdPickedCommands picked;
    cd_pick_commands (audit, classes[i].class, &picked);
    cd_page_move (page, INDENT);
    if (picked.total == 0)
      cd_page_printf (page, CD_TINT_NONE, "no %s command", classes[i].name);
    else
      cd_page_printf (page, CD_TINT_NONE, "%u for %s, %u broken%s", picked.total, classes[i].name, picked.broken,
                      picked.shown < picked.total ? "; the first ones:" : "");
    cd_page_end (page);
    for (guint k = 0; k < picked.shown; k++)
      put_command (page, audit, picked.commands[k]);
  }
}

static void
put_rest (CdPage *page, guint length)
{
  if (length <= LISTED)
    return;
  cd_page_move (page, INDENT);
  cd_page_printf (page, CD_TINT_FAINT, "and %u more", length - LISTED);
  cd_page_end (page);
}

/* A path and what is to be said of it; columns: those of the longest path. */
static void
put_entry (CdPage *page, const char *path, guint columns, const char *said)
{
  guint room = MIN (columns, page->width * 3 / 5);
  cd_page_move (page, INDENT);
  cd_page_put_middle (page, path, room, CD_TINT_NONE);
  cd_page_move (page, INDENT + room + 2);
  cd_page_put (page, said, CD_TINT_FAINT);
  cd_page_end (page);
}

static void
put_vendored (CdPage *page, const CdAudit *audit)
{
  const GPtrArray *vendored = cd_scope_vendored (audit->scope);
  if (vendored->len == 0)
    return;
  cd_page_heading (page, "Other people's code, set apart");
  guint columns = 0;
  for (guint i = 0; i < vendored->len && i < LISTED; i++)
    columns = MAX (columns, cd_page_columns (page, ((CdVendored *) vendored->pdata[i])->path));
  for (guint i = 0; i < vendored->len && i < LISTED; i++) {
    const CdVendored *tree = vendored->pdata[i];
    g_autofree char *said = g_strdup_printf ("%s%s%s, known by %s", tree->of != NULL ? "a copy of " : "", tree->of != NULL ? tree->of : "",
                                             tree->of != NULL ? "" : "a copied project", strcmp (tree->by, "blob-ids") == 0 ? "its blobs" : tree->by);
    put_entry (page, tree->path, columns, said);
  }
  put_rest (page, vendored->len);
}

static void
put_not_examined (CdPage *page, const CdAudit *audit)
{
  if (audit->not_examined->len == 0)
    return;
  g_autofree char *heading = g_strdup_printf ("Not examined: %u", audit->not_examined->len);
  cd_page_heading (page, heading);
  guint columns = 0;
  for (guint i = 0; i < audit->not_examined->len && i < LISTED; i++)
    columns = MAX (columns, cd_page_columns (page, ((CdNotExamined *) audit->not_examined->pdata[i])->path));
  for (guint i = 0; i < audit->not_examined->len && i < LISTED; i++) {
    const CdNotExamined *entry = audit->not_examined->pdata[i];
    put_entry (page, entry->path, columns, entry->why);
  }
  put_rest (page, audit->not_examined->len);
}

static void
put_table (CdPage *page, const char *table)
{
  cd_page_heading (page, "Published scores of the index");
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (*lines[i] == '\0')
      continue;
    cd_page_move (page, INDENT);
    cd_page_put (page, lines[i], CD_TINT_NONE);
    cd_page_end (page);
  }
}

char *
cd_report_text (const CdAudit *audit, const CdReportStyle *style)
{
  CdPage page;
  cd_page_init (&page, style);
  put_title (&page, audit);
  put_score (&page, audit);
  put_dimensions (&page, audit);
  put_facts (&page, audit);
  cd_text_verdicts (&page, audit);
  cd_page_assessments (&page, audit);
  cd_text_questions (&page, audit);
  put_cheapest (&page, audit);
  cd_text_figures (&page, audit);
  cd_page_lineage (&page, audit);
  put_commands (&page, audit);
  cd_text_contamination (&page, audit);
  cd_text_risks (&page, audit);
  put_vendored (&page, audit);
  put_not_examined (&page, audit);
  cd_page_online (&page, audit);
  cd_text_history (&page, audit);
  if (style->paper_table != NULL)
    put_table (&page, style->paper_table);
  cd_page_end (&page);
  cd_page_wrap (&page, "`candor explain ID` tells what earns a criterion; `--format json` gives every place.", CD_TINT_FAINT);
  cd_page_end (&page);
  return cd_page_finish (&page);
}
