/* The rules that the build took in: every YAML file's stored tree is the tree of its text, and a directory's file wins over both. */
#include "base/data.h"
#include "cli/embedded.h"
#include "rules.h"
#include <gio/gio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static int
register_rules (void **state)
{
  (void) state;
  cd_embedded_register ();
  return 0;
}

static void
compare (const char *name, const CdYamlNode *a, const CdYamlNode *b)
{
  if (a->kind != b->kind || a->line != b->line || a->column != b->column || a->quoted != b->quoted || a->length != b->length
      || g_strcmp0 (a->scalar, b->scalar) != 0)
    fail_msg ("%s:%u:%u: another node is stored", name, a->line, a->column);
  for (guint i = 0; i < a->length; i++) {
    if (a->kind == CD_YAML_MAPPING)
      compare (name, cd_yaml_key_at (a, i), cd_yaml_key_at (b, i));
    else
      assert_null (cd_yaml_key_at (b, i));
    compare (name, cd_yaml_at (a, i), cd_yaml_at (b, i));
  }
}

static void
stored_trees_are_those_of_the_texts (void **state)
{
  (void) state;
  g_autoptr (CdData) data = cd_data_new (NULL, NULL);
  g_auto (GStrv) names = cd_data_list (data, "rubrics");
  guint compared = 0;
  for (guint i = 0; names[i] != NULL; i++) {
    if (!g_str_has_suffix (names[i], ".yaml"))
      continue;
    g_autofree char *resource = g_strconcat ("/candor/trees/", names[i], NULL);
    if (!g_resources_get_info (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL))
      fail_msg ("%s: no tree is stored", names[i]);
    g_autoptr (GBytes) bytes = cd_data_load (data, names[i], NULL);
    gsize length = 0;
    const char *text = g_bytes_get_data (bytes, &length);
    g_autoptr (CdYaml) fresh = cd_yaml_parse (names[i], text, length, NULL), stored = cd_data_yaml (data, names[i], NULL);
    assert_string_equal (cd_yaml_name (stored), names[i]);
    compare (names[i], cd_yaml_root (fresh), cd_yaml_root (stored));
    compared++;
  }
  assert_true (compared > 20);
}

static void
a_directory_wins_over_stored_trees (void **state)
{
  (void) state;
  static const char *const files[] = { "knowledge/providers.yaml", "providers: mine\n", "tti.yaml", "a: [\n", NULL };
  char *root = rules_new (files);
  g_autoptr (CdData) data = cd_data_new (root, NULL);
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, "rubrics/knowledge/providers.yaml", NULL);
  g_autofree char *expected = g_build_filename (root, "knowledge/providers.yaml", NULL);
  assert_string_equal (cd_yaml_name (yaml), expected);
  assert_string_equal (cd_yaml_string (cd_yaml_get (cd_yaml_root (yaml), "providers")), "mine");
  g_autoptr (GError) error = NULL;
  assert_null (cd_data_yaml (data, "rubrics/tti.yaml", &error));
  assert_non_null (strstr (error->message, "tti.yaml:2:1: "));
  g_clear_error (&error);
  assert_null (cd_data_yaml (data, "rubrics/nothing-of-that-name.yaml", &error));
  assert_string_equal (error->message, "there is no rule file rubrics/nothing-of-that-name.yaml");
  rules_free (root);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (stored_trees_are_those_of_the_texts),
    cmocka_unit_test (a_directory_wins_over_stored_trees),
  };
  return cmocka_run_group_tests (tests, register_rules, NULL);
}
