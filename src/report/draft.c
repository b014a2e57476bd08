/* A manifest drafted from an audit: every value with a comment naming the line it came from, what nothing tells as TODO. The draft is valid as it stands. */
#include "report/report.h"
#include "base/yaml.h"
#include "work/commands.h"
#include <string.h>

typedef struct {
  const CdAudit *audit;
  GString *text;
} Draft;

static void
add_value (Draft *draft, const char *indent, const char *key, const char *value, const CdPlace *place)
{
  g_autofree char *shown = cd_text_printable (value ? value : "TODO");
  g_string_append_printf (draft->text, "%s%s: ", indent, key);
  cd_yaml_quote (draft->text, shown);
  if (place != NULL && place->line > 0) {
    g_autofree char *where = cd_report_place (draft->audit, place->document, place->line);
    g_autofree char *comment = cd_text_printable (where);
    g_string_append_printf (draft->text, "  # %s", comment);
  }
  g_string_append_c (draft->text, '\n');
}

static const CdArtefact *
first_artefact (const CdAudit *audit, CdArtefactKind kind, gboolean own)
{
  for (guint i = 0; i < audit->work->artefacts->len; i++) {
    const CdArtefact *artefact = audit->work->artefacts->pdata[i];
    if (artefact->kind == kind && (!own || artefact->own))
      return artefact;
  }
  return NULL;
}

static const CdPlace *
first_place (const CdArtefact *artefact)
{
  return artefact && artefact->places->len ? &g_array_index (artefact->places, CdPlace, 0) : NULL;
}

static void
add_work (Draft *draft)
{
  const CdArtefact *paper = first_artefact (draft->audit, CD_ARTEFACT_PAPER, TRUE);
  const char *title = NULL;
  CdPlace place = { 0 };
  for (guint i = 0; i < draft->audit->corpus->documents->len && title == NULL; i++) {
    const CdDocument *document = draft->audit->corpus->documents->pdata[i];
    if (g_ascii_strncasecmp (document->path, "readme", 6) != 0 || document->sections->len == 0)
      continue;
    const CdSection *section = document->sections->pdata[0];
    title = section->title;
    place = (CdPlace){ i, section->line, section->line };
  }
  g_string_append (draft->text, "work:\n");
  add_value (draft, "  ", "title", title, &place);
  add_value (draft, "  ", "license", draft->audit->work->license, NULL);
  if (paper != NULL)
    add_value (draft, "  ", "paper", paper->where ? paper->where : paper->id, first_place (paper));
}

static void
add_models (Draft *draft)
{
  const CdArtefact *base = first_artefact (draft->audit, CD_ARTEFACT_BASE_MODEL, FALSE);
  guint count = 0;
  g_string_append (draft->text, "models:\n");
  for (guint i = 0; i < draft->audit->work->artefacts->len; i++) {
    const CdArtefact *artefact = draft->audit->work->artefacts->pdata[i];
    gboolean collection = artefact->where != NULL && strstr (artefact->where, "/collections/") != NULL;
    if (artefact->kind != CD_ARTEFACT_WEIGHTS || !artefact->own || collection)
      continue;
    add_value (draft, "  - ", "id", artefact->id, first_place (artefact));
    add_value (draft, "    ", "base", base ? base->id : NULL, first_place (base));
    add_value (draft, "    ", "weights", artefact->where ? artefact->where : artefact->id, first_place (artefact));
    count++;
  }
  if (count == 0) {
    add_value (draft, "  - ", "id", NULL, NULL);
    add_value (draft, "    ", "base", base ? base->id : NULL, first_place (base));
  }
}

static void
add_datasets (Draft *draft)
{
  guint count = 0;
  for (guint i = 0; i < draft->audit->work->artefacts->len; i++) {
    const CdArtefact *artefact = draft->audit->work->artefacts->pdata[i];
    if (artefact->kind != CD_ARTEFACT_DATASET || !(artefact->own || artefact->training || artefact->evaluation))
      continue;
    if (count++ == 0)
      g_string_append (draft->text, "datasets:\n");
    add_value (draft, "  - ", "id", artefact->id, first_place (artefact));
    if (artefact->where != NULL)
      add_value (draft, "    ", "source", artefact->where, first_place (artefact));
    add_value (draft, "    ", "selection", NULL, NULL);
    g_string_append_printf (draft->text, "    role: %s\n", artefact->evaluation && !artefact->training ? "evaluation" : "training");
  }
}

