/* Slurm's programs: asked, and their answers understood. They are not waited for without end, and the controller, which is shared with others, is not asked
 * more often than once a second. */
#include "run/cluster.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define LOOK_USEC (1 * G_USEC_PER_SEC)    /* between questions to the controller */
#define GRACE_USEC (5 * G_USEC_PER_SEC)   /* for a result to appear on a shared file system after its task has ended */
#define LOST_USEC (30 * G_USEC_PER_SEC)   /* … after its task is not in the queue: a controller that has just started may yet find it */
#define CANCEL_USEC (60 * G_USEC_PER_SEC) /* to wait for a cancelled task */
#define SILENCE_SECONDS 600u              /* of the controller, beyond the time that a task may take */
#define SUBMIT_TRIES 4                    /* a controller that is being restarted is back after some seconds */
#define SUBMIT_USEC (3 * G_USEC_PER_SEC)
#define ANSWER_SECONDS "60" /* for any of Slurm's programs */
#define OWN_MEMORY 256u     /* MiB that this program takes beside what it runs */
#define MEBIBYTE (1024u * 1024u)
#define NAME_BYTES 64
#define NAME_PREFIX "candor:"
#define GONE "GONE" /* a state of our own: not in the queue */

struct _CdCluster {
  GPtrArray *tasks; /* CdClusterTask*, borrowed */
  char *program;    /* this one, quoted */
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

CdCluster *
cd_cluster_open (GError **error)
{
  char *line[] = { (char *) "sinfo", (char *) "--noheader", (char *) "--format=%P", NULL };
  g_autofree char *answer = find_programs (error) && find_configuration (error) ? ask (line, NULL, error) : NULL;
  if (answer == NULL) {
    g_prefix_error (error, "no Slurm cluster can be reached (on Debian its client is slurm-client; SLURM_CONF names its configuration): ");
    return NULL;
  }
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);
  if (program == NULL)
    return NULL;
  CdCluster *cluster = g_new0 (CdCluster, 1);
  cluster->tasks = g_ptr_array_new ();
  cluster->answered = g_get_monotonic_time ();
  cluster->program = g_shell_quote (program);
  return cluster;
}

void
cd_cluster_close (CdCluster *cluster)
{
  g_ptr_array_unref (cluster->tasks);
  g_free (cluster->program);
  g_free (cluster);
}

const char *
cd_cluster_program (const CdCluster *cluster)
{
  return cluster->program;
}

/* --- submitting --- */

static void G_GNUC_PRINTF (2, 3) add_option (GPtrArray *line, const char *format, ...)
{
  va_list values;
  va_start (values, format);
  g_ptr_array_add (line, g_strdup_vprintf (format, values));
  va_end (values);
}

