/* The store: what is put in comes out, old versions are brought up to date, strange and damaged files are refused and left alone, and eight processes
 * writing at once lose nothing. */
#include "store/store.h"
#include "fixture.h"
#include <glib/gstdio.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static char *folder; /* of the running test */

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("candor-store-XXXXXX", NULL);
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

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static CdStore *
open_store (const char *name)
{
  g_autofree char *path = path_of (name);
  g_autoptr (GError) error = NULL;
  CdStore *store = cd_store_open (path, &error);
  if (store == NULL)
    fail_msg ("%s", error->message);
  return store;
}

static CdStoreKey
key_of (const char *work, const char *commit)
{
  return (CdStoreKey){ .work = work, .source = "https://example.org/x", .commit = commit, .options = "history=", .rules = "r1" };
}

static char *
audit_of (const char *date, const char *text)
{
  return g_strdup_printf ("{\"subject\": {\"date\": \"%s\"}, \"text\": \"%s\"}", date, text);
}

static void
put (CdStore *store, const char *work, const char *commit, const char *json, const char *failure)
{
  CdStoreKey key = key_of (work, commit);
  g_autoptr (GError) error = NULL;
  if (!cd_store_put (store, &key, json, failure, &error))
    fail_msg ("%s", error->message);
}

static CdStoredAudit *
get (CdStore *store, const char *work, const char *commit)
{
  CdStoreKey key = key_of (work, commit);
  g_autoptr (GError) error = NULL;
  CdStoredAudit *audit = cd_store_get (store, &key, &error);
  assert_null (error);
  return audit;
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *database = NULL;
  assert_int_equal (sqlite3_open (path, &database), SQLITE_OK);
  char *message = NULL;
  if (sqlite3_exec (database, sql, NULL, NULL, &message) != SQLITE_OK)
    fail_msg ("%s: %s", sql, message);
  sqlite3_close (database);
}

static void
what_is_put_comes_out (void **state)
{
  (void) state;
  g_autoptr (CdStore) store = open_store ("deep/er/store.sqlite");
  assert_null (get (store, "a", "c1"));
  g_autofree char *json = audit_of ("2024-01-01", "x\xc3\xa9");
  put (store, "a", "c1", json, NULL);
  put (store, "b", "c1", NULL, "no such commit");
  g_autoptr (CdStoredAudit) first = get (store, "a", "c1");
  assert_string_equal (first->json, json);
  assert_null (first->failure);
  assert_string_equal (first->source, "https://example.org/x");
  g_autoptr (CdStoredAudit) second = get (store, "b", "c1");
  assert_null (second->json);
  assert_string_equal (second->failure, "no such commit");
  put (store, "b", "c1", json, NULL);
  g_autoptr (CdStoredAudit) again = get (store, "b", "c1");
  assert_string_equal (again->json, json);
  assert_null (again->failure);
  put (store, "b", "c1", NULL, "out of memory");
  g_autoptr (CdStoredAudit) kept = get (store, "b", "c1");
  assert_string_equal (kept->json, json);
}

