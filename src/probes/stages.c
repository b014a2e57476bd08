/* Probes about what the training consists of: its stages and the values given for each. */
#include "probes/families.h"
#include "work/commands.h"
#include "work/work.h"

#define TOLD 3u /* affirmative passages from which on a stage is taken for the work's, without a command or configuration */

/* The lines from the first to the last of places that are set; 0 where none is. */
static CdPlace
span_of (const CdPlace *const *places, guint length)
{
  CdPlace span = { 0 };
  for (guint i = 0; i < length; i++) {
    if (places[i]->line == 0)
      continue;
    span.document = places[i]->document;
    span.line = span.line == 0 ? places[i]->line : MIN (span.line, places[i]->line);
    span.end = MAX (span.end, places[i]->end);
  }
  return span;
}

static guint
set_values (const CdConfiguration *configuration)
{
  return (configuration->learning_rate.line > 0 ? 1u : 0) + (configuration->batch_size.line > 0 ? 1u : 0)
         + (configuration->duration.line > 0 ? 1u : 0);
}

static gboolean
is_example (const char *path)
{
  static const char *const folders[] = { "example/", "examples/", "demo/", "demos/", "test/", "tests/" };
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    const char *at = strstr (path, folders[i]);
    if (at != NULL && (at == path || at[-1] == '/'))
      return TRUE;
  }
  return FALSE;
}

/* An evaluation's, an example's, or a framework's file in a changed copy, which no instruction runs as it is: its values may be anybody's defaults. */
static gboolean
may_be_defaults (const CdCase *the_case, const CdConfiguration *configuration)
{
  const CdFileScope *file = cd_scope_at (the_case->scope, configuration->document);
  const CdDocument *document = the_case->corpus->documents->pdata[configuration->document];
  if ((!file->reached && is_example (document->path)) || cd_command_class_of_path (document->path) == CD_COMMAND_EVALUATION)
    return TRUE;
  return file->adapted && (document->kind != CD_DOCUMENT_SHELL || !file->reached);
}

static void
find_configurations (const CdCase *the_case, CdTechnique technique, gboolean complete, const char *says, CdFinding *finding)
{
  for (guint i = 0; i < the_case->work->configurations->len; i++) {
    const CdConfiguration *configuration = the_case->work->configurations->pdata[i];
    if (!configuration->anchored || (technique != CD_TECHNIQUE_UNKNOWN && configuration->technique != technique)
        || (complete && !cd_configuration_is_complete (configuration)))
      continue;
    const CdPlace *places[] = { &configuration->learning_rate, &configuration->batch_size, &configuration->duration };
    CdPlace span = span_of (places, G_N_ELEMENTS (places));
    double weight = 2 * cd_reach_weight (the_case, span.document) * (complete || set_values (configuration) > 1 ? 1 : 0.5);
    if (!may_be_defaults (the_case, configuration))
      cd_finding_add (finding, span.document, span.line, span.end, says, weight);
    finding->yes = TRUE;
  }
}

/* Runs whose checkpoint, data and values are set in one place: those of the technique, or of any. */
static void
find_runs (const CdCase *the_case, CdTechnique technique, const char *says, CdFinding *finding)
{
  for (guint i = 0; i < the_case->work->configurations->len; i++) {
    const CdConfiguration *run = the_case->work->configurations->pdata[i];
    if (!run->anchored || run->base_model.line == 0 || run->dataset.line == 0 || run->placeholder || may_be_defaults (the_case, run)
        || set_values (run) == 0 || (technique != CD_TECHNIQUE_UNKNOWN && run->technique != technique))
      continue;
    const CdPlace *places[] = { &run->base_model, &run->dataset, &run->learning_rate, &run->batch_size, &run->duration };
    CdPlace span = span_of (places, G_N_ELEMENTS (places));
    cd_finding_add (finding, span.document, span.line, span.end, says, (2 + set_values (run)) * cd_reach_weight (the_case, span.document));
    finding->yes = TRUE;
  }
}

void
cd_probe_training_run_shown (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_runs (the_case, CD_TECHNIQUE_UNKNOWN, info->id, finding);
}

void
cd_probe_rl_run_shown (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_runs (the_case, CD_TECHNIQUE_RL, info->id, finding);
  find_runs (the_case, CD_TECHNIQUE_PREFERENCE, info->id, finding);
}

void
cd_probe_sft_run_shown (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_runs (the_case, CD_TECHNIQUE_SFT, info->id, finding);
}

