/* `candor grade`: a grader by itself. JSONL in, a verdict a line out, a summary behind it. */
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/grade.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MOST_THREADS 256
#define STANDARD_INPUT "standard input"

typedef struct {
  char *grader, *gold, *prediction, *tolerance;
  int threads;
  gboolean summary, list, quiet;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->grader);
  g_free (options->gold);
  g_free (options->prediction);
  g_free (options->tolerance);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char about[]
    = "Grades predictions: reads JSONL with `gold` and `prediction` (or `response`; text, numbers, lists) from FILE or standard input,\n"
      "writes each line's verdict (right, wrong, no-answer, not-attempted, malformed) as JSONL in the same order, and a summary on standard\n"
      "error. `gold` as a list: each member is a right answer. `prediction` as a list: samples, whose scores are averaged. Short fields such\n"
      "as `id` are handed on. Memory does not grow with the input. Malformed lines are named, graded as nothing, counted, and make the exit\n"
      "status 2 when all is done.";

static void
list_graders (void)
{
  guint length = 0;
  const CdGrader *graders = cd_graders (&length);
  for (guint i = 0; i < length; i++)
    printf ("%-9s %s\n", graders[i].id, graders[i].what);
}

static gboolean
read_task (const Options *options, CdGradeTask *task, GError **error)
{
  *task = (CdGradeTask){ .tolerance = -1,
                         .gold = options->gold != NULL ? options->gold : "gold",
                         .predictions = options->prediction != NULL ? options->prediction : "prediction" };
  if (options->grader != NULL)
    task->grader = cd_grader_choose (options->grader, error);
  else
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--grader is needed; `candor grade --list` lists them");
  if (task->grader == NULL || options->tolerance == NULL)
    return task->grader != NULL;
  char *end = NULL;
  task->tolerance = g_ascii_strtod (options->tolerance, &end);
  if (end == options->tolerance || *end != '\0' || !(task->tolerance >= 0 && task->tolerance <= 1))
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--tolerance takes a number from 0 to 1, not \"%s\"", options->tolerance);
  else if (strcmp (task->grader->id, "numeric") != 0)
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--tolerance is for the grader \"numeric\"");
  else
    return TRUE;
  return FALSE;
}

typedef struct {
  const char *name;
  CdGradeTally tally;
  gboolean failed; /* standard output takes no more */
  int cause;
} Progress;

/* Names malformed lines as they come, and writes the verdicts. */
static gboolean
take_batch (const GString *lines, const CdGradeTally *batch, gpointer data)
{
  Progress *progress = data;
  guint named = progress->tally.faults->len;
  cd_grade_tally_add (&progress->tally, batch);
  for (guint i = named; i < progress->tally.faults->len; i++) {
    const CdGradeFault *fault = progress->tally.faults->pdata[i];
    g_autofree char *what = cd_text_printable (fault->what);
    g_printerr ("candor: %s:%" G_GUINT64_FORMAT ":%u: %s\n", progress->name, fault->line, fault->column, what);
  }
  if (lines == NULL || fwrite (lines->str, 1, lines->len, stdout) == lines->len)
    return TRUE;
  progress->failed = TRUE;
  progress->cause = errno;
  return FALSE;
}

static gboolean
end_output (Progress *progress, GError **error)
{
  if (!progress->failed && fflush (stdout) != 0) {
    progress->failed = TRUE;
    progress->cause = errno;
  }
  if (!progress->failed)
    return TRUE;
  if (progress->cause != EPIPE) /* who closes a pipe has read enough */
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "standard output: %s", g_strerror (progress->cause));
  return FALSE;
}

static int
grade (const Options *options, const CdGradeTask *task, int descriptor, Progress *progress, GError **error)
{
  guint threads = options->threads > 0 ? (guint) options->threads : MIN (g_get_num_processors (), (guint) MOST_THREADS);
  gboolean read_all = cd_grade_stream (task, descriptor, progress->name, threads, !options->summary, take_batch, progress, error);
  if (!read_all || !end_output (progress, error))
    return 0;
  guint64 malformed = progress->tally.malformed;
  if (malformed > progress->tally.faults->len)
    g_printerr ("candor: %s: %" G_GUINT64_FORMAT " more malformed lines\n", progress->name, malformed - progress->tally.faults->len);
  if (options->summary) {
    g_autofree char *summary = cd_grade_summary_json (task, &progress->tally);
    if (!cd_options_write (NULL, summary, error))
      return 0;
  } else if (!options->quiet) {
    g_autofree char *summary = cd_grade_summary_text (task, &progress->tally, progress->name);
    g_printerr ("%s", summary);
  }
  return malformed > 0 ? 2 : 0;
}

static int
grade_file (const Options *options, const CdGradeTask *task, const char *path, GError **error)
{
  gboolean is_file = path != NULL && strcmp (path, "-") != 0;
  int descriptor = is_file ? g_open (path, O_RDONLY | O_CLOEXEC, 0) : STDIN_FILENO;
  if (descriptor < 0) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: %s", path, g_strerror (errno));
    return 2;
  }
  g_autofree char *name = is_file ? cd_text_printable (path) : g_strdup (STANDARD_INPUT);
  Progress progress = { .name = name };
  cd_grade_tally_init (&progress.tally);
  int status = grade (options, task, descriptor, &progress, error);
  cd_grade_tally_clear (&progress.tally);
  if (is_file)
    close (descriptor);
  return status;
}

int
cd_cmd_grade (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "grader", 'g', 0, G_OPTION_ARG_STRING, &options.grader, "How answers are compared; see --list", "GRADER" },
    { "list", 0, 0, G_OPTION_ARG_NONE, &options.list, "List the graders", NULL },
    { "summary", 0, 0, G_OPTION_ARG_NONE, &options.summary, "Print the summary alone, as JSON on standard output", NULL },
    { "gold", 0, 0, G_OPTION_ARG_STRING, &options.gold, "Field of the reference (gold)", "FIELD" },
    { "prediction", 0, 0, G_OPTION_ARG_STRING, &options.prediction, "Field of the prediction (prediction)", "FIELD" },
    { "tolerance", 0, 0, G_OPTION_ARG_STRING, &options.tolerance, "Relative tolerance of the grader numeric (1e-6)", "NUMBER" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &options.threads, "Number of threads; the output does not depend on it", "N" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, "No summary on standard error", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_options_parse (&argc, &argv, entries, "[FILE]", about, error))
    return 2;
  if (options.list) {
    list_graders ();
    return 0;
  }
  CdGradeTask task;
  if (argc > 2)
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "grade reads one file, not also \"%s\"", argv[2]);
  else if (options.threads < 0 || options.threads > MOST_THREADS)
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--threads takes a number from 1 to %d", MOST_THREADS);
  else if (read_task (&options, &task, error))
    return grade_file (&options, &task, argc == 2 ? argv[1] : NULL, error);
  return 2;
}
