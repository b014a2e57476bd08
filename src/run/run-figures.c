/* Opens what evaluations made; how it is read is outputs/declared.c's affair. Predictions come before logs: a figure graded again is the stronger one. */
#include "run/run-figures.h"
#include "base/limits.h"
#include "base/text.h"
#include "outputs/declared.h"

#include <string.h>

#define FILES_MOST 256u /* of a folder that is declared as predictions or results */

typedef struct {
  CdDeclaredEvaluation evaluation;
  const CdRunOutcome *outcome;
  guint repeats;
  GPtrArray *figures, *problems;
} Reading;

/* path: on disk; shown: how the figure calls it. */
typedef void (*Reader) (Reading *reading, const char *path, const char *shown);

static void
add_problem (Reading *reading, const char *what)
{
  g_ptr_array_add (reading->problems, g_strdup_printf ("%s: %s", reading->outcome->run->step->name, what));
}

static void
read_predictions (Reading *reading, const char *path, const char *shown)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) why = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &why);
  const CdPredictionFile predictions
      = { .path = shown, .language = cd_prediction_language (shown), .document = G_MAXUINT, .benchmarks = reading->evaluation.benchmarks };
  if (stream == NULL || !cd_declared_predictions (&reading->evaluation, &predictions, G_INPUT_STREAM (stream), reading->figures, &why))
    add_problem (reading, why->message);
}

static void
read_results (Reading *reading, const char *path, const char *shown)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_autoptr (GError) why = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  if (info == NULL || g_file_info_get_size (info) > (goffset) CD_LIMIT_BLOB_BYTES) {
    add_problem (reading, "its results are too large to be read");
    return;
  }
  if (!g_file_get_contents (path, &bytes, &length, &why)) {
    add_problem (reading, why->message);
    return;
  }
  g_autofree char *text = cd_text_to_utf8 (bytes, length);
  cd_declared_results (&reading->evaluation, shown, text, strlen (text), G_MAXUINT, reading->figures);
}

/* The path in the work, below the repeat's number where there are several. Caller frees. */
static char *
shown_path (const Reading *reading, const char *declared, const char *rest)
{
  g_autofree char *path = reading->repeats > 1 ? g_strdup_printf ("repeat-%u/%s%s", reading->outcome->run->repeat + 1, declared, rest)
                                               : g_strconcat (declared, rest, NULL);
  return cd_text_to_utf8 (path, strlen (path));
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A file, or the files of a folder in the order of their names. */
static void
read_files (Reading *reading, Reader reader, const char *path, const char *declared)
{
  if (!g_file_test (path, G_FILE_TEST_IS_DIR)) {
    g_autofree char *shown = shown_path (reading, declared, "");
    reader (reading, path, shown);
    return;
  }
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL && names->len < FILES_MOST;)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autofree char *shown = shown_path (reading, declared, name + strlen (path));
    if (g_file_test (name, G_FILE_TEST_IS_REGULAR))
      reader (reading, name, shown);
  }
}

GPtrArray *
cd_run_figures (const CdRerun *rerun, const CdBenchmarks *benchmarks, GPtrArray *problems)
{
  GPtrArray *figures = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_figure_free);
  for (guint i = 0; i < rerun->outcomes->len; i++) {
    const CdRunOutcome *outcome = g_ptr_array_index (rerun->outcomes, i);
    Reading reading = { cd_declared_evaluation (outcome->node, benchmarks), outcome, rerun->repeats, figures, problems };
    guint first = figures->len;
    if (outcome->predictions != NULL)
      read_files (&reading, read_predictions, outcome->predictions, outcome->run->step->predictions);
    if (outcome->results != NULL)
      read_files (&reading, read_results, outcome->results, outcome->run->step->results);
    for (guint f = first; f < figures->len; f++)
      ((CdFigure *) g_ptr_array_index (figures, f))->seed = outcome->run->seed;
  }
  return figures;
}
