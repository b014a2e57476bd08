/* Agreement of readers against published tables and small ones worked out by hand; each value's source stands beside it. */
#include "assessment/agreement.h"
#include "rules.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* In place of the project's table: its probes have no entry in these rules. */
const CdProbeRow cd_probe_table[] = { { NULL, NULL } };

static void
near_to (double got, double expected, double tolerance, const char *what)
{
  if (!(fabs (got - expected) <= tolerance))
    fail_msg ("%s: %.17g instead of %.17g", what, got, expected);
}

/* Two raters' fourfold table as ratings: both yes, only the first, only the second, both no. */
static signed char *
fourfold (const guint counts[4], guint *subjects)
{
  static const signed char pairs[4][2] = { { 1, 1 }, { 1, 0 }, { 0, 1 }, { 0, 0 } };
  signed char *ratings = g_new (signed char, 2 * (counts[0] + counts[1] + counts[2] + counts[3]));
  *subjects = 0;
  for (guint cell = 0; cell < 4; cell++)
    for (guint i = 0; i < counts[cell]; i++, ++*subjects) {
      ratings[2 * *subjects] = pairs[cell][0];
      ratings[2 * *subjects + 1] = pairs[cell][1];
    }
  return ratings;
}

static CdKappa
measure_fourfold (const guint counts[4])
{
  guint subjects = 0;
  g_autofree signed char *ratings = fourfold (counts, &subjects);
  g_autofree guint *cluster = g_new0 (guint, subjects);
  return cd_kappa_measure (ratings, subjects, 2, cluster, 1);
}

