/* maj@k: the expected correctness of the most frequent of k answers. The definition is estimators.h's.
 * Exact: answers are taken one after the other, each contributing v votes with hypergeometric chance; for each possible winning number of votes t the
 * state is (samples drawn so far, answers that have t). Beyond a bound on work: subsets are drawn. */
#include "statistics/estimators.h"
#include "statistics/random.h"
#include <math.h>

#define MOST_DRAWS 4096u
#define LEAST_DRAWS 256u
#define DRAWN_SAMPLES (1u << 20) /* subsets times k, between the two bounds */

/* Chances of v = 0 … draws of marked ones among draws from population, into chance[0 … draws]. By the ratio of neighbouring terms, from the most likely
 * one on, so that nothing overflows. */
static void
hypergeometric (guint population, guint marked, guint draws, double *chance)
{
  guint unmarked = population - marked, least = draws > unmarked ? draws - unmarked : 0, most = MIN (marked, draws);
  for (guint v = 0; v <= draws; v++)
    chance[v] = 0;
  guint mode = (guint) (((guint64) draws + 1) * ((guint64) marked + 1) / ((guint64) population + 2));
  mode = CLAMP (mode, least, most);
  double sum = chance[mode] = 1;
  for (guint v = mode; v < most; v++) {
    chance[v + 1] = chance[v] * ((double) (marked - v) * (draws - v)) / ((double) (v + 1) * (unmarked - draws + v + 1));
    sum += chance[v + 1];
  }
  for (guint v = mode; v > least; v--) {
    chance[v - 1] = chance[v] * ((double) v * (unmarked - draws + v)) / ((double) (marked - v + 1) * (draws - v + 1));
    sum += chance[v - 1];
  }
  for (guint v = least; v <= most; v++)
    chance[v] /= sum;
}

/* For winning number t: the weight of (s drawn, j answers at t), and that weight times the number of right ones among the j. */
typedef struct {
  double weight, right;
} State;

typedef struct {
  guint k;
  gsize *start; /* of each t's states; t's state (j, s) is at start[t] + j * (k + 1) + s */
  State *now, *next;
  gsize length;
} Table;

static void
table_clear (Table *table)
{
  g_free (table->start);
  g_free (table->now);
  g_free (table->next);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void
table_init (Table *table, guint k)
{
  table->k = k;
  table->start = g_new0 (gsize, k + 2);
  for (guint t = 1; t <= k; t++)
    table->start[t + 1] = table->start[t] + (gsize) (k / t + 1) * (k + 1);
  table->length = table->start[k + 1];
  table->now = g_new0 (State, table->length);
  table->next = g_new0 (State, table->length);
}

/* One answer, at s samples drawn before it: v more with chance[v]. */
static void
take_at (Table *table, guint t, guint s, const double *chance, gboolean right)
{
  guint k = table->k, most = MIN (t, k - s);
  for (guint j = 0; j <= k / t; j++) {
    State from = table->now[table->start[t] + (gsize) j * (k + 1) + s];
    if (from.weight <= 0)
      continue;
    State *to = &table->next[table->start[t] + (gsize) j * (k + 1) + s];
    for (guint v = 0; v <= most; v++) {
      gsize tied = v == t ? k + 1 : 0; /* one row of states further: j + 1 */
      to[v + tied].weight += from.weight * chance[v];
      to[v + tied].right += (from.right + (tied && right ? from.weight : 0)) * chance[v];
    }
  }
}

static void
take_answer (Table *table, guint population, CdVote vote, double *chance)
{
  for (gsize i = 0; i < table->length; i++)
    table->next[i] = (State){ 0, 0 };
  for (guint s = 0; s <= table->k; s++) {
    if (table->k - s > population)
      continue;
    hypergeometric (population, vote.votes, table->k - s, chance);
    for (guint t = 1; t <= table->k; t++)
      take_at (table, t, s, chance, vote.right);
  }
  State *old = table->now;
  table->now = table->next;
  table->next = old;
}

static double
expect_exactly (const CdVote *votes, guint length, guint silent, guint total, guint k)
{
  g_auto (Table) table = { 0 };
  table_init (&table, k);
  g_autofree double *chance = g_new (double, k + 1);
  hypergeometric (total, silent, k, chance);
  for (guint t = 1; t <= k; t++)
    for (guint s = 0; s <= k; s++)
      table.now[table.start[t] + s].weight = chance[s];
  guint population = total - silent;
  for (guint i = 0; i < length; i++) {
    take_answer (&table, population, votes[i], chance);
    population -= votes[i].votes;
  }
  double expected = 0;
  for (guint t = 1; t <= k; t++)
    for (guint j = 1; j <= k / t; j++)
      expected += table.now[table.start[t] + (gsize) j * (k + 1) + k].right / j;
  return MIN (expected, 1);
}

/* The share of right ones among the most frequent answers. */
static double
split_ties (const CdVote *votes, const guint *counts, guint length)
{
  guint most = 1, tied = 0, right = 0;
  for (guint i = 0; i < length; i++) {
    guint count = counts != NULL ? counts[i] : votes[i].votes;
    if (count < most)
      continue;
    if (count > most)
      tied = right = 0;
    most = count;
    tied++;
    right += votes[i].right ? 1 : 0;
  }
  return tied > 0 ? (double) right / tied : 0;
}

static double
expect_by_draws (const CdVote *votes, guint length, guint silent, guint total, guint k, guint64 seed)
{
  g_autofree guint *answers = g_new (guint, total); /* of each sample; length: none */
  g_autofree guint *counts = g_new0 (guint, length + 1);
  guint filled = 0, draws = CLAMP (DRAWN_SAMPLES / k, LEAST_DRAWS, MOST_DRAWS);
  for (guint i = 0; i <= length; i++)
    for (guint left = i < length ? votes[i].votes : silent; left > 0; left--)
      answers[filled++] = i;
  CdRandom random = cd_random_new (seed);
  double sum = 0;
  for (guint draw = 0; draw < draws; draw++) {
    for (guint i = 0; i < k; i++) { /* the first k places of a shuffle */
      guint other = i + cd_random_below (&random, total - i), answer = answers[other];
      answers[other] = answers[i];
      answers[i] = answer;
      counts[answer]++;
    }
    sum += split_ties (votes, counts, length);
    for (guint i = 0; i < k; i++)
      counts[answers[i]] = 0;
  }
  return sum / draws;
}

double
cd_estimate_majority (const CdVote *votes, guint length, guint silent, guint k, guint64 seed)
{
  guint total = silent;
  for (guint i = 0; i < length; i++)
    total += votes[i].votes;
  if (k == 0 || k > total)
    return NAN;
  if (k == total)
    return split_ties (votes, NULL, length);
  if ((double) length * k * k * k <= CD_MAJORITY_EXACT)
    return expect_exactly (votes, length, silent, total, k);
  return expect_by_draws (votes, length, silent, total, k, seed);
}
