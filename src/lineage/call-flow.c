/* Calls of all files together: commands replace defaults, modules take the part of the scripts that import them, and what feeds training is told from what
 * does not. */
#include "lineage/call-rules.h"
#include "work/commands.h"
#include <string.h>

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
    if (option != NULL && g_utf8_validate (option, -1, NULL) && cd_calls_match (calls, P_OPTION, option)
        && cd_names_is_model (calls->names, value, mention))
      return value;
  }
  return NULL;
}

/* "--aux-model x" and "aux_model=x" both name the option "aux_model". */
static gboolean
names_option (const char *word, const char *option)
{
  while (*word == '-' || *word == '+')
    word++;
  for (; *option != '\0' && *word != '\0' && *word != '='; word++, option++)
    if (*word != *option && !(strchr ("-_", *word) != NULL && strchr ("-_", *option) != NULL))
      return FALSE;
  return *option == '\0' && (*word == '\0' || *word == '=');
}

static gboolean
sets_option (const CdWorkCommand *command, const char *option)
{
  char **argv = command->command->argv;
  for (guint i = 1; argv[0] != NULL && argv[i] != NULL && i < 200; i++)
    if ((argv[i][0] == '-' || strchr (argv[i], '=') != NULL) && names_option (argv[i], option))
      return TRUE;
  return FALSE;
}

/* A default that every command shown for its script replaces, whatever by, was not used. */
static void
drop_replaced (const CdWork *work, GArray *out)
{
  for (guint c = out->len; c-- > 0;) {
    const CdModelCall *call = &g_array_index (out, CdModelCall, c);
    guint runs = 0, sets = 0;
    for (guint i = 0; call->option != NULL && i < work->commands->len; i++) {
      const CdWorkCommand *command = work->commands->pdata[i];
      if (command->script < 0 || (guint) command->script != call->document || command->command->commented)
        continue;
      runs++;
      sets += sets_option (command, call->option) ? 1 : 0;
    }
    if (runs > 0 && sets == runs)
      g_array_remove_index (out, c);
  }
}

static gboolean
asks_for_text (const CdCalls *calls, const CdDocument *script)
{
  g_autofree char *text = g_utf8_make_valid (script->text, (gssize) MIN (script->length, (gsize) 262144));
  return cd_calls_match (calls, P_GENERATES, text);
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

/* In a folder that belongs to a machine, as those of continuous integration do. */
static gboolean
is_hidden (const char *path)
{
  return path[0] == '.' || strstr (path, "/.") != NULL;
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
    if (command->command->commented || is_hidden (document->path) || !makes_data (command, document)
        || model_option (calls, command->command->argv, &mention) == NULL)
      continue;
    const char *script = command->script >= 0 ? ((const CdDocument *) corpus->documents->pdata[command->script])->path : document->path;
    double score = 0;
    PlaceKind place = cd_calls_place (calls, script, &score);
    if (place == PLACE_EVALUATION || place == PLACE_DEMO)
      continue;
    for (guint c = 0; c < own; c++) {
      CdModelCall *call = &g_array_index (out, CdModelCall, c);
      if (command->script >= 0 && call->document == (guint) command->script && call->option != NULL)
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
  g_autoptr (GHashTable) parts = g_hash_table_new (NULL, NULL); /* document + 1 → 1 data, 2 evaluation, 3 both; 4: feeds training */
  for (guint i = 0; i < out->len; i++)
    g_hash_table_insert (parts, GUINT_TO_POINTER (g_array_index (out, CdModelCall, i).document + 1), GUINT_TO_POINTER (0));
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    if (!cd_scope_is_own (scope, i) || document->kind != CD_DOCUMENT_PYTHON)
      continue;
    double score = 0;
    PlaceKind place = cd_calls_place (calls, document->path, &score);
    guint part = place == PLACE_DATA || place == PLACE_REWARD ? 1 : place == PLACE_EVALUATION || place == PLACE_DEMO ? 2 : 0;
    if (part == 0 && document->imports->len > 0 && cd_calls_name_fed (fed, document->text))
      part = 1;
    for (guint m = 0; part != 0 && m < document->imports->len; m++) {
      const CdImport *import = document->imports->pdata[m];
      gint target = cd_scope_resolve_path (scope, i, NULL, import->module);
      gpointer key = GUINT_TO_POINTER ((guint) target + 1);
      if (target < 0 || !g_hash_table_contains (parts, key))
        continue;
      guint feeds = part == 1 && (place == PLACE_REWARD || cd_calls_name_fed (fed, document->text)) ? 4 : 0;
      g_hash_table_insert (parts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (parts, key)) | part | feeds));
    }
  }
  for (guint i = 0; i < out->len; i++) {
    CdModelCall *call = &g_array_index (out, CdModelCall, i);
    guint part = GPOINTER_TO_UINT (g_hash_table_lookup (parts, GUINT_TO_POINTER (call->document + 1)));
    const CdDocument *document = corpus->documents->pdata[call->document];
    double score = 0;
    PlaceKind place = cd_calls_place (calls, document->path, &score);
    gboolean told = call->option == NULL && !g_str_equal (call->says, "command") && !g_str_equal (call->says, "record");
    if ((place == PLACE_OTHER || place == PLACE_GENERATION) && (part & 1) != 0 && told) {
      call->score += 2 - (place == PLACE_GENERATION ? 1 : 0);
      call->certain = call->certain || cd_scope_at (scope, call->document)->reached;
      call->reaches = call->reaches || (part & 4) != 0;
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
    gboolean feeds = cd_calls_name_fed (fed, command->command->text);
    for (guint c = 0; c < out->len; c++) {
      CdModelCall *call = &g_array_index (out, CdModelCall, c);
      if (call->document != (guint) command->script)
        continue;
      call->run = TRUE;
      call->certain = call->certain || feeds;
      call->reaches = call->reaches || feeds;
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
    if (cd_scope_is_own (scope, i) && !is_hidden (document->path))
      cd_calls_read (calls, document, i, cd_scope_at (scope, i)->reached, fed, out);
    gboolean elsewhere = out->len > first && is_elsewhere (corpus, scope, document->path);
    gboolean adapted = cd_scope_at (scope, i)->adapted; /* called like a framework's file: it may have come with it */
    for (guint c = first; c < out->len && (elsewhere || adapted); c++) {
      CdModelCall *call = &g_array_index (out, CdModelCall, c);
      call->score += elsewhere ? calls->weights[W_ELSEWHERE] : calls->weights[W_ADAPTED];
      call->certain = call->likely = FALSE;
    }
  }
  drop_replaced (work, out);
  gather_commands (calls, corpus, scope, work, out);
  follow_imports (calls, corpus, scope, fed, out);
  follow_commands (calls, work, fed, out);
  drop_served (calls, work, out);
  g_array_sort (out, compare_calls);
  return out;
}
