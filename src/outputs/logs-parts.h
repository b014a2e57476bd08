/* What the readers of result logs share: the run that a path and its settings tell of, figures made for it, and names read as benchmarks and metrics. */
#pragma once
#include "outputs/logs-tree.h"
#include "outputs/logs.h"

#define CD_LOG_FIGURES_MOST 20000u   /* of one file, and of a work */
#define CD_LOG_TABLE_ROWS_MOST 2000u /* more rows are records of samples, not results */

/* What is the same for the figures of one run. */
typedef struct {
  char *model;           /* NULL not told */
  gint benchmark;        /* that the path names, -1 none */
  char *task;            /* the path's part that names it, "" none */
  gint64 n, samples;     /* 0 not told */
  gint64 step, seed;     /* -1 not told */
  GPtrArray *conditions; /* char* "key=value" */
} CdLogRun;

/* All that the file's path tells. */
void cd_log_run_init (CdLogRun *run, const CdLogFile *file);
void cd_log_run_clear (CdLogRun *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdLogRun, cd_log_run_clear)
/* model replaces the one that was known; NULL and "" do not. */
void cd_log_run_set_model (CdLogRun *run, const char *model);
/* A setting of generation, where key is one that matters ("max_new_tokens"); model, seed and samples are recognised, too. */
void cd_log_run_set (CdLogRun *run, const char *key, const char *value);
/* All such members of an object, not of those inside. Takes NULL. */
void cd_log_run_take (CdLogRun *run, const CdLogTree *tree, const CdLogNode *object);
/* "pretrained=a/b,temperature=0.6": as command lines of harnesses have it. */
void cd_log_run_take_pairs (CdLogRun *run, const char *pairs);

typedef struct {
  const char *task; /* NULL: the path's */
  CdMetric metric;
  double value;
  CdUnit unit;
  guint32 line;
  const char *subset; /* a language, level or subject that the benchmark was cut down to; NULL all of it */
} CdLogFound;
/* Appends a figure of the run; NULL where the value is no number or the file has too many. The benchmark is the task's, or without a task the path's. */
CdFigure *cd_log_add (GPtrArray *figures, const CdLogFile *file, const CdLogRun *run, const CdLogFound *found);

/* The benchmark that a task's key names ("custom|aime24|0", "leaderboard_gpqa_diamond"), -1 none. */
gint cd_log_benchmark (const CdBenchmarks *benchmarks, const char *task);
/* The metric that a key names; "maj_at_8" is maj@8, "pass4" is pass@4. */
CdMetric cd_log_metric_read (const char *key);
/* The metric of a harness's key ("math_pass@1:16_samples", "exact_match,flexible-extract"); samples (answers a problem) where the key tells, else as it was. */
CdMetric cd_log_metric (const char *key, gint64 *samples);
/* TRUE for the name of a member or column that tells a part ("language"). */
gboolean cd_log_is_subset_key (const char *key);
/* What a row says that it is a part of the benchmark ("language": "de"); NULL where it is all of it. Borrowed. */
const char *cd_log_subset (const CdBenchmarks *benchmarks, gint benchmark, const char *value);
/* The same from an object's members. */
const char *cd_log_subset_of (const CdLogFile *file, const CdLogTree *tree, const CdLogNode *object, gint benchmark);
/* A key of training ("val-core/aime24/acc/mean@32", "eval_math500_pass1", "eval_accuracy") that is a figure of an evaluation: its task (caller frees; ""
 * none) and metric. */
gboolean cd_log_evaluation_key (const CdBenchmarks *benchmarks, const char *key, char **task, CdMetric *metric, gint64 *samples);
/* The unit that a number from 0 to 100 is taken for where a format leaves it open; FALSE where it is outside. */
gboolean cd_log_unit_of (double value, CdUnit *unit);

/* Words of a path, name or key: letters and digits in lower case, borders between them not split. Caller frees. */
char **cd_log_words (const char *text);
gboolean cd_log_has_word (char **words, const char *const *list);
/* The path's last part, borrowed, and it without extensions; caller frees. */
const char *cd_log_base (const char *path);
char *cd_log_stem (const char *path);
/* TRUE where path speaks of results: "eval/…", "scores.json", a benchmark's name. */
gboolean cd_log_path_tells (const CdLogFile *file);
/* TRUE where needle stands in the first bytes of the text. */
gboolean cd_log_head_has (const CdLogFile *file, const char *needle);

/* Files of separated values: at steps behind the record; its cells, trimmed. line: of the record, moved on. NULL at the end or where a record is too long. */
GPtrArray *cd_log_cells (const CdLogFile *file, char separator, gsize *at, guint32 *line);

/* Where a format leaves the unit open: a benchmark that has a figure over 1 in the file has all of them in percent. */
void cd_log_settle_units (GPtrArray *figures, guint first);
/* After a file was read: parts of a benchmark (mmlu_virology) do not stand for it, and sizes settle which set of a family is meant. */
void cd_log_settle (const CdLogFile *file, GPtrArray *figures, guint first);

/* The readers of the table in logs.c. */
gboolean cd_log_lighteval_knows (const CdLogFile *file);
void cd_log_lighteval_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_lm_eval_knows (const CdLogFile *file);
void cd_log_lm_eval_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_evalplus_knows (const CdLogFile *file);
void cd_log_evalplus_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_code_harness_knows (const CdLogFile *file);
void cd_log_code_harness_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_livecodebench_knows (const CdLogFile *file);
void cd_log_livecodebench_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_evalscope_knows (const CdLogFile *file);
void cd_log_evalscope_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_qwen_math_knows (const CdLogFile *file);
void cd_log_qwen_math_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_tora_knows (const CdLogFile *file);
void cd_log_tora_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_trainer_knows (const CdLogFile *file);
void cd_log_trainer_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_wandb_knows (const CdLogFile *file);
void cd_log_wandb_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_simple_evals_knows (const CdLogFile *file);
void cd_log_simple_evals_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_summary_knows (const CdLogFile *file);
void cd_log_summary_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_opencompass_knows (const CdLogFile *file);
void cd_log_opencompass_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_alpaca_eval_knows (const CdLogFile *file);
void cd_log_alpaca_eval_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_training_knows (const CdLogFile *file);
void cd_log_training_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_harness_table_knows (const CdLogFile *file);
void cd_log_harness_table_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_json_knows (const CdLogFile *file);
void cd_log_json_read (const CdLogFile *file, GPtrArray *figures);
gboolean cd_log_csv_knows (const CdLogFile *file);
void cd_log_csv_read (const CdLogFile *file, GPtrArray *figures);
