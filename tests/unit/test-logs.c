/* Result logs: what each reader makes of its format, where a figure stands, and what is no figure. */
#include "outputs.h"
#include "outputs/logs.h"
#include <math.h>
#include <string.h>

/* "LINE BENCHMARK [TASK] MODEL METRIC VALUE UNIT", then what the log tells besides. */
static void
write_figure (GString *out, const CdFigure *figure)
{
  g_autofree char *metric = cd_metric_name (figure->metric);
  const char *id = figure->benchmark >= 0 ? cd_benchmarks_at (benchmarks, (guint) figure->benchmark)->id : "-";
  g_string_append_printf (out, "%u %s [%s] %s %s %.6g %s", figure->line, id, figure->task, figure->model != NULL ? figure->model : "-", metric,
                          figure->value, cd_unit_name (figure->unit));
  if (isfinite (figure->error))
    g_string_append_printf (out, " ±%.4g", figure->error);
  const struct {
    const char *name;
    gint64 value, none;
  } parts[] = { { "n", figure->n, 0 }, { "samples", figure->samples, 0 }, { "step", figure->step, -1 }, { "seed", figure->seed, -1 } };
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].value != parts[i].none)
      g_string_append_printf (out, " %s=%" G_GINT64_FORMAT, parts[i].name, parts[i].value);
  if (figure->conditions != NULL)
    g_string_append_printf (out, " (%s)", figure->conditions);
  g_string_append_c (out, '\n');
}

static void
assert_log (const char *path, const char *text, const char *reader, const char *want)
{
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (figure_free);
  g_autoptr (GString) got = g_string_new (NULL);
  /* A copy, so that a read behind the end is seen. */
  g_autofree char *copy = g_strdup (text);
  CdLogFile file = { path, copy, strlen (copy), 7, benchmarks, FALSE };
  const char *id = cd_log_read (&file, figures);
  for (guint i = 0; i < figures->len; i++) {
    const CdFigure *figure = figures->pdata[i];
    assert_int_equal (figure->by, CD_FIGURE_LOG);
    assert_string_equal (figure->reader, id);
    assert_string_equal (figure->path, path);
    assert_int_equal (figure->document, 7);
    write_figure (got, figure);
  }
  if (g_strcmp0 (id, reader) != 0)
    fail_msg ("%s: read by %s instead of %s:\n%s", path, id, reader, got->str);
  if (strcmp (got->str, want) != 0)
    fail_msg ("%s:\n%sinstead of:\n%s", path, got->str, want);
}

static void
reads_lighteval (void **state)
{
  (void) state;
  assert_log (
      "evals/run1/results/a/b/results_2025-03-14T23-12-53.json",
      "{\n \"config_general\": {\"model_name\": \"a/b\", \"max_samples\": null,\n  \"generation_parameters\": {\"temperature\": 0.6, \"seed\": "
      "42}},\n"
      " \"results\": {\n  \"custom|aime24|0\": {\n   \"extractive_match\": 0.3,\n   \"extractive_match_stderr\": 0.085,\n   \"perplexity\": 3.5},\n"
      "  \"lighteval|gpqa:diamond|0\": {\"gpqa_pass@1:8_samples\": 0.4},\n  \"all\": {\"extractive_match\": 0.35}},\n"
      " \"config_tasks\": {\"custom|aime24\": {\"effective_num_docs\": 30, \"generation_size\": 32768},\n"
      "  \"lighteval|gpqa:diamond|0\": {\"effective_num_docs\": 198}}}\n",
      "lighteval",
      "6 aime-2024 [custom|aime24|0] a/b accuracy 0.3 fraction ±0.085 n=30 seed=42 (max_tokens=32768 num_fewshot=0 "
      "temperature=0.6)\n"
      "9 gpqa-diamond [lighteval|gpqa:diamond|0] a/b pass@1 0.4 fraction n=198 samples=8 seed=42 (max_tokens=32768 "
      "num_fewshot=0 temperature=0.6)\n");
}

