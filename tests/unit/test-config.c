/* YAML, JSON, TOML, INI and dependency lists into settings and dependencies with their lines. */
#include "documents/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static CdDocument *
parse (const char *path, const char *text)
{
  CdEntry entry = { .path = (char *) path };
  g_auto (CdBlob) blob = { .state = CD_BLOB_READ, .size = (gint64) strlen (text), .bytes = g_bytes_new (text, strlen (text)) };
  return cd_document_parse (&entry, &blob, NULL);
}

static char *
settings_of (const CdDocument *document)
{
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = g_ptr_array_index (document->settings, i);
    assert_int_equal (setting->kind, CD_SETTING_CONFIG);
    g_string_append_printf (all, "%u %s=%s\n", setting->line, setting->key, setting->value);
  }
  return g_string_free (all, FALSE);
}

static char *
dependencies_of (const CdDocument *document)
{
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < document->dependencies->len; i++) {
    const CdDependency *dependency = g_ptr_array_index (document->dependencies, i);
    g_string_append_printf (all, "%u %s %s\n", dependency->line, dependency->name, dependency->version);
  }
  return g_string_free (all, FALSE);
}

typedef struct {
  const char *path, *text, *found;
} Case;

static const Case SETTINGS[] = {
  { "a.yaml", "# top\ntrain:\n  lr: 1e-6 # fast\n  files:\n  - a\n  - b\nseed:\n", "3 train.lr=1e-6\n5 train.files=a\n6 train.files=b\n7 seed=\n" },
  { "a.yaml", "a: &x {b: 1}\nc: *x\n", "1 a.b=1\n1 c.b=1\n" },
  { "a.yaml", "model:\n  name: {{ model }}\n  lr: 1e-5\n", "2 model.name={{ model }}\n3 model.lr=1e-5\n" },
  { "a.yaml", "path: ${oc.env:HOME}/x\n", "1 path=${oc.env:HOME}/x\n" },
  { "a.json", "{\n \"a\": {\"b\": [1, 2], \"c\": null},\n \"d\": \"x\\n\\u00e9\", // remark\n \"e\": true,\n}\n",
    "2 a.b=1\n2 a.b=2\n2 a.c=\n3 d=x\n\xc3\xa9\n4 e=true\n" },
  { "a.json", "{\"a\": 1, \"a\": 2, \"b\": ", "1 a=1\n1 a=2\n" },
  { "a.toml", "top = 1\n[tool.x]\nname = \"y # z\" # why\nlist = [\n  \"a\",\n  'b',\n]\ntext = \"\"\"\nlr = 3\n\"\"\"\nend = true\n",
    "1 top=1\n3 tool.x.name=y # z\n5 tool.x.list=a\n6 tool.x.list=b\n11 tool.x.end=true\n" },
  { "a.ini", "[main]\nlr = 1\n; no\nname: x\n", "2 main.lr=1\n4 main.name=x\n" },
  { ".env", "export KEY=\"v\"\n", "1 KEY=v\n" },
};

static void
test_settings (void **state)
{
  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (SETTINGS); i++) {
    g_autoptr (CdDocument) document = parse (SETTINGS[i].path, SETTINGS[i].text);
    g_autofree char *found = settings_of (document);
    if (strcmp (found, SETTINGS[i].found) != 0)
      fail_msg ("%s %s:\n%sinstead of\n%s", SETTINGS[i].path, SETTINGS[i].text, found, SETTINGS[i].found);
  }
}

