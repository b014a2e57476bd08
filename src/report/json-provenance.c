/* The JSON report: datasets, base models, weights, paper and licence of the work. */
#include "report/json-parts.h"
#include <string.h>

#define PLACES_MOST 8u

static void
add_places (cJSON *object, const CdAudit *audit, const GArray *places)
{
  cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < places->len && i < PLACES_MOST; i++) {
    const CdPlace *place = &g_array_index (places, CdPlace, i);
    cd_json_place (evidence, audit, place->document, place->line, place->end, NULL);
  }
}

static void
add_fact (cJSON *object, const char *key, CdFact fact)
{
  if (fact == CD_FACT_UNKNOWN)
    cJSON_AddNullToObject (object, key);
  else
    cJSON_AddBoolToObject (object, key, fact == CD_FACT_YES);
}

static void
add_count (cJSON *object, const char *key, gint64 count)
{
  if (count >= 0)
    cJSON_AddNumberToObject (object, key, (double) count);
  else
    cJSON_AddNullToObject (object, key);
}

static void
add_dataset (cJSON *array, const CdAudit *audit, const CdDatasetFacts *facts)
{
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "name", facts->name);
  cd_json_text (object, "where", facts->where);
  cJSON_AddStringToObject (object, "role", facts->evaluation ? "evaluation" : "training");
  cJSON_AddBoolToObject (object, "pinned", facts->pinned);
  cd_json_text (object, "license", facts->license);
  add_places (object, audit, facts->places);
  cJSON_AddBoolToObject (object, "located", facts->located);
  cd_json_text (object, "revision", facts->revision);
  cd_json_text (object, "license_source", facts->license_source);
  cd_json_text (object, "license_terms", cd_terms_name (facts->terms));
  add_fact (object, "compatible", facts->compatible);
  add_fact (object, "available", facts->available);
  add_count (object, "stated_size", facts->stated_size);
  add_count (object, "rows", facts->rows);
  add_fact (object, "size_agrees", facts->size_agrees);
}

static void
add_artefact (cJSON *lists[], const CdAudit *audit, const CdArtefact *artefact)
{
  if (lists[artefact->kind] == NULL || (artefact->kind != CD_ARTEFACT_BASE_MODEL && !artefact->own))
    return;
  cJSON *object = cd_json_member (lists[artefact->kind]);
  cJSON_AddStringToObject (object, "id", artefact->id);
  add_places (object, audit, artefact->places);
}

void
cd_json_provenance (cJSON *root, const CdAudit *audit)
{
  cJSON *provenance = cJSON_AddObjectToObject (root, "provenance");
  cJSON *lists[CD_ARTEFACT_KINDS] = { NULL };
  cJSON *datasets = cJSON_AddArrayToObject (provenance, "datasets");
  for (guint i = 0; i < audit->datasets->len; i++)
    add_dataset (datasets, audit, audit->datasets->pdata[i]);
  lists[CD_ARTEFACT_BASE_MODEL] = cJSON_AddArrayToObject (provenance, "base_models");
  lists[CD_ARTEFACT_WEIGHTS] = cJSON_AddArrayToObject (provenance, "weights");
  const char *paper = NULL;
  for (guint i = 0; i < audit->work->artefacts->len; i++) {
    const CdArtefact *artefact = audit->work->artefacts->pdata[i];
    if (artefact->kind == CD_ARTEFACT_PAPER && artefact->own && paper == NULL)
      paper = artefact->where ? artefact->where : artefact->id;
    add_artefact (lists, audit, artefact);
  }
  cd_json_text (provenance, "paper", paper);
  cd_json_text (provenance, "license", audit->work->license);
}
