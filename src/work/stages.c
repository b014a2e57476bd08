/* A stage is opened by words about it, by a command that runs it, or by a configuration of its kind. A sentence that compares, plans or denies
 * opens none: another work's SFT is no stage of this one. */
#include "work/stages.h"
#include "work/commands.h"
#include "scope/role.h"
#include <string.h>

static const struct { const char *signal; CdTechnique technique; } stage_signals[] = {
  { "work.stage-sft", CD_TECHNIQUE_SFT }, { "work.stage-rl", CD_TECHNIQUE_RL }, { "work.stage-preference", CD_TECHNIQUE_PREFERENCE },
  { "work.stage-reward-model", CD_TECHNIQUE_REWARD_MODEL }, { "work.stage-pretraining", CD_TECHNIQUE_PRETRAINING },
};

static void
note_place (CdStage *stage, guint document, guint line)
{
  CdPlace place = { document, line, line };
  if (stage->places->len < 16)
    g_array_append_val (stage->places, place);
}

static void
count_mentions (CdStage *const stages[], const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits)
{
  gint indexes[G_N_ELEMENTS (stage_signals)];
  for (guint r = 0; r < G_N_ELEMENTS (stage_signals); r++)
    indexes[r] = cd_signals_find (signals, stage_signals[r].signal);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    CdRole role = cd_role_of (document);
    if (!cd_scope_is_own (scope, i) || (role != CD_ROLE_README && role != CD_ROLE_DOC && role != CD_ROLE_CARD && role != CD_ROLE_PAPER))
      continue;
    const GArray *own = hits->pdata[i];
    for (guint h = 0; h < own->len; h++) {
      const CdHit *hit = &g_array_index (own, CdHit, h);
      const CdPassage *passage = &g_array_index (document->passages, CdPassage, hit->passage);
      if (passage->flags & (CD_CONTEXT_NEGATED | CD_CONTEXT_COMPARISON | CD_CONTEXT_QUOTED))
        continue;
      for (guint r = 0; r < G_N_ELEMENTS (stage_signals); r++)
        if (indexes[r] >= 0 && hit->signal == (guint) indexes[r]) {
          stages[stage_signals[r].technique]->mentions++;
          note_place (stages[stage_signals[r].technique], i, passage->line);
        }
    }
  }
}

static CdTechnique
technique_of_command (const CdWorkCommand *command)
{
  static const struct { const char *word; CdTechnique technique; } words[] = {
    { "grpo", CD_TECHNIQUE_RL }, { "main_ppo", CD_TECHNIQUE_RL }, { "ppo", CD_TECHNIQUE_RL }, { "rloo", CD_TECHNIQUE_RL }, { "dapo", CD_TECHNIQUE_RL },
    { "reinforce", CD_TECHNIQUE_RL }, { "adv_estimator", CD_TECHNIQUE_RL }, { "rollout", CD_TECHNIQUE_RL }, { "rlhf", CD_TECHNIQUE_RL }, { "_rl", CD_TECHNIQUE_RL },
    { "dpo", CD_TECHNIQUE_PREFERENCE }, { "simpo", CD_TECHNIQUE_PREFERENCE }, { "kto", CD_TECHNIQUE_PREFERENCE }, { "sft", CD_TECHNIQUE_SFT },
    { "finetun", CD_TECHNIQUE_SFT }, { "prm", CD_TECHNIQUE_REWARD_MODEL }, { "reward_model", CD_TECHNIQUE_REWARD_MODEL },
  };
  g_autofree char *lower = g_ascii_strdown (command->command->text, -1);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i].word) != NULL)
      return words[i].technique;
  return CD_TECHNIQUE_UNKNOWN;
}

static void
stage_free (gpointer data)
{
  CdStage *stage = data;
  g_array_unref (stage->places);
  g_free (stage);
}

void
cd_stages_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits)
{
  CdStage *stages[CD_TECHNIQUES];
  for (guint i = 0; i < CD_TECHNIQUES; i++) {
    stages[i] = g_new0 (CdStage, 1);
    stages[i]->technique = (CdTechnique) i;
    stages[i]->places = g_array_new (FALSE, FALSE, sizeof (CdPlace));
  }
  for (guint i = 0; i < work->commands->len; i++) {
    const CdWorkCommand *command = work->commands->pdata[i];
    if (command->class != CD_COMMAND_TRAINING)
      continue;
    CdStage *stage = stages[technique_of_command (command)];
    stage->commands++;
    note_place (stage, command->document, command->command->line);
  }
  for (guint i = 0; i < work->configurations->len; i++) {
    const CdConfiguration *configuration = work->configurations->pdata[i];
    CdStage *stage = stages[configuration->technique];
    stage->configurations += configuration->anchored ? 1 : 0;
    if (configuration->anchored && cd_configuration_is_complete (configuration)) {
      stage->complete_configurations++;
      note_place (stage, configuration->document, configuration->learning_rate.line);
    }
  }
  count_mentions (stages, corpus, scope, signals, hits);
  work->stages = g_ptr_array_new_with_free_func (stage_free);
  for (guint i = 0; i < CD_TECHNIQUES; i++) {
    if (stages[i]->mentions + stages[i]->commands + stages[i]->configurations > 0)
      g_ptr_array_add (work->stages, stages[i]);
    else
      stage_free (stages[i]);
  }
}

const CdStage *
cd_work_stage (const CdWork *work, CdTechnique technique)
{
  for (guint i = 0; i < work->stages->len; i++)
    if (((CdStage *) work->stages->pdata[i])->technique == technique)
      return work->stages->pdata[i];
  return NULL;
}
