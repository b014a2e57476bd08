/* The options that tell which commit of which repository is audited and by which rules, and what a verb of one repository takes. Other options are each
 * verb's. */
#include "cli/subject.h"
#include "cli/cmd.h"

void
cd_subject_clear (CdSubject *subject)
{
  g_free (subject->commit);
  g_free (subject->subdir);
  g_strfreev (subject->scope);
  g_free (subject->rubric);
  g_free (subject->rules);
}

/* The subject's options and the verb's in one list; titles and texts are borrowed. Caller frees. */
static GOptionEntry *
unite (const GOptionEntry *first, gsize length, const GOptionEntry *second)
{
  GArray *all = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_array_append_vals (all, first, (guint) length);
  for (; second->long_name != NULL; second++)
    g_array_append_vals (all, second, 1);
  return (GOptionEntry *) (gpointer) g_array_free (all, FALSE);
}

gboolean
cd_subject_parse (CdSubject *subject, int *argc, char ***argv, const GOptionEntry *entries, const char *summary, GError **error)
{
  return cd_subject_parse_as (subject, argc, argv, entries, "[REPOSITORY|URL]", 1, "one repository", summary, error);
}

gboolean
cd_subject_parse_as (CdSubject *subject, int *argc, char ***argv, const GOptionEntry *entries, const char *parameters, int most, const char *what,
                     const char *summary, GError **error)
{
  const GOptionEntry own[] = {
    { "commit", 0, 0, G_OPTION_ARG_STRING, &subject->commit, "Audit this revision instead of HEAD", "REV" },
    { "subdir", 0, 0, G_OPTION_ARG_STRING, &subject->subdir, "The work is this folder of the repository", "DIR" },
    { "scope", 0, 0, G_OPTION_ARG_STRING_ARRAY, &subject->scope, "The work is the files that match (may be repeated)", "GLOB" },
    { "rubric", 0, 0, G_OPTION_ARG_STRING, &subject->rubric, "Judge by this rubric instead of tti", "FILE|RUBRIC" },
    { "rubrics", 0, 0, G_OPTION_ARG_FILENAME, &subject->rules, "Take rules from this directory over the embedded ones", "DIR" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &subject->threads, "Number of threads; the report does not depend on it", "N" },
    { "no-cache", 0, 0, G_OPTION_ARG_NONE, &subject->no_cache, "Neither read nor write the cache", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &subject->quiet, "No progress", NULL },
  };
  g_autofree GOptionEntry *all = unite (own, G_N_ELEMENTS (own), entries);
  if (!cd_options_parse (argc, argv, all, parameters, summary, error))
    return FALSE;
  if (*argc > most + 1)
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "%s at a time; \"%s\" is too much", what, (*argv)[most + 1]);
  else if (subject->threads < 0 || subject->threads > 256)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--threads takes a number from 1 to 256");
  else
    return TRUE;
  return FALSE;
}

CdAuditOptions
cd_subject_options (const CdSubject *subject, int argc, char **argv, const char *cache)
{
  return (CdAuditOptions){ .location = argc > 1 ? argv[1] : ".",
                           .revision = subject->commit,
                           .subdir = subject->subdir,
                           .scope = subject->scope,
                           .rubric = subject->rubric,
                           .cache = cache,
                           .threads = (guint) subject->threads,
                           .progress = cd_options_progress (subject->quiet) };
}
