/* Readers' answers set beside the rules': who decides, how certain a verdict is then, what is carried over from another commit, and where its places are. */
#include "assessment/assessment.h"
#include "fixture.h"
#include "rules.h"
#include "statistics/normal.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define SLACK 1e-9

const CdProbeRow cd_probe_table[] = { { NULL, NULL } };

typedef struct {
  Fixture *fixture;
  const char *before, *now; /* commits */
  CdRepository *repository;
  CdSnapshot *snapshot;
  CdCorpus *corpus;
  char *root;
  CdData *data;
  CdSignals *signals;
  CdProbes *probes;
  CdRubric *rubric;
  GPtrArray *rules; /* data.first: yes, 0.8; data.second: no, 0.95; eval.third: yes, 0.7 */
} World;

static CdVerdict *
verdict_new (guint criterion, gboolean yes, double certainty, const char *why)
{
  CdVerdict *verdict = g_new0 (CdVerdict, 1);
  verdict->criterion = criterion;
  verdict->yes = yes;
  verdict->margin = yes ? 2 : -2;
  verdict->leaning = cd_normal_quantile (yes ? certainty : 1 - certainty);
  verdict->certainty = certainty;
  verdict->basis = yes ? CD_BASIS_INFERRED : CD_BASIS_ABSENT;
  verdict->why = g_strdup (why);
  verdict->evidence = g_array_new (FALSE, FALSE, sizeof (CdEvidence));
  verdict->candidates = g_array_new (FALSE, FALSE, sizeof (CdCandidate));
  verdict->missing = g_ptr_array_new_with_free_func (g_free);
  CdEvidence place = { 0, 1, 1, "by-rules", 1 };
  if (yes)
    g_array_append_val (verdict->evidence, place);
  else
    g_ptr_array_add (verdict->missing, g_strdup ("add it"));
  return verdict;
}

static int
setup (void **state)
{
  static const char *const files[] = { "probes/p.yaml", "probes:\n  - {id: a, question: q, says: a, fix: f, find: {any: [{path: x}]}}\n", "r.yaml",
                                       "rubric: r\nversion: \"2\"\nname: Name\nsource: s\ndimensions:\n  - {id: one, name: One}\ncriteria:\n"
                                       "  - {id: data.first, dimension: one, question: q, points: 3, when: a, fix: say it}\n"
                                       "  - {id: data.second, dimension: one, question: q, points: 2, when: a}\n"
                                       "  - {id: eval.third, dimension: one, question: q, points: 1, when: a}\n",
                                       NULL };
  World *world = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;
  world->root = rules_new (files);
  world->data = cd_data_new (world->root, &error);
  world->signals = cd_signals_load (world->data, NULL, &error);
  world->probes = cd_probes_load (world->data, world->signals, &error);
  world->rubric = cd_rubric_load (world->data, "r", world->probes, &error);
  world->fixture = fixture_new ();
  fixture_write (world->fixture, "README.md", "# One\n\ntwo\nthree\n");
  fixture_write (world->fixture, "changed.md", "before\n");
  fixture_write (world->fixture, "gone.md", "gone\n");
  fixture_write (world->fixture, "old/moved.md", "moved\nfrom\nthere\n");
  world->before = fixture_commit (world->fixture, "before");
  fixture_write (world->fixture, "changed.md", "after\n");
  fixture_git (world->fixture, "rm", "-q", "gone.md", NULL);
  fixture_git (world->fixture, "mv", "old/moved.md", "new.md", NULL);
  world->now = fixture_commit (world->fixture, "now");
  world->repository = cd_repository_open (fixture_path (world->fixture), NULL, NULL, &error);
  world->snapshot = cd_snapshot_open (world->repository, NULL, &error);
  CdCorpusOptions options = { .threads = 1 };
  world->corpus = cd_corpus_read (world->snapshot, &options);
  assert_null (error);
  world->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_verdict_free);
  g_ptr_array_add (world->rules, verdict_new (0, TRUE, 0.8, "found: first"));
  g_ptr_array_add (world->rules, verdict_new (1, FALSE, 0.95, "not found: second"));
  g_ptr_array_add (world->rules, verdict_new (2, TRUE, 0.7, "found: third"));
  *state = world;
  return 0;
}

static int
teardown (void **state)
{
  World *world = *state;
  g_ptr_array_unref (world->rules);
  cd_corpus_free (world->corpus);
  cd_snapshot_free (world->snapshot);
  cd_repository_free (world->repository);
  fixture_free (world->fixture);
  cd_rubric_free (world->rubric);
  cd_probes_free (world->probes);
  cd_signals_free (world->signals);
  cd_data_free (world->data);
  rules_free (world->root);
  g_free (world);
  return 0;
}

