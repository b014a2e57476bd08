/* The JSON report: what the authors claim, each figure with its places. Whether it holds is told under "reproductions". */
#include "base/text.h"
#include "claims/claims.h"
#include "report/json-parts.h"
#include <math.h>
#include <string.h>

static const char *const from_names[] = { "manifest", "card", "table", "sentence", "paper" };

/* Whether the figure can be a mean over the problems and samples that are told. */
static void
add_arithmetic (cJSON *object, const CdAudit *audit, guint claim)
{
  const CdClaimArithmetic *result = &g_array_index (audit->arithmetic, CdClaimArithmetic, claim);
  if (result->verdict == CD_ARITHMETIC_UNTESTABLE) {
    cJSON_AddNullToObject (object, "arithmetic");
    return;
  }
  cJSON *arithmetic = cJSON_AddObjectToObject (object, "arithmetic");
  cJSON_AddStringToObject (arithmetic, "verdict", cd_arithmetic_verdict_name (result->verdict));
  cd_json_count (arithmetic, "n", result->n);
  cd_json_count (arithmetic, "samples", result->samples);
  cd_json_count (arithmetic, "fewest_samples", result->fewest);
  cJSON_AddBoolToObject (arithmetic, "spread_is_standard_error", result->error_fits);
  cJSON *evidence = cJSON_AddArrayToObject (arithmetic, "evidence");
  if (result->sampled_at.line > 0)
    cd_json_place (evidence, audit, result->sampled_at.document, result->sampled_at.line, result->sampled_at.end, NULL);
}

static void
add_faults (cJSON *object, const CdAudit *audit, guint claim)
{
  cJSON *array = cJSON_AddArrayToObject (object, "disagrees");
  for (guint i = 0; i < audit->claims->faults->len; i++) {
    const CdClaimFault *fault = g_ptr_array_index (audit->claims->faults, i);
    if (fault->claim != claim)
      continue;
    cJSON *entry = cd_json_member (array);
    cJSON_AddStringToObject (entry, "code", fault->code);
    cd_json_text (entry, "what", fault->what);
    cd_json_place (cJSON_AddArrayToObject (entry, "evidence"), audit, fault->place.document, fault->place.line, fault->place.end, NULL);
  }
}

/* An average is named as one where its source says no more than that. */
static const char *
benchmark_of (const CdAudit *audit, const CdClaim *claim)
{
  g_autofree char *task = cd_text_key (claim->task ? claim->task : "");
  if (!claim->average)
    return cd_report_benchmark (audit, claim->benchmark, claim->task);
  return strlen (task) <= strlen ("average") ? "average" : claim->task;
}

static void
add_claim (cJSON *array, const CdAudit *audit, guint index)
{
  const CdClaim *claim = g_ptr_array_index (audit->claims->claims, index);
  cJSON *object = cd_json_member (array);
  const CdBenchmark *known = claim->benchmark >= 0 ? cd_benchmarks_at (audit->results->benchmarks, (guint) claim->benchmark) : NULL;
  cd_json_text (object, "model", claim->model);
  cJSON_AddStringToObject (object, "benchmark", benchmark_of (audit, claim));
  g_autofree char *metric = cd_metric_name (claim->metric);
  cd_json_text (object, "metric", claim->metric.kind == CD_METRIC_UNKNOWN ? NULL : metric);
  cJSON_AddNumberToObject (object, "value", claim->value);
  cJSON_AddStringToObject (object, "unit", cd_unit_name (claim->unit));
  cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < claim->places->len; i++) {
    const CdPlace *place = &g_array_index (claim->places, CdPlace, i);
    cd_json_place (evidence, audit, place->document, place->line, place->end, NULL);
  }
  cd_json_text (object, "id", known != NULL ? known->id : NULL);
  cd_json_text (object, "task", claim->task);
  cd_json_text (object, "version", claim->version);
  cd_json_count (object, "k", claim->metric.k);
  cd_json_count (object, "n", claim->n);
  cd_json_count (object, "samples", claim->samples);
  cJSON_AddNumberToObject (object, "decimals", claim->decimals);
  if (isnan (claim->spread))
    cJSON_AddNullToObject (object, "spread");
  else
    cJSON_AddNumberToObject (object, "spread", claim->spread);
  cJSON_AddStringToObject (object, "from", from_names[claim->from]);
  add_faults (object, audit, index);
  add_arithmetic (object, audit, index);
}

void
cd_json_claims (cJSON *root, const CdAudit *audit)
{
  cJSON *array = cJSON_AddArrayToObject (root, "claims");
  for (guint i = 0; i < audit->claims->claims->len; i++)
    add_claim (array, audit, i);
}
