/* Where two lines parted, against git's own answers over random histories with wrong clocks; unrelated lines, missing parents. */
#include "fixture.h"
#include "git/merge-base.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* cmocka.h needs the headers above. */
#include <cmocka.h>

#define COMMITS 60
#define PAIRS 25

/* "none" where nothing is found. Caller frees. */
static char *
find (const char *path, const char *one, const char *other, GError **error)
{
  g_autoptr (CdRepository) repository = cd_repository_open (path, NULL, NULL, error);
  CdOid base;
  char hex[41];
  if (repository == NULL || !cd_merge_base_find (repository, one, other, &base, error))
    return g_strdup ("none");
  cd_oid_to_hex (&base, hex);
  return g_strdup (hex);
}

/* A history of merges at random, each commit under a tag of its number. skewed: dates do not follow the order. */
static void
make_history (Fixture *fixture, guint32 seed, gboolean skewed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GString) stream = g_string_new (NULL);
  for (int i = 1; i <= COMMITS; i++) {
    int date = 1700000000 + 3600 * (skewed ? g_rand_int_range (rand, 0, COMMITS) : i);
    g_string_append_printf (stream, "commit refs/heads/side%d\nmark :%d\ncommitter a <a@b> %d +0000\ndata 1\nx\n", i, i, date);
    int parents = i <= 2 ? 0 : g_rand_int_range (rand, 1, 4), last = i;
    for (int k = 0; k < parents && last > 1; k++) {
      last = g_rand_int_range (rand, MAX (1, last - 8), last);
      g_string_append_printf (stream, "%s :%d\n", k == 0 ? "from" : "merge", last);
    }
    g_string_append_printf (stream, "\nreset refs/tags/c%d\nfrom :%d\n\n", i, i);
  }
  g_free (fixture_pipe (fixture, stream->str, stream->len, "fast-import", "--quiet", NULL));
}

static void
check_pairs (guint32 seed, gboolean skewed)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed + 1);
  make_history (fixture, seed, skewed);
  for (int i = 0; i < PAIRS; i++) {
    g_autofree char *one = g_strdup_printf ("c%d", g_rand_int_range (rand, 1, COMMITS + 1));
    g_autofree char *other = g_strdup_printf ("c%d", g_rand_int_range (rand, 1, COMMITS + 1));
    g_autofree char *script = g_strdup_printf ("!git merge-base --all %s %s || echo none", one, other);
    g_autofree char *alias = g_strconcat ("alias.bases=", script, NULL);
    g_autofree char *bases = fixture_pipe (fixture, "", 0, "-c", alias, "bases", NULL);
    g_autofree char *found = find (fixture_path (fixture), one, other, NULL);
    if (strstr (bases, found) == NULL)
      fail_msg ("seed %u: %s and %s: %s instead of %s", seed, one, other, found, bases);
  }
}

static void
test_git_agrees (G_GNUC_UNUSED void **state)
{
  check_pairs (1, FALSE);
  check_pairs (2, TRUE);
  check_pairs (3, TRUE);
}

static void
test_itself_and_ancestors (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  const char *first = fixture_commit (fixture, "A"), *second = fixture_commit (fixture, "B");
  g_autofree char *same = find (fixture_path (fixture), NULL, "main", NULL), *behind = find (fixture_path (fixture), NULL, first, NULL);
  g_autofree char *ahead = find (fixture_path (fixture), first, second, NULL);
  assert_string_equal (same, second);
  assert_string_equal (behind, first);
  assert_string_equal (ahead, first);
}

static void
test_unrelated (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;
  fixture_commit (fixture, "A");
  fixture_git (fixture, "checkout", "-q", "--orphan", "other", NULL);
  fixture_commit (fixture, "B");
  g_autofree char *found = find (fixture_path (fixture), "main", "other", &error);
  assert_string_equal (found, "none");
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_REPOSITORY));
  assert_non_null (strstr (error->message, "no commit in common"));
  assert_null (strstr (error->message, "shallow"));
}

/* A clone of the last two commits of each branch has the base of both where it is that near, whatever else is missing. */
static void
test_shallow (G_GNUC_UNUSED void **state)
{
  g_autoptr (Fixture) fixture = fixture_new (), clone = fixture_new ();
  g_autoptr (GError) error = NULL;
  fixture_commit (fixture, "A");
  const char *base = fixture_commit (fixture, "B");
  fixture_git (fixture, "checkout", "-q", "-b", "side", NULL);
  fixture_write (fixture, "a", "1");
  fixture_commit (fixture, "C");
  fixture_git (fixture, "checkout", "-q", "main", NULL);
  fixture_commit (fixture, "D");
  g_autofree char *url = g_strconcat ("file://", fixture_path (fixture), NULL);
  fixture_git (clone, "fetch", "-q", "--depth", "2", url, "main:left", "side:right", NULL);
  g_autofree char *found = find (fixture_path (clone), "left", "right", &error);
  assert_string_equal (found, base);

  g_autoptr (Fixture) shallower = fixture_new ();
  fixture_git (shallower, "fetch", "-q", "--depth", "1", url, "main:left", "side:right", NULL);
  g_autofree char *nothing = find (fixture_path (shallower), "left", "right", &error);
  assert_string_equal (nothing, "none");
  assert_non_null (strstr (error->message, "fetch-depth: 0"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_git_agrees),
    cmocka_unit_test (test_itself_and_ancestors),
    cmocka_unit_test (test_unrelated),
    cmocka_unit_test (test_shallow),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
