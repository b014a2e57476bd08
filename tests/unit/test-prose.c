/* Sentences, plain text, HTML, LaTeX, RST and BibTeX. */
#include "documents.h"

#include "documents/prose.h"

typedef struct {
  const char *name, *text, *want;
} Case;

static void
check (CdParser parser, CdDocumentKind kind, const Case *cases, gsize count, char *(*part) (const CdDocument *) )
{
  for (gsize i = 0; i < count; i++) {
    g_autoptr (CdDocument) document = parse (parser, kind, cases[i].text);
    g_autofree char *got = part (document);
    if (strcmp (got, cases[i].want) != 0)
      print_message ("case: %s\n", cases[i].name);
    assert_string_equal (got, cases[i].want);
  }
}

/* The sentences of text, joined by '|'. */
static char *
sentences_of (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text) + 1);
  g_autoptr (GBytes) inside = g_bytes_new_from_bytes (bytes, 0, strlen (text));
  g_autoptr (CdDocument) document = cd_document_new ("test", NULL, CD_DOCUMENT_TEXT, inside);
  cd_document_add_sentences (document, CD_PASSAGE_PROSE, 0, document->length, -1, 0);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < document->passages->len; i++) {
    g_autofree char *sentence = cd_document_passage_text (document, &g_array_index (document->passages, CdPassage, i));
    g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", sentence);
  }
  return g_string_free (out, FALSE);
}

static void
test_sentence_ends (void **state)
{
  (void) state;
  static const struct {
    const char *text, *want;
  } CASES[] = {
    { "One. Two! Three? Four", "One.|Two!|Three?|Four" },
    { "Models, e.g. Qwen, i.e. Base vs. Chat by Li et al. in Fig. 2 and Sec. 3.1",
      "Models, e.g. Qwen, i.e. Base vs. Chat by Li et al. in Fig. 2 and Sec. 3.1" },
    { "The answer is no. We stop.", "The answer is no.|We stop." },
    { "It is 2.5 points. v1.0 works", "It is 2.5 points. v1.0 works" },
    { "See https://a.org/b.html. Then go", "See https://a.org/b.html.|Then go" },
    { "Run train.py. It trains.", "Run train.py.|It trains." },
    { "Use `a. B` now. Done", "Use `a. B` now.|Done" },
    { "He said \"yes.\" She left (late.) And **so.** It", "He said \"yes.\"|She left (late.)|And **so.**|It" },
    { "\xE6\x88\x91\xE4\xBB\xAC\xE3\x80\x82\xE6\x95\xB0\xE6\x8D\xAE\xEF\xBC\x81\xE5\xA5\xBD",
      "\xE6\x88\x91\xE4\xBB\xAC\xE3\x80\x82|\xE6\x95\xB0\xE6\x8D\xAE\xEF\xBC\x81|\xE5\xA5\xBD" },
    { "1. Install it. 2. Run it", "1. Install it.|2. Run it" },
    { "a line\nbreak is none\n\nbut a blank line is", "a line break is none|but a blank line is" },
    { "left<br>right<br/>end", "left|right|end" },
    { "J. Smith wrote. Wait... What", "J. Smith wrote.|Wait...|What" },
    { "It ended. but not here", "It ended. but not here" },
    { "---- . . .", "" },
    { "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *got = sentences_of (CASES[i].text);
    assert_string_equal (got, CASES[i].want);
  }
}

static void
test_endless_sentences_are_cut (void **state)
{
  (void) state;
  g_autofree char *text = g_strnfill (3 * CD_PASSAGE_COLUMNS + 5, 'x');
  g_autoptr (CdDocument) document = parse (cd_parse_plain, CD_DOCUMENT_TEXT, text);
  assert_int_equal (document->passages->len, 4);
}

static void
test_bare_urls (void **state)
{
  (void) state;
  static const struct {
    const char *text, *want;
  } CASES[] = {
    { "see https://a.org/b.", "https://a.org/b" },
    { "(http://a.org/b_(c)) x", "http://a.org/b_(c)" },
    { "<https://a.org>", "https://a.org" },
    { "\"https://a.org\"", "https://a.org" },
    { "\xE8\xA7\x81https://a.org\xE3\x80\x82\xE5\xA5\xBD", "https://a.org" },
    { "ftp://f.org/x,", "ftp://f.org/x" },
    { "file://x s3://y", NULL },
    { "http://", NULL },
    { "no link", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    gsize from = 0;
    CdRange url = { 0, 0 };
    gboolean found = cd_text_next_url (CASES[i].text, strlen (CASES[i].text), &from, &url);
    assert_int_equal (found, CASES[i].want != NULL);
    g_autofree char *got = g_strndup (CASES[i].text + url.start, url.end - url.start);
    assert_string_equal (got, CASES[i].want != NULL ? CASES[i].want : "");
  }
}

static void
test_plain_passages (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "paragraphs", "One.\nTwo.\n\nThree\n", "1 prose: One.\n2 prose: Two.\n4 prose: Three\n" },
    { "items", "- one\n- two\n  more\n(1) three\n", "1 prose: one\n2-3 prose: two more\n4 prose: three\n" },
    { "code", "Text:\n\n    int x;\n    int y;\n\nText\n", "1 prose: Text:\n3 code: int x;\n4 code: int y;\n6 prose: Text\n" },
    { "bibtex", "@misc{a,\n b={c}\n}\n", "1 bibtex: @misc{a,\n2 bibtex: b={c}\n3 bibtex: }\n" },
    { "shouted line", "SOME TITLE\n\ntext\n", "1 heading: SOME TITLE\n3 prose: text\n" },
    { "shouting in text", "text\nSOME WORDS\nmore\n", "1-3 prose: text SOME WORDS more\n" },
  };
  check (cd_parse_plain, CD_DOCUMENT_TEXT, CASES, G_N_ELEMENTS (CASES), passages_of);
}

