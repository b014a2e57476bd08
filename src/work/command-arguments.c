/* The values of a command's options, one after the other: whose are they to give, and is what they name there. The same questions for the
 * configuration that a command hands over and for the constants of the program that it runs. */
#include "scope/role.h"
#include "work/command-finding.h"
#include "work/command-values.h"
#include <string.h>

#define OPTIONS_MOST 400u
#define CONSTANTS_MOST 2000u /* settings of a program or configuration that are looked at */

static const CdPlace HERE = { 0 };

/* The user's own: what is written, and what names or reaches the user's own machine and accounts. */
static gboolean
is_users (CdValueRole role)
{
  return role == CD_ROLE_VALUE_SECRET || role == CD_ROLE_VALUE_HOST || role == CD_ROLE_VALUE_OUTPUT || role == CD_ROLE_VALUE_NAME;
}

/* "/path/to/gsm8k/train.parquet" tells what goes there, "/path/to/data" does not. */
static gboolean
names_something (const char *value)
{
  static const char *const general = " path to your the data dataset datasets file files train training test val valid validation eval evaluation "
                                     "json jsonl parquet csv txt input inputs prompt "
                                     "prompts here dir folder directory root some redacted xxx xxxx you set sets model checkpoint ";
  g_autofree char *lower = g_ascii_strdown (value, -1);
  g_auto (GStrv) words = g_strsplit_set (lower, "/._-<>{}[]0123456789$ ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *spaced = g_strconcat (" ", words[i], " ", NULL);
    if (strlen (words[i]) >= 3 && strstr (general, spaced) == NULL)
      return TRUE;
  }
  return FALSE;
}

/* A placeholder is the reader's to fill. Any checkpoint may go there; which data, somebody must say. */
static void
check_placeholder (CdCommandCase *the_case, CdValueRole role, const char *value)
{
  const char *name = NULL;
  CdPlace place = cd_case_place_of (the_case, value, &name);
  gboolean described = (strchr (value, '<') != NULL && strchr (value, ' ') != NULL) || names_something (value);
  if (role == CD_ROLE_VALUE_DATA && !described && !cd_command_tree_has_data (the_case->checking->tree) && !cd_case_is_told (the_case, place, name))
    cd_case_doubts (the_case, "placeholder", value, place);
}

static gboolean
uses_container (const CdChecking *checking, const char *value)
{
  static const char *const roots[] = { "/workspace", "/app/", "/root/", "/opt/" };
  gboolean root = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    root = root || g_str_has_prefix (value, roots[i]);
  for (guint i = 0; root && i < checking->work->commands->len; i++)
    if (strcmp (((CdWorkCommand *) checking->work->commands->pdata[i])->command->argv[0], "docker") == 0)
      return TRUE;
  return FALSE;
}

static void
check_machine_path (CdCommandCase *the_case, CdValueRole role, const char *key, const char *value, CdPlace place)
{
  CdCommandTree *tree = the_case->checking->tree;
  const char *name = key;
  place = place.line > 0 ? place : cd_case_place_of (the_case, value, &name);
  role = role == CD_ROLE_VALUE_OTHER && name != NULL ? cd_value_role (name) : role;
  if (is_users (role) || cd_command_tree_makes (tree, value) || cd_case_is_told (the_case, place, name))
    return;
  gboolean home = *value != '/';
  if (home && cd_command_tree_mentions (tree, value))
    return;
  if (home || role == CD_ROLE_VALUE_OTHER || uses_container (the_case->checking, value))
    cd_case_doubts (the_case, "local-path", value, place);
  else
    cd_case_breaks (the_case, "machine-path", value, place);
}

static gboolean
is_definition (const char *value)
{
  static const char *const endings[] = { ".yaml", ".yml", ".py", ".sh", ".toml", ".conf", ".cfg" };
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (value, endings[i]))
      return TRUE;
  return FALSE;
}

/* The folder is there, the file in it is not: "recipes/best.yam". */
static gboolean
is_beside_others (const CdCommandCase *the_case, const char *value)
{
  g_autofree char *folder = g_path_get_dirname (value);
  const char *base = strrchr (value, '/');
  return base != NULL && strchr (base, '.') != NULL && strchr (folder, '/') != NULL
         && cd_command_tree_there (the_case->checking->tree, the_case->command->document, the_case->command->command->directory, folder)
                == CD_THERE_YES;
}

