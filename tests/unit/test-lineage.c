/* Knowledge of models and datasets: entries and their names, references, descent, and faults at their place. */
#include "lineage/knowledge.h"
#include "rules.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define MODEL(rest) "  - {" rest ", provider: lab, released: 2024-01-01, access: open, source: 'https://example.org'}\n"
#define MODELS                                                                                                                                       \
  "models:\n" MODEL ("id: base-1b, name: Base 1B, hub: [lab/Base-1B], aliases: [Base_1B_hf]") MODEL ("id: teacher, name: Teacher")                   \
      MODEL ("id: student, name: Student, base: base-1b, teachers: [teacher]") MODEL ("id: pupil, name: Pupil, base: student")
#define DATASETS                                                                                                                                     \
  "datasets:\n  - {id: sums, name: Sums, kind: questions, human: true, source: 'https://example.org'}\n"                                             \
  "  - {id: thoughts, name: Thoughts, kind: long-thought, from: [sums], teachers: [student], size: 100, source: 'https://example.org'}\n"
#define TERMS "terms:\n  - {provider: lab, clause: permits all, source: 'https://example.org'}\n"

static CdKnowledge *
knowledge_of (const char *models, const char *datasets, GError **error)
{
  const char *const files[] = { "knowledge/models.yaml", models, "knowledge/datasets.yaml", datasets, "knowledge/terms.yaml", TERMS, NULL };
  char *rules = rules_new (files);
  g_autoptr (CdData) data = cd_data_new (rules, error);
  CdKnowledge *knowledge = cd_knowledge_load (data, error);
  rules_free (rules);
  return knowledge;
}

static void
names_meet (void **state)
{
  (void) state;
  g_autoptr (CdKnowledge) knowledge = knowledge_of (MODELS, DATASETS, NULL);
  assert_non_null (knowledge);
  static const struct {
    CdKnownKind kind;
    const char *name, *id;
  } cases[] = {
    { CD_KNOWN_MODEL, "base-1b", "base-1b" },
    { CD_KNOWN_MODEL, "Base 1B", "base-1b" },
    { CD_KNOWN_MODEL, "LAB/base-1b", "base-1b" },
    { CD_KNOWN_MODEL, "base_1b_HF", "base-1b" },
    { CD_KNOWN_MODEL, "base", NULL },
    { CD_KNOWN_MODEL, "base-1.b", NULL },
    { CD_KNOWN_MODEL, "sums", NULL },
    { CD_KNOWN_DATASET, "SUMS", "sums" },
    { CD_KNOWN_DATASET, "teacher", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint found = cd_knowledge_find (knowledge, cases[i].kind, cases[i].name);
    assert_int_equal (found >= 0, cases[i].id != NULL);
    if (found >= 0)
      assert_string_equal (cd_knowledge_at (knowledge, (guint) found)->id, cases[i].id);
  }
}

static void
descent_is_climbed (void **state)
{
  (void) state;
  g_autoptr (CdKnowledge) knowledge = knowledge_of (MODELS, DATASETS, NULL);
  gint thoughts = cd_knowledge_find (knowledge, CD_KNOWN_DATASET, "thoughts");
  assert_true (thoughts >= 0);
  g_autoptr (GArray) ancestry = cd_knowledge_ancestry (knowledge, (guint) thoughts);
  g_autoptr (GString) told = g_string_new (NULL);
  for (guint i = 0; i < ancestry->len; i++) {
    const CdAncestor *ancestor = &g_array_index (ancestry, CdAncestor, i);
    g_string_append_printf (told, "%u%c%s ", ancestor->depth, ancestor->taught ? '<' : '=', cd_knowledge_at (knowledge, ancestor->index)->id);
  }
  assert_string_equal (told->str, "1<student 2<teacher 2=base-1b 1=sums ");
  g_autoptr (GPtrArray) terms = cd_knowledge_terms (knowledge, "lab"), none = cd_knowledge_terms (knowledge, "nobody");
  assert_int_equal (terms->len, 1);
  assert_int_equal (none->len, 0);
}

/* Two entries that name each other end the climb; each stands once. */
static void
circles_end (void **state)
{
  (void) state;
  g_autoptr (CdKnowledge) knowledge
      = knowledge_of ("models:\n" MODEL ("id: a, name: A, teachers: [b]") MODEL ("id: b, name: B, base: a"), DATASETS, NULL);
  assert_null (knowledge); /* the datasets' teacher is not there */
  g_autoptr (CdKnowledge) circle
      = knowledge_of ("models:\n" MODEL ("id: a, name: A, teachers: [student]") MODEL ("id: student, name: S, base: a"), DATASETS, NULL);
  assert_non_null (circle);
  g_autoptr (GArray) ancestry = cd_knowledge_ancestry (circle, 0);
  assert_int_equal (ancestry->len, 1);
}

static void
faults_name_their_place (void **state)
{
  (void) state;
  static const struct {
    const char *models, *datasets, *message;
  } cases[] = {
    { "models:\n" MODEL ("id: a, name: A, base: nobody"), DATASETS, "models.yaml:2:28: there is no model \"nobody\"" },
    { "models:\n" MODEL ("id: a, name: A") MODEL ("id: b, name: B, aliases: ['A']"), DATASETS,
      "models.yaml:3:5: \"A\" is the name of \"a\" already" },
    { "models:\n  - {id: a, name: A, provider: p, released: 2024-01-01, access: maybe, source: s}\n", DATASETS, "\"access\" is open or api" },
    { "models:\n  - {id: a, name: A, provider: p, access: open, source: s}\n", DATASETS, "released" },
    { "models:\n" MODEL ("id: a, name: A, teacher: b"), DATASETS, "teachers" },
    { MODELS, "datasets:\n  - {id: d, name: D, kind: answers, source: s}\n", "\"d\" needs one of teachers, from, human and origin" },
    { MODELS, "datasets:\n  - {id: d, name: D, kind: answers, teachers: [ghost], source: s}\n", "there is no model \"ghost\"" },
    { "models: 1\n", DATASETS, "\"models\" must be a list" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    assert_null (knowledge_of (cases[i].models, cases[i].datasets, &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
    if (strstr (error->message, cases[i].message) == NULL)
      fail_msg ("case %u: %s", i, error->message);
  }
}

/* A model cannot teach what was finished before its release. Run from the project's root. */
static void
the_knowledge_of_the_project_holds (void **state)
{
  (void) state;
  g_autoptr (GError) error = NULL;
  g_autoptr (CdData) data = cd_data_new ("rubrics", &error);
  g_autoptr (CdKnowledge) knowledge = cd_knowledge_load (data, &error);
  if (knowledge == NULL)
    fail_msg ("%s", error->message);
  guint models = 0, datasets = 0;
  for (guint i = 0; i < cd_knowledge_length (knowledge); i++) {
    const CdKnown *known = cd_knowledge_at (knowledge, i);
    *(known->kind == CD_KNOWN_MODEL ? &models : &datasets) += 1;
    for (guint t = 0; t < known->teachers->len; t++) {
      const CdKnown *teacher = cd_knowledge_at (knowledge, g_array_index (known->teachers, guint, t));
      if (known->released != NULL && strcmp (teacher->released, known->released) > 0)
        fail_msg ("%s (%s) is taught by %s (%s)", known->id, known->released, teacher->id, teacher->released);
    }
  }
  assert_true (models >= 150 && datasets >= 150);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (names_meet),
    cmocka_unit_test (descent_is_climbed),
    cmocka_unit_test (circles_end),
    cmocka_unit_test (faults_name_their_place),
    cmocka_unit_test (the_knowledge_of_the_project_holds),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
