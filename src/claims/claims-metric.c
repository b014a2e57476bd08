/* How a claimed figure was measured: metric with its k, samples a problem, problems, version and unit, from labels and from sentences near by. */
#include "claims/parts.h"
#include <math.h>
#include <string.h>

#define NEAR_LINES 15u
#define SENTENCE_BYTES 4000u

/* A number in words, as notes write the count of runs. */
static guint
count_of (const char *word)
{
  static const char *const words[] = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten" };
  if (g_ascii_isdigit (*word))
    return (guint) g_ascii_strtoull (word, NULL, 10);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return i + 1;
  return g_ascii_strcasecmp (word, "sixteen") == 0 ? 16 : 0;
}

#define COUNT "(?<![\\d.,+])(\\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|sixteen)"
#define DRAWN                                                                                                                                        \
  "(?:runs?|samples?|trials?|times|seeds?|repetitions|repeats|generations?|responses?|rollouts?|completions?|outputs?|solutions?|rounds?|"           \
  "evaluations?|passes)"

guint
cd_claim_samples (const char *text)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (
        &pattern,
        g_regex_new ("(?:averag\\w*|\\bmean|\\bavg\\.?)\\W+(?:\\w+\\W+){0,5}?" COUNT "[\\s-]+(?:[a-z]+[\\s-]+){0,2}?" DRAWN "\\b"
                     "|\\b" COUNT "\\s+(?:[a-z]+\\s+){0,2}?" DRAWN
                     "\\s+(?:per|for\\s+each|for\\s+every)\\s+(?:test\\s+)?(?:question|query|problem|prompt|sample|"
                     "example|instance|task|input)"
                     "|\\bavg(?:erage)?(?:\\s+of)?\\s?@?\\s?(\\d{1,4})\\b(?![.,]\\d|\\s?%|\\s+points?\\b)|\\bmean@(\\d{1,4})"
                     "|(?<![\\d.,+])\\b(\\d{1,4})[\\s-]+(?:average|avg)\\b(?!\\s+(?:gain|improvement|increase|points?|accuracy|scores?)\\b)|["
                     "\\w)]\\s?[x×]\\s?(\\d{1,3})(?=\\)?$)"
                     "|\\brepeat\\w*\\s+" COUNT "\\s+times|n_sampling\\s*[=:]\\s*(\\d{1,4})",
                     G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return 0;
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match (pattern, text, 0, &match))
    return 0;
  for (gint group = 1; group < g_match_info_get_match_count (match); group++) {
    g_autofree char *word = g_match_info_fetch (match, group);
    if (word != NULL && *word != '\0')
      return count_of (word);
  }
  return 0;
}

gint64
cd_claim_problems (const char *label)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (&pattern, g_regex_new ("\\(\\s*(\\d{2,6})\\s*\\)|\\bn\\s?=\\s?(\\d{2,6})\\b|\\b(\\d{2,6})\\s+(?:problems|questions|items)\\b",
                                              G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_utf8_validate (label, -1, NULL) || !g_regex_match (pattern, label, 0, &match))
    return 0;
  for (gint group = 1; group < g_match_info_get_match_count (match); group++) {
    g_autofree char *number = g_match_info_fetch (match, group);
    gint64 n = number != NULL ? g_ascii_strtoll (number, NULL, 10) : 0;
    if (n > 0)
      return n >= 1983 && n <= 2035 ? 0 : n; /* a year */
  }
  return 0;
}

