/* Which question is asked when: hosts beside each other, each with a queue of its own, redirects followed and failures asked again by hand, because each
 * step is a new decision: may this host be asked, now, and may it see the token? What one exchange means is exchange.c's. */
#include "net/http.h"
#include "net/exchange.h"
#include "net/http-cache.h"
#include "net/origin.h"
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define REDIRECTS_MOST 5u
#define WAIT_MOST_SECONDS 60 /* a server that wants to be left alone for longer is not asked again */
#define DOUBLINGS_MOST 9u
#define DEAF_AFTER 6u   /* failed connections in a row, none before having worked, after which a host is given up */
#define RUN_SECONDS 900 /* after which whatever is still waiting is given up */

typedef struct {
  CdOrigin *origin;
  GQueue waiting; /* Task*, borrowed */
  guint active;
  guint deaf; /* failed connections since the last answer */
  gint64 not_before;
} Host;

typedef struct {
  guint index;
  char *url;  /* asked now */
  char *home; /* name of the request's origin, the one that may see its token */
  Host *host; /* NULL: not queued yet */
  guint attempts, redirects;
  gint64 not_before;
  CdHttpKept *kept; /* an old answer that is asked about again; NULL none */
  CdExchange *exchange;
  CdHttpState state; /* of the last attempt, and its status */
  guint status;
} Task;

typedef struct {
  const CdCurl *curl;
  const CdHttpOptions *options;
  const CdHttpRequest *requests;
  CdHttpDone done;
  gpointer data;
  CURLM *multi;
  GPtrArray *tasks; /* Task* */
  GPtrArray *hosts; /* Host*, as first met */
  GHashTable *by_origin;
  guint open, active;
  gint64 deadline;
} Run;

CdHttpOptions
cd_http_options (void)
{
  return (CdHttpOptions){
    .permits = cd_address_is_public, .seconds = 30, .per_host = 6, .total = 48, .pause = 500, .attempts = 3, .body_bytes = 16u << 20
  };
}

static void
host_free (gpointer target)
{
  Host *host = target;
  g_queue_clear (&host->waiting);
  cd_origin_free (host->origin);
  g_free (host);
}

static void
task_free (gpointer target)
{
  Task *task = target;
  g_free (task->url);
  g_free (task->home);
  cd_http_kept_free (task->kept);
  g_free (task);
}

/* Whether the answer may be kept. */
static gboolean
finish (Run *run, Task *task, const CdHttpAnswer *answer)
{
  run->open--;
  gboolean good = run->done (task->index, answer, run->data);
  if (run->options->progress != NULL)
    run->options->progress ("Asking", run->tasks->len - run->open, run->tasks->len, run->options->progress_data);
  return good;
}

static void
fail (Run *run, Task *task, CdHttpState state, guint status)
{
  CdHttpAnswer answer = { .state = state, .status = status, .url = task->url, .asked = task->attempts };
  finish (run, task, &answer);
}

/* Into the queue of the host that task->url names. */
static void
enqueue (Run *run, Task *task)
{
  CdHttpState state;
  g_autoptr (CdOrigin) origin = cd_origin_of (run->curl, run->options, task->url, &state);
  if (origin == NULL) {
    fail (run, task, state, 0);
    return;
  }
  if (task->home == NULL)
    task->home = g_strdup (origin->name);
  Host *host = g_hash_table_lookup (run->by_origin, origin->name);
  if (host == NULL) {
    host = g_new0 (Host, 1);
    g_queue_init (&host->waiting);
    host->origin = g_steal_pointer (&origin);
    g_ptr_array_add (run->hosts, host);
    g_hash_table_insert (run->by_origin, host->origin->name, host);
  }
  task->host = host;
  g_queue_push_tail (&host->waiting, task);
}

/* --- asking --- */

static gboolean
start (Run *run, Task *task)
{
  const CdHttpRequest *request = &run->requests[task->index];
  gboolean known = task->kept != NULL && strcmp (task->kept->url, task->url) == 0;
  const CdOrigin *origin = task->host->origin;
  gboolean home = strcmp (origin->name, task->home) == 0;
  /* What is posted goes where the user pointed it, and a server of this machine seldom has a certificate. */
  gboolean secret = origin->secret || (origin->loopback && request->body != NULL);
  CdQuestion question = { .url = task->url,
                          .token = home && secret ? request->token : NULL,
                          .body = request->body,
                          .headers = home ? request->headers : NULL,
                          .etag = known ? task->kept->etag : NULL,
                          .loopback = origin->loopback,
                          .head = request->head };
  task->exchange = cd_exchange_new (run->curl, run->options, &question);
  if (task->exchange == NULL)
    return FALSE;
  run->curl->easy_setopt (task->exchange->easy, CURLOPT_PRIVATE, task);
  if (run->curl->multi_add_handle (run->multi, task->exchange->easy) != CURLM_OK) {
    g_clear_pointer (&task->exchange, cd_exchange_free);
    return FALSE;
  }
  task->attempts++;
  task->host->active++;
  run->active++;
  return TRUE;
}

