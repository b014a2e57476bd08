/* Python into passages, imports and settings. */
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
  static const char *const kinds[] = { "config", "front", "default", "assign", "argument" };
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = g_ptr_array_index (document->settings, i);
    g_string_append_printf (all, "%u %s %s=%s\n", setting->line, kinds[setting->kind], setting->key, setting->value);
  }
  return g_string_free (all, FALSE);
}

typedef struct {
  const char *text, *settings;
} Case;

static const Case CASES[] = {
  { "parser.add_argument('-l', '--learning-rate', type=float, default=1e-6, help='x')\n", "1 default learning-rate=1e-6\n" },
  { "p.add_argument(\n  \"--m\",\n  choices=['a', 'b'],\n  default='a')\n", "2 default m=a\n3 default m.choices=a, b\n" },
  { "p.add_argument('--x', type=int)\n", "" },
  { "@click.option('--n', default=8)\ndef f(): pass\n", "1 default n=8\n" },
  { "@dataclass\nclass A:\n    lr: float = 1e-5\n    name: Optional[str] = field(default=\"x\", metadata={\"help\": \"y\"})\n    n: int = 0\n",
    "3 default lr=1e-5\n4 default name=x\n5 default n=0\n" },
  { "MODEL = \"gpt-x\"\nclient.chat.completions.create(model=MODEL, temperature=-0.5, n=2 ** 3)\n",
    "1 assign MODEL=gpt-x\n2 argument client.chat.completions.create.model=gpt-x\n2 argument client.chat.completions.create.temperature=-0.5\n"
    "2 argument client.chat.completions.create.n=2**3\n" },
  { "def train(model: str = 'a', lr: float = 3e-4, names: List[str] = None, k=2):\n    i = 0\n    steps = 500\n",
    "1 default model=a\n1 default lr=3e-4\n1 default names=\n1 default k=2\n3 assign steps=500\n" },
  { "cfg = {'a': {'b': 1, 'c': 'x'}, 'd': [1, 2], 'e': f(2)}\n", "1 config a.b=1\n1 config a.c=x\n1 config d=1, 2\n" },
  { "os.environ['KEY'] = 'v'\nx = os.getenv('HOST', 'local')\n", "1 assign os.environ.KEY=v\n2 default HOST=local\n" },
  { "s = 'one ' 'two'\nt = f(x, y=g(z=1), w=h)\n", "1 assign s=one two\n2 argument g.z=1\n" },
  { "x = (\n# f(a=1)\n'f(b=2)')\n", "1 assign x=f(b=2)\n" },
};

static void
test_settings (void **state)
{
  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (CdDocument) document = parse ("a.py", CASES[i].text);
    g_autofree char *settings = settings_of (document);
    if (strcmp (settings, CASES[i].settings) != 0)
      fail_msg ("%s:\n%sinstead of\n%s", CASES[i].text, settings, CASES[i].settings);
  }
}

static void
test_imports (void **state)
{
  (void) state;
  static const struct {
    const char *module;
    guint line;
    gboolean relative;
  } expected[] = {
    { "os", 1, FALSE },          { "a.b", 1, FALSE },           { "x.y", 2, FALSE }, { "x.y.c", 2, FALSE }, { "x.y.d", 3, FALSE },
    { "pkg/sub/near", 4, TRUE }, { "pkg/sub/near/f", 4, TRUE }, { "pkg", 5, TRUE },  { "pkg/up", 5, TRUE }, { "late", 7, FALSE },
  };
  g_autoptr (CdDocument) document
      = parse ("pkg/sub/m.py", "import os, a.b as b\nfrom x.y import (c as e,\n  d)\nfrom .near import f\nfrom .. import up\n"
                               "def g():\n    import late\nfrom ....above import z\n");
  assert_int_equal (document->imports->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const CdImport *import = g_ptr_array_index (document->imports, i);
    assert_string_equal (import->module, expected[i].module);
    assert_int_equal (import->line, expected[i].line);
    assert_int_equal (import->relative, expected[i].relative);
  }
}