static void
reads_lm_eval (void **state)
{
  (void) state;
  assert_log (
      "out/a__b/results_2025.json",
      "{\n\"results\": {\n \"gsm8k\": {\"alias\": \"gsm8k\",\n  \"exact_match,strict-match\": 0.888, \"exact_match_stderr,strict-match\": 0.02,\n"
      "  \"exact_match,flexible-extract\": 0.88, \"exact_match_stderr,flexible-extract\": \"N/A\"}},\n"
      "\"groups\": {\"gsm8k\": {\"exact_match,strict-match\": 0.888},\n \"mmlu\": {\"acc,none\": 0.61}},\n"
      "\"n-shot\": {\"gsm8k\": 5}, \"n-samples\": {\"gsm8k\": {\"original\": 1319, \"effective\": 250}},\n"
      "\"config\": {\"model\": \"vllm\", \"model_args\": \"pretrained=a/b,dtype=auto\", \"limit\": 250.0, \"random_seed\": 1,\n"
      " \"gen_kwargs\": {\"temperature\": 0.7}}}",
      "lm-eval",
      "4 gsm8k [gsm8k] a/b exact-match 0.888 fraction ±0.02 n=250 seed=1 (limit=250 num_fewshot=5 "
      "temperature=0.7)\n"
      "5 gsm8k [gsm8k] a/b exact-match 0.88 fraction n=250 seed=1 (limit=250 num_fewshot=5 "
      "temperature=0.7)\n"
      "7 mmlu [mmlu] a/b accuracy 0.61 fraction seed=1 (limit=250 num_fewshot=5 temperature=0.7)\n");
  assert_log ("results/old.json",
              "{\"results\": {\"gsm8k\": {\"acc\": 0.1, \"acc_stderr\": 0.01}}, \"versions\": {\"gsm8k\": 0}, \"config\": "
              "{\"model_args\": \"pretrained=gpt2\", \"num_fewshot\": 8}}",
              "lm-eval", "1 gsm8k [gsm8k] gpt2 accuracy 0.1 fraction ±0.01 (num_fewshot=8)\n");
}

/* Parts of a benchmark do not stand for it; the aggregate does. */
static void
tells_parts (void **state)
{
  (void) state;
  assert_log ("results/results.json",
              "{\"results\": {\"mmlu\": {\"acc,none\": 0.6},\n\"mmlu_virology\": {\"acc,none\": 0.5},\n\"mmlu_anatomy\": {\"acc,none\": 0.7},\n"
              "\"mmlu_cot\": {\"acc,none\": 0.8}}, \"versions\": {}}",
              "lm-eval",
              "1 mmlu [mmlu] - accuracy 0.6 fraction\n2 - [mmlu_virology] - accuracy 0.5 fraction\n"
              "3 - [mmlu_anatomy] - accuracy 0.7 fraction\n4 mmlu [mmlu_cot] - accuracy 0.8 fraction\n");
  assert_log ("eval/mgsm_de.json", "{\"benchmark\": \"mgsm\", \"language\": \"de\", \"n_samples\": 250, \"pass_at_1\": 0.552}", "summary",
              "1 - [mgsm/de] - pass@1 0.552 fraction n=250\n");
}

static void
reads_code (void **state)
{
  (void) state;
  assert_log ("humaneval/m-7B_eval_results.json",
              "{\"date\": \"x\", \"hash\": \"y\", \"eval\": {\"HumanEval/0\": []},\n\"pass_at_k\": {\"base\": {\"pass@1\": 0.8},\n \"plus\": "
              "{\"pass@1\": 0.75}}}",
              "evalplus", "2 humaneval [humaneval] m-7B pass@1 0.8 fraction\n3 humaneval-plus [humaneval-plus] m-7B pass@1 0.75 fraction\n");
  assert_log ("evaluation_results.json",
              "{\"humaneval\": {\"pass@1\": 0.3, \"pass@10\": 0.5},\n \"config\": {\"model\": \"a/b\", \"temperature\": 0.2, \"n_samples\": 20}}",
              "bigcode",
              "1 humaneval [humaneval] a/b pass@1 0.3 fraction samples=20 (temperature=0.2)\n"
              "1 humaneval [humaneval] a/b pass@10 0.5 fraction samples=20 (temperature=0.2)\n");
  assert_log ("output/M-7B/Scenario.codegeneration_10_0.2_eval.json",
              "[{\"pass@1\": 0.25,\n \"detail\": {\"pass@1\": {\"0\": 1.0, \"1\": 0.0}}},\n{}]", "livecodebench",
              "1 livecodebench [livecodebench] M-7B pass@1 0.25 fraction n=2 samples=10 (temperature=0.2)\n");
}

