/* What the plain mode prints: a question with all that bears on it, the score, a page of a file. Plain sentences, one fact a line, no frames: a screen reader
 * reads them aloud. */
#include "base/text.h"
#include "report/pick.h"
#include "review/plain-parts.h"

#define CONTEXT 1u       /* lines before and behind a candidate */
#define MOST_SHOWN 6u    /* lines of a candidate without them */
#define MOST_COLUMNS 400 /* characters of a line; the file is shown with more */
#define PAGE 20u         /* lines of a file */

void
cd_plain_put (FILE *out, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *harmless = cd_text_printable (text);
  fputs (harmless, out);
  fputc ('\n', out);
}

static const char *
answer_of (gboolean yes)
{
  return cd_answer_name (yes ? CD_ANSWER_YES : CD_ANSWER_NO);
}

/* "PATH", "PATH:LINE" or "PATH:LINE-END", as it can be typed. Caller frees. */
static char *
spell_place (const char *path, guint line, guint end)
{
  if (line == 0)
    return g_strdup (path);
  return end > line ? g_strdup_printf ("%s:%u-%u", path, line, end) : g_strdup_printf ("%s:%u", path, line);
}

static void
put_lines (FILE *out, char **lines, guint first, guint from, guint to)
{
  for (guint i = 0; lines[i] != NULL; i++) {
    gboolean cut = g_utf8_strlen (lines[i], -1) > MOST_COLUMNS;
    g_autofree char *head = cut ? g_utf8_substring (lines[i], 0, MOST_COLUMNS) : g_strdup (lines[i]);
    fprintf (out, "%s %5u  %s%s\n", first + i >= from && first + i <= to ? "  >" : "   ", first + i, head, cut ? "…" : "");
  }
}

static void
put_passage (const CdSession *session, guint document, const CdCitation *citation, FILE *out)
{
  guint first = 0, end = MIN (citation->end, citation->line + MOST_SHOWN - 1);
  g_auto (GStrv) lines = citation->line > 0 ? cd_session_lines (session, document, citation->line, end, CONTEXT, &first) : NULL;
  if (lines != NULL)
    put_lines (out, lines, first, citation->line, citation->end);
}

static void
put_candidate (const CdSession *session, guint number, const CdCandidate *candidate, FILE *out)
{
  CdCitation *citation = cd_session_citation (session, &candidate->evidence);
  g_autofree char *where = citation != NULL ? spell_place (citation->path, citation->line, citation->end) : g_strdup ("the tree as a whole");
  CdPickedContext context = cd_pick_context (cd_session_audit (session), candidate->evidence.document, candidate->evidence.line);
  cd_plain_put (out, "%u. %s speaks for %s: %s%s%s", number, where, answer_of (candidate->for_yes), candidate->evidence.says,
                context.section != NULL ? ", in section " : "", context.section != NULL ? context.section : "");
  g_free (context.section);
  if (citation != NULL)
    put_passage (session, candidate->evidence.document, citation, out);
  g_clear_pointer (&citation, cd_citation_free);
}

static void
put_places (const CdSession *session, const GArray *places, FILE *out)
{
  if (places->len == 0)
    cd_plain_put (out, "The rules found no passage that bears on it.");
  else
    cd_plain_put (out, "Candidates, first what the answer of the rules rests on, then others, best first:");
  for (guint i = 0; i < places->len; i++)
    put_candidate (session, i + 1, &g_array_index (places, CdCandidate, i), out);
}

/* "yes, because …; README.md:3, train.py:10-12" Caller frees. */
static char *
spell_response (const CdResponse *response)
{
  GString *text = g_string_new (cd_answer_name (response->answer));
  if (*response->reason != '\0')
    g_string_append_printf (text, ", because: %s", response->reason);
  for (guint i = 0; i < response->evidence->len; i++) {
    const CdCitation *citation = response->evidence->pdata[i];
    g_autofree char *place = spell_place (citation->path, citation->line, citation->end);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : *response->reason != '\0' ? "; see " : ", see ", place);
  }
  return g_string_free (text, FALSE);
}

static void
put_response (const char *who, const CdResponse *response, FILE *out)
{
  if (response == NULL)
    return;
  g_autofree char *said = spell_response (response);
  cd_plain_put (out, "%s: %s", who, said);
}

void
cd_plain_show_question (const CdSession *session, guint criterion, const GArray *places, FILE *out)
{
  const CdRubric *rubric = cd_session_audit (session)->rubric;
  const CdCriterion *asked = cd_rubric_criterion (rubric, criterion);
  const CdVerdict *rules = cd_session_rules (session, criterion), *now = cd_session_verdict (session, criterion);
  fputc ('\n', out);
  cd_plain_put (out, "Question %s (%s, %u point%s)", asked->id, cd_rubric_dimension (rubric, asked->dimension)->name, asked->points,
                asked->points == 1 ? "" : "s");
  cd_plain_put (out, "%s", asked->question);
  if (asked->wants != NULL)
    cd_plain_put (out, "%s", asked->wants);
  cd_plain_put (out, "The rules say: %s, %u %% certain (%s)%s%s", answer_of (rules->yes), cd_pick_percent (rules), cd_basis_name (rules->basis),
                rules->why != NULL ? "; " : "", rules->why != NULL ? rules->why : "");
  if (now->basis != CD_BASIS_ASSESSED && cd_pick_percent (now) != cd_pick_percent (rules))
    cd_plain_put (out, "After your answers: %u %% certain.", cd_pick_percent (now));
  put_places (session, places, out);
  for (guint i = 0; i < cd_session_others (session); i++)
    put_response (cd_session_other_name (session, i), cd_session_other (session, i, criterion), out);
  put_response ("You", cd_session_response (session, criterion), out);
}

void
cd_plain_show_score (const CdSession *session, FILE *out)
{
  const CdScore *score = cd_session_score (session);
  cd_plain_put (out, "The score is %u of %u, likely %u to %u; %u of %u questions answered.", score->total, score->of, score->likely[0],
                score->likely[1], cd_session_answered (session), cd_rubric_length (cd_session_audit (session)->rubric));
}

gboolean
cd_plain_show_page (const CdSession *session, CdPlainView *view, guint first, FILE *out)
{
  guint length = view->document < 0 ? 0 : cd_session_length (session, (guint) view->document);
  if (first == 0 || first > length)
    return FALSE;
  guint from = first, last = MIN (length, first + PAGE - 1);
  g_auto (GStrv) lines = cd_session_lines (session, (guint) view->document, from, last, 0, &from);
  if (lines == NULL)
    return FALSE;
  const CdDocument *document = cd_session_audit (session)->corpus->documents->pdata[view->document];
  cd_plain_put (out, "%s, lines %u to %u of %u:", document->path, from, last, length);
  for (guint i = 0; lines[i] != NULL; i++)
    fprintf (out, "    %5u  %s\n", from + i, lines[i]);
  view->first = from;
  view->last = last;
  return TRUE;
}