/* Whatever waits for a host that never answers, or when time is up, has had its answer. */
static void
give_up (Run *run, Host *host)
{
  for (Task *task; (task = g_queue_pop_head (&host->waiting)) != NULL;)
    fail (run, task, task->attempts > 0 ? task->state : CD_HTTP_UNREACHABLE, task->status);
}

/* The first of the queue whose time has come, taken out. */
static Task *
next_ready (Host *host, gint64 now)
{
  for (GList *link = host->not_before > now ? NULL : host->waiting.head; link != NULL; link = link->next) {
    Task *task = link->data;
    if (task->not_before > now)
      continue;
    g_queue_delete_link (&host->waiting, link);
    return task;
  }
  return NULL;
}

static void
start_waiting (Run *run)
{
  gint64 now = g_get_monotonic_time ();
  for (guint i = 0; i < run->hosts->len; i++) {
    Host *host = run->hosts->pdata[i];
    if (host->deaf >= DEAF_AFTER || now >= run->deadline)
      give_up (run, host);
    Task *task = NULL;
    while (host->active < run->options->per_host && run->active < run->options->total && (task = next_ready (host, now)) != NULL)
      if (!start (run, task))
        fail (run, task, CD_HTTP_MALFORMED, 0);
  }
}

/* Milliseconds until something that waits may start: at most a second. */
static int
time_to_wait (const Run *run)
{
  gint64 now = g_get_monotonic_time (), first = now + G_USEC_PER_SEC;
  for (guint i = 0; i < run->hosts->len; i++) {
    const Host *host = run->hosts->pdata[i];
    if (host->active >= run->options->per_host || run->active >= run->options->total)
      continue;
    for (const GList *link = host->waiting.head; link != NULL; link = link->next)
      first = MIN (first, MAX (host->not_before, ((const Task *) link->data)->not_before));
  }
  return (int) CLAMP ((first - now) / 1000 + 1, 1, 1000);
}

/* --- what came back --- */

static gboolean
is_definitive (guint status)
{
  return (status >= 200 && status < 300) || status == 401 || status == 403 || status == 404 || status == 410 || status == 451;
}

static gboolean
is_kept (const Run *run, const CdHttpRequest *request)
{
  return run->options->cache != NULL && request->body == NULL;
}

static gboolean
answer_from (Run *run, Task *task, const CdHttpKept *kept)
{
  CdHttpAnswer answer = { .state = CD_HTTP_ANSWERED, .status = kept->status, .url = kept->url, .body = kept->body, .asked = task->attempts };
  return finish (run, task, &answer);
}

static void
succeed (Run *run, Task *task, CdExchange *exchange, guint status)
{
  g_autoptr (CdHttpKept) kept = NULL;
  if (status == 304 && task->kept != NULL)
    kept = g_steal_pointer (&task->kept);
  else {
    kept = g_new0 (CdHttpKept, 1);
    kept->status = status;
    kept->url = g_strdup (task->url);
    kept->etag = g_steal_pointer (&exchange->etag);
    kept->body = g_bytes_new (exchange->body->data, exchange->body->len);
  }
  kept->asked = g_get_real_time () / G_USEC_PER_SEC;
  const CdHttpRequest *request = &run->requests[task->index];
  if (answer_from (run, task, kept) && is_kept (run, request) && is_definitive (kept->status))
    cd_http_cache_write (run->options->cache, request->url, request->token, request->head, kept);
}

static void
redirect (Run *run, Task *task, const char *next)
{
  if (++task->redirects > REDIRECTS_MOST) {
    fail (run, task, CD_HTTP_MALFORMED, task->status);
    return;
  }
  g_free (task->url);
  task->url = g_strdup (next);
  task->attempts = 0;
  enqueue (run, task);
}

