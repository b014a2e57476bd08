/* `candor agreement A.yaml B.yaml…`: how far readers agree, where they do not, and a file in which somebody settles that. */
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/terminal.h"
#include "git/user.h"
#include "report/agreement.h"
#include <glib/gstdio.h>
#include <string.h>

#define DEFAULT_RUBRIC "tti"

typedef struct {
  char *rubric, *rules, *format, *output, *adjudicate, *adjudicator;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->rubric);
  g_free (options->rules);
  g_free (options->format);
  g_free (options->output);
  g_free (options->adjudicate);
  g_free (options->adjudicator);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
exists (const char *path)
{
  GStatBuf status;
  return g_lstat (path, &status) == 0;
}

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "adjudicate", 0, 0, G_OPTION_ARG_FILENAME, &options->adjudicate, "Write an assessment to fill in: agreed answers stand, others are to settle",
      "FILE" },
    { "assessor", 0, 0, G_OPTION_ARG_STRING, &options->adjudicator, "Who adjudicates (default: git's user.name, or $USER)", "NAME" },
    { "rubric", 0, 0, G_OPTION_ARG_STRING, &options->rubric, "The rubric that the readers answered (default: the one that they name)",
      "FILE|RUBRIC" },
    { "rubrics", 0, 0, G_OPTION_ARG_FILENAME, &options->rules, "Take rules from this directory over the embedded ones", "DIR" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format, "The form of the report (default: text)", "text|json" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "Write the report to a file", "FILE" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_options_parse (argc, argv, entries, "ASSESSMENT…",
                         "Says how far readers agree: share and kappa by question and over all, with 95 % intervals, every disagreement, and totals.",
                         error))
    return FALSE;
  if (options->adjudicator != NULL && *g_strstrip (options->adjudicator) == '\0')
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--assessor takes a name");
  else if (*argc < 3)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "agreement takes the assessments of two readers or more; see `candor agreement --help`");
  else if (options->adjudicate != NULL && exists (options->adjudicate))
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "%s is there already, and an adjudication is not written over; name another file",
                 options->adjudicate);
  else
    return TRUE;
  return FALSE;
}

/* The rubric that was asked for, or that the first assessment names among those at hand. Caller frees. */
static char *
rubric_name (const Options *options, const CdData *data, const char *file, GError **error)
{
  if (options->rubric != NULL)
    return g_strdup (options->rubric);
  g_autoptr (CdAssessment) first = cd_assessment_load (file, NULL, error);
  if (first == NULL)
    return NULL;
  g_auto (GStrv) names = cd_rubric_list (data);
  return g_strdup (g_strv_contains ((const char *const *) names, first->rubric) ? first->rubric : DEFAULT_RUBRIC);
}

static CdRubric *
load_rubric (const Options *options, const char *file, GError **error)
{
  g_autofree char *cache = cd_options_cache ();
  g_autoptr (CdData) data = cd_data_new (options->rules, error);
  g_autofree char *name = data != NULL ? rubric_name (options, data, file, error) : NULL;
  g_autoptr (CdSignals) signals = name != NULL ? cd_signals_load (data, cache, error) : NULL;
  g_autoptr (CdProbes) probes = signals != NULL ? cd_probes_load (data, signals, error) : NULL;
  return probes != NULL ? cd_rubric_load (data, name, probes, error) : NULL;
}

static GPtrArray *
load_assessments (const CdRubric *rubric, char **files, int count, GError **error)
{
  g_autoptr (GPtrArray) assessments = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_assessment_free);
  for (int i = 0; i < count; i++) {
    CdAssessment *assessment = cd_assessment_load (files[i], rubric, error);
    if (assessment == NULL)
      return NULL;
    g_ptr_array_add (assessments, assessment);
  }
  return g_steal_pointer (&assessments);
}

static gboolean
write_adjudication (const Options *options, const CdRubric *rubric, const CdAgreement *agreement, GError **error)
{
  g_autofree char *user = options->adjudicator != NULL ? g_strdup (options->adjudicator) : cd_git_user_name ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  const char *adjudicator = user != NULL ? user : g_get_user_name ();
  g_autoptr (CdAssessment) adjudication = cd_agreement_adjudicate (rubric, agreement, adjudicator, date, error);
  if (adjudication == NULL || !cd_assessment_save (adjudication, options->adjudicate, error))
    return FALSE;
  guint later = 0;
  for (guint i = 0; i < adjudication->responses->len; i++)
    later += ((const CdResponse *) adjudication->responses->pdata[i])->answer == CD_ANSWER_LATER ? 1 : 0;
  g_autofree char *file = cd_text_printable (options->adjudicate);
  g_printerr ("candor: %s: %u of %u questions are left to settle, marked \"later\"\n", file, later, adjudication->responses->len);
  return TRUE;
}

int
cd_cmd_agreement (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  if (!parse (&options, &argc, &argv, error))
    return 2;
  g_autoptr (CdRubric) rubric = load_rubric (&options, argv[1], error);
  g_autoptr (GPtrArray) assessments = rubric != NULL ? load_assessments (rubric, argv + 1, argc - 1, error) : NULL;
  g_autoptr (CdAgreement) agreement = assessments != NULL ? cd_agreement_measure (rubric, assessments, error) : NULL;
  if (agreement == NULL || (options.adjudicate != NULL && !write_adjudication (&options, rubric, agreement, error)))
    return 2;
  CdReportStyle style = { 0 };
  cd_terminal_style (&style);
  style.colour = style.colour && options.output == NULL;
  g_autofree char *text
      = g_strcmp0 (options.format, "json") == 0 ? cd_agreement_json (agreement, rubric) : cd_agreement_text (agreement, rubric, &style);
  cd_options_write (options.output, text, error);
  return 0;
}