static void
replace (char **text, const char *by)
{
  g_free (*text);
  *text = g_strdup (by);
}

static CdAssessment *
reader (GPtrArray *assessments, CdReaderKind kind, const char *name, const char *commit)
{
  CdAssessment *made = cd_assessment_new (kind, name);
  replace (&made->commit, commit);
  replace (&made->rubric, "r");
  replace (&made->version, "2");
  replace (&made->date, "2025-01-01");
  g_ptr_array_add (assessments, made);
  return made;
}

/* where: "COMMIT:PATH" for the blob of a path at a commit, or "PATH" without a blob; NULL: no evidence. */
static void
says (World *world, CdAssessment *assessment, const char *criterion, CdAnswer answer, const char *reason, const char *where, guint line)
{
  CdResponse *response = cd_response_new (criterion, answer, reason);
  const char *colon = where != NULL ? strchr (where, ':') : NULL;
  g_autofree char *blob = colon != NULL ? fixture_pipe (world->fixture, NULL, 0, "rev-parse", where, NULL) : NULL;
  if (where != NULL)
    g_ptr_array_add (response->evidence, cd_citation_new (colon != NULL ? colon + 1 : where, line, line, blob));
  cd_assessment_set (assessment, world->rubric, response);
}

static GPtrArray *
must_merge (World *world, const GPtrArray *assessments)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *merged = cd_assessment_merge (world->rubric, world->snapshot, world->corpus, NULL, world->rules, assessments, &error);
  if (merged == NULL)
    fail_msg ("%s", error->message);
  assert_int_equal (merged->len, world->rules->len);
  return merged;
}

static GPtrArray *
nobody (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cd_assessment_free);
}

static void
assert_verdict (const CdVerdict *verdict, gboolean yes, double certainty, CdBasis basis, const char *why)
{
  assert_int_equal (verdict->yes, yes);
  assert_true (fabs (verdict->certainty - certainty) < SLACK);
  assert_string_equal (cd_basis_name (verdict->basis), cd_basis_name (basis));
  assert_string_equal (verdict->why, why);
}

static void
assert_place (World *world, const CdVerdict *verdict, guint index, const char *path, guint line)
{
  assert_in_range (index, 0, verdict->evidence->len - 1);
  const CdEvidence *place = &g_array_index (verdict->evidence, CdEvidence, index);
  assert_string_equal (((CdDocument *) world->corpus->documents->pdata[place->document])->path, path);
  assert_int_equal (place->line, line);
}

static void
one_persons_answer_is_the_verdict (void **state)
{
  World *world = *state;
  g_autoptr (GPtrArray) assessments = nobody ();
  CdAssessment *ada = reader (assessments, CD_READER_PERSON, "Ada", world->now);
  says (world, ada, "data.first", CD_ANSWER_NO, " only\n\n a name ", "HEAD:README.md", 3);
  says (world, ada, "eval.third", CD_ANSWER_YES, "", NULL, 0);
  says (world, ada, "data.second", CD_ANSWER_LATER, "hm", NULL, 0);
  g_autoptr (GPtrArray) merged = must_merge (world, assessments);
  const CdVerdict *first = merged->pdata[0], *second = merged->pdata[1], *third = merged->pdata[2];
  assert_verdict (first, FALSE, 0.956, CD_BASIS_ASSESSED, "only a name");
  assert_true (first->margin < 0);
  assert_ptr_equal (first->rules, world->rules->pdata[0]);
  assert_int_equal (first->evidence->len, 1);
  assert_place (world, first, 0, "README.md", 3);
  assert_int_equal (first->missing->len, 1);
  assert_string_equal (first->missing->pdata[0], "say it");
  assert_int_equal (first->opinions->len, 1);
  /* Put off: the rules' verdict, with the opinion beside it. */
  assert_verdict (second, FALSE, 0.95, CD_BASIS_ABSENT, "not found: second");
  assert_null (second->rules);
  assert_int_equal (second->opinions->len, 1);
  assert_false (cd_opinion_counts (second->opinions->pdata[0]));
  /* The same answer without a place: the rules' place bears it out. */
  assert_verdict (third, TRUE, 0.956, CD_BASIS_ASSESSED, "no reason was given");
  assert_int_equal (third->evidence->len, 1);
  assert_string_equal (g_array_index (third->evidence, CdEvidence, 0).says, "by-rules");
}

