/* Markdown: sections, passages with their lines, tables, links, what is hidden, what is hostile. */
#include "documents.h"

typedef struct {
  const char *name, *text, *want;
} Case;

static void
check (const Case *cases, gsize count, char *(*part) (const CdDocument *) )
{
  for (gsize i = 0; i < count; i++) {
    g_autoptr (CdDocument) document = parse (cd_parse_markdown, CD_DOCUMENT_MARKDOWN, cases[i].text);
    g_autofree char *got = part (document);
    if (strcmp (got, cases[i].want) != 0)
      print_message ("case: %s\n", cases[i].name);
    assert_string_equal (got, cases[i].want);
  }
}

static void
test_sections (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "nesting", "# A\n\n## B\n\n### C\n\n## D\n", "1 h1 A\n3 h2 A / B\n5 h3 A / B / C\n7 h2 A / D\n" },
    { "underlined", "Title *x*\n===\n\nPart\n---\n", "1 h1 Title x\n4 h2 Title x / Part\n" },
    { "html heading", "<h1 align=\"center\">Big <b>Name</b></h1>\n\n## Part\n", "1 h1 Big Name\n3 h2 Big Name / Part\n" },
    { "bold paragraph", "## Results\n\n**On AIME**\n\ntext\n", "1 h2 Results\n3 h6 Results / On AIME\n" },
    { "bold sentence is none", "## Results\n\n**We win.**\n\n- **item**\n\n> **quote**\n", "1 h2 Results\n" },
    { "links are dropped from titles", "## [Data](x) ![logo](y)\n", "1 h2 Data\n" },
  };
  check (CASES, G_N_ELEMENTS (CASES), sections_of);
}

static void
test_prose (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "sentences over lines", "We train\non data. It works.\nFine\n", "1-2 prose: We train on data.\n2 prose: It works.\n3 prose: Fine\n" },
    { "list items", "- one\n- two. Three\n  more\n", "1 prose: one\n2 prose: two.\n2-3 prose: Three more\n" },
    { "quote", "> said [x](y)\n> twice\n\nnot\n", "1-2 prose/q: said [x](y) > twice\n4 prose: not\n" },
    { "task items", "- [ ] release\n  - [x] code\n- [x] model\n", "1 prose/p: release\n2 prose: code\n3 prose: model\n" },
    { "alt text", "See ![the *plot*](a.png) here\n", "1 prose: See\n1 caption: the *plot*\n1 prose: here\n" },
    { "badges", "[![one](a)](b) [![two](c)](d)\n", "1 caption: one\n1 caption: two\n" },
    { "definition lines are unseen", "[x]: http://e.org\n[//]: # (hidden)\nShown [x].\n", "3 prose: Shown [x].\n" },
    { "comments", "a <!-- no\n--> b\n\n<!--\n\n# Hidden\n\n| a |\n|---|\n-->\n\nc\n", "1 prose: a\n2 prose: b\n12 prose: c\n" },
    { "comment in code span stays", "`<!-- x -->` y\n", "1 prose: `<!-- x -->` y\n" },
    { "paragraph before a table", "words\n| a |\n|---|\n| 1 |\n", "1 prose: words\n2 table: | a |\n4 table: | 1 |\n" },
    { "windows lines", "# A\r\n\r\none\r\ntwo\r\n", "1 heading: A\n3-4 prose: one two\n" },
  };
  check (CASES, G_N_ELEMENTS (CASES), passages_of);
}

static void
test_blocks (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "json", "```json\n{\"a\": 1}\n```\n", "2 config: {\"a\": 1}\n" },
    { "other language", "```cpp\nint x;\n\nint y;\n```\n", "2 code: int x;\n4 code: int y;\n" },
    { "bibtex by looks", "```\n@misc{a,\n}\n```\n", "2 bibtex: @misc{a,\n3 bibtex: }\n" },
    { "bibtex without fence", "@misc{a,\n title={b}\n}\n", "1 bibtex: @misc{a,\n2 bibtex: title={b}\n3 bibtex: }\n" },
    { "unclosed", "```xml\n<a>\n", "2 code: <a>\n" },
    { "indented", "text\n\n    {x}\n", "1 prose: text\n3 code: {x}\n" },
    { "untagged output", "```\nloss 0.3\n```\n", "2 code: loss 0.3\n" },
  };
  check (CASES, G_N_ELEMENTS (CASES), passages_of);
}

static void
test_commands_by_tag_or_looks (void **state)
{
  (void) state;
  static const char *const CASES[] = {
    "```bash\npython train.py\n```\n",
    "```\npython train.py\n```\n",
    "```python\npython train.py\n```\n",
    "```diff\n+ python train.py\n```\n",
    "1. do\n\n   ```sh\n   python train.py\n   ```\n",
    "<pre><code>python train.py\n</code></pre>\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (CdDocument) document = parse (cd_parse_markdown, CD_DOCUMENT_MARKDOWN, CASES[i]);
    g_autofree char *got = passages_of (document);
    assert_non_null (strstr (got, "command"));
    assert_null (strstr (got, " code"));
  }
}

