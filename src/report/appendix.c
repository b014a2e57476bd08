/* The appendix as a whole: front, check-list, description, installation; its other sections are in files of their own. The check-list's rows are those of
 * the cTuning template (ctuning.org/ae), the badges those of ACM's "Artifact Review and Badging", version 1.1. */
#include "report/appendix.h"
#include "report/markup-record.h"
#include "report/markup.h"
#include <string.h>

#define PLACES 2u
#define NAMES 12u /* of one item of the check-list; the tables have all */

/* An empty line, unless there is one. */
static void
begin_block (CdAppendix *appendix)
{
  if (!g_str_has_suffix (appendix->out->str, "\n\n"))
    g_string_append_c (appendix->out, '\n');
}

void
cd_appendix_heading (CdAppendix *appendix, guint level, const char *title)
{
  begin_block (appendix);
  g_string_append_printf (appendix->out, "%.*s %s\n\n", (int) level, "####", title);
}

void
cd_appendix_ask (CdAppendix *appendix, const char *what)
{
  begin_block (appendix);
  g_string_append_printf (appendix->out, "> **To be written by the authors:** %s\n", what);
}

void
cd_appendix_item (CdAppendix *appendix, const char *label)
{
  g_string_append_printf (appendix->out, "- **%s:** ", label);
}

void
cd_appendix_places (CdAppendix *appendix, const cJSON *object)
{
  g_autoptr (GArray) places = cd_record_places (object, "evidence");
  CdRecordPlace own = cd_record_place (object);
  if (places->len == 0 && *own.path != '\0')
    cd_markup_record_place (appendix->out, appendix->record, &own);
  else
    cd_markup_record_places (appendix->out, appendix->record, places, PLACES);
}

void
cd_appendix_text (CdAppendix *appendix, const char *text)
{
  if (text == NULL || *text == '\0')
    g_string_append (appendix->out, "—");
  else
    cd_markup_text (appendix->out, text);
}

void
cd_appendix_verdict (CdAppendix *appendix, const char *label, const char *id)
{
  const CdRecordVerdict *verdict = cd_record_verdict (appendix->record, id);
  if (verdict == NULL)
    return;
  cd_appendix_item (appendix, label);
  if (verdict->yes) {
    g_string_append (appendix->out, verdict->settled ? "stated at " : "likely stated, check it, at ");
    cd_markup_record_places (appendix->out, appendix->record, verdict->evidence, PLACES);
    g_string_append_printf (appendix->out, " (%s, certainty %.2f)\n", verdict->basis, verdict->certainty);
    return;
  }
  g_string_append_printf (appendix->out, "not found by the audit (certainty %.2f): ", verdict->certainty);
  cd_appendix_text (appendix, verdict->question);
  g_string_append (appendix->out, " **To be written by the authors.**\n");
}

static void
add_front (CdAppendix *appendix)
{
  const CdRecord *record = appendix->record;
  g_string_append (appendix->out, "# Artifact appendix (draft)\n\n");
  g_string_append_printf (appendix->out, "Drafted by `candor appendix` (candor %s, rubric %s %s) from the audit of commit `%.40s`",
                          record->tool_version, record->rubric, record->rubric_version, record->commit);
  if (*record->subdir != '\0') {
    g_string_append (appendix->out, ", folder ");
    cd_markup_code (appendix->out, record->subdir);
  }
  g_string_append (appendix->out,
                   ". Each statement names the place that it was taken from; the audit executed nothing. Check every line, and replace what is "
                   "marked *to be written by the authors*: an audit cannot know it.\n");
}

