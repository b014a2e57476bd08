/* Literals of code against the rules: which model is asked (the text left of its name), and what for (the file's place, what else it does). Which
 * calls make a teacher is decided in teachers.c. */
#include "lineage/calls.h"
#include "base/yaml.h"
#include "work/commands.h"
#include <string.h>

#define LINE_BYTES 2000u   /* of a line, looked at */
#define DATA_LINES 400u    /* records looked at */
#define PROMPT_BYTES 4000u /* of prompts, looked at for what they ask */
#define MANY_MODELS 4u     /* a file that names so many compares or prices them */

typedef enum { PLACE_OTHER, PLACE_EVALUATION, PLACE_DEMO, PLACE_REWARD, PLACE_DATA, PLACE_GENERATION, PLACE_TRAINING, PLACES } PlaceKind;
static const char *const place_names[PLACES] = { "other", "evaluation", "demo", "reward", "data", "generation", "training" };

typedef struct {
  PlaceKind kind;
  double score;
  GRegex *pattern;
} Place;

typedef enum {
  P_ARGUMENT,
  P_CALLEE,
  P_SETTING,
  P_OTHER_SETTING,
  P_CONFIG_SETTING,
  P_OPTION,
  P_VOID_LEFT,
  P_VOID_RIGHT,
  P_CLIENT,
  P_WRITES,
  P_GENERATES,
  P_TRAINS,
  P_LOCAL,
  P_TRAINING_OUTPUT,
  P_RECORD,
  P_RESULTS,
  P_SERVED,
  P_PROMPT,
  PATTERNS
} PatternName;
static const char *const pattern_names[PATTERNS]
    = { "argument", "callee",    "setting", "other_setting", "config_setting",  "option", "void_left", "void_right", "client",
        "writes",   "generates", "trains",  "local",         "training_output", "record", "results",   "served",     "prompt" };

typedef enum {
  W_ARGUMENT,
  W_DEFAULT,
  W_OPTION,
  W_CALLEE,
  W_CLIENT,
  W_NO_CLIENT,
  W_WRITES,
  W_TRAINING_OUTPUT,
  W_REACHED,
  W_UNREACHED,
  W_MANY,
  W_LOCAL,
  W_TRAINS,
  W_RECORD,
  W_SILENT,
  W_FUNCTION,
  W_CONFIG,
  W_FEEDS,
  W_ELSEWHERE,
  W_ADAPTED,
  WEIGHTS
} WeightName;
static const char *const weight_names[WEIGHTS]
    = { "argument", "default", "option", "callee", "client", "no_client", "writes", "training_output", "reached",   "unreached",
        "many",     "local",   "trains", "record", "silent", "function",  "config", "feeds",           "elsewhere", "adapted" };

struct _CdCalls {
  const CdNames *names;
  const CdStatements *statements;
  GPtrArray *places; /* Place* */
  double other, accept;
  GRegex *patterns[PATTERNS];
  double weights[WEIGHTS];
};

static void
place_free (gpointer data)
{
  Place *place = data;
  g_clear_pointer (&place->pattern, g_regex_unref);
  g_free (place);
}

void
cd_calls_free (CdCalls *calls)
{
  if (calls == NULL)
    return;
  g_clear_pointer (&calls->places, g_ptr_array_unref);
  for (guint i = 0; i < PATTERNS; i++)
    g_clear_pointer (&calls->patterns[i], g_regex_unref);
  g_free (calls);
}

static GRegex *
compile (const CdYaml *yaml, const CdYamlNode *node, const char *key, GRegexCompileFlags flags, GError **error)
{
  const char *text = cd_yaml_require (yaml, node, key, error);
  g_autoptr (GError) why = NULL;
  GRegex *pattern = text != NULL ? g_regex_new (text, flags, 0, &why) : NULL;
  if (why != NULL)
    cd_yaml_fail (yaml, cd_yaml_get (node, key), error, "\"%s\": %s", key, why->message);
  return pattern;
}

static gboolean
read_places (CdCalls *calls, const CdYaml *yaml, GError **error)
{
  const CdYamlNode *list = cd_yaml_get (cd_yaml_root (yaml), "places");
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const CdYamlNode *node = cd_yaml_at (list, i);
    const char *kind = cd_yaml_require (yaml, node, "kind", error);
    if (kind == NULL)
      return FALSE;
    Place *place = g_new0 (Place, 1);
    g_ptr_array_add (calls->places, place);
    for (guint k = 0; k < PLACES; k++)
      if (g_str_equal (place_names[k], kind))
        place->kind = (PlaceKind) k;
    if (!cd_yaml_double (cd_yaml_get (node, "score"), &place->score))
      return cd_yaml_fail (yaml, node, error, "\"score\" must be a number");
    place->pattern = compile (yaml, node, "pattern", G_REGEX_CASELESS | G_REGEX_OPTIMIZE, error);
    if (place->pattern == NULL)
      return FALSE;
  }
  return TRUE;
}

