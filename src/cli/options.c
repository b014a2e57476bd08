/* What every verb needs: options, the cache directory, whole-file output. */
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/progress.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static CdOptionsTake describe;
static gpointer describe_data;

void
cd_options_describe (CdOptionsTake take, gpointer data)
{
  describe = take;
  describe_data = data;
}

/* "there is no option "--fromat"; did you mean "--format"?", where the parser's message is about an unknown one. Caller frees. */
static char *
name_unknown (const GError *cause, const GOptionEntry *entries, const char *prgname)
{
  const char *given = g_error_matches (cause, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION) ? strstr (cause->message, " -") : NULL;
  if (given == NULL)
    return g_strdup_printf ("%s; see `%s --help`", cause->message, prgname);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (; entries->long_name != NULL; entries++)
    if ((entries->flags & G_OPTION_FLAG_HIDDEN) == 0)
      g_ptr_array_add (names, g_strconcat ("--", entries->long_name, NULL));
  g_ptr_array_add (names, NULL);
  g_autofree char *name = g_strndup (given + 1, strcspn (given + 1, "="));
  g_autofree char *suggestion = cd_text_suggestion (name, (const char *const *) names->pdata);
  return *suggestion != '\0' ? g_strdup_printf ("there is no option \"%s\"%s", name, suggestion)
                             : g_strdup_printf ("there is no option \"%s\"; see `%s --help`", name, prgname);
}

/* The words that a value may be, where it may be nothing else; NULL otherwise. Free with g_strfreev. */
static char **
choices_of (const GOptionEntry *entry)
{
  if (entry->arg != G_OPTION_ARG_STRING || entry->arg_description == NULL || strchr (entry->arg_description, '|') == NULL
      || strspn (entry->arg_description, CD_OPTIONS_CHOICE "|") != strlen (entry->arg_description))
    return NULL;
  return g_strsplit (entry->arg_description, "|", -1);
}

static gboolean
check_choices (const GOptionEntry *entries, GError **error)
{
  for (; entries->long_name != NULL; entries++) {
    g_auto (GStrv) choices = choices_of (entries);
    const char *value = choices != NULL ? *(char *const *) entries->arg_data : NULL;
    if (value == NULL || g_strv_contains ((const char *const *) choices, value))
      continue;
    g_autofree char *known = cd_text_choices (value, (const char *const *) choices);
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no %s \"%s\"%s", entries->long_name, value, known);
    return FALSE;
  }
  return TRUE;
}

gboolean
cd_options_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *parameters, const char *summary, GError **error)
{
  if (describe != NULL) {
    describe (entries, parameters, summary, describe_data);
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "only described");
    return FALSE;
  }
  g_autofree char *prgname = g_strconcat ("candor ", (*argv)[0], NULL);
  g_set_prgname (prgname);
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  g_autoptr (GError) cause = NULL;
  if (g_option_context_parse (context, argc, argv, &cause))
    return check_choices (entries, error);
  g_autofree char *message = name_unknown (cause, entries, prgname);
  g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, message);
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
  cd_progress_clear ();
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
