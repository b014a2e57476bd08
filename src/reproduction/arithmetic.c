/* Tries the samples that are stated beside the figure, else those that the work's evaluation commands and configurations set, else one. */
#include "reproduction/arithmetic.h"
#include "statistics/arithmetic.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SAMPLES 4096u

/* Options and settings by which evaluations take several samples of a problem. */
static const char *const sample_keys[] = { "n_sampling",          "num_samples",
                                           "n_samples",           "num_samples_per_problem",
                                           "samples_per_problem", "num_repeats",
                                           "n_repeats",           "num_return_sequences",
                                           "samples_per_task",    "n_rollouts_eval",
                                           "val_kwargs.n",        "repeat_times",
                                           "n_responses",         NULL };

typedef struct {
  guint k;
  CdPlace place;
} SampleCount;

const char *
cd_arithmetic_verdict_name (CdArithmeticVerdict verdict)
{
  static const char *const names[] = { "untestable", "possible", "not-a-single-run", "impossible-as-stated" };
  return names[verdict];
}

/* The key without its parents, dashes as underscores: "--n-sampling" and "eval.n_sampling" are one. */
static gboolean
is_sample_key (const char *key)
{
  char name[64];
  gsize length = strlen (key);
  if (length >= sizeof name)
    return FALSE;
  for (gsize i = 0; i <= length; i++)
    name[i] = key[i] == '-' ? '_' : g_ascii_tolower (key[i]);
  for (guint i = 0; sample_keys[i] != NULL; i++)
    if (g_str_has_suffix (name, sample_keys[i])) {
      gsize before = strlen (name) - strlen (sample_keys[i]);
      if (before == 0 || name[before - 1] == '.' || name[before - 1] == '_')
        return TRUE;
    }
  return FALSE;
}

static void
add_count (GArray *counts, const char *value, guint document, guint32 line)
{
  char *rest = NULL;
  guint64 k = g_ascii_strtoull (value, &rest, 10);
  if (rest == value || *rest != '\0' || k < 2 || k > MOST_SAMPLES)
    return;
  for (guint i = 0; i < counts->len; i++)
    if (g_array_index (counts, SampleCount, i).k == k)
      return;
  SampleCount count = { (guint) k, { document, line, line } };
  g_array_append_val (counts, count);
}

/* "--n_sampling 16", "--n-sampling=16", "val_kwargs.n=8". */
static void
read_command (GArray *counts, const CdCommand *command, guint document)
{
  for (guint i = 0; command->argv != NULL && command->argv[i] != NULL; i++) {
    const char *word = command->argv[i] + strspn (command->argv[i], "-+");
    const char *equals = strchr (word, '=');
    g_autofree char *key = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : g_strdup (word);
    const char *value = equals != NULL ? equals + 1 : command->argv[i + 1];
    if (value != NULL && is_sample_key (key))
      add_count (counts, value, document, command->line);
  }
}

static gboolean
is_evaluation_path (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  return strstr (lower, "eval") != NULL || strstr (lower, "bench") != NULL || strstr (lower, "infer") != NULL || strstr (lower, "test") != NULL;
}

/* SampleCount in the order of documents: of evaluation commands, and of settings of files that are about evaluation. */
static GArray *
gather_counts (const CdCorpus *corpus, const CdScope *scope, const CdWork *work)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (SampleCount));
  for (guint i = 0; i < work->commands->len; i++) {
    const CdWorkCommand *command = g_ptr_array_index (work->commands, i);
    if (command->listed == CD_COMMAND_EVALUATION)
      read_command (counts, command->command, command->document);
  }
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = g_ptr_array_index (corpus->documents, i);
    if (document->settings->len == 0 || !cd_scope_is_own (scope, i) || !is_evaluation_path (document->path))
      continue;
    for (guint s = 0; s < document->settings->len; s++) {
      const CdSetting *setting = g_ptr_array_index (document->settings, s);
      if (setting->key != NULL && setting->value != NULL && is_sample_key (setting->key))
        add_count (counts, setting->value, i, setting->line);
    }
  }
  return counts;
}

/* A mean over right answers: of averages over benchmarks, F1, ratings and lengths the test says nothing, nor of votes, whose ties may be split. */
static gboolean
is_mean_of_answers (const CdClaim *claim)
{
  if (claim->unit != CD_UNIT_PERCENT && claim->unit != CD_UNIT_FRACTION)
    return FALSE;
  CdMetricKind kind = claim->metric.kind;
  return (claim->benchmark >= 0 || claim->n > 0)
         && (kind == CD_METRIC_UNKNOWN || kind == CD_METRIC_ACCURACY || kind == CD_METRIC_AVERAGE || kind == CD_METRIC_EXACT_MATCH
             || (kind == CD_METRIC_PASS && claim->metric.k <= 1));
}

