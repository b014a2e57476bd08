/* The network checks in the JSON report. Only with --online, so that audits without it stay the same byte by byte. */
#include "report/json-parts.h"

static void
add_texts (cJSON *object, const char *key, const GPtrArray *texts)
{
  cJSON *array = cJSON_AddArrayToObject (object, key);
  for (guint i = 0; i < texts->len; i++)
    cJSON_AddItemToArray (array, cJSON_CreateString (texts->pdata[i]));
}

static void
add_agreement (cJSON *object, const char *key, CdOnlineAgrees agrees)
{
  if (agrees == CD_ONLINE_UNTOLD)
    cJSON_AddNullToObject (object, key);
  else
    cJSON_AddBoolToObject (object, key, agrees == CD_ONLINE_YES);
}

static void
add_card (cJSON *object, const CdOnlineLink *link)
{
  if (!link->carded) {
    cJSON_AddNullToObject (object, "card");
    return;
  }
  cJSON *card = cJSON_AddObjectToObject (object, "card");
  add_texts (card, "datasets", link->datasets);
  add_texts (card, "base_models", link->base_models);
  cJSON_AddBoolToObject (card, "model_index", link->results);
}

static void
add_declared (cJSON *object, const CdOnlineLink *link)
{
  if (link->declared_revision == NULL && link->declared_digest == NULL) {
    cJSON_AddNullToObject (object, "declared");
    return;
  }
  cJSON *declared = cJSON_AddObjectToObject (object, "declared");
  cd_json_text (declared, "revision", link->declared_revision);
  add_agreement (declared, "revision_found", link->revision_found);
  cd_json_text (declared, "digest", link->declared_digest);
  add_agreement (declared, "digest_found", link->digest_found);
}

static void
add_link (cJSON *links, const CdAudit *audit, const CdOnlineLink *link)
{
  cJSON *object = cd_json_member (links);
  cJSON_AddStringToObject (object, "id", link->id);
  cJSON_AddStringToObject (object, "kind", cd_online_kind_name (link->kind));
  cJSON_AddBoolToObject (object, "linked", !link->named);
  cd_json_text (object, "url", link->url);
  cJSON_AddStringToObject (object, "verdict", cd_online_verdict_name (link->verdict));
  if (link->status > 0)
    cJSON_AddNumberToObject (object, "status", link->status);
  else
    cJSON_AddNullToObject (object, "status");
  cd_json_text (object, "moved_to", link->moved_to);
  cd_json_text (object, "revision", link->revision);
  cd_json_text (object, "license", link->license);
  cd_json_text (object, "gated", link->gated);
  if (link->revision != NULL)
    cJSON_AddNumberToObject (object, "bytes", (double) link->bytes);
  else
    cJSON_AddNullToObject (object, "bytes");
  add_card (object, link);
  add_declared (object, link);
  cJSON *places = cJSON_AddArrayToObject (object, "places");
  for (guint i = 0; i < link->places->len; i++) {
    const CdPlace *place = &g_array_index (link->places, CdPlace, i);
    cd_json_place (places, audit, place->document, place->line, place->end, NULL);
  }
}

void
cd_json_online (cJSON *root, const CdAudit *audit)
{
  if (audit->online == NULL)
    return;
  cJSON *online = cJSON_AddObjectToObject (root, "online");
  cJSON_AddNumberToObject (online, "asked", audit->online->asked);
  cJSON *links = cJSON_AddArrayToObject (online, "links");
  for (guint i = 0; i < audit->online->links->len; i++)
    add_link (links, audit, audit->online->links->pdata[i]);
}
