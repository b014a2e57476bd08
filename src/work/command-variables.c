/* Variables of a command that nobody sets, and paths that lost a part because a variable was left empty for the reader to fill. */
#include "scope/role.h"
#include "work/command-finding.h"
#include "work/command-values.h"
#include <string.h>

#define PASSAGE_BYTES 600u /* of a passage that are searched for what is the reader's own */
#define VARIABLES_MOST 1000u
#define NAME_BYTES 100

static const CdPlace HERE = { 0 };

/* The prose around the command speaks of "your data file", "your own problems": what goes in is the user's. */
static gboolean
takes_own_input (const CdCommandCase *the_case)
{
  static const char *const inputs[] = { "data", "problem", "question", "prompt", "file", "input", "quer", "image", "sample", "example" };
  const CdDocument *document = cd_case_document (the_case, the_case->command->document);
  gint32 section = the_case->command->command->section;
  for (guint i = 0; section >= 0 && i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->section != section || (passage->kind != CD_PASSAGE_PROSE && passage->kind != CD_PASSAGE_COMMENT))
      continue;
    g_autofree char *text = g_ascii_strdown (document->text + passage->start, (gssize) MIN (passage->end - passage->start, PASSAGE_BYTES));
    for (const char *your = strstr (text, "your "); your != NULL; your = strstr (your + 1, "your "))
      for (guint w = 0; w < G_N_ELEMENTS (inputs); w++) {
        const char *input = strstr (your, inputs[w]);
        if (input != NULL && input - your < 24)
          return TRUE;
      }
  }
  return FALSE;
}

