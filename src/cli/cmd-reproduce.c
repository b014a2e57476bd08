/* `candor reproduce`: every claim beside what the tree yields for it or, with --run, what the manifest's commands yield once more, in a sandbox. Options
 * in, one report out; an interrupt ends every job before it ends the program. */
#include "base/limits.h"
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/terminal.h"
#include "report/reproduce.h"
#include "run/quantity.h"
#include "run/run-figures.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define MEMORY_LEAST ((guint64) 16 << 20)
#define SIGNAL_BASE 128 /* exit status of a program that a signal ended */

typedef struct {
  char *commit, *subdir, *executor, *gpus, *image, *time, *memory, *disk, *scratch, *keep, *format, *output;
  int repeat, processes;
  gboolean run, fresh, network, same_seed, timing, quiet;
} Options;

static void
options_clear (Options *options)
{
  char **const texts[] = { &options->commit, &options->subdir, &options->executor, &options->gpus, &options->image,  &options->time,
                           &options->memory, &options->disk,   &options->scratch,  &options->keep, &options->format, &options->output };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static volatile sig_atomic_t caught;

static void
catch_signal (int number)
{
  caught = number;
}

static gboolean
interrupted (void)
{
  return caught != 0;
}

/* A second one does not wait for the cleaning up: it ends the program, and with it what it runs. */
static void
catch_signals (void)
{
  struct sigaction action = { .sa_handler = catch_signal, .sa_flags = (int) SA_RESETHAND };
  static const int SIGNALS[] = { SIGINT, SIGTERM, SIGHUP };
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    sigaction (SIGNALS[i], &action, NULL);
}

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "run", 0, 0, G_OPTION_ARG_NONE, &options->run, "Run the manifest's stages and evaluations again, in a sandbox", NULL },
    { "commit", 0, 0, G_OPTION_ARG_STRING, &options->commit, "Run this revision instead of HEAD", "REV" },
    { "subdir", 0, 0, G_OPTION_ARG_STRING, &options->subdir, "The work, and its manifest, is in this folder of the repository", "DIR" },
    { "executor", 0, 0, G_OPTION_ARG_STRING, &options->executor, "Who runs the commands (default: local)", "EXECUTOR" },
    { "repeat", 0, 0, G_OPTION_ARG_INT, &options->repeat, "Run it N times, seeds counted up from the manifest's", "N" },
    { "same-seed", 0, 0, G_OPTION_ARG_NONE, &options->same_seed, "Repeat with the same seeds", NULL },
    { "gpus", 0, 0, G_OPTION_ARG_STRING, &options->gpus, "Graphics processors that commands may use, by index (0,1)", "LIST" },
    { "network", 0, 0, G_OPTION_ARG_NONE, &options->network, "Let commands reach the network; the report says so", NULL },
    { "image", 0, 0, G_OPTION_ARG_FILENAME, &options->image, "Run in this unpacked root filesystem; the report says so", "DIR" },
    { "time", 0, 0, G_OPTION_ARG_STRING, &options->time, "The most that a step may take (default 1h)", "TIME" },
    { "memory", 0, 0, G_OPTION_ARG_STRING, &options->memory, "… of memory (default 8GiB)", "SIZE" },
    { "processes", 0, 0, G_OPTION_ARG_INT, &options->processes, "… of processes and threads (default 512)", "N" },
    { "disk", 0, 0, G_OPTION_ARG_STRING, &options->disk, "… of disk in its folder (default 16GiB)", "SIZE" },
    { "fresh", 0, 0, G_OPTION_ARG_NONE, &options->fresh, "Do not use results of earlier runs", NULL },
    { "scratch", 0, 0, G_OPTION_ARG_FILENAME, &options->scratch, "Where the steps' folders are made (default $TMPDIR or /var/tmp)", "DIR" },
    { "keep", 0, 0, G_OPTION_ARG_FILENAME, &options->keep, "Copy what the steps made to a new folder", "DIR" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format, "The form of the report (default: text)", "text|json|markdown" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "Write the report to a file", "FILE" },
    { "timing", 0, 0, G_OPTION_ARG_NONE, &options->timing, "Tell how long steps took and what came from the cache", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options->quiet, "No progress", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_options_parse (argc, argv, entries, "[REPOSITORY|URL]",
                         "Every claimed figure beside the one that the repository's logs and predictions give or, with --run, its commands run again "
                         "in a sandbox. Exit\n"
                         "status 1: a claim was not reproduced, or a step failed.",
                         error))
    return FALSE;
  gboolean about_runs = options->executor != NULL || options->repeat > 0 || options->same_seed || options->gpus != NULL || options->network
                        || options->image != NULL || options->fresh || options->keep != NULL || options->timing;
  if (about_runs && !options->run)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "nothing is run without --run, which the other options are about");
  else if (*argc > 2)
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "one repository at a time; \"%s\" is too much", (*argv)[2]);
  else if (options->repeat < 0 || options->repeat > (int) CD_RERUN_REPEATS)
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--repeat takes a number from 1 to %u", CD_RERUN_REPEATS);
  else if (options->processes < 0)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--processes takes a number");
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_limits (const Options *options, CdLimits *limits, GError **error)
{
  *limits = (CdLimits){ .seconds = CD_RERUN_SECONDS,
                        .memory = CD_RERUN_MEMORY,
                        .processes = options->processes > 0 ? (guint64) options->processes : CD_RERUN_PROCESSES,
                        .disk = CD_RERUN_DISK,
                        .output = CD_RERUN_OUTPUT };
  if (options->time != NULL && !cd_quantity_seconds (options->time, &limits->seconds))
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--time takes a time, as in 90s, 15m, 1h30m");
  else if (options->memory != NULL && (!cd_quantity_bytes (options->memory, &limits->memory) || limits->memory < MEMORY_LEAST))
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--memory takes a size of at least 16M, as in 512M, 16GiB");
  else if (options->disk != NULL && !cd_quantity_bytes (options->disk, &limits->disk))
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--disk takes a size, as in 512M, 16GiB");
  else {
    limits->file = limits->disk;
    return TRUE;
  }
  return FALSE;
}

