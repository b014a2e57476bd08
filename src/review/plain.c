/* Question, answer, reason, places; then the next question. One row a command. What is printed is plain-show.c's, what is typed plain-input.c's. */
#include "review/plain.h"
#include "review/plain-parts.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

#define ROUNDS 2u       /* times a question that is put off comes up in a session */
#define BEFORE 8u       /* lines of a file before the place that is asked for */
#define MOST_IDLE 1000u /* lines of a script without an answer in them: it would go on for ever */

typedef enum { STAY, NEXT } Outcome; /* ask for a command again; go to plain->wanted or to what is next */

typedef struct {
  CdSession *session;
  FILE *in, *out;
  gboolean typed; /* by a person at a terminal */
  gint criterion; /* what is asked; -1: all is answered */
  gint wanted;    /* what a reader wants to be asked; -1: what is next */
  GArray *places; /* CdCandidate: of the question, as numbered on out */
  CdPlainView view;
  guint *rounds; /* by criterion: times it was put off in this session */
  guint idle;    /* lines since the last answer */
  gboolean told_settled, unheard, ended;
  GError *error;
} Plain;

static void
plain_clear (Plain *plain)
{
  g_clear_pointer (&plain->places, g_array_unref);
  g_free (plain->rounds);
  g_clear_error (&plain->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plain, plain_clear)

/* --- talking --- */

/* The first error is what is told. Takes error. */
static void
end_with (Plain *plain, GError *error)
{
  plain->ended = TRUE;
  if (plain->error == NULL)
    plain->error = error;
  else
    g_error_free (error);
}

static void
complain (Plain *plain, const char *why)
{
  cd_plain_put (plain->out, "Not understood: %s", why);
}

/* FALSE where nobody reads what is printed. */
static gboolean
flush (Plain *plain)
{
  if (plain->unheard || (fflush (plain->out) != EOF && ferror (plain->out) == 0))
    return !plain->unheard;
  plain->unheard = plain->ended = TRUE;
  if (errno != EPIPE) /* who closes a pipe has seen enough */
    end_with (plain, g_error_new (CD_ERROR, CD_ERROR_INTERNAL, "questions cannot be printed: %s", g_strerror (errno)));
  return FALSE;
}

static void
count_line (Plain *plain)
{
  if (++plain->idle >= MOST_IDLE && !plain->typed)
    end_with (plain, g_error_new (CD_ERROR, CD_ERROR_USAGE, "%u lines of input in a row answer nothing", plain->idle));
}

/* A line of input; NULL where the session ends. A person types behind the prompt, in a transcript it has a line of its own. Caller frees. */
static char *
ask_line (Plain *plain, const char *prompt)
{
  while (!plain->ended) {
    fprintf (plain->out, "%s%s", prompt, plain->typed ? " " : "\n");
    if (!flush (plain))
      return NULL;
    count_line (plain);
    g_autoptr (GError) error = NULL;
    char *line = cd_plain_read (plain->in, &error);
    if (line != NULL)
      return line;
    if (error == NULL)
      plain->ended = TRUE;
    else if (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT))
      end_with (plain, g_steal_pointer (&error));
    else
      complain (plain, error->message);
  }
  return NULL;
}

/* --- answers --- */

/* At the end of input the answer that was begun counts, without places: the answer itself was given. NULL where input made no sense to its end. */
static GPtrArray *
ask_places (Plain *plain)
{
  while (plain->error == NULL) {
    g_autofree char *line = ask_line (plain, "Places that decide (numbers of candidates, PATH:LINE or PATH:LINE-END; empty for none):");
    g_autoptr (GError) error = NULL;
    GPtrArray *places = plain->error == NULL ? cd_plain_places (plain->session, line != NULL ? line : "", plain->places, &error) : NULL;
    if (places != NULL || plain->error != NULL)
      return places;
    complain (plain, error->message);
  }
  return NULL;
}

