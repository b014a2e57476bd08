/* A notebook as one text: Markdown cells with sections, code cells with imports and commands, lines of the extracted text. */
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

static const char NOTEBOOK[]
    = "{\"nbformat\": 4, \"metadata\": {}, \"cells\": ["
      "{\"cell_type\": \"markdown\", \"source\": [\"# Data\\n\", \"\\n\", \"See [set](https://example.org/d).\"]},"
      "{\"cell_type\": \"code\", \"source\": \"!pip install trl\\nimport os\\n%matplotlib inline\\nlr = 1e-6\", \"outputs\": ["
      "{\"output_type\": \"stream\", \"text\": [\"loss 0.5\\n\"]}, {\"output_type\": \"display_data\", \"data\": {\"image/png\": \"AAAA\"}}]},"
      "{\"cell_type\": \"markdown\", \"source\": \"Then we filter.\\n\\n## Filter\\n\\nBy length.\"},"
      "{\"cell_type\": \"code\", \"source\": \"%%bash\\npython train.py --x 1\", \"outputs\": []}]}";

static void
test_cells (void **state)
{
  (void) state;
  static const struct {
    CdPassageKind kind;
    guint line;
    gint32 section;
    const char *text;
  } expected[] = {
    { CD_PASSAGE_HEADING, 1, 0, "Data" },
    { CD_PASSAGE_PROSE, 3, 0, NULL },
    { CD_PASSAGE_COMMAND, 4, 0, "pip install trl" },
    { CD_PASSAGE_CODE, 5, 0, "import os" },
    { CD_PASSAGE_CODE, 6, 0, "matplotlib inline" },
    { CD_PASSAGE_CODE, 7, 0, "lr = 1e-6" },
    { CD_PASSAGE_CODE, 8, 0, "loss 0.5" },
    { CD_PASSAGE_PROSE, 9, 0, "Then we filter." },
    { CD_PASSAGE_HEADING, 11, 1, "Filter" },
    { CD_PASSAGE_PROSE, 13, 1, "By length." },
    { CD_PASSAGE_COMMAND, 15, 1, "python train.py --x 1" },
  };
  g_autoptr (CdDocument) document = parse ("a.ipynb", NOTEBOOK);
  assert_int_equal (document->kind, CD_DOCUMENT_NOTEBOOK);
  assert_null (document->unread);
  assert_int_equal (document->passages->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    g_autofree char *text = cd_document_passage_text (document, passage);
    assert_int_equal (passage->kind, expected[i].kind);
    assert_int_equal (passage->line, expected[i].line);
    assert_int_equal (passage->section, expected[i].section);
    if (expected[i].text != NULL)
      assert_string_equal (text, expected[i].text);
  }
  const CdSection *filter = g_ptr_array_index (document->sections, 1);
  assert_int_equal (filter->parent, 0);
  assert_int_equal (filter->line, 11);
  const CdLink *link = g_ptr_array_index (document->links, 0);
  assert_string_equal (link->target, "https://example.org/d");
  assert_int_equal (link->line, 3);
  const CdCommand *last = g_ptr_array_index (document->commands, document->commands->len - 1);
  assert_string_equal (last->argv[1], "train.py");
  assert_int_equal (last->line, 15);
  const CdImport *import = g_ptr_array_index (document->imports, 0);
  assert_string_equal (import->module, "os");
}

static void
test_no_notebook (void **state)
{
  (void) state;
  static const char *const texts[] = { "{", "[]", "{\"cells\": 1}", "plain words", "[[[[[[[[" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (CdDocument) document = parse ("a.ipynb", texts[i]);
    assert_non_null (document->unread);
  }
}

static void
test_odd_cells (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document
      = parse ("a.ipynb", "{\"cells\": [1, null, {}, {\"cell_type\": 3, \"source\": [1, \"x\"]}, {\"cell_type\": \"code\", \"source\": \"\"}]}");
  assert_null (document->unread);
  assert_string_equal (document->text, "x\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_cells), cmocka_unit_test (test_no_notebook), cmocka_unit_test (test_odd_cells) };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