/* Indices alone: they become names of devices. NULL with an error where something else is listed. */
static char **
read_gpus (const char *list, GError **error)
{
  g_auto (GStrv) gpus = g_strsplit (list, ",", -1);
  for (char **gpu = gpus; *gpu != NULL; gpu++)
    if (**gpu == '\0' || strlen (*gpu) > 3 || strspn (*gpu, "0123456789") != strlen (*gpu)) {
      g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--gpus takes indices, as in 0,1");
      return NULL;
    }
  return g_steal_pointer (&gpus);
}

static gboolean
check_folder (const char *option, const char *path, GError **error)
{
  if (path == NULL || (g_path_is_absolute (path) && g_file_test (path, G_FILE_TEST_IS_DIR)))
    return TRUE;
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "%s takes the absolute path of a folder", option);
  return FALSE;
}

static CdManifest *
read_manifest (const CdSnapshot *snapshot, const char *subdir, GError **error)
{
  g_autofree char *path = subdir != NULL ? g_build_path ("/", subdir, CD_MANIFEST_NAME, NULL) : g_strdup (CD_MANIFEST_NAME);
  const CdEntry *entry = cd_snapshot_find (snapshot, path);
  g_auto (CdBlob) blob = { 0 };
  if (entry == NULL) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: the commit has no such file; it tells what to run (`candor init` drafts one)", path);
    return NULL;
  }
  cd_snapshot_read (snapshot, entry, CD_LIMIT_BLOB_BYTES, &blob);
  if (blob.state != CD_BLOB_READ || entry->kind == CD_ENTRY_SYMLINK) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: %s", path, blob.state != CD_BLOB_READ ? cd_blob_state_text (blob.state) : "a symbolic link");
    return NULL;
  }
  gsize length = 0;
  const char *text = g_bytes_get_data (blob.bytes, &length);
  return cd_manifest_parse (path, text, length, NULL, error);
}

static void
print_progress (const char *step, const char *what, gpointer data G_GNUC_UNUSED)
{
  g_autofree char *printable = cd_text_printable (step), *state = cd_text_printable (what);
  g_printerr ("%s: %s\n", printable, state);
}

