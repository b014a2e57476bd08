/* Rubrics: reading and its faults, verdicts with evidence and candidates, certainty, and the score's distribution. */
#include "rubric/rubric.h"
#include "rules.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define PROBES                                                                                                                                       \
  "probes:\n"                                                                                                                                        \
  "  - {id: a, question: q, says: thing a, fix: add a, find: {any: [{path: x}]}}\n"                                                                  \
  "  - {id: b, question: q, says: thing b, fix: add b, basis: non-use, find: {any: [{path: x}]}}\n"                                                  \
  "  - {id: c, question: q, says: thing c, fix: add c, find: {any: [{path: x}]}}\n"                                                                  \
  "  - {id: d, question: q, find: {any: [{path: x}]}}\n"
#define RUBRIC(when)                                                                                                                                 \
  "rubric: r\nversion: \"2\"\nname: Name\nsource: a paper\ndimensions:\n  - {id: one, name: One}\n  - {id: two, name: Two}\n"                        \
  "criteria:\n  - {id: k, dimension: two, question: q, points: 3, when: " when "}\n"

enum { A, B, C, D, PROBE_COUNT };

/* In place of the project's table: its probes have no entry in these rules. */
const CdProbeRow cd_probe_table[] = { { NULL, NULL } };

typedef struct {
  char *root;
  CdData *data;
  CdSignals *signals;
  CdProbes *probes;
  CdRubric *rubric;
  CdFinding findings[PROBE_COUNT];
} Setup;

static void
setup_clear (Setup *setup)
{
  for (guint i = 0; i < PROBE_COUNT; i++)
    cd_finding_clear (&setup->findings[i]);
  cd_rubric_free (setup->rubric);
  cd_probes_free (setup->probes);
  cd_signals_free (setup->signals);
  cd_data_free (setup->data);
  rules_free (setup->root);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setup, setup_clear)

static gboolean
setup_rubric (Setup *setup, const char *rubric, const char *certainty, GError **error)
{
  const char *const files[] = { "probes/p.yaml", PROBES, "r.yaml", rubric, certainty == NULL ? NULL : "r.certainty.yaml", certainty, NULL };
  setup->root = rules_new (files);
  setup->data = cd_data_new (setup->root, error);
  setup->signals = cd_signals_load (setup->data, NULL, error);
  setup->probes = setup->signals == NULL ? NULL : cd_probes_load (setup->data, setup->signals, error);
  setup->rubric = setup->probes == NULL ? NULL : cd_rubric_load (setup->data, "r", setup->probes, error);
  return setup->rubric != NULL;
}

static void
must_setup (Setup *setup, const char *rubric, const char *certainty)
{
  g_autoptr (GError) error = NULL;
  if (!setup_rubric (setup, rubric, certainty, &error))
    fail_msg ("%s", error->message);
}

/* places: "document:line*weight", separated by blanks. */
static void
answer (Setup *setup, guint probe, gboolean yes, const char *places)
{
  static const char *const names[] = { "a", "b", "c", "d" };
  g_auto (GStrv) list = g_strsplit (places, " ", -1);
  for (guint i = 0; list[i] != NULL && list[i][0] != '\0'; i++) {
    unsigned document = 0, line = 0, weight = 1;
    assert_true (sscanf (list[i], "%u:%u*%u", &document, &line, &weight) >= 2);
    cd_finding_add (&setup->findings[probe], document, line, line, names[probe], weight);
  }
  setup->findings[probe].yes = yes;
}

static char *
describe_evidence (const GArray *evidence)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < evidence->len; i++) {
    const CdEvidence *place = &g_array_index (evidence, CdEvidence, i);
    g_string_append_printf (text, "%s%s@%u:%u", i > 0 ? " " : "", place->says, place->document, place->line);
  }
  return g_string_free (text, FALSE);
}

static char *
describe_candidates (const GArray *candidates)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < candidates->len; i++) {
    const CdCandidate *candidate = &g_array_index (candidates, CdCandidate, i);
    g_string_append_printf (text, "%s%c%s@%u:%u", i > 0 ? " " : "", candidate->for_yes ? '+' : '-', candidate->evidence.says,
                            candidate->evidence.document, candidate->evidence.line);
  }
  return g_string_free (text, FALSE);
}

