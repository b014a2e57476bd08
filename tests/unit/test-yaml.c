/* YAML trees: positions, kinds, and every refusal with its place. */
#include "base/limits.h"
#include "base/yaml.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static CdYaml *
must_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  CdYaml *yaml = cd_yaml_parse ("t.yaml", text, strlen (text), &error);
  if (yaml == NULL)
    fail_msg ("%s", error->message);
  return yaml;
}

static void
nodes_know_their_place (void **state)
{
  (void) state;
  g_autoptr (CdYaml) yaml = must_parse ("# remark\na: 1\nlist:\n  - x\n  - {k: 'v'}\nblock: |\n  two\n  lines\n");
  const CdYamlNode *root = cd_yaml_root (yaml);
  assert_int_equal (root->kind, CD_YAML_MAPPING);
  assert_int_equal (cd_yaml_length (root), 3);
  const CdYamlNode *list = cd_yaml_get (root, "list");
  assert_int_equal (list->kind, CD_YAML_SEQUENCE);
  assert_int_equal (cd_yaml_key (root, "list")->line, 3);
  assert_int_equal (cd_yaml_at (list, 0)->line, 4);
  assert_int_equal (cd_yaml_at (list, 0)->column, 5);
  const CdYamlNode *value = cd_yaml_get (cd_yaml_at (list, 1), "k");
  assert_string_equal (cd_yaml_string (value), "v");
  assert_true (value->quoted);
  assert_string_equal (cd_yaml_string (cd_yaml_get (root, "block")), "two\nlines\n");
  assert_true (cd_yaml_get (root, "block")->quoted);
  assert_null (cd_yaml_get (root, "absent"));
  assert_null (cd_yaml_get (list, "a"));
  assert_null (cd_yaml_at (list, 2));
  assert_int_equal (cd_yaml_length (NULL), 0);
  assert_string_equal (cd_yaml_name (yaml), "t.yaml");
}

static void
empty_documents_are_empty_mappings (void **state)
{
  (void) state;
  static const char *const texts[] = { "", "\n", "# only a remark\n", "---\n...\n" };
  for (guint i = 0; i < 3; i++) {
    g_autoptr (CdYaml) yaml = must_parse (texts[i]);
    assert_int_equal (cd_yaml_root (yaml)->kind, CD_YAML_MAPPING);
    assert_int_equal (cd_yaml_length (cd_yaml_root (yaml)), 0);
  }
  g_autoptr (CdYaml) yaml = must_parse (texts[3]);
  assert_true (cd_yaml_is_null (cd_yaml_root (yaml)));
}

