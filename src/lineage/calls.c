/* Literals of one file against the rules: which model is asked (the text left of its name), and what for (the file's place, what else it does). How files
 * and commands lead to one another is call-flow.c's part; which calls make a teacher is decided in teachers.c. */
#include "lineage/call-rules.h"
#include <string.h>

#define LINE_BYTES 2000u   /* of a line, looked at */
#define DATA_LINES 400u    /* records looked at */
#define PROMPT_BYTES 4000u /* of prompts, looked at for what they ask */
#define MANY_MODELS 4u     /* a file that names so many compares or prices them */

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
  gboolean asked; /* its prompts were read for what they ask */
  guint asks;     /* and that was it: CdTeaches */
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

static guint
roles_of_prompts (const File *file)
{
  g_autoptr (GString) prompts = g_string_new (NULL);
  for (guint i = 0; i < file->document->passages->len && prompts->len < PROMPT_BYTES; i++) {
    const CdPassage *passage = &g_array_index (file->document->passages, CdPassage, i);
    if (passage->end - passage->start > 1000)
      continue;
    g_autofree char *line = g_utf8_make_valid (file->document->text + passage->start, (gssize) (passage->end - passage->start));
    if (g_regex_match (file->calls->patterns[P_PROMPT], line, 0, NULL))
      g_string_append_printf (prompts, "%s ", line);
  }
  return cd_statements_roles (file->calls->statements, prompts->str);
}

/* What the model is asked for: by the setting's and the file's name, else by the lines that prompt it, which are read once for all calls of the file. */
static guint
roles_of (File *file, const char *key)
{
  g_autofree char *words = g_strdelimit (g_strconcat (file->document->path, " ", key != NULL ? key : "", NULL), "/_.-", ' ');
  guint roles = cd_statements_roles (file->calls->statements, words) & ~(guint) CD_TEACHES_ANSWER;
  if (roles != 0)
    return roles;
  if (!file->asked) {
    file->asks = roles_of_prompts (file);
    file->asked = TRUE;
  }
  return file->asks;
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
    return cd_calls_match (calls, P_OPTION, left);
  }
  if (cd_calls_match (calls, P_VOID_LEFT, left) || (kind == CD_PASSAGE_CODE && cd_calls_match (calls, P_VOID_RIGHT, right)))
    return FALSE;
  if (kind == CD_PASSAGE_CODE && !quoted)
    return FALSE;
  gboolean argument = cd_calls_match (calls, P_ARGUMENT, left);
  if (!argument && !cd_calls_match (calls, P_CALLEE, left))
    return FALSE;
  if (argument && strstr (left, "def ") != NULL) /* a parameter's default: read_settings */
    return FALSE;
  gboolean fallback = argument && cd_calls_match (calls, P_FALLBACK, left);
  *use = (Use){ calls->weights[fallback ? W_DEFAULT : argument ? W_ARGUMENT : W_CALLEE], fallback ? "option-default" : "call", NULL };
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
add_call (File *file, const CdMention *mention, guint line, const Use *use)
{
  CdModelCall call = { .document = file->index,
                       .line = line,
                       .model = mention->name,
                       .provider = mention->provider,
                       .known = mention->known,
                       .score = file->score + use->score,
                       .judge = file->place == PLACE_EVALUATION,
                       .says = use->says };
  call.roles
      = file->place == PLACE_REWARD ? CD_TEACHES_REWARD | CD_TEACHES_VERIFY : roles_of (file, use->key); /* prompts of a scorer name all it reads */
  if (call.roles == 0)
    call.roles = CD_TEACHES_ANSWER;
  g_array_append_val (file->out, call);
}

static void
read_passage (File *file, const CdPassage *passage)
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
read_settings (File *file)
{
  const CdCalls *calls = file->calls;
  gboolean python = file->document->kind == CD_DOCUMENT_PYTHON || file->document->kind == CD_DOCUMENT_NOTEBOOK;
  for (guint i = 0; i < file->document->settings->len; i++) {
    const CdSetting *setting = file->document->settings->pdata[i];
    CdMention mention = { .known = -1 };
    gboolean option = python && setting->kind == CD_SETTING_OPTION_DEFAULT;
    gboolean config = !python && setting->kind == CD_SETTING_CONFIG;
    if ((!option && !config) || strlen (setting->value) > 200 || !cd_names_is_model (calls->names, setting->value, &mention)
        || !is_telling (file, &mention) || cd_calls_match (calls, P_OTHER_SETTING, setting->key))
      continue;
    if (option && cd_calls_match (calls, P_SETTING, setting->key)) { /* a path of somebody's machine is no sure default */
      double function = is_parameter (file->document, setting->line) ? calls->weights[W_FUNCTION] : 0;
      add_call (file, &mention, setting->line, &(Use){ calls->weights[W_DEFAULT] + function, "option-default", setting->key });
      CdModelCall *call = &g_array_index (file->out, CdModelCall, file->out->len - 1);
      call->placed = setting->value[0] == '/';
      call->option = setting->key;
    } else if (config && cd_calls_match (calls, P_CONFIG_SETTING, setting->key))
      add_call (file, &mention, setting->line, &(Use){ calls->weights[W_CONFIG], "setting", setting->key });
  }
}

