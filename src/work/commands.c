/* Commands are classed by points: the program, the words of the script's name, its options, and the heading they stand under. What a script
 * runs decides where its name says nothing. Whether the named script is in the tree is noted; nothing is executed. */
#include "work/commands.h"
#include "work/command-listing.h"
#include "documents/corpus.h"
#include <string.h>

typedef struct {
  const char *word;
  CdCommandClass class;
  double points;
} ClassWord;

/* First words of a command. Two-word programs ("vllm serve") are matched on both. */
static const ClassWord programs[] = {
  { "pip", CD_COMMAND_INSTALL, 5 },
  { "pip3", CD_COMMAND_INSTALL, 5 },
  { "conda", CD_COMMAND_INSTALL, 5 },
  { "mamba", CD_COMMAND_INSTALL, 5 },
  { "apt", CD_COMMAND_INSTALL, 5 },
  { "apt-get", CD_COMMAND_INSTALL, 5 },
  { "poetry", CD_COMMAND_INSTALL, 4 },
  { "uv pip", CD_COMMAND_INSTALL, 5 },
  { "uv sync", CD_COMMAND_INSTALL, 5 },
  { "uv venv", CD_COMMAND_INSTALL, 5 },
  { "git clone", CD_COMMAND_INSTALL, 5 },
  { "npm", CD_COMMAND_INSTALL, 4 },
  { "brew", CD_COMMAND_INSTALL, 5 },
  { "docker pull", CD_COMMAND_INSTALL, 5 },
  { "docker build", CD_COMMAND_INSTALL, 5 },
  { "huggingface-cli", CD_COMMAND_DATA, 5 },
  { "hf download", CD_COMMAND_DATA, 5 },
  { "wget", CD_COMMAND_DATA, 5 },
  { "curl", CD_COMMAND_DATA, 4 },
  { "gdown", CD_COMMAND_DATA, 5 },
  { "vllm serve", CD_COMMAND_SERVE, 6 },
  { "ollama", CD_COMMAND_SERVE, 6 },
  { "ray start", CD_COMMAND_SERVE, 6 },
  { "streamlit", CD_COMMAND_DEMO, 6 },
  { "gradio", CD_COMMAND_DEMO, 6 },
  { "lmdeploy serve", CD_COMMAND_SERVE, 6 },
  { "lm_eval", CD_COMMAND_EVALUATION, 6 },
  { "lm-eval", CD_COMMAND_EVALUATION, 6 },
  { "lighteval", CD_COMMAND_EVALUATION, 6 },
  { "opencompass", CD_COMMAND_EVALUATION, 6 },
  { "evalscope", CD_COMMAND_EVALUATION, 6 },
  { "llamafactory-cli train", CD_COMMAND_TRAINING, 6 },
  { "llamafactory-cli chat", CD_COMMAND_DEMO, 6 },
  { "llamafactory-cli export", CD_COMMAND_SERVE, 6 },
  { "swift sft", CD_COMMAND_TRAINING, 6 },
  { "swift rlhf", CD_COMMAND_TRAINING, 6 },
  { "xtuner train", CD_COMMAND_TRAINING, 6 },
  { "axolotl train", CD_COMMAND_TRAINING, 6 },
  { "tune run", CD_COMMAND_TRAINING, 6 },
  { "cd", CD_COMMAND_OTHER, 9 },
  { "export", CD_COMMAND_OTHER, 9 },
  { "mkdir", CD_COMMAND_OTHER, 9 },
  { "echo", CD_COMMAND_OTHER, 9 },
  { "cp", CD_COMMAND_OTHER, 9 },
  { "mv", CD_COMMAND_OTHER, 9 },
  { "rm", CD_COMMAND_OTHER, 9 },
  { "source", CD_COMMAND_OTHER, 9 },
  { "set", CD_COMMAND_OTHER, 9 },
  { "sleep", CD_COMMAND_OTHER, 9 },
  { "kill", CD_COMMAND_OTHER, 9 },
  { "chmod", CD_COMMAND_OTHER, 9 },
  { "ls", CD_COMMAND_OTHER, 9 },
  { "cat", CD_COMMAND_OTHER, 9 },
  { "pkill", CD_COMMAND_OTHER, 9 },
  { "tar", CD_COMMAND_DATA, 4 },
  { "unzip", CD_COMMAND_DATA, 4 },
  { "module", CD_COMMAND_OTHER, 9 },
  { "wandb", CD_COMMAND_OTHER, 9 },
  { "git lfs", CD_COMMAND_INSTALL, 5 },
  { "git submodule", CD_COMMAND_INSTALL, 5 },
  { "git", CD_COMMAND_OTHER, 5 },
};

