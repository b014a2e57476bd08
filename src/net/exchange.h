/* One question over one connection: libcurl's options and what its outcome means. Redirects and failures are reported, not followed up: http.c does. */
#pragma once
#include "net/curl.h"
#include "net/http.h"

typedef struct {
  const char *url;
  const char *token, *etag; /* sent along; NULL none */
  const char *body;         /* sent by POST, and must outlive the exchange; NULL none */
  const char *const *headers;
  gboolean loopback; /* goes to no proxy and to no other machine, whatever its name resolves to */
  gboolean head;
} CdQuestion;

typedef struct {
  const CdCurl *curl;
  const CdHttpOptions *options;
  CURL *easy;
  struct curl_slist *headers;
  GByteArray *body;
  char *etag; /* of the answer; NULL none */
  gsize header_bytes;
  gboolean loopback, posts; /* as in the question */
  gboolean refused;         /* an address was not permitted */
  gboolean overflow;        /* the body is larger than allowed */
} CdExchange;

typedef struct {
  CdHttpState state;
  gboolean transient; /* asking again may help */
  gint64 wait;        /* seconds that the server wants to be left alone, 0 not told */
  guint status;
  char *next; /* where it redirects to; NULL nowhere */
} CdOutcome;

/* Ready to be added to a multi handle; NULL where libcurl refuses. question is borrowed for the call only. */
CdExchange *cd_exchange_new (const CdCurl *curl, const CdHttpOptions *options, const CdQuestion *question);
/* After the easy handle has been removed from its multi handle. */
void cd_exchange_free (CdExchange *exchange);
/* What came of it, once libcurl is done; next is the caller's. */
CdOutcome cd_exchange_outcome (const CdExchange *exchange, CURLcode code);
