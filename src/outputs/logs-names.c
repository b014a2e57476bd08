/* Names in result logs: which benchmark a task's key means, which metric a key measures, which paths speak of results. */
#include "outputs/logs-parts.h"
#include "base/text.h"
#include <string.h>

#define HEAD_BYTES 8192u

const char *
cd_log_base (const char *path)
{
  const char *slash = strrchr (path, '/');
  return slash != NULL ? slash + 1 : path;
}

char *
cd_log_stem (const char *path)
{
  const char *base = cd_log_base (path), *dot = strrchr (base, '.');
  return dot != NULL && dot > base ? g_strndup (base, (gsize) (dot - base)) : g_strdup (base);
}

char **
cd_log_words (const char *text)
{
  return cd_text_tokens (text);
}

gboolean
cd_log_has_word (char **words, const char *const *list)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_strv_contains (list, words[i]))
      return TRUE;
  return FALSE;
}

gboolean
cd_log_head_has (const CdLogFile *file, const char *needle)
{
  return memmem (file->text, MIN (file->length, HEAD_BYTES), needle, strlen (needle)) != NULL;
}

/* A copy of key without what follows an '@' in a word: "avg@k:k=2" names no "KK". */
static char *
without_counts (const char *key)
{
  char *bare = g_strdup (key), *out = bare;
  for (const char *at = key; *at != '\0';) {
    at += *at == '@' ? strcspn (at, "/| _),") : 0;
    if (*at != '\0')
      *out++ = *at++;
  }
  *out = '\0';
  return bare;
}

gint
cd_log_benchmark (const CdBenchmarks *benchmarks, const char *task)
{
  if (task == NULL || *task == '\0')
    return -1;
  g_autofree char *bare = strchr (task, '@') != NULL ? without_counts (task) : NULL;
  gint found = cd_benchmarks_in_label (benchmarks, bare != NULL ? bare : task, NULL);
  const char *plus = strchr (task, '+');
  if (found < 0 || plus == NULL || plus == task || !g_ascii_isalnum (plus[-1]) || g_ascii_isalnum (plus[1]))
    return found;
  /* "HumanEval+" has more tests than HumanEval; labels are compared without signs. */
  g_autofree char *extended = g_strdup_printf ("%.*s plus%s", (int) (plus - task), task, plus + 1);
  gint other = cd_benchmarks_in_label (benchmarks, extended, NULL);
  gboolean code = g_strcmp0 (cd_benchmarks_at (benchmarks, (guint) found)->answer, "tests") == 0;
  return other != found || !code ? other : -1;
}

gboolean
cd_log_path_tells (const CdLogFile *file)
{
  static const char *const words[]
      = { "result", "results",   "eval",       "evals",       "evaluation", "evaluations", "evaluated",   "score",   "scores", "metric",  "metrics",
          "bench",  "benchmark", "benchmarks", "leaderboard", "accuracy",   "acc",         "performance", "summary", "report", "reports", NULL };
  static const char *const others[]
      = { "config",  "configs", "tokenizer", "vocab",    "package",   "tsconfig",     "schema",  "schemas", "args", "hparams",
          "mapping", "prompt",  "prompts",   "template", "templates", "requirements", "license", "readme",  "info", NULL };
  if (file->declared)
    return TRUE;
  g_autofree char *stem = cd_log_stem (file->path);
  g_auto (GStrv) own = cd_log_words (stem);
  if (cd_log_has_word (own, others))
    return FALSE;
  const char *tail = file->path + strlen (file->path);
  for (guint slashes = 0; tail > file->path && slashes < 3; tail--)
    slashes += tail[-1] == '/' ? 1 : 0;
  g_auto (GStrv) all = cd_log_words (tail);
  return cd_log_has_word (all, words) || cd_log_benchmark (file->benchmarks, stem) >= 0;
}

/* The number in "…k=8", "…:16_samples", "…n=16" behind the mark; 0 none. */
static guint
number_at (const char *key, const char *mark)
{
  const char *at = strstr (key, mark);
  return at != NULL ? (guint) MIN (g_ascii_strtoull (at + strlen (mark), NULL, 10), 100000) : 0;
}

CdMetric
cd_log_metric_read (const char *key)
{
  static const char *const counted[] = { "pass", "maj", "avg", "mean", "best", "cons" };
  const char *at = key != NULL ? strstr (key, "_at_") : NULL;
  if (at != NULL && at - key < 100) {
    g_autofree char *marked = g_strdup_printf ("%.*s@%s", (int) (at - key), key, at + 4);
    return cd_metric_read (marked, -1);
  }
  for (gsize i = 0; key != NULL && i < G_N_ELEMENTS (counted); i++) {
    const char *word = strstr (key, counted[i]), *digits = word != NULL ? word + strlen (counted[i]) : "";
    if (!g_ascii_isdigit (*digits) || (word != key && g_ascii_isalnum (word[-1])))
      continue;
    g_autofree char *marked = g_strdup_printf ("%s@%.6s", counted[i], digits);
    return cd_metric_read (marked, -1);
  }
  return cd_metric_read (key, -1);
}

