/* Groups settings into runs: a configuration file or launch script is one run; in a document each command is one; a Python file's constants and
 * defaults are one that is not anchored (readers do not count a default as the value used). */
#include "work/configurations.h"
#include "work/commands.h"
#include <string.h>

typedef enum { KEY_NONE, KEY_LEARNING_RATE, KEY_BATCH_SIZE, KEY_DURATION, KEY_BASE_MODEL, KEY_DATASET } KeyMeaning;

static const struct { const char *name; KeyMeaning meaning; } key_table[] = {
  { "learning_rate", KEY_LEARNING_RATE }, { "lr", KEY_LEARNING_RATE }, { "actor_learning_rate", KEY_LEARNING_RATE }, { "actor_lr", KEY_LEARNING_RATE },
  { "peak_lr", KEY_LEARNING_RATE }, { "max_lr", KEY_LEARNING_RATE }, { "policy_lr", KEY_LEARNING_RATE }, { "base_lr", KEY_LEARNING_RATE },
  { "critic_learning_rate", KEY_LEARNING_RATE }, { "learningrate", KEY_LEARNING_RATE },
  { "batch_size", KEY_BATCH_SIZE }, { "train_batch_size", KEY_BATCH_SIZE }, { "per_device_train_batch_size", KEY_BATCH_SIZE },
  { "global_batch_size", KEY_BATCH_SIZE }, { "micro_batch_size", KEY_BATCH_SIZE }, { "rollout_batch_size", KEY_BATCH_SIZE }, { "bsz", KEY_BATCH_SIZE },
  { "ppo_mini_batch_size", KEY_BATCH_SIZE }, { "mini_batch_size", KEY_BATCH_SIZE }, { "total_batch_size", KEY_BATCH_SIZE }, { "bs", KEY_BATCH_SIZE },
  { "batch_size_training", KEY_BATCH_SIZE }, { "micro_train_batch_size", KEY_BATCH_SIZE }, { "gen_batch_size", KEY_BATCH_SIZE },
  { "train_micro_batch_size_per_gpu", KEY_BATCH_SIZE }, { "batchsize", KEY_BATCH_SIZE }, { "batch", KEY_BATCH_SIZE },
  { "num_train_epochs", KEY_DURATION }, { "num_epochs", KEY_DURATION }, { "epochs", KEY_DURATION }, { "epoch", KEY_DURATION },
  { "total_epochs", KEY_DURATION }, { "max_epochs", KEY_DURATION }, { "n_epochs", KEY_DURATION }, { "max_steps", KEY_DURATION },
  { "num_steps", KEY_DURATION }, { "train_steps", KEY_DURATION }, { "total_training_steps", KEY_DURATION }, { "total_steps", KEY_DURATION },
  { "max_train_steps", KEY_DURATION }, { "num_episodes", KEY_DURATION }, { "train_iters", KEY_DURATION }, { "num_iterations", KEY_DURATION },
  { "training_steps", KEY_DURATION }, { "num_training_steps", KEY_DURATION }, { "n_epoch", KEY_DURATION }, { "all_steps", KEY_DURATION },
  { "model_name_or_path", KEY_BASE_MODEL }, { "base_model", KEY_BASE_MODEL }, { "pretrain", KEY_BASE_MODEL }, { "model_name", KEY_BASE_MODEL },
  { "model_path", KEY_BASE_MODEL }, { "model", KEY_BASE_MODEL }, { "pretrained_model_name_or_path", KEY_BASE_MODEL }, { "model_id", KEY_BASE_MODEL },
  { "actor_model_path", KEY_BASE_MODEL }, { "base_model_path", KEY_BASE_MODEL }, { "pretrained_path", KEY_BASE_MODEL }, { "policy_model", KEY_BASE_MODEL },
  { "model.path", KEY_BASE_MODEL }, { "model.partial_pretrain", KEY_BASE_MODEL }, { "llm", KEY_BASE_MODEL }, { "hf_model", KEY_BASE_MODEL },
  { "dataset", KEY_DATASET }, { "dataset_name", KEY_DATASET }, { "data_path", KEY_DATASET }, { "train_files", KEY_DATASET }, { "train_file", KEY_DATASET },
  { "prompt_data", KEY_DATASET }, { "dataset_path", KEY_DATASET }, { "train_data", KEY_DATASET }, { "data_files", KEY_DATASET }, { "train_path", KEY_DATASET },
  { "training_data", KEY_DATASET }, { "train_data_path", KEY_DATASET }, { "data_paths", KEY_DATASET }, { "dataset_id", KEY_DATASET }, { "data_file", KEY_DATASET },
  { "train_dataset", KEY_DATASET }, { "train_datasets", KEY_DATASET },
};

