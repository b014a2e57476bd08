/* Where a command finds what this tree has not: in another project's repository, in an archive, in a container, or where the reader was told to put
 * it. Then nothing is wrong with the work, and nothing is known either. */
#include "work/command-finding.h"
#include "work/hub.h"
#include "work/identity.h"
#include <string.h>

#define SHOWN_LINES 120u    /* above a command that are looked through for the program that it runs */
#define ENTERED_MOST 40u    /* folders that a page went to */
#define LINKS_MOST 2000u    /* of one document */
#define MENTIONS_MOST 4000u /* commands that are looked through for those that run a script */

/* A forge's repository that is not this one: somebody else's, or another one of the same people. */
static gboolean
is_another_project (const CdWork *work, const char *url)
{
  g_auto (CdHubAddress) address = { 0 };
  if (!cd_hub_parse (url, &address) || address.kind != CD_HUB_FORGE || address.owner == NULL || address.name == NULL)
    return FALSE;
  if (!cd_identity_owns (work, address.owner))
    return TRUE;
  const char *best = work->names->len > 0 ? work->names->pdata[0] : "";
  g_autofree char *key = cd_text_key (address.name);
  return *best != '\0' && strstr (key, best) == NULL && strstr (best, key) == NULL;
}

/* Acknowledgements and related work send nobody anywhere. */
static gboolean
is_aside (const CdDocument *document, gint32 section)
{
  const CdSection *place = section >= 0 && (guint) section < document->sections->len ? document->sections->pdata[section] : NULL;
  return place != NULL && (place->flags & (CD_CONTEXT_RELATED | CD_CONTEXT_BOILERPLATE | CD_CONTEXT_NEWS)) != 0;
}

/* The document's section, or all of it with section G_MININT32, sends the reader to another project's repository. */
static gboolean
links_to_another (const CdCommandCase *the_case, const CdDocument *document, gint32 section)
{
  for (guint i = 0; i < MIN (document->links->len, LINKS_MOST); i++) {
    const CdLink *link = document->links->pdata[i];
    gboolean here = section == G_MININT32 ? !is_aside (document, link->section) : link->section == section;
    if (here && is_another_project (the_case->checking->work, link->target))
      return TRUE;
  }
  return FALSE;
}

/* The README beside a script speaks of that folder's scripts only, unless it is the whole tree's. */
static gboolean
is_page_beside (const CdDocument *page, const CdDocument *script)
{
  g_autofree char *own = g_path_get_dirname (page->path);
  g_autofree char *folder = g_path_get_dirname (script->path);
  g_autofree char *base = g_path_get_basename (page->path);
  return page->kind == CD_DOCUMENT_MARKDOWN && strcmp (own, ".") != 0 && strcmp (own, folder) == 0 && g_ascii_strncasecmp (base, "readme", 6) == 0;
}

/* The page that has the reader run a script sends to another project there: "our training depends on …". */
static gboolean
find_pages_of_another (const CdCommandCase *the_case)
{
  const CdChecking *checking = the_case->checking;
  guint script = the_case->command->document;
  const CdDocument *document = cd_case_document (the_case, script);
  for (guint i = 0; i < MIN (checking->work->commands->len, MENTIONS_MOST); i++) {
    const CdWorkCommand *command = checking->work->commands->pdata[i];
    const CdDocument *page = cd_case_document (the_case, command->document);
    if (page->kind == CD_DOCUMENT_SHELL)
      continue;
    if (command->script == (gint) script && links_to_another (the_case, page, command->command->section))
      return TRUE;
  }
  g_autofree char *folder = g_path_get_dirname (document->path);
  g_autofree char *readme = g_build_filename (folder, "README.md", NULL);
  const CdDocument *page = cd_corpus_find (checking->corpus, readme);
  return page != NULL && is_page_beside (page, document) && links_to_another (the_case, page, G_MININT32);
}

