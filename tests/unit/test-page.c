/* Pages from records that no audit would write: whatever a file says, the page is bounded, well-formed and inert; the graph holds what fits. */
#include "page/page.h"
#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define PLACE "{\"path\":\"src/a.py\",\"line\":3,\"end\":5,\"blob\":\"0123456789012345678901234567890123456789\",\"says\":\"x\"}"
#define HEX64 "0000000000000000000000000000000000000000000000000000000000000000"

/* Something under every key that pages read. */
static const char audit[]
    = "{\"schema\":\"candor-audit/"
      "1\",\"tool\":{\"name\":\"candor\",\"version\":\"0.1.0\",\"rubric\":{\"id\":\"tti\",\"version\":\"1\",\"sha256\":\"" HEX64
      "\"},\"knowledge_sha256\":\"" HEX64 "\"},"
      "\"subject\":{\"commit\":\"0123456789012345678901234567890123456789\",\"subdir\":\"\",\"scope\":[\"*.md\"],\"remote\":\"https://github.com/o/"
      "n.git\","
      "\"manifest\":null,\"date\":\"2025-01-02\"},"
      "\"score\":{\"total\":7,\"of\":10,\"expected\":6.5,\"likely\":[4,8],\"settled\":1,\"unsettled\":2,"
      "\"dimensions\":[{\"id\":\"data\",\"name\":\"Data\",\"points\":7,\"of\":10}]},"
      "\"category\":{\"openness\":\"open\",\"approach\":[\"rl\"]},"
      "\"verdicts\":[{\"id\":\"data.a\",\"question\":\"A?\",\"yes\":true,\"points\":4,\"of\":4,\"certainty\":0.95,\"basis\":\"inferred\",\"why\":"
      "\"found\","
      "\"evidence\":[" PLACE "," PLACE "," PLACE "," PLACE "," PLACE "],\"candidates\":[],\"missing\":[],\"settled\":true},"
      "{\"id\":\"data.b\",\"question\":\"B?\",\"yes\":true,\"points\":3,\"of\":3,\"certainty\":0.6,\"basis\":\"assessed\",\"why\":\"found\","
      "\"evidence\":[],"
      "\"candidates\":[{\"path\":\"README.md\",\"line\":1,\"end\":1,\"for\":true,\"says\":\"y\",\"section\":\"Head\",\"kind\":\"prose\"}],"
      "\"missing\":[],"
      "\"settled\":false,\"rules\":{\"yes\":false,\"why\":\"not found\"},"
      "\"assessments\":[{\"assessor\":\"Ada\",\"kind\":\"author\",\"answer\":\"yes\",\"reason\":\"it is there\"}]},"
      "{\"id\":\"data.c\",\"question\":\"C?\",\"yes\":false,\"points\":0,\"of\":3,\"certainty\":0.5,\"basis\":\"absent\",\"why\":\"not "
      "found\",\"evidence\":[],"
      "\"candidates\":[],\"missing\":[\"say so\"],\"settled\":false}],"
      "\"distillation\":{\"label\":\"partial\",\"reader_needed\":true,\"undecided\":{\"between\":[\"partial\",\"disclosed\"]},\"summary\":\"told in "
      "part\","
      "\"teachers\":[{\"model\":\"gpt-4o\",\"provider\":\"openai\",\"roles\":[\"answer\"],\"disclosure\":\"code-only\",\"confidence\":\"medium\","
      "\"unpinned\":true,\"direct\":false,\"evidence\":[" PLACE "]}],\"eval_judges\":[{\"model\":\"gpt-4\",\"evidence\":[" PLACE "]}],"
      "\"inherited\":[{\"via\":\"set\",\"from\":\"GPT-4\",\"stated\":false,\"kind\":\"dataset\",\"chain\":[\"mid\",\"GPT-4\"],\"evidence\":[" PLACE
      "]}],"
      "\"limits\":[{\"code\":\"terms\",\"teacher\":\"GPT-4\",\"what\":\"terms\",\"source\":\"https://example.org/"
      "terms\",\"above\":true,\"evidence\":[" PLACE "]}],\"signs\":[{\"path\":\"data.jsonl\",\"sign\":\"glyph\",\"what\":\"U+202F\",\"count\":2}]},"
      "\"provenance\":{\"datasets\":[{\"name\":\"o/set\",\"where\":\"https://example.org/"
      "set\",\"role\":\"training\",\"pinned\":false,\"license\":\"mit\","
      "\"license_source\":\"https://example.org\",\"stated_size\":5,\"rows\":4,\"compatible\":true,\"evidence\":[" PLACE "]}],"
      "\"base_models\":[{\"id\":\"o/base\",\"evidence\":[" PLACE "]}],\"weights\":[{\"id\":\"o/weights\",\"evidence\":[]}],"
      "\"paper\":\"https://arxiv.org/abs/1\",\"license\":\"MIT\"},"
      "\"commands\":{\"training\":[{\"path\":\"a.sh\",\"line\":2,\"command\":\"run\",\"status\":\"broken\",\"problems\":[{\"code\":\"missing-file\","
      "\"what\":\"x.py\",\"path\":\"b.sh\",\"line\":4}]}],\"evaluation\":[],\"environment\":{\"dependencies\":\"pinned\",\"seed\":\"set\","
      "\"hardware\":true,"
      "\"evidence\":[]}},"
      "\"claims\":[{\"model\":\"m\",\"benchmark\":\"aime-2024\",\"metric\":\"pass@1\",\"value\":46.7,\"unit\":\"percent\",\"evidence\":[" PLACE
      "],\"from\":\"table\",\"disagrees\":[{\"code\":\"c\",\"what\":\"differs\",\"evidence\":[" PLACE "]}],"
      "\"arithmetic\":{\"verdict\":\"not-a-single-run\",\"n\":30,\"samples\":null,\"fewest_samples\":8}}],"
      "\"reproductions\":[{\"claim\":0,\"model\":\"m\",\"benchmark\":\"aime-2024\",\"metric\":\"pass@1\",\"by\":\"log\",\"value\":30,\"unit\":"
      "\"percent\","
      "\"runs\":3,\"interval\":[16.7,47.9],\"conclusion\":\"selected\",\"why\":\"best of 3\",\"evidence\":[" PLACE "],\"values\":[20,30,46.7]},"
      "{\"claim\":null,\"model\":\"m\",\"benchmark\":\"b\",\"metric\":\"accuracy\",\"by\":\"log\",\"value\":0.5,\"unit\":\"fraction\",\"runs\":1,"
      "\"interval\":null,\"conclusion\":null,\"why\":null,\"evidence\":[],\"values\":[0.5]}],"
      "\"vendored\":[{\"path\":\"verl\",\"of\":\"verl\",\"by\":\"blob-ids\"}],"
      "\"risks\":[{\"code\":\"committed-credential\",\"what\":\"a credential\",\"evidence\":[" PLACE "]}],"
      "\"not_examined\":[{\"path\":\"a.bin\",\"why\":\"binary\"},{\"path\":\"b.bin\",\"why\":\"binary\"}],"
      "\"contamination\":{\"checked\":true,\"training\":[{\"path\":\"t\"}],\"evaluation\":[{\"given\":\"e\"}],\"total\":1,"
      "\"overlaps\":[{\"training\":{\"path\":\"t\",\"line\":1},\"evaluation\":{\"given\":\"e\",\"line\":2},\"shared\":3,\"of\":4,\"exact\":false}],"
      "\"whole_sets\":[{\"training\":{\"path\":\"t\"},\"evaluation\":{\"given\":\"e\"},\"items\":1,\"of\":1,\"same_blob\":true}],"
      "\"both\":[{\"path\":\"t\",\"trained_by\":[" PLACE "],\"evaluated_by\":[" PLACE "]}],\"stated\":[" PLACE
      "],\"holds\":false,\"unassigned\":[\"u\"],"
      "\"not_examined\":[{\"path\":\"g\",\"why\":\"too large\"}]},"
      "\"questions\":[\"data.c\",\"data.b\",\"data.a\"],"
      "\"assessments\":[{\"assessor\":\"Ada\",\"kind\":\"author\",\"agreement\":null,\"date\":\"2025-01-01\",\"commit\":\"0123\",\"answers\":1,"
      "\"used\":0}],"
      "\"online\":{\"asked\":1,\"links\":[{\"id\":\"o/set\",\"kind\":\"dataset\",\"url\":\"https://"
      "example.org\",\"verdict\":\"exists\",\"status\":200,"
      "\"moved_to\":null,\"places\":[" PLACE "]}]},"
      "\"history\":{\"points\":[{\"commit\":\"0123\",\"date\":\"2024-01-01\",\"total\":3,\"label\":\"none\",\"gained\":[\"data.a\"],\"lost\":[],"
      "\"why\":null},"
      "{\"commit\":\"4567\",\"date\":\"2025-01-02\",\"total\":7,\"label\":\"partial\",\"gained\":[],\"lost\":[\"data.c\"],\"why\":null}],"
      "\"removed\":[{\"kind\":\"teacher\",\"model\":\"gpt-4\",\"path\":\"README.md\",\"said_first\":{\"date\":\"2024-01-01\"},"
      "\"taken_away\":{\"date\":\"2024-02-01\"},\"instead\":null,\"still_told\":false}]}}";

