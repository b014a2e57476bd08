/* Judges commands one by one, then lets a command be as good as the script that it runs. What is checked of a command is in command-target.c and
 * command-arguments.c; options here. Bounded: a work's first CHECKED_MOST commands. */
#include "work/command-check.h"
#include "work/command-finding.h"
#include "work/identity.h"
#include <string.h>

#define CHECKED_MOST 1500u
#define PROGRAMS_MOST 200u
#define PROBLEMS_MOST 8u /* of one command */
#define EXPLAINED_BYTES (64u << 10)
#define DEPTH_MOST 3u /* scripts that call scripts */

static void
problem_free (gpointer data)
{
  g_free (((CdCommandProblem *) data)->what);
  g_free (data);
}

static void
add_problem (const CdCommandCase *the_case, GPtrArray **problems, const char *code, const char *what, CdPlace place)
{
  if (*problems == NULL)
    *problems = g_ptr_array_new_with_free_func (problem_free);
  if ((*problems)->len >= PROBLEMS_MOST)
    return;
  for (guint i = 0; i < (*problems)->len; i++) {
    const CdCommandProblem *known = (*problems)->pdata[i];
    if (strcmp (known->what, what) == 0)
      return;
  }
  CdCommandProblem *problem = g_new0 (CdCommandProblem, 1);
  problem->code = code;
  problem->what = g_strdup (what);
  problem->place
      = place.line > 0 ? place : (CdPlace){ the_case->command->document, the_case->command->command->line, the_case->command->command->end_line };
  g_ptr_array_add (*problems, problem);
}

/* What an absence is called where the tree is not to give it; NULL: then nothing is said. */
static const char *
lenient_code (const char *code)
{
  static const char *const codes[][2] = { { "missing-file", "local-path" },
                                          { "machine-path", "local-path" },
                                          { "missing-module", "missing-module" },
                                          { "placeholder", "placeholder" },
                                          { "missing-target", "not-a-program" } };
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i][0], code) == 0)
      return codes[i][1];
  return NULL;
}

void
cd_case_breaks (CdCommandCase *the_case, const char *code, const char *what, CdPlace place)
{
  if (!the_case->lenient)
    add_problem (the_case, &the_case->breaks, code, what, place);
  else if (lenient_code (code) != NULL)
    add_problem (the_case, &the_case->doubts, lenient_code (code), what, place);
}

void
cd_case_doubts (CdCommandCase *the_case, const char *code, const char *what, CdPlace place)
{
  add_problem (the_case, &the_case->doubts, code, what, place);
}

/* The options of a program of the tree, read once; borrowed. NULL where the command runs none. */
static const CdProgramOptions *
program_of (CdCommandCase *the_case)
{
  CdChecking *checking = the_case->checking;
  gint program = the_case->command->script;
  if (the_case->line.kind == CD_RUNS_PROGRAM && program < 0)
    program = cd_program_find (checking->corpus, checking->scope, the_case->line.target);
  if (program < 0 || the_case->line.kind == CD_RUNS_NOTHING)
    return NULL;
  CdProgramOptions *options = g_hash_table_lookup (checking->programs, GINT_TO_POINTER (program + 1));
  if (options == NULL && g_hash_table_size (checking->programs) < PROGRAMS_MOST) {
    options = cd_program_options_read (checking->corpus, checking->scope, (guint) program);
    g_hash_table_insert (checking->programs, GINT_TO_POINTER (program + 1), options);
  }
  return options;
}

/* Hydra's own options, and launchers' that stand behind the program by habit. */
static gboolean
is_general (const char *written)
{
  static const char *const general[] = { "--config-path", "--config-name", "--config-dir", "--multirun", "--cfg", "--local_rank", "--help", NULL };
  return g_strv_contains (general, written);
}

