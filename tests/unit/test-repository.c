/* Opening repositories: working trees, bare ones, URLs, damaged ones, and what a user is told where that fails. */
#include "fixture.h"
#include "git/snapshot.h"
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* cmocka.h needs the headers above. */
#include <cmocka.h>

static void
assert_fails (const char *location, const char *revision, int code, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CdRepository) repository = cd_repository_open (location, NULL, NULL, &error);
  g_autoptr (CdSnapshot) snapshot = NULL;

  if (repository != NULL)
    snapshot = cd_snapshot_open (repository, revision, &error);
  assert_null (snapshot);
  assert_non_null (error);
  assert_true (error->domain == CD_ERROR);
  assert_int_equal (error->code, code);
  if (strstr (error->message, says) == NULL || strstr (error->message, location) == NULL)
    fail_msg ("'%s' should name '%s' and say '%s'", error->message, location, says);
}

static CdSnapshot *
open_at (const char *location, const char *revision)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CdRepository) repository = cd_repository_open (location, NULL, NULL, &error);
  CdSnapshot *snapshot;

  if (repository == NULL)
    fail_msg ("%s", error->message);
  snapshot = cd_snapshot_open (repository, revision, &error);
  if (snapshot == NULL)
    fail_msg ("%s", error->message);
  return snapshot;
}

static void
test_working_tree_and_bare (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *bare = g_strconcat (fixture_path (fixture), "/bare.git", NULL);
  const char *first, *second;

  fixture_write (fixture, "a.txt", "one\n");
  first = fixture_commit (fixture, "one");
  fixture_git (fixture, "tag", "-a", "-m", "tag", "v1", NULL);
  fixture_write (fixture, "a.txt", "two\n");
  second = fixture_commit (fixture, "two");
  fixture_git (fixture, "clone", "-q", "--bare", ".", "bare.git", NULL);
  fixture_write (fixture, "a.txt", "not committed\n");

  {
    const struct {
      const char *location, *revision, *commit;
    } cases[] = {
      { fixture_path (fixture), NULL, second }, { fixture_path (fixture), "v1", first },    { fixture_path (fixture), "HEAD~1", first },
      { fixture_path (fixture), first, first }, { fixture_path (fixture), "main", second }, { bare, NULL, second },
      { bare, "v1^{commit}", first },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
      g_autoptr (CdSnapshot) snapshot = open_at (cases[i].location, cases[i].revision);

      assert_string_equal (cd_snapshot_commit (snapshot), cases[i].commit);
    }
  }
}

static void
test_linked_working_tree (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *linked = g_strconcat (fixture_path (fixture), "/linked", NULL);
  g_autoptr (CdSnapshot) snapshot = NULL;
  const char *first;

  first = fixture_commit (fixture, "one");
  fixture_commit (fixture, "two");
  fixture_git (fixture, "worktree", "add", "-q", "linked", first, NULL);
  snapshot = open_at (linked, NULL);
  assert_string_equal (cd_snapshot_commit (snapshot), first);
}

static void
test_refusals (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new (), empty = fixture_new ();
  g_autofree char *inner = g_strconcat (fixture_path (fixture), "/inner", NULL);
  g_autofree char *plain = g_dir_make_tmp ("candor-plain-XXXXXX", NULL);
  const char *here = fixture_path (fixture);

  fixture_write (fixture, "inner/a.txt", "a\n");
  fixture_commit (fixture, "one");
  fixture_git (fixture, "tag", "tree", "HEAD^{tree}", NULL);

  assert_fails ("/nonexistent/folder", NULL, CD_ERROR_REPOSITORY, "no such file");
  assert_fails (plain, NULL, CD_ERROR_REPOSITORY, "not a git repository");
  assert_fails (inner, NULL, CD_ERROR_REPOSITORY, "inside the repository at");
  assert_fails (fixture_path (empty), NULL, CD_ERROR_REPOSITORY, "no commits yet");
  assert_fails (here, "nosuch", CD_ERROR_REPOSITORY, "'nosuch' names no commit");
  assert_fails (here, "tree", CD_ERROR_REPOSITORY, "something other than a commit");
  assert_fails (here, "0123456789012345678901234567890123456789", CD_ERROR_REPOSITORY, "names no commit");
  assert_fails (here, "a..b..c", CD_ERROR_REPOSITORY, "revision 'a..b..c'");
  fixture_git (fixture, "checkout", "-q", "--orphan", "fresh", NULL);
  assert_fails (here, NULL, CD_ERROR_REPOSITORY, "one of its branches: main");
  g_rmdir (plain);
}