/* A script and the configuration that it is handed are both found from one folder, the one that the command runs in. */
static void
check_common_folder (CdCommandCase *the_case, const char *value, CdPlace place)
{
  const char *script = the_case->line.target;
  if (the_case->line.kind != CD_RUNS_SCRIPT || the_case->command->script < 0 || *script == '.' || *value == '.' || strpbrk (script, "$/") == NULL
      || strchr (script, '$') != NULL)
    return;
  const char *path = cd_case_document (the_case, (guint) the_case->command->script)->path;
  if (!g_str_has_suffix (path, script))
    return;
  g_autofree char *folder = g_strndup (path, strlen (path) - strlen (script));
  gsize length = strlen (folder);
  if (length > 0 && folder[length - 1] == '/')
    folder[length - 1] = '\0';
  if (!cd_command_tree_at (the_case->checking->tree, folder, value)) {
    g_autofree char *what = *folder != '\0' ? g_strdup_printf ("%s in %s", value, folder) : g_strdup (value);
    cd_case_breaks (the_case, "missing-file", what, place);
  }
}

static void
miss_file (CdCommandCase *the_case, const char *value, CdPlace place)
{
  gboolean public_program = the_case->line.kind == CD_RUNS_PROGRAM && the_case->command->script < 0; /* comes with examples of its own */
  if (public_program || cd_case_is_elsewhere (the_case, value))
    cd_case_doubts (the_case, "local-path", value, place);
  else
    cd_case_breaks (the_case, "missing-file", value, place);
}

static void
check_path (CdCommandCase *the_case, CdValueRole role, const char *value)
{
  CdChecking *checking = the_case->checking;
  const char *slash = strchr (value, '/');
  if (is_users (role) || strpbrk (value, "*?") != NULL || strlen (value) > 500 || cd_value_lost_a_part (value))
    return;
  CdThere there = cd_command_tree_there (checking->tree, the_case->command->document, the_case->command->command->directory, value);
  there = there == CD_THERE_NO && slash != NULL && *value != '.'
              ? cd_command_tree_there (checking->tree, the_case->command->document, the_case->command->command->directory, slash + 1)
              : there;
  const char *name = NULL;
  CdPlace place = cd_case_place_of (the_case, value, &name);
  role = role == CD_ROLE_VALUE_OTHER && name != NULL ? cd_value_role (name) : role;
  gboolean definition = role == CD_ROLE_VALUE_CONFIG || is_definition (value);
  if (there == CD_THERE_YES && definition)
    check_common_folder (the_case, value, place);
  if (there == CD_THERE_YES || is_users (role) || cd_command_tree_makes (checking->tree, value) || cd_case_is_entered (the_case, value)
      || (there == CD_THERE_NO && (slash != NULL || is_definition (value))
          && cd_scope_resolve_path (checking->scope, the_case->command->document, the_case->command->command->directory, value) >= 0))
    return;
  /* Where the program itself may be another project's, so may what it reads. */
  gboolean elsewhere = g_hash_table_contains (checking->elsewhere, the_case->command)
                       || (the_case->line.kind == CD_RUNS_SCRIPT && the_case->command->script < 0 && the_case->doubts != NULL);
  if (there == CD_THERE_SUBMODULE)
    cd_case_doubts (the_case, "submodule", value, place);
  else if (definition ? cd_case_is_named_to_edit (the_case, place, name) : cd_case_is_told (the_case, place, name))
    return;
  else if (elsewhere)
    cd_case_doubts (the_case, "local-path", value, place);
  else if (definition || (role == CD_ROLE_VALUE_OTHER && is_beside_others (the_case, value)))
    miss_file (the_case, value, place);
  else if (cd_command_tree_mentions (checking->tree, value))
    return;
  else if (role == CD_ROLE_VALUE_DATA && !cd_command_tree_has_data (checking->tree))
    miss_file (the_case, value, place);
  else
    cd_case_doubts (the_case, "local-path", value, place);
}

