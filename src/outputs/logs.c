/* The table of readers of result logs, in the order in which they are asked. Each format has a file of its own. */
#include "outputs/logs-parts.h"

static const CdLogReader readers[] = {
  { "lighteval", "lighteval: results_*.json", cd_log_lighteval_knows, cd_log_lighteval_read },
  { "lm-eval", "lm-evaluation-harness: results*.json", cd_log_lm_eval_knows, cd_log_lm_eval_read },
  { "evalplus", "EvalPlus: *_eval_results.json", cd_log_evalplus_knows, cd_log_evalplus_read },
  { "bigcode", "bigcode-evaluation-harness: evaluation_results.json", cd_log_code_harness_knows, cd_log_code_harness_read },
  { "livecodebench", "LiveCodeBench: *_eval.json", cd_log_livecodebench_knows, cd_log_livecodebench_read },
  { "evalscope", "EvalScope: reports/MODEL/DATASET.json", cd_log_evalscope_knows, cd_log_evalscope_read },
  { "qwen-math", "Qwen2.5-Math and its kin: *_metrics.json", cd_log_qwen_math_knows, cd_log_qwen_math_read },
  { "tora", "ToRA and its kin: *.metrics", cd_log_tora_knows, cd_log_tora_read },
  { "trainer", "Hugging Face Trainer: trainer_state.json, all_results.json, eval_results.json", cd_log_trainer_knows, cd_log_trainer_read },
  { "wandb", "Weights & Biases: wandb-summary.json", cd_log_wandb_knows, cd_log_wandb_read },
  { "simple-evals", "simple-evals: BENCHMARK_MODEL.json", cd_log_simple_evals_knows, cd_log_simple_evals_read },
  { "opencompass", "OpenCompass: summary/summary_*.csv, .txt, .md", cd_log_opencompass_knows, cd_log_opencompass_read },
  { "alpaca-eval", "AlpacaEval: leaderboard.csv", cd_log_alpaca_eval_knows, cd_log_alpaca_eval_read },
  { "training", "validation lines of verl, OpenRLHF and Trainer in training logs", cd_log_training_knows, cd_log_training_read },
  { "harness-table", "tables that lighteval and lm-evaluation-harness print", cd_log_harness_table_knows, cd_log_harness_table_read },
  { "summary", "one evaluation's summary, as SkyThought writes it: summary.json", cd_log_summary_knows, cd_log_summary_read },
  { "json", "JSON whose keys are benchmarks", cd_log_json_knows, cd_log_json_read },
  { "csv", "CSV and TSV whose heads or rows are benchmarks", cd_log_csv_knows, cd_log_csv_read },
};

const char *
cd_log_read (const CdLogFile *file, GPtrArray *figures)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++) {
    if (!readers[i].knows (file))
      continue;
    guint first = figures->len;
    readers[i].read (file, figures);
    for (guint f = first; f < figures->len; f++)
      ((CdFigure *) figures->pdata[f])->reader = readers[i].id;
    cd_log_settle (file, figures, first);
    return readers[i].id;
  }
  return NULL;
}
