/* A verb's argument is an audit's file or a repository: both end as a record. */
#include "cli/audited.h"
#include "cli/cmd.h"
#include "report/report.h"
#include <string.h>

CdRecord *
cd_audited_open (const CdData *data, const CdSubject *subject, const char *what, const char *revision, GError **error)
{
  if (g_file_test (what, G_FILE_TEST_IS_REGULAR))
    return cd_record_load (what, error);
  g_autofree char *cache = subject->no_cache ? NULL : cd_options_cache ();
  char *argv[] = { NULL, (char *) what, NULL };
  CdAuditOptions options = cd_subject_options (subject, 2, argv, cache);
  if (revision != NULL)
    options.revision = revision;
  g_autoptr (CdAudit) audit = cd_audit_run (data, &options, error);
  if (audit == NULL)
    return NULL;
  g_autofree char *json = cd_report_json (audit);
  return cd_record_read (json, strlen (json), what, error);
}
