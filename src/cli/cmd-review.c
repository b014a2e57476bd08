/* `candor review`: audits a work, then lets a reader settle its questions. Who reads and how they are asked is chosen here; the questions, the answers and
 * their file are review/'s. */
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/review-model.h"
#include "cli/subject.h"
#include "git/user.h"
#include "review/plain.h"
#include "review/screen.h"
#include <string.h>
#include <unistd.h>

#define MOST_NAME 200 /* characters of a reader's name */

typedef struct {
  CdSubject subject;
  char *output, *assessor, **beside, **only;
  gboolean plain;
  CdReviewModel model;
} Options;

static void
options_clear (Options *options)
{
  cd_subject_clear (&options->subject);
  g_free (options->output);
  g_free (options->assessor);
  g_strfreev (options->beside);
  g_strfreev (options->only);
  cd_review_model_clear (&options->model);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry own[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "Keep the answers in this file (default: " CD_ASSESSMENT_NAME "), or go on with it",
      "FILE" },
    { "assessor", 0, 0, G_OPTION_ARG_STRING, &options->assessor, "The reader's name (default: git's user.name, or $USER)", "NAME" },
    { "beside", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->beside, "Show another reader's answers, too (may be repeated)", "FILE" },
    { "only", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->only, "Ask this question only (may be repeated)", "CRITERION" },
    { "plain", 0, 0, G_OPTION_ARG_NONE, &options->plain, "Question and answer, line by line, on a terminal too", NULL },
  };
  GOptionEntry entries[G_N_ELEMENTS (own) + CD_REVIEW_MODEL_OPTIONS + 1] = { 0 };
  memcpy (entries, own, sizeof own);
  cd_review_model_entries (&options->model, entries + G_N_ELEMENTS (own));
  return cd_subject_parse (
             &options->subject, argc, argv, entries,
             "Asks a reader the questions that move the score most, with the passages that decide. Answers are kept in an assessment,\n"
             "which `candor audit --assessment` sets beside the rules' verdicts. Ends at any time, and is gone on with by the same command.",
             error)
         && cd_review_model_check (&options->model, error);
}

/* The name as a file of assessments may hold it; NULL where it is none. Caller frees. */
static char *
clean_name (const char *name)
{
  g_autofree char *clean = name != NULL ? g_strstrip (cd_text_printable (name)) : NULL;
  return clean != NULL && *clean != '\0' && g_utf8_strlen (clean, -1) <= MOST_NAME ? g_steal_pointer (&clean) : NULL;
}

static char *
ask_name (GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_printerr ("Your name, as the assessment will show it: ");
  g_autofree char *line = cd_plain_read (stdin, &cause);
  char *name = clean_name (line);
  if (name == NULL)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "nobody's name is known; give one with --assessor");
  return name;
}

/* A person's name. Caller frees. */
static char *
find_name (const Options *options, GError **error)
{
  if (options->assessor != NULL) {
    char *given = clean_name (options->assessor);
    if (given == NULL)
      g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--assessor takes a name of at most %d characters", MOST_NAME);
    return given;
  }
  g_autofree char *known = cd_git_user_name ();
  char *name = clean_name (known);
  name = name != NULL ? name : clean_name (g_getenv ("USER"));
  return name != NULL ? name : ask_name (error);
}

static GPtrArray *
load_others (char **files, const CdRubric *rubric, GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_assessment_free);
  for (guint i = 0; files != NULL && files[i] != NULL; i++) {
    CdAssessment *other = cd_assessment_load (files[i], rubric, error);
    if (other == NULL)
      return NULL;
    g_ptr_array_add (others, other);
  }
  return g_steal_pointer (&others);
}

