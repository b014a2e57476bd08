/* A file may log several figures of one run (metrics, subtasks), and many files one figure each: here they become runs. */
#include "reproduction/pool.h"
#include "statistics/estimators.h"
#include <math.h>
#include <string.h>

double
cd_figure_under (const CdFigure *figure, CdMetric metric)
{
  gboolean computed
      = metric.kind == CD_METRIC_PASS || metric.kind == CD_METRIC_MAJORITY || metric.kind == CD_METRIC_BEST || metric.kind == CD_METRIC_TOKENS;
  if (figure->problems == NULL || !computed || (metric.kind == CD_METRIC_PASS && metric.k <= 1))
    return cd_unit_scale (figure->value, figure->unit);
  double sum = 0;
  for (guint i = 0; i < figure->problems->len; i++) {
    const CdFigureProblem *problem = &g_array_index (figure->problems, CdFigureProblem, i);
    sum += metric.kind == CD_METRIC_PASS       ? cd_estimate_pass (problem->samples, problem->right, metric.k)
           : metric.kind == CD_METRIC_MAJORITY ? problem->majority
           : metric.kind == CD_METRIC_BEST     ? problem->best
                                               : problem->tokens / 100;
  }
  return figure->problems->len > 0 ? 100 * sum / figure->problems->len : NAN;
}

/* Figures of one run: one file, and within it one step, seed and set of conditions. */
static gboolean
is_same_run (const CdFigure *a, const CdFigure *b)
{
  return strcmp (a->path, b->path) == 0 && a->step == b->step && a->seed == b->seed && g_strcmp0 (a->conditions, b->conditions) == 0
         && g_strcmp0 (a->model, b->model) == 0;
}

static double
distance (const CdClaim *claim, double value)
{
  return fabs (value - cd_unit_scale (claim->value, claim->unit));
}

/* Of two figures of one run the one that stands for it: the whole before its parts (more problems, or the shorter name of the same benchmark), then the
 * metric that is nearest the claim: what a log calls "pass@1" and "extractive match" are the same answers counted in two ways, and which of them was
 * claimed is not told. */
static gboolean
is_better (const CdClaim *claim, const CdRun *a, const CdRun *b)
{
  gsize a_length = a->figure->task ? strlen (a->figure->task) : 0, b_length = b->figure->task ? strlen (b->figure->task) : 0;
  if (a->figure->n != b->figure->n && a->figure->n > 0 && b->figure->n > 0)
    return a->figure->n > b->figure->n;
  if (a_length != b_length)
    return a_length < b_length;
  return distance (claim, a->value) < distance (claim, b->value);
}

static void
add_run (CdPool *pool, const CdClaim *claim, const CdRun *run)
{
  /* figures of one file stand together */
  for (guint i = pool->runs->len; i > 0; i--) {
    CdRun *other = &g_array_index (pool->runs, CdRun, i - 1);
    if (strcmp (other->figure->path, run->figure->path) != 0)
      break;
    if (!is_same_run (other->figure, run->figure))
      continue;
    if (is_better (claim, run, other))
      *other = *run;
    return;
  }
  g_array_append_vals (pool->runs, run, 1);
}

/* Where a bare family's name matched several of its sets, nothing says which one was meant. */
static gboolean
is_one_benchmark (const CdPool *pool)
{
  for (guint i = 1; i < pool->runs->len; i++)
    if (g_array_index (pool->runs, CdRun, i).figure->benchmark != g_array_index (pool->runs, CdRun, 0).figure->benchmark)
      return FALSE;
  return TRUE;
}

/* Of single answers and of means over samples, both of them here, a claim that states no samples is the former's. */
static void
prefer_single (CdPool *pool, const CdClaim *claim)
{
  gboolean single = FALSE, sampled = FALSE;
  for (guint i = 0; i < pool->runs->len; i++) {
    gboolean several = g_array_index (pool->runs, CdRun, i).figure->samples > 1;
    sampled = sampled || several;
    single = single || !several;
  }
  gboolean wanted = claim->samples <= 1 && (claim->metric.kind == CD_METRIC_ACCURACY || claim->metric.kind == CD_METRIC_UNKNOWN);
  for (guint i = pool->runs->len; single && sampled && wanted && i > 0; i--)
    if (g_array_index (pool->runs, CdRun, i - 1).figure->samples > 1)
      g_array_remove_index (pool->runs, i - 1);
}