/* Answers to data.first: who, and which. */
typedef struct {
  CdReaderKind kind;
  CdAnswer answer;
  double agreement;
} Voice;
#define PERSON(answer)                                                                                                                               \
  {                                                                                                                                                  \
    CD_READER_PERSON, CD_ANSWER_##answer, NAN                                                                                                        \
  }
#define MODEL(answer, agreement)                                                                                                                     \
  {                                                                                                                                                  \
    CD_READER_MODEL, CD_ANSWER_##answer, agreement                                                                                                   \
  }
#define JUDGE(answer)                                                                                                                                \
  {                                                                                                                                                  \
    CD_READER_ADJUDICATION, CD_ANSWER_##answer, NAN                                                                                                  \
  }

static void
certainty_is_the_readers (void **state)
{
  World *world = *state;
  static const struct {
    guint length;
    Voice voices[4];
    gboolean yes;
    double certainty;
    CdBasis basis;
    const char *why;
  } cases[] = {
    { 1, { PERSON (YES) }, TRUE, 0.956, CD_BASIS_ASSESSED, "r0" },
    { 2, { PERSON (NO), PERSON (NO) }, FALSE, 0.98, CD_BASIS_ASSESSED, "r0" },
    { 3, { PERSON (NO), PERSON (NO), PERSON (NO) }, FALSE, 0.98, CD_BASIS_ASSESSED, "r0" },
    { 1, { MODEL (NO, NAN) }, FALSE, 0.85, CD_BASIS_ASSESSED, "r0" },
    { 1, { MODEL (NO, 0.93) }, FALSE, 0.93, CD_BASIS_ASSESSED, "r0" },
    { 1, { MODEL (NO, 1) }, FALSE, 0.956, CD_BASIS_ASSESSED, "r0" },
    { 1, { MODEL (NO, 0.2) }, FALSE, 0.5, CD_BASIS_ASSESSED, "r0" },
    { 2, { MODEL (NO, NAN), MODEL (NO, 0.91) }, FALSE, 0.91, CD_BASIS_ASSESSED, "r0" },
    { 2, { MODEL (NO, NAN), MODEL (NO, NAN) }, FALSE, 0.85, CD_BASIS_ASSESSED, "r0" },
    { 2, { MODEL (NO, 0.93), PERSON (NO) }, FALSE, 0.956, CD_BASIS_ASSESSED, "r1" },
    { 2,
      { PERSON (YES), PERSON (NO) },
      TRUE,
      0.55,
      CD_BASIS_INFERRED,
      "readers differ (R0: yes, R1: no), so that the rules' answer stays: found: first" },
    { 2,
      { MODEL (NO, 0.93), PERSON (YES) },
      TRUE,
      0.55,
      CD_BASIS_INFERRED,
      "readers differ (R1: yes, R0 (model): no), so that the rules' answer stays: found: first" },
    { 3, { PERSON (YES), PERSON (NO), JUDGE (NO) }, FALSE, 0.99, CD_BASIS_ASSESSED, "r2" },
    { 3, { JUDGE (NO), PERSON (YES), PERSON (YES) }, FALSE, 0.99, CD_BASIS_ASSESSED, "r0" },
    { 3, { JUDGE (NO), PERSON (YES), JUDGE (YES) }, TRUE, 0.99, CD_BASIS_ASSESSED, "r2" },
    { 3, { PERSON (YES), PERSON (NO), JUDGE (LATER) }, TRUE, 0.55, CD_BASIS_INFERRED, NULL },
    { 2, { PERSON (LATER), PERSON (NO) }, FALSE, 0.956, CD_BASIS_ASSESSED, "r1" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) assessments = nobody ();
    for (guint k = 0; k < cases[i].length; k++) {
      const Voice *voice = &cases[i].voices[k];
      g_autofree char *name = g_strdup_printf ("R%u", k);
      g_autofree char *reason = g_strdup_printf ("r%u", k);
      CdAssessment *made = reader (assessments, voice->kind, name, world->now);
      made->agreement = voice->agreement;
      says (world, made, "data.first", voice->answer, reason, NULL, 0);
    }
    g_autoptr (GPtrArray) merged = must_merge (world, assessments);
    const CdVerdict *verdict = merged->pdata[0];
    if (verdict->yes != cases[i].yes || fabs (verdict->certainty - cases[i].certainty) > SLACK || verdict->basis != cases[i].basis
        || (cases[i].why != NULL && strcmp (verdict->why, cases[i].why) != 0))
      fail_msg ("case %zu: %s, %g, %s, %s", i, verdict->yes ? "yes" : "no", verdict->certainty, cd_basis_name (verdict->basis), verdict->why);
    assert_int_equal (verdict->opinions->len, cases[i].length);
    assert_false (cases[i].certainty < 0.9 && cd_verdict_is_settled (verdict));
  }
}

