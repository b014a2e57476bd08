/* PDFs: text through pdftotext, its cache, what is said where it cannot be read, and the structure of papers. */
#include "documents.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A PDF with one page per text; lines of a page apart by '\n', an empty one leaves a gap. */
static GBytes *
make_pdf (const char *const *pages)
{
  guint count = g_strv_length ((char **) pages);
  g_autoptr (GString) pdf = g_string_new ("%PDF-1.4\n");
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GString) kids = g_string_new (NULL);
  for (guint i = 0; i < count; i++)
    g_string_append_printf (kids, "%u 0 R ", 4 + 2 * i);
  g_array_append_val (offsets, pdf->len);
  g_string_append (pdf, "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
  g_array_append_val (offsets, pdf->len);
  g_string_append_printf (pdf, "2 0 obj<</Type/Pages/Count %u/Kids[%s]>>endobj\n", count, kids->str);
  g_array_append_val (offsets, pdf->len);
  g_string_append (pdf, "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n");
  for (guint i = 0; i < count; i++) {
    g_autoptr (GString) content = g_string_new ("BT /F1 10 Tf 12 TL 72 720 Td\n");
    g_auto (GStrv) lines = g_strsplit (pages[i], "\n", -1);
    for (guint line = 0; lines[line] != NULL; line++)
      g_string_append_printf (content, "(%s) Tj T*%s\n", lines[line], *lines[line] == '\0' ? " T*" : "");
    g_string_append (content, "ET");
    g_array_append_val (offsets, pdf->len);
    g_string_append_printf (pdf, "%u 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %u 0 R>>endobj\n",
                            4 + 2 * i, 5 + 2 * i);
    g_array_append_val (offsets, pdf->len);
    g_string_append_printf (pdf, "%u 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n", 5 + 2 * i, content->len, content->str);
  }
  gsize table = pdf->len;
  g_string_append_printf (pdf, "xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
  for (guint i = 0; i < offsets->len; i++)
    g_string_append_printf (pdf, "%010zu 00000 n \n", g_array_index (offsets, gsize, i));
  g_string_append_printf (pdf, "trailer<</Size %u/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", offsets->len + 1, table);
  gsize length = pdf->len;
  return g_bytes_new_take (g_string_free (g_steal_pointer (&pdf), FALSE), length);
}

static CdDocument *
parse_pdf (GBytes *bytes, const char *cache, gboolean keep)
{
  static const CdOid OID = { { 0xAB, 0xCD } };
  CdDocumentOptions options = { .cache = cache, .keep_pdf = keep };
  CdDocument *document = cd_document_new ("paper.pdf", &OID, CD_DOCUMENT_PDF, bytes);
  cd_parse_pdf (document, &options);
  return document;
}

static gboolean
has_pdftotext (void)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  return program != NULL;
}

static void
test_text_of_a_paper (void **state)
{
  (void) state;
  if (!has_pdftotext ())
    skip ();
  static const char *const PAGES[]
      = { "Abstract\nWe train a model on\nmath data. It works.\n\n1 Introduction\nThis is the first long line of running text.",
          "References\nLi et al. A paper. 2024.", NULL };
  g_autoptr (GBytes) bytes = make_pdf (PAGES);
  g_autoptr (CdDocument) document = parse_pdf (bytes, NULL, TRUE);
  assert_null (document->unread);
  g_autofree char *sections = sections_of (document);
  assert_non_null (strstr (sections, "Abstract"));
  assert_non_null (strstr (sections, "1 Introduction"));
  g_autofree char *passages = passages_of (document);
  assert_non_null (strstr (passages, "prose: We train a model on math data.\n"));
  assert_non_null (strstr (passages, "bibtex: Li et al. A paper. 2024.\n"));
}

