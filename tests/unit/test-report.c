/* What a reader of a report sees, over an audit of a small repository whose names and texts are hostile: keys and their order, the same bytes for any number
 * of threads, nothing that a terminal or GitHub would take for a command, nothing beyond the right border. */
#include "cli/embedded.h"
#include "fixture.h"
#include "report/markup.h"
#include "report/page.h"
#include "report/pick.h"
#include <cjson/cJSON.h>
#include <cmark-gfm-core-extensions.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BIDI "\xE2\x80\xAE" /* right-to-left override */
#define HOSTILE "a|b`c``@everyone<script>alert(1)</script>*x*_y_[z](w)#1 \033[31m" BIDI
#define TRAINING "python scripts/train_sft.py --note '" HOSTILE "'"
#define LONG_FOLDER "notes/on-the-way-from-questions-to-answers/and-back-again/and-once-more-in-full/with-all-the-intermediate-steps/"

static const char readme[]
    = "# Tiny reasoner\n\nWe train on 8 x A100 GPUs with supervised fine-tuning on 1,000 problems, learning rate 1e-5, batch size 16, 3 epochs. "
      "東京大学の模型。\n\n"
      "## Training\n\n```bash\npip install -r requirements.txt\n" TRAINING "\nbash scripts/train_missing.sh\n```\n\n"
      "## Evaluation\n\n```bash\npython eval.py\n```\n\n| Model | AIME 2024 (pass@1) |\n|---|---|\n| Tiny reasoner | 46.7 |\n| baseline | 30.0 |\n";

typedef struct {
  Fixture *fixture;
  CdData *data;
  CdAudit *one, *four; /* by threads */
} Case;

static CdAudit *
audit (const Case *c, guint threads)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "candor", NULL);
  g_autoptr (GError) error = NULL;
  const CdAuditOptions options = { .location = fixture_path (c->fixture), .cache = cache, .threads = threads };
  CdAudit *made = cd_audit_run (c->data, &options, &error);
  if (made == NULL)
    fail_msg ("%s", error->message);
  return made;
}

static int
set_up (void **state)
{
  Case *c = g_new0 (Case, 1);
  *state = c; /* what is torn down where this fails */
  c->fixture = fixture_new ();
  cd_embedded_register (); /* signals that the build compiled: anew it takes minutes under the sanitizers */
  c->data = cd_data_new (NULL, NULL);
  assert_non_null (c->data);
  fixture_write (c->fixture, "README.md", readme);
  fixture_write (c->fixture, "requirements.txt", "torch==2.4.0\n");
  fixture_write (c->fixture, "scripts/train_sft.py", "import torch\nlearning_rate = 1e-5\n# trained on 8 x A100 GPUs\n");
  fixture_write (c->fixture, "eval.py", "print('accuracy')\n");
  fixture_write (c->fixture, LONG_FOLDER "training-on-hardware.md", "# Training\n\nTraining ran on 8 x H100 GPUs for 12 hours.\n");
  fixture_write_bytes (c->fixture, "data/\033[31m|`@everyone<b>" BIDI ".parquet", "PAR1\0\0", 6);
  fixture_git (c->fixture, "remote", "add", "origin", "https://github.com/owner/name.git", NULL);
  fixture_commit (c->fixture, "all");
  c->one = audit (c, 1);
  c->four = audit (c, 4);
  return 0;
}

static int
tear_down (void **state)
{
  Case *c = *state;
  cd_audit_free (c->one);
  cd_audit_free (c->four);
  cd_data_free (c->data);
  fixture_free (c->fixture);
  g_free (c);
  return 0;
}

static char *
text_of (const CdAudit *from, guint width, gboolean colour, gboolean unicode)
{
  const CdReportStyle style = { .width = width, .colour = colour, .unicode = unicode, .paper_table = "Work  Total\n東京  79\n" };
  return cd_report_text (from, &style);
}

static void
check_keys (const cJSON *object, const char *expected)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  for (const cJSON *key = object->child; key != NULL; key = key->next)
    g_string_append_printf (keys, "%s%s", keys->len > 0 ? " " : "", key->string);
  assert_string_equal (keys->str, expected);
}

