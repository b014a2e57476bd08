/* What a leaderboard's site tells, and in which words: ranks, teachers and how surely, who earns a criterion, what changed; and the same as data, of which
 * spreadsheets run nothing. */
#include "site.h"
#include <sqlite3.h>

static void
spreadsheets_get_text_and_no_formulas (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *works = read_file (site, "data/works.csv"), *claims = read_file (site, "data/claims.csv");
  assert_holds (works, "\r\n2,2,2,\"'+second, \"\"work\"\"\",works/second-work.html,https://github.com/some/work,,," COMMIT_B
                       ",2025-05-01,50,100,50.5,40,60,1,1,3,9,"
                       "undisclosed,1,0,1,1,0,0,0,1,0,partial,rl sft\r\n");
  assert_holds (claims, "\r\n\"'+second, \"\"work\"\"\"," COMMIT_B
                        ",\"'=HYPERLINK(\"\"x\"\")\",\"a,b\"\"c\",,-3.5,percent,,,,not-reproduced,log,2,,,30,1,,1,3\r\n");
  assert_holds (works, "the repository: no commit");
  g_auto (GStrv) lines = g_strsplit (works, "\r\n", -1);
  assert_int_equal (g_strv_length (lines), 5);
}

static void
ranks_are_told_with_the_ranks_that_may_be (void **state)
{
  Case *c = *state;
  const Said sure = { .commit = COMMIT_A, .date = "2025-03-01", .total = 95, .low = 90, .high = 99 };
  const Said wide = { .commit = COMMIT_B, .date = "2025-03-01", .total = 60, .low = 30, .high = 89 };
  const Said middle = { .commit = COMMIT_C, .date = "2025-03-01", .total = 50, .low = 45, .high = 55 };
  const Said last = { .commit = COMMIT_C, .date = "2025-03-01", .total = 20, .low = 10, .high = 30 };
  add (c, "sure", &sure);
  add (c, "wide", &wide);
  add (c, "middle", &middle);
  add (c, "last", &last);
  g_autofree char *site = write_site (c, "site", FALSE), *json = read_file (site, "data/leaderboard.json"), *index = read_file (site, "index.html");
  cJSON *root = cJSON_Parse (json);
  const int expected[][2] = { { 1, 1 }, { 2, 4 }, { 2, 3 }, { 3, 4 } };
  for (int i = 0; i < 4; i++) {
    const cJSON *ranks = cJSON_GetObjectItem (cJSON_GetArrayItem (cJSON_GetObjectItem (root, "works"), i), "ranks");
    assert_int_equal (cJSON_GetArrayItem (ranks, 0)->valueint, expected[i][0]);
    assert_int_equal (cJSON_GetArrayItem (ranks, 1)->valueint, expected[i][1]);
  }
  cJSON_Delete (root);
  assert_holds (index, "2 to 4");
  assert_holds (index, "of the 6 pairs here 67 % are");
}

static void
nobody_is_accused_without_a_place_and_a_way_to_reply (void **state)
{
  Case *c = *state;
  fill (c);
  const char *link = "href=\"https://github.com/some/work/blob/" COMMIT_B "/gen.py#L7-L9\"";
  g_autofree char *site = write_site (c, "site", FALSE), *index = read_file (site, "index.html"), *teacher = read_file (site, "teachers/gpt-4o.html");
  assert_holds (index, "not mentioned in its documents: ");
  assert_holds (index, link);
  assert_holds (index, "href=\"method.html#reply\"");
  assert_holds (teacher, "evidence of generation with gpt-4o at ");
  assert_holds (teacher, link);
  assert_holds (teacher, ", not mentioned in its documents. Confidence high");
  assert_holds (teacher, "href=\"../method.html#reply\"");
}

static void
who_only_scored_is_not_said_to_have_written (void **state)
{
  Case *c = *state;
  Said said = { .commit = COMMIT_A, .date = "2025-03-01", .total = 50, .low = 40, .high = 60, .label = "undisclosed", .teachers = SCORER };
  add (c, "scoring-work", &said);
  g_autofree char *site = write_site (c, "site", FALSE), *teacher = read_file (site, "teachers/teacher-s.html"),
                  *index = read_file (site, "index.html");
  assert_holds (index, "training rewards scored, not mentioned in its documents but beside results: ");
  assert_holds (teacher, "evidence of training rewards scored with teacher-s at ");
  assert_holds (teacher, ", not mentioned in its documents but beside results. Confidence high");
  assert_lacks (teacher, "evidence of generation");
  assert_lacks (teacher, "not mentioned in its documents. ");
}

