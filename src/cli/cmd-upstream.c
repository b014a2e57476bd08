/* `candor upstream build LIST.yaml -o DIR [--max-bytes N]`: renew the table of public frameworks' blobs. The shipped upstream.yaml is
 * itself such a list and pins the commits, so the same table can be built again by anybody. The work is scope/upstream-build.c's. */
#include "cli/cmd.h"
#include "scope/upstream.h"

static void
print_project (const char *id, guint blobs, gpointer data)
{
  if (!*(const gboolean *) data)
    g_printerr ("%s: %u blobs\n", id, blobs);
}

static int
fail_usage (GError **error, const char *message)
{
  g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, message);
  return 2;
}

static int
build (const char *list_path, const char *directory, gint64 max_bytes, gboolean quiet, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) cause = NULL;
  if (!g_file_get_contents (list_path, &text, &length, &cause)) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s", cause->message);
    return 2;
  }
  g_autoptr (CdUpstream) list = cd_upstream_new (list_path, text, length, NULL, NULL, &cause);
  if (list == NULL || !cd_upstream_build (list, directory, (gsize) max_bytes, print_project, &quiet, &cause)) {
    int status = cd_error_exit_code (cause);
    g_propagate_error (error, g_steal_pointer (&cause));
    return status;
  }
  return 0;
}

int
cd_cmd_upstream (int argc, char **argv, GError **error)
{
  g_autofree char *directory = NULL;
  gint64 max_bytes = 8000000;
  gboolean quiet = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &directory, "Write blobs.bin, paths.bin and upstream.yaml into DIR", "DIR" },
    { "max-bytes", 0, 0, G_OPTION_ARG_INT64, &max_bytes, "Leave out kinds of files so that blobs.bin is at most N bytes (8000000)", "N" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "No progress on standard error", NULL },
    { 0 },
  };
  if (!cd_options_parse (&argc, &argv, entries, "build LIST.yaml", "Renews the table of public frameworks' files from their histories.", error))
    return 2;
  if (argc != 3 || !g_str_equal (argv[1], "build"))
    return fail_usage (error, "usage: candor upstream build LIST.yaml -o DIR [--max-bytes N]");
  if (directory == NULL)
    return fail_usage (error, "candor upstream build: where to write is missing (-o DIR)");
  if (max_bytes < CD_UPSTREAM_RECORD)
    return fail_usage (error, "candor upstream build: --max-bytes is too small");
  return build (argv[2], directory, max_bytes, quiet, error);
}