CdCalls *
cd_calls_load (const CdData *data, const CdNames *names, const CdStatements *statements, GError **error)
{
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, "rubrics/lineage/calls.yaml", error);
  if (yaml == NULL)
    return NULL;
  const CdYamlNode *root = cd_yaml_root (yaml);
  g_autoptr (CdCalls) calls = g_new0 (CdCalls, 1);
  calls->names = names;
  calls->statements = statements;
  calls->places = g_ptr_array_new_with_free_func (place_free);
  if (!read_places (calls, yaml, error))
    return NULL;
  for (guint i = 0; i < PATTERNS; i++) {
    calls->patterns[i] = compile (yaml, root, pattern_names[i], i == P_RESULTS ? G_REGEX_CASELESS : 0, error);
    if (calls->patterns[i] == NULL)
      return NULL;
  }
  const CdYamlNode *weights = cd_yaml_get (root, "weights");
  for (guint i = 0; i < WEIGHTS; i++)
    if (!cd_yaml_double (cd_yaml_get (weights, weight_names[i]), &calls->weights[i])) {
      cd_yaml_fail (yaml, root, error, "\"weights\" needs a number \"%s\"", weight_names[i]);
      return NULL;
    }
  if (!cd_yaml_double (cd_yaml_get (root, "accept"), &calls->accept) || !cd_yaml_double (cd_yaml_get (root, "other"), &calls->other)) {
    cd_yaml_fail (yaml, root, error, "\"accept\" and \"other\" are numbers");
    return NULL;
  }
  return g_steal_pointer (&calls);
}

double
cd_calls_accept (const CdCalls *calls)
{
  return calls->accept;
}

/* What a path says its file is for: the first of its parts that says anything, from the outermost folder on; folders of training and of pipelines leave
 * it to what follows. */
static PlaceKind
place_of (const CdCalls *calls, const char *path, double *score)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 32);
  const Place *found = NULL;
  for (guint p = 0; parts[p] != NULL; p++)
    for (guint i = 0; i < calls->places->len; i++) {
      const Place *place = calls->places->pdata[i];
      if (!g_regex_match (place->pattern, parts[p], 0, NULL))
        continue;
      if (found == NULL || place->kind < found->kind)
        found = place;
      if (place->kind < PLACE_GENERATION) {
        *score = place->score;
        return place->kind;
      }
      break;
    }
  *score = found != NULL ? found->score : calls->other;
  return found != NULL ? found->kind : PLACE_OTHER;
}

static gboolean
matches (const CdCalls *calls, PatternName name, const char *text)
{
  return g_regex_match (calls->patterns[name], text, 0, NULL);
}

/* A file while its lines are read. */
typedef struct {
  const CdCalls *calls;
  const CdDocument *document;
  guint index;
  PlaceKind place;
  double score; /* of place, reach and what the file does */
  GArray *out;
  guint first; /* of this file in out */
  gboolean reached;
  GHashTable *fed;
} File;

/* The literal around a mention: from the quote, space or "=" before it to the one behind. FALSE where the name is only part of it, unless a path or a
 * route ("openai/gpt-4o", "/models/QwQ-32B") ends with it. */
static gboolean
literal_of (const char *line, gsize length, const CdMention *mention, gsize *start, gsize *end)
{
  static const char *const stops = "\"'` \t=,()[]{}<>|;\n";
  gsize left = mention->start, right = mention->end;
  while (left > 0 && strchr (stops, line[left - 1]) == NULL)
    left--;
  while (right < length && strchr (stops, line[right]) == NULL && line[right] != '\0')
    right++;
  *start = left;
  *end = right;
  gboolean whole_left = left == mention->start || line[mention->start - 1] == '/' || line[mention->start - 1] == ':';
  gboolean whole_right = right == mention->end || (line[mention->end] == '/' && mention->end + 1 == right);
  return whole_left && whole_right;
}

typedef struct {
  double score;
  const char *says;
  const char *key; /* the setting's; NULL none */
} Use;

