/* Which figures are said to be no single run's, or impossible: claims made by hand, of a work whose files tell no samples. Samples that files tell are
 * tests/cli/figures.bats's. */
#include "reproduction/arithmetic.h"
#include "report/arithmetic-words.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define NO_SPREAD NAN
#define POSSIBLE CD_ARITHMETIC_POSSIBLE
#define SEVERAL CD_ARITHMETIC_NOT_SINGLE_RUN
#define IMPOSSIBLE CD_ARITHMETIC_IMPOSSIBLE
#define NOTHING CD_ARITHMETIC_UNTESTABLE

typedef struct {
  const char *task;
  double value;
  guint decimals;
  CdArithmeticVerdict verdict;
  gint64 n;          /* expected */
  guint samples;     /* stated */
  double spread;     /* 0: none */
  CdMetricKind kind; /* CD_METRIC_UNKNOWN: accuracy */
  CdClaimFrom from;  /* CD_CLAIM_MANIFEST (0): a table */
  gboolean sentence;
} Case;

/* Behind the verdict the problems that are expected, then what else is set. */
#define CASE(TASK, VALUE, DECIMALS, VERDICT, ...)                                                                                                    \
  {                                                                                                                                                  \
    .task = (TASK), .value = (VALUE), .decimals = (DECIMALS), .verdict = (VERDICT), .n = __VA_ARGS__                                                 \
  }

/* clang-format off */
static const Case cases[] = {
  /* one size, one run */
  CASE ("AIME 2024", 46.7, 1, POSSIBLE, 30),
  CASE ("AIME 2024", 44.6, 1, SEVERAL, 30),
  CASE ("AIME24 (Pass@1)", 44.6, 1, SEVERAL, 30),
  CASE ("AIME 2025 I", 44.6, 1, SEVERAL, 30), /* a fifteenth is two thirtieths */
  CASE ("MATH-500 5-shot", 83.9, 1, SEVERAL, 500),
  CASE ("miniF2F-valid", 39.2, 1, SEVERAL, 244),
  CASE ("HumanEval", 19.1, 1, SEVERAL, 164),
  /* printed carelessly: cut off, rounded twice, filled with zeros */
  CASE ("AIME 2024", 46.6, 1, POSSIBLE, 30),
  CASE ("miniF2F-test", 56.2, 1, POSSIBLE, 244),
  CASE ("HumanEval", 24.0, 1, POSSIBLE, 164),
  CASE ("AIME 2024", 95.0, 1, SEVERAL, 30), /* no 95 either */
  /* several sets go by the name */
  CASE ("AMC", 82.5, 1, POSSIBLE, 40),
  CASE ("AMC", 47.1, 1, NOTHING, 0),
  CASE ("SVAMP", 77.67, 2, POSSIBLE, 300),
  CASE ("MBPP", 71.98, 2, POSSIBLE, 257),
  CASE ("LiveCodeBench", 48.57, 2, NOTHING, 0),
  CASE ("GPQA", 63.13, 2, POSSIBLE, 198),
  CASE ("GPQA", 63.07, 2, SEVERAL, 0), /* none of its three */
  CASE ("GPQA Diamond", 54.4, 1, SEVERAL, 198),
  /* another benchmark, or a part of one */
  CASE ("HumanEval-Mul (Pass@1)", 81.5, 1, NOTHING, 0),
  CASE ("GPQA Genetics", 63.07, 2, NOTHING, 0),
  CASE ("AIME24&25", 44.6, 1, NOTHING, 0),
  CASE ("miniF2F/AIME", 39.2, 1, NOTHING, 0),
  CASE ("DS-1000 Matplotlib", 58.71, 2, NOTHING, 0),
  CASE ("AIME 2024 \xe6\xb5\x8b\xe8\xaf\x95", 44.6, 1, NOTHING, 0),
  CASE ("AIME 2024 \xe2\x86\x91", 44.6, 1, SEVERAL, 30), /* an arrow is no word */
  /* no share of right answers */
  CASE ("AlpacaEval", 80.78, 2, NOTHING, 0),
  CASE ("Arena-Hard", 89.45, 2, NOTHING, 0),
  CASE ("MT-Bench", 72.9, 1, NOTHING, 0),
  CASE ("WildBench", 72.09, 2, NOTHING, 0),
  CASE ("tau-bench", 54.7, 1, NOTHING, 0),
  CASE ("ARC-AGI", 39.9, 1, NOTHING, 0),
  CASE ("AIME 2024", 44.6, 1, NOTHING, 0, .kind = CD_METRIC_MAJORITY),
  CASE ("AIME 2024", 44.6, 1, NOTHING, 0, .kind = CD_METRIC_F1),
  /* of several runs by its own word; of a sentence */
  CASE ("AIME 2024", 44.6, 1, NOTHING, 0, .spread = 0.5),
  CASE ("AIME 2024", 44.6, 1, NOTHING, 0, .from = CD_CLAIM_PAPER, .sentence = TRUE),
  CASE ("AIME 2024", 44.6, 1, NOTHING, 0, .from = CD_CLAIM_SENTENCE, .sentence = TRUE),
  CASE ("AIME 2024", 44.6, 1, SEVERAL, 30, .from = CD_CLAIM_CARD, .sentence = TRUE),
  CASE ("AIME 2024", 44.6, 1, SEVERAL, 30, .from = CD_CLAIM_PAPER),
  /* stated beside it */
  CASE ("AIME 2024 (avg@8)", 44.6, 1, POSSIBLE, 30, .samples = 8),
  CASE ("AIME 2024 (avg@2)", 44.6, 1, IMPOSSIBLE, 30, .samples = 2),
  CASE ("AIME 2024 (avg@2)", 46.7, 1, POSSIBLE, 30, .samples = 2),
  CASE ("AIME 2024 (avg@4)", 44.9, 1, SEVERAL, 30, .samples = 4), /* 54/120 = 45.0: one place off, as of rounded runs */
  CASE ("AIME24@8", 44.6, 1, POSSIBLE, 30),
  CASE ("AMC (avg@2)", 47.1, 1, NOTHING, 0, .samples = 2),
};
/* clang-format on */

