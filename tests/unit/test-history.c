/* History: which blob stood where from which commit to which, over merges, roots, gaps and forged input. */
#include "fixture.h"
#include "git/history.h"
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* cmocka.h needs the headers above. */
#include <cmocka.h>

static CdHistory *
index_fixture (Fixture *fixture, const char *revision)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CdRepository) repository = cd_repository_open (fixture_path (fixture), NULL, NULL, &error);
  g_autoptr (CdSnapshot) snapshot = repository != NULL ? cd_snapshot_open (repository, revision, &error) : NULL;

  if (snapshot == NULL)
    fail_msg ("%s", error->message);
  return cd_history_index (snapshot, &error);
}

static const CdCommit *
commit_at (const CdHistory *history, guint index)
{
  return &g_array_index (cd_history_commits (history), CdCommit, index);
}

/* The summaries of the commits, newest first, joined by blanks. */
static char *
summaries (const CdHistory *history)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < cd_history_commits (history)->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", commit_at (history, i)->summary);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "path=content first..last": the commits by their summaries, "stands" for the last one, "deleted by" where it was deleted. */
static char *
describe_versions (Fixture *fixture, const CdHistory *history)
{
  const GArray *versions = cd_history_versions (history);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < versions->len; i++) {
    const CdPathVersion *version = &g_array_index (versions, CdPathVersion, i);
    g_autofree char *content = NULL;
    char hex[41];

    cd_oid_to_hex (&version->blob, hex);
    content = fixture_pipe (fixture, "", 0, "cat-file", "blob", hex, NULL);
    g_string_append_printf (text, "%s=%s %s..%s%s\n", version->path, content, commit_at (history, version->first)->summary,
                            version->deleted ? "deleted by " : "",
                            version->last == G_MAXUINT ? "stands" : commit_at (history, version->last)->summary);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_versions (Fixture *fixture, const CdHistory *history, const char *expected)
{
  g_autofree char *found = describe_versions (fixture, history);

  assert_string_equal (found, expected);
}

static void
remove_path (Fixture *fixture, const char *path)
{
  fixture_git (fixture, "rm", "-rqf", path, NULL);
}

static void
test_one_line (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdHistory) history = NULL;
  g_autofree char *order = NULL;

  fixture_write (fixture, "a", "1");
  fixture_write (fixture, "sub/b", "1");
  fixture_write (fixture, "sub/c", "c");
  fixture_commit (fixture, "A");
  fixture_write (fixture, "a", "2");
  fixture_commit (fixture, "B");
  remove_path (fixture, "sub/b");
  fixture_commit (fixture, "C");
  fixture_write (fixture, "a", "1");
  fixture_write (fixture, "sub/b", "3");
  fixture_commit (fixture, "D");
  remove_path (fixture, "sub/c");
  fixture_commit (fixture, "E");
  history = index_fixture (fixture, NULL);
  order = summaries (history);
  assert_string_equal (order, "E D C B A");
  assert_versions (fixture, history,
                   "a=2 B..D\n"
                   "a=1 A..stands\n"
                   "sub/b=3 D..stands\n"
                   "sub/b=1 A..deleted by C\n"
                   "sub/c=c A..deleted by E\n");
  assert_true (cd_history_is_complete (history));
  assert_int_equal (cd_history_roots (history)->len, 1);
  assert_int_equal (g_array_index (cd_history_roots (history), guint, 0), 4);
}

static void
test_older_snapshot (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdHistory) history = NULL;

  fixture_write (fixture, "a", "1");
  fixture_commit (fixture, "A");
  fixture_write (fixture, "a", "2");
  fixture_commit (fixture, "B");
  history = index_fixture (fixture, "HEAD~1");
  assert_versions (fixture, history, "a=1 A..stands\n");
}

static void
test_kinds_change (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdHistory) history = NULL;

  fixture_write (fixture, "a", "file");
  fixture_write (fixture, "a.b", "x");
  fixture_write (fixture, "d/e", "y");
  fixture_commit (fixture, "A");
  remove_path (fixture, "a");
  fixture_write (fixture, "a/in", "folder");
  remove_path (fixture, "d");
  fixture_write (fixture, "d", "file");
  fixture_commit (fixture, "B");
  fixture_git (fixture, "update-index", "--add", "--cacheinfo", "160000,0123456789012345678901234567890123456789,module", NULL);
  fixture_git (fixture, "update-index", "--chmod=+x", "a.b", NULL);
  fixture_git (fixture, "commit", "-q", "-m", "C", NULL);
  history = index_fixture (fixture, NULL);
  assert_versions (fixture, history,
                   "a=file A..deleted by B\n"
                   "a.b=x A..stands\n"
                   "a/in=folder B..stands\n"
                   "d=file B..stands\n"
                   "d/e=y A..deleted by B\n");
}