/* Dotted keys of a configuration under which key may stand: it, something below it, or an open mapping above it. */
static gboolean
configuration_takes (const CdDocument *configuration, const char *key)
{
  g_autofree char *below = g_strconcat (key, ".", NULL);
  const char *dot = strrchr (key, '.');
  g_autofree char *parent = dot != NULL ? g_strndup (key, (gsize) (dot + 1 - key)) : g_strdup ("");
  gboolean siblings = dot == NULL;
  for (guint i = 0; i < configuration->settings->len; i++) {
    const CdSetting *setting = configuration->settings->pdata[i];
    if (strcmp (setting->key, key) == 0 || g_str_has_prefix (setting->key, below) || strcmp (setting->key, "defaults") == 0
        || g_str_has_prefix (setting->key, "defaults.") || g_str_has_prefix (setting->key, "hydra"))
      return TRUE;
    siblings = siblings || g_str_has_prefix (setting->key, parent);
  }
  return !siblings;
}

/* Another configuration than the program's own is handed over. */
static gboolean
brings_configuration (const CdCommandCase *the_case)
{
  for (guint i = 0; i < the_case->line.options->len; i++) {
    const char *key = g_array_index (the_case->line.options, CdOption, i).key;
    if (key != NULL && (g_str_has_prefix (key, "--config-") || strcmp (key, "-cn") == 0 || strcmp (key, "-cp") == 0 || strcmp (key, "-cd") == 0))
      return TRUE;
  }
  return FALSE;
}

static void
check_configuration (CdCommandCase *the_case, const CdProgramOptions *options)
{
  const CdCommandTree *tree = the_case->checking->tree;
  guint program = (guint) the_case->command->script;
  if (options->unfound == NULL || the_case->command->script < 0 || brings_configuration (the_case) || cd_command_tree_makes (tree, options->unfound))
    return;
  if (cd_command_tree_there (tree, program, NULL, options->unfound) == CD_THERE_NO)
    cd_case_breaks (the_case, "missing-file", options->unfound, (CdPlace){ program, options->unfound_line, options->unfound_line });
}

static void
check_overrides (CdCommandCase *the_case, const CdProgramOptions *options)
{
  const CdPlace here = { 0 };
  const CdDocument *configuration = options->configuration >= 0 ? the_case->checking->corpus->documents->pdata[options->configuration] : NULL;
  if (brings_configuration (the_case))
    return;
  for (guint i = 0; configuration != NULL && configuration->settings->len > 0 && i < the_case->line.options->len; i++) {
    const CdOption *option = &g_array_index (the_case->line.options, CdOption, i);
    if (option->override && !option->launcher && option->key[0] != '+' && option->key[0] != '~' && strchr (option->key, '/') == NULL
        && strpbrk (option->key, "$@") == NULL && !configuration_takes (configuration, option->key))
      cd_case_breaks (the_case, "unknown-option", option->key, here);
  }
}

/* A module found by its name may be of another copy than the one that is installed, unless it lies where the command runs or above. */
static gboolean
is_surely_run (CdCommandCase *the_case)
{
  if (the_case->line.kind != CD_RUNS_MODULE || the_case->command->script < 0)
    return TRUE;
  const CdCommand *command = the_case->command->command;
  g_autofree char *path = g_strdelimit (g_strdup (the_case->line.target), ".", '/');
  g_autofree char *file = g_strconcat (path, ".py", NULL);
  g_autofree char *main = g_strconcat (path, "/__main__.py", NULL);
  const CdCommandTree *tree = the_case->checking->tree;
  return cd_command_tree_there (tree, the_case->command->document, command->directory, file) == CD_THERE_YES
         || cd_command_tree_there (tree, the_case->command->document, command->directory, main) == CD_THERE_YES
         || cd_case_is_entered (the_case, file);
}

