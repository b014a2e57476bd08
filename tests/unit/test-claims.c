/* What a claim is read from, part by part: cells of results tables, numbers of sentences, samples, versions. Whole works are tests/cli/claims.bats's. */
#include "claims/parts.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* second and spread: -1 for none. */
static const struct {
  const char *text;
  CdCellKind kind;
  double value, second, spread;
  guint decimals;
  gboolean percent;
} cells[] = {
  { "46.7", CD_CELL_NUMBER, 46.7, -1, -1, 1, FALSE },
  { "0.467", CD_CELL_NUMBER, 0.467, -1, -1, 3, FALSE },
  { ".467", CD_CELL_NUMBER, 0.467, -1, -1, 3, FALSE },
  { "47", CD_CELL_NUMBER, 47, -1, -1, 0, FALSE },
  { "46.7%", CD_CELL_NUMBER, 46.7, -1, -1, 1, TRUE },
  { "46.7 %", CD_CELL_NUMBER, 46.7, -1, -1, 1, TRUE },
  { "46.7\\%", CD_CELL_NUMBER, 46.7, -1, -1, 1, TRUE },
  { "46.7％", CD_CELL_NUMBER, 46.7, -1, -1, 1, TRUE },
  { "**46.7**", CD_CELL_NUMBER, 46.7, -1, -1, 1, FALSE },
  { "_46.7_", CD_CELL_NUMBER, 46.7, -1, -1, 1, FALSE },
  { "$46.7$", CD_CELL_NUMBER, 46.7, -1, -1, 1, FALSE },
  { "$\\textbf{46.7}$", CD_CELL_NUMBER, 46.7, -1, -1, 1, FALSE },
  { "🏆 **76.0**", CD_CELL_NUMBER, 76, -1, -1, 1, FALSE },
  { "86.7% 🏆", CD_CELL_NUMBER, 86.7, -1, -1, 1, TRUE },
  { "46.9*", CD_CELL_NUMBER, 46.9, -1, -1, 1, FALSE },
  { "46.9†", CD_CELL_NUMBER, 46.9, -1, -1, 1, FALSE },
  { "92.80∗", CD_CELL_NUMBER, 92.8, -1, -1, 2, FALSE },
  { "~62", CD_CELL_NUMBER, 62, -1, -1, 0, FALSE },
  { "≈62.5", CD_CELL_NUMBER, 62.5, -1, -1, 1, FALSE },
  { "2,029", CD_CELL_NUMBER, 2029, -1, -1, 0, FALSE },
  { "1,234.5", CD_CELL_NUMBER, 1234.5, -1, -1, 1, FALSE },
  { "46.7 ± 1.2", CD_CELL_NUMBER, 46.7, -1, 1.2, 1, FALSE },
  { "46.7±1.2", CD_CELL_NUMBER, 46.7, -1, 1.2, 1, FALSE },
  { "46.7 (±1.2)", CD_CELL_NUMBER, 46.7, -1, 1.2, 1, FALSE },
  { "$46.7_{\\pm 1.2}$", CD_CELL_NUMBER, 46.7, -1, 1.2, 1, FALSE },
  { "46.7 +/- 1.2", CD_CELL_NUMBER, 46.7, -1, 1.2, 1, FALSE },
  { "46.7% ± 1.2%", CD_CELL_NUMBER, 46.7, -1, 1.2, 1, TRUE },
  { "26.7 (+13.3)", CD_CELL_NUMBER, 26.7, -1, -1, 1, FALSE },
  { "0.6188 (**+0.1154**)", CD_CELL_NUMBER, 0.6188, -1, -1, 4, FALSE },
  { "25.3（+10.0）", CD_CELL_NUMBER, 25.3, -1, -1, 1, FALSE },
  { "26.7 ↑13.3", CD_CELL_NUMBER, 26.7, -1, -1, 1, FALSE },
  { "58.44↓1.20", CD_CELL_NUMBER, 58.44, -1, -1, 2, FALSE },
  { "31.6 +3.1", CD_CELL_NUMBER, 31.6, -1, -1, 1, FALSE },
  { "46.7 [40.1, 53.2]", CD_CELL_NUMBER, 46.7, -1, -1, 1, FALSE },
  { "43.1 (avg@16)", CD_CELL_NUMBER, 43.1, -1, -1, 1, FALSE },
  { "27.3 (a)", CD_CELL_NUMBER, 27.3, -1, -1, 1, FALSE },
  { "13/30", CD_CELL_COUNT, 13, 30, -1, 0, FALSE },
  { "13 / 30", CD_CELL_COUNT, 13, 30, -1, 0, FALSE },
  { "0/30", CD_CELL_COUNT, 0, 30, -1, 0, FALSE },
  { "46.7 / 60.0", CD_CELL_PAIR, 46.7, 60, -1, 1, FALSE },
  { "46.7/60.0", CD_CELL_PAIR, 46.7, 60, -1, 1, FALSE },
  { "30/13", CD_CELL_PAIR, 30, 13, -1, 0, FALSE },
  { "", CD_CELL_EMPTY, 0, -1, -1, 0, FALSE },
  { "  ", CD_CELL_EMPTY, 0, -1, -1, 0, FALSE },
  { "-", CD_CELL_DASH, 0, -1, -1, 0, FALSE },
  { "–", CD_CELL_DASH, 0, -1, -1, 0, FALSE },
  { "---", CD_CELL_DASH, 0, -1, -1, 0, FALSE },
  { "N/A", CD_CELL_DASH, 0, -1, -1, 0, FALSE },
  { "✗", CD_CELL_DASH, 0, -1, -1, 0, FALSE },
  { "+3.2", CD_CELL_DELTA, 0, -1, -1, 0, FALSE },
  { "-3.2", CD_CELL_DELTA, 0, -1, -1, 0, FALSE },
  { "−3.2%", CD_CELL_DELTA, 0, -1, -1, 0, FALSE },
  { "↑ 3.2", CD_CELL_DELTA, 0, -1, -1, 0, FALSE },
  { "7B", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "32k", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "2.3x", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "2.3×", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "40-50", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "40–50", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "< 5", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "> 80", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "v1.5", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "1.5.2", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "46.7 50.1", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "46.7 on AIME", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "46.7 (of the hard ones)", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "12:30", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "46.7 ±", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "46.7 (", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "123456789012345", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
  { "\xff\xfe", CD_CELL_TEXT, 0, -1, -1, 0, FALSE },
};

static double
or_none (double value)
{
  return isnan (value) ? -1 : value;
}

static void
reads_cells (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++) {
    CdClaimCell cell = cd_claim_cell_read (cells[i].text);
    if (cell.kind != cells[i].kind)
      print_error ("\"%s\": kind %d\n", cells[i].text, (int) cell.kind);
    assert_int_equal (cell.kind, cells[i].kind);
    if (cell.kind < CD_CELL_NUMBER)
      continue;
    assert_float_equal (cell.value, cells[i].value, 1e-9);
    assert_float_equal (or_none (cell.second), cells[i].second, 1e-9);
    assert_float_equal (or_none (cell.spread), cells[i].spread, 1e-9);
    assert_int_equal (cell.decimals, cells[i].decimals);
    assert_int_equal (cell.percent, cells[i].percent);
  }
}

