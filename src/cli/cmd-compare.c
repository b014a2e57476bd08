/* `candor compare BEFORE AFTER`: two sets of predictions, graded again and set side by side by category. */
#include "cli/cmd.h"
#include "cli/terminal.h"
#include "outputs/predictions.h"
#include "report/comparison.h"
#include <string.h>

typedef struct {
  char *grader, *benchmark, *format, *output;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->grader);
  g_free (options->benchmark);
  g_free (options->format);
  g_free (options->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "grader", 0, 0, G_OPTION_ARG_STRING, &options->grader, "Grade by this grader (see `candor grade --list`) instead of the benchmark's",
      "GRADER" },
    { "benchmark", 0, 0, G_OPTION_ARG_STRING, &options->benchmark, "The benchmark's id, where neither paths nor records tell", "BENCHMARK" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format, "The form of the report (default: text)", "text|json|markdown" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "Write the table to a file", "FILE" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_options_parse (argc, argv, entries, "BEFORE AFTER",
                         "Grades two files of predictions and compares them, category by category, with the significance of each difference.", error))
    return FALSE;
  if (options->grader != NULL && cd_grader_choose (options->grader, error) == NULL)
    return FALSE;
  else if (*argc != 3)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "compare takes two files of predictions; see `candor compare --help`");
  else
    return TRUE;
  return FALSE;
}

/* CdFigure* of one file; NULL with an error. */
static GPtrArray *
read_predictions (const char *path, const Options *options, const CdBenchmarks *benchmarks, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) why = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &why);
  if (stream == NULL) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: %s", path, why->message);
    return NULL;
  }
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_figure_free);
  CdPredictionFile predictions = { .path = path,
                                   .language = cd_prediction_language (path),
                                   .document = G_MAXUINT,
                                   .benchmarks = benchmarks,
                                   .benchmark = options->benchmark,
                                   .grader = options->grader };
  if (!cd_predictions_read (&predictions, G_INPUT_STREAM (stream), figures, error))
    return NULL;
  if (figures->len == 0) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: no predictions are recognised: records need an answer beside a reference or a verdict", path);
    return NULL;
  }
  return g_steal_pointer (&figures);
}

static void
tell_malformed (const char *path, const GPtrArray *figures)
{
  for (guint i = 0; i < figures->len; i++) {
    const CdFigure *figure = g_ptr_array_index (figures, i);
    for (guint f = 0; figure->faults != NULL && f < figure->faults->len; f++)
      g_printerr ("candor: %s:%u: malformed record, left out\n", path, g_array_index (figure->faults, guint32, f));
  }
}

int
cd_cmd_compare (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  if (!parse (&options, &argc, &argv, error))
    return 2;
  g_autoptr (CdData) data = cd_data_new (NULL, error);
  g_autoptr (CdBenchmarks) benchmarks = data != NULL ? cd_benchmarks_load (data, error) : NULL;
  if (benchmarks == NULL)
    return 2;
  if (options.benchmark != NULL && cd_benchmarks_find (benchmarks, options.benchmark) < 0) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no benchmark \"%s\" in rubrics/knowledge/benchmarks.yaml", options.benchmark);
    return 2;
  }
  g_autoptr (GPtrArray) before = read_predictions (argv[1], &options, benchmarks, error);
  g_autoptr (GPtrArray) after = before != NULL ? read_predictions (argv[2], &options, benchmarks, error) : NULL;
  if (after == NULL)
    return 2;
  tell_malformed (argv[1], before);
  tell_malformed (argv[2], after);
  g_autoptr (GPtrArray) rows = cd_before_after (before, after, benchmarks);
  CdEqualCost cost;
  gboolean costs = cd_before_after_cost (before, after, &cost);
  CdComparison comparison = { argv[1], argv[2], before, after, rows, costs ? &cost : NULL };
  CdReportStyle style = { 0 };
  cd_terminal_style (&style);
  style.colour = style.colour && options.output == NULL;
  g_autofree char *text = g_strcmp0 (options.format, "json") == 0       ? cd_comparison_json (&comparison)
                          : g_strcmp0 (options.format, "markdown") == 0 ? cd_comparison_markdown (&comparison)
                                                                        : cd_comparison_text (&comparison, &style);
  cd_options_write (options.output, text, error);
  return 0;
}
