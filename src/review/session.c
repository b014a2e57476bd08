/* The questions in their order, the answers so far, and the way back. Every change is tried on a merge and written to the file before the session takes it
 * on, so that what it shows is always what is kept. The file itself is kept.c's, places and lines are place.c's. */
#include "review/session.h"
#include "base/text.h"
#include "review/kept.h"
#include <string.h>

#define SHORT_ID 12 /* digits of a commit that messages show */

/* What an answer replaced. */
typedef struct {
  guint criterion;
  CdResponse *before; /* NULL none */
  char *date;
} Step;

struct _CdSession {
  const CdAudit *audit;
  CdKept *kept;
  CdAssessment *assessment;
  char *date;
  gboolean *asked; /* by criterion */
  const GPtrArray *others;
  GPtrArray *names;    /* char*, by other reader */
  GPtrArray *verdicts; /* CdVerdict*: with this reader's answers */
  CdScore score;
  GArray *order;
  GPtrArray *past; /* Step*, the last one last */
};

static void
free_step (gpointer data)
{
  Step *step = data;
  g_clear_pointer (&step->before, cd_response_free);
  g_free (step->date);
  g_free (step);
}

static const char *
id_of (const CdSession *session, guint criterion)
{
  return cd_rubric_criterion (session->audit->rubric, criterion)->id;
}

static gboolean fail_input (const char *file, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);
static gboolean
fail_input (const char *file, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: %s", file, why);
  return FALSE;
}

/* --- what is asked next --- */

static gboolean
is_answered (const CdSession *session, guint criterion)
{
  const CdResponse *response = cd_session_response (session, criterion);
  return response != NULL && response->answer != CD_ANSWER_LATER;
}

/* Questions without an answer in the order of their doubt: put off, or not. */
static void
add_unanswered (CdSession *session, const GPtrArray *questions, gboolean later)
{
  for (guint i = 0; i < questions->len; i++) {
    guint criterion = ((const CdVerdict *) questions->pdata[i])->criterion;
    if (session->asked[criterion] && !is_answered (session, criterion) && cd_session_is_later (session, criterion) == later)
      g_array_append_val (session->order, criterion);
  }
}

static void
put_in_order (CdSession *session)
{
  g_autoptr (GPtrArray) questions = cd_rubric_questions (session->audit->rubric, session->verdicts);
  g_array_set_size (session->order, 0);
  add_unanswered (session, questions, FALSE);
  add_unanswered (session, questions, TRUE);
  for (guint criterion = 0; criterion < cd_rubric_length (session->audit->rubric); criterion++)
    if (session->asked[criterion] && is_answered (session, criterion))
      g_array_append_val (session->order, criterion);
}

/* --- changes --- */

static GPtrArray *
merge (const CdSession *session, GError **error)
{
  const CdAudit *audit = session->audit;
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  g_ptr_array_add (own, session->assessment);
  return cd_assessment_merge (audit->rubric, audit->snapshot, audit->corpus, session->assessment->subdir, audit->rulings, own, error);
}

/* Takes verdicts. */
static void
take_on (CdSession *session, GPtrArray *verdicts)
{
  g_clear_pointer (&session->verdicts, g_ptr_array_unref);
  session->verdicts = verdicts;
  cd_score_clear (&session->score);
  cd_rubric_score (session->audit->rubric, verdicts, &session->score);
  put_in_order (session);
}

/* NULL takes the response out. Takes response. */
static void
set_response (CdSession *session, guint criterion, CdResponse *response, const char *date)
{
  if (response != NULL)
    cd_assessment_set (session->assessment, session->audit->rubric, response);
  else
    cd_assessment_remove (session->assessment, id_of (session, criterion));
  g_free (session->assessment->date);
  session->assessment->date = g_strdup (date);
}

static Step *
step_back_from (const CdSession *session, guint criterion)
{
  const CdResponse *response = cd_session_response (session, criterion);
  Step *step = g_new0 (Step, 1);
  *step = (Step){ criterion, response != NULL ? cd_response_copy (response) : NULL, g_strdup (session->assessment->date) };
  return step;
}

static gboolean
save (CdSession *session, GError **error)
{
  if (!cd_kept_check (session->kept, error) || !cd_assessment_save (session->assessment, cd_kept_path (session->kept), error))
    return FALSE;
  cd_kept_note (session->kept);
  return TRUE;
}

/* Set, merge and save; where that fails, all is as it was. Takes response. */
static gboolean
change (CdSession *session, guint criterion, CdResponse *response, const char *date, GError **error)
{
  Step *back = step_back_from (session, criterion);
  set_response (session, criterion, response, date);
  g_autoptr (GPtrArray) verdicts = merge (session, error);
  gboolean saved = verdicts != NULL && save (session, error);
  if (saved)
    take_on (session, g_steal_pointer (&verdicts));
  else
    set_response (session, criterion, g_steal_pointer (&back->before), back->date);
  free_step (back);
  return saved;
}

