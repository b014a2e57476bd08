/* Walking first parents and peeling tags. What the commits on the way changed is history.c's. */
#include "git/line.h"
#include "base/text.h"
#include "git/objects.h"
#include <string.h>

#define COMMITS_MAX 250000u
#define TAGS_MAX 10000u
#define TAG_FOLDER "refs/tags/"

static void
clear_commit (gpointer data)
{
  g_free (((CdLineCommit *) data)->tag);
}

static gboolean
read_commit (CdOdb *odb, const CdOid *oid, CdLineCommit *found, CdOid *parent, gboolean *has_parent)
{
  git_odb_object *object;
  CdCommitView view;

  if (cd_object_read (odb, oid, GIT_OBJECT_COMMIT, &object) != CD_OBJECT_READ)
    return FALSE;
  gboolean good = cd_commit_view (object, &view);
  if (good) {
    *found = (CdLineCommit){ .oid = *oid, .time = view.time };
    *has_parent = view.parent_count > 0;
    if (*has_parent)
      cd_commit_parent (&view, 0, parent);
  }
  git_odb_object_free (object);
  return good;
}

/* A commit cannot be among its own parents, ids being what they are; a forged one that is ends the walk by the bound. */
static void
walk_line (CdOdb *odb, CdOid at, GArray *line)
{
  CdLineCommit found;
  CdOid parent = at;
  gboolean more = TRUE;

  while (more && line->len < COMMITS_MAX && read_commit (odb, &at, &found, &parent, &more)) {
    g_array_append_val (line, found);
    at = parent;
  }
}

static void
note_tag (GHashTable *places, const git_reference *reference, GArray *line)
{
  git_object *commit = NULL;

  if (git_reference_peel (&commit, reference, GIT_OBJECT_COMMIT) != 0)
    return;
  gpointer place = g_hash_table_lookup (places, git_object_id (commit)->id);
  git_object_free (commit);
  if (place == NULL)
    return;
  CdLineCommit *tagged = &g_array_index (line, CdLineCommit, GPOINTER_TO_UINT (place) - 1);
  const char *name = git_reference_name (reference) + strlen (TAG_FOLDER);
  g_autofree char *tag = cd_text_to_utf8 (name, strlen (name));
  if (tagged->tag != NULL && strcmp (tagged->tag, tag) <= 0)
    return;
  g_free (tagged->tag);
  tagged->tag = g_steal_pointer (&tag);
}

static void
note_tags (CdRepository *repository, GArray *line)
{
  g_autoptr (GHashTable) places = g_hash_table_new (cd_oid_hash, cd_oid_equal);
  git_repository *native = cd_repository_lock (repository);
  git_reference_iterator *references = NULL;
  git_reference *reference = NULL;

  for (guint i = 0; i < line->len; i++)
    g_hash_table_insert (places, &g_array_index (line, CdLineCommit, i).oid, GUINT_TO_POINTER (i + 1));
  if (git_reference_iterator_glob_new (&references, native, TAG_FOLDER "*") == 0) {
    for (guint i = 0; i < TAGS_MAX && git_reference_next (&reference, references) == 0; i++) {
      note_tag (places, reference, line);
      git_reference_free (reference);
    }
    git_reference_iterator_free (references);
  }
  git_error_clear ();
  cd_repository_unlock (repository);
}

GArray *
cd_line_read (CdRepository *repository, const char *revision, GError **error)
{
  CdOid start;

  if (!cd_revision_resolve (repository, revision, &start, error))
    return NULL;
  CdOdb *odb = cd_repository_take_odb (repository);
  if (odb == NULL) {
    cd_git_fail (error, CD_ERROR_REPOSITORY, cd_repository_location (repository), "its objects cannot be opened");
    return NULL;
  }
  GArray *line = g_array_new (FALSE, FALSE, sizeof (CdLineCommit));
  g_array_set_clear_func (line, clear_commit);
  walk_line (odb, start, line);
  cd_repository_give_odb (repository, odb);
  note_tags (repository, line);
  return line;
}
