/* Data sets, models, and models whose outputs reached the training data. */
#include "report/appendix.h"
#include "report/markup-record.h"
#include "report/markup.h"

#define ROWS 200u

static void
add_size (CdAppendix *appendix, const cJSON *dataset)
{
  double rows = cd_record_number (dataset, "rows", -1), stated = cd_record_number (dataset, "stated_size", -1);
  if (rows >= 0)
    g_string_append_printf (appendix->out, "%.0f counted", rows);
  else if (stated >= 0)
    g_string_append_printf (appendix->out, "%.0f stated", stated);
  else
    g_string_append (appendix->out, "—");
}

static void
add_datasets (CdAppendix *appendix)
{
  guint count = 0;
  const cJSON *dataset = NULL;
  cd_appendix_heading (appendix, 3, "Data sets");
  cJSON_ArrayForEach (dataset, cd_record_part (appendix->record, "provenance.datasets"))
  {
    if (count++ == 0)
      g_string_append (appendix->out, "| Data set | Where | Role | Version fixed | Items | Licence | Place |\n|---|---|---|---|---|---|---|\n");
    if (count > ROWS)
      continue;
    g_string_append (appendix->out, "| ");
    cd_appendix_text (appendix, cd_record_string (dataset, "name"));
    g_string_append (appendix->out, " | ");
    cd_markup_code (appendix->out, cd_record_string (dataset, "where") != NULL ? cd_record_string (dataset, "where") : "—");
    g_string_append (appendix->out, " | ");
    cd_appendix_text (appendix, cd_record_string (dataset, "role"));
    g_string_append_printf (appendix->out, " | %s | ", cd_record_true (dataset, "pinned") ? "yes" : "no");
    add_size (appendix, dataset);
    g_string_append (appendix->out, " | ");
    cd_appendix_text (appendix, cd_record_string (dataset, "license"));
    g_string_append (appendix->out, " | ");
    cd_appendix_places (appendix, dataset);
    g_string_append (appendix->out, " |\n");
  }
  if (count > ROWS)
    g_string_append_printf (appendix->out, "\n… and %u more.\n", count - ROWS);
  if (count == 0)
    cd_appendix_ask (appendix, "the data sets; the audit found none named.");
  g_string_append_c (appendix->out, '\n');
  cd_appendix_verdict (appendix, "Rules that kept or dropped items", "data.selection");
}

static const char *
disclosure_of (const char *word)
{
  static const struct {
    const char *word, *means;
  } rows[] = {
    { "disclosed", "said in the work's words" },
    { "code-only", "visible in code or configuration, said nowhere in words" },
    { "hinted", "hinted at" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (word, rows[i].word) == 0)
      return rows[i].means;
  return "not known";
}

static void
add_teachers (CdAppendix *appendix)
{
  const CdRecord *record = appendix->record;
  cd_appendix_heading (appendix, 3, "Models whose outputs were trained on");
  g_string_append (appendix->out, "The audit's label: **");
  cd_markup_text (appendix->out, record->label);
  g_string_append (appendix->out, "**.\n\n");
  for (guint i = 0; i < record->teachers->len && i < ROWS; i++) {
    const CdRecordTeacher *teacher = record->teachers->pdata[i];
    g_string_append (appendix->out, "- ");
    gboolean lead = g_strcmp0 (teacher->disclosure, "disclosed") != 0 && !cd_record_teacher_is_certain (teacher);
    cd_markup_text (appendix->out, cd_record_model_words (teacher->model));
    g_string_append_printf (appendix->out, ": %s, confidence %s, at ", lead ? "a lead for a reader" : disclosure_of (teacher->disclosure),
                            teacher->confidence);
    cd_markup_record_places (appendix->out, record, teacher->evidence, 2);
    g_string_append_c (appendix->out, '\n');
  }
  const cJSON *inherited = NULL;
  cJSON_ArrayForEach (inherited, cd_record_part (record, "distillation.inherited"))
  {
    g_string_append (appendix->out, "- ");
    cd_appendix_text (appendix, cd_record_string (inherited, "from"));
    g_string_append (appendix->out, ", through ");
    cd_appendix_text (appendix, cd_record_string (inherited, "via"));
    g_string_append_printf (appendix->out, "%s, at ", cd_record_true (inherited, "stated") ? "" : " (not stated by the work)");
    cd_appendix_places (appendix, inherited);
    g_string_append_c (appendix->out, '\n');
  }
  if (record->teachers->len == 0 && inherited == NULL && cJSON_GetArraySize (cd_record_part (record, "distillation.inherited")) == 0)
    cd_appendix_ask (appendix, "whether outputs of another model were trained on; the audit found no teacher.");
}

void
cd_appendix_materials (CdAppendix *appendix)
{
  add_datasets (appendix);
  add_teachers (appendix);
}