/* Words of a script's or module's name. */
static const ClassWord name_words[] = {
  { "train", CD_COMMAND_TRAINING, 3 },
  { "trainer", CD_COMMAND_TRAINING, 3 },
  { "training", CD_COMMAND_TRAINING, 3 },
  { "sft", CD_COMMAND_TRAINING, 3 },
  { "finetune", CD_COMMAND_TRAINING, 3 },
  { "finetuning", CD_COMMAND_TRAINING, 3 },
  { "tune", CD_COMMAND_TRAINING, 2 },
  { "grpo", CD_COMMAND_TRAINING, 3 },
  { "ppo", CD_COMMAND_TRAINING, 3 },
  { "dpo", CD_COMMAND_TRAINING, 3 },
  { "rloo", CD_COMMAND_TRAINING, 3 },
  { "dapo", CD_COMMAND_TRAINING, 3 },
  { "reinforce", CD_COMMAND_TRAINING, 3 },
  { "rlhf", CD_COMMAND_TRAINING, 3 },
  { "rl", CD_COMMAND_TRAINING, 2.5 },
  { "pretrain", CD_COMMAND_TRAINING, 3 },
  { "spin", CD_COMMAND_TRAINING, 1 },
  { "kto", CD_COMMAND_TRAINING, 3 },
  { "orpo", CD_COMMAND_TRAINING, 3 },
  { "gspo", CD_COMMAND_TRAINING, 3 },
  { "eval", CD_COMMAND_EVALUATION, 3.2 },
  { "evals", CD_COMMAND_EVALUATION, 3.2 },
  { "evaluate", CD_COMMAND_EVALUATION, 3.2 },
  { "evaluation", CD_COMMAND_EVALUATION, 3.2 },
  { "evaluator", CD_COMMAND_EVALUATION, 3.2 },
  { "test", CD_COMMAND_EVALUATION, 2 },
  { "benchmark", CD_COMMAND_EVALUATION, 2.5 },
  { "bench", CD_COMMAND_EVALUATION, 2.5 },
  { "score", CD_COMMAND_EVALUATION, 1.5 },
  { "inference", CD_COMMAND_EVALUATION, 1.2 },
  { "infer", CD_COMMAND_EVALUATION, 1.2 },
  { "predict", CD_COMMAND_EVALUATION, 1.5 },
  { "grade", CD_COMMAND_EVALUATION, 1.5 },
  { "gen", CD_COMMAND_DATA, 1.8 },
  { "generate", CD_COMMAND_DATA, 1.8 },
  { "generation", CD_COMMAND_DATA, 1.8 },
  { "synth", CD_COMMAND_DATA, 3 },
  { "synthesis", CD_COMMAND_DATA, 3 },
  { "synthesize", CD_COMMAND_DATA, 3 },
  { "distill", CD_COMMAND_DATA, 2.5 },
  { "preprocess", CD_COMMAND_DATA, 3.5 },
  { "rewrite", CD_COMMAND_DATA, 3.5 },
  { "reformat", CD_COMMAND_DATA, 3.5 },
  { "prepare", CD_COMMAND_DATA, 3.5 },
  { "process", CD_COMMAND_DATA, 2 },
  { "convert", CD_COMMAND_DATA, 3 },
  { "download", CD_COMMAND_DATA, 4 },
  { "data", CD_COMMAND_DATA, 1.8 },
  { "dataset", CD_COMMAND_DATA, 1.8 },
  { "annotate", CD_COMMAND_DATA, 3 },
  { "filter", CD_COMMAND_DATA, 3 },
  { "dedup", CD_COMMAND_DATA, 3 },
  { "decontaminate", CD_COMMAND_DATA, 3 },
  { "tokenize", CD_COMMAND_DATA, 3 },
  { "label", CD_COMMAND_DATA, 2.5 },
  { "collect", CD_COMMAND_DATA, 2 },
  { "build", CD_COMMAND_DATA, 1.5 },
  { "server", CD_COMMAND_SERVE, 4 },
  { "serve", CD_COMMAND_SERVE, 4 },
  { "api", CD_COMMAND_SERVE, 3 },
  { "deploy", CD_COMMAND_SERVE, 4 },
  { "launch", CD_COMMAND_OTHER, 0.5 },
  { "retrieval", CD_COMMAND_SERVE, 2 },
  { "demo", CD_COMMAND_DEMO, 4 },
  { "app", CD_COMMAND_DEMO, 4 },
  { "chat", CD_COMMAND_DEMO, 4 },
  { "gradio", CD_COMMAND_DEMO, 4 },
  { "web", CD_COMMAND_DEMO, 3 },
  { "playground", CD_COMMAND_DEMO, 4 },
  { "merge", CD_COMMAND_OTHER, 4 },
  { "merger", CD_COMMAND_OTHER, 4 },
  { "export", CD_COMMAND_OTHER, 3 },
  { "install", CD_COMMAND_INSTALL, 4 },
  { "setup", CD_COMMAND_INSTALL, 3 },
  { "plot", CD_COMMAND_OTHER, 3 },
  { "visualize", CD_COMMAND_OTHER, 3 },
};