/* '#' stands before the number that is read. */
static const struct {
  const char *text;
  CdFigureKind kind;
} figures[] = {
  { "achieves #46.7% on AIME 2024", CD_FIGURE_SCORE },
  { "reaches #46.7 on AIME 2024", CD_FIGURE_SCORE },
  { "a pass@1 of #43.3 on AIME24", CD_FIGURE_SCORE },
  { "scores #80 on AMC", CD_FIGURE_SCORE },
  { "from 53.0% to #58.6% on MATH", CD_FIGURE_SCORE },
  { "AIME24 (#80.3 vs. 79.8)", CD_FIGURE_SCORE },
  { "AIME24 (80.3 vs. #79.8)", CD_FIGURE_OTHER },
  { "higher than #42.5% on MATH", CD_FIGURE_OTHER },
  { "from #53.0% to 58.6% on MATH", CD_FIGURE_OTHER },
  { "from #17->25%", CD_FIGURE_OTHER },
  { "improves by #16.7% on MATH", CD_FIGURE_CHANGE },
  { "with #16.7% improvement on MATH", CD_FIGURE_CHANGE },
  { "an improvement of #15.0% on AIME24", CD_FIGURE_CHANGE },
  { "gains +#3.2 points", CD_FIGURE_CHANGE },
  { "is #5 points higher on MATH", CD_FIGURE_CHANGE },
  { "with #10% of the training data", CD_FIGURE_CHANGE },
  { "after #100 training steps", CD_FIGURE_OTHER },
  { "trained on #8.5 billion tokens", CD_FIGURE_OTHER },
  { "a temperature of #0.6", CD_FIGURE_OTHER },
  { "see Table #2", CD_FIGURE_OTHER },
  { "in the year #2024", CD_FIGURE_OTHER },
  { "released on 2025/#02/10", CD_FIGURE_OTHER },
  { "a #7B model", CD_FIGURE_OTHER },
  { "#5-shot prompts", CD_FIGURE_OTHER },
  { "pass@#64 on AIME", CD_FIGURE_OTHER },
  { "version #1.5.2", CD_FIGURE_OTHER },
  { "a Codeforces rating of #1936", CD_FIGURE_OTHER },
  { "of 12,#000 problems", CD_FIGURE_OTHER },
  { "seed = #42", CD_FIGURE_OTHER },
  { "with performance loss < #5% on QA", CD_FIGURE_OTHER },
  { "achieves #95%+ accuracy in RULER", CD_FIGURE_OTHER },
  { "an accuracy of over #80% on GSM8K", CD_FIGURE_OTHER },
  { "approaches an accuracy of #60% on MATH", CD_FIGURE_OTHER },
  { "at least #85.5% on MATH", CD_FIGURE_OTHER },
  { "accuracy \\geq #85.5% on MATH", CD_FIGURE_OTHER },
  { "a regression of approximately #2.5% on MATH", CD_FIGURE_OTHER },
  { "which lose #0.8% in F1", CD_FIGURE_OTHER },
  { "a standard deviation of #1.9% on MATH", CD_FIGURE_OTHER },
  { "#95 % bootstrap CI [1.1, 11.1]", CD_FIGURE_OTHER },
  { "from an initial score of #46.6 we", CD_FIGURE_OTHER },
  { "top_p=#0.95 for AIME", CD_FIGURE_OTHER },
  { "is #5.58 pp above the base", CD_FIGURE_CHANGE },
  { "<strong>#43.1% Pass@1</strong> on AIME", CD_FIGURE_SCORE },
  { "LiveCodeBench from 17->#25%", CD_FIGURE_SCORE },
  { "reaches #62.5% + tools", CD_FIGURE_SCORE },
};

