/* The executor of a cluster: each batch of jobs is an array job of Slurm whose tasks are this program, which runs one job on its node by the local executor,
 * under the same sandbox and limits, and leaves the result in a file. Jobs' folders must lie on a file system that the nodes share. */
#include "run/executor.h"
#include "run/job-file.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define LOOK_USEC (1 * G_USEC_PER_SEC)     /* between questions to the controller, which is shared with others */
#define GRACE_USEC (5 * G_USEC_PER_SEC)    /* for a result to appear on a shared file system after its task has ended */
#define RELEASE_USEC (60 * G_USEC_PER_SEC) /* to wait for a cancelled task */
#define OWN_MEMORY 256u                    /* MiB that this program takes beside the job */
#define MEBIBYTE (1024u * 1024u)

/* One call of sbatch; lives as long as any of its runs. */
typedef struct {
  guint references;
  char *id;     /* of the array job */
  char *folder; /* requests, results and what Slurm itself prints */
} Batch;

struct _CdRunning {
  const CdJob *job;
  Batch *batch;
  guint task;
  char *result;
  char *state;  /* as squeue names it; NULL before the first look */
  gint64 ended; /* when it was first seen to have ended; 0 */
  gboolean cancelled, over;
};

struct _CdExecutorState {
  GPtrArray *running; /* borrowed */
  char *program;      /* this one */
  gint64 looked;
};

/* The output of a program of Slurm's; NULL with CD_ERROR_INTERNAL and what it said. input may be NULL. Caller frees. */
static char *
ask (const char *const *line, const char *input, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *out = NULL, *said = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (line, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &why);
  gboolean good = process != NULL && g_subprocess_communicate_utf8 (process, input, NULL, &out, &said, &why) && g_subprocess_get_successful (process);
  if (good)
    return g_steal_pointer (&out);
  const char *reason = why != NULL ? why->message : said != NULL && *said != '\0' ? g_strchomp (said) : "it failed without a word";
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", line[0], reason);
  return NULL;
}

static CdExecutorState *
open_slurm (GError **error)
{
  g_autofree char *answer = ask ((const char *const[]){ "sinfo", "--noheader", "--format=%P", NULL }, NULL, error);
  if (answer == NULL) {
    g_prefix_error (error, "no Slurm cluster can be reached (on Debian its client is slurm-client; SLURM_CONF names its configuration): ");
    return NULL;
  }
  CdExecutorState *state = g_new0 (CdExecutorState, 1);
  state->running = g_ptr_array_new ();
  state->program = g_file_read_link ("/proc/self/exe", error);
  if (state->program == NULL) {
    g_ptr_array_unref (state->running);
    g_free (state);
    return NULL;
  }
  return state;
}

static void
close_slurm (CdExecutorState *state)
{
  g_ptr_array_unref (state->running);
  g_free (state->program);
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
  g_free (batch->id);
  g_free (batch);
}

static void G_GNUC_PRINTF (2, 3) add_option (GPtrArray *line, const char *format, ...)
{
  va_list values;
  va_start (values, format);
  g_ptr_array_add (line, g_strdup_vprintf (format, values));
  va_end (values);
}

/* What the stage asks of the cluster, in sbatch's words. Slurm's own limits lie a little above the job's: the task tells which one was reached. */
static char **
batch_line (const CdJob *job, const char *folder, guint count)
{
  GPtrArray *line = g_ptr_array_new ();
  add_option (line, "sbatch");
  add_option (line, "--parsable");
  add_option (line, "--no-requeue");
  add_option (line, "--job-name=candor: %s", job->name);
  add_option (line, "--array=0-%u", count - 1);
  add_option (line, "--chdir=%s", folder);
  add_option (line, "--output=%%a.log");
  add_option (line, "--export=NONE");
  add_option (line, "--ntasks=1");
  if (job->cpus > 0)
    add_option (line, "--cpus-per-task=%u", job->cpus);
  if (job->limits.memory > 0)
    add_option (line, "--mem=%" G_GUINT64_FORMAT "M", job->limits.memory / MEBIBYTE + OWN_MEMORY);
  if (job->limits.seconds > 0)
    add_option (line, "--time=%" G_GUINT64_FORMAT, job->limits.seconds / 60 + 2);
  if (job->gpus != NULL && job->gpus[0] != NULL)
    add_option (line, "--gres=gpu:%u", g_strv_length (job->gpus));
  g_ptr_array_add (line, NULL);
  return (char **) g_ptr_array_free (line, FALSE);
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

/* Puts the jobs into the queue. NULL with an error; then nothing is queued. */
static Batch *
submit (const CdExecutorState *state, const CdJob *const *jobs, guint count, GError **error)
{
  g_autofree char *beside = g_path_get_dirname (jobs[0]->folder);
  g_autofree char *folder = g_build_filename (beside, "slurm-XXXXXX", NULL);
  if (g_mkdtemp_full (folder, 0700) == NULL) {
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: no folder for Slurm's jobs can be made here", beside);
    return NULL;
  }
  g_autofree char *program = g_shell_quote (state->program);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nexec %s job \"$SLURM_ARRAY_TASK_ID.json\" \"$SLURM_ARRAY_TASK_ID.result\"\n", program);
  g_auto (GStrv) line = batch_line (jobs[0], folder, count);
  g_autofree char *answer = save_requests (folder, jobs, count, error) ? ask ((const char *const *) line, script, error) : NULL;
  if (answer == NULL) {
    remove_folder (folder);
    return NULL;
  }
  Batch *batch = g_new0 (Batch, 1);
  batch->folder = g_steal_pointer (&folder);
  batch->id = g_strndup (answer, strcspn (answer, ";\n")); /* "id" or "id;cluster" */
  return batch;
}