static void
test_plain_sections (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "underlined", "Name\n====\n\nPart\n----\ntext\n", "1 h1 Name\n4 h2 Name / Part\n" },
    { "numbered", "1. Setup\n\ntext\n\n1.2 More Setup\n\ntext\n", "1 h1 1. Setup\n5 h2 1. Setup / 1.2 More Setup\n" },
    { "list is none", "1. Do this\n2. Do that\n", "" },
    { "sentence is none", "1. We do this, and it ends with a stop.\n\ntext\n", "" },
  };
  check (cd_parse_plain, CD_DOCUMENT_TEXT, CASES, G_N_ELEMENTS (CASES), sections_of);
}

static void
test_html_passages (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "document",
      "<html><head><title>x</title><style>p{}</style></head><body>\n<h2>Part</h2><p>One <b>two</b>.\nThree.</p><script>no()</script></body></html>",
      "2 heading: Part\n2 prose: One <b>two</b>.\n3 prose: Three.\n" },
    { "comment", "<p>a <!-- no --> b</p><!--\n<table><tr><td>no</td></tr></table>-->", "1 prose: a\n1 prose: b\n" },
    { "row with comment", "<table><tr><td>a</td><!-- <td>no</td> --><td>b</td></tr></table>", "1 table: <tr><td>a</td>\n1 table: <td>b</td></tr>\n" },
    { "image", "<p>x <img src=a alt=\"the plot\"> y</p>", "1 prose: x\n1 caption: the plot\n1 prose: y\n" },
    { "details", "<details>\n<summary>More</summary>\ninside\n</details>", "2 prose: More\n3 prose: inside\n" },
    { "entities", "<p>a &amp; b</p>", "1 prose: a &amp; b\n" },
    { "missing ends", "<p>a<p>b<ul><li>c<li>d", "1 prose: a\n1 prose: b\n1 prose: c\n1 prose: d\n" },
    { "rows without ends", "<table>\n<tr><td>a\n<tr><td>b\n</table>\nafter", "2 table: <tr><td>a\n3 table: <tr><td>b\n5 prose: after\n" },
    { "figure caption", "<figure><img src=a><figcaption>Fig</figcaption></figure>", "1 caption: Fig\n" },
    { "not HTML", "a < b and c > d", "1 prose: a < b and c > d\n" },
  };
  check (cd_parse_html, CD_DOCUMENT_HTML, CASES, G_N_ELEMENTS (CASES), passages_of);
}

static void
test_html_tables (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "nested", "<table><tr><td>a <table><tr><td>in</td></tr></table></td><td>b</td></tr></table>", "1-1 header 0 caption: -\n|a in|b| @1\n" },
    { "span over the end", "<table><tr><td rowspan=9>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
      "1-1 header 0 caption: -\n|a|b| @1\n|a|c| @1\n" },
    { "head", "<p>Before</p><table><thead><tr><td>H</td></tr></thead><tbody><tr><td>x<br>y</td></tr></tbody></table>",
      "1-1 header 1 caption: Before\n|H| @1\n|x y| @1\n" },
  };
  check (cd_parse_html, CD_DOCUMENT_HTML, CASES, G_N_ELEMENTS (CASES), tables_of);
}

