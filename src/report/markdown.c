/* The report as GitHub Markdown, for a pull request or a file. What comes from the repository stands in code spans, where nothing is interpreted; what comes
 * from rules is escaped. Places link to the forge where the remote is on one that is known. */
#include "report/assessments.h"
#include "report/figures.h"
#include "report/history.h"
#include "report/lineage.h"
#include "report/markup.h"
#include "report/online.h"
#include "report/pick.h"
#include "report/risks.h"
#include "manifest/manifest.h"
#include <math.h>
#include <string.h>

#define TOP 5u
#define LISTED 20u /* of a folded list */
#define BAR 20u

static void
add_bar (GString *out, guint part, guint whole)
{
  guint filled = whole > 0 ? (guint) lround ((double) part / whole * BAR) : 0;
  for (guint i = 0; i < BAR; i++)
    g_string_append (out, i < filled ? "█" : "░");
}

static void
add_title (GString *out, const CdAudit *audit)
{
  const CdScore *score = &audit->score;
  g_string_append_printf (out, "# Transparency: %u / %u, %s\n\n", score->total, score->of, cd_audit_openness (audit));
  if (audit->remote != NULL) {
    cd_markup_code (out, audit->remote);
    g_string_append (out, " at ");
  }
  g_string_append (out, "commit ");
  cd_markup_code (out, cd_snapshot_commit (audit->snapshot));
  if (audit->subdir != NULL) {
    g_string_append (out, ", folder ");
    cd_markup_code (out, audit->subdir);
  }
  for (guint i = 0; audit->globs != NULL && audit->globs[i] != NULL; i++) {
    g_string_append (out, i == 0 ? ", scope " : " ");
    cd_markup_code (out, audit->globs[i]);
  }
  if (audit->manifest != NULL) {
    g_string_append (out, ", declared in ");
    cd_markup_code (out, cd_manifest_name (audit->manifest));
  }
  g_string_append (out, ". Judged by ");
  cd_markup_text (out, cd_rubric_name (audit->rubric));
  g_string_append (out, ", version ");
  cd_markup_text (out, cd_rubric_version (audit->rubric));
  g_string_append (out, ".\n\n");
}

static void
add_score (GString *out, const CdAudit *audit)
{
  const CdScore *score = &audit->score;
  g_auto (GStrv) names = cd_report_approach (audit);
  g_autofree char *approach = g_strjoinv (", ", names);
  g_string_append_printf (out, "Likely %u to %u, expected %.1f; %u verdicts are settled, %u are for a reader to settle. ", score->likely[0],
                          score->likely[1], score->expected, score->settled, score->unsettled);
  g_string_append_printf (out, "Approach: %s. Licence: ", *approach != '\0' ? approach : "no training stage found");
  if (audit->work->license != NULL)
    cd_markup_code (out, audit->work->license);
  else
    g_string_append (out, "none found");
  g_string_append (out, ".\n\n| Dimension | Points | |\n|---|---:|---|\n");
  for (guint i = 0; i < score->dimensions->len; i++) {
    const CdPoints *points = &g_array_index (score->dimensions, CdPoints, i);
    g_string_append (out, "| ");
    cd_markup_text (out, cd_rubric_dimension (audit->rubric, i)->name);
    g_string_append_printf (out, " | %u / %u | ", points->points, points->of);
    add_bar (out, points->points, points->of);
    g_string_append (out, " |\n");
  }
  g_string_append_printf (out, "| **Total** | **%u / %u** | ", score->total, score->of);
  add_bar (out, score->total, score->of);
  g_string_append (out, " |\n\n");
}

/* The first cells of a verdict's row: its answer, its question, its points, and how certain it is. */
static void
add_answer (GString *out, const CdAudit *audit, const CdVerdict *verdict)
{
  const CdCriterion *criterion = cd_rubric_criterion (audit->rubric, verdict->criterion);
  g_string_append_printf (out, "| %s%s | ", verdict->yes ? "✓" : "✗", cd_verdict_is_settled (verdict) ? "" : " **?**");
  cd_markup_code (out, criterion->id);
  g_string_append (out, "<br>");
  cd_markup_text (out, criterion->question);
  g_string_append_printf (out, " | %u / %u | %u %% | ", verdict->yes ? criterion->points : 0, criterion->points, cd_pick_percent (verdict));
}