static cJSON *
parse (void)
{
  cJSON *json = cJSON_Parse (audit);
  assert_non_null (json);
  return json;
}

/* The page of what json says, or NULL where it is no audit; json is freed. Every page must be well-formed. Caller frees. */
static char *
page_of (cJSON *json, const CdPageContext *context)
{
  char *text = cJSON_PrintUnformatted (json);
  cJSON_Delete (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (CdRecord) record = cd_record_read (text, strlen (text), "audit", &error);
  cJSON_free (text);
  char *page = record != NULL ? cd_page_audit (record, context) : NULL;
  xmlDoc *document = page != NULL ? xmlReadMemory (page, (int) strlen (page), "page", NULL, XML_PARSE_NONET | XML_PARSE_HUGE) : NULL;
  if (page != NULL && document == NULL)
    fail_msg ("not well-formed: %.2000s", page);
  xmlFreeDoc (document);
  return page;
}

static void
assert_holds (const char *page, const char *part)
{
  if (strstr (page, part) == NULL)
    fail_msg ("no %s in\n%s", part, page);
}

static void
assert_lacks (const char *page, const char *part)
{
  if (strstr (page, part) != NULL)
    fail_msg ("%s in\n%s", part, page);
}

static guint
count (const char *page, const char *part)
{
  guint found = 0;
  for (const char *at = strstr (page, part); at != NULL; at = strstr (at + 1, part))
    found++;
  return found;
}

static void
a_page_holds_what_the_record_says (void **state)
{
  (void) state;
  g_autofree char *page = page_of (parse (), NULL);
  static const char *const parts[] = {
    "<h1>o/n</h1>",
    "<strong>7</strong> of 10 points, <strong>open</strong>; likely 4 to 8, expected 6.5",
    "likely 4 to 8, expected 6.5</text>",
    "? for a reader to settle, 60 % certain",
    "<strong>yes</strong>, <q>it is there</q>",
    "https://github.com/o/n/blob/0123456789012345678901234567890123456789/src/a.py#L3-L5",
    "and 2 more",
    "With them it would be <q>partial</q>, without them <q>disclosed</q>.",
    "a lead for a reader: <span>in code only</span>, unpinned alias",
    "above its teacher, for attention and not as an accusation",
    "1 figure claimed: 1 selected.",
    "46.7 % on the 30 problems of aime-2024 is not a single-run figure, most likely a mean over several runs, which is no fault; the audit found no "
    "stated number of runs that gives it (8 would)",
    "missing-file",
    "2 files: binary",
    "that does not hold for what is here:",
    "2 commits from 2024-01-01 to 2025-01-02; the first has 3 points, the last 7.",
  };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_holds (page, parts[i]);
  assert_int_equal (count (page, "class=\"run\""), 3 + 1); /* and the legend's */
}

static void
unsettled_verdicts_stand_in_the_order_of_the_questions (void **state)
{
  (void) state;
  g_autofree char *page = page_of (parse (), NULL);
  const char *first = strstr (page, "href=\"#c-data.c\""), *second = strstr (page, "href=\"#c-data.b\"");
  assert_true (first != NULL && second != NULL && first < second);
  assert_lacks (page, "href=\"#c-data.a\"");
}

static void
a_site_gives_name_note_home_and_time (void **state)
{
  (void) state;
  static const CdScorePoint points[] = { { "aaaa", "2023-05-01", 1 }, { "bbbb", "no date", 300 } };
  CdPageContext context = { .name = "A <work>", .note = "a note", .home = "../index.html", .points = points, .n_points = 2 };
  cJSON *json = parse ();
  cJSON_DeleteItemFromObject (json, "history");
  g_autofree char *page = page_of (json, &context);
  assert_holds (page, "<h1>A &lt;work&gt;</h1>");
  assert_holds (page, "<p>a note</p>");
  assert_holds (page, "href=\"../index.html\"");
  assert_holds (page, "2 commits from 2023-05-01");
}

/* Every string below item becomes text, but for those without which it is no audit. */
static void
replace_strings (cJSON *item, const char *text)
{
  cJSON *child = NULL;
  cJSON_ArrayForEach (child, item)
  {
    if (cJSON_IsString (child) && g_strcmp0 (child->string, "schema") != 0 && g_strcmp0 (child->string, "commit") != 0)
      cJSON_SetValuestring (child, text);
    replace_strings (child, text);
  }
}

static void
hostile_strings_are_inert_everywhere (void **state)
{
  (void) state;
  static const char *const texts[]
      = { "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "a\u202eb\x1b[2J", "]]>--><!--&amp;" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    cJSON *json = parse ();
    replace_strings (json, texts[i]);
    g_autofree char *page = page_of (json, NULL);
    assert_non_null (page);
    assert_lacks (page, "<script");
    assert_lacks (page, "<img");
    assert_lacks (page, "href=\"javascript");
    assert_lacks (page, "\xe2\x80\xae");
    assert_lacks (page, "\x1b");
  }
}