/* Options that say what a run is for, by a word of their name. */
static const ClassWord option_words[] = {
  { "learning_rate", CD_COMMAND_TRAINING, 2.5 },
  { "lr", CD_COMMAND_TRAINING, 2.5 },
  { "num_train_epochs", CD_COMMAND_TRAINING, 2.5 },
  { "per_device_train_batch_size", CD_COMMAND_TRAINING, 2.5 },
  { "train_batch_size", CD_COMMAND_TRAINING, 2.5 },
  { "total_epochs", CD_COMMAND_TRAINING, 2.5 },
  { "deepspeed", CD_COMMAND_TRAINING, 1.5 },
  { "gradient_accumulation_steps", CD_COMMAND_TRAINING, 2 },
  { "save_steps", CD_COMMAND_TRAINING, 1.5 },
  { "train_files", CD_COMMAND_TRAINING, 2 },
  { "warmup_ratio", CD_COMMAND_TRAINING, 2 },
  { "max_steps", CD_COMMAND_TRAINING, 1 },
  { "val_only", CD_COMMAND_EVALUATION, 3 },
  { "val_before_train", CD_COMMAND_TRAINING, 1 },
  { "benchmark", CD_COMMAND_EVALUATION, 2 },
  { "tasks", CD_COMMAND_EVALUATION, 1.5 },
  { "task", CD_COMMAND_EVALUATION, 1 },
  { "n_sampling", CD_COMMAND_EVALUATION, 1.5 },
  { "temperature", CD_COMMAND_EVALUATION, 0.7 },
  { "top_p", CD_COMMAND_EVALUATION, 0.7 },
  { "eval_file", CD_COMMAND_EVALUATION, 2 },
};

const char *
cd_command_class_name (CdCommandClass class)
{
  static const char *const names[] = { "other", "installation", "training", "evaluation", "data", "serving", "demonstration" };
  return class < CD_COMMAND_CLASSES ? names[class] : "other";
}