static void
add_abstract (CdAppendix *appendix)
{
  cd_appendix_heading (appendix, 2, "Abstract");
  cd_appendix_ask (appendix, "what the artifact is, which results of the paper it supports, and what is needed to check them.");
  const GPtrArray *approach = appendix->record->approach;
  if (approach->len == 0)
    return;
  g_string_append (appendix->out, "\nStages that the audit found in the repository (places: Algorithm, below): ");
  for (guint i = 0; i < approach->len; i++) {
    g_string_append (appendix->out, i > 0 ? ", " : "");
    cd_markup_text (appendix->out, approach->pdata[i]);
  }
  g_string_append (appendix->out, ".\n");
}

/* Distinct values of key over the claims, in their order, as an item. */
static void
add_distinct (CdAppendix *appendix, const char *label, const char *key)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  const cJSON *claims = cd_record_part (appendix->record, "claims"), *claim = NULL;
  cJSON_ArrayForEach (claim, claims)
  {
    const char *value = cd_record_string (claim, key);
    if (value != NULL && seen->len < NAMES && !g_ptr_array_find_with_equal_func (seen, value, g_str_equal, NULL))
      g_ptr_array_add (seen, (gpointer) value);
  }
  cd_appendix_item (appendix, label);
  for (guint i = 0; i < seen->len; i++) {
    g_string_append (appendix->out, i > 0 ? ", " : "");
    cd_markup_text (appendix->out, seen->pdata[i]);
  }
  if (seen->len > 0)
    g_string_append (appendix->out, " (the table of expected results names the places)\n");
  else
    g_string_append_printf (appendix->out, "%s. **To be written by the authors.**\n",
                            cJSON_GetArraySize (claims) > 0 ? "the claimed figures name none" : "no claimed figure was found");
}

/* The names of a list's members under key, as an item. */
static void
add_names (CdAppendix *appendix, const char *label, const char *list, const char *key)
{
  const cJSON *item = NULL;
  guint count = 0;
  cd_appendix_item (appendix, label);
  cJSON_ArrayForEach (item, cd_record_part (appendix->record, list))
  {
    if (count++ >= NAMES)
      continue;
    g_string_append (appendix->out, count > 1 ? "; " : "");
    cd_markup_code (appendix->out, cd_record_string (item, key) != NULL ? cd_record_string (item, key) : "unnamed");
    g_string_append (appendix->out, " at ");
    cd_appendix_places (appendix, item);
  }
  if (count > NAMES)
    g_string_append_printf (appendix->out, "; and %u more", count - NAMES);
  g_string_append (appendix->out, count > 0 ? "\n" : "none found by the audit. **To be written by the authors.**\n");
}

static void
add_dependencies (CdAppendix *appendix, const char *label)
{
  static const struct {
    const char *value, *words;
  } rows[] = {
    { "pinned", "declared, with exact versions" },
    { "partly", "declared, some with exact versions" },
    { "unpinned", "declared without exact versions" },
    { "none", "not declared" },
  };
  const cJSON *environment = cd_record_part (appendix->record, "commands.environment");
  const char *value = cd_record_string (environment, "dependencies"), *words = "not known";
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (value, rows[i].value) == 0)
      words = rows[i].words;
  cd_appendix_item (appendix, label);
  g_string_append_printf (appendix->out, "dependencies %s; random seed %s (places of both: ", words,
                          g_strcmp0 (cd_record_string (environment, "seed"), "set") == 0 ? "set" : "not set");
  cd_appendix_places (appendix, environment);
  g_string_append (appendix->out, "). Versions of the operating system, drivers and CUDA: **to be written by the authors.**\n");
}

static void
add_license (CdAppendix *appendix, const char *label)
{
  const char *license = cd_record_string (cd_record_part (appendix->record, "provenance"), "license");
  cd_appendix_item (appendix, label);
  if (license == NULL) {
    g_string_append (appendix->out, "none was found by the audit. **To be written by the authors.**\n");
    return;
  }
  cd_markup_text (appendix->out, license);
  g_string_append (appendix->out, " (the repository's licence file or manifest)\n");
}