/* Verdicts where probes a, b and c answer so. */
static GPtrArray *
judge_three (Setup *setup, gboolean a, gboolean b, gboolean c)
{
  answer (setup, A, a, "");
  answer (setup, B, b, "");
  answer (setup, C, c, "");
  return cd_rubric_judge (setup->rubric, setup->probes, setup->findings);
}

static void
verdicts_follow_expressions (void **state)
{
  (void) state;
  static const struct {
    const char *rubric;
    gboolean a, b, c;
    gboolean yes;
    double margin;
    const char *basis, *why, *missing;
  } cases[] = {
    { RUBRIC ("a"), TRUE, FALSE, FALSE, TRUE, 8, "inferred", "found: thing a", "" },
    { RUBRIC ("a"), FALSE, FALSE, FALSE, FALSE, -8, "absent", "not found: thing a", "add a" },
    { RUBRIC ("{not: a}"), FALSE, FALSE, FALSE, TRUE, 8, "inferred", "nothing found of: thing a", "" },
    { RUBRIC ("{not: a}"), TRUE, FALSE, FALSE, FALSE, -8, "absent", "against it: thing a", "" },
    { RUBRIC ("{any: [a, {all: [b, c]}]}"), FALSE, TRUE, TRUE, TRUE, 8, "non-use", "found: thing b, thing c", "" },
    { RUBRIC ("{any: [a, {all: [b, c]}]}"), FALSE, TRUE, FALSE, FALSE, -8, "absent", "not found: thing a, thing c; found: thing b", "add a|add c" },
    { RUBRIC ("{score: {a: 3, b: 2, c: -1, d: 4}, threshold: 3}"), TRUE, FALSE, FALSE, TRUE, 0.5, "inferred", "found: thing a", "" },
    { RUBRIC ("{score: {a: 3, b: 2, c: -1, d: 4}, threshold: 3}"), TRUE, FALSE, TRUE, FALSE, -0.5, "absent",
      "not found: d, thing b; found: thing a; against it: thing c", "add b" },
    { RUBRIC ("{score: {b: 2, a: 3, c: -1}, threshold: 3}"), TRUE, TRUE, TRUE, TRUE, 1.5, "inferred", "found: thing a, thing b; against it: thing c",
      "" },
    { RUBRIC ("{all: [a, {score: {b: 2, c: 1}, threshold: 2}]}"), TRUE, TRUE, TRUE, TRUE, 1.5, "non-use", "found: thing b, thing a, thing c", "" },
    { RUBRIC ("{any: [{not: {score: {b: 2, c: 1}, threshold: 2}}, d]}"), FALSE, FALSE, TRUE, TRUE, 0.5, "inferred", "against it: thing c", "" },
    { RUBRIC ("{at-least: 2, of: [a, b, c]}, fix: do it"), FALSE, TRUE, FALSE, FALSE, -8, "absent", "not found: thing a, thing c; found: thing b",
      "do it|add a|add c" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Setup) setup = { 0 };
    must_setup (&setup, cases[i].rubric, NULL);
    g_autoptr (GPtrArray) verdicts = judge_three (&setup, cases[i].a, cases[i].b, cases[i].c);
    assert_int_equal (verdicts->len, 1);
    const CdVerdict *verdict = g_ptr_array_index (verdicts, 0);
    assert_int_equal (verdict->yes, cases[i].yes);
    if (fabs (verdict->margin - cases[i].margin) > 1e-9)
      fail_msg ("case %u: margin %g", i, verdict->margin);
    assert_string_equal (cd_basis_name (verdict->basis), cases[i].basis);
    assert_string_equal (verdict->why, cases[i].why);
    g_ptr_array_add (verdict->missing, NULL);
    g_autofree char *missing = g_strjoinv ("|", (char **) verdict->missing->pdata);
    assert_string_equal (missing, cases[i].missing);
  }
}

