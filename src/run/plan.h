/* What a manifest declares to be run, as a graph: its stages and evaluations, and which of them need what others make. Running is
 * run/rerun.h's. */
#pragma once
#include "manifest/manifest.h"

#define CD_PLAN_STEPS 500u /* stages and evaluations of one manifest */

typedef enum { CD_STEP_STAGE, CD_STEP_EVALUATION } CdStepKind;

/* What a step asks for; 0: nothing said. */
typedef struct {
  guint64 seconds, memory;
  guint cpus, gpus;
  gboolean gpus_stated;
} CdResources;

typedef struct {
  CdStepKind kind;
  char *name;             /* "stage NAME", "evaluation BENCHMARK METRIC of MODEL" */
  const char *command;    /* NULL: none declared, so that it is not run */
  const CdYamlNode *node; /* its record in the manifest */
  GPtrArray *inputs;      /* char*: paths from the manifest's folder (ids of datasets and models resolved), or ids as they are */
  GPtrArray *outputs;
  const char *predictions, *results; /* of an evaluation: as declared, or NULL */
  gboolean seeded;                   /* the manifest states a seed */
  gint64 seed;
  CdResources resources;
  GArray *needs; /* guint: steps whose files it must find, ascending, with all that those need */
} CdPlanStep;

typedef struct {
  GPtrArray *steps; /* CdPlanStep, in the order of the file: stages, then evaluations */
  GArray *order;    /* guint: steps, each behind what it needs; as the file has them where that is open */
  GArray *places;   /* guint: where in the order each step stands */
} CdPlan;

/* The manifest stays the caller's and must outlive the plan. A step needs another where it lists as input (or as base) what the other lists as
 * output: the same id or path, a path inside of an output, or a folder that holds an output of a step before it. A stage that lists no inputs needs
 * all stages before it, an evaluation that lists none needs all stages. What several steps make is taken from those before it, if there are any.
 * CD_ERROR_INPUT, naming file:line:column, for a cycle, a time or size that is none, or too many steps. */
CdPlan *cd_plan_new (const CdManifest *manifest, GError **error);
void cd_plan_free (CdPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdPlan, cd_plan_free)
const CdPlanStep *cd_plan_step (const CdPlan *plan, guint index);
