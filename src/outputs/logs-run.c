/* The run behind a log: model, step, seed and settings of generation from the path and from what the file says of itself. Names of benchmarks and metrics are
 * logs-names.c's. */
#include "outputs/logs-parts.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define VALUE_MOST 80u /* bytes of a setting's value */

void
cd_log_run_clear (CdLogRun *run)
{
  g_clear_pointer (&run->model, g_free);
  g_clear_pointer (&run->task, g_free);
  g_clear_pointer (&run->conditions, g_ptr_array_unref);
}

void
cd_log_run_set_model (CdLogRun *run, const char *model)
{
  if (model == NULL || *model == '\0' || strlen (model) > 300)
    return;
  g_free (run->model);
  run->model = g_strdup (model);
}

static gint
compare_conditions (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* value NULL: forget the one before. */
static void
set_condition (CdLogRun *run, const char *name, const char *value)
{
  g_autofree char *begin = g_strconcat (name, "=", NULL);
  for (guint i = 0; i < run->conditions->len; i++)
    if (g_str_has_prefix (run->conditions->pdata[i], begin)) {
      g_ptr_array_remove_index (run->conditions, i);
      break;
    }
  if (value == NULL)
    return;
  g_ptr_array_add (run->conditions, g_strconcat (begin, value, NULL));
  g_ptr_array_sort (run->conditions, compare_conditions);
}

typedef enum { PART_CONDITION, PART_MODEL, PART_SEED, PART_SAMPLES } Part;
static const struct {
  const char *key, *name;
  Part part;
} settings[] = {
  { "temperature", "temperature", PART_CONDITION },
  { "temp", "temperature", PART_CONDITION },
  { "top_p", "top_p", PART_CONDITION },
  { "top_k", "top_k", PART_CONDITION },
  { "max_tokens", "max_tokens", PART_CONDITION },
  { "max_new_tokens", "max_tokens", PART_CONDITION },
  { "max_gen_toks", "max_tokens", PART_CONDITION },
  { "max_tokens_per_call", "max_tokens", PART_CONDITION },
  { "max_length_generation", "max_tokens", PART_CONDITION },
  { "generation_size", "max_tokens", PART_CONDITION },
  { "num_fewshot", "num_fewshot", PART_CONDITION },
  { "num_fewshots", "num_fewshot", PART_CONDITION },
  { "num_shots", "num_fewshot", PART_CONDITION },
  { "prompt_type", "prompt", PART_CONDITION },
  { "prompt_template", "prompt", PART_CONDITION },
  { "limit", "limit", PART_CONDITION },
  { "max_samples", "limit", PART_CONDITION },
  { "n_sampling", NULL, PART_SAMPLES },
  { "n_samples_per_problem", NULL, PART_SAMPLES },
  { "num_samples_per_problem", NULL, PART_SAMPLES },
  { "seed", NULL, PART_SEED },
  { "random_seed", NULL, PART_SEED },
  { "model_name_or_path", NULL, PART_MODEL },
  { "model_name", NULL, PART_MODEL },
  { "model_id", NULL, PART_MODEL },
  { "model_path", NULL, PART_MODEL },
  { "pretrained", NULL, PART_MODEL },
};

void
cd_log_run_set (CdLogRun *run, const char *key, const char *value)
{
  if (key == NULL || value == NULL || *value == '\0' || strcmp (value, "null") == 0 || strcmp (value, "None") == 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++) {
    if (strcmp (settings[i].key, key) != 0)
      continue;
    gint64 number = g_ascii_strtoll (value, NULL, 10);
    if (settings[i].part == PART_MODEL)
      cd_log_run_set_model (run, value);
    else if (settings[i].part == PART_SEED)
      run->seed = g_ascii_isdigit (*value) ? number : run->seed;
    else if (settings[i].part == PART_SAMPLES)
      run->samples = number > 0 ? number : run->samples;
    else
      set_condition (run, settings[i].name, strlen (value) <= VALUE_MOST && strpbrk (value, " \t\r\n") == NULL ? value : NULL);
    return;
  }
}

void
cd_log_run_take (CdLogRun *run, const CdLogTree *tree, const CdLogNode *object)
{
  for (const CdLogNode *at = cd_log_first (tree, object); at != NULL; at = cd_log_next (tree, at)) {
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    if (at->kind == CD_LOG_NUMBER)
      cd_log_run_set (run, at->key, g_ascii_formatd (number, sizeof number, "%.10g", at->number));
    else if (at->kind == CD_LOG_STRING)
      cd_log_run_set (run, at->key, at->text);
  }
}

void
cd_log_run_take_pairs (CdLogRun *run, const char *pairs)
{
  g_auto (GStrv) parts = g_strsplit_set (pairs, ",(){}; ", 200);
  for (guint i = 0; parts[i] != NULL; i++) {
    char *equals = parts[i] + strcspn (parts[i], "=:");
    if (*equals == '\0' || equals == parts[i])
      continue;
    *equals = '\0';
    cd_log_run_set (run, g_strstrip (parts[i]), g_strstrip (equals + 1));
  }
}

/* The number behind one of the words ("global_step_100", "checkpoint-500", "step:40"); -1 none. The last one counts: folders lead from the run to the step. */
static gint64
number_behind (const char *text, const char *const *words)
{
  gint64 found = -1;
  g_autofree char *lower = g_ascii_strdown (text, -1);
  for (guint i = 0; words[i] != NULL; i++)
    for (const char *at = lower; found < 0 && (at = strstr (at, words[i])) != NULL;) {
      gboolean begins = at == lower || !g_ascii_isalpha (at[-1]);
      at += strlen (words[i]);
      const char *digits = at + strspn (at, "s-_:= ");
      gsize length = strspn (digits, "0123456789");
      if (begins && length > 0 && length <= 9 && digits - at <= 2 && !g_ascii_isalpha (digits[length]))
        found = g_ascii_strtoll (digits, NULL, 10);
    }
  return found;
}

static gint64
step_in (const char *text)
{
  static const char *const words[] = { "global_step", "checkpoint", "ckpt", "step", "iter", NULL };
  return number_behind (text, words);
}

static gint64
seed_in (const char *text)
{
  static const char *const words[] = { "seed", NULL };
  return number_behind (text, words);
}

/* Folders and names that say nothing of a model. */
static gboolean
is_neutral (const CdBenchmarks *benchmarks, const char *part)
{
  static const char *const words[]
      = { "result",      "results",     "output",   "outputs",     "eval",       "evals",      "evaluation", "evaluations", "log",     "logs",
          "data",        "test",        "run",      "runs",        "summary",    "src",        "files",      "wandb",       "reports", "report",
          "metrics",     "metric",      "scripts",  "predictions", "math",       "code",       "seed",       "score",       "scores",  "benchmark",
          "benchmarks",  "experiments", "examples", "all",         "overall",    "default",    "checkpoint", "step",        "global",  "accuracy",
          "performance", "leaderboard", "tests",    "train",       "training",   "validation", "val",        "model",       "models",  "final",
          "main",        "assets",      "docs",     "evalscope",   "lighteval",  "harness",    "lm",         "opencompass", "reviews", "trainer",
          "state",       "tables",      "raw",      "analysis",    "comparison", "new",        "old",        NULL };
  g_auto (GStrv) all = cd_log_words (part);
  gboolean neutral = TRUE;
  for (guint i = 0; all[i] != NULL && neutral; i++) {
    gsize length = strlen (all[i]);
    while (length > 1 && g_ascii_isdigit (all[i][length - 1]))
      length--;
    gboolean numbered = all[i][length] != '\0' && !g_ascii_isdigit (all[i][0]);
    all[i][numbered ? length : strlen (all[i])] = '\0';
    neutral = g_strv_contains (words, all[i]) || strspn (all[i], "0123456789t") == strlen (all[i]);
  }
  return neutral || step_in (part) >= 0 || cd_log_benchmark (benchmarks, part) >= 0;
}

/* "7B", "1.5b", "32B": names of models carry their size. */
static gboolean
has_size (const char *part)
{
  for (const char *at = part; (at = strpbrk (at, "bB")) != NULL; at++)
    if (at > part && g_ascii_isdigit (at[-1]) && !g_ascii_isalnum (at[1]))
      return TRUE;
  return FALSE;
}

/* Families of models as folders call them, where they tell no size. */
static gboolean
has_family (const char *part)
{
  static const char *const families[]
      = { "gpt", "claude", "gemini", "llama", "qwen", "deepseek", "mistral", "mixtral", "phi",    "gemma", "grok",   "glm", "internlm",
          "o1",  "o3",     "o4",     "r1",    "qwq",  "yi",       "kimi",    "minimax", "falcon", "olmo",  "vicuna", NULL };
  g_auto (GStrv) words = cd_log_words (part);
  for (guint i = 0; words[i] != NULL; i++)
    for (guint f = 0; families[f] != NULL; f++) {
      const char *rest = words[i] + strlen (families[f]);
      if (g_str_has_prefix (words[i], families[f]) && strspn (rest, "0123456789") == strlen (rest))
        return TRUE;
    }
  return FALSE;
}

/* A file's name without the words of evaluation at its end. */
static char *
model_of_stem (const char *stem)
{
  static const char *const ends[] = { "results", "result", "metrics", "summary", "eval", "scores", "score", "evaluation", "report", "accuracy" };
  char *model = g_strdup (stem);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    gsize length = strlen (model), end = strlen (ends[i]);
    if (length > end + 1 && strchr ("_-. ", model[length - end - 1]) != NULL && g_ascii_strcasecmp (model + length - end, ends[i]) == 0)
      model[length - end - 1] = '\0';
  }
  return model;
}

