/* How readers agree, for a terminal: the figures, the totals, the questions, then every disagreement with what each reader said. */
#include "report/agreement.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

#define INDENT 2u
#define DEEPER 4u
#define COLUMN 10u       /* of one reader's totals, at least */
#define WORK_LEAST 36u   /* of the works beside them */
#define READERS_SHOWN 5u /* that totals have a column for */
#define NAME_MOST 24u
#define SHOWN_COMMIT 12
#define LISTED 100u /* disagreements; all of them are in JSON */
#define WORKS_LISTED 40u

/* What the parts of the page are printed from. */
typedef struct {
  CdPage page;
  const CdAgreement *agreement;
  const CdRubric *rubric;
  guint names; /* columns of readers' names */
  guint shown; /* readers whose totals are shown */
  guint cell;  /* columns of one of them */
} Sheet;

static const char *
plural (guint count, const char *one, const char *many)
{
  return count == 1 ? one : many;
}

/* "0.91 [0.84, 0.96]"; without an interval where there is none, a dash without a figure. Caller frees. */
static char *
figure_text (double value, CdInterval interval)
{
  if (isnan (value))
    return g_strdup ("–");
  if (isnan (interval.low))
    return g_strdup_printf ("%.2f", value);
  return g_strdup_printf ("%.2f [%.2f, %.2f]", value, interval.low, interval.high);
}

/* The work as a reader knows it: "URL at COMMIT". Caller frees. */
static char *
work_text (const CdAgreement *agreement, guint work)
{
  const CdAssessment *sample = agreement->samples->pdata[work];
  return g_strdup_printf ("%s%s%s at %.*s", sample->work, *sample->subdir != '\0' ? "/" : "", sample->subdir, SHOWN_COMMIT, sample->commit);
}

static void
put_line (CdPage *page, guint column, const char *text, CdTint tint)
{
  cd_page_move (page, column);
  cd_page_wrap (page, text, tint);
  cd_page_end (page);
}

static void
put_head (Sheet *sheet)
{
  const CdAgreement *agreement = sheet->agreement;
  const CdKappa *overall = &agreement->overall;
  g_autofree char *title
      = g_strdup_printf ("%u readers, %u %s, %u %s answered by at least two", agreement->readers->len, agreement->works->len,
                         plural (agreement->works->len, "work", "works"), overall->subjects, plural (overall->subjects, "question", "questions"));
  g_autofree char *share = figure_text (overall->agreement, overall->share), *kappa = figure_text (overall->kappa, overall->interval);
  cd_page_put (&sheet->page, title, CD_TINT_STRONG);
  cd_page_end (&sheet->page);
  cd_page_move (&sheet->page, INDENT);
  cd_page_put (&sheet->page, "agreement", CD_TINT_NONE);
  cd_page_move (&sheet->page, INDENT + 16);
  cd_page_put (&sheet->page, share, CD_TINT_STRONG);
  cd_page_end (&sheet->page);
  cd_page_move (&sheet->page, INDENT);
  cd_page_put (&sheet->page, overall->fleiss ? "Fleiss' kappa" : "Cohen's kappa", CD_TINT_NONE);
  cd_page_move (&sheet->page, INDENT + 16);
  cd_page_put (&sheet->page, kappa, CD_TINT_STRONG);
  cd_page_end (&sheet->page);
  put_line (&sheet->page, INDENT,
            isnan (overall->interval.low) ? "In brackets: 95 % interval."
            : agreement->works->len > 1   ? "In brackets: 95 % intervals, works drawn as wholes."
                                          : "In brackets: 95 % intervals, of one work's questions.",
            CD_TINT_FAINT);
}

static void
put_cautions (Sheet *sheet)
{
  const CdAgreement *agreement = sheet->agreement;
  if (agreement->versions->len > 1) {
    g_autoptr (GString) text = g_string_new ("The readers answered by different versions of the rubric: ");
    for (guint i = 0; i < agreement->versions->len; i++)
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) agreement->versions->pdata[i]);
    g_string_append (text, ". Questions may have changed their meaning.");
    put_line (&sheet->page, INDENT, text->str, CD_TINT_FAIR);
  }
  if (agreement->readers->len > READERS_SHOWN)
    put_line (&sheet->page, INDENT, "Totals show the first readers only; --format json has all.", CD_TINT_FAINT);
}

/* Totals by work, a column for each reader. */
static void
put_totals_head (Sheet *sheet, guint works)
{
  cd_page_move (&sheet->page, INDENT);
  cd_page_put (&sheet->page, "work", CD_TINT_FAINT);
  for (guint r = 0; r < sheet->shown; r++) {
    const char *name = sheet->agreement->readers->pdata[r];
    guint columns = MIN (cd_page_columns (&sheet->page, name), sheet->cell - 2);
    cd_page_move (&sheet->page, works + (r + 1) * sheet->cell - columns);
    cd_page_put_middle (&sheet->page, name, columns, CD_TINT_FAINT);
  }
  cd_page_end (&sheet->page);
}