static Outcome
keep (Plain *plain, CdAnswer answer, const char *reason, const GPtrArray *places)
{
  guint criterion = (guint) plain->criterion;
  GError *error = NULL;
  if (!cd_session_answer (plain->session, criterion, answer, reason, places, &error)) {
    end_with (plain, error);
    return NEXT;
  }
  plain->idle = 0;
  cd_plain_put (plain->out, "Saved: %s %s.", cd_rubric_criterion (cd_session_audit (plain->session)->rubric, criterion)->id, cd_answer_name (answer));
  cd_plain_show_score (plain->session, plain->out);
  return NEXT;
}

static Outcome
give (Plain *plain, CdAnswer answer)
{
  g_autofree char *reason = ask_line (plain, "Reason (one line; empty for none):");
  g_autoptr (GPtrArray) places = ask_places (plain);
  return places != NULL ? keep (plain, answer, reason, places) : NEXT;
}

static Outcome
give_yes (Plain *plain, G_GNUC_UNUSED const char *argument)
{
  return give (plain, CD_ANSWER_YES);
}

static Outcome
give_no (Plain *plain, G_GNUC_UNUSED const char *argument)
{
  return give (plain, CD_ANSWER_NO);
}

static Outcome
put_off (Plain *plain, G_GNUC_UNUSED const char *argument)
{
  plain->rounds[plain->criterion]++;
  return keep (plain, CD_ANSWER_LATER, NULL, NULL);
}

static Outcome
undo (Plain *plain, G_GNUC_UNUSED const char *argument)
{
  g_autoptr (GError) error = NULL;
  guint criterion = 0;
  if (cd_session_undo (plain->session, &criterion, &error)) {
    cd_plain_put (plain->out, "Taken back: %s.", cd_rubric_criterion (cd_session_audit (plain->session)->rubric, criterion)->id);
    cd_plain_show_score (plain->session, plain->out);
    plain->wanted = (gint) criterion;
    plain->rounds[criterion] -= plain->rounds[criterion] > 0 ? 1 : 0;
    return NEXT;
  }
  if (error != NULL) {
    end_with (plain, g_steal_pointer (&error));
    return NEXT;
  }
  complain (plain, "there is no answer of this session to take back");
  return STAY;
}

/* --- looking --- */

static Outcome
show_from (Plain *plain, guint line)
{
  if (!cd_plain_show_page (plain->session, &plain->view, line > BEFORE ? line - BEFORE : 1, plain->out))
    complain (plain, "there is no text to show");
  return STAY;
}

static Outcome
show_candidate (Plain *plain, const char *argument)
{
  guint64 number = 0;
  if (!g_ascii_string_to_unsigned (argument, 10, 1, MAX (plain->places->len, 1), &number, NULL) || number > plain->places->len) {
    g_autofree char *why = g_strdup_printf ("candidates are numbered from 1 to %u", plain->places->len);
    complain (plain, plain->places->len > 0 ? why : "there is no candidate; look at a file with o PATH");
    return STAY;
  }
  const CdEvidence *place = &g_array_index (plain->places, CdCandidate, number - 1).evidence;
  plain->view.document = place->document == G_MAXUINT ? -1 : (gint) place->document;
  return show_from (plain, place->line);
}

static Outcome
show_on (Plain *plain, const char *argument)
{
  if (*argument != '\0')
    return show_candidate (plain, argument);
  if (plain->view.document < 0)
    return show_candidate (plain, "1");
  if (!cd_plain_show_page (plain->session, &plain->view, plain->view.last + 1, plain->out))
    complain (plain, "this is the end of the file");
  return STAY;
}

static Outcome
show_back (Plain *plain, const char *argument)
{
  if (*argument != '\0')
    return show_candidate (plain, argument);
  if (plain->view.document < 0)
    return show_candidate (plain, "1");
  guint page = plain->view.last - plain->view.first + 1;
  if (plain->view.first == 1)
    complain (plain, "this is the beginning of the file");
  else
    cd_plain_show_page (plain->session, &plain->view, plain->view.first > page ? plain->view.first - page : 1, plain->out);
  return STAY;
}

