/* Answers kept on disk, a file each, named by a digest of the URL and of the token that was sent: an answer to somebody with access is not one to
 * somebody without. The token itself is not kept. */
#pragma once
#include <glib.h>

#define CD_HTTP_FRESH_SECONDS (24 * 60 * 60) /* an answer of this age or less is not asked for again */

typedef struct {
  guint status;
  gint64 asked; /* seconds since 1970 */
  char *url;    /* which answered, after redirects */
  char *etag;   /* NULL none */
  GBytes *body;
} CdHttpKept;
void cd_http_kept_free (CdHttpKept *kept);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdHttpKept, cd_http_kept_free)

/* What is kept for url; NULL where nothing is, or it is damaged or larger than most. token and head as in CdHttpRequest. Caller frees. */
CdHttpKept *cd_http_cache_read (const char *folder, const char *url, const char *token, gboolean head, gsize most);
/* Keep an answer, through a temporary file and a rename. Where that fails nothing is kept. */
void cd_http_cache_write (const char *folder, const char *url, const char *token, gboolean head, const CdHttpKept *kept);
gboolean cd_http_kept_is_fresh (const CdHttpKept *kept);
