/* What only all figures of a file together tell: tasks that are parts of a benchmark, and which of a family's sets a number of problems means. */
#include "outputs/logs-parts.h"
#include <string.h>

#define TASKS_OF_PARTS 3u /* from so many tasks of one benchmark on, those with words of their own are its parts */

/* Tasks of one benchmark. */
typedef struct {
  GHashTable *tasks;  /* char* owned by the figures */
  GHashTable *common; /* words that all of them have; char* owned */
} Group;

static void
group_free (gpointer pointer)
{
  Group *group = pointer;
  g_hash_table_unref (group->tasks);
  g_clear_pointer (&group->common, g_hash_table_unref);
  g_free (group);
}

static void
add_task (Group *group, const char *task)
{
  if (!g_hash_table_add (group->tasks, (gpointer) task))
    return;
  g_auto (GStrv) words = cd_log_words (task);
  GHashTable *common = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; words[i] != NULL; i++)
    if (group->common == NULL || g_hash_table_contains (group->common, words[i]))
      g_hash_table_add (common, g_strdup (words[i]));
  g_clear_pointer (&group->common, g_hash_table_unref);
  group->common = common;
}

/* Hashes of versions, numbers of repeats. */
static gboolean
is_count (const char *word)
{
  static const char *const begins[]
      = { "pass", "maj", "avg", "mean", "best", "run", "rep", "repeat", "seed", "trial", "round", "sample", "k", "n", "r", "v" };
  gboolean digits = FALSE, hex = strlen (word) >= 6;
  for (const char *at = word; *at != '\0'; at++) {
    digits = digits || g_ascii_isdigit (*at);
    hex = hex && g_ascii_isxdigit (*at);
  }
  const char *rest = word + strcspn (word, "0123456789");
  if (strspn (rest, "0123456789") != strlen (rest))
    return hex && digits;
  if (rest == word || (hex && digits))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (begins); i++)
    if (strlen (begins[i]) == (gsize) (rest - word) && strncmp (begins[i], word, (gsize) (rest - word)) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_part (const Group *group, const char *task)
{
  static const char *const neutral[]
      = { "average",    "avg",      "mean",    "overall", "all",      "total",   "main",     "default", "cot",    "zeroshot", "fewshot", "shot",
          "shots",      "0shot",    "gen",     "chat",    "instruct", "llama",   "test",     "tool",    "tir",    "pot",      "pass",    "acc",
          "accuracy",   "score",    "boxed",   "maj",     "majority", "greedy",  "run",      "seed",    "repeat", "em",       "match",   "exact",
          "strict",     "flexible", "extract", "base",    "plus",     "results", "weighted", "macro",   "micro",  "naive",    "best",    "reward",
          "extractive", "verify",   "core",    "eval",    "val",      "ppl",     "llmjudge", NULL };
  g_auto (GStrv) words = cd_log_words (task);
  for (guint i = 0; words[i] != NULL; i++)
    if (!g_hash_table_contains (group->common, words[i]) && !g_strv_contains (neutral, words[i]) && !is_count (words[i]))
      return TRUE;
  return FALSE;
}

/* Of a family ("gpqa"), the one set that has so many problems ("gpqa-diamond", 198). */
static gint
sized (const CdBenchmarks *benchmarks, gint benchmark, gint64 n)
{
  const CdBenchmark *family = cd_benchmarks_at (benchmarks, (guint) benchmark);
  g_autofree char *begin = g_strconcat (family->id, "-", NULL);
  gint found = benchmark;
  if (n <= 0 || family->problems == n)
    return benchmark;
  for (guint i = 0; i < family->sizes->len; i++)
    if (g_array_index (family->sizes, gint64, i) == n)
      return benchmark;
  for (guint i = 0; i < cd_benchmarks_length (benchmarks); i++) {
    const CdBenchmark *other = cd_benchmarks_at (benchmarks, i);
    if (other->problems != n || !g_str_has_prefix (other->id, begin))
      continue;
    if (found != benchmark)
      return benchmark;
    found = (gint) i;
  }
  return found;
}

void
cd_log_settle (const CdLogFile *file, GPtrArray *figures, guint first)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (NULL, NULL, NULL, group_free);
  for (guint i = first; i < figures->len; i++) {
    CdFigure *figure = figures->pdata[i];
    if (figure->benchmark < 0)
      continue;
    Group *group = g_hash_table_lookup (groups, GINT_TO_POINTER (figure->benchmark));
    if (group == NULL) {
      group = g_new0 (Group, 1);
      group->tasks = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_insert (groups, GINT_TO_POINTER (figure->benchmark), group);
    }
    add_task (group, figure->task);
  }
  for (guint i = first; i < figures->len; i++) {
    CdFigure *figure = figures->pdata[i];
    if (figure->benchmark < 0)
      continue;
    const Group *group = g_hash_table_lookup (groups, GINT_TO_POINTER (figure->benchmark));
    gboolean part = g_hash_table_size (group->tasks) >= TASKS_OF_PARTS && is_part (group, figure->task);
    figure->benchmark = part ? -1 : sized (file->benchmarks, figure->benchmark, figure->n);
  }
}

