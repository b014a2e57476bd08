/* Names first: the words of the file's own name weigh more than those of its folders. Then readers: an option's or key's words tell the side, else the class of the
 * command or script that it belongs to. */
#include "metrics/data-files.h"
#include "manifest/manifest.h"
#include "documents/records.h"
#include "work/commands.h"
#include <string.h>

#define VALUE_BYTES 4096u /* longer values of settings are no list of files */
#define FILES_MOST 32u    /* of one value */

static const char *const training_words[] = { "train", "training", "trainset", "traindata",  "sft",  "rl",       "rlhf",        "rlvr", "grpo",
                                              "ppo",   "dpo",      "finetune", "finetuning", "cold", "pretrain", "pretraining", NULL };
static const char *const evaluation_words[]
    = { "test", "testset", "eval", "evals", "evaluation", "val", "valid", "validation", "dev", "bench", "benchmark", "benchmarks", "heldout", NULL };
/* What a run writes rather than reads. */
static const char *const result_words[]
    = { "output",  "outputs",  "result",    "results",    "pred",        "preds",      "prediction",  "predictions",  "log",
        "logs",    "response", "responses", "generation", "generations", "completion", "completions", "metrics",      "scores",
        "wandb",   "judge",    "judgement", "judgment",   "rollout",     "rollouts",   "trajectory",  "trajectories", "submission",
        "answers", "save",     "saved",     "write",      "dump",        "writing",    NULL };
/* Fields that an evaluated item has and an evaluation set has not. */
static const char *const result_fields[] = { "pred",          "preds",        "prediction",       "predictions", "model_output",
                                             "model_outputs", "model_answer", "model_response",   "generated",   "generations",
                                             "completion",    "completions",  "outputs",          "responses",   "is_correct",
                                             "acc",           "accuracy",     "extracted_answer", NULL };
/* Keys and options that name data without saying what for. */
static const char *const data_words[]
    = { "data", "dataset", "datasets", "file", "files", "path", "paths", "input", "prompt", "prompts", "json", NULL };

/* A few items that show a format. */
static const char *const sample_words[] = { "demo", "example", "examples", "sample", "samples", "dummy", "toy", "mock", "fixture", NULL };

typedef struct {
  const CdCorpus *corpus;
  const CdScope *scope;
  GHashTable *files; /* document + 1 → CdDataFile, borrowed from list */
  GArray *list;
} Gathering;

static gboolean
has_any (char *const *words, const char *const *list)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_strv_contains (list, words[i]))
      return TRUE;
  return FALSE;
}

/* Letters and digits apart ("aime24" speaks of no word but "aime"). Caller frees. */
static char **
words_of (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  return g_strsplit_set (lower, "/._-+ 0123456789", -1);
}

static guint
sides_of_words (char *const *words)
{
  return (has_any (words, training_words) ? CD_SIDE_TRAINING : 0u) | (has_any (words, evaluation_words) ? CD_SIDE_EVALUATION : 0u);
}

/* A benchmark's name means its test set, unless the file has more records than any set of it. */
static gboolean
names_benchmark (const char *component, gint64 rows, const CdBenchmarks *benchmarks)
{
  gint index = cd_benchmarks_in_label (benchmarks, component, NULL);
  if (index < 0)
    return FALSE;
  const CdBenchmark *benchmark = cd_benchmarks_at (benchmarks, (guint) index);
  gint64 most = benchmark->problems;
  for (guint i = 0; i < benchmark->sizes->len; i++)
    most = MAX (most, g_array_index (benchmark->sizes, gint64, i));
  return most == 0 || rows < 0 || rows <= most;
}