static void
put_totals_row (Sheet *sheet, guint work, guint works)
{
  const CdAgreement *agreement = sheet->agreement;
  g_autofree char *name = work_text (agreement, work);
  cd_page_move (&sheet->page, INDENT);
  cd_page_put_middle (&sheet->page, name, works - INDENT, CD_TINT_NONE);
  for (guint r = 0; r < sheet->shown; r++) {
    guint place = r * agreement->works->len + work, total = g_array_index (agreement->totals, guint, place);
    guint answered = g_array_index (agreement->answered, guint, place);
    g_autofree char *cell = total != G_MAXUINT ? g_strdup_printf ("%u", total)
                            : answered > 0     ? g_strdup_printf ("%u of %u", answered, cd_rubric_length (sheet->rubric))
                                               : g_strdup ("–");
    cd_page_move (&sheet->page, works + (r + 1) * sheet->cell - cd_page_columns (&sheet->page, cell));
    cd_page_put (&sheet->page, cell, total != G_MAXUINT ? CD_TINT_NONE : CD_TINT_FAINT);
  }
  cd_page_end (&sheet->page);
}

static void
put_totals (Sheet *sheet)
{
  const CdAgreement *agreement = sheet->agreement;
  guint works = sheet->page.width - sheet->shown * sheet->cell;
  cd_page_heading (&sheet->page, "Totals");
  put_totals_head (sheet, works);
  for (guint w = 0; w < agreement->works->len && w < WORKS_LISTED; w++)
    put_totals_row (sheet, w, works);
  if (agreement->works->len > WORKS_LISTED) {
    g_autofree char *more = g_strdup_printf ("and %u more", agreement->works->len - WORKS_LISTED);
    put_line (&sheet->page, INDENT, more, CD_TINT_FAINT);
  }
  if (agreement->pairs == 0)
    put_line (&sheet->page, INDENT, "No work has two readers who answered every question, so that totals cannot be compared.", CD_TINT_FAINT);
  else {
    g_autofree char *mean = g_strdup_printf ("Two readers' totals differ by %.1f points on average (%u %s).", agreement->difference, agreement->pairs,
                                             plural (agreement->pairs, "pair", "pairs"));
    put_line (&sheet->page, INDENT, mean, CD_TINT_NONE);
  }
}

/* Where several works were read: by question. One work's single answers have no kappa worth a line. */
static void
put_criteria (Sheet *sheet)
{
  const CdAgreement *agreement = sheet->agreement;
  guint names = 0;
  if (agreement->works->len < 2)
    return;
  for (guint c = 0; c < agreement->criteria->len; c++)
    names = MAX (names, cd_page_columns (&sheet->page, cd_rubric_criterion (sheet->rubric, c)->id));
  names = MIN (names, NAME_MOST) + DEEPER;
  cd_page_heading (&sheet->page, "By question");
  cd_page_move (&sheet->page, names);
  cd_page_put (&sheet->page, "works  agreement            kappa", CD_TINT_FAINT);
  cd_page_end (&sheet->page);
  for (guint c = 0; c < agreement->criteria->len; c++) {
    const CdKappa *kappa = &g_array_index (agreement->criteria, CdKappa, c);
    g_autofree char *share = figure_text (kappa->agreement, kappa->share), *beyond = figure_text (kappa->kappa, kappa->interval);
    cd_page_move (&sheet->page, INDENT);
    cd_page_put_middle (&sheet->page, cd_rubric_criterion (sheet->rubric, c)->id, names - DEEPER, CD_TINT_NONE);
    cd_page_move (&sheet->page, names);
    cd_page_printf (&sheet->page, CD_TINT_NONE, "%5u  ", kappa->subjects);
    cd_page_put (&sheet->page, share, kappa->agreement < 1 ? CD_TINT_FAIR : CD_TINT_NONE);
    cd_page_move (&sheet->page, names + 28);
    cd_page_put (&sheet->page, beyond, CD_TINT_NONE);
    cd_page_end (&sheet->page);
  }
}

/* The line that a model's assessment takes, ready to paste. */
static void
put_trust (Sheet *sheet)
{
  const GArray *models = sheet->agreement->trust;
  if (models->len == 0)
    return;
  cd_page_heading (&sheet->page, models->len == 1 ? "The model among the readers" : "Models among the readers");
  for (guint i = 0; i < models->len; i++) {
    const CdTrust *trust = &g_array_index (models, CdTrust, i);
    g_autofree char *share = figure_text (trust->agreement, trust->interval);
    g_autofree char *text = g_strdup_printf ("%s gives the persons' answers in %s of %u %s. In its assessment, under \"assessor\":",
                                             (const char *) sheet->agreement->readers->pdata[trust->reader], share, trust->questions,
                                             plural (trust->questions, "question", "questions"));
    put_line (&sheet->page, INDENT, text, CD_TINT_NONE);
    cd_page_move (&sheet->page, DEEPER);
    cd_page_printf (&sheet->page, CD_TINT_STRONG, "agreement: %.2f", trust->agreement);
    cd_page_end (&sheet->page);
  }
}

