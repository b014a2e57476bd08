/* Stages and evaluations of a manifest as steps: what they are called, run, need and make. How steps depend on one another is worked out in
 * plan-graph.c. */
#include "run/plan.h"
#include "run/plan-graph.h"
#include "run/quantity.h"

#include <string.h>

static void
step_free (gpointer data)
{
  CdPlanStep *step = data;
  g_free (step->name);
  g_ptr_array_unref (step->inputs);
  g_ptr_array_unref (step->outputs);
  g_array_unref (step->needs);
  g_free (step);
}

void
cd_plan_free (CdPlan *plan)
{
  if (plan == NULL)
    return;
  g_ptr_array_unref (plan->steps);
  g_array_unref (plan->order);
  g_array_unref (plan->places);
  g_free (plan);
}

const CdPlanStep *
cd_plan_step (const CdPlan *plan, guint index)
{
  return plan->steps->pdata[index];
}

/* A path without "./", doubled slashes and a slash at its end, so that equal paths are equal texts. Caller frees. */
static char *
normal_path (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GString) normal = g_string_new (*path == '/' ? "/" : NULL);
  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0' && strcmp (*part, ".") != 0)
      g_string_append_printf (normal, "%s%s", normal->len > 0 && normal->str[normal->len - 1] != '/' ? "/" : "", *part);
  return g_string_free (g_steal_pointer (&normal), FALSE);
}

/* Ids of datasets and models to the paths that the manifest states for them (borrowed strings). */
static GHashTable *
index_places (const CdYamlNode *root)
{
  static const struct {
    const char *records, *place;
  } KINDS[] = { { "datasets", "path" }, { "models", "weights" } };
  GHashTable *places = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    const CdYamlNode *records = cd_yaml_get (root, KINDS[i].records);
    for (guint j = 0; j < cd_yaml_length (records); j++) {
      const char *id = cd_yaml_string (cd_yaml_get (cd_yaml_at (records, j), "id"));
      const char *place = cd_yaml_string (cd_yaml_get (cd_yaml_at (records, j), KINDS[i].place));
      if (id != NULL && place != NULL && strstr (place, "://") == NULL)
        g_hash_table_insert (places, (gpointer) id, (gpointer) place);
    }
  }
  return places;
}

static void
add_place (GPtrArray *list, GHashTable *places, const char *name)
{
  if (name == NULL)
    return;
  const char *place = g_hash_table_lookup (places, name);
  g_ptr_array_add (list, normal_path (place != NULL ? place : name));
}

static void
add_places (GPtrArray *list, GHashTable *places, const CdYamlNode *names)
{
  for (guint i = 0; i < cd_yaml_length (names); i++)
    add_place (list, places, cd_yaml_string (cd_yaml_at (names, i)));
}

static gboolean
fail_quantity (const CdManifest *manifest, const CdYamlNode *node, const char *what, const char *kind, GError **error)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s:%u:%u: \"%s\" must be %s", cd_manifest_name (manifest), node->line, node->column, what, kind);
  return FALSE;
}

static gboolean
read_resources (const CdManifest *manifest, const CdYamlNode *node, CdResources *resources, GError **error)
{
  const CdYamlNode *asked = cd_yaml_get (node, "resources");
  const CdYamlNode *time = cd_yaml_get (asked, "time"), *memory = cd_yaml_get (asked, "memory");
  gint64 cpus = 0, gpus = 0;
  if (time != NULL && !cd_quantity_seconds (cd_yaml_string (time), &resources->seconds))
    return fail_quantity (manifest, time, "time", "a time, as in 90s, 15m, 1h30m", error);
  if (memory != NULL && !cd_quantity_bytes (cd_yaml_string (memory), &resources->memory))
    return fail_quantity (manifest, memory, "memory", "a size, as in 512M, 16GiB", error);
  if (cd_yaml_int (cd_yaml_get (asked, "cpus"), &cpus))
    resources->cpus = (guint) MIN (cpus, G_MAXUINT16);
  resources->gpus_stated = cd_yaml_int (cd_yaml_get (asked, "gpus"), &gpus);
  resources->gpus = (guint) MIN (gpus, G_MAXUINT16);
  return TRUE;
}

