/* A reading session over one audit: order, answers, undo, resuming, whose file it is, and disks that fail. Its places are test-place.c's. */
#include "session.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static void
refused (const Case *c, const CdSessionOptions *options, int code, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CdSession) session = cd_session_open (c->audit, options, &error);
  assert_null (session);
  assert_true (error->domain == CD_ERROR);
  if (error->code != code || strstr (error->message, says) == NULL)
    fail_msg ("%d: '%s' should say '%s'", error->code, error->message, says);
}

static guint
at (const CdSession *session, guint place)
{
  return g_array_index (cd_session_order (session), guint, place);
}

static guint
place_of (const CdSession *session, guint criterion)
{
  const GArray *order = cd_session_order (session);
  guint place = 0;
  while (place < order->len && at (session, place) != criterion)
    place++;
  return place;
}

static void
answer (CdSession *session, guint criterion, CdAnswer given, const char *reason, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_citation_free);
  if (place != NULL)
    g_ptr_array_add (evidence, cd_session_cite (session, place, &error));
  assert_null (error);
  if (!cd_session_answer (session, criterion, given, reason, evidence, &error))
    fail_msg ("%s", error->message);
}

/* --- order --- */

static void
test_the_first_question_is_the_one_that_moves_most (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  const CdRubric *rubric = c->audit->rubric;
  guint length = cd_rubric_length (rubric);
  assert_int_equal (cd_session_order (session)->len, length);
  for (guint i = 1; i < length; i++)
    assert_true (cd_rubric_doubt (rubric, cd_session_verdict (session, at (session, i - 1))) + 1e-9
                 >= cd_rubric_doubt (rubric, cd_session_verdict (session, at (session, i))));
  assert_int_equal (cd_session_answered (session), 0);
  assert_false (g_file_test (c->file, G_FILE_TEST_EXISTS));
}

static void
test_an_answer_moves_the_score_and_goes_last (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  guint first = at (session, 0), second = at (session, 1), third = at (session, 2), length = cd_session_order (session)->len;
  const CdVerdict *rules = cd_session_rules (session, first);
  guint points = cd_rubric_criterion (c->audit->rubric, first)->points, before = cd_session_score (session)->total;
  answer (session, first, rules->yes ? CD_ANSWER_NO : CD_ANSWER_YES, "it says so", NULL);
  assert_int_equal (cd_session_score (session)->total, rules->yes ? before - points : before + points);
  assert_int_equal (cd_session_verdict (session, first)->basis, CD_BASIS_ASSESSED);
  assert_true (cd_session_verdict (session, first)->yes != rules->yes);
  assert_ptr_equal (cd_session_rules (session, first), c->audit->verdicts->pdata[first]);
  assert_int_equal (place_of (session, first), length - 1);
  assert_int_equal (cd_session_answered (session), 1);
  answer (session, second, CD_ANSWER_LATER, NULL, NULL);
  assert_int_equal (place_of (session, second), length - 2);
  assert_true (cd_session_is_later (session, second));
  assert_int_equal (cd_session_answered (session), 1);
  answer (session, third, CD_ANSWER_NO, NULL, NULL);
  assert_int_equal (place_of (session, second), length - 3);
  assert_int_equal (place_of (session, MIN (first, third)), length - 2);
  assert_int_equal (place_of (session, MAX (first, third)), length - 1);
}

static void
test_only_some_questions_are_asked (void **state)
{
  const Case *c = *state;
  static const char *const only[] = { "open.paper", "data.sources", NULL }, *const unknown[] = { "open.papers", NULL };
  CdSessionOptions options = options_of (c);
  options.only = unknown;
  refused (c, &options, CD_ERROR_USAGE, "did you mean \"open.paper\"?");
  options.only = only;
  g_autoptr (CdSession) session = open_with (c, &options);
  assert_int_equal (cd_session_order (session)->len, 2);
  for (guint i = 0; i < 2; i++)
    assert_true (g_strv_contains (only, cd_rubric_criterion (c->audit->rubric, at (session, i))->id));
}

/* --- undo and resume --- */