static void
test_html_spans_are_bounded (void **state)
{
  (void) state;
  g_autoptr (GString) text = g_string_new ("<table>");
  for (guint i = 0; i < 6000; i++)
    g_string_append (text, "<tr><td colspan=100000 rowspan=100000>x");
  g_autoptr (CdDocument) document = parse (cd_parse_html, CD_DOCUMENT_HTML, text->str);
  const CdTable *table = g_ptr_array_index (document->tables, 0);
  gsize cells = 0;
  for (guint r = 0; r < table->rows->len; r++)
    cells += ((GPtrArray *) g_ptr_array_index (table->rows, r))->len;
  assert_true (table->rows->len <= CD_TABLE_ROWS);
  assert_true (cells <= CD_TABLE_MADE_CELLS + 6000);
}

static void
test_deep_html_is_reported (void **state)
{
  (void) state;
  g_autoptr (GString) text = g_string_new ("<p>seen</p>");
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "<div>");
  g_autoptr (CdDocument) document = parse (cd_parse_html, CD_DOCUMENT_HTML, text->str);
  assert_string_equal (document->unread, "HTML nested too deeply: read in part");
  assert_part (passages_of, document, "1 prose: seen\n");
}

static const char LATEX[] = "\\documentclass{article}\n"
                            "\\title{A \\textbf{Study}}\n"
                            "\\begin{document}\n"
                            "\\begin{abstract}\n"
                            "We train. % secret\n"
                            "It works 50\\% better.\n"
                            "\\end{abstract}\n"
                            "\\section{Data} \\label{sec:data}\n"
                            "See \\href{https://a.org/x}{our \\emph{page}} and \\url{https://b.org}.\n"
                            "\n"
                            "\\begin{itemize}\n"
                            "\\item one\n"
                            "\\item two\n"
                            "\\end{itemize}\n"
                            "\\begin{table}[ht]\n"
                            "\\caption{Scores of models}\n"
                            "\\begin{tabular}{l|cc}\n"
                            "\\toprule\n"
                            "Model & \\multicolumn{2}{c}{AIME} \\\\\n"
                            "\\midrule\n"
                            "\\textbf{Ours} & 1 & 2 \\\\\n"
                            "%Old & 8 & 9 \\\\\n"
                            "Base & 3 \\& 4 & \\\\\n"
                            "\\bottomrule\n"
                            "\\end{tabular}\n"
                            "\\end{table}\n"
                            "\\begin{comment}\n"
                            "never shown\n"
                            "\\end{comment}\n"
                            "\\begin{verbatim}\n"
                            "x % y\n"
                            "\\end{verbatim}\n"
                            "\\begin{thebibliography}{9}\n"
                            "\\bibitem{a} Li. A paper.\n"
                            "\\end{thebibliography}\n"
                            "\\end{document}\n";

static void
test_latex (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document = parse (cd_parse_latex, CD_DOCUMENT_LATEX, LATEX);
  assert_part (sections_of, document, "2 h1 A Study\n4 h2 A Study / Abstract\n8 h2 A Study / Data\n");
  assert_part (links_of, document, "9 link https://a.org/x (our page)\n9 bare https://b.org (https://b.org)\n");
  assert_part (tables_of, document, "17-24 header 1 caption: Scores of models\n|Model|AIME|AIME| @19\n|*Ours*|1|2| @21\n|Base|3 & 4|| @23\n");
  g_autofree char *passages = passages_of (document);
  static const char *const SHOWN[] = {
    "2 heading: A \\textbf{Study}\n",
    "5 prose: We train.\n",
    "6 prose: It works 50\\% better.\n",
    "8 heading: Data\n",
    "12 prose: one\n",
    "13 prose: two\n",
    "16 caption: Scores of models\n",
    "21 table: \\textbf{Ours} & 1 & 2\n",
    "31 code: x % y\n",
    "34 bibtex: {a} Li. A paper.\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (SHOWN); i++)
    if (strstr (passages, SHOWN[i]) == NULL)
      fail_msg ("missing: %s in:\n%s", SHOWN[i], passages);
  static const char *const HIDDEN[] = { "secret", "Old", "never shown", "documentclass", "label" };
  for (gsize i = 0; i < G_N_ELEMENTS (HIDDEN); i++)
    assert_null (strstr (passages, HIDDEN[i]));
}

static void
test_latex_odds (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "unclosed heading", "\\section{A\ntext\n", "1-2 prose: \\section{A text\n" },
    { "unclosed environment", "a\n\\begin{verbatim}\nb", "1 prose: a\n3 code: b\n" },
    { "lone backslash", "a \\", "1 prose: a \\\n" },
    { "only a comment", "% a\n", "" },
  };
  check (cd_parse_latex, CD_DOCUMENT_LATEX, CASES, G_N_ELEMENTS (CASES), passages_of);
}