static Outcome
show_place (Plain *plain, const char *argument)
{
  g_autoptr (GError) error = NULL;
  CdCitation *citation = cd_session_cite (plain->session, argument, &error);
  if (citation == NULL) {
    complain (plain, error->message);
    return STAY;
  }
  plain->view.document = cd_session_document (plain->session, citation->path);
  guint line = citation->line;
  cd_citation_free (citation);
  return show_from (plain, line);
}

/* --- moving --- */

static Outcome
go_to (Plain *plain, const char *argument)
{
  const CdRubric *rubric = cd_session_audit (plain->session)->rubric;
  for (guint i = 0; i < cd_rubric_length (rubric); i++)
    if (g_str_equal (cd_rubric_criterion (rubric, i)->id, argument)) {
      plain->wanted = (gint) i;
      return NEXT;
    }
  g_autofree const char **ids = g_new0 (const char *, (gsize) cd_rubric_length (rubric) + 1);
  for (guint i = 0; i < cd_rubric_length (rubric); i++)
    ids[i] = cd_rubric_criterion (rubric, i)->id;
  g_autofree char *all = g_strjoinv (", ", (char **) ids);
  g_autofree char *why = g_strdup_printf ("there is no question \"%s\"; there are %s", argument, all);
  complain (plain, why);
  return STAY;
}

static Outcome
show_again (Plain *plain, G_GNUC_UNUSED const char *argument)
{
  plain->wanted = plain->criterion;
  return NEXT;
}

static Outcome
leave (Plain *plain, G_GNUC_UNUSED const char *argument)
{
  plain->ended = TRUE;
  return NEXT;
}

static Outcome explain (Plain *plain, const char *argument);

/* --- commands --- */

typedef enum { NOTHING, PERHAPS, SOMETHING } Argument;

static const struct {
  const char *word, *alias;
  Argument takes;
  gboolean asked; /* goes with a question only */
  Outcome (*run) (Plain *plain, const char *argument);
  const char *help;
} commands[] = {
  { "y", "yes", NOTHING, TRUE, give_yes, "y: yes. The reason and the places that decide are asked next." },
  { "n", "no", NOTHING, TRUE, give_no, "n: no, likewise." },
  { "l", "later", NOTHING, TRUE, put_off, "l: later; the question comes once more behind the others." },
  { "u", "undo", NOTHING, FALSE, undo, "u: take back the last answer of this session, and ask it again." },
  { "f", "file", PERHAPS, TRUE, show_on, "f N: the file around candidate N. f alone: on in that file." },
  { "b", "back", PERHAPS, TRUE, show_back, "b: back in that file." },
  { "o", "open", SOMETHING, FALSE, show_place, "o PATH or o PATH:LINE: look at any file." },
  { "s", "show", NOTHING, TRUE, show_again, "s: the question once more." },
  { "g", "go", SOMETHING, FALSE, go_to, "g QUESTION: go to a question by its name, answered or not." },
  { "q", "quit", NOTHING, FALSE, leave, "q, or the end of input: leave. Every answer is saved when it is given." },
  { "?", "help", NOTHING, FALSE, explain, "?: this, and what counts whatever the question." },
};

static Outcome
explain (Plain *plain, G_GNUC_UNUSED const char *argument)
{
  const char *const *codebook = cd_rubric_codebook (cd_session_audit (plain->session)->rubric);
  cd_plain_put (plain->out, "What counts:");
  for (guint i = 0; codebook != NULL && codebook[i] != NULL; i++)
    cd_plain_put (plain->out, "- %s", codebook[i]);
  cd_plain_put (plain->out, "What can be typed:");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    cd_plain_put (plain->out, "- %s", commands[i].help);
  return STAY;
}

