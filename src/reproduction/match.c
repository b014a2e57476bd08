/* Names are compared as keys (letters and digits); sizes ("7B") decide against, versions and forms of storage decide nothing. */
#include "reproduction/match.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

#define SHORTEST_KEY 4u
#define LONGEST_NAME 512u
#define MOST_PATH_NAMES 256u /* claims whose models are looked for in a path */

/* What may follow a model's name without making it another model: forms of storage, and the first version. */
static const char *const same_model_suffixes[] = { "hf", "bf16", "fp16", "vllm", "final", "latest", "checkpoint", "model", "main", "v1", NULL };

/* "7B", "1.5b", "500m" anywhere in the name; NAN without. */
static double
size_of (const char *name)
{
  for (const char *at = name; *at != '\0'; at++) {
    if (!g_ascii_isdigit (*at) || (at > name && (g_ascii_isalnum (at[-1]) || at[-1] == '.')))
      continue;
    char *rest = NULL;
    double number = g_ascii_strtod (at, &rest);
    char unit = g_ascii_tolower (*rest);
    if ((unit == 'b' || unit == 'm') && !g_ascii_isalnum (rest[1]))
      return unit == 'm' ? number / 1000 : number;
  }
  return NAN;
}

/* The last part of a path that says more than where a checkpoint lies ("runs/name/checkpoint-500" → "name"). Caller frees. */
static char *
model_part (const char *name)
{
  g_autofree char *bounded = g_strndup (name, LONGEST_NAME);
  g_auto (GStrv) parts = g_strsplit (bounded, "/", -1);
  for (guint i = g_strv_length (parts); i > 0; i--) {
    g_autofree char *lower = g_ascii_strdown (parts[i - 1], -1);
    gboolean says_where = g_str_has_prefix (lower, "checkpoint") || g_str_has_prefix (lower, "global_step") || g_str_has_prefix (lower, "step")
                          || strcmp (lower, "actor") == 0 || strcmp (lower, "huggingface") == 0 || strcmp (lower, "final") == 0;
    if (*lower != '\0' && !says_where)
      return g_strdup (parts[i - 1]);
  }
  return g_steal_pointer (&bounded);
}

/* TRUE where rest only tells form, step or first version: "v10", "hf", "checkpoint500". */
static gboolean
is_same_model (const char *rest)
{
  for (guint i = 0; same_model_suffixes[i] != NULL; i++) {
    gsize length = strlen (same_model_suffixes[i]);
    if (g_str_has_prefix (rest, same_model_suffixes[i]) && rest[length + strspn (rest + length, "0123456789")] == '\0')
      return TRUE;
  }
  return FALSE;
}

static gboolean
names_work (const GPtrArray *names, const char *key)
{
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    if (strlen (name) >= SHORTEST_KEY && strstr (key, name) != NULL)
      return TRUE;
  }
  return FALSE;
}

CdMatch
cd_match_model (const GPtrArray *names, const char *claimed, const char *figures)
{
  if (figures == NULL)
    return CD_MATCH_LIKELY;
  g_autofree char *part = model_part (figures);
  g_autofree char *key = cd_text_key (part);
  if (claimed == NULL)
    return names_work (names, key) ? CD_MATCH_LIKELY : CD_MATCH_NONE;
  g_autofree char *wanted_part = model_part (claimed);
  g_autofree char *wanted = cd_text_key (wanted_part);
  double size = size_of (part), wanted_size = size_of (wanted_part);
  if (!isnan (size) && !isnan (wanted_size) && fabs (size - wanted_size) > 0.01 * size)
    return CD_MATCH_NONE;
  if (strcmp (key, wanted) == 0)
    return CD_MATCH_NAMED;
  const char *longer = strlen (key) > strlen (wanted) ? key : wanted, *shorter = longer == key ? wanted : key;
  if (strlen (shorter) >= SHORTEST_KEY && g_str_has_prefix (longer, shorter) && is_same_model (longer + strlen (shorter)))
    return CD_MATCH_NAMED;
  gboolean within = strlen (shorter) >= SHORTEST_KEY && strstr (longer, shorter) != NULL;
  return within || names_work (names, key) ? CD_MATCH_LIKELY : CD_MATCH_NONE;
}

static gboolean
is_single_answer (CdMetric metric)
{
  return metric.kind == CD_METRIC_UNKNOWN || metric.kind == CD_METRIC_ACCURACY || metric.kind == CD_METRIC_AVERAGE
         || metric.kind == CD_METRIC_EXACT_MATCH || (metric.kind == CD_METRIC_PASS && metric.k <= 1);
}

