/* An audit to work on, made now or read from a file: for verbs that take either. */
#pragma once
#include "cli/subject.h"
#include "record/record.h"

/* what: a file that `candor audit --format json` wrote, or a repository, which is then audited at revision (NULL: at the subject's). NULL with the error of
 * whichever it was. Caller frees. */
CdRecord *cd_audited_open (const CdData *data, const CdSubject *subject, const char *what, const char *revision, GError **error);