/* A person is asked on a full screen where there is one, and line by line elsewhere. */
static gboolean
ask (CdSession *session, const Options *options, GError **error)
{
  g_autoptr (GError) why_not = NULL;
  if (!options->plain && isatty (STDIN_FILENO) && isatty (STDOUT_FILENO)) {
    if (cd_review_screen (session, &why_not))
      return TRUE;
    if (!g_error_matches (why_not, CD_ERROR, CD_ERROR_USAGE)) {
      g_propagate_error (error, g_steal_pointer (&why_not));
      return FALSE;
    }
  }
  return cd_review_plain (session, stdin, stdout, error);
}

static gboolean
ask_model (CdSession *session, const Options *options, GError **error)
{
  g_autofree char *cache = options->subject.no_cache ? NULL : cd_options_cache ();
  return cd_review_model_run (&options->model, session, cache, options->only != NULL, options->subject.quiet, error);
}

/* Who reads, how they are asked, and where their answers are kept. */
typedef struct {
  char *name, *file;
  CdReaderKind kind;
  gboolean (*ask) (CdSession *session, const Options *options, GError **error);
} Reader;

static void
reader_clear (Reader *reader)
{
  g_free (reader->name);
  g_free (reader->file);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
choose_reader (Reader *reader, const Options *options, GError **error)
{
  gboolean model = options->model.url != NULL;
  if (model && (options->assessor != NULL || options->beside != NULL || options->plain)) {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--assessor, --beside and --plain are for a person, not for a model that reads");
    return FALSE;
  }
  *reader = model ? (Reader){ clean_name (options->model.model), cd_model_file (options->model.model), CD_READER_MODEL, ask_model }
                  : (Reader){ find_name (options, error), g_strdup (CD_ASSESSMENT_NAME), CD_READER_PERSON, ask };
  return reader->name != NULL;
}

static void
tell_outcome (const CdSession *session, const char *file)
{
  const CdScore *score = cd_session_score (session);
  guint length = cd_rubric_length (cd_session_audit (session)->rubric), later = 0;
  for (guint i = 0; i < length; i++)
    later += cd_session_is_later (session, i) ? 1 : 0;
  g_autofree char *name = cd_text_printable (file);
  g_autofree char *put_off = later > 0 ? g_strdup_printf (", %u put off", later) : g_strdup ("");
  gboolean written = g_file_test (file, G_FILE_TEST_EXISTS);
  g_printerr ("candor: %s%s: %u of %u questions answered%s; score %u of %u, likely %u to %u, expected %.1f\n", name, written ? "" : " (not written)",
              cd_session_answered (session), length, put_off, score->total, score->of, score->likely[0], score->likely[1], score->expected);
}

/* Asks the questions of an audit. FALSE with error; what was answered before is kept. */
static gboolean
review (const CdAudit *audit, const Options *options, const Reader *reader, GError **error)
{
  g_autoptr (GPtrArray) others = load_others (options->beside, audit->rubric, error);
  if (others == NULL)
    return FALSE;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  CdSessionOptions session_options = { .file = options->output != NULL ? options->output : reader->file,
                                       .assessor = reader->name,
                                       .kind = reader->kind,
                                       .only = (const char *const *) options->only,
                                       .others = others,
                                       .date = date };
  g_autoptr (CdSession) session = cd_session_open (audit, &session_options, error);
  if (session == NULL)
    return FALSE;
  gboolean kept = reader->ask (session, options, error);
  tell_outcome (session, session_options.file);
  return kept;
}

int
cd_cmd_review (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  if (!parse (&options, &argc, &argv, error))
    return 2;
  g_auto (Reader) reader = { 0 };
  g_autoptr (CdData) data = choose_reader (&reader, &options, error) ? cd_data_new (options.subject.rules, error) : NULL;
  if (data == NULL)
    return 2;
  g_autofree char *cache = options.subject.no_cache ? NULL : cd_options_cache ();
  CdAuditOptions audit_options = cd_subject_options (&options.subject, argc, argv, cache);
  g_autoptr (CdAudit) audit = cd_audit_run (data, &audit_options, error);
  if (audit != NULL)
    review (audit, &options, &reader, error);
  return 0;
}
