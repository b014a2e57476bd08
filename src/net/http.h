/* Questions to web servers, many at once: few at a time to one host, never waiting for one host before another is asked. Bounded in redirects, sizes and
 * times; answers are kept in a cache, so that a run that was interrupted goes on where it stopped. No credential reaches another host than the one asked.
 * The only folder that uses libcurl. */
#pragma once
#include "base/error.h"
#include "net/address.h"

typedef enum {
  CD_HTTP_ANSWERED,        /* a whole answer, whatever its status */
  CD_HTTP_UNREACHABLE,     /* no name, no connection, or no whole answer in time */
  CD_HTTP_REFUSED,         /* the address or the scheme is not allowed: nothing was sent there */
  CD_HTTP_TOO_LARGE,       /* more than body_bytes */
  CD_HTTP_BAD_CERTIFICATE, /* the server is not who it says, or nobody known vouches for it */
  CD_HTTP_MALFORMED,       /* cut off, no HTTP, or redirects without end */
} CdHttpState;

typedef struct {
  const char *url;
  const char *
      token; /* sent as a bearer token to url's own scheme, host and port only, over https, or where a body is posted also within this machine; NULL none */
  gboolean head;    /* only the status is of interest */
  const char *body; /* sent by POST: no redirect is followed then, no answer kept, and a question that was sent is asked again only after an answer
                        that says so. NULL: GET or HEAD */
  const char *const *headers; /* "Name: value", to url's own scheme, host and port only; NULL-terminated, or NULL */
} CdHttpRequest;

typedef struct {
  CdHttpState state;
  guint status; /* of the last answer; 0: there was none */
  char *url;    /* which gave it, after redirects */
  GBytes *body; /* NULL unless answered */
  guint asked;  /* times that the question went out, redirects aside; 0: it was answered from the cache, or refused */
} CdHttpAnswer;

typedef struct {
  const char *cache;     /* a folder, made if need be; NULL: nothing is kept */
  gboolean refresh;      /* ask again what the cache holds */
  gboolean allow_http;   /* else https only */
  CdAddressRule permits; /* NULL: every address */
  guint seconds;         /* that one answer may take, 1 … 600 */
  guint per_host, total; /* questions under way at once */
  guint pause;           /* milliseconds before a failed question is asked again, doubled each time; more where the server asks for up to a minute */
  guint attempts;        /* at one question, 1 … 10 */
  gsize body_bytes;
  void (*progress) (const char *what, guint64 done, guint64 total, gpointer data); /* may be NULL */
  gpointer progress_data;
} CdHttpOptions;

/* Sensible bounds: https and public addresses only, 30 seconds, 6 at once to a host and 48 in all, half a second, three attempts, 16 MiB, no
 * cache. */
CdHttpOptions cd_http_options (void);

/* Called once for each request when its answer is final, in no order, from the thread that asks. The answer is borrowed. Returns whether the cache
 * may keep it: whoever asked can tell an answer from a passing refusal. Only answers of status 2xx, 401, 403, 404, 410 and 451 are kept at all. */
typedef gboolean (*CdHttpDone) (guint index, const CdHttpAnswer *answer, gpointer data);
/* Ask all and return when all have been answered or given up. FALSE with CD_ERROR_NETWORK where nothing can be asked at all (no libcurl), with
 * CD_ERROR_INPUT where the file of certificates that CURL_CA_BUNDLE or SSL_CERT_FILE names cannot be read; done has not been called then. */
gboolean cd_http_ask (const CdHttpOptions *options, const CdHttpRequest *requests, guint length, CdHttpDone done, gpointer data, GError **error);