static void
two_raters_have_cohens_kappa (void **state)
{
  (void) state;
  static const struct {
    guint counts[4];
    double agreement, kappa, tolerance;
  } table[] = {
    /* Sim and Wright 2005, "The kappa statistic in reliability studies", Physical Therapy 85:257-268, table 2: kappa .67 */
    { { 22, 2, 4, 11 }, 33.0 / 39, 0.67, 0.005 },
    /* Feinstein and Cicchetti 1990, "High agreement but low kappa: I", Journal of Clinical Epidemiology 43:543-549: 0.70 and 0.32 at equal agreement */
    { { 40, 9, 6, 45 }, 0.85, 0.70, 0.005 },
    { { 80, 10, 5, 5 }, 0.85, 0.32, 0.005 },
    /* by hand: 35 of 50 agree, 0.5 of them by chance: (0.7 - 0.5) / 0.5 */
    { { 20, 5, 10, 15 }, 0.7, 0.4, 1e-12 },
    /* by hand: all opposed: agreement 0, of 0.5 by chance */
    { { 0, 3, 3, 0 }, 0, -1, 1e-12 },
    /* by hand: one always yes, the other never: nothing is expected by chance, and nothing agrees */
    { { 0, 4, 0, 0 }, 0, 0, 1e-12 },
    { { 7, 0, 0, 0 }, 1, 1, 0 },
    { { 0, 0, 0, 7 }, 1, 1, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    CdKappa got = measure_fourfold (table[i].counts);
    near_to (got.agreement, table[i].agreement, 1e-12, "agreement");
    near_to (got.kappa, table[i].kappa, table[i].tolerance, "Cohen's kappa");
    assert_false (got.fleiss);
    assert_int_equal (got.raters, 2);
  }
}

/* Fleiss, Levin and Paik 2003, "Statistical methods for rates and proportions", 3rd edition, p. 612: 25 subjects rated by different sets of two to five
 * raters; kappa 0.54 there, 0.5415 in Stata's manual of kap, which uses it too. Ratings, and yes among them. */
static const guint many_raters[25][2]
    = { { 2, 2 }, { 2, 0 }, { 3, 2 }, { 4, 3 }, { 3, 3 }, { 4, 1 }, { 3, 0 }, { 5, 0 }, { 2, 0 }, { 4, 4 }, { 5, 5 }, { 3, 3 }, { 4, 4 },
        { 4, 3 }, { 2, 0 }, { 2, 2 }, { 3, 1 }, { 2, 1 }, { 4, 1 }, { 5, 4 }, { 3, 2 }, { 4, 0 }, { 3, 0 }, { 3, 3 }, { 2, 2 } };

static void
more_raters_have_fleiss_kappa (void **state)
{
  (void) state;
  signed char ratings[25 * 5];
  guint cluster[25] = { 0 };
  for (guint s = 0; s < 25; s++)
    for (guint r = 0; r < 5; r++)
      ratings[5 * s + r] = r < many_raters[s][1] ? 1 : r < many_raters[s][0] ? 0 : -1;
  CdKappa got = cd_kappa_measure (ratings, 25, 5, cluster, 1);
  assert_true (got.fleiss);
  assert_int_equal (got.subjects, 25);
  assert_int_equal (got.raters, 5);
  near_to (got.kappa, 0.5415, 0.00005, "Fleiss' kappa of unequal numbers of ratings");
  assert_true (got.interval.low < got.kappa && got.kappa < got.interval.high);

  /* by hand, three raters of four: 3, 2, 1 and 0 yes. Agreeing pairs 1, 1/3, 1/3, 1: 2/3; p = 1/2, so that chance has 1/2: (2/3 - 1/2) / (1/2) */
  static const signed char three[] = { 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0 };
  got = cd_kappa_measure (three, 4, 3, cluster, 1);
  assert_true (got.fleiss);
  near_to (got.agreement, 2.0 / 3, 1e-12, "agreement of three");
  near_to (got.kappa, 1.0 / 3, 1e-12, "Fleiss' kappa of three");
}

static void
what_one_rater_rated_does_not_count (void **state)
{
  (void) state;
  /* Of three raters the second is silent, and two subjects have one rating: what is left is a fourfold table of 1, 1, 0, 1. */
  static const signed char ratings[] = { 1, -1, 1, /**/ 1, -1, 0, /**/ 0, -1, 0, /**/ -1, -1, 1, /**/ 0, -1, -1 };
  static const guint cluster[5] = { 0 };
  CdKappa got = cd_kappa_measure (ratings, 5, 3, cluster, 1);
  assert_int_equal (got.subjects, 3);
  assert_false (got.fleiss);
  near_to (got.agreement, 2.0 / 3, 1e-12, "agreement");
  near_to (got.kappa, 0.4, 1e-12, "expected 2/3 * 1/3 + 1/3 * 2/3 = 4/9: (6/9 - 4/9) / (5/9)");

  got = cd_kappa_measure (ratings + 9, 2, 3, cluster, 1);
  assert_int_equal (got.subjects, 0);
  assert_true (isnan (got.kappa) && isnan (got.agreement) && isnan (got.interval.low) && isnan (got.interval.high) && isnan (got.share.low));
  got = cd_kappa_measure (NULL, 0, 0, NULL, 0);
  assert_true (isnan (got.kappa));
}

static void
intervals_are_over_works (void **state)
{
  (void) state;
  /* Two works: one with kappa 1 (2 both yes, 2 both no), one with 0 (each cell once). Two draws of two give the first twice, both, or the second
   * twice, with chances of 1/4, 1/2 and 1/4: the quantiles 0.025 and 0.975 are the least and the greatest. */
  static const signed char ratings[] = { 1, 1, 1, 1, 0, 0, 0, 0, /**/ 1, 1, 1, 0, 0, 1, 0, 0 };
  static const guint works[] = { 0, 0, 0, 0, 1, 1, 1, 1 }, one[8] = { 0 };
  CdKappa got = cd_kappa_measure (ratings, 8, 2, works, 2);
  near_to (got.kappa, 0.5, 1e-12, "kappa over both");
  near_to (got.interval.low, 0, 1e-12, "of the second work twice");
  near_to (got.interval.high, 1, 1e-12, "of the first work twice");
  /* Agreement 0.75 with sums 4 of 4 and 2 of 4: the error over works is sqrt (1 + 1) / 8 = 0.1768, that of independent answers sqrt (0.1875 / 8) = 0.1531,
   * so that 8 answers count as 0.1875 / 0.03125 = 6. Wilson's interval of 4.5 of 6, by hand: (0.75 + 0.32012 -+ 0.47172) / 1.64024. */
  near_to (got.share.low, 0.36482, 0.00001, "Wilson's lower end of 6 effective answers");
  near_to (got.share.high, 0.94001, 0.00001, "Wilson's upper end of 6 effective answers");

  /* A work that holds no pair of answers is no cluster: the same as of one work. */
  CdKappa alone = cd_kappa_measure (ratings, 8, 2, one, 1), empty = cd_kappa_measure (ratings, 8, 2, one, 3);
  assert_true (alone.interval.low == empty.interval.low && alone.interval.high == empty.interval.high);
  assert_true (alone.interval.low < 0.5 && alone.interval.high > 0.5);
  near_to (alone.share.low, 0.40928, 0.00001, "Wilson's lower end of 6 of 8");
  /* the same every time */
  CdKappa again = cd_kappa_measure (ratings, 8, 2, one, 1);
  assert_memory_equal (&again.interval, &alone.interval, sizeof (CdInterval));
}

static void
full_agreement_has_no_interval_of_kappa (void **state)
{
  (void) state;
  CdKappa got = measure_fourfold ((const guint[]){ 3, 0, 0, 2 });
  near_to (got.kappa, 1, 0, "kappa");
  assert_true (isnan (got.interval.low) && isnan (got.interval.high));
  near_to (got.share.low, 0.56552, 0.00001, "5 of 5: Wilson's lower end, n / (n + z^2)");
  near_to (got.share.high, 1, 0, "its upper end");
  got = measure_fourfold ((const guint[]){ 0, 1, 0, 0 });
  assert_true (isnan (got.interval.low));
}

#define RUBRIC                                                                                                                                       \
  "rubric: r\nversion: \"2\"\nname: Name\ndimensions:\n  - {id: one, name: One}\ncriteria:\n"                                                        \
  "  - {id: k, dimension: one, question: q, points: 3, when: a}\n  - {id: l, dimension: one, question: q, points: 4, when: a}\n"                     \
  "  - {id: m, dimension: one, question: q, points: 2, when: a}\n"

typedef struct {
  char *root;
  CdData *data;
  CdSignals *signals;
  CdProbes *probes;
  CdRubric *rubric;
  GPtrArray *assessments;
} Setup;

static void
setup_clear (Setup *setup)
{
  g_ptr_array_unref (setup->assessments);
  cd_rubric_free (setup->rubric);
  cd_probes_free (setup->probes);
  cd_signals_free (setup->signals);
  cd_data_free (setup->data);
  rules_free (setup->root);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setup, setup_clear)

static void
setup_rubric (Setup *setup)
{
  const char *const files[]
      = { "probes/p.yaml", "probes:\n  - {id: a, question: q, says: thing a, fix: add a, find: {any: [{path: x}]}}\n", "r.yaml", RUBRIC, NULL };
  setup->root = rules_new (files);
  setup->data = cd_data_new (setup->root, NULL);
  setup->signals = cd_signals_load (setup->data, NULL, NULL);
  setup->probes = cd_probes_load (setup->data, setup->signals, NULL);
  setup->rubric = cd_rubric_load (setup->data, "r", setup->probes, NULL);
  setup->assessments = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_assessment_free);
  assert_non_null (setup->rubric);
}

