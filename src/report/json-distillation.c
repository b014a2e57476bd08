/* The JSON report: who taught the work. */
#include "report/json-parts.h"

/* Who taught the work is not examined by this version: the label says so. */
void
cd_json_distillation (cJSON *root, const CdAudit *audit G_GNUC_UNUSED)
{
  cJSON *distillation = cJSON_AddObjectToObject (root, "distillation");
  cJSON_AddStringToObject (distillation, "label", "unknown");
  cJSON_AddArrayToObject (distillation, "teachers");
  cJSON_AddArrayToObject (distillation, "eval_judges");
  cJSON_AddArrayToObject (distillation, "inherited");
}