/* The row of a work in the table. Caller frees. */
static char *
row_of (const char *index, const char *work)
{
  const char *name = strstr (index, work);
  const char *begin = name != NULL ? g_strrstr_len (index, name - index, "<tr") : NULL, *end = name != NULL ? strstr (name, "</tr>") : NULL;
  assert_non_null (begin);
  assert_non_null (end);
  return g_strndup (begin, (gsize) (end - begin));
}

static void
what_is_not_certain_is_a_lead_and_nobody_is_said_to_be_silent_of_it (void **state)
{
  Case *c = *state;
  static const struct {
    const char *work, *teacher;
    gboolean certain;
  } cases[] = {
    { "medium-work", TEACHER ("teacher-a", "code-only", "medium", "true"), FALSE },
    { "indirect-work", TEACHER ("teacher-b", "code-only", "high", "false"), FALSE },
    { "hinting-work", TEACHER ("teacher-c", "hinted", "low", "true"), FALSE },
    { "placeless-work",
      "{\"model\": \"teacher-d\", \"provider\": null, \"roles\": [], \"disclosure\": \"code-only\", \"confidence\": \"high\","
      " \"direct\": true, \"evidence\": []}",
      FALSE },
    { "certain-work", TEACHER ("teacher-e", "code-only", "high", "true"), TRUE },
    { "naming-work", TEACHER ("teacher-f", "hinted", "high", "true"), FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Said said = { .commit = COMMIT_A, .date = "2025-03-01", .total = 50, .low = 40, .high = 60, .label = "unknown", .teachers = cases[i].teacher };
    add (c, cases[i].work, &said);
  }
  g_autofree char *site = write_site (c, "site", FALSE), *index = read_file (site, "index.html"), *csv = read_file (site, "data/teachers.csv"),
                  *list = read_file (site, "teachers/index.html"), *feed = read_file (site, "feed.atom");
  assert_null (strstr (feed, "not mentioned"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *file = g_strdup_printf ("teachers/teacher-%c.html", 'a' + (char) i), *page = read_file (site, file),
                    *row = row_of (index, cases[i].work), *listed = row_of (list, file + strlen ("teachers/"));
    gboolean accused[] = { strstr (row, "not mentioned") != NULL, strstr (page, "not mentioned") != NULL,
                           strstr (listed, "<td class=\"number\">1</td>\n<td class=\"number\">0</td>\n<td class=\"number\">1</td>") != NULL };
    for (guint k = 0; k < G_N_ELEMENTS (accused); k++)
      if (accused[k] != cases[i].certain)
        fail_msg ("%s, %u: %s", cases[i].work, k, k == 0 ? row : k == 1 ? page : listed);
    const char *others[] = { "undisclosed", "does not mention", "do not mention", "in code only" };
    for (guint k = 0; k < G_N_ELEMENTS (others) && !cases[i].certain; k++)
      if (strstr (row, others[k]) != NULL || strstr (page, others[k]) != NULL)
        fail_msg ("%s: %s", cases[i].work, others[k]);
    if (!cases[i].certain) {
      assert_holds (row, "#lineage\">1 lead for a reader</a>");
      assert_null (strstr (row, "teacher-"));
      assert_holds (page, ": a lead for a reader: ");
      assert_holds (page, " 1 work has only a lead for a reader.");
      assert_holds (listed, "<td class=\"number\">0</td>\n<td class=\"number\">1</td>\n");
    }
  }
  assert_holds (csv, "roles,disclosure,confidence,certain,page");
  assert_holds (csv, ",code-only,medium,false,teachers/teacher-a.html,");
  assert_holds (csv, ",code-only,high,true,teachers/teacher-e.html,");
  g_autofree char *works = read_file (site, "data/works.csv");
  assert_holds (works, ",label,teachers,leads,");
  assert_holds (works, ",unknown,0,1,");
  assert_holds (works, ",unknown,1,0,");
}

static void
a_model_without_a_name_is_called_that (void **state)
{
  Case *c = *state;
  Said said = { .commit = COMMIT_A, .date = "2025-03-01", .total = 50, .low = 40, .high = 60, .label = "partial", .teachers = NAMED ("unnamed") };
  add (c, "work", &said);
  g_autofree char *site = write_site (c, "site", FALSE), *index = read_file (site, "index.html"), *list = read_file (site, "teachers/index.html"),
                  *page = read_file (site, "teachers/unnamed.html");
  assert_holds (index, ">a model that is not named</a>");
  assert_holds (list, ">a model that is not named</a>");
  assert_holds (page, "<h1>a model that is not named</h1>");
  assert_holds (page, "says that it used a model that is not named at ");
  assert_holds (page, "Outputs of models that documents tell of without a name reached 1 of 1 works here");
  assert_null (strstr (index, ">unnamed<"));
}

static void
a_criterion_names_who_earns_it_and_how_sure_that_is (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *paper = read_file (site, "criteria/open.paper.html"),
                  *weights = read_file (site, "criteria/open.weights.html");
  assert_holds (paper, "By the rules 2 of 2 works earn it; by the certainties of these answers a careful reader would say yes of 1 to 2.");
  assert_holds (paper, "<td class=\"number\">95 %</td>");
  assert_holds (paper, "another version of the rubric");
  assert_holds (weights, "By the rules 1 of 2 works earn it");
  assert_holds (weights, "a reader decides");
}

static void
changes_are_told_with_the_dates_of_commits (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *feed = read_file (site, "feed.atom");
  const GMarkupParser parser = { 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  if (!g_markup_parse_context_parse (context, feed, -1, &error) || !g_markup_parse_context_end_parse (context, &error))
    fail_msg ("%s", error->message);
  assert_holds (feed, "<id>tag:site.example,2025:second-work/" COMMIT_B "</id>");
  assert_holds (feed, "href=\"https://site.example/board/works/second-work.html\"");
  assert_holds (feed, "<updated>2025-05-01T00:00:00Z</updated>");
  assert_holds (feed, "Gained: open.paper. Lost: open.weights.");
  assert_holds (feed, "Distillation: found, not mentioned, before no teacher found.");
  const char *newest = strstr (feed, "second-work/" COMMIT_B), *added = strstr (feed, "second-work/" COMMIT_C), *first = strstr (feed, "first-work/");
  assert_true (newest != NULL && added != NULL && first != NULL && newest < added && added < first);
  g_auto (GStrv) entries = g_strsplit (feed, "<entry>", -1);
  assert_int_equal (g_strv_length (entries), 4);
}

static int
count_rows (sqlite3 *database, const char *query)
{
  sqlite3_stmt *statement = NULL;
  assert_int_equal (sqlite3_prepare_v2 (database, query, -1, &statement, NULL), SQLITE_OK);
  assert_int_equal (sqlite3_step (statement), SQLITE_ROW);
  int count = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return count;
}

static void
the_database_answers_questions (void **state)
{
  Case *c = *state;
  fill (c);
  g_autofree char *site = write_site (c, "site", FALSE), *path = g_build_filename (site, "data/leaderboard.sqlite", NULL);
  sqlite3 *database = NULL;
  assert_int_equal (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal (count_rows (database, "SELECT count(*) FROM works"), 3);
  assert_int_equal (count_rows (database, "SELECT count(*) FROM works WHERE failure IS NOT NULL AND rank IS NULL"), 1);
  assert_int_equal (
      count_rows (database,
                  "SELECT count(*) FROM verdicts JOIN works ON works.id = work WHERE criterion = 'open.weights' AND yes AND name = 'first/work'"),
      1);
  assert_int_equal (
      count_rows (database,
                  "SELECT count(*) FROM evidence JOIN teachers ON teachers.id = teacher WHERE model = 'gpt-4o' AND path = 'gen.py' AND line = 7"),
      1);
  assert_int_equal (
      count_rows (database,
                  "SELECT count(*) FROM reproductions JOIN claims ON claims.id = claim WHERE conclusion = 'not-reproduced' AND claims.value = -3.5"),
      1);
  assert_int_equal (count_rows (database, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
  sqlite3_close (database);
}

#define CASE(function) cmocka_unit_test_setup_teardown (function, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    CASE (spreadsheets_get_text_and_no_formulas),
    CASE (ranks_are_told_with_the_ranks_that_may_be),
    CASE (what_is_not_certain_is_a_lead_and_nobody_is_said_to_be_silent_of_it),
    CASE (a_model_without_a_name_is_called_that),
    CASE (nobody_is_accused_without_a_place_and_a_way_to_reply),
    CASE (who_only_scored_is_not_said_to_have_written),
    CASE (a_criterion_names_who_earns_it_and_how_sure_that_is),
    CASE (changes_are_told_with_the_dates_of_commits),
    CASE (the_database_answers_questions),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