static void
long_names_are_cut (void **state)
{
  (void) state;
  g_autofree char *name = g_strnfill (10000, 'n');
  cJSON *json = parse ();
  replace_strings (json, name);
  g_autofree char *page = page_of (json, NULL), *plain = page_of (parse (), NULL);
  assert_non_null (page);
  assert_true (strlen (page) < strlen (plain) + 200 * 1000);
  g_autofree char *longest = g_strnfill (1000, 'n');
  assert_lacks (page, longest);
}

static void
a_graph_holds_forty_boxes_and_counts_the_rest (void **state)
{
  (void) state;
  static const guint sizes[] = { 0, 1, 17, 18, 40, 3000 };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    cJSON *json = parse (), *provenance = cJSON_GetObjectItem (json, "provenance"), *distillation = cJSON_GetObjectItem (json, "distillation");
    static const char *const keys[] = { "base_models", "weights", "datasets" };
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
      cJSON_DeleteItemFromObject (provenance, keys[k]);
    cJSON_DeleteItemFromObject (distillation, "inherited");
    cJSON_DeleteItemFromObject (distillation, "teachers");
    cJSON *teachers = cJSON_AddArrayToObject (distillation, "teachers"), *models = cJSON_AddArrayToObject (provenance, "base_models");
    for (guint n = 0; n < sizes[i]; n++) {
      g_autofree char *name = g_strdup_printf ("model-%u", n);
      cJSON *teacher = cJSON_Parse ("{\"provider\":null,\"roles\":[],\"disclosure\":\"hinted\",\"confidence\":\"low\",\"evidence\":[]}"),
            *base = cJSON_CreateObject ();
      cJSON_AddStringToObject (teacher, "model", name);
      cJSON_AddStringToObject (base, "id", name);
      cJSON_AddItemToArray (teachers, teacher);
      cJSON_AddItemToArray (models, base);
    }
    g_autofree char *page = page_of (json, NULL);
    guint boxes = count (page, "class=\"box "),
          drawn = sizes[i] == 0 ? 0 : 1 + MIN (sizes[i], 10) + (sizes[i] > 10) + MIN (sizes[i] + 1, 18) + (sizes[i] > 17);
    assert_int_equal (boxes, drawn);
    if (sizes[i] == 0)
      assert_holds (page, "that a graph could show");
    if (sizes[i] == 40) {
      assert_holds (page, "and 30 more</text>");
      assert_holds (page, "and 23 more</text>");
    }
  }
}