/* "Odyssey-MATH" and "C-SimpleQA" are other benchmarks than those whose names they end with; in a longer name it is part of a model's. */
static gboolean
is_prefixed (const CdClaimGatherer *gatherer, const char *label, gint benchmark)
{
  gsize word = strspn (label, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  if (word == 0 || label[word] != '-')
    return FALSE;
  g_autoptr (GArray) mentions = cd_benchmarks_in_text (gatherer->reader.benchmarks, label);
  for (guint i = 0; i < mentions->len; i++) {
    const CdBenchmarkMention *mention = &g_array_index (mentions, CdBenchmarkMention, i);
    if (mention->benchmark == benchmark)
      return mention->start == word + 1;
  }
  return FALSE;
}

gint
cd_claim_benchmark (const CdClaimGatherer *gatherer, const char *label)
{
  static GRegex *pattern;
  gint found = cd_benchmarks_in_label (gatherer->reader.benchmarks, label, NULL);
  if (found >= 0 && is_prefixed (gatherer, label, found))
    return -1;
  if (found >= 0 || strlen (label) > 60 || strpbrk (label, "0123456789") == NULL || !g_utf8_validate (label, -1, NULL))
    return found;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (&pattern, g_regex_new ("(?<=\\w)[x×_](?=\\d+\\b)|(?<=[a-z]{3})v?(?=\\d)|(?<=\\w)(?=(?:pass|maj|cons|avg|mean)@)",
                                              G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  g_autofree char *apart = g_regex_replace_literal (pattern, label, -1, 0, " ", 0, NULL);
  return apart != NULL ? cd_benchmarks_in_label (gatherer->reader.benchmarks, apart, NULL) : -1;
}

char *
cd_claim_version (const char *label)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (
        &pattern,
        g_regex_new (
            "\\bv\\d+(?:\\.\\d+)*\\b|\\b20\\d\\d[-./]\\d\\d?(?:\\s?[-–~]\\s?20\\d\\d[-./]\\d\\d?)?|\\b\\d{1,2}/\\d{1,2}\\s?[-–~]\\s?\\d{1,2}/"
            "\\d{1,2}\\b|"
            "\\b(?:24|25)\\d\\d\\s?[-–~]\\s?(?:24|25)\\d\\d\\b|\\b(?:val|validation|dev|test-?mini|test-?std|test|mini|main|extended|verified|"
            "lite|easy|medium|hard|full)\\b",
            G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_utf8_validate (label, -1, NULL) || !g_regex_match (pattern, label, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 0);
}

void
cd_claim_measure_label (CdClaimMeasure *measure, const char *label)
{
  if (label == NULL || *label == '\0')
    return;
  if (measure->metric.kind == CD_METRIC_UNKNOWN)
    measure->metric = cd_metric_read (label, -1);
  if (measure->samples == 0)
    measure->samples = cd_claim_samples (label);
  if (measure->samples == 0 && measure->metric.kind == CD_METRIC_AVERAGE)
    measure->samples = measure->metric.k;
}

void
cd_claim_measure_near (CdClaimMeasure *measure, const CdDocument *document, gint32 section, guint32 first, guint32 last)
{
  for (guint i = 0; i < document->passages->len && (measure->samples == 0 || measure->metric.kind == CD_METRIC_UNKNOWN); i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->section != section || passage->end_line + NEAR_LINES < first || (passage->line >= first && passage->end_line <= last))
      continue;
    if (passage->line > last + NEAR_LINES)
      return;
    if ((passage->kind != CD_PASSAGE_PROSE && passage->kind != CD_PASSAGE_CAPTION) || passage->end - passage->start > SENTENCE_BYTES)
      continue;
    g_autofree char *text = cd_document_passage_text (document, passage);
    guint samples = cd_claim_samples (text);
    CdMetric metric = cd_metric_read (text, -1);
    if (measure->samples == 0 && samples > 1) {
      measure->samples = samples;
      measure->line = passage->line;
    }
    if (measure->metric.kind == CD_METRIC_UNKNOWN && metric.kind != CD_METRIC_TOKENS && metric.kind != CD_METRIC_RATING)
      measure->metric = metric;
  }
}

CdUnit
cd_claim_unit (const CdClaimGatherer *gatherer, gint benchmark, CdMetric metric, const char *label, double most)
{
  static GRegex *rating, *percentile;
  const CdBenchmark *known = benchmark >= 0 ? cd_benchmarks_at (gatherer->reader.benchmarks, (guint) benchmark) : NULL;
  if (cd_claim_matches (&percentile, "percentile|win[- ]?rate", label))
    return most <= 1.0 ? CD_UNIT_FRACTION : CD_UNIT_PERCENT;
  if (metric.kind == CD_METRIC_RATING || most > 100.0 || cd_claim_matches (&rating, "\\b(rating|elo|judge|gpt-?score)\\b", label))
    return CD_UNIT_SCORE;
  if (metric.kind == CD_METRIC_TOKENS)
    return CD_UNIT_TOKENS;
  if (known != NULL && g_strcmp0 (known->answer, "rating") == 0 && most > 1.0 && most <= 10.0)
    return CD_UNIT_SCORE;
  return most <= 1.0 ? CD_UNIT_FRACTION : CD_UNIT_PERCENT;
}