static gboolean
is_script_of_another (CdCommandCase *the_case)
{
  gpointer document = GUINT_TO_POINTER (the_case->command->document + 1);
  gpointer known = g_hash_table_lookup (the_case->checking->others, document);
  if (known == NULL) {
    known = GUINT_TO_POINTER (find_pages_of_another (the_case) ? 2 : 1);
    g_hash_table_insert (the_case->checking->others, document, known);
  }
  return GPOINTER_TO_UINT (known) == 2;
}

static gboolean
is_section_of_another (CdCommandCase *the_case)
{
  const CdDocument *document = cd_case_document (the_case, the_case->command->document);
  if (the_case->another == 0)
    the_case->another = links_to_another (the_case, document, the_case->command->command->section) ? 2 : 1;
  return the_case->another == 2;
}

/* The last cd before the command, in its document and section; NULL none. */
static const CdCommand *
last_entered (CdCommandCase *the_case)
{
  const CdDocument *document = cd_case_document (the_case, the_case->command->document);
  const CdCommand *command = the_case->command->command;
  for (guint i = 0; !the_case->looked && i < document->commands->len; i++) {
    const CdCommand *other = document->commands->pdata[i];
    if (other == command || other->line > command->line)
      break;
    if (other->section == command->section && other->argv[1] != NULL && g_strcmp0 (other->argv[0], "cd") == 0)
      the_case->entered = other;
  }
  the_case->looked = TRUE;
  return the_case->entered;
}

/* What follows the variable or expression that a folder begins with; NULL where it begins with none. */
static const char *
behind_variable (const char *folder)
{
  const char *computed = strrchr (folder, '$');
  const char *mark = strrchr (folder, '`');
  computed = mark != NULL && (computed == NULL || mark > computed) ? mark : computed;
  const char *close = computed != NULL ? strrchr (computed, ')') : NULL;
  const char *slash = computed != NULL ? strchr (close != NULL ? close : computed, '/') : NULL;
  return computed == NULL ? NULL : slash != NULL ? slash + strspn (slash, "/") : "";
}

/* A page that went to a folder, and never said that it left it, is still there. */
static gboolean
was_entered (const CdCommandCase *the_case, const char *path)
{
  const CdDocument *document = cd_case_document (the_case, the_case->command->document);
  guint entered = 0;
  for (guint i = 0; document->kind != CD_DOCUMENT_SHELL && i < document->commands->len && entered < ENTERED_MOST; i++) {
    const CdCommand *other = document->commands->pdata[i];
    if (other->line >= the_case->command->command->line)
      return FALSE;
    if (g_strcmp0 (other->argv[0], "cd") != 0 || other->argv[1] == NULL || cd_value_form (other->argv[1]) == CD_VALUE_PLACEHOLDER)
      continue;
    entered++;
    if (cd_command_tree_there (the_case->checking->tree, the_case->command->document, other->argv[1], path) == CD_THERE_YES)
      return TRUE;
  }
  return FALSE;
}

gboolean
cd_case_is_entered (CdCommandCase *the_case, const char *path)
{
  const CdCommand *entered = last_entered (the_case);
  const char *tail = entered != NULL ? behind_variable (entered->text) : NULL;
  g_autofree char *folder = tail != NULL ? g_strndup (tail, strcspn (tail, " ;&|\"'\n")) : NULL;
  if (folder != NULL && *folder != '\0' && *path != '/'
      && cd_command_tree_there (the_case->checking->tree, the_case->command->document, folder, path) == CD_THERE_YES)
    return TRUE;
  return *path != '/' && was_entered (the_case, path);
}

/* The command went to a folder that its caller names, or that stands for one: what lies there is not told. */
static gboolean
follows_caller (CdCommandCase *the_case)
{
  const CdCommand *entered = last_entered (the_case);
  if (entered == NULL)
    return FALSE;
  const char *folder = entered->argv[1];
  return cd_value_form (folder) == CD_VALUE_PLACEHOLDER || (strchr (folder, '$') != NULL && strstr (folder, "$(") == NULL);
}

/* Pages of documentation call the reader's own program by a bare name. */
static gboolean
is_readers_own (const CdDocument *document, const char *path)
{
  return strchr (path, '/') == NULL && document->kind != CD_DOCUMENT_SHELL
         && (g_str_has_prefix (document->path, "docs/") || strstr (document->path, "/docs/") != NULL);
}