/* A reader's answers to k, l and m, a letter each: y, n, l (later), or - (none). Each cites a line of "NAME.md". */
static CdAssessment *
read_by (Setup *setup, CdReaderKind kind, const char *name, const char *commit, const char *answers)
{
  static const char *const criteria[] = { "k", "l", "m" };
  CdAssessment *assessment = cd_assessment_new (kind, name);
  char **const texts[] = { &assessment->work, &assessment->commit, &assessment->rubric, &assessment->version, &assessment->date };
  const char *const values[] = { "w", commit, "r", "2", "2025-01-01" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_free (*texts[i]);
    *texts[i] = g_strdup (values[i]);
  }
  for (guint i = 0; i < 3; i++) {
    if (answers[i] == '-')
      continue;
    CdAnswer answer = answers[i] == 'y' ? CD_ANSWER_YES : answers[i] == 'n' ? CD_ANSWER_NO : CD_ANSWER_LATER;
    g_autofree char *path = g_strconcat (name, ".md", NULL), *reason = g_strconcat (name, " on ", criteria[i], NULL);
    CdResponse *response = cd_response_new (criteria[i], answer, reason);
    g_ptr_array_add (response->evidence, cd_citation_new (path, i + 1, i + 1, NULL));
    cd_assessment_set (assessment, setup->rubric, response);
  }
  g_ptr_array_add (setup->assessments, assessment);
  return assessment;
}