/* "<redacted key>": a secret is everybody's own. */
static gboolean
names_secret (const char *value)
{
  static const char *const words[] = { "key", "token", "secret", "password" };
  g_autofree char *lower = g_ascii_strdown (value, -1);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
check_value (CdCommandCase *the_case, const char *key, const char *value)
{
  CdValueForm form = cd_value_form (value);
  if (form == CD_VALUE_PLAIN)
    return;
  CdValueRole role = cd_value_role (key != NULL ? key : value);
  const char *name = NULL;
  const char *emptied = NULL;
  switch (form) {
    case CD_VALUE_REMOVED:
      if (!is_users (role) && !names_secret (value))
        cd_case_breaks (the_case, "placeholder", value, cd_case_place_of (the_case, value, &name));
      break;
    case CD_VALUE_PLACEHOLDER:
      check_placeholder (the_case, role, value);
      break;
    case CD_VALUE_VARIABLE:
      cd_case_check_variable (the_case, role, value);
      break;
    case CD_VALUE_MACHINE:
      emptied = cd_case_emptied_variable (the_case, value);
      if (emptied != NULL) {
        if (!is_users (role))
          cd_case_check_emptied (the_case, emptied);
      } else if (cd_case_lost_its_root (the_case, value))
        check_path (the_case, key != NULL ? role : CD_ROLE_VALUE_OTHER, value + strspn (value, "/"));
      else
        check_machine_path (the_case, key != NULL ? role : CD_ROLE_VALUE_OTHER, NULL, value, HERE);
      break;
    default:
      check_path (the_case, key != NULL ? role : CD_ROLE_VALUE_OTHER, value);
  }
}

/* Of a launcher only the configuration that it is handed concerns the tree. */
static gboolean
concerns_tree (const CdOption *option)
{
  return option->value != NULL && (!option->launcher || (option->key != NULL && cd_value_role (option->key) == CD_ROLE_VALUE_CONFIG));
}

static void
check_pieces (CdCommandCase *the_case, const char *key, const char *value)
{
  g_auto (GStrv) pieces = cd_value_pieces (value);
  for (guint i = 0; pieces[i] != NULL; i++)
    if (strchr (pieces[i], '=') == NULL) /* a list of its own: "pretrained=…,dtype=…" */
      check_value (the_case, key, pieces[i]);
}

/* NAME=value before the command itself; what was exported earlier is no part of it. */
static void
check_assignments (CdCommandCase *the_case)
{
  const CdCommand *command = the_case->command->command;
  for (guint i = 0; command->environment[i] != NULL; i++) {
    const char *equals = strchr (command->environment[i], '=');
    g_autofree char *name = equals != NULL ? g_strndup (command->environment[i], (gsize) (equals + 1 - command->environment[i])) : NULL;
    if (name == NULL || strstr (command->text, name) == NULL)
      continue;
    name[strlen (name) - 1] = '\0';
    if (!cd_value_is_environment (name))
      check_pieces (the_case, name, equals + 1);
  }
}

void
cd_case_check_values (CdCommandCase *the_case)
{
  for (guint i = 0; i < MIN (the_case->line.options->len, OPTIONS_MOST); i++) {
    const CdOption *option = &g_array_index (the_case->line.options, CdOption, i);
    if (!concerns_tree (option))
      continue;
    check_pieces (the_case, option->key, option->value);
  }
  check_assignments (the_case);
}

static gboolean
begins_line (const CdDocument *document, guint line)
{
  gsize start = 0, end = 0;
  return cd_lines_range (document->lines, document->text, document->length, line, &start, &end) && end > start
         && !g_ascii_isspace (document->text[start]);
}

/* The line behind which a program's own run stands, G_MAXUINT for none. */
static guint
main_line (const CdDocument *program)
{
  const char *found = memmem (program->text, program->length, "\nif __name__ ", 13);
  return found != NULL ? cd_lines_at (program->lines, (gsize) (found - program->text)) : G_MAXUINT;
}

/* Paths of somebody's machine among the settings of a document that the command reads. */
static void
check_settings (CdCommandCase *the_case, guint index, gboolean constants)
{
  const CdDocument *document = cd_case_document (the_case, index);
  guint run = constants ? main_line (document) : 0;
  for (guint i = 0; i < MIN (document->settings->len, CONSTANTS_MOST); i++) {
    const CdSetting *setting = document->settings->pdata[i];
    CdSettingKind wanted = constants ? CD_SETTING_ASSIGNMENT : CD_SETTING_CONFIG;
    if (setting->kind != wanted || (*setting->value != '/' && strstr (setting->value, "redacted") == NULL)
        || (constants && setting->line <= run && !begins_line (document, setting->line)))
      continue;
    CdValueRole role = cd_value_role (setting->key);
    CdPlace place = { index, setting->line, setting->line };
    if (role != CD_ROLE_VALUE_MODEL && role != CD_ROLE_VALUE_DATA)
      continue;
    if (cd_value_form (setting->value) == CD_VALUE_MACHINE)
      check_machine_path (the_case, role, setting->key, setting->value, place);
  }
}

void
cd_case_check_code (CdCommandCase *the_case)
{
  gint script = the_case->command->script;
  if (script >= 0 && cd_case_document (the_case, (guint) script)->kind == CD_DOCUMENT_PYTHON)
    check_settings (the_case, (guint) script, TRUE);
  for (guint i = 0; i < MIN (the_case->line.options->len, OPTIONS_MOST); i++) {
    const CdOption *option = &g_array_index (the_case->line.options, CdOption, i);
    const char *value = option->value;
    if (value == NULL || option->launcher || !(g_str_has_suffix (value, ".yaml") || g_str_has_suffix (value, ".yml")))
      continue;
    gint found = cd_scope_resolve_path (the_case->checking->scope, the_case->command->document, the_case->command->command->directory, value);
    if (found >= 0)
      check_settings (the_case, (guint) found, FALSE);
  }
}
