/* Answers of models, a file each: a digest, then the answer's body as it came. The same question to the same model at the same place is not paid for
 * twice. What is worth keeping model-endpoint.c says. */
#include "review/model-parts.h"
#include <glib/gstdio.h>
#include <string.h>

#define LAYOUT "candor-model-1" /* raised whenever the layout changes */
#define FILE_MOST (4 << 20)
#define DIGEST 64u

char *
cd_model_cache_path (const char *folder, const char *url, const char *body)
{
  g_autofree char *key = g_strjoin ("\n", LAYOUT, url, body, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  return g_build_filename (folder, "models", digest, NULL);
}

char *
cd_model_cache_read (const char *path)
{
  GStatBuf status;
  g_autofree char *text = NULL;
  gsize length = 0;
  if (g_stat (path, &status) != 0 || status.st_size > FILE_MOST || !g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  if (length <= DIGEST || text[DIGEST] != '\n' || strlen (text) != length)
    return NULL;
  g_autofree char *found = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text + DIGEST + 1, -1);
  return strncmp (found, text, DIGEST) == 0 ? g_strdup (text + DIGEST + 1) : NULL;
}

void
cd_model_cache_write (const char *path, const char *answer)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, answer, -1);
  g_autofree char *text = g_strconcat (digest, "\n", answer, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
