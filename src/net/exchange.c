/* Sets libcurl's options for one question and reads its outcome. Every address is put to the caller's rule when the socket is opened, which neither a
 * name that resolves differently the second time nor a redirect can get around. */
#include "net/exchange.h"
#include <string.h>
#include <unistd.h>

#define HEADERS_MOST ((gsize) 256 * 1024)
#define ETAG_MOST 512u
#define CONNECT_SECONDS 10u
#define STALL_SECONDS 15u /* without a byte; who is posted something may think about it */

static curl_socket_t
open_socket (void *target, curlsocktype purpose, struct curl_sockaddr *address)
{
  CdExchange *exchange = target;
  CdAddressRule permits = exchange->options->permits;
  gboolean internet = address->family == AF_INET || address->family == AF_INET6;
  gboolean near = !exchange->loopback || cd_address_is_loopback (&address->addr);
  if (purpose == CURLSOCKTYPE_IPCXN && internet && near && (permits == NULL || permits (&address->addr)))
    return socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  exchange->refused = TRUE;
  return CURL_SOCKET_BAD;
}

static size_t
take_body (char *bytes, size_t size, size_t count, void *target)
{
  CdExchange *exchange = target;
  gsize length = size * count;
  if (length > exchange->options->body_bytes - exchange->body->len) {
    exchange->overflow = TRUE;
    return 0;
  }
  g_byte_array_append (exchange->body, (const guint8 *) bytes, (guint) length);
  return length;
}