/* Each probe's best place first; places once; those against it for a no. Candidates show what evidence does not. */
static void
evidence_takes_turns (void **state)
{
  (void) state;
  static const struct {
    const char *a, *b, *c;
    gboolean c_yes;
    const char *evidence, *candidates;
  } cases[] = {
    { "0:1 0:2 0:3", "1:1 1:2", "2:9", FALSE, "a@0:1 b@1:1 a@0:2 b@1:2", "-c@2:9 +a@0:3 +a@0:1 +b@1:1 +a@0:2 +b@1:2" },
    { "0:1*1", "1:1*9", "", FALSE, "b@1:1 a@0:1", "+a@0:1 +b@1:1" },
    { "0:1 0:2", "0:1 0:7", "0:1", FALSE, "a@0:1 a@0:2 b@0:7", "-c@0:1 +a@0:2 +b@0:7" },
    { "", "", "2:1 2:2 2:3 2:4 3:1", TRUE, "c@2:1 c@2:2 c@2:3 c@2:4", "-c@3:1 -c@2:1 -c@2:2 -c@2:3 -c@2:4" },
    { "0:1 0:2 0:3 0:4 0:5 0:6 0:7 0:8 0:9 1:1", "", "", FALSE, "a@0:1 a@0:2 a@0:3 a@0:4",
      "+a@0:5 +a@0:6 +a@0:7 +a@1:1 +a@0:8 +a@0:9 +a@0:1 +a@0:2" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Setup) setup = { 0 };
    must_setup (&setup, RUBRIC ("{score: {a: 3, b: 2, c: -9}, threshold: 1}"), NULL);
    answer (&setup, A, TRUE, cases[i].a);
    answer (&setup, B, TRUE, cases[i].b);
    answer (&setup, C, cases[i].c_yes, cases[i].c);
    g_autoptr (GPtrArray) verdicts = cd_rubric_judge (setup.rubric, setup.probes, setup.findings);
    const CdVerdict *verdict = g_ptr_array_index (verdicts, 0);
    assert_int_equal (verdict->yes, !cases[i].c_yes);
    g_autofree char *evidence = describe_evidence (verdict->evidence), *candidates = describe_candidates (verdict->candidates);
    assert_string_equal (evidence, cases[i].evidence);
    assert_string_equal (candidates, cases[i].candidates);
  }
}

/* What a criterion lists states its answers: a yes by its evidence, by hints without any, by circumstances without those; a no by what is
 * listed against it and nothing else. */
static void
listed_probes_state_the_answer (void **state)
{
  (void) state;
  static const struct {
    gboolean a, b, c, d;
    const char *evidence;
  } cases[] = {
    { TRUE, TRUE, FALSE, FALSE, "b@0:2" },                                         /* a tells the answer, b states it */
    { TRUE, TRUE, FALSE, TRUE, "b@0:2" },   { TRUE, FALSE, FALSE, TRUE, "d@0:4" }, /* only a hint */
    { TRUE, FALSE, FALSE, FALSE, "a@0:1" },                                        /* nothing states it: a tells it by circumstance */
    { FALSE, TRUE, TRUE, TRUE, "d@0:4" },                                          /* a no that is stated */
    { FALSE, TRUE, TRUE, FALSE, "" },                                              /* c tells a no and states none */
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Setup) setup = { 0 };
    must_setup (&setup, RUBRIC ("{score: {a: 3, c: -9}, threshold: 1}, evidence: [b], hints: [d], against: [d]"), NULL);
    answer (&setup, A, cases[i].a, cases[i].a ? "0:1" : "");
    answer (&setup, B, cases[i].b, cases[i].b ? "0:2" : "");
    answer (&setup, C, cases[i].c, cases[i].c ? "0:3" : "");
    answer (&setup, D, cases[i].d, cases[i].d ? "0:4" : "");
    g_autoptr (GPtrArray) verdicts = cd_rubric_judge (setup.rubric, setup.probes, setup.findings);
    const CdVerdict *verdict = g_ptr_array_index (verdicts, 0);
    assert_int_equal (verdict->yes, cases[i].a);
    g_autofree char *evidence = describe_evidence (verdict->evidence);
    assert_string_equal (evidence, cases[i].evidence);
  }
}

/* Places beyond the evidence come in turns of probes, no more than three of a document before another document's. */
static void
candidates_spread_over_documents (void **state)
{
  (void) state;
  g_auto (Setup) setup = { 0 };
  must_setup (&setup, RUBRIC ("{score: {a: 3, b: -2}, threshold: 1}"), NULL);
  answer (&setup, A, FALSE, "0:1 0:2 0:3 0:4 0:5 1:1 1:2");
  answer (&setup, B, FALSE, "2:1");
  g_autoptr (GPtrArray) verdicts = cd_rubric_judge (setup.rubric, setup.probes, setup.findings);
  const CdVerdict *verdict = g_ptr_array_index (verdicts, 0);
  g_autofree char *candidates = describe_candidates (verdict->candidates);
  assert_string_equal (candidates, "+a@0:1 -b@2:1 +a@0:2 +a@0:3 +a@1:1 +a@1:2 +a@0:4 +a@0:5");
  assert_int_equal (verdict->evidence->len, 0);
}

