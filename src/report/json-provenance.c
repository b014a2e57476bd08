/* The JSON report: datasets, base models, weights, paper and licence of the work. */
#include "report/json-parts.h"
#include <string.h>

static void
add_places (cJSON *object, const CdAudit *audit, const CdArtefact *artefact)
{
  cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < artefact->places->len && i < 8; i++) {
    const CdPlace *place = &g_array_index (artefact->places, CdPlace, i);
    cd_json_place (evidence, audit, place->document, place->line, place->end, NULL);
  }
}

static void
add_artefact (cJSON *lists[], const CdAudit *audit, const CdArtefact *artefact)
{
  gboolean kept = artefact->kind == CD_ARTEFACT_DATASET ? artefact->own || artefact->training || artefact->evaluation
                                                        : artefact->kind == CD_ARTEFACT_BASE_MODEL || artefact->own;
  if (!kept || lists[artefact->kind] == NULL)
    return;
  cJSON *object = cd_json_member (lists[artefact->kind]);
  if (artefact->kind == CD_ARTEFACT_DATASET) {
    cJSON_AddStringToObject (object, "name", artefact->id);
    cd_json_text (object, "where", artefact->where);
    cJSON_AddStringToObject (object, "role", artefact->evaluation && !artefact->training ? "evaluation" : "training");
    cJSON_AddBoolToObject (object, "pinned",
                           artefact->where != NULL && strstr (artefact->where, "/tree/") != NULL && strstr (artefact->where, "/tree/main") == NULL);
    cJSON_AddNullToObject (object, "license");
  } else
    cJSON_AddStringToObject (object, "id", artefact->id);
  add_places (object, audit, artefact);
}

void
cd_json_provenance (cJSON *root, const CdAudit *audit)
{
  cJSON *provenance = cJSON_AddObjectToObject (root, "provenance");
  cJSON *lists[CD_ARTEFACT_KINDS] = { NULL };
  lists[CD_ARTEFACT_DATASET] = cJSON_AddArrayToObject (provenance, "datasets");
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
