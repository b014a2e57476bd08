/* JSON whose keys are benchmarks, in any nesting of model, benchmark, setting and metric, and lists of rows that name theirs. Only in files whose path speaks of
 * results; a number counts where a benchmark stands on its way and its own key is a metric, the benchmark, or a name that is no measure of something else. */
#include "outputs/logs-parts.h"
#include <string.h>

#define DEPTH_MOST 6u
#define ROWS_MOST 500u
#define FILE_MOST (1u << 20) /* bytes; larger ones hold samples */

typedef struct {
  const CdLogFile *file;
  const CdLogTree *tree;
  GPtrArray *figures;
  CdLogRun run;
  const char *keys[DEPTH_MOST];
  gboolean measured[DEPTH_MOST]; /* by depth: a metric is among the keys beside */
  guint depth;
  GHashTable *facts;                             /* char* owned by the tree → Facts* */
  const char *row_model, *row_task, *row_subset; /* that an object on the way names; NULL none */
  gboolean unknown;                              /* figures of tasks that are no known benchmark are wanted, only these */
} Walk;

/* Measures and settings that are no result. */
static const char *const others[]
    = { "num",      "count",     "counts",   "total",   "correct",  "incorrect",  "wrong",       "time",      "seconds", "sec",     "tokens",
        "token",    "length",    "len",      "std",     "stderr",   "stdev",      "var",         "variance",  "min",     "max",     "seed",
        "step",     "steps",     "epoch",    "epochs",  "lr",       "batch",      "temperature", "temp",      "top",     "id",      "index",
        "idx",      "version",   "cost",     "price",   "loss",     "latency",    "params",      "shots",     "shot",    "samples", "sample",
        "problems", "questions", "examples", "limit",   "weight",   "weights",    "ratio",       "delta",     "diff",    "gain",    "improvement",
        "pvalue",   "ci",        "low",      "high",    "lower",    "upper",      "error",       "errors",    "failed",  "missing", "rank",
        "year",     "level",     "size",     "minutes", "hours",    "memory",     "truncated",   "threshold", "invalid", "timeout", "empty",
        "reward",   "rewards",   "entropy",  "format",  "duration", "throughput", "speed",       "workers",   "gpus",    "gpu",     "port",
        "margin",   "kl",        "baseline", NULL };

/* What makes a benchmark's own key a measure of something else ("aime24_correct"). */
static const char *const counts[] = { "num", "count",  "total",   "correct", "incorrect", "wrong", "time",  "seconds", "tokens", "length",
                                      "std", "stderr", "samples", "cost",    "latency",   "diff",  "delta", "gain",    NULL };

/* What a key is by itself; the same keys come again and again. */
typedef struct {
  gint benchmark;
  CdMetric metric;
  gboolean other, counted, marked; /* a word of others, of counts; an '@' */
} Facts;

static const Facts *
facts_of (const Walk *walk, const char *key)
{
  Facts *facts = g_hash_table_lookup (walk->facts, key);
  if (facts != NULL)
    return facts;
  g_auto (GStrv) words = cd_log_words (key);
  facts = g_new0 (Facts, 1);
  *facts = (Facts){ cd_log_benchmark (walk->file->benchmarks, key), cd_log_metric_read (key), cd_log_has_word (words, others),
                    cd_log_has_word (words, counts), strchr (key, '@') != NULL };
  g_hash_table_insert (walk->facts, (gpointer) key, facts);
  return facts;
}

static gint
benchmark_key (const Walk *walk)
{
  for (guint i = 0; i < walk->depth; i++)
    if (walk->keys[i] != NULL && facts_of (walk, walk->keys[i])->benchmark >= 0)
      return (gint) i;
  return -1;
}

static CdMetric
metric_of (const Walk *walk, gint64 *samples)
{
  CdMetric metric = { CD_METRIC_UNKNOWN, 0 };
  for (guint i = walk->depth; i > 0 && metric.kind == CD_METRIC_UNKNOWN; i--)
    if (walk->keys[i - 1] != NULL)
      metric = facts_of (walk, walk->keys[i - 1])->metric;
  if (metric.kind == CD_METRIC_AVERAGE && metric.k > 0)
    *samples = metric.k;
  return metric;
}

/* The keys from the benchmark's on, without the model's, and without a last one that is a metric only. */
static char *
task_of (const Walk *walk, guint place, const char *model)
{
  GString *task = g_string_new (NULL);
  for (guint i = place; i < walk->depth; i++) {
    gboolean measure = i > place && i + 1 == walk->depth && cd_log_metric_read (walk->keys[i]).kind != CD_METRIC_UNKNOWN;
    if (walk->keys[i] != NULL && walk->keys[i] != model && !measure)
      g_string_append_printf (task, "%s%s", task->len > 0 ? "/" : "", walk->keys[i]);
  }
  return g_string_free (task, FALSE);
}

