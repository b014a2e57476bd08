/* A stage is opened by words about it, by a command that runs it, or by a configuration of its kind. A sentence that compares, plans or denies
 * opens none: another work's SFT is no stage of this one. A launch is a training command with all that it passes on: its script, what that
 * script calls, and the configuration files that they name; reading of values is configurations.c's business. */
#include "work/stages.h"
#include "work/configurations.h"
#include "scope/role.h"
#include <string.h>

static const struct {
  const char *signal;
  CdTechnique technique;
} stage_signals[] = {
  { "work.stage-sft", CD_TECHNIQUE_SFT },
  { "work.stage-rl", CD_TECHNIQUE_RL },
  { "work.stage-preference", CD_TECHNIQUE_PREFERENCE },
  { "work.stage-reward-model", CD_TECHNIQUE_REWARD_MODEL },
  { "work.stage-pretraining", CD_TECHNIQUE_PRETRAINING },
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

#define LAUNCH_SCRIPTS 16u  /* scripts and configuration files read for one launch */
#define LAUNCH_COMMANDS 64u /* commands followed in one script */
#define LAUNCHES 512u       /* launches followed in one work; further ones count as commands only */

/* What a launch sets, from wherever it takes it. */
typedef struct {
  const CdWork *work;
  const CdCorpus *corpus;
  const CdScope *scope;
  gboolean rate, batch, duration;
  guint points[CD_TECHNIQUES];
  guint seen[LAUNCH_SCRIPTS], seen_count;
} Launch;

static gboolean
is_prose (const CdDocument *document)
{
  return document->kind == CD_DOCUMENT_MARKDOWN || document->kind == CD_DOCUMENT_RST || document->kind == CD_DOCUMENT_TEXT;
}

/* Index of the first item of a document; commands and configurations stand in document order. */
static guint
first_command (const CdWork *work, guint document)
{
  guint low = 0, high = work->commands->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (((CdWorkCommand *) work->commands->pdata[middle])->document < document)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static guint
first_configuration (const CdWork *work, guint document)
{
  guint low = 0, high = work->configurations->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (((CdConfiguration *) work->configurations->pdata[middle])->document < document)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The runs of a document, or of its lines first to last where it is prose. */
static void
take_values (Launch *launch, guint document, guint first, guint last)
{
  gboolean whole = !is_prose (launch->corpus->documents->pdata[document]);
  for (guint i = first_configuration (launch->work, document); i < launch->work->configurations->len; i++) {
    const CdConfiguration *found = launch->work->configurations->pdata[i];
    guint line = MAX (found->learning_rate.line, MAX (found->batch_size.line, found->duration.line));
    if (found->document != document)
      break;
    if (!whole && (line < first || line > last))
      continue;
    launch->rate = launch->rate || found->learning_rate.line > 0;
    launch->batch = launch->batch || found->batch_size.line > 0;
    launch->duration = launch->duration || found->duration.line > 0;
    launch->points[found->technique]++;
  }
}

/* FALSE where the file was read for this launch already, or enough were. */
static gboolean
enter_file (Launch *launch, guint document)
{
  for (guint i = 0; i < launch->seen_count; i++)
    if (launch->seen[i] == document)
      return FALSE;
  if (launch->seen_count == LAUNCH_SCRIPTS)
    return FALSE;
  launch->seen[launch->seen_count++] = document;
  return TRUE;
}

static void follow_script (Launch *launch, guint document);

static gboolean
is_configuration (const char *word)
{
  return g_str_has_suffix (word, ".yaml") || g_str_has_suffix (word, ".yml") || g_str_has_suffix (word, ".json") || g_str_has_suffix (word, ".toml");
}

static void
follow_command (Launch *launch, const CdWorkCommand *command)
{
  const CdCommand *words = command->command;
  take_values (launch, command->document, words->line, words->end_line);
  for (guint i = 1; words->argv[i] != NULL; i++) {
    const char *equals = strchr (words->argv[i], '='), *word = equals != NULL ? equals + 1 : words->argv[i];
    gint named = is_configuration (word) ? cd_scope_resolve_path (launch->scope, command->document, words->directory, word) : -1;
    if (named >= 0 && enter_file (launch, (guint) named))
      take_values (launch, (guint) named, 0, 0);
  }
  if (command->script >= 0 && enter_file (launch, (guint) command->script))
    follow_script (launch, (guint) command->script);
}

/* Depth is bounded by LAUNCH_SCRIPTS: every file is entered once. */
static void
follow_script (Launch *launch, guint document)
{
  take_values (launch, document, 0, 0);
  guint followed = 0;
  for (guint i = first_command (launch->work, document); i < launch->work->commands->len && followed < LAUNCH_COMMANDS; i++) {
    const CdWorkCommand *inner = launch->work->commands->pdata[i];
    if (inner->document != document)
      break;
    if (inner->class != CD_COMMAND_TRAINING && inner->class != CD_COMMAND_OTHER)
      continue;
    followed++;
    cd_technique_count (launch->points, inner->command->text, 1);
    follow_command (launch, inner);
  }
}

/* The script's name weighs most, then the options, then what the script runs. */
static CdTechnique
technique_of_launch (const Launch *launch, const CdWorkCommand *command)
{
  guint points[CD_TECHNIQUES] = { 0 };
  cd_technique_count (points, command->command->text, 1);
  for (guint i = 0; command->command->argv[i] != NULL; i++) {
    const char *word = command->command->argv[i];
    if (g_str_has_suffix (word, ".py") || g_str_has_suffix (word, ".sh") || g_str_has_suffix (word, ".slurm"))
      cd_technique_count (points, strrchr (word, '/') != NULL ? strrchr (word, '/') + 1 : word, 3);
  }
  CdTechnique own = cd_technique_best (points);
  return own != CD_TECHNIQUE_UNKNOWN ? own : cd_technique_best (launch->points);
}

/* A file's name alone, as in a listing of the tree, runs nothing. */
static gboolean
is_launch (const CdWorkCommand *command)
{
  const CdCommand *words = command->command;
  return command->class == CD_COMMAND_TRAINING && !(words->argv[1] == NULL && g_str_has_suffix (words->argv[0], ".py"));
}

/* Launches of one technique: those that set anything, those that set nothing (an unknown script, a placeholder), those that set all three. */
typedef struct {
  guint valued, bare, complete;
} Tally;

static void
count_launches (CdStage *const stages[], const CdWork *work, const CdCorpus *corpus, const CdScope *scope)
{
  Tally told[CD_TECHNIQUES] = { 0 }, scripted[CD_TECHNIQUES] = { 0 };
  guint followed = 0;
  for (guint i = 0; i < work->commands->len; i++) {
    const CdWorkCommand *command = work->commands->pdata[i];
    if (!is_launch (command))
      continue;
    Launch launch = { .work = work, .corpus = corpus, .scope = scope };
    if (followed < LAUNCHES)
      follow_command (&launch, command);
    CdTechnique technique = technique_of_launch (&launch, command);
    stages[technique]->commands++;
    note_place (stages[technique], command->document, command->command->line);
    if (++followed > LAUNCHES)
      continue;
    Tally *tally = is_prose (corpus->documents->pdata[command->document]) ? &told[technique] : &scripted[technique];
    gboolean any = launch.rate || launch.batch || launch.duration;
    tally->valued += any ? 1 : 0;
    tally->bare += any ? 0 : 1;
    tally->complete += launch.rate && launch.batch && launch.duration ? 1 : 0;
  }
  for (guint t = 0; t < CD_TECHNIQUES; t++) {
    stages[t]->documented = told[t].valued + told[t].bare > 0;
    const Tally *tally = stages[t]->documented ? &told[t] : &scripted[t];
    stages[t]->launches = tally->valued > 0 ? tally->valued : tally->bare;
    stages[t]->complete_launches = tally->complete;
  }
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
  count_launches (stages, work, corpus, scope);
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