/* Words of keys, values and paths that tell a technique. */
static const struct { const char *word; CdTechnique technique; guint points; } technique_words[] = {
  { "grpo", CD_TECHNIQUE_RL, 4 }, { "ppo", CD_TECHNIQUE_RL, 3 }, { "rloo", CD_TECHNIQUE_RL, 4 }, { "dapo", CD_TECHNIQUE_RL, 4 }, { "gspo", CD_TECHNIQUE_RL, 4 },
  { "reinforce", CD_TECHNIQUE_RL, 4 }, { "rollout", CD_TECHNIQUE_RL, 2 }, { "kl_coef", CD_TECHNIQUE_RL, 2 }, { "kl_loss", CD_TECHNIQUE_RL, 2 },
  { "adv_estimator", CD_TECHNIQUE_RL, 4 }, { "num_generations", CD_TECHNIQUE_RL, 4 }, { "reward", CD_TECHNIQUE_RL, 1 }, { "critic", CD_TECHNIQUE_RL, 1 },
  { "clip_ratio", CD_TECHNIQUE_RL, 2 }, { "rlhf", CD_TECHNIQUE_RL, 1 }, { "zero_rl", CD_TECHNIQUE_RL, 3 },
  { "sft", CD_TECHNIQUE_SFT, 4 }, { "finetun", CD_TECHNIQUE_SFT, 3 }, { "supervised", CD_TECHNIQUE_SFT, 3 }, { "packing", CD_TECHNIQUE_SFT, 1 },
  { "instruction", CD_TECHNIQUE_SFT, 1 }, { "train_on_prompt", CD_TECHNIQUE_SFT, 2 }, { "cutoff_len", CD_TECHNIQUE_SFT, 1 }, { "lora", CD_TECHNIQUE_SFT, 1 },
  { "dpo", CD_TECHNIQUE_PREFERENCE, 5 }, { "simpo", CD_TECHNIQUE_PREFERENCE, 5 }, { "kto", CD_TECHNIQUE_PREFERENCE, 5 }, { "orpo", CD_TECHNIQUE_PREFERENCE, 5 },
  { "preference", CD_TECHNIQUE_PREFERENCE, 3 }, { "reward_model", CD_TECHNIQUE_REWARD_MODEL, 1 }, { "prm", CD_TECHNIQUE_REWARD_MODEL, 3 },
  { "orm_train", CD_TECHNIQUE_REWARD_MODEL, 4 }, { "train_prm", CD_TECHNIQUE_REWARD_MODEL, 5 }, { "train_rm", CD_TECHNIQUE_REWARD_MODEL, 5 },
  { "value_model", CD_TECHNIQUE_REWARD_MODEL, 2 }, { "pretraining", CD_TECHNIQUE_PRETRAINING, 4 }, { "stage: pt", CD_TECHNIQUE_PRETRAINING, 5 },
};

const char *
cd_technique_name (CdTechnique technique)
{
  static const char *const names[] = { "unknown", "sft", "rl", "preference", "reward-model", "pretraining" };
  return technique < CD_TECHNIQUES ? names[technique] : "unknown";
}

gboolean
cd_configuration_is_complete (const CdConfiguration *configuration)
{
  return configuration->learning_rate.line > 0 && configuration->batch_size.line > 0 && configuration->duration.line > 0;
}

static GHashTable *
key_index (void)
{
  static GHashTable *index;
  if (g_once_init_enter (&index)) {
    GHashTable *made = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < G_N_ELEMENTS (key_table); i++)
      g_hash_table_insert (made, (gpointer) key_table[i].name, GINT_TO_POINTER (key_table[i].meaning));
    g_once_init_leave (&index, made);
  }
  return index;
}

static KeyMeaning
meaning_of (const char *key)
{
  char buffer[160];
  gsize length = strlen (key);
  if (length >= sizeof buffer)
    return KEY_NONE;
  for (gsize i = 0; i <= length; i++)
    buffer[i] = key[i] == '-' ? '_' : g_ascii_tolower (key[i]);
  const char *last = strrchr (buffer, '.');
  KeyMeaning meaning = (KeyMeaning) GPOINTER_TO_INT (g_hash_table_lookup (key_index (), last ? last + 1 : buffer));
  if (meaning == KEY_NONE && last != NULL) { /* two parts: model.path */
    const char *before = last;
    while (before > buffer && before[-1] != '.')
      before--;
    meaning = (KeyMeaning) GPOINTER_TO_INT (g_hash_table_lookup (key_index (), before));
  }
  return meaning;
}

