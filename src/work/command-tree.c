/* Folders and submodules of the tree and paths that commands make: gathered in one pass, asked often. What sentences tell is
 * command-sentences.c's business. */
#include "work/command-tree.h"
#include "scope/role.h"
#include "work/command-line.h"
#include "work/command-sentences.h"
#include "work/command-values.h"
#include "work/hub.h"
#include <string.h>

#define MADE_MOST 2000u
#define ASKED_MOST 96u            /* names whose mentions are looked for */
#define SEARCHED_BYTES (3u << 20) /* of own text, for each of them */
#define ABOVE_MOST 12u            /* folders above a document that a path may start from */
#define SUBMODULES_MOST 200u
#define REDIRECTIONS_MOST 16u /* of one command */

struct _CdCommandTree {
  const CdCorpus *corpus;
  const CdScope *scope;
  GHashTable *folders; /* char* set */
  GHashTable *names;   /* base names of files; borrowed */
  GPtrArray *submodules, *made;
  CdCommandSentences *sentences;
  GHashTable *asked; /* name → 1 not mentioned, 2 mentioned */
  gboolean data;
};

static const CdDocument *
document_at (const CdCommandTree *tree, guint index)
{
  return tree->corpus->documents->pdata[index];
}

static void
add_folders (CdCommandTree *tree)
{
  const char *last = "";
  gsize known = 0;
  for (guint i = 0; i < tree->corpus->documents->len; i++) {
    const char *path = document_at (tree, i)->path, *slash = strrchr (path, '/');
    g_hash_table_add (tree->names, (gpointer) (slash != NULL ? slash + 1 : path));
    gsize length = slash != NULL ? (gsize) (slash - path) : 0;
    if (length == known && strncmp (path, last, length) == 0)
      continue; /* in the folder of the one before */
    for (gsize at = length; at > 0; at--)
      if (path[at] == '/' && !g_hash_table_add (tree->folders, g_strndup (path, at)))
        break;
    last = path;
    known = length;
  }
}

static void
add_submodules (CdCommandTree *tree)
{
  const CdDocument *document = cd_corpus_find (tree->corpus, ".gitmodules");
  if (document == NULL)
    return;
  g_auto (GStrv) lines = g_strsplit (document->text, "\n", 4 * SUBMODULES_MOST);
  for (guint i = 0; lines[i] != NULL && tree->submodules->len < SUBMODULES_MOST; i++) {
    const char *line = g_strstrip (lines[i]);
    if (g_str_has_prefix (line, "path") && strchr (line, '=') != NULL)
      g_ptr_array_add (tree->submodules, g_strstrip (g_strdup (strchr (line, '=') + 1)));
  }
}

/* "./a/b/" → "a/b". Caller frees. */
static char *
plain_path (const char *path)
{
  while (g_str_has_prefix (path, "./"))
    path += 2;
  char *plain = g_strdup (path);
  gsize length = strlen (plain);
  while (length > 1 && (plain[length - 1] == '/' || plain[length - 1] == '*'))
    plain[--length] = '\0';
  return plain;
}

static void
add_made (CdCommandTree *tree, const char *path)
{
  if (tree->made->len >= MADE_MOST || strlen (path) < 2 || strlen (path) > 500 || strcmp (path, "..") == 0)
    return;
  CdValueForm form = cd_value_form (path);
  if (form != CD_VALUE_PLACEHOLDER && form != CD_VALUE_VARIABLE)
    g_ptr_array_add (tree->made, plain_path (path));
}

/* The folder that "git clone URL [FOLDER]" makes. */
static void
add_clone (CdCommandTree *tree, char **argv)
{
  const char *url = NULL, *folder = NULL;
  for (char **word = argv + 2; *word != NULL; word++)
    if (**word != '-' && (url != NULL || strchr (*word, '/') != NULL)) {
      folder = url != NULL ? *word : NULL;
      url = url != NULL ? url : *word;
    }
  if (url == NULL)
    return;
  g_autofree char *base = g_path_get_basename (folder != NULL ? folder : url);
  if (g_str_has_suffix (base, ".git"))
    base[strlen (base) - 4] = '\0';
  add_made (tree, base);
}