static void
certainties_follow_features (void **state)
{
  (void) state;
  static const char measured[] = "features: [margin, b, against]\ncriteria:\n  k: {bias: 0.5, weights: [0.2, -1, 0]}\n";
  static const struct {
    const char *certainty;
    gboolean a, b;
    double expected; /* Φ of the sum by tables of the normal distribution */
  } cases[] = {
    { measured, FALSE, FALSE, 0.5 },               /* a no, 0.5 − 2.5 × 0.2 = 0 */
    { measured, FALSE, TRUE, 0.7257468822499265 }, /* a no, 0.5 − 0.1 − 1 = −0.6 */
    { measured, TRUE, FALSE, 0.7257468822499265 }, /* a yes, 0.5 + 0.1 = 0.6 */
    { measured, TRUE, TRUE, 0.5 },                 /* a yes, 0.5 + 0.5 − 1 = 0 */
    { NULL, TRUE, FALSE, 0.55 },
    { NULL, TRUE, TRUE, 0.75 },
    { "criteria: {}\n", FALSE, FALSE, 0.75 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Setup) setup = { 0 };
    must_setup (&setup, RUBRIC ("{score: {a: 3, b: 2}, threshold: 3}"), cases[i].certainty);
    answer (&setup, A, cases[i].a, "");
    answer (&setup, B, cases[i].b, "");
    g_autoptr (GPtrArray) verdicts = cd_rubric_judge (setup.rubric, setup.probes, setup.findings);
    const CdVerdict *verdict = g_ptr_array_index (verdicts, 0);
    assert_true (fabs (verdict->certainty - cases[i].expected) < 1e-9);
  }
}

#define THREE                                                                                                                                        \
  "rubric: r\nversion: \"1\"\nname: N\ndimensions:\n  - {id: one, name: One}\n  - {id: two, name: Two}\ncriteria:\n"                                 \
  "  - {id: x, dimension: one, question: q, points: 1, when: a}\n"                                                                                   \
  "  - {id: y, dimension: two, question: q, points: 2, when: b}\n"                                                                                   \
  "  - {id: z, dimension: two, question: q, points: 4, when: c}\n"

/* Three criteria of 1, 2 and 4 points; the distribution is small enough to write down. */
static void
scores_know_their_range (void **state)
{
  (void) state;
  static const char rubric[] = THREE;
  /* Plain probes are 6 from flipping: Φ(6 w) is 1, or 0.9, 0.5 and 0.8. */
  static const char all_sure[]
      = "features: [margin]\ncriteria:\n  x: {bias: 0, weights: [10]}\n  y: {bias: 0, weights: [10]}\n  z: {bias: 0, weights: [10]}\n";
  static const char doubts[] = "features: [margin]\ncriteria:\n  x: {bias: 0, weights: [0.213592]}\n  y: {bias: 0, weights: [0]}\n"
                               "  z: {bias: 0, weights: [0.1402702055954857]}\n";
  static const struct {
    const char *certainty;
    gboolean a, b, c;
    guint total, low, high, settled;
    double expected;
  } cases[] = {
    { all_sure, TRUE, FALSE, TRUE, 5, 5, 5, 3, 5 },
    { all_sure, FALSE, FALSE, FALSE, 0, 0, 0, 3, 0 },
    /* P: 0 .01, 1 .09, 2 .01, 3 .09, 4 .04, 5 .36, 6 .04, 7 .36 */
    { doubts, TRUE, FALSE, TRUE, 5, 1, 7, 1, 0.9 + 1 + 3.2 },
    /* P: 0 .36, 1 .04, 2 .36, 3 .04, 4 .09, 5 .01, 6 .09, 7 .01 */
    { doubts, FALSE, TRUE, FALSE, 2, 0, 5, 1, 0.1 + 1 + 0.8 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Setup) setup = { 0 };
    must_setup (&setup, rubric, cases[i].certainty);
    g_autoptr (GPtrArray) verdicts = judge_three (&setup, cases[i].a, cases[i].b, cases[i].c);
    CdScore score;
    cd_rubric_score (setup.rubric, verdicts, &score);
    assert_int_equal (score.total, cases[i].total);
    assert_int_equal (score.of, 7);
    assert_int_equal (score.likely[0], cases[i].low);
    assert_int_equal (score.likely[1], cases[i].high);
    assert_int_equal (score.settled, cases[i].settled);
    assert_int_equal (score.unsettled, 3 - cases[i].settled);
    assert_true (fabs (score.expected - cases[i].expected) < 1e-6);
    assert_int_equal (score.dimensions->len, 2);
    assert_int_equal (g_array_index (score.dimensions, CdPoints, 1).of, 6);
    assert_int_equal (g_array_index (score.dimensions, CdPoints, 0).points, cases[i].a ? 1 : 0);
    cd_score_clear (&score);
  }
}

