/* The run on a cluster: shards of the list as an array job, each a run of its own of this program with a store of its own; their stores taken over as they end;
 * shards that failed tried again elsewhere. What a shard does is leaderboard.c's, Slurm is run/cluster.c's, the files are shard-folder.c's. */
#include "leaderboard/shard-folder.h"
#include "run/cluster.h"
#include <string.h>

#define ATTEMPTS 3u   /* of a shard */
#define WORKS_EACH 8u /* works of a shard, where nobody says how many shards */
#define MOST_SHARDS 256u
#define MEMORY_EACH (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024) /* of a work under way, where nobody says */
#define LOOK_MILLISECONDS 200u
#define PROGRESS "auditing works"

typedef struct {
  guint works; /* that it has to audit; 0: it is not submitted */
  guint attempt;
  CdClusterTask *task; /* NULL: not under way */
  char *problem;       /* why it was given up; NULL */
} Shard;

typedef struct {
  const CdShardsSetup *setup;
  CdCluster *cluster;
  CdShardFolder *folder;
  Shard *shards;
  guint length;
  GPtrArray *failing; /* char*, nodes on which a shard failed */
  guint done, total;  /* works */
} Run;

static void
run_clear (Run *run)
{
  for (guint i = 0; i < run->length; i++) {
    if (run->shards[i].task != NULL)
      cd_cluster_forget (run->cluster, run->shards[i].task);
    g_free (run->shards[i].problem);
  }
  g_free (run->shards);
  g_clear_pointer (&run->failing, g_ptr_array_unref);
  g_clear_pointer (&run->folder, cd_shard_folder_free);
  g_clear_pointer (&run->cluster, cd_cluster_close);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
tell (const Run *run)
{
  const CdLeaderboardOptions *options = run->setup->options;
  if (options->progress != NULL)
    options->progress (PROGRESS, run->done, run->total, options->progress_data);
}

/* --- what is submitted --- */

static gboolean
is_left (const CdTask *task)
{
  return !task->kept && !task->audited && task->failure == NULL;
}

/* Counts what each shard has to do. */
static void
divide (Run *run)
{
  const GPtrArray *tasks = run->setup->tasks;
  const guint wanted = run->setup->options->cluster_shards;
  guint left = 0;
  for (guint i = 0; i < tasks->len; i++)
    left += is_left (tasks->pdata[i]) ? 1 : 0;
  run->total = left;
  run->length = wanted != 0 ? wanted : CLAMP ((left + WORKS_EACH - 1) / WORKS_EACH, 1, MOST_SHARDS);
  run->shards = g_new0 (Shard, run->length);
  for (guint i = 0; i < tasks->len; i++)
    run->shards[i % run->length].works += is_left (tasks->pdata[i]) ? 1 : 0;
}

static void
add_word (GString *line, const char *option, const char *value)
{
  if (value == NULL)
    return;
  g_autofree char *quoted = g_shell_quote (value);
  g_string_append_printf (line, " %s %s", option, quoted);
}

static void
add_path (GString *line, const char *option, const char *path)
{
  g_autofree char *absolute = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
  add_word (line, option, absolute);
}

/* What each task runs; a mark beside its store tells that it came to its end. Caller frees. */
static char *
script_of (const Run *run, guint attempt, guint jobs, guint64 memory)
{
  const CdLeaderboardOptions *options = run->setup->options;
  g_autofree char *store = cd_shard_folder_name (CD_SHARD_STORE, "\"$i\"", attempt), *mark = cd_shard_folder_name (CD_SHARD_MARK, "\"$i\"", attempt);
  g_autoptr (GString) line = g_string_new ("#!/bin/sh\ni=$SLURM_ARRAY_TASK_ID\n");
  gboolean rubric_is_file = options->rubric != NULL && g_file_test (options->rubric, G_FILE_TEST_IS_REGULAR);
  g_string_append (line, cd_cluster_program (run->cluster));
  add_path (line, "leaderboard", options->list);
  g_string_append_printf (line, " --shard $((i + 1))/%u --store %s --jobs %u --memory %" G_GUINT64_FORMAT " --quiet", run->length, store, jobs,
                          memory);
  add_path (line, "--repositories", options->repositories);
  add_path (line, "--rubrics", options->rules);
  if (rubric_is_file)
    add_path (line, "--rubric", options->rubric);
  else
    add_word (line, "--rubric", options->rubric);
  if (options->history != NULL) {
    g_autofree char *history = g_shell_quote (options->history);
    g_string_append_printf (line, " --history=%s", history);
  }
  if (options->seconds != 0)
    g_string_append_printf (line, " --time %" G_GUINT64_FORMAT "s", options->seconds);
  g_string_append_printf (line, " >/dev/null && : >%s\n", mark);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* The most that a shard of so many works may take. */
static guint64
seconds_of (const Run *run, guint works)
{
  const CdLeaderboardOptions *options = run->setup->options;
  guint64 each = options->seconds != 0 ? options->seconds : CD_LEADERBOARD_SECONDS;
  guint jobs = MAX (options->jobs, 1);
  return each * ((works + jobs - 1) / jobs);
}

/* Puts shards, all at the same attempt, into the queue. exclude: nodes, or NULL. The id of the job; NULL with an error. Caller frees. */
static char *
submit (const Run *run, const char *indexes, guint attempt, guint works, const char *exclude, GError **error)
{
  /* Where the program finds its cache and the network. */
  static const char *const exported[] = { "HOME",     "XDG_CACHE_HOME", "GITHUB_TOKEN", "http_proxy",     "https_proxy",
                                          "no_proxy", "SSL_CERT_FILE",  "SSL_CERT_DIR", "CURL_CA_BUNDLE", NULL };
  const CdLeaderboardOptions *options = run->setup->options;
  guint jobs = MAX (options->jobs, 1);
  guint64 memory = options->memory != 0 ? options->memory : jobs * MEMORY_EACH;
  g_autofree char *script = script_of (run, attempt, jobs, memory);
  const CdClusterJob job = { .name = cd_shard_folder_job (run->folder),
                             .tasks = indexes,
                             .folder = cd_shard_folder_path (run->folder),
                             .script = script,
                             .exported = exported,
                             .exclude = exclude,
                             .cpus = jobs,
                             .memory = memory,
                             .seconds = seconds_of (run, works) };
  return cd_cluster_submit (run->cluster, &job, error);
}

static void
watch (Run *run, guint index, const char *job)
{
  run->shards[index].attempt++;
  run->shards[index].task = cd_cluster_watch (run->cluster, job, index, seconds_of (run, run->shards[index].works));
}

static gboolean
submit_all (Run *run, GError **error)
{
  g_autoptr (GString) indexes = g_string_new (NULL);
  guint most = 0;
  for (guint i = 0; i < run->length; i++) {
    if (run->shards[i].works == 0)
      continue;
    g_string_append_printf (indexes, "%s%u", indexes->len > 0 ? "," : "", i);
    most = MAX (most, run->shards[i].works);
    if (!cd_shard_folder_seed (run->folder, run->setup, i, run->length, 1, error))
      return FALSE;
  }
  g_autofree char *job = submit (run, indexes->str, 1, most, NULL, error);
  for (guint i = 0; job != NULL && i < run->length; i++)
    if (run->shards[i].works > 0)
      watch (run, i, job);
  return job != NULL;
}

/* Once more, on none of the nodes where a shard failed; but where there are no others, on them. */
static gboolean
submit_again (Run *run, guint index, GError **error)
{
  Shard *shard = &run->shards[index];
  g_autofree char *indexes = g_strdup_printf ("%u", index), *exclude = run->failing->len > 1 ? g_strjoinv (",", (char **) run->failing->pdata) : NULL;
  if (!cd_shard_folder_seed (run->folder, run->setup, index, run->length, shard->attempt + 1, error))
    return FALSE;
  g_autofree char *job = submit (run, indexes, shard->attempt + 1, shard->works, exclude, exclude != NULL ? NULL : error);
  if (job == NULL && exclude != NULL)
    job = submit (run, indexes, shard->attempt + 1, shard->works, NULL, error);
  if (job != NULL)
    watch (run, index, job);
  return job != NULL;
}

/* --- how shards end --- */

static void
note_node (Run *run, const char *node)
{
  if (node == NULL)
    return;
  run->failing->pdata[run->failing->len - 1] = g_strdup (node); /* in place of the NULL at the end */
  g_ptr_array_add (run->failing, NULL);
}

/* A shard that ended before it was done: what it left is in the store; it is tried again, or given up. FALSE with an error where the queue takes nothing. */
static gboolean
retry (Run *run, guint index, GError **error)
{
  Shard *shard = &run->shards[index];
  const CdClusterTask *task = shard->task;
  gboolean by_somebody = g_str_has_prefix (task->state != NULL ? task->state : "", CD_CLUSTER_CANCELLED);
  g_autofree char *problem
      = by_somebody ? g_strdup ("cancelled by somebody else") : cd_cluster_problem (task, cd_shard_folder_path (run->folder), "--store");
  note_node (run, task->node);
  cd_cluster_forget (run->cluster, shard->task);
  shard->task = NULL;
  if (by_somebody || shard->attempt >= ATTEMPTS) {
    shard->problem = g_steal_pointer (&problem);
    return TRUE;
  }
  return submit_again (run, index, error);
}

static gboolean
attend (Run *run, guint index, GError **error)
{
  Shard *shard = &run->shards[index];
  if (shard->task == NULL)
    return TRUE;
  gboolean done = cd_shard_folder_is_done (run->folder, index, shard->attempt);
  if (!done && !cd_cluster_is_over (run->cluster, shard->task))
    return TRUE;
  done = done || cd_shard_folder_is_done (run->folder, index, shard->attempt);
  if (!cd_shard_folder_take (run->folder, run->setup->store, index, shard->attempt, done ? error : NULL) && done)
    return FALSE;
  if (!done)
    return retry (run, index, error);
  cd_cluster_forget (run->cluster, shard->task);
  shard->task = NULL;
  run->done += shard->works;
  tell (run);
  return TRUE;
}

static gboolean
is_under_way (const Run *run)
{
  for (guint i = 0; i < run->length; i++)
    if (run->shards[i].task != NULL)
      return TRUE;
  return FALSE;
}

/* Ends what is under way, and keeps what it has audited. */
static void
cancel_all (Run *run)
{
  for (guint i = 0; i < run->length; i++)
    if (run->shards[i].task != NULL)
      cd_cluster_cancel (run->cluster, run->shards[i].task);
  for (guint i = 0; i < run->length; i++) {
    Shard *shard = &run->shards[i];
    while (shard->task != NULL && !cd_cluster_is_over (run->cluster, shard->task))
      g_usleep (LOOK_MILLISECONDS * 1000);
    if (shard->task != NULL)
      cd_shard_folder_take (run->folder, run->setup->store, i, shard->attempt, NULL);
  }
}

static gboolean
check_given_up (const Run *run, GError **error)
{
  guint given_up = 0;
  const char *first = NULL;
  for (guint i = 0; i < run->length; i++)
    if (run->shards[i].problem != NULL) {
      given_up++;
      first = first != NULL ? first : run->shards[i].problem;
    }
  if (given_up > 0)
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%u of %u shards failed; what was audited is kept, and the same command goes on. %s", given_up,
                 run->length, first);
  return given_up == 0;
}

/* FALSE without an error where a signal asked to stop. */
static gboolean
attend_all (Run *run, GError **error)
{
  tell (run);
  while (is_under_way (run) && cd_interrupted () == 0) {
    for (guint i = 0; i < run->length; i++)
      if (!attend (run, i, error))
        return FALSE;
    g_usleep (LOOK_MILLISECONDS * 1000);
  }
  return cd_interrupted () == 0 && check_given_up (run, error);
}

/* Which tasks the store has now: from an earlier run, or from this one. */
static gboolean
look_again (const CdShardsSetup *setup, gboolean earlier, GError **error)
{
  for (guint i = 0; i < setup->tasks->len; i++) {
    CdTask *task = setup->tasks->pdata[i];
    CdStoreKey key = cd_task_key (task, setup->rules);
    gboolean has = FALSE;
    if (task->commit == NULL || !is_left (task))
      continue;
    if (!cd_store_has (setup->store, &key, &has, error))
      return FALSE;
    *(earlier ? &task->kept : &task->audited) = has;
  }
  return TRUE;
}

static gboolean
run_all (Run *run, GError **error)
{
  run->folder = cd_shard_folder_new (run->setup, run->cluster, error);
  if (run->folder == NULL || !look_again (run->setup, TRUE, error))
    return FALSE;
  divide (run);
  if (run->total == 0)
    return TRUE;
  if (submit_all (run, error) && attend_all (run, error))
    return look_again (run->setup, FALSE, error);
  cancel_all (run);
  return FALSE;
}

gboolean
cd_shards_run (const CdShardsSetup *setup, int *signalled, GError **error)
{
  g_auto (Run) run = { .setup = setup, .cluster = cd_cluster_open (error) };
  if (run.cluster == NULL)
    return FALSE;
  run.failing = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (run.failing, NULL);
  cd_interrupt_catch ();
  gboolean good = run_all (&run, error);
  cd_interrupt_restore ();
  *signalled = cd_interrupted ();
  return good;
}
