/* The run: what of the list the store has not is audited by workers; then the rows are read. */
#include "leaderboard/leaderboard-parts.h"
#include "run/executor.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define MEMORY_INFO "/proc/meminfo"
#define MEMORY_FALLBACK (G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024)

void
cd_leaderboard_free (CdLeaderboard *leaderboard)
{
  if (leaderboard == NULL)
    return;
  g_clear_pointer (&leaderboard->rows, g_ptr_array_unref);
  g_free (leaderboard);
}

/* Three quarters of what the kernel says it could give away without swapping. */
static guint64
memory_bound (const CdLeaderboardOptions *options)
{
  g_autofree char *text = NULL;
  unsigned long long kilobytes = 0;
  if (options->memory != 0)
    return options->memory;
  const char *line = g_file_get_contents (MEMORY_INFO, &text, NULL, NULL) ? strstr (text, "MemAvailable:") : NULL;
  if (line == NULL || sscanf (line, "MemAvailable: %llu kB", &kilobytes) != 1 || kilobytes == 0)
    return MEMORY_FALLBACK;
  return (guint64) kilobytes * 1024 / 4 * 3;
}

/* What is looked at in the store and in the repositories before anything is started. */
typedef struct {
  CdStore *store;
  char *rules;
  GPtrArray *tasks; /* CdTask*, in the list's order */
} Survey;

static void
survey_clear (Survey *survey)
{
  g_clear_pointer (&survey->tasks, g_ptr_array_unref);
  g_clear_pointer (&survey->store, cd_store_close);
  g_free (survey->rules);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Survey, survey_clear)

static gboolean
survey_make (Survey *survey, const CdWorks *works, const CdLeaderboardOptions *options, GError **error)
{
  survey->rules = cd_leaderboard_rules (options, error);
  survey->store = survey->rules != NULL ? cd_store_open (options->store, error) : NULL;
  if (survey->store == NULL)
    return FALSE;
  for (guint i = 0; options->merge != NULL && options->merge[i] != NULL; i++)
    if (!cd_store_merge (survey->store, options->merge[i], error))
      return FALSE;
  survey->tasks = cd_tasks_new (works, options);
  for (guint i = 0; i < survey->tasks->len; i++)
    if (!cd_task_look (survey->tasks->pdata[i], survey->store, survey->rules, error))
      return FALSE;
  return TRUE;
}

static int
compare_tasks (gconstpointer a, gconstpointer b)
{
  const CdTask *one = *(const CdTask *const *) a, *other = *(const CdTask *const *) b;
  return one->memory != other->memory ? (one->memory > other->memory ? -1 : 1) : strcmp (one->entry->name, other->entry->name);
}

/* What is left to do, large works first: a large one at the end would leave the other processors idle. Borrowed tasks; what cannot be begun is in the store
 * as a failure. NULL where the store fails. Free with g_ptr_array_unref. */
static GPtrArray *
plan (const Survey *survey, guint64 memory, GError **error)
{
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();
  for (guint i = 0; i < survey->tasks->len; i++) {
    CdTask *task = survey->tasks->pdata[i];
    CdStoreKey key = cd_task_key (task, survey->rules);
    if (task->kept)
      continue;
    if (task->failure != NULL && !cd_store_put (survey->store, &key, NULL, task->failure, error))
      return NULL;
    if (task->failure != NULL)
      continue;
    cd_task_estimate (task, memory);
    g_ptr_array_add (todo, task);
  }
  g_ptr_array_sort (todo, compare_tasks);
  return g_steal_pointer (&todo);
}

/* The store is closed before, so that it is whole in one file. */
static void
end_by_signal (Survey *survey, int number)
{
  g_clear_pointer (&survey->store, cd_store_close);
  signal (number, SIG_DFL);
  raise (number);
}

/* On a cluster. What is left to do here then are works whose commit only their host can tell: it is asked, and their audits are found in the store. */
static gboolean
audit_elsewhere (const Survey *survey, const CdLeaderboardOptions *options, GPtrArray *todo, int *signalled, GError **error)
{
  const CdShardsSetup shards = { .tasks = survey->tasks, .store = survey->store, .rules = survey->rules, .options = options };
  gboolean good = cd_shards_run (&shards, signalled, error);
  for (guint i = todo->len; i > 0; i--)
    if (((const CdTask *) todo->pdata[i - 1])->commit != NULL)
      g_ptr_array_remove_index (todo, i - 1);
  return good;
}

static gboolean
audit_all (Survey *survey, const CdLeaderboardOptions *options, GError **error)
{
  guint64 memory = memory_bound (options);
  int signalled = 0;
  g_autoptr (GPtrArray) todo = plan (survey, memory, error);
  gboolean good = todo != NULL;
  if (good && todo->len > 0 && g_strcmp0 (options->executor, cd_executor_slurm.name) == 0)
    good = audit_elsewhere (survey, options, todo, &signalled, error);
  const CdWorkers workers = { .store = survey->store, .rules = survey->rules, .options = options, .memory = memory };
  if (good && todo->len > 0)
    good = cd_workers_run (&workers, todo, &signalled, error);
  if (!good && signalled != 0)
    end_by_signal (survey, signalled);
  return good;
}

static void
count (CdLeaderboard *leaderboard, const Survey *survey)
{
  for (guint i = 0; i < survey->tasks->len; i++) {
    const CdTask *task = survey->tasks->pdata[i];
    guint *counter = task->audited ? &leaderboard->audited : task->kept ? &leaderboard->kept : &leaderboard->failed;
    (*counter)++;
  }
}

CdLeaderboard *
cd_leaderboard_run (const CdWorks *works, const CdLeaderboardOptions *options, GError **error)
{
  g_auto (Survey) survey = { 0 };
  if (!survey_make (&survey, works, options, error) || !audit_all (&survey, options, error))
    return NULL;
  g_autoptr (CdLeaderboard) leaderboard = g_new0 (CdLeaderboard, 1);
  leaderboard->works = works;
  count (leaderboard, &survey);
  leaderboard->rows = cd_rows_read (survey.tasks, survey.store, survey.rules, error);
  return leaderboard->rows != NULL ? g_steal_pointer (&leaderboard) : NULL;
}
