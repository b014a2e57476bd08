/* Where a URL leads, as libcurl reads it, and whether it may be asked. For net/ only. */
#pragma once
#include "net/curl.h"
#include "net/http.h"

typedef struct {
  char *name;        /* "scheme://host:port", in lower case */
  gboolean secret;   /* https: a token may be sent */
  gboolean loopback; /* http to this machine, by its address or as localhost */
} CdOrigin;
void cd_origin_free (CdOrigin *origin);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdOrigin, cd_origin_free)

/* NULL where url cannot be asked; state says why. Caller frees. */
CdOrigin *cd_origin_of (const CdCurl *curl, const CdHttpOptions *options, const char *url, CdHttpState *state);
