/* Outputs of a whole tree: which files are read, which copies are no second run, predictions with references, and what the manifest names. */
#include "outputs/outputs.h"
#include "fixture.h"
#include "outputs.h"
#include <string.h>

/* The figures of a repository of files, pairs of path and text, ended by NULL: "PATH:LINE VALUE", and after them what could not be read, "PATH: WHY".
 * manifest: its text, NULL none. */
static void
assert_outputs (const char *const *files, const char *manifest, const char *want)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;
  for (guint i = 0; files[i] != NULL; i += 2)
    fixture_write (fixture, files[i], files[i + 1]);
  fixture_commit (fixture, "all");
  g_autoptr (CdRepository) repository = cd_repository_open (fixture_path (fixture), NULL, NULL, &error);
  g_autoptr (CdSnapshot) snapshot = repository != NULL ? cd_snapshot_open (repository, NULL, &error) : NULL;
  assert_non_null (snapshot);
  CdCorpusOptions reading = { .threads = 1 };
  g_autoptr (CdCorpus) corpus = cd_corpus_read (snapshot, &reading);
  g_autoptr (CdHistory) history = cd_history_index (snapshot, &error);
  CdScopeOptions whole = { 0 };
  g_autoptr (CdScope) scope = cd_scope_resolve (data, snapshot, history, corpus, &whole, &error);
  assert_non_null (scope);
  CdManifest *parsed = manifest != NULL ? cd_manifest_parse ("replication.yaml", manifest, strlen (manifest), NULL, &error) : NULL;
  if (manifest != NULL && parsed == NULL)
    fail_msg ("%s", error->message);
  for (guint threads = 1; threads <= 3; threads += 2) {
    g_autoptr (CdOutputs) outputs = cd_outputs_gather (snapshot, corpus, scope, parsed, benchmarks, threads);
    g_autoptr (GString) got = g_string_new (NULL);
    for (guint i = 0; i < outputs->figures->len; i++) {
      const CdFigure *figure = outputs->figures->pdata[i];
      assert_string_equal (figure->path, ((const CdDocument *) corpus->documents->pdata[figure->document])->path);
      g_string_append_printf (got, "%s:%u %g%s%s%s\n", figure->path, figure->line, figure->value,
                              figure->by == CD_FIGURE_PREDICTIONS ? " graded" : "", manifest != NULL ? " " : "",
                              manifest != NULL && figure->benchmark >= 0 ? cd_benchmarks_at (benchmarks, (guint) figure->benchmark)->id : "");
    }
    for (guint i = 0; i < outputs->unread->len; i++) {
      const CdNotExamined *row = outputs->unread->pdata[i];
      g_string_append_printf (got, "%s: %s\n", row->path, row->why);
    }
    assert_string_equal (got->str, want);
  }
  cd_manifest_free (parsed);
}

static void
assert_gathered (const char *const *files, const char *want)
{
  assert_outputs (files, NULL, want);
}

/* Predictions beside their metrics, references in the benchmark's own file, samples that nothing can grade. */
static void
gathers_predictions (void **state)
{
  (void) state;
  static const char *const graded[]
      = { "outputs/gsm8k/m_metrics.json", "{\"num_samples\": 2, \"acc\": 50.0}", "outputs/gsm8k/m.jsonl",
          "{\"question\": \"a b c\", \"gt\": \"4\", \"pred\": \"4\"}\n{\"question\": \"d e f\", \"gt\": \"5\", \"pred\": \"6\"}\n", NULL };
  assert_gathered (graded, "outputs/gsm8k/m.jsonl:1 50 graded\noutputs/gsm8k/m_metrics.json:1 50\n");
  static const char *const referenced[]
      = { "data/gsm8k/test.jsonl", "{\"question\": \"a b c\", \"answer\": \"4\"}\n{\"question\": \"d e f\", \"answer\": \"5\"}\n",
          "results/gsm8k/answers.jsonl",
          "{\"question\": \"a b c\", \"response\": \"so \\\\boxed{4}\"}\n{\"question\": \"d e f\", \"response\": \"so \\\\boxed{7}\"}\n", NULL };
  assert_gathered (referenced, "results/gsm8k/answers.jsonl:1 50 graded\n");
  static const char *const lost[] = { "results/gsm8k/answers.jsonl", "{\"question\": \"a b c\", \"response\": \"so \\\\boxed{4}\"}\n", NULL };
  assert_gathered (lost, "");
}