static void
test_json_has_the_keys_of_the_contract_in_their_order (void **state)
{
  const Case *c = *state;
  g_autofree char *text = cd_report_json (c->one);
  cJSON *root = cJSON_Parse (text);
  assert_non_null (root);
  check_keys (root,
              "schema tool subject score category verdicts distillation provenance commands claims reproductions vendored risks not_examined probes "
              "contamination questions");
  check_keys (cJSON_GetObjectItem (root, "tool"), "name version rubric knowledge_sha256");
  check_keys (cJSON_GetObjectItem (root, "subject"), "commit subdir scope remote manifest date");
  check_keys (cJSON_GetObjectItem (root, "score"), "total of expected likely settled unsettled dimensions");
  check_keys (cJSON_GetObjectItem (root, "category"), "openness approach");
  check_keys (cJSON_GetObjectItem (root, "verdicts")->child,
              "id question yes points of certainty basis why evidence candidates missing settled dimension");
  check_keys (cJSON_GetObjectItem (root, "distillation"), "label teachers eval_judges inherited limits signs reader_needed undecided summary");
  check_keys (cJSON_GetObjectItem (root, "provenance"), "datasets base_models weights paper license");
  check_keys (cJSON_GetObjectItem (cJSON_GetObjectItem (root, "commands"), "training")->child, "path line command status problems");
  assert_int_equal (cJSON_GetArraySize (cJSON_GetObjectItem (root, "verdicts")), (int) cd_rubric_length (c->one->rubric));
  cJSON_Delete (root);
}

static void
test_a_verdict_that_is_not_settled_never_looks_so (void **state)
{
  (void) state;
  static const struct {
    double certainty;
    guint percent;
  } cases[] = { { 0.8999, 89 }, { 0.9, 90 }, { 0.57, 57 }, { 0.5, 50 }, { 0.999, 99 }, { 1, 100 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (cd_pick_percent (&(CdVerdict){ .certainty = cases[i].certainty }), cases[i].percent);
}

static void
test_reports_do_not_depend_on_the_number_of_threads (void **state)
{
  const Case *c = *state;
  g_autofree char *json = cd_report_json (c->one), *other_json = cd_report_json (c->four);
  g_autofree char *markdown = cd_report_markdown (c->one), *other_markdown = cd_report_markdown (c->four);
  g_autofree char *text = text_of (c->one, 100, TRUE, TRUE), *other_text = text_of (c->four, 100, TRUE, TRUE);
  assert_string_equal (json, other_json);
  assert_string_equal (markdown, other_markdown);
  assert_string_equal (text, other_text);
}

/* Neither control characters besides line ends nor such as turn the direction of writing. */
static void
check_harmless (const char *text)
{
  assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    GUnicodeType type = g_unichar_type (g_utf8_get_char (at));
    assert_true (*at == '\n' || (type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT));
  }
}

static void
test_control_characters_are_spelt_out (void **state)
{
  const Case *c = *state;
  g_autofree char *text = text_of (c->one, 120, FALSE, TRUE), *markdown = cd_report_markdown (c->one);
  check_harmless (text);
  check_harmless (markdown);
  assert_non_null (strstr (text, "data/\\u{1B}[31m|`@everyone<b>\\u{202E}.parquet"));
  assert_non_null (strstr (text, "train_sft.py --note"));
}

static void
test_text_keeps_to_the_width (void **state)
{
  const Case *c = *state;
  static const struct {
    guint width;
    gboolean unicode;
  } cases[] = { { 60, TRUE }, { 61, TRUE }, { 80, TRUE }, { 100, TRUE }, { 120, TRUE }, { 60, FALSE }, { 80, FALSE }, { 120, FALSE } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = text_of (c->one, cases[i].width, FALSE, cases[i].unicode);
    assert_true (cases[i].unicode || g_str_is_ascii (text));
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    for (guint line = 0; lines[line] != NULL; line++) {
      if (cd_text_columns (lines[line]) > cases[i].width)
        fail_msg ("%u columns: %s", cases[i].width, lines[line]);
      assert_false (g_str_has_suffix (lines[line], " "));
    }
  }
}

static void
test_text_tells_score_and_every_criterion (void **state)
{
  const Case *c = *state;
  g_autofree char *text = text_of (c->one, 100, FALSE, TRUE), *ascii = text_of (c->one, 100, FALSE, FALSE);
  g_autofree char *total = g_strdup_printf ("%u / %u", c->one->score.total, c->one->score.of);
  g_autofree char *doubt = g_strdup_printf ("likely %u–%u, expected %.1f", c->one->score.likely[0], c->one->score.likely[1], c->one->score.expected);
  assert_true (g_str_has_prefix (text, "https://github.com/owner/name"));
  assert_non_null (strstr (text, total));
  assert_non_null (strstr (text, doubt));
  assert_non_null (strstr (text, "missing-file: scripts/train_missing.sh"));
  assert_non_null (strstr (text, "東京  79"));
  for (guint i = 0; i < cd_rubric_length (c->one->rubric); i++) {
    const CdCriterion *criterion = cd_rubric_criterion (c->one->rubric, i);
    const CdVerdict *verdict = c->one->verdicts->pdata[i];
    g_autofree char *doubtful = g_strdup_printf ("%2u %% ", (guint) (100 * verdict->certainty));
    g_autofree char *row = g_strdup_printf ("  %s %u/%u %s %s ", verdict->yes ? "✓" : "✗", verdict->yes ? criterion->points : 0, criterion->points,
                                            verdict->certainty < 0.9 ? doubtful : " ", criterion->id);
    g_autofree char *plain = g_strdup_printf ("  %s %u/%u ", verdict->yes ? "y" : "n", verdict->yes ? criterion->points : 0, criterion->points);
    assert_non_null (strstr (text, row));
    assert_non_null (strstr (ascii, plain));
  }
}

static void
test_colour_is_all_that_colour_adds (void **state)
{
  const Case *c = *state;
  g_autofree char *coloured = text_of (c->one, 80, TRUE, TRUE), *plain = text_of (c->one, 80, FALSE, TRUE);
  g_autoptr (GRegex) escapes = g_regex_new ("\033\\[[0-9]+m", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autofree char *bare = g_regex_replace_literal (escapes, coloured, -1, 0, "", G_REGEX_MATCH_DEFAULT, NULL);
  assert_null (strchr (plain, '\033'));
  assert_non_null (strchr (coloured, '\033'));
  assert_string_equal (bare, plain);
}

/* As GitHub renders it, raw HTML included. */
static char *
html_of (const char *markdown)
{
  cmark_gfm_core_extensions_ensure_registered ();
  cmark_parser *parser = cmark_parser_new (CMARK_OPT_UNSAFE);
  static const char *const extensions[] = { "table", "autolink", "strikethrough" };
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    cmark_parser_attach_syntax_extension (parser, cmark_find_syntax_extension (extensions[i]));
  cmark_parser_feed (parser, markdown, strlen (markdown));
  cmark_node *document = cmark_parser_finish (parser);
  char *rendered = cmark_render_html (document, CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions (parser));
  char *html = g_strdup (rendered);
  free (rendered);
  cmark_node_free (document);
  cmark_parser_free (parser);
  return html;
}

static char *
without (const char *pattern, const char *html)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DOTALL, G_REGEX_MATCH_DEFAULT, NULL);
  return g_regex_replace_literal (regex, html, -1, 0, "", G_REGEX_MATCH_DEFAULT, NULL);
}