CdMetric
cd_log_metric (const char *key, gint64 *samples)
{
  static const struct {
    const char *key;
    CdMetricKind kind;
  } others[] = { { "math_verify", CD_METRIC_ACCURACY }, { "mc1", CD_METRIC_ACCURACY },        { "mc2", CD_METRIC_ACCURACY },
                 { "score", CD_METRIC_ACCURACY },       { "lcb_pass", CD_METRIC_PASS },       { "AverageAccuracy", CD_METRIC_ACCURACY },
                 { "AveragePass", CD_METRIC_PASS },     { "AverageAcc", CD_METRIC_ACCURACY }, { "WeightedAverageAccuracy", CD_METRIC_ACCURACY } };
  CdMetric metric = cd_log_metric_read (key);
  for (gsize i = 0; metric.kind == CD_METRIC_UNKNOWN && i < G_N_ELEMENTS (others); i++)
    if (g_str_has_prefix (key, others[i].key))
      metric = (CdMetric){ others[i].kind, number_at (key, "@") };
  if (metric.kind == CD_METRIC_PASS && metric.k == 0)
    metric.k = number_at (key, "k=");
  const char *colon = strchr (key, ':');
  gboolean counted = colon != NULL && colon > key && g_ascii_isdigit (colon[-1]) && g_ascii_isdigit (colon[1]); /* "codegen_pass@1:16" */
  gint64 told = MAX (number_at (key, "n="), counted ? number_at (key, ":") : 0);
  if (metric.kind == CD_METRIC_AVERAGE && metric.k > 0)
    told = metric.k;
  *samples = told > 0 ? told : *samples;
  return metric;
}

gboolean
cd_log_unit_of (double value, CdUnit *unit)
{
  *unit = value <= 1 ? CD_UNIT_FRACTION : CD_UNIT_PERCENT;
  return value >= 0 && value <= 100;
}

/* "val-core/<set>/<what>/<metric>", the set with slashes of its own; "best@16/mean" is the mean of bootstrapped bests. */
static gboolean
read_core_key (const char *rest, char **task, CdMetric *metric, gint64 *samples)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", 12);
  guint length = g_strv_length (parts);
  if (length >= 2 && strcmp (parts[length - 1], "mean") == 0 && strchr (parts[length - 2], '@') != NULL)
    length--;
  if (length < 2)
    return FALSE;
  *metric = cd_log_metric (parts[length - 1], samples);
  if (metric->kind == CD_METRIC_UNKNOWN || g_str_has_prefix (parts[length - 1], "std"))
    return FALSE;
  if (metric->kind == CD_METRIC_BEST)
    metric->kind = CD_METRIC_PASS;
  g_clear_pointer (&parts[MAX (length - 2, 1)], g_free);
  for (guint i = MAX (length - 2, 1) + 1; i < 12 && i <= length; i++)
    g_clear_pointer (&parts[i], g_free);
  *task = g_strjoinv ("/", parts);
  return TRUE;
}

/* Words of keys that are no figure of an evaluation, whatever stands beside them. */
static const char *const no_figures[]
    = { "loss",       "reward", "rewards",     "length",   "len",    "time",      "runtime",    "second",  "seconds", "samples",
        "steps",      "std",    "stderr",      "min",      "max",    "count",     "num",        "total",   "tokens",  "token",
        "lr",         "epoch",  "entropy",     "kl",       "grad",   "clip",      "ratio",      "margins", "logps",   "logits",
        "format",     "memory", "timing",      "turns",    "worst",  "var",       "size",       "speed",   "flos",    "step",
        "perplexity", "ppl",    "temperature", "response", "prompt", "truncated", "throughput", "train",   "aux",     NULL };

gboolean
cd_log_evaluation_key (const CdBenchmarks *benchmarks, const char *key, char **task, CdMetric *metric, gint64 *samples)
{
  static const char *const begins[] = { "val/test_score/", "val/", "eval/", "eval_", "test/", "test_", "valid/", "validation/", "evaluation/" };
  *task = NULL;
  if (strlen (key) > 300)
    return FALSE;
  if (g_str_has_prefix (key, "val-core/"))
    return read_core_key (key + strlen ("val-core/"), task, metric, samples);
  for (gsize i = 0; i < G_N_ELEMENTS (begins); i++) {
    const char *rest = key + strlen (begins[i]);
    if (!g_str_has_prefix (key, begins[i]))
      continue;
    g_auto (GStrv) words = cd_log_words (rest);
    *metric = cd_log_metric (rest, samples);
    gint benchmark = cd_log_benchmark (benchmarks, rest);
    gboolean scored = i == 0 || metric->kind != CD_METRIC_UNKNOWN;
    if (cd_log_has_word (words, no_figures) || metric->kind == CD_METRIC_TOKENS || (benchmark < 0 && !scored))
      return FALSE;
    if (metric->kind == CD_METRIC_UNKNOWN)
      metric->kind = CD_METRIC_ACCURACY;
    *task = g_strdup (rest);
    return TRUE;
  }
  return FALSE;
}

#define RECORD_MOST 65536u
#define CELLS_MOST 400u

GPtrArray *
cd_log_cells (const CdLogFile *file, char separator, gsize *at, guint32 *line)
{
  if (*at >= file->length)
    return NULL;
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;
  gsize begin = *at;
  for (; *at < file->length && *at - begin < RECORD_MOST; (*at)++) {
    char c = file->text[*at];
    *line += c == '\n' ? 1 : 0;
    if (c == '"' && quoted && *at + 1 < file->length && file->text[*at + 1] == '"')
      g_string_append_c (cell, file->text[++*at]);
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == separator || c == '\n')) {
      if (cells->len < CELLS_MOST)
        g_ptr_array_add (cells, g_strdup (g_strstrip (cell->str)));
      g_string_truncate (cell, 0);
      if (c == '\n')
        break;
    } else if (c != '\0')
      g_string_append_c (cell, c);
  }
  gboolean over = *at - begin >= RECORD_MOST;
  if (*at >= file->length && cells->len < CELLS_MOST)
    g_ptr_array_add (cells, g_strdup (g_strstrip (cell->str)));
  *at = over ? file->length : *at + 1;
  if (over)
    g_clear_pointer (&cells, g_ptr_array_unref);
  return cells;
}