static void
reads_evalscope (void **state)
{
  (void) state;
  assert_log ("reports/qwen/gsm8k.json",
              "{\"name\": \"qwen@gsm8k\",\n\"metrics\": [{\"name\": \"AverageAccuracy\", \"num\": 10,\n  \"score\": 0.4, \"categories\": "
              "[{\"score\": 0.9}]}],\n"
              "\"dataset_name\": \"gsm8k\", \"model_name\": \"qwen\"}",
              "evalscope", "3 gsm8k [gsm8k] qwen accuracy 0.4 fraction n=10\n");
}

static void
reads_qwen_math (void **state)
{
  (void) state;
  assert_log ("eval/MyModel-7B/aime24/test_qwen-boxed_-1_seed0_t0.6_s0_e-1_metrics.json",
              "{\n \"num_samples\": 30,\n \"num_scores\": 30,\n \"timeout_samples\": 1,\n \"acc\": 43.3,\n \"type_acc\": {\"algebra\": 50.0}\n}",
              "qwen-math", "5 aime-2024 [aime24] MyModel-7B accuracy 43.3 percent n=30 seed=0 (prompt=qwen-boxed temperature=0.6)\n");
  /* Several answers a problem; the size of the set; fractions in a descendant. */
  assert_log ("m/global_step_100/math/x_metrics.json", "{\"num_samples\": 500, \"num_scores\": 2000, \"acc\": 80.25}", "qwen-math",
              "1 math-500 [math] m avg@4 80.25 percent n=500 samples=4 step=100\n");
  assert_log ("m/aime25/x_metrics.json", "{\"num_samples\": 30, \"num_scores\": 30, \"acc\": 0.267}", "qwen-math",
              "1 aime-2025 [aime25] m accuracy 0.267 fraction n=30\n");
  assert_log ("outputs/m-70b/gsm8k/test_tora_-1_seed0_t0.0_s0_e1319.metrics", "Num samples: 1319\nTimeout samples: 0\nMean score: [80.0, 84.3]\n",
              "tora", "3 gsm8k [gsm8k] m-70b accuracy 84.3 percent n=1319 seed=0 (prompt=tora temperature=0.0)\n");
}

static void
reads_simple_evals (void **state)
{
  (void) state;
  assert_log ("simple_evals/gpqa_my-model.json", "{\n \"chars\": 1500.2,\n \"score:std\": 0.5,\n \"score\": 0.41\n}", "simple-evals",
              "4 gpqa [gpqa] my-model accuracy 0.41 fraction\n");
}

static void
reads_summaries (void **state)
{
  (void) state;
  assert_log ("results/M-7B_aime24/summary.json",
              "{\"configuration\": {\"model\": \"a/M-7B\", \"sampling_params\": {\"temperature\": 0.6}},\n\"avg_completion_tokens\": 900.5,\n"
              "\"accuracy\": 0.4,\n\"pass_at_k\": {\"k=4\": 63.3, \"k=1\": 40.0}}",
              "summary",
              "3 aime-2024 [M-7B_aime24] a/M-7B accuracy 0.4 fraction (temperature=0.6)\n"
              "4 aime-2024 [M-7B_aime24] a/M-7B pass@4 63.3 percent (temperature=0.6)\n"
              "4 aime-2024 [M-7B_aime24] a/M-7B pass@1 40 percent (temperature=0.6)\n"
              "2 aime-2024 [M-7B_aime24] a/M-7B tokens 900.5 tokens (temperature=0.6)\n");
  assert_log ("logs/math500_eval.json", "{\"accuracy\": 82.5,\n \"results\": [{\"question\": \"q\", \"score\": 1}]}", "summary",
              "1 math-500 [math500_eval] - accuracy 82.5 percent\n");
}

