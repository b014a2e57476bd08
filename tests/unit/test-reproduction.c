/* Claims against figures made by hand: which figure answers which claim, and what is concluded. */
#include "reproduction/before-after.h"
#include "reproduction/reproduction.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
  CdBenchmarks *benchmarks;
  GPtrArray *names;
  CdClaims claims;
  GPtrArray *figures;
  GPtrArray *reproductions;
} Setting;

static void
free_claim (gpointer data)
{
  CdClaim *claim = data;
  g_free (claim->model);
  g_free (claim->task);
  g_array_unref (claim->places);
  g_free (claim);
}

static int
set_up (void **state)
{
  Setting *setting = g_new0 (Setting, 1);
  g_autoptr (CdData) data = cd_data_new ("rubrics", NULL);
  setting->benchmarks = cd_benchmarks_load (data, NULL);
  setting->names = g_ptr_array_new ();
  g_ptr_array_add (setting->names, (gpointer) "openthing");
  setting->claims.claims = g_ptr_array_new_with_free_func (free_claim);
  setting->claims.faults = g_ptr_array_new ();
  setting->figures = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_figure_free);
  *state = setting;
  return setting->benchmarks != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  Setting *setting = *state;
  g_clear_pointer (&setting->reproductions, g_ptr_array_unref);
  g_ptr_array_unref (setting->claims.claims);
  g_ptr_array_unref (setting->claims.faults);
  g_ptr_array_unref (setting->figures);
  g_ptr_array_unref (setting->names);
  cd_benchmarks_free (setting->benchmarks);
  g_free (setting);
  return 0;
}

static CdClaim *
add_claim (Setting *setting, const char *model, const char *benchmark, double value)
{
  CdClaim *claim = g_new0 (CdClaim, 1);
  *claim = (CdClaim){ .from = CD_CLAIM_TABLE,
                      .model = g_strdup (model),
                      .benchmark = cd_benchmarks_find (setting->benchmarks, benchmark),
                      .task = g_strdup (benchmark),
                      .value = value,
                      .decimals = 1,
                      .spread = NAN,
                      .tolerance = NAN,
                      .places = g_array_new (FALSE, FALSE, sizeof (CdPlace)) };
  g_ptr_array_add (setting->claims.claims, claim);
  return claim;
}

static CdFigure *
add_log (Setting *setting, const char *model, const char *benchmark, double percent)
{
  g_autofree char *path = g_strdup_printf ("logs/%u.json", setting->figures->len);
  CdFigure *figure = cd_figure_new (path, 0);
  figure->by = CD_FIGURE_LOG;
  figure->benchmark = cd_benchmarks_find (setting->benchmarks, benchmark);
  figure->task = g_strdup (benchmark);
  figure->model = g_strdup (model);
  figure->metric = (CdMetric){ CD_METRIC_ACCURACY, 0 };
  figure->value = percent / 100;
  figure->unit = CD_UNIT_FRACTION;
  g_ptr_array_add (setting->figures, figure);
  return figure;
}

static const CdReproduction *
gather (Setting *setting)
{
  CdReproductionCase the_case
      = { .benchmarks = setting->benchmarks, .names = setting->names, .claims = &setting->claims, .figures = setting->figures };
  g_clear_pointer (&setting->reproductions, g_ptr_array_unref);
  setting->reproductions = cd_reproductions_gather (&the_case);
  return setting->reproductions->len > 0 ? g_ptr_array_index (setting->reproductions, 0) : NULL;
}

static void
a_figure_that_rounds_to_the_claim_reproduces_it (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "OpenThing-7B", "aime-2024", 46.7);
  add_log (setting, "org/OpenThing-7B", "aime-2024", 1400.0 / 30);
  const CdReproduction *found = gather (setting);
  assert_int_equal (setting->reproductions->len, 1);
  assert_int_equal (found->conclusion, CD_CONCLUSION_REPRODUCED);
  assert_int_equal (found->n, 30);
  /* Wilson's interval of 14 of 30 */
  assert_float_equal (found->interval[0], 30.23, 0.01);
  assert_float_equal (found->interval[1], 63.86, 0.01);
}

