/* A rerun for a terminal: conditions, steps with what went wrong, evaluations with their files, repeats. */
#include "base/text.h"
#include "report/run.h"
#include "run/quantity.h"

#include <string.h>

#define SHOWN_LINES 8u /* of a failed command's stderr */
#define SHOWN_PATHS 20u

static void G_GNUC_PRINTF (2, 3) line (GString *out, const char *format, ...)
{
  va_list values;
  va_start (values, format);
  g_autofree char *text = g_strdup_vprintf (format, values);
  va_end (values);
  g_autofree char *printable = cd_text_printable (text);
  g_string_append_printf (out, "%s\n", printable);
}

const char *
cd_report_step_state (const CdStepRun *run)
{
  return run->state == CD_STEP_DONE ? "done" : run->state == CD_STEP_FAILED ? "failed" : "not run";
}

char *
cd_report_run_conditions (const CdRerunOptions *options)
{
  g_autofree char *seconds = cd_quantity_seconds_text (options->most.seconds);
  g_autofree char *memory = cd_quantity_bytes_text (options->most.memory), *disk = cd_quantity_bytes_text (options->most.disk);
  g_autofree char *gpus = options->gpus != NULL ? g_strjoinv (", ", options->gpus) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "executor %s, in a sandbox %s", options->executor->name, options->network ? "WITH NETWORK" : "without network");
  if (options->image != NULL)
    g_string_append_printf (text, ", in the image %s", options->image);
  if (gpus != NULL)
    g_string_append_printf (text, ", with GPUs %s", gpus);
  g_string_append_printf (text, "; each step at most %s, %s of memory, %" G_GUINT64_FORMAT " processes, %s of disk", seconds, memory,
                          options->most.processes, disk);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "stage train", and of several repeats which, with its seed. Caller frees. */
static char *
name_of (const CdRerun *rerun, const CdStepRun *run)
{
  if (rerun->repeats == 1)
    return g_strdup (run->step->name);
  if (!run->step->seeded)
    return g_strdup_printf ("%s, repeat %u", run->step->name, run->repeat + 1);
  return g_strdup_printf ("%s, repeat %u (seed %" G_GINT64_FORMAT ")", run->step->name, run->repeat + 1, run->seed);
}

static void
add_end_of (GString *out, const char *written)
{
  g_autofree char *text = g_strchomp (g_strdup (written != NULL ? written : ""));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint count = g_strv_length (lines);
  for (guint i = count > SHOWN_LINES ? count - SHOWN_LINES : 0; i < count; i++)
    line (out, "      | %s", lines[i]);
}

static void
add_step (GString *out, const CdRerun *rerun, const CdStepRun *run, gboolean timing)
{
  g_autofree char *name = name_of (rerun, run);
  g_autofree char *time
      = timing && run->state == CD_STEP_DONE ? g_strdup_printf (", %.1f s%s", run->seconds, run->cached ? " (from the cache)" : "") : g_strdup ("");
  if (run->state == CD_STEP_DONE)
    line (out, "  %s: done, %u file%s%s", name, run->products->made->len, run->products->made->len == 1 ? "" : "s", time);
  else
    line (out, "  %s: %s: %s", name, cd_report_step_state (run), run->why);
  if (run->state == CD_STEP_FAILED)
    add_end_of (out, run->result.err);
  for (guint i = 0; run->products != NULL && i < MIN (run->products->refused->len, SHOWN_PATHS); i++) {
    const CdRefused *refused = run->products->refused->pdata[i];
    line (out, "      left behind: %s (%s)", refused->path, refused->why);
  }
}

static void
add_outcome (GString *out, const CdRerun *rerun, const CdRunOutcome *outcome)
{
  g_autofree char *name = name_of (rerun, outcome->run);
  const CdPlanStep *step = outcome->run->step;
  if (outcome->why != NULL)
    line (out, "  %s: nothing: %s", name, outcome->why);
  if (outcome->results != NULL)
    line (out, "  %s: results %s", name, step->results);
  if (outcome->predictions != NULL)
    line (out, "  %s: predictions %s", name, step->predictions);
}

static void
add_repeats (GString *out, const CdRerun *rerun)
{
  for (guint i = 0; i < rerun->plan->order->len; i++) {
    guint step = g_array_index (rerun->plan->order, guint, i);
    const char *path = NULL;
    CdIdentical identical = cd_rerun_identical (rerun, step, &path);
    const char *name = cd_plan_step (rerun->plan, step)->name;
    if (identical == CD_IDENTICAL_YES)
      line (out, "  %s: bit-identical", name);
    else if (identical == CD_IDENTICAL_NO)
      line (out, "  %s: not bit-identical%s%s", name, path != NULL ? ", first in " : "", path != NULL ? path : "");
  }
}

char *
cd_report_run_text (const CdRerun *rerun, const CdRerunOptions *options, gboolean timing)
{
  g_autofree char *conditions = cd_report_run_conditions (options);
  GString *out = g_string_new (NULL);
  line (out, "Commit %s", rerun->commit);
  line (out, "Run again: %s", conditions);
  g_string_append (out, "\nSteps\n");
  for (guint i = 0; i < rerun->runs->len; i++)
    add_step (out, rerun, cd_rerun_at (rerun, i), timing);
  if (rerun->runs->len == 0)
    g_string_append (out, "  the manifest declares neither stages nor evaluations\n");
  if (rerun->outcomes->len > 0)
    g_string_append (out, "\nMade by evaluations\n");
  for (guint i = 0; i < rerun->outcomes->len; i++)
    add_outcome (out, rerun, rerun->outcomes->pdata[i]);
  if (rerun->repeats > 1) {
    g_string_append_c (out, '\n');
    line (out, "%u repeats%s", rerun->repeats, options->same_seed ? " with the same seeds" : ", seeds counted up");
    add_repeats (out, rerun);
  }
  const GArray *left = rerun->exported.left;
  for (guint i = 0; left != NULL && i < MIN (left->len, SHOWN_PATHS); i++) {
    const CdNotExported *one = &g_array_index (left, CdNotExported, i);
    if (i == 0)
      g_string_append_c (out, '\n');
    line (out, "Not exported: %s (%s)", one->path, one->why);
  }
  if (left != NULL && left->len > SHOWN_PATHS)
    line (out, "Not exported: %u more", left->len - SHOWN_PATHS);
  return g_string_free (out, FALSE);
}