static void
test_undo_goes_back_to_the_beginning (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) order = g_array_copy ((GArray *) cd_session_order (session));
  guint total = cd_session_score (session)->total, asked[4], undone = 0;
  static const CdAnswer given[] = { CD_ANSWER_YES, CD_ANSWER_LATER, CD_ANSWER_NO };
  for (guint i = 0; i < 3; i++) {
    asked[i] = at (session, 0);
    answer (session, asked[i], given[i], "one", "README.md:3");
  }
  asked[3] = asked[0];
  answer (session, asked[0], CD_ANSWER_NO, "another one", NULL);
  for (guint i = 4; i-- > 0;) {
    assert_true (cd_session_undo (session, &undone, &error));
    assert_int_equal (undone, asked[i]);
    if (i == 3)
      assert_string_equal (cd_session_response (session, asked[0])->reason, "one");
    else
      assert_null (cd_session_response (session, asked[i]));
  }
  assert_false (cd_session_undo (session, &undone, &error));
  assert_null (error);
  assert_int_equal (cd_session_score (session)->total, total);
  assert_memory_equal (order->data, cd_session_order (session)->data, order->len * sizeof (guint));
  g_autoptr (CdAssessment) kept = cd_assessment_load (c->file, c->audit->rubric, &error);
  assert_non_null (kept);
  assert_int_equal (kept->responses->len, 0);
}

static void
test_a_session_goes_on_where_it_ended (void **state)
{
  const Case *c = *state;
  static const char reason[] = "said: \"yes\" # at 3\n- twice, tabbed\tand ünïcode";
  CdSession *session = open_session (c);
  guint first = at (session, 0), second = at (session, 1);
  answer (session, first, CD_ANSWER_YES, reason, "README.md:3-5");
  answer (session, second, CD_ANSWER_LATER, NULL, NULL);
  guint total = cd_session_score (session)->total, next = at (session, 0);
  cd_session_free (session);

  g_autoptr (CdSession) again = open_session (c);
  g_autoptr (GError) error = NULL;
  const CdResponse *response = cd_session_response (again, first);
  assert_int_equal (response->answer, CD_ANSWER_YES);
  assert_string_equal (response->reason, reason);
  const CdCitation *citation = response->evidence->pdata[0];
  char blob[41];
  cd_oid_to_hex (&cd_snapshot_find (c->audit->snapshot, "README.md")->oid, blob);
  assert_string_equal (citation->path, "README.md");
  assert_int_equal (citation->line, 3);
  assert_int_equal (citation->end, 5);
  assert_string_equal (citation->blob, blob);
  assert_true (cd_session_is_later (again, second));
  assert_int_equal (at (again, 0), next);
  assert_int_equal (cd_session_score (again)->total, total);
  assert_string_equal (cd_session_assessment (again)->date, DATE);
  assert_false (cd_session_undo (again, NULL, &error));
}

/* --- whose file --- */

static void
replace_in_file (const char *file, const char *from, const char *to)
{
  g_autofree char *text = NULL;
  assert_true (g_file_get_contents (file, &text, NULL, NULL));
  if (strstr (text, from) == NULL)
    fail_msg ("%s is not in %s", from, text);
  g_auto (GStrv) parts = g_strsplit (text, from, -1);
  g_autofree char *changed = g_strjoinv (to, parts);
  assert_true (g_file_set_contents (file, changed, -1, NULL));
}

