/* The one folder that a command runs in: its script or module, its configuration and its data must all be found from there. Folders are those
 * above the document that holds the command; whether a part is there at all is command-target.c's and command-arguments.c's business. */
#include "work/command-finding.h"
#include "work/command-values.h"
#include <string.h>

#define FOLDERS_MOST 12u /* from the document's own to the root */
#define OPTIONS_MOST 400u

typedef struct {
  const CdCommandTree *tree;
  char *folders[FOLDERS_MOST];
  guint length;
  guint common; /* bits of the folders from which all parts so far are found */
} Folders;

static void
folders_init (Folders *folders, const CdCommandTree *tree, const char *path)
{
  *folders = (Folders){ .tree = tree };
  g_autofree char *folder = g_path_get_dirname (path);
  if (strcmp (folder, ".") == 0)
    *folder = '\0';
  while (folders->length < FOLDERS_MOST) {
    folders->folders[folders->length++] = g_strdup (folder);
    if (*folder == '\0')
      break;
    char *slash = strrchr (folder, '/');
    *(slash != NULL ? slash : folder) = '\0';
  }
  folders->common = (1u << folders->length) - 1;
}

static void
folders_clear (Folders *folders)
{
  for (guint i = 0; i < folders->length; i++)
    g_free (folders->folders[i]);
}

static guint
found_from (const Folders *folders, const char *path)
{
  guint bits = 0;
  for (guint i = 0; i < folders->length; i++)
    bits |= cd_command_tree_at (folders->tree, folders->folders[i], path) ? 1u << i : 0u;
  return bits;
}

/* FALSE where the part is found, but from none of the folders that the parts before it are found from. */
static gboolean
agrees (Folders *folders, guint bits)
{
  if (bits == 0)
    return TRUE;
  if ((folders->common & bits) == 0)
    return FALSE;
  folders->common &= bits;
  return TRUE;
}

/* Where python finds a package that nothing installs: in the folder that it runs in. */
static guint
module_folders (const Folders *folders, const char *module)
{
  g_autofree char *top = g_strndup (module, strcspn (module, "."));
  guint bits = found_from (folders, top);
  for (guint i = 0; i < folders->length; i++)
    if ((bits & 1u << i) != 0
        && (cd_command_tree_at (folders->tree, folders->folders[i], "setup.py")
            || cd_command_tree_at (folders->tree, folders->folders[i], "pyproject.toml")
            || cd_command_tree_at (folders->tree, folders->folders[i], "setup.cfg")))
      return 0;
  return bits;
}

static gboolean
sets_path (const CdDocument *document, const CdCommand *command)
{
  for (guint i = 0; command->environment[i] != NULL; i++)
    if (g_str_has_prefix (command->environment[i], "PYTHONPATH="))
      return TRUE;
  return memmem (document->text, document->length, "PYTHONPATH", 10) != NULL;
}

/* A file or a folder above, written so that only the folder it is run in can make sense of it. */
static gboolean
is_bound (const CdOption *option)
{
  if (option->value == NULL || cd_value_form (option->value) != CD_VALUE_PATH)
    return FALSE;
  CdValueRole role = cd_value_role (option->key != NULL ? option->key : option->value);
  return (role == CD_ROLE_VALUE_DATA || role == CD_ROLE_VALUE_CONFIG) && g_str_has_prefix (option->value, "..");
}

/* The deepest folder that data given as "../…" lie below is where the script counts on being started. */
static guint
relative_folders (const Folders *folders, const char *path)
{
  guint bits = found_from (folders, path);
  for (guint i = 0; bits == 0 && i + 1 < folders->length; i++)
    bits |= 1u << i; /* made later: from anywhere but the root, above which there is nothing */
  return bits;
}

void
cd_case_check_folder (CdCommandCase *the_case)
{
  const CdChecking *checking = the_case->checking;
  const CdDocument *document = checking->corpus->documents->pdata[the_case->command->document];
  if (document->kind != CD_DOCUMENT_SHELL || cd_command_enters_folders (document) || the_case->breaks != NULL)
    return;
  Folders folders;
  folders_init (&folders, checking->tree, document->path);
  const char *target = the_case->line.target;
  if (the_case->line.kind == CD_RUNS_SCRIPT && cd_value_form (target) == CD_VALUE_PATH)
    agrees (&folders, found_from (&folders, target));
  else if (the_case->line.kind == CD_RUNS_MODULE && the_case->command->script >= 0 && !sets_path (document, the_case->command->command))
    agrees (&folders, module_folders (&folders, target));
  for (guint i = 0; i < MIN (the_case->line.options->len, OPTIONS_MOST) && the_case->breaks == NULL; i++) {
    const CdOption *option = &g_array_index (the_case->line.options, CdOption, i);
    if (!option->launcher && is_bound (option) && !agrees (&folders, relative_folders (&folders, option->value))) {
      const char *folder = folders.folders[g_bit_nth_lsf (folders.common, -1)];
      g_autofree char *what = g_strdup_printf ("%s in %s", option->value, *folder != '\0' ? folder : "the root");
      cd_case_breaks (the_case, "missing-file", what, (CdPlace){ 0 });
    }
  }
  folders_clear (&folders);
}