static void
reads_trainer (void **state)
{
  (void) state;
  assert_log ("out/M-1B/checkpoint-20/trainer_state.json",
              "{\"log_history\": [\n{\"loss\": 0.5, \"step\": 10},\n{\"eval_loss\": 0.4, \"eval_accuracy\": 0.7, \"eval_rewards/accuracies\": 0.9, "
              "\"step\": 10},\n"
              "{\"eval_gsm8k_accuracy\": 0.35, \"eval_runtime\": 3.0, \"step\": 20}]}",
              "trainer", "3 - [accuracy] M-1B accuracy 0.7 fraction step=10\n4 gsm8k [gsm8k_accuracy] M-1B accuracy 0.35 fraction step=20\n");
  assert_log ("all_results.json", "{\"train_loss\": 0.5, \"eval_loss\": 1, \"eval_samples\": 100, \"eval_f1\": 88.5}", "trainer",
              "1 - [f1] - f1 88.5 percent n=100\n");
  assert_log (
      "wandb/run-1/files/wandb-summary.json",
      "{\"_step\": 40, \"critic/score/mean\": 0.5,\n \"val/test_score/gsm8k\": 0.61, \"val-core/aime_2024/acc/mean@32\": 0.2,\n \"actor/lr\": 1e-6}",
      "wandb", "2 gsm8k [gsm8k] - accuracy 0.61 fraction step=40\n2 aime-2024 [aime_2024] - avg@32 0.2 fraction samples=32 step=40\n");
}

static void
reads_training_logs (void **state)
{
  (void) state;
  assert_log ("logs/train.log",
              "(main pid=1) \"Initial validation metrics: {'val-core/AIME24/acc/mean@4': 0.1}\"\n"
              "(main pid=1) step:0 - val-core/AIME24/acc/mean@4:0.100 - val-aux/AIME24/reward/mean@4:-0.8\n"
              "(main pid=1) step:1 - actor/lr:0.1 - critic/score/mean:0.3\n"
              "\x1b[36m(main)\x1b[0m step:40 - timing_s/testing:9.0 - val-core/AIME24/acc/best@4/mean:0.400 - "
              "val-core/AIME24/acc/maj@4/mean:np.float64(0.3)\n"
              "step:50 - val/test_score/math500:0.55 - val/test_score/openai/gsm8k:-0.25\n",
              "training",
              "2 aime-2024 [AIME24] - avg@4 0.1 fraction samples=4 step=0\n4 aime-2024 [AIME24] - pass@4 0.4 fraction step=40\n"
              "4 aime-2024 [AIME24] - maj@4 0.3 fraction step=40\n5 math-500 [math500] - accuracy 0.55 fraction step=50\n"
              "5 gsm8k [openai/gsm8k] - unknown -0.25 score step=50\n");
  assert_log ("train.out",
              "Evaluation completed, global_step 10, eval_metrics: {'eval_math500_pass1': 0.3, 'eval_math500_pass4': 0.5, 'eval_math500_maj8': 0.4, "
              "'eval_length': 0.5}\n"
              "{'loss': 0.2, 'grad_norm': 0.5, 'epoch': 0.1}\n{'eval_loss': 0.6, 'eval_accuracy': 0.25}\n",
              "training",
              "1 math-500 [math500_pass1] - pass@1 0.3 fraction step=10\n1 math-500 [math500_pass4] - pass@4 0.5 fraction step=10\n"
              "1 math-500 [math500_maj8] - maj@8 0.4 fraction step=10\n3 - [accuracy] - accuracy 0.25 fraction\n");
}