/* What the model is asked for: by the setting's and the file's name, else by the lines that prompt it. */
static guint
roles_of (const File *file, const char *key)
{
  const CdStatements *statements = file->calls->statements;
  g_autofree char *words = g_strdelimit (g_strconcat (file->document->path, " ", key != NULL ? key : "", NULL), "/_.-", ' ');
  guint roles = cd_statements_roles (statements, words) & ~(guint) CD_TEACHES_ANSWER;
  if (roles != 0)
    return roles;
  g_autoptr (GString) prompts = g_string_new (NULL);
  for (guint i = 0; i < file->document->passages->len && prompts->len < PROMPT_BYTES; i++) {
    const CdPassage *passage = &g_array_index (file->document->passages, CdPassage, i);
    if (passage->end - passage->start > 1000)
      continue;
    g_autofree char *line = g_utf8_make_valid (file->document->text + passage->start, (gssize) (passage->end - passage->start));
    if (g_regex_match (file->calls->patterns[P_PROMPT], line, 0, NULL))
      g_string_append_printf (prompts, "%s ", line);
  }
  return cd_statements_roles (statements, prompts->str);
}

static gboolean
use_of (const File *file, const char *line, gsize start, gsize end, CdPassageKind kind, Use *use)
{
  const CdCalls *calls = file->calls;
  gsize from = start > 120 ? start - 120 : 0;
  gboolean quoted = start > 0 && (line[start - 1] == '"' || line[start - 1] == '\'');
  g_autofree char *left = g_strndup (line + from, start - from - (quoted ? 1 : 0));
  g_autofree char *right = g_strndup (line + end, MIN (strlen (line + end), (gsize) 60));
  if (!g_utf8_validate (left, -1, NULL) || !g_utf8_validate (right, -1, NULL))
    return FALSE;
  if (kind == CD_PASSAGE_COMMAND) {
    *use = (Use){ calls->weights[W_OPTION], "command", NULL };
    return matches (calls, P_OPTION, left);
  }
  if (matches (calls, P_VOID_LEFT, left) || (kind == CD_PASSAGE_CODE && matches (calls, P_VOID_RIGHT, right)))
    return FALSE;
  if (kind == CD_PASSAGE_CODE && !quoted)
    return FALSE;
  gboolean argument = matches (calls, P_ARGUMENT, left);
  if (!argument && !matches (calls, P_CALLEE, left))
    return FALSE;
  if (argument && strstr (left, "def ") != NULL) /* a parameter's default: read_settings */
    return FALSE;
  *use = (Use){ calls->weights[argument ? W_ARGUMENT : W_CALLEE], "call", NULL };
  return TRUE;
}

