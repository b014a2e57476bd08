/* The JSON report: what was obtained for each claim, and figures that nobody claims. Numbers have as many digits as their precision carries. */
#include "report/json-parts.h"
#include <math.h>

#define MOST_SOURCES 64u /* files of one reproduction that are listed; `runs` tells how many there are */
#define MOST_VALUES 256u /* runs whose figure is listed */

static double
rounded (double value)
{
  return round (value * 1e4) / 1e4;
}

static void
add_number (cJSON *object, const char *key, double value)
{
  if (isfinite (value))
    cJSON_AddNumberToObject (object, key, rounded (value));
  else
    cJSON_AddNullToObject (object, key);
}

static void
add_sources (cJSON *object, const CdReproduction *reproduction)
{
  cJSON *array = cJSON_AddArrayToObject (object, "source");
  const char *last = NULL;
  guint listed = 0;
  for (guint i = 0; i < reproduction->figures->len && listed < MOST_SOURCES; i++) {
    const CdFigure *figure = g_ptr_array_index (reproduction->figures, i);
    if (g_strcmp0 (last, figure->path) == 0)
      continue;
    last = figure->path;
    listed++;
    cJSON_AddItemToArray (array, cJSON_CreateString (figure->path));
  }
}

static void
add_interval (cJSON *object, const CdReproduction *reproduction)
{
  if (isnan (reproduction->interval[0])) {
    cJSON_AddNullToObject (object, "interval");
    return;
  }
  cJSON *interval = cJSON_AddArrayToObject (object, "interval");
  for (guint i = 0; i < 2; i++)
    cJSON_AddItemToArray (interval, cJSON_CreateNumber (rounded (reproduction->interval[i])));
}

static void
add_values (cJSON *object, const CdReproduction *reproduction)
{
  cJSON *values = cJSON_AddArrayToObject (object, "values");
  for (guint i = 0; reproduction->values != NULL && i < MIN (reproduction->values->len, MOST_VALUES); i++)
    cJSON_AddItemToArray (values, cJSON_CreateNumber (rounded (g_array_index (reproduction->values, double, i))));
}

/* What the shown figure tells of its run. */
static void
add_run (cJSON *object, const CdReproduction *reproduction)
{
  const CdFigure *figure = reproduction->figures->len > 0 ? g_ptr_array_index (reproduction->figures, 0) : NULL;
  cd_json_text (object, "reader", figure != NULL ? figure->reader : NULL);
  cd_json_text (object, "grader", figure != NULL ? figure->grader : NULL);
  cd_json_text (object, "conditions", figure != NULL ? figure->conditions : NULL);
  if (figure != NULL && figure->step >= 0)
    cJSON_AddNumberToObject (object, "step", (double) figure->step);
  else
    cJSON_AddNullToObject (object, "step");
  if (figure != NULL && figure->seed >= 0)
    cJSON_AddNumberToObject (object, "seed", (double) figure->seed);
  else
    cJSON_AddNullToObject (object, "seed");
}

void
cd_json_reproduction (cJSON *array, const CdAudit *audit, const CdReproduction *reproduction)
{
  cJSON *object = cd_json_member (array);
  if (reproduction->claim >= 0)
    cJSON_AddNumberToObject (object, "claim", reproduction->claim);
  else
    cJSON_AddNullToObject (object, "claim");
  cd_json_text (object, "model", reproduction->model);
  g_autofree char *metric = cd_metric_name (reproduction->metric);
  cJSON_AddStringToObject (object, "benchmark", cd_report_benchmark (audit, reproduction->benchmark, reproduction->task));
  cJSON_AddStringToObject (object, "metric", metric);
  cJSON_AddStringToObject (object, "by", cd_obtained_by_name (reproduction->by));
  add_sources (object, reproduction);
  add_number (object, "value", reproduction->value);
  cJSON_AddStringToObject (object, "unit", cd_unit_name (reproduction->unit));
  cJSON_AddNumberToObject (object, "n", (double) reproduction->n);
  cJSON_AddNumberToObject (object, "runs", reproduction->runs);
  add_number (object, "best", reproduction->best);
  add_number (object, "chance_of_best", reproduction->chance);
  cJSON_AddNumberToObject (object, "malformed", (double) reproduction->malformed);
  add_interval (object, reproduction);
  cd_json_text (object, "conclusion", reproduction->conclusion < CD_CONCLUSIONS ? cd_conclusion_name (reproduction->conclusion) : NULL);
  cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < MIN (reproduction->figures->len, 4); i++) {
    const CdFigure *figure = g_ptr_array_index (reproduction->figures, i);
    cd_json_place (evidence, audit, figure->document, figure->line, figure->line, NULL);
  }
  add_number (object, "lowest", reproduction->lowest);
  cd_json_count (object, "rank", reproduction->rank);
  cd_json_count (object, "samples", reproduction->samples);
  add_run (object, reproduction);
  cd_json_text (object, "why", reproduction->why);
  add_values (object, reproduction);
}

void
cd_json_reproductions (cJSON *root, const CdAudit *audit)
{
  cJSON *array = cJSON_AddArrayToObject (root, "reproductions");
  for (guint i = 0; i < audit->reproductions->len; i++)
    cd_json_reproduction (array, audit, g_ptr_array_index (audit->reproductions, i));
}
