/* From runs to a conclusion. Each conclusion needs more than the one before it to be drawn: a claim is confirmed by whatever is likely its figure, it is
 * called selected only against the work's own runs, and not reproduced only where names leave no doubt. */
#include "reproduction/conclude.h"
#include "statistics/binomial.h"
#include "statistics/estimators.h"
#include "statistics/intervals.h"
#include "statistics/random.h"
#include "statistics/selection.h"
#include <math.h>

#define MOST_RUNS 4096u
#define FEWEST_TO_SELECT 3u /* of two runs one is the better: that is no selection */
#define RANKED_RUNS 9u      /* fewest of which not even the second highest may be their median with 95 %: P(Bin(9, 0.5) >= 8) < 2.5 % */

double
cd_claim_unit_value (const CdClaim *claim, double scaled)
{
  return claim->unit == CD_UNIT_FRACTION ? scaled / 100 : scaled;
}

gboolean
cd_claim_equals (const CdClaim *claim, double value)
{
  double step = pow (10, -(double) claim->decimals), slack = 1e-9 * MAX (1, fabs (claim->value));
  double off = value - claim->value;
  gboolean rounded = fabs (off) <= step / 2 + slack, cut_off = off >= -slack && off < step;
  return rounded || cut_off || (!isnan (claim->tolerance) && fabs (off) <= claim->tolerance + slack);
}

/* Problems: as the runs have it, as the claim states it, or as is known of the benchmark that is claimed. A log that names none may be of a part. */
static gint64
problems_of (const CdReproductionCase *the_case, const CdClaim *claim, const CdFigure *figure)
{
  if (figure->n > 0)
    return figure->n;
  if (claim == NULL)
    return 0;
  if (claim->n > 0)
    return claim->n;
  return figure->benchmark >= 0 ? cd_benchmarks_at (the_case->benchmarks, (guint) figure->benchmark)->problems : 0;
}

static gboolean
is_proportion (CdUnit unit)
{
  return unit == CD_UNIT_PERCENT || unit == CD_UNIT_FRACTION;
}

/* 95 % on the scale of 100: of one run by its problems where they are known (bootstrap where a problem has several samples), else Wilson's. */
static CdInterval
interval_of (const CdRun *run, double value, gint64 n, gboolean one_run)
{
  const CdFigure *figure = run->figure;
  CdInterval none = { NAN, NAN };
  gboolean graded = run->metric.kind == CD_METRIC_F1; /* each answer has a share of the point */
  if (one_run && figure->problems != NULL && (graded || figure->samples > 1)
      && (run->metric.kind != CD_METRIC_MAJORITY && run->metric.kind != CD_METRIC_BEST)) {
    g_autofree double *means = g_new (double, figure->problems->len);
    for (guint i = 0; i < figure->problems->len; i++) {
      const CdFigureProblem *problem = &g_array_index (figure->problems, CdFigureProblem, i);
      means[i] = graded                                                    ? problem->score
                 : run->metric.kind == CD_METRIC_PASS && run->metric.k > 1 ? cd_estimate_pass (problem->samples, problem->right, run->metric.k)
                                                                           : cd_estimate_accuracy (problem->right, problem->samples);
    }
    CdInterval interval = cd_interval_bootstrap (means, figure->problems->len, CD_BOOTSTRAP_RESAMPLES, 0.95, CD_RANDOM_SEED);
    return (CdInterval){ 100 * interval.low, 100 * interval.high };
  }
  if (!is_proportion (figure->unit) || n <= 0 || value < 0 || value > 100)
    return none;
  CdInterval interval = cd_interval_wilson ((guint64) llround (value * (double) n / 100), (guint64) n, CD_Z_95);
  return (CdInterval){ 100 * interval.low, 100 * interval.high };
}

typedef struct {
  const CdClaim *claim; /* NULL: nobody claims it */
  double *values;       /* scale of 100 */
  guint length;
  CdSelection place;
  double claimed; /* scale of 100 */
} Runs;

