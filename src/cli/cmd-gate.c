/* `candor gate`: a policy applied to a repository, or to an audit that was made before. What a policy asks is gate/'s, how the answer looks report/'s. */
#include "cli/audited.h"
#include "cli/cmd.h"
#include "cli/gate-outputs.h"
#include "cli/terminal.h"
#include "git/merge-base.h"
#include "report/gate-report.h"
#include <string.h>

#define DEFAULT_POLICY "disclosure"
#define OUTPUTS_MOST 16u

typedef struct {
  CdSubject subject;
  char *policy, *base, *date, *format, *output;
  char *files[OUTPUTS_MOST]; /* by row of cd_gate_outputs */
} Options;

static void
options_clear (Options *options)
{
  cd_subject_clear (&options->subject);
  g_free (options->policy);
  g_free (options->base);
  g_free (options->date);
  g_free (options->format);
  g_free (options->output);
  for (guint i = 0; i < OUTPUTS_MOST; i++)
    g_free (options->files[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* The verb's own options and one for each file that can be written. Caller frees. */
static GOptionEntry *
entries_of (Options *options)
{
  const GOptionEntry own[] = {
    { "policy", 0, 0, G_OPTION_ARG_STRING, &options->policy,
      "Ask for what this policy asks (default " DEFAULT_POLICY "; `candor rubrics` lists them)", "FILE|POLICY" },
    { "base", 0, 0, G_OPTION_ARG_STRING, &options->base, "Tell what was lost since the work and REV went their ways, or since an audit",
      "REV|AUDIT.json" },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options->date, "The day by which exceptions hold or have run out (default today)", "YYYY-MM-DD" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format, "The form of the report (default: text)", "text|json" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "Write the report to a file", "FILE" },
  };
  GArray *entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  guint length = 0;
  const CdGateOutput *outputs = cd_gate_outputs (&length);
  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
  for (guint i = 0; i < MIN (length, OUTPUTS_MOST); i++) {
    GOptionEntry entry = { outputs[i].option, 0, 0, G_OPTION_ARG_FILENAME, &options->files[i], outputs[i].says, "FILE" };
    g_array_append_val (entries, entry);
  }
  return (GOptionEntry *) (gpointer) g_array_free (entries, FALSE);
}

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  g_autofree GOptionEntry *entries = entries_of (options);
  if (!cd_subject_parse_as (&options->subject, argc, argv, entries, "[REPOSITORY|URL|AUDIT.json]", 1, "one repository",
                            "Asks of a repository, or of an audit's JSON file, what a policy asks. Exit status 0: passed; 1: failed.", error))
    return FALSE;
  if (options->date != NULL && !cd_policy_is_day (options->date))
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--date takes a day, written YYYY-MM-DD, and not \"%s\"", options->date);
  else
    return TRUE;
  return FALSE;
}

/* Whether the work is in a commit; TRUE where the commit cannot be read, which its audit will tell. */
static gboolean
has_work (CdRepository *repository, const char *commit, const char *subdir)
{
  g_autoptr (CdSnapshot) snapshot = subdir != NULL ? cd_snapshot_open (repository, commit, NULL) : NULL;
  g_autofree char *folder = g_strdup (subdir);
  for (gsize length = folder != NULL ? strlen (folder) : 0; length > 0 && folder[length - 1] == '/'; length--)
    folder[length - 1] = '\0';
  return snapshot == NULL || cd_snapshot_has (snapshot, folder);
}

/* The commit that losses are told against, as a revision: the one from which the work and the base went their ways, so that what others changed on the base
 * since is no change of this work's. Looked up before anything is audited. NULL without an error where there is none to compare with: nothing was asked for,
 * the base is an audit's file, or has no such work yet, so that nothing can be lost. Caller frees. */