/* As the queue shows it, on other people's terminals: a name may be anybody's text. Caller frees. */
static char *
plain_name (const char *name)
{
  char *plain = g_strndup (name, NAME_BYTES);
  return g_strcanon (plain, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-", '_');
}

/* Slurm replaces what follows a percent sign in the whole path, that of a relative one's folder included. */
static void
add_output (GPtrArray *line, const char *folder)
{
  g_auto (GStrv) parts = g_strsplit (folder, "%", -1);
  g_autofree char *literal = g_strjoinv ("%%", parts);
  add_option (line, "--output=%s/%%a.log", literal);
}

/* Those named, and none of the user's others, nor his profile's. */
static void
add_environment (GPtrArray *line, const char *const *names)
{
  g_autoptr (GString) list = g_string_new ("LC_ALL=C.UTF-8,PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin");
  for (; names != NULL && *names != NULL; names++)
    if (g_getenv (*names) != NULL)
      g_string_append_printf (list, ",%s", *names);
  add_option (line, "--export=%s", list->str);
}

/* What a job asks of the cluster, in sbatch's words. Slurm's own limits lie a little above the job's: the task tells which one was reached. */
static char **
job_line (const CdClusterJob *job)
{
  g_autofree char *name = plain_name (job->name);
  GPtrArray *line = g_ptr_array_new ();
  add_option (line, "sbatch");
  add_option (line, "--parsable");
  add_option (line, "--no-requeue");
  add_option (line, "--job-name=" NAME_PREFIX "%s", name);
  add_option (line, "--array=%s", job->tasks);
  add_option (line, "--chdir=%s", job->folder);
  add_output (line, job->folder);
  add_environment (line, job->exported);
  add_option (line, "--ntasks=1");
  if (job->cpus > 0)
    add_option (line, "--cpus-per-task=%u", job->cpus);
  if (job->memory > 0)
    add_option (line, "--mem=%" G_GUINT64_FORMAT "M", job->memory / MEBIBYTE + OWN_MEMORY);
  if (job->seconds > 0)
    add_option (line, "--time=%" G_GUINT64_FORMAT, job->seconds / 60 + 2);
  if (job->gpus > 0)
    add_option (line, "--gres=gpu:%u", job->gpus);
  if (job->exclude != NULL)
    add_option (line, "--exclude=%s", job->exclude);
  g_ptr_array_add (line, NULL);
  return (char **) g_ptr_array_free (line, FALSE);
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

char *
cd_cluster_submit (CdCluster *cluster G_GNUC_UNUSED, const CdClusterJob *job, GError **error)
{
  g_auto (GStrv) line = job_line (job);
  g_autofree char *answer = queue (line, job->script, error);
  return answer != NULL ? g_strndup (answer, strcspn (answer, ";\n")) : NULL; /* "id" or "id;cluster" */
}

/* --- watching --- */

CdClusterTask *
cd_cluster_watch (CdCluster *cluster, const char *job, guint index, guint64 seconds)
{
  CdClusterTask *task = g_new0 (CdClusterTask, 1);
  task->job = g_strdup (job);
  task->index = index;
  task->seconds = seconds;
  g_ptr_array_add (cluster->tasks, task);
  return task;
}

void
cd_cluster_forget (CdCluster *cluster, CdClusterTask *task)
{
  g_ptr_array_remove (cluster->tasks, task);
  g_free (task->job);
  g_free (task->state);
  g_free (task->node);
  g_free (task);
}

/* Again and again until they have ended: a controller that does not answer now may do so later. All in one call. */
static void
send_cancels (const CdCluster *cluster)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new_with_free_func (g_free);
  add_option (line, "scancel");
  add_option (line, "--quiet");
  for (guint i = 0; i < cluster->tasks->len; i++) {
    const CdClusterTask *task = cluster->tasks->pdata[i];
    if (task->cancelled > 0 && !task->over)
      add_option (line, "%s_%u", task->job, task->index);
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

/* What squeue's lines say of a task: "STATE" or "STATE NODE". Of an array, tasks that were cancelled before they started are one line together, and a single
 * such task has none. Borrowed. */
static const char *
find_line (char **lines, const CdClusterTask *task)
{
  g_autofree char *own = g_strdup_printf ("%s %u ", task->job, task->index);
  g_autofree char *together = g_strdup_printf ("%s N/A ", task->job);
  const char *said = after (lines, own);
  gboolean waited = g_strcmp0 (task->state, "PENDING") == 0 || g_strcmp0 (task->state, CD_CLUSTER_CANCELLED) == 0;
  if (said == NULL)
    said = after (lines, together);
  return said != NULL ? said : waited ? CD_CLUSTER_CANCELLED : GONE;
}

static void
take_line (CdClusterTask *task, const char *said)
{
  gsize state = strcspn (said, " ");
  const char *node = said + state + strspn (said + state, " ");
  g_free (task->state);
  task->state = g_strndup (said, state);
  if (*node != '\0') {
    g_free (task->node);
    task->node = g_strdup (node);
  }
}

/* What the controller says of every task; where it does not answer, states stay as they were: a controller may be restarted while tasks go on. */
static void
look (CdCluster *cluster)
{
  gint64 now = g_get_monotonic_time ();
  if (cluster->tasks->len == 0 || (cluster->looked > 0 && now - cluster->looked < LOOK_USEC))
    return;
  send_cancels (cluster);
  char *line[] = {
    (char *) "squeue", (char *) "--noheader", (char *) "--array", (char *) "--me", (char *) "--states=all", (char *) "--format=%F %K %T %N", NULL
  };
  g_autofree char *answer = ask (line, NULL, NULL);
  cluster->looked = g_get_monotonic_time ();
  if (answer == NULL)
    return;
  cluster->answered = cluster->looked;
  g_auto (GStrv) lines = g_strsplit (answer, "\n", -1);
  for (guint i = 0; i < cluster->tasks->len; i++)
    take_line (cluster->tasks->pdata[i], find_line (lines, cluster->tasks->pdata[i]));
}

/* States in which a task still may come further; what is in none of them has ended. */
static gboolean
is_under_way (const char *state)
{
  static const char *const states[]
      = { "PENDING", "CONFIGURING", "RUNNING", "COMPLETING", "SUSPENDED", "REQUEUED", "RESIZING", "SIGNALING", "STAGE_OUT", "STOPPED", NULL };
  return state == NULL || g_strv_contains (states, state);
}

static gboolean
is_lost (const CdCluster *cluster, CdClusterTask *task)
{
  gint64 now = g_get_monotonic_time ();
  if (task->cancelled > 0 && now - task->cancelled > CANCEL_USEC)
    return TRUE;
  if (is_under_way (task->state)) {
    guint64 silent = (guint64) (now - cluster->answered) / G_USEC_PER_SEC;
    task->ended = 0;
    return task->seconds > 0 && silent > task->seconds + SILENCE_SECONDS;
  }
  task->ended = task->ended > 0 ? task->ended : now;
  gint64 grace = strcmp (task->state, GONE) == 0 ? LOST_USEC : GRACE_USEC;
  return task->cancelled > 0 || now - task->ended > grace;
}

gboolean
cd_cluster_is_over (CdCluster *cluster, CdClusterTask *task)
{
  look (cluster);
  task->over = is_lost (cluster, task);
  return task->over;
}

void
cd_cluster_cancel (CdCluster *cluster, CdClusterTask *task)
{
  if (task->over || task->cancelled > 0)
    return;
  task->cancelled = g_get_monotonic_time ();
  cluster->looked = 0;
}

gboolean
cd_cluster_cancel_named (CdCluster *cluster G_GNUC_UNUSED, const char *name, GError **error)
{
  g_autofree char *plain = plain_name (name), *option = g_strconcat ("--name=" NAME_PREFIX, plain, NULL);
  char *cancel[] = { (char *) "scancel", (char *) "--quiet", (char *) "--me", option, NULL };
  char *list[] = { (char *) "squeue", (char *) "--noheader", (char *) "--me", option, NULL };
  for (gint64 end = g_get_monotonic_time () + CANCEL_USEC;; g_usleep (LOOK_USEC)) {
    g_autoptr (GError) why = NULL;
    g_free (ask (cancel, NULL, NULL)); /* it fails where there is none */
    g_autofree char *left = ask (list, NULL, &why);
    if (left != NULL && *g_strstrip (left) == '\0')
      return TRUE;
    if (g_get_monotonic_time () < end)
      continue;
    if (why != NULL)
      g_propagate_error (error, g_steal_pointer (&why));
    else
      g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "Slurm's jobs of an earlier run (" NAME_PREFIX "%s) do not end", plain);
    return FALSE;
  }
}

char *
cd_cluster_problem (const CdClusterTask *task, const char *folder, const char *option)
{
  g_autofree char *path = g_strdup_printf ("%s/%u.log", folder, task->index), *said = NULL;
  const char *state = task->state != NULL ? task->state : "no answer";
  g_file_get_contents (path, &said, NULL, NULL);
  if (said != NULL && *said != '\0')
    return g_strdup_printf ("Slurm's job %s_%u ended without a result (%s): %.*s", task->job, task->index, state, (int) strcspn (said, "\n"), said);
  return g_strdup_printf ("Slurm's job %s_%u ended without a result (%s); is %s on a file system that the nodes share (%s)?", task->job, task->index,
                          state, folder, option);
}