/* "verl/examples/x.py" where the tree has no verl: the clone of a public framework. */
static gboolean
is_in_framework (const CdCommandCase *the_case, const char *path)
{
  const char *plain = path + (g_str_has_prefix (path, "./") ? 2 : 0);
  g_autofree char *first = g_strndup (plain, strcspn (plain, "/"));
  return strchr (plain, '/') != NULL && cd_command_is_package (first)
         && cd_command_tree_there (the_case->checking->tree, the_case->command->document, NULL, first) == CD_THERE_NO;
}

/* The page shows a program before it runs one that the tree has not: the reader saves what is shown. */
static gboolean
is_shown (const CdCommandCase *the_case, const char *path)
{
  const CdDocument *document = cd_case_document (the_case, the_case->command->document);
  const CdCommand *command = the_case->command->command;
  if (document->kind == CD_DOCUMENT_SHELL || !g_str_has_suffix (path, ".py") || command->section < 0)
    return FALSE;
  for (guint line = command->line; line-- > 1 && command->line - line < SHOWN_LINES;) {
    const CdPassage *passage = cd_document_passage_on (document, line);
    if (passage == NULL || passage->kind != CD_PASSAGE_CODE)
      continue;
    if (passage->section != command->section)
      return FALSE;
    const char *text = document->text + passage->start;
    gsize length = passage->end - passage->start;
    gboolean imports = length > 8 && strncmp (text, "import ", 7) == 0;
    if (imports || (length > 14 && strncmp (text, "from ", 5) == 0 && memmem (text, length, " import ", 8) != NULL))
      return TRUE;
  }
  return FALSE;
}

gboolean
cd_case_is_elsewhere (CdCommandCase *the_case, const char *path)
{
  const CdCommandTree *tree = the_case->checking->tree;
  if (g_hash_table_contains (the_case->checking->elsewhere, the_case->command) || cd_command_tree_supplied (tree, path)
      || cd_command_tree_packed (tree, path) || is_in_framework (the_case, path))
    return TRUE;
  const CdDocument *document = cd_case_document (the_case, the_case->command->document);
  g_autofree char *base = g_path_get_basename (path);
  gboolean known = cd_command_tree_has_name (tree, base);
  /* A script may be started anywhere; a document says where. */
  if (document->kind == CD_DOCUMENT_SHELL && strchr (path, '/') == NULL)
    return known || follows_caller (the_case) || is_script_of_another (the_case);
  if (is_readers_own (document, path))
    return TRUE;
  if (known)
    return FALSE;
  if (is_shown (the_case, path))
    return TRUE;
  return follows_caller (the_case) || (document->kind == CD_DOCUMENT_SHELL ? is_script_of_another (the_case) : is_section_of_another (the_case));
}

gboolean
cd_command_is_in_container (const CdCommand *command)
{
  static const char *const containers[] = { "docker", "podman", "singularity", "apptainer", "enroot", "nerdctl", NULL };
  for (guint i = 0; command->argv[i] != NULL && i < 3; i++) { /* behind sudo, srun … */
    const char *slash = strrchr (command->argv[i], '/');
    if (g_strv_contains (containers, slash != NULL ? slash + 1 : command->argv[i]))
      return TRUE;
  }
  return FALSE;
}

/* "tools/harness/docs/usage.md" beside "tools/harness/setup.py": the harness's people wrote it for their own tree. */
static gboolean
is_manual_of_package (const CdCommandTree *tree, const char *path)
{
  const char *docs = strstr (path, "/docs/");
  g_autofree char *package = docs != NULL ? g_strndup (path, (gsize) (docs - path)) : NULL;
  return package != NULL
         && (cd_command_tree_at (tree, package, "setup.py") || cd_command_tree_at (tree, package, "pyproject.toml")
             || cd_command_tree_at (tree, package, "setup.cfg"));
}

gboolean
cd_case_is_of_inner_package (const CdCommandCase *the_case)
{
  return is_manual_of_package (the_case->checking->tree, cd_case_document (the_case, the_case->command->document)->path);
}