static CdRunning **
start (CdExecutorState *state, const CdJob *const *jobs, guint count, GError **error)
{
  Batch *batch = submit (state, jobs, count, error);
  if (batch == NULL)
    return NULL;
  CdRunning **runs = g_new0 (CdRunning *, count + 1);
  for (guint i = 0; i < count; i++) {
    runs[i] = g_new0 (CdRunning, 1);
    runs[i]->job = jobs[i];
    runs[i]->batch = batch;
    runs[i]->task = i;
    runs[i]->result = g_strdup_printf ("%s/%u.result", batch->folder, i);
    batch->references++;
    g_ptr_array_add (state->running, runs[i]);
  }
  return runs;
}

/* What the controller says of every run; where it does not answer, states stay as they were: a controller may be restarted while jobs go on. */
static void
look (CdExecutorState *state)
{
  gint64 now = g_get_monotonic_time ();
  if (state->running->len == 0 || now - state->looked < LOOK_USEC)
    return;
  state->looked = now;
  g_autofree char *answer
      = ask ((const char *const[]){ "squeue", "--noheader", "--array", "--me", "--states=all", "--format=%F %K %T", NULL }, NULL, NULL);
  if (answer == NULL)
    return;
  g_auto (GStrv) lines = g_strsplit (answer, "\n", -1);
  for (guint i = 0; i < state->running->len; i++) {
    CdRunning *running = g_ptr_array_index (state->running, i);
    g_autofree char *prefix = g_strdup_printf ("%s %u ", running->batch->id, running->task);
    g_free (running->state);
    running->state = g_strdup ("GONE"); /* of the queue */
    for (guint l = 0; lines[l] != NULL; l++)
      if (g_str_has_prefix (lines[l], prefix)) {
        g_free (running->state);
        running->state = g_strdup (lines[l] + strlen (prefix));
      }
  }
}

/* States in which a task still may come further; what is in none of them has ended. */
static gboolean
is_under_way (const char *state)
{
  static const char *const states[]
      = { "PENDING", "CONFIGURING", "RUNNING", "COMPLETING", "SUSPENDED", "REQUEUED", "RESIZING", "SIGNALING", "STAGE_OUT", "STOPPED", NULL };
  return state == NULL || g_strv_contains (states, state);
}

/* A task that ended without a result: what Slurm says of it. */
static void
judge (const CdRunning *running, CdJobResult *result)
{
  const char *state = running->state;
  if (running->cancelled)
    result->end = CD_JOB_CANCELLED;
  else if (g_str_has_prefix (state, "TIMEOUT") || g_str_has_prefix (state, "OUT_OF_ME")) {
    result->end = CD_JOB_LIMITED;
    result->limit = *state == 'T' ? CD_LIMIT_SECONDS : CD_LIMIT_MEMORY;
  } else {
    g_autofree char *path = g_strdup_printf ("%s/%u.log", running->batch->folder, running->task), *said = NULL;
    g_file_get_contents (path, &said, NULL, NULL);
    const char *line = said != NULL ? said : "";
    result->end = CD_JOB_NOT_STARTED;
    result->problem = g_strdup_printf ("Slurm's job %s_%u ended without a result (%s)%s%.*s", running->batch->id, running->task, state,
                                       *line != '\0' ? ": " : "", (int) strcspn (line, "\n"), line);
  }
  result->out = g_strdup ("");
  result->err = g_strdup ("");
}

static gboolean
poll_slurm (CdExecutorState *state, CdRunning *running, CdJobResult *result)
{
  if (g_file_test (running->result, G_FILE_TEST_EXISTS) && cd_job_result_load (running->result, result, NULL)) {
    running->over = TRUE;
    result->end = running->cancelled ? CD_JOB_CANCELLED : result->end;
    return TRUE;
  }
  look (state);
  if (is_under_way (running->state))
    return FALSE;
  gint64 now = g_get_monotonic_time ();
  running->ended = running->ended > 0 ? running->ended : now;
  if (now - running->ended < GRACE_USEC && !running->cancelled)
    return FALSE;
  judge (running, result);
  running->over = TRUE;
  return TRUE;
}

static void
wait_slurm (CdExecutorState *state G_GNUC_UNUSED, guint milliseconds)
{
  g_usleep (MIN (milliseconds, 200u) * 1000u);
}

static void
cancel (CdExecutorState *state G_GNUC_UNUSED, CdRunning *running)
{
  if (running->over || running->cancelled)
    return;
  running->cancelled = TRUE;
  g_autofree char *id = g_strdup_printf ("%s_%u", running->batch->id, running->task);
  g_autofree char *answer = ask ((const char *const[]){ "scancel", id, NULL }, NULL, NULL);
}

static void
release (CdExecutorState *state, CdRunning *running)
{
  cancel (state, running);
  for (gint64 until = g_get_monotonic_time () + RELEASE_USEC; !running->over && g_get_monotonic_time () < until;) {
    g_auto (CdJobResult) result = { 0 };
    if (!poll_slurm (state, running, &result))
      wait_slurm (state, 200);
  }
  g_ptr_array_remove (state->running, running);
  unref_batch (running->batch);
  g_free (running->result);
  g_free (running->state);
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