static char *
read_etag (const char *bytes, gsize length)
{
  g_autofree char *value = g_strstrip (g_strndup (bytes, length));
  for (const char *c = value; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      return NULL;
  return *value == '\0' || strlen (value) > ETAG_MOST ? NULL : g_steal_pointer (&value);
}

static size_t
take_header (char *bytes, size_t size, size_t count, void *target)
{
  CdExchange *exchange = target;
  gsize length = size * count;
  exchange->header_bytes += length;
  if (exchange->header_bytes > HEADERS_MOST)
    return 0;
  static const char name[] = "etag:";
  if (length >= sizeof name - 1 && g_ascii_strncasecmp (bytes, name, sizeof name - 1) == 0) {
    g_free (exchange->etag);
    exchange->etag = read_etag (bytes + sizeof name - 1, length - (sizeof name - 1));
  }
  return length;
}

/* A header "name value", which libcurl copies. */
static void
add_header (CdExchange *exchange, const char *name, const char *value)
{
  if (value == NULL || strpbrk (value, "\r\n") != NULL)
    return;
  g_autofree char *line = g_strconcat (name, value, NULL);
  exchange->headers = exchange->curl->slist_append (exchange->headers, line);
}

/* The library reads no environment for this, other than the program of its name does. */
static const char *
trusted (void)
{
  const char *file = g_getenv ("CURL_CA_BUNDLE");
  return file != NULL && *file != '\0' ? file : g_getenv ("SSL_CERT_FILE");
}

static gboolean
set_up (CdExchange *exchange, const CdQuestion *question)
{
  const CdHttpOptions *options = exchange->options;
  const struct {
    CURLoption option;
    long value;
  } numbers[] = {
    { CURLOPT_NOSIGNAL, 1 },
    { CURLOPT_NETRC, CURL_NETRC_IGNORED },
    { CURLOPT_FOLLOWLOCATION, 0 },
    { CURLOPT_NOBODY, question->head ? 1 : 0 },
    { CURLOPT_TIMEOUT, (long) options->seconds },
    { CURLOPT_CONNECTTIMEOUT, (long) MIN (options->seconds, CONNECT_SECONDS) },
    { CURLOPT_LOW_SPEED_LIMIT, 1 },
    { CURLOPT_LOW_SPEED_TIME, (long) (exchange->posts ? options->seconds : MIN (options->seconds, STALL_SECONDS)) },
    { CURLOPT_SSL_VERIFYPEER, 1 },
    { CURLOPT_SSL_VERIFYHOST, 2 },
    { CURLOPT_HEADEROPT, CURLHEADER_SEPARATE },
  };
  const struct {
    CURLoption option;
    const void *value;
  } pointers[] = {
    { CURLOPT_URL, question->url },
    { CURLOPT_PROTOCOLS_STR, options->allow_http ? "http,https" : "https" },
    { CURLOPT_USERAGENT, "candor/" CANDOR_VERSION },
    { CURLOPT_ACCEPT_ENCODING, "gzip" },
    { CURLOPT_HTTPHEADER, exchange->headers },
    { CURLOPT_OPENSOCKETDATA, exchange },
    { CURLOPT_WRITEDATA, exchange },
    { CURLOPT_HEADERDATA, exchange },
  };
  const CdCurl *curl = exchange->curl;
  gboolean good = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    good = good && curl->easy_setopt (exchange->easy, numbers[i].option, numbers[i].value) == CURLE_OK;
  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    good = good && curl->easy_setopt (exchange->easy, pointers[i].option, pointers[i].value) == CURLE_OK;
  good = good && curl->easy_setopt (exchange->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK
         && curl->easy_setopt (exchange->easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK
         && curl->easy_setopt (exchange->easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK;
  if (good && !question->head)
    good = curl->easy_setopt (exchange->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) options->body_bytes) == CURLE_OK;
  if (good && question->loopback)
    good = curl->easy_setopt (exchange->easy, CURLOPT_NOPROXY, "*") == CURLE_OK;
  if (good && trusted () != NULL)
    good = curl->easy_setopt (exchange->easy, CURLOPT_CAINFO, trusted ()) == CURLE_OK;
  return good;
}

/* The body is not copied. */
static gboolean
set_up_post (CdExchange *exchange, const char *body)
{
  const CdCurl *curl = exchange->curl;
  return curl->easy_setopt (exchange->easy, CURLOPT_POST, 1L) == CURLE_OK
         && curl->easy_setopt (exchange->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) strlen (body)) == CURLE_OK
         && curl->easy_setopt (exchange->easy, CURLOPT_POSTFIELDS, body) == CURLE_OK;
}

CdExchange *
cd_exchange_new (const CdCurl *curl, const CdHttpOptions *options, const CdQuestion *question)
{
  CdExchange *exchange = g_new0 (CdExchange, 1);
  exchange->curl = curl;
  exchange->options = options;
  exchange->loopback = question->loopback;
  exchange->posts = question->body != NULL;
  exchange->body = g_byte_array_new ();
  exchange->easy = curl->easy_init ();
  g_autofree char *bearer = question->token == NULL ? NULL : g_strconcat ("Bearer ", question->token, NULL);
  add_header (exchange, "Authorization: ", bearer);
  add_header (exchange, "If-None-Match: ", question->etag);
  for (guint i = 0; question->headers != NULL && question->headers[i] != NULL; i++)
    add_header (exchange, "", question->headers[i]);
  if (exchange->posts)
    add_header (exchange, "Expect:", ""); /* nobody is asked whether the body may come */
  if (exchange->easy != NULL && set_up (exchange, question) && (!exchange->posts || set_up_post (exchange, question->body)))
    return exchange;
  cd_exchange_free (exchange);
  return NULL;
}

void
cd_exchange_free (CdExchange *exchange)
{
  if (exchange->easy != NULL)
    exchange->curl->easy_cleanup (exchange->easy);
  exchange->curl->slist_free_all (exchange->headers);
  g_byte_array_unref (exchange->body);
  g_free (exchange->etag);
  g_free (exchange);
}

typedef struct {
  CURLcode code;
  CdHttpState state;
  gboolean transient;
} Meaning;

/* Every other failure of a connection is CD_HTTP_UNREACHABLE and may pass. */
static const Meaning meanings[] = {
  { CURLE_OK, CD_HTTP_ANSWERED, FALSE },
  { CURLE_UNSUPPORTED_PROTOCOL, CD_HTTP_MALFORMED, FALSE }, /* HTTP/0.9; schemes are settled before */
  { CURLE_URL_MALFORMAT, CD_HTTP_MALFORMED, FALSE },
  { CURLE_FILESIZE_EXCEEDED, CD_HTTP_TOO_LARGE, FALSE },
  { CURLE_PEER_FAILED_VERIFICATION, CD_HTTP_BAD_CERTIFICATE, FALSE },
  { CURLE_SSL_ISSUER_ERROR, CD_HTTP_BAD_CERTIFICATE, FALSE },
  { CURLE_SSL_INVALIDCERTSTATUS, CD_HTTP_BAD_CERTIFICATE, FALSE },
  { CURLE_WRITE_ERROR, CD_HTTP_MALFORMED, FALSE }, /* our own: headers without end */
  { CURLE_WEIRD_SERVER_REPLY, CD_HTTP_MALFORMED, FALSE },
  { CURLE_BAD_CONTENT_ENCODING, CD_HTTP_MALFORMED, FALSE },
  { CURLE_PARTIAL_FILE, CD_HTTP_MALFORMED, TRUE },
  { CURLE_HTTP2, CD_HTTP_MALFORMED, TRUE },
  { CURLE_HTTP2_STREAM, CD_HTTP_MALFORMED, TRUE },
};

static Meaning
meaning_of (const CdExchange *exchange, CURLcode code)
{
  if (exchange->overflow)
    return (Meaning){ code, CD_HTTP_TOO_LARGE, FALSE };
  if (exchange->refused && code == CURLE_COULDNT_CONNECT)
    return (Meaning){ code, CD_HTTP_REFUSED, FALSE };
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].code == code)
      return meanings[i];
  return (Meaning){ code, CD_HTTP_UNREACHABLE, TRUE };
}

static gboolean
may_pass (guint status)
{
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

/* The server may be at work on it, and may charge for it. */
static gboolean
was_posted (const CdExchange *exchange)
{
  curl_off_t sent = 0;
  return exchange->posts && exchange->curl->easy_getinfo (exchange->easy, CURLINFO_SIZE_UPLOAD_T, &sent) == CURLE_OK && sent > 0;
}

CdOutcome
cd_exchange_outcome (const CdExchange *exchange, CURLcode code)
{
  const CdCurl *curl = exchange->curl;
  Meaning meaning = meaning_of (exchange, code);
  CdOutcome outcome = { .state = meaning.state, .transient = meaning.transient };
  long status = 0;
  if (curl->easy_getinfo (exchange->easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK && status > 0 && status < 1000)
    outcome.status = (guint) status;
  if (outcome.state != CD_HTTP_ANSWERED) {
    outcome.transient = outcome.transient && !was_posted (exchange);
    return outcome;
  }
  outcome.transient = may_pass (outcome.status);
  curl_off_t wait = 0;
  if (outcome.transient && curl->easy_getinfo (exchange->easy, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0)
    outcome.wait = wait;
  char *next = NULL;
  if (curl->easy_getinfo (exchange->easy, CURLINFO_REDIRECT_URL, &next) == CURLE_OK)
    outcome.next = g_strdup (next);
  return outcome;
}
