/* What a work reports about itself: benchmarks in labels, results tables, sentences, pictures, and tables in extracted PDF text. */
#include "documents/parsers.h"
#include "fixture.h"
#include "metrics/result-table.h"
#include "rules.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define KNOWLEDGE                                                                                                                                    \
  "benchmarks:\n"                                                                                                                                    \
  "  - {id: aime-2024, name: AIME 2024, aliases: [AIME24], problems: 30, answer: integer, domain: mathematics, source: 'https://a.b'}\n"             \
  "  - {id: aime, name: AIME, versioned: false, answer: integer, domain: mathematics, source: 'https://a.b'}\n"                                      \
  "  - {id: math-500, name: MATH-500, aliases: [MATH500], problems: 500, answer: expression, domain: mathematics, source: 'https://a.b'}\n"          \
  "  - {id: math, name: MATH, problems: 5000, sizes: {training: 7500}, cased: true, answer: expression, domain: mathematics, source: "               \
  "'https://a.b'}\n"                                                                                                                                 \
  "  - {id: gpqa, name: GPQA, versioned: false, answer: choice, domain: science, source: 'https://a.b'}\n"                                           \
  "  - {id: gpqa-diamond, name: GPQA Diamond, problems: 198, answer: choice, domain: science, source: 'https://a.b'}\n"

/* No framework is known, so all files are the work's own. */
#define UPSTREAM "version: 1\nrecord: r\nleft_out: []\nprojects: []\n"

#define PROVIDERS "providers: [{owner: big, source: 'https://a.b'}]\nfamilies: [{stem: qwen, source: 'https://a.b'}]\n"

#define SIGNALS                                                                                                                                      \
  "signals:\n"                                                                                                                                       \
  "  - {id: benchmarks.aime-2024, means: m, pattern: 'AIME *(20)?24', flags: i}\n"                                                                   \
  "  - {id: benchmarks.aime, means: m, pattern: 'AIME'}\n"                                                                                           \
  "  - {id: benchmarks.math-500, means: m, pattern: 'MATH-?500', flags: i}\n"                                                                        \
  "  - {id: evaluation.metric, means: m, pattern: 'accuracy|pass@', flags: i}\n"                                                                     \
  "  - {id: context.plan, means: m, pattern: 'will be', flags: i}\n"

/* A repository's results under the rules above; everything that is borrowed lives as long as this. */
typedef struct {
  char *rules;
  Fixture *fixture;
  CdData *data;
  CdSignals *signals;
  CdRepository *repository;
  CdSnapshot *snapshot;
  CdHistory *history;
  CdCorpus *corpus;
  CdScope *scope;
  GPtrArray *hits;
  CdWork work;
  CdResults *results;
} Case;

static void
case_open (Case *c, const char *name, const char *knowledge)
{
  const char *const files[] = { "knowledge/benchmarks.yaml",
                                knowledge,
                                "knowledge/providers.yaml",
                                PROVIDERS,
                                "knowledge/upstream/upstream.yaml",
                                UPSTREAM,
                                "knowledge/upstream/blobs.bin",
                                "",
                                "knowledge/upstream/paths.bin",
                                "",
                                "signals/t.yaml",
                                SIGNALS,
                                NULL };
  memset (c, 0, sizeof *c);
  c->rules = rules_new (files);
  c->data = cd_data_new (c->rules, NULL);
  c->signals = cd_signals_load (c->data, NULL, NULL);
  assert_non_null (c->signals);
  c->work.providers = cd_providers_load (c->data, NULL);
  c->work.names = g_ptr_array_new ();
  c->work.artefacts = g_ptr_array_new ();
  g_ptr_array_add (c->work.names, (char *) name);
}