static const Case DEPENDENCIES[] = {
  { "requirements.txt",
    "# list\ntorch==2.1.0\nvllm[all]>=0.4 ; python_version > '3'\n-r other.txt\n-e git+https://example.org/o/tool.git@main#egg=tool\nnumpy\n",
    "2 torch ==2.1.0\n3 vllm >=0.4\n5 tool git+https://example.org/o/tool.git@main#egg=tool\n6 numpy \n" },
  { "requirements.txt", "trl @ git+https://example.org/o/trl.git@abc\nhttps://example.org/w/pkg.git\n",
    "1 trl git+https://example.org/o/trl.git@abc\n2 pkg https://example.org/w/pkg.git\n" },
  { "environment.yml", "name: x\nchannels:\n  - conda-forge\ndependencies:\n  - python=3.10\n  - nvidia::cuda=12\n  - pip:\n    - torch==2.1\n",
    "5 python =3.10\n6 cuda =12\n8 torch ==2.1\n" },
  { "pyproject.toml",
    "[project]\nname = \"x\"\ndependencies = [\n  \"torch>=2\",\n  \"trl\"]\n[project.optional-dependencies]\ndev = [\"pytest\"]\n"
    "[tool.poetry.dependencies]\npython = \"^3.10\"\nnumpy = \"^1.2\"\nray = {version = \"2.9\", extras = [\"x\"]}\n",
    "4 torch >=2\n5 trl \n7 pytest \n10 numpy ^1.2\n11 ray 2.9\n" },
  { "setup.cfg", "[options]\ninstall_requires =\n    torch\n    trl>=0.9\n", "3 torch \n4 trl >=0.9\n" },
  { "poetry.lock", "[[package]]\nname = \"torch\"\nversion = \"2.1.0\"\n\n[metadata]\nversion = \"1\"\n", "3 torch 2.1.0\n" },
  { "Pipfile", "[packages]\ntorch = \"*\"\n", "2 torch *\n" },
};

static void
test_dependencies (void **state)
{
  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (DEPENDENCIES); i++) {
    g_autoptr (CdDocument) document = parse (DEPENDENCIES[i].path, DEPENDENCIES[i].text);
    g_autofree char *found = dependencies_of (document);
    if (strcmp (found, DEPENDENCIES[i].found) != 0)
      fail_msg ("%s:\n%sinstead of\n%s", DEPENDENCIES[i].path, found, DEPENDENCIES[i].found);
  }
}

static void
test_passages (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document = parse ("a.yaml", "lr: 1 # fast\n# slow\n");
  static const struct {
    CdPassageKind kind;
    const char *text;
  } expected[] = {
    { CD_PASSAGE_CONFIG, "lr: 1" },
    { CD_PASSAGE_COMMENT, "# fast" },
    { CD_PASSAGE_COMMENT, "# slow" },
  };
  assert_int_equal (document->passages->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    g_autofree char *text = cd_document_passage_text (document, passage);
    assert_int_equal (passage->kind, expected[i].kind);
    assert_string_equal (text, expected[i].text);
  }
}

static void
test_code (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document = parse ("a.cpp", "int x; // one\n/* two\n   three */ f (\"// no\");\nu (\"https://example.org/x\");\n");
  static const struct {
    CdPassageKind kind;
    const char *text;
  } expected[] = {
    { CD_PASSAGE_CODE, "int x;" },      { CD_PASSAGE_COMMENT, "// one" },      { CD_PASSAGE_COMMENT, "/* two" },
    { CD_PASSAGE_COMMENT, "three */" }, { CD_PASSAGE_CODE, "f (\"// no\");" }, { CD_PASSAGE_CODE, "u (\"https://example.org/x\");" },
  };
  assert_int_equal (document->passages->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    g_autofree char *text = cd_document_passage_text (document, passage);
    assert_int_equal (passage->kind, expected[i].kind);
    assert_string_equal (text, expected[i].text);
  }
}

static void
test_hostile (void **state)
{
  (void) state;
  static const struct {
    const char *path, *piece;
  } pieces[] = {
    { "a.json", "{\"a\":" }, { "a.json", "{\"a\":[" }, { "b.json", "\"" }, { "a.yaml", "a: " },           { "a.yaml", "- " }, { "a.yaml", "[" },
    { "a.toml", "a = [" },   { "a.toml", "[[" },       { "a.ini", "[" },   { "requirements.txt", "[[[" }, { "a.cpp", "/*" },  { "a.cpp", "\"" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    while (text->len < 500000)
      g_string_append (text, pieces[i].piece);
    gint64 start = g_get_monotonic_time ();
    g_autoptr (CdDocument) document = parse (pieces[i].path, text->str);
    assert_int_equal (document->length, text->len);
    if (g_get_monotonic_time () - start > 5 * G_USEC_PER_SEC)
      fail_msg ("%s of %s takes too long", pieces[i].path, pieces[i].piece);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_settings), cmocka_unit_test (test_dependencies), cmocka_unit_test (test_passages),
    cmocka_unit_test (test_code),     cmocka_unit_test (test_hostile),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