static void
a_figure_cut_off_at_the_printed_digits_reproduces_it (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "OpenThing-7B", "aime-2024", 46.6);
  add_log (setting, "OpenThing-7B", "aime-2024", 1400.0 / 30);
  assert_int_equal (gather (setting)->conclusion, CD_CONCLUSION_REPRODUCED);
}

static void
a_claim_inside_the_interval_is_compatible (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "OpenThing-7B", "aime-2024", 50.0);
  add_log (setting, "OpenThing-7B", "aime-2024", 40.0);
  assert_int_equal (gather (setting)->conclusion, CD_CONCLUSION_COMPATIBLE);
}

static void
a_claim_outside_the_interval_of_its_own_model_is_not_reproduced (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "OpenThing-7B", "math-500", 90.0);
  add_log (setting, "OpenThing-7B", "math-500", 60.0);
  assert_int_equal (gather (setting)->conclusion, CD_CONCLUSION_NOT_REPRODUCED);
}

static void
a_figure_that_may_be_another_models_denies_nothing (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "OpenThing-7B", "math-500", 90.0);
  add_log (setting, "OpenThing-ablation", "math-500", 60.0);
  const CdReproduction *found = gather (setting);
  assert_int_equal (setting->reproductions->len, 1);
  assert_int_equal (found->claim, -1);
  assert_int_equal (found->conclusion, CD_CONCLUSIONS);
}

static void
another_size_or_another_claims_model_is_no_counterpart (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "OpenThing-7B", "math-500", 90.0);
  add_claim (setting, "OpenThing-7B-Zero", "math-500", 70.0);
  add_log (setting, "OpenThing-32B", "math-500", 90.0);
  add_log (setting, "OpenThing-7B-Zero", "math-500", 70.0);
  gather (setting);
  assert_int_equal (setting->reproductions->len, 2);
  assert_int_equal (((CdReproduction *) g_ptr_array_index (setting->reproductions, 0))->claim, 1);
  assert_int_equal (((CdReproduction *) g_ptr_array_index (setting->reproductions, 1))->claim, -1);
}

/* 26 runs around 30 %, the best of them claimed. */
static void
add_many_runs (Setting *setting)
{
  static const guint right[] = { 7, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 10, 10, 10, 10, 10, 11, 11, 12, 14, 14 };
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    add_log (setting, "OpenThing-GRPO", "aime-2024", 100.0 * right[i] / 30);
}

static void
the_best_of_many_runs_is_selected (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "Open-Thing3", "aime-2024", 46.7);
  add_many_runs (setting);
  const CdReproduction *found = gather (setting);
  assert_int_equal (found->conclusion, CD_CONCLUSION_SELECTED);
  assert_int_equal (found->runs, 26);
  assert_int_equal (found->rank, 1);
  assert_float_equal (found->value, 30.0, 1e-9);
  assert_float_equal (found->best, 1400.0 / 30, 1e-9);
  assert_true (found->chance > 0.3 && found->chance < 0.9);
  assert_int_equal (setting->reproductions->len, 1);
}

/* Of other settings than the claimed one nothing was picked among runs. */
static void
the_best_of_many_settings_is_no_selection (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "Open-Thing3", "aime-2024", 46.7);
  add_many_runs (setting);
  for (guint i = 0; i < setting->figures->len; i++) {
    CdFigure *figure = g_ptr_array_index (setting->figures, i);
    figure->conditions = g_strdup (i < 20 ? "max_tokens=4096" : "max_tokens=32768");
  }
  const CdReproduction *found = gather (setting);
  assert_int_equal (found->conclusion, CD_CONCLUSION_REPRODUCED);
  assert_string_equal (found->why, "equal to some of 26 logged runs of OpenThing-GRPO from 23.3 to 46.7, median 30");
}

static void
the_median_of_many_runs_is_no_selection (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "Open-Thing3", "aime-2024", 30.0);
  add_many_runs (setting);
  assert_int_equal (gather (setting)->conclusion, CD_CONCLUSION_REPRODUCED);
}