static void
reads_opencompass (void **state)
{
  (void) state;
  assert_log (
      "outputs/summary/summary_1.csv",
      "dataset,version,metric,mode,M-7B,N-7B\naime2024,4f1,accuracy,gen,30.00,-\ngsm8k,1d7,accuracy,gen,82.00 (7/8),75.5\n-,-,-,-,-,-\n",
      "opencompass",
      "2 aime-2024 [aime2024] M-7B accuracy 30 percent\n3 gsm8k [gsm8k] M-7B accuracy 82 percent n=8\n3 gsm8k [gsm8k] N-7B accuracy 75.5 percent\n");
  assert_log ("summary/summary_1.txt",
              "20250101\ntabulate format\n^^^\ncsv format\n^^^\ndataset,version,metric,mode,m\ngsm8k,1,accuracy,gen,60\n$$$\n", "opencompass",
              "7 gsm8k [gsm8k] m accuracy 60 percent\n");
  assert_log ("summary/summary_1.md", "| dataset | version | metric | mode | m |\n|---|---|---|---|---|\n| gsm8k | 1 | accuracy | gen | 60 |\n",
              "opencompass", "3 gsm8k [gsm8k] m accuracy 60 percent\n");
}

static void
reads_alpaca_eval (void **state)
{
  (void) state;
  assert_log ("alpaca/leaderboard.csv",
              ",win_rate,standard_error,n_wins,n_total,avg_length,length_controlled_winrate\nmy-model,22.5,1.4,180,805,2000,25.1\n", "alpaca-eval",
              "2 alpacaeval [AlpacaEval] my-model rate 22.5 percent ±1.4 n=805\n2 alpacaeval [AlpacaEval LC] my-model rate 25.1 percent n=805\n");
}

static void
reads_tables (void **state)
{
  (void) state;
  assert_log ("notes.txt",
              "vllm (pretrained=a/b,dtype=auto), limit: None\n|Tasks|Version|     Filter     |n-shot|  Metric   |   |Value|   |Stderr|\n"
              "|-----|------:|----------------|-----:|-----------|---|----:|---|-----:|\n"
              "|gsm8k|      3|flexible-extract|     5|exact_match|\xe2\x86\x91  |0.880|\xc2\xb1  |0.0206|\n"
              "|     |       |strict-match    |     5|exact_match|\xe2\x86\x91  |0.888|\xc2\xb1  |0.0200|\n| - mmlu | "
              "1|none|0|acc|\xe2\x86\x91|0.5|\xc2\xb1|0.1|\n\n"
              "|Groups|Version|Filter|n-shot|Metric| |Value| "
              "|Stderr|\n|---|---|---|---|---|---|---|---|---|\n|mmlu|1|none|0|acc|\xe2\x86\x91|0.5|\xc2\xb1|0.1|\n",
              "harness-table",
              "4 gsm8k [gsm8k] a/b exact-match 0.88 fraction ±0.0206 (num_fewshot=5)\n"
              "5 gsm8k [gsm8k] a/b exact-match 0.888 fraction ±0.02 (num_fewshot=5)\n"
              "6 mmlu [mmlu] a/b accuracy 0.5 fraction ±0.1 (num_fewshot=0)\n");
  assert_log ("run.log",
              "x |     Task      |Version|     Metric     |Value|   |Stderr|\nx |---|--:|---|--:|---|--:|\nx |all            |       "
              "|extractive_match|  0.3|\xc2\xb1  |0.0851|\n"
              "x |custom:aime24:0|      1|extractive_match|  0.3|\xc2\xb1  |0.0851|\n100%| 1/1 [00:00<00:00]|\n",
              "harness-table", "4 aime-2024 [custom:aime24:0] - accuracy 0.3 fraction ±0.0851\n");
}