gboolean
cd_match_metric (CdMetric claimed, const CdFigure *figure)
{
  gboolean sampled = figure->problems != NULL && figure->samples > 1;
  if (claimed.kind == CD_METRIC_AVERAGE && claimed.k > 1) /* a mean over so many samples, no single answer */
    return (is_single_answer (figure->metric) && figure->samples == claimed.k)
           || (figure->metric.kind == CD_METRIC_AVERAGE && figure->metric.k == claimed.k);
  if (is_single_answer (claimed))
    return is_single_answer (figure->metric) || (claimed.kind == CD_METRIC_UNKNOWN && figure->metric.kind == CD_METRIC_RATE);
  if (sampled && claimed.kind == CD_METRIC_PASS)
    return claimed.k <= figure->samples;
  if (sampled && (claimed.kind == CD_METRIC_MAJORITY || claimed.kind == CD_METRIC_BEST))
    return claimed.k == 0 || claimed.k == figure->samples;
  if (figure->problems != NULL && claimed.kind == CD_METRIC_TOKENS)
    return TRUE;
  return claimed.kind == figure->metric.kind && (claimed.k == 0 || claimed.k == figure->metric.k);
}

struct _CdMatcher {
  const CdBenchmarks *benchmarks;
  const GPtrArray *names, *claims, *figures;
  GPtrArray *claim_tasks, *figure_tasks; /* char*: keys */
  guint *claim_models, *figure_models;   /* by claim and figure: number of its model's name, 0 none */
  GPtrArray *models;                     /* char*: names by number, NULL first */
  GHashTable *numbers;                   /* name → number */
  GHashTable *matches;                   /* two numbers → CdMatch + 1 */
  guint8 *named;                         /* by figure: by name some claim's model's */
};

static guint
number_of (CdMatcher *matcher, char *name)
{
  if (name == NULL)
    return 0;
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (matcher->numbers, name));
  if (number == 0) {
    number = matcher->models->len;
    g_ptr_array_add (matcher->models, name);
    g_hash_table_insert (matcher->numbers, name, GUINT_TO_POINTER (number));
  }
  return number;
}

static CdMatch
match_models (CdMatcher *matcher, guint claimed, guint figures)
{
  guint64 pair = (guint64) claimed << 32 | figures;
  CdMatch known = GPOINTER_TO_UINT (g_hash_table_lookup (matcher->matches, &pair));
  if (known == 0) {
    known = 1 + cd_match_model (matcher->names, g_ptr_array_index (matcher->models, claimed), g_ptr_array_index (matcher->models, figures));
    g_hash_table_insert (matcher->matches, g_memdup2 (&pair, sizeof pair), GUINT_TO_POINTER (known));
  }
  return known - 1;
}

/* Names that appear anywhere: a figure is named where any claim's model is its own. */
static void
mark_named (CdMatcher *matcher)
{
  g_autofree guint8 *claimed = g_new0 (guint8, matcher->models->len), *named = g_new0 (guint8, matcher->models->len);
  for (guint i = 0; i < matcher->claims->len; i++)
    claimed[matcher->claim_models[i]] = 1;
  claimed[0] = 0;
  for (guint figure = 1; figure < matcher->models->len; figure++)
    for (guint claim = 1; claim < matcher->models->len && !named[figure]; claim++)
      named[figure] = claimed[claim] && match_models (matcher, claim, figure) == CD_MATCH_NAMED;
  for (guint i = 0; i < matcher->figures->len; i++)
    matcher->named[i] = named[matcher->figure_models[i]];
}

/* The claimed model whose name stands in the path of a figure that tells none, the longest of several; NULL none. Borrowed from its claim. */
static char *
claimed_in_path (const GPtrArray *claims, const char *path)
{
  g_autofree char *key = cd_text_key (path);
  char *found = NULL;
  gsize longest = SHORTEST_KEY - 1;
  for (guint i = 0; i < MIN (claims->len, MOST_PATH_NAMES); i++) {
    const CdClaim *claim = g_ptr_array_index (claims, i);
    g_autofree char *name = claim->model != NULL ? cd_text_key (claim->model) : NULL;
    if (name == NULL || strlen (name) <= longest || strstr (key, name) == NULL)
      continue;
    found = claim->model;
    longest = strlen (name);
  }
  return found;
}