/* "… > FILE", "… >> FILE"; the brackets of "<placeholder>" are none. */
static void
add_redirections (CdCommandTree *tree, const char *text)
{
  guint found = 0;
  for (const char *at = strchr (text, '>'); at != NULL && found < REDIRECTIONS_MOST; at = strchr (at + 1, '>'), found++) {
    gboolean apart = at > text && (strchr (" &>", at[-1]) != NULL || (g_ascii_isdigit (at[-1]) && at - text > 1 && at[-2] == ' '));
    const char *word = at + strspn (at, "> ");
    g_autofree char *path = apart ? g_strndup (word, strcspn (word, " \t;)&|<>\"'")) : NULL;
    if (path != NULL && *path != '\0' && *path != '-')
      add_made (tree, path);
  }
}

/* What a command leaves behind: its outputs, downloads, copies. */
static void
add_outputs (CdCommandTree *tree, const CdCommand *command)
{
  add_redirections (tree, command->text);
  static const char *const movers[] = { "mv", "cp", "ln", "mkdir", "touch", "tee", "rsync", NULL };
  if (strcmp (command->argv[0], "git") == 0 && command->argv[1] != NULL && strcmp (command->argv[1], "clone") == 0) {
    add_clone (tree, command->argv);
    return;
  }
  if (g_strv_contains (movers, command->argv[0])) {
    guint last = g_strv_length (command->argv) - 1;
    if (last > 0)
      add_made (tree, command->argv[last]);
    return;
  }
  gboolean fetches = strcmp (command->argv[0], "wget") == 0 || strcmp (command->argv[0], "curl") == 0 || strcmp (command->argv[0], "gdown") == 0
                     || strcmp (command->argv[0], "unzip") == 0 || strcmp (command->argv[0], "tar") == 0;
  g_auto (CdCommandLine) line;
  cd_command_line_read (&line, command);
  for (guint i = 0; i < line.options->len; i++) {
    const CdOption *option = &g_array_index (line.options, CdOption, i);
    gboolean short_out = option->key != NULL
                         && (strcmp (option->key, "-o") == 0 || strcmp (option->key, "-O") == 0 || (fetches && strcmp (option->key, "-d") == 0)
                             || (fetches && strcmp (option->key, "-C") == 0) || strcmp (option->key, "-P") == 0);
    if (option->value != NULL && option->key != NULL && (short_out || cd_value_role (option->key) == CD_ROLE_VALUE_OUTPUT))
      add_made (tree, option->value);
    else if (fetches && option->value != NULL && strstr (option->value, "://") != NULL) {
      g_autofree char *base = g_path_get_basename (option->value);
      add_made (tree, base);
    }
  }
}

static void
add_links (CdCommandTree *tree, const CdDocument *document)
{
  for (guint i = 0; i < document->links->len && !tree->data; i++) {
    g_auto (CdHubAddress) address = { 0 };
    const CdLink *link = document->links->pdata[i];
    tree->data = cd_hub_parse (link->target, &address)
                 && (address.kind == CD_HUB_DATASET || address.kind == CD_HUB_FILE_SHARE || address.kind == CD_HUB_COLLECTION);
  }
}

static gboolean
is_prose (const CdDocument *document)
{
  CdRole role = cd_role_of (document);
  return role == CD_ROLE_README || role == CD_ROLE_DOC || role == CD_ROLE_CARD;
}

CdCommandTree *
cd_command_tree_new (const CdWork *work, const CdCorpus *corpus, const CdScope *scope)
{
  CdCommandTree *tree = g_new0 (CdCommandTree, 1);
  tree->corpus = corpus;
  tree->scope = scope;
  tree->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tree->names = g_hash_table_new (g_str_hash, g_str_equal);
  tree->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tree->submodules = g_ptr_array_new_with_free_func (g_free);
  tree->made = g_ptr_array_new_with_free_func (g_free);
  tree->sentences = cd_command_sentences_new (corpus);
  add_folders (tree);
  add_submodules (tree);
  for (guint i = 0; i < work->commands->len; i++)
    add_outputs (tree, ((CdWorkCommand *) work->commands->pdata[i])->command);
  for (guint i = 0; i < corpus->documents->len; i++)
    if (cd_scope_is_own (scope, i) && is_prose (document_at (tree, i))) {
      cd_command_sentences_add (tree->sentences, document_at (tree, i));
      add_links (tree, document_at (tree, i));
    }
  for (guint i = 0; i < work->artefacts->len && !tree->data; i++)
    tree->data = ((CdArtefact *) work->artefacts->pdata[i])->kind == CD_ARTEFACT_DATASET;
  return tree;
}