static void
reads_json (void **state)
{
  (void) state;
  assert_log ("eval/results.json",
              "{\"Base\": {\"gsm8k\": {\"cot\": {\"accuracy\": 0.64, \"n_samples\": 1319}, \"tool\": {\"n_samples\": 0}},\n \"OCW\": {\"cot\": "
              "{\"accuracy\": 0.15}}},\n"
              " \"RL\": {\"aime24\": \"46.7%\", \"aime24_correct\": 14, \"gsm8k_tokens\": 50}}",
              "json",
              "1 gsm8k [gsm8k/cot] Base accuracy 0.64 fraction n=1319\n3 aime-2024 [aime24] RL accuracy 46.7 percent\n2 - [OCW/cot] Base accuracy "
              "0.15 fraction\n");
  assert_log ("scores.json", "{\"aime24\": {\"M-7B\": 30.0, \"N-7B\": 20.0}, \"MATH500\": {\"M-7B\": {\"pass@1\": 80.2, \"std\": 1.1}}}", "json",
              "1 aime-2024 [aime24] M-7B accuracy 30 percent\n1 aime-2024 [aime24] N-7B accuracy 20 percent\n"
              "1 math-500 [MATH500] M-7B pass@1 80.2 percent\n");
  /* Three models of one benchmark are no parts of it. */
  assert_log (
      "scores.json", "{\"aime24\": {\"base\": 30.0, \"sft\": 20.0, \"rl\": 40}}", "json",
      "1 aime-2024 [aime24] base accuracy 30 percent\n1 aime-2024 [aime24] sft accuracy 20 percent\n1 aime-2024 [aime24] rl accuracy 40 percent\n");
  assert_log ("leaderboard.json",
              "[{\"model\": \"M\", \"aime24\": 30.0},\n{\"model\": \"N\", \"dataset\": \"gsm8k\", \"maj_at_8\": 0.5, \"seed\": 3}]", "json",
              "1 aime-2024 [aime24] M accuracy 30 percent\n2 gsm8k [gsm8k] N maj@8 0.5 fraction\n");
}

static void
reads_csv (void **state)
{
  (void) state;
  assert_log ("results.csv", "Model,AIME24 (Pass@1),MATH500,Params\nM-7B,46.7%,\"82.4\",7\nN,0.2 \xc2\xb1 0.01,,7\n", "csv",
              "2 aime-2024 [AIME24 (Pass@1)] M-7B pass@1 46.7 percent\n2 math-500 [MATH500] M-7B accuracy 82.4 percent\n"
              "3 aime-2024 [AIME24 (Pass@1)] N pass@1 0.2 percent\n");
  assert_log ("results/long.csv", "model,benchmark,language,seed,n_samples,pass_at_1,avg_tokens\nM,gsm8k,en,1,1319,0.5,40\nM,mgsm,de,1,250,0.25,50\n",
              "csv", "2 gsm8k [gsm8k] M pass@1 0.5 fraction n=1319 seed=1\n3 - [mgsm/de] M pass@1 0.25 fraction n=250 seed=1\n");
  assert_log ("metrics.tsv", "step\tgsm8k\n100\t0.5\n200\t0.6\n", "csv",
              "2 gsm8k [gsm8k] - accuracy 0.5 fraction step=100\n3 gsm8k [gsm8k] - accuracy 0.6 fraction step=200\n");
}

/* Extended tests are another benchmark, known or not. */
static void
tells_extended_tests (void **state)
{
  (void) state;
  assert_log (
      "results.json", "{\"M\": {\"pass@1\": {\"humaneval\": 81.7,\n\"humaneval+\": 77.4, \"mbpp\": 80.1,\n\"mbpp+\": 69.3}}}", "json",
      "1 humaneval [humaneval] M pass@1 81.7 percent\n2 humaneval-plus [humaneval+] M pass@1 77.4 percent\n2 mbpp [mbpp] M pass@1 80.1 percent\n");
}

