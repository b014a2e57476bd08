/* What heads and row labels of results tables say: a benchmark, an average, a metric, models, or a value that is no score. Words only; which side of a
 * table they stand on is claims-sides.c's. */
#include "claims/parts.h"
#include <string.h>

/* Figures that are no scores, whatever benchmark they are about. */
gboolean
cd_claim_is_no_score (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (
      &pattern,
      "[Δ∆△]|\\bdelta\\b|\\bgain|improvement|\\bimprov|\\bincrease|\\bdiff(erence)?\\b|tokens?\\b|length|\\blen\\b|\\bstd|stderr|\\bse\\b|variance|"
      "latency|\\btime\\b|\\bcost|speed|\\bhours?\\b|#|№|\\bpass@\\W*$|\\bnum(ber)?\\b|\\bsteps?\\b|\\bratio\\b|\\bloss\\b|reward|提升|长度",
      label);
}

static gboolean
is_attribute (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (
      &pattern,
      "\\bparam|\\bsizes?\\b|samples?$|\\bcount\\b|\\blr\\b|learning|\\bepochs?\\b|\\bbatch|\\bp\\d\\d\\b|\\bprice|\\byear\\b|\\bdate\\b|"
      "\\brank\\b|\\bgpus?\\b|memory|temperature|\\btop[-_ "
      "]?[pk]\\b|^k$|^n$|^#?\\s?version$|n-?shots?$|^shots?$|^pass(es)?$|\\bstages?$|\\bfilter|^seeds?$|"
      "context|\\blayers?\\b|dimension|\\bvocab|^heads?$|throughput|\\bdata(set)? size|\\bsplits?$|^id$|^no\\.?$|^index$|^rounds?$|^iter|"
      "download|license|activated|architecture|^max|^min\\b|median|quantile|entropy|\\bkl\\b|参数|规模",
      label);
}

static gboolean
begins_average (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern,
                           "^\\W*(avg|ave|average|mean|overall|macro[- ]?avg|micro[- ]?avg|平均\\w*)\\b\\.?(?!\\s?@)|"
                           "^\\W*(avg|average)\\.?\\s?@?\\s?\\d+\\s+(\\w+\\s+)?(tasks|benchmarks|datasets)|^平均",
                           label);
}

/* "Math Avg." is an average, "AIME24 (64 average)" a benchmark. */
static gboolean
ends_average (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "\\b(avg|average)\\.?\\W*$", label);
}

/* A head for scores that names no metric. */
gboolean
cd_claim_is_plain_score (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (
      &pattern, "^\\W*(score|scores|value|values|result|results|performance|test|test score|our results?|correct|em|acc)\\b\\W*(\\(?%\\)?)?\\W*$",
      label);
}

#define ATTEMPT                                                                                                                                       \
  "(?:(?:turn|round|step|attempt|trial|try|pass)[ -]?#?\\d{1,2}|(?:1st|2nd|3rd|first|second|third|last|final) (?:turn|round|attempt|try)|t\\d|"       \
  "cov(?:erage)?|dist(?:inct)?(?:[-@]\\w+)?|pass|(?:pass|maj|cons|avg|mean|best|rm)[@^][\\dkn]+|acc(?:uracy)?|[Δ∆△]|\\w ?→ ?\\w|wins?|loses?|" \
  "ties?|(?:win|lose|tie)[ -]?rate)(?: ?\\(?%\\)?)?"

gboolean
cd_claim_is_attempt (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "^[\\s*_(]*(?:" ATTEMPT "[\\s,/]*)+(?: ?[↑↓])?[\\s*_)]*$", label);
}

gboolean
cd_claim_counts (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "(?:^|[^\\w.])(?:dist|distinct)(?:[-@]\\w+)?(?:[^\\w.]|$)", label);
}

char *
cd_claim_strip_attempt (const char *label)
{
  static GRegex *pattern;
  if (g_once_init_enter (&pattern))
    g_once_init_leave (&pattern, g_regex_new ("[\\s:,/_-]+" ATTEMPT "(?: ?[↑↓])?[\\s*]*$", G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  g_autofree char *stripped = g_utf8_validate (label, -1, NULL) ? g_regex_replace_literal (pattern, label, -1, 0, "", 0, NULL) : NULL;
  return stripped != NULL && *stripped != '\0' ? g_steal_pointer (&stripped) : g_strdup (label);
}

CdLabelKind
cd_claim_label_kind (const CdClaimGatherer *gatherer, const char *label, gint *benchmark)
{
  *benchmark = -1;
  if (*label == '\0')
    return CD_LABEL_OTHER;
  if (cd_claim_is_no_score (label))
    return CD_LABEL_NONE;
  if (begins_average (label))
    return CD_LABEL_AVERAGE;
  *benchmark = cd_claim_benchmark (gatherer, label);
  /* "QWEN-2.5-MATH-7B" is a model. */
  if (*benchmark >= 0 && cd_benchmarks_at (gatherer->reader.benchmarks, (guint) *benchmark)->cased
      && cd_label_is_foundation (&gatherer->reader, label)) {
    *benchmark = -1;
    return CD_LABEL_OTHER;
  }
  if (*benchmark < 0 && ends_average (label))
    return CD_LABEL_AVERAGE;
  if (*benchmark >= 0)
    return CD_LABEL_BENCHMARK;
  if (cd_text_names_metric (label, -1) || cd_claim_is_plain_score (label) || cd_claim_is_attempt (label))
    return CD_LABEL_METRIC;
  return is_attribute (label) ? CD_LABEL_NONE : CD_LABEL_OTHER;
}

/* A column whose head says that models stand below. */
gboolean
cd_claim_heads_models (const char *head)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "model|method|approach|\\bname\\b|system|checkpoint|algorithm|agent|setting|policy|模型|方法", head);
}

/* A part of a benchmark, which says nothing without it. */
gboolean
cd_claim_is_part (const char *text)
{
  static GRegex *pattern;
  return cd_claim_matches (
      &pattern, "^\\W*(easy|medium|hard|all|test|val|dev|main|en|zh|cn|overall|total|full|part \\w+|level ?\\d|l\\d|i+|short|long|\\d+|.{0,3})\\W*$",
      text);
}
