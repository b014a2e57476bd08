/* Probes: data probes over small cases, derived ones, evidence in order, and faults with their places. */
#include "probes/expression.h"
#include "probes/probe.h"
#include "rules.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define CODED "  - {id: coded, question: q, built-in: true}\n"

static void
find_twice (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  (void) the_case;
  cd_finding_add (finding, 1, 2, 2, info->id, 1);
  cd_finding_add (finding, 0, 1, 3, info->id, 1);
  finding->yes = TRUE;
}

/* In place of the project's table. */
const CdProbeRow cd_probe_table[] = { { "coded", find_twice }, { NULL, NULL } };

static const char signal_rules[] = "signals:\n"
                                   "  - {id: compute.count, means: m, pattern: '\\d+ x A100'}\n"
                                   "  - {id: compute.type, means: m, pattern: '\\bA100\\b'}\n"
                                   "  - {id: training.verb, means: m, pattern: '\\btrain'}\n"
                                   "  - {id: serving.word, means: m, pattern: '\\bserv'}\n"
                                   "  - {id: context.plan, means: m, pattern: 'will be'}\n"
                                   "  - {id: context.training, means: m, pattern: 'Training', where: [heading]}\n";

typedef struct {
  char *root;
  CdData *data;
  CdSignals *signals;
  CdProbes *probes;
  CdCorpus corpus;
  CdCase the_case;
} Setup;

static void
setup_clear (Setup *setup)
{
  g_clear_pointer (&setup->the_case.hits, g_ptr_array_unref);
  g_clear_pointer (&setup->corpus.documents, g_ptr_array_unref);
  cd_probes_free (setup->probes);
  cd_signals_free (setup->signals);
  cd_data_free (setup->data);
  rules_free (setup->root);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setup, setup_clear)

static gboolean
setup_rules (Setup *setup, const char *probes, GError **error)
{
  const char *const files[] = { "signals/s.yaml", signal_rules, "probes/p.yaml", probes, NULL };
  setup->root = rules_new (files);
  setup->data = cd_data_new (setup->root, error);
  setup->signals = cd_signals_load (setup->data, NULL, error);
  setup->probes = setup->signals == NULL ? NULL : cd_probes_load (setup->data, setup->signals, error);
  return setup->probes != NULL;
}

/* documents: triples of path, kind and text, ended by a NULL path. */
typedef struct {
  const char *path;
  CdDocumentKind kind;
  const char *text;
} Source;

static void
setup_case (Setup *setup, const Source *sources)
{
  setup->corpus.documents = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_document_free);
  setup->the_case
      = (CdCase){ .corpus = &setup->corpus, .signals = setup->signals, .hits = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref) };
  for (guint i = 0; sources[i].path != NULL; i++) {
    CdDocument *document = rules_document (sources[i].path, sources[i].kind, sources[i].text);
    g_ptr_array_add (setup->corpus.documents, document);
    g_ptr_array_add (setup->the_case.hits, cd_signals_scan (setup->signals, document));
  }
}

/* "yes 2: path:line-end says; …" */
static char *
describe (const Setup *setup, const CdFinding *finding)
{
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "%s %u:", finding->yes ? "yes" : "no", finding->count);
  for (guint i = 0; i < finding->evidence->len; i++) {
    const CdEvidence *evidence = &g_array_index (finding->evidence, CdEvidence, i);
    const CdDocument *document = g_ptr_array_index (setup->corpus.documents, evidence->document);
    g_string_append_printf (text, " %s:%u %s", document->path, evidence->line, evidence->says);
  }
  return g_string_free (text, FALSE);
}

static const Source sources[] = {
  { "README.md", CD_DOCUMENT_MARKDOWN,
    "# Name\nWe use 8 x A100 here.\nA100 is fast.\n\n## Training\n16 x A100 to train.\nPlans: 32 x A100 will be used.\n\nlast\ntrain\n\nfar\n" },
  { "docs/serving.md", CD_DOCUMENT_MARKDOWN, "# Serving\nServe on 4 x A100 to serve.\n" },
  { "requirements.txt", CD_DOCUMENT_DEPENDENCIES, "torch\n" },
  { "train.py", CD_DOCUMENT_PYTHON, "// 2 x A100\n% x = '1 x A100'\n" },
  { NULL, CD_DOCUMENT_BINARY, NULL },
};