static char *
find_base (const Options *options, const char *what, GError **error)
{
  if (options->base == NULL || g_file_test (options->base, G_FILE_TEST_IS_REGULAR))
    return NULL;
  if (g_file_test (what, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "%s is an audit, in which no revision \"%s\" can be looked up; give --base the audit of the base",
                 what, options->base);
    return NULL;
  }
  g_autoptr (CdRepository) repository = cd_repository_open (what, cd_options_progress (options->subject.quiet), NULL, error);
  CdOid base;
  char commit[2 * CD_OID_BYTES + 1];
  if (repository == NULL || !cd_merge_base_find (repository, options->subject.commit, options->base, &base, error))
    return NULL;
  cd_oid_to_hex (&base, commit);
  if (has_work (repository, commit, options->subject.subdir))
    return g_strdup (commit);
  if (!options->subject.quiet)
    g_printerr ("candor: the base, %s, has no %s yet: nothing can be lost\n", commit, options->subject.subdir);
  return NULL;
}

/* commit: what find_base found. NULL without an error where there is nothing to compare with. */
static CdRecord *
open_base (const CdData *data, const Options *options, const char *what, const char *commit, GError **error)
{
  if (commit != NULL)
    return cd_audited_open (data, &options->subject, what, commit, error);
  return options->base != NULL && g_file_test (options->base, G_FILE_TEST_IS_REGULAR) ? cd_record_load (options->base, error) : NULL;
}

static char *
today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  return g_date_time_format (now, "%Y-%m-%d");
}

/* text at the end of a file, which need not be there. */
static gboolean
add_to_file (const char *path, const char *text, GError **error)
{
  g_autofree char *before = NULL;
  g_autoptr (GError) cause = NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_get_contents (path, &before, NULL, &cause)) {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_INTERNAL, cause->message);
    return FALSE;
  }
  g_autofree char *all = g_strconcat (before != NULL ? before : "", text, NULL);
  return cd_options_write (path, all, error);
}

static gboolean
write_files (const CdGate *gate, const CdData *data, const Options *options, GError **error)
{
  guint length = 0;
  const CdGateOutput *outputs = cd_gate_outputs (&length);
  for (guint i = 0; i < MIN (length, OUTPUTS_MOST); i++) {
    if (options->files[i] == NULL)
      continue;
    g_autofree char *text = cd_gate_output_text (&outputs[i], gate, data, options->files[i], error);
    if (text == NULL || !(outputs[i].adds ? add_to_file : cd_options_write) (options->files[i], text, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
report (const CdGate *gate, const CdData *data, const Options *options, GError **error)
{
  CdReportStyle style = { 0 };
  cd_terminal_style (&style);
  style.colour = style.colour && options->output == NULL;
  g_autofree char *text = g_strcmp0 (options->format, "json") == 0 ? cd_report_gate_json (gate) : cd_report_gate_text (gate, &style);
  return write_files (gate, data, options, error) && cd_options_write (options->output, text, error);
}

int
cd_cmd_gate (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  if (!parse (&options, &argc, &argv, error))
    return 2;
  g_autoptr (CdData) data = cd_data_new (options.subject.rules, error);
  g_autoptr (CdPolicy) policy = data != NULL ? cd_policy_load (data, options.policy != NULL ? options.policy : DEFAULT_POLICY, error) : NULL;
  if (policy == NULL)
    return 2;
  if (options.subject.rubric == NULL)
    options.subject.rubric = g_strdup (policy->rubric);
  const char *what = argc > 1 ? argv[1] : ".";
  g_autoptr (GError) cause = NULL;
  g_autofree char *commit = find_base (&options, what, &cause);
  g_autoptr (CdRecord) record = cause == NULL ? cd_audited_open (data, &options.subject, what, NULL, &cause) : NULL;
  g_autoptr (CdRecord) base = record != NULL ? open_base (data, &options, what, commit, &cause) : NULL;
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return 2;
  }
  g_autofree char *day = options.date != NULL ? g_strdup (options.date) : today ();
  g_autoptr (CdDifference) difference = base != NULL ? cd_difference_new (base, record) : NULL;
  if (difference != NULL && difference->two_works && !options.subject.quiet)
    g_printerr ("candor: the base's audit is of another remote or folder; is it of this work?\n");
  g_autoptr (CdGate) gate = cd_gate_apply (policy, record, difference, day, error);
  if (gate == NULL || !report (gate, data, &options, error))
    return 2;
  return gate->failed > 0 ? 1 : 0;
}