static void
case_read (Case *c, const char *const *paths_and_texts)
{
  static const CdCorpusOptions options = { .threads = 1 };
  static const CdScopeOptions whole = { 0 };
  c->fixture = fixture_new ();
  for (guint i = 0; paths_and_texts[i] != NULL; i += 2)
    fixture_write (c->fixture, paths_and_texts[i], paths_and_texts[i + 1]);
  const char *commit = fixture_commit (c->fixture, "a");
  c->repository = cd_repository_open (fixture_path (c->fixture), NULL, NULL, NULL);
  c->snapshot = cd_snapshot_open (c->repository, commit, NULL);
  c->history = cd_history_index (c->snapshot, NULL);
  c->corpus = cd_corpus_read (c->snapshot, &options);
  g_autoptr (GError) error = NULL;
  c->scope = cd_scope_resolve (c->data, c->snapshot, c->history, c->corpus, &whole, &error);
  if (c->scope == NULL)
    fail_msg ("%s", error->message);
  c->hits = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < c->corpus->documents->len; i++)
    g_ptr_array_add (c->hits, cd_signals_scan (c->signals, g_ptr_array_index (c->corpus->documents, i)));
  c->results = cd_results_gather (c->data, c->corpus, c->scope, c->signals, c->hits, &c->work, &error);
  if (c->results == NULL)
    fail_msg ("%s", error->message);
}

static void
case_close (Case *c)
{
  cd_results_free (c->results);
  g_clear_pointer (&c->hits, g_ptr_array_unref);
  cd_scope_free (c->scope);
  cd_corpus_free (c->corpus);
  cd_history_free (c->history);
  cd_snapshot_free (c->snapshot);
  cd_repository_free (c->repository);
  fixture_free (c->fixture);
  cd_providers_free (c->work.providers);
  g_ptr_array_unref (c->work.names);
  g_ptr_array_unref (c->work.artefacts);
  cd_signals_free (c->signals);
  cd_data_free (c->data);
  rules_free (c->rules);
}

/* One README of a work called "mymodel". */
static void
case_readme (Case *c, const char *readme)
{
  const char *const files[] = { "README.md", readme, NULL };
  case_open (c, "mymodel", KNOWLEDGE);
  case_read (c, files);
}

static void
test_labels (void **state)
{
  (void) state;
  static const struct {
    const char *label, *id;
    gboolean versioned;
  } rows[] = {
    { "AIME 2024", "aime-2024", TRUE },
    { "AIME24 (pass@1)", "aime-2024", TRUE },
    { "AIME", "aime", FALSE },
    { "AIME 2026", "aime", TRUE },
    { "MATH-500 avg@4", "math-500", TRUE },
    { "MATH", "math", TRUE },
    { "Math", "math", TRUE },
    { "our math corpus", NULL, FALSE },
    { "GPQA", "gpqa", FALSE },
    { "GPQA (Diamond)", "gpqa-diamond", TRUE },
    { "Model", NULL, FALSE },
    { "", NULL, FALSE },
    { "\xff\xfe", NULL, FALSE },
  };
  Case c;
  case_open (&c, "mymodel", KNOWLEDGE);
  g_autoptr (CdBenchmarks) benchmarks = cd_benchmarks_load (c.data, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gboolean versioned;
    gint found = cd_benchmarks_in_label (benchmarks, rows[i].label, &versioned);
    if (rows[i].id == NULL)
      assert_int_equal (found, -1);
    else {
      assert_int_not_equal (found, -1);
      assert_string_equal (cd_benchmarks_at (benchmarks, (guint) found)->id, rows[i].id);
    }
    assert_int_equal (versioned, rows[i].versioned);
  }
  assert_int_equal (cd_benchmarks_at (benchmarks, 0)->problems, 30);
  assert_int_equal (g_array_index (cd_benchmarks_at (benchmarks, 3)->sizes, gint64, 0), 7500);
  case_close (&c);
}