static void
the_last_step_of_a_training_run_is_no_selection (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "OpenThing-7B", "aime-2024", 46.7);
  for (guint step = 0; step < 10; step++)
    add_log (setting, "OpenThing-7B", "aime-2024", step < 9 ? 100.0 * (4 + step / 2) / 30 : 1400.0 / 30)->step = 100 * step;
  assert_int_equal (gather (setting)->conclusion, CD_CONCLUSION_REPRODUCED);
}

static void
two_runs_are_no_selection (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "OpenThing-7B", "aime-2024", 46.7);
  add_log (setting, "OpenThing-7B", "aime-2024", 10.0);
  add_log (setting, "OpenThing-7B", "aime-2024", 1400.0 / 30);
  assert_int_equal (gather (setting)->conclusion, CD_CONCLUSION_REPRODUCED);
}

static void
a_tolerance_widens_what_counts_as_equal (void **state)
{
  Setting *setting = *state;
  add_claim (setting, "OpenThing-7B", "math-500", 61.0)->tolerance = 1.5;
  add_log (setting, "OpenThing-7B", "math-500", 60.0);
  assert_int_equal (gather (setting)->conclusion, CD_CONCLUSION_REPRODUCED);
}

static void
a_fraction_is_answered_in_its_own_unit (void **state)
{
  Setting *setting = *state;
  CdClaim *claim = add_claim (setting, "OpenThing-7B", "math-500", 0.472);
  claim->unit = CD_UNIT_FRACTION;
  claim->decimals = 3;
  add_log (setting, "OpenThing-7B", "math-500", 47.2);
  const CdReproduction *found = gather (setting);
  assert_int_equal (found->conclusion, CD_CONCLUSION_REPRODUCED);
  assert_float_equal (found->value, 0.472, 1e-9);
}

static CdFigure *
add_predictions (Setting *setting, const guint *right, guint problems, guint samples)
{
  CdFigure *figure = cd_figure_new ("predictions.jsonl", 0);
  double sum = 0;
  figure->by = CD_FIGURE_PREDICTIONS;
  figure->benchmark = cd_benchmarks_find (setting->benchmarks, "aime-2024");
  figure->model = g_strdup ("OpenThing-7B");
  figure->metric = (CdMetric){ CD_METRIC_ACCURACY, 0 };
  figure->unit = CD_UNIT_PERCENT;
  figure->n = problems;
  figure->samples = samples;
  figure->problems = g_array_new (FALSE, TRUE, sizeof (CdFigureProblem));
  for (guint i = 0; i < problems; i++) {
    CdFigureProblem problem
        = { .problem = g_strdup_printf ("p%u", i), .samples = samples, .right = right[i], .best = NAN, .tokens = 100.0 * (i + 1) };
    problem.score = (double) right[i] / samples;
    problem.majority = 2 * right[i] > samples ? 1 : 0;
    sum += problem.score;
    g_array_append_val (figure->problems, problem);
  }
  figure->value = 100 * sum / problems;
  g_ptr_array_add (setting->figures, figure);
  return figure;
}

static void
pass_and_majority_are_computed_from_samples (void **state)
{
  Setting *setting = *state;
  static const guint right[] = { 4, 2, 1, 0 };
  add_predictions (setting, right, 4, 4);
  /* pass@2 of 4, 2, 1 and 0 right among 4: 1, 1 - 1/6, 1/2, 0 */
  CdClaim *pass = add_claim (setting, "OpenThing-7B", "aime-2024", 58.3);
  pass->metric = (CdMetric){ CD_METRIC_PASS, 2 };
  CdClaim *majority = add_claim (setting, "OpenThing-7B", "aime-2024", 25.0);
  majority->metric = (CdMetric){ CD_METRIC_MAJORITY, 4 };
  CdClaim *tokens = add_claim (setting, "OpenThing-7B", "aime-2024", 250);
  tokens->metric = (CdMetric){ CD_METRIC_TOKENS, 0 };
  tokens->unit = CD_UNIT_TOKENS;
  gather (setting);
  assert_int_equal (setting->reproductions->len, 3);
  for (guint i = 0; i < 3; i++) {
    const CdReproduction *found = g_ptr_array_index (setting->reproductions, i);
    assert_int_equal (found->claim, i);
    assert_int_equal (found->conclusion, CD_CONCLUSION_REPRODUCED);
    assert_int_equal (found->by, CD_OBTAINED_BY_PREDICTIONS);
  }
}