static Runs
runs_of (const CdPool *pool, const CdClaim *claim)
{
  Runs runs = { .claim = claim, .length = MIN (pool->runs->len, MOST_RUNS) };
  runs.values = g_new (double, runs.length);
  for (guint i = 0; i < runs.length; i++)
    runs.values[i] = g_array_index (pool->runs, CdRun, i).value;
  runs.claimed = claim != NULL ? cd_unit_scale (claim->value, claim->unit) : NAN;
  double tolerance = claim != NULL ? cd_unit_scale (pow (10, -(double) claim->decimals) / 2, claim->unit) : 0;
  runs.place = cd_selection_place (runs.values, runs.length, claim != NULL ? runs.claimed : 0, tolerance);
  return runs;
}

static gint
compare_values (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return x < y ? -1 : x > y;
}

/* The highest value that the runs' median may have with 95 %: the distribution-free interval by order statistics (the smallest rank r with
 * P(Bin(runs, 1/2) >= r) at most 2.5 %; David and Nagaraja 2003, Order Statistics, section 7.1). Of nine runs and more. */
static double
median_bound (const Runs *runs)
{
  g_autofree double *sorted = g_memdup2 (runs->values, runs->length * sizeof (double));
  qsort (sorted, runs->length, sizeof (double), compare_values);
  for (guint rank = runs->length / 2; rank < runs->length; rank++)
    if (cd_binomial_log_upper (runs->length, 0.5, rank) <= log (0.025))
      return sorted[rank - 1];
  return sorted[runs->length - 1];
}

/* What few runs support: all their answers as one sample. */
static double
pooled_bound (const Runs *runs, gint64 n)
{
  if (n <= 0 || !(runs->place.mean >= 0 && runs->place.mean <= 100))
    return INFINITY;
  guint64 answers = (guint64) n * runs->length;
  return 100 * cd_interval_wilson ((guint64) llround (runs->place.mean * (double) answers / 100), answers, CD_Z_95).high;
}

/* In a training run the last figure is the result, not a pick. */
static gboolean
is_last_step (const CdPool *pool, const CdClaim *claim)
{
  gint64 last = -1;
  for (guint i = 0; i < pool->runs->len; i++)
    last = MAX (last, g_array_index (pool->runs, CdRun, i).figure->step);
  for (guint i = 0; last >= 0 && i < pool->runs->len; i++) {
    const CdRun *run = &g_array_index (pool->runs, CdRun, i);
    if (run->figure->step == last && cd_claim_equals (claim, cd_claim_unit_value (claim, run->value)))
      return TRUE;
  }
  return FALSE;
}

/* Runs that can be told apart only by chance: the same settings, answers a problem and problems. Of settings that the best run does not share, the author
 * chose the settings, which is no pick among runs. */
static gboolean
are_repeats (const CdPool *pool)
{
  const CdFigure *first = g_array_index (pool->runs, CdRun, 0).figure;
  for (guint i = 1; i < pool->runs->len; i++) {
    const CdFigure *other = g_array_index (pool->runs, CdRun, i).figure;
    if (g_strcmp0 (first->conditions, other->conditions) != 0 || first->samples != other->samples || first->n != other->n)
      return FALSE;
  }
  return TRUE;
}

/* The best of several runs, and higher than what their median supports. */
static gboolean
is_selected (const Runs *runs, const CdPool *pool, gint64 n)
{
  const CdClaim *claim = runs->claim;
  if (runs->length < FEWEST_TO_SELECT || runs->place.above > 0 || !are_repeats (pool)
      || !cd_claim_equals (claim, cd_claim_unit_value (claim, runs->place.highest)))
    return FALSE;
  double bound = runs->length < RANKED_RUNS ? pooled_bound (runs, n) : median_bound (runs);
  double half_step = cd_unit_scale (pow (10, -(double) claim->decimals) / 2, claim->unit); /* the claim is rounded, the bound is not */
  return runs->claimed - half_step > bound && !is_last_step (pool, claim);
}

static gboolean
any_equals (const Runs *runs)
{
  for (guint i = 0; i < runs->length; i++)
    if (cd_claim_equals (runs->claim, cd_claim_unit_value (runs->claim, runs->values[i])))
      return TRUE;
  return FALSE;
}

