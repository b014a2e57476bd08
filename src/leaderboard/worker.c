/* A worker process: audits the works that it is given, one after another, with rules that it loads once. What it finds goes into the store; how it ends, should
 * it crash, is workers.c's concern. */
#include "audit/audit.h"
#include "leaderboard/exchange.h"
#include "report/report.h"
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Under a sanitizer the shadow of memory counts as data. */
#if defined __SANITIZE_ADDRESS__
#define BOUNDS_DATA 0
#elif defined __has_feature
#define BOUNDS_DATA (!__has_feature (address_sanitizer))
#else
#define BOUNDS_DATA 1
#endif

/* Of memory that is asked for and not used: stacks of threads, what malloc holds ready. */
#define RESERVED (G_GUINT64_CONSTANT (512) * 1024 * 1024)

/* Less than this is kept from one work to the next: giving it back and taking it again costs a page fault each 4 kB. */
#define IDLE_BYTES (64u << 20)

typedef struct {
  cJSON *settings; /* whose strings the rest borrows */
  CdData *data;
  CdRules *rules;
  CdStore *store;
  CdBlobCache blobs; /* in the store */
  const char *identity, *cache;
  CdTimelineOptions timeline;
  gboolean has_timeline;
  guint threads;
  FILE *answers;
} Worker;

static void
worker_clear (Worker *worker)
{
  g_clear_pointer (&worker->store, cd_store_close);
  g_clear_pointer (&worker->rules, cd_rules_free);
  g_clear_pointer (&worker->data, cd_data_free);
  cJSON_Delete (worker->settings);
  if (worker->answers != NULL)
    fclose (worker->answers);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Worker, worker_clear)

/* It ends with whoever started it, and by nobody else's wish: a terminal's or a scheduler's signals are the starter's to answer. In a group of its own, so
 * that it can be ended with the programs that it runs. */
static void
depend_on_parent (void)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    signal (signals[i], SIG_IGN);
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
bound_memory (guint64 bytes)
{
  struct rlimit limit = { .rlim_cur = (rlim_t) (bytes + RESERVED), .rlim_max = (rlim_t) (bytes + RESERVED) };
  if (BOUNDS_DATA && bytes > 0)
    setrlimit (RLIMIT_DATA, &limit);
}

static gboolean
worker_start (Worker *worker, const char *line, GError **error)
{
  cJSON *settings = worker->settings = cd_exchange_read (line);
  const char *store = cd_record_string (settings, "store"), *history = cd_record_string (settings, "history");
  worker->identity = cd_record_string (settings, "identity");
  if (store == NULL || worker->identity == NULL) {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "this verb is started by `candor leaderboard`, not by hand");
    return FALSE;
  }
  bound_memory ((guint64) cd_record_number (settings, "memory", 0));
  worker->cache = cd_record_string (settings, "cache");
  worker->threads = (guint) cd_record_number (settings, "threads", 1);
  worker->has_timeline = history != NULL;
  if (history != NULL && !cd_timeline_parse (history, &worker->timeline, error))
    return FALSE;
  worker->data = cd_data_new (cd_record_string (settings, "rules"), error);
  if (worker->data != NULL)
    worker->rules = cd_rules_load (worker->data, cd_record_string (settings, "rubric"), worker->cache, error);
  if (worker->rules != NULL)
    worker->store = cd_store_open (store, error);
  worker->blobs = cd_leaderboard_blobs (worker->store, worker->identity);
  return worker->store != NULL;
}

/* Fetches where the work is behind a URL, and finds out its commit where only that could tell. The folder to audit; NULL with an error. Caller frees. */
static char *
reach (CdTask *task, GError **error)
{
  if (task->commit != NULL && !cd_url_is_remote (task->location))
    return g_strdup (task->location);
  CdOid oid;
  char hex[41];
  g_autoptr (CdRepository) repository = cd_repository_open (task->location, NULL, NULL, error);
  if (repository == NULL || !cd_revision_resolve (repository, task->commit != NULL ? task->commit : task->entry->commit, &oid, error))
    return NULL;
  if (task->commit == NULL) {
    cd_oid_to_hex (&oid, hex);
    task->commit = g_strdup (hex);
  }
  return g_strdup (cd_repository_path (repository));
}