static void
add_evidence (GString *out, const CdAudit *audit, const CdVerdict *verdict)
{
  const CdEvidence *evidence = cd_pick_evidence (verdict);
  if (evidence != NULL) {
    cd_markup_place (out, audit, evidence->document, evidence->line);
    g_string_append (out, "<br>");
  }
  g_autofree char *why = cd_report_why (verdict);
  cd_markup_text (out, why);
}

static void
add_settled (GString *out, const CdAudit *audit)
{
  for (guint dimension = 0; dimension < cd_rubric_dimensions (audit->rubric); dimension++) {
    gboolean titled = FALSE;
    for (guint i = 0; i < audit->verdicts->len; i++) {
      const CdVerdict *verdict = audit->verdicts->pdata[i];
      if (cd_rubric_criterion (audit->rubric, verdict->criterion)->dimension != dimension || !cd_verdict_is_settled (verdict))
        continue;
      if (!titled) {
        g_string_append (out, "\n### ");
        cd_markup_text (out, cd_rubric_dimension (audit->rubric, dimension)->name);
        g_string_append (out, "\n\n| | Criterion | Points | Certainty | Evidence |\n|---|---|---:|---:|---|\n");
      }
      titled = TRUE;
      add_answer (out, audit, verdict);
      add_evidence (out, audit, verdict);
      g_string_append (out, " |\n");
    }
  }
}

/* Where a reader should look: the best candidate, the headings that it stands under, and its text. */
static void
add_candidate (GString *out, const CdAudit *audit, const CdCandidate *candidate)
{
  guint document = candidate->evidence.document, line = candidate->evidence.line;
  CdPickedContext context = cd_pick_context (audit, document, line);
  g_autofree char *excerpt = cd_pick_excerpt (audit, document, line), *section = context.section;
  g_string_append (out, candidate->for_yes ? "for yes: " : "for no: ");
  cd_markup_place (out, audit, document, line);
  if (section != NULL) {
    g_string_append (out, ", under ");
    cd_markup_code (out, section);
  }
  if (excerpt != NULL)
    g_string_append (out, "<br>");
  cd_markup_code (out, excerpt != NULL ? excerpt : "");
}

static void
add_unsettled (GString *out, const CdAudit *audit, const GPtrArray *unsettled)
{
  if (unsettled->len == 0)
    return;
  g_string_append_printf (out,
                          "\n## A reader is needed: %u of %u verdicts\n\nWhat would move the score most comes first; `candor review` settles them in "
                          "this order.\n\n| | Criterion | Points | Certainty | What was found | Where to look |\n|---|---|---:|---:|---|---|\n",
                          unsettled->len, audit->verdicts->len);
  for (guint i = 0; i < unsettled->len; i++) {
    const CdVerdict *verdict = unsettled->pdata[i];
    add_answer (out, audit, verdict);
    add_evidence (out, audit, verdict);
    g_string_append (out, " | ");
    if (verdict->candidates->len > 0)
      add_candidate (out, audit, &g_array_index (verdict->candidates, CdCandidate, 0));
    g_string_append (out, " |\n");
  }
}

static void
add_verdicts (GString *out, const CdAudit *audit)
{
  g_autoptr (GPtrArray) unsettled = cd_rubric_unsettled (audit->rubric, audit->verdicts);
  if (unsettled->len < audit->verdicts->len)
    g_string_append_printf (out, "## Settled: %u of %u verdicts\n", audit->verdicts->len - unsettled->len, audit->verdicts->len);
  add_settled (out, audit);
  add_unsettled (out, audit, unsettled);
}

static void
add_cheapest (GString *out, const CdAudit *audit)
{
  g_autoptr (GPtrArray) cheapest = cd_report_cheapest (audit);
  if (cheapest->len == 0)
    return;
  g_string_append (out, "\n## Cheapest points still missing\n\n");
  for (guint i = 0; i < cheapest->len && i < TOP; i++) {
    const CdVerdict *verdict = cheapest->pdata[i];
    const CdCriterion *criterion = cd_rubric_criterion (audit->rubric, verdict->criterion);
    g_string_append_printf (out, "%u. **+%u** ", i + 1, criterion->points);
    cd_markup_code (out, criterion->id);
    g_string_append (out, " ");
    cd_markup_text (out, verdict->missing->len > 0 ? verdict->missing->pdata[0] : criterion->question);
    g_string_append (out, "\n");
  }
}