/* A side branch adds s, tries t and changes a; the merge keeps s, throws u away that the branch never removed. */
static void
test_merge (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdHistory) history = NULL;
  g_autofree char *order = NULL;

  fixture_write (fixture, "a", "1");
  fixture_commit (fixture, "A");
  fixture_git (fixture, "checkout", "-q", "-b", "side", NULL);
  fixture_write (fixture, "s", "s");
  fixture_write (fixture, "t", "tried");
  fixture_write (fixture, "u", "unwanted");
  fixture_commit (fixture, "S1");
  remove_path (fixture, "t");
  fixture_write (fixture, "a", "2");
  fixture_commit (fixture, "S2");
  fixture_git (fixture, "checkout", "-q", "main", NULL);
  fixture_write (fixture, "m", "m");
  fixture_commit (fixture, "M1");
  fixture_git (fixture, "merge", "-q", "--no-ff", "--no-commit", "side", NULL);
  remove_path (fixture, "u");
  fixture_commit (fixture, "Merge");
  history = index_fixture (fixture, NULL);
  order = summaries (history);
  assert_string_equal (order, "Merge M1 S2 S1 A");
  assert_versions (fixture, history,
                   "a=2 S2..stands\n"
                   "a=1 A..Merge\n"
                   "m=m M1..stands\n"
                   "s=s S1..stands\n"
                   "t=tried S1..deleted by S2\n"
                   "u=unwanted S1..deleted by Merge\n");
}

static void
test_two_roots_and_clock_skew (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdHistory) history = NULL;
  g_autofree char *order = NULL;
  const char *stream = "commit refs/heads/main\nmark :1\ncommitter C <c@example.org> 5000 +0000\ndata 1\nA\n"
                       "commit refs/heads/other\nmark :2\ncommitter C <c@example.org> 4000 +0000\ndata 1\nR\n"
                       "commit refs/heads/main\nmark :3\ncommitter C <c@example.org> 1000 +0200\ndata 1\nB\nfrom :1\nmerge :2\n"
                       "commit refs/heads/main\nmark :4\ncommitter C <c@example.org> 900 +0000\ndata 1\nC\nfrom :3\n";

  g_free (fixture_pipe (fixture, stream, strlen (stream), "fast-import", "--quiet", NULL));
  history = index_fixture (fixture, NULL);
  order = summaries (history);
  assert_string_equal (order, "C B A R");
  assert_int_equal (commit_at (history, 1)->time, 1000);
  assert_int_equal (cd_history_roots (history)->len, 2);
  assert_true (cd_history_is_complete (history));
}

static void
test_shallow (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new (), shallow = fixture_new ();
  g_autofree char *url = g_strconcat ("file://", fixture_path (fixture), NULL);
  g_autoptr (CdHistory) history = NULL;
  g_autoptr (CdRepository) repository = NULL;

  fixture_write (fixture, "a", "1");
  fixture_commit (fixture, "A");
  fixture_write (fixture, "b", "1");
  fixture_commit (fixture, "B");
  fixture_write (fixture, "b", "2");
  fixture_commit (fixture, "C");
  fixture_git (shallow, "fetch", "-q", "--depth", "2", url, "main:copy", NULL);
  history = index_fixture (shallow, "copy");
  assert_versions (shallow, history,
                   "a=1 B..stands\n"
                   "b=2 C..stands\n"
                   "b=1 B..C\n");
  assert_false (cd_history_is_complete (history));
  assert_int_equal (cd_history_roots (history)->len, 0);
  repository = cd_repository_open (fixture_path (shallow), NULL, NULL, NULL);
  assert_true (cd_repository_is_shallow (repository));
}

static void
remove_object (Fixture *fixture, const char *revision)
{
  g_autofree char *id = fixture_pipe (fixture, "", 0, "rev-parse", revision, NULL);
  g_autofree char *name = g_strdup_printf (".git/objects/%.2s/%s", id, id + 2);
  g_autofree char *file = g_build_filename (fixture_path (fixture), name, NULL);

  assert_int_equal (g_unlink (file), 0);
}

static void
test_missing_objects (G_GNUC_UNUSED void **state)
{
  static const struct {
    const char *removed, *versions;
    guint commits;
  } cases[] = {
    { "HEAD~1", "a=3 C..stands\nin/b=1 C..stands\n", 1 },
    /* B's tree is unknown: what C changed is then all that it holds, and in/b keeps its older origin. */
    { "HEAD~1^{tree}", "a=3 C..stands\na=1 A..C\nin/b=1 A..stands\n", 3 },
    { "HEAD~1:in", "a=3 C..stands\na=2 B..C\na=1 A..B\nin/b=1 A..stands\n", 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Fixture) fixture = fixture_new ();
    g_autoptr (CdHistory) history = NULL;

    fixture_write (fixture, "a", "1");
    fixture_write (fixture, "in/b", "1");
    fixture_commit (fixture, "A");
    fixture_write (fixture, "a", "2");
    fixture_write (fixture, "in/b", "2");
    fixture_commit (fixture, "B");
    fixture_write (fixture, "a", "3");
    fixture_write (fixture, "in/b", "1");
    fixture_commit (fixture, "C");
    remove_object (fixture, cases[i].removed);
    history = index_fixture (fixture, NULL);
    assert_false (cd_history_is_complete (history));
    assert_int_equal (cd_history_commits (history)->len, cases[i].commits);
    assert_versions (fixture, history, cases[i].versions);
  }
}