static void
check_options (CdCommandCase *the_case)
{
  const CdPlace here = { 0 };
  const CdProgramOptions *options = is_surely_run (the_case) ? program_of (the_case) : NULL;
  if (options == NULL)
    return;
  for (guint i = 0; i < the_case->line.options->len; i++) {
    const CdOption *option = &g_array_index (the_case->line.options, CdOption, i);
    if (option->key != NULL && !option->override && !option->launcher && g_str_has_prefix (option->key, "--") && g_ascii_isalpha (option->key[2])
        && strpbrk (option->key, "${<") == NULL && !is_general (option->key) && !cd_program_options_take (options, option->key))
      cd_case_breaks (the_case, "unknown-option", option->key, here);
  }
  check_configuration (the_case, options);
  check_overrides (the_case, options);
}

static void
settle (CdCommandCase *the_case)
{
  CdWorkCommand *command = the_case->command;
  command->status = the_case->breaks != NULL ? CD_COMMAND_BROKEN : the_case->doubts != NULL ? CD_COMMAND_UNKNOWN : CD_COMMAND_RUNNABLE;
  command->problems = the_case->breaks != NULL ? g_steal_pointer (&the_case->breaks) : g_steal_pointer (&the_case->doubts);
  g_clear_pointer (&the_case->doubts, g_ptr_array_unref);
}

/* Installing and moving files is no run of the work's code: only what it starts is checked. */
static gboolean
is_run (const CdWorkCommand *command)
{
  CdCommandClass class = command->listed;
  return class == CD_COMMAND_TRAINING || class == CD_COMMAND_EVALUATION || class == CD_COMMAND_DATA;
}

static void
check_command (CdChecking *checking, CdWorkCommand *command)
{
  CdCommandCase the_case = { .checking = checking, .command = command };
  cd_command_line_read (&the_case.line, command->command);
  gboolean contained = cd_command_is_in_container (command->command);
  the_case.lenient = contained || cd_case_is_of_inner_package (&the_case);
  cd_case_check_target (&the_case);
  if (!contained && is_run (command) && the_case.line.kind != CD_RUNS_NOTHING) {
    cd_case_check_values (&the_case);
    cd_case_check_code (&the_case);
    cd_case_check_folder (&the_case);
    check_options (&the_case);
  }
  settle (&the_case);
  cd_command_line_clear (&the_case.line);
}

/* --- where commands run -------------------------------------------------------------------------------------------------------------------- */

/* A cd leads out of the tree where its target is computed, or a folder that is neither of this tree nor this work's own clone. */
static gboolean
leads_out (const CdChecking *checking, const CdWorkCommand *command)
{
  const char *target = command->command->argv[1];
  if (target == NULL || strcmp (target, "-") == 0 || g_str_has_prefix (target, ".."))
    return FALSE;
  g_autofree char *first = g_strndup (target, strcspn (target, "/"));
  if (*target == '/' || *target == '~' || strchr (target, '$') != NULL || *target == '<')
    return FALSE; /* somebody's way into this tree: what follows tells */
  return cd_command_tree_there (checking->tree, command->document, NULL, first) == CD_THERE_NO && !cd_identity_matches (checking->work, first)
         && (cd_command_tree_makes (checking->tree, first) || cd_command_tree_packed (checking->tree, first));
}

static void
find_elsewhere (CdChecking *checking)
{
  gboolean out = FALSE;
  guint document = G_MAXUINT;
  gint32 section = -1;
  for (guint i = 0; i < checking->work->commands->len; i++) {
    CdWorkCommand *command = checking->work->commands->pdata[i];
    if (command->document != document || command->command->section != section)
      out = FALSE;
    document = command->document;
    section = command->command->section;
    if (strcmp (command->command->argv[0], "cd") == 0)
      out = leads_out (checking, command)
            || (out && command->command->argv[1] != NULL && g_str_has_prefix (command->command->argv[1], "..") == FALSE
                && cd_command_tree_there (checking->tree, document, NULL, command->command->argv[1]) == CD_THERE_NO);
    else if (out)
      g_hash_table_add (checking->elsewhere, command);
  }
}

/* --- scripts that are run ------------------------------------------------------------------------------------------------------------------ */

