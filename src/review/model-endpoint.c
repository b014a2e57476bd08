/* One chat endpoint: where it is, how it is asked, what its answers' envelopes say. What the model wrote in them is model-answer.c's. The key goes to net/
 * and nowhere else: neither into the cache nor into a message, whatever the server sends back. */
#include "base/credentials.h"
#include "base/text.h"
#include "net/http.h"
#include "review/model-parts.h"
#include <string.h>

#define PATH "/chat/completions"
#define BODY_MOST ((gsize) 2 << 20)
#define ATTEMPTS 3u
#define TOKENS_MOST 1e15 /* more is no count */
#define FAULT_MOST 200   /* characters of a server's words */
#define KEY_LEAST 8u     /* a shorter one is no secret, and stands in any text */

struct _CdEndpoint {
  const CdModelOptions *options;
  char *url;
};

/* --- where it is --- */

static gboolean
fail_usage (GError **error, const char *why)
{
  g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, why);
  return FALSE;
}

/* Names and addresses of hosts, read alike by everyone. */
static gboolean
is_host (const char *host)
{
  return host != NULL && *host != '\0' && strspn (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:") == strlen (host);
}

/* The URL itself stays out of messages: it may hold a password. */
static char *
completions_url (const char *text, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  if (scheme == NULL || (strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0) || !is_host (g_uri_get_host (uri)))
    fail_usage (error, "--reader takes the URL of a chat interface, such as http://127.0.0.1:8080/v1");
  else if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    fail_usage (error, "the URL of --reader must not hold a user, a password, a query or a fragment; a key belongs in CANDOR_API_KEY");
  else {
    g_autofree char *path = g_strdup (g_uri_get_path (uri));
    while (g_str_has_suffix (path, "/"))
      path[strlen (path) - 1] = '\0';
    g_autofree char *whole = g_str_has_suffix (path, PATH) ? g_strdup (path) : g_strconcat (path, PATH, NULL);
    return g_uri_join (G_URI_FLAGS_NONE, scheme, NULL, g_uri_get_host (uri), g_uri_get_port (uri), whole, NULL, NULL);
  }
  return NULL;
}

CdEndpoint *
cd_endpoint_new (const CdModelOptions *options, GError **error)
{
  for (const char *c = options->key; c != NULL && *c != '\0'; c++)
    if (!g_ascii_isgraph (*c)) {
      fail_usage (error, "the API key holds white space or other characters that no key has");
      return NULL;
    }
  g_autofree char *url = completions_url (options->url, error);
  if (url == NULL)
    return NULL;
  CdEndpoint *endpoint = g_new0 (CdEndpoint, 1);
  endpoint->options = options;
  endpoint->url = g_steal_pointer (&url);
  return endpoint;
}

void
cd_endpoint_free (CdEndpoint *endpoint)
{
  if (endpoint == NULL)
    return;
  g_free (endpoint->url);
  g_free (endpoint);
}

void
cd_reply_clear (CdReply *reply)
{
  g_free (reply->content);
  g_free (reply->fault);
}

/* --- envelopes --- */

static gboolean
holds_key (const CdEndpoint *endpoint, const char *text)
{
  const char *key = endpoint->options->key;
  return key != NULL && strlen (key) >= KEY_LEAST && strstr (text, key) != NULL;
}

static void
put_fault (CdReply *reply, CdReplyState state, const char *fault)
{
  reply->state = state;
  g_free (reply->fault);
  reply->fault = g_strdup (fault);
}

static guint64
tokens_at (const cJSON *usage, const char *key, gboolean *known)
{
  const cJSON *number = cJSON_GetObjectItemCaseSensitive (usage, key);
  *known = *known && cJSON_IsNumber (number) && number->valuedouble >= 0;
  return *known ? (guint64) MIN (number->valuedouble, TOKENS_MOST) : 0;
}

static void
read_usage (CdReply *reply, const cJSON *root, const char *body)
{
  const cJSON *usage = cJSON_GetObjectItemCaseSensitive (root, "usage");
  reply->counted = TRUE;
  reply->tokens_in = tokens_at (usage, "prompt_tokens", &reply->counted);
  reply->tokens_out = tokens_at (usage, "completion_tokens", &reply->counted);
  if (reply->counted)
    return;
  reply->tokens_in = cd_model_estimate (strlen (body));
  reply->tokens_out = cd_model_estimate (reply->content != NULL ? strlen (reply->content) : 0);
}

/* answer: the body of a 2xx. */
static void
read_envelope (CdReply *reply, const char *answer, const char *body)
{
  cJSON *root = cJSON_Parse (answer);
  const cJSON *choice = cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (root, "choices"), 0);
  const char *content = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (cJSON_GetObjectItemCaseSensitive (choice, "message"), "content"));
  const char *finish = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (choice, "finish_reason"));
  reply->content = g_strdup (content);
  read_usage (reply, root, body);
  if (root == NULL)
    put_fault (reply, CD_REPLY_NONE, "the answer is no JSON");
  else if (choice == NULL)
    put_fault (reply, CD_REPLY_NONE, "the answer holds no choices");
  else if (g_strcmp0 (finish, "length") == 0)
    put_fault (reply, CD_REPLY_EMPTY, "the answer was cut off; --answer-tokens allows longer ones");
  else if (content == NULL || *content == '\0')
    put_fault (reply, CD_REPLY_EMPTY, "the answer is empty");
  else
    reply->state = CD_REPLY_GIVEN;
  cJSON_Delete (root);
}

