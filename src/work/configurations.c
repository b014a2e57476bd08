/* Groups settings into runs: a configuration file or launch script is one run; in a document each command is one; a Python file's constants are
 * one that is not anchored. Defaults of an option parser are nobody's values: readers do not count them as the ones used. */
#include "work/configurations.h"
#include "work/commands.h"
#include <string.h>

typedef enum { KEY_NONE, KEY_LEARNING_RATE, KEY_BATCH_SIZE, KEY_DURATION, KEY_BASE_MODEL, KEY_DATASET } KeyMeaning;

static const struct {
  const char *name;
  KeyMeaning meaning;
} key_table[] = {
  { "model_name_or_path", KEY_BASE_MODEL },
  { "base_model", KEY_BASE_MODEL },
  { "pretrain", KEY_BASE_MODEL },
  { "model_name", KEY_BASE_MODEL },
  { "model_path", KEY_BASE_MODEL },
  { "model", KEY_BASE_MODEL },
  { "pretrained_model_name_or_path", KEY_BASE_MODEL },
  { "model_id", KEY_BASE_MODEL },
  { "actor_model_path", KEY_BASE_MODEL },
  { "base_model_path", KEY_BASE_MODEL },
  { "pretrained_path", KEY_BASE_MODEL },
  { "policy_model", KEY_BASE_MODEL },
  { "model.path", KEY_BASE_MODEL },
  { "model.partial_pretrain", KEY_BASE_MODEL },
  { "llm", KEY_BASE_MODEL },
  { "hf_model", KEY_BASE_MODEL },
  { "dataset", KEY_DATASET },
  { "dataset_name", KEY_DATASET },
  { "data_path", KEY_DATASET },
  { "train_files", KEY_DATASET },
  { "train_file", KEY_DATASET },
  { "prompt_data", KEY_DATASET },
  { "dataset_path", KEY_DATASET },
  { "train_data", KEY_DATASET },
  { "data_files", KEY_DATASET },
  { "train_path", KEY_DATASET },
  { "training_data", KEY_DATASET },
  { "train_data_path", KEY_DATASET },
  { "data_paths", KEY_DATASET },
  { "dataset_id", KEY_DATASET },
  { "data_file", KEY_DATASET },
  { "train_dataset", KEY_DATASET },
  { "train_datasets", KEY_DATASET },
};

/* Training values go by many names ("actor_learning_rate", "train_bsz", "total_training_steps"); their last part tells, read by its words.
 * A word of `never` makes another quantity of it: a schedule, a validation batch, steps between two savings. */
typedef struct {
  KeyMeaning meaning;
  const char *const *any, *const *never, *const *with;
} KeyRule;

static const char *const rate_words[] = { "lr", "learningrate", "learning rate", NULL };
static const char *const rate_never[]
    = { "scheduler", "schedule", "warmup", "min", "decay", "type", "mult", "multiplier", "ratio", "end", "final", "style", "gamma", NULL };
static const char *const batch_words[] = { "bsz", "bs", "batchsize", "batch size", NULL };
static const char *const batch_never[]
    = { "eval", "val",    "valid", "validation", "test",      "dev",    "infer",    "inference", "generation", "decode",  "log", "prob",
        "ref",  "reward", "rm",    "judge",      "embedding", "search", "tokenize", "map",       "max",        "dynamic", "use", NULL };
static const char *const duration_words[] = { "epoch", "epochs", "steps", "iters", "iterations", "episode", "episodes", NULL };
static const char *const duration_never[]
    = { "save",   "eval",  "val",     "test", "log",    "logging",    "warmup",    "accumulation", "freq",       "interval",
        "every",  "per",   "decay",   "ppo",  "search", "generation", "inference", "diffusion",    "checkpoint", "ckpt",
        "resume", "start", "rollout", "tool", "print",  "report",     "update",    "ratio",        "gradient",   NULL };
/* "steps" alone may be anything; epochs are a duration by themselves. */
static const char *const duration_with[] = { "max", "num", "n", "total", "train", "training", "all", "epoch", "epochs", NULL };

