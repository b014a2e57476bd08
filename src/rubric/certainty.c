/* How likely a careful reader agrees with a verdict: measured on labelled works by the distance of its expression from flipping, and kept in
 * rubrics/<id>.certainty.yaml. The file has, for each criterion and answer, steps [distance, certainty] in ascending order of distance; the
 * last step whose distance the verdict reaches applies. */
#include "base/text.h"
#include "rubric/set.h"
#include <math.h>

/* Without measurements: from a coin's toss at the border to 0.9 from this distance on. */
#define FAR 4.0
#define LEAST 0.5
#define SPAN 0.4

static gboolean
read_step (const CdYaml *yaml, const CdYamlNode *node, GArray *steps, GError **error)
{
  CdStep step = { 0 };
  if (cd_yaml_length (node) != 2 || node->kind != CD_YAML_SEQUENCE || !cd_yaml_double (cd_yaml_at (node, 0), &step.margin)
      || !cd_yaml_double (cd_yaml_at (node, 1), &step.certainty))
    return cd_yaml_fail (yaml, node, error, "expected [distance, certainty]");
  if (step.margin < 0 || (steps->len > 0 && step.margin <= g_array_index (steps, CdStep, steps->len - 1).margin))
    return cd_yaml_fail (yaml, cd_yaml_at (node, 0), error, "distances must ascend from 0");
  if (step.certainty < LEAST || step.certainty > 1)
    return cd_yaml_fail (yaml, cd_yaml_at (node, 1), error, "a certainty lies between 0.5 and 1");
  g_array_append_val (steps, step);
  return TRUE;
}

static gboolean
read_answer (const CdYaml *yaml, const CdYamlNode *node, GPtrArray *steps, guint slot, GError **error)
{
  if (node == NULL)
    return TRUE;
  if (node->kind != CD_YAML_SEQUENCE)
    return cd_yaml_fail (yaml, node, error, "expected a list of [distance, certainty]");
  GArray *list = g_array_new (FALSE, FALSE, sizeof (CdStep));
  g_ptr_array_index (steps, slot) = list;
  for (guint i = 0; i < cd_yaml_length (node); i++)
    if (!read_step (yaml, cd_yaml_at (node, i), list, error))
      return FALSE;
  return TRUE;
}

static gboolean
fail_criterion (const CdRubric *rubric, const CdYaml *yaml, const CdYamlNode *key, GError **error)
{
  g_autofree const char **ids = g_new0 (const char *, (gsize) rubric->criteria->len + 1);
  for (guint i = 0; i < rubric->criteria->len; i++)
    ids[i] = g_array_index (rubric->criteria, CdCriterion, i).id;
  const char *nearest = cd_text_nearest (key->scalar, ids);
  return cd_yaml_fail (yaml, key, error, "there is no criterion \"%s\"%s%s%s", key->scalar, nearest != NULL ? "; did you mean \"" : "",
                       nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : "");
}

gboolean
cd_certainty_read (CdRubric *rubric, const CdYaml *yaml, GError **error)
{
  static const char *const keys[] = { "criteria", "from", NULL };
  static const char *const answers[] = { "no", "yes", NULL };
  if (!cd_yaml_check_keys (yaml, cd_yaml_root (yaml), keys, error))
    return FALSE;
  const CdYamlNode *criteria = cd_yaml_get (cd_yaml_root (yaml), "criteria");
  if (criteria != NULL && criteria->kind != CD_YAML_MAPPING)
    return cd_yaml_fail (yaml, criteria, error, "\"criteria\" maps criteria to certainties");
  for (guint i = 0; i < cd_yaml_length (criteria); i++) {
    const CdYamlNode *key = cd_yaml_key_at (criteria, i), *value = cd_yaml_at (criteria, i);
    guint position = GPOINTER_TO_UINT (g_hash_table_lookup (rubric->index, key->scalar));
    if (position == 0)
      return fail_criterion (rubric, yaml, key, error);
    if (!cd_yaml_check_keys (yaml, value, answers, error))
      return FALSE;
    for (guint answer = 0; answer < 2; answer++)
      if (!read_answer (yaml, cd_yaml_get (value, answers[answer]), rubric->steps, 2 * (position - 1) + answer, error))
        return FALSE;
  }
  return TRUE;
}

double
cd_certainty_of (const CdRubric *rubric, guint criterion, gboolean yes, double margin)
{
  const GArray *steps = g_ptr_array_index (rubric->steps, 2 * criterion + (yes ? 1 : 0));
  double distance = fabs (margin);
  if (steps == NULL || steps->len == 0)
    return LEAST + SPAN * fmin (1, distance / FAR);
  double certainty = g_array_index (steps, CdStep, 0).certainty;
  for (guint i = 1; i < steps->len && g_array_index (steps, CdStep, i).margin <= distance; i++)
    certainty = g_array_index (steps, CdStep, i).certainty;
  return certainty;
}
