/* Problems are paired by their keys within a benchmark; what stands in one set only counts where nothing is paired. */
#include "reproduction/before-after.h"
#include "statistics/cost.h"
#include "statistics/estimators.h"
#include "statistics/random.h"
#include "statistics/tests.h"
#include <math.h>
#include <string.h>

#define MOST_CATEGORIES 256u

typedef struct {
  const CdFigureProblem *before, *after; /* NULL: not in that set */
  const char *category;
} Pair;

static void
free_row (gpointer data)
{
  CdBeforeAfterRow *row = data;
  g_free (row->category);
  g_free (row);
}

static const char *
category_of (const CdFigure *figure, const CdFigureProblem *problem, const CdBenchmarks *benchmarks)
{
  if (problem->category != NULL)
    return problem->category;
  return figure->benchmark >= 0 ? cd_benchmarks_at (benchmarks, (guint) figure->benchmark)->name : figure->task ? figure->task : "";
}

/* Every problem of both sets, in the order of the first that has it. */
static GArray *
pair_problems (const GPtrArray *before, const GPtrArray *after, const CdBenchmarks *benchmarks)
{
  GArray *pairs = g_array_new (FALSE, TRUE, sizeof (Pair));
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const GPtrArray *sets[] = { before, after };
  for (guint set = 0; set < 2; set++)
    for (guint f = 0; f < sets[set]->len; f++) {
      const CdFigure *figure = g_ptr_array_index (sets[set], f);
      for (guint i = 0; figure->problems != NULL && i < figure->problems->len; i++) {
        const CdFigureProblem *problem = &g_array_index (figure->problems, CdFigureProblem, i);
        g_autofree char *key = g_strdup_printf ("%d\t%s", figure->benchmark, problem->problem);
        guint at = GPOINTER_TO_UINT (g_hash_table_lookup (known, key));
        if (at == 0) {
          Pair pair = { .category = category_of (figure, problem, benchmarks) };
          g_array_append_val (pairs, pair);
          at = pairs->len;
          g_hash_table_insert (known, g_steal_pointer (&key), GUINT_TO_POINTER (at));
        }
        Pair *pair = &g_array_index (pairs, Pair, at - 1);
        if (set == 0)
          pair->before = problem;
        else
          pair->after = problem;
      }
    }
  return pairs;
}

static gboolean
is_in (const Pair *pair, const char *category)
{
  return category == NULL || strcmp (pair->category, category) == 0;
}

/* Significance over the paired problems; differences: one a pair. */
static double
significance (const GArray *pairs, const char *category, const double *differences, guint length)
{
  guint64 only_before = 0, only_after = 0;
  gboolean single = TRUE;
  for (guint i = 0; i < pairs->len; i++) {
    const Pair *pair = &g_array_index (pairs, Pair, i);
    if (pair->before == NULL || pair->after == NULL || !is_in (pair, category))
      continue;
    gboolean graded
        = pair->before->score == (double) pair->before->right && pair->after->score == (double) pair->after->right; /* F1 is no yes or no */
    single = single && pair->before->samples == 1 && pair->after->samples == 1 && graded;
    only_before += pair->before->right > pair->after->right;
    only_after += pair->after->right > pair->before->right;
  }
  return length == 0 ? NAN : single ? cd_test_mcnemar (only_before, only_after) : cd_test_paired (differences, length, CD_RANDOM_SEED);
}

/* Means over all problems of each set, where nothing is paired. */
static void
fill_unpaired (CdBeforeAfterRow *row, const GArray *pairs, const char *category)
{
  double sums[2] = { 0, 0 };
  for (guint i = 0; i < pairs->len; i++) {
    const Pair *pair = &g_array_index (pairs, Pair, i);
    if (!is_in (pair, category))
      continue;
    sums[0] += pair->before != NULL ? pair->before->score : 0;
    sums[1] += pair->after != NULL ? pair->after->score : 0;
  }
  row->before = row->before_n > 0 ? 100 * sums[0] / (double) row->before_n : NAN;
  row->after = row->after_n > 0 ? 100 * sums[1] / (double) row->after_n : NAN;
}