/* The folder that a documented command runs in: an earlier cd says so, or it is the one from which the script's path is right, the document's own
 * or the root. NULL where nothing tells. Caller frees. */
static char *
stated_folder (const CdChecking *checking, const CdWorkCommand *command, const char *target)
{
  const CdDocument *document = checking->corpus->documents->pdata[command->document];
  const char *directory = command->command->directory, *path = ((CdDocument *) checking->corpus->documents->pdata[command->script])->path;
  const CdPassage *passage = cd_document_passage_on (document, command->command->line);
  gboolean sentence = passage != NULL && passage->kind == CD_PASSAGE_PROSE;
  gboolean mention = command->command->argv[1] == NULL && (sentence || !g_str_has_prefix (target, "./")); /* a path alone in a sentence */
  if (document->kind == CD_DOCUMENT_SHELL || mention || (directory != NULL && g_str_has_prefix (directory, "..")))
    return NULL;
  if (directory == NULL) {
    target += g_str_has_prefix (target, "./") ? 2 : 0;
    gsize length = strlen (path), tail = strlen (target);
    gboolean right = strchr (target, '/') != NULL && g_str_has_suffix (path, target) && (length == tail || path[length - tail - 1] == '/');
    g_autofree char *folder = right ? g_strndup (path, length > tail ? length - tail - 1 : 0) : NULL;
    g_autofree char *own = g_path_get_dirname (document->path);
    return right && (*folder == '\0' || strcmp (folder, own) == 0) ? g_steal_pointer (&folder) : NULL;
  }
  g_autofree char *script = g_path_get_dirname (path);
  gsize length = strlen (script), tail = strlen (directory);
  gboolean ends = length >= tail && strcmp (script + length - tail, directory) == 0 && (length == tail || script[length - tail - 1] == '/');
  return ends ? g_steal_pointer (&script) : NULL;
}

gboolean
cd_command_enters_folders (const CdDocument *document)
{
  for (guint i = 0; i < document->commands->len; i++) {
    const char *program = ((CdCommand *) document->commands->pdata[i])->argv[0];
    if (program != NULL && (strcmp (program, "cd") == 0 || strcmp (program, "pushd") == 0))
      return TRUE;
  }
  return FALSE;
}

/* A script that is started in its stated folder looks for its own programs there. */
static gboolean
check_started_in (CdCommandCase *the_case, const char *folder)
{
  const CdChecking *checking = the_case->checking;
  const CdDocument *document = checking->corpus->documents->pdata[the_case->command->script];
  if (document->kind != CD_DOCUMENT_SHELL || cd_command_enters_folders (document))
    return FALSE;
  for (guint i = 0; i < document->commands->len; i++) {
    const CdCommand *inner = document->commands->pdata[i];
    g_auto (CdCommandLine) line;
    cd_command_line_read (&line, inner);
    if (inner->commented || line.kind != CD_RUNS_SCRIPT || cd_value_form (line.target) != CD_VALUE_PATH
        || cd_command_tree_at (checking->tree, folder, line.target)
        || cd_command_tree_there (checking->tree, (guint) the_case->command->script, NULL, line.target) != CD_THERE_YES)
      continue;
    g_autofree char *what = g_strdup_printf ("%s in %s", line.target, *folder != '\0' ? folder : "the root");
    cd_case_breaks (the_case, "missing-file", what, (CdPlace){ (guint) the_case->command->script, inner->line, inner->end_line });
    return TRUE;
  }
  return FALSE;
}

static void
copy_problems (CdCommandCase *the_case, const CdWorkCommand *inner, gboolean breaks)
{
  for (guint i = 0; i < inner->problems->len; i++) {
    const CdCommandProblem *problem = inner->problems->pdata[i];
    if (breaks)
      cd_case_breaks (the_case, problem->code, problem->what, problem->place);
    else
      cd_case_doubts (the_case, problem->code, problem->what, problem->place);
  }
}

