/* The executor of a cluster: each batch of jobs is an array job of Slurm whose tasks are this program, which runs one job on its node by the local executor,
 * under the same sandbox and limits, and leaves the result in a file. Jobs' folders must lie on a file system that the nodes share. */
#include "run/executor.h"
#include "run/job-file.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define LOOK_USEC (1 * G_USEC_PER_SEC)    /* between questions to the controller, which is shared with others */
#define GRACE_USEC (5 * G_USEC_PER_SEC)   /* for a result to appear on a shared file system after its task has ended */
#define LOST_USEC (30 * G_USEC_PER_SEC)   /* … after its task is not in the queue: a controller that has just started may yet find it */
#define CANCEL_USEC (60 * G_USEC_PER_SEC) /* to wait for a cancelled task */
#define SILENCE_SECONDS 600u              /* of the controller, beyond the time that a job may take */
#define SUBMIT_TRIES 4                    /* a controller that is being restarted is back after some seconds */
#define SUBMIT_USEC (3 * G_USEC_PER_SEC)
#define ANSWER_SECONDS "60" /* for any of Slurm's programs */
#define OWN_MEMORY 256u     /* MiB that this program takes beside the job */
#define MEBIBYTE (1024u * 1024u)
#define NAME_BYTES 64
#define CANCELLED "CANCELLED"
#define GONE "GONE" /* a state of our own: not in the queue */

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
  char *state;      /* as squeue names it; NULL before the first look */
  gint64 ended;     /* when it was first seen to have ended; 0 */
  gint64 cancelled; /* when; 0 */
  gboolean over;
};

struct _CdExecutorState {
  GPtrArray *running; /* borrowed */
  char *program;      /* this one */
  gint64 looked;
  gint64 answered; /* when the controller last did */
};

/* The output of a program of Slurm's, which is not waited for without end, nor reached by the terminal's interrupt; NULL with CD_ERROR_INTERNAL and
 * what it said. input may be NULL. Caller frees. */
static char *
ask (char **line, const char *input, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *out = NULL, *said = NULL;
  g_autoptr (GPtrArray) whole = g_ptr_array_new ();
  static const char *const bound[] = { "timeout", "--kill-after=5", ANSWER_SECONDS };
  for (gsize i = 0; i < G_N_ELEMENTS (bound); i++)
    g_ptr_array_add (whole, (gpointer) bound[i]);
  for (char **word = line; *word != NULL; word++)
    g_ptr_array_add (whole, *word);
  g_ptr_array_add (whole, NULL);
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      (const char *const *) whole->pdata, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &why);
  gboolean good = process != NULL && g_subprocess_communicate_utf8 (process, input, NULL, &out, &said, &why) && g_subprocess_get_successful (process);
  if (good)
    return g_steal_pointer (&out);
  g_autofree char *one = said != NULL ? g_strdelimit (g_strchomp (g_strdup (said)), "\n", ' ') : NULL;
  const char *reason = why != NULL ? why->message : one != NULL && *one != '\0' ? one : "it did not answer";
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", line[0], reason);
  return NULL;
}

static gboolean
find_programs (GError **error)
{
  static const char *const programs[] = { "timeout", "sinfo", "sbatch", "squeue", "scancel" };
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++) {
    g_autofree char *found = g_find_program_in_path (programs[i]);
    if (found != NULL)
      continue;
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s is not installed", programs[i]);
    return FALSE;
  }
  return TRUE;
}

/* Slurm's own programs wait a minute for such a file to appear. */
static gboolean
find_configuration (GError **error)
{
  const char *path = g_getenv ("SLURM_CONF");
  if (path == NULL || g_access (path, R_OK) == 0)
    return TRUE;
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s cannot be read", path);
  return FALSE;
}

