/* The three formats of a reproduction, put together from the parts that audits and runs have. */
#include "report/reproduce.h"
#include "report/figures.h"
#include "report/json-parts.h"
#include "report/markup.h"
#include "report/text-parts.h"
#include <math.h>

gboolean
cd_report_reproduce_failed (const CdReproduceReport *report)
{
  for (guint i = 0; i < report->reproductions->len; i++) {
    const CdReproduction *reproduction = g_ptr_array_index (report->reproductions, i);
    gboolean denied = reproduction->conclusion == CD_CONCLUSION_NOT_REPRODUCED || reproduction->conclusion == CD_CONCLUSION_SELECTED;
    gboolean missing = report->rerun != NULL && reproduction->conclusion == CD_CONCLUSION_NOT_RUN;
    if (reproduction->claim >= 0 && (denied || missing))
      return TRUE;
  }
  return FALSE;
}

char *
cd_report_reproduce_text (const CdReproduceReport *report, const CdReportStyle *style)
{
  CdPage page;
  cd_page_init (&page, style);
  const CdScore *score = &report->audit->score;
  if (report->rerun == NULL) {
    cd_page_printf (&page, CD_TINT_NONE, "Commit %s", cd_snapshot_commit (report->audit->snapshot));
    cd_page_end (&page);
  }
  cd_page_printf (&page, CD_TINT_STRONG, "Transparency: %u / %u, %s", score->total, score->of, cd_audit_openness (report->audit));
  cd_page_end (&page);
  cd_text_figures_of (&page, report->audit, report->reproductions, G_MAXUINT);
  for (guint i = 0; report->problems != NULL && i < report->problems->len; i++) {
    cd_page_move (&page, 2);
    cd_page_wrap (&page, g_ptr_array_index (report->problems, i), CD_TINT_FAIR);
    cd_page_end (&page);
  }
  g_autofree char *figures = cd_page_finish (&page);
  g_autofree char *run = report->rerun != NULL ? cd_report_run_text (report->rerun, report->options, report->timing) : g_strdup ("");
  return g_strconcat (run, report->rerun != NULL ? "\n" : "", figures, NULL);
}

char *
cd_report_reproduce_markdown (const CdReproduceReport *report)
{
  GString *out = g_string_new (NULL);
  const CdScore *score = &report->audit->score;
  g_string_append_printf (out, "# Reproduction\n\ncommit `%s`, transparency %u / %u\n", cd_snapshot_commit (report->audit->snapshot), score->total,
                          score->of);
  cd_markup_figures_of (out, report->audit, report->reproductions);
  for (guint i = 0; report->problems != NULL && i < report->problems->len; i++) {
    g_string_append (out, i == 0 ? "\n- " : "- ");
    cd_markup_text (out, g_ptr_array_index (report->problems, i));
    g_string_append_c (out, '\n');
  }
  if (report->rerun != NULL) {
    g_autofree char *run = cd_report_run_text (report->rerun, report->options, report->timing);
    g_string_append_printf (out, "\n## Run\n\n```text\n%s```\n", run);
  }
  return g_string_free (out, FALSE);
}

char *
cd_report_reproduce_json (const CdReproduceReport *report)
{
  cJSON *root = cJSON_CreateObject ();
  cJSON_AddStringToObject (root, "schema", "candor-reproduction/1");
  cJSON_AddStringToObject (root, "commit", cd_snapshot_commit (report->audit->snapshot));
  cJSON *score = cJSON_AddObjectToObject (root, "score");
  cJSON_AddNumberToObject (score, "total", report->audit->score.total);
  cJSON_AddNumberToObject (score, "of", report->audit->score.of);
  cd_json_claims (root, report->audit);
  cJSON *array = cJSON_AddArrayToObject (root, "reproductions");
  for (guint i = 0; i < report->reproductions->len; i++)
    cd_json_reproduction (array, report->audit, g_ptr_array_index (report->reproductions, i));
  cJSON *problems = cJSON_AddArrayToObject (root, "problems");
  for (guint i = 0; report->problems != NULL && i < report->problems->len; i++)
    cJSON_AddItemToArray (problems, cJSON_CreateString (g_ptr_array_index (report->problems, i)));
  if (report->rerun != NULL)
    cJSON_AddItemToObject (root, "run", cd_json_run (report->rerun, report->options, report->timing));
  else
    cJSON_AddNullToObject (root, "run");
  return cd_json_finish (root);
}