/* What a server says of its refusal, in the forms that are in use; NULL where that is nothing. */
static char *
server_words (const char *answer)
{
  cJSON *root = cJSON_Parse (answer);
  const cJSON *error = cJSON_GetObjectItemCaseSensitive (root, "error"), *message = cJSON_GetObjectItemCaseSensitive (error, "message");
  const cJSON *forms[] = { message, error, cJSON_GetObjectItemCaseSensitive (root, "message"), cJSON_GetObjectItemCaseSensitive (root, "detail") };
  char *words = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (forms) && words == NULL; i++)
    if (cJSON_IsString (forms[i])) {
      g_autofree char *printable = cd_text_printable (forms[i]->valuestring);
      words = g_utf8_substring (printable, 0, MIN (g_utf8_strlen (printable, -1), FAULT_MOST));
    }
  cJSON_Delete (root);
  return words;
}

static void
read_refusal (const CdEndpoint *endpoint, CdReply *reply, guint status, const char *answer)
{
  static const struct {
    guint status;
    CdReplyState state;
    const char *says;
  } rows[] = {
    { 400, CD_REPLY_FORM, "it does not take the request" },
    { 401, CD_REPLY_REFUSED, "it wants another key" },
    { 402, CD_REPLY_REFUSED, "it wants to be paid" },
    { 403, CD_REPLY_REFUSED, "it does not let this key in" },
    { 404, CD_REPLY_REFUSED, "there is no such interface or model" },
    { 405, CD_REPLY_REFUSED, "it is no chat interface" },
    { 422, CD_REPLY_FORM, "it does not take the request" },
    { 429, CD_REPLY_NONE, "it is asked too much" },
  };
  const char *says = status >= 300 && status < 400 ? "it sends elsewhere, and questions are put to no other place than --reader" : "it fails";
  reply->state = status >= 300 && status < 400 ? CD_REPLY_REFUSED : CD_REPLY_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].status == status) {
      reply->state = rows[i].state;
      says = rows[i].says;
    }
  g_autofree char *words = holds_key (endpoint, answer) ? NULL : server_words (answer);
  g_free (reply->fault);
  reply->fault = g_strdup_printf ("%s (status %u%s%s)", says, status, words != NULL ? ": " : "", words != NULL ? words : "");
}

/* --- asking --- */

