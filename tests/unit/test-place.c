/* Places of the tree as readers of a session type them, and the lines that stand there, hostile ones too. */
#include "session.h"

/* --- places --- */

static void
test_places_of_the_tree_are_cited (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  static const struct {
    const char *place, *path;
    guint line, end;
  } cases[] = {
    { "README.md", "README.md", 0, 0 },
    { "README.md:3", "README.md", 3, 3 },
    { "  ./README.md:3-5 ", "README.md", 3, 5 },
    { "README.md:010", "README.md", 10, 10 },
    { "odd:7", "odd:7", 0, 0 },
    { "odd:7:1", "odd:7", 1, 1 },
    { "with space.md:1", "with space.md", 1, 1 },
    { "notes/\\u{1B}[31m odd.md:1", ODD_PATH, 1, 1 },
    { "empty.txt", "empty.txt", 0, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    CdCitation *citation = cd_session_cite (session, cases[i].place, &error);
    if (citation == NULL)
      fail_msg ("%s: %s", cases[i].place, error->message);
    assert_string_equal (citation->path, cases[i].path);
    assert_int_equal (citation->line, cases[i].line);
    assert_int_equal (citation->end, cases[i].end);
    assert_int_equal (strlen (citation->blob), 40);
    cd_citation_free (citation);
  }
}

static void
test_places_outside_are_explained (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  static const struct {
    const char *place, *says;
  } cases[] = {
    { "READNE.md:3", "there is no file READNE.md in the work; did you mean README.md?" },
    { "evaluate.py:1", "did you mean deep/folder/evaluate.py?" },
    { "DEEP/evaluate.py", "did you mean deep/folder/evaluate.py?" },
    { "deep/folder", "deep/folder is a folder" },
    { "README.md:11", "README.md has 10 lines; there is no line 11" },
    { "README.md:3-99999999999999999999", "README.md has 10 lines" },
    { "train.py:2", "train.py has 1 line; there is no line 2" },
    { "README.md:0", "lines count from 1" },
    { "README.md:5-3", "README.md:5-3 ends before it begins" },
    { "README.md:3-", "there is no file README.md:3-" },
    { "README.md:-3", "there is no file" },
    { "README.md:x", "there is no file" },
    { "empty.txt:1", "empty.txt has no text to name lines of" },
    { "/etc/passwd", "there is no file /etc/passwd" },
    { "../README.md:1", "there is no file ../README.md" },
    { "", "name a place as PATH" },
    { ":3", "there is no file :3" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    assert_null (cd_session_cite (session, cases[i].place, &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_USAGE));
    if (strstr (error->message, cases[i].says) == NULL)
      fail_msg ("%s: '%s' should say '%s'", cases[i].place, error->message, cases[i].says);
  }
}

static void
test_answers_cite_only_what_is_there (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  static const struct {
    const char *path;
    guint line, end;
    const char *blob, *says;
  } cases[] = {
    { "nowhere.md", 1, 1, NULL, "there is no file nowhere.md" },
    { "README.md", 3, 400, NULL, "there is no line 400" },
    { "README.md", 0, 4, NULL, "lines count from 1" },
    { "README.md", 1, 1, "0123456789abcdef0123456789abcdef01234567", "is not the blob" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_citation_free);
    g_ptr_array_add (evidence, cd_citation_new ("train.py", 1, 1, NULL));
    g_ptr_array_add (evidence, cd_citation_new (cases[i].path, cases[i].line, cases[i].end, cases[i].blob));
    assert_false (cd_session_answer (session, 0, CD_ANSWER_YES, "", evidence, &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_USAGE));
    assert_non_null (strstr (error->message, cases[i].says));
    assert_null (cd_session_response (session, 0));
  }
  assert_false (g_file_test (c->file, G_FILE_TEST_EXISTS));
}

static void
test_what_rules_found_is_shown_once_and_can_be_cited (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  guint cited = 0;
  for (guint i = 0; i < cd_rubric_length (c->audit->rubric); i++) {
    const CdVerdict *rules = cd_session_rules (session, i);
    g_autoptr (GArray) places = cd_session_places (session, i);
    assert_true (places->len >= MAX (rules->evidence->len, rules->candidates->len));
    for (guint k = 0; k < places->len; k++) {
      const CdEvidence *place = &g_array_index (places, CdCandidate, k).evidence;
      if (k < rules->evidence->len)
        assert_int_equal (place->line, g_array_index (rules->evidence, CdEvidence, k).line);
      for (guint l = 0; l < k; l++)
        assert_true (place->document != g_array_index (places, CdCandidate, l).evidence.document
                     || place->line != g_array_index (places, CdCandidate, l).evidence.line);
      CdCitation *citation = cd_session_citation (session, place);
      assert_true ((citation == NULL) == (place->document == G_MAXUINT));
      if (citation == NULL)
        continue;
      assert_int_equal (cd_session_document (session, citation->path), (int) place->document);
      assert_true (citation->line >= 1 && citation->end <= cd_session_length (session, place->document));
      cd_citation_free (citation);
      cited++;
    }
  }
  assert_true (cited > 0);
}

/* --- lines --- */

static char *
lines_at (const CdSession *session, const char *path, guint line, guint end, guint context, guint *first)
{
  g_auto (GStrv) lines = cd_session_lines (session, (guint) cd_session_document (session, path), line, end, context, first);
  return lines != NULL ? g_strjoinv ("|", lines) : NULL;
}

static void
test_lines_of_hostile_text_are_harmless (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  guint first = 0;
  g_autofree char *all = lines_at (session, "hostile.txt", 1, 9, 0, &first);
  assert_string_equal (all, "plain|    tabbed|red \\u{1B}[31m and \\u{202E} turned|broken \\xFF\\xFE bytes|"
                            "-----BEGIN PRIVATE KEY-----|[credential]|[credential]|-----END PRIVATE KEY-----|last");
  g_autofree char *inside = lines_at (session, "hostile.txt", 7, 7, 0, &first);
  assert_string_equal (inside, "[credential]");
  g_autofree char *nul = lines_at (session, "late-nul.txt", FAR_LINES + 1, FAR_LINES + 1, 0, &first);
  assert_string_equal (nul, "with \\x00 nul");
  g_autofree char *wide = lines_at (session, "wide.txt", 1, 1, 0, &first);
  assert_int_equal (g_utf8_strlen (wide, -1), CD_SESSION_COLUMNS);
  assert_true (g_str_has_suffix (wide, "…"));
}

static void
test_lines_stay_within_the_file (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  static const struct {
    guint line, end, context, first, last;
  } cases[] = { { 1, 1, 0, 1, 1 }, { 3, 4, 1, 2, 5 },     { 1, 1, 3, 1, 4 }, { 10, 10, 2, 8, 10 },      { 3, 3, G_MAXUINT, 1, 10 },
                { 0, 0, 0, 1, 1 }, { 99, 99, 0, 10, 10 }, { 5, 2, 0, 5, 5 }, { 1, G_MAXUINT, 0, 1, 10 } };
  assert_int_equal (cd_session_length (session, (guint) cd_session_document (session, "README.md")), 10);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint first = 0;
    g_auto (GStrv) lines
        = cd_session_lines (session, (guint) cd_session_document (session, "README.md"), cases[i].line, cases[i].end, cases[i].context, &first);
    assert_int_equal (first, cases[i].first);
    assert_int_equal (g_strv_length (lines), cases[i].last - cases[i].first + 1);
  }
  guint first = 0;
  assert_null (lines_at (session, "empty.txt", 1, 1, 0, &first));
  assert_null (cd_session_lines (session, G_MAXUINT, 1, 1, 0, &first));
  assert_int_equal (cd_session_document (session, "nowhere"), -1);
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_places_of_the_tree_are_cited),       TEST (test_places_outside_are_explained),
    TEST (test_answers_cite_only_what_is_there),    TEST (test_what_rules_found_is_shown_once_and_can_be_cited),
    TEST (test_lines_of_hostile_text_are_harmless), TEST (test_lines_stay_within_the_file),
  };
  return cmocka_run_group_tests (tests, set_up_group, tear_down_group);
}