static CdAgreement *
must_measure (const Setup *setup)
{
  g_autoptr (GError) error = NULL;
  CdAgreement *agreement = cd_agreement_measure (setup->rubric, setup->assessments, &error);
  if (agreement == NULL)
    fail_msg ("%s", error->message);
  return agreement;
}

static guint
total_of (const CdAgreement *agreement, guint reader, guint work)
{
  return g_array_index (agreement->totals, guint, reader * agreement->works->len + work);
}

static void
answers_meet_by_work_and_question (void **state)
{
  (void) state;
  g_auto (Setup) setup = { 0 };
  setup_rubric (&setup);
  read_by (&setup, CD_READER_PERSON, "bea", "c2", "ynn");
  read_by (&setup, CD_READER_PERSON, "bea", "c1", "yyn");
  read_by (&setup, CD_READER_PERSON, "ann", "c1", "yny");
  read_by (&setup, CD_READER_PERSON, "ann", "c2", "yn-");
  g_autoptr (CdAgreement) agreement = must_measure (&setup);
  assert_string_equal (agreement->readers->pdata[0], "ann");
  assert_string_equal (agreement->readers->pdata[1], "bea");
  assert_string_equal (agreement->works->pdata[0], "w@c1");
  assert_string_equal (agreement->works->pdata[1], "w@c2");
  /* ann says y n y y n, bea y y n y n: 3 of 5 agree; 3/5 * 3/5 + 2/5 * 2/5 = 13/25 by chance: (15/25 - 13/25) / (12/25) */
  assert_int_equal (agreement->overall.subjects, 5);
  near_to (agreement->overall.agreement, 0.6, 1e-12, "agreement");
  near_to (agreement->overall.kappa, 1.0 / 6, 1e-12, "kappa over all");
  const CdKappa *by = (const CdKappa *) (gpointer) agreement->criteria->data;
  near_to (by[0].kappa, 1, 0, "kappa of k, where all say yes");
  near_to (by[1].kappa, 0, 1e-12, "kappa of l: one of two agrees, and by chance as many");
  assert_int_equal (by[2].subjects, 1);
  assert_int_equal (agreement->disagreements->len, 2);
  const CdDisagreement *first = agreement->disagreements->pdata[0], *second = agreement->disagreements->pdata[1];
  assert_true (first->work == 0 && first->criterion == 1 && second->work == 0 && second->criterion == 2);
  assert_int_equal (g_array_index (first->answers, CdAnswer, 0), CD_ANSWER_NO);
  assert_int_equal (g_array_index (first->answers, CdAnswer, 1), CD_ANSWER_YES);
  assert_string_equal (cd_agreement_response (agreement, 1, 0, 1)->reason, "bea on l");
  assert_null (cd_agreement_response (agreement, 2, 1, 0));
  /* points are 3, 4 and 2 */
  assert_int_equal (total_of (agreement, 0, 0), 5);
  assert_int_equal (total_of (agreement, 1, 0), 7);
  assert_true (total_of (agreement, 0, 1) == G_MAXUINT);
  assert_int_equal (total_of (agreement, 1, 1), 3);
  assert_int_equal (agreement->pairs, 1);
  near_to (agreement->difference, 2, 0, "difference of the totals that are whole");
}

