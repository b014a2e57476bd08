/* What every verb needs: options, the cache directory, whole-file output, progress. */
#include "cli/cmd.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

gboolean
cd_options_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *parameters, const char *summary, GError **error)
{
  g_autofree char *prgname = g_strconcat ("candor ", (*argv)[0], NULL);
  g_set_prgname (prgname);
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  g_autoptr (GError) cause = NULL;
  if (g_option_context_parse (context, argc, argv, &cause))
    return TRUE;
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "%s; see `%s --help`", cause->message, prgname);
  return FALSE;
}

char *
cd_options_cache (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "candor", NULL);
  if (g_mkdir_with_parents (path, 0700) != 0 || g_access (path, W_OK) != 0)
    return NULL;
  return g_steal_pointer (&path);
}

static gboolean
fail_write (const char *path, GError **error)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

/* A pipe, a device or a link is written through: a rename would put a file in its place. */
static gboolean
is_replaceable (const char *path)
{
  GStatBuf status;
  return g_lstat (path, &status) != 0 || S_ISREG (status.st_mode) || S_ISDIR (status.st_mode);
}

static gboolean
write_through (const char *path, const char *text, GError **error)
{
  FILE *file = g_fopen (path, "we");
  if (file == NULL)
    return fail_write (path, error);
  gboolean written = fputs (text, file) != EOF;
  return fclose (file) == 0 && written ? TRUE : fail_write (path, error);
}

gboolean
cd_options_write (const char *path, const char *text, GError **error)
{
  if (path == NULL || strcmp (path, "-") == 0) {
    if (fputs (text, stdout) == EOF || fflush (stdout) == EOF)
      return errno == EPIPE ? TRUE : fail_write ("standard output", error);
    return TRUE;
  }
  if (!is_replaceable (path))
    return write_through (path, text, error);
  g_autoptr (GError) cause = NULL;
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &cause))
    return TRUE;
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s", cause->message);
  return FALSE;
}

static void
print_progress (const char *what, guint64 done, guint64 total, gpointer data)
{
  (void) data;
  if (total > 0)
    g_printerr ("\r%s %3" G_GUINT64_FORMAT " %%", what, 100 * done / total);
  if (total > 0 && done == total)
    g_printerr ("\r\033[K");
}

CdProgress
cd_options_progress (gboolean quiet)
{
  return !quiet && isatty (STDERR_FILENO) ? print_progress : NULL;
}