/* Names like "alpaca" or "qwen-instruct" are those of templates and datasets too: as literals only names with a version count, and aliases of APIs. */
static gboolean
is_telling (const File *file, const CdMention *mention)
{
  if (mention->kind != CD_MENTION_MODEL || mention->derived || mention->alike || mention->made || mention->weak)
    return FALSE;
  if (mention->known >= 0 && !cd_knowledge_at (cd_names_knowledge (file->calls->names), (guint) mention->known)->open)
    return TRUE;
  for (const char *at = mention->name; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      return TRUE;
  return FALSE;
}

static void
add_call (const File *file, const CdMention *mention, guint line, const Use *use)
{
  CdModelCall call = { .document = file->index,
                       .line = line,
                       .model = mention->name,
                       .provider = mention->provider,
                       .known = mention->known,
                       .score = file->score + use->score,
                       .judge = file->place == PLACE_EVALUATION,
                       .says = use->says };
  call.roles = roles_of (file, use->key);
  if (file->place == PLACE_REWARD)
    call.roles |= CD_TEACHES_REWARD | CD_TEACHES_VERIFY;
  if (call.roles == 0)
    call.roles = CD_TEACHES_ANSWER;
  g_array_append_val (file->out, call);
}

static void
read_passage (const File *file, const CdPassage *passage)
{
  gsize length = MIN (passage->end - passage->start, (gsize) LINE_BYTES);
  const char *line = file->document->text + passage->start;
  g_autoptr (GArray) mentions = cd_names_find (file->calls->names, line, length);
  g_autofree char *copy = NULL;
  for (guint i = 0; i < mentions->len; i++) {
    const CdMention *mention = &g_array_index (mentions, CdMention, i);
    gsize start = 0, end = 0;
    if (!is_telling (file, mention))
      continue;
    if (copy == NULL)
      copy = g_strndup (line, length);
    Use use = { 0, NULL, NULL };
    if (literal_of (copy, strlen (copy), mention, &start, &end) && use_of (file, copy, start, end, passage->kind, &use))
      add_call (file, mention, passage->line, &use);
  }
}

/* What the heading above a line says its section is about. */
static guint
flags_at (const CdDocument *document, guint line)
{
  guint flags = 0;
  for (guint i = 0; i < document->sections->len; i++) {
    const CdSection *section = document->sections->pdata[i];
    if (section->line <= line)
      flags = section->flags;
  }
  return flags;
}

/* A default of a function's parameter: callers may pass another. */
static gboolean
is_parameter (const CdDocument *document, guint line)
{
  gsize start = 0, end = 0;
  if (!cd_lines_range (document->lines, document->text, document->length, line, &start, &end))
    return FALSE;
  return g_strstr_len (document->text + start, (gssize) (end - start), "def ") != NULL;
}

/* Options whose default is the model that is asked, and settings of configuration files that say so. */
static void
read_settings (const File *file)
{
  const CdCalls *calls = file->calls;
  gboolean python = file->document->kind == CD_DOCUMENT_PYTHON || file->document->kind == CD_DOCUMENT_NOTEBOOK;
  for (guint i = 0; i < file->document->settings->len; i++) {
    const CdSetting *setting = file->document->settings->pdata[i];
    CdMention mention = { .known = -1 };
    gboolean option = python && setting->kind == CD_SETTING_OPTION_DEFAULT;
    gboolean config = !python && setting->kind == CD_SETTING_CONFIG;
    if ((!option && !config) || strlen (setting->value) > 200 || !cd_names_is_model (calls->names, setting->value, &mention)
        || !is_telling (file, &mention) || matches (calls, P_OTHER_SETTING, setting->key))
      continue;
    if (option && matches (calls, P_SETTING, setting->key)) { /* a path of somebody's machine is no sure default */
      double function = is_parameter (file->document, setting->line) ? calls->weights[W_FUNCTION] : 0;
      add_call (file, &mention, setting->line, &(Use){ calls->weights[W_DEFAULT] + function, "option-default", setting->key });
      g_array_index (file->out, CdModelCall, file->out->len - 1).placed = setting->value[0] == '/';
    } else if (config && matches (calls, P_CONFIG_SETTING, setting->key))
      add_call (file, &mention, setting->line, &(Use){ calls->weights[W_CONFIG], "setting", setting->key });
  }
}

/* Variables that a page tells the reader to set: "export VERIFIER_PATH=…", outside its sections on evaluation. */
static void
read_exports (const File *file)
{
  const CdDocument *document = file->document;
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = document->settings->pdata[i];
    CdMention mention = { .known = -1 };
    if (setting->kind == CD_SETTING_FRONT_MATTER || strlen (setting->value) > 200 || !matches (file->calls, P_CONFIG_SETTING, setting->key)
        || matches (file->calls, P_OTHER_SETTING, setting->key) || !cd_names_is_model (file->calls->names, setting->value, &mention)
        || !is_telling (file, &mention) || (flags_at (document, setting->line) & CD_CONTEXT_EVALUATION) != 0)
      continue;
    add_call (file, &mention, setting->line, &(Use){ file->calls->accept, "setting", setting->key });
    g_array_index (file->out, CdModelCall, file->out->len - 1).shown = TRUE;
  }
}

/* Records that name who made them, in files of training data. */
static void
read_records (const File *file)
{
  guint lines = 0;
  for (guint i = 0; i < file->document->passages->len && lines < DATA_LINES; i++) {
    const CdPassage *passage = &g_array_index (file->document->passages, CdPassage, i);
    if (passage->kind != CD_PASSAGE_DATA && passage->kind != CD_PASSAGE_CONFIG)
      continue;
    lines++;
    gsize length = MIN (passage->end - passage->start, (gsize) 16384);
    const char *line = file->document->text + passage->start;
    g_autoptr (GArray) mentions = cd_names_find (file->calls->names, line, length);
    for (guint m = 0; m < mentions->len; m++) {
      const CdMention *mention = &g_array_index (mentions, CdMention, m);
      if (!is_telling (file, mention) || mention->start == 0)
        continue;
      gsize left = mention->start;
      while (left > 0 && line[left - 1] != '"' && mention->start - left < 40)
        left--;
      gsize from = left > 40 ? left - 40 : 0;
      g_autofree char *before = g_utf8_make_valid (line + from, (gssize) (left - from));
      if (!matches (file->calls, P_RECORD, before))
        continue;
      add_call (file, mention, passage->line, &(Use){ file->calls->weights[W_RECORD], "record", NULL });
      CdModelCall *call = &g_array_index (file->out, CdModelCall, file->out->len - 1);
      call->record = TRUE;
      call->certain = file->score > 0;
    }
  }
}

