/* The cache's files: a line of JSON that describes the answer, then its body as it came. What is worth keeping, and for how long, http.c says. */
#include "net/http-cache.h"
#include <cjson/cJSON.h>
#include <glib/gstdio.h>
#include <string.h>

#define LAYOUT "candor-http-1" /* raised whenever the layout changes */
#define HEAD_BYTES ((gsize) 16384)

void
cd_http_kept_free (CdHttpKept *kept)
{
  if (kept == NULL)
    return;
  g_free (kept->url);
  g_free (kept->etag);
  g_clear_pointer (&kept->body, g_bytes_unref);
  g_free (kept);
}

static char *
path_of (const char *folder, const char *url, const char *token, gboolean head)
{
  g_autofree char *key = g_strjoin ("\n", LAYOUT, head ? "HEAD" : "GET", url, token ? token : "", NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  return g_build_filename (folder, digest, NULL);
}

static const char *
text_at (const cJSON *object, const char *key)
{
  return cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, key));
}

static gint64
number_at (const cJSON *object, const char *key)
{
  const cJSON *number = cJSON_GetObjectItemCaseSensitive (object, key);
  return cJSON_IsNumber (number) && number->valuedouble >= 0 && number->valuedouble < 1e15 ? (gint64) number->valuedouble : -1;
}

/* NULL where the description does not fit the body: the file was cut off or changed. */
static CdHttpKept *
understand (const cJSON *head, const char *asked_url, const char *body, gsize length)
{
  const char *url = text_at (head, "url"), *answered = text_at (head, "answered"), *sum = text_at (head, "sha256");
  gint64 status = number_at (head, "status"), asked = number_at (head, "asked");
  if (url == NULL || strcmp (url, asked_url) != 0 || answered == NULL || sum == NULL || status < 100 || status > 599 || asked < 0)
    return NULL;
  g_autofree char *found = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) body, length);
  if (strcmp (found, sum) != 0)
    return NULL;
  CdHttpKept *kept = g_new0 (CdHttpKept, 1);
  kept->status = (guint) status;
  kept->asked = asked;
  kept->url = g_strdup (answered);
  kept->etag = g_strdup (text_at (head, "etag"));
  kept->body = g_bytes_new (body, length);
  return kept;
}

CdHttpKept *
cd_http_cache_read (const char *folder, const char *url, const char *token, gboolean head, gsize most)
{
  g_autofree char *path = path_of (folder, url, token, head);
  GStatBuf status;
  if (g_stat (path, &status) != 0 || status.st_size < 0 || (gsize) status.st_size > most + HEAD_BYTES)
    return NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  const char *end = memchr (text, '\n', MIN (length, HEAD_BYTES));
  cJSON *description = end == NULL ? NULL : cJSON_ParseWithLength (text, (gsize) (end - text));
  CdHttpKept *kept = description == NULL ? NULL : understand (description, url, end + 1, length - (gsize) (end + 1 - text));
  cJSON_Delete (description);
  return kept;
}

void
cd_http_cache_write (const char *folder, const char *url, const char *token, gboolean head, const CdHttpKept *kept)
{
  gsize length = 0;
  const char *body = g_bytes_get_data (kept->body, &length);
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) body, length);
  cJSON *description = cJSON_CreateObject ();
  cJSON_AddStringToObject (description, "url", url);
  cJSON_AddNumberToObject (description, "status", kept->status);
  cJSON_AddStringToObject (description, "answered", kept->url);
  if (kept->etag != NULL)
    cJSON_AddStringToObject (description, "etag", kept->etag);
  cJSON_AddNumberToObject (description, "asked", (double) kept->asked);
  cJSON_AddStringToObject (description, "sha256", sum);
  char *line = cJSON_PrintUnformatted (description);
  cJSON_Delete (description);
  gsize head_length = strlen (line);
  if (head_length < HEAD_BYTES && g_mkdir_with_parents (folder, 0700) == 0) {
    g_autoptr (GString) file = g_string_new_len (line, (gssize) head_length);
    g_string_append_c (file, '\n');
    g_string_append_len (file, body, (gssize) length);
    g_autofree char *path = path_of (folder, url, token, head);
    g_file_set_contents_full (path, file->str, (gssize) file->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
  }
  cJSON_free (line);
}

/* One from the future was written under another clock. */
gboolean
cd_http_kept_is_fresh (const CdHttpKept *kept)
{
  gint64 age = g_get_real_time () / G_USEC_PER_SEC - kept->asked;
  return age >= 0 && age <= CD_HTTP_FRESH_SECONDS;
}