/* Variables that a page tells the reader to set: "export VERIFIER_PATH=…", outside its sections on evaluation. */
static void
read_exports (File *file)
{
  const CdDocument *document = file->document;
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = document->settings->pdata[i];
    CdMention mention = { .known = -1 };
    if (setting->kind == CD_SETTING_FRONT_MATTER || strlen (setting->value) > 200 || !cd_calls_match (file->calls, P_CONFIG_SETTING, setting->key)
        || cd_calls_match (file->calls, P_OTHER_SETTING, setting->key) || !cd_names_is_model (file->calls->names, setting->value, &mention)
        || !is_telling (file, &mention) || (flags_at (document, setting->line) & CD_CONTEXT_EVALUATION) != 0)
      continue;
    add_call (file, &mention, setting->line, &(Use){ file->calls->accept, "setting", setting->key });
    g_array_index (file->out, CdModelCall, file->out->len - 1).shown = TRUE;
  }
}

/* Records that name who made them, in files of training data. */
static void
read_records (File *file)
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
      if (!cd_calls_match (file->calls, P_RECORD, before))
        continue;
      add_call (file, mention, passage->line, &(Use){ file->calls->weights[W_RECORD], "record", NULL });
      CdModelCall *call = &g_array_index (file->out, CdModelCall, file->out->len - 1);
      call->record = TRUE;
      call->certain = file->score > 0;
    }
  }
}

/* A file that training reads is named in the text. */
gboolean
cd_calls_name_fed (GHashTable *fed, const char *text)
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
  gboolean client = cd_calls_match (calls, P_CLIENT, text);
  gboolean feeds = code && cd_calls_name_fed (file->fed, text);
  gboolean made = file->place == PLACE_DATA || file->place == PLACE_REWARD;
  gboolean silent
      = code && !cd_calls_match (calls, P_GENERATES, text); /* nothing in it makes text: weights that are loaded are trained or measured */
  double sum = code ? (client ? weights[W_CLIENT] : weights[W_NO_CLIENT]) : 0;
  sum += code && cd_calls_match (calls, P_WRITES, text) ? weights[W_WRITES] : 0;
  sum += code && cd_calls_match (calls, P_TRAINING_OUTPUT, text) ? weights[W_TRAINING_OUTPUT] : 0;
  sum += code && file->place != PLACE_REWARD && cd_calls_match (calls, P_TRAINS, text) ? weights[W_TRAINS] : 0;
  sum += feeds ? weights[W_FEEDS] : 0;
  sum += cd_calls_match (calls, P_LOCAL, text) ? weights[W_LOCAL] : 0;
  sum += distinct_models (file->out, file->first) >= MANY_MODELS ? weights[W_MANY] : 0;
  for (guint i = file->first; i < file->out->len; i++) {
    CdModelCall *call = &g_array_index (file->out, CdModelCall, i);
    call->score += sum;
    if (silent && (call->known < 0 || cd_knowledge_at (knowledge, (guint) call->known)->open))
      call->score += weights[W_SILENT];
    call->judge = call->judge && (client || !code);
    call->feeds = feeds;
    call->reaches = feeds || file->place == PLACE_REWARD;
    gboolean asks = !call->placed && code && client && !silent;
    call->likely = asks && file->place == PLACE_DATA && file->reached;
    call->certain = g_str_equal (call->says, "setting") ? made && file->reached : asks && (feeds || (file->place == PLACE_REWARD && file->reached));
  }
}

gboolean
cd_model_call_is_direct (const CdModelCall *call)
{
  static const char *const naming[] = { "setting", "command", "record", NULL };
  if (!call->certain)
    return FALSE;
  return g_strv_contains (naming, call->says) || (call->reaches && (call->run || !g_str_equal (call->says, "option-default")));
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
  if (records && !cd_calls_match (calls, P_RESULTS, document->path)) {
    const char *slash = strrchr (document->path, '/');
    file.score = fed != NULL && g_hash_table_contains (fed, slash != NULL ? slash + 1 : document->path) ? calls->weights[W_FEEDS] : 0;
    read_records (&file);
  }
  if (document->kind == CD_DOCUMENT_MARKDOWN && !cd_calls_match (calls, P_RESULTS, document->path))
    read_exports (&file);
  if (!is_program (document) || document->kind == CD_DOCUMENT_JSON)
    return;
  file.place = cd_calls_place (calls, document->path, &file.score);
  file.score += reached ? calls->weights[W_REACHED] : calls->weights[W_UNREACHED];
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->kind == CD_PASSAGE_CODE || passage->kind == CD_PASSAGE_COMMAND)
      read_passage (&file, passage);
  }
  read_settings (&file);
  weigh_file (&file);
}
