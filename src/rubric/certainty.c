/* How likely a careful reader agrees with a verdict: a probit regression on few features, measured on labelled works that the rules were not written on
 * and kept in rubrics/<id>.certainty.yaml (made by rubrics/fit/certainty.py). What answers say about each other is together.c's. */
#include "base/text.h"
#include "rubric/set.h"
#include <math.h>
#include <string.h>

/* Without measurements: from a coin's toss at the border to 0.9 from this distance on. */
#define FAR 4.0
#define LEAST 0.5
#define SPAN 0.4
/* Distances beyond this say no more. */
#define MOST_MARGIN 6.0
/* Counts of candidates in parts of one. */
#define CANDIDATES 4.0

/* All verdicts, and the one whose feature is asked. */
typedef struct {
  const CdRubric *rubric;
  const GPtrArray *verdicts;
  const CdVerdict *verdict;
} Case;

static double
margin_of (const CdVerdict *verdict)
{
  return CLAMP (verdict->margin, -MOST_MARGIN, MOST_MARGIN);
}

static double
feature_margin (const Case *the_case)
{
  return margin_of (the_case->verdict);
}

/* The mean distance of the other verdicts: of one dimension, or of all. */
static double
mean_of_others (const Case *the_case, gboolean one_dimension)
{
  guint dimension = cd_rubric_criterion (the_case->rubric, the_case->verdict->criterion)->dimension, length = 0;
  double sum = 0;
  for (guint i = 0; i < the_case->verdicts->len; i++) {
    const CdVerdict *other = the_case->verdicts->pdata[i];
    if (other == the_case->verdict || (one_dimension && cd_rubric_criterion (the_case->rubric, other->criterion)->dimension != dimension))
      continue;
    sum += margin_of (other);
    length++;
  }
  return length > 0 ? sum / length : 0;
}

static double
feature_rest (const Case *the_case)
{
  return mean_of_others (the_case, FALSE);
}

static double
feature_dimension (const Case *the_case)
{
  return mean_of_others (the_case, TRUE);
}

static double
count_candidates (const CdVerdict *verdict, gboolean for_yes)
{
  guint count = 0;
  for (guint i = 0; i < verdict->candidates->len; i++) {
    const CdCandidate *candidate = &g_array_index (verdict->candidates, CdCandidate, i);
    count += candidate->evidence.document != G_MAXUINT && !candidate->for_yes == !for_yes ? 1 : 0;
  }
  return count / CANDIDATES;
}

static double
feature_for (const Case *the_case)
{
  return count_candidates (the_case->verdict, TRUE);
}

static double
feature_against (const Case *the_case)
{
  return count_candidates (the_case->verdict, FALSE);
}

static const struct {
  const char *name;
  double (*value) (const Case *the_case);
} rows[] = {
  { "margin", feature_margin }, { "rest", feature_rest }, { "dimension", feature_dimension }, { "for", feature_for }, { "against", feature_against }
};

static gboolean
read_features (CdRubric *rubric, const CdYaml *yaml, GHashTable *probes, GError **error)
{
  const CdYamlNode *list = cd_yaml_get (cd_yaml_root (yaml), "features");
  if (list != NULL && list->kind != CD_YAML_SEQUENCE)
    return cd_yaml_fail (yaml, list, error, "\"features\" must be a list");
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const char *name = cd_yaml_string (cd_yaml_at (list, i));
    CdFeature feature = { .row = G_MAXUINT };
    for (guint k = 0; name != NULL && k < G_N_ELEMENTS (rows); k++)
      if (strcmp (rows[k].name, name) == 0)
        feature.row = k;
    guint position = name == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (probes, name));
    if (feature.row == G_MAXUINT && position == 0)
      return cd_yaml_fail (yaml, cd_yaml_at (list, i), error, "\"%s\" is neither margin, rest, dimension, for or against, nor a probe",
                           name != NULL ? name : "");
    feature.probe = position - 1;
    g_array_append_val (rubric->features, feature);
  }
  return TRUE;
}

/* Numbers of a list that must be so long; NULL with error. Caller frees. */
static double *
read_numbers (const CdYaml *yaml, const CdYamlNode *list, const CdYamlNode *owner, guint length, GError **error)
{
  if (list == NULL || list->kind != CD_YAML_SEQUENCE || cd_yaml_length (list) != length) {
    cd_yaml_fail (yaml, list != NULL ? list : owner, error, "expected a list of %u numbers", length);
    return NULL;
  }
  g_autofree double *numbers = g_new0 (double, (gsize) length + 1);
  for (guint i = 0; i < length; i++)
    if (!cd_yaml_double (cd_yaml_at (list, i), &numbers[i]) || !isfinite (numbers[i])) {
      cd_yaml_fail (yaml, cd_yaml_at (list, i), error, "expected a number");
      return NULL;
    }
  return g_steal_pointer (&numbers);
}

