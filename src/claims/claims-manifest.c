/* Claims that the manifest declares. Its form was checked when it was parsed. */
#include "claims/parts.h"
#include <math.h>
#include <string.h>

static CdUnit
read_unit (const char *name, double value)
{
  for (guint unit = 0; name != NULL && unit < CD_UNITS; unit++)
    if (g_str_equal (name, cd_unit_name ((CdUnit) unit)))
      return (CdUnit) unit;
  return fabs (value) <= 1.0 ? CD_UNIT_FRACTION : CD_UNIT_PERCENT;
}

static guint
count_decimals (const char *number)
{
  const char *point = number != NULL ? strchr (number, '.') : NULL;
  return point != NULL ? (guint) strspn (point + 1, "0123456789") : 0;
}

static gint
find_document (const CdClaimGatherer *gatherer, const char *path)
{
  for (guint i = 0; i < gatherer->corpus->documents->len; i++)
    if (g_str_equal (((const CdDocument *) g_ptr_array_index (gatherer->corpus->documents, i))->path, path))
      return (gint) i;
  return -1;
}

/* The evaluation behind a claim: of the same benchmark and, where it names one, the same model; the one with the same metric first. NULL none. */
static const CdYamlNode *
evaluation_of (const CdYamlNode *evaluations, const CdYamlNode *claim)
{
  const CdYamlNode *found = NULL;
  const char *task = cd_yaml_string (cd_yaml_get (claim, "benchmark")), *model = cd_yaml_string (cd_yaml_get (claim, "model"));
  CdMetric metric = cd_metric_read (cd_yaml_string (cd_yaml_get (claim, "metric")), -1);
  for (guint i = 0; i < cd_yaml_length (evaluations); i++) {
    const CdYamlNode *evaluation = cd_yaml_at (evaluations, i);
    const char *measured = cd_yaml_string (cd_yaml_get (evaluation, "model"));
    if (g_strcmp0 (cd_yaml_string (cd_yaml_get (evaluation, "benchmark")), task) != 0 || (measured != NULL && g_strcmp0 (measured, model) != 0))
      continue;
    if (cd_metric_read (cd_yaml_string (cd_yaml_get (evaluation, "metric")), -1).kind == metric.kind)
      return evaluation;
    found = found != NULL ? found : evaluation;
  }
  return found;
}

/* Problems, and for a mean over samples how many; what the manifest leaves out stays unknown. */
static void
take_evaluation (CdClaim *claim, const CdYamlNode *evaluation)
{
  gint64 n = 0, samples = 0;
  if (cd_yaml_int (cd_yaml_get (evaluation, "n"), &n) && n > 0)
    claim->n = n;
  gboolean single = claim->metric.kind == CD_METRIC_ACCURACY || (claim->metric.kind == CD_METRIC_PASS && claim->metric.k == 1);
  const CdYamlNode *stated = cd_yaml_get (cd_yaml_get (evaluation, "decoding"), "samples");
  if (single && cd_yaml_int (stated, &samples) && samples > 0 && samples < G_MAXINT) {
    claim->samples = (guint) samples;
    claim->sampled_at = (CdPlace){ g_array_index (claim->places, CdPlace, 0).document, stated->line, stated->line };
  }
}

static void
add_claim (CdClaimGatherer *gatherer, const CdYamlNode *evaluations, const CdYamlNode *entry, guint document)
{
  const CdYamlNode *value = cd_yaml_get (entry, "value"), *tolerance = cd_yaml_get (entry, "tolerance"), *k = cd_yaml_get (entry, "k");
  const char *task = cd_yaml_string (cd_yaml_get (entry, "benchmark"));
  double figure;
  gint64 count = 0;
  if (task == NULL || !cd_yaml_double (value, &figure))
    return;
  CdClaim *claim = cd_claim_add (gatherer, CD_CLAIM_MANIFEST, cd_yaml_string (cd_yaml_get (entry, "model")), task, figure,
                                 (CdPlace){ document, value->line, value->line });
  if (claim == NULL)
    return;
  gint known = cd_benchmarks_find (gatherer->reader.benchmarks, task);
  claim->benchmark = known >= 0 ? known : cd_benchmarks_in_label (gatherer->reader.benchmarks, task, NULL);
  claim->version = g_strdup (cd_yaml_string (cd_yaml_get (entry, "version")));
  claim->metric = cd_metric_read (cd_yaml_string (cd_yaml_get (entry, "metric")), -1);
  if (k != NULL && cd_yaml_int (k, &count) && count > 0 && count < G_MAXINT)
    claim->metric.k = (guint) count;
  claim->samples = claim->metric.kind == CD_METRIC_AVERAGE ? claim->metric.k : 0;
  claim->unit = read_unit (cd_yaml_string (cd_yaml_get (entry, "unit")), figure);
  claim->decimals = count_decimals (value->scalar);
  if (tolerance != NULL && cd_yaml_double (tolerance, &figure))
    claim->tolerance = figure;
  const CdYamlNode *evaluation = evaluation_of (evaluations, entry);
  if (evaluation != NULL)
    take_evaluation (claim, evaluation);
}

void
cd_claims_manifest (CdClaimGatherer *gatherer, const CdManifest *manifest)
{
  gint document = find_document (gatherer, cd_manifest_name (manifest));
  const CdYamlNode *root = cd_manifest_root (manifest), *claims = cd_yaml_get (root, "claims");
  for (guint i = 0; document >= 0 && i < cd_yaml_length (claims); i++)
    add_claim (gatherer, cd_yaml_get (root, "evaluations"), cd_yaml_at (claims, i), (guint) document);
}