/* Each damage is a way to spoil a good repository; the answer is an error in plain words, or a snapshot that says what it lacks. */
static void
spoil (Fixture *fixture, const char *path, const char *bytes, gssize length)
{
  g_autofree char *file = g_build_filename (fixture_path (fixture), path, NULL);

  g_chmod (file, 0644);
  assert_true (g_file_set_contents (file, bytes, length, NULL));
}

static char *
object_file (const char *id)
{
  return g_strdup_printf (".git/objects/%.2s/%s", id, id + 2);
}

static void
test_damaged_objects (G_GNUC_UNUSED void **state)
{
  static const char *const revisions[] = { "HEAD", "HEAD^{tree}" };
  static const char *const damages[] = { "", "garbage, no zlib stream", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (revisions); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (damages); j++) {
      g_autoptr (Fixture) fixture = fixture_new ();
      g_autofree char *id = NULL, *path = NULL, *file = NULL;

      fixture_write (fixture, "a.txt", "a\n");
      fixture_commit (fixture, "one");
      id = fixture_pipe (fixture, "", 0, "rev-parse", revisions[i], NULL);
      path = object_file (id);
      file = g_build_filename (fixture_path (fixture), path, NULL);
      if (damages[j] != NULL)
        spoil (fixture, path, damages[j], -1);
      else
        g_unlink (file);
      assert_fails (fixture_path (fixture), NULL, CD_ERROR_REPOSITORY, damages[j] != NULL ? "is damaged" : "is missing");
    }
}

static char *
pack_file (Fixture *fixture, const char *suffix)
{
  g_autofree char *folder = g_build_filename (fixture_path (fixture), ".git/objects/pack", NULL);
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (names)) != NULL)
    if (g_str_has_suffix (name, suffix))
      return g_strconcat (".git/objects/pack/", name, NULL);
  fail_msg ("no %s", suffix);
  return NULL;
}

static void
test_damaged_packs (G_GNUC_UNUSED void **state)
{
  static const struct {
    const char *suffix;
    gsize kept;        /* bytes from the start; the rest is cut */
    const char *names; /* what the message says is at fault */
  } damages[] = { { ".idx", 0, "pack index" }, { ".idx", 4, "pack index" }, { ".idx", 1040, "pack index" },
                  { ".pack", 0, "commit" },    { ".pack", 12, "commit" },   { ".pack", 40, "commit" } };

  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autoptr (Fixture) fixture = fixture_new ();
    g_autofree char *path = NULL, *file = NULL, *bytes = NULL;
    gsize length;

    fixture_write (fixture, "a.txt", "a\n");
    fixture_commit (fixture, "one");
    fixture_git (fixture, "repack", "-adq", NULL);
    path = pack_file (fixture, damages[i].suffix);
    file = g_build_filename (fixture_path (fixture), path, NULL);
    assert_true (g_file_get_contents (file, &bytes, &length, NULL));
    assert_true (damages[i].kept < length);
    spoil (fixture, path, bytes, (gssize) damages[i].kept);
    assert_fails (fixture_path (fixture), NULL, CD_ERROR_REPOSITORY, damages[i].names);
  }
}