static void
add_commands (GString *out, const CdAudit *audit)
{
  static const struct {
    CdCommandClass class;
    const char *name;
  } classes[] = { { CD_COMMAND_TRAINING, "training" }, { CD_COMMAND_EVALUATION, "evaluation" } };
  CdPickedCommands picked[G_N_ELEMENTS (classes)];
  guint shown = 0;
  g_string_append (out, "\n## Commands\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++) {
    cd_pick_commands (audit, classes[i].class, &picked[i]);
    shown += picked[i].shown;
    g_string_append_printf (out, "- %u for %s, %u broken\n", picked[i].total, classes[i].name, picked[i].broken);
  }
  if (shown == 0)
    return;
  g_string_append (out, "\n| Use | Where | Command | Status |\n|---|---|---|---|\n");
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    for (guint k = 0; k < picked[i].shown; k++) {
      const CdWorkCommand *command = picked[i].commands[k];
      g_string_append_printf (out, "| %s | ", classes[i].name);
      cd_markup_place (out, audit, command->document, command->command->line);
      g_string_append (out, " | ");
      cd_markup_code (out, command->command->text);
      g_string_append_printf (out, " | %s", cd_report_command_status (command));
      if (command->problems != NULL) {
        const CdCommandProblem *problem = command->problems->pdata[0];
        g_string_append_printf (out, ", %s: ", problem->code);
        cd_markup_code (out, problem->what);
      }
      g_string_append (out, " |\n");
    }
}

static void
add_fold (GString *out, const char *title, guint length)
{
  g_string_append_printf (out, "\n<details><summary>%s: %u</summary>\n\n", title, length);
}

static void
add_fold_end (GString *out, guint length)
{
  if (length > LISTED)
    g_string_append_printf (out, "- and %u more\n", length - LISTED);
  g_string_append (out, "\n</details>\n");
}

static void
add_vendored (GString *out, const CdAudit *audit)
{
  const GPtrArray *vendored = cd_scope_vendored (audit->scope);
  if (vendored->len == 0)
    return;
  add_fold (out, "Other people's code, set apart", vendored->len);
  for (guint i = 0; i < vendored->len && i < LISTED; i++) {
    const CdVendored *tree = vendored->pdata[i];
    g_string_append (out, "- ");
    cd_markup_code (out, tree->path);
    if (tree->of != NULL) {
      g_string_append (out, ", a copy of ");
      cd_markup_code (out, tree->of);
    }
    g_string_append_printf (out, ", known by %s\n", tree->by);
  }
  add_fold_end (out, vendored->len);
}

static void
add_not_examined (GString *out, const CdAudit *audit)
{
  guint length = audit->not_examined->len;
  if (length == 0)
    return;
  add_fold (out, "Not examined", length);
  for (guint i = 0; i < length && i < LISTED; i++) {
    const CdNotExamined *entry = audit->not_examined->pdata[i];
    g_string_append (out, "- ");
    cd_markup_code (out, entry->path);
    g_string_append (out, ": ");
    cd_markup_text (out, entry->why);
    g_string_append (out, "\n");
  }
  add_fold_end (out, length);
}

char *
cd_report_markdown (const CdAudit *audit)
{
  GString *out = g_string_sized_new (16384);
  add_title (out, audit);
  add_score (out, audit);
  add_verdicts (out, audit);
  cd_markup_assessments (out, audit);
  add_cheapest (out, audit);
  cd_markup_figures (out, audit);
  cd_markup_lineage (out, audit);
  add_commands (out, audit);
  cd_markdown_risks (out, audit);
  add_vendored (out, audit);
  add_not_examined (out, audit);
  cd_markup_online (out, audit);
  cd_markdown_history (out, audit);
  return g_string_free (out, FALSE);
}