/* The audit's JSON; NULL with an error. Caller frees. */
static char *
audit_in (const Worker *worker, const CdTask *task, const char *folder, GError **error)
{
  const CdWorkEntry *entry = task->entry;
  const CdAuditOptions options = { .location = folder,
                                   .revision = task->commit,
                                   .subdir = entry->subdir,
                                   .scope = entry->scope,
                                   .rules = worker->rules,
                                   .blobs = &worker->blobs,
                                   .cache = worker->cache,
                                   .threads = worker->threads,
                                   .timeline = worker->has_timeline ? &worker->timeline : NULL,
                                   .remote = entry->remote ? entry->repository : NULL,
                                   .assessments = entry->assessments };
  g_autoptr (CdAudit) audit = cd_audit_run (worker->data, &options, error);
  return audit != NULL ? cd_report_json (audit) : NULL;
}

/* FALSE with an error where the store fails. */
static gboolean
do_task (Worker *worker, CdTask *task, CdAnswerKind *kind, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *folder = reach (task, &why);
  gboolean kept = FALSE;
  CdStoreKey key = cd_task_key (task, worker->identity);
  if (folder != NULL && !cd_store_has (worker->store, &key, &kept, error))
    return FALSE;
  if (kept) {
    *kind = CD_ANSWER_KEPT;
    return TRUE;
  }
  g_autofree char *json = folder != NULL ? audit_in (worker, task, folder, &why) : NULL;
  g_autofree char *reason = json == NULL ? cd_task_reason (task, why->message) : NULL;
  *kind = json != NULL ? CD_ANSWER_AUDITED : CD_ANSWER_FAILED;
  return cd_store_put (worker->store, &key, json, reason, error);
}

static gboolean
answer_task (Worker *worker, const char *line)
{
  cJSON *request = cd_exchange_read (line);
  g_autofree char **scope = cd_exchange_texts (request, "scope"), **assessments = cd_exchange_texts (request, "assessments");
  CdWorkEntry entry = { .name = (char *) cd_record_string (request, "name"),
                        .repository = (char *) cd_record_string (request, "repository"),
                        .commit = (char *) cd_record_string (request, "listed"),
                        .subdir = (char *) cd_record_string (request, "subdir"),
                        .location = (char *) cd_record_string (request, "place"),
                        .remote = cd_record_true (request, "remote"),
                        .scope = scope,
                        .assessments = assessments };
  CdTask task = { .entry = &entry,
                  .location = (char *) cd_record_string (request, "location"),
                  .shape = (char *) cd_record_string (request, "shape"),
                  .commit = g_strdup (cd_record_string (request, "commit")) };
  CdAnswerKind kind = CD_ANSWER_FAILED;
  g_autoptr (GError) error = NULL;
  if (!do_task (worker, &task, &kind, &error))
    kind = CD_ANSWER_STORE_FAILED;
  g_autofree char *answer = cd_exchange_answer (kind, task.commit, error != NULL ? error->message : NULL);
  g_free (task.commit);
  cJSON_Delete (request);
  return fprintf (worker->answers, "%s\n", answer) > 0 && fflush (worker->answers) == 0;
}

/* Answers go where standard output did, and nothing else does. */
static FILE *
take_output (void)
{
  int out = fcntl (STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1); /* a program that outlives the worker must not hold it open */
  dup2 (STDERR_FILENO, STDOUT_FILENO);
  return out >= 0 ? fdopen (out, "w") : NULL;
}

int
cd_leaderboard_work (GError **error)
{
  g_auto (Worker) worker = { 0 };
  char *line = NULL;
  size_t size = 0;
  depend_on_parent ();
  worker.answers = take_output ();
  gboolean good = worker.answers != NULL && getline (&line, &size, stdin) > 0 && worker_start (&worker, line, error);
  while (good && getline (&line, &size, stdin) > 0) {
    good = answer_task (&worker, line);
    if (mallinfo2 ().fordblks > IDLE_BYTES) /* what the next work leaves idle is another worker's */
      malloc_trim (0);
  }
  free (line);
  return good ? 0 : 4;
}