static void
test_damaged_settings (G_GNUC_UNUSED void **state)
{
  static const char *const heads[] = { "", "nonsense\n", "ref: refs/heads/../../escape\n" };
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (Fixture) modern = fixture_new ();
  g_autoptr (CdRepository) repository = NULL;
  g_autofree char *git_folder = g_build_filename (fixture_path (modern), ".git", NULL);

  fixture_commit (fixture, "one");
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++) {
    spoil (fixture, ".git/HEAD", heads[i], -1);
    assert_fails (fixture_path (fixture), NULL, CD_ERROR_REPOSITORY, "cannot read the git repository");
  }
  spoil (fixture, ".git/HEAD", "ref: refs/heads/main\n", -1);
  spoil (fixture, ".git/config", "[core\nrepositoryformatversion", -1);
  repository = cd_repository_open (fixture_path (fixture), NULL, NULL, NULL);
  assert_non_null (repository);
  assert_null (cd_repository_remote (repository));

  fixture_remove (git_folder);
  fixture_git (modern, "init", "-q", "--object-format=sha256", "-b", "main", NULL);
  fixture_commit (modern, "one");
  assert_fails (fixture_path (modern), NULL, CD_ERROR_REPOSITORY, "SHA-256");
}

static void
test_remote_without_credentials (G_GNUC_UNUSED void **state)
{
  static const struct {
    const char *url, *shown;
  } cases[] = {
    { "https://example.org/owner/name.git", "https://example.org/owner/name.git" },
    { "https://user:secret@example.org/owner/name", "https://example.org/owner/name" },
    { "https://secret@example.org:8443/name?token=secret#secret", "https://example.org:8443/name" },
    { "https://user:p@ss@example.org/name@v1", "https://example.org/name@v1" },
    { "ssh://git@example.org/name.git", "ssh://git@example.org/name.git" },
    { "ssh://git:secret@example.org/name.git", "ssh://git@example.org/name.git" },
    { "git@example.org:owner/name.git", "git@example.org:owner/name.git" },
    { "file:///srv/git/name", "file:///srv/git/name" },
    { "/srv/git/name", NULL },
    { "../name", NULL },
  };
  g_autoptr (Fixture) fixture = fixture_new ();

  fixture_git (fixture, "remote", "add", "origin", "x", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CdRepository) repository = NULL;
    g_autofree char *remote = NULL;

    fixture_git (fixture, "remote", "set-url", "origin", cases[i].url, NULL);
    repository = cd_repository_open (fixture_path (fixture), NULL, NULL, NULL);
    remote = cd_repository_remote (repository);
    if (cases[i].shown == NULL)
      assert_null (remote);
    else
      assert_string_equal (remote, cases[i].shown);
  }
}

static void
test_no_remote (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdRepository) repository = cd_repository_open (fixture_path (fixture), NULL, NULL, NULL);

  assert_null (cd_repository_remote (repository));
  assert_false (cd_repository_is_shallow (repository));
  assert_true (g_str_has_suffix (cd_repository_path (repository), "/.git"));
}

static void
count_progress (const char *what, G_GNUC_UNUSED guint64 done, G_GNUC_UNUSED guint64 total, gpointer data)
{
  assert_true (what[0] != '\0');
  ++*(guint *) data;
}