static void
answers_are_carried_by_the_bytes_that_they_cite (void **state)
{
  World *world = *state;
  static const struct {
    const char *where;
    guint line;
    CdCarried carried;
    const char *path; /* of the place now; NULL: not used */
  } cases[] = {
    { "HEAD~1:README.md", 3, CD_CARRIED_UNCHANGED, "README.md" },
    { "HEAD~1:old/moved.md", 2, CD_CARRIED_UNCHANGED, "new.md" },
    { "HEAD~1:changed.md", 1, CD_CARRIED_CHANGED, NULL },
    { "HEAD~1:gone.md", 1, CD_CARRIED_CHANGED, NULL },
    { "README.md", 3, CD_CARRIED_BLIND, NULL },
    { NULL, 0, CD_CARRIED_BLIND, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) assessments = nobody ();
    CdAssessment *ada = reader (assessments, CD_READER_PERSON, "Ada", world->before);
    says (world, ada, "data.first", CD_ANSWER_NO, "read", cases[i].where, cases[i].line);
    g_autoptr (GPtrArray) merged = must_merge (world, assessments);
    const CdVerdict *verdict = merged->pdata[0];
    const CdOpinion *opinion = verdict->opinions->pdata[0];
    assert_string_equal (cd_carried_name (opinion->carried), cd_carried_name (cases[i].carried));
    assert_int_equal (cd_opinion_counts (opinion), cases[i].path != NULL);
    if (cases[i].path == NULL) {
      assert_verdict (verdict, TRUE, 0.8, CD_BASIS_INFERRED, "found: first");
      continue;
    }
    assert_verdict (verdict, FALSE, 0.956, CD_BASIS_ASSESSED, "read");
    assert_place (world, verdict, 0, cases[i].path, cases[i].line);
  }
}

static void
one_changed_file_is_enough_to_drop_an_answer (void **state)
{
  World *world = *state;
  g_autoptr (GPtrArray) assessments = nobody ();
  CdAssessment *ada = reader (assessments, CD_READER_PERSON, "Ada", world->before);
  says (world, ada, "data.first", CD_ANSWER_NO, "read", "HEAD~1:README.md", 3);
  g_autofree char *blob = fixture_pipe (world->fixture, NULL, 0, "rev-parse", "HEAD~1:changed.md", NULL);
  g_ptr_array_add (cd_assessment_find (ada, "data.first")->evidence, cd_citation_new ("changed.md", 1, 1, blob));
  g_autoptr (GPtrArray) merged = must_merge (world, assessments);
  assert_int_equal (((CdVerdict *) merged->pdata[0])->basis, CD_BASIS_INFERRED);
}

/* Beside an answer that is not carried over, one that is given now is no conflict. */
static void
what_is_not_used_differs_from_nothing (void **state)
{
  World *world = *state;
  g_autoptr (GPtrArray) assessments = nobody ();
  says (world, reader (assessments, CD_READER_PERSON, "Ada", world->before), "data.first", CD_ANSWER_YES, "then", "HEAD~1:changed.md", 1);
  says (world, reader (assessments, CD_READER_PERSON, "Ben", world->now), "data.first", CD_ANSWER_NO, "now", "HEAD:changed.md", 1);
  g_autoptr (GPtrArray) merged = must_merge (world, assessments);
  assert_verdict (merged->pdata[0], FALSE, 0.956, CD_BASIS_ASSESSED, "now");
}

