/* What is said of assessments in the formats that people read: whose they are, what became of their answers, and who decided a verdict. */
#include "report/assessments.h"
#include "report/markup.h"
#include <math.h>
#include <string.h>

#define INDENT 2u
#define COMMIT 12 /* characters of its id */

static void
use_free (gpointer data)
{
  CdAssessmentUse *use = data;
  g_ptr_array_unref (use->unused);
  g_free (use);
}

static void
count_opinion (CdAssessmentUse *use, CdOpinion *opinion)
{
  if (opinion->assessment != use->assessment || opinion->response->answer == CD_ANSWER_LATER)
    return;
  use->answers++;
  if (!cd_opinion_counts (opinion)) {
    g_ptr_array_add (use->unused, opinion);
    return;
  }
  use->used++;
  use->carried += opinion->carried == CD_CARRIED_UNCHANGED ? 1 : 0;
}

GPtrArray *
cd_report_assessment_uses (const CdAudit *audit)
{
  GPtrArray *uses = g_ptr_array_new_with_free_func (use_free);
  for (guint i = 0; audit->assessments != NULL && i < audit->assessments->len; i++) {
    CdAssessmentUse *use = g_new0 (CdAssessmentUse, 1);
    use->assessment = audit->assessments->pdata[i];
    use->unused = g_ptr_array_new ();
    g_ptr_array_add (uses, use);
    for (guint k = 0; k < audit->verdicts->len; k++) {
      const CdVerdict *verdict = audit->verdicts->pdata[k];
      for (guint m = 0; verdict->opinions != NULL && m < verdict->opinions->len; m++)
        count_opinion (use, verdict->opinions->pdata[m]);
    }
  }
  return uses;
}

/* A model is always called one. Caller frees. */
static char *
assessor_of (const CdAssessment *assessment)
{
  static const struct {
    const char *before, *after;
  } forms[] = { { "", "" }, { "the model ", "" }, { "", ", adjudicating" }, { "", ", of the authors" } };
  return g_strconcat (forms[assessment->kind].before, assessment->assessor, forms[assessment->kind].after, NULL);
}

char *
cd_report_why (const CdVerdict *verdict)
{
  if (verdict->rules == NULL || verdict->opinions == NULL)
    return g_strdup (verdict->why);
  g_autoptr (GPtrArray) opinions = cd_opinions_deciding (verdict->opinions);
  GString *why = g_string_new (NULL);
  for (guint i = 0; i < opinions->len; i++) {
    g_autofree char *name = assessor_of (((CdOpinion *) opinions->pdata[i])->assessment);
    g_string_append_printf (why, "%s%s", i == 0 ? "" : i + 1 < opinions->len ? ", " : " and ", name);
  }
  if (verdict->rules->yes != verdict->yes)
    g_string_append_printf (why, ", against the rules' %s", verdict->rules->yes ? "yes" : "no");
  g_string_append_printf (why, ": %s", verdict->why);
  return g_string_free (why, FALSE);
}

/* A line of the section: about an assessment, or a detail of what stands above it. */
typedef struct {
  gboolean detail;
  char *text;
} Line;

static void
line_clear (gpointer line)
{
  g_free (((Line *) line)->text);
}

static void
add_line (GArray *lines, gboolean detail, GString *text)
{
  Line line = { detail, g_string_free (text, FALSE) };
  g_array_append_val (lines, line);
}

static void
add_head (GArray *lines, const CdAssessmentUse *use)
{
  const CdAssessment *assessment = use->assessment;
  g_autofree char *assessor = assessor_of (assessment);
  GString *text = g_string_new (assessor);
  if (assessment->kind == CD_READER_MODEL && isnan (assessment->agreement))
    g_string_append (text, " (never measured against a person)");
  else if (assessment->kind == CD_READER_MODEL)
    g_string_append_printf (text, " (agrees with a person on %.0f %%)", 100 * assessment->agreement);
  g_string_append_printf (text, ", %s: %u answer%s, ", assessment->date, use->answers, use->answers == 1 ? "" : "s");
  if (assessment->kind == CD_READER_AUTHOR)
    g_string_append (text, "which stand beside the verdicts and change none");
  else
    g_string_append_printf (text, "%u used", use->used);
  if (use->carried > 0)
    g_string_append_printf (text, ", %u of them carried over from commit %.*s", use->carried, COMMIT, assessment->commit);
  add_line (lines, FALSE, text);
}

