/* Tables of papers from the places of words: pages are described once, and read both as poppler's words (through the cache) and from real PDFs. */
#include "documents.h"
#include "documents/pdf-tables.h"
#include "documents/pdf-words.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define WORDS_FILE "pdf-words-2-abcd000000000000000000000000000000000000.txt"
#define HEIGHT 12.0

static const CdOid OID = { { 0xAB, 0xCD } };

/* One text of a page. */
typedef struct {
  double x, y; /* of its first letter, from the top */
  char *text;
} Piece;

static void
piece_clear (gpointer data)
{
  g_free (((Piece *) data)->text);
}

/* A page from lines "DOWN X text|X text": so many points below the line before, texts at X. */
static GArray *
pieces_of (const char *page)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (pieces, piece_clear);
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  double y = 40;
  for (guint i = 0; lines[i] != NULL; i++) {
    char *rest = NULL;
    y += g_ascii_strtod (lines[i], &rest);
    g_auto (GStrv) texts = g_strsplit (rest, "|", -1);
    for (guint t = 0; texts[t] != NULL && *texts[t] != '\0'; t++) {
      char *text = NULL;
      Piece piece = { .x = g_ascii_strtod (texts[t], &text), .y = y };
      piece.text = g_strdup (g_strstrip (text));
      g_array_append_val (pieces, piece);
    }
  }
  return pieces;
}

/* Letters are five points wide, spaces two and a half. */
static void
write_words (GString *words, const Piece *piece)
{
  g_auto (GStrv) parts = g_strsplit (piece->text, " ", -1);
  double x = piece->x;
  for (guint i = 0; parts[i] != NULL; i++) {
    double width = 5.0 * (double) g_utf8_strlen (parts[i], -1);
    g_string_append_printf (words, "%c %d %d %d %d %s\n", i == 0 ? 'L' : 'w', (int) (10 * x), (int) (10 * (piece->y - 10)), (int) (10 * (x + width)),
                            (int) (10 * (piece->y + HEIGHT - 10)), parts[i]);
    x += width + 2.5;
  }
}

/* A document whose text has each piece on a line of its own, and the cache with its words. */
static GPtrArray *
tables_of_pages (const char *const *pages, CdDocument **document)
{
  g_autoptr (GString) words = g_string_new (NULL), text = g_string_new (NULL);
  for (guint p = 0; pages[p] != NULL; p++) {
    g_autoptr (GArray) pieces = pieces_of (pages[p]);
    g_string_append (words, "P 6120 7920\n");
    for (guint i = 0; i < pieces->len; i++) {
      write_words (words, &g_array_index (pieces, Piece, i));
      g_string_append_printf (text, "%s\n", g_array_index (pieces, Piece, i).text);
    }
    g_string_append_c (text, '\f');
  }
  g_autofree char *cache = g_dir_make_tmp ("candor-test-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (cache, WORDS_FILE, NULL);
  assert_true (g_file_set_contents (file, words->str, -1, NULL));
  g_autoptr (GBytes) source = g_bytes_new (text->str, text->len);
  *document = cd_document_new ("paper.pdf", &OID, CD_DOCUMENT_PDF, source);
  CdDocumentOptions options = { .cache = cache };
  GPtrArray *tables = cd_pdf_tables (*document, NULL, &options);
  g_unlink (file);
  g_rmdir (cache);
  return tables;
}

/* As tables_of prints them, without lines. */
static char *
grids_of (const GPtrArray *tables)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < tables->len; i++) {
    const CdTable *table = g_ptr_array_index (tables, i);
    g_string_append_printf (out, "%s, heads %u\n", table->caption ? table->caption : "-", table->header_rows);
    for (guint r = 0; r < table->rows->len; r++) {
      const GPtrArray *row = g_ptr_array_index (table->rows, r);
      for (guint c = 0; c < row->len; c++)
        g_string_append_printf (out, "|%s", ((const CdCell *) g_ptr_array_index (row, c))->text);
      g_string_append (out, "|\n");
    }
  }
  return g_string_free (out, FALSE);
}

