/* The report for a terminal: the score first, then every verdict on a line with its best place, then what to do about it. Widths and colours are
 * page.c's, the choice of places pick.c's. */
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
#define ID_MOST 26u      /* columns of a criterion's id */
#define PLACE_LEAST 22u  /* columns of a place before reasons are shown beside it */
#define REASON_LEAST 24u /* fewer columns say nothing */
#define BAR_MOST 50u
#define WIDE 80u /* from here on advice stands beside its criterion */
#define FOUND "found: "

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
  g_autofree char *verdicts = g_strdup_printf ("%u settled, %u for a reader to settle (marked ?)", audit->score.settled, audit->score.unsettled);
  put_fact (page, "approach", *approach != '\0' ? approach : "no training stage found");
  put_fact (page, "licence", audit->work->license != NULL ? audit->work->license : "none found");
  put_fact (page, "verdicts", verdicts);
}

/* Where the columns of the verdicts' lines begin. */
typedef struct {
  guint points, id, place, reason;
} Columns;

static Columns
columns_of (const CdPage *page, const CdAudit *audit)
{
  guint id = 0, points = 0, place = 0;
  for (guint i = 0; i < audit->verdicts->len; i++) {
    const CdVerdict *verdict = audit->verdicts->pdata[i];
    const CdCriterion *criterion = cd_rubric_criterion (audit->rubric, verdict->criterion);
    const CdEvidence *evidence = cd_pick_evidence (verdict);
    g_autofree char *where = evidence != NULL ? cd_report_place (audit, evidence->document, evidence->line) : NULL;
    id = MAX (id, cd_page_columns (page, criterion->id));
    points = MAX (points, criterion->points);
    place = MAX (place, where != NULL ? cd_page_columns (page, where) : 0);
  }
  g_autofree char *widest = g_strdup_printf ("%u/%u", points, points);
  Columns columns = { .points = INDENT + 2 };
  columns.id = columns.points + (guint) strlen (widest) + 3;
  columns.place = columns.id + MIN (id, ID_MOST) + 2;
  guint room = page->width - columns.place;
  gboolean both = room >= PLACE_LEAST + 2 + REASON_LEAST;
  columns.reason = both ? columns.place + CLAMP (place, PLACE_LEAST, MAX (PLACE_LEAST, room / 2)) + 2 : page->width;
  return columns;
}

static void
put_verdict (CdPage *page, const CdAudit *audit, const CdVerdict *verdict, const Columns *columns)
{
  const CdCriterion *criterion = cd_rubric_criterion (audit->rubric, verdict->criterion);
  const CdEvidence *evidence = cd_pick_evidence (verdict);
  cd_page_move (page, INDENT);
  cd_page_mark (page, verdict->yes);
  cd_page_move (page, columns->points);
  cd_page_printf (page, CD_TINT_NONE, "%u/%u", verdict->yes ? criterion->points : 0, criterion->points);
  cd_page_move (page, columns->id - 2);
  cd_page_put (page, cd_verdict_is_settled (verdict) ? " " : "?", CD_TINT_FAIR);
  cd_page_move (page, columns->id);
  cd_page_put_middle (page, criterion->id, columns->place - columns->id - 2, CD_TINT_NONE);
  cd_page_move (page, columns->place);
  if (evidence != NULL) {
    g_autofree char *place = cd_report_place (audit, evidence->document, evidence->line);
    guint room = columns->reason < page->width ? columns->reason - columns->place - 2 : page->width - columns->place;
    cd_page_put_middle (page, place, room, CD_TINT_NONE);
    cd_page_move (page, columns->reason);
  }
  /* The mark says "found" already. */
  g_autofree char *why = cd_report_why (verdict);
  cd_page_put (page, why + (g_str_has_prefix (why, FOUND) ? strlen (FOUND) : 0), CD_TINT_FAINT);
  cd_page_end (page);
}

static void
put_verdicts (CdPage *page, const CdAudit *audit)
{
  const Columns columns = columns_of (page, audit);
  for (guint dimension = 0; dimension < cd_rubric_dimensions (audit->rubric); dimension++) {
    cd_page_heading (page, cd_rubric_dimension (audit->rubric, dimension)->name);
    for (guint i = 0; i < audit->verdicts->len; i++) {
      const CdVerdict *verdict = audit->verdicts->pdata[i];
      if (cd_rubric_criterion (audit->rubric, verdict->criterion)->dimension == dimension)
        put_verdict (page, audit, verdict, &columns);
    }
  }
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
put_candidate (CdPage *page, const CdAudit *audit, const CdCandidate *candidate)
{
  guint document = candidate->evidence.document, line = candidate->evidence.line;
  g_autofree char *place = cd_report_place (audit, document, line);
  const char *side = candidate->for_yes ? "for yes: " : "for no: ";
  cd_page_move (page, INDENT + 5);
  cd_page_put (page, side, CD_TINT_NONE);
  cd_page_put_middle (page, place, cd_page_room (page), CD_TINT_NONE);
  cd_page_end (page);
  g_autofree char *excerpt = cd_pick_excerpt (audit, document, line);
  if (excerpt == NULL)
    return;
  cd_page_move (page, INDENT + 5);
  cd_page_put (page, page->unicode ? "│ " : "| ", CD_TINT_FAINT);
  cd_page_put (page, excerpt, CD_TINT_FAINT);
  cd_page_end (page);
}

static void
put_unsettled (CdPage *page, const CdAudit *audit)
{
  g_autoptr (GPtrArray) unsettled = cd_rubric_unsettled (audit->rubric, audit->verdicts);
  if (unsettled->len == 0)
    return;
  cd_page_heading (page, "A reader should settle first");
  for (guint i = 0; i < unsettled->len && i < TOP; i++) {
    const CdVerdict *verdict = unsettled->pdata[i];
    const CdCriterion *criterion = cd_rubric_criterion (audit->rubric, verdict->criterion);
    cd_page_move (page, INDENT);
    cd_page_mark (page, verdict->yes);
    cd_page_put (page, "?", CD_TINT_FAIR);
    cd_page_move (page, INDENT + 5);
    cd_page_printf (page, CD_TINT_NONE, "%s%s%u point%s%s%.0f %% certain", criterion->id, dot (page), criterion->points,
                    criterion->points == 1 ? "" : "s", dot (page), 100 * verdict->certainty);
    cd_page_end (page);
    cd_page_move (page, INDENT + 5);
    cd_page_wrap (page, criterion->question, CD_TINT_NONE);
    cd_page_end (page);
    if (verdict->candidates->len > 0)
      put_candidate (page, audit, &g_array_index (verdict->candidates, CdCandidate, 0));
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
  put_verdicts (&page, audit);
  cd_page_assessments (&page, audit);
  put_cheapest (&page, audit);
  put_unsettled (&page, audit);
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