static void
add_words (double points[], const char *path)
{
  const char *base = strrchr (path, '/');
  base = base ? base + 1 : path;
  g_autofree char *lower = g_ascii_strdown (base, -1);
  char *dot = strrchr (lower, '.');
  if (dot != NULL && dot != lower && strchr ("psy", dot[1]) != NULL)
    *dot = '\0';
  g_auto (GStrv) words = g_strsplit_set (lower, "._-0123456789", -1);
  for (guint i = 0; words[i] != NULL; i++)
    for (guint w = 0; w < G_N_ELEMENTS (name_words); w++)
      if (*words[i] == *name_words[w].word && strcmp (words[i], name_words[w].word) == 0)
        points[name_words[w].class] += name_words[w].points;
  if (base != path) { /* the folder speaks more softly */
    g_autofree char *folder = g_ascii_strdown (path, base - path);
    g_auto (GStrv) parts = g_strsplit_set (folder, "/._-", -1);
    for (guint i = 0; parts[i] != NULL; i++)
      for (guint w = 0; w < G_N_ELEMENTS (name_words); w++)
        if (*parts[i] == *name_words[w].word && strcmp (parts[i], name_words[w].word) == 0)
          points[name_words[w].class] += name_words[w].points * 0.35;
  }
}

static CdCommandClass
best_class (const double points[], double least)
{
  CdCommandClass best = CD_COMMAND_OTHER;
  for (guint i = 1; i < CD_COMMAND_CLASSES; i++)
    if (points[i] > points[best])
      best = (CdCommandClass) i;
  return points[best] >= least ? best : CD_COMMAND_OTHER;
}

CdCommandClass
cd_command_class_of_path (const char *path)
{
  double points[CD_COMMAND_CLASSES] = { 0 };
  add_words (points, path);
  return best_class (points, 2);
}

static const ClassWord *
find_program (const CdCommand *command)
{
  char **argv = command->argv;
  while (argv[1] != NULL && (strcmp (argv[0], "sudo") == 0 || strcmp (argv[0], "nohup") == 0 || strcmp (argv[0], "time") == 0))
    argv++;
  const char *first = strrchr (argv[0], '/');
  first = first ? first + 1 : argv[0];
  const ClassWord *found = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++) {
    const char *space = strchr (programs[i].word, ' ');
    gsize length = space ? (gsize) (space - programs[i].word) : strlen (programs[i].word);
    if (strlen (first) != length || strncmp (first, programs[i].word, length) != 0)
      continue;
    if (space == NULL && found == NULL)
      found = &programs[i];
    else if (space != NULL && argv[1] != NULL && strcmp (argv[1], space + 1) == 0)
      return &programs[i];
  }
  return found;
}

/* The script or module that a command runs: the first word that ends like a script or follows -m. NULL none. */
static const char *
script_word (const CdCommand *command, gboolean *module)
{
  *module = FALSE;
  for (guint i = 0; command->argv[i] != NULL && i < 40; i++) {
    const char *word = command->argv[i];
    gboolean names_module = word[0] == '-' && word[1] != '-' && strlen (word) <= 3 && g_str_has_suffix (word, "m"); /* -m, -um */
    if (names_module && command->argv[i + 1] != NULL) {
      const char *name = command->argv[i + 1];
      if (strcmp (name, "torch.distributed.run") == 0 || strcmp (name, "torch.distributed.launch") == 0
          || strcmp (name, "accelerate.commands.launch") == 0)
        continue;
      *module = TRUE;
      return name;
    }
    if (g_str_has_suffix (word, ".py") || g_str_has_suffix (word, ".sh") || g_str_has_suffix (word, ".slurm") || g_str_has_suffix (word, ".sbatch")
        || g_str_has_suffix (word, ".ipynb"))
      return word;
    if (i == 1 && word[0] != '-'
        && (strcmp (command->argv[0], "bash") == 0 || strcmp (command->argv[0], "sh") == 0 || strcmp (command->argv[0], "sbatch") == 0))
      return word;
  }
  return NULL;
}