/* Two even chances with correlation ½ are both yes with probability 1/3 (the arcsine law): P of 0 points 1/3, 2 points 1/6, 4 points 1/6, 6 points 1/3. */
static void
answers_that_go_together_widen_the_range (void **state)
{
  (void) state;
  static const char certainty[]
      = "features: [margin]\ncriteria:\n  x: {bias: 9, weights: [0]}\n  y: {bias: 0, weights: [0]}\n  z: {bias: 0, weights: [0]}\n"
        "together:\n  z: [0, 0.5]\n";
  g_auto (Setup) setup = { 0 };
  must_setup (&setup, THREE, certainty);
  g_autoptr (GPtrArray) verdicts = judge_three (&setup, TRUE, FALSE, TRUE);
  CdScore score;
  cd_rubric_score (setup.rubric, verdicts, &score);
  assert_int_equal (score.likely[0], 1);
  assert_int_equal (score.likely[1], 7);
  assert_true (fabs (score.expected - 4) < 1e-6);
  cd_score_clear (&score);
}

/* A reader's yes to one makes a yes to the other 2 in 3 likely, and turns no verdict; the range then is that of what is left. */
static void
answers_bear_on_each_other (void **state)
{
  (void) state;
  static const char certainty[]
      = "features: [margin]\ncriteria:\n  x: {bias: 0, weights: [0]}\n  y: {bias: 0, weights: [0]}\n  z: {bias: 9, weights: [0]}\n"
        "together:\n  y: [0.5]\n";
  g_auto (Setup) setup = { 0 };
  must_setup (&setup, THREE, certainty);
  g_autoptr (GPtrArray) verdicts = judge_three (&setup, FALSE, FALSE, TRUE);
  CdVerdict *asked = g_ptr_array_index (verdicts, 0), *other = g_ptr_array_index (verdicts, 1), *third = g_ptr_array_index (verdicts, 2);
  asked->yes = TRUE;
  asked->basis = CD_BASIS_ASSESSED;
  asked->certainty = 1;
  cd_certainty_condition (setup.rubric, verdicts);
  assert_true (fabs (other->certainty - 1.0 / 3) < 0.01);
  assert_false (other->yes);
  assert_true (third->certainty > 0.999);
  g_autoptr (GPtrArray) questions = cd_rubric_questions (setup.rubric, verdicts);
  assert_int_equal (questions->len, 2);
  assert_ptr_equal (questions->pdata[0], other);
  g_autoptr (GPtrArray) unsettled = cd_rubric_unsettled (setup.rubric, verdicts);
  assert_int_equal (unsettled->len, 1);
  CdScore score;
  cd_rubric_score (setup.rubric, verdicts, &score);
  assert_int_equal (score.likely[0], 5);
  assert_int_equal (score.likely[1], 7);
  cd_score_clear (&score);
}