static CdPlanStep *
new_step (CdStepKind kind, const CdYamlNode *node, char *name)
{
  CdPlanStep *step = g_new0 (CdPlanStep, 1);
  step->kind = kind;
  step->node = node;
  step->name = name;
  step->command = cd_yaml_string (cd_yaml_get (node, "command"));
  step->inputs = g_ptr_array_new_with_free_func (g_free);
  step->outputs = g_ptr_array_new_with_free_func (g_free);
  step->needs = g_array_new (FALSE, FALSE, sizeof (guint));
  return step;
}

static CdPlanStep *
read_stage (const CdYamlNode *node, GHashTable *places)
{
  CdPlanStep *step = new_step (CD_STEP_STAGE, node, g_strconcat ("stage ", cd_yaml_string (cd_yaml_get (node, "name")), NULL));
  add_places (step->inputs, places, cd_yaml_get (node, "inputs"));
  add_place (step->inputs, places, cd_yaml_string (cd_yaml_get (node, "base")));
  add_places (step->outputs, places, cd_yaml_get (node, "outputs"));
  step->seeded = cd_yaml_int (cd_yaml_get (node, "seed"), &step->seed);
  return step;
}

/* Without a command an evaluation may still stand for files that another step makes: then these are what it needs. */
static CdPlanStep *
read_evaluation (const CdYamlNode *node, GHashTable *places)
{
  const char *benchmark = cd_yaml_string (cd_yaml_get (node, "benchmark")), *metric = cd_yaml_string (cd_yaml_get (node, "metric"));
  const char *model = cd_yaml_string (cd_yaml_get (node, "model"));
  CdPlanStep *step = new_step (CD_STEP_EVALUATION, node,
                               model != NULL ? g_strdup_printf ("evaluation %s %s of %s", benchmark, metric, model)
                                             : g_strdup_printf ("evaluation %s %s", benchmark, metric));
  step->predictions = cd_yaml_string (cd_yaml_get (node, "predictions"));
  step->results = cd_yaml_string (cd_yaml_get (node, "results"));
  step->seeded = cd_yaml_int (cd_yaml_get (cd_yaml_get (node, "decoding"), "seed"), &step->seed);
  add_places (step->inputs, places, cd_yaml_get (node, "inputs"));
  GPtrArray *files = step->command != NULL ? step->outputs : step->inputs;
  add_place (files, places, step->predictions);
  add_place (files, places, step->results);
  return step;
}

static gboolean
read_steps (CdPlan *plan, const CdManifest *manifest, GError **error)
{
  const CdYamlNode *root = cd_manifest_root (manifest);
  const CdYamlNode *const lists[] = { cd_yaml_get (root, "stages"), cd_yaml_get (root, "evaluations") };
  g_autoptr (GHashTable) places = index_places (root);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < cd_yaml_length (lists[i]); j++) {
      const CdYamlNode *node = cd_yaml_at (lists[i], j);
      if (plan->steps->len == CD_PLAN_STEPS) {
        g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s:%u:%u: more than %u stages and evaluations", cd_manifest_name (manifest), node->line,
                     node->column, CD_PLAN_STEPS);
        return FALSE;
      }
      CdPlanStep *step = i == 0 ? read_stage (node, places) : read_evaluation (node, places);
      g_ptr_array_add (plan->steps, step);
      if (!read_resources (manifest, node, &step->resources, error))
        return FALSE;
    }
  return TRUE;
}

CdPlan *
cd_plan_new (const CdManifest *manifest, GError **error)
{
  g_autoptr (CdPlan) plan = g_new0 (CdPlan, 1);
  plan->steps = g_ptr_array_new_with_free_func (step_free);
  plan->order = g_array_new (FALSE, FALSE, sizeof (guint));
  plan->places = g_array_new (FALSE, TRUE, sizeof (guint));
  if (!read_steps (plan, manifest, error) || !cd_plan_connect (plan, manifest, error))
    return NULL;
  return g_steal_pointer (&plan);
}