/* A file that training reads is named in the text. */
static gboolean
names_fed (GHashTable *fed, const char *text)
{
  GHashTableIter iter;
  gpointer name = NULL;
  if (fed == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, fed);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (strstr (text, name) != NULL)
      return TRUE;
  return FALSE;
}

static guint
distinct_models (const GArray *calls, guint first)
{
  guint count = 0;
  for (guint i = first; i < calls->len; i++) {
    gboolean seen = FALSE;
    for (guint j = first; j < i && !seen; j++)
      seen = g_array_index (calls, CdModelCall, i).model == g_array_index (calls, CdModelCall, j).model;
    count += seen ? 0 : 1;
  }
  return count;
}

/* What else a file with such literals does weighs on all of them. */
static void
weigh_file (const File *file)
{
  if (file->out->len == file->first)
    return;
  const CdCalls *calls = file->calls;
  const double *weights = calls->weights;
  g_autofree char *text = g_utf8_make_valid (file->document->text, (gssize) MIN (file->document->length, (gsize) 262144));
  const CdKnowledge *knowledge = cd_names_knowledge (calls->names);
  gboolean code = file->document->kind == CD_DOCUMENT_PYTHON || file->document->kind == CD_DOCUMENT_NOTEBOOK;
  gboolean client = matches (calls, P_CLIENT, text);
  gboolean feeds = code && names_fed (file->fed, text);
  gboolean made = file->place == PLACE_DATA || file->place == PLACE_REWARD;
  gboolean silent = code && !matches (calls, P_GENERATES, text); /* nothing in it makes text: weights that are loaded are trained or measured */
  double sum = code ? (client ? weights[W_CLIENT] : weights[W_NO_CLIENT]) : 0;
  sum += code && matches (calls, P_WRITES, text) ? weights[W_WRITES] : 0;
  sum += code && matches (calls, P_TRAINING_OUTPUT, text) ? weights[W_TRAINING_OUTPUT] : 0;
  sum += code && file->place != PLACE_REWARD && matches (calls, P_TRAINS, text) ? weights[W_TRAINS] : 0;
  sum += feeds ? weights[W_FEEDS] : 0;
  sum += matches (calls, P_LOCAL, text) ? weights[W_LOCAL] : 0;
  sum += distinct_models (file->out, file->first) >= MANY_MODELS ? weights[W_MANY] : 0;
  for (guint i = file->first; i < file->out->len; i++) {
    CdModelCall *call = &g_array_index (file->out, CdModelCall, i);
    call->score += sum;
    if (silent && (call->known < 0 || cd_knowledge_at (knowledge, (guint) call->known)->open))
      call->score += weights[W_SILENT];
    call->judge = call->judge && (client || !code);
    call->feeds = feeds;
    gboolean asks = !call->placed && code && client && !silent;
    call->likely = asks && file->place == PLACE_DATA && file->reached;
    call->certain = g_str_equal (call->says, "setting") ? made && file->reached : asks && (feeds || (file->place == PLACE_REWARD && file->reached));
  }
}

static gboolean
is_program (const CdDocument *document)
{
  switch (document->kind) {
    case CD_DOCUMENT_PYTHON:
    case CD_DOCUMENT_NOTEBOOK:
    case CD_DOCUMENT_CODE:
    case CD_DOCUMENT_SHELL:
    case CD_DOCUMENT_YAML:
    case CD_DOCUMENT_JSON:
    case CD_DOCUMENT_TOML:
    case CD_DOCUMENT_INI:
      return TRUE;
    default:
      return FALSE;
  }
}