static void
a_majority_of_fewer_samples_than_there_are_is_not_answered (void **state)
{
  Setting *setting = *state;
  static const guint right[] = { 4, 2, 1, 0 };
  add_predictions (setting, right, 4, 4);
  add_claim (setting, "OpenThing-7B", "aime-2024", 25.0)->metric = (CdMetric){ CD_METRIC_MAJORITY, 3 };
  assert_int_equal (gather (setting)->claim, -1);
}

static const struct {
  const char *claimed, *logged;
  CdMatch match;
} models[] = {
  { "OpenThing-7B", "runs/OpenThing-7B/checkpoint-500", CD_MATCH_NAMED },
  { "OpenThing 7B", "openthing_7b-hf", CD_MATCH_NAMED },
  { "OpenThing-7B", "OpenThing-7B-v1.0", CD_MATCH_NAMED },
  { "OpenThing-7B", "OpenThing-7B-v2", CD_MATCH_LIKELY },
  { "OpenThing-1", "OpenThing-12", CD_MATCH_LIKELY },
  { "OpenThing-7B", "OpenThing-1.5B", CD_MATCH_NONE },
  { "OpenThing-7B", "Other-7B", CD_MATCH_NONE },
  { "OpenThing-7B", NULL, CD_MATCH_LIKELY },
  { NULL, "OpenThing-7B", CD_MATCH_LIKELY },
  { NULL, "Other-7B", CD_MATCH_NONE },
};

static void
models_are_told_apart_by_name_and_size (void **state)
{
  const Setting *setting = *state;
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    if (cd_match_model (setting->names, models[i].claimed, models[i].logged) != models[i].match)
      fail_msg ("%s against %s", models[i].claimed, models[i].logged);
}

static void
answers_before_and_after_are_paired (void **state)
{
  Setting *setting = *state;
  static const guint first[] = { 1, 0, 0, 0, 0, 0, 1, 0 }, second[] = { 0, 1, 1, 1, 1, 1, 1, 1 };
  g_autoptr (GPtrArray) before = g_ptr_array_new (), after = g_ptr_array_new ();
  g_ptr_array_add (before, add_predictions (setting, first, 8, 1));
  g_ptr_array_add (after, add_predictions (setting, second, 8, 1));
  g_autoptr (GPtrArray) rows = cd_before_after (before, after, setting->benchmarks);
  assert_int_equal (rows->len, 2); /* the benchmark, and all */
  const CdBeforeAfterRow *all = g_ptr_array_index (rows, 1);
  assert_null (all->category);
  assert_int_equal (all->paired, 8);
  assert_float_equal (all->before, 25.0, 1e-9);
  assert_float_equal (all->after, 87.5, 1e-9);
  assert_float_equal (all->p, 0.125, 1e-9); /* 1 against 6: 2 (C(7,0) + C(7,1)) / 2^7 */
  assert_true (all->interval.low < all->difference && all->difference < all->interval.high);
}

#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    CASE (a_figure_that_rounds_to_the_claim_reproduces_it),
    CASE (a_figure_cut_off_at_the_printed_digits_reproduces_it),
    CASE (a_claim_inside_the_interval_is_compatible),
    CASE (a_claim_outside_the_interval_of_its_own_model_is_not_reproduced),
    CASE (a_figure_that_may_be_another_models_denies_nothing),
    CASE (another_size_or_another_claims_model_is_no_counterpart),
    CASE (the_best_of_many_runs_is_selected),
    CASE (the_best_of_many_settings_is_no_selection),
    CASE (the_median_of_many_runs_is_no_selection),
    CASE (the_last_step_of_a_training_run_is_no_selection),
    CASE (two_runs_are_no_selection),
    CASE (a_tolerance_widens_what_counts_as_equal),
    CASE (a_fraction_is_answered_in_its_own_unit),
    CASE (pass_and_majority_are_computed_from_samples),
    CASE (a_majority_of_fewer_samples_than_there_are_is_not_answered),
    CASE (models_are_told_apart_by_name_and_size),
    CASE (answers_before_and_after_are_paired),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