static const KeyRule key_rules[] = {
  { KEY_LEARNING_RATE, rate_words, rate_never, NULL },
  { KEY_BATCH_SIZE, batch_words, batch_never, NULL },
  { KEY_DURATION, duration_words, duration_never, duration_with },
};

/* Words of keys, values and paths that tell a technique; each begins where no letter stands before it ("support" is no PPO). */
static const struct {
  const char *word;
  CdTechnique technique;
  guint points;
} technique_words[] = {
  { "grpo", CD_TECHNIQUE_RL, 4 },
  { "ppo", CD_TECHNIQUE_RL, 3 },
  { "rloo", CD_TECHNIQUE_RL, 4 },
  { "dapo", CD_TECHNIQUE_RL, 4 },
  { "gspo", CD_TECHNIQUE_RL, 4 },
  { "reinforce", CD_TECHNIQUE_RL, 4 },
  { "rollout", CD_TECHNIQUE_RL, 2 },
  { "kl_coef", CD_TECHNIQUE_RL, 2 },
  { "kl_loss", CD_TECHNIQUE_RL, 2 },
  { "adv_estimator", CD_TECHNIQUE_RL, 4 },
  { "num_generations", CD_TECHNIQUE_RL, 4 },
  { "reward", CD_TECHNIQUE_RL, 1 },
  { "critic", CD_TECHNIQUE_RL, 1 },
  { "clip_ratio", CD_TECHNIQUE_RL, 2 },
  { "rl", CD_TECHNIQUE_RL, 2 },
  { "rlhf", CD_TECHNIQUE_RL, 1 },
  { "zero_rl", CD_TECHNIQUE_RL, 3 },
  { "sft", CD_TECHNIQUE_SFT, 4 },
  { "finetun", CD_TECHNIQUE_SFT, 3 },
  { "supervised", CD_TECHNIQUE_SFT, 3 },
  { "packing", CD_TECHNIQUE_SFT, 1 },
  { "instruction", CD_TECHNIQUE_SFT, 1 },
  { "train_on_prompt", CD_TECHNIQUE_SFT, 2 },
  { "cutoff_len", CD_TECHNIQUE_SFT, 1 },
  { "lora", CD_TECHNIQUE_SFT, 1 },
  { "dpo", CD_TECHNIQUE_PREFERENCE, 5 },
  { "simpo", CD_TECHNIQUE_PREFERENCE, 5 },
  { "kto", CD_TECHNIQUE_PREFERENCE, 5 },
  { "orpo", CD_TECHNIQUE_PREFERENCE, 5 },
  { "preference", CD_TECHNIQUE_PREFERENCE, 3 },
  { "reward_model", CD_TECHNIQUE_REWARD_MODEL, 1 },
  { "prm", CD_TECHNIQUE_REWARD_MODEL, 3 },
  { "orm_train", CD_TECHNIQUE_REWARD_MODEL, 4 },
  { "train_prm", CD_TECHNIQUE_REWARD_MODEL, 5 },
  { "train_rm", CD_TECHNIQUE_REWARD_MODEL, 5 },
  { "value_model", CD_TECHNIQUE_REWARD_MODEL, 2 },
  { "pretraining", CD_TECHNIQUE_PRETRAINING, 4 },
  { "stage: pt", CD_TECHNIQUE_PRETRAINING, 5 },
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

/* words: blank-separated with a blank at both ends. */
static gboolean
has_word (const char *words, const char *const *list)
{
  for (guint i = 0; list[i] != NULL; i++) {
    gsize length = strlen (list[i]);
    for (const char *at = strstr (words, list[i]); at != NULL; at = strstr (at + 1, list[i]))
      if (at[-1] == ' ' && at[length] == ' ')
        return TRUE;
  }
  return FALSE;
}

static KeyMeaning
meaning_of_words (const char *last)
{
  char words[176];
  g_snprintf (words, sizeof words, " %s ", last);
  g_strdelimit (words, "_/", ' ');
  for (guint i = 0; i < G_N_ELEMENTS (key_rules); i++) {
    const KeyRule *rule = &key_rules[i];
    if (has_word (words, rule->any) && !has_word (words, rule->never) && (rule->with == NULL || has_word (words, rule->with)))
      return rule->meaning;
  }
  return KEY_NONE;
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
  const char *dot = strrchr (buffer, '.'), *last = dot != NULL ? dot + 1 : buffer;
  KeyMeaning meaning = (KeyMeaning) GPOINTER_TO_INT (g_hash_table_lookup (key_index (), last));
  if (meaning == KEY_NONE && dot != NULL) { /* two parts: model.path */
    const char *before = dot;
    while (before > buffer && before[-1] != '.')
      before--;
    meaning = (KeyMeaning) GPOINTER_TO_INT (g_hash_table_lookup (key_index (), before));
  }
  return meaning != KEY_NONE ? meaning : meaning_of_words (last);
}

gboolean
cd_configuration_names_dataset (const char *key)
{
  return meaning_of (key) == KEY_DATASET;
}

static gboolean
is_number (const char *value)
{
  char *end;
  g_ascii_strtod (value, &end);
  return end != value && strspn (end, " _,*0123456789eE.-+/") == strlen (end);
}

/* TRUE where word stands at text, in any case, '-' for '_'. */
static gboolean
stands_at (const char *text, const char *word)
{
  while (*word != '\0' && (*text == '-' ? '_' : g_ascii_tolower (*text)) == *word) {
    text++;
    word++;
  }
  return *word == '\0';
}

void
cd_technique_count (guint points[], const char *text, guint times)
{
  guint64 counted = 0; /* by word: each counts once */
  G_STATIC_ASSERT (G_N_ELEMENTS (technique_words) <= 64);
  for (const char *at = text; *at != '\0'; at++) {
    if (!g_ascii_isalpha (*at) || (at > text && g_ascii_isalpha (at[-1])))
      continue;
    char first = g_ascii_tolower (*at);
    for (guint i = 0; i < G_N_ELEMENTS (technique_words); i++)
      if (technique_words[i].word[0] == first && (counted >> i & 1) == 0 && stands_at (at, technique_words[i].word)) {
        counted |= G_GUINT64_CONSTANT (1) << i;
        points[technique_words[i].technique] += technique_words[i].points * times;
      }
  }
}

CdTechnique
cd_technique_best (const guint points[])
{
  CdTechnique best = CD_TECHNIQUE_UNKNOWN;
  for (guint i = 1; i < CD_TECHNIQUES; i++)
    if (points[i] > points[best])
      best = (CdTechnique) i;
  return best;
}

typedef struct {
  const CdDocument *document;
  CdConfiguration configuration;
  enum { PARSER_UNKNOWN, PARSER_PRESENT, PARSER_ABSENT } parser;
} Run;

/* The file reads options, so that what stands beside a name may be overridden. */
static gboolean
has_option_parser (const CdDocument *document)
{
  static const char *const parsers[] = { "ArgumentParser", "add_argument", "@click.", "typer.", "fire.Fire", "absl", "tyro", "@hydra" };
  for (guint i = 0; i < G_N_ELEMENTS (parsers); i++)
    if (memmem (document->text, document->length, parsers[i], strlen (parsers[i])) != NULL)
      return TRUE;
  return FALSE;
}

/* An option's default is used only where nothing may override it. The text is looked through once, and only where that matters. */
static gboolean
is_used (Run *run, const CdSetting *setting)
{
  if (run->document->kind != CD_DOCUMENT_PYTHON || setting->kind != CD_SETTING_OPTION_DEFAULT)
    return TRUE;
  if (run->parser == PARSER_UNKNOWN)
    run->parser = has_option_parser (run->document) ? PARSER_PRESENT : PARSER_ABSENT;
  return run->parser == PARSER_ABSENT;
}

/* Values that whoever runs it has to fill in. */
static gboolean
is_placeholder (const char *value)
{
  static const char *const marks[] = { "path/to", "path_to", "your", "xxx", "<", "...", "changeme", "todo", "placeholder", NULL };
  g_autofree char *lower = g_ascii_strdown (value, -1);
  for (guint i = 0; marks[i] != NULL; i++)
    if (strstr (lower, marks[i]) != NULL)
      return TRUE;
  return g_str_equal (lower, "null") || g_str_has_prefix (value, "~/") || (value[0] == '$' && g_ascii_isdigit (value[value[1] == '{' ? 2 : 1]));
}

static void
note_setting (Run *run, const CdSetting *setting)
{
  CdConfiguration *c = &run->configuration;
  CdPlace *places[] = { NULL, &c->learning_rate, &c->batch_size, &c->duration, &c->base_model, &c->dataset };
  KeyMeaning meaning = meaning_of (setting->key);
  if (meaning == KEY_NONE || places[meaning]->line != 0 || !is_used (run, setting))
    return;
  gboolean numeric = meaning == KEY_LEARNING_RATE || meaning == KEY_BATCH_SIZE || meaning == KEY_DURATION;
  gboolean held = setting->value[0] != '\0' && (!numeric || is_number (setting->value) || setting->value[0] == '$');
  if (!held || g_ascii_strcasecmp (setting->value, "none") == 0)
    return;
  *places[meaning] = (CdPlace){ c->document, setting->line, setting->line };
  c->placeholder = c->placeholder || ((meaning == KEY_BASE_MODEL || meaning == KEY_DATASET) && is_placeholder (setting->value));
}

/* The settings [first, last) of a document as one run, kept where it sets a value of training. command: the line that they belong to, or NULL. */
static void
read_run (CdWork *work, Run *run, guint first, guint last, const char *command)
{
  CdConfiguration *c = &run->configuration;
  const CdDocument *document = run->document;
  for (guint s = first; s < last; s++)
    note_setting (run, document->settings->pdata[s]);
  if (c->learning_rate.line == 0 && c->batch_size.line == 0 && c->duration.line == 0)
    return;
  guint points[CD_TECHNIQUES] = { 0 };
  for (guint s = first; s < last; s++) {
    const CdSetting *setting = document->settings->pdata[s];
    if (!is_used (run, setting))
      continue;
    cd_technique_count (points, setting->key, 1);
    if (strlen (setting->value) < 64)
      cd_technique_count (points, setting->value, 1);
  }
  if (command != NULL)
    cd_technique_count (points, command, 1);
  cd_technique_count (points, document->path, 3);
  c->technique = cd_technique_best (points);
  g_ptr_array_add (work->configurations, g_memdup2 (c, sizeof *c));
}

static Run
run_begin (const CdDocument *document, guint index, gboolean anchored, gboolean reached)
{
  return (Run){ .document = document, .configuration = { .document = index, .anchored = anchored, .reached = reached } };
}

/* A document's commands are runs of their own: settings between a command's first and last line belong to it. */
static void
read_commands (CdWork *work, const CdDocument *document, guint index, gboolean reached)
{
  guint first = 0;
  for (guint c = 0; c < document->commands->len; c++) {
    const CdCommand *command = document->commands->pdata[c];
    if (command->commented)
      continue;
    Run run = run_begin (document, index, TRUE, reached);
    while (first < document->settings->len && ((CdSetting *) document->settings->pdata[first])->line < command->line)
      first++;
    guint last = first;
    while (last < document->settings->len && ((CdSetting *) document->settings->pdata[last])->line <= command->end_line)
      last++;
    read_run (work, &run, first, last, command->text);
  }
}

static void
read_file (CdWork *work, const CdDocument *document, guint index, gboolean reached)
{
  Run run = run_begin (document, index, document->kind != CD_DOCUMENT_PYTHON, reached);
  read_run (work, &run, 0, document->settings->len, NULL);
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
      case CD_DOCUMENT_PYTHON:
        read_file (work, document, i, reached);
        break;
      default:
        break;
    }
  }
}