static void
test_faulty_knowledge (void **state)
{
  (void) state;
  static const char *const texts[] = {
    "benchmarks: 3\n",
    "benchmarks:\n  - {id: a}\n",
    "benchmarks:\n  - {id: a, name: A, problems: few}\n",
    "benchmarks:\n  - {id: a, nmae: A}\n",
    "benchmarks:\n  - {id: a, name: A}\n  - {id: a, name: B}\n",
    "benchmarks:\n  - {id: a, name: A, sizes: {x: -1}}\n",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    Case c;
    g_autoptr (GError) error = NULL;
    case_open (&c, "mymodel", texts[i]);
    assert_null (cd_benchmarks_load (c.data, &error));
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
    assert_non_null (strstr (error->message, "benchmarks.yaml:"));
    case_close (&c);
  }
}

static void
test_model_rows (void **state)
{
  (void) state;
  Case c;
  case_readme (&c, "# MyModel\n\n## Results\n\n| Model | AIME 2024 (pass@1) | MATH-500 |\n|---|---|---|\n| Base-7B | 10.0 | 50.2 |\n"
                   "| MyModel-7B | **43.3** | 80.4 |\n| + voting | 50.0 | 82.0 |\n| Other-32B | 46.7 | n/a |\n");
  assert_int_equal (c.results->tables->len, 1);
  const CdResultTable *table = &g_array_index (c.results->tables, CdResultTable, 0);
  assert_int_equal (table->line, 5);
  assert_int_equal (table->own_rows, 2);
  assert_int_equal (table->own_line, 8);
  assert_int_equal (table->other_rows, 2);
  assert_int_equal (table->other_line, 7);
  assert_int_equal (table->figures, 7);
  assert_int_equal (table->benchmarks, 2);
  assert_int_equal (table->versioned, 2);
  assert_true (table->metric_named);
  case_close (&c);
}

static void
test_model_columns (void **state)
{
  (void) state;
  Case c;
  case_readme (&c, "# MyModel\n\n| Benchmark | Base | Ours |\n|---|---|---|\n| AIME | 10.0 | 43.3 |\n| MATH-500 | 50.2 | 80.4 |\n\n"
                   "All figures are accuracy in percent.\n");
  assert_int_equal (c.results->tables->len, 1);
  const CdResultTable *table = &g_array_index (c.results->tables, CdResultTable, 0);
  assert_int_equal (table->own_rows, 1);
  assert_int_equal (table->other_rows, 1);
  assert_int_equal (table->benchmarks, 2);
  assert_int_equal (table->versioned, 1);
  assert_false (table->metric_named);
  assert_int_equal (table->metric_line, table->end_line + 2);
  case_close (&c);
}