void
cd_calls_read (const CdCalls *calls, const CdDocument *document, guint index, gboolean reached, GHashTable *fed, GArray *out)
{
  File file = { .calls = calls, .document = document, .index = index, .reached = reached, .fed = fed, .out = out, .first = out->len };
  gboolean records = document->data != NULL || document->kind == CD_DOCUMENT_DATA || document->kind == CD_DOCUMENT_JSON;
  if (records && !matches (calls, P_RESULTS, document->path)) {
    const char *slash = strrchr (document->path, '/');
    file.score = fed != NULL && g_hash_table_contains (fed, slash != NULL ? slash + 1 : document->path) ? calls->weights[W_FEEDS] : 0;
    read_records (&file);
  }
  if (document->kind == CD_DOCUMENT_MARKDOWN && !matches (calls, P_RESULTS, document->path))
    read_exports (&file);
  if (!is_program (document) || document->kind == CD_DOCUMENT_JSON)
    return;
  file.place = place_of (calls, document->path, &file.score);
  file.score += reached ? calls->weights[W_REACHED] : calls->weights[W_UNREACHED];
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->kind == CD_PASSAGE_CODE || passage->kind == CD_PASSAGE_COMMAND)
      read_passage (&file, passage);
  }
  read_settings (&file);
  weigh_file (&file);
}

/* The value of an option that names the model that is asked, or NULL. */
static const char *
model_option (const CdCalls *calls, char **argv, CdMention *mention)
{
  for (guint i = 0; argv[i] != NULL && i < 200; i++) {
    g_autofree char *option = NULL;
    const char *value = strchr (argv[i], '=');
    if (value != NULL)
      option = g_strndup (argv[i], (gsize) (value++ - argv[i]) + 1);
    else if (argv[i][0] == '-' && (value = argv[i + 1]) != NULL)
      option = g_strconcat (argv[i], " ", NULL);
    if (option != NULL && strlen (option) == 3 && option[0] == '-' && cd_names_is_model (calls->names, value, mention) && mention->known >= 0
        && !cd_knowledge_at (cd_names_knowledge (calls->names), (guint) mention->known)->open)
      return value; /* "-g gpt-4-0613": whatever the letter stands for */
    if (option != NULL && g_utf8_validate (option, -1, NULL) && matches (calls, P_OPTION, option) && cd_names_is_model (calls->names, value, mention))
      return value;
  }
  return NULL;
}

static gboolean
asks_for_text (const CdCalls *calls, const CdDocument *script)
{
  g_autofree char *text = g_utf8_make_valid (script->text, (gssize) MIN (script->length, (gsize) 262144));
  return matches (calls, P_GENERATES, text);
}

static gboolean
stands_under_data (const CdWorkCommand *command, const CdDocument *document)
{
  gint32 section = command->command->section;
  guint flags = section >= 0 && (guint) section < document->sections->len ? ((const CdSection *) document->sections->pdata[section])->flags : 0;
  return (flags & CD_CONTEXT_DATASET) != 0 && (flags & CD_CONTEXT_EVALUATION) == 0;
}

/* A command that may make data: by what it runs, or by the heading that it stands under. */
static gboolean
makes_data (const CdWorkCommand *command, const CdDocument *document)
{
  if (stands_under_data (command, document))
    return command->class != CD_COMMAND_TRAINING && command->class != CD_COMMAND_INSTALL;
  return command->class == CD_COMMAND_DATA || command->class == CD_COMMAND_OTHER;
}

/* Commands of data-making scripts: the model they name replaces the script's default. */
static void
gather_commands (const CdCalls *calls, const CdCorpus *corpus, const CdScope *scope, const CdWork *work, GArray *out)
{
  guint own = out->len;
  for (guint i = 0; i < work->commands->len; i++) {
    const CdWorkCommand *command = work->commands->pdata[i];
    const CdDocument *document = corpus->documents->pdata[command->document];
    CdMention mention = { .known = -1 };
    if (command->command->commented || !makes_data (command, document) || model_option (calls, command->command->argv, &mention) == NULL)
      continue;
    const char *script = command->script >= 0 ? ((const CdDocument *) corpus->documents->pdata[command->script])->path : document->path;
    double score = 0;
    PlaceKind place = place_of (calls, script, &score);
    if (place == PLACE_EVALUATION || place == PLACE_DEMO)
      continue;
    for (guint c = 0; c < own; c++) {
      CdModelCall *call = &g_array_index (out, CdModelCall, c);
      if (command->script >= 0 && call->document == (guint) command->script && g_str_equal (call->says, "option-default"))
        call->score = -1;
    }
    gboolean shown = document->kind != CD_DOCUMENT_SHELL;
    double made = command->class == CD_COMMAND_DATA || stands_under_data (command, document) ? 1.5 : 0.5;
    CdModelCall call = { .document = command->document,
                         .line = command->command->line,
                         .model = mention.name,
                         .provider = mention.provider,
                         .known = mention.known,
                         .score = score + made + calls->weights[W_OPTION] + (shown ? 0.5 : 0),
                         .shown = shown,
                         .says = "command" };
    if (cd_scope_at (scope, command->document)->adapted && strchr (document->path, '/') != NULL)
      call.score += calls->weights[W_ELSEWHERE];
    call.certain = command->script >= 0 && place == PLACE_DATA && asks_for_text (calls, corpus->documents->pdata[command->script]);
    g_autofree char *words = g_strdelimit (g_strdup (script), "/_.-", ' ');
    call.roles = cd_statements_roles (calls->statements, words);
    if (call.roles == 0)
      call.roles = CD_TEACHES_ANSWER;
    g_array_append_val (out, call);
  }
}

