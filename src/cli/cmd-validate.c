/* `candor validate`: check the form of a manifest, every fault with file, line and column. */
#include "base/text.h"
#include "cli/cmd.h"
#include "manifest/manifest.h"
#include <stdio.h>
#include <string.h>

/* A folder stands for the manifest in it. Caller frees. */
static char *
manifest_path (const char *argument)
{
  return g_file_test (argument, G_FILE_TEST_IS_DIR) ? g_build_filename (argument, CD_MANIFEST_NAME, NULL) : g_strdup (argument);
}

static gboolean
validate (const char *path, gboolean quiet, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) cause = NULL;
  if (!g_file_get_contents (path, &text, &length, &cause)) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s", cause->message);
    return FALSE;
  }
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CdManifest) manifest = cd_manifest_parse (path, text, length, problems, &cause);
  if (manifest != NULL) {
    if (!quiet)
      printf ("%s: valid\n", path);
    return TRUE;
  }
  for (guint i = 0; i < problems->len; i++) {
    g_autofree char *line = cd_text_printable (problems->pdata[i]);
    printf ("%s\n", line);
  }
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: %u fault%s", path, problems->len, problems->len == 1 ? "" : "s");
  return FALSE;
}

int
cd_cmd_validate (int argc, char **argv, GError **error)
{
  gboolean quiet = FALSE;
  const GOptionEntry entries[] = {
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "Print faults only", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_options_parse (&argc, &argv, entries, "[FILE|FOLDER]", "Checks replication.yaml (of this folder, if none is named).", error))
    return 2;
  gboolean valid = TRUE;
  for (int i = 1; i < argc || i == 1; i++) {
    g_autofree char *path = manifest_path (i < argc ? argv[i] : ".");
    valid &= validate (path, quiet, valid ? error : NULL);
  }
  return valid ? 0 : 2;
}
