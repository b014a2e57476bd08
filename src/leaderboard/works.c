/* Reads a list of works. Every fault is told with its place before anything is audited. What a page is called is page-name.c's; where a clone of a work is,
 * place.c's. */
#include "leaderboard/works.h"
#include "base/folder.h"
#include "git/repository.h"
#include "leaderboard/page-name.h"
#include <string.h>

#define NAME_CHARACTERS 200
#define NOTE_CHARACTERS 2000
#define GLOBS_MOST 100u
#define ID_DIGITS 40u
#define REVISION_BYTES 255u

/* The list being read. */
typedef struct {
  const CdYaml *yaml;
  char *folder;
  GHashTable *lines; /* name → line */
  CdPageNames *pages;
  CdWorks *works;
  GError **error;
} Reading;

static void
free_entry (gpointer data)
{
  CdWorkEntry *entry = data;
  g_free (entry->name);
  g_free (entry->repository);
  g_free (entry->commit);
  g_free (entry->subdir);
  g_free (entry->note);
  g_strfreev (entry->scope);
  g_free (entry->page);
  g_free (entry->location);
  g_strfreev (entry->assessments);
  g_free (entry);
}

void
cd_works_free (CdWorks *works)
{
  if (works == NULL)
    return;
  g_free (works->title);
  g_ptr_array_unref (works->works);
  g_free (works);
}

/* One line that people see: no control or format characters, which could make it look like something else. */
static gboolean
is_plain (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);
    if (g_unichar_iscntrl (character) || g_unichar_type (character) == G_UNICODE_FORMAT)
      return FALSE;
  }
  return TRUE;
}

/* As `git check-ref-format` has it, which leaves out every operator of revisions: what a list says stays what it says when the repository grows. */
static gboolean
is_revision (const char *text)
{
  gsize length = strlen (text);
  if (length == 0 || length > REVISION_BYTES || strchr ("-/.", text[0]) != NULL || strchr ("/.", text[length - 1]) != NULL)
    return FALSE;
  if (strstr (text, "..") != NULL || strstr (text, "//") != NULL || strstr (text, "@{") != NULL || strpbrk (text, " ~^:?*[\\") != NULL)
    return FALSE;
  gboolean is_id = text[strspn (text, "0123456789abcdefABCDEF")] == '\0';
  return is_plain (text) && (!is_id || length <= ID_DIGITS);
}

static gboolean
is_subdir (const char *text)
{
  return is_plain (text) && cd_folder_path_is_safe (text);
}

static gboolean
is_name (const char *text)
{
  return *text != '\0' && is_plain (text) && g_utf8_strlen (text, -1) <= NAME_CHARACTERS && !g_ascii_isspace (text[0]);
}

static gboolean
is_note (const char *text)
{
  return is_plain (text) && g_utf8_strlen (text, -1) <= NOTE_CHARACTERS;
}

static gboolean
is_glob (const char *text)
{
  return *text != '\0' && *text != '/' && is_plain (text);
}

/* Credentials in a list that is published would be published with it. */
static gboolean
is_repository (const char *text)
{
  g_autofree char *clean = cd_url_without_credentials (text);
  return *text != '\0' && is_plain (text) && strcmp (clean, text) == 0;
}

static gboolean
is_file (const char *text)
{
  return *text != '\0' && is_plain (text);
}

/* The string at key, checked; NULL where there is none, or with the reading's error set. Caller frees. */
static char *
read_text (const Reading *reading, const CdYamlNode *mapping, const char *key, gboolean (*is_such) (const char *), const char *says)
{
  const CdYamlNode *node = cd_yaml_get (mapping, key);
  if (node == NULL || cd_yaml_is_null (node) || *reading->error != NULL)
    return NULL;
  const char *text = cd_yaml_string (node);
  if (text != NULL && is_such (text))
    return g_strdup (text);
  cd_yaml_fail (reading->yaml, node, reading->error, "%s %s", key, says);
  return NULL;
}

/* The strings at key, each checked; NULL where there are none, or with the reading's error set. Caller frees. */
static char **
read_texts (const Reading *reading, const CdYamlNode *mapping, const char *key, gboolean (*is_such) (const char *), const char *says)
{
  const CdYamlNode *node = cd_yaml_get (mapping, key);
  if (node == NULL || *reading->error != NULL)
    return NULL;
  g_autofree const char **texts = cd_yaml_strings (reading->yaml, mapping, key, reading->error);
  if (texts == NULL || texts[0] == NULL)
    return NULL;
  guint length = g_strv_length ((char **) (gpointer) texts);
  for (guint i = 0; i < length; i++)
    if (i >= GLOBS_MOST || !is_such (texts[i])) {
      const CdYamlNode *at = node->kind == CD_YAML_SEQUENCE ? cd_yaml_at (node, i) : node;
      cd_yaml_fail (reading->yaml, at, reading->error, "%s %s", key, i < GLOBS_MOST ? says : "is a list of at most 100");
      return NULL;
    }
  return g_strdupv ((char **) (gpointer) texts);
}

