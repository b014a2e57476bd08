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

static void
add_claim (CdClaimGatherer *gatherer, const CdYamlNode *entry, guint document)
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
}

void
cd_claims_manifest (CdClaimGatherer *gatherer, const CdManifest *manifest)
{
  gint document = find_document (gatherer, cd_manifest_name (manifest));
  const CdYamlNode *claims = cd_yaml_get (cd_manifest_root (manifest), "claims");
  for (guint i = 0; document >= 0 && i < cd_yaml_length (claims); i++)
    add_claim (gatherer, cd_yaml_at (claims, i), (guint) document);
}