/* How far a line of a script goes into branches (+1) or out of them (-1). */
static gint
branches (const char *line, gsize length)
{
  g_autofree char *text = g_strndup (line, MIN (length, 400));
  const char *word = text + strspn (text, " \t");
  gsize size = strcspn (word, " \t;\r");
  gboolean opens = (size == 2 && strncmp (word, "if", 2) == 0) || (size == 4 && strncmp (word, "case", 4) == 0);
  gboolean closes = (size == 2 && strncmp (word, "fi", 2) == 0) || (size == 4 && strncmp (word, "esac", 4) == 0);
  if (opens)
    return g_str_has_suffix (g_strchomp (text), " fi") || g_str_has_suffix (text, ";fi") || g_str_has_suffix (text, " esac") ? 0 : 1;
  return closes ? -1 : 0;
}

static void
mark_conditional (CdChecking *checking, const CdDocument *document, const GPtrArray *inside)
{
  gint depth = 0;
  guint line = 1;
  for (guint i = 0; i < inside->len; i++) {
    CdWorkCommand *command = inside->pdata[i];
    gsize start = 0, end = 0;
    for (; line < command->command->line && cd_lines_range (document->lines, document->text, document->length, line, &start, &end); line++)
      depth = MAX (0, depth + branches (document->text + start, end - start));
    if (depth > 0)
      g_hash_table_add (checking->conditional, command);
  }
}

/* A script that runs something whatever the branches is judged by that. */
static gboolean
runs_always (const CdChecking *checking, const GPtrArray *inside)
{
  for (guint i = 0; i < inside->len; i++)
    if (is_run (inside->pdata[i]) && !g_hash_table_contains (checking->conditional, inside->pdata[i]))
      return TRUE;
  return FALSE;
}

/* What a script does with words that its caller leaves out, it says itself. */
static gboolean
explains_words (const CdDocument *script)
{
  static const char *const signs[] = { "$#", "${#", "-z \"$", "-z $", "-n \"$", "-z \"${", "shift", "getopts", "sage", "$@", "$*" };
  if (script->length > EXPLAINED_BYTES)
    return TRUE; /* no script that somebody wrote */
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (memmem (script->text, script->length, signs[i], strlen (signs[i])) != NULL)
      return TRUE;
  return FALSE;
}

/* "bash run.sh" of a script that takes its model or data as "$1". */
static gboolean
lacks_words (const CdCommandCase *the_case, const CdWorkCommand *inner)
{
  gboolean lacks = FALSE;
  g_auto (CdCommandLine) line;
  cd_command_line_read (&line, inner->command);
  for (guint i = 0; i < line.options->len && !lacks; i++) {
    const CdOption *option = &g_array_index (line.options, CdOption, i);
    const char *dollar = option->value != NULL && option->key != NULL ? strchr (option->value, '$') : NULL;
    CdValueRole role = dollar != NULL ? cd_value_role (option->key) : CD_ROLE_VALUE_OTHER;
    const char *digit = dollar != NULL ? dollar + (dollar[1] == '{' ? 2 : 1) : "";
    lacks = (role == CD_ROLE_VALUE_MODEL || role == CD_ROLE_VALUE_DATA) && g_ascii_isdigit (*digit) && *digit != '0'
            && (digit[-1] != '{' || digit[1] == '}');
  }
  return lacks
         && !cd_command_tree_told (the_case->checking->tree, ((CdDocument *) the_case->checking->corpus->documents->pdata[inner->document])->path);
}

