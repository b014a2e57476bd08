/* Names of metrics and units. Patterns are the field's spellings: pass@1, Pass@k, cons@64, maj@8, avg@32, mean@16, best-of-n, EM, F1 … */
#include "metrics/metric.h"
#include <string.h>

/* A spelling: letters and marks of a key, compared without regard to case, '-', '_' and blanks. `k`: a number follows behind '@' or directly. */
typedef struct {
  const char *spelling;
  CdMetricKind kind;
  gboolean counted;
} Spelling;

/* Longer ones before those that they begin with. */
static const Spelling spellings[] = {
  { "pass@", CD_METRIC_PASS, TRUE },
  { "pass^", CD_METRIC_PASS, TRUE },
  { "passat", CD_METRIC_PASS, TRUE },
  { "majorityvoting@", CD_METRIC_MAJORITY, TRUE },
  { "majorityvote@", CD_METRIC_MAJORITY, TRUE },
  { "majority@", CD_METRIC_MAJORITY, TRUE },
  { "majorityvot", CD_METRIC_MAJORITY, FALSE },
  { "maj@", CD_METRIC_MAJORITY, TRUE },
  { "maj1@", CD_METRIC_MAJORITY, TRUE },
  { "consensus@", CD_METRIC_MAJORITY, TRUE },
  { "cons@", CD_METRIC_MAJORITY, TRUE },
  { "con@", CD_METRIC_MAJORITY, TRUE },
  { "sc@", CD_METRIC_MAJORITY, TRUE },
  { "vote@", CD_METRIC_MAJORITY, TRUE },
  { "selfconsistency@", CD_METRIC_MAJORITY, TRUE },
  { "selfconsistency", CD_METRIC_MAJORITY, FALSE },
  { "bestofn@", CD_METRIC_BEST, TRUE },
  { "bestof", CD_METRIC_BEST, TRUE },
  { "best@", CD_METRIC_BEST, TRUE },
  { "bon@", CD_METRIC_BEST, TRUE },
  { "rm@", CD_METRIC_BEST, TRUE },
  { "prm@", CD_METRIC_BEST, TRUE },
  { "orm@", CD_METRIC_BEST, TRUE },
  { "average@", CD_METRIC_AVERAGE, TRUE },
  { "avg@", CD_METRIC_AVERAGE, TRUE },
  { "mean@", CD_METRIC_AVERAGE, TRUE },
  { "acc@", CD_METRIC_AVERAGE, TRUE },
  { "exactmatch", CD_METRIC_EXACT_MATCH, FALSE },
  { "em", CD_METRIC_EXACT_MATCH, FALSE },
  { "macrof1", CD_METRIC_F1, FALSE },
  { "f1", CD_METRIC_F1, FALSE },
  { "winrate", CD_METRIC_RATE, FALSE },
  { "lcwinrate", CD_METRIC_RATE, FALSE },
  { "resolved", CD_METRIC_RATE, FALSE },
  { "resolverate", CD_METRIC_RATE, FALSE },
  { "successrate", CD_METRIC_RATE, FALSE },
  { "refusalrate", CD_METRIC_RATE, FALSE },
  { "rating", CD_METRIC_RATING, FALSE },
  { "elo", CD_METRIC_RATING, FALSE },
  { "percentile", CD_METRIC_RATING, FALSE },
  { "outputtokens", CD_METRIC_TOKENS, FALSE },
  { "responselength", CD_METRIC_TOKENS, FALSE },
  { "tokens", CD_METRIC_TOKENS, FALSE },
  { "accuracy", CD_METRIC_ACCURACY, FALSE },
  { "accnorm", CD_METRIC_ACCURACY, FALSE },
  { "acc", CD_METRIC_ACCURACY, FALSE },
  { "extractivematch", CD_METRIC_ACCURACY, FALSE },
  { "correctness", CD_METRIC_ACCURACY, FALSE },
};

/* Position behind the spelling at text, or NULL. */
static const char *
match (const char *text, const char *end, const char *spelling)
{
  for (; *spelling != '\0'; spelling++) {
    while (text < end && spelling[0] != '@' && (*text == '-' || *text == '_' || *text == ' ') && g_ascii_isalpha (*spelling))
      text++;
    if (*spelling == '@')
      while (text < end && (*text == ' ' || *text == '\\' || *text == '$'))
        text++;
    if (text >= end || g_ascii_tolower (*text) != *spelling)
      return NULL;
    text++;
  }
  return text;
}

/* The k behind "@", "-of-" and the like; 0 where it is a letter. */
static guint
number_after (const char *text, const char *end)
{
  guint k = 0;
  while (text < end && (*text == ' ' || *text == '-' || *text == '_' || *text == '$' || *text == '{' || *text == '@'))
    text++;
  for (guint digits = 0; text < end && g_ascii_isdigit (*text) && digits < 6; text++, digits++)
    k = 10 * k + (guint) (*text - '0');
  return k;
}

static gboolean
spelling_at (const char *at, const char *end, CdMetric *metric)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++) {
    const Spelling *row = &spellings[i];
    const char *rest = match (at, end, row->spelling);
    if (rest == NULL)
      continue;
    gboolean short_word = strlen (row->spelling) <= 3 && !row->counted;
    if (short_word && rest < end && g_ascii_isalnum (*rest))
      continue;
    *metric = (CdMetric){ row->kind, row->counted ? number_after (rest, end) : 0 };
    return TRUE;
  }
  return FALSE;
}

CdMetric
cd_metric_read (const char *text, gssize length)
{
  CdMetric metric = { CD_METRIC_UNKNOWN, 0 };
  if (text == NULL)
    return metric;
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length);
  gboolean first = TRUE; /* at a word's beginning */
  for (const char *at = text; at < end; at++) {
    if (first && g_ascii_isalpha (*at) && spelling_at (at, end, &metric))
      return metric;
    first = !g_ascii_isalnum (*at);
  }
  return metric;
}

char *
cd_metric_name (CdMetric metric)
{
  static const char *const names[CD_METRIC_KINDS]
      = { "unknown", "accuracy", "pass", "maj", "best", "avg", "exact-match", "f1", "rate", "rating", "tokens" };
  gboolean counted
      = metric.kind == CD_METRIC_PASS || metric.kind == CD_METRIC_MAJORITY || metric.kind == CD_METRIC_BEST || metric.kind == CD_METRIC_AVERAGE;
  if (!counted)
    return g_strdup (names[metric.kind]);
  return metric.k > 0 ? g_strdup_printf ("%s@%u", names[metric.kind], metric.k) : g_strdup_printf ("%s@k", names[metric.kind]);
}

const char *
cd_unit_name (CdUnit unit)
{
  static const char *const names[CD_UNITS] = { "percent", "fraction", "score", "count", "tokens" };
  return names[unit];
}

double
cd_unit_scale (double value, CdUnit unit)
{
  return unit == CD_UNIT_FRACTION ? 100 * value : value;
}
