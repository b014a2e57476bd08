/* Rule files from a directory laid over the embedded ones: loading, listing, digests, and names in messages. */
#include "base/data.h"
#include "rules.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const char *const files[] = {
  "tti.yaml", "rubric: x\n", "signals/b.yaml", "b\n", "signals/a.yaml", "a\n", "signals/.hidden.yaml", "h\n", "signals/deep/c.yaml", "c\n", NULL
};

static void
a_file_is_loaded_with_its_terminator (void **state)
{
  (void) state;
  char *root = rules_new (files);
  g_autoptr (CdData) data = cd_data_new (root, NULL);
  g_autoptr (GBytes) bytes = cd_data_load (data, "rubrics/signals/a.yaml", NULL);
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  assert_int_equal (length, 2);
  assert_string_equal (text, "a\n");
  g_autofree char *where = cd_data_where (data, "rubrics/signals/a.yaml");
  g_autofree char *expected = g_build_filename (root, "signals/a.yaml", NULL);
  assert_string_equal (where, expected);
  g_autofree char *elsewhere = cd_data_where (data, "rubrics/nothing-of-that-name.yaml");
  assert_string_equal (elsewhere, "rubrics/nothing-of-that-name.yaml");
  rules_free (root);
}

static void
missing_files_are_input_errors (void **state)
{
  (void) state;
  g_autoptr (GError) error = NULL;
  g_autoptr (CdData) data = cd_data_new (NULL, NULL);
  assert_null (cd_data_load (data, "rubrics/nothing-of-that-name.yaml", &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  assert_string_equal (error->message, "there is no rule file rubrics/nothing-of-that-name.yaml");
  g_clear_error (&error);
  assert_null (cd_data_new ("/nonexistent-rules", &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  assert_non_null (strstr (error->message, "/nonexistent-rules"));
}

static void
names_are_listed_in_order (void **state)
{
  (void) state;
  char *root = rules_new (files);
  g_autoptr (CdData) data = cd_data_new (root, NULL);
  g_auto (GStrv) names = cd_data_list (data, "rubrics/signals");
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  for (guint i = 0; names[i] != NULL; i++) {
    assert_true (i == 0 || strcmp (names[i - 1], names[i]) < 0);
    assert_null (strstr (names[i], "hidden"));
    g_ptr_array_add (found, names[i]);
  }
  static const char *const expected[] = { "rubrics/signals/a.yaml", "rubrics/signals/b.yaml", "rubrics/signals/deep/c.yaml" };
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_true (g_ptr_array_find_with_equal_func (found, expected[i], g_str_equal, NULL));
  g_auto (GStrv) none = cd_data_list (data, "rubrics/no-such-folder");
  assert_null (none[0]);
  rules_free (root);
}

static char *
digest_of (const char *const *names_and_texts)
{
  char *root = rules_new (names_and_texts);
  g_autoptr (CdData) data = cd_data_new (root, NULL);
  char *digest = cd_data_digest (data, "rubrics/signals");
  g_autofree char *again = cd_data_digest (data, "rubrics/signals");
  assert_string_equal (digest, again);
  rules_free (root);
  return digest;
}

/* Same bytes in another directory: same digest. Another name, or bytes moved from one file to the next: another. */
static void
digests_follow_names_and_bytes (void **state)
{
  (void) state;
  static const char *const first[] = { "signals/aa.yaml", "one\ntwo\n", "signals/bb.yaml", "three\n", NULL };
  static const char *const renamed[] = { "signals/aa.yaml", "one\ntwo\n", "signals/cc.yaml", "three\n", NULL };
  static const char *const moved[] = { "signals/aa.yaml", "one\n", "signals/bb.yaml", "two\nthree\n", NULL };
  g_autofree char *a = digest_of (first), *b = digest_of (first), *c = digest_of (renamed), *d = digest_of (moved);
  assert_int_equal (strlen (a), 64);
  assert_string_equal (a, b);
  assert_string_not_equal (a, c);
  assert_string_not_equal (a, d);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_file_is_loaded_with_its_terminator),
    cmocka_unit_test (missing_files_are_input_errors),
    cmocka_unit_test (names_are_listed_in_order),
    cmocka_unit_test (digests_follow_names_and_bytes),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
