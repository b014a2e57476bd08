/* What a command is for where its own words leave it open: making answers and serving a model are steps of training or evaluation where the
 * heading, the script or the program says so. Its own words are commands.c's business. */
#include "work/command-listing.h"
#include "work/command-line.h"
#include "work/command-values.h"
#include "work/commands.h"
#include <string.h>

#define SERVED_LINES 30u /* from a server to the run that it is started for */

typedef struct {
  const char *words;
  CdCommandClass class;
  double points;
} CodeSign;

/* What a program's own text shows it to do: a loss that is minimised, answers that are counted. */
static CdCommandClass
class_of_code (const CdDocument *document)
{
  static const CodeSign signs[] = {
    { ".backward(", CD_COMMAND_TRAINING, 3 },       { "trainer.train(", CD_COMMAND_TRAINING, 4 }, { "optimizer.step(", CD_COMMAND_TRAINING, 3 },
    { "Trainer(", CD_COMMAND_TRAINING, 2 },         { "accuracy", CD_COMMAND_EVALUATION, 2 },     { "is_correct", CD_COMMAND_EVALUATION, 1.5 },
    { "math_equal", CD_COMMAND_EVALUATION, 1.5 },   { "pass@", CD_COMMAND_EVALUATION, 1.5 },      { "pass_at_k", CD_COMMAND_EVALUATION, 1.5 },
    { "extract_answer", CD_COMMAND_EVALUATION, 1 }, { "ground_truth", CD_COMMAND_EVALUATION, 1 }, { "benchmark", CD_COMMAND_EVALUATION, 1 },
    { "save_pretrained(", CD_COMMAND_TRAINING, 1 }, { "evaluate", CD_COMMAND_EVALUATION, 0.5 },   { "temperature", CD_COMMAND_EVALUATION, 1 },
    { "num_samples", CD_COMMAND_EVALUATION, 0.5 },  { "vllm", CD_COMMAND_EVALUATION, 0.5 },       { "generate(", CD_COMMAND_EVALUATION, 1 },
  };
  double training = 0, evaluation = 0;
  for (guint i = 0; document->kind == CD_DOCUMENT_PYTHON && i < G_N_ELEMENTS (signs); i++)
    if (memmem (document->text, document->length, signs[i].words, strlen (signs[i].words)) != NULL)
      *(signs[i].class == CD_COMMAND_TRAINING ? &training : &evaluation) += signs[i].points;
  if (MAX (training, evaluation) < 2)
    return CD_COMMAND_OTHER;
  return training >= evaluation ? CD_COMMAND_TRAINING : CD_COMMAND_EVALUATION;
}

static gboolean
is_purpose (CdCommandClass class)
{
  return class == CD_COMMAND_TRAINING || class == CD_COMMAND_EVALUATION;
}

/* TRUE where one of the words that a path's part is made of is in the list, each between two spaces. */
static gboolean
has_word (const char *part, gsize length, const char *list)
{
  g_autofree char *lower = g_ascii_strdown (part, (gssize) length);
  g_auto (GStrv) words = g_strsplit_set (lower, "/._-", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *spaced = g_strconcat (" ", words[i], " ", NULL);
    if (*words[i] != '\0' && strstr (list, spaced) != NULL)
      return TRUE;
  }
  return FALSE;
}

static gboolean
stands_in (const CdDocument *document, const char *folders)
{
  const char *base = strrchr (document->path, '/');
  return base != NULL && has_word (document->path, (gsize) (base - document->path), folders);
}

/* Pages of folders for data tell how data is made, whatever it is for. */
static CdCommandClass
class_of_heading (const CdDocument *document, const CdWorkCommand *command)
{
  gint32 section = command->command->section;
  guint flags = section >= 0 && (guint) section < document->sections->len ? ((CdSection *) document->sections->pdata[section])->flags : 0;
  if (command->class == CD_COMMAND_DATA && stands_in (document, " data dataset datasets preprocess preprocessing tools "))
    return CD_COMMAND_OTHER;
  return flags & CD_CONTEXT_EVALUATION ? CD_COMMAND_EVALUATION : flags & CD_CONTEXT_TRAINING ? CD_COMMAND_TRAINING : CD_COMMAND_OTHER;
}

/* The script or page that holds the command, by the script's name or a folder that is for evaluation. */
static CdCommandClass
class_of_holder (const CdDocument *document)
{
  CdCommandClass own = document->kind == CD_DOCUMENT_SHELL ? cd_command_class_of_path (document->path) : CD_COMMAND_OTHER;
  if (is_purpose (own))
    return own;
  return stands_in (document, " eval evals evaluation ") ? CD_COMMAND_EVALUATION : CD_COMMAND_OTHER;
}