/* CD_CONCLUSIONS where nothing can be concluded: the figures may be another model's. */
static CdConclusion
conclusion_of (const Runs *runs, const CdPool *pool, gint64 n, CdInterval interval, CdObtainedBy by)
{
  double declared = cd_claim_unit_value (runs->claim, runs->values[0]), median = cd_claim_unit_value (runs->claim, runs->place.median);
  if (cd_claim_equals (runs->claim, median) || (by == CD_OBTAINED_BY_RUN && cd_claim_equals (runs->claim, declared)))
    return CD_CONCLUSION_REPRODUCED;
  if (by != CD_OBTAINED_BY_RUN && is_selected (runs, pool, n))
    return CD_CONCLUSION_SELECTED;
  if (by != CD_OBTAINED_BY_RUN && any_equals (runs))
    return CD_CONCLUSION_REPRODUCED;
  if (!isnan (interval.low) && runs->claimed >= interval.low && runs->claimed <= interval.high)
    return CD_CONCLUSION_COMPATIBLE;
  return pool->match == CD_MATCH_NAMED ? CD_CONCLUSION_NOT_REPRODUCED : CD_CONCLUSIONS;
}

static char *
number (double value)
{
  return g_strdup_printf ("%.*f", fabs (value - round (value)) < 1e-9 ? 0 : fabs (value) < 10 ? 3 : 1, value);
}

/* Folders that the runs lie in: a repository that keeps each checkpoint's logs in its own shows here that its runs are not of one checkpoint. */
static guint
count_folders (const CdReproduction *reproduction)
{
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < reproduction->figures->len && i < MOST_RUNS; i++)
    g_hash_table_add (folders, g_path_get_dirname (((const CdFigure *) g_ptr_array_index (reproduction->figures, i))->path));
  return g_hash_table_size (folders);
}

static char *
tell_selected (const CdReproduction *reproduction, const char *several)
{
  guint folders = count_folders (reproduction);
  if (folders < 2)
    return g_strdup_printf ("equal to the best of %s", several);
  return g_strdup_printf ("equal to the best of %s; they lie in %u folders, which may be of different checkpoints", several, folders);
}

static char *
tell (const CdReproduction *reproduction, const Runs *runs)
{
  g_autofree char *value = number (reproduction->value), *best = number (reproduction->best), *lowest = number (reproduction->lowest);
  const CdFigure *figure = g_ptr_array_index (reproduction->figures, 0);
  g_autofree char *whose
      = reproduction->match == CD_MATCH_LIKELY && figure->model != NULL ? g_strdup_printf (" of %s", figure->model) : g_strdup ("");
  g_autofree char *several = runs->length > 1
                                 ? g_strdup_printf ("%u %s%s from %s to %s, median %s", runs->length,
                                                    reproduction->by == CD_OBTAINED_BY_LOG ? "logged runs" : "runs", whose, lowest, best, value)
                                 : g_strdup (value);
  switch (reproduction->conclusion) {
    case CD_CONCLUSION_REPRODUCED:
      return runs->length > 1 ? g_strdup_printf ("equal to %s of %s", runs->place.equal > 1 ? "some" : "one", several)
                              : g_strdup ("equal to the printed precision");
    case CD_CONCLUSION_COMPATIBLE:
      return g_strdup_printf ("not equal to %s, within its 95 %% interval", several);
    case CD_CONCLUSION_SELECTED:
      return tell_selected (reproduction, several);
    case CD_CONCLUSION_NOT_REPRODUCED:
      return g_strdup_printf ("%s, and the claim is outside the 95 %% interval", several);
    default:
      return NULL;
  }
}