/* Each value below item in turn becomes something else. */
static void
each_changed (cJSON *at, cJSON *root, guint *tried)
{
  static const char *const others[] = { "null", "[]", "{}", "\"\"", "-1", "1e308", "[[{}]]", "true" };
  guint length = (guint) cJSON_GetArraySize (at);
  for (guint i = 0; i < length; i++) {
    cJSON *child = cJSON_GetArrayItem (at, (int) i);
    g_autofree char *key = g_strdup (child->string);
    cJSON *kept = cJSON_Duplicate (child, TRUE);
    cJSON *other = cJSON_Parse (others[(*tried)++ % G_N_ELEMENTS (others)]);
    if (key != NULL)
      cJSON_ReplaceItemInObjectCaseSensitive (at, key, other);
    else
      cJSON_ReplaceItemInArray (at, (int) i, other);
    g_free (page_of (cJSON_Duplicate (root, TRUE), NULL));
    if (key != NULL)
      cJSON_ReplaceItemInObjectCaseSensitive (at, key, kept);
    else
      cJSON_ReplaceItemInArray (at, (int) i, kept);
    if (cJSON_IsObject (kept) || cJSON_IsArray (kept))
      each_changed (kept, root, tried);
  }
}

static void
values_of_other_kinds_do_no_harm (void **state)
{
  (void) state;
  cJSON *json = parse ();
  guint tried = 0;
  static const char *const parts[]
      = { "distillation", "provenance", "commands", "claims", "reproductions", "contamination", "history", "online", "risks", "score" };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    each_changed (cJSON_GetObjectItem (json, parts[i]), json, &tried);
  cJSON_Delete (json);
  assert_true (tried > 300);
}