static gboolean
print_report (const CdReproduceReport *report, const Options *options, GError **error)
{
  CdReportStyle style = { 0 };
  cd_terminal_style (&style);
  style.colour = style.colour && options->output == NULL;
  g_autofree char *text = g_strcmp0 (options->format, "json") == 0       ? cd_report_reproduce_json (report)
                          : g_strcmp0 (options->format, "markdown") == 0 ? cd_report_reproduce_markdown (report)
                                                                         : cd_report_reproduce_text (report, &style);
  return cd_options_write (options->output, text, error);
}

/* Runs, and sets what came out beside the claims. */
static int
run (const CdAudit *audit, const Options *options, CdRerunOptions *rerun_options, GError **error)
{
  g_autoptr (CdManifest) manifest = read_manifest (audit->snapshot, options->subdir, error);
  if (manifest == NULL)
    return 2;
  catch_signals ();
  g_autoptr (CdRerun) rerun = cd_rerun (audit->snapshot, manifest, rerun_options, error);
  if (rerun == NULL)
    return 4;
  if (rerun->interrupted) {
    if (!options->quiet)
      g_printerr ("candor: interrupted; what is done is kept, and the same command goes on from there\n");
    return SIGNAL_BASE + caught;
  }
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) figures = cd_run_figures (rerun, audit->results->benchmarks, problems);
  const CdReproductionCase the_case = { audit->results->benchmarks, audit->work->names, audit->claims, figures, manifest, TRUE };
  g_autoptr (GPtrArray) reproductions = cd_reproductions_gather (&the_case);
  const CdReproduceReport report = { audit, reproductions, rerun, rerun_options, problems, options->timing };
  if (!print_report (&report, options, error) || (options->keep != NULL && !cd_rerun_keep (rerun, options->keep, error)))
    return 4;
  return cd_rerun_failed (rerun) || cd_report_reproduce_failed (&report) ? 1 : 0;
}

static int
reproduce (const Options *options, const char *location, CdRerunOptions *rerun_options, GError **error)
{
  g_autoptr (CdData) data = cd_data_new (NULL, error);
  CdAuditOptions audit_options = { .location = location,
                                   .revision = options->commit,
                                   .subdir = options->subdir,
                                   .cache = rerun_options->cache,
                                   .progress = cd_options_progress (options->quiet) };
  g_autoptr (CdAudit) audit = data != NULL ? cd_audit_run (data, &audit_options, error) : NULL;
  if (audit == NULL)
    return 2;
  if (options->run)
    return run (audit, options, rerun_options, error);
  const CdReproduceReport report = { .audit = audit, .reproductions = audit->reproductions };
  return print_report (&report, options, error) && cd_report_reproduce_failed (&report) ? 1 : 0;
}

int
cd_cmd_reproduce (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  if (!parse (&options, &argc, &argv, error))
    return 2;
  CdRerunOptions rerun = { .start = options.subdir,
                           .scratch = options.scratch,
                           .repeats = options.repeat > 0 ? (guint) options.repeat : 1,
                           .same_seed = options.same_seed,
                           .fresh = options.fresh,
                           .network = options.network,
                           .image = options.image,
                           .interrupted = interrupted,
                           .progress = options.quiet ? NULL : print_progress };
  g_auto (GStrv) gpus = options.gpus != NULL ? read_gpus (options.gpus, error) : NULL;
  if (options.gpus != NULL && gpus == NULL)
    return 2;
  rerun.gpus = gpus;
  rerun.executor = cd_executor_find (options.executor != NULL ? options.executor : cd_executor_local.name, error);
  if (rerun.executor == NULL || !read_limits (&options, &rerun.most, error) || !check_folder ("--image", options.image, error)
      || !check_folder ("--scratch", options.scratch, error))
    return 2;
  g_autofree char *cache = cd_options_cache ();
  if (cache == NULL) {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_INTERNAL, "the cache folder cannot be used; set XDG_CACHE_HOME");
    return 4;
  }
  rerun.cache = cache;
  return reproduce (&options, argc > 1 ? argv[1] : ".", &rerun, error);
}