void
cd_command_tree_free (CdCommandTree *tree)
{
  if (tree == NULL)
    return;
  g_hash_table_unref (tree->folders);
  g_hash_table_unref (tree->names);
  g_hash_table_unref (tree->asked);
  g_ptr_array_unref (tree->submodules);
  g_ptr_array_unref (tree->made);
  cd_command_sentences_free (tree->sentences);
  g_free (tree);
}

static gboolean
has_folder (const CdCommandTree *tree, const char *folder)
{
  return *folder == '\0' || g_hash_table_contains (tree->folders, folder);
}

gboolean
cd_command_tree_has_name (const CdCommandTree *tree, const char *name)
{
  return g_hash_table_contains (tree->names, name);
}

char *
cd_command_path_join (const char *folder, const char *path)
{
  g_autofree char *whole = *folder != '\0' ? g_strconcat (folder, "/", path, NULL) : g_strdup (path);
  g_auto (GStrv) parts = g_strsplit (whole, "/", 64);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  for (guint i = 0; parts[i] != NULL; i++) {
    if (*parts[i] == '\0' || strcmp (parts[i], ".") == 0)
      continue;
    if (strcmp (parts[i], "..") != 0)
      g_ptr_array_add (kept, parts[i]);
    else if (kept->len == 0)
      return NULL;
    else
      g_ptr_array_set_size (kept, (gint) kept->len - 1);
  }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}

gboolean
cd_command_tree_at (const CdCommandTree *tree, const char *folder, const char *path)
{
  g_autofree char *whole = cd_command_path_join (folder, path);
  return whole != NULL && (cd_corpus_find (tree->corpus, whole) != NULL || has_folder (tree, whole));
}

static gboolean
is_in_submodule (const CdCommandTree *tree, const char *folder, const char *path)
{
  g_autofree char *whole = tree->submodules->len > 0 ? cd_command_path_join (folder, path) : NULL;
  for (guint i = 0; whole != NULL && i < tree->submodules->len; i++) {
    const char *submodule = tree->submodules->pdata[i];
    gsize length = strlen (submodule);
    if (strncmp (whole, submodule, length) == 0 && (whole[length] == '/' || whole[length] == '\0'))
      return TRUE;
  }
  return FALSE;
}

static CdThere
look (const CdCommandTree *tree, const char *folder, const char *directory, const char *path)
{
  g_autofree char *within = directory != NULL ? cd_command_path_join (folder, directory) : g_strdup (folder);
  if (within == NULL)
    return CD_THERE_NO;
  if (cd_command_tree_at (tree, within, path))
    return CD_THERE_YES;
  return is_in_submodule (tree, within, path) ? CD_THERE_SUBMODULE : CD_THERE_NO;
}

CdThere
cd_command_tree_there (const CdCommandTree *tree, guint document, const char *directory, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (document_at (tree, document)->path);
  if (strlen (path) > 1000)
    return CD_THERE_NO;
  if (strcmp (folder, ".") == 0)
    *folder = '\0';
  while (directory != NULL && g_str_has_prefix (directory, "../"))
    directory += 3; /* from wherever the block before ended */
  for (guint i = 0; i < ABOVE_MOST; i++) {
    CdThere found = directory != NULL ? look (tree, folder, directory, path) : CD_THERE_NO;
    found = found == CD_THERE_NO ? look (tree, folder, NULL, path) : found;
    if (found != CD_THERE_NO || *folder == '\0')
      return found;
    char *slash = strrchr (folder, '/');
    *(slash != NULL ? slash : folder) = '\0';
  }
  return CD_THERE_NO;
}