static void
test_rst (void **state)
{
  (void) state;
  static const Case PASSAGES[] = {
    { "code", "Do:\n\n.. code-block:: json\n   :linenos:\n\n   {\"a\": 1}\n\nafter\n", "1 prose: Do:\n6 config: {\"a\": 1}\n8 prose: after\n" },
    { "literal block", "Like::\n\n  x = 1\n\nafter\n", "1 prose: Like::\n3 code: x = 1\n5 prose: after\n" },
    { "comment", ".. hidden\n   still\n\nshown\n", "4 prose: shown\n" },
    { "note", ".. note:: Careful here.\n   And here.\n", "1 prose: Careful here.\n2 prose: And here.\n" },
    { "image", ".. image:: a.png\n   :alt: the plot\n", "2 caption: the plot\n" },
    { "items", "- one\n- two\n  more\n", "1 prose: one\n2-3 prose: two more\n" },
  };
  check (cd_parse_rst, CD_DOCUMENT_RST, PASSAGES, G_N_ELEMENTS (PASSAGES), passages_of);
  static const Case SECTIONS[] = {
    { "levels by first sight", "===\nTop\n===\n\nA\n---\n\nB\n~~~\n\nC\n---\n", "2 h1 Top\n5 h2 Top / A\n8 h3 Top / A / B\n11 h2 Top / C\n" },
  };
  check (cd_parse_rst, CD_DOCUMENT_RST, SECTIONS, G_N_ELEMENTS (SECTIONS), sections_of);
  static const Case LINKS[] = {
    { "kinds", "See `a page <b.html>`_ and https://c.org.\n\n.. _d: https://e.org\n",
      "1 bare https://c.org (https://c.org)\n1 link b.html (a page)\n3 link https://e.org (d)\n" },
  };
  check (cd_parse_rst, CD_DOCUMENT_RST, LINKS, G_N_ELEMENTS (LINKS), links_of);
}

static void
test_rst_tables (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "simple", "=====  ====\nName   Size\n=====  ====\n**a**  1 b\nc      2\n=====  ====\n",
      "1-6 header 1 caption: -\n|Name|Size| @2\n|*a*|1 b| @4\n|c|2| @5\n" },
    { "grid", "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n", "1-5 header 1 caption: -\n|a|b| @2\n|1|2| @4\n" },
    { "caption", ".. table:: Scores\n\n   === ===\n   a   b\n   === ===\n", "3-5 header 0 caption: Scores\n|a|b| @4\n" },
  };
  check (cd_parse_rst, CD_DOCUMENT_RST, CASES, G_N_ELEMENTS (CASES), tables_of);
}

static void
test_bibtex (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document = parse (cd_parse_bibtex, CD_DOCUMENT_BIBTEX, "@article{a,\n\n  url={https://a.org/b},\n}\n");
  assert_part (passages_of, document, "1 bibtex: @article{a,\n3 bibtex: url={https://a.org/b},\n4 bibtex: }\n");
  assert_part (links_of, document, "3 bare https://a.org/b (https://a.org/b)\n");
}

static void
test_kind_names_are_all_there (void **state)
{
  (void) state;
  for (guint kind = CD_DOCUMENT_MARKDOWN; kind <= CD_DOCUMENT_BINARY; kind++)
    assert_non_null (cd_document_kind_name ((CdDocumentKind) kind));
  for (guint kind = 0; kind < CD_PASSAGE_KINDS; kind++)
    assert_non_null (cd_passage_kind_name ((CdPassageKind) kind));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_sentence_ends),
    cmocka_unit_test (test_endless_sentences_are_cut),
    cmocka_unit_test (test_bare_urls),
    cmocka_unit_test (test_plain_passages),
    cmocka_unit_test (test_plain_sections),
    cmocka_unit_test (test_html_passages),
    cmocka_unit_test (test_html_tables),
    cmocka_unit_test (test_html_spans_are_bounded),
    cmocka_unit_test (test_deep_html_is_reported),
    cmocka_unit_test (test_latex),
    cmocka_unit_test (test_latex_odds),
    cmocka_unit_test (test_rst),
    cmocka_unit_test (test_rst_tables),
    cmocka_unit_test (test_bibtex),
    cmocka_unit_test (test_kind_names_are_all_there),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