/* What the manifest names is read first, with its benchmark and fields; what it names and the tree has not is told. */
static void
follows_the_manifest (void **state)
{
  (void) state;
  static const char *const files[]
      = { "run/final.json", "{\"accuracy\": 0.5}", "run/said.jsonl",
          "{\"q\": \"a b c\", \"key\": \"4\", \"told\": \"4\"}\n{\"q\": \"d e f\", \"key\": \"5\", \"told\": \"5\"}\n", NULL };
  assert_outputs (files, NULL, "");
  assert_outputs (
      files,
      "candor: 1\nwork: {title: A}\nevaluations:\n"
      "  - {benchmark: gsm8k, metric: accuracy, results: ./run/final.json}\n"
      "  - {benchmark: AIME, version: '2024', metric: accuracy, predictions: run/said.jsonl, fields: {question: q, gold: key, prediction: told}}\n"
      "  - {benchmark: gsm8k, metric: accuracy, predictions: run/lost.jsonl}\n",
      "run/final.json:1 0.5 gsm8k\nrun/said.jsonl:1 100 graded aime-2024\nrun/lost.jsonl: named in the manifest, not in the tree\n");
  static const char *const broken[] = { "said.jsonl", "{\"a\": 1}\n{\"a\": 2}\n", NULL };
  assert_outputs (broken, "candor: 1\nwork: {title: A}\nevaluations: [{benchmark: gsm8k, metric: accuracy, predictions: said.jsonl}]\n",
                  "said.jsonl: 2 of 2 records do not hold an answer together with a reference or a verdict, the first at line 1\n");
}

/* A training log that the corpus did not keep is read line by line; another file of that size is told. */
static void
reads_large_logs (void **state)
{
  (void) state;
  g_autoptr (GString) log = g_string_new (NULL);
  guint lines = 0;
  for (; log->len < 17u * 1024u * 1024u; lines++)
    g_string_append (
        log, "a long line of a log of training, as they are written by the thousand: nothing stands in it that anybody would look for twice\n");
  g_string_append (log, "step:8 - val-core/aime24/acc/mean@1:0.25\n");
  const char *files[] = { "logs/train.log", log->str, NULL };
  g_autofree char *want = g_strdup_printf ("logs/train.log:%u 0.25\n", lines + 1);
  assert_gathered (files, want);
}

#define LIGHTEVAL(value) "{\"config_general\": {}, \"results\": {\"custom|aime24|0\": {\"extractive_match\": " value "}}}"
#define CONSOLE(value) "|custom:aime24:0|1|extractive_match|" value "|\xc2\xb1|0.08|\n"
#define CONSOLE_HEAD "|Task|Version|Metric|Value| |Stderr|\n|---|---|---|---|---|---|\n"

/* Runs with equal results stay; what the console printed of a result file goes, and what it printed of others stays. */
static void
tells_runs_from_copies (void **state)
{
  (void) state;
  static const char *const console[] = { "a/results_1.json",
                                         LIGHTEVAL ("0.3"),
                                         "a/results_2.json",
                                         LIGHTEVAL ("0.3"),
                                         "a/results_3.json",
                                         LIGHTEVAL ("0.26666666666666666"),
                                         "run.log",
                                         CONSOLE_HEAD CONSOLE ("0.3") CONSOLE ("0.3") CONSOLE ("0.2667") CONSOLE ("0.3") CONSOLE ("0.4667"),
                                         NULL };
  assert_gathered (console, "a/results_1.json:1 0.3\na/results_2.json:1 0.3\na/results_3.json:1 0.266667\nrun.log:6 0.3\nrun.log:7 0.4667\n");
  static const char *const formats[] = { "summary/summary_1.csv",
                                         "dataset,version,metric,mode,m\ngsm8k,1,accuracy,gen,60\nmath,1,accuracy,gen,60\n",
                                         "summary/summary_1.txt",
                                         "csv\ndataset,version,metric,mode,m\ngsm8k,1,accuracy,gen,60\nmath,1,accuracy,gen,60\n",
                                         "summary/summary_2.csv",
                                         "dataset,version,metric,mode,m\ngsm8k,1,accuracy,gen,60\n",
                                         NULL };
  assert_gathered (formats, "summary/summary_1.csv:2 60\nsummary/summary_1.csv:3 60\nsummary/summary_2.csv:2 60\n");
  static const char *const trainer[] = { "out/all_results.json",
                                         "{\"eval_accuracy\": 0.75}",
                                         "out/checkpoint-1/trainer_state.json",
                                         "{\"log_history\": [{\"eval_accuracy\": 0.5, \"step\": 1}]}",
                                         "out/checkpoint-2/trainer_state.json",
                                         "{\"log_history\": [{\"eval_accuracy\": 0.5, \"step\": 1},\n{\"eval_accuracy\": 0.75, \"step\": 2}]}",
                                         "out/eval_results.json",
                                         "{\"eval_accuracy\": 0.75}",
                                         NULL };
  assert_gathered (trainer, "out/all_results.json:1 0.75\nout/checkpoint-1/trainer_state.json:1 0.5\n");
  static const char *const table[] = { "eval/aime24/a_metrics.json",
                                       "{\"num_samples\": 30, \"acc\": 46.67}",
                                       "eval/aime24/b_metrics.json",
                                       "{\"num_samples\": 30, \"acc\": 30.0}",
                                       "results.csv",
                                       "model,AIME24\nA,0.4667\nB,0.3\nC,0.3\n",
                                       NULL };
  assert_gathered (table, "eval/aime24/a_metrics.json:1 46.67\neval/aime24/b_metrics.json:1 30\nresults.csv:4 0.3\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (gathers_predictions),
    cmocka_unit_test (follows_the_manifest),
    cmocka_unit_test (reads_large_logs),
    cmocka_unit_test (tells_runs_from_copies),
  };
  return cmocka_run_group_tests (tests, load, unload);
}