static void
test_pages (void **state)
{
  (void) state;
  static const struct {
    const char *name, *page, *want;
  } CASES[] = {
    { "caption above",
      "14 72 Table 1: Scores of all models.\n24 72 Model|200 AIME|260 MATH\n20 72 Base|200 13.3|260 51.0\n14 72 Ours|200 46.7|260 84.2\n",
      "Table 1: Scores of all models., heads 1\n|Model|AIME|MATH|\n|Base|13.3|51.0|\n|Ours|46.7|84.2|\n" },
    { "caption below, of two lines",
      "14 72 Model|200 AIME|260 MATH\n20 72 Base|200 13.3|260 51.0\n14 72 Ours|200 46.7|260 84.2\n"
      "22 72 Table 2. Scores of our own models and of those that they were made\n12 72 from.\n40 72 This sentence does not belong to it.\n",
      "Table 2. Scores of our own models and of those that they were made from., heads 1\n|Model|AIME|MATH|\n|Base|13.3|51.0|\n|Ours|46.7|84.2|\n" },
    { "one figure a row needs a caption",
      "14 72 Table 3: Accuracy.\n24 72 Model|200 AIME\n20 72 Base|200 13.3\n14 72 Ours|200 46.7\n90 72 Length|200 12\n14 72 Width|200 13\n",
      "Table 3: Accuracy., heads 1\n|Model|AIME|\n|Base|13.3|\n|Ours|46.7|\n" },
    { "no table: headings, a list of contents, prose",
      "14 72 1|90 Introduction\n20 72 2|90 Results\n20 72 3.1 Data ..... |300 7|330 8\n14 72 4.1 More ..... |300 9|330 9\n14 72 In 2024 we had 30 "
      "problems and 12 models of 7 sizes.\n",
      "" },
    { "fractions, changes, dashes, marks",
      "14 72 Table 4: Counts.\n24 72 Model|200 AIME|270 MATH|340 GPQA\n20 72 Base|200 13/30|270 51.0 (+1.2)|340 -\n14 72 Ours|200 14 / 30|270 84.2 ± "
      "0.3|340 "
      "50.1%†\n",
      "Table 4: Counts., heads 1\n|Model|AIME|MATH|GPQA|\n|Base|13/30|51.0 (+1.2)|-|\n|Ours|14 / 30|84.2 ± 0.3|50.1%†|\n" },
    { "spanning heads",
      "14 72 Table 5: Groups.\n24 215 Mathematics|355 Code\n18 72 Model|200 AIME|260 MATH|330 LCB|380 MBPP\n20 72 Base|200 13.3|260 51.0|330 9.1|380 "
      "60.0\n14 72 Ours|200 46.7|260 84.2|330 19.1|380 70.0\n",
      "Table 5: Groups., heads "
      "2\n||Mathematics|Mathematics|Code|Code|\n|Model|AIME|MATH|LCB|MBPP|\n|Base|13.3|51.0|9.1|60.0|\n|Ours|46.7|84.2|19.1|70.0|\n" },
    { "heads of two lines",
      "14 72 Table 6: Lines.\n24 200 AIME|257 MATH\n12 72 Model|200 2024|260 500\n20 72 Base|200 13.3|260 51.0\n14 72 Ours|200 46.7|260 84.2\n",
      "Table 6: Lines., heads 2\n||AIME|MATH|\n|Model|2024|500|\n|Base|13.3|51.0|\n|Ours|46.7|84.2|\n" },
    { "label of two lines in the middle of its row",
      "14 72 Table 7: Labels.\n24 72 Model|200 AIME|260 MATH\n20 72 Base|200 13.3|260 51.0\n20 72 A model with\n6 200 20.0|260 61.0\n6 72 a long "
      "name\n20 72 "
      "Ours|200 46.7|260 84.2\n",
      "Table 7: Labels., heads 1\n|Model|AIME|MATH|\n|Base|13.3|51.0|\n|A model with a long name|20.0|61.0|\n|Ours|46.7|84.2|\n" },
    { "titles of groups",
      "14 72 Table 8: Groups.\n24 72 Model|200 AIME|260 MATH\n20 160 Others\n20 72 Base|200 13.3|260 51.0\n14 72 Next|200 14.3|260 52.0\n20 150 Our "
      "models\n20 72 "
      "Ours|200 46.7|260 84.2\n14 72 Ours-L|200 56.7|260 88.2\n",
      "Table 8: Groups., heads 1\n|Model|AIME|MATH|\n|Others|||\n|Base|13.3|51.0|\n|Next|14.3|52.0|\n|Our "
      "models|||\n|Ours|46.7|84.2|\n|Ours-L|56.7|88.2|\n" },
    { "a label beside several rows",
      "14 72 Table 9: Merged.\n24 72 Model|140 Method|220 AIME|280 MATH\n20 140 SFT|220 13.3|280 51.0\n7 72 7B\n7 140 RL|220 23.3|280 61.0\n20 140 "
      "SFT|220 "
      "33.3|280 71.0\n7 72 32B\n7 140 RL|220 46.7|280 84.2\n",
      "Table 9: Merged., heads 1\n|Model|Method|AIME|MATH|\n|7B|SFT|13.3|51.0|\n|7B|RL|23.3|61.0|\n|32B|SFT|33.3|71.0|\n|32B|RL|46.7|84.2|\n" },
    { "beside each other",
      "14 72 Table 1: Left one.|330 Table 2: Right one.\n24 72 Model|160 AIME|330 Model|420 MATH\n20 72 Base|160 13.3|330 Other|420 51.0\n14 72 "
      "Ours|160 "
      "46.7|330 Ours|420 84.2\n",
      "Table 1: Left one., heads 1\n|Model|AIME|\n|Base|13.3|\n|Ours|46.7|\nTable 2: Right one., heads "
      "1\n|Model|MATH|\n|Other|51.0|\n|Ours|84.2|\n" },
    { "a figure's axis",
      "14 72 0|120 20|160 40|200 60\n14 72 Acc 0.2|120 0.4|160 0.5|200 0.6\n14 72 Len 0.2|120 0.4|160 0.5|200 0.6\n24 72 Figure 1: Accuracy by "
      "steps.\n",
      "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    const char *const pages[] = { CASES[i].page, NULL };
    g_autoptr (CdDocument) document = NULL;
    g_autoptr (GPtrArray) tables = tables_of_pages (pages, &document);
    g_autofree char *got = grids_of (tables);
    if (strcmp (got, CASES[i].want) != 0)
      print_message ("case: %s\n", CASES[i].name);
    assert_string_equal (got, CASES[i].want);
  }
}

/* Twenty lines of text in each of two columns, and above them what is given. */
static char *
two_columns (const char *above)
{
  GString *page = g_string_new (above);
  for (guint i = 0; i < 20; i++)
    g_string_append (page, "12 72 words of the left column of this page|310 words of the right column of this page\n");
  return g_string_free (page, FALSE);
}

static void
test_two_columns (void **state)
{
  (void) state;
  /* A table in the left column stands beside text whose lines are not level with its rows. */
  g_autofree char *inside = two_columns (
      "14 72 Table 1: Of the left column.\n6 310 the first line of the text beside the table\n12 72 Model|150 AIME|200 MATH\n"
      "3 310 another line of the text beside the table\n12 72 Base|150 13.3|200 51.0\n3 310 and yet another line of the text there is\n"
      "12 72 Ours|150 46.7|200 84.2\n30 72 ");
  /* One over both columns has a gap at the same place. */
  g_autofree char *across = two_columns (
      "14 72 Table 2: This caption reaches over both of the columns of the page, as its table does.\n20 72 Model|150 AIME|230 MATH|330 "
      "GPQA|400 LCB\n20 72 Base|150 13.3|230 51.0|330 20.1|400 9.1\n14 72 Ours|150 46.7|230 84.2|330 40.1|400 19.1\n30 72 ");
  const char *const pages[] = { inside, across, NULL };
  g_autoptr (CdDocument) document = NULL;
  g_autoptr (GPtrArray) tables = tables_of_pages (pages, &document);
  g_autofree char *got = grids_of (tables);
  assert_string_equal (got, "Table 1: Of the left column., heads 1\n|Model|AIME|MATH|\n|Base|13.3|51.0|\n|Ours|46.7|84.2|\n"
                            "Table 2: This caption reaches over both of the columns of the page, as its table does., heads 1\n"
                            "|Model|AIME|MATH|GPQA|LCB|\n|Base|13.3|51.0|20.1|9.1|\n|Ours|46.7|84.2|40.1|19.1|\n");
}

/* Each cell's line holds its text, on the page of its table. */
static void
test_lines (void **state)
{
  (void) state;
  static const char *const PAGES[]
      = { "14 72 Model of 46.7 and 84.2 in Base and Ours\n",
          "14 72 Table 1: Scores.\n24 72 Model|200 AIME|260 MATH\n20 72 Base|200 13.3|260 51.0\n14 72 Ours|200 46.7|260 84.2\n", NULL };
  g_autoptr (CdDocument) document = NULL;
  g_autoptr (GPtrArray) tables = tables_of_pages (PAGES, &document);
  assert_int_equal (tables->len, 1);
  const CdTable *table = g_ptr_array_index (tables, 0);
  assert_int_equal (table->line, 3);
  assert_int_equal (table->end_line, 11);
  for (guint r = 0; r < table->rows->len; r++)
    for (guint c = 0; c < 3; c++) {
      const CdCell *cell = g_ptr_array_index ((const GPtrArray *) g_ptr_array_index (table->rows, r), c);
      gsize start = 0, end = 0;
      assert_true (cell->line >= 3 && cd_lines_range (document->lines, document->text, document->length, cell->line, &start, &end));
      g_autofree char *line = g_strndup (document->text + start, end - start);
      assert_string_equal (line, cell->text);
    }
}

/* A page turned by a quarter, reading upwards. */
static void
test_sideways (void **state)
{
  (void) state;
  static const char PAGE[]
      = "14 72 Table 1: Sideways scores.\n24 72 Model|200 AIME|260 MATH\n20 72 Base|200 133.3|260 510.0\n14 72 Ours|200 466.7|260 842.2\n";
  g_autoptr (GArray) pieces = pieces_of (PAGE);
  g_autoptr (GString) words = g_string_new ("P 6120 7920\n");
  for (guint i = 0; i < pieces->len; i++)
    write_words (words, &g_array_index (pieces, Piece, i));
  g_autoptr (CdPdfWords) upright = cd_pdf_words_read (words->str, words->len);
  for (guint i = 0; i < upright->words->len; i++) {
    CdPdfWord *word = &g_array_index (upright->words, CdPdfWord, i), old = *word;
    *word = (CdPdfWord){ old.top, 700 - old.right, old.bottom, 700 - old.left, 0, old.first, old.text };
  }
  g_autoptr (GString) turned = cd_pdf_words_write (upright);
  g_autofree char *cache = g_dir_make_tmp ("candor-test-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (cache, WORDS_FILE, NULL);
  assert_true (g_file_set_contents (file, turned->str, -1, NULL));
  g_autoptr (CdDocument) document = cd_document_new ("paper.pdf", &OID, CD_DOCUMENT_PDF, NULL);
  CdDocumentOptions options = { .cache = cache };
  g_autoptr (GPtrArray) tables = cd_pdf_tables (document, NULL, &options);
  g_unlink (file);
  g_rmdir (cache);
  g_autofree char *got = grids_of (tables);
  assert_string_equal (got, "Table 1: Sideways scores., heads 1\n|Model|AIME|MATH|\n|Base|133.3|510.0|\n|Ours|466.7|842.2|\n");
}

/* A PDF of pages as above, letters in Helvetica. */
static GBytes *
make_pdf (const char *const *pages)
{
  guint count = g_strv_length ((char **) pages);
  g_autoptr (GString) pdf = g_string_new ("%PDF-1.4\n"), kids = g_string_new (NULL);
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (guint i = 0; i < count; i++)
    g_string_append_printf (kids, "%u 0 R ", 4 + 2 * i);
  g_array_append_val (offsets, pdf->len);
  g_string_append (pdf, "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
  g_array_append_val (offsets, pdf->len);
  g_string_append_printf (pdf, "2 0 obj<</Type/Pages/Count %u/Kids[%s]>>endobj\n", count, kids->str);
  g_array_append_val (offsets, pdf->len);
  g_string_append (pdf, "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n");
  for (guint i = 0; i < count; i++) {
    g_autoptr (GString) content = g_string_new ("BT /F1 10 Tf\n");
    g_autoptr (GArray) pieces = pieces_of (pages[i]);
    for (guint p = 0; p < pieces->len; p++) {
      const Piece *piece = &g_array_index (pieces, Piece, p);
      g_string_append_printf (content, "1 0 0 1 %d %d Tm (%s) Tj\n", (int) piece->x, (int) (792 - piece->y), piece->text);
    }
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
  return g_bytes_new (pdf->str, pdf->len);
}

static CdDocument *
parse_pdf (GBytes *pdf, const char *path, const char *cache, gboolean tables)
{
  CdDocumentOptions options = { .cache = cache, .keep_pdf = TRUE, .tables = tables };
  CdDocument *document = cd_document_new (path, &OID, CD_DOCUMENT_PDF, pdf);
  cd_parse_pdf (document, &options);
  return document;
}

static void
test_papers (void **state)
{
  (void) state;
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  if (program == NULL)
    skip ();
  static const char *const PAGES[] = {
    "14 72 A paper about models", "14 72 It has several pages.",
    "14 72 Table 1: Scores of all models <&> others.\n24 72 Model|200 AIME|260 MATH\n20 72 Base|200 13.3|260 51.0\n14 72 Ours|200 46.7|260 84.2\n",
    "14 72 The end of it.", NULL
  };
  g_autofree char *cache = g_dir_make_tmp ("candor-test-XXXXXX", NULL);
  g_autoptr (GBytes) pdf = make_pdf (PAGES);
  static const char WANT[] = "Table 1: Scores of all models <&> others., heads 1\n|Model|AIME|MATH|\n|Base|13.3|51.0|\n|Ours|46.7|84.2|\n";
  for (guint i = 0; i < 2; i++) { /* from poppler, then from the cache */
    g_autoptr (CdDocument) paper = parse_pdf (i == 0 ? pdf : NULL, "paper.pdf", cache, TRUE);
    assert_null (paper->unread);
    assert_int_equal (paper->tables->len, 0);
    assert_non_null (paper->placed_tables);
    g_autofree char *got = grids_of (paper->placed_tables);
    assert_string_equal (got, WANT);
  }
  g_autoptr (CdDocument) unasked = parse_pdf (pdf, "paper.pdf", cache, FALSE), figure = parse_pdf (pdf, "doc/Figures/paper.pdf", cache, TRUE);
  assert_null (unasked->placed_tables);
  assert_null (figure->placed_tables);
  g_autoptr (GBytes) short_pdf = make_pdf (PAGES + 2);
  g_autoptr (CdDocument) slides = parse_pdf (short_pdf, "paper.pdf", NULL, TRUE);
  assert_null (slides->placed_tables);
  static const char *const FILES[] = { WORDS_FILE, "pdftotext-1-abcd000000000000000000000000000000000000.txt" };
  for (gsize i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *file = g_build_filename (cache, FILES[i], NULL);
    assert_int_equal (g_unlink (file), 0);
  }
  g_rmdir (cache);
}

/* Tables of poppler's output as given. */
static char *
read_places (const char *xml, gsize length)
{
  g_autoptr (CdPdfWords) words = cd_pdf_words_parse (xml, length);
  g_autoptr (GString) compact = cd_pdf_words_write (words);
  g_autoptr (CdPdfWords) again = cd_pdf_words_read (compact->str, compact->len);
  g_autoptr (GString) copy = cd_pdf_words_write (again);
  assert_string_equal (copy->str, compact->str);
  return g_strdup (compact->str);
}

static void
test_hostile_places (void **state)
{
  (void) state;
#define WORD(LEFT, TOP, RIGHT, BOTTOM, TEXT) "<word xMin=\"" LEFT "\" yMin=\"" TOP "\" xMax=\"" RIGHT "\" yMax=\"" BOTTOM "\">" TEXT "</word>"
#define PAGE "<html><head><title>a & b</title></head><body><doc><page width=\"612\" height=\"792\">"
  static const struct {
    const char *xml, *want;
  } CASES[] = {
    { "", "" },
    { "<html>", "" },
    { "no XML at all <body", "" },
    { PAGE, "P 6120 7920\n" },
    { PAGE WORD ("1", "2", "3", "4", "a"), "P 6120 7920\nw 10 20 30 40 a\n" },
    { PAGE WORD ("1", "2", "3", "4", "a&amp;&lt;&#65;b"), "P 6120 7920\nw 10 20 30 40 a&<Ab\n" },
    { PAGE WORD ("1e300", "2", "3", "4", "a") WORD ("nan", "2", "3", "4", "b") WORD ("1", "2", "inf", "4", "c") WORD ("1", "2", "1", "4", "d")
          WORD ("", "2", "3", "4", "e") "<word>f</word>" WORD ("1", "2", "3", "4", "") WORD ("1", "2", "3", "4", "g"),
      "P 6120 7920\nw 10 20 30 40 g\n" },
    { PAGE "<line>" WORD ("1", "2", "3", "4", "a")
          WORD ("5", "2", "6", "4", "b") "</line></page><page width=\"-1\" height=\"x\">" WORD ("1", "2", "3", "4", "c"),
      "P 6120 7920\nL 10 20 30 40 a\nw 50 20 60 40 b\nP 6120 7920\nw 10 20 30 40 c\n" },
    { PAGE "<word xMin=\"1\" yMin=\"2\" xMax=\"3\" yM", "P 6120 7920\n" },
    { PAGE WORD ("1", "2", "3", "4", "\x01\x02z\xff"), "P 6120 7920\nw 10 20 30 40 ??z?\n" },
    { "<html><body>" WORD ("1", "2", "3", "4", "before any page"), "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *got = read_places (CASES[i].xml, strlen (CASES[i].xml));
    assert_string_equal (got, CASES[i].want);
  }
#undef WORD
#undef PAGE
}

/* What a cache that others wrote may hold. */
static void
test_hostile_cache (void **state)
{
  (void) state;
  static const char *const CASES[] = { "",
                                       "P",
                                       "P 1",
                                       "P 6120 7920",
                                       "w 1 2 3 4 a\n",
                                       "P 6120 7920\nw 1 2 3\n",
                                       "P 6120 7920\nw 1 2 3 4\n",
                                       "P 6120 7920\nw 1 2 3 4 \n",
                                       "P 6120 7920\nw 99999999999999999999 2 3 4 a\n",
                                       "P 6120 7920\nw 1 2 3 4 \xff\n",
                                       "P 6120 7920\nL 1 2 3 4 5 6",
                                       "\n\n\n",
                                       "Q 1 2\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *copy = g_memdup2 (CASES[i], strlen (CASES[i])); /* without a NUL behind it */
    g_autoptr (CdPdfWords) words = cd_pdf_words_read (strlen (CASES[i]) > 0 ? copy : "", strlen (CASES[i]));
    assert_int_equal (words->words->len, 0);
  }
}

/* A paper read anew and the same from the cache must not differ: places are the same to the last bit. */
static void
test_cache_keeps_places (void **state)
{
  (void) state;
  g_autoptr (GString) xml = g_string_new ("<html><body><doc><page width=\"612.347\" height=\"791.951\"><flow><block><line>");
  for (guint i = 0; i < 500; i++)
    g_string_append_printf (xml, "<word xMin=\"%u.%06u\" yMin=\"%u.049999\" xMax=\"%u.95\" yMax=\"%u.2500001\">w%u</word>", 10 + i,
                            i * 1999 % 1000000, 20 + i, 14 + i, 30 + i, i);
  g_string_append (xml, "</line></block></flow></page></doc></body></html>");
  g_autoptr (CdPdfWords) fresh = cd_pdf_words_parse (xml->str, xml->len);
  g_autoptr (GString) kept = cd_pdf_words_write (fresh);
  g_autoptr (CdPdfWords) cached = cd_pdf_words_read (kept->str, kept->len);
  assert_int_equal (fresh->words->len, 500);
  assert_int_equal (cached->words->len, 500);
  for (guint i = 0; i < 500; i++) {
    const CdPdfWord *a = &g_array_index (fresh->words, CdPdfWord, i), *b = &g_array_index (cached->words, CdPdfWord, i);
    const float one[] = { a->left, a->top, a->right, a->bottom }, other[] = { b->left, b->top, b->right, b->bottom };
    assert_memory_equal (one, other, sizeof one);
  }
  const CdPdfPage *one = &g_array_index (fresh->pages, CdPdfPage, 0), *other = &g_array_index (cached->pages, CdPdfPage, 0);
  assert_true (one->width == other->width && one->height == other->height);
}

/* More words than a page may hold, all over each other or in one line, end soon and within bounds. */
static void
test_many_words (void **state)
{
  (void) state;
  for (guint kind = 0; kind < 4; kind++) {
    g_autoptr (GString) text = g_string_new ("P 6120 7920\n");
    for (guint i = 0; i < 100000; i++) {
      guint x = kind == 0 ? 100 : kind == 1 ? (i % 6000) : (i % 40) * 150, y = kind == 0 ? 100 : kind == 1 ? 500 : (i / 40) * (kind == 3 ? 0 : 5);
      g_string_append_printf (text, "%c %u %u %u %u %s\n", i % 7 == 0 ? 'L' : 'w', x, y, x + 50, y + 100, i % 40 == 0 ? "Table 1: x" : "12.3");
    }
    g_autofree char *cache = g_dir_make_tmp ("candor-test-XXXXXX", NULL);
    g_autofree char *file = g_build_filename (cache, WORDS_FILE, NULL);
    assert_true (g_file_set_contents (file, text->str, -1, NULL));
    g_autoptr (CdDocument) document = cd_document_new ("paper.pdf", &OID, CD_DOCUMENT_PDF, NULL);
    CdDocumentOptions options = { .cache = cache };
    g_autoptr (GPtrArray) tables = cd_pdf_tables (document, NULL, &options);
    g_unlink (file);
    g_rmdir (cache);
    for (guint t = 0; t < tables->len; t++)
      assert_true (((const CdTable *) g_ptr_array_index (tables, t))->rows->len <= 5000);
    g_autoptr (CdPdfWords) words = cd_pdf_words_read (text->str, text->len);
    assert_int_equal (words->words->len, CD_PDF_PAGE_WORDS);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pages),         cmocka_unit_test (test_two_columns), cmocka_unit_test (test_lines),
    cmocka_unit_test (test_sideways),      cmocka_unit_test (test_papers),      cmocka_unit_test (test_hostile_places),
    cmocka_unit_test (test_hostile_cache), cmocka_unit_test (test_many_words),  cmocka_unit_test (test_cache_keeps_places),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