/* Programs that hold all three values as constants: those that the work's instructions reach, or any. */
static void
find_programs (const CdCase *the_case, gboolean any, const char *says, CdFinding *finding)
{
  for (guint i = 0; i < the_case->work->configurations->len; i++) {
    const CdConfiguration *found = the_case->work->configurations->pdata[i];
    if (!found->anchored && (any || found->reached) && cd_configuration_is_complete (found))
      cd_finding_add (finding, found->learning_rate.document, found->learning_rate.line, found->learning_rate.end, says, 1.5);
  }
}

void
cd_probe_training_config (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_configurations (the_case, CD_TECHNIQUE_UNKNOWN, FALSE, info->id, finding);
}

void
cd_probe_hyperparameters_in_config (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_configurations (the_case, CD_TECHNIQUE_UNKNOWN, TRUE, info->id, finding);
}

void
cd_probe_hyperparameters_rl (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_configurations (the_case, CD_TECHNIQUE_RL, TRUE, info->id, finding);
}

static gboolean
is_present (const CdStage *stage)
{
  return stage != NULL && (stage->commands > 0 || stage->configurations > 0 || stage->mentions >= TOLD);
}

static void
find_stage (const CdCase *the_case, CdTechnique technique, const char *says, CdFinding *finding)
{
  const CdStage *stage = cd_work_stage (the_case->work, technique);
  if (!is_present (stage))
    return;
  for (guint i = 0; i < stage->places->len; i++) {
    const CdPlace *place = &g_array_index (stage->places, CdPlace, i);
    cd_finding_add (finding, place->document, place->line, place->end, says, 1);
  }
  finding->yes = TRUE;
}

void
cd_probe_stage_sft (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_stage (the_case, CD_TECHNIQUE_SFT, info->id, finding);
}

void
cd_probe_stage_rl (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_stage (the_case, CD_TECHNIQUE_RL, info->id, finding);
}

void
cd_probe_stage_preference (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_stage (the_case, CD_TECHNIQUE_PREFERENCE, info->id, finding);
}

void
cd_probe_stage_reward_model (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_stage (the_case, CD_TECHNIQUE_REWARD_MODEL, info->id, finding);
}

void
cd_probe_stage_pretraining (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_stage (the_case, CD_TECHNIQUE_PRETRAINING, info->id, finding);
}

void
cd_probe_multi_stage (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  guint present = 0;
  for (guint t = 1; t < CD_TECHNIQUES; t++)
    present += is_present (cd_work_stage (the_case->work, (CdTechnique) t)) ? 1 : 0;
  if (present < 2)
    return;
  for (guint t = 1; t < CD_TECHNIQUES; t++)
    find_stage (the_case, (CdTechnique) t, info->id, finding);
}

/* Every stage that the work speaks of has a complete configuration; no stage at all is no yes. */
void
cd_probe_all_stages_configured (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  guint present = 0, complete = 0;
  for (guint t = 1; t < CD_TECHNIQUES; t++) {
    const CdStage *stage = cd_work_stage (the_case->work, (CdTechnique) t);
    present += is_present (stage) ? 1 : 0;
    complete += is_present (stage) && stage->complete_configurations > 0 ? 1 : 0;
  }
  if (present > 0 && complete == present)
    find_configurations (the_case, CD_TECHNIQUE_UNKNOWN, TRUE, info->id, finding);
}

/* A stage whose launches, for the most part, set all values; without launches a complete configuration speaks for it. */
static gboolean
is_launched_completely (const CdStage *stage)
{
  return stage->launches > 0 ? stage->complete_launches * 2 > stage->launches : stage->complete_configurations > 0;
}

/* Every technique that is launched or configured comes with complete values. What has no known technique counts where nothing else is there. */
void
cd_probe_launches_complete (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  guint launched = 0, complete = 0;
  for (guint t = CD_TECHNIQUES; t-- > 0;) {
    const CdStage *stage = cd_work_stage (the_case->work, (CdTechnique) t);
    if (stage == NULL || (stage->launches == 0 && stage->complete_configurations == 0) || (t == CD_TECHNIQUE_UNKNOWN && launched > 0))
      continue;
    launched++;
    complete += is_launched_completely (stage) ? 1 : 0;
  }
  if (complete < launched)
    return;
  find_configurations (the_case, CD_TECHNIQUE_UNKNOWN, TRUE, info->id, finding);
  find_programs (the_case, launched == 0, info->id, finding);
  finding->yes = launched > 0 || finding->count > 0;
}

/* A stage is told of and has neither command nor configuration. */
void
cd_probe_stage_without_configuration (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  for (guint t = CD_TECHNIQUE_SFT; t <= CD_TECHNIQUE_PREFERENCE; t++) {
    const CdStage *stage = cd_work_stage (the_case->work, (CdTechnique) t);
    if (is_present (stage) && stage->commands == 0 && stage->configurations == 0)
      find_stage (the_case, (CdTechnique) t, info->id, finding);
  }
}