/* Modules take the part of the scripts that import them: of data-making ones they make data, imported by evaluation alone they evaluate. */
static void
follow_imports (const CdCalls *calls, const CdCorpus *corpus, const CdScope *scope, GHashTable *fed, GArray *out)
{
  g_autoptr (GHashTable) parts = g_hash_table_new (NULL, NULL); /* document + 1 → 1 data, 2 evaluation, 3 both */
  for (guint i = 0; i < out->len; i++)
    g_hash_table_insert (parts, GUINT_TO_POINTER (g_array_index (out, CdModelCall, i).document + 1), GUINT_TO_POINTER (0));
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    if (!cd_scope_is_own (scope, i) || document->kind != CD_DOCUMENT_PYTHON)
      continue;
    double score = 0;
    PlaceKind place = place_of (calls, document->path, &score);
    guint part = place == PLACE_DATA || place == PLACE_REWARD ? 1 : place == PLACE_EVALUATION || place == PLACE_DEMO ? 2 : 0;
    if (part == 0 && document->imports->len > 0 && names_fed (fed, document->text))
      part = 1;
    for (guint m = 0; part != 0 && m < document->imports->len; m++) {
      const CdImport *import = document->imports->pdata[m];
      gint target = cd_scope_resolve_path (scope, i, NULL, import->module);
      gpointer key = GUINT_TO_POINTER ((guint) target + 1);
      if (target >= 0 && g_hash_table_contains (parts, key))
        g_hash_table_insert (parts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (parts, key)) | part));
    }
  }
  for (guint i = 0; i < out->len; i++) {
    CdModelCall *call = &g_array_index (out, CdModelCall, i);
    guint part = GPOINTER_TO_UINT (g_hash_table_lookup (parts, GUINT_TO_POINTER (call->document + 1)));
    const CdDocument *document = corpus->documents->pdata[call->document];
    double score = 0;
    PlaceKind place = place_of (calls, document->path, &score);
    gboolean told = g_str_equal (call->says, "call") || g_str_equal (call->says, "setting");
    if ((place == PLACE_OTHER || place == PLACE_GENERATION) && (part & 1) != 0 && told) {
      call->score += 2 - (place == PLACE_GENERATION ? 1 : 0);
      call->certain = call->certain || cd_scope_at (scope, call->document)->reached;
    } else if ((place == PLACE_OTHER || place == PLACE_GENERATION) && part == 2) {
      call->score -= 3;
      call->judge = TRUE;
    }
  }
}

static gint
compare_calls (gconstpointer a, gconstpointer b)
{
  const CdModelCall *x = a, *y = b;
  if (x->document != y->document)
    return x->document < y->document ? -1 : 1;
  return x->line != y->line ? (x->line < y->line ? -1 : 1) : strcmp (x->model, y->model);
}

/* A name of a data file that says more than what it is: "train.jsonl" is every work's. */
static gboolean
is_data_file (const char *name)
{
  static const char *const endings[] = { ".jsonl", ".json", ".parquet", ".csv", ".arrow", ".tsv" };
  static const char *const plain[]
      = { "train", "test", "val", "valid", "validation", "dev", "data", "dataset", "eval", "config", "output", "outputs" };
  gsize length = strlen (name);
  for (guint e = 0; e < G_N_ELEMENTS (endings); e++) {
    if (!g_str_has_suffix (name, endings[e]))
      continue;
    gsize stem = length - strlen (endings[e]);
    for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
      if (strlen (plain[i]) == stem && strncmp (name, plain[i], stem) == 0)
        return FALSE;
    return stem >= 3;
  }
  return FALSE;
}

static void
add_fed (GHashTable *fed, const char *value)
{
  g_auto (GStrv) words = g_strsplit_set (value, " ,;=@[]\"'{}()", 32);
  for (guint i = 0; words[i] != NULL; i++) {
    const char *slash = strrchr (words[i], '/');
    const char *name = slash != NULL ? slash + 1 : words[i];
    if (is_data_file (name))
      g_hash_table_add (fed, g_strdup (name));
  }
}