#define MOST_MODELS 2048u /* that names are compared of, each with each */

CdMatcher *
cd_matcher_new (const CdBenchmarks *benchmarks, const GPtrArray *names, const GPtrArray *claims, const GPtrArray *figures)
{
  CdMatcher *matcher = g_new0 (CdMatcher, 1);
  *matcher = (CdMatcher){ .benchmarks = benchmarks, .names = names, .claims = claims, .figures = figures };
  matcher->claim_tasks = g_ptr_array_new_full (claims->len, g_free);
  matcher->figure_tasks = g_ptr_array_new_full (figures->len, g_free);
  matcher->claim_models = g_new (guint, claims->len + 1);
  matcher->figure_models = g_new (guint, figures->len + 1);
  matcher->models = g_ptr_array_new ();
  matcher->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  matcher->matches = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  matcher->named = g_new0 (guint8, figures->len + 1);
  g_ptr_array_add (matcher->models, NULL);
  for (guint i = 0; i < claims->len; i++) {
    const CdClaim *claim = g_ptr_array_index (claims, i);
    g_ptr_array_add (matcher->claim_tasks, cd_text_key (claim->task ? claim->task : ""));
    matcher->claim_models[i] = matcher->models->len < MOST_MODELS ? number_of (matcher, claim->model) : 0;
  }
  for (guint i = 0; i < figures->len; i++) {
    const CdFigure *figure = g_ptr_array_index (figures, i);
    char *model = figure->model != NULL ? figure->model : claimed_in_path (claims, figure->path);
    g_ptr_array_add (matcher->figure_tasks, cd_text_key (figure->task ? figure->task : ""));
    matcher->figure_models[i] = matcher->models->len < MOST_MODELS ? number_of (matcher, model) : 0;
  }
  mark_named (matcher);
  return matcher;
}

void
cd_matcher_free (CdMatcher *matcher)
{
  if (matcher == NULL)
    return;
  g_ptr_array_unref (matcher->claim_tasks);
  g_ptr_array_unref (matcher->figure_tasks);
  g_free (matcher->claim_models);
  g_free (matcher->figure_models);
  g_ptr_array_unref (matcher->models);
  g_hash_table_unref (matcher->numbers);
  g_hash_table_unref (matcher->matches);
  g_free (matcher->named);
  g_free (matcher);
}

/* A family's bare name ("AIME") is likely one of its sets; unknown ones are the same where their names are. */
static CdMatch
match_benchmark (const CdMatcher *matcher, guint claim_index, guint figure_index)
{
  const CdClaim *claim = g_ptr_array_index (matcher->claims, claim_index);
  const CdFigure *figure = g_ptr_array_index (matcher->figures, figure_index);
  if (claim->benchmark >= 0 && figure->benchmark >= 0) {
    if (claim->benchmark == figure->benchmark)
      return CD_MATCH_NAMED;
    const char *a = cd_benchmarks_at (matcher->benchmarks, (guint) claim->benchmark)->id;
    const char *b = cd_benchmarks_at (matcher->benchmarks, (guint) figure->benchmark)->id;
    const char *longer = strlen (a) > strlen (b) ? a : b, *shorter = longer == a ? b : a;
    return g_str_has_prefix (longer, shorter) && longer[strlen (shorter)] == '-' ? CD_MATCH_LIKELY : CD_MATCH_NONE;
  }
  const char *a = g_ptr_array_index (matcher->claim_tasks, claim_index), *b = g_ptr_array_index (matcher->figure_tasks, figure_index);
  return strlen (a) >= SHORTEST_KEY && strcmp (a, b) == 0 ? CD_MATCH_NAMED : CD_MATCH_NONE;
}

CdMatch
cd_matcher_match (CdMatcher *matcher, guint claim_index, guint figure_index)
{
  const CdClaim *claim = g_ptr_array_index (matcher->claims, claim_index);
  CdMatch benchmark = match_benchmark (matcher, claim_index, figure_index);
  if (benchmark == CD_MATCH_NONE || !cd_match_metric (claim->metric, g_ptr_array_index (matcher->figures, figure_index)))
    return CD_MATCH_NONE;
  CdMatch model = match_models (matcher, matcher->claim_models[claim_index], matcher->figure_models[figure_index]);
  if (model == CD_MATCH_LIKELY && matcher->named[figure_index])
    return CD_MATCH_NONE;
  return MIN (benchmark, model);
}