static void
add_checklist (CdAppendix *appendix)
{
  cd_appendix_heading (appendix, 2, "Artifact check-list (meta-information)");
  cd_appendix_verdict (appendix, "Algorithm", "method.pipeline");
  add_names (appendix, "Models that training starts from", "provenance.base_models", "id");
  add_names (appendix, "Trained weights", "provenance.weights", "id");
  add_names (appendix, "Data sets", "provenance.datasets", "name");
  add_dependencies (appendix, "Run-time environment");
  cd_appendix_verdict (appendix, "Hardware", "method.compute");
  cd_appendix_verdict (appendix, "Hyperparameters", "method.hyperparameters");
  add_distinct (appendix, "Metrics", "metric");
  add_distinct (appendix, "Benchmarks", "benchmark");
  cd_appendix_verdict (appendix, "Conditions of the evaluation", "eval.conditions");
  static const char *const unknown[] = { "Disk space needed", "Time to prepare the workflow", "Time to complete the experiments", "Archived (DOI)" };
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++) {
    cd_appendix_item (appendix, unknown[i]);
    g_string_append (appendix->out, "**to be written by the authors**\n");
  }
  add_license (appendix, "Code licence");
}

static void
add_delivery (CdAppendix *appendix)
{
  const CdRecord *record = appendix->record;
  const char *paper = cd_record_string (cd_record_part (record, "provenance"), "paper");
  cd_appendix_heading (appendix, 2, "Description");
  cd_appendix_heading (appendix, 3, "How the artifact is delivered");
  cd_appendix_item (appendix, "Repository");
  if (record->remote != NULL)
    cd_markup_code (appendix->out, record->remote);
  else
    g_string_append (appendix->out, "**to be written by the authors** (the audited copy names no remote)");
  g_string_append_printf (appendix->out, "%s, commit `%.40s`%s%s\n", record->remote != NULL ? " (the remote of the audited copy)" : "",
                          record->commit, record->date != NULL ? " of " : "", record->date != NULL ? record->date : "");
  cd_appendix_verdict (appendix, "Weights", "open.weights");
  cd_appendix_verdict (appendix, "Training data", "open.post-training-data");
  cd_appendix_verdict (appendix, "Training code", "open.training-code");
  cd_appendix_verdict (appendix, "Evaluation code", "open.evaluation-code");
  cd_appendix_item (appendix, "Paper");
  if (paper != NULL)
    cd_markup_code (appendix->out, paper);
  g_string_append (appendix->out, paper != NULL ? "\n" : "no address found by the audit. **To be written by the authors.**\n");
  cd_appendix_verdict (appendix, "Link to the paper", "open.paper");
  cd_appendix_item (appendix, "Archive with a persistent identifier");
  g_string_append (appendix->out, "**to be written by the authors**\n");
}

static void
add_requirements (CdAppendix *appendix)
{
  cd_appendix_heading (appendix, 3, "Hardware dependencies");
  cd_appendix_verdict (appendix, "Accelerators used for training", "method.compute");
  cd_appendix_ask (appendix, "what is needed at least to run the evaluation, and to run the training.");
  cd_appendix_heading (appendix, 3, "Software dependencies");
  add_dependencies (appendix, "Dependencies");
}

char *
cd_report_appendix (const CdRecord *record)
{
  CdAppendix appendix = { record, g_string_new (NULL) };
  add_front (&appendix);
  add_abstract (&appendix);
  add_checklist (&appendix);
  add_delivery (&appendix);
  add_requirements (&appendix);
  cd_appendix_materials (&appendix);
  cd_appendix_heading (&appendix, 2, "Installation");
  cd_appendix_verdict (&appendix, "Instructions", "open.instructions");
  cd_appendix_ask (&appendix, "the steps from a fresh machine to a first test that takes minutes, and how to tell that it worked.");
  cd_appendix_workflow (&appendix);
  cd_appendix_results (&appendix);
  cd_appendix_badges (&appendix);
  return g_string_free (appendix.out, FALSE);
}