static void
the_order_of_files_changes_nothing (void **state)
{
  (void) state;
  g_auto (Setup) setup = { 0 };
  setup_rubric (&setup);
  read_by (&setup, CD_READER_MODEL, "ann", "c1", "nyl");
  read_by (&setup, CD_READER_PERSON, "cyd", "c1", "yyn");
  CdAssessment *clone = read_by (&setup, CD_READER_PERSON, "ann", "c1", "yny");
  g_free (clone->work);
  clone->work = g_strdup ("clone");
  g_autoptr (CdAgreement) agreement = must_measure (&setup);
  /* persons first; a model and a person of one name are two; one commit is one work, whatever a clone is called */
  assert_int_equal (agreement->readers->len, 3);
  assert_string_equal (agreement->readers->pdata[0], "ann");
  assert_string_equal (agreement->readers->pdata[1], "cyd");
  assert_string_equal (agreement->readers->pdata[2], "ann (model)");
  assert_int_equal (agreement->works->len, 1);
  assert_string_equal (agreement->works->pdata[0], "clone@c1");
  assert_true (agreement->overall.fleiss);
  gpointer first = setup.assessments->pdata[0];
  setup.assessments->pdata[0] = setup.assessments->pdata[2];
  setup.assessments->pdata[2] = first;
  g_autoptr (CdAgreement) again = must_measure (&setup);
  near_to (again->overall.kappa, agreement->overall.kappa, 0, "kappa in another order");
  assert_string_equal (again->works->pdata[0], "clone@c1");
}

static void
a_model_is_measured_by_persons (void **state)
{
  (void) state;
  g_auto (Setup) setup = { 0 };
  setup_rubric (&setup);
  read_by (&setup, CD_READER_PERSON, "ann", "c1", "yyn");
  read_by (&setup, CD_READER_PERSON, "bea", "c1", "ynl");
  read_by (&setup, CD_READER_MODEL, "m", "c1", "yyy");
  read_by (&setup, CD_READER_MODEL, "z", "c1", "---");
  g_autoptr (CdAgreement) agreement = must_measure (&setup);
  assert_int_equal (agreement->trust->len, 1); /* z answers nothing */
  const CdTrust *trust = &g_array_index (agreement->trust, CdTrust, 0);
  assert_string_equal (agreement->readers->pdata[trust->reader], "m (model)");
  assert_int_equal (trust->questions, 3);
  near_to (trust->agreement, 0.5, 1e-12, "both of two, one of two, none of one: (1 + 1/2 + 0) / 3");
  /* Wilson's interval of 1.5 of 3: z^2 / 3 = 1.28049; (1/2 + 0.64024 -+ 1.95996 * sqrt (1/12 + 1.28049/12)) / 2.28049 */
  near_to (trust->interval.low, 0.12533, 0.00001, "its lower end");
  near_to (trust->interval.high, 0.87467, 0.00001, "its upper end");
}