static const char *
stage_kind (CdTechnique technique)
{
  static const char *const kinds[] = { "other", "sft", "rl", "preference", "reward-model", "pretraining" };
  return kinds[technique];
}

static const CdConfiguration *
configuration_of (const CdAudit *audit, CdTechnique technique)
{
  for (guint i = 0; i < audit->work->configurations->len; i++) {
    const CdConfiguration *configuration = audit->work->configurations->pdata[i];
    if (configuration->anchored && configuration->technique == technique)
      return configuration;
  }
  return NULL;
}

static void
add_stages (Draft *draft)
{
  guint count = 0;
  for (guint i = 0; i < draft->audit->work->stages->len; i++) {
    const CdStage *stage = draft->audit->work->stages->pdata[i];
    if (stage->technique == CD_TECHNIQUE_UNKNOWN)
      continue;
    if (count++ == 0)
      g_string_append (draft->text, "stages:  # in order; remove what is not a stage of the work\n");
    const CdPlace *place = stage->places->len ? &g_array_index (stage->places, CdPlace, 0) : NULL;
    add_value (draft, "  - ", "name", cd_technique_name (stage->technique), place);
    g_string_append_printf (draft->text, "    kind: %s\n", stage_kind (stage->technique));
    const CdConfiguration *configuration = configuration_of (draft->audit, stage->technique);
    if (configuration != NULL) {
      const CdDocument *document = draft->audit->corpus->documents->pdata[configuration->document];
      add_value (draft, "    ", "configuration", document->path, &configuration->learning_rate);
    }
    g_string_append (draft->text,
                     "    # hyperparameters: {learning_rate: TODO, batch_size: TODO, epochs: TODO}\n    # hardware: {accelerator: TODO, count: 0}\n");
  }
}

static void
add_commands (Draft *draft)
{
  g_string_append (draft->text, "# Commands found; move each to its stage or evaluation as `command:`.\n");
  guint listed = 0;
  for (guint i = 0; i < draft->audit->work->commands->len && listed < 12; i++) {
    const CdWorkCommand *command = draft->audit->work->commands->pdata[i];
    if (command->class != CD_COMMAND_TRAINING && command->class != CD_COMMAND_EVALUATION)
      continue;
    g_autofree char *where = cd_report_place (draft->audit, command->document, command->command->line);
    g_autofree char *line = g_strdup_printf ("%s  (%s, %s)", command->command->text, cd_command_class_name (command->class), where);
    g_autofree char *shown = cd_text_printable (line);
    g_string_append_printf (draft->text, "#   %s\n", shown);
    listed++;
  }
}

char *
cd_report_draft (const CdAudit *audit)
{
  Draft draft = { audit, g_string_new ("# Drafted by `candor init` from commit ") };
  g_string_append_printf (
      draft.text, "%s.\n# Every value names the line it came from; replace each TODO or remove its line, then run `candor validate`.\ncandor: 1\n",
      cd_snapshot_commit (audit->snapshot));
  add_work (&draft);
  add_models (&draft);
  add_datasets (&draft);
  add_stages (&draft);
  g_string_append (
      draft.text,
      "# distillation: {statement: none}  # none, self, disclosed or partial; name every teacher under `teachers:`\n"
      "# techniques: {search: none, long_thought: none, synthesis: none}  # say what is not used: it earns the points\n"
      "# evaluations:\n#   - {benchmark: TODO, split: TODO, metric: pass@1, judged: final answer, decoding: {temperature: 0, max_tokens: 4096}}\n"
      "# claims:\n#   - {model: TODO, benchmark: TODO, metric: pass@1, value: 0, unit: percent}\n");
  add_commands (&draft);
  return g_string_free (draft.text, FALSE);
}