static void
test_tables (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "plain", "Scores:\n\n| M | **A** |\n|---|---|\n| [x](y) | **1** |\n| z |\n",
      "3-6 header 1 caption: Scores:\n|M|*A*| @3\n|x|*1*| @5\n|z|| @6\n" },
    { "caption behind", "text\n\n| a |\n|---|\n| 1 |\n\n**Table 2**: after\n", "3-5 header 1 caption: Table 2: after\n|a| @3\n|1| @5\n" },
    { "no caption", "# H\n\n| a |\n|---|\n\nnot a caption\n", "3-3 header 1 caption: -\n|a| @3\n" },
    { "html spans",
      "<table>\n<tr><th rowspan=2>M</th><th "
      "colspan=\"2\">S</th></tr>\n<tr><th>A</th><th>B</th></tr>\n<tr><td><b>o</b></td><td>1</td></tr>\n</table>\n",
      "1-5 header 2 caption: -\n|M|S|S| @2\n|M|A|B| @2\n|*o*|1|| @4\n" },
    { "html cut by blank lines", "<table>\n<tr><td>a</td></tr>\n\n<tr><td>b</td></tr>\n</table>\n", "1-5 header 0 caption: -\n|a| @2\n|b| @4\n" },
    { "html caption", "<table><caption>C</caption><tr><td>a</td></tr></table>\n", "1-1 header 0 caption: C\n|a| @1\n" },
    { "hidden cell", "| a | <!-- x --> b |\n|---|---|\n", "1-1 header 1 caption: -\n|a|b| @1\n" },
  };
  check (CASES, G_N_ELEMENTS (CASES), tables_of);
}

static void
test_links (void **state)
{
  (void) state;
  static const Case CASES[] = {
    { "kinds", "[a](b) <https://c.org> https://d.org/e_f. [g][h]\n![i](j)\n\n[h]: k\n",
      "1 link b (a)\n1 bare https://c.org (https://c.org)\n1 bare https://d.org/e_f (https://d.org/e_f)\n1 link k (g)\n2 image j (i)\n" },
    { "badge", "[![alt](img)](page)\n", "1 image img (alt)\n1 link page (alt)\n" },
    { "inline html", "one\n`x` <a href=\"u\">T <b>b</b></a>\n<img src='v' alt='w'>\n", "2 link u (T b)\n3 image v (w)\n" },
    { "html block", "<p>\n<a href=\"u\"><img src=\"v\" alt=\"w\"></a>\n</p>\n", "2 image v (w)\n2 link u (w)\n" },
    { "hidden", "<!-- [a](b) https://c.org -->\n\n[//]: # (https://d.org)\n", "" },
    { "after front matter", "---\na: b\n---\n\n[c](d)\n", "5 link d (c)\n" },
    { "after definitions", "[x]: y\n[z]: y\n\n[w]: y\n[a](b)\n", "5 link b (a)\n" },
    { "in a table", "| a |\n|---|\n| [b](c) |\n", "3 link c (b)\n" },
  };
  check (CASES, G_N_ELEMENTS (CASES), links_of);
}

static void
test_front_matter (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document
      = parse (cd_parse_markdown, CD_DOCUMENT_MARKDOWN, "---\nlicense: mit # x\ntags:\n- \"a b\"\nbase:\n  name: 'Q'\n---\n# T\n");
  g_autoptr (GString) got = g_string_new (NULL);
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = g_ptr_array_index (document->settings, i);
    assert_int_equal (setting->kind, CD_SETTING_FRONT_MATTER);
    g_string_append_printf (got, "%u %s=%s\n", setting->line, setting->key, setting->value);
  }
  assert_string_equal (got->str, "2 license=mit\n4 tags=a b\n6 base.name=Q\n");
  assert_part (sections_of, document, "8 h1 T\n");
  assert_part (passages_of, document,
               "2 config: license: mit # x\n3 config: tags:\n4 config: - \"a b\"\n5 config: base:\n6 config: name: 'Q'\n8 heading: T\n");
}

static void
test_rules_are_no_front_matter (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document = parse (cd_parse_markdown, CD_DOCUMENT_MARKDOWN, "---\n\na: b\n\n---\n");
  assert_int_equal (document->settings->len, 0);
  assert_part (passages_of, document, "3 prose: a: b\n");
}

static void
test_paragraph_numbers (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document = parse (cd_parse_markdown, CD_DOCUMENT_MARKDOWN, "One. Two.\n\n- a\n- b\n\nThree\n");
  static const guint WANT[] = { 0, 0, 1, 1, 2 };
  assert_int_equal (document->passages->len, G_N_ELEMENTS (WANT));
  for (guint i = 0; i < G_N_ELEMENTS (WANT); i++)
    assert_int_equal (g_array_index (document->passages, CdPassage, i).paragraph, WANT[i]);
}

