/* `candor audit`: options in, one report out. */
#include "cli/cmd.h"
#include "cli/paper-table.h"
#include "cli/subject.h"
#include "cli/terminal.h"
#include "page/page.h"
#include "report/report.h"
#include <string.h>

typedef struct {
  CdSubject subject;
  char **assessments, *format, *output, *evaluation_sets, *history;
  int timeout;
  gboolean online, refresh, allow_http, allow_private;
  gboolean paper_table, stop;
} Options;

static void
options_clear (Options *options)
{
  cd_subject_clear (&options->subject);
  g_strfreev (options->assessments);
  g_free (options->format);
  g_free (options->output);
  g_free (options->evaluation_sets);
  g_free (options->history);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

#define HISTORY "--history"

/* The value of --history is optional, so that it is only taken after "=": what follows the bare option is the repository. */
static void
give_history_a_value (int argc, char **argv)
{
  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    if (strcmp (argv[i], HISTORY) == 0)
      argv[i] = (char *) HISTORY "=auto";
}

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "evaluation-sets", 0, 0, G_OPTION_ARG_FILENAME, &options->evaluation_sets, "Look for the problems of this folder in the training data", "DIR" },
    { "assessment", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->assessments, "Take a reader's answers over the rules' (may be repeated)", "FILE" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format, "The form of the report (default: text)", "text|json|markdown|html" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "Write the report to a file", "FILE" },
    { "online", 0, 0, G_OPTION_ARG_NONE, &options->online, "Ask whether the work's links are there (see README, Network checks)", NULL },
    { "refresh", 0, 0, G_OPTION_ARG_NONE, &options->refresh, "Ask again what was answered within a day", NULL },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &options->timeout, "Seconds that one answer may take (default 30)", "N" },
    { "allow-http", 0, 0, G_OPTION_ARG_NONE, &options->allow_http, "Ask over http too", NULL },
    { "allow-private", 0, 0, G_OPTION_ARG_NONE, &options->allow_private, "Ask private and loopback addresses too", NULL },
    { "history", 0, 0, G_OPTION_ARG_STRING, &options->history, "Show transparency over time: at N commits (10), or at each tag", "[N|tags]" },
    { "paper-table", 0, 0, G_OPTION_ARG_NONE, &options->paper_table, "Show the index's published table beside the score", NULL },
    { "scan-only", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->stop, "Stop after the scan, print nothing (for measurements)", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  give_history_a_value (*argc, *argv);
  if (!cd_subject_parse (&options->subject, argc, argv, entries, "Scores one commit of a repository. Nothing in it is executed.", error))
    return FALSE;
  if (options->timeout < 0 || options->timeout > 600)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--timeout takes a number of seconds from 1 to 600");
  else if (!options->online && (options->refresh || options->allow_http || options->allow_private || options->timeout > 0))
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--refresh, --timeout, --allow-http and --allow-private go with --online");
  else
    return TRUE;
  return FALSE;
}

static char *
render_page (const CdAudit *audit, GError **error)
{
  g_autofree char *json = cd_report_json (audit);
  g_autoptr (CdRecord) record = cd_record_read (json, strlen (json), "audit", error);
  return record != NULL ? cd_page_audit (record, NULL) : NULL;
}

static char *
render (const CdAudit *audit, const CdData *data, const Options *options, GError **error)
{
  if (g_strcmp0 (options->format, "json") == 0)
    return cd_report_json (audit);
  if (g_strcmp0 (options->format, "html") == 0)
    return render_page (audit, error);
  g_autofree char *table = options->paper_table ? cd_paper_table (data, error) : NULL;
  if (options->paper_table && table == NULL)
    return NULL;
  if (g_strcmp0 (options->format, "markdown") == 0)
    return cd_report_markdown (audit);
  CdReportStyle style = { 0 };
  cd_terminal_style (&style);
  style.colour = style.colour && options->output == NULL;
  style.paper_table = table;
  return cd_report_text (audit, &style);
}

/* cache: the folder of answers, NULL for none; borrowed. */
static CdOnlineOptions
online_options (const Options *options, const char *cache)
{
  CdHttpOptions http = cd_http_options ();
  http.cache = cache;
  http.refresh = options->refresh;
  http.allow_http = options->allow_http;
  http.permits = options->allow_private ? NULL : http.permits;
  http.seconds = options->timeout > 0 ? (guint) options->timeout : http.seconds;
  http.progress = cd_options_progress (options->subject.quiet);
  return (CdOnlineOptions){
    .http = http, .hub = g_getenv ("HF_ENDPOINT"), .hub_token = g_getenv ("HF_TOKEN"), .github_token = g_getenv ("GITHUB_TOKEN")
  };
}

int
cd_cmd_audit (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  if (!parse (&options, &argc, &argv, error))
    return 2;
  CdTimelineOptions timeline = { 0 };
  if (options.history != NULL && !cd_timeline_parse (options.history, &timeline, error))
    return 2;
  g_autoptr (CdData) data = cd_data_new (options.subject.rules, error);
  if (data == NULL)
    return 2;
  g_autofree char *cache = options.subject.no_cache ? NULL : cd_options_cache ();
  g_autofree char *answers = cache == NULL ? NULL : g_build_filename (cache, "http", NULL);
  CdOnlineOptions online = online_options (&options, answers);
  CdAuditOptions audit_options = cd_subject_options (&options.subject, argc, argv, cache);
  audit_options.evaluation_sets = options.evaluation_sets;
  audit_options.online = options.online ? &online : NULL;
  audit_options.scan_only = options.stop;
  audit_options.timeline = options.history != NULL && !options.stop ? &timeline : NULL;
  audit_options.assessments = options.assessments;
  /* Never freed: the process ends with the report, and giving back every piece of an audit takes longer than printing it. */
  static CdAudit *audit;
  audit = cd_audit_run (data, &audit_options, error);
  if (audit == NULL || options.stop)
    return 0;
  g_autofree char *text = render (audit, data, &options, error);
  if (text != NULL)
    cd_options_write (options.output, text, error);
  return 0;
}
