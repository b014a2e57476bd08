/* `candor init`: draft replication.yaml from what an audit finds. Never overwrites. */
#include "cli/cmd.h"
#include "manifest/manifest.h"
#include "report/report.h"
#include <string.h>

int
cd_cmd_init (int argc, char **argv, GError **error)
{
  g_autofree char *output = NULL, *commit = NULL, *rules = NULL;
  gboolean quiet = FALSE;
  const GOptionEntry entries[] = {
    { "commit", 0, 0, G_OPTION_ARG_STRING, &commit, "Draft from this revision instead of HEAD", "REV" },
    { "rubrics", 0, 0, G_OPTION_ARG_FILENAME, &rules, "Take rules from this directory over the embedded ones", "DIR" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write the draft to a file (default: standard output)", "FILE" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "No progress", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_options_parse (&argc, &argv, entries, "[REPOSITORY|URL]", "Drafts replication.yaml; every value has a comment naming its evidence.", error))
    return 2;
  if (argc > 2) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "one repository at a time; \"%s\" is too much", argv[2]);
    return 2;
  }
  if (output != NULL && g_file_test (output, G_FILE_TEST_EXISTS)) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: exists already; a draft never overwrites", output);
    return 2;
  }
  g_autoptr (CdData) data = cd_data_new (rules, error);
  if (data == NULL)
    return 2;
  g_autofree char *cache = cd_options_cache ();
  CdAuditOptions options = { .location = argc > 1 ? argv[1] : ".", .revision = commit, .cache = cache, .progress = cd_options_progress (quiet) };
  g_autoptr (CdAudit) audit = cd_audit_run (data, &options, error);
  if (audit == NULL)
    return 3;
  g_autofree char *draft = cd_report_draft (audit);
  cd_options_write (output, draft, error);
  return 0;
}