gboolean
cd_command_tree_makes (const CdCommandTree *tree, const char *path)
{
  g_autofree char *plain = plain_path (path);
  g_autofree char *base = g_path_get_basename (plain);
  gsize length = strlen (plain);
  for (guint i = 0; i < tree->made->len; i++) {
    const char *made = tree->made->pdata[i];
    gsize size = strlen (made);
    gboolean above = length > size && strncmp (plain, made, size) == 0 && plain[size] == '/';
    gboolean below = size > length && strncmp (made, plain, length) == 0 && made[length] == '/';
    const char *last = strrchr (made, '/');
    const char *within
        = last != NULL && *made != '.' && *made != '/' && *plain != '/' ? strstr (plain, made) : NULL; /* made in a folder that a script went to */
    gboolean inside = within != NULL && within > plain && within[-1] == '/' && (within[size] == '/' || within[size] == '\0');
    if (above || below || inside || strcmp (plain, made) == 0 || (strlen (base) >= 4 && strcmp (last != NULL ? last + 1 : made, base) == 0))
      return TRUE;
  }
  return FALSE;
}

static gboolean
search (const CdCommandTree *tree, const char *name)
{
  gsize read = 0, length = strlen (name);
  for (guint i = 0; i < tree->corpus->documents->len && read < SEARCHED_BYTES; i++) {
    const CdDocument *document = document_at (tree, i);
    if (!cd_scope_is_own (tree->scope, i) || (document->kind != CD_DOCUMENT_PYTHON && document->kind != CD_DOCUMENT_NOTEBOOK && !is_prose (document)))
      continue;
    read += document->length;
    const char *found = memmem (document->text, document->length, name, length);
    if (document->kind == CD_DOCUMENT_PYTHON || document->kind == CD_DOCUMENT_NOTEBOOK) {
      if (found != NULL)
        return TRUE;
      continue;
    }
    for (; found != NULL; found = memmem (found + length, document->length - (gsize) (found + length - document->text), name, length)) {
      const CdPassage *passage = cd_document_passage_at (document, (gsize) (found - document->text));
      if (passage != NULL && passage->kind != CD_PASSAGE_COMMAND && passage->kind != CD_PASSAGE_CODE)
        return TRUE;
    }
  }
  return FALSE;
}

static gboolean
ask (CdCommandTree *tree, const char *asked)
{
  g_autofree char *name = g_strdup (asked);
  if (strlen (name) < 4)
    return FALSE;
  gpointer known = g_hash_table_lookup (tree->asked, name);
  if (known == NULL && g_hash_table_size (tree->asked) < ASKED_MOST) {
    known = GUINT_TO_POINTER (search (tree, name) ? 2 : 1);
    g_hash_table_insert (tree->asked, g_steal_pointer (&name), known);
  }
  return GPOINTER_TO_UINT (known) == 2;
}

gboolean
cd_command_tree_mentions (CdCommandTree *tree, const char *path)
{
  g_autofree char *joined = cd_command_path_join ("", path);
  g_autofree char *plain = joined != NULL ? plain_path (joined) : plain_path (path);
  g_autofree char *name = g_path_get_basename (plain);
  g_autofree char *folder = g_path_get_dirname (plain);
  return (strchr (folder, '/') != NULL && ask (tree, folder)) || ask (tree, name);
}

gboolean
cd_command_tree_has_data (const CdCommandTree *tree)
{
  return tree->data;
}

static gboolean
has_archive (const CdCommandTree *tree, const char *stem)
{
  static const char *const endings[] = { ".zip", ".tar", ".tar.gz", ".tgz", ".gz", ".7z", ".rar", ".xz", ".zst", ".tar.xz", ".tar.bz2" };
  for (guint i = 0; strlen (stem) >= 3 && i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *name = g_strconcat (stem, endings[i], NULL);
    if (cd_command_tree_has_name (tree, name))
      return TRUE;
  }
  return FALSE;
}

gboolean
cd_command_tree_packed (const CdCommandTree *tree, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 16);
  for (guint i = 0; parts[i] != NULL; i++) {
    const char *dot = strrchr (parts[i], '.');
    g_autofree char *stem = dot != NULL && parts[i + 1] == NULL ? g_strndup (parts[i], (gsize) (dot - parts[i])) : NULL;
    if (has_archive (tree, parts[i]) || (stem != NULL && has_archive (tree, stem)))
      return TRUE;
  }
  return FALSE;
}

gboolean
cd_command_tree_told (const CdCommandTree *tree, const char *name)
{
  return cd_command_sentences_tell (tree->sentences, name);
}

gboolean
cd_command_tree_supplied (const CdCommandTree *tree, const char *path)
{
  return cd_command_sentences_supply (tree->sentences, path);
}