static void
data_probes_find_under_conditions (void **state)
{
  (void) state;
  static const struct {
    const char *find, *finding;
  } cases[] = {
    { "{any: [{signals: [compute.count]}]}", "yes 5: README.md:2 compute.count README.md:6 compute.count train.py:1 compute.count "
      "train.py:2 compute.count docs/serving.md:2 compute.count" },
    { "{any: [{signals: [compute.count], unless: []}], at-least: 7}",
      "no 6: README.md:2 compute.count README.md:6 compute.count README.md:7 compute.count train.py:1 compute.count "
      "train.py:2 compute.count docs/serving.md:2 compute.count" },
    { "{any: [{signals: ['compute.*'], documents: [readme]}]}",
      "yes 3: README.md:2 compute.count README.md:3 compute.type README.md:6 compute.count" },
    { "{any: [{signals: [compute.count], documents: [readme], context: [training]}]}", "yes 1: README.md:6 compute.count" },
    { "{any: [{signals: [compute.count], where: [comment]}]}", "yes 1: train.py:1 compute.count" },
    { "{any: [{signals: [compute.count], path: '^(docs|train)', not-path: '\\.py$'}]}", "yes 1: docs/serving.md:2 compute.count" },
    { "{any: [{signals: [compute.count], near: {signals: [training.verb], within: passage}}]}", "yes 1: README.md:6 compute.count" },
    { "{any: [{signals: [compute.count], documents: [readme], near: {signals: [training.verb], within: document}}]}",
      "yes 2: README.md:2 compute.count README.md:6 compute.count" },
    { "{any: [{signals: [compute.count], documents: [readme], near: {signals: [training.verb], within: document, lines: 3}}]}",
      "yes 1: README.md:6 compute.count" },
    { "{any: [{signals: [compute.type], near: {signals: [training.verb], within: section}}]}", "yes 1: README.md:6 compute.type" },
    { "{any: [{signals: [compute.type], unless: [], near: {signals: [training.verb], within: paragraph}}]}",
      "yes 2: README.md:6 compute.type README.md:7 compute.type" },
    { "{any: [{signals: [compute.type], documents: [readme, doc], near: {signals: [serving.word], within: work}, not-near: {signals: [serving.word], "
      "within: passage}}]}",
      "yes 3: README.md:2 compute.type README.md:3 compute.type README.md:6 compute.type" },
    { "{any: [{signals: [compute.type], documents: [doc]}, {signals: [compute.count], documents: [doc, readme], weight: 2}]}",
      "yes 3: README.md:2 compute.count README.md:6 compute.count docs/serving.md:2 compute.count" },
    { "{any: [{documents: [dependencies]}, {path: '\\.py$', weight: 3}]}", "yes 2: train.py:1 p requirements.txt:1 p" },
    { "{any: [{documents: [license]}]}", "no 0:" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Setup) setup = { 0 };
    g_autoptr (GError) error = NULL;
    g_autofree char *rules = g_strdup_printf ("probes:\n  - {id: p, question: q, find: %s}\n" CODED, cases[i].find);
    if (!setup_rules (&setup, rules, &error))
      fail_msg ("%s", error->message);
    setup_case (&setup, sources);
    CdFinding *findings = cd_probes_ask (setup.probes, &setup.the_case);
    g_autofree char *finding = describe (&setup, &findings[0]);
    cd_findings_free (findings, cd_probes_length (setup.probes));
    if (strcmp (finding, cases[i].finding) != 0)
      fail_msg ("%s\n%s\nis not\n%s", cases[i].find, finding, cases[i].finding);
  }
}

/* Derived probes stand before those they are derived from, in files as they come. */
static void
derived_probes_follow_their_parts (void **state)
{
  (void) state;
  static const char rules[] = "probes:\n"
                              "  - {id: both, question: q, when: {all: [count, no-license]}, basis: non-use, says: both things}\n"
                              "  - {id: no-license, question: q, when: {not: license}}\n"
                              "  - {id: license, question: q, find: {any: [{documents: [license]}]}}\n"
                              "  - {id: count, question: q, find: {any: [{signals: compute.count, documents: doc}]}}\n"
                              "  - {id: card, question: q, when: {score: {count: 2, license: 5, no-license: -1}, threshold: 1}}\n"
                              "  - {id: two, question: q, when: {at-least: 2, of: [count, license, card]}}\n"
                              "  - {id: none, question: q, when: {any: [license, {not: count}]}}\n"
                              "  - {id: from-code, question: q, when: coded}\n" CODED;
  static const struct {
    const char *id;
    gboolean yes;
    guint evidence;
  } expected[] = {
    { "both", TRUE, 1 }, { "no-license", TRUE, 0 }, { "license", FALSE, 0 }, { "count", TRUE, 1 },     { "card", TRUE, 1 },
    { "two", TRUE, 2 },  { "none", FALSE, 0 },      { "coded", TRUE, 2 },    { "from-code", TRUE, 2 },
  };
  g_auto (Setup) setup = { 0 };
  g_autoptr (GError) error = NULL;
  if (!setup_rules (&setup, rules, &error))
    fail_msg ("%s", error->message);
  setup_case (&setup, sources);
  CdFinding *findings = cd_probes_ask (setup.probes, &setup.the_case);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    gint index = cd_probes_find (setup.probes, expected[i].id);
    assert_true (index >= 0);
    assert_int_equal (findings[index].yes, expected[i].yes);
    assert_int_equal (findings[index].evidence->len, expected[i].evidence);
  }
  assert_int_equal (cd_probes_at (setup.probes, 0)->basis, CD_BASIS_NON_USE);
  assert_string_equal (cd_probes_at (setup.probes, 0)->says, "both things");
  assert_string_equal (cd_probes_at (setup.probes, 1)->says, "no-license");
  cd_findings_free (findings, cd_probes_length (setup.probes));
}

