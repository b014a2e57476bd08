/* The JSON report: who taught the work, who judged it, what it inherited, and what bounds it by that. */
#include "report/json-parts.h"
#include "report/lineage.h"

static void
add_traces (cJSON *object, const CdAudit *audit, const GArray *traces)
{
  cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < traces->len; i++) {
    const CdTrace *trace = &g_array_index (traces, CdTrace, i);
    cd_json_place (evidence, audit, trace->document, trace->line, trace->end, trace->says);
  }
}

static void
add_teacher (cJSON *array, const CdAudit *audit, const CdTeacher *teacher)
{
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "model", teacher->model != NULL ? teacher->model : "unnamed");
  cd_json_text (object, "provider", teacher->provider);
  cJSON *roles = cJSON_AddArrayToObject (object, "roles");
  for (guint i = 0; i < CD_TEACHES_ROLES; i++)
    if (teacher->roles & (1u << i))
      cJSON_AddItemToArray (roles, cJSON_CreateString (cd_teaches_name (i)));
  cJSON_AddStringToObject (object, "disclosure", cd_disclosure_name (teacher->disclosure));
  add_traces (object, audit, teacher->traces);
  cJSON_AddStringToObject (object, "confidence", cd_confidence_name (teacher->confidence));
  cJSON_AddBoolToObject (object, "unpinned", teacher->unpinned);
  cJSON_AddBoolToObject (object, "direct", teacher->direct);
  cJSON *named = cJSON_AddArrayToObject (object, "named");
  if (teacher->named.line > 0)
    cd_json_place (named, audit, teacher->named.document, teacher->named.line, teacher->named.end, teacher->named.says);
}

static void
add_judge (cJSON *array, const CdAudit *audit, const CdTeacher *judge)
{
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "model", judge->model);
  add_traces (object, audit, judge->traces);
}

static void
add_inherited (cJSON *array, const CdAudit *audit, const CdInherited *inherited)
{
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "via", inherited->via);
  cd_json_text (object, "from", inherited->from);
  cJSON_AddBoolToObject (object, "stated", inherited->stated);
  add_traces (object, audit, inherited->traces);
  cJSON_AddStringToObject (object, "kind", inherited->base ? "base-model" : "dataset");
  cJSON *chain = cJSON_AddArrayToObject (object, "chain");
  for (guint i = 0; i < inherited->chain->len; i++)
    cJSON_AddItemToArray (chain, cJSON_CreateString (inherited->chain->pdata[i]));
}

/* A figure, or null where the bound is no ceiling. */
static void
add_figure (cJSON *object, const char *key, const CdBound *bound, double value)
{
  if (bound->kind == CD_BOUND_CEILING)
    cJSON_AddNumberToObject (object, key, value);
  else
    cJSON_AddNullToObject (object, key);
}

static void
add_bound (cJSON *array, const CdAudit *audit, const CdBound *bound)
{
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "code", cd_bound_name (bound->kind));
  cJSON_AddStringToObject (object, "teacher", bound->teacher);
  cJSON_AddStringToObject (object, "what", bound->what);
  cd_json_text (object, "source", bound->source);
  cd_json_text (object, "benchmark", bound->benchmark != NULL ? bound->benchmark->id : NULL);
  cd_json_text (object, "metric", bound->metric);
  add_figure (object, "student", bound, bound->student);
  add_figure (object, "teacher_value", bound, bound->teacher_value);
  if (bound->kind == CD_BOUND_CEILING)
    cJSON_AddBoolToObject (object, "above", bound->above);
  else
    cJSON_AddNullToObject (object, "above");
  add_traces (object, audit, bound->evidence);
}

static void
add_sign (cJSON *array, const CdAudit *audit, const CdSign *sign)
{
  const CdDocument *document = audit->corpus->documents->pdata[sign->document];
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "path", document->path);
  cJSON_AddStringToObject (object, "sign", sign->sign);
  cJSON_AddStringToObject (object, "what", sign->what);
  cJSON_AddNumberToObject (object, "count", sign->count);
}

/* Whether a reader is needed, and what he has to decide between. */
static void
add_undecided (cJSON *distillation, const CdLineage *lineage)
{
  cJSON_AddBoolToObject (distillation, "reader_needed", lineage->undecided);
  if (!lineage->undecided) {
    cJSON_AddNullToObject (distillation, "undecided");
    return;
  }
  cJSON *between = cJSON_AddArrayToObject (cJSON_AddObjectToObject (distillation, "undecided"), "between");
  for (guint i = 0; i < G_N_ELEMENTS (lineage->between); i++)
    cJSON_AddItemToArray (between, cJSON_CreateString (cd_distillation_name (lineage->between[i])));
}

void
cd_json_distillation (cJSON *root, const CdAudit *audit)
{
  const CdLineage *lineage = audit->lineage;
  cJSON *distillation = cJSON_AddObjectToObject (root, "distillation");
  cJSON_AddStringToObject (distillation, "label", cd_distillation_name (lineage->label));
  cJSON *teachers = cJSON_AddArrayToObject (distillation, "teachers");
  for (guint i = 0; i < lineage->teachers->len; i++)
    add_teacher (teachers, audit, lineage->teachers->pdata[i]);
  cJSON *judges = cJSON_AddArrayToObject (distillation, "eval_judges");
  for (guint i = 0; i < lineage->judges->len; i++)
    add_judge (judges, audit, lineage->judges->pdata[i]);
  cJSON *inherited = cJSON_AddArrayToObject (distillation, "inherited");
  for (guint i = 0; i < lineage->inherited->len; i++)
    add_inherited (inherited, audit, lineage->inherited->pdata[i]);
  cJSON *limits = cJSON_AddArrayToObject (distillation, "limits");
  for (guint i = 0; i < audit->bounds->len; i++)
    add_bound (limits, audit, audit->bounds->pdata[i]);
  cJSON *signs = cJSON_AddArrayToObject (distillation, "signs");
  for (guint i = 0; i < lineage->signs->len; i++)
    add_sign (signs, audit, lineage->signs->pdata[i]);
  add_undecided (distillation, lineage);
  g_autofree char *summary = cd_report_lineage_summary (audit);
  cJSON_AddStringToObject (distillation, "summary", summary);
}