/* The criterion that a key of a mapping names; FALSE with error. */
static gboolean
find_criterion (const CdRubric *rubric, const CdYaml *yaml, const CdYamlNode *key, guint *criterion, GError **error)
{
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (rubric->index, key->scalar));
  if (position > 0) {
    *criterion = position - 1;
    return TRUE;
  }
  g_autofree const char **ids = g_new0 (const char *, (gsize) rubric->criteria->len + 1);
  for (guint i = 0; i < rubric->criteria->len; i++)
    ids[i] = g_array_index (rubric->criteria, CdCriterion, i).id;
  g_autofree char *suggestion = cd_text_suggestion (key->scalar, ids);
  return cd_yaml_fail (yaml, key, error, "there is no criterion \"%s\"%s", key->scalar, suggestion);
}

static gboolean
read_leaning (CdRubric *rubric, const CdYaml *yaml, const CdYamlNode *node, guint criterion, GError **error)
{
  static const char *const keys[] = { "bias", "weights", NULL };
  CdLeaning *leaning = &g_array_index (rubric->leanings, CdLeaning, criterion);
  if (!cd_yaml_check_keys (yaml, node, keys, error))
    return FALSE;
  const CdYamlNode *bias = cd_yaml_get (node, "bias");
  if (!cd_yaml_double (bias, &leaning->bias) || !isfinite (leaning->bias))
    return cd_yaml_fail (yaml, bias != NULL ? bias : node, error, "\"bias\" must be a number");
  leaning->weights = read_numbers (yaml, cd_yaml_get (node, "weights"), node, rubric->features->len, error);
  return leaning->weights != NULL;
}

/* `together`: for a criterion its correlations with those before it in the rubric. */
static gboolean
read_together (CdRubric *rubric, const CdYaml *yaml, const CdYamlNode *node, guint criterion, GError **error)
{
  guint length = rubric->criteria->len;
  g_autofree double *numbers = read_numbers (yaml, node, node, criterion, error);
  for (guint i = 0; numbers != NULL && i < criterion; i++) {
    if (fabs (numbers[i]) >= 1)
      return cd_yaml_fail (yaml, cd_yaml_at (node, i), error, "a correlation lies between -1 and 1");
    rubric->together[criterion * length + i] = rubric->together[i * length + criterion] = numbers[i];
  }
  return numbers != NULL;
}

typedef gboolean (*ReadCriterion) (CdRubric *rubric, const CdYaml *yaml, const CdYamlNode *node, guint criterion, GError **error);

/* A mapping from criteria, each read by a function. */
static gboolean
read_mapping (CdRubric *rubric, const CdYaml *yaml, const CdYamlNode *mapping, const char *name, ReadCriterion read, GError **error)
{
  if (mapping != NULL && mapping->kind != CD_YAML_MAPPING)
    return cd_yaml_fail (yaml, mapping, error, "\"%s\" maps criteria to numbers", name);
  for (guint i = 0; i < cd_yaml_length (mapping); i++) {
    guint criterion = 0;
    if (!find_criterion (rubric, yaml, cd_yaml_key_at (mapping, i), &criterion, error)
        || !read (rubric, yaml, cd_yaml_at (mapping, i), criterion, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
cd_certainty_read (CdRubric *rubric, const CdYaml *yaml, GHashTable *probes, GError **error)
{
  static const char *const keys[] = { "from", "features", "criteria", "together", NULL };
  const CdYamlNode *root = cd_yaml_root (yaml), *together = cd_yaml_get (root, "together");
  if (!cd_yaml_check_keys (yaml, root, keys, error) || !read_features (rubric, yaml, probes, error)
      || !read_mapping (rubric, yaml, cd_yaml_get (root, "criteria"), "criteria", read_leaning, error))
    return FALSE;
  guint length = rubric->criteria->len;
  if (together == NULL)
    return TRUE;
  rubric->together = g_new0 (double, (gsize) length *length);
  for (guint i = 0; i < length; i++)
    rubric->together[i * length + i] = 1;
  return read_mapping (rubric, yaml, together, "together", read_together, error);
}

static double
leaning_of (const Case *the_case, const CdFinding *findings)
{
  const CdVerdict *verdict = the_case->verdict;
  const CdLeaning *leaning = &g_array_index (the_case->rubric->leanings, CdLeaning, verdict->criterion);
  if (leaning->weights == NULL) {
    double distance = cd_normal_quantile (LEAST + SPAN * fmin (1, fabs (verdict->margin) / FAR));
    return verdict->yes ? distance : -distance;
  }
  double sum = leaning->bias;
  for (guint i = 0; i < the_case->rubric->features->len; i++) {
    const CdFeature *feature = &g_array_index (the_case->rubric->features, CdFeature, i);
    double value = feature->row < G_N_ELEMENTS (rows) ? rows[feature->row].value (the_case) : findings[feature->probe].yes ? 1 : 0;
    sum += leaning->weights[i] * value;
  }
  return sum;
}

void
cd_certainty_set (const CdRubric *rubric, const CdFinding *findings, const GPtrArray *verdicts)
{
  for (guint i = 0; i < verdicts->len; i++) {
    CdVerdict *verdict = verdicts->pdata[i];
    const Case the_case = { rubric, verdicts, verdict };
    verdict->leaning = leaning_of (&the_case, findings);
    verdict->certainty = cd_normal_cumulative (verdict->yes ? verdict->leaning : -verdict->leaning);
  }
}