static char *
from_folder (const Reading *reading, const char *path)
{
  return g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (reading->folder, path, NULL);
}

static gboolean
read_places (const Reading *reading, const CdYamlNode *node, CdWorkEntry *entry)
{
  entry->remote = cd_url_is_remote (entry->repository);
  entry->location = entry->remote ? g_strdup (entry->repository) : from_folder (reading, entry->repository);
  for (guint i = 0; entry->assessments != NULL && entry->assessments[i] != NULL; i++) {
    g_autofree char *listed = entry->assessments[i];
    entry->assessments[i] = from_folder (reading, listed);
    if (!g_file_test (entry->assessments[i], G_FILE_TEST_IS_REGULAR))
      return cd_yaml_fail (reading->yaml, cd_yaml_get (node, "assessments"), reading->error, "there is no assessment \"%s\"", listed);
  }
  return TRUE;
}

static gboolean
note_name (const Reading *reading, const CdYamlNode *node, CdWorkEntry *entry)
{
  gpointer line = g_hash_table_lookup (reading->lines, entry->name);
  if (line != NULL)
    return cd_yaml_fail (reading->yaml, cd_yaml_get (node, "name"), reading->error, "two works are called \"%s\"; the other is on line %u",
                         entry->name, GPOINTER_TO_UINT (line));
  g_hash_table_insert (reading->lines, entry->name, GUINT_TO_POINTER (entry->line));
  entry->page = cd_page_name (reading->pages, entry->name);
  return TRUE;
}

static gboolean
read_entry (const Reading *reading, const CdYamlNode *node)
{
  static const char *const keys[] = { "name", "repository", "commit", "subdir", "scope", "assessments", "note", NULL };
  if (node->kind != CD_YAML_MAPPING)
    return cd_yaml_fail (reading->yaml, node, reading->error, "a work is a mapping with name and repository");
  if (!cd_yaml_check_keys (reading->yaml, node, keys, reading->error) || !cd_yaml_require (reading->yaml, node, "name", reading->error)
      || !cd_yaml_require (reading->yaml, node, "repository", reading->error))
    return FALSE;
  CdWorkEntry *entry = g_new0 (CdWorkEntry, 1);
  g_ptr_array_add (reading->works->works, entry);
  entry->line = node->line;
  entry->name = read_text (reading, node, "name", is_name, "is one line of up to 200 characters");
  entry->repository = read_text (reading, node, "repository", is_repository,
                                 "is a path, or a URL without credentials and query (a token for github.com goes into GITHUB_TOKEN)");
  entry->commit = read_text (reading, node, "commit", is_revision, "is a commit's id, a branch or a tag");
  entry->subdir = read_text (reading, node, "subdir", is_subdir, "is a folder below the repository's root, such as part/two");
  entry->scope = read_texts (reading, node, "scope", is_glob, "is a list of globs, from the repository's root and without a leading \"/\"");
  entry->assessments = read_texts (reading, node, "assessments", is_file, "is a list of files, from the list's folder");
  entry->note = read_text (reading, node, "note", is_note, "is one line of up to 2000 characters");
  return *reading->error == NULL && read_places (reading, node, entry) && note_name (reading, node, entry);
}

static gboolean
read_works (const Reading *reading)
{
  static const char *const keys[] = { "title", "works", NULL };
  const CdYamlNode *root = cd_yaml_root (reading->yaml);
  if (root->kind != CD_YAML_MAPPING)
    return cd_yaml_fail (reading->yaml, root, reading->error, "a list of works is a mapping with the key \"works\"");
  if (!cd_yaml_check_keys (reading->yaml, root, keys, reading->error))
    return FALSE;
  reading->works->title = read_text (reading, root, "title", is_name, "is one line of up to 200 characters");
  if (*reading->error != NULL)
    return FALSE;
  const CdYamlNode *list = cd_yaml_get (root, "works");
  if (list == NULL || list->kind != CD_YAML_SEQUENCE || list->length == 0)
    return cd_yaml_fail (reading->yaml, list ? list : root, reading->error, "works is a list of one work or more");
  for (guint i = 0; i < list->length; i++)
    if (!read_entry (reading, list->children[i]))
      return FALSE;
  return TRUE;
}

CdWorks *
cd_works_read (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) why = NULL;
  if (!g_file_get_contents (path, &text, &length, &why)) {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_INPUT, why->message);
    return NULL;
  }
  g_autoptr (CdYaml) yaml = cd_yaml_parse (path, text, length, error);
  if (yaml == NULL)
    return NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GHashTable) lines = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (CdPageNames) pages = cd_page_names_new ();
  g_autoptr (CdWorks) works = g_new0 (CdWorks, 1);
  works->works = g_ptr_array_new_with_free_func (free_entry);
  const Reading reading = { .yaml = yaml, .folder = folder, .lines = lines, .pages = pages, .works = works, .error = &why };
  if (read_works (&reading))
    return g_steal_pointer (&works);
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}