/* Grafts and replacement refs are one copy's own and change nothing. */
static void
test_grafts_are_not_followed (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdHistory) history = NULL;
  g_autofree char *order = NULL;
  const char *first, *second, *third;

  first = fixture_commit (fixture, "A");
  second = fixture_commit (fixture, "B");
  third = fixture_commit (fixture, "C");
  fixture_write (fixture, ".git/info/grafts", third);
  fixture_git (fixture, "replace", second, first, NULL);
  history = index_fixture (fixture, NULL);
  order = summaries (history);
  assert_string_equal (order, "C B A");
}

static void
commit_message (Fixture *fixture, const char *encoding, const char *message, gsize length)
{
  g_autofree char *setting = g_strconcat ("i18n.commitEncoding=", encoding, NULL);
  g_autofree char *tree = fixture_pipe (fixture, "", 0, "mktree", NULL);
  g_autofree char *commit = fixture_pipe (fixture, message, length, "-c", setting, "commit-tree", tree, NULL);

  fixture_git (fixture, "update-ref", "refs/heads/main", commit, NULL);
}

static void
test_messages (G_GNUC_UNUSED void **state)
{
  g_autofree char *long_one = g_strnfill (4095, 'x');
  g_autofree char *cut = g_strconcat (long_one, "\xc3\xa9 and more", NULL);
  const struct {
    const char *encoding, *message, *summary, *text;
  } cases[] = {
    { "utf-8", "one line", "one line", "one line" },
    { "utf-8", "first\nsecond\n\nthird\n", "first", "first\nsecond\n\nthird\n" },
    { "utf-8", "\n\n  late start\r\nrest", "late start", "\n\n  late start\r\nrest" },
    { "utf-8", "", "", "" },
    { "ISO-8859-1", "caf\xe9", "caf\xc3\xa9", "caf\xc3\xa9" },
    { "no-such-encoding", "caf\xe9", "caf\\xE9", "caf\\xE9" },
    { "utf-8", cut, long_one, long_one },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Fixture) fixture = fixture_new ();
    g_autoptr (CdHistory) history = NULL;

    commit_message (fixture, cases[i].encoding, cases[i].message, strlen (cases[i].message));
    history = index_fixture (fixture, NULL);
    assert_string_equal (commit_at (history, 0)->summary, cases[i].summary);
    assert_string_equal (commit_at (history, 0)->message, cases[i].text);
  }
}

/* A thousand commits and a folder a thousand levels deep, neither on the C stack. */
static void
test_long_and_deep (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdHistory) history = NULL;
  g_autoptr (GString) stream = g_string_new (NULL);
  g_autoptr (GString) deep = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    g_string_append (deep, "d/");
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (stream,
                            "commit refs/heads/main\ncommitter C <c@example.org> %u +0000\ndata 1\nx\n"
                            "M 100644 inline file%u\ndata 1\nx\n",
                            i, i % 10);
  g_string_append_printf (stream, "M 100644 inline %sf\ndata 1\nx\n", deep->str);
  g_free (fixture_pipe (fixture, stream->str, stream->len, "fast-import", "--quiet", NULL));
  history = index_fixture (fixture, NULL);
  assert_int_equal (cd_history_commits (history)->len, 1000);
  assert_int_equal (cd_history_versions (history)->len, 10);
  assert_false (cd_history_is_complete (history));
}

static void
test_odd_names_match_the_snapshot (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CdHistory) history = NULL;

  fixture_write (fixture, "caf\xe9/a", "1");
  fixture_commit (fixture, "A");
  history = index_fixture (fixture, NULL);
  assert_versions (fixture, history, "caf\\xE9/a=1 A..stands\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_one_line),
    cmocka_unit_test (test_older_snapshot),
    cmocka_unit_test (test_kinds_change),
    cmocka_unit_test (test_merge),
    cmocka_unit_test (test_two_roots_and_clock_skew),
    cmocka_unit_test (test_shallow),
    cmocka_unit_test (test_missing_objects),
    cmocka_unit_test (test_grafts_are_not_followed),
    cmocka_unit_test (test_messages),
    cmocka_unit_test (test_long_and_deep),
    cmocka_unit_test (test_odd_names_match_the_snapshot),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
