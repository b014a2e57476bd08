/* `candor diff A B`: what changed between two audits. What A and B are is decided here; comparing is difference/'s, printing report/'s. */
#include "cli/audited.h"
#include "cli/cmd.h"
#include "cli/terminal.h"
#include "git/snapshot.h"
#include "report/difference.h"
#include <string.h>

#define RULE                                                                                                                                         \
  "A and B are each, whatever comes first: a commit of the repository (the one in this folder, or --repository), the file of an audit "              \
  "(`candor audit --format json`), a repository (path or URL)."

typedef struct {
  CdSubject subject;
  char *repository, *format, *output;
} Options;

static void
options_clear (Options *options)
{
  cd_subject_clear (&options->subject);
  g_free (options->repository);
  g_free (options->format);
  g_free (options->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Not a path, such as "../work", nor a URL. */
static gboolean
is_range (const char *text)
{
  const char *dots = strstr (text, "..");
  return dots != NULL && !g_str_equal (text, "..") && (dots == text || dots[-1] != '/') && dots[2] != '/' && strstr (text, "://") == NULL
         && !g_file_test (text, G_FILE_TEST_EXISTS);
}

/* The two sides of "A..B", either of which may be left out for HEAD. Free with g_strfreev. */
static char **
split_range (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "..", 2);
  const char *sides[] = { *parts[0] != '\0' ? parts[0] : "HEAD", *parts[1] != '\0' ? parts[1] : "HEAD", NULL };
  return g_strdupv ((char **) sides);
}

/* As scp and git write addresses, or with a scheme: a colon alone may be a revision's ("HEAD:README.md"). */
static gboolean
is_address (const char *name)
{
  const char *colon = strchr (name, ':'), *at = strchr (name, '@');
  return colon != NULL && (g_str_has_prefix (colon, "://") || (at != NULL && at < colon));
}

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "repository", 0, 0, G_OPTION_ARG_FILENAME, &options->repository, "A and B are commits of this repository (default: this folder)", "DIR" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format, "The form of the report (default: text); Markdown is for a pull request's comment",
      "text|json|markdown" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "Write the report to a file", "FILE" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  static const char *const summary
      = "Says what changed from audit A to audit B: score, criteria gained and lost with their evidence, teachers, claims, "
        "reproductions, commands, data, weights and risks. " RULE " A..B is A B; A alone is compared with HEAD.";
  if (!cd_subject_parse_as (&options->subject, argc, argv, entries, "A [B] | A..B", 2, "two audits", summary, error))
    return FALSE;
  if (*argc < 2)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "diff takes two audits, or A..B; see `candor diff --help`");
  else if (options->subject.commit != NULL && (*argc > 2 || is_range ((*argv)[1])))
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--commit goes with A alone, in place of HEAD: name the commits as A and B");
  else
    return TRUE;
  return FALSE;
}

/* What A and B stand for. */
typedef struct {
  const CdData *data;
  const Options *options;
  const char *where;        /* the repository whose commits are meant */
  CdRepository *repository; /* NULL: there is none, for this reason */
  GError *cause;
} Sides;

static void
sides_clear (Sides *sides)
{
  cd_repository_free (sides->repository);
  g_clear_error (&sides->cause);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sides, sides_clear)

/* The id of the commit that name is; NULL with the reason where it is none. Caller frees. */
static char *
find_commit (const Sides *sides, const char *name, GError **error)
{
  if (sides->repository == NULL) {
    g_propagate_error (error, g_error_copy (sides->cause));
    return NULL;
  }
  g_autoptr (CdSnapshot) snapshot = cd_snapshot_open (sides->repository, name, error);
  return snapshot != NULL ? g_strdup (cd_snapshot_commit (snapshot)) : NULL;
}

/* *place becomes the repository that was audited, for the caller to free; NULL for a file. */
static CdRecord *
open_side (const Sides *sides, const char *name, char **place, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *commit = find_commit (sides, name, &cause);
  if (commit != NULL || !g_file_test (name, G_FILE_TEST_IS_REGULAR))
    *place = g_canonicalize_filename (commit != NULL ? sides->where : name, NULL);
  if (commit != NULL) {
    CdRecord *record = cd_audited_open (sides->data, &sides->options->subject, sides->where, commit, error);
    if (record == NULL)
      g_prefix_error (error, "%s: ", name);
    return record;
  }
  if (g_file_test (name, G_FILE_TEST_EXISTS) || is_address (name))
    return cd_audited_open (sides->data, &sides->options->subject, name, NULL, error);
  g_set_error (error, CD_ERROR, CD_ERROR_REPOSITORY,
               "\"%s\" is neither a commit (%s), nor the file of an audit or a repository (there is no such file or folder, and it is no URL)", name,
               cause->message);
  return NULL;
}

static char *
render (const CdDifference *difference, const Options *options)
{
  if (g_strcmp0 (options->format, "json") == 0)
    return cd_difference_json (difference);
  if (g_strcmp0 (options->format, "markdown") == 0)
    return cd_difference_markdown (difference);
  CdReportStyle style = { 0 };
  cd_terminal_style (&style);
  style.colour = style.colour && options->output == NULL;
  return cd_difference_text (difference, &style);
}

int
cd_cmd_diff (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  if (!parse (&options, &argc, &argv, error))
    return 2;
  g_auto (GStrv) range = argc == 2 && is_range (argv[1]) ? split_range (argv[1]) : NULL;
  const char *names[] = { range != NULL ? range[0] : argv[1], range != NULL ? range[1] : argc > 2 ? argv[2] : "HEAD" };
  if (options.subject.commit != NULL)
    names[1] = options.subject.commit;
  g_autoptr (CdData) data = cd_data_new (options.subject.rules, error);
  if (data == NULL)
    return 2;
  g_auto (Sides) sides = { .data = data, .options = &options, .where = options.repository != NULL ? options.repository : "." };
  sides.repository = cd_repository_open (sides.where, cd_options_progress (options.subject.quiet), NULL, &sides.cause);
  if (sides.repository == NULL && options.repository != NULL) {
    g_propagate_error (error, g_steal_pointer (&sides.cause));
    return 3;
  }
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (CdRecord) before = open_side (&sides, names[0], &first, error);
  g_autoptr (CdRecord) after = before != NULL ? open_side (&sides, names[1], &second, error) : NULL;
  if (after == NULL)
    return 3;
  g_autoptr (CdDifference) difference = cd_difference_new (before, after);
  /* Where no remotes tell, two folders are two works. */
  gboolean told = before->remote != NULL && after->remote != NULL;
  difference->two_works |= !told && first != NULL && second != NULL && !g_str_equal (first, second);
  g_autofree char *text = render (difference, &options);
  cd_options_write (options.output, text, error);
  return 0;
}