static void
scalars_have_the_types_of_yaml (void **state)
{
  (void) state;
  static const struct {
    const char *text;
    gboolean null, is_int;
    gint64 n;
    gboolean is_double;
    double x;
    gboolean is_bool, truth;
  } cases[] = {
    { "12", FALSE, TRUE, 12, TRUE, 12, FALSE, FALSE },     { "-3", FALSE, TRUE, -3, TRUE, -3, FALSE, FALSE },
    { "+7", FALSE, TRUE, 7, TRUE, 7, FALSE, FALSE },       { "0x1f", FALSE, TRUE, 31, FALSE, 0, FALSE, FALSE },
    { "1e-5", FALSE, FALSE, 0, TRUE, 1e-5, FALSE, FALSE }, { "2.5", FALSE, FALSE, 0, TRUE, 2.5, FALSE, FALSE },
    { "1e999", FALSE, FALSE, 0, FALSE, 0, FALSE, FALSE },  { "e", FALSE, FALSE, 0, FALSE, 0, FALSE, FALSE },
    { "12a", FALSE, FALSE, 0, FALSE, 0, FALSE, FALSE },    { "99999999999999999999", FALSE, FALSE, 0, TRUE, 1e20, FALSE, FALSE },
    { "'12'", FALSE, FALSE, 0, FALSE, 0, FALSE, FALSE },   { "true", FALSE, FALSE, 0, FALSE, 0, TRUE, TRUE },
    { "no", FALSE, FALSE, 0, FALSE, 0, TRUE, FALSE },      { "Off", FALSE, FALSE, 0, FALSE, 0, TRUE, FALSE },
    { "'true'", FALSE, FALSE, 0, FALSE, 0, FALSE, FALSE }, { "~", TRUE, FALSE, 0, FALSE, 0, FALSE, FALSE },
    { "null", TRUE, FALSE, 0, FALSE, 0, FALSE, FALSE },    { "", TRUE, FALSE, 0, FALSE, 0, FALSE, FALSE },
    { "''", FALSE, FALSE, 0, FALSE, 0, FALSE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("v: %s\n", cases[i].text);
    g_autoptr (CdYaml) yaml = must_parse (text);
    const CdYamlNode *node = cd_yaml_get (cd_yaml_root (yaml), "v");
    gint64 n = 0;
    double x = 0;
    gboolean truth = FALSE;
    assert_int_equal (cd_yaml_is_null (node), cases[i].null);
    assert_int_equal (cd_yaml_string (node) == NULL, cases[i].null);
    assert_int_equal (cd_yaml_int (node, &n), cases[i].is_int);
    assert_int_equal (n, cases[i].n);
    assert_int_equal (cd_yaml_double (node, &x), cases[i].is_double);
    assert_true (x >= cases[i].x && x <= cases[i].x);
    assert_int_equal (cd_yaml_bool (node, &truth), cases[i].is_bool);
    assert_int_equal (truth, cases[i].truth);
  }
}

static void
faults_name_their_place (void **state)
{
  (void) state;
  static const struct {
    const char *text, *message;
  } cases[] = {
    { "a: 1\nb: 2\na: 3\n", "t.yaml:3:1: key \"a\" stands already on line 1" },
    { "{a1: 1, a2: 1, a3: 1, a4: 1, a5: 1, a6: 1, a7: 1, a8: 1, a9: 1, b1: 1, b2: 1, b3: 1, b4: 1, b5: 1, a2: 2}",
      "t.yaml:1:100: key \"a2\" stands already on line 1" },
    { "a: &x 1\nb: *x\n", "t.yaml:1:4: anchors and aliases are not allowed here" },
    { "b: *x\n", "t.yaml:1:4: anchors and aliases are not allowed here" },
    { "? [a]\n: 1\n", "t.yaml:1:3: a key must be a plain word or string" },
    { "a: 1\n---\nb: 1\n", "t.yaml:2:1: only one document is allowed in a file" },
    { "a: \"x\\0y\"\n", "t.yaml:1:4: a string holds a NUL character" },
    { "a: [1, 2\n", "t.yaml:2:1: did not find expected ',' or ']' while parsing a flow sequence" },
    { "a: b: c\n", "t.yaml:1:5: mapping values are not allowed in this context" },
    { "a: 1\nbb\xff: 2\n", "t.yaml:2:3: invalid leading UTF-8 octet" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    assert_null (cd_yaml_parse ("t.yaml", cases[i].text, strlen (cases[i].text), &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
    assert_string_equal (error->message, cases[i].message);
  }
}

static void
unknown_keys_name_the_nearest (void **state)
{
  (void) state;
  static const char *const allowed[] = { "pattern", "means", NULL };
  static const struct {
    const char *text, *message;
  } cases[] = {
    { "means: 1\npatern: 2\n", "t.yaml:2:1: unknown key \"patern\"; did you mean \"pattern\"?" },
    { "colour: 2\n", "t.yaml:1:1: unknown key \"colour\"; allowed here: pattern, means" },
    { "[1]", "t.yaml:1:1: expected keys with values here" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (CdYaml) yaml = must_parse (cases[i].text);
    assert_false (cd_yaml_check_keys (yaml, cd_yaml_root (yaml), allowed, &error));
    assert_string_equal (error->message, cases[i].message);
  }
  g_autoptr (CdYaml) yaml = must_parse ("means: 1\n");
  assert_true (cd_yaml_check_keys (yaml, cd_yaml_root (yaml), allowed, NULL));
}

static void
depth_and_size_are_bounded (void **state)
{
  (void) state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) deep = g_string_new (NULL);
  for (guint i = 0; i <= CD_LIMIT_YAML_DEPTH; i++)
    g_string_append_c (deep, '[');
  assert_null (cd_yaml_parse_lenient ("t.yaml", deep->str, deep->len, &error));
  assert_string_equal (error->message, "t.yaml:1:65: nested too deeply");
  g_clear_error (&error);
  g_autoptr (GString) large = g_string_new (NULL);
  for (guint i = 0; i <= CD_LIMIT_YAML_NODES; i++)
    g_string_append (large, "- a\n");
  assert_null (cd_yaml_parse ("t.yaml", large->str, large->len, &error));
  assert_non_null (strstr (error->message, "too many values"));
}

static void
lenient_shares_what_aliases_name (void **state)
{
  (void) state;
  static const char text[] = "base: &b {lr: 1}\nrun: *b\nrun: {lr: 2}\nother: *b\n---\nignored: 1\n";
  g_autoptr (CdYaml) yaml = cd_yaml_parse_lenient ("t.yaml", text, strlen (text), NULL);
  assert_non_null (yaml);
  const CdYamlNode *root = cd_yaml_root (yaml);
  assert_ptr_equal (cd_yaml_get (root, "other"), cd_yaml_get (root, "base"));
  assert_string_equal (cd_yaml_string (cd_yaml_get (cd_yaml_get (root, "run"), "lr")), "2");
  assert_int_equal (cd_yaml_length (root), 3);
}

/* Nine aliases at each of ten levels: a few hundred bytes that unfold into 10^9 nodes; and an alias inside what it names. */
static void
lenient_refuses_bombs_and_cycles (void **state)
{
  (void) state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) bomb = g_string_new ("a0: &a0 [x]\n");
  for (guint i = 1; i < 10; i++) {
    g_string_append_printf (bomb, "a%u: &a%u [", i, i);
    for (guint j = 0; j < 9; j++)
      g_string_append_printf (bomb, "%s*a%u", j == 0 ? "" : ", ", i - 1);
    g_string_append (bomb, "]\n");
  }
  assert_null (cd_yaml_parse_lenient ("t.yaml", bomb->str, bomb->len, &error));
  assert_non_null (strstr (error->message, "too many values"));
  g_clear_error (&error);
  static const char cycle[] = "a: &a [*a]\n";
  assert_null (cd_yaml_parse_lenient ("t.yaml", cycle, strlen (cycle), &error));
  assert_non_null (strstr (error->message, "t.yaml:1:8: an alias stands for nothing"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (nodes_know_their_place),           cmocka_unit_test (empty_documents_are_empty_mappings),
    cmocka_unit_test (scalars_have_the_types_of_yaml),   cmocka_unit_test (faults_name_their_place),
    cmocka_unit_test (unknown_keys_name_the_nearest),    cmocka_unit_test (depth_and_size_are_bounded),
    cmocka_unit_test (lenient_shares_what_aliases_name), cmocka_unit_test (lenient_refuses_bombs_and_cycles),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