static CdMetric
metric_of (const CdClaim *claim, const CdFigure *figure)
{
  CdMetric metric = claim->metric;
  gboolean computed
      = figure->problems != NULL
        && (metric.kind == CD_METRIC_PASS || metric.kind == CD_METRIC_MAJORITY || metric.kind == CD_METRIC_BEST || metric.kind == CD_METRIC_TOKENS);
  if (!computed)
    return figure->metric;
  if (metric.k == 0 && metric.kind != CD_METRIC_TOKENS)
    metric.k = (guint) figure->samples;
  return metric;
}

static void
empty (CdPool *pool)
{
  g_array_set_size (pool->runs, 0);
  g_array_set_size (pool->members, 0);
}

void
cd_pool_gather (CdPool *pool, CdMatcher *matcher, const GPtrArray *claims, guint claim_index, const GPtrArray *figures, CdFigureBy by)
{
  const CdClaim *claim = g_ptr_array_index (claims, claim_index);
  *pool = (CdPool){ g_array_new (FALSE, FALSE, sizeof (CdRun)), g_array_new (FALSE, FALSE, sizeof (guint)), CD_MATCH_NONE };
  for (guint i = 0; i < figures->len; i++) {
    const CdFigure *figure = g_ptr_array_index (figures, i);
    CdMatch match = figure->by == by ? cd_matcher_match (matcher, claim_index, i) : CD_MATCH_NONE;
    if (match == CD_MATCH_NONE || match < pool->match)
      continue;
    CdRun run = { .figure = figure, .metric = metric_of (claim, figure) };
    run.value = cd_figure_under (figure, run.metric);
    if (!isfinite (run.value))
      continue;
    if (match > pool->match)
      empty (pool);
    pool->match = match;
    g_array_append_val (pool->members, i);
    add_run (pool, claim, &run);
  }
  prefer_single (pool, claim);
  if (!is_one_benchmark (pool))
    empty (pool);
}

/* Files of one folder: what names no model is of one model only there. */
static gboolean
is_same_folder (const CdFigure *a, const CdFigure *b)
{
  g_autofree char *x = g_path_get_dirname (a->path), *y = g_path_get_dirname (b->path);
  return strcmp (x, y) == 0;
}

static gboolean
tells_the_same (const CdFigure *a, const CdFigure *b)
{
  if (a->model == NULL && b->model == NULL && !is_same_folder (a, b))
    return FALSE;
  return a->by == b->by && a->benchmark == b->benchmark && a->metric.kind == b->metric.kind && a->metric.k == b->metric.k && a->unit == b->unit
         && g_strcmp0 (a->task, b->task) == 0 && g_strcmp0 (a->model, b->model) == 0;
}

/* A second figure of one run is another metric under the same name, not another run. Figures of a file stand together. */
static gboolean
has_run (const CdPool *pool, const CdFigure *figure)
{
  for (guint i = pool->runs->len; i > 0; i--) {
    const CdFigure *other = g_array_index (pool->runs, CdRun, i - 1).figure;
    if (strcmp (other->path, figure->path) != 0)
      return FALSE;
    if (is_same_run (other, figure))
      return TRUE;
  }
  return FALSE;
}

void
cd_pool_of_figures (CdPool *pool, const GPtrArray *figures, guint first, guint8 *used)
{
  *pool = (CdPool){ g_array_new (FALSE, FALSE, sizeof (CdRun)), g_array_new (FALSE, FALSE, sizeof (guint)), CD_MATCH_NAMED };
  for (guint i = first; i < figures->len; i++) {
    const CdFigure *figure = g_ptr_array_index (figures, i);
    if (used[i] || !tells_the_same (figure, g_ptr_array_index (figures, first)) || has_run (pool, figure))
      continue;
    CdRun run = { figure, cd_unit_scale (figure->value, figure->unit), figure->metric };
    used[i] = 1;
    if (isfinite (run.value))
      g_array_append_val (pool->runs, run);
  }
}

void
cd_pool_clear (CdPool *pool)
{
  g_clear_pointer (&pool->runs, g_array_unref);
  g_clear_pointer (&pool->members, g_array_unref);
}
