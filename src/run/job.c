/* Jobs and their results as values. Running them is the executors' business. */
#include "run/job.h"

CdJob *
cd_job_new (const char *name, const char *command, const char *folder)
{
  CdJob *job = g_new0 (CdJob, 1);
  job->name = g_strdup (name);
  job->command = g_strdup (command);
  job->folder = g_strdup (folder);
  return job;
}

void
cd_job_free (CdJob *job)
{
  if (job == NULL)
    return;
  g_free (job->name);
  g_free (job->command);
  g_free (job->folder);
  g_free (job->start);
  g_strfreev (job->environment);
  g_strfreev (job->gpus);
  g_free (job->image);
  g_free (job);
}

const char *
cd_limit_name (CdLimit limit)
{
  static const char *const NAMES[] = {
    [CD_LIMIT_NONE] = "none",      [CD_LIMIT_SECONDS] = "time", [CD_LIMIT_MEMORY] = "memory", [CD_LIMIT_PROCESSES] = "processes",
    [CD_LIMIT_FILE] = "file size", [CD_LIMIT_DISK] = "disk",    [CD_LIMIT_OUTPUT] = "output",
  };
  return NAMES[limit];
}

void
cd_job_result_clear (CdJobResult *result)
{
  g_free (result->out);
  g_free (result->err);
  g_free (result->problem);
  *result = (CdJobResult){ 0 };
}

gboolean
cd_job_result_succeeded (const CdJobResult *result)
{
  return result->end == CD_JOB_EXITED && result->status == 0;
}