static void
a_drawing_of_a_teacher_links_its_works (void **state)
{
  (void) state;
  static const CdTaught works[] = { { "one", "works/one.html", NULL }, { "<two>", "javascript:x", "only hinted at" } };
  CdHtml *html = cd_html_page ("t", NULL);
  cd_draw_taught (html, "gpt-4o", works, 2);
  g_autofree char *page = cd_html_finish (html);
  assert_holds (page, "<a href=\"works/one.html\">one</a>");
  assert_holds (page, "&lt;two&gt;</th>");
  assert_holds (page, "only hinted at");
  assert_holds (page, "aria-label=\"What gpt-4o taught\"");
  assert_int_equal (count (page, "class=\"edge dashed\""), 1);
}

static void
bars_in_a_cell_tell_every_dimension (void **state)
{
  (void) state;
  g_autoptr (CdRecord) record = cd_record_read (audit, strlen (audit), "audit", NULL);
  CdHtml *html = cd_html_page ("t", NULL);
  cd_draw_dimension_bars (html, record);
  g_autofree char *page = cd_html_finish (html);
  assert_holds (page, "aria-label=\"7 of 10 points, likely 4 to 8, expected 6.5. Data: 7 of 10.\"");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_page_holds_what_the_record_says),
    cmocka_unit_test (unsettled_verdicts_stand_in_the_order_of_the_questions),
    cmocka_unit_test (a_site_gives_name_note_home_and_time),
    cmocka_unit_test (hostile_strings_are_inert_everywhere),
    cmocka_unit_test (long_names_are_cut),
    cmocka_unit_test (a_graph_holds_forty_boxes_and_counts_the_rest),
    cmocka_unit_test (values_of_other_kinds_do_no_harm),
    cmocka_unit_test (a_drawing_of_a_teacher_links_its_works),
    cmocka_unit_test (bars_in_a_cell_tell_every_dimension),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