static void
add_options (double points[], const CdCommand *command)
{
  for (guint i = 1; command->argv[i] != NULL && i < 400; i++) {
    const char *word = command->argv[i];
    word += strspn (word, "-+");
    gsize length = strcspn (word, "=");
    const char *last = word;
    for (const char *c = word; c < word + length; c++)
      if (*c == '.')
        last = c + 1;
    length -= (gsize) (last - word);
    for (guint w = 0; w < G_N_ELEMENTS (option_words); w++) {
      const char *name = option_words[w].word;
      gsize k = 0;
      while (k < length && name[k] != '\0' && (last[k] == name[k] || (last[k] == '-' && name[k] == '_')))
        k++;
      if (k == length && name[k] == '\0')
        points[option_words[w].class] += option_words[w].points;
    }
  }
}

static void
add_section (double points[], const CdDocument *document, gint32 section)
{
  if (section < 0 || (guint) section >= document->sections->len)
    return;
  guint flags = ((CdSection *) document->sections->pdata[section])->flags;
  points[CD_COMMAND_TRAINING] += flags & CD_CONTEXT_TRAINING ? 1.2 : 0;
  points[CD_COMMAND_EVALUATION] += flags & CD_CONTEXT_EVALUATION ? 1.2 : 0;
  points[CD_COMMAND_DATA] += flags & CD_CONTEXT_DATASET ? 0.8 : 0;
  points[CD_COMMAND_INSTALL] += flags & CD_CONTEXT_INSTALL ? 0.5 : 0;
}

static gboolean
runs_something (const CdCommand *command)
{
  static const char *const launchers[] = { "python", "python3", "torchrun", "accelerate", "deepspeed", "bash",   "sh",     "sbatch",
                                           "srun",   "uv",      "ray",      "nohup",      "zsh",       "mpirun", "poetry", NULL };
  const char *first = strrchr (command->argv[0], '/');
  first = first ? first + 1 : command->argv[0];
  return g_strv_contains (launchers, first) || g_str_has_suffix (first, ".sh") || g_str_has_suffix (first, ".py");
}

/* The question that is answered, or the picture that it is about, stands on the line: a sentence behind an option of such a name. */
static gboolean
asks_one (const CdCommand *command)
{
  static const char *const names[] = { "question", "single_question", "query", "prompt", "input_text", "text", "instruction", "user_prompt", NULL };
  for (guint i = 1; command->argv[i] != NULL && i < 400; i++) {
    const char *word = command->argv[i];
    word += strspn (word, "-");
    gsize length = strcspn (word, "=");
    g_autofree char *name = g_strdelimit (g_strndup (word, length), "-", '_');
    const char *value = word[length] == '=' ? word + length + 1 : command->argv[i + 1];
    if (word != command->argv[i] && value != NULL && strchr (value, ' ') != NULL && g_strv_contains (names, name))
      return TRUE;
  }
  return FALSE;
}

/* Tests of the code's parts measure no model. */
static gboolean
tests_units (const CdCommand *command)
{
  for (guint i = 0; command->argv[i] != NULL && i < 6; i++)
    if (strcmp (command->argv[i], "pytest") == 0 || strcmp (command->argv[i], "unittest") == 0)
      return TRUE;
  return FALSE;
}

