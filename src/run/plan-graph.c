/* Which step needs which, by what they list as inputs and outputs, and an order that respects it. The rules stand at cd_plan_new. */
#include "run/plan-graph.h"

#include <string.h>

/* Who makes what: by the outputs themselves, and by every folder above one. GArray of guint, ascending. */
typedef struct {
  CdPlan *plan;
  GHashTable *outputs, *above;
  GPtrArray *direct; /* by step, GHashTable: the steps that it needs at first hand */
} Graph;

static void
add_maker (GHashTable *table, const char *path, guint step)
{
  GArray *makers = g_hash_table_lookup (table, path);
  if (makers == NULL) {
    makers = g_array_new (FALSE, FALSE, sizeof (guint));
    g_hash_table_insert (table, g_strdup (path), makers);
  }
  if (makers->len == 0 || g_array_index (makers, guint, makers->len - 1) != step)
    g_array_append_val (makers, step);
}

/* Calls visit with every folder above path, the nearest first. */
static void
each_folder_above (const char *path, void (*visit) (const char *folder, gpointer data), gpointer data)
{
  g_autofree char *folder = g_strdup (path);
  for (char *slash; (slash = strrchr (folder, '/')) != NULL && slash != folder;) {
    *slash = '\0';
    visit (folder, data);
  }
}

typedef struct {
  Graph *graph;
  guint step;
} At;

static void
add_above (const char *folder, gpointer data)
{
  At *at = data;
  add_maker (at->graph->above, folder, at->step);
}

static void
need (Graph *graph, guint step, guint other)
{
  if (step != other)
    g_hash_table_add (graph->direct->pdata[step], GUINT_TO_POINTER (other));
}

/* Of those who make the same, those before the step; where there is none, and later ones count, all of them. */
static void
need_makers (Graph *graph, guint step, GHashTable *table, const char *path, gboolean later)
{
  const GArray *makers = g_hash_table_lookup (table, path);
  gboolean found = FALSE;
  for (guint i = 0; makers != NULL && i < makers->len; i++)
    if (g_array_index (makers, guint, i) <= step) {
      found = TRUE; /* what it changes in place is its own input */
      need (graph, step, g_array_index (makers, guint, i));
    }
  for (guint i = 0; makers != NULL && !found && later && i < makers->len; i++)
    need (graph, step, g_array_index (makers, guint, i));
}

static void
need_enclosing (const char *folder, gpointer data)
{
  At *at = data;
  need_makers (at->graph, at->step, at->graph->outputs, folder, TRUE);
}

static void
need_input (Graph *graph, guint step, const char *path)
{
  At at = { graph, step };
  need_makers (graph, step, graph->outputs, path, TRUE);
  each_folder_above (path, need_enclosing, &at);
  need_makers (graph, step, graph->above, path, FALSE);
}

static void
connect_step (Graph *graph, guint index)
{
  const CdPlanStep *step = cd_plan_step (graph->plan, index);
  for (guint i = 0; i < step->inputs->len; i++)
    need_input (graph, index, step->inputs->pdata[i]);
  if (cd_yaml_get (step->node, "inputs") != NULL)
    return;
  for (guint i = 0; i < index; i++)
    if (cd_plan_step (graph->plan, i)->kind == CD_STEP_STAGE)
      need (graph, index, i);
}

/* The cycle that the step is on or leads into, as "stage a needs stage b, which needs stage a". Caller frees. */
static char *
describe_cycle (const Graph *graph, const gboolean *placed, guint *first)
{
  guint count = graph->plan->steps->len;
  g_autofree guint *next = g_new0 (guint, count);
  for (guint i = 0; i < count; i++)
    for (guint j = count; j-- > 0;)
      if (!placed[i] && !placed[j] && g_hash_table_contains (graph->direct->pdata[i], GUINT_TO_POINTER (j)))
        next[i] = j;
  guint at = 0;
  while (placed[at])
    at++;
  for (guint i = 0; i < count; i++)
    at = next[at]; /* now it is on a cycle */
  *first = at;
  for (guint i = next[at]; i != at; i = next[i])
    *first = MIN (*first, i);
  GString *text = g_string_new (cd_plan_step (graph->plan, *first)->name);
  at = *first;
  do {
    at = next[at];
    g_string_append_printf (text, "%s needs what %s makes", text->len > strlen (cd_plan_step (graph->plan, *first)->name) ? ", which" : "",
                            cd_plan_step (graph->plan, at)->name);
  } while (at != *first);
  return g_string_free (text, FALSE);
}