/* Scores beside models are results on whatever test sets; without models, or with one and no title, they may be anything. */
static void
test_unknown_test_sets (void **state)
{
  (void) state;
  static const struct {
    const char *readme;
    guint tables;
  } cases[] = {
    { "# MyModel\n\n| Model | Easy part | Hard part |\n|---|---|---|\n| Qwen2.5-7B | 41.2 | 30.1 |\n| MyModel | 44.0 | 35.2 |\n", 1 },
    { "# MyModel\n\n## Results\n\n| Model | Easy part | Hard part |\n|---|---|---|\n| MyModel | 44.0 | 35.2 |\n", 1 },
    { "# MyModel\n\n| Model | Easy part | Hard part |\n|---|---|---|\n| MyModel | 44.0 | 35.2 |\n", 0 },
    { "# MyModel\n\n## Results\n\n| Colour | Width | Height |\n|---|---|---|\n| red | 41.2 | 30.1 |\n| blue | 44.0 | 35.2 |\n", 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Case c;
    case_readme (&c, cases[i].readme);
    assert_int_equal (c.results->tables->len, cases[i].tables);
    for (guint t = 0; t < cases[i].tables; t++)
      assert_int_equal (g_array_index (c.results->tables, CdResultTable, t).benchmarks, 0);
    case_close (&c);
  }
}

static void
test_metric_names (void **state)
{
  (void) state;
  static const char *const metrics[] = { "R1@0.5", "R@10", "mIoU", "mAP", "AP50", "Pass@1", "pass ratio", "Acc.", "maj@8" };
  static const char *const others[] = { "road map", "GPT-4o@home", "our run", "API", "Overall" };
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    assert_true (cd_text_names_metric (metrics[i], -1));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    assert_false (cd_text_names_metric (others[i], -1));
}

/* Sizes of datasets, training values and tables without a benchmark are no results. */
static void
test_other_tables (void **state)
{
  (void) state;
  static const char *const readmes[] = {
    "| Dataset | Problems |\n|---|---|\n| MATH-500 | 500 |\n| AIME 2024 | 3000 |\n",
    "| Stage | Learning rate | Batch size | AIME 2024 |\n|---|---|---|---|\n| SFT | 1e-5 | 128 | 10.0 |\n",
    "| Model | Length |\n|---|---|\n| A | 10.5 |\n| B | 12.5 |\n",
    "| Model | AIME 2024 |\n|---|---|\n| A | soon |\n",
    "| Area | Count |\n|---|---|\n| AIME 2024 | 15 |\n| Algebra | 30 |\n",
  };
  for (guint i = 0; i < G_N_ELEMENTS (readmes); i++) {
    Case c;
    case_readme (&c, readmes[i]);
    assert_int_equal (c.results->tables->len, 0);
    case_close (&c);
  }
}

static void
test_sentences (void **state)
{
  (void) state;
  static const struct {
    const char *text;
    gboolean found;
    double figure;
    gboolean metric, own;
  } rows[] = {
    { "MyModel reaches 43.3 on AIME 2024 at pass@1.", TRUE, 43.3, TRUE, TRUE },
    { "The base reaches 50% on MATH-500.", TRUE, 50, FALSE, FALSE },
    { "We improve AIME 2024 by 15.0 points.", TRUE, 15, FALSE, TRUE },
    { "We evaluate Qwen2.5-14B on AIME 2024.", FALSE, 0, FALSE, FALSE },
    { "We use temperature 0.6 on AIME 2024.", FALSE, 0, FALSE, FALSE },
    { "A score of 60.0 on AIME 2024 will be reported.", FALSE, 0, FALSE, FALSE },
    { "The loss is 43.3 percent lower.", FALSE, 0, FALSE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Case c;
    case_readme (&c, rows[i].text);
    assert_int_equal (c.results->sentences->len, rows[i].found ? 1 : 0);
    if (rows[i].found) {
      const CdResultSentence *sentence = &g_array_index (c.results->sentences, CdResultSentence, 0);
      assert_true (sentence->figure == rows[i].figure);
      assert_int_equal (sentence->metric, rows[i].metric);
      assert_int_equal (sentence->own, rows[i].own);
      assert_true (sentence->versioned);
    }
    case_close (&c);
  }
}

/* Rows that are neither the work's nor a foundation model's may be the work's under another name. */
static void
test_unknown_rows (void **state)
{
  (void) state;
  static const struct {
    const char *text;
    guint own, other, unknown, served;
  } rows[] = {
    { "| Model | AIME24 |\n|---|---|\n| mymodel-7B | 40.1 |\n| Qwen2.5-7B | 20.1 |\n", 1, 1, 0, 0 },
    { "| Model | AIME24 |\n|---|---|\n| Qwen2.5-7B | 20.1 |\n| GPT-4o | 9.3 |\n| o1-preview | 44.6 |\n", 0, 3, 0, 2 },
    { "| Model | AIME24 |\n|---|---|\n| Lantern-7B | 40.1 |\n| Qwen2.5-7B | 20.1 |\n", 0, 2, 1, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Case c;
    case_readme (&c, rows[i].text);
    assert_int_equal (c.results->tables->len, 1);
    const CdResultTable *table = &g_array_index (c.results->tables, CdResultTable, 0);
    assert_int_equal (table->own_rows, rows[i].own);
    assert_int_equal (table->other_rows, rows[i].other);
    assert_int_equal (table->unknown_rows, rows[i].unknown);
    assert_int_equal (table->served_rows, rows[i].served);
    case_close (&c);
  }
}

static void
test_images (void **state)
{
  (void) state;
  static const struct {
    const char *text;
    guint images;
  } rows[] = {
    { "![Main results](assets/a.png)", 1 },
    { "![](figures/benchmark_comparison.png)", 1 },
    { "![](assets/overview.png)", 0 },
    { "[![](https://img.shields.io/badge/results-x)](https://a.b)", 0 },
    { "![](assets/reward_curve.png)", 0 },
    { "![](assets/dataset_distribution.png)", 0 },
    { "![Accuracy](assets/x.png)", 1 },
    { "![](assets/teaser.png)", 0 },
    { "It outperforms larger models.\n\n![](assets/teaser.png)", 1 },
    { "Accuracy over training:\n\n![image](https://a.b/c/f00d)", 0 },
    { "## Results\n\n![image](https://a.b/c/f00d)", 1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Case c;
    case_readme (&c, rows[i].text);
    assert_int_equal (c.results->images->len, rows[i].images);
    case_close (&c);
  }
}

/* A reported benchmark is covered by a file name or by code that names it or its family. */
static void
test_coded (void **state)
{
  (void) state;
  static const char *const files[] = { "README.md",
                                       "| Model | AIME 2024 | MATH-500 | GPQA |\n|---|---|---|---|\n| MyModel | 43.3 | 80.4 | 50.5 |\n",
                                       "eval/data/aime24.jsonl",
                                       "{}\n",
                                       "eval/run.sh",
                                       "python eval.py --set math-500\n",
                                       NULL };
  Case c;
  case_open (&c, "mymodel", KNOWLEDGE);
  case_read (&c, files);
  guint coded;
  assert_int_equal (cd_results_reported (c.results, &coded), 3);
  assert_int_equal (coded, 2);
  case_close (&c);
}

/* Rows as lines, and every cell on a line of its own. */
static void
test_text_lines (void **state)
{
  (void) state;
  static const char *const texts[] = {
    "Table 1: Accuracy on AIME 2024 and MATH-500\nBase-7B 10.0 50.2\nMyModel-7B 43.3 80.4\nOther-32B 46.7 81.0\n",
    "Table 1: Accuracy\nAIME 2024\nMATH-500\nBase-7B\n10.0\n50.2\nMyModel-7B\n43.3\n80.4\nOther-32B\n46.7\n81.0\n",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    Case c;
    case_open (&c, "mymodel", KNOWLEDGE);
    CdBenchmarks *benchmarks = cd_benchmarks_load (c.data, NULL);
    guint8 reported[8] = { 0 };
    CdResultReader reader = { benchmarks, c.work.names, NULL, reported };
    CdDocument *document = rules_document ("a.pdf", CD_DOCUMENT_PDF, texts[i]);
    g_autoptr (GArray) hits = cd_signals_scan (c.signals, document);
    g_autoptr (GArray) tables = g_array_new (FALSE, FALSE, sizeof (CdResultTable));
    cd_result_lines_read (&reader, c.signals, document, 3, hits, tables);
    assert_int_equal (tables->len, 1);
    const CdResultTable *table = &g_array_index (tables, CdResultTable, 0);
    assert_int_equal (table->document, 3);
    assert_int_equal (table->figures, 6);
    assert_int_equal (table->own_rows, 1);
    assert_int_equal (table->other_rows, 2);
    assert_true (table->metric_named);
    assert_in_range (table->benchmarks, 2, 3);
    cd_document_free (document);
    cd_benchmarks_free (benchmarks);
    case_close (&c);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_labels),
    cmocka_unit_test (test_faulty_knowledge),
    cmocka_unit_test (test_model_rows),
    cmocka_unit_test (test_model_columns),
    cmocka_unit_test (test_unknown_test_sets),
    cmocka_unit_test (test_sentences),
    cmocka_unit_test (test_metric_names),
    cmocka_unit_test (test_other_tables),
    cmocka_unit_test (test_images),
    cmocka_unit_test (test_unknown_rows),
    cmocka_unit_test (test_coded),
    cmocka_unit_test (test_text_lines),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