static char *
model_of_path (const CdBenchmarks *benchmarks, char **parts, guint length, const char *stem)
{
  if (has_size (stem))
    return model_of_stem (stem);
  for (guint i = length - 1; i > 0; i--)
    if (has_size (parts[i - 1]))
      return g_strdup (parts[i - 1]);
  if (has_family (stem))
    return model_of_stem (stem);
  for (guint i = length - 1; i > 0; i--)
    if (has_family (parts[i - 1]))
      return g_strdup (parts[i - 1]);
  for (guint i = length - 1; i > 0; i--)
    if (!is_neutral (benchmarks, parts[i - 1]))
      return g_strdup (parts[i - 1]);
  return NULL;
}

/* "test_qwen-boxed_-1_seed0_t0.6_s0_e-1": as the scripts of Qwen2.5-Math and their kin name what they write. */
static void
take_stem (CdLogRun *run, const char *stem)
{
  const char *seed = strstr (stem, "_seed");
  const char *temperature = seed != NULL ? strstr (seed, "_t") : NULL;
  if (temperature == NULL || !g_ascii_isdigit (temperature[2]))
    return;
  g_autofree char *value = g_strndup (temperature + 2, strspn (temperature + 2, "0123456789."));
  set_condition (run, "temperature", value);
  const char *prompt = strchr (stem, '_');
  const char *count = seed;
  while (count > stem && count[-1] != '_')
    count--;
  if (prompt == NULL || count - prompt < 3)
    return;
  g_autofree char *name = g_strndup (prompt + 1, (gsize) (count - prompt) - 2);
  if (strpbrk (name, " =") == NULL && strlen (name) <= VALUE_MOST)
    set_condition (run, "prompt", name);
}

