/* The verdicts in the text report: the settled ones by dimension, then apart from them those that a reader is needed for, by what his answer is expected
 * to move, and where he should look first. */
#include "report/assessments.h"
#include "report/pick.h"
#include "report/text-parts.h"
#include <string.h>

#define INDENT 2u
#define DEEPER 5u
#define TOP 5u           /* questions with the place to look at */
#define ID_MOST 26u      /* columns of a criterion's id */
#define PLACE_LEAST 22u  /* columns of a place before reasons are shown beside it */
#define REASON_LEAST 24u /* fewer columns say nothing */
#define DOUBT 4u         /* columns of a certainty */
#define FOUND "found: "

/* Where the columns of the verdicts' lines begin. */
typedef struct {
  guint points, id, place, reason;
  gboolean doubt; /* certainties are shown before the id */
} Columns;

static Columns
columns_of (const CdPage *page, const CdAudit *audit, gboolean doubt)
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
  Columns columns = { .points = INDENT + 2, .doubt = doubt };
  columns.id = columns.points + (guint) strlen (widest) + (doubt ? DOUBT + 3 : 3);
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
  cd_page_move (page, columns->id - 2 - (columns->doubt ? DOUBT : 0));
  if (columns->doubt)
    cd_page_printf (page, CD_TINT_FAIR, "%2u %%", cd_pick_percent (verdict));
  else
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
put_settled (CdPage *page, const CdAudit *audit)
{
  const Columns columns = columns_of (page, audit, FALSE);
  for (guint dimension = 0; dimension < cd_rubric_dimensions (audit->rubric); dimension++) {
    gboolean titled = FALSE;
    for (guint i = 0; i < audit->verdicts->len; i++) {
      const CdVerdict *verdict = audit->verdicts->pdata[i];
      if (cd_rubric_criterion (audit->rubric, verdict->criterion)->dimension != dimension || !cd_verdict_is_settled (verdict))
        continue;
      if (!titled) {
        cd_page_move (page, INDENT);
        cd_page_put (page, cd_rubric_dimension (audit->rubric, dimension)->name, CD_TINT_STRONG);
        cd_page_end (page);
      }
      titled = TRUE;
      put_verdict (page, audit, verdict, &columns);
    }
  }
}

void
cd_text_verdicts (CdPage *page, const CdAudit *audit)
{
  g_autoptr (GPtrArray) unsettled = cd_rubric_unsettled (audit->rubric, audit->verdicts);
  guint all = audit->verdicts->len;
  if (unsettled->len < all) {
    g_autofree char *heading = g_strdup_printf ("Settled: %u of %u verdicts", all - unsettled->len, all);
    cd_page_heading (page, heading);
    put_settled (page, audit);
  }
  if (unsettled->len == 0)
    return;
  const Columns columns = columns_of (page, audit, TRUE);
  g_autofree char *heading = g_strdup_printf ("A reader is needed: %u of %u verdicts", unsettled->len, all);
  cd_page_heading (page, heading);
  cd_page_move (page, INDENT);
  cd_page_wrap (page, "What would move the score most comes first, each with its certainty. `candor review` settles them in this order.",
                CD_TINT_FAINT);
  cd_page_end (page);
  for (guint i = 0; i < unsettled->len; i++)
    put_verdict (page, audit, unsettled->pdata[i], &columns);
}

/* The place with the heading that it stands under, and its text. */
static void
put_candidate (CdPage *page, const CdAudit *audit, const CdCandidate *candidate)
{
  guint document = candidate->evidence.document, line = candidate->evidence.line;
  g_autofree char *place = cd_report_place (audit, document, line);
  CdPickedContext context = cd_pick_context (audit, document, line);
  g_autofree char *section = context.section;
  const char *side = candidate->for_yes ? "for yes: " : "for no: ";
  cd_page_move (page, DEEPER);
  cd_page_put (page, side, CD_TINT_NONE);
  cd_page_put_middle (page, place, cd_page_room (page), CD_TINT_NONE);
  if (section != NULL && cd_page_room (page) > PLACE_LEAST) {
    cd_page_put (page, ", under ", CD_TINT_FAINT);
    cd_page_put_middle (page, section, cd_page_room (page), CD_TINT_FAINT);
  }
  cd_page_end (page);
  g_autofree char *excerpt = cd_pick_excerpt (audit, document, line);
  if (excerpt == NULL)
    return;
  cd_page_move (page, DEEPER);
  cd_page_put (page, page->unicode ? "│ " : "| ", CD_TINT_FAINT);
  cd_page_put (page, excerpt, CD_TINT_FAINT);
  cd_page_end (page);
}

void
cd_text_questions (CdPage *page, const CdAudit *audit)
{
  g_autoptr (GPtrArray) unsettled = cd_rubric_unsettled (audit->rubric, audit->verdicts);
  if (unsettled->len == 0)
    return;
  cd_page_heading (page, "Where a reader should look first");
  for (guint i = 0; i < unsettled->len && i < TOP; i++) {
    const CdVerdict *verdict = unsettled->pdata[i];
    const CdCriterion *criterion = cd_rubric_criterion (audit->rubric, verdict->criterion);
    cd_page_move (page, INDENT);
    cd_page_mark (page, verdict->yes);
    cd_page_put (page, "?", CD_TINT_FAIR);
    cd_page_move (page, DEEPER);
    cd_page_put (page, criterion->id, CD_TINT_STRONG);
    cd_page_end (page);
    cd_page_move (page, DEEPER);
    cd_page_wrap (page, criterion->question, CD_TINT_NONE);
    cd_page_end (page);
    if (verdict->candidates->len > 0)
      put_candidate (page, audit, &g_array_index (verdict->candidates, CdCandidate, 0));
  }
}