static void
test_passage_lookup (void **state)
{
  (void) state;
  static const char TEXT[] = "# A\n\nOne. <!-- x --> Two.\n";
  g_autoptr (CdDocument) document = parse (cd_parse_markdown, CD_DOCUMENT_MARKDOWN, TEXT);
  const CdPassage *passage = cd_document_passage_at (document, (gsize) (strstr (TEXT, "wo.") - TEXT));
  assert_non_null (passage);
  assert_int_equal (passage->start, strstr (TEXT, "Two.") - TEXT);
  assert_null (cd_document_passage_at (document, (gsize) (strstr (TEXT, "x --") - TEXT)));
  assert_null (cd_document_passage_at (document, strlen (TEXT) + 10));
}

static void
test_passages_by_line (void **state)
{
  (void) state;
  static const char TEXT[] = "# A\n\nOne. Two\nthree.\n\n<!-- x -->\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
  static const struct {
    guint line;
    const char *begins; /* NULL: nothing stands there */
    CdPassageKind kind;
  } cases[] = {
    { 1, "A", CD_PASSAGE_HEADING },
    { 2, NULL, 0 },
    { 3, "Two", CD_PASSAGE_PROSE },
    { 4, "Two", CD_PASSAGE_PROSE },
    { 6, NULL, 0 },
    { 10, "1", CD_PASSAGE_TABLE },
    { 11, NULL, 0 },
    { G_MAXUINT, NULL, 0 },
    { 0, NULL, 0 },
  };
  g_autoptr (CdDocument) document = parse (cd_parse_markdown, CD_DOCUMENT_MARKDOWN, TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const CdPassage *passage = cd_document_passage_on (document, cases[i].line);
    assert_int_equal (passage != NULL, cases[i].begins != NULL);
    if (passage == NULL)
      continue;
    assert_int_equal (passage->kind, cases[i].kind);
    g_autofree char *text = cd_document_passage_text (document, passage);
    if (strstr (text, cases[i].begins) == NULL || strstr (text, cases[i].begins) > text + 2)
      fail_msg ("line %u: %s", cases[i].line, text);
  }
}

/* Each is 100 KB or more of one shape; reading them may not take long nor fail. */
static void
test_hostile_shapes (void **state)
{
  (void) state;
  static const struct {
    const char *unit;
    guint times;
  } SHAPES[] = {
    { ">", 10000 },
    { "[", 100000 },
    { "> ", 50000 },
    { "![[]()", 50000 },
    { "<table><tr><td colspan=999 rowspan=9999>", 4000 },
    { "a\n|-|-|\n", 10000 },
    { "<!-- ", 20000 },
    { "* ", 5000 },
    { "`", 100000 },
    { "\xFF\xFE\n", 30000 },
    { "<b>", 50000 },
    { "[![a](b)](c) ", 10000 },
    { "- [ ] ", 20000 },
    { "\r", 100000 },
  };
  gint64 start = g_get_monotonic_time ();
  for (gsize i = 0; i < G_N_ELEMENTS (SHAPES); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint n = 0; n < SHAPES[i].times; n++)
      g_string_append (text, SHAPES[i].unit);
    g_autoptr (CdDocument) document = parse_text (cd_parse_markdown, CD_DOCUMENT_MARKDOWN, text->str, text->len);
    assert_non_null (document);
  }
  assert_true (g_get_monotonic_time () - start < 30 * G_USEC_PER_SEC);
}

static void
test_wide_tables_are_bounded (void **state)
{
  (void) state;
  g_autoptr (GString) text = g_string_new ("|");
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "a|");
  g_string_append (text, "\n|");
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "-|");
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "\n|x");
  g_autoptr (CdDocument) document = parse_text (cd_parse_markdown, CD_DOCUMENT_MARKDOWN, text->str, text->len);
  assert_string_equal (document->unread, "Markdown too large or too involved: read as plain text");
}

static void
test_nul_and_invalid_bytes (void **state)
{
  (void) state;
  static const char TEXT[] = "# A\xFF\n\nb\0c [d](e\xC3)\n";
  g_autoptr (CdDocument) document = parse_text (cd_parse_markdown, CD_DOCUMENT_MARKDOWN, TEXT, sizeof TEXT - 1);
  assert_part (passages_of, document, "1 heading: A\\xFF\n3 prose: b\\x00c [d](e\\xC3)\n");
  const CdLink *link = g_ptr_array_index (document->links, 0);
  assert_true (g_utf8_validate (link->target, -1, NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_sections),
    cmocka_unit_test (test_prose),
    cmocka_unit_test (test_blocks),
    cmocka_unit_test (test_commands_by_tag_or_looks),
    cmocka_unit_test (test_tables),
    cmocka_unit_test (test_links),
    cmocka_unit_test (test_front_matter),
    cmocka_unit_test (test_rules_are_no_front_matter),
    cmocka_unit_test (test_paragraph_numbers),
    cmocka_unit_test (test_passage_lookup),
    cmocka_unit_test (test_passages_by_line),
    cmocka_unit_test (test_hostile_shapes),
    cmocka_unit_test (test_wide_tables_are_bounded),
    cmocka_unit_test (test_nul_and_invalid_bytes),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
