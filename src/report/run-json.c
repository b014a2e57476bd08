/* A rerun as JSON: the same facts as the text, with every step's files by digest. */
#include "base/text.h"
#include "report/run.h"

#include <cjson/cJSON.h>
#include <string.h>

#define LISTED_FILES 200u /* of one step; files_made counts all */

static void
add_text (cJSON *object, const char *name, const char *text)
{
  if (text == NULL) {
    cJSON_AddNullToObject (object, name);
    return;
  }
  g_autofree char *valid = cd_text_to_utf8 (text, strlen (text));
  cJSON_AddStringToObject (object, name, valid);
}

static cJSON *
limits_of (const CdLimits *limits)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddNumberToObject (object, "seconds", (double) limits->seconds);
  cJSON_AddNumberToObject (object, "memory", (double) limits->memory);
  cJSON_AddNumberToObject (object, "processes", (double) limits->processes);
  cJSON_AddNumberToObject (object, "file", (double) limits->file);
  cJSON_AddNumberToObject (object, "disk", (double) limits->disk);
  cJSON_AddNumberToObject (object, "output", (double) limits->output);
  return object;
}

static void
add_conditions (cJSON *root, const CdRerunOptions *options)
{
  add_text (root, "executor", options->executor->name);
  cJSON_AddBoolToObject (root, "network", options->network);
  add_text (root, "image", options->image);
  cJSON *gpus = cJSON_AddArrayToObject (root, "gpus");
  for (char **gpu = options->gpus; gpu != NULL && *gpu != NULL; gpu++)
    cJSON_AddItemToArray (gpus, cJSON_CreateString (*gpu));
  cJSON_AddItemToObject (root, "limits", limits_of (&options->most));
}

static void
add_files (cJSON *item, const CdProducts *products)
{
  cJSON *files = cJSON_AddArrayToObject (item, "files"), *left = cJSON_AddArrayToObject (item, "left_behind");
  cJSON_AddNumberToObject (item, "files_made", products != NULL ? products->made->len : 0);
  for (guint i = 0; products != NULL && i < MIN (products->made->len, LISTED_FILES); i++) {
    const CdProduct *product = products->made->pdata[i];
    cJSON *file = cJSON_CreateObject ();
    add_text (file, "path", product->path);
    add_text (file, product->kind == CD_ITEM_SYMLINK ? "link" : "sha256", product->digest);
    cJSON_AddNumberToObject (file, "size", (double) product->size);
    cJSON_AddItemToArray (files, file);
  }
  for (guint i = 0; products != NULL && i < MIN (products->refused->len, LISTED_FILES); i++) {
    const CdRefused *refused = products->refused->pdata[i];
    cJSON *file = cJSON_CreateObject ();
    add_text (file, "path", refused->path);
    add_text (file, "why", refused->why);
    cJSON_AddItemToArray (left, file);
  }
}

static cJSON *
step_of (const CdStepRun *run, gboolean timing)
{
  cJSON *item = cJSON_CreateObject ();
  add_text (item, "step", run->step->name);
  add_text (item, "kind", run->step->kind == CD_STEP_STAGE ? "stage" : "evaluation");
  cJSON_AddNumberToObject (item, "line", run->step->node->line);
  add_text (item, "command", run->step->command);
  cJSON_AddNumberToObject (item, "repeat", run->repeat + 1);
  cJSON_AddNumberToObject (item, "seed", (double) run->seed);
  add_text (item, "state", cd_report_step_state (run));
  add_text (item, "why", run->why);
  add_text (item, "stderr", run->state == CD_STEP_FAILED ? run->result.err : NULL);
  add_files (item, run->products);
  if (timing) {
    cJSON_AddNumberToObject (item, "seconds", run->seconds);
    cJSON_AddBoolToObject (item, "cached", run->cached);
  }
  return item;
}

static cJSON *
outcome_of (const CdRunOutcome *outcome)
{
  const CdPlanStep *step = outcome->run->step;
  cJSON *item = cJSON_CreateObject ();
  add_text (item, "benchmark", outcome->benchmark);
  add_text (item, "metric", outcome->metric);
  cJSON_AddNumberToObject (item, "line", outcome->node->line);
  cJSON_AddNumberToObject (item, "repeat", outcome->run->repeat + 1);
  cJSON_AddNumberToObject (item, "seed", (double) outcome->run->seed);
  add_text (item, "predictions", outcome->predictions != NULL ? step->predictions : NULL);
  add_text (item, "results", outcome->results != NULL ? step->results : NULL);
  add_text (item, "why", outcome->why);
  return item;
}

static void
add_repeats (cJSON *root, const CdRerun *rerun, gboolean same_seed)
{
  cJSON_AddNumberToObject (root, "repeats", rerun->repeats);
  cJSON_AddBoolToObject (root, "same_seed", same_seed);
  cJSON *list = cJSON_AddArrayToObject (root, "bit_identical");
  for (guint i = 0; i < rerun->plan->order->len; i++) {
    guint step = g_array_index (rerun->plan->order, guint, i);
    const char *path = NULL;
    CdIdentical identical = cd_rerun_identical (rerun, step, &path);
    if (identical == CD_IDENTICAL_UNKNOWN)
      continue;
    cJSON *item = cJSON_CreateObject ();
    add_text (item, "step", cd_plan_step (rerun->plan, step)->name);
    cJSON_AddBoolToObject (item, "identical", identical == CD_IDENTICAL_YES);
    add_text (item, "first_difference", path);
    cJSON_AddItemToArray (list, item);
  }
}

cJSON *
cd_json_run (const CdRerun *rerun, const CdRerunOptions *options, gboolean timing)
{
  cJSON *root = cJSON_CreateObject ();
  add_conditions (root, options);
  cJSON *steps = cJSON_AddArrayToObject (root, "steps"), *evaluations = cJSON_AddArrayToObject (root, "evaluations");
  for (guint i = 0; i < rerun->runs->len; i++)
    cJSON_AddItemToArray (steps, step_of (cd_rerun_at (rerun, i), timing));
  for (guint i = 0; i < rerun->outcomes->len; i++)
    cJSON_AddItemToArray (evaluations, outcome_of (rerun->outcomes->pdata[i]));
  add_repeats (root, rerun, options->same_seed);
  cJSON *left = cJSON_AddArrayToObject (root, "not_exported");
  for (guint i = 0; rerun->exported.left != NULL && i < rerun->exported.left->len; i++) {
    const CdNotExported *one = &g_array_index (rerun->exported.left, CdNotExported, i);
    cJSON *item = cJSON_CreateObject ();
    add_text (item, "path", one->path);
    add_text (item, "why", one->why);
    cJSON_AddItemToArray (left, item);
  }
  return root;
}
