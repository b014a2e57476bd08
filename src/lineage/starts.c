/* Settings that name a model or a dataset, in files and commands that train. Which of them hand something down is inherited.c's business. */
#include "lineage/starts.h"
#include "work/commands.h"
#include <string.h>

#define BASE_LEAST -3.5 /* a weaker sentence on starting points says something else */

static void
start_free (gpointer data)
{
  CdStart *start = data;
  g_free (start->key);
  g_free (start);
}

typedef struct {
  const CdNames *names;
  const CdCorpus *corpus;
  GPtrArray *list;
} Gathering;

static void
add_base (Gathering *gathering, const char *name, gint known, guint document, guint line)
{
  CdStart *start = g_new0 (CdStart, 1);
  *start = (CdStart){ .name = name, .key = cd_names_key (name), .known = known, .base = TRUE, .document = document, .line = line };
  g_ptr_array_add (gathering->list, start);
}

static gboolean
has_word (const char *key, const char *const *words)
{
  g_autofree char *lower = g_ascii_strdown (key, -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

typedef enum { KEY_OTHER, KEY_BASE, KEY_DATA } KeyMeaning;

static KeyMeaning
meaning_of (const char *key)
{
  static const char *const others[] = { "reward",    "judge",     "teacher",  "critic",  "verifier", "tokeni",    "draft",    "embed",   "output",
                                        "save",      "hub_model", "eval",     "test",    "val_",     "_val",      "run_name", "project", "template",
                                        "annotator", "api_base",  "base_url", "api_url", "database", "generator", NULL };
  static const char *const bases[] = { "model", "pretrain", "checkpoint", "ckpt", "policy", "actor", "base", "start", "student", "backbone", NULL };
  static const char *const data[] = { "data", "train_file", "train_path", "hf_hub_url", "prompt", "corpus", NULL };
  if (has_word (key, others))
    return KEY_OTHER;
  return has_word (key, data) ? KEY_DATA : has_word (key, bases) ? KEY_BASE : KEY_OTHER;
}

/* Whose weights nobody has: a command or a setting that names it asks it for text, and trains nothing from it. */
static gboolean
is_service (const CdNames *names, const CdMention *mention)
{
  return mention->known >= 0 && !cd_knowledge_at (cd_names_knowledge (names), (guint) mention->known)->open;
}

static void
add_value (Gathering *gathering, const char *key, const char *value, guint document, guint line)
{
  KeyMeaning meaning = meaning_of (key);
  CdMention mention = { .known = -1 };
  if (meaning == KEY_OTHER || strlen (value) > 300)
    return;
  if (meaning == KEY_BASE && cd_names_is_model (gathering->names, value, &mention) && !mention.weak) {
    if (!is_service (gathering->names, &mention))
      add_base (gathering, mention.name, mention.known, document, line);
    return;
  }
  if (meaning != KEY_DATA)
    return;
  g_auto (GStrv) values = g_strsplit_set (value, ", ;@[]\"'", 16);
  for (guint i = 0; values[i] != NULL; i++) {
    gint known = strchr (values[i], '/') != NULL ? cd_knowledge_find (cd_names_knowledge (gathering->names), CD_KNOWN_DATASET, values[i]) : -1;
    if (known < 0)
      continue;
    CdStart *start = g_new0 (CdStart, 1);
    *start = (CdStart){ .name = cd_names_keep (gathering->names, values[i]), .known = known, .document = document, .line = line };
    g_ptr_array_add (gathering->list, start);
  }
}

/* Files whose settings are those of training: launch scripts, configurations and code that the path calls so, and cards. */
static void
add_settings (Gathering *gathering, const CdScope *scope)
{
  for (guint i = 0; i < gathering->corpus->documents->len; i++) {
    const CdDocument *document = gathering->corpus->documents->pdata[i];
    gboolean listed = strstr (document->path, "dataset_info") != NULL; /* the work fills in LLaMA-Factory's list */
    if (!cd_scope_is_own (scope, i) || document->path[0] == '.' || (cd_scope_at (scope, i)->adapted && !listed))
      continue;
    CdCommandClass class = cd_command_class_of_path (document->path);
    gboolean config = document->kind == CD_DOCUMENT_YAML || document->kind == CD_DOCUMENT_JSON || document->kind == CD_DOCUMENT_TOML;
    gboolean program = document->kind == CD_DOCUMENT_SHELL || document->kind == CD_DOCUMENT_PYTHON;
    gboolean trains = class == CD_COMMAND_TRAINING && (config || program);
    gboolean catalogue = config && class != CD_COMMAND_EVALUATION && strstr (document->path, "data") != NULL;
    for (guint s = 0; s < document->settings->len; s++) {
      const CdSetting *setting = document->settings->pdata[s];
      if (trains || catalogue || setting->kind == CD_SETTING_FRONT_MATTER)
        add_value (gathering, setting->key, setting->value, i, setting->line);
    }
  }
}

static void
add_commands (Gathering *gathering, const CdWork *work)
{
  for (guint i = 0; i < work->commands->len; i++) {
    const CdWorkCommand *command = work->commands->pdata[i];
    char **argv = command->command->argv;
    if (command->class != CD_COMMAND_TRAINING)
      continue;
    for (guint w = 0; argv[w] != NULL && w < 300; w++) {
      const char *equals = strchr (argv[w], '=');
      g_autofree char *key = equals != NULL ? g_strndup (argv[w], (gsize) (equals - argv[w])) : g_strdup (argv[w]);
      const char *value = equals != NULL ? equals + 1 : argv[w][0] == '-' ? argv[w + 1] : NULL;
      if (value != NULL)
        add_value (gathering, key, value, command->document, command->command->line);
    }
  }
}

static void
add_statements (Gathering *gathering, const GArray *statements)
{
  for (guint i = 0; i < statements->len; i++) {
    const CdStatement *statement = &g_array_index (statements, CdStatement, i);
    if (statement->kind == CD_STATEMENT_BASE && statement->score >= BASE_LEAST && !statement->weak)
      add_base (gathering, statement->model, statement->known, statement->document, statement->line);
  }
}

/* A place that may say what the work's own training starts from: not a framework's example, nor where data are made or results measured. */
static gboolean
may_train (const CdCorpus *corpus, const CdScope *scope, guint index)
{
  const CdDocument *document = corpus->documents->pdata[index];
  CdCommandClass class = cd_command_class_of_path (document->path);
  return !cd_scope_at (scope, index)->adapted && class != CD_COMMAND_DATA && class != CD_COMMAND_EVALUATION && class != CD_COMMAND_SERVE
         && class != CD_COMMAND_DEMO;
}

GPtrArray *
cd_starts_find (const CdNames *names, const CdCorpus *corpus, const CdScope *scope, const CdWork *work, const GArray *statements)
{
  Gathering gathering = { names, corpus, g_ptr_array_new_with_free_func (start_free) };
  for (guint i = 0; i < work->artefacts->len; i++) {
    const CdArtefact *artefact = work->artefacts->pdata[i];
    CdMention mention = { .known = -1 };
    if (artefact->kind != CD_ARTEFACT_BASE_MODEL || artefact->places->len == 0 || !cd_names_is_model (names, artefact->id, &mention)
        || is_service (names, &mention))
      continue;
    for (guint p = 0; p < artefact->places->len; p++) {
      const CdPlace *place = &g_array_index (artefact->places, CdPlace, p);
      if (!may_train (corpus, scope, place->document))
        continue;
      add_base (&gathering, mention.name, mention.known, place->document, place->line);
      break;
    }
  }
  add_settings (&gathering, scope);
  add_commands (&gathering, work);
  add_statements (&gathering, statements);
  return gathering.list;
}

/* A name without its versions, "tulu 70b" of "tulu-2-70b" and of "Tulu-70B-hf": paths of checkpoints drop them. versions: how many were dropped. NULL
 * without a size. Caller frees. */
static char *
sort_of (const char *name, guint *versions)
{
  const char *slash = strrchr (name, '/');
  g_autofree char *lower = g_ascii_strdown (slash != NULL ? slash + 1 : name, -1);
  g_auto (GStrv) parts = g_strsplit_set (lower, "-_ ", 16);
  g_autoptr (GString) sort = g_string_new (NULL);
  gboolean sized = FALSE;
  *versions = 0;
  for (guint p = 0; parts[p] != NULL; p++) {
    gsize length = strlen (parts[p]);
    gboolean number = strspn (parts[p], "0123456789.v") == length;
    *versions += number ? 1 : 0;
    if (number || g_str_equal (parts[p], "hf") || g_str_equal (parts[p], "base"))
      continue;
    sized = sized || (length >= 2 && length <= 6 && parts[p][length - 1] == 'b' && g_ascii_isdigit (parts[p][0]));
    g_string_append_printf (sort, "%s ", parts[p]);
  }
  return sized ? g_string_free (g_steal_pointer (&sort), FALSE) : NULL;
}

const CdStart *
cd_starts_base (const GPtrArray *starts, const char *name)
{
  g_autofree char *key = cd_names_key (name);
  guint versions = 0, others = 0;
  g_autofree char *sort = sort_of (name, &versions);
  for (guint i = 0; i < starts->len; i++) {
    const CdStart *start = starts->pdata[i];
    if (!start->base)
      continue;
    g_autofree char *other = sort_of (start->name, &others);
    gboolean vague = sort != NULL && other != NULL && (versions == 0 || others == 0) && g_str_equal (sort, other);
    if (g_str_equal (start->key, key) || vague)
      return start;
  }
  return NULL;
}