static void
test_passages (void **state)
{
  (void) state;
  static const struct {
    CdPassageKind kind;
    guint line, end, paragraph;
    const char *text;
  } expected[] = {
    { CD_PASSAGE_COMMENT, 1, 1, 0, "Module text." }, { CD_PASSAGE_CODE, 2, 2, 0, "x = 1" },
    { CD_PASSAGE_COMMENT, 2, 2, 0, "# why" },        { CD_PASSAGE_CODE, 3, 3, 1, "def f(a):" },
    { CD_PASSAGE_COMMENT, 4, 4, 1, "First." },       { CD_PASSAGE_COMMENT, 6, 6, 1, "Second." },
    { CD_PASSAGE_CODE, 8, 9, 1, "g(a, b='# no')" },  { CD_PASSAGE_CODE, 10, 10, 2, "y = \"\"\"t\"\"\"" },
  };
  g_autoptr (CdDocument) document = parse ("a.py", "\"\"\"Module text.\"\"\"\nx = 1  # why\ndef f(a):\n    \"\"\"First.\n\n    Second.\n    \"\"\"\n "
                                                   "   g(a,\n      b='# no')\ny = \"\"\"t\"\"\"\n");
  assert_int_equal (document->passages->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    g_autofree char *text = cd_document_passage_text (document, passage);
    g_autofree char *wanted = g_strdup (expected[i].text);
    assert_string_equal (text, wanted);
    assert_int_equal (passage->kind, expected[i].kind);
    assert_int_equal (passage->line, expected[i].line);
    assert_int_equal (passage->end_line, expected[i].end);
    assert_int_equal (passage->paragraph, expected[i].paragraph);
  }
}

static void
test_requirements (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document
      = parse ("setup.py", "deps = ['torch>=2.1', 'numpy']\nsetup(name='x', install_requires=['trl==0.9; python_version>\"3\"'],\n"
                           "  extras_require={'dev': ['pytest']})\n");
  static const struct {
    const char *name, *version;
    guint line;
  } expected[] = {
    { "torch", ">=2.1", 1 },
    { "numpy", "", 1 },
    { "trl", "==0.9", 2 },
    { "pytest", "", 3 },
  };
  assert_int_equal (document->dependencies->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const CdDependency *dependency = g_ptr_array_index (document->dependencies, i);
    assert_string_equal (dependency->name, expected[i].name);
    assert_string_equal (dependency->version, expected[i].version);
    assert_int_equal (dependency->line, expected[i].line);
  }
}

static void
test_links (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document = parse ("a.py", "# see https://example.org/a\nu = 'https://example.org/b'\n");
  assert_int_equal (document->links->len, 2);
  const CdLink *second = g_ptr_array_index (document->links, 1);
  assert_string_equal (second->target, "https://example.org/b");
  assert_int_equal (second->line, 2);
  assert_true (second->bare);
}

/* A bracket that never closes must not hide the functions behind it. */
static void
test_lost_bracket (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document = parse ("a.py", "x = f(1,\nimport os\nlr = 2\n");
  const CdSetting *last = g_ptr_array_index (document->settings, document->settings->len - 1);
  assert_int_equal (document->imports->len, 1);
  assert_string_equal (last->key, "lr");
}

static void
test_hostile (void **state)
{
  (void) state;
  static const char *const pieces[]
      = { "f(x=", "[", "{'a':", "\"\"\"", "'", "add_argument('x',", "a.", "from . import (", "f(x=A,", "\\\n", "x: [", "((((" };
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GString) text = g_string_new ("A = 'a'\n");
    while (text->len < 300000)
      g_string_append (text, pieces[i]);
    gint64 start = g_get_monotonic_time ();
    g_autoptr (CdDocument) document = parse ("setup.py", text->str);
    assert_int_equal (document->length, text->len);
    if (g_get_monotonic_time () - start > 5 * G_USEC_PER_SEC)
      fail_msg ("%s takes too long", pieces[i]);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_settings), cmocka_unit_test (test_imports),      cmocka_unit_test (test_passages), cmocka_unit_test (test_requirements),
    cmocka_unit_test (test_links),    cmocka_unit_test (test_lost_bracket), cmocka_unit_test (test_hostile),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
