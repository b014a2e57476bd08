/* The upstream table: built from small git repositories, read back, refused when broken. */
#include "cli/cmd.h"
#include "git/history.h"
#include "scope/upstream.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define LONG_TEXT "this line is long enough that the file counts as more than a stub, %s\n"

static char *root;

static void
run (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *tail = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *line = g_strdup_printf ("cd '%s' && %s", root, tail);
  const char *argv[] = { "/bin/sh", "-c", line, NULL };
  int status = 0;
  assert_true (
      g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL));
  assert_int_equal (status, 0);
}

static void
put (const char *path, const char *word)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  g_autofree char *text = g_strdup_printf (LONG_TEXT, word);
  g_mkdir_with_parents (folder, 0700);
  assert_true (g_file_set_contents (full, text, -1, NULL));
}

static void
commit (const char *repository, int year)
{
  run ("cd %s && git add -A && GIT_COMMITTER_DATE='%d-01-01T00:00:00Z' git -c user.name=A -c user.email=a@b.c commit -q -m x "
       "--date='%d-01-01T00:00:00Z'",
       repository, year, year);
}

/* Two projects: "late" has a file that it copied from "early", listed after it. */
static int
set_up (void **state)
{
  (void) state;
  root = g_dir_make_tmp ("candor-upstream-XXXXXX", NULL);
  assert_non_null (root);
  run ("git init -q early && git init -q late && mkdir out again");
  put ("early/train.py", "first version");
  put ("early/page.html", "a page");
  put ("early/weights.bin", "of a kind that is not listed");
  run ("printf 'x = 1\\n' > early/__init__.py");
  commit ("early", 2020);
  put ("early/train.py", "second version");
  commit ("early", 2021);
  put ("late/copied.py", "first version");
  put ("late/own.py", "own");
  put ("late/src/lib/deep.py", "first version");
  commit ("late", 2023);
  g_autofree char *path = g_build_filename (root, "list.yaml", NULL);
  g_autofree char *text = g_strdup_printf ("repositories:\n"
                                           "  - {id: late, repository: https://github.com/Some/Late, location: %s/late, names: [late-lib]}\n"
                                           "  - {id: early, repository: https://github.com/Some/Early, location: %s/early, names: [Early_Lib]}\n"
                                           "  - {id: huge, repository: https://github.com/Some/Huge, names: [huge], reason: too large}\n",
                                           root, root);
  return g_file_set_contents (path, text, -1, NULL) ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  run ("rm -rf '%s'", root);
  g_clear_pointer (&root, g_free);
  return 0;
}

static int
build (const char *list, const char *out, const char *max_bytes, GError **error)
{
  g_autofree char *from = g_build_filename (root, list, NULL);
  g_autofree char *into = g_build_filename (root, out, NULL);
  const char *argv[] = { "upstream", "build", from, "-q", "-o", into, "--max-bytes", max_bytes, NULL };
  return cd_cmd_upstream (8, (char **) argv, error);
}

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  char *text = NULL;
  gsize length = 0;
  assert_true (g_file_get_contents (path, &text, &length, NULL));
  return g_bytes_new_take (text, length);
}

static CdUpstream *
read_table (const char *folder)
{
  g_autofree char *yaml_name = g_build_filename (folder, "upstream.yaml", NULL);
  g_autofree char *blobs_name = g_build_filename (folder, "blobs.bin", NULL);
  g_autoptr (GBytes) yaml = load (yaml_name);
  g_autofree char *paths_name = g_build_filename (folder, "paths.bin", NULL);
  g_autoptr (GBytes) blobs = load (blobs_name);
  g_autoptr (GBytes) paths = load (paths_name);
  gsize length = 0;
  const char *text = g_bytes_get_data (yaml, &length);
  g_autoptr (GError) error = NULL;
  CdUpstream *table = cd_upstream_new ("upstream.yaml", text, length, blobs, paths, &error);
  assert_null (error);
  return table;
}