static gboolean
add_evidence (const CdSession *session, CdResponse *response, const GPtrArray *evidence, GError **error)
{
  for (guint i = 0; evidence != NULL && i < evidence->len; i++) {
    CdCitation *citation = cd_session_check (session, evidence->pdata[i], error);
    if (citation == NULL)
      return FALSE;
    g_ptr_array_add (response->evidence, citation);
  }
  return TRUE;
}

gboolean
cd_session_answer (CdSession *session, guint criterion, CdAnswer answer, const char *reason, const GPtrArray *evidence, GError **error)
{
  g_autoptr (CdResponse) response = cd_response_new (id_of (session, criterion), answer, reason != NULL ? reason : "");
  if (!add_evidence (session, response, evidence, error))
    return FALSE;
  Step *step = step_back_from (session, criterion);
  if (!change (session, criterion, g_steal_pointer (&response), session->date, error)) {
    free_step (step);
    return FALSE;
  }
  g_ptr_array_add (session->past, step);
  return TRUE;
}

gboolean
cd_session_undo (CdSession *session, guint *criterion, GError **error)
{
  if (session->past->len == 0)
    return FALSE;
  const Step *step = session->past->pdata[session->past->len - 1];
  CdResponse *before = step->before != NULL ? cd_response_copy (step->before) : NULL;
  if (!change (session, step->criterion, before, step->date, error))
    return FALSE;
  if (criterion != NULL)
    *criterion = step->criterion;
  g_ptr_array_remove_index (session->past, session->past->len - 1);
  return TRUE;
}

/* --- opening --- */

/* What the work is called in its assessments: its URL or, where it has none, its folder. Caller frees. */
static char *
name_work (const CdAudit *audit)
{
  if (audit->remote != NULL)
    return g_strdup (audit->remote);
  g_autofree char *folder = g_canonicalize_filename (cd_repository_path (audit->repository), NULL);
  g_autofree char *last = g_path_get_basename (folder), *above = g_path_get_dirname (folder);
  g_autofree char *name = g_str_equal (last, ".git") ? g_path_get_basename (above) : g_strdup (last);
  return cd_text_printable (name);
}

static CdAssessment *
begin (const CdAudit *audit, const CdSessionOptions *options)
{
  CdAssessment *assessment = cd_assessment_new (options->kind, options->assessor);
  char **const texts[]
      = { &assessment->work, &assessment->subdir, &assessment->commit, &assessment->rubric, &assessment->version, &assessment->date };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  assessment->work = name_work (audit);
  assessment->subdir = g_strdup (audit->subdir != NULL ? audit->subdir : "");
  assessment->commit = g_strdup (cd_snapshot_commit (audit->snapshot));
  assessment->rubric = g_strdup (cd_rubric_id (audit->rubric));
  assessment->version = g_strdup (cd_rubric_version (audit->rubric));
  assessment->date = g_strdup (options->date);
  return assessment;
}

/* A commit's id is made of its content: at the same one it is the same work, however it is called. */
static gboolean
check_commit (const CdAssessment *begun, const CdAssessment *now, const char *file, GError **error)
{
  if (g_str_equal (begun->commit, now->commit))
    return TRUE;
  if (!g_str_equal (begun->work, now->work))
    return fail_input (file, error, "is of another work, %s; name another file with -o", begun->work);
  return fail_input (file, error,
                     "is of another commit, %.*s, and this one is %.*s; go on there with --commit %.*s, or begin another file with -o and see these "
                     "answers beside the questions with --beside %s",
                     SHORT_ID, begun->commit, SHORT_ID, now->commit, SHORT_ID, begun->commit, file);
}

/* Whether answers given now belong into an assessment that was begun before. */
static gboolean
check_resumed (const CdAssessment *begun, const CdAssessment *now, const char *file, GError **error)
{
  if (begun->kind != now->kind || !g_str_equal (begun->assessor, now->assessor))
    return fail_input (
        file, error, "is the assessment of %s (%s), and the reader now is %s (%s); name another file with -o, and see these answers with --beside %s",
        begun->assessor, cd_reader_kind_name (begun->kind), now->assessor, cd_reader_kind_name (now->kind), file);
  if (!check_commit (begun, now, file, error))
    return FALSE;
  if (!g_str_equal (begun->subdir, now->subdir))
    return fail_input (file, error, "is of %s%s; name that with --subdir, or another file with -o",
                       *begun->subdir != '\0' ? "the folder " : "the whole repository", begun->subdir);
  if (!g_str_equal (begun->rubric, now->rubric) || !g_str_equal (begun->version, now->version))
    return fail_input (
        file, error, "is by version %s of rubric %s, and this is version %s of %s; name another file with -o, and see these answers with --beside %s",
        begun->version, begun->rubric, now->version, now->rubric, file);
  return TRUE;
}

/* A new assessment, or the one that was begun in the file. */
static CdAssessment *
begin_or_resume (const CdSession *session, const CdSessionOptions *options, GError **error)
{
  g_autoptr (CdAssessment) now = begin (session->audit, options);
  if (!cd_kept_existed (session->kept))
    return g_steal_pointer (&now);
  g_autoptr (CdAssessment) begun = cd_assessment_load (options->file, session->audit->rubric, error);
  return begun != NULL && check_resumed (begun, now, options->file, error) ? g_steal_pointer (&begun) : NULL;
}

