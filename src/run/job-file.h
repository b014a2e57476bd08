/* A job and what became of it as JSON files, for executors that hand jobs to another machine: what sbatch queues is this program with such a file
 * (cli/cmd-job.c). Not a format for users; both sides are the same version. */
#pragma once
#include "base/error.h"
#include "run/job.h"

/* Writes through a temporary file and a rename: whoever sees the file sees all of it. CD_ERROR_INTERNAL. */
gboolean cd_job_save (const CdJob *job, const char *path, GError **error);
gboolean cd_job_result_save (const CdJobResult *result, const char *path, GError **error);
/* NULL (FALSE) with CD_ERROR_INPUT where the file is absent or is no job (result). Caller frees. */
CdJob *cd_job_load (const char *path, GError **error);
gboolean cd_job_result_load (const char *path, CdJobResult *result, GError **error);