/* The names of the files that training commands, and the settings of files that train, read. */
static GHashTable *
gather_fed (const CdCorpus *corpus, const CdScope *scope, const CdWork *work)
{
  GHashTable *fed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < work->commands->len; i++) {
    const CdWorkCommand *command = work->commands->pdata[i];
    for (guint w = 0; command->class == CD_COMMAND_TRAINING && command->command->argv[w] != NULL && w < 300; w++)
      add_fed (fed, command->command->argv[w]);
  }
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    gboolean catalogue = strstr (document->path, "dataset_info") != NULL; /* LLaMA-Factory's list of what it trains on */
    if (!cd_scope_is_own (scope, i) || (!catalogue && cd_command_class_of_path (document->path) != CD_COMMAND_TRAINING))
      continue;
    for (guint s = 0; s < document->settings->len; s++)
      add_fed (fed, ((const CdSetting *) document->settings->pdata[s])->value);
  }
  return fed;
}

/* A command that runs a data-making script makes its calls certain, and more so where it names a file that training reads. */
static void
follow_commands (const CdCalls *calls, const CdWork *work, GHashTable *fed, GArray *out)
{
  for (guint i = 0; i < work->commands->len; i++) {
    const CdWorkCommand *command = work->commands->pdata[i];
    if (command->script < 0 || command->class == CD_COMMAND_TRAINING || command->command->commented)
      continue;
    gboolean feeds = names_fed (fed, command->command->text);
    for (guint c = 0; c < out->len; c++) {
      CdModelCall *call = &g_array_index (out, CdModelCall, c);
      if (call->document != (guint) command->script)
        continue;
      call->certain = call->certain || feeds;
      if (feeds && !call->feeds)
        call->score += calls->weights[W_FEEDS];
      call->feeds = call->feeds || feeds;
    }
  }
}

/* Folders whose page is another project's: what is called there, the work may never have called. */
static gboolean
is_elsewhere (const CdCorpus *corpus, const CdScope *scope, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *page = g_build_path ("/", folder, "README.md", NULL);
  const CdDocument *document = g_str_equal (folder, ".") ? NULL : cd_corpus_find (corpus, page);
  for (guint i = 0; document != NULL && i < corpus->documents->len; i++)
    if (corpus->documents->pdata[i] == document)
      return cd_scope_at (scope, i)->adapted;
  return FALSE;
}

/* Calls by a name that the work's own server bears ask that server's model. */
static void
drop_served (const CdCalls *calls, const CdWork *work, GArray *out)
{
  for (guint i = 0; i < work->commands->len; i++) {
    const CdWorkCommand *command = work->commands->pdata[i];
    g_autoptr (GMatchInfo) info = NULL;
    if (strstr (command->command->text, "--served") == NULL || !g_utf8_validate (command->command->text, -1, NULL)
        || !g_regex_match (calls->patterns[P_SERVED], command->command->text, 0, &info))
      continue;
    g_autofree char *name = g_match_info_fetch (info, 1);
    for (guint c = out->len; c-- > 0;)
      if (g_ascii_strcasecmp (g_array_index (out, CdModelCall, c).model, name) == 0)
        g_array_remove_index (out, c);
  }
}

GArray *
cd_calls_gather (const CdCalls *calls, const CdCorpus *corpus, const CdScope *scope, const CdWork *work)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (CdModelCall));
  g_autoptr (GHashTable) fed = gather_fed (corpus, scope, work);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    guint first = out->len;
    if (cd_scope_is_own (scope, i) && document->path[0] != '.')
      cd_calls_read (calls, document, i, cd_scope_at (scope, i)->reached, fed, out);
    gboolean elsewhere = out->len > first && is_elsewhere (corpus, scope, document->path);
    gboolean adapted = cd_scope_at (scope, i)->adapted; /* called like a framework's file: it may have come with it */
    for (guint c = first; c < out->len && (elsewhere || adapted); c++) {
      CdModelCall *call = &g_array_index (out, CdModelCall, c);
      call->score += elsewhere ? calls->weights[W_ELSEWHERE] : calls->weights[W_ADAPTED];
      call->certain = call->likely = FALSE;
    }
  }
  gather_commands (calls, corpus, scope, work, out);
  follow_imports (calls, corpus, scope, fed, out);
  follow_commands (calls, work, fed, out);
  drop_served (calls, work, out);
  g_array_sort (out, compare_calls);
  return out;
}