static CdPrinted
printed_of (const CdClaim *claim, double value)
{
  return (CdPrinted){ value, claim->decimals, claim->unit == CD_UNIT_PERCENT };
}

/* The first number of problems that yields the figure with k samples each: the stated or usual one, then other sets in use. 0: none. */
static gint64
problems_that_fit (const CdClaim *claim, const CdBenchmark *benchmark, gint64 usual, guint k)
{
  CdPrinted printed = printed_of (claim, claim->value);
  if (cd_arithmetic_grim (printed, (guint64) usual * k, NULL) != CD_GRIM_IMPOSSIBLE)
    return usual;
  if (claim->n > 0)
    return 0;
  if (benchmark == NULL)
    return 0;
  gint other = cd_arithmetic_other (printed, (const gint64 *) (gpointer) benchmark->sizes->data, benchmark->sizes->len, k);
  return other >= 0 ? g_array_index (benchmark->sizes, gint64, other) : 0;
}

static void
try_samples (CdClaimArithmetic *result, const CdClaim *claim, const CdBenchmark *benchmark, gint64 usual, const GArray *counts)
{
  gint64 fits = problems_that_fit (claim, benchmark, usual, 1);
  for (guint i = 0; fits == 0 && i < counts->len; i++) {
    const SampleCount *count = &g_array_index (counts, SampleCount, i);
    fits = problems_that_fit (claim, benchmark, usual, count->k);
    result->samples = fits > 0 ? count->k : 0;
    result->sampled_at = fits > 0 ? count->place : result->sampled_at;
  }
  result->n = fits > 0 ? fits : usual;
  result->verdict = fits > 0 ? CD_ARITHMETIC_POSSIBLE : CD_ARITHMETIC_NOT_SINGLE_RUN;
  if (fits == 0)
    result->fewest = cd_arithmetic_samples (printed_of (claim, claim->value), (guint64) usual, FALSE);
}

static void
test_claim (CdClaimArithmetic *result, const CdClaim *claim, const CdBenchmarks *benchmarks, const GArray *counts)
{
  if (!is_mean_of_answers (claim))
    return;
  const CdBenchmark *benchmark = claim->benchmark >= 0 ? cd_benchmarks_at (benchmarks, (guint) claim->benchmark) : NULL;
  gint64 usual = claim->n > 0 ? claim->n : benchmark->problems;
  CdPrinted printed = printed_of (claim, claim->value);
  if (usual <= 0 || cd_arithmetic_grim (printed, (guint64) usual, NULL) == CD_GRIM_UNTESTABLE)
    return;
  guint stated = claim->samples > 0 ? claim->samples : claim->metric.kind == CD_METRIC_AVERAGE ? claim->metric.k : 0;
  result->error_fits
      = !isnan (claim->spread) && cd_arithmetic_error_fits (printed, printed_of (claim, claim->spread), (guint64) usual * MAX (stated, 1));
  if (stated == 0) {
    try_samples (result, claim, benchmark, usual, counts);
    return;
  }
  gint64 fits = problems_that_fit (claim, benchmark, usual, stated);
  result->samples = stated;
  result->sampled_at = claim->sampled_at;
  result->n = fits > 0 ? fits : usual;
  result->verdict = fits > 0 ? CD_ARITHMETIC_POSSIBLE : CD_ARITHMETIC_IMPOSSIBLE;
  if (fits == 0)
    result->fewest = cd_arithmetic_samples (printed, (guint64) usual, FALSE);
}

GArray *
cd_claims_arithmetic (const CdClaims *claims, const CdBenchmarks *benchmarks, const CdCorpus *corpus, const CdScope *scope, const CdWork *work)
{
  GArray *results = g_array_sized_new (FALSE, TRUE, sizeof (CdClaimArithmetic), claims->claims->len);
  g_array_set_size (results, claims->claims->len);
  g_autoptr (GArray) counts = claims->claims->len > 0 ? gather_counts (corpus, scope, work) : NULL;
  for (guint i = 0; i < claims->claims->len; i++)
    test_claim (&g_array_index (results, CdClaimArithmetic, i), g_ptr_array_index (claims->claims, i), benchmarks, counts);
  return results;
}