static void
every_part_of_the_key_counts (void **state)
{
  (void) state;
  g_autoptr (CdStore) store = open_store ("store.sqlite");
  put (store, "a", "c1", "{}", NULL);
  const CdStoreKey others[] = {
    { "b", "https://example.org/x", "c1", "history=", "r1" }, { "a", "https://example.org/y", "c1", "history=", "r1" },
    { "a", "https://example.org/x", "c2", "history=", "r1" }, { "a", "https://example.org/x", "c1", "history=tags", "r1" },
    { "a", "https://example.org/x", "c1", "history=", "r2" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    assert_null (cd_store_get (store, &others[i], NULL));
}

static void
a_works_audits_are_in_order_of_time (void **state)
{
  (void) state;
  g_autoptr (CdStore) store = open_store ("store.sqlite");
  static const char *const rows[][2] = { { "c9", "2024-01-01" }, { "c2", "2024-03-01" }, { "c1", "2024-03-01" }, { "c5", "2024-02-01" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *json = audit_of (rows[i][1], rows[i][0]);
    put (store, "a", rows[i][0], json, NULL);
  }
  put (store, "other", "c3", "{}", NULL);
  g_autoptr (GPtrArray) audits = cd_store_of_work (store, "a", "history=", "r1", NULL);
  static const char *const order[] = { "c9", "c5", "c1", "c2" };
  assert_int_equal (audits->len, G_N_ELEMENTS (order));
  for (guint i = 0; i < audits->len; i++)
    assert_string_equal (((CdStoredAudit *) audits->pdata[i])->commit, order[i]);
}

static void
blobs_stay_as_they_were_put_first (void **state)
{
  (void) state;
  g_autoptr (CdStore) store = open_store ("store.sqlite");
  assert_null (cd_store_blob (store, "k1", NULL));
  g_autoptr (GPtrArray) keys = g_ptr_array_new (), values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (keys, (gpointer) "k1");
  g_ptr_array_add (values, g_bytes_new_static ("a\0b", 3));
  g_ptr_array_add (keys, (gpointer) "k2");
  g_ptr_array_add (values, g_bytes_new (NULL, 0));
  g_ptr_array_add (keys, (gpointer) "k1");
  g_ptr_array_add (values, g_bytes_new_static ("later", 5));
  assert_true (cd_store_put_blobs (store, keys, values, NULL));
  g_autoptr (GBytes) first = cd_store_blob (store, "k1", NULL), second = cd_store_blob (store, "k2", NULL);
  assert_int_equal (g_bytes_get_size (first), 3);
  assert_memory_equal (g_bytes_get_data (first, NULL), "a\0b", 3);
  assert_int_equal (g_bytes_get_size (second), 0);
}

/* A store as version 1 was written; the JSON is zlib's of "{}". */
#define VERSION_1                                                                                                                                    \
  "PRAGMA application_id = 1131308146; PRAGMA user_version = 1;"                                                                                     \
  "CREATE TABLE audit (id INTEGER PRIMARY KEY, work TEXT NOT NULL, source TEXT NOT NULL, revision TEXT NOT NULL, options TEXT NOT NULL,"             \
  " rules TEXT NOT NULL, date TEXT NOT NULL, json BLOB, failure TEXT, CHECK ((json IS NULL) <> (failure IS NULL)),"                                  \
  " UNIQUE (work, options, rules, revision, source));"                                                                                               \
  "INSERT INTO audit VALUES (7, 'a', 'https://example.org/x', 'c1', 'history=', 'r1', '2024-01-01', x'789cabae0500017500f9', NULL);"                 \
  "INSERT INTO audit VALUES (9, 'b', 'https://example.org/x', 'c1', 'history=', 'r1', '', NULL, 'it was not there')"

static void
an_older_store_is_brought_up_to_date (void **state)
{
  (void) state;
  g_autofree char *path = path_of ("old.sqlite");
  run_sql (path, VERSION_1);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (CdStore) store = open_store ("old.sqlite");
    g_autoptr (CdStoredAudit) first = get (store, "a", "c1"), second = get (store, "b", "c1");
    assert_string_equal (first->json, "{}");
    assert_string_equal (second->failure, "it was not there");
    g_autoptr (GPtrArray) keys = g_ptr_array_new (), values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
    g_ptr_array_add (keys, (gpointer) "k");
    g_ptr_array_add (values, g_bytes_new_static ("v", 1));
    assert_true (cd_store_put_blobs (store, keys, values, NULL));
  }
}

static void
refuse (const char *path, CdErrorCode code, const char *says)
{
  g_autofree char *before = NULL, *after = NULL;
  gsize length = 0, length_after = 0;
  g_file_get_contents (path, &before, &length, NULL);
  g_autoptr (GError) error = NULL;
  assert_null (cd_store_open (path, &error));
  assert_true (g_error_matches (error, CD_ERROR, (gint) code));
  if (strstr (error->message, says) == NULL || strstr (error->message, path) == NULL)
    fail_msg ("%s", error->message);
  g_file_get_contents (path, &after, &length_after, NULL);
  assert_int_equal (length, length_after);
  assert_true (length == 0 || memcmp (before, after, length) == 0);
}

static void
strange_files_are_refused_and_left_alone (void **state)
{
  (void) state;
  g_autofree char *newer = path_of ("newer.sqlite"), *strange = path_of ("strange.sqlite"), *text = path_of ("text.sqlite");
  run_sql (newer, "PRAGMA application_id = 1131308146; PRAGMA user_version = 99; CREATE TABLE audit (id)");
  refuse (newer, CD_ERROR_INPUT, "a newer candor made this store: its version is 99");
  run_sql (strange, "CREATE TABLE bookmarks (url); INSERT INTO bookmarks VALUES ('x')");
  refuse (strange, CD_ERROR_INPUT, "another program's database");
  assert_true (
      g_file_set_contents (text, "works:\n  - name: a rather long file of text that is nobody's database at all, whatever it is called\n", -1, NULL));
  refuse (text, CD_ERROR_INPUT, "no database");
  refuse (folder, CD_ERROR_INPUT, "a folder");
  g_autofree char *below = g_build_filename (text, "store.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  assert_null (cd_store_open (below, &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INTERNAL));
}

/* Zeros over everything behind the first page. */
static void
a_damaged_store_says_so_and_is_kept (void **state)
{
  (void) state;
  g_autofree char *path = path_of ("store.sqlite");
  g_autoptr (CdStore) store = open_store ("store.sqlite");
  for (guint i = 0; i < 200; i++) {
    g_autofree char *name = g_strdup_printf ("work %u", i);
    put (store, name, "c1", "{}", NULL);
  }
  g_clear_pointer (&store, cd_store_close);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  assert_true (length > 3 * 4096);
  memset (bytes + 4096, 0, length - 4096);
  assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  g_autoptr (GError) error = NULL;
  store = cd_store_open (path, &error);
  CdStoreKey key = key_of ("work 7", "c1");
  if (store != NULL)
    assert_null (cd_store_get (store, &key, &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  assert_non_null (strstr (error->message, "damaged"));
  assert_non_null (strstr (error->message, path));
  g_clear_pointer (&store, cd_store_close);
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_autofree char *sound = path_of ("sound.sqlite");
  run_sql (sound, VERSION_1);
  run_sql (sound, "UPDATE audit SET json = x'789cff' WHERE work = 'a'");
  store = open_store ("sound.sqlite");
  key = key_of ("a", "c1");
  assert_null (cd_store_get (store, &key, &error));
  assert_non_null (strstr (error->message, "an audit in the store is damaged"));
}

static void
a_merge_takes_what_is_missing (void **state)
{
  (void) state;
  g_autoptr (CdStore) one = open_store ("one.sqlite"), two = open_store ("two.sqlite");
  put (one, "a", "c1", "{\"a\": 1}", NULL);
  put (one, "b", "c1", NULL, "failed here");
  put (one, "d", "c1", "{\"d\": 1}", NULL);
  put (two, "a", "c1", "{\"a\": 2}", NULL);
  put (two, "b", "c1", "{\"b\": 2}", NULL);
  put (two, "c", "c1", "{\"c\": 2}", NULL);
  put (two, "d", "c1", NULL, "failed there");
  put (two, "e", "c1", NULL, "failed there");
  g_autoptr (GPtrArray) keys = g_ptr_array_new (), values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (keys, (gpointer) "k");
  g_ptr_array_add (values, g_bytes_new_static ("v", 1));
  assert_true (cd_store_put_blobs (two, keys, values, NULL));
  g_clear_pointer (&two, cd_store_close);
  g_autofree char *path = path_of ("two.sqlite"), *itself = path_of ("one.sqlite"), *none = path_of ("none.sqlite");
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 2; i++)
    if (!cd_store_merge (one, path, &error))
      fail_msg ("%s", error->message);
  assert_true (cd_store_merge (one, itself, NULL));
  static const char *const expected[][2]
      = { { "a", "{\"a\": 1}" }, { "b", "{\"b\": 2}" }, { "c", "{\"c\": 2}" }, { "d", "{\"d\": 1}" }, { "e", NULL } };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (CdStoredAudit) audit = get (one, expected[i][0], "c1");
    if (expected[i][1] != NULL)
      assert_string_equal (audit->json, expected[i][1]);
    else
      assert_string_equal (audit->failure, "failed there");
  }
  g_autoptr (GBytes) blob = cd_store_blob (one, "k", NULL);
  assert_int_equal (g_bytes_get_size (blob), 1);
  assert_false (cd_store_merge (one, none, &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
}

#define PROCESSES 8u
#define AUDITS 25u

/* In a process of its own; what it wrote is asked about by the test. */
static void
write_many (guint process)
{
  g_autofree char *path = path_of ("shared.sqlite");
  g_autoptr (GError) error = NULL;
  g_autoptr (CdStore) store = cd_store_open (path, &error);
  g_autofree char *json = audit_of ("2024-01-01", path);
  for (guint i = 0; store != NULL && i < AUDITS; i++) {
    g_autofree char *work = g_strdup_printf ("work %u.%u", process, i), *own = g_strdup_printf ("own %u.%u", process, i);
    g_autofree char *shared = g_strdup_printf ("shared %u", i);
    CdStoreKey key = key_of (work, "c1"), same = key_of (shared, "c1");
    g_autoptr (GPtrArray) keys = g_ptr_array_new (), values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
    g_ptr_array_add (keys, own);
    g_ptr_array_add (keys, shared);
    g_ptr_array_add (values, g_bytes_new (own, strlen (own)));
    g_ptr_array_add (values, g_bytes_new (shared, strlen (shared)));
    if (!cd_store_put (store, &key, json, NULL, &error) || !cd_store_put (store, &same, json, NULL, &error)
        || !cd_store_put_blobs (store, keys, values, &error))
      break;
  }
  if (error != NULL)
    g_printerr ("process %u: %s\n", process, error->message);
  _exit (error != NULL);
}

static void
eight_processes_lose_nothing (void **state)
{
  (void) state;
  pid_t children[PROCESSES];
  for (guint i = 0; i < PROCESSES; i++)
    if ((children[i] = fork ()) == 0)
      write_many (i);
  for (guint i = 0; i < PROCESSES; i++) {
    int status = -1;
    assert_int_equal (waitpid (children[i], &status, 0), children[i]);
    assert_int_equal (status, 0);
  }
  g_autoptr (CdStore) store = open_store ("shared.sqlite");
  for (guint i = 0; i < PROCESSES; i++)
    for (guint k = 0; k < AUDITS; k++) {
      g_autofree char *work = g_strdup_printf ("work %u.%u", i, k), *own = g_strdup_printf ("own %u.%u", i, k);
      g_autoptr (CdStoredAudit) audit = get (store, work, "c1");
      g_autoptr (GBytes) blob = cd_store_blob (store, own, NULL);
      assert_non_null (audit);
      assert_non_null (blob);
      assert_int_equal (g_bytes_get_size (blob), strlen (own));
    }
}

int
main (void)
{
#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE (what_is_put_comes_out),
    CASE (every_part_of_the_key_counts),
    CASE (a_works_audits_are_in_order_of_time),
    CASE (blobs_stay_as_they_were_put_first),
    CASE (an_older_store_is_brought_up_to_date),
    CASE (strange_files_are_refused_and_left_alone),
    CASE (a_damaged_store_says_so_and_is_kept),
    CASE (a_merge_takes_what_is_missing),
    CASE (eight_processes_lose_nothing),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
