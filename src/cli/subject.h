/* What is audited, and by which rules: the options that verbs which audit share. */
#pragma once
#include "audit/audit.h"

typedef struct {
  char *commit, *subdir, **scope, *rubric, *rules;
  int threads;
  gboolean no_cache, quiet;
} CdSubject;
void cd_subject_clear (CdSubject *subject);

/* Parse argv by the subject's options and by entries; at most one argument is left, the repository. FALSE with CD_ERROR_USAGE. `--help` prints and
 * exits 0. */
gboolean cd_subject_parse (CdSubject *subject, int *argc, char ***argv, const GOptionEntry *entries, const char *summary, GError **error);
/* The same for a verb that takes other arguments: at most `most` of them, named by parameters; what says them in messages ("one repository"). */
gboolean cd_subject_parse_as (CdSubject *subject, int *argc, char ***argv, const GOptionEntry *entries, const char *parameters, int most,
                              const char *what, const char *summary, GError **error);
/* For cd_audit_run, over what is left of argv. cache: the folder to use, NULL none. All is borrowed. */
CdAuditOptions cd_subject_options (const CdSubject *subject, int argc, char **argv, const char *cache);