guint
cd_data_files_named (const char *path, gint64 rows, const CdBenchmarks *benchmarks)
{
  g_auto (GStrv) all = words_of (path);
  if (has_any (all, result_words))
    return 0;
  g_auto (GStrv) components = g_strsplit (path, "/", -1);
  guint count = g_strv_length (components), sides = 0;
  for (guint i = count; i > 0 && sides == 0; i--) {
    const char *component = components[i - 1];
    char *dot = i == count ? strrchr (component, '.') : NULL;
    if (dot != NULL && dot > component)
      *dot = '\0';
    g_auto (GStrv) words = words_of (component);
    if (i == count && has_any (words, sample_words))
      return 0;
    sides = sides_of_words (words);
    if (sides == 0 && names_benchmark (component, rows, benchmarks))
      sides = CD_SIDE_EVALUATION;
  }
  /* The training split that lies in an evaluation's folder serves for examples in prompts. */
  for (guint i = 0; sides == CD_SIDE_TRAINING && i + 1 < count; i++) {
    g_auto (GStrv) words = words_of (components[i]);
    if (has_any (words, evaluation_words))
      sides = 0;
  }
  return sides;
}

static gboolean
has_field (const CdDocument *document, gboolean (*is) (const char *name))
{
  for (guint i = 0; document->data != NULL && document->data->fields[i] != NULL; i++)
    if (is (document->data->fields[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_result_field (const char *name)
{
  return g_strv_contains (result_fields, name);
}

/* Data that is there and cannot be read as records: binary tables, archives, pointers, files over the limit. */
static gboolean
is_closed_data (const CdDocument *document)
{
  static const char *const endings[] = { ".jsonl", ".json", ".csv", ".tsv", ".zip", ".gz", ".zst", ".xz", ".bz2", ".tar", ".tgz", ".7z" };
  if (document->unread == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (document->path, endings[i]))
      return TRUE;
  return document->kind == CD_DOCUMENT_DATA;
}

static void
add_files (Gathering *gathering, const CdBenchmarks *benchmarks)
{
  for (guint i = 0; i < gathering->corpus->documents->len; i++) {
    const CdDocument *document = gathering->corpus->documents->pdata[i];
    gboolean closed = is_closed_data (document);
    if ((!closed && document->kind != CD_DOCUMENT_DATA) || !cd_scope_is_own (gathering->scope, i) || document->path[0] == '.')
      continue;
    if (!closed && !has_field (document, cd_records_is_problem_field))
      continue;
    g_auto (GStrv) words = words_of (document->path);
    CdDataFile file = { .document = i, .result = has_any (words, result_words) || has_field (document, is_result_field) };
    file.named = cd_data_files_named (document->path, closed ? -1 : document->data->rows, benchmarks);
    if (file.result)
      file.named &= ~(guint) CD_SIDE_EVALUATION;
    g_array_append_val (gathering->list, file);
  }
  for (guint i = 0; i < gathering->list->len; i++) {
    CdDataFile *file = &g_array_index (gathering->list, CdDataFile, i);
    g_hash_table_insert (gathering->files, GUINT_TO_POINTER (file->document + 1), file);
  }
}

static gboolean
looks_like_data (const char *value)
{
  static const char *const endings[] = { ".json", ".csv", ".tsv", ".parquet", ".jsonl.gz", ".json.gz", ".zip" };
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (strstr (value, endings[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* The file or files that a value names are read for sides. */
static void
note_readers (Gathering *gathering, const char *value, guint sides, CdPlace place, const char *directory)
{
  if (sides == 0 || strlen (value) > VALUE_BYTES)
    return;
  g_auto (GStrv) names = g_strsplit_set (value, "[](){}\"', ", -1);
  for (guint i = 0, taken = 0; names[i] != NULL && taken < FILES_MOST; i++) {
    if (!looks_like_data (names[i]))
      continue;
    taken++;
    gint found = cd_scope_resolve_path (gathering->scope, place.document, directory, names[i]);
    CdDataFile *file = found >= 0 ? g_hash_table_lookup (gathering->files, GINT_TO_POINTER (found + 1)) : NULL;
    if (file != NULL && (sides & CD_SIDE_TRAINING) != 0 && file->trained_by.line == 0)
      file->trained_by = place;
    if (file != NULL && (sides & CD_SIDE_EVALUATION) != 0 && file->evaluated_by.line == 0)
      file->evaluated_by = place;
  }
}

static guint
side_of_class (CdCommandClass class)
{
  return class == CD_COMMAND_TRAINING ? CD_SIDE_TRAINING : class == CD_COMMAND_EVALUATION ? CD_SIDE_EVALUATION : 0;
}

/* What an option or key means by the file it names. otherwise: the side of the run it belongs to. */
static guint
side_of_key (const char *key, guint otherwise)
{
  const char *dot = strrchr (key, '.');
  g_auto (GStrv) last = words_of (dot != NULL ? dot + 1 : key);
  if (has_any (last, result_words))
    return 0;
  guint sides = sides_of_words (last);
  if (sides == 0 && !has_any (last, data_words))
    return 0;
  g_auto (GStrv) all = words_of (key);
  sides = sides != 0 ? sides : sides_of_words (all);
  if (sides == CD_SIDE_TRAINING && otherwise == CD_SIDE_EVALUATION)
    return 0; /* a trainer that is started to evaluate wants a training file, too */
  return sides == CD_SIDE_TRAINING || sides == CD_SIDE_EVALUATION ? sides : otherwise;
}

static void
read_command (Gathering *gathering, const CdWorkCommand *command)
{
  guint side = side_of_class (command->class);
  char **argv = command->command->argv;
  CdPlace place = { command->document, command->command->line, command->command->end_line };
  for (guint i = 1; side != 0 && argv[i] != NULL; i++) {
    if (!looks_like_data (argv[i]))
      continue;
    const char *equals = strchr (argv[i], '=');
    g_autofree char *key = equals != NULL ? g_strndup (argv[i], (gsize) (equals - argv[i])) : g_strdup (argv[i - 1][0] == '-' ? argv[i - 1] : "data");
    note_readers (gathering, equals != NULL ? equals + 1 : argv[i], side_of_key (key + strspn (key, "-+"), side), place, command->command->directory);
  }
}

/* The side of a file's settings whose keys do not tell: configurations that train, scripts by their names. */
static guint
side_of_settings (const Gathering *gathering, guint index, const guint8 *trains)
{
  const CdDocument *document = gathering->corpus->documents->pdata[index];
  if (document->kind == CD_DOCUMENT_MARKDOWN || document->kind == CD_DOCUMENT_RST || document->kind == CD_DOCUMENT_TEXT)
    return 0;
  const char *slash = strrchr (document->path, '/'), *base = slash != NULL ? slash + 1 : document->path;
  if (strcmp (base, CD_MANIFEST_NAME) == 0)
    return 0; /* it holds the values of training and the sets of evaluation */
  g_auto (GStrv) words = words_of (base);
  if (sides_of_words (words) == (CD_SIDE_TRAINING | CD_SIDE_EVALUATION))
    return 0;
  CdCommandClass class = cd_command_class_of_path (document->path);
  return class == CD_COMMAND_TRAINING || class == CD_COMMAND_EVALUATION ? side_of_class (class) : trains[index] ? CD_SIDE_TRAINING : 0;
}

/* LLaMA-Factory's list of datasets, "name.file_name": those that a configuration or command asks for by name are trained on. */
static void
read_registry (Gathering *gathering, const CdDocument *registry, guint index)
{
  g_autoptr (GHashTable) asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < gathering->corpus->documents->len; i++) {
    const CdDocument *document = gathering->corpus->documents->pdata[i];
    for (guint s = 0; cd_scope_is_own (gathering->scope, i) && s < document->settings->len; s++) {
      const CdSetting *setting = document->settings->pdata[s];
      if (strcmp (setting->key, "dataset") != 0 || strlen (setting->value) > VALUE_BYTES)
        continue;
      g_auto (GStrv) names = g_strsplit_set (setting->value, ", ", (gint) FILES_MOST);
      for (guint n = 0; names[n] != NULL; n++)
        g_hash_table_add (asked, g_strdup (names[n]));
    }
  }
  for (guint s = 0; s < registry->settings->len; s++) {
    const CdSetting *setting = registry->settings->pdata[s];
    g_autofree char *name = g_str_has_suffix (setting->key, ".file_name") ? g_strndup (setting->key, strlen (setting->key) - 10) : NULL;
    CdPlace place = { index, setting->line, setting->line };
    if (name != NULL && g_hash_table_contains (asked, name))
      note_readers (gathering, setting->value, CD_SIDE_TRAINING, place, NULL);
  }
}

/* Files that code names outside of settings, in lists and calls: read for what the script is for, unless their names say otherwise. */
static void
read_code (Gathering *gathering, const CdDocument *document, guint index, guint side)
{
  const char *end = document->text + document->length;
  for (const char *at = document->text; (at = g_strstr_len (at, end - at, ".json")) != NULL; at++) {
    guint32 line = cd_lines_at (document->lines, (gsize) (at - document->text));
    gsize start = 0, stop = 0;
    if (!cd_lines_range (document->lines, document->text, document->length, line, &start, &stop) || stop - start > VALUE_BYTES)
      continue;
    g_autofree char *text = g_strndup (document->text + start, stop - start);
    g_auto (GStrv) words = words_of (text);
    g_auto (GStrv) names = g_strsplit_set (text, "\"'", -1);
    CdPlace place = { index, line, line };
    for (guint i = 1; !has_any (words, result_words) && names[i - 1] != NULL && names[i] != NULL; i += 2) {
      gint found = looks_like_data (names[i]) ? cd_scope_resolve_path (gathering->scope, index, NULL, names[i]) : -1;
      const CdDataFile *file = found >= 0 ? g_hash_table_lookup (gathering->files, GINT_TO_POINTER (found + 1)) : NULL;
      if (file != NULL && file->named == 0)
        note_readers (gathering, names[i], side, place, NULL);
    }
    at = document->text + stop - 1;
    if (at < document->text || at + 1 >= end)
      return;
  }
}

static void
read_document (Gathering *gathering, const CdDocument *document, guint index, const guint8 *trains)
{
  guint side = side_of_settings (gathering, index, trains);
  if (document->kind == CD_DOCUMENT_PYTHON && side != 0)
    read_code (gathering, document, index, side);
  if (g_str_has_suffix (document->path, "dataset_info.json")) {
    read_registry (gathering, document, index);
    return;
  }
  for (guint s = 0; s < document->settings->len; s++) {
    const CdSetting *setting = document->settings->pdata[s];
    CdPlace place = { index, setting->line, setting->line };
    if (looks_like_data (setting->value))
      note_readers (gathering, setting->value, side_of_key (setting->key, side), place, NULL);
  }
}

static void
read_documents (Gathering *gathering, const CdWork *work)
{
  g_autofree guint8 *trains = g_new0 (guint8, gathering->corpus->documents->len + 1);
  for (guint i = 0; i < work->configurations->len; i++) {
    const CdConfiguration *configuration = work->configurations->pdata[i];
    trains[configuration->document] |= configuration->learning_rate.line > 0 ? 1 : 0;
  }
  for (guint i = 0; i < gathering->corpus->documents->len; i++) {
    const CdDocument *document = gathering->corpus->documents->pdata[i];
    if (document->kind != CD_DOCUMENT_DATA && cd_scope_is_own (gathering->scope, i))
      read_document (gathering, document, i, trains);
  }
}

GArray *
cd_data_files_gather (const CdCorpus *corpus, const CdScope *scope, const CdWork *work, const CdBenchmarks *benchmarks)
{
  g_autoptr (GHashTable) files = g_hash_table_new (NULL, NULL);
  Gathering gathering = { corpus, scope, files, g_array_new (FALSE, FALSE, sizeof (CdDataFile)) };
  add_files (&gathering, benchmarks);
  if (gathering.list->len == 0)
    return gathering.list;
  for (guint i = 0; i < work->commands->len; i++)
    read_command (&gathering, work->commands->pdata[i]);
  read_documents (&gathering, work);
  for (guint i = gathering.list->len; i > 0; i--) {
    CdDataFile *file = &g_array_index (gathering.list, CdDataFile, i - 1);
    file->sides = file->named | (file->trained_by.line > 0 ? CD_SIDE_TRAINING : 0u)
                  | (file->evaluated_by.line > 0 && !file->result ? CD_SIDE_EVALUATION : 0u);
    const CdDocument *document = corpus->documents->pdata[file->document];
    if (file->sides == 0 && (document->unread != NULL || file->result))
      g_array_remove_index (gathering.list, i - 1);
  }
  return gathering.list;
}