static void
evidence_is_kept_best_first (void **state)
{
  (void) state;
  CdFinding finding = { 0 };
  for (guint i = 0; i < 40; i++)
    cd_finding_add (&finding, i % 4, 100 - i, 0, "x", i == 30 ? 2 : 1);
  assert_int_equal (finding.count, 40);
  assert_int_equal (finding.evidence->len, 16);
  const CdEvidence *first = &g_array_index (finding.evidence, CdEvidence, 0);
  assert_int_equal (first->line, 70);
  assert_int_equal (first->end, 70);
  for (guint i = 2; i < finding.evidence->len; i++) {
    const CdEvidence *before = &g_array_index (finding.evidence, CdEvidence, i - 1), *after = before + 1;
    assert_true (before->document < after->document || (before->document == after->document && before->line < after->line));
  }
  cd_finding_clear (&finding);
  assert_null (finding.evidence);
}

static void
faults_name_their_place (void **state)
{
  (void) state;
  static const struct {
    const char *probe, *message;
  } cases[] = {
    { "{id: p, question: q, find: {any: [{signals: [compute.cuont]}]}}",
      "p.yaml:2:50: there is no signal \"compute.cuont\"; did you mean \"compute.count\"?" },
    { "{id: p, question: q, find: {any: [{signals: ['nothing.*']}]}}", "p.yaml:2:50: there is no signal \"nothing.*\"" },
    { "{id: p, question: q, find: {any: [{signals: [compute.count], documents: [reedme]}]}}", "p.yaml:2:78: unknown \"reedme\" in \"documents\"" },
    { "{id: p, question: q, find: {any: [{where: [prose]}]}}", "p.yaml:2:40: \"where\" needs \"signals\"" },
    { "{id: p, question: q, find: {any: [{}]}}", "p.yaml:2:39: nothing to find" },
    { "{id: p, question: q, find: {any: []}}", "p.yaml:2:38: \"any\" must be a list" },
    { "{id: p, question: q, find: {any: [{path: '('}]}}", "p.yaml:2:46: " },
    { "{id: p, question: q, find: {any: [{signals: [compute.count], near: {signals: [compute.type], within: page}}]}}",
      "p.yaml:2:106: \"within\" is one of" },
    { "{id: p, question: q}", "p.yaml:2:5: probe \"p\" needs one of" },
    { "{id: p, question: q, built-in: true}", "p.yaml:2:10: there is no built-in probe \"p\"" },
    { "{id: p, question: q, basis: guess, when: p}", "p.yaml:2:33: \"basis\" is one of" },
    { "{id: p, question: q, when: p}", "p.yaml:2: probe \"p\" is derived from itself" },
    { "{id: p, question: q, when: {all: [pp]}}", "p.yaml:2:39: there is no probe \"pp\"; did you mean \"p\"?" },
    { "{id: p, question: q, when: {al: [p]}}", "p.yaml:2:33: unknown key \"al\"; did you mean \"all\"?" },
    { "{id: p, question: q, when: {all: [p], any: [p]}}", "p.yaml:2:43: unknown key \"any\"" },
    { "{id: p, question: q, when: {score: {p: 1.5}, threshold: 1}}", "p.yaml:2:44: a weight must be a whole number" },
    { "{id: p, question: q, when: {at-least: 3, of: [p]}}", "p.yaml:2:43: \"at-least\" asks for more than the 1 members" },
    { "{id: P!, question: q, when: p}", "p.yaml:2:10: \"P!\" is no probe id" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Setup) setup = { 0 };
    g_autoptr (GError) error = NULL;
    g_autofree char *rules = g_strdup_printf ("probes:\n  - %s\n" CODED, cases[i].probe);
    assert_false (setup_rules (&setup, rules, &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
    const char *place = strstr (error->message, "p.yaml");
    if (place == NULL || strncmp (place, cases[i].message, strlen (cases[i].message)) != 0)
      fail_msg ("%s\nis not\n%s", error->message, cases[i].message);
  }
}

/* A probe in code needs an entry. */
static void
the_table_needs_entries (void **state)
{
  (void) state;
  g_auto (Setup) setup = { 0 };
  g_autoptr (GError) error = NULL;
  const char *const files[] = { "signals/s.yaml", signal_rules, "probes/p.yaml", "probes: []\n", NULL };
  setup.root = rules_new (files);
  setup.data = cd_data_new (setup.root, NULL);
  setup.signals = cd_signals_load (setup.data, NULL, NULL);
  assert_null (cd_probes_load (setup.data, setup.signals, &error));
  assert_string_equal (error->message, "rubrics/probes: the built-in probe \"coded\" has no entry");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (data_probes_find_under_conditions), cmocka_unit_test (derived_probes_follow_their_parts),
    cmocka_unit_test (evidence_is_kept_best_first),       cmocka_unit_test (faults_name_their_place),
    cmocka_unit_test (the_table_needs_entries),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