/* A column in percent stays so where a figure is small; marks of a judge are no accuracy. */
static void
settles_units (void **state)
{
  (void) state;
  assert_log (
      "results.csv", "model,\"MATH-500\n(0-shot)\",MT-Bench,gsm8k\nA,80.5,8.6,0.9\nB,0.8,7.1,1\n", "csv",
      "3 math-500 [MATH-500 (0-shot)] A accuracy 80.5 percent\n3 mt-bench [MT-Bench] A rating 8.6 score\n3 gsm8k [gsm8k] A accuracy 0.9 fraction\n"
      "4 math-500 [MATH-500 (0-shot)] B accuracy 0.8 percent\n4 mt-bench [MT-Bench] B rating 7.1 score\n4 gsm8k [gsm8k] B accuracy 1 fraction\n");
}

/* Folders without a size name the model by its family, else by the first word that says something. */
static void
finds_models_in_paths (void **state)
{
  static const struct {
    const char *path, *model;
  } cases[] = {
    { "eval/claude-3_20250315/games/gsm8k.json", "claude-3_20250315" },
    { "outputs/base/gsm8k/summary.json", "base" },
    { "Qwen3-8B/step_10/gsm8k/results.json", "Qwen3-8B" },
    { "results/gsm8k.json", "-" },
    { "results/llama3_gsm8k_results.json", "llama3_gsm8k" },
    { "logs/2025_03_14/seed1/gsm8k_eval.json", "-" },
  };
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (figure_free);
    CdLogFile file = { cases[i].path, "{\"accuracy\": 0.5}", 17, 0, benchmarks, FALSE };
    cd_log_read (&file, figures);
    assert_int_equal (figures->len, 1);
    const char *model = ((CdFigure *) figures->pdata[0])->model;
    if (strcmp (model != NULL ? model : "-", cases[i].model) != 0)
      fail_msg ("%s: %s", cases[i].path, model);
  }
}

/* Settings, sizes of data sets, samples, losses and other programs' files. */
static void
invents_nothing (void **state)
{
  static const struct {
    const char *path, *text;
  } cases[] = {
    { "configs/eval_config.json", "{\"gsm8k\": 0.5, \"aime24\": 0.5}" },
    { "package.json", "{\"version\": \"1.0\", \"gsm8k\": 3}" },
    { "data/mix.json", "{\"gsm8k\": 0.5, \"math\": 0.5}" },
    { "eval/statistics.json", "{\"gsm8k\": {\"num_samples\": 50, \"max_tokens\": 40, \"temperature\": 0.6, \"time\": 12.5}, \"aime24\": 933}" },
    { "eval/samples.json", "[{\"question\": \"q\", \"dataset\": \"gsm8k\", \"score\": 1, \"accuracy\": 1}]" },
    { "eval/gsm8k/lists.json", "{\"gsm8k\": [1, 0, 1]}" },
    { "eval/judge.json", "{\"score\": 8, \"comment\": \"good\"}" },
    { "all_results.json", "{\"eval_loss\": 0.4, \"eval_runtime\": 3.5, \"train_loss\": 0.2}" },
    { "train.log", "step:1 - actor/loss:0.3\n{'eval_loss': 0.3, 'eval_rewards/margins': 0.2}\n" },
    { "notes.txt", "| a | Stderr |\n|Stderr| Metric |\n" },
    { "results.csv", "id,question,answer\n1,aime24 question,0.5\n" },
    { "results/empty.json", "{}" },
    { "results/text.json", "no json" },
    { "eval/metric_cases.json", "{\"avg@k:k=2\": {\"avg@k:k=2\": 0.5}}" },
  };
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (figure_free);
    CdLogFile file = { cases[i].path, cases[i].text, strlen (cases[i].text), 0, benchmarks, FALSE };
    cd_log_read (&file, figures);
    if (figures->len > 0)
      fail_msg ("%s: %u figures, the first of [%s]", cases[i].path, figures->len, ((CdFigure *) figures->pdata[0])->task);
  }
}