static void
take_figures (CdReproduction *reproduction, const CdPool *pool, const CdClaim *claim)
{
  const CdRun *first = NULL; /* shown: the run that is the claim's, else the first */
  for (guint i = 0; i < pool->runs->len && first == NULL && claim != NULL; i++) {
    const CdRun *run = &g_array_index (pool->runs, CdRun, i);
    first = cd_claim_equals (claim, cd_claim_unit_value (claim, run->value)) ? run : NULL;
  }
  first = first != NULL ? first : &g_array_index (pool->runs, CdRun, 0);
  g_ptr_array_add (reproduction->figures, (gpointer) first->figure);
  for (guint i = 0; i < pool->runs->len; i++) {
    const CdRun *run = &g_array_index (pool->runs, CdRun, i);
    reproduction->malformed += run->figure->malformed;
    if (run != first)
      g_ptr_array_add (reproduction->figures, (gpointer) run->figure);
  }
}

static CdReproduction *
summarise (const CdReproductionCase *the_case, const CdClaim *claim, const CdPool *pool, CdObtainedBy by, Runs *runs, CdInterval *interval)
{
  const CdRun *run = &g_array_index (pool->runs, CdRun, 0);
  const CdFigure *figure = run->figure;
  CdReproduction *reproduction = g_new0 (CdReproduction, 1);
  reproduction->claim = -1;
  reproduction->figures = g_ptr_array_new ();
  take_figures (reproduction, pool, claim);
  *runs = runs_of (pool, claim);
  reproduction->by = by;
  reproduction->match = pool->match;
  reproduction->model = g_strdup (figure->model != NULL || claim == NULL ? figure->model : claim->model);
  reproduction->benchmark = figure->benchmark;
  reproduction->task = g_strdup (figure->task);
  reproduction->metric = run->metric;
  reproduction->unit = claim != NULL ? claim->unit : is_proportion (figure->unit) ? CD_UNIT_PERCENT : figure->unit;
  reproduction->n = problems_of (the_case, claim, figure);
  reproduction->samples = figure->samples;
  reproduction->runs = runs->length;
  double centre = runs->place.median;
  *interval = interval_of (run, centre, reproduction->n, runs->length == 1);
  double factor = reproduction->unit == CD_UNIT_FRACTION ? 0.01 : 1;
  reproduction->value = factor * centre;
  reproduction->lowest = factor * runs->place.lowest;
  reproduction->best = factor * runs->place.highest;
  reproduction->interval[0] = factor * interval->low;
  reproduction->interval[1] = factor * interval->high;
  reproduction->chance = NAN;
  reproduction->values = g_array_sized_new (FALSE, FALSE, sizeof (double), runs->length);
  for (guint i = 0; i < runs->length; i++) {
    double value = factor * runs->values[i];
    g_array_append_val (reproduction->values, value);
  }
  return reproduction;
}

CdReproduction *
cd_reproduction_conclude (const CdReproductionCase *the_case, guint claim_index, const CdPool *pool, CdObtainedBy by)
{
  const CdClaim *claim = g_ptr_array_index (the_case->claims->claims, claim_index);
  Runs runs;
  CdInterval interval;
  CdReproduction *reproduction = summarise (the_case, claim, pool, by, &runs, &interval);
  reproduction->claim = (gint) claim_index;
  if (runs.length > 1) {
    reproduction->rank = runs.place.above + 1;
    if (reproduction->n > 0 && is_proportion (claim->unit)) {
      double half_step = cd_unit_scale (pow (10, -(double) claim->decimals) / 2, claim->unit) / 100;
      guint64 needed = cd_selection_needed (runs.claimed / 100, half_step, (guint64) reproduction->n);
      reproduction->chance = cd_selection_chance ((guint64) reproduction->n, runs.place.mean / 100, needed, runs.length);
    }
  }
  reproduction->conclusion = conclusion_of (&runs, pool, reproduction->n, interval, by);
  reproduction->why = tell (reproduction, &runs);
  g_free (runs.values);
  return reproduction;
}

CdReproduction *
cd_reproduction_of_figures (const CdReproductionCase *the_case, const CdPool *pool, CdObtainedBy by)
{
  Runs runs;
  CdInterval interval;
  CdReproduction *reproduction = summarise (the_case, NULL, pool, by, &runs, &interval);
  reproduction->conclusion = CD_CONCLUSIONS;
  g_free (runs.values);
  return reproduction;
}