static gboolean
fail_cycle (const Graph *graph, const gboolean *placed, const CdManifest *manifest, GError **error)
{
  guint first = 0;
  g_autofree char *cycle = describe_cycle (graph, placed, &first);
  const CdYamlNode *node = cd_plan_step (graph->plan, first)->node;
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s:%u:%u: a cycle: %s", cd_manifest_name (manifest), node->line, node->column, cycle);
  return FALSE;
}

static gboolean
is_ready (const Graph *graph, guint step, const gboolean *placed)
{
  GHashTableIter iterator;
  gpointer other = NULL;
  g_hash_table_iter_init (&iterator, graph->direct->pdata[step]);
  while (g_hash_table_iter_next (&iterator, &other, NULL))
    if (!placed[GPOINTER_TO_UINT (other)])
      return FALSE;
  return TRUE;
}

/* Takes the first step in the file that is ready, again and again. */
static gboolean
put_in_order (Graph *graph, const CdManifest *manifest, GError **error)
{
  guint count = graph->plan->steps->len;
  g_autofree gboolean *placed = g_new0 (gboolean, count + 1);
  g_array_set_size (graph->plan->places, count);
  while (graph->plan->order->len < count) {
    guint step = 0;
    while (step < count && (placed[step] || !is_ready (graph, step, placed)))
      step++;
    if (step == count)
      return fail_cycle (graph, placed, manifest, error);
    placed[step] = TRUE;
    g_array_index (graph->plan->places, guint, step) = graph->plan->order->len;
    g_array_append_val (graph->plan->order, step);
  }
  return TRUE;
}

/* Along the order, what a step needs has its own needs already. */
static void
close_needs (Graph *graph)
{
  guint count = graph->plan->steps->len;
  g_autofree gboolean *needed = g_new0 (gboolean, count + 1);
  for (guint i = 0; i < count; i++) {
    guint index = g_array_index (graph->plan->order, guint, i);
    memset (needed, 0, sizeof *needed * count);
    for (guint other = 0; other < count; other++) {
      if (!g_hash_table_contains (graph->direct->pdata[index], GUINT_TO_POINTER (other)))
        continue;
      needed[other] = TRUE;
      const GArray *further = cd_plan_step (graph->plan, other)->needs;
      for (guint j = 0; j < further->len; j++)
        needed[g_array_index (further, guint, j)] = TRUE;
    }
    for (guint other = 0; other < count; other++)
      if (needed[other])
        g_array_append_val (cd_plan_step (graph->plan, index)->needs, other);
  }
}

gboolean
cd_plan_connect (CdPlan *plan, const CdManifest *manifest, GError **error)
{
  g_autoptr (GHashTable) outputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autoptr (GHashTable) above = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) direct = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  Graph graph = { plan, outputs, above, direct };
  for (guint i = 0; i < plan->steps->len; i++) {
    const CdPlanStep *step = cd_plan_step (plan, i);
    At at = { &graph, i };
    g_ptr_array_add (direct, g_hash_table_new (NULL, NULL));
    for (guint j = 0; j < step->outputs->len; j++) {
      add_maker (outputs, step->outputs->pdata[j], i);
      each_folder_above (step->outputs->pdata[j], add_above, &at);
    }
  }
  for (guint i = 0; i < plan->steps->len; i++)
    connect_step (&graph, i);
  if (!put_in_order (&graph, manifest, error))
    return FALSE;
  close_needs (&graph);
  return TRUE;
}
