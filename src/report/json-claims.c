/* The JSON report: what the authors claim, each figure with its places. Whether it holds is told under "reproductions". */
#include "base/text.h"
#include "claims/claims.h"
#include "report/json-parts.h"
#include <math.h>
#include <string.h>

static const char *const from_names[] = { "manifest", "card", "table", "sentence", "paper" };

static void
add_count (cJSON *object, const char *key, gint64 count)
{
  if (count > 0)
    cJSON_AddNumberToObject (object, key, (double) count);
  else
    cJSON_AddNullToObject (object, key);
}

/* A name's letters and digits in lower case, the century of a year left out: "AIME 2024" and "aime24" meet. Caller frees. */
static char *
name_key (const char *name)
{
  char *key = cd_text_key (name);
  for (char *year = strstr (key, "202"); year != NULL; year = strstr (year + 2, "202"))
    if (g_ascii_isdigit (year[3]))
      memmove (year, year + 2, strlen (year + 2) + 1);
  return key;
}

/* The benchmark's id where the source's own words hold it, else these: "LCB" stays what the source calls it, and the id stands beside. */
static const char *
benchmark_name (const CdClaim *claim, const CdBenchmark *known)
{
  if (claim->average || known == NULL)
    return claim->average ? "average" : claim->task;
  g_autofree char *id = name_key (known->id);
  g_autofree char *task = name_key (claim->task);
  return strstr (task, id) != NULL ? known->id : claim->task;
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

static void
add_claim (cJSON *array, const CdAudit *audit, guint index)
{
  const CdClaim *claim = g_ptr_array_index (audit->claims->claims, index);
  cJSON *object = cd_json_member (array);
  const CdBenchmark *known = claim->benchmark >= 0 ? cd_benchmarks_at (audit->results->benchmarks, (guint) claim->benchmark) : NULL;
  cd_json_text (object, "model", claim->model);
  cd_json_text (object, "benchmark", benchmark_name (claim, known));
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
  add_count (object, "k", claim->metric.k);
  add_count (object, "n", claim->n);
  add_count (object, "samples", claim->samples);
  cJSON_AddNumberToObject (object, "decimals", claim->decimals);
  if (isnan (claim->spread))
    cJSON_AddNullToObject (object, "spread");
  else
    cJSON_AddNumberToObject (object, "spread", claim->spread);
  cJSON_AddStringToObject (object, "from", from_names[claim->from]);
  add_faults (object, audit, index);
}

void
cd_json_claims (cJSON *root, const CdAudit *audit)
{
  cJSON *array = cJSON_AddArrayToObject (root, "claims");
  for (guint i = 0; i < audit->claims->claims->len; i++)
    add_claim (array, audit, i);
}