/* TRUE where the question stands in the queue again. */
static gboolean
ask_again (Run *run, Task *task, const CdOutcome *outcome)
{
  gint64 now = g_get_monotonic_time ();
  gint64 pause = (gint64) run->options->pause * 1000 << MIN (task->attempts - 1, DOUBLINGS_MOST);
  if (outcome->wait > 0 && outcome->wait <= WAIT_MOST_SECONDS)
    task->host->not_before = MAX (task->host->not_before, now + outcome->wait * G_USEC_PER_SEC);
  if (!outcome->transient || task->attempts >= run->options->attempts || outcome->wait > WAIT_MOST_SECONDS)
    return FALSE;
  task->not_before = now + pause;
  g_queue_push_tail (&task->host->waiting, task);
  return TRUE;
}

static void
collect (Run *run, CURL *easy, CURLcode code)
{
  char *private = NULL;
  run->curl->easy_getinfo (easy, CURLINFO_PRIVATE, &private);
  Task *task = (Task *) (void *) private;
  CdExchange *exchange = g_steal_pointer (&task->exchange);
  run->curl->multi_remove_handle (run->multi, easy);
  run->active--;
  task->host->active--;
  CdOutcome outcome = cd_exchange_outcome (exchange, code);
  gboolean posted = run->requests[task->index].body != NULL;
  task->state = outcome.state;
  task->status = outcome.status;
  task->host->deaf = outcome.state == CD_HTTP_UNREACHABLE && outcome.status == 0 ? task->host->deaf + 1 : 0;
  if (outcome.next != NULL && !posted)
    redirect (run, task, outcome.next);
  else if (!ask_again (run, task, &outcome)) {
    if (outcome.state == CD_HTTP_ANSWERED)
      succeed (run, task, exchange, outcome.status);
    else
      fail (run, task, outcome.state, outcome.status);
  }
  g_free (outcome.next);
  cd_exchange_free (exchange);
}

/* --- the whole --- */

static void
prepare (Run *run, guint length)
{
  const CdHttpOptions *options = run->options;
  for (guint i = 0; i < length; i++) {
    Task *task = g_new0 (Task, 1);
    task->index = i;
    task->url = g_strdup (run->requests[i].url);
    g_ptr_array_add (run->tasks, task);
  }
  run->open = length;
  for (guint i = 0; i < length; i++) {
    Task *task = run->tasks->pdata[i];
    const CdHttpRequest *request = &run->requests[i];
    if (is_kept (run, request))
      task->kept = cd_http_cache_read (options->cache, request->url, request->token, request->head, options->body_bytes);
    if (task->kept != NULL && !options->refresh && cd_http_kept_is_fresh (task->kept))
      answer_from (run, task, task->kept);
    else
      enqueue (run, task);
  }
}

static void
carry_out (Run *run)
{
  while (run->open > 0) {
    int running = 0, left = 0;
    start_waiting (run);
    run->curl->multi_perform (run->multi, &running);
    gboolean collected = FALSE;
    for (CURLMsg *message; (message = run->curl->multi_info_read (run->multi, &left)) != NULL; collected = TRUE)
      if (message->msg == CURLMSG_DONE)
        collect (run, message->easy_handle, message->data.result);
    if (run->open > 0 && !collected)
      run->curl->multi_poll (run->multi, NULL, 0, time_to_wait (run), NULL);
  }
}

/* A file of certificates that cannot be read would make every server look like a stranger. */
static gboolean
check_certificates (GError **error)
{
  static const char *const names[] = { "CURL_CA_BUNDLE", "SSL_CERT_FILE" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *file = g_getenv (names[i]);
    if (file == NULL || *file == '\0' || g_access (file, R_OK) == 0)
      continue;
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s (of %s): the certificates cannot be read", file, names[i]);
    return FALSE;
  }
  return TRUE;
}

gboolean
cd_http_ask (const CdHttpOptions *options, const CdHttpRequest *requests, guint length, CdHttpDone done, gpointer data, GError **error)
{
  const CdCurl *curl = check_certificates (error) ? cd_curl_load (error) : NULL;
  if (curl == NULL)
    return FALSE;
  Run run = { .curl = curl, .options = options, .requests = requests, .done = done, .data = data, .multi = curl->multi_init () };
  if (run.multi == NULL) {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_NETWORK, "libcurl does not start");
    return FALSE;
  }
  run.tasks = g_ptr_array_new_with_free_func (task_free);
  run.hosts = g_ptr_array_new_with_free_func (host_free);
  run.by_origin = g_hash_table_new (g_str_hash, g_str_equal);
  run.deadline = g_get_monotonic_time () + RUN_SECONDS * G_USEC_PER_SEC;
  prepare (&run, length);
  carry_out (&run);
  g_hash_table_unref (run.by_origin);
  g_ptr_array_unref (run.hosts);
  g_ptr_array_unref (run.tasks);
  curl->multi_cleanup (run.multi);
  return TRUE;
}