/* A script, a module or a rule of a makefile is run: nothing is only fetched, moved, converted or installed. */
static gboolean
runs_code (const CdDocument *document, const CdWorkCommand *command, const CdCommandLine *line)
{
  const char *program = command->command->argv[0], *base = line->target != NULL ? strrchr (line->target, '/') : NULL;
  base = base != NULL ? base + 1 : line->target;
  static const char *const idle[] = { "source", ".", "chmod", "ls", "cat", NULL };
  if (base == NULL || g_strv_contains (idle, program))
    return FALSE;
  if (has_word (base, strlen (base), " download merge convert rename upload ") && strstr (base, "_and_") == NULL)
    return FALSE;
  gboolean made = line->kind == CD_RUNS_PROGRAM && strcmp (line->target, "make") == 0 && document->kind == CD_DOCUMENT_SHELL;
  return command->script >= 0 || line->kind == CD_RUNS_SCRIPT || (made && command->command->argv[1] != NULL);
}

/* What is called a demonstration answers questions out of files, or counts answers: no page in a browser. */
static gboolean
answers_files (const CdCorpus *corpus, const CdWorkCommand *command, const CdCommandLine *line)
{
  if (command->script >= 0) {
    const CdDocument *program = corpus->documents->pdata[command->script];
    return class_of_code (program) == CD_COMMAND_EVALUATION && memmem (program->text, program->length, "gradio", 6) == NULL
           && memmem (program->text, program->length, "streamlit", 9) == NULL;
  }
  for (guint i = 0; i < line->options->len; i++) {
    const CdOption *option = &g_array_index (line->options, CdOption, i);
    if (option->key != NULL && option->value != NULL && cd_value_role (option->key) == CD_ROLE_VALUE_DATA)
      return TRUE;
  }
  return FALSE;
}

/* The purpose that is left open by a command's own words. Data is made for either, and a script's name or a heading tells for which. */
static CdCommandClass
class_around (const CdCorpus *corpus, const CdDocument *document, const CdWorkCommand *command)
{
  g_auto (CdCommandLine) line;
  cd_command_line_read (&line, command->command);
  if (!runs_code (document, command, &line))
    return CD_COMMAND_OTHER;
  if (command->class == CD_COMMAND_DEMO)
    return answers_files (corpus, command, &line) ? CD_COMMAND_EVALUATION : CD_COMMAND_OTHER;
  CdCommandClass heading = class_of_heading (document, command), holder = class_of_holder (document);
  if (is_purpose (heading) || is_purpose (holder))
    return is_purpose (heading) ? heading : holder;
  gboolean tells = command->class == CD_COMMAND_OTHER && command->script >= 0 && !stands_in (document, " data dataset datasets ");
  return tells ? class_of_code (corpus->documents->pdata[command->script]) : CD_COMMAND_OTHER;
}

/* A name alone is a command only where it is a script that is there: "train.sh", not "main.py" in a listing of files, nor "sh" behind a pipe. */
static gboolean
is_alone (const CdDocument *document, const CdWorkCommand *command)
{
  char **argv = command->command->argv;
  return argv[1] == NULL && document->kind != CD_DOCUMENT_SHELL
         && (command->script < 0 || (g_str_has_suffix (argv[0], ".py") && strncmp (argv[0], "./", 2) != 0));
}

void
cd_commands_list (CdWork *work, const CdCorpus *corpus)
{
  for (guint i = 0; i < work->commands->len; i++) {
    CdWorkCommand *command = work->commands->pdata[i];
    const CdDocument *document = corpus->documents->pdata[command->document];
    gboolean open = !command->aside && (command->class == CD_COMMAND_OTHER || command->class == CD_COMMAND_DATA || command->class == CD_COMMAND_DEMO);
    CdCommandClass around = open ? class_around (corpus, document, command) : CD_COMMAND_OTHER;
    command->listed = is_alone (document, command) ? CD_COMMAND_OTHER : around != CD_COMMAND_OTHER ? around : command->class;
  }
}

static gboolean
is_open_step (const CdWorkCommand *command)
{
  return !command->aside && command->class == CD_COMMAND_OTHER && command->listed == CD_COMMAND_OTHER && command->script >= 0
         && command->command->argv[1] != NULL && strcmp (command->command->argv[0], "source") != 0;
}

/* Servers of models; a cluster's own processes ("ray start") are none. */
static gboolean
is_server (const CdWorkCommand *command)
{
  return command->listed == CD_COMMAND_SERVE && strcmp (command->command->argv[0], "ray") != 0 && command->command->argv[1] != NULL;
}

static void
join (CdWorkCommand *command, const CdWorkCommand *last, gboolean follows)
{
  if (last == NULL || last->document != command->document)
    return;
  if (is_open_step (command) && last->command->section == command->command->section && command->command->section >= 0)
    command->listed = last->listed;
  else if (follows && is_server (command) && last->command->line - command->command->line <= SERVED_LINES)
    command->listed = last->listed;
}

void
cd_commands_join (CdWork *work)
{
  for (guint round = 0; round < 2; round++) { /* what stands before, then what follows */
    const CdWorkCommand *last = NULL;
    for (guint k = 0; k < work->commands->len; k++) {
      CdWorkCommand *command = work->commands->pdata[round == 0 ? k : work->commands->len - 1 - k];
      join (command, last, round == 1);
      if (is_purpose (command->listed) && command->class != CD_COMMAND_SERVE)
        last = command;
    }
  }
}
