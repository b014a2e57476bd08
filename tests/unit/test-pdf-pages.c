/* Which pages of a paper poppler is asked for the places of words on: told from the text, and counted as runs of a pdftotext of our own. */
#include "documents.h"
#include "documents/pdf-pages.h"

#include <glib/gstdio.h>
#include <unistd.h>

static const CdOid OID = { { 0xAB, 0xCE } };

#define PROSE "We train for 3 epochs on 8 GPUs, as Table 2 shows.\nSee [12], [13] and Figure 4.\n\f"
#define CAPTION "Table 1: Scores of all models\nModel AIME MATH\nOurs 46.7 84.2\n\f"
#define ROWS "Model AIME MATH\nBase 13.3 51.0\nOurs 46.7 84.2\n\f"
#define COLUMNS "Model\nBase\nOurs\nAIME\n13.3\n46.7\nMATH\n51.0\n–\n\f"

/* "3-3 8-9": the runs of pages that a text is asked about. */
static char *
pages_of (const char *text)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (CdDocument) document = cd_document_new ("paper.pdf", &OID, CD_DOCUMENT_PDF, source);
  g_autoptr (GArray) runs = cd_pdf_table_pages (document);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < runs->len; i++)
    g_string_append_printf (out, "%s%u-%u", i > 0 ? " " : "", g_array_index (runs, CdPdfPages, i).first, g_array_index (runs, CdPdfPages, i).last);
  return g_string_free (out, FALSE);
}

static void
test_pages (void **state)
{
  (void) state;
  static const struct {
    const char *text, *want;
  } CASES[] = {
    { "", "" },
    { PROSE PROSE PROSE PROSE, "" },
    { PROSE CAPTION PROSE PROSE, "2-2" },
    { PROSE PROSE ROWS PROSE, "3-3" },
    { PROSE PROSE PROSE COLUMNS, "4-4" },
    { "\f" PROSE "\f" CAPTION, "4-4" },
    { CAPTION PROSE PROSE ROWS PROSE, "1-4" },
    { CAPTION PROSE PROSE PROSE ROWS PROSE, "1-1 5-5" },
    { "T ABLE II\nResults of all\n\f" PROSE, "1-1" },
    { "by column Tab. A.3 Results\n\f" PROSE, "1-1" },
    { "Table\n3: Results\n\f" PROSE, "1-1" },
    { "\u8868 1\uFF1A\u7ED3\u679C\n\f" PROSE, "1-1" },
    { "Table 3 shows one\nTables 4: none\ntable 5: none\n\f" PROSE, "" },
    { "Base 13.3 51.0\nIt has 3 of 4, 5, 6.\nIn 2024, 2025, 12,\n\f" PROSE, "" }, /* one row of figures is no table */
    { PROSE "A letter \f of its own\n\f" PROSE, "1-0" },
    { PROSE "It breaks off", "1-0" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *got = pages_of (CASES[i].text);
    assert_string_equal (got, CASES[i].want);
  }
}

/* However the tables of a long paper stand, poppler is started a few times. */
static void
test_many_runs (void **state)
{
  (void) state;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 40; i++)
    g_string_append (text, CAPTION PROSE PROSE PROSE PROSE);
  g_autofree char *got = pages_of (text->str);
  assert_string_equal (got, "1-1 6-6 11-11 16-16 21-21 26-26 31-31 36-196");
}

typedef struct {
  char *folder, *path; /* path: of the environment, before */
} Pretence;

static void
keep_file (const char *folder, const char *name, const char *content)
{
  g_autofree char *file = g_build_filename (folder, name, NULL);
  assert_true (g_file_set_contents (file, content, -1, NULL));
  assert_int_equal (g_chmod (file, 0700), 0);
}

/* A pdftotext that may write no file but leaves a folder for each run, and a sandbox that does not work, in which it would not be found. */
static int
pretend (void **state)
{
  Pretence *pretence = g_new0 (Pretence, 1);
  pretence->folder = g_dir_make_tmp ("candor-test-XXXXXX", NULL);
  pretence->path = g_strdup (g_getenv ("PATH"));
  g_autofree char *path = g_strconcat (pretence->folder, ":", pretence->path, NULL);
  g_autofree char *script
      = g_strdup_printf ("#!/bin/sh\ncd '%s' || exit 1\nname=text\n"
                         "case \"$*\" in *-bbox-layout*) name=\"places-$5-$7\" ;; esac\nmkdir \"run-$name\"\nexec cat \"$name\"\n",
                         pretence->folder);
  keep_file (pretence->folder, "pdftotext", script);
  keep_file (pretence->folder, "bwrap", "#!/bin/sh\nexit 1\n");
  g_setenv ("PATH", path, TRUE);
  *state = pretence;
  return 0;
}

