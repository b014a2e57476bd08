/* Metrics as tables, logs and manifests spell them. */
#include "metrics/metric.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct {
  const char *text, *name;
} cases[] = {
  { "Pass@1", "pass@1" },
  { "pass @ 8", "pass@8" },
  { "AIME 2024 (pass@1)", "pass@1" },
  { "Pass@k", "pass@k" },
  { "$\\text{Pass}@1$", "unknown" }, /* markup is the caller's to remove */
  { "cons@64", "maj@64" },
  { "Maj@32 accuracy", "maj@32" },
  { "self-consistency", "maj@k" },
  { "Best-of-16", "best@16" },
  { "rm@8", "best@8" },
  { "avg@32", "avg@32" },
  { "mean@16", "avg@16" },
  { "Accuracy (%)", "accuracy" },
  { "acc_norm,none", "accuracy" },
  { "Acc.", "accuracy" },
  { "account", "unknown" },
  { "EM", "exact-match" },
  { "exact_match", "exact-match" },
  { "F1 score", "f1" },
  { "LC win rate", "rate" },
  { "Elo", "rating" },
  { "avg output tokens", "tokens" },
  { "MATH-500", "unknown" },
  { "", "unknown" },
};

static void
reads_every_spelling (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = cd_metric_name (cd_metric_read (cases[i].text, -1));
    assert_string_equal (name, cases[i].name);
  }
}

static void
stops_at_the_length (void **state)
{
  (void) state;
  g_autofree char *name = cd_metric_name (cd_metric_read ("pass@16", 6));
  assert_string_equal (name, "pass@1");
}

static void
scales_fractions_only (void **state)
{
  (void) state;
  assert_true (cd_unit_scale (0.467, CD_UNIT_FRACTION) > 46.69 && cd_unit_scale (0.467, CD_UNIT_FRACTION) < 46.71);
  assert_true (cd_unit_scale (1820, CD_UNIT_SCORE) > 1819.9);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_every_spelling),
    cmocka_unit_test (stops_at_the_length),
    cmocka_unit_test (scales_fractions_only),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