/* "README.md:12", "README.md:12-14" or the path alone. Caller frees. */
static char *
place_text (const CdCitation *citation)
{
  if (citation->line == 0)
    return g_strdup (citation->path);
  if (citation->end > citation->line)
    return g_strdup_printf ("%s:%u-%u", citation->path, citation->line, citation->end);
  return g_strdup_printf ("%s:%u", citation->path, citation->line);
}

static void
put_answer (Sheet *sheet, const char *name, const CdResponse *response)
{
  CdPage *page = &sheet->page;
  cd_page_move (page, DEEPER);
  cd_page_put_middle (page, name, sheet->names, CD_TINT_NONE);
  cd_page_move (page, DEEPER + sheet->names + 2);
  cd_page_put (page, cd_answer_name (response->answer),
               response->answer == CD_ANSWER_YES  ? CD_TINT_GOOD
               : response->answer == CD_ANSWER_NO ? CD_TINT_BAD
                                                  : CD_TINT_FAINT);
  cd_page_move (page, DEEPER + sheet->names + 7);
  g_autofree char *place = response->evidence->len > 0 ? place_text (response->evidence->pdata[0]) : NULL;
  g_autofree char *text
      = g_strdup_printf ("%s%s%s", response->reason, place != NULL && *response->reason != '\0' ? " — " : "", place != NULL ? place : "");
  cd_page_wrap (page, *text != '\0' ? text : "(no reason given)", *text != '\0' ? CD_TINT_NONE : CD_TINT_FAINT);
  cd_page_end (page);
}

static void
put_disagreement (Sheet *sheet, const CdDisagreement *disagreement)
{
  const CdAgreement *agreement = sheet->agreement;
  const CdCriterion *criterion = cd_rubric_criterion (sheet->rubric, disagreement->criterion);
  const CdResponse *adjudicated = cd_agreement_adjudicated (agreement, disagreement->criterion, disagreement->work);
  cd_page_move (&sheet->page, INDENT);
  cd_page_put (&sheet->page, criterion->id, CD_TINT_STRONG);
  cd_page_printf (&sheet->page, CD_TINT_FAINT, ", %u %s", criterion->points, plural (criterion->points, "point", "points"));
  cd_page_end (&sheet->page);
  put_line (&sheet->page, DEEPER, criterion->question, CD_TINT_NONE);
  for (guint r = 0; r < agreement->readers->len; r++) {
    const CdResponse *response = cd_agreement_response (agreement, disagreement->criterion, disagreement->work, r);
    if (response != NULL)
      put_answer (sheet, agreement->readers->pdata[r], response);
  }
  if (adjudicated != NULL)
    put_answer (sheet, "adjudicated", adjudicated);
}

static void
put_disagreements (Sheet *sheet)
{
  const GPtrArray *list = sheet->agreement->disagreements;
  guint work = G_MAXUINT;
  g_autofree char *title = g_strdup_printf ("Disagreements: %u", list->len);
  cd_page_heading (&sheet->page, title);
  for (guint i = 0; i < list->len && i < LISTED; i++) {
    const CdDisagreement *disagreement = list->pdata[i];
    if (disagreement->work != work && sheet->agreement->works->len > 1) {
      g_autofree char *name = work_text (sheet->agreement, disagreement->work);
      if (work != G_MAXUINT)
        cd_page_end (&sheet->page);
      cd_page_put_middle (&sheet->page, name, sheet->page.width, CD_TINT_FAINT);
      cd_page_end (&sheet->page);
    }
    work = disagreement->work;
    put_disagreement (sheet, disagreement);
  }
  if (list->len > LISTED) {
    g_autofree char *more = g_strdup_printf ("and %u more; --format json has all", list->len - LISTED);
    put_line (&sheet->page, INDENT, more, CD_TINT_FAINT);
  }
}

char *
cd_agreement_text (const CdAgreement *agreement, const CdRubric *rubric, const CdReportStyle *style)
{
  Sheet sheet = { .agreement = agreement, .rubric = rubric, .names = strlen ("adjudicated") };
  cd_page_init (&sheet.page, style);
  for (guint r = 0; r < agreement->readers->len; r++)
    sheet.names = MAX (sheet.names, cd_page_columns (&sheet.page, agreement->readers->pdata[r]));
  sheet.names = MIN (sheet.names, NAME_MOST);
  sheet.shown = MIN (agreement->readers->len, READERS_SHOWN);
  sheet.cell = CLAMP (sheet.names + 2, COLUMN, MAX (COLUMN, (style->width - WORK_LEAST) / sheet.shown));
  put_head (&sheet);
  put_cautions (&sheet);
  put_trust (&sheet);
  put_totals (&sheet);
  put_criteria (&sheet);
  put_disagreements (&sheet);
  return cd_page_finish (&sheet.page);
}