static void
test_url_is_cloned_then_fetched (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *url = g_strconcat ("file://", fixture_path (fixture), NULL);
  g_autofree char *gone = g_strconcat ("file://", fixture_path (fixture), "/gone", NULL);
  g_autoptr (GError) error = NULL;
  const char *second;
  guint calls = 0;

  fixture_write (fixture, "a.txt", "one\n");
  fixture_commit (fixture, "one");
  {
    g_autoptr (CdRepository) repository = cd_repository_open (url, count_progress, &calls, &error);

    if (repository == NULL)
      fail_msg ("%s", error->message);
    assert_true (calls > 0);
    assert_true (g_str_has_prefix (cd_repository_path (repository), g_get_user_cache_dir ()));
  }
  fixture_write (fixture, "a.txt", "two\n");
  fixture_git (fixture, "checkout", "-q", "-b", "other", NULL);
  second = fixture_commit (fixture, "two");
  fixture_git (fixture, "tag", "v2", NULL);
  fixture_git (fixture, "branch", "-q", "-D", "main", NULL);
  {
    g_autoptr (CdSnapshot) head = open_at (url, NULL), tag = open_at (url, "v2");
    g_autoptr (CdRepository) repository = cd_repository_open (url, NULL, NULL, NULL);
    g_autofree char *remote = cd_repository_remote (repository);

    assert_string_equal (cd_snapshot_commit (head), second);
    assert_string_equal (cd_snapshot_commit (tag), second);
    assert_string_equal (remote, url);
  }
  assert_fails (url, "main", CD_ERROR_REPOSITORY, "names no commit");
  assert_fails (gone, NULL, CD_ERROR_REPOSITORY, "cannot be fetched");
}

static void
test_unreachable_host (G_GNUC_UNUSED void **state)
{
  g_autoptr (GError) error = NULL;

  /* Port 9 of this machine: refused at once, no name is looked up. */
  assert_null (cd_repository_open ("https://user:secret@127.0.0.1:9/owner/name.git", NULL, NULL, &error));
  assert_int_equal (error->code, CD_ERROR_NETWORK);
  assert_non_null (strstr (error->message, "https://127.0.0.1:9/owner/name.git"));
  assert_null (strstr (error->message, "secret"));
}

static void
test_exit_codes (G_GNUC_UNUSED void **state)
{
  static const struct {
    int code, status;
  } cases[] = { { CD_ERROR_USAGE, 2 }, { CD_ERROR_INPUT, 2 }, { CD_ERROR_REPOSITORY, 3 }, { CD_ERROR_NETWORK, 3 }, { CD_ERROR_INTERNAL, 4 } };
  g_autoptr (GError) foreign = g_error_new_literal (G_FILE_ERROR, 0, "x");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (CD_ERROR, cases[i].code, "x");

    assert_int_equal (cd_error_exit_code (error), cases[i].status);
  }
  assert_int_equal (cd_error_exit_code (foreign), 4);
}

/* libgit2 1.5 does not free what a regular expression that does not match has taken (git_regexp_match with PCRE2). */
const char *__lsan_default_suppressions (void);
const char *
__lsan_default_suppressions (void)
{
  return "leak:libpcre2";
}

/* Settings of newer git that change nothing about reading must not keep a repository from being read. */
static void
test_partial_clone_settings (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdSnapshot) snapshot = NULL;
  const char *commit;

  commit = fixture_commit (fixture, "one");
  fixture_git (fixture, "config", "core.repositoryformatversion", "1", NULL);
  fixture_git (fixture, "config", "extensions.partialClone", "origin", NULL);
  snapshot = open_at (fixture_path (fixture), NULL);
  assert_string_equal (cd_snapshot_commit (snapshot), commit);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_exit_codes),          cmocka_unit_test (test_working_tree_and_bare),
    cmocka_unit_test (test_linked_working_tree), cmocka_unit_test (test_refusals),
    cmocka_unit_test (test_damaged_objects),     cmocka_unit_test (test_damaged_packs),
    cmocka_unit_test (test_damaged_settings),    cmocka_unit_test (test_remote_without_credentials),
    cmocka_unit_test (test_no_remote),           cmocka_unit_test (test_url_is_cloned_then_fetched),
    cmocka_unit_test (test_unreachable_host),    cmocka_unit_test (test_partial_clone_settings),
  };
  g_autofree char *cache = g_dir_make_tmp ("candor-cache-XXXXXX", NULL);
  int failures;

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  failures = cmocka_run_group_tests (tests, NULL, NULL);
  fixture_remove (cache);
  return failures;
}