/* The key that stands for the model: one of those before the benchmark, or, where the benchmark is outermost, the one after it that is no metric. */
static const char *
model_of (const Walk *walk, guint place)
{
  static const char *const neutral[]
      = { "results", "result", "scores", "score",   "metrics", "accuracy", "benchmarks", "evaluation", "summary", "overall", "all",
          "average", "mean",   "main",   "default", "cot",     "tool",     "eval",       "test",       "value",   NULL };
  for (guint i = 0; i < walk->depth; i++) {
    g_auto (GStrv) words = cd_log_words (walk->keys[i] != NULL ? walk->keys[i] : "");
    gboolean plain = words[0] != NULL && !cd_log_has_word (words, neutral) && cd_log_metric_read (walk->keys[i]).kind == CD_METRIC_UNKNOWN;
    if (i != place && plain && (i < place || place == 0))
      return walk->keys[i];
  }
  return NULL;
}

/* "task": {"accuracy": 0.4} beside others that are known. */
static void
add_unknown (Walk *walk, const CdLogNode *node, double value, CdMetric metric)
{
  CdUnit unit = CD_UNIT_PERCENT;
  const char *own = walk->keys[walk->depth - 1], *above = walk->depth > 1 ? walk->keys[walk->depth - 2] : NULL;
  gboolean share = metric.kind >= CD_METRIC_ACCURACY && metric.kind <= CD_METRIC_F1;
  if (own == NULL || above == NULL || !share || facts_of (walk, own)->metric.kind != metric.kind || facts_of (walk, own)->other
      || !cd_log_unit_of (value, &unit))
    return;
  g_autofree char *before = g_strdup (walk->run.model);
  gboolean nested = walk->depth > 3 && walk->keys[walk->depth - 3] != NULL;
  g_autofree char *task = nested ? g_strconcat (walk->keys[walk->depth - 3], "/", above, NULL) : g_strdup (above);
  cd_log_run_set_model (&walk->run, walk->row_model != NULL ? walk->row_model : walk->depth > 2 ? walk->keys[0] : NULL);
  CdLogFound found = { task, metric, value, unit, node->line, NULL };
  CdFigure *figure = cd_log_add (walk->figures, walk->file, &walk->run, &found);
  if (figure != NULL)
    figure->benchmark = -1;
  g_free (walk->run.model);
  walk->run.model = g_steal_pointer (&before);
}

static void
add_known (Walk *walk, const CdLogNode *node, double value, gint place, CdMetric metric, gint64 samples)
{
  CdUnit unit = CD_UNIT_PERCENT;
  if (metric.kind == CD_METRIC_TOKENS || metric.kind == CD_METRIC_RATING || !cd_log_unit_of (value, &unit))
    return;
  if (metric.kind == CD_METRIC_UNKNOWN)
    metric.kind = CD_METRIC_ACCURACY;
  if (node->kind == CD_LOG_STRING && strchr (node->text, '%') != NULL)
    unit = CD_UNIT_PERCENT;
  const char *key = walk->row_model == NULL && place >= 0 ? model_of (walk, (guint) place) : NULL;
  g_autofree char *task = place >= 0 ? task_of (walk, (guint) place, key) : g_strdup (walk->row_task);
  g_autofree char *before = g_strdup (walk->run.model);
  cd_log_run_set_model (&walk->run, walk->row_model != NULL ? walk->row_model : key);
  CdLogFound found = { task, metric, value, unit, node->line, walk->row_subset };
  CdFigure *figure = cd_log_add (walk->figures, walk->file, &walk->run, &found);
  if (figure != NULL)
    figure->samples = samples;
  g_free (walk->run.model);
  walk->run.model = g_steal_pointer (&before);
}

/* A key that is no metric may be a model, but not beside metrics, nor deep inside. */
static gboolean
may_be_model (const Walk *walk, gint place)
{
  return (gint) walk->depth == place + 2 && !walk->measured[walk->depth - 1];
}

static void
add_number (Walk *walk, const CdLogNode *node, double value)
{
  const char *own = walk->keys[walk->depth - 1];
  if (own == NULL || strlen (own) < 2 || value < 0 || value > 100)
    return; /* n, k, p */
  gint place = benchmark_key (walk);
  gint64 samples = 0;
  gboolean told = place >= 0 || walk->row_task != NULL, itself = (gint) walk->depth - 1 == place;
  if (walk->unknown == told)
    return;
  const Facts *facts = facts_of (walk, own);
  CdMetric metric = metric_of (walk, &samples);
  if (walk->unknown) {
    add_unknown (walk, node, value, metric);
    return;
  }
  gboolean named = facts->metric.kind != CD_METRIC_UNKNOWN || g_str_has_suffix (own, "score");
  if (!facts->marked && (itself ? facts->counted : facts->other))
    return;
  if (itself || named || (place >= 0 && may_be_model (walk, place)))
    add_known (walk, node, value, place, metric, samples);
}

