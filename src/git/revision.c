/* From what a user calls a commit to its id, with a reason in plain words where there is none.
 * Reading the commit is left to snapshot.c. */
#include "git/objects.h"
#include <string.h>

#define BRANCHES_NAMED 5u

/* Up to BRANCHES_NAMED branch names, for a message; NULL where there are none. Caller frees. */
static char *
branch_names (git_repository *native)
{
  git_branch_iterator *branches = NULL;
  git_reference *branch;
  git_branch_t kind;
  const char *name;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (git_branch_iterator_new (&branches, native, GIT_BRANCH_ALL) != 0)
    return NULL;
  while (names->len < BRANCHES_NAMED && git_branch_next (&branch, &kind, branches) == 0) {
    if (git_branch_name (&name, branch) == 0)
      g_ptr_array_add (names, g_strdup (name));
    git_reference_free (branch);
  }
  git_branch_iterator_free (branches);
  git_error_clear ();
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static gboolean
fail_unborn (git_repository *native, const char *location, GError **error)
{
  g_autofree char *branches = branch_names (native);
  g_autofree char *what = NULL;

  git_error_clear ();
  if (branches == NULL)
    return cd_git_fail (error, CD_ERROR_REPOSITORY, location, "it has no commits yet");
  what = g_strdup_printf ("its HEAD names a branch without commits; name a revision, such as one of its branches: %s", branches);
  return cd_git_fail (error, CD_ERROR_REPOSITORY, location, what);
}

static gboolean
fail_revision (int outcome, const char *revision, const char *location, GError **error)
{
  static const struct {
    int outcome;
    const char *format;
  } says[] = {
    { GIT_EAMBIGUOUS, "revision '%s' may mean more than one object; give more digits" },
    { GIT_EINVALIDSPEC, "revision '%s' is not written as git writes revisions" },
    { GIT_ENOTFOUND, "revision '%s' names no commit in it" },
    { GIT_EPEEL, "revision '%s' names something other than a commit" },
  };
  const char *format = "revision '%s' cannot be read";
  g_auto (GStrv) around = NULL;
  g_autofree char *what = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (says); i++)
    if (says[i].outcome == outcome) {
      format = says[i].format;
      git_error_clear ();
    }
  around = g_strsplit (format, "%s", 2);
  what = g_strconcat (around[0], revision, around[1], NULL);
  return cd_git_fail (error, CD_ERROR_REPOSITORY, location, what);
}

/* Asked only after a failure: ids of another length look like damage everywhere else. */
static gboolean
is_sha256 (git_repository *native)
{
  git_config *config = NULL;
  git_buf format = GIT_BUF_INIT;
  gboolean found = git_repository_config (&config, native) == 0 && git_config_get_string_buf (&format, config, "extensions.objectformat") == 0
                   && g_ascii_strcasecmp (format.ptr, "sha1") != 0;

  git_buf_dispose (&format);
  git_config_free (config);
  return found;
}

static gboolean
fail_head (git_repository *native, const char *location, GError **error)
{
  g_autofree char *reason = git_error_last () != NULL ? g_strdup (git_error_last ()->message) : NULL;

  if (is_sha256 (native))
    return cd_git_fail (error, CD_ERROR_REPOSITORY, location, "its objects are named by SHA-256, which is not supported");
  git_error_set_str (GIT_ERROR_REFERENCE, reason != NULL ? reason : "no reason known");
  return cd_git_fail (error, CD_ERROR_REPOSITORY, location, "its HEAD cannot be read");
}

static int
resolve (git_repository *native, const char *revision, CdOid *commit)
{
  git_object *named = NULL, *peeled = NULL;
  int outcome = git_revparse_single (&named, native, revision);

  if (outcome == 0 && git_object_peel (&peeled, named, GIT_OBJECT_COMMIT) != 0)
    outcome = GIT_EPEEL;
  if (outcome == 0)
    memcpy (commit->bytes, git_object_id (peeled)->id, CD_OID_BYTES);
  git_object_free (peeled);
  git_object_free (named);
  return outcome;
}

gboolean
cd_revision_resolve (CdRepository *repository, const char *revision, CdOid *commit, GError **error)
{
  const char *location = cd_repository_location (repository);
  git_repository *native = cd_repository_lock (repository);
  gboolean found = FALSE;
  git_oid head;
  int outcome;

  if (revision != NULL) {
    outcome = resolve (native, revision, commit);
    found = outcome == 0 || fail_revision (outcome, revision, location, error);
  } else if (git_repository_head_unborn (native) == 1)
    fail_unborn (native, location, error);
  else if (git_reference_name_to_id (&head, native, "HEAD") != 0)
    fail_head (native, location, error);
  else {
    memcpy (commit->bytes, head.id, CD_OID_BYTES);
    found = TRUE;
  }
  cd_repository_unlock (repository);
  return found;
}