static void
check_words (CdCommandCase *the_case, const GPtrArray *inside)
{
  const CdDocument *script = the_case->checking->corpus->documents->pdata[the_case->command->script];
  char **argv = the_case->command->command->argv;
  gboolean bare = argv[1] != NULL && argv[2] == NULL && (strcmp (argv[0], "bash") == 0 || strcmp (argv[0], "sh") == 0);
  if (!bare || explains_words (script))
    return;
  for (guint i = 0; i < inside->len && the_case->breaks == NULL; i++) {
    const CdWorkCommand *inner = inside->pdata[i];
    if (is_run (inner) && lacks_words (the_case, inner))
      cd_case_breaks (the_case, "unset-variable", "$1", (CdPlace){ inner->document, inner->command->line, inner->command->end_line });
  }
}

/* What runs a script is as good as the runs inside it. */
static void
take_over (CdChecking *checking, CdWorkCommand *command, GHashTable *by_document)
{
  const GPtrArray *inside = command->script >= 0 ? g_hash_table_lookup (by_document, GINT_TO_POINTER (command->script + 1)) : NULL;
  if (inside == NULL || command->status != CD_COMMAND_RUNNABLE || (guint) command->script == command->document)
    return;
  CdCommandCase the_case = { .checking = checking, .command = command };
  the_case.lenient = cd_case_is_of_inner_package (&the_case);
  cd_command_line_read (&the_case.line, command->command);
  g_autofree char *folder = the_case.line.kind == CD_RUNS_SCRIPT ? stated_folder (checking, command, the_case.line.target) : NULL;
  cd_command_line_clear (&the_case.line);
  if (folder != NULL)
    check_started_in (&the_case, folder);
  check_words (&the_case, inside);
  gboolean always = runs_always (checking, inside);
  for (guint i = 0; i < inside->len && the_case.breaks == NULL; i++) {
    const CdWorkCommand *inner = inside->pdata[i];
    if (always && g_hash_table_contains (checking->conditional, inner))
      continue;
    if (inner->status != CD_COMMAND_RUNNABLE && inner->problems != NULL && is_run (inner))
      copy_problems (&the_case, inner, inner->status == CD_COMMAND_BROKEN);
  }
  settle (&the_case);
}

static void
take_over_all (CdChecking *checking)
{
  g_autoptr (GHashTable) by_document = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  guint length = MIN (checking->work->commands->len, CHECKED_MOST);
  for (guint i = 0; i < length; i++) {
    CdWorkCommand *command = checking->work->commands->pdata[i];
    const CdDocument *document = checking->corpus->documents->pdata[command->document];
    GPtrArray *inside = g_hash_table_lookup (by_document, GUINT_TO_POINTER (command->document + 1));
    if (document->kind != CD_DOCUMENT_SHELL)
      continue;
    if (inside == NULL)
      g_hash_table_insert (by_document, GUINT_TO_POINTER (command->document + 1), inside = g_ptr_array_new ());
    g_ptr_array_add (inside, command);
  }
  GHashTableIter iterator;
  gpointer document = NULL, inside = NULL;
  g_hash_table_iter_init (&iterator, by_document);
  while (g_hash_table_iter_next (&iterator, &document, &inside))
    mark_conditional (checking, checking->corpus->documents->pdata[GPOINTER_TO_UINT (document) - 1], inside);
  for (guint round = 0; round < DEPTH_MOST; round++)
    for (guint i = 0; i < length; i++)
      take_over (checking, checking->work->commands->pdata[i], by_document);
}

void
cd_commands_check (CdWork *work, const CdCorpus *corpus, const CdScope *scope)
{
  g_autoptr (CdCommandTree) tree = cd_command_tree_new (work, corpus, scope);
  g_autoptr (GHashTable) programs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) cd_program_options_free);
  g_autoptr (GHashTable) elsewhere = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) conditional = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) emptied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) others = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) assigned = g_hash_table_new (g_str_hash, g_str_equal);
  CdChecking checking = { work, corpus, scope, tree, programs, elsewhere, conditional, variables, emptied, others, assigned };
  find_elsewhere (&checking);
  for (guint i = 0; i < MIN (work->commands->len, CHECKED_MOST); i++)
    check_command (&checking, work->commands->pdata[i]);
  take_over_all (&checking);
}