static void
add_unused (GArray *lines, const CdAssessmentUse *use, CdCarried carried, const char *why)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < use->unused->len; i++) {
    const CdOpinion *opinion = use->unused->pdata[i];
    if (opinion->carried == carried)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", opinion->response->criterion);
  }
  if (text->len == 0) {
    g_string_free (text, TRUE);
    return;
  }
  g_string_prepend (text, why);
  add_line (lines, TRUE, text);
}

/* An author's answers, each with its reason. */
static void
add_replies (GArray *lines, const CdAssessmentUse *use)
{
  for (guint i = 0; i < use->unused->len; i++) {
    const CdResponse *response = ((CdOpinion *) use->unused->pdata[i])->response;
    GString *text = g_string_new (NULL);
    g_string_printf (text, "%s, %s: %s", response->criterion, cd_answer_name (response->answer), response->reason);
    add_line (lines, TRUE, text);
  }
}

static void
add_version (GArray *lines, const CdAudit *audit, const CdAssessment *assessment)
{
  if (strcmp (assessment->version, cd_rubric_version (audit->rubric)) == 0)
    return;
  GString *text = g_string_new (NULL);
  g_string_printf (text, "answered by version %s of the rubric; this audit is by version %s", assessment->version, cd_rubric_version (audit->rubric));
  add_line (lines, TRUE, text);
}

/* Verdicts that nobody could settle: readers answered, differ, and none adjudicated. */
static void
add_conflict (GArray *lines, const CdAudit *audit, const CdVerdict *verdict)
{
  if (verdict->opinions == NULL)
    return;
  g_autoptr (GPtrArray) opinions = cd_opinions_deciding (verdict->opinions);
  if (cd_opinions_agree (opinions))
    return;
  GString *text = g_string_new (NULL);
  g_string_printf (text, "readers differ on %s: ", cd_rubric_criterion (audit->rubric, verdict->criterion)->id);
  for (guint i = 0; i < opinions->len; i++) {
    const CdOpinion *opinion = opinions->pdata[i];
    g_autofree char *assessor = assessor_of (opinion->assessment);
    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", assessor, cd_answer_name (opinion->response->answer));
  }
  g_string_append_printf (text, "; the rules' %s stays until somebody adjudicates", verdict->yes ? "yes" : "no");
  add_line (lines, FALSE, text);
}

/* Caller unrefs. */
static GArray *
lines_of (const CdAudit *audit)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (GPtrArray) uses = cd_report_assessment_uses (audit);
  g_array_set_clear_func (lines, line_clear);
  for (guint i = 0; i < uses->len; i++) {
    const CdAssessmentUse *use = uses->pdata[i];
    add_head (lines, use);
    add_version (lines, audit, use->assessment);
    if (use->assessment->kind == CD_READER_AUTHOR) {
      add_replies (lines, use);
      continue;
    }
    add_unused (lines, use, CD_CARRIED_CHANGED, "not used, since what they cite is changed or gone: ");
    add_unused (lines, use, CD_CARRIED_BLIND, "not used, since they are of another commit and cite nothing to compare: ");
  }
  for (guint i = 0; i < audit->verdicts->len; i++)
    add_conflict (lines, audit, audit->verdicts->pdata[i]);
  return lines;
}

void
cd_page_assessments (CdPage *page, const CdAudit *audit)
{
  g_autoptr (GArray) lines = lines_of (audit);
  if (lines->len > 0)
    cd_page_heading (page, "Assessments");
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = &g_array_index (lines, Line, i);
    cd_page_move (page, line->detail ? 2 * INDENT : INDENT);
    cd_page_wrap (page, line->text, line->detail ? CD_TINT_FAINT : CD_TINT_NONE);
    cd_page_end (page);
  }
}

void
cd_markup_assessments (GString *out, const CdAudit *audit)
{
  g_autoptr (GArray) lines = lines_of (audit);
  if (lines->len > 0)
    g_string_append (out, "\n## Assessments\n\n");
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = &g_array_index (lines, Line, i);
    g_string_append (out, line->detail ? "  - " : "- ");
    cd_markup_text (out, line->text);
    g_string_append_c (out, '\n');
  }
}