static void
free_claim (gpointer data)
{
  CdClaim *claim = data;
  g_free (claim->task);
  g_array_unref (claim->places);
  g_free (claim);
}

static CdClaim *
claim_of (const CdBenchmarks *benchmarks, const Case *the_case)
{
  static const CdPlace PLACE = { 0, 1, 1 };
  CdClaim *claim = g_new0 (CdClaim, 1);
  *claim = (CdClaim){ .from = the_case->from == CD_CLAIM_MANIFEST ? CD_CLAIM_TABLE : the_case->from,
                      .benchmark = cd_benchmarks_in_label (benchmarks, the_case->task, NULL),
                      .task = g_strdup (the_case->task),
                      .metric = { the_case->kind == CD_METRIC_UNKNOWN ? CD_METRIC_ACCURACY : the_case->kind, 0 },
                      .samples = the_case->samples,
                      .value = the_case->value,
                      .unit = CD_UNIT_PERCENT,
                      .decimals = the_case->decimals,
                      .spread = the_case->spread > 0 ? the_case->spread : NO_SPREAD,
                      .table = the_case->sentence ? -1 : 0,
                      .places = g_array_new (FALSE, FALSE, sizeof (CdPlace)) };
  g_array_append_val (claim->places, PLACE);
  return claim;
}

/* What is said of one claim alone, or together with others of its work. */
static GArray *
test (const CdBenchmarks *benchmarks, GPtrArray *list)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const CdCorpus corpus = { .documents = none };
  const CdWork work = { .commands = none };
  const CdClaims claims = { .claims = list };
  return cd_claims_arithmetic (&claims, benchmarks, &corpus, NULL, &work);
}

static void
a_verdict_is_given_only_where_it_holds_for_every_set (void **state)
{
  const CdBenchmarks *benchmarks = *state;
  guint wrong = 0;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_claim);
    g_ptr_array_add (list, claim_of (benchmarks, &cases[i]));
    g_autoptr (GArray) results = test (benchmarks, list);
    const CdClaimArithmetic *result = &g_array_index (results, CdClaimArithmetic, 0);
    if (result->verdict == cases[i].verdict && result->n == cases[i].n)
      continue;
    print_error ("%s %g: %s of %d\n", cases[i].task, cases[i].value, cd_arithmetic_verdict_name (result->verdict), (int) result->n);
    wrong++;
  }
  assert_int_equal (wrong, 0);
}