static void
must_fail (const Setup *setup, const char *says)
{
  g_autoptr (GError) error = NULL;
  assert_null (cd_agreement_measure (setup->rubric, setup->assessments, &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  if (strstr (error->message, says) == NULL)
    fail_msg ("\"%s\" is not in \"%s\"", says, error->message);
}

static void
what_cannot_be_compared_is_said (void **state)
{
  (void) state;
  g_auto (Setup) setup = { 0 };
  setup_rubric (&setup);
  read_by (&setup, CD_READER_PERSON, "ann", "c1", "y--");
  must_fail (&setup, "all answers are ann's");
  CdAssessment *bea = read_by (&setup, CD_READER_PERSON, "bea", "c2", "yyy");
  must_fail (&setup, "c1 of ann, c2 of bea");
  g_free (bea->commit);
  bea->commit = g_strdup ("c1");
  g_ptr_array_remove_index (bea->responses, 0);
  must_fail (&setup, "no question was answered by two readers");
  read_by (&setup, CD_READER_PERSON, "ann", "c1", "nnn");
  must_fail (&setup, "both ann's answers to w at c1");
  g_free (bea->rubric);
  bea->rubric = g_strdup ("other");
  must_fail (&setup, "rubric \"other\", not of \"r\"");
}

static void
an_adjudication_starts_from_what_is_agreed (void **state)
{
  (void) state;
  g_auto (Setup) setup = { 0 };
  setup_rubric (&setup);
  read_by (&setup, CD_READER_PERSON, "ann", "c1", "yny");
  read_by (&setup, CD_READER_PERSON, "bea", "c1", "yyl");
  g_autoptr (CdAgreement) agreement = must_measure (&setup);
  g_autoptr (GError) error = NULL;
  g_autoptr (CdAssessment) adjudication = cd_agreement_adjudicate (setup.rubric, agreement, "cyd", "2025-02-03", &error);
  assert_non_null (adjudication);
  assert_int_equal (adjudication->kind, CD_READER_ADJUDICATION);
  assert_string_equal (adjudication->assessor, "cyd");
  assert_string_equal (adjudication->commit, "c1");
  assert_string_equal (adjudication->date, "2025-02-03");
  const CdResponse *agreed = cd_assessment_find (adjudication, "k"), *open = cd_assessment_find (adjudication, "l");
  assert_int_equal (agreed->answer, CD_ANSWER_YES);
  assert_string_equal (agreed->reason, "ann on k");
  assert_int_equal (agreed->evidence->len, 2);
  assert_string_equal (((const CdCitation *) agreed->evidence->pdata[1])->path, "bea.md");
  assert_int_equal (open->answer, CD_ANSWER_LATER);
  assert_string_equal (open->reason, "ann says no: ann on l\nbea says yes: bea on l");
  assert_int_equal (cd_assessment_find (adjudication, "m")->answer, CD_ANSWER_LATER); /* one answer is no agreement */

  /* What was adjudicated stands beside the disagreement, enters no figure, and is kept when it is adjudicated again. */
  read_by (&setup, CD_READER_ADJUDICATION, "cyd", "c1", "ny-");
  g_autoptr (CdAgreement) again = must_measure (&setup);
  assert_int_equal (again->readers->len, 2);
  near_to (again->overall.kappa, agreement->overall.kappa, 0, "kappa without the adjudication");
  assert_int_equal (cd_agreement_adjudicated (again, 1, 0)->answer, CD_ANSWER_YES);
  assert_null (cd_agreement_adjudicated (again, 2, 0));
  g_autoptr (CdAssessment) resumed = cd_agreement_adjudicate (setup.rubric, again, "cyd", "2025-02-04", &error);
  assert_int_equal (cd_assessment_find (resumed, "k")->answer, CD_ANSWER_NO);
  assert_int_equal (cd_assessment_find (resumed, "l")->answer, CD_ANSWER_YES);

  read_by (&setup, CD_READER_PERSON, "ann", "c2", "yny");
  g_autoptr (CdAgreement) two = must_measure (&setup);
  assert_null (cd_agreement_adjudicate (setup.rubric, two, "cyd", "2025-02-04", &error));
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (two_raters_have_cohens_kappa),
    cmocka_unit_test (more_raters_have_fleiss_kappa),
    cmocka_unit_test (what_one_rater_rated_does_not_count),
    cmocka_unit_test (intervals_are_over_works),
    cmocka_unit_test (full_agreement_has_no_interval_of_kappa),
    cmocka_unit_test (answers_meet_by_work_and_question),
    cmocka_unit_test (the_order_of_files_changes_nothing),
    cmocka_unit_test (a_model_is_measured_by_persons),
    cmocka_unit_test (what_cannot_be_compared_is_said),
    cmocka_unit_test (an_adjudication_starts_from_what_is_agreed),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
