/* Scheme, host and port of a URL, and the rules about them that can be told before a name is resolved. What is connected to in the end is put to the
 * caller's rule again by exchange.c. */
#include "net/origin.h"
#include <string.h>

#define URL_BYTES_MOST 2048u

typedef struct {
  char *scheme, *host, *port;
} Parts;

static void
parts_clear (Parts *parts, const CdCurl *curl)
{
  curl->free (parts->scheme);
  curl->free (parts->host);
  curl->free (parts->port);
}

/* libcurl's own reading of the URL: the one it will connect by. What is missing stays NULL; a password in it is refused. */
static gboolean
take_apart (const CdCurl *curl, const char *text, Parts *parts)
{
  if (strlen (text) > URL_BYTES_MOST)
    return FALSE;
  CURLU *url = curl->url ();
  gboolean good = url != NULL && curl->url_set (url, CURLUPART_URL, text, CURLU_DISALLOW_USER) == CURLUE_OK
                  && curl->url_get (url, CURLUPART_SCHEME, &parts->scheme, 0) == CURLUE_OK;
  if (good) {
    curl->url_get (url, CURLUPART_HOST, &parts->host, 0);
    curl->url_get (url, CURLUPART_PORT, &parts->port, CURLU_DEFAULT_PORT);
  }
  curl->url_cleanup (url);
  return good;
}

static gboolean
allows_scheme (const CdHttpOptions *options, const char *scheme)
{
  return strcmp (scheme, "https") == 0 || (options->allow_http && strcmp (scheme, "http") == 0);
}

static gboolean
is_localhost (const char *host)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);
  gsize length = strlen (lower);
  if (length > 0 && lower[length - 1] == '.')
    lower[length - 1] = '\0';
  return strcmp (lower, "localhost") == 0 || g_str_has_suffix (lower, ".localhost");
}

/* What can be told before anything is resolved; behind a proxy it is all that can be told. */
static gboolean
allows_host (const CdHttpOptions *options, const char *host)
{
  struct sockaddr_storage address;
  if (options->permits == NULL)
    return TRUE;
  if (cd_address_parse (host, &address))
    return options->permits ((const struct sockaddr *) &address);
  return !is_localhost (host);
}

static gboolean
is_loopback (const char *host)
{
  struct sockaddr_storage address;
  return cd_address_parse (host, &address) ? cd_address_is_loopback ((const struct sockaddr *) &address) : is_localhost (host);
}

static CdOrigin *
origin_new (const Parts *parts)
{
  CdOrigin *origin = g_new0 (CdOrigin, 1);
  g_autofree char *written = g_strdup_printf ("%s://%s:%s", parts->scheme, parts->host, parts->port);
  origin->name = g_ascii_strdown (written, -1);
  origin->loopback = strcmp (parts->scheme, "http") == 0 && is_loopback (parts->host);
  origin->secret = strcmp (parts->scheme, "https") == 0;
  return origin;
}

CdOrigin *
cd_origin_of (const CdCurl *curl, const CdHttpOptions *options, const char *url, CdHttpState *state)
{
  Parts parts = { 0 };
  CdOrigin *origin = NULL;
  *state = CD_HTTP_MALFORMED;
  if (take_apart (curl, url, &parts)) {
    if (!allows_scheme (options, parts.scheme) || (parts.host != NULL && !allows_host (options, parts.host)))
      *state = CD_HTTP_REFUSED;
    else if (parts.host != NULL && parts.port != NULL)
      origin = origin_new (&parts);
  }
  parts_clear (&parts, curl);
  return origin;
}

void
cd_origin_free (CdOrigin *origin)
{
  if (origin == NULL)
    return;
  g_free (origin->name);
  g_free (origin);
}