static gboolean
is_number (const char *value)
{
  char *end;
  g_ascii_strtod (value, &end);
  return end != value && strspn (end, " _,*0123456789eE.-+/") == strlen (end);
}

static void
note_technique (guint points[], const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_strdelimit (lower, "-", '_');
  for (guint i = 0; i < G_N_ELEMENTS (technique_words); i++)
    if (strstr (lower, technique_words[i].word) != NULL)
      points[technique_words[i].technique] += technique_words[i].points;
}

typedef struct {
  CdConfiguration configuration;
  guint points[CD_TECHNIQUES];
} Run;

static void
note_setting (Run *run, guint document, const CdSetting *setting)
{
  CdPlace *places[] = { NULL, &run->configuration.learning_rate, &run->configuration.batch_size, &run->configuration.duration,
                        &run->configuration.base_model, &run->configuration.dataset };
  KeyMeaning meaning = meaning_of (setting->key);
  gboolean numeric = meaning == KEY_LEARNING_RATE || meaning == KEY_BATCH_SIZE || meaning == KEY_DURATION;
  gboolean held = setting->value[0] != '\0' && (!numeric || is_number (setting->value) || setting->value[0] == '$');
  if (meaning != KEY_NONE && held && places[meaning]->line == 0 && g_ascii_strcasecmp (setting->value, "none") != 0)
    *places[meaning] = (CdPlace){ document, setting->line, setting->line };
  note_technique (run->points, setting->key);
  if (strlen (setting->value) < 64)
    note_technique (run->points, setting->value);
}

static void
finish_run (CdWork *work, Run *run, const CdDocument *document)
{
  const CdConfiguration *c = &run->configuration;
  if (c->learning_rate.line == 0 && c->batch_size.line == 0 && c->duration.line == 0)
    return;
  g_autofree char *path = g_strdup (document->path);
  for (guint i = 0; i < 3; i++)
    note_technique (run->points, path);
  CdTechnique best = CD_TECHNIQUE_UNKNOWN;
  for (guint i = 1; i < CD_TECHNIQUES; i++)
    if (run->points[i] > run->points[best])
      best = (CdTechnique) i;
  run->configuration.technique = best;
  g_ptr_array_add (work->configurations, g_memdup2 (&run->configuration, sizeof run->configuration));
}

static Run
run_begin (guint document, gboolean anchored, gboolean reached)
{
  Run run = { 0 };
  run.configuration.document = document;
  run.configuration.anchored = anchored;
  run.configuration.reached = reached;
  return run;
}

/* A document's commands are runs of their own: settings between a command's first and last line belong to it. */
static void
read_commands (CdWork *work, const CdDocument *document, guint index, gboolean reached)
{
  guint s = 0;
  for (guint c = 0; c < document->commands->len; c++) {
    const CdCommand *command = document->commands->pdata[c];
    if (command->commented)
      continue;
    Run run = run_begin (index, TRUE, reached);
    while (s < document->settings->len && ((CdSetting *) document->settings->pdata[s])->line < command->line)
      s++;
    for (guint k = s; k < document->settings->len; k++) {
      const CdSetting *setting = document->settings->pdata[k];
      if (setting->line > command->end_line)
        break;
      note_setting (&run, index, setting);
    }
    note_technique (run.points, command->text);
    finish_run (work, &run, document);
  }
}

static void
read_file (CdWork *work, const CdDocument *document, guint index, gboolean anchored, gboolean reached)
{
  Run run = run_begin (index, anchored, reached);
  for (guint s = 0; s < document->settings->len; s++)
    note_setting (&run, index, document->settings->pdata[s]);
  finish_run (work, &run, document);
}

void
cd_configurations_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope)
{
  work->configurations = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    if (!cd_scope_is_own (scope, i) || document->settings->len == 0)
      continue;
    gboolean reached = cd_scope_at (scope, i)->reached;
    switch (document->kind) {
      case CD_DOCUMENT_MARKDOWN:
      case CD_DOCUMENT_RST:
      case CD_DOCUMENT_TEXT:
        read_commands (work, document, i, TRUE);
        break;
      case CD_DOCUMENT_SHELL:
      case CD_DOCUMENT_YAML:
      case CD_DOCUMENT_JSON:
      case CD_DOCUMENT_TOML:
      case CD_DOCUMENT_NOTEBOOK:
        read_file (work, document, i, TRUE, reached);
        break;
      case CD_DOCUMENT_PYTHON:
        read_file (work, document, i, FALSE, reached);
        break;
      default:
        break;
    }
  }
}
