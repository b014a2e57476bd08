/* Lists of works: what they say, faults with line and column, and names of pages. */
#include "fixture.h"
#include "leaderboard/page-name.h"
#include "leaderboard/works.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static char *folder;

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("candor-works-XXXXXX", NULL);
  return folder == NULL;
}

static int
tear_down (void **state)
{
  (void) state;
  fixture_remove (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static CdWorks *
read_text (const char *text, gssize length, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "works.yaml", NULL);
  assert_true (g_file_set_contents (path, text, length, NULL));
  return cd_works_read (path, error);
}

static void
a_list_is_read (void **state)
{
  (void) state;
  g_autofree char *answers = g_build_filename (folder, "answers.yaml", NULL), *near = g_build_filename (folder, "near/by", NULL);
  assert_true (g_file_set_contents (answers, "x\n", -1, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (CdWorks) works
      = read_text ("title: Some works\n"
                   "works:\n"
                   "  - name: Owner/One\n"
                   "    repository: https://example.org/owner/one\n"
                   "    commit: 0123456789abcdef0123456789abcdef01234567\n"
                   "  - {name: Two, repository: near/by, commit: 12345678, subdir: part/two, scope: ['*.md', src], note: \"n\",\n"
                   "     assessments: [answers.yaml]}\n"
                   "  - {name: Three, repository: 'git@example.org:owner/three', commit: v1.0, scope: docs}\n"
                   "  - {name: Four, repository: /over/there}\n",
                   -1, &error);
  if (works == NULL)
    fail_msg ("%s", error->message);
  assert_string_equal (works->title, "Some works");
  assert_int_equal (works->works->len, 4);
  const CdWorkEntry *one = works->works->pdata[0], *two = works->works->pdata[1], *three = works->works->pdata[2], *four = works->works->pdata[3];
  assert_string_equal (one->page, "Owner-One");
  assert_string_equal (one->location, "https://example.org/owner/one");
  assert_true (one->remote);
  assert_int_equal (one->line, 3);
  assert_null (one->scope);
  assert_string_equal (two->repository, "near/by");
  assert_string_equal (two->location, near);
  assert_false (two->remote);
  assert_string_equal (two->commit, "12345678");
  assert_string_equal (two->subdir, "part/two");
  assert_string_equal (two->scope[1], "src");
  assert_null (two->scope[2]);
  assert_string_equal (two->assessments[0], answers);
  assert_true (three->remote);
  assert_string_equal (three->scope[0], "docs");
  assert_null (four->commit);
  assert_string_equal (four->location, "/over/there");
}

static const struct {
  const char *text, *place, *says;
} faults[] = {
  { "- a\n", "1:1", "a mapping with the key \"works\"" },
  { "title: x\n", "1:1", "a list of one work or more" },
  { "works: []\n", "1:8", "a list of one work or more" },
  { "works: x\n", "1:8", "a list of one work or more" },
  { "works:\n  - x\n", "2:5", "a mapping with name and repository" },
  { "works:\n  - {name: a}\n", "2:5", "repository" },
  { "works:\n  - {repository: a}\n", "2:5", "name" },
  { "works:\n  - {name: a, repository: b, comit: c}\n", "2:30", "did you mean \"commit\"" },
  { "wroks: []\n", "1:1", "did you mean \"works\"" },
  { "works:\n  - {name: a, repository: b}\n  - {name: a, repository: c}\n", "3:12", "two works are called \"a\"; the other is on line 2" },
  { "works:\n  - {name: \"a\\nb\", repository: b}\n", "2:12", "one line" },
  { "works:\n  - {name: \"a\\u202eb\", repository: b}\n", "2:12", "one line" },
  { "works:\n  - {name: \" \", repository: b}\n", "2:12", "one line" },
  { "works:\n  - {name: a, repository: 'https://user:word@example.org/a/b'}\n", "2:27", "without credentials" },
  { "works:\n  - {name: a, repository: 'https://example.org/a/b?token=x'}\n", "2:27", "without credentials" },
  { "works:\n  - {name: a, repository: [b]}\n", "2:27", "repository" },
  { "works:\n  - {name: a, repository: b, commit: '--all'}\n", "2:38", "a commit's id" },
  { "works:\n  - {name: a, repository: b, commit: HEAD~1}\n", "2:38", "a commit's id" },
  { "works:\n  - {name: a, repository: b, commit: 'a b'}\n", "2:38", "a commit's id" },
  { "works:\n  - {name: a, repository: b, commit: 0123456789abcdef0123456789abcdef0123456701}\n", "2:38", "a commit's id" },
  { "works:\n  - {name: a, repository: b, commit: {x: y}}\n", "2:38", "a commit's id" },
  { "works:\n  - {name: a, repository: b, subdir: ../c}\n", "2:38", "a folder below" },
  { "works:\n  - {name: a, repository: b, subdir: /c}\n", "2:38", "a folder below" },
  { "works:\n  - {name: a, repository: b, scope: [x, '']}\n", "2:41", "a list of globs" },
  { "works:\n  - {name: a, repository: b, scope: [x, /y]}\n", "2:41", "a list of globs" },
  { "works:\n  - {name: a, repository: b, scope: {x: y}}\n", "2:37", "scope" },
  { "works:\n  - {name: a, repository: b, assessments: [none.yaml]}\n", "2:43", "there is no assessment \"none.yaml\"" },
  { "works:\n  - {name: a, repository: b, note: \"a\\tb\"}\n", "2:36", "one line" },
  { "title: [x]\nworks: []\n", "1:8", "title" },
  { "works:\n  - {name: a, repository: &x b}\n", "2:", "" },
  { "works: [\n", "2:1", "" },
};

static void
faults_are_told_with_their_place (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (CdWorks) works = read_text (faults[i].text, -1, &error);
    g_autofree char *place = g_strconcat ("works.yaml:", faults[i].place, NULL);
    if (works != NULL || !g_error_matches (error, CD_ERROR, CD_ERROR_INPUT))
      fail_msg ("%s was taken", faults[i].text);
    if (strstr (error->message, place) == NULL || strstr (error->message, faults[i].says) == NULL)
      fail_msg ("%s: %s", faults[i].text, error->message);
  }
}

static void
a_list_that_is_not_there_or_no_text (void **state)
{
  (void) state;
  g_autoptr (GError) error = NULL;
  assert_null (cd_works_read ("/nonexistent/works.yaml", &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  g_clear_error (&error);
  assert_null (read_text ("works:\n  - {name: \xff\xfe, repository: b}\n", -1, &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  g_clear_error (&error);
  assert_null (read_text ("works:\n  - {name: a\0b, repository: b}\n", 38, &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
}

static void
pages_have_safe_names_of_their_own (void **state)
{
  (void) state;
  static const char *const names[][2] = {
    { "Owner/Name", "Owner-Name" },
    { "a b", "a-b" },
    { "../../etc/passwd", "etc-passwd" },
    { "...", "work" },
    { "\xc3\x89t\xc3\xa9", "Ete" },
    { "x..y.", "x.y" },
    { "<script>", "script" },
    { "v1.0", "v1.0" },
    { "-rf", "rf" },
    { "a & b / c", "a-b-c" },
  };
  g_autoptr (CdPageNames) pages = cd_page_names_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *page = cd_page_name (pages, names[i][0]);
    assert_string_equal (page, names[i][1]);
  }
  static const char *const alike[]
      = { "owner/name", "OWNER NAME", "Owner-Name", "index", "INDEX", "\xe2\x98\x83", "\xf0\x9f\x98\x80", "work", "nul" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_hash_table_add (seen, g_ascii_strdown (names[i][1], -1));
  for (gsize i = 0; i < G_N_ELEMENTS (alike); i++) {
    g_autofree char *page = cd_page_name (pages, alike[i]);
    assert_true (page[strspn (page, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")] == '\0');
    assert_true (g_hash_table_add (seen, g_ascii_strdown (page, -1)));
  }
}

/* The one that comes again after others has the name that it had before them. */
static void
a_page_keeps_its_name_when_others_come (void **state)
{
  (void) state;
  g_autoptr (CdPageNames) few = cd_page_names_new (), many = cd_page_names_new ();
  g_free (cd_page_name (few, "a b"));
  g_autofree char *before = cd_page_name (few, "a/b");
  g_free (cd_page_name (many, "a b"));
  g_free (cd_page_name (many, "A B"));
  g_autofree char *after = cd_page_name (many, "a/b");
  assert_string_equal (before, after);
}

static void
a_long_name_is_cut (void **state)
{
  (void) state;
  g_autofree char *text = g_strnfill (10000, 'x');
  g_autoptr (CdPageNames) pages = cd_page_names_new ();
  g_autofree char *first = cd_page_name (pages, text);
  g_autofree char *second = cd_page_name (pages, text);
  assert_true (strlen (first) <= 80 && strlen (second) <= 100);
  assert_string_not_equal (first, second);
}

int
main (void)
{
#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE (a_list_is_read),
    CASE (faults_are_told_with_their_place),
    CASE (a_list_that_is_not_there_or_no_text),
    CASE (pages_have_safe_names_of_their_own),
    CASE (a_page_keeps_its_name_when_others_come),
    CASE (a_long_name_is_cut),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
