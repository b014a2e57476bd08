/* What evaluations made, laid out as files for whoever reads figures from them. Only what a run made counts: what the commit ships does not. */
#include "run/rerun-parts.h"

#include <string.h>

char *
cd_rerun_path (const char *start, const char *path)
{
  g_autofree char *whole = start != NULL ? g_strconcat (start, "/", path, NULL) : g_strdup (path);
  g_auto (GStrv) parts = g_strsplit (whole, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  if (*path == '/')
    return NULL;
  for (char **part = parts; *part != NULL; part++) {
    if (**part == '\0' || strcmp (*part, ".") == 0)
      continue;
    if (strcmp (*part, "..") != 0)
      g_ptr_array_add (kept, *part);
    else if (kept->len == 0)
      return NULL;
    else
      g_ptr_array_set_size (kept, (gint) kept->len - 1);
  }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}

/* Copies the products at or below path. 1 where there were some, 0 where there were none, -1 with an error. */
static int
lay_out (const CdStepRun *run, const char *path, const char *folder, GError **error)
{
  g_autofree char *below = g_strconcat (path, "/", NULL);
  int found = 0;
  for (guint i = 0; run->products != NULL && i < run->products->made->len; i++) {
    const CdProduct *product = run->products->made->pdata[i];
    if (product->kind == CD_ITEM_SYMLINK || (strcmp (product->path, path) != 0 && !g_str_has_prefix (product->path, below)))
      continue;
    if (!cd_products_restore_one (product, run->store, folder, error))
      return -1;
    found = 1;
  }
  return found;
}

/* The files that an evaluation declares at path: its own, else those of the last step before it that made them. *place is NULL where nobody did. */
static gboolean
find_files (CdRerun *rerun, const CdStepRun *run, const char *declared, const char *start, char **place, GError **error)
{
  g_autofree char *path = declared != NULL ? cd_rerun_path (start, declared) : NULL;
  g_autofree char *folder = path != NULL ? cd_scratch_folder (rerun->files, 0700, error) : NULL;
  if (path == NULL)
    return TRUE;
  if (folder == NULL)
    return FALSE;
  int found = lay_out (run, path, folder, error);
  const GArray *order = rerun->plan->order;
  for (guint i = order->len; found == 0 && i-- > 0;) {
    guint other = g_array_index (order, guint, i);
    for (guint j = 0; found == 0 && j < run->step->needs->len; j++)
      if (g_array_index (run->step->needs, guint, j) == other)
        found = lay_out (cd_rerun_find (rerun, other, run->repeat), path, folder, error);
  }
  if (found > 0)
    *place = g_build_filename (folder, path, NULL);
  return found >= 0;
}

static char *
nothing_made (const CdRunOutcome *outcome)
{
  const CdPlanStep *step = outcome->run->step;
  if (outcome->run->why != NULL)
    return g_strdup (outcome->run->why);
  if (step->results == NULL && step->predictions == NULL)
    return g_strdup ("the manifest names neither its predictions nor its results");
  return g_strdup_printf ("it made no %s%s%s", step->results != NULL ? step->results : "",
                          step->results != NULL && step->predictions != NULL ? " and no " : "", step->predictions != NULL ? step->predictions : "");
}

gboolean
cd_rerun_add_outcomes (CdRerun *rerun, const char *start, GError **error)
{
  for (guint i = 0; i < rerun->runs->len; i++) {
    const CdStepRun *run = cd_rerun_at (rerun, i);
    if (run->step->kind != CD_STEP_EVALUATION)
      continue;
    CdRunOutcome *outcome = g_new0 (CdRunOutcome, 1);
    g_ptr_array_add (rerun->outcomes, outcome);
    outcome->run = run;
    outcome->node = run->step->node;
    outcome->benchmark = cd_yaml_string (cd_yaml_get (outcome->node, "benchmark"));
    outcome->metric = cd_yaml_string (cd_yaml_get (outcome->node, "metric"));
    gboolean counts = run->state == CD_STEP_DONE || run->passed_over;
    if (counts
        && (!find_files (rerun, run, run->step->predictions, start, &outcome->predictions, error)
            || !find_files (rerun, run, run->step->results, start, &outcome->results, error)))
      return FALSE;
    if (outcome->predictions == NULL && outcome->results == NULL)
      outcome->why = nothing_made (outcome);
  }
  return TRUE;
}
