/* The executor of a cluster: each batch of jobs is an array job whose tasks are this program, which runs one job on its node by the local executor, under the
 * same sandbox and limits, and leaves the result in a file. Jobs' folders must lie on a file system that the nodes share. Slurm itself is cluster.c's. */
#include "run/cluster.h"
#include "run/executor.h"
#include "run/job-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* One call of sbatch; lives as long as any of its runs. */
typedef struct {
  guint references;
  char *folder; /* requests, results and what Slurm itself prints */
} Batch;

struct _CdRunning {
  Batch *batch;
  CdClusterTask *task;
  char *result;
  gboolean over;
};

struct _CdExecutorState {
  CdCluster *cluster;
};

static CdExecutorState *
open_slurm (GError **error)
{
  CdCluster *cluster = cd_cluster_open (error);
  if (cluster == NULL)
    return NULL;
  CdExecutorState *state = g_new0 (CdExecutorState, 1);
  state->cluster = cluster;
  return state;
}

static void
close_slurm (CdExecutorState *state)
{
  cd_cluster_close (state->cluster);
  g_free (state);
}

static guint
count_slots (const CdExecutorState *state G_GNUC_UNUSED)
{
  return G_MAXUINT;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  for (const char *name; names != NULL && (name = g_dir_read_name (names)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}

static void
unref_batch (Batch *batch)
{
  if (--batch->references > 0)
    return;
  remove_folder (batch->folder);
  g_free (batch->folder);
  g_free (batch);
}

static gboolean
save_requests (const char *folder, const CdJob *const *jobs, guint count, GError **error)
{
  for (guint i = 0; i < count; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%u.json", folder, i);
    if (!cd_job_save (jobs[i], path, error))
      return FALSE;
  }
  return TRUE;
}

/* The id of the array job that the jobs, which are alike, are tasks of. NULL with an error. Caller frees. */
static char *
submit (const CdExecutorState *state, const CdJob *job, guint count, const char *folder, GError **error)
{
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nexec %s job \"$SLURM_ARRAY_TASK_ID.json\" \"$SLURM_ARRAY_TASK_ID.result\"\n",
                                             cd_cluster_program (state->cluster));
  g_autofree char *tasks = g_strdup_printf ("0-%u", count - 1);
  const CdClusterJob array = { .name = job->name,
                               .tasks = tasks,
                               .folder = folder,
                               .script = script,
                               .cpus = job->cpus,
                               .gpus = job->gpus != NULL ? g_strv_length (job->gpus) : 0,
                               .memory = job->limits.memory,
                               .seconds = job->limits.seconds };
  return cd_cluster_submit (state->cluster, &array, error);
}

/* Where the queue takes no jobs, nothing is queued, or what is finds no request and ends. */
static CdRunning **
start (CdExecutorState *state, const CdJob *const *jobs, guint count, GError **error)
{
  g_autofree char *beside = g_path_get_dirname (jobs[0]->folder);
  g_autofree char *folder = g_build_filename (beside, "slurm-XXXXXX", NULL);
  if (g_mkdtemp_full (folder, 0700) == NULL) {
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: no folder for Slurm's jobs can be made here", beside);
    return NULL;
  }
  g_autofree char *id = save_requests (folder, jobs, count, error) ? submit (state, jobs[0], count, folder, error) : NULL;
  if (id == NULL) {
    remove_folder (folder);
    return NULL;
  }
  Batch *batch = g_new0 (Batch, 1);
  batch->folder = g_steal_pointer (&folder);
  CdRunning **runs = g_new0 (CdRunning *, count + 1);
  for (guint i = 0; i < count; i++) {
    runs[i] = g_new0 (CdRunning, 1);
    runs[i]->batch = batch;
    runs[i]->task = cd_cluster_watch (state->cluster, id, i, jobs[i]->limits.seconds);
    runs[i]->result = g_strdup_printf ("%s/%u.result", batch->folder, i);
    batch->references++;
  }
  return runs;
}

/* A task that ended without a result: what Slurm says of it. */
static void
judge (const CdRunning *running, CdJobResult *result)
{
  static const struct {
    const char *state; /* its beginning */
    CdJobEnd end;
    CdLimit limit;
  } ends[] = { { CD_CLUSTER_CANCELLED, CD_JOB_CANCELLED, CD_LIMIT_NONE },
               { "TIMEOUT", CD_JOB_LIMITED, CD_LIMIT_SECONDS },
               { "OUT_OF_ME", CD_JOB_LIMITED, CD_LIMIT_MEMORY } };
  const CdClusterTask *task = running->task;
  result->end = task->cancelled > 0 ? CD_JOB_CANCELLED : CD_JOB_NOT_STARTED;
  for (gsize i = 0; i < G_N_ELEMENTS (ends) && task->cancelled == 0 && task->state != NULL; i++)
    if (g_str_has_prefix (task->state, ends[i].state)) {
      result->end = ends[i].end;
      result->limit = ends[i].limit;
    }
  if (result->end == CD_JOB_NOT_STARTED)
    result->problem = cd_cluster_problem (task, running->batch->folder, "--scratch");
  result->out = g_strdup ("");
  result->err = g_strdup ("");
}

/* TRUE where a result has come. A file that a node made shows on a network file system once the folder is read anew. */
static gboolean
take_result (const CdRunning *running, CdJobResult *result)
{
  GDir *refreshed = running->task->ended > 0 ? g_dir_open (running->batch->folder, 0, NULL) : NULL;
  if (refreshed != NULL)
    g_dir_close (refreshed);
  return g_file_test (running->result, G_FILE_TEST_EXISTS) && cd_job_result_load (running->result, result, NULL);
}

static gboolean
poll_slurm (CdExecutorState *state, CdRunning *running, CdJobResult *result)
{
  running->over = take_result (running, result);
  if (running->over) {
    running->task->over = TRUE;
    return TRUE;
  }
  running->over = cd_cluster_is_over (state->cluster, running->task);
  if (running->over && !take_result (running, result))
    judge (running, result);
  return running->over;
}

static void
wait_slurm (CdExecutorState *state G_GNUC_UNUSED, guint milliseconds)
{
  g_usleep (MIN (milliseconds, 200u) * 1000u);
}

static void
cancel (CdExecutorState *state, CdRunning *running)
{
  if (!running->over)
    cd_cluster_cancel (state->cluster, running->task);
}

static void
release (CdExecutorState *state, CdRunning *running)
{
  cancel (state, running);
  while (!running->over) {
    g_auto (CdJobResult) result = { 0 };
    if (!poll_slurm (state, running, &result))
      wait_slurm (state, 200);
  }
  cd_cluster_forget (state->cluster, running->task);
  unref_batch (running->batch);
  g_free (running->result);
  g_free (running);
}

const CdExecutor cd_executor_slurm = {
  .name = "slurm",
  .open = open_slurm,
  .close = close_slurm,
  .slots = count_slots,
  .start = start,
  .poll = poll_slurm,
  .wait = wait_slurm,
  .cancel = cancel,
  .release = release,
};