static CdExecutorState *
open_slurm (GError **error)
{
  char *line[] = { (char *) "sinfo", (char *) "--noheader", (char *) "--format=%P", NULL };
  g_autofree char *answer = find_programs (error) && find_configuration (error) ? ask (line, NULL, error) : NULL;
  if (answer == NULL) {
    g_prefix_error (error, "no Slurm cluster can be reached (on Debian its client is slurm-client; SLURM_CONF names its configuration): ");
    return NULL;
  }
  CdExecutorState *state = g_new0 (CdExecutorState, 1);
  state->running = g_ptr_array_new ();
  state->answered = g_get_monotonic_time ();
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

/* A step's name is its author's; in the queue, other people's terminals show it. */
static void
add_name (GPtrArray *line, const char *name)
{
  g_autofree char *plain = g_strndup (name, NAME_BYTES);
  g_strcanon (plain, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-", '_');
  add_option (line, "--job-name=candor:%s", plain);
}

/* Slurm replaces what follows a percent sign in the whole path, that of a relative one's folder included. */
static void
add_output (GPtrArray *line, const char *folder)
{
  g_auto (GStrv) parts = g_strsplit (folder, "%", -1);
  g_autofree char *literal = g_strjoinv ("%%", parts);
  add_option (line, "--output=%s/%%a.log", literal);
}

/* What the stage asks of the cluster, in sbatch's words. Slurm's own limits lie a little above the job's: the task tells which one was reached. */
static char **
batch_line (const CdJob *job, const char *folder, guint count)
{
  GPtrArray *line = g_ptr_array_new ();
  add_option (line, "sbatch");
  add_option (line, "--parsable");
  add_option (line, "--no-requeue");
  add_name (line, job->name);
  add_option (line, "--array=0-%u", count - 1);
  add_option (line, "--chdir=%s", folder);
  add_output (line, folder);
  add_option (line,
              "--export=LC_ALL=C.UTF-8,PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"); /* not the user's, nor his profile's */
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

/* sbatch's answer; NULL with an error. */
static char *
queue (char **line, const char *script, GError **error)
{
  for (int i = 1;; i++) {
    g_autoptr (GError) why = NULL;
    g_autofree char *answer = ask (line, script, &why);
    if (answer != NULL)
      return g_steal_pointer (&answer);
    if (i == SUBMIT_TRIES || strstr (why->message, "contact slurm controller") == NULL) {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
    g_usleep (SUBMIT_USEC);
  }
}

/* Puts the jobs into the queue. NULL with an error; then nothing is queued, or what is finds no request and ends. */
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
  g_autofree char *answer = save_requests (folder, jobs, count, error) ? queue (line, script, error) : NULL;
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

/* Again and again until they have ended: a controller that does not answer now may do so later. All in one call. */
static void
send_cancels (const CdExecutorState *state)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new_with_free_func (g_free);
  add_option (line, "scancel");
  add_option (line, "--quiet");
  for (guint i = 0; i < state->running->len; i++) {
    const CdRunning *running = state->running->pdata[i];
    if (running->cancelled > 0 && !running->over)
      add_option (line, "%s_%u", running->batch->id, running->task);
  }
  if (line->len == 2)
    return;
  g_ptr_array_add (line, NULL);
  g_free (ask ((char **) line->pdata, NULL, NULL));
}

/* What follows prefix in the line that begins with it; NULL: there is none. Borrowed. */
static const char *
after (char **lines, const char *prefix)
{
  for (; *lines != NULL; lines++)
    if (g_str_has_prefix (*lines, prefix))
      return *lines + strlen (prefix);
  return NULL;
}

/* What squeue's lines say of a task. Of an array, tasks that were cancelled before they started are one line together, and a single such task has
 * none. Caller frees. */
static char *
state_in (char **lines, const CdRunning *running)
{
  g_autofree char *own = g_strdup_printf ("%s %u ", running->batch->id, running->task);
  g_autofree char *together = g_strdup_printf ("%s N/A ", running->batch->id);
  const char *said = after (lines, own);
  gboolean waited = g_strcmp0 (running->state, "PENDING") == 0 || g_strcmp0 (running->state, CANCELLED) == 0;
  if (said == NULL)
    said = after (lines, together);
  if (said == NULL)
    said = waited ? CANCELLED : GONE;
  return g_strdup (said);
}

/* What the controller says of every run; where it does not answer, states stay as they were: a controller may be restarted while jobs go on. */
static void
look (CdExecutorState *state)
{
  gint64 now = g_get_monotonic_time ();
  if (state->running->len == 0 || (state->looked > 0 && now - state->looked < LOOK_USEC))
    return;
  send_cancels (state);
  char *line[] = {
    (char *) "squeue", (char *) "--noheader", (char *) "--array", (char *) "--me", (char *) "--states=all", (char *) "--format=%F %K %T", NULL
  };
  g_autofree char *answer = ask (line, NULL, NULL);
  state->looked = g_get_monotonic_time ();
  if (answer == NULL)
    return;
  state->answered = state->looked;
  g_auto (GStrv) lines = g_strsplit (answer, "\n", -1);
  for (guint i = 0; i < state->running->len; i++) {
    CdRunning *running = state->running->pdata[i];
    char *said = state_in (lines, running);
    g_free (running->state);
    running->state = said;
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

/* What is known of a task that ended without a result. Caller frees. */
static char *
problem_of (const CdRunning *running)
{
  g_autofree char *path = g_strdup_printf ("%s/%u.log", running->batch->folder, running->task), *said = NULL;
  g_file_get_contents (path, &said, NULL, NULL);
  if (said != NULL && *said != '\0')
    return g_strdup_printf ("Slurm's job %s_%u ended without a result (%s): %.*s", running->batch->id, running->task, running->state,
                            (int) strcspn (said, "\n"), said);
  return g_strdup_printf ("Slurm's job %s_%u ended without a result (%s); is %s on a file system that the nodes share (--scratch)?",
                          running->batch->id, running->task, running->state, running->batch->folder);
}

/* A task that ended without a result: what Slurm says of it. */
static void
judge (const CdRunning *running, CdJobResult *result)
{
  static const struct {
    const char *state; /* its beginning */
    CdJobEnd end;
    CdLimit limit;
  } ends[] = { { CANCELLED, CD_JOB_CANCELLED, CD_LIMIT_NONE },
               { "TIMEOUT", CD_JOB_LIMITED, CD_LIMIT_SECONDS },
               { "OUT_OF_ME", CD_JOB_LIMITED, CD_LIMIT_MEMORY } };
  result->end = running->cancelled > 0 ? CD_JOB_CANCELLED : CD_JOB_NOT_STARTED;
  for (gsize i = 0; i < G_N_ELEMENTS (ends) && running->cancelled == 0; i++)
    if (g_str_has_prefix (running->state, ends[i].state)) {
      result->end = ends[i].end;
      result->limit = ends[i].limit;
    }
  if (result->end == CD_JOB_NOT_STARTED)
    result->problem = problem_of (running);
  result->out = g_strdup ("");
  result->err = g_strdup ("");
}

/* TRUE where a result has come. A file that a node made shows on a network file system once the folder is read anew. */
static gboolean
take_result (const CdRunning *running, CdJobResult *result)
{
  GDir *refreshed = running->ended > 0 ? g_dir_open (running->batch->folder, 0, NULL) : NULL;
  if (refreshed != NULL)
    g_dir_close (refreshed);
  return g_file_test (running->result, G_FILE_TEST_EXISTS) && cd_job_result_load (running->result, result, NULL);
}

/* TRUE where there is nothing to wait for any more: the task ended, or Slurm has not been heard of for too long. */
static gboolean
is_lost (const CdExecutorState *state, CdRunning *running)
{
  gint64 now = g_get_monotonic_time ();
  if (running->cancelled > 0 && now - running->cancelled > CANCEL_USEC)
    return TRUE;
  if (is_under_way (running->state)) {
    guint64 most = running->job->limits.seconds, silent = (guint64) (now - state->answered) / G_USEC_PER_SEC;
    running->ended = 0;
    return most > 0 && silent > most + SILENCE_SECONDS;
  }
  running->ended = running->ended > 0 ? running->ended : now;
  gint64 grace = strcmp (running->state, GONE) == 0 ? LOST_USEC : GRACE_USEC;
  return running->cancelled > 0 || now - running->ended > grace;
}

static gboolean
poll_slurm (CdExecutorState *state, CdRunning *running, CdJobResult *result)
{
  running->over = take_result (running, result);
  if (running->over)
    return TRUE;
  look (state);
  running->over = is_lost (state, running);
  if (running->over && !take_result (running, result)) {
    if (running->state == NULL)
      running->state = g_strdup ("no answer");
    judge (running, result);
  }
  return running->over;
}

static void
wait_slurm (CdExecutorState *state G_GNUC_UNUSED, guint milliseconds)
{
  g_usleep (MIN (milliseconds, 200u) * 1000u);
}

/* The next look sends it, together with others'. */
static void
cancel (CdExecutorState *state, CdRunning *running)
{
  if (running->over || running->cancelled > 0)
    return;
  running->cancelled = g_get_monotonic_time ();
  state->looked = 0;
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