static CdBeforeAfterRow *
make_row (const GArray *pairs, const char *category)
{
  CdBeforeAfterRow *row = g_new0 (CdBeforeAfterRow, 1);
  g_autofree double *before = g_new (double, pairs->len), *after = g_new (double, pairs->len), *differences = g_new (double, pairs->len);
  g_autofree double *before_tokens = g_new (double, pairs->len), *after_tokens = g_new (double, pairs->len);
  guint length = 0, before_count = 0, after_count = 0;
  for (guint i = 0; i < pairs->len; i++) {
    const Pair *pair = &g_array_index (pairs, Pair, i);
    if (!is_in (pair, category))
      continue;
    if (pair->before != NULL)
      before_tokens[before_count++] = pair->before->tokens;
    if (pair->after != NULL)
      after_tokens[after_count++] = pair->after->tokens;
    if (pair->before == NULL || pair->after == NULL)
      continue;
    before[length] = 100 * pair->before->score;
    after[length] = 100 * pair->after->score;
    differences[length] = after[length] - before[length];
    length++;
  }
  *row = (CdBeforeAfterRow){ .category = g_strdup (category), .before_n = before_count, .after_n = after_count, .paired = length };
  row->before = cd_estimate_mean (before, length);
  row->after = cd_estimate_mean (after, length);
  if (length == 0)
    fill_unpaired (row, pairs, category);
  row->difference = row->after - row->before;
  row->interval = cd_interval_bootstrap (differences, length, CD_BOOTSTRAP_RESAMPLES, 0.95, CD_RANDOM_SEED);
  row->p = row->p_holm = significance (pairs, category, differences, length);
  row->before_tokens = cd_estimate_mean (before_tokens, before_count);
  row->after_tokens = cd_estimate_mean (after_tokens, after_count);
  return row;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
cd_before_after (const GPtrArray *before, const GPtrArray *after, const CdBenchmarks *benchmarks)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (GArray) pairs = pair_problems (before, after, benchmarks);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) categories = g_ptr_array_new ();
  for (guint i = 0; i < pairs->len && categories->len < MOST_CATEGORIES; i++) {
    const char *category = g_array_index (pairs, Pair, i).category;
    if (*category != '\0' && g_hash_table_add (seen, (gpointer) category))
      g_ptr_array_add (categories, (gpointer) category);
  }
  g_ptr_array_sort (categories, compare_names);
  for (guint i = 0; i < categories->len; i++)
    g_ptr_array_add (rows, make_row (pairs, g_ptr_array_index (categories, i)));
  g_autofree double *p = g_new (double, rows->len + 1);
  for (guint i = 0; i < rows->len; i++)
    p[i] = ((const CdBeforeAfterRow *) g_ptr_array_index (rows, i))->p;
  cd_test_holm (p, rows->len, p);
  for (guint i = 0; i < rows->len; i++)
    ((CdBeforeAfterRow *) g_ptr_array_index (rows, i))->p_holm = p[i];
  g_ptr_array_add (rows, make_row (pairs, NULL));
  return rows;
}

/* From one answer to the majority of all samples: at most two points, ascending. 0 where tokens are not told. */
static guint
curve_of (const GPtrArray *figures, CdCostPoint points[2])
{
  double tokens = 0, right = 0, majority = 0, problems = 0, spent = 0;
  for (guint f = 0; f < figures->len; f++) {
    const CdFigure *figure = g_ptr_array_index (figures, f);
    for (guint i = 0; figure->problems != NULL && i < figure->problems->len; i++) {
      const CdFigureProblem *problem = &g_array_index (figure->problems, CdFigureProblem, i);
      tokens += problem->tokens;
      spent += problem->tokens * problem->samples;
      right += problem->score;
      majority += problem->majority;
      problems += 1;
    }
  }
  if (problems < 1 || !isfinite (tokens))
    return 0;
  points[0] = (CdCostPoint){ tokens / problems, right / problems };
  points[1] = (CdCostPoint){ spent / problems, majority / problems };
  return isfinite (majority) && points[1].tokens > points[0].tokens ? 2 : 1;
}

gboolean
cd_before_after_cost (const GPtrArray *before, const GPtrArray *after, CdEqualCost *cost)
{
  CdCostPoint first[2], second[2];
  guint first_length = curve_of (before, first), second_length = curve_of (after, second);
  double low = 0;
  if (first_length == 0 || second_length == 0 || !cd_cost_common (first, first_length, second, second_length, &low, &cost->tokens))
    return FALSE;
  cost->before = 100 * cd_cost_accuracy (first, first_length, cost->tokens);
  cost->after = 100 * cd_cost_accuracy (second, second_length, cost->tokens);
  return TRUE;
}
