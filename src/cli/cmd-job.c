/* `candor job REQUEST RESULT`: one prepared job by the local executor. What the Slurm executor queues; not for users, and not in the list of verbs. */
#include "cli/cmd.h"
#include "run/executor.h"
#include "run/job-file.h"

#include <glib-unix.h>
#include <signal.h>

#define LOOK_MS 200u

static volatile sig_atomic_t ended; /* by a signal: scancel, or Slurm's own limits */

static void
note_signal (int number G_GNUC_UNUSED)
{
  ended = 1;
}

static void
catch_signals (void)
{
  struct sigaction action = { .sa_handler = note_signal };
  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGINT, &action, NULL);
}

/* Of the processors that Slurm gave to this task, not of those that were asked for. */
static void
take_gpus (CdJob *job)
{
  const char *given = g_getenv ("SLURM_JOB_GPUS");
  if (job->gpus == NULL || given == NULL)
    return;
  g_strfreev (job->gpus);
  job->gpus = g_strsplit (given, ",", -1);
}

static void
run_job (CdExecutorState *state, const CdJob *job, CdJobResult *result, GError **error)
{
  const CdJob *const jobs[] = { job };
  g_autofree CdRunning **runs = cd_executor_local.start (state, jobs, 1, error);
  if (runs == NULL)
    return;
  while (!cd_executor_local.poll (state, runs[0], result)) {
    if (ended)
      cd_executor_local.cancel (state, runs[0]);
    cd_executor_local.wait (state, LOOK_MS);
  }
  cd_executor_local.release (state, runs[0]);
  if (ended) /* a cluster's signal reaches the sandbox as well, which may end of it first */
    result->end = CD_JOB_CANCELLED;
}

int
cd_cmd_job (int argc, char **argv, GError **error)
{
  if (argc != 3) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "usage: candor job REQUEST RESULT");
    return 2;
  }
  g_autoptr (CdJob) job = cd_job_load (argv[1], error);
  CdExecutorState *state = job != NULL ? cd_executor_local.open (error) : NULL;
  if (state == NULL)
    return 4;
  catch_signals ();
  take_gpus (job);
  g_auto (CdJobResult) result = { 0 };
  g_autoptr (GError) why = NULL;
  run_job (state, job, &result, &why);
  cd_executor_local.close (state);
  if (why != NULL) {
    g_propagate_error (error, g_steal_pointer (&why));
    return 4;
  }
  return cd_job_result_save (&result, argv[2], error) ? 0 : 4;
}