/* Every beginning of a file of each format, in memory of just that size. */
static void
survives_cuts (void **state)
{
  static const struct {
    const char *path, *text;
  } cases[] = {
    { "results_1.json",
      "{\"config_general\": {\"model_name\": \"a\\u00e9\"}, \"results\": {\"custom|aime24|0\": {\"acc\": 0.3, \"acc_stderr\": 1}, \"all\": {}}}" },
    { "results.json", "{\"results\": {\"gsm8k\": {\"acc,none\": 0.3}}, \"versions\": {}, \"n-shot\": {\"gsm8k\": 5}}" },
    { "a_metrics.json", "{\"num_samples\": 30, \"acc\": 43.3, \"num_scores\": 60}" },
    { "x.metrics", "Num samples: 30\nMean score: [1, 2]" },
    { "t.log", "step:4 - val-core/aime24/acc/best@4/mean:0.3 - val/test_score/a:np.float64(0.2)\n{'eval_gsm8k_acc': 0.5}" },
    { "d.log", "{'eval_gsm8k_acc': 0.5, \"eval_x\": 'y'} global_step 4" },
    { "n.txt", "|Tasks|Metric|Value|Stderr|\n|---|---|---|---|\n|gsm8k|acc|0.5|0.1|\n||acc|0.5|\n|Stderr|Metric" },
    { "summary/s.csv", "dataset,version,metric,mode,m\ngsm8k,1,accuracy,gen,60 (3/5)\n\"a" },
    { "summary_1.md", "| dataset | version | metric | mode | m |\n|-|-|-|-|-|\n| gsm8k | 1 | accuracy | gen | 60 |" },
    { "leaderboard.csv", ",win_rate,standard_error,n_total\nm,1,2,3\n" },
    { "results.csv", "model,gsm8k\nm,0.5\n\"x\"\"y\",0.1" },
    { "scores.json", "[{\"model\": \"m\", \"gsm8k\": {\"acc\": 0.5, \"level\": \"x\"}}, [[[[[[[[1]]]]]]]]" },
  };
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize length = 0; length <= strlen (cases[i].text); length++) {
      g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (figure_free);
      g_autofree char *copy = g_strndup (cases[i].text, length);
      CdLogFile file = { cases[i].path, copy, length, 0, benchmarks, FALSE };
      cd_log_read (&file, figures);
      assert_true (figures->len <= 4);
    }
}

/* Depth, length and number are bounded. */
static void
bounds_what_it_reads (void **state)
{
  (void) state;
  g_autoptr (GString) deep = g_string_new ("{\"gsm8k\": ");
  for (guint i = 0; i < 2000; i++)
    g_string_append (deep, "{\"a\":[");
  assert_log ("results/deep.json", deep->str, "json", "");
  g_autoptr (GString) many = g_string_new (NULL);
  for (guint i = 0; i < 21000; i++)
    g_string_append_printf (many, "step:%u - val/test_score/gsm8k:0.5\n", i);
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (figure_free);
  CdLogFile file = { "train.log", many->str, many->len, 0, benchmarks, FALSE };
  assert_string_equal (cd_log_read (&file, figures), "training");
  assert_int_equal (figures->len, 20000);
  g_autoptr (GString) wide = g_string_new ("|Tasks|Metric|Value|Stderr|\n");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (wide, '|');
  assert_log ("wide.txt", wide->str, "harness-table", "");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_lighteval),      cmocka_unit_test (reads_lm_eval),     cmocka_unit_test (tells_parts),
    cmocka_unit_test (reads_code),           cmocka_unit_test (reads_evalscope),   cmocka_unit_test (reads_qwen_math),
    cmocka_unit_test (reads_simple_evals),   cmocka_unit_test (reads_summaries),   cmocka_unit_test (reads_trainer),
    cmocka_unit_test (reads_training_logs),  cmocka_unit_test (reads_opencompass), cmocka_unit_test (reads_alpaca_eval),
    cmocka_unit_test (reads_tables),         cmocka_unit_test (reads_json),        cmocka_unit_test (reads_csv),
    cmocka_unit_test (invents_nothing),      cmocka_unit_test (survives_cuts),     cmocka_unit_test (bounds_what_it_reads),
    cmocka_unit_test (tells_extended_tests), cmocka_unit_test (settles_units),     cmocka_unit_test (finds_models_in_paths),
  };
  return cmocka_run_group_tests (tests, load, unload);
}