static void
tells_scores_from_other_numbers (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++) {
    const char *mark = strchr (figures[i].text, '#');
    g_autofree char *text = g_strdup_printf ("%.*s%s", (int) (mark - figures[i].text), figures[i].text, mark + 1);
    CdClaimFigure figure;
    gsize at = (gsize) (mark - figures[i].text);
    assert_true (cd_claim_figure_read (text, strlen (text), at, &figure) > at);
    if (figure.kind != figures[i].kind)
      print_error ("\"%s\": kind %d\n", figures[i].text, (int) figure.kind);
    assert_int_equal (figure.kind, figures[i].kind);
  }
}

static const struct {
  const char *text;
  guint samples;
} samples[] = {
  { "All figures are averaged over 64 samples.", 64 },
  { "We report pass@1 averaged across 16 independent runs.", 16 },
  { "For each question we draw 32 responses per query.", 32 },
  { "16 samples for each problem", 16 },
  { "the average score over five evaluation runs with different seeds", 5 },
  { "AIME24 pass@1 (64 average)", 64 },
  { "Pass@1 (avg of 32)", 32 },
  { "mean@16", 16 },
  { "AIME24x32", 32 },
  { "Each test is repeated 3 times.", 3 },
  { "n_sampling=8", 8 },
  { "pass@1", 0 },
  { "We train on 64 GPUs.", 0 },
  { "the average length is 500 tokens", 0 },
  /* a gain or a score, no count of samples */
  { "with over +6.2 average gain on three benchmarks", 0 },
  { "a gain of 12 average points", 0 },
  { "a +3 average gain", 0 },
  { "It reaches an average of 50.3 on six benchmarks.", 0 },
  { "It reaches an average of 50% on six benchmarks.", 0 },
  { "on average 6.2 times as long", 0 },
  { NULL, 0 },
};

static void
reads_samples (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++) {
    guint found = cd_claim_samples (samples[i].text);
    if (found != samples[i].samples)
      print_error ("\"%s\": %u\n", samples[i].text, found);
    assert_int_equal (found, samples[i].samples);
  }
}

static const struct {
  const char *label, *version;
  gint64 problems;
} labels[] = {
  { "LiveCodeBench v5", "v5", 0 }, { "LiveCodeBench (24/8~25/5)", "24/8~25/5", 0 },
  { "MMMU (val)", "val", 0 },      { "MATH test (500)", "test", 500 },
  { "MATH (n=500)", NULL, 500 },   { "GPQA, 198 questions", NULL, 198 },
  { "AIME (2024)", NULL, 0 },      { "AIME 2024", NULL, 0 },
};

static void
reads_versions_and_sizes (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++) {
    g_autofree char *version = cd_claim_version (labels[i].label);
    if (g_strcmp0 (version, labels[i].version) != 0)
      print_error ("\"%s\": %s\n", labels[i].label, version);
    assert_true (g_strcmp0 (version, labels[i].version) == 0);
    assert_int_equal (cd_claim_problems (labels[i].label), labels[i].problems);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_cells),
    cmocka_unit_test (tells_scores_from_other_numbers),
    cmocka_unit_test (reads_samples),
    cmocka_unit_test (reads_versions_and_sizes),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
