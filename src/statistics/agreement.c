/* Cohen's and Fleiss' kappa of yes-or-no ratings, with a bootstrap over clusters. Both are made of sums over subjects, so that a resample adds up
 * its clusters' sums instead of rating anything again. */
#include "statistics/agreement.h"
#include "statistics/estimators.h"
#include "statistics/random.h"
#include <math.h>

#define LEVEL 0.95

/* Sums over subjects of a cluster: all that agreement and either kappa are made of. */
typedef struct {
  double subjects;
  double agreeing; /* shares of agreeing pairs of raters */
  double yes[2];   /* of Cohen's two raters */
  double ratings;
  double all_yes;
  double mixed; /* x (m - x) / m of x yes among m ratings */
} Sums;

static void
add_sums (Sums *to, const Sums *sums)
{
  to->subjects += sums->subjects;
  to->agreeing += sums->agreeing;
  to->yes[0] += sums->yes[0];
  to->yes[1] += sums->yes[1];
  to->ratings += sums->ratings;
  to->all_yes += sums->all_yes;
  to->mixed += sums->mixed;
}

/* (observed - expected) / (1 - expected). Where chance alone agrees always, nobody disagreed. */
static double
cohen (const Sums *sums)
{
  double first = sums->yes[0] / sums->subjects, second = sums->yes[1] / sums->subjects;
  double expected = first * second + (1 - first) * (1 - second);
  return expected < 1 ? (sums->agreeing / sums->subjects - expected) / (1 - expected) : 1;
}

/* 1 - sum of x (m - x) / m over n (mean m - 1) p (1 - p). */
static double
fleiss (const Sums *sums)
{
  double p = sums->all_yes / sums->ratings;
  double chance = (sums->ratings - sums->subjects) * p * (1 - p);
  return chance > 0 ? 1 - sums->mixed / chance : 1;
}

/* Which two raters rated anything that counts: FALSE where they are more. */
static gboolean
is_pair (const signed char *ratings, guint subjects, guint raters, guint pair[2])
{
  guint active = 0;
  for (guint r = 0; r < raters; r++) {
    gboolean rated = FALSE;
    for (guint s = 0; s < subjects && !rated; s++) {
      guint others = 0;
      for (guint other = 0; ratings[s * raters + r] >= 0 && other < raters && others == 0; other++)
        others += other != r && ratings[s * raters + other] >= 0 ? 1 : 0;
      rated = others > 0;
    }
    if (rated && active < 2)
      pair[active] = r;
    active += rated ? 1 : 0;
  }
  return active == 2;
}

/* The sums of one subject; no subject where fewer than two rated it. */
static Sums
sums_of (const signed char *ratings, guint raters, const guint *pair)
{
  double m = 0, x = 0;
  for (guint r = 0; r < raters; r++) {
    m += ratings[r] >= 0 ? 1 : 0;
    x += ratings[r] > 0 ? 1 : 0;
  }
  if (m < 2)
    return (Sums){ 0 };
  Sums sums = { .subjects = 1, .ratings = m, .all_yes = x, .mixed = x * (m - x) / m };
  sums.agreeing = 1 - 2 * x * (m - x) / (m * (m - 1));
  for (guint i = 0; pair != NULL && i < 2; i++)
    sums.yes[i] = ratings[pair[i]] > 0 ? 1 : 0;
  return sums;
}

static CdInterval
interval_of (const GArray *clusters, double (*kappa) (const Sums *sums))
{
  g_autofree double *kappas = g_new (double, CD_BOOTSTRAP_RESAMPLES);
  CdRandom random = cd_random_new (CD_RANDOM_SEED);
  for (guint i = 0; i < CD_BOOTSTRAP_RESAMPLES; i++) {
    Sums drawn = { 0 };
    for (guint k = 0; k < clusters->len; k++)
      add_sums (&drawn, &g_array_index (clusters, Sums, cd_random_below (&random, clusters->len)));
    kappas[i] = kappa (&drawn);
  }
  cd_quantile_sort (kappas, CD_BOOTSTRAP_RESAMPLES);
  return (CdInterval){ cd_quantile (kappas, CD_BOOTSTRAP_RESAMPLES, (1 - LEVEL) / 2), cd_quantile (kappas, CD_BOOTSTRAP_RESAMPLES, (1 + LEVEL) / 2) };
}

static CdInterval
share_of (const GArray *clusters)
{
  g_autofree double *sums = g_new (double, clusters->len);
  g_autofree guint *counts = g_new (guint, clusters->len);
  for (guint i = 0; i < clusters->len; i++) {
    sums[i] = g_array_index (clusters, Sums, i).agreeing;
    counts[i] = (guint) g_array_index (clusters, Sums, i).subjects;
  }
  return cd_interval_clustered (sums, counts, clusters->len, CD_Z_95);
}

/* Leaves those that hold a subject. */
static void
drop_empty (GArray *sums)
{
  guint kept = 0;
  for (guint i = 0; i < sums->len; i++)
    if (g_array_index (sums, Sums, i).subjects > 0)
      g_array_index (sums, Sums, kept++) = g_array_index (sums, Sums, i);
  g_array_set_size (sums, kept);
}

CdKappa
cd_kappa_measure (const signed char *ratings, guint subjects, guint raters, const guint *cluster, guint clusters)
{
  CdKappa result = { .agreement = NAN, .kappa = NAN, .interval = { NAN, NAN }, .share = { NAN, NAN } };
  guint pair[2] = { 0 };
  gboolean two = is_pair (ratings, subjects, raters, pair);
  g_autoptr (GArray) each = g_array_sized_new (FALSE, TRUE, sizeof (Sums), subjects);
  g_autoptr (GArray) grouped = g_array_sized_new (FALSE, TRUE, sizeof (Sums), clusters);
  g_array_set_size (grouped, clusters);
  Sums all = { 0 };
  for (guint s = 0; s < subjects; s++) {
    Sums sums = sums_of (ratings + (gsize) s * raters, raters, two ? pair : NULL);
    g_array_append_val (each, sums);
    add_sums (&g_array_index (grouped, Sums, cluster[s]), &sums);
    add_sums (&all, &sums);
    result.raters = MAX (result.raters, (guint) sums.ratings);
  }
  drop_empty (each);
  drop_empty (grouped);
  if (each->len == 0)
    return result;
  double (*kappa) (const Sums *) = two ? cohen : fleiss;
  const GArray *units = grouped->len > 1 ? grouped : each;
  result.subjects = each->len;
  result.fleiss = !two;
  result.agreement = all.agreeing / all.subjects;
  result.kappa = kappa (&all);
  result.share = share_of (grouped);
  if (units->len > 1 && all.mixed > 0)
    result.interval = interval_of (units, kappa);
  return result;
}