static CdCommandClass
class_of (const CdDocument *document, const CdCommand *command, const char *script)
{
  double points[CD_COMMAND_CLASSES] = { 0 };
  const ClassWord *program = find_program (command);
  if (program != NULL) {
    if (program->class == CD_COMMAND_OTHER)
      return CD_COMMAND_OTHER;
    points[program->class] += program->points;
  } else if (script == NULL && !runs_something (command)) {
    /* a program of the work's own, or make: its first word may tell ("make evaluate") */
    if (command->language == NULL || command->argv[1] == NULL || !g_ascii_isalpha (command->argv[1][0]) || strchr (command->argv[1], '/') != NULL)
      return CD_COMMAND_OTHER;
    add_words (points, command->argv[1]);
    if (best_class (points, 2) == CD_COMMAND_OTHER)
      return CD_COMMAND_OTHER;
  }
  if (script != NULL) {
    g_autofree char *path = g_strdelimit (g_strdup (script), ".", g_str_has_suffix (script, ".py") || g_str_has_suffix (script, ".sh") ? '.' : '/');
    add_words (points, path);
  }
  add_options (points, command);
  add_section (points, document, command->section);
  return best_class (points, 1);
}

static CdWorkCommand *
read_command (const CdCorpus *corpus, const CdScope *scope, guint index, const CdCommand *command)
{
  const CdDocument *document = corpus->documents->pdata[index];
  gboolean module;
  const char *script = script_word (command, &module);
  CdWorkCommand *found = g_new0 (CdWorkCommand, 1);
  found->command = command;
  found->document = index;
  /* A folder that was left upwards is entered again from wherever the block before ended. */
  const char *directory = command->directory;
  while (directory != NULL && g_str_has_prefix (directory, "../"))
    directory += 3;
  found->script = script ? cd_scope_resolve_path (scope, index, directory, script) : -1;
  found->aside = tests_units (command) || asks_one (command);
  found->class = !found->aside ? class_of (document, command, script) : tests_units (command) ? CD_COMMAND_OTHER : CD_COMMAND_DEMO;
  return found;
}

#define INHERITANCE_DEPTH 3 /* scripts that call scripts */

/* A command whose script's name says nothing takes the class of the first telling command inside that script. listed: the class that is listed. */
static void
inherit_classes (CdWork *work, const CdCorpus *corpus, gboolean listed)
{
  for (guint round = 0; round < INHERITANCE_DEPTH; round++) {
    g_autoptr (GHashTable) by_document = g_hash_table_new (NULL, NULL);
    for (guint i = 0; i < work->commands->len; i++) {
      const CdWorkCommand *command = work->commands->pdata[i];
      const CdDocument *document = corpus->documents->pdata[command->document];
      CdCommandClass class = listed ? command->listed : command->class;
      if (document->kind == CD_DOCUMENT_SHELL && (class == CD_COMMAND_TRAINING || class == CD_COMMAND_EVALUATION)
          && !g_hash_table_contains (by_document, GUINT_TO_POINTER (command->document)))
        g_hash_table_insert (by_document, GUINT_TO_POINTER (command->document), GUINT_TO_POINTER (class));
    }
    for (guint i = 0; i < work->commands->len; i++) {
      CdWorkCommand *command = work->commands->pdata[i];
      CdCommandClass *class = listed ? &command->listed : &command->class;
      if (*class == CD_COMMAND_OTHER && command->script >= 0 && !command->aside)
        *class = (CdCommandClass) GPOINTER_TO_UINT (g_hash_table_lookup (by_document, GINT_TO_POINTER (command->script)));
    }
  }
}

static void
command_free (gpointer data)
{
  CdWorkCommand *command = data;
  g_clear_pointer (&command->problems, g_ptr_array_unref);
  g_free (command);
}

void
cd_commands_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope)
{
  work->commands = g_ptr_array_new_with_free_func (command_free);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    if (!cd_scope_is_own (scope, i) || *document->path == '.') /* a tool's or an assistant's settings are no instructions of the work */
      continue;
    for (guint c = 0; c < document->commands->len; c++) {
      const CdCommand *command = document->commands->pdata[c];
      if (!command->commented && command->argv[0] != NULL)
        g_ptr_array_add (work->commands, read_command (corpus, scope, i, command));
    }
  }
  inherit_classes (work, corpus, FALSE);
  cd_commands_list (work, corpus);
  inherit_classes (work, corpus, TRUE);
  cd_commands_join (work);
}