typedef struct {
  const CdEndpoint *endpoint;
  const char *body;
  char *kept; /* the answer's body, where it is worth keeping */
  CdReply *reply;
} Asking;

static void
read_failure (CdReply *reply, CdHttpState state, const char *body)
{
  static const struct {
    CdReplyState state;
    const char *says;
  } rows[] = {
    [CD_HTTP_UNREACHABLE] = { CD_REPLY_NONE, "no connection, or no answer in time" },
    [CD_HTTP_REFUSED] = { CD_REPLY_REFUSED, "the address is none that may be asked" },
    [CD_HTTP_TOO_LARGE] = { CD_REPLY_NONE, "the answer is larger than any answer is" },
    [CD_HTTP_BAD_CERTIFICATE] = { CD_REPLY_REFUSED, "its certificate is not valid" },
    [CD_HTTP_MALFORMED] = { CD_REPLY_NONE, "the answer is cut off, or no HTTP" },
  };
  put_fault (reply, rows[state].state, rows[state].says);
  /* It may have been worked on, and be charged for. */
  reply->tokens_in = reply->requests > 0 ? cd_model_estimate (strlen (body)) : 0;
}

static gboolean
take_answer (guint index, const CdHttpAnswer *answer, gpointer data)
{
  (void) index;
  Asking *asking = data;
  CdReply *reply = asking->reply;
  reply->requests = answer->asked;
  if (answer->state != CD_HTTP_ANSWERED) {
    read_failure (reply, answer->state, asking->body);
    return FALSE;
  }
  gsize length = 0;
  const char *bytes = g_bytes_get_data (answer->body, &length);
  g_autofree char *text = cd_text_to_utf8 (bytes != NULL ? bytes : "", length);
  if (answer->status < 200 || answer->status > 299)
    read_refusal (asking->endpoint, reply, answer->status, text);
  else {
    read_envelope (reply, text, asking->body);
    if (holds_key (asking->endpoint, text))
      put_fault (reply, CD_REPLY_NONE, "the answer holds the API key");
    else if (reply->state == CD_REPLY_GIVEN || reply->state == CD_REPLY_EMPTY)
      asking->kept = g_steal_pointer (&text);
  }
  return FALSE;
}

static char *
cache_path (const CdEndpoint *endpoint, const char *body)
{
  const char *folder = endpoint->options->cache;
  return folder != NULL ? cd_model_cache_path (folder, endpoint->url, body) : NULL;
}

gboolean
cd_endpoint_knows (const CdEndpoint *endpoint, const char *body)
{
  g_autofree char *path = cache_path (endpoint, body), *kept = path != NULL ? cd_model_cache_read (path) : NULL;
  return kept != NULL;
}

gboolean
cd_endpoint_ask (const CdEndpoint *endpoint, const char *body, guint requests, CdReply *reply, GError **error)
{
  static const char *const headers[] = { "Content-Type: application/json", "Accept: application/json", NULL };
  *reply = (CdReply){ 0 };
  g_autofree char *path = cache_path (endpoint, body), *kept = path != NULL ? cd_model_cache_read (path) : NULL;
  if (kept != NULL) {
    read_envelope (reply, kept, body);
    reply->cached = TRUE;
    return TRUE;
  }
  CdHttpOptions http = cd_http_options ();
  http.allow_http = TRUE;
  http.permits = NULL; /* the user named it */
  http.per_host = 1;
  http.seconds = endpoint->options->seconds;
  http.attempts = MIN (ATTEMPTS, requests);
  http.body_bytes = BODY_MOST;
  CdHttpRequest request = { .url = endpoint->url, .token = endpoint->options->key, .body = body, .headers = headers };
  Asking asking = { endpoint, body, NULL, reply };
  gboolean asked = cd_http_ask (&http, &request, 1, take_answer, &asking, error);
  if (asking.kept != NULL && path != NULL)
    cd_model_cache_write (path, asking.kept);
  g_free (asking.kept);
  return asked;
}