/* What a reader sees of HTML. */
static char *
seen (const char *html)
{
  static const char *const references[] = { "&lt;", "<", "&gt;", ">", "&quot;", "\"", "&amp;", "&" };
  g_autofree char *bare = without ("<!--.*?-->|<[^>]*>", html);
  GString *text = g_string_new (bare);
  for (guint i = 0; i < G_N_ELEMENTS (references); i += 2)
    g_string_replace (text, references[i], references[i + 1], 0);
  return g_string_free (text, FALSE);
}

static void
test_markdown_shows_any_text_as_it_is (void **state)
{
  (void) state;
  static const char *const texts[] = {
    HOSTILE,
    "a|b",
    "`",
    "``a``",
    "a`b|c",
    "\\|",
    "a\\",
    "\\`|",
    "<b>bold</b>",
    "&amp; &#64;",
    "*a* _b_ ~~c~~",
    "[a](http://b)",
    "![a](b)",
    "@name",
    "#12",
    "https://example.com/a_b",
    "www.example.com",
    "$x$",
    "<!-- a -->",
    "a<br>b",
    "| a |",
    "- a",
    "1. a",
    "plain words",
    "東京",
    "~~~",
    "]]>",
    "me@example.com",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GString) table = g_string_new ("| prose | code | end |\n|---|---|---|\n| x");
    cd_markup_text (table, texts[i]);
    g_string_append (table, "x | ");
    cd_markup_code (table, texts[i]);
    g_string_append (table, " | end |\n");
    g_autofree char *html = html_of (table->str);
    g_autofree char *text = seen (html);
    g_autofree char *printable = cd_text_printable (texts[i]);
    g_autofree char *expected = g_strdup_printf ("\n\n\nprose\ncode\nend\n\n\n\n\nx%sx\n%s\nend\n\n\n\n", printable, printable);
    assert_string_equal (text, expected);
    g_autofree char *outside = without ("<code>.*?</code>", html);
    static const char *const never[] = { "<script", "<b>", "<br", "<em>", "<del>", "<img", "<a ", "@name", "@everyone", "#12" };
    for (guint n = 0; n < G_N_ELEMENTS (never); n++)
      assert_null (strstr (outside, never[n]));
  }
}