static void
test_cache_is_used (void **state)
{
  (void) state;
  g_autofree char *cache = g_dir_make_tmp ("candor-test-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (cache, "pdftotext-1-abcd000000000000000000000000000000000000.txt", NULL);
  assert_true (g_file_set_contents (file, "Kept text.\n", -1, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new_static ("not a PDF", 9);
  g_autoptr (CdDocument) document = parse_pdf (bytes, cache, FALSE);
  assert_null (document->unread);
  assert_part (passages_of, document, "1 prose: Kept text.\n");
  g_unlink (file);
  g_rmdir (cache);
}

static void
test_cache_is_filled (void **state)
{
  (void) state;
  if (!has_pdftotext ())
    skip ();
  static const char *const PAGES[] = { "Hello there.", NULL };
  g_autofree char *parent = g_dir_make_tmp ("candor-test-XXXXXX", NULL);
  g_autofree char *cache = g_build_filename (parent, "pdf", NULL);
  g_autofree char *file = g_build_filename (cache, "pdftotext-1-abcd000000000000000000000000000000000000.txt", NULL);
  g_autoptr (GBytes) bytes = make_pdf (PAGES);
  g_autoptr (CdDocument) first = parse_pdf (bytes, cache, TRUE);
  g_autoptr (CdDocument) second = parse_pdf (bytes, cache, FALSE);
  assert_part (passages_of, first, "1 prose: Hello there.\n");
  assert_part (passages_of, second, "1 prose: Hello there.\n");
  assert_int_equal (g_unlink (file), 0);
  g_rmdir (cache);
  g_rmdir (parent);
}

static void
test_unread_says_why (void **state)
{
  (void) state;
  static const char *const EMPTY[] = { "", NULL };
  g_autoptr (GBytes) empty = make_pdf (EMPTY);
  g_autoptr (GBytes) broken = g_bytes_new_static ("%PDF-1.4\nnonsense", 17);
  g_autoptr (CdDocument) not_asked = parse_pdf (broken, NULL, FALSE);
  assert_string_equal (not_asked->unread, "PDF not read: not asked for");
  assert_int_equal (not_asked->length, 0);
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_setenv ("PATH", "/nonexistent", TRUE);
  g_autoptr (CdDocument) missing = parse_pdf (broken, NULL, TRUE);
  g_setenv ("PATH", path, TRUE);
  assert_string_equal (missing->unread, "PDF not read: pdftotext is not installed");
  if (!has_pdftotext ())
    return;
  g_autoptr (CdDocument) damaged = parse_pdf (broken, NULL, TRUE);
  assert_string_equal (damaged->unread, "PDF not read: damaged, encrypted or too demanding");
  g_autoptr (CdDocument) blank = parse_pdf (empty, NULL, TRUE);
  assert_string_equal (blank->unread, "PDF not read: it holds no text");
}

/* The rest works on text as pdftotext writes it, through the cache. */
static char *
sections_of_text (const char *text, char *(*part) (const CdDocument *) )
{
  g_autofree char *cache = g_dir_make_tmp ("candor-test-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (cache, "pdftotext-1-abcd000000000000000000000000000000000000.txt", NULL);
  assert_true (g_file_set_contents (file, text, -1, NULL));
  g_autoptr (CdDocument) document = parse_pdf (NULL, cache, FALSE);
  g_unlink (file);
  g_rmdir (cache);
  return part (document);
}

static void
test_structure_of_papers (void **state)
{
  (void) state;
  static const struct {
    const char *name, *text, *want;
  } CASES[] = {
    { "split numbers", "1\n\nIntroduction\n\ntext\n\n2\n\nData Sources\n\ntext\n\n2.1\n\nCleaning\n\ntext\n",
      "1 h1 1 Introduction\n7 h1 2 Data Sources\n13 h2 2 Data Sources / 2.1 Cleaning\n" },
    { "labels in figures", "1 Introduction\ntext\n\n0.35 Accuracy\n\n1.00 Pass Ratio\n\n20 Baseline\n", "1 h1 1 Introduction\n" },
    { "after contents", "1 Introduction\n\n2 Data\n\n1 Introduction\n\n2 Data\n",
      "1 h1 1 Introduction\n3 h1 2 Data\n5 h1 1 Introduction\n7 h1 2 Data\n" },
    { "table columns", "1 Introduction\n\nMethod\n\nAIME\n\nResults\nWe find that our model is better than all of the others.\n",
      "1 h1 1 Introduction\n7 h1 Results\n" },
    { "appendix", "A Prompts\n\nReferences\n\nLi. 1 Paper.\n\nA Prompts\n\ntext\n", "3 h1 References\n7 h1 A Prompts\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *got = sections_of_text (CASES[i].text, sections_of);
    if (strcmp (got, CASES[i].want) != 0)
      print_message ("case: %s\n", CASES[i].name);
    assert_string_equal (got, CASES[i].want);
  }
}

static void
test_running_lines_are_dropped (void **state)
{
  (void) state;
  g_autofree char *got
      = sections_of_text ("A Header\n\nOne.\n\nmore\n\n1\n\fA Header\n\nTwo.\n\nmore\n\n2\n\fA Header\n\nThree.\n\nmore\n\n3\n", passages_of);
  assert_null (strstr (got, "Header"));
  assert_non_null (strstr (got, "3 prose: One.\n"));
  assert_non_null (strstr (got, "prose: Three.\n"));
  assert_null (strstr (got, "prose: 2\n"));
}

static void
test_captions_and_references (void **state)
{
  (void) state;
  g_autofree char *got = sections_of_text ("Table 2: Scores of\nall models.\n\nTable 2 shows them.\n\nReferences\n\nLi. Title. 2024.\n", passages_of);
  assert_string_equal (
      got, "1-2 caption: Table 2: Scores of all models.\n4 prose: Table 2 shows them.\n6 heading: References\n8 bibtex: Li. Title. 2024.\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_text_of_a_paper),         cmocka_unit_test (test_cache_is_used),       cmocka_unit_test (test_cache_is_filled),
    cmocka_unit_test (test_unread_says_why),         cmocka_unit_test (test_structure_of_papers), cmocka_unit_test (test_running_lines_are_dropped),
    cmocka_unit_test (test_captions_and_references),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