static const char *const subset_keys[] = { "language", "lang", "subset", "subject", "level" };

gboolean
cd_log_is_subset_key (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subset_keys); i++)
    if (g_ascii_strcasecmp (subset_keys[i], key) == 0)
      return TRUE;
  return FALSE;
}

/* Most benchmarks are English as a whole. One in many languages, of which English is a part, has no domain of language to tell it by: its name does. */
static gboolean
is_multilingual (const CdBenchmarks *benchmarks, gint benchmark)
{
  static const char *const marks[] = { "multilingual", "mgsm", "mmmlu", "global", "prox", "belebele", "xcopa", "flores", "polymath" };
  const CdBenchmark *entry = cd_benchmarks_at (benchmarks, (guint) benchmark);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strstr (entry->id, marks[i]) != NULL)
      return TRUE;
  return FALSE;
}

const char *
cd_log_subset (const CdBenchmarks *benchmarks, gint benchmark, const char *value)
{
  static const char *const whole[] = { "all", "overall", "total", "average", "avg", "test", "main", "default", "none", "" };
  if (value == NULL || benchmark < 0 || strlen (value) > 60)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    if (g_ascii_strcasecmp (value, whole[i]) == 0)
      return NULL;
  gboolean english = g_ascii_strcasecmp (value, "en") == 0 || g_ascii_strcasecmp (value, "english") == 0;
  return english && !is_multilingual (benchmarks, benchmark) ? NULL : value;
}

const char *
cd_log_subset_of (const CdLogFile *file, const CdLogTree *tree, const CdLogNode *object, gint benchmark)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subset_keys); i++) {
    const char *subset = cd_log_subset (file->benchmarks, benchmark, cd_log_text (tree, object, subset_keys[i]));
    if (subset != NULL)
      return subset;
  }
  return NULL;
}

static char *
unit_key (const CdFigure *figure)
{
  return figure->benchmark >= 0 ? g_strdup_printf ("%d", figure->benchmark) : g_strdup (figure->task);
}

void
cd_log_settle_units (GPtrArray *figures, guint first)
{
  g_autoptr (GHashTable) percent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = first; i < figures->len; i++)
    if (((CdFigure *) figures->pdata[i])->unit == CD_UNIT_PERCENT && ((CdFigure *) figures->pdata[i])->value > 1)
      g_hash_table_add (percent, unit_key (figures->pdata[i]));
  for (guint i = first; i < figures->len; i++) {
    CdFigure *figure = figures->pdata[i];
    g_autofree char *key = unit_key (figure);
    if (figure->unit == CD_UNIT_FRACTION && g_hash_table_contains (percent, key))
      figure->unit = CD_UNIT_PERCENT;
  }
}
