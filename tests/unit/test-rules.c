/* The project's own rules: probes and rubrics load together, say what they should, and hold their sums. Run from the project's root. */
#include "cli/embedded.h"
#include "rubric/rubric.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
  CdData *data;
  CdSignals *signals;
  CdProbes *probes;
} Rules;

static int
load_rules (void **state)
{
  Rules *rules = g_new0 (Rules, 1);
  g_autoptr (GError) error = NULL;
  *state = rules;
  cd_embedded_register (); /* signals that the build compiled: anew it takes minutes under the sanitizers */
  rules->data = cd_data_new (NULL, &error);
  rules->signals = rules->data == NULL ? NULL : cd_signals_load (rules->data, NULL, &error);
  rules->probes = rules->signals == NULL ? NULL : cd_probes_load (rules->data, rules->signals, &error);
  if (rules->probes == NULL)
    print_error ("%s\n", error->message);
  return rules->probes == NULL ? -1 : 0;
}

static int
free_rules (void **state)
{
  Rules *rules = *state;
  cd_probes_free (rules->probes);
  cd_signals_free (rules->signals);
  cd_data_free (rules->data);
  g_free (rules);
  return 0;
}

static void
probes_explain_themselves (void **state)
{
  const Rules *rules = *state;
  assert_true (cd_probes_length (rules->probes) > 20);
  for (guint i = 0; i < cd_probes_length (rules->probes); i++) {
    const CdProbeInfo *info = cd_probes_at (rules->probes, i);
    if (info->why == NULL || info->how == NULL || info->fix == NULL || strcmp (info->says, info->id) == 0)
      fail_msg ("%s:%u: probe \"%s\" needs why, how, fix and says", info->file, info->line, info->id);
  }
}

static void
rubrics_load_and_add_up (void **state)
{
  const Rules *rules = *state;
  static const struct {
    const char *name;
    guint criteria, points;
  } known[] = { { "code-completeness", 5, 5 }, { "tti", 25, 100 } };
  g_auto (GStrv) names = cd_rubric_list (rules->data);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    assert_true (g_strv_contains ((const char *const *) names, known[i].name));
  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (CdRubric) rubric = cd_rubric_load (rules->data, names[i], rules->probes, &error);
    if (rubric == NULL)
      fail_msg ("%s", error->message);
    assert_string_equal (cd_rubric_id (rubric), names[i]);
    g_autofree CdFinding *findings = g_new0 (CdFinding, cd_probes_length (rules->probes));
    g_autoptr (GPtrArray) verdicts = cd_rubric_judge (rubric, rules->probes, findings);
    CdScore score;
    cd_rubric_score (rubric, verdicts, &score);
    for (guint k = 0; k < G_N_ELEMENTS (known); k++)
      if (strcmp (known[k].name, names[i]) == 0) {
        assert_int_equal (verdicts->len, known[k].criteria);
        assert_int_equal (score.of, known[k].points);
      }
    cd_score_clear (&score);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (probes_explain_themselves),
    cmocka_unit_test (rubrics_load_and_add_up),
  };
  return cmocka_run_group_tests (tests, load_rules, free_rules);
}