static void
faults_name_their_place (void **state)
{
  (void) state;
  static const struct {
    const char *rubric, *certainty, *message;
  } cases[] = {
    { RUBRIC ("e"), NULL, "r.yaml:9:59: there is no probe \"e\"" },
    { RUBRIC ("{score: {a: 1}}"), NULL, "r.yaml:9:59: \"threshold\" must be a whole number" },
    { RUBRIC ("a, point: 3"), NULL, "r.yaml:9:62: unknown key \"point\"; did you mean \"points\"?" },
    { "rubric: r\n", NULL, "r.yaml:1:1: \"version\" is missing" },
    { "rubric: r\nversion: v\nname: n\ndimensions: [{id: a, name: A}, {id: a, name: B}]\n", NULL, "r.yaml:4:37: dimension \"a\" is defined already" },
    { "rubric: r\nversion: v\nname: n\ndimensions: [{id: a, name: A}]\ncriteria: [{id: k, question: q, points: 1, when: a, dimension: b}]\n", NULL,
      "r.yaml:5:64: there is no dimension \"b\"; there are a" },
    { "rubric: r\nversion: v\nname: n\ndimensions: [{id: a, name: A}]\ncriteria: [{id: k, question: q, points: 0, when: a, dimension: a}]\n", NULL,
      "r.yaml:5:41: \"points\" must be a whole number from 1" },
    { "rubric: r\nversion: v\nname: n\ndimensions: [{id: a, name: A}]\ncriteria: [{id: k, question: q, points: 1, dimension: a}]\n", NULL,
      "r.yaml:5:12: \"when\" is missing" },
    { RUBRIC ("a"), "criteria: {kk: {}}\n", "r.certainty.yaml:1:12: there is no criterion \"kk\"; did you mean \"k\"?" },
    { RUBRIC ("a"), "features: [margin, nowhere]\n", "r.certainty.yaml:1:20: \"nowhere\" is neither margin" },
    { RUBRIC ("a"), "criteria: {k: {bias: x, weights: []}}\n", "r.certainty.yaml:1:22: \"bias\" must be a number" },
    { RUBRIC ("a"), "features: [margin]\ncriteria: {k: {bias: 0, weights: []}}\n", "r.certainty.yaml:2:34: expected a list of 1 numbers" },
    { RUBRIC ("a"), "features: [margin]\ncriteria: {k: {bias: 0, weights: [.inf]}}\n", "r.certainty.yaml:2:35: expected a number" },
    { RUBRIC ("a"), "criteria: {k: {maybe: []}}\n", "r.certainty.yaml:1:16: unknown key \"maybe\"" },
    { RUBRIC ("a"), "together: {k: [0.5]}\n", "r.certainty.yaml:1:15: expected a list of 0 numbers" },
    { THREE, "together: {y: [1]}\n", "r.certainty.yaml:1:16: a correlation lies between" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Setup) setup = { 0 };
    g_autoptr (GError) error = NULL;
    assert_false (setup_rubric (&setup, cases[i].rubric, cases[i].certainty, &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
    const char *place = strstr (error->message, "/r.");
    if (place == NULL || strncmp (place + 1, cases[i].message, strlen (cases[i].message)) != 0)
      fail_msg ("%s\nis not\n%s", error->message, cases[i].message);
  }
}

static void
rubrics_are_found_by_name_and_path (void **state)
{
  (void) state;
  g_auto (Setup) setup = { 0 };
  must_setup (&setup, RUBRIC ("a"), "criteria: {k: {bias: 2.3, weights: []}}\n");
  assert_string_equal (cd_rubric_id (setup.rubric), "r");
  assert_string_equal (cd_rubric_name (setup.rubric), "Name");
  assert_string_equal (cd_rubric_version (setup.rubric), "2");
  assert_string_equal (cd_rubric_source (setup.rubric), "a paper");
  assert_int_equal (strlen (cd_rubric_sha256 (setup.rubric)), 64);
  assert_int_equal (cd_rubric_dimensions (setup.rubric), 2);
  assert_string_equal (cd_rubric_dimension (setup.rubric, 1)->name, "Two");
  assert_int_equal (cd_rubric_criterion (setup.rubric, 0)->dimension, 1);
  g_auto (GStrv) names = cd_rubric_list (setup.data);
  assert_true (g_strv_contains ((const char *const *) names, "r"));
  assert_false (g_strv_contains ((const char *const *) names, "r.certainty"));
  g_autofree char *path = g_build_filename (setup.root, "r.yaml", NULL);
  g_autoptr (CdRubric) by_path = cd_rubric_load (setup.data, path, setup.probes, NULL);
  assert_non_null (by_path);
  assert_string_equal (cd_rubric_sha256 (by_path), cd_rubric_sha256 (setup.rubric));
  g_autoptr (GError) error = NULL;
  assert_null (cd_rubric_load (setup.data, "s", setup.probes, &error));
  assert_true (g_str_has_prefix (error->message, "there is no rubric \"s\"; "));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (verdicts_follow_expressions),    cmocka_unit_test (evidence_takes_turns),
    cmocka_unit_test (listed_probes_state_the_answer), cmocka_unit_test (candidates_spread_over_documents),
    cmocka_unit_test (certainties_follow_features),    cmocka_unit_test (answers_that_go_together_widen_the_range),
    cmocka_unit_test (answers_bear_on_each_other),     cmocka_unit_test (scores_know_their_range),
    cmocka_unit_test (faults_name_their_place),        cmocka_unit_test (rubrics_are_found_by_name_and_path),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