static Outcome
obey (Plain *plain, const char *line)
{
  gsize length = strcspn (line, " ");
  g_autofree char *word = g_ascii_strdown (line, (gssize) length);
  const char *argument = line + length + strspn (line + length, " ");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (!g_str_equal (word, commands[i].word) && !g_str_equal (word, commands[i].alias))
      continue;
    if (commands[i].asked && plain->criterion < 0)
      complain (plain, "all is answered; g QUESTION asks one again");
    else if (commands[i].takes == NOTHING && *argument != '\0')
      complain (plain, "nothing goes behind it on the line; reason and places are asked for on their own");
    else if (commands[i].takes == SOMETHING && *argument == '\0')
      complain (plain, commands[i].help);
    else
      return commands[i].run (plain, argument);
    return STAY;
  }
  complain (plain, "type y, n or l, or ? for what else there is");
  return STAY;
}

/* --- questions --- */

/* The first question without an answer; then those that were put off, those put off less often first, so often and no more. -1 none. */
static gint
pick (const Plain *plain)
{
  const GArray *order = cd_session_order (plain->session);
  gint best = -1;
  for (guint i = 0; i < order->len; i++) {
    guint criterion = g_array_index (order, guint, i);
    if (cd_session_response (plain->session, criterion) == NULL)
      return (gint) criterion;
    if (cd_session_is_later (plain->session, criterion) && plain->rounds[criterion] < ROUNDS
        && (best < 0 || plain->rounds[criterion] < plain->rounds[best]))
      best = (gint) criterion;
  }
  return best;
}

static void
move_on (Plain *plain)
{
  gboolean wanted = plain->wanted >= 0;
  plain->criterion = wanted ? plain->wanted : pick (plain);
  plain->wanted = -1;
  plain->view = (CdPlainView){ .document = -1 };
  g_clear_pointer (&plain->places, g_array_unref);
  if (plain->criterion < 0) {
    plain->places = g_array_new (FALSE, FALSE, sizeof (CdCandidate));
    return;
  }
  guint criterion = (guint) plain->criterion;
  plain->places = cd_session_places (plain->session, criterion);
  if (!wanted && !plain->told_settled && cd_session_response (plain->session, criterion) == NULL
      && cd_verdict_is_settled (cd_session_verdict (plain->session, criterion))) {
    plain->told_settled = TRUE;
    cd_plain_put (plain->out, "\nThe rules are certain of the questions that follow; a reader may stop here.");
  }
  cd_plain_show_question (plain->session, criterion, plain->places, plain->out);
}

static void
converse (Plain *plain)
{
  while (!plain->ended) {
    move_on (plain);
    const char *prompt
        = plain->criterion >= 0 ? "Answer (y, n, l; u, f, b, o, s, g, q; ? explains):" : "There is nothing left to ask. (u, o, g, q; ? explains):";
    for (Outcome outcome = STAY; outcome == STAY && !plain->ended;) {
      g_autofree char *line = ask_line (plain, prompt);
      outcome = line != NULL ? obey (plain, line) : NEXT;
    }
  }
  if (plain->error == NULL)
    flush (plain);
}

gboolean
cd_review_plain (CdSession *session, FILE *in, FILE *out, GError **error)
{
  g_auto (Plain) plain = { .session = session, .in = in, .out = out, .criterion = -1, .wanted = -1 };
  int input = fileno (in);
  plain.typed = input >= 0 && isatty (input);
  plain.rounds = g_new0 (guint, cd_rubric_length (cd_session_audit (session)->rubric));
  const CdAssessment *assessment = cd_session_assessment (session);
  cd_plain_put (out, "%s at commit %s, read by %s.", assessment->work, assessment->commit, assessment->assessor);
  cd_plain_show_score (session, out);
  converse (&plain);
  if (plain.error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&plain.error));
  return FALSE;
}