/* An object with texts of questions or answers is a sample. */
static gboolean
is_sample (const CdLogTree *tree, const CdLogNode *object)
{
  static const char *const names[]
      = { "question", "problem", "prompt", "response", "prediction",   "pred", "answer",  "completion", "output",    "generation", "solution",
          "messages", "input",   "gold",   "target",   "ground_truth", "gt",   "content", "code",       "reference", NULL };
  for (const CdLogNode *at = cd_log_first (tree, object); at != NULL; at = cd_log_next (tree, at))
    if ((at->kind == CD_LOG_STRING && at->text == NULL) || (at->key != NULL && g_strv_contains (names, at->key)))
      return TRUE;
  return FALSE;
}

static gint64
count_in (const CdLogTree *tree, const CdLogNode *object)
{
  static const char *const keys[] = { "n_samples", "num_samples", "num_problems", "num_examples", "total", "num_questions", "count" };
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    gint64 count = cd_log_count (tree, object, keys[i]);
    if (count > 0)
      return count;
  }
  return 0;
}

static void
take_row (Walk *walk, const CdLogNode *object)
{
  static const char *const models[] = { "model", "model_name", "model_id", "Model", "name" };
  static const char *const tasks[] = { "benchmark", "dataset", "task", "task_name", "dataset_name", "data_name", "Benchmark", "Dataset", "eval" };
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++) {
    const char *model = cd_log_text (walk->tree, object, models[i]);
    if (model != NULL && cd_log_benchmark (walk->file->benchmarks, model) < 0) {
      walk->row_model = model;
      break;
    }
  }
  for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++) {
    const char *task = cd_log_text (walk->tree, object, tasks[i]);
    if (cd_log_benchmark (walk->file->benchmarks, task) >= 0) {
      walk->row_task = task;
      break;
    }
  }
  gint place = benchmark_key (walk);
  const char *named = walk->row_task != NULL ? walk->row_task : place >= 0 ? walk->keys[place] : NULL;
  const char *subset = cd_log_subset_of (walk->file, walk->tree, object, cd_log_benchmark (walk->file->benchmarks, named));
  walk->row_subset = subset != NULL ? subset : walk->row_subset;
}

static void visit (Walk *walk, const CdLogNode *node);

static gboolean
has_metric (const Walk *walk, const CdLogNode *node)
{
  for (const CdLogNode *at = cd_log_first (walk->tree, node); at != NULL; at = cd_log_next (walk->tree, at))
    if (at->key != NULL && facts_of (walk, at->key)->metric.kind != CD_METRIC_UNKNOWN)
      return TRUE;
  return FALSE;
}

/* Long lists are samples, bare values in a list, too. */
static void
visit_members (Walk *walk, const CdLogNode *node)
{
  guint rows = 0;
  gboolean keyed = node->kind == CD_LOG_OBJECT;
  for (const CdLogNode *at = cd_log_first (walk->tree, node); at != NULL && rows <= ROWS_MOST; at = cd_log_next (walk->tree, at))
    rows++;
  if (rows > ROWS_MOST)
    return;
  if (keyed)
    walk->measured[walk->depth] = has_metric (walk, node);
  for (const CdLogNode *at = cd_log_first (walk->tree, node); at != NULL; at = cd_log_next (walk->tree, at)) {
    if (!keyed && at->kind != CD_LOG_OBJECT)
      continue;
    if (keyed)
      walk->keys[walk->depth++] = at->key;
    visit (walk, at);
    walk->depth -= keyed ? 1 : 0;
  }
}

static void
visit (Walk *walk, const CdLogNode *node)
{
  double value = 0;
  if (node->kind != CD_LOG_OBJECT && node->kind != CD_LOG_ARRAY) {
    if (walk->depth > 0 && cd_log_number (node, &value))
      add_number (walk, node, value);
    return;
  }
  if (walk->depth == DEPTH_MOST || is_sample (walk->tree, node))
    return;
  const char *model = walk->row_model, *task = walk->row_task, *subset = walk->row_subset;
  gint64 n = walk->run.n;
  if (node->kind == CD_LOG_OBJECT) {
    take_row (walk, node);
    walk->run.n = count_in (walk->tree, node);
  }
  visit_members (walk, node);
  walk->row_model = model;
  walk->row_task = task;
  walk->row_subset = subset;
  walk->run.n = n;
}

gboolean
cd_log_json_knows (const CdLogFile *file)
{
  gboolean named = g_str_has_suffix (file->path, ".json") || strchr (cd_log_base (file->path), '.') == NULL;
  return named && file->length <= FILE_MOST && (file->text[0] == '{' || file->text[0] == '[') && cd_log_path_tells (file);
}

void
cd_log_json_read (const CdLogFile *file, GPtrArray *figures)
{
  g_autoptr (CdLogTree) tree = cd_log_tree_new (file->text, file->length);
  if (tree == NULL)
    return;
  const CdLogNode *root = cd_log_tree_root (tree);
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  Walk walk = { .file = file, .tree = tree, .figures = figures, .facts = facts };
  cd_log_run_init (&walk.run, file);
  cd_log_run_take (&walk.run, tree, root);
  guint first = figures->len;
  visit (&walk, root);
  walk.unknown = TRUE;
  if (figures->len > first)
    visit (&walk, root);
  cd_log_settle_units (figures, first);
  cd_log_run_clear (&walk.run);
}