static void
test_markdown_keeps_the_repository_in_code_spans (void **state)
{
  const Case *c = *state;
  g_autofree char *markdown = cd_report_markdown (c->one);
  g_autofree char *html = html_of (markdown), *text = seen (html), *outside = without ("<code>.*?</code>", html);
  assert_non_null (strstr (text, "data/\\u{1B}[31m|`@everyone<b>\\u{202E}.parquet"));
  assert_non_null (strstr (text, "--note 'a|b`c``@everyone<script>alert(1)</script>*x*_y_[z](w)#1 \\u{1B}[31m\\u{202E}'"));
  assert_null (strstr (html, "<script"));
  assert_null (strstr (outside, "everyone"));
  assert_null (strstr (outside, "alert"));
  g_autofree char *link = g_strdup_printf ("<a href=\"https://github.com/owner/name/blob/%s/README.md?plain=1#L9\"><code>README.md:9</code></a>",
                                           cd_snapshot_commit (c->one->snapshot));
  assert_non_null (strstr (html, link));
  for (guint i = 0; i < cd_rubric_length (c->one->rubric); i++) {
    g_autofree char *cell = g_strdup_printf ("<td><code>%s</code><br>", cd_rubric_criterion (c->one->rubric, i)->id);
    assert_non_null (strstr (html, cell));
  }
}

static void
test_page_cuts_by_columns (void **state)
{
  (void) state;
  static const struct {
    const char *text;
    guint columns;
    gboolean unicode;
    const char *expected;
  } cases[] = {
    { "src/a.py:12", 20, TRUE, "src/a.py:12" },
    { "src/training/data/loader.py:12", 16, TRUE, "src/t…ader.py:12" },
    { "src/training/data/loader.py:12", 16, FALSE, "src/...der.py:12" },
    { "資料/訓練資料/讀取程式.py:7", 14, TRUE, "資料…程式.py:7" },
    { "資料.py", 30, FALSE, "\\u{8CC7}\\u{6599}.py" },
    { "a\nb\tc", 10, TRUE, "a b c" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const CdReportStyle style = { .width = 60, .unicode = cases[i].unicode };
    CdPage page;
    cd_page_init (&page, &style);
    cd_page_put_middle (&page, cases[i].text, cases[i].columns, CD_TINT_NONE);
    g_autofree char *text = cd_page_finish (&page);
    assert_string_equal (text, cases[i].expected);
    assert_true (cd_text_columns (text) <= cases[i].columns);
  }
}

static void
test_page_wraps_at_words_and_breaks_what_is_longer_than_a_line (void **state)
{
  (void) state;
  static const struct {
    const char *text;
    const char *expected;
  } cases[] = {
    { "one two three four", "- one two\n  three four\n" },
    { "a  b", "- a b\n" },
    { "abcdefghijklmnop q", "- abcdefghij\n  klmnop q\n" },
    { "東京大学東京", "- 東京大学東\n  京\n" },
    { "", "-\n" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const CdReportStyle style = { .width = 12, .unicode = TRUE };
    CdPage page;
    cd_page_init (&page, &style);
    cd_page_put (&page, "-", CD_TINT_NONE);
    cd_page_move (&page, 2);
    cd_page_wrap (&page, cases[i].text, CD_TINT_NONE);
    cd_page_end (&page);
    g_autofree char *text = cd_page_finish (&page);
    assert_string_equal (text, cases[i].expected);
  }
}

static void
test_page_bars_fill_by_share (void **state)
{
  (void) state;
  static const struct {
    double part, whole;
    gboolean unicode;
    const char *expected;
  } cases[] = {
    { 0, 10, TRUE, "░░░░" }, { 5, 10, TRUE, "██░░" }, { 10, 10, FALSE, "####" }, { 20, 10, FALSE, "####" }, { 1, 0, FALSE, "...." },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const CdReportStyle style = { .width = 60, .unicode = cases[i].unicode };
    CdPage page;
    cd_page_init (&page, &style);
    cd_page_bar (&page, 4, cases[i].part, cases[i].whole);
    g_autofree char *text = cd_page_finish (&page);
    assert_string_equal (text, cases[i].expected);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_json_has_the_keys_of_the_contract_in_their_order),
    cmocka_unit_test (test_a_verdict_that_is_not_settled_never_looks_so),
    cmocka_unit_test (test_reports_do_not_depend_on_the_number_of_threads),
    cmocka_unit_test (test_control_characters_are_spelt_out),
    cmocka_unit_test (test_text_keeps_to_the_width),
    cmocka_unit_test (test_text_tells_score_and_every_criterion),
    cmocka_unit_test (test_colour_is_all_that_colour_adds),
    cmocka_unit_test (test_markdown_shows_any_text_as_it_is),
    cmocka_unit_test (test_markdown_keeps_the_repository_in_code_spans),
    cmocka_unit_test (test_page_cuts_by_columns),
    cmocka_unit_test (test_page_wraps_at_words_and_breaks_what_is_longer_than_a_line),
    cmocka_unit_test (test_page_bars_fill_by_share),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
