/* `candor appendix`: the artifact appendix of a paper, drafted from an audit. */
#include "cli/audited.h"
#include "cli/cmd.h"
#include "report/appendix.h"

typedef struct {
  CdSubject subject;
  char *output;
} Options;

static void
options_clear (Options *options)
{
  cd_subject_clear (&options->subject);
  g_free (options->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

int
cd_cmd_appendix (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "Write the appendix to a file", "FILE" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_subject_parse_as (
          &options.subject, &argc, &argv, entries, "[REPOSITORY|URL|AUDIT.json]", 1, "one repository",
          "Drafts a paper's artifact appendix in Markdown, from a repository or from the JSON of an audit. Every statement names the place that it "
          "comes from; what an audit cannot know is left to the authors.",
          error))
    return 2;
  g_autoptr (CdData) data = cd_data_new (options.subject.rules, error);
  g_autoptr (CdRecord) record = data != NULL ? cd_audited_open (data, &options.subject, argc > 1 ? argv[1] : ".", NULL, error) : NULL;
  if (record == NULL)
    return 2;
  g_autofree char *text = cd_report_appendix (record);
  return cd_options_write (options.output, text, error) ? 0 : 4;
}