static int
stop_pretending (void **state)
{
  Pretence *pretence = *state;
  g_setenv ("PATH", pretence->path, TRUE);
  g_autoptr (GDir) folder = g_dir_open (pretence->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *file = g_build_filename (pretence->folder, name, NULL);
    g_remove (file);
  }
  g_rmdir (pretence->folder);
  g_free (pretence->folder);
  g_free (pretence->path);
  g_free (pretence);
  return 0;
}

/* TRUE once for each run of that name. */
static gboolean
has_run (const Pretence *pretence, const char *name)
{
  g_autofree char *file = g_strconcat (pretence->folder, "/run-", name, NULL);
  return g_rmdir (file) == 0;
}

static CdDocument *
read_paper (const Pretence *pretence, const char *path, const char *text)
{
  static const CdDocumentOptions OPTIONS = { .keep_pdf = TRUE, .tables = TRUE };
  keep_file (pretence->folder, "text", text);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  CdDocument *document = cd_document_new (path, &OID, CD_DOCUMENT_PDF, pdf);
  cd_parse_pdf (document, &OPTIONS);
  assert_true (has_run (pretence, "text"));
  return document;
}

static void
test_read_once (void **state)
{
  const Pretence *pretence = *state;
  g_autoptr (CdDocument) prose = read_paper (pretence, "paper.pdf", PROSE PROSE PROSE PROSE);
  assert_int_equal (prose->placed_tables->len, 0);
  g_autoptr (CdDocument) plot = read_paper (pretence, "plot.pdf", ROWS);
  assert_null (plot->placed_tables);
  g_autoptr (CdDocument) figure = read_paper (pretence, "figures/paper.pdf", PROSE CAPTION PROSE PROSE);
  assert_null (figure->placed_tables);
  assert_false (has_run (pretence, "places-1-0"));
  assert_false (has_run (pretence, "places-1-1"));
  assert_false (has_run (pretence, "places-2-2"));
}

#define PLACES(page) "<html><body><doc>" page "</doc></body></html>"
#define WORD(x, y, text) "<line><word xMin=\"" #x "0\" yMin=\"" #y "0\" xMax=\"" #x "9\" yMax=\"" #y "9\">" text "</word></line>"
#define TABLE_PAGE                                                                                                                                   \
  "<page width=\"612\" height=\"792\">" WORD (10, 10, "Model") WORD (30, 10, "AIME") WORD (50, 10, "MATH") WORD (10, 11, "Base")                     \
      WORD (30, 11, "13.3") WORD (50, 11, "51.0") WORD (10, 12, "Ours") WORD (30, 12, "46.7") WORD (50, 12, "84.2") "</page>"

/* The lines of a table are those of the whole paper, though only its page was read for places. */
static void
test_one_page (void **state)
{
  const Pretence *pretence = *state;
  keep_file (pretence->folder, "places-3-3", PLACES (TABLE_PAGE));
  g_autoptr (CdDocument) paper = read_paper (pretence, "paper.pdf", PROSE PROSE ROWS PROSE);
  assert_true (has_run (pretence, "places-3-3"));
  assert_false (has_run (pretence, "places-1-0"));
  assert_int_equal (paper->placed_tables->len, 1);
  const CdTable *table = g_ptr_array_index (paper->placed_tables, 0);
  assert_int_equal (table->rows->len, 3);
  assert_int_equal (table->line, 5);
}

/* What does not have the pages that the text has is read as a whole. */
static void
test_other_pages (void **state)
{
  const Pretence *pretence = *state;
  keep_file (pretence->folder, "places-3-3", PLACES (""));
  keep_file (pretence->folder, "places-1-0", PLACES ("<page/><page/>" TABLE_PAGE));
  g_autoptr (CdDocument) paper = read_paper (pretence, "paper.pdf", PROSE PROSE ROWS PROSE);
  assert_true (has_run (pretence, "places-3-3"));
  assert_true (has_run (pretence, "places-1-0"));
  assert_int_equal (paper->placed_tables->len, 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pages),
    cmocka_unit_test (test_many_runs),
    cmocka_unit_test_setup_teardown (test_read_once, pretend, stop_pretending),
    cmocka_unit_test_setup_teardown (test_one_page, pretend, stop_pretending),
    cmocka_unit_test_setup_teardown (test_other_pages, pretend, stop_pretending),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
