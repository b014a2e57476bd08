/* `candor job REQUEST RESULT`: one prepared job by the local executor. What the Slurm executor queues; not for users, and not in the list of verbs. */
#include "cli/cmd.h"
#include "run/executor.h"
#include "run/job-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#define LOOK_MS 200u
#define OWNER_USEC (2 * G_USEC_PER_SEC) /* between looks after the request */

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

/* Whoever queued it removes its request when he wants no result any more; so does the next run after one that was killed. */
static gboolean
is_forsaken (const char *request)
{
  static gint64 looked;
  gint64 now = g_get_monotonic_time ();
  if (now - looked < OWNER_USEC)
    return FALSE;
  looked = now;
  return g_access (request, F_OK) != 0 && errno == ENOENT;
}

static void
run_job (CdExecutorState *state, const CdJob *job, const char *request, CdJobResult *result, GError **error)
{
  const CdJob *const jobs[] = { job };
  g_autofree CdRunning **runs = cd_executor_local.start (state, jobs, 1, error);
  if (runs == NULL)
    return;
  while (!cd_executor_local.poll (state, runs[0], result)) {
    if (ended || is_forsaken (request))
      cd_executor_local.cancel (state, runs[0]);
    cd_executor_local.wait (state, LOOK_MS);
  }
  cd_executor_local.release (state, runs[0]);
  /* A cluster's signal reaches the sandbox as well, which may end of it before it comes here. */
  if (result->end == CD_JOB_SIGNALLED || result->end == CD_JOB_NOT_STARTED)
    g_usleep (LOOK_MS * 1000);
  if (ended)
    result->end = CD_JOB_CANCELLED;
}

/* Runs it; what keeps it from running is a result too. */
static void
result_of (CdJob *job, const char *request, CdJobResult *result)
{
  g_autoptr (GError) why = NULL;
  CdExecutorState *state = cd_executor_local.open (&why);
  if (state != NULL) {
    take_gpus (job);
    run_job (state, job, request, result, &why);
    cd_executor_local.close (state);
  }
  if (why == NULL)
    return;
  result->end = CD_JOB_NOT_STARTED;
  result->problem = g_strdup_printf ("%s: %s", g_get_host_name (), why->message);
  result->out = g_strdup ("");
  result->err = g_strdup ("");
}

int
cd_cmd_job (int argc, char **argv, GError **error)
{
  if (argc != 3) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "usage: candor job REQUEST RESULT");
    return 2;
  }
  g_autoptr (CdJob) job = cd_job_load (argv[1], error);
  if (job == NULL)
    return 4;
  catch_signals ();
  g_auto (CdJobResult) result = { 0 };
  result_of (job, argv[1], &result);
  return cd_job_result_save (&result, argv[2], error) ? 0 : 4;
}