static void
test_other_files_are_refused (void **state)
{
  const Case *c = *state;
  CdSessionOptions options = options_of (c);
  CdSession *session = open_session (c);
  answer (session, 0, CD_ANSWER_YES, "mine", NULL);
  cd_session_free (session);
  options.assessor = "Bob";
  refused (c, &options, CD_ERROR_INPUT, "is the assessment of Ann Reader (person), and the reader now is Bob (person)");
  options = options_of (c);
  options.kind = CD_READER_MODEL;
  refused (c, &options, CD_ERROR_INPUT, "the reader now is Ann Reader (model)");
  options = options_of (c);
  g_autofree char *whole = NULL;
  assert_true (g_file_get_contents (c->file, &whole, NULL, NULL));
  static const char other[] = "0123456789abcdef0123456789abcdef01234567";
  const struct {
    const char *from, *to, *says;
  } cases[] = {
    { cd_snapshot_commit (c->audit->snapshot), other, "go on there with --commit 0123456789ab" },
    { "subdir: \"\"", "subdir: \"part\"", "is of the folder part" },
    { "version: \"1\"", "version: \"0\"", "is by version 0 of rubric tti" },
    { "answer: \"yes\"", "answer: \"perhaps\"", "assessment.yaml:" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    replace_in_file (c->file, cases[i].from, cases[i].to);
    refused (c, &options, CD_ERROR_INPUT, cases[i].says);
    assert_true (g_file_set_contents (c->file, whole, -1, NULL));
  }
  replace_in_file (c->file, cd_snapshot_commit (c->audit->snapshot), other);
  replace_in_file (c->file, "\nwork: ", "\nwork: else");
  refused (c, &options, CD_ERROR_INPUT, "is of another work, else");
}

static void
test_a_file_is_held_by_one_session (void **state)
{
  const Case *c = *state;
  CdSessionOptions options = options_of (c), by_link = options;
  g_autofree char *link = g_build_filename (c->folder, "link.yaml", NULL);
  CdSession *session = open_session (c);
  refused (c, &options, CD_ERROR_INPUT, "is being reviewed by another process");
  answer (session, 0, CD_ANSWER_YES, "held", NULL);
  assert_int_equal (symlink ("assessment.yaml", link), 0);
  by_link.file = link;
  refused (c, &by_link, CD_ERROR_INPUT, "is being reviewed by another process");
  cd_session_free (session);

  g_autoptr (CdSession) again = open_with (c, &by_link);
  assert_string_equal (cd_session_response (again, 0)->reason, "held");
  answer (again, 1, CD_ANSWER_NO, "through the link", NULL);
  assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_autoptr (CdAssessment) kept = cd_assessment_load (c->file, c->audit->rubric, NULL);
  assert_int_equal (kept->responses->len, 2);
}

static void
test_what_is_no_file_is_refused (void **state)
{
  const Case *c = *state;
  CdSessionOptions options = options_of (c);
  g_autofree char *dangling = g_build_filename (c->folder, "dangling", NULL);
  g_autofree char *nowhere = g_build_filename (c->folder, "none", "assessment.yaml", NULL);
  assert_int_equal (symlink ("nowhere", dangling), 0);
  const struct {
    const char *file;
    int code;
    const char *says;
  } cases[] = {
    { c->folder, CD_ERROR_INPUT, "is a folder" },
    { dangling, CD_ERROR_INPUT, "is a link to nothing" },
    { "/dev/full", CD_ERROR_INPUT, "is no regular file" },
    { nowhere, CD_ERROR_INTERNAL, "No such file or directory" },
    { "/proc/assessment.yaml", CD_ERROR_INTERNAL, "/proc/" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    options.file = cases[i].file;
    refused (c, &options, cases[i].code, cases[i].says);
  }
}

static void
test_what_another_program_wrote_is_not_overwritten (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  g_autoptr (GError) error = NULL, undone = NULL;
  g_autofree char *after = NULL;
  answer (session, 0, CD_ANSWER_YES, "one", NULL);
  assert_true (g_file_set_contents (c->file, "by hand\n", -1, NULL));
  assert_false (cd_session_answer (session, 1, CD_ANSWER_NO, "two", NULL, &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  assert_non_null (strstr (error->message, "was changed by another program"));
  assert_false (cd_session_undo (session, NULL, &undone));
  assert_true (g_error_matches (undone, CD_ERROR, CD_ERROR_INPUT));
  assert_true (g_file_get_contents (c->file, &after, NULL, NULL));
  assert_string_equal (after, "by hand\n");
  assert_int_equal (cd_session_answered (session), 1);
  g_remove (c->file);
  answer (session, 1, CD_ANSWER_NO, "two", NULL);
  g_autoptr (CdAssessment) kept = cd_assessment_load (c->file, c->audit->rubric, NULL);
  assert_int_equal (kept->responses->len, 2);
}

static guint
files_in (const char *folder)
{
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  guint files = 0;
  while (g_dir_read_name (open) != NULL)
    files++;
  return files;
}

static void
test_a_disk_that_fails_loses_nothing (void **state)
{
  const Case *c = *state;
  g_autoptr (CdSession) session = open_session (c);
  guint first = at (session, 0), next;
  answer (session, first, CD_ANSWER_YES, "kept", "README.md");
  next = at (session, 0);
  g_autofree char *before = NULL, *after = NULL;
  assert_true (g_file_get_contents (c->file, &before, NULL, NULL));
  guint files = files_in (c->folder), total = cd_session_score (session)->total;

  struct rlimit limit, none;
  assert_int_equal (getrlimit (RLIMIT_FSIZE, &limit), 0);
  none = (struct rlimit){ .rlim_cur = 16, .rlim_max = limit.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  assert_int_equal (setrlimit (RLIMIT_FSIZE, &none), 0);
  g_autoptr (GError) error = NULL, undone = NULL;
  gboolean answered = cd_session_answer (session, next, CD_ANSWER_NO, "lost", NULL, &error);
  gboolean back = cd_session_undo (session, NULL, &undone);
  assert_int_equal (setrlimit (RLIMIT_FSIZE, &limit), 0);

  assert_false (answered);
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INTERNAL));
  assert_non_null (strstr (error->message, g_strerror (EFBIG)));
  assert_false (back);
  assert_true (g_error_matches (undone, CD_ERROR, CD_ERROR_INTERNAL));
  assert_null (cd_session_response (session, next));
  assert_int_equal (at (session, 0), next);
  assert_int_equal (cd_session_score (session)->total, total);
  assert_string_equal (cd_session_response (session, first)->reason, "kept");
  assert_true (g_file_get_contents (c->file, &after, NULL, NULL));
  assert_string_equal (after, before);
  assert_int_equal (files_in (c->folder), files);
  answer (session, next, CD_ANSWER_NO, "written now", NULL);
  assert_int_equal (cd_session_answered (session), 2);
}

/* --- others --- */

static void
test_other_readers_are_shown (void **state)
{
  const Case *c = *state;
  CdSessionOptions options = options_of (c);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_assessment_free);
  CdAssessment *person = cd_assessment_new (CD_READER_PERSON, "Bob"), *model = cd_assessment_new (CD_READER_MODEL, "some-model");
  g_free (person->commit);
  person->commit = g_strdup (cd_snapshot_commit (c->audit->snapshot));
  g_free (model->commit);
  model->commit = g_strdup ("0123456789abcdef0123456789abcdef01234567");
  cd_assessment_set (person, c->audit->rubric, cd_response_new (cd_rubric_criterion (c->audit->rubric, 2)->id, CD_ANSWER_YES, "seen"));
  g_ptr_array_add (others, person);
  g_ptr_array_add (others, model);
  options.others = others;
  g_autoptr (CdSession) session = open_with (c, &options);
  assert_int_equal (cd_session_others (session), 2);
  assert_string_equal (cd_session_other_name (session, 0), "Bob");
  assert_string_equal (cd_session_other_name (session, 1), "some-model (model), at commit 0123456789ab");
  assert_string_equal (cd_session_other (session, 0, 2)->reason, "seen");
  assert_null (cd_session_other (session, 0, 1));
  assert_null (cd_session_other (session, 1, 2));
  assert_int_equal (cd_session_verdict (session, 2)->basis, cd_session_rules (session, 2)->basis);
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_the_first_question_is_the_one_that_moves_most),
    TEST (test_an_answer_moves_the_score_and_goes_last),
    TEST (test_only_some_questions_are_asked),
    TEST (test_undo_goes_back_to_the_beginning),
    TEST (test_a_session_goes_on_where_it_ended),
    TEST (test_other_files_are_refused),
    TEST (test_a_file_is_held_by_one_session),
    TEST (test_what_is_no_file_is_refused),
    TEST (test_what_another_program_wrote_is_not_overwritten),
    TEST (test_a_disk_that_fails_loses_nothing),
    TEST (test_other_readers_are_shown),
  };
  return cmocka_run_group_tests (tests, set_up_group, tear_down_group);
}