/* TRUE where the variable is set in the document, by reading input, or is one of the machine's. */
static gboolean
is_set (const CdDocument *document, const char *name)
{
  static const char *const forms[]
      = { "%s=", "for %s ", "read %s", "read -r %s", "read -a %s", "read -ra %s", "%s+=", "mapfile -t %s", "readarray -t %s", NULL };
  for (guint i = 0; i < document->settings->len; i++)
    if (strcmp (((CdSetting *) document->settings->pdata[i])->key, name) == 0)
      return TRUE;
  for (guint i = 0; forms[i] != NULL; i++) {
    g_auto (GStrv) halves = g_strsplit (forms[i], "%s", 2);
    g_autofree char *written = g_strconcat (halves[0], name, halves[1], NULL);
    if (memmem (document->text, document->length, written, strlen (written)) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* A script asks for the variable itself, tells of it in a remark, or takes its settings from another script. */
static gboolean
asks_for (const CdDocument *script, const char *name)
{
  static const char *const tests[] = { "-z \"$", "-z \"${", "-n \"$", "-n \"${", "-z $", "-n $", "-z ${", "-n ${", "-v ", "export " };
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *test = g_strconcat (tests[i], name, NULL);
    if (memmem (script->text, script->length, test, strlen (test)) != NULL)
      return TRUE;
  }
  for (const char *at = memmem (script->text, script->length, name, strlen (name)); at != NULL;
       at = memmem (at + 1, script->length - (gsize) (at + 1 - script->text), name, strlen (name))) {
    const CdPassage *passage = cd_document_passage_at (script, (gsize) (at - script->text));
    if (passage != NULL && passage->kind == CD_PASSAGE_COMMENT)
      return TRUE;
  }
  return memmem (script->text, script->length, "source ", 7) != NULL || memmem (script->text, script->length, "\n. ", 3) != NULL
         || memmem (script->text, script->length, "getopts", 7) != NULL || memmem (script->text, script->length, "eval ", 5) != NULL;
}

typedef enum { ASSIGNED_NEVER, ASSIGNED_EMPTY, ASSIGNED } Assigned;

static void
note_assignments (GHashTable *assigned, const CdDocument *document)
{
  CdRole role = cd_role_of (document);
  gboolean page = role == CD_ROLE_README || role == CD_ROLE_DOC;
  for (guint i = 0; (role == CD_ROLE_SCRIPT || page) && i < document->settings->len; i++) {
    const CdSetting *setting = document->settings->pdata[i];
    Assigned how = page || *setting->value != '\0' ? ASSIGNED : ASSIGNED_EMPTY;
    if (setting->kind == CD_SETTING_ASSIGNMENT && GPOINTER_TO_UINT (g_hash_table_lookup (assigned, setting->key)) < how)
      g_hash_table_insert (assigned, setting->key, GUINT_TO_POINTER (how));
  }
}

/* A work's documents and scripts that run others may set it for them. */
static Assigned
set_elsewhere (CdChecking *checking, const char *name)
{
  if (g_hash_table_size (checking->assigned) == 0) {
    g_hash_table_insert (checking->assigned, (gpointer) "", GUINT_TO_POINTER (ASSIGNED));
    for (guint i = 0; i < checking->corpus->documents->len; i++)
      note_assignments (checking->assigned, checking->corpus->documents->pdata[i]);
  }
  return (Assigned) GPOINTER_TO_UINT (g_hash_table_lookup (checking->assigned, name));
}

/* "$HOME" put in for ROOT in "${ROOT}_out" reads like a name that nobody wrote. */
static gboolean
is_written (const CdDocument *script, const char *name)
{
  g_autofree char *plain = g_strconcat ("$", name, NULL);
  g_autofree char *braced = g_strconcat ("${", name, NULL);
  return memmem (script->text, script->length, plain, strlen (plain)) != NULL
         || memmem (script->text, script->length, braced, strlen (braced)) != NULL;
}

static gboolean
leaves_unset (CdCommandCase *the_case, CdValueRole role, const char *name)
{
  CdCommandTree *tree = the_case->checking->tree;
  const CdDocument *document = cd_case_document (the_case, the_case->command->document);
  if (is_set (document, name))
    return FALSE;
  if (document->kind == CD_DOCUMENT_SHELL)
    return is_written (document, name) && !asks_for (document, name) && !cd_command_tree_told (tree, name)
           && !cd_command_tree_told (tree, document->path) && set_elsewhere (the_case->checking, name) == ASSIGNED_NEVER;
  return (role == CD_ROLE_VALUE_DATA || role == CD_ROLE_VALUE_CONFIG) && !cd_command_tree_mentions (tree, name)
         && !(role == CD_ROLE_VALUE_DATA && takes_own_input (the_case));
}

/* Each question goes through a whole document: it is asked once for a variable of a section, and at most VARIABLES_MOST times. */
void
cd_case_check_variable (CdCommandCase *the_case, CdValueRole role, const char *value)
{
  GHashTable *known = the_case->checking->variables;
  g_autofree char *name = cd_value_variable (value);
  if (name == NULL || *name == '\0' || cd_value_is_environment (name))
    return;
  CdValueRole own = cd_value_role (name);
  role = own != CD_ROLE_VALUE_OTHER ? own : role;
  g_autofree char *question = g_strdup_printf ("%u %d %d %s", the_case->command->document, the_case->command->command->section, (int) role, name);
  gpointer answer = g_hash_table_lookup (known, question);
  if (answer == NULL && g_hash_table_size (known) < VARIABLES_MOST) {
    answer = GUINT_TO_POINTER (leaves_unset (the_case, role, name) ? 2 : 1);
    g_hash_table_insert (known, g_steal_pointer (&question), answer);
  }
  if (GPOINTER_TO_UINT (answer) == 2)
    cd_case_doubts (the_case, "unset-variable", name, HERE);
}

gboolean
cd_case_lost_its_root (const CdCommandCase *the_case, const char *value)
{
  const char *rest = value + strspn (value, "/");
  g_autofree char *first = g_strndup (rest, strcspn (rest, "/"));
  return *value == '/' && strchr (rest, '/') != NULL
         && cd_command_tree_there (the_case->checking->tree, the_case->command->document, NULL, first) == CD_THERE_YES;
}

gboolean
cd_value_lost_a_part (const char *value)
{
  return strstr (value, "//") != NULL || strstr (value, "/.yaml") != NULL || strstr (value, "_.yaml") != NULL || strstr (value, "/.json") != NULL
         || strstr (value, "_.json") != NULL;
}

/* The name of the variable that ends before `at`: "${NAME}" or "$NAME"; NULL for anything else. Caller frees. */
static char *
variable_before (const CdDocument *document, const char *at)
{
  const char *end = at;
  if (end > document->text && end[-1] == '}')
    end--;
  const char *start = end;
  while (start > document->text && end - start < NAME_BYTES && (g_ascii_isalnum (start[-1]) || start[-1] == '_'))
    start--;
  const char *sign = start > document->text && start[-1] == '{' && *end == '}' ? start - 1 : start;
  return start < end && sign > document->text && sign[-1] == '$' ? g_strndup (start, (gsize) (end - start)) : NULL;
}

/* NULL where value stands somewhere without a variable before it. Caller frees. */
static char *
find_emptied (const CdDocument *document, const char *value)
{
  gsize length = strlen (value), left = document->length;
  g_autofree char *name = NULL;
  for (const char *at = memmem (document->text, left, value, length); at != NULL; at = memmem (at + 1, left, value, length)) {
    g_autofree char *before = variable_before (document, at);
    if (before == NULL)
      return NULL;
    if (name == NULL)
      name = g_steal_pointer (&before);
    left = document->length - (gsize) (at + 1 - document->text);
  }
  return g_steal_pointer (&name);
}

const char *
cd_case_emptied_variable (const CdCommandCase *the_case, const char *value)
{
  GHashTable *known = the_case->checking->emptied;
  if (*value != '/')
    return NULL;
  g_autofree char *question = g_strdup_printf ("%u %s", the_case->command->document, value);
  const char *name = g_hash_table_lookup (known, question);
  if (name == NULL && g_hash_table_size (known) < VARIABLES_MOST) {
    char *found = find_emptied (cd_case_document (the_case, the_case->command->document), value);
    name = found = found != NULL ? found : g_strdup ("");
    g_hash_table_insert (known, g_steal_pointer (&question), found);
  }
  return name != NULL && *name != '\0' ? name : NULL;
}

void
cd_case_check_emptied (CdCommandCase *the_case, const char *name)
{
  CdCommandTree *tree = the_case->checking->tree;
  const CdDocument *document = cd_case_document (the_case, the_case->command->document);
  if (!cd_value_is_environment (name) && set_elsewhere (the_case->checking, name) != ASSIGNED && !cd_command_tree_told (tree, name)
      && !cd_command_tree_told (tree, document->path))
    cd_case_doubts (the_case, "unset-variable", name, HERE);
}