static CdOid
oid_of (const char *content)
{
  g_autofree char *header = g_strdup_printf ("blob %zu", strlen (content));
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (sum, (const guchar *) header, (gssize) strlen (header) + 1);
  g_checksum_update (sum, (const guchar *) content, (gssize) strlen (content));
  CdOid oid;
  gsize length = sizeof oid.bytes;
  g_checksum_get_digest (sum, oid.bytes, &length);
  return oid;
}

static gint
find (const CdUpstream *table, const char *word)
{
  g_autofree char *text = g_strdup_printf (LONG_TEXT, word);
  CdOid oid = oid_of (text);
  return cd_upstream_find (table, &oid, NULL);
}

static void
test_every_version_is_found (void **state)
{
  (void) state;
  g_autoptr (GError) error = NULL;
  assert_int_equal (build ("list.yaml", "out", "8000000", &error), 0);
  assert_null (error);
  g_autoptr (CdUpstream) table = read_table ("out");
  assert_int_equal (cd_upstream_length (table), 3);
  const struct {
    const char *word;
    gint project;
  } cases[] = {
    { "first version", 1 }, /* of both; the one that had it first */
    { "second version", 1 }, { "own", 0 }, { "a page", 1 }, { "of a kind that is not listed", -1 }, { "nobody's", -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (find (table, cases[i].word), cases[i].project);
  CdOid stub = oid_of ("x = 1\n");
  assert_int_equal (cd_upstream_find (table, &stub, NULL), -1);
  assert_int_equal (cd_upstream_project (table, 1)->blobs, 3);
  assert_int_equal (cd_upstream_project (table, 2)->blobs, 0);
  assert_string_equal (cd_upstream_project (table, 2)->reason, "too large");
  assert_null (cd_upstream_project (table, 3));
}

static void
test_day_and_path (void **state)
{
  (void) state;
  assert_int_equal (build ("list.yaml", "out", "8000000", NULL), 0);
  g_autoptr (CdUpstream) table = read_table ("out");
  g_autofree char *text = g_strdup_printf (LONG_TEXT, "second version");
  CdOid oid = oid_of (text);
  gint64 day = 0;
  assert_int_equal (cd_upstream_find (table, &oid, &day), 1);
  assert_int_equal (day, 18628); /* 2021-01-01 */
  assert_true (cd_upstream_knows_path (table, "copied.py"));
  assert_true (cd_upstream_knows_path (table, "anywhere/lib/deep.py"));
  assert_false (cd_upstream_knows_path (table, "anywhere/lab/deep.py"));
  assert_false (cd_upstream_knows_path (table, "weights.bin"));
}

static void
test_building_again_gives_the_same_bytes (void **state)
{
  (void) state;
  g_autoptr (GError) error = NULL;
  assert_int_equal (build ("list.yaml", "out", "8000000", &error), 0);
  assert_int_equal (build ("list.yaml", "again", "8000000", &error), 0);
  const char *names[] = { "blobs.bin", "paths.bin", "upstream.yaml" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *a = g_build_filename ("out", names[i], NULL);
    g_autofree char *b = g_build_filename ("again", names[i], NULL);
    g_autoptr (GBytes) first = load (a);
    g_autoptr (GBytes) second = load (b);
    assert_true (g_bytes_equal (first, second));
  }
}

static void
test_names_roots_and_urls (void **state)
{
  (void) state;
  assert_int_equal (build ("list.yaml", "out", "8000000", NULL), 0);
  g_autoptr (CdUpstream) table = read_table ("out");
  assert_int_equal (cd_upstream_named (table, "early-lib"), 1);
  assert_int_equal (cd_upstream_named (table, "LATE_LIB"), 0);
  assert_int_equal (cd_upstream_named (table, "src"), -1);
  assert_int_equal (cd_upstream_named (table, "-"), -1);
  assert_int_equal (cd_upstream_hosted (table, "https://github.com/some/early/blob/main/train.py"), 1);
  assert_int_equal (cd_upstream_hosted (table, "https://github.com/some/earlier"), -1);
  assert_int_equal (cd_upstream_hosted (table, "docs/train.md"), -1);
  assert_non_null (cd_upstream_project (table, 1)->roots[0]);
  assert_int_equal (cd_upstream_rooted (table, cd_upstream_project (table, 1)->roots[0]), 1);
  assert_int_equal (cd_upstream_rooted (table, "0000000000000000000000000000000000000000"), -1);
}

static void
test_bound_leaves_kinds_out (void **state)
{
  (void) state;
  g_autoptr (GError) error = NULL;
  assert_int_equal (build ("list.yaml", "out", "30", &error), 0); /* four blobs would be 40 bytes */
  g_autoptr (CdUpstream) table = read_table ("out");
  assert_int_equal (find (table, "a page"), -1);
  assert_int_equal (find (table, "second version"), 1);
  g_autoptr (GBytes) yaml = load ("out/upstream.yaml");
  assert_non_null (g_strstr_len (g_bytes_get_data (yaml, NULL), (gssize) g_bytes_get_size (yaml), "\"web pages\""));
  assert_int_equal (build ("list.yaml", "out", "20", &error), 2); /* three Python files do not fit */
  assert_non_null (strstr (error->message, "do not fit"));
}

static void
test_bad_input_is_refused (void **state)
{
  (void) state;
  const struct {
    const char *yaml, *message;
  } cases[] = {
    { "projects: 3\n", "a list 'projects' is missing" },
    { "projects:\n  - {id: a}\n", "needs id and repository" },
    { "projects:\n  - {id: a, repository: b, blobs: -1}\n", "not a count" },
    { "projects:\n  - {id: a, repository: b, blob: 1}\n", "blobs" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    assert_null (cd_upstream_new ("list.yaml", cases[i].yaml, strlen (cases[i].yaml), NULL, NULL, &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
    assert_non_null (strstr (error->message, cases[i].message));
  }
  g_autoptr (GBytes) odd = g_bytes_new_static ("1234567", 7);
  g_autoptr (GError) error = NULL;
  assert_null (cd_upstream_new ("list.yaml", "projects: []\n", 13, odd, NULL, &error));
  assert_non_null (strstr (error->message, "records"));
}

static void
test_index_past_the_projects_is_no_hit (void **state)
{
  (void) state;
  CdOid oid = { { 1, 2, 3, 4, 5, 6, 7 } };
  g_autoptr (GBytes) blobs = g_bytes_new_static ("\1\2\3\4\5\6\7\11\0\0", 10);
  g_autoptr (CdUpstream) table = cd_upstream_new ("t", "projects: []\n", 13, blobs, NULL, NULL);
  assert_non_null (table);
  assert_int_equal (cd_upstream_find (table, &oid, NULL), -1);
}

static void
test_wrong_usage (void **state)
{
  (void) state;
  const char *argv[] = { "upstream", "renew", "list.yaml", NULL };
  g_autoptr (GError) error = NULL;
  assert_int_equal (cd_cmd_upstream (3, (char **) argv, &error), 2);
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_USAGE));
}

static void
test_kinds_of_files (void **state)
{
  (void) state;
  const struct {
    const char *path;
    gint64 size;
    gboolean listed;
  } cases[] = {
    { "a/b.py", 64, TRUE },
    { "a/b.py", 63, FALSE },
    { "a/B.PY", 100, TRUE },
    { "LICENSE", 1000, TRUE },
    { "a/Dockerfile.gpu", 100, TRUE },
    { "a.parquet", 1000, FALSE },
    { "a/logo.png", 1000, FALSE },
    { "py", 1000, FALSE },
    { "a.d/data", 1000, FALSE },
    { "x.py", -1, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (cd_upstream_lists (cases[i].path, cases[i].size), cases[i].listed);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_every_version_is_found),
    cmocka_unit_test (test_building_again_gives_the_same_bytes),
    cmocka_unit_test (test_names_roots_and_urls),
    cmocka_unit_test (test_bound_leaves_kinds_out),
    cmocka_unit_test (test_bad_input_is_refused),
    cmocka_unit_test (test_index_past_the_projects_is_no_hit),
    cmocka_unit_test (test_wrong_usage),
    cmocka_unit_test (test_kinds_of_files),
    cmocka_unit_test (test_day_and_path),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