void
cd_log_run_init (CdLogRun *run, const CdLogFile *file)
{
  *run = (CdLogRun){ .benchmark = -1, .step = -1, .seed = -1 };
  run->conditions = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (file->path, "/", 64);
  guint length = g_strv_length (parts);
  g_autofree char *stem = cd_log_stem (file->path);
  run->task = g_strdup ("");
  for (guint i = length; i > 0 && run->benchmark < 0; i--) {
    const char *part = i == length ? stem : parts[i - 1];
    gint benchmark = cd_log_benchmark (file->benchmarks, part);
    /* An ordinary word of a folder far above ("apps") is no benchmark. */
    if (benchmark < 0 || (cd_benchmarks_at (file->benchmarks, (guint) benchmark)->cased && i + 1 < length))
      continue;
    run->benchmark = benchmark;
    g_free (run->task);
    run->task = g_strdup (part);
  }
  run->model = length > 0 ? model_of_path (file->benchmarks, parts, length, stem) : NULL;
  run->step = step_in (file->path);
  run->seed = seed_in (file->path);
  take_stem (run, stem);
}

CdFigure *
cd_log_add (GPtrArray *figures, const CdLogFile *file, const CdLogRun *run, const CdLogFound *found)
{
  if (!isfinite (found->value) || figures->len >= CD_LOG_FIGURES_MOST)
    return NULL;
  CdFigure *figure = cd_figure_new (file->path, file->document);
  figure->by = CD_FIGURE_LOG;
  figure->benchmark = found->task != NULL ? cd_log_benchmark (file->benchmarks, found->task) : run->benchmark;
  figure->task = g_strdup (found->task != NULL ? found->task : run->task);
  if (found->subset != NULL) {
    g_autofree char *whole = figure->task;
    figure->task = g_strconcat (whole, "/", found->subset, NULL);
    figure->benchmark = -1;
  }
  g_strdelimit (figure->task, "\r\n\t", ' ');
  figure->model = g_strdup (run->model);
  figure->metric = found->metric;
  figure->value = found->value;
  figure->unit = found->unit;
  /* A judge's mark or an Elo figure, whatever its key is called. */
  gboolean rated = figure->benchmark >= 0 && g_strcmp0 (cd_benchmarks_at (file->benchmarks, (guint) figure->benchmark)->answer, "rating") == 0;
  if (rated && figure->metric.kind <= CD_METRIC_ACCURACY) {
    figure->metric = (CdMetric){ CD_METRIC_RATING, 0 };
    figure->unit = CD_UNIT_SCORE;
  }
  figure->n = run->n;
  figure->samples = run->samples;
  figure->step = run->step < 0 && run->model != NULL ? step_in (run->model) : run->step;
  figure->seed = run->seed;
  figure->line = MAX (found->line, 1);
  if (run->conditions->len > 0) {
    g_ptr_array_add (run->conditions, NULL);
    figure->conditions = g_strjoinv (" ", (char **) run->conditions->pdata);
    g_ptr_array_set_size (run->conditions, (gint) run->conditions->len - 1);
  }
  g_ptr_array_add (figures, figure);
  return figure;
}