static CdClaimArithmetic
declared (const CdBenchmarks *benchmarks, const char *task, double value, gint64 n, guint samples)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_claim);
  CdClaim *claim = claim_of (benchmarks, &(Case){ .task = task, .value = value, .decimals = 1, .samples = samples, .sentence = TRUE });
  claim->from = CD_CLAIM_MANIFEST;
  claim->n = n;
  g_ptr_array_add (list, claim);
  g_autoptr (GArray) results = test (benchmarks, list);
  return g_array_index (results, CdClaimArithmetic, 0);
}

static void
what_a_manifest_declares_is_taken_at_its_word (void **state)
{
  assert_int_equal (declared (*state, "products", 92.8, 125, 1).verdict, POSSIBLE);
  assert_int_equal (declared (*state, "products", 92.9, 125, 1).verdict, IMPOSSIBLE);
  assert_int_equal (declared (*state, "products", 92.9, 125, 0).verdict, SEVERAL);
  assert_int_equal (declared (*state, "products", 92.9, 0, 1).verdict, NOTHING);
  assert_int_equal (declared (*state, "gsm8k", 92.9, 125, 1).verdict, IMPOSSIBLE); /* its own number of problems, not the benchmark's */
}

static void
samples_of_another_claim_explain_a_figure_and_forbid_to_call_it_impossible (void **state)
{
  const CdBenchmarks *benchmarks = *state;
  static const Case several[] = {
    CASE ("AIME 2025 (avg@2)", 46.7, 1, POSSIBLE, 30, .samples = 2),
    CASE ("AIME 2024 (avg@8)", 46.7, 1, POSSIBLE, 30, .samples = 8),
    CASE ("AIME 2024", 44.6, 1, POSSIBLE, 30, .samples = 0),
    CASE ("AIME 2024 (avg@2)", 2.6, 1, SEVERAL, 30, .samples = 2),
  };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_claim);
  for (guint i = 0; i < G_N_ELEMENTS (several); i++)
    g_ptr_array_add (list, claim_of (benchmarks, &several[i]));
  g_autoptr (GArray) results = test (benchmarks, list);
  for (guint i = 0; i < G_N_ELEMENTS (several); i++)
    assert_int_equal (g_array_index (results, CdClaimArithmetic, i).verdict, several[i].verdict);
  assert_int_equal (g_array_index (results, CdClaimArithmetic, 2).samples, 8);
}

static void
the_words_say_that_it_is_no_fault (void **state)
{
  (void) state;
  g_autofree char *one = cd_report_several_runs ("44.6", 0, 30, "AIME 2024", 5);
  assert_string_equal (
      one, "44.6 on the 30 problems of AIME 2024 is not a single-run figure, most likely a mean over several runs, which is no fault; the "
           "audit found no stated number of runs that gives it (5 would)");
  g_autofree char *many = cd_report_several_runs ("63.07", 2, 0, "GPQA", 0);
  assert_string_equal (
      many, "63.07 and 2 more figures on any set of GPQA are not single-run figures, most likely means over several runs, which is no fault; "
            "the audit found no stated number of runs that gives them");
  g_autofree char *mean = cd_report_impossible ("44.6", 30, "AIME 2024", 2), *single = cd_report_impossible ("92.9", 125, "products", 1);
  assert_string_equal (mean,
                       "44.6 on the 30 problems of AIME 2024 is impossible as stated: neither a mean over the stated 2 samples a problem nor one run "
                       "gives it");
  assert_string_equal (single, "92.9 on the 125 problems of products is impossible as stated: no number of right answers in one run gives it");
}

static int
set_up (void **state)
{
  g_autoptr (CdData) data = cd_data_new ("rubrics", NULL);
  *state = cd_benchmarks_load (data, NULL);
  return *state != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  cd_benchmarks_free (*state);
  return 0;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_verdict_is_given_only_where_it_holds_for_every_set),
    cmocka_unit_test (what_a_manifest_declares_is_taken_at_its_word),
    cmocka_unit_test (samples_of_another_claim_explain_a_figure_and_forbid_to_call_it_impossible),
    cmocka_unit_test (the_words_say_that_it_is_no_fault),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