static void
places_are_those_of_the_tree (void **state)
{
  World *world = *state;
  g_autoptr (GPtrArray) assessments = nobody ();
  CdAssessment *ada = reader (assessments, CD_READER_PERSON, "Ada", world->now), *ben = reader (assessments, CD_READER_PERSON, "Ben", world->now);
  says (world, ada, "data.first", CD_ANSWER_NO, "a", "HEAD:README.md", 3);
  GPtrArray *evidence = cd_assessment_find (ada, "data.first")->evidence;
  g_ptr_array_add (evidence, cd_citation_new ("no/such/file.md", 1, 1, NULL));
  g_ptr_array_add (evidence, cd_citation_new ("README.md", 400, 400, NULL));
  g_ptr_array_add (evidence, cd_citation_new ("README.md", 4, 9, NULL));
  g_ptr_array_add (evidence, cd_citation_new ("new.md", 0, 0, NULL));
  says (world, ben, "data.first", CD_ANSWER_NO, "b", "HEAD:README.md", 3);
  g_ptr_array_add (cd_assessment_find (ben, "data.first")->evidence, cd_citation_new ("changed.md", 1, 1, NULL));
  g_ptr_array_add (cd_assessment_find (ben, "data.first")->evidence, cd_citation_new ("new.md", 3, 3, NULL));
  g_autoptr (GPtrArray) merged = must_merge (world, assessments);
  const CdVerdict *first = merged->pdata[0];
  assert_int_equal (first->evidence->len, 4);
  assert_place (world, first, 0, "README.md", 3);
  assert_place (world, first, 1, "README.md", 4);
  assert_int_equal (g_array_index (first->evidence, CdEvidence, 1).end, 4);
  assert_place (world, first, 2, "new.md", 0);
  assert_place (world, first, 3, "changed.md", 1);
}

static void
what_does_not_fit_is_refused (void **state)
{
  World *world = *state;
  g_autoptr (GPtrArray) assessments = nobody ();
  CdAssessment *ada = reader (assessments, CD_READER_PERSON, "Ada", world->now), *again = reader (assessments, CD_READER_PERSON, "Ada", world->now);
  replace (&ada->file, "a.yaml");
  replace (&again->file, "b.yaml");
  says (world, ada, "data.first", CD_ANSWER_NO, "", NULL, 0);
  says (world, again, "data.second", CD_ANSWER_NO, "", NULL, 0);
  says (world, again, "data.first", CD_ANSWER_LATER, "", NULL, 0);
  cd_assessment_find (ada, "data.first")->line = 9;
  g_autoptr (GPtrArray) merged = must_merge (world, assessments);
  says (world, again, "data.first", CD_ANSWER_NO, "", NULL, 0);
  cd_assessment_find (again, "data.first")->line = 12;
  static const char *const messages[]
      = { "b.yaml:12: Ada answers \"data.first\" a second time, after a.yaml:9", "a.yaml: the answers are to the rubric \"x\", not to \"r\"",
          "a.yaml: the answers are about the folder \"lamp\", the audit is of \"\"" };
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++) {
    g_autoptr (GError) error = NULL;
    if (i == 1)
      replace (&ada->rubric, "x");
    if (i == 2)
      replace (&ada->rubric, "r"), replace (&ada->subdir, "lamp");
    assert_null (cd_assessment_merge (world->rubric, world->snapshot, world->corpus, NULL, world->rules, assessments, &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
    assert_string_equal (error->message, messages[i]);
  }
  g_autoptr (GPtrArray) one = nobody ();
  replace (&reader (one, CD_READER_PERSON, "Ada", world->now)->subdir, "lamp/oil");
  g_autoptr (GPtrArray) fits = cd_assessment_merge (world->rubric, world->snapshot, world->corpus, "./lamp//oil/", world->rules, one, NULL);
  assert_non_null (fits);
}

static void
without_answers_the_verdicts_are_the_rules (void **state)
{
  World *world = *state;
  g_autoptr (GPtrArray) assessments = nobody ();
  reader (assessments, CD_READER_PERSON, "Ada", world->now);
  g_autoptr (GPtrArray) merged = must_merge (world, assessments);
  for (guint i = 0; i < merged->len; i++) {
    const CdVerdict *verdict = merged->pdata[i], *rules = world->rules->pdata[i];
    assert_verdict (verdict, rules->yes, rules->certainty, rules->basis, rules->why);
    assert_null (verdict->opinions);
    assert_null (verdict->rules);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (one_persons_answer_is_the_verdict),
    cmocka_unit_test (certainty_is_the_readers),
    cmocka_unit_test (answers_are_carried_by_the_bytes_that_they_cite),
    cmocka_unit_test (one_changed_file_is_enough_to_drop_an_answer),
    cmocka_unit_test (what_is_not_used_differs_from_nothing),
    cmocka_unit_test (places_are_those_of_the_tree),
    cmocka_unit_test (what_does_not_fit_is_refused),
    cmocka_unit_test (without_answers_the_verdicts_are_the_rules),
  };
  return cmocka_run_group_tests (tests, setup, teardown);
}