static gboolean
choose_asked (CdSession *session, const char *const *only, GError **error)
{
  const CdRubric *rubric = session->audit->rubric;
  guint length = cd_rubric_length (rubric);
  g_autofree const char **ids = g_new0 (const char *, (gsize) length + 1);
  session->asked = g_new0 (gboolean, length);
  for (guint i = 0; i < length; i++) {
    ids[i] = cd_rubric_criterion (rubric, i)->id;
    session->asked[i] = only == NULL || g_strv_contains (only, ids[i]);
  }
  for (guint i = 0; only != NULL && only[i] != NULL; i++) {
    if (g_strv_contains (ids, only[i]))
      continue;
    g_autofree char *suggestion = cd_text_suggestion (only[i], ids);
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "rubric %s has no criterion \"%s\"%s", cd_rubric_id (rubric), only[i], suggestion);
    return FALSE;
  }
  return TRUE;
}

static void
name_others (CdSession *session)
{
  session->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; session->others != NULL && i < session->others->len; i++) {
    const CdAssessment *other = session->others->pdata[i];
    gboolean here = g_strcmp0 (other->commit, cd_snapshot_commit (session->audit->snapshot)) == 0;
    GString *name = g_string_new (other->assessor);
    if (other->kind != CD_READER_PERSON)
      g_string_append_printf (name, " (%s)", cd_reader_kind_name (other->kind));
    if (!here)
      g_string_append_printf (name, ", at commit %.*s", SHORT_ID, other->commit);
    g_ptr_array_add (session->names, g_string_free (name, FALSE));
  }
}

CdSession *
cd_session_open (const CdAudit *audit, const CdSessionOptions *options, GError **error)
{
  g_autoptr (CdSession) session = g_new0 (CdSession, 1);
  session->audit = audit;
  session->others = options->others;
  session->date = g_strdup (options->date);
  session->order = g_array_new (FALSE, FALSE, sizeof (guint));
  session->past = g_ptr_array_new_with_free_func (free_step);
  name_others (session);
  if (!choose_asked (session, options->only, error))
    return NULL;
  session->kept = cd_kept_open (options->file, error);
  if (session->kept == NULL)
    return NULL;
  session->assessment = begin_or_resume (session, options, error);
  if (session->assessment == NULL)
    return NULL;
  GPtrArray *verdicts = merge (session, error);
  if (verdicts == NULL)
    return NULL;
  take_on (session, verdicts);
  return g_steal_pointer (&session);
}

void
cd_session_free (CdSession *session)
{
  if (session == NULL)
    return;
  g_clear_pointer (&session->verdicts, g_ptr_array_unref);
  cd_score_clear (&session->score);
  g_clear_pointer (&session->assessment, cd_assessment_free);
  g_clear_pointer (&session->kept, cd_kept_free);
  g_clear_pointer (&session->names, g_ptr_array_unref);
  g_clear_pointer (&session->order, g_array_unref);
  g_clear_pointer (&session->past, g_ptr_array_unref);
  g_free (session->asked);
  g_free (session->date);
  g_free (session);
}

/* --- what it knows --- */

const CdAudit *
cd_session_audit (const CdSession *session)
{
  return session->audit;
}

const CdAssessment *
cd_session_assessment (const CdSession *session)
{
  return session->assessment;
}

const GArray *
cd_session_order (const CdSession *session)
{
  return session->order;
}

guint
cd_session_answered (const CdSession *session)
{
  guint answered = 0;
  for (guint i = 0; i < cd_rubric_length (session->audit->rubric); i++)
    answered += is_answered (session, i) ? 1 : 0;
  return answered;
}

const CdVerdict *
cd_session_verdict (const CdSession *session, guint criterion)
{
  return g_ptr_array_index (session->verdicts, criterion);
}

const CdVerdict *
cd_session_rules (const CdSession *session, guint criterion)
{
  return g_ptr_array_index (session->audit->rulings, criterion);
}

const CdResponse *
cd_session_response (const CdSession *session, guint criterion)
{
  return cd_assessment_find (session->assessment, id_of (session, criterion));
}

gboolean
cd_session_is_later (const CdSession *session, guint criterion)
{
  const CdResponse *response = cd_session_response (session, criterion);
  return response != NULL && response->answer == CD_ANSWER_LATER;
}

const CdScore *
cd_session_score (const CdSession *session)
{
  return &session->score;
}

guint
cd_session_others (const CdSession *session)
{
  return session->names->len;
}

const CdResponse *
cd_session_other (const CdSession *session, guint reader, guint criterion)
{
  return cd_assessment_find (session->others->pdata[reader], id_of (session, criterion));
}

const char *
cd_session_other_name (const CdSession *session, guint reader)
{
  return session->names->pdata[reader];
}
