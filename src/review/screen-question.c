/* A question's page. Everything on it is the session's and the rubric's; how it is wrapped and drawn is screen-rows.c's. */
#include "review/screen-question.h"
#include "report/pick.h"
#include <string.h>

#define CONTEXT 1u       /* lines before and behind a place */
#define LINES 4u         /* of a place without them */
#define DECIDING_ROWS 6u /* of one line that decides; the file has the rest */
#define WHY_ROWS 3u      /* of the rules' reasons, so that passages are near */
#define MISSING 2u       /* things that a no lacks */

const char *
cd_question_yes (gboolean yes)
{
  return cd_answer_name (yes ? CD_ANSWER_YES : CD_ANSWER_NO);
}

char *
cd_question_place (const char *path, guint line, guint end, gboolean unicode)
{
  if (line == 0)
    return g_strdup (path);
  return end > line ? g_strdup_printf ("%s:%u%s%u", path, line, unicode ? "–" : "-", end) : g_strdup_printf ("%s:%u", path, line);
}

const char *
cd_question_mark (const CdSession *session, guint criterion, gboolean unicode, CdInk *ink)
{
  static const struct {
    const char *wide, *ascii;
    CdInk ink;
  } marks[] = {
    [CD_ANSWER_LATER] = { "…", "l", CD_INK_FAIR },
    [CD_ANSWER_NO] = { "✗", "n", CD_INK_BAD },
    [CD_ANSWER_YES] = { "✓", "y", CD_INK_GOOD },
  };
  const CdResponse *response = cd_session_response (session, criterion);
  gboolean settled = cd_verdict_is_settled (cd_session_verdict (session, criterion));
  *ink = response != NULL ? marks[response->answer].ink : settled ? CD_INK_FAINT : CD_INK_FAIR;
  if (response == NULL)
    return !settled ? "?" : unicode ? "·" : ".";
  return unicode ? marks[response->answer].wide : marks[response->answer].ascii;
}

/* --- places --- */

GArray *
cd_question_spans (const GArray *places)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (CdSpan));
  for (guint i = 0; i < places->len; i++) {
    const CdEvidence *place = &g_array_index (places, CdCandidate, i).evidence;
    CdSpan span = { .document = place->document, .line = place->line, .end = MAX (place->line, place->end) };
    if (place->document != G_MAXUINT && place->line > 0)
      g_array_append_val (spans, span);
  }
  return spans;
}

static const CdDocument *
document_of (const CdSession *session, const CdEvidence *place)
{
  const GPtrArray *documents = cd_session_audit (session)->corpus->documents;
  return place->document < documents->len ? documents->pdata[place->document] : NULL;
}

static void
append_part (GString *text, const char *between, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", between, part);
}

/* "README.md:3–5 · Results · table · probe", the title being the innermost one. Caller frees. */
static char *
spell_place (const CdSession *session, const CdEvidence *place, gboolean unicode)
{
  const CdAudit *audit = cd_session_audit (session);
  const CdDocument *document = document_of (session, place);
  const CdPassage *passage = document != NULL && place->line > 0 ? cd_document_passage_on (document, place->line) : NULL;
  gint probe = cd_probes_find (audit->probes, place->says);
  const char *between = unicode ? " · " : " - ";
  g_autofree char *where
      = document != NULL ? cd_question_place (document->path, place->line, MAX (place->line, place->end), unicode) : g_strdup ("the tree as a whole");
  GString *text = g_string_new (where);
  if (passage != NULL && passage->section >= 0)
    append_part (text, between, ((const CdSection *) document->sections->pdata[passage->section])->title);
  append_part (text, between, passage != NULL ? cd_passage_kind_name (passage->kind) : NULL);
  append_part (text, between, probe >= 0 ? cd_probes_at (audit->probes, (guint) probe)->says : place->says);
  return g_string_free (text, FALSE);
}

static void
put_lines (CdRows *rows, const CdSession *session, const CdEvidence *place)
{
  guint first = 0, end = MIN (MAX (place->end, place->line), place->line + LINES - 1);
  g_auto (GStrv) lines = cd_session_lines (session, place->document, place->line, end, CONTEXT, &first);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++) {
    guint line = first + i;
    gboolean decides = line >= place->line && line <= end;
    g_autofree char *lead = g_strdup_printf (" %s %4u %s ", !decides ? " " : rows->unicode ? "▸" : ">", line, rows->unicode ? "│" : "|");
    cd_rows_add (rows, lead, decides ? CD_INK_STRONG : CD_INK_FAINT, lines[i], decides ? CD_INK_DECIDES : CD_INK_PLAIN, decides ? DECIDING_ROWS : 1);
  }
}

static void
put_place (CdRows *rows, const CdSession *session, guint number, const CdCandidate *candidate)
{
  const CdEvidence *place = &candidate->evidence;
  const CdDocument *document = document_of (session, place);
  g_autofree char *head = spell_place (session, place, rows->unicode);
  g_autofree char *lead = g_strdup_printf ("%u %s ", number, candidate->for_yes ? "for yes" : "for no ");
  rows->tag = number;
  cd_rows_add (rows, lead, candidate->for_yes ? CD_INK_GOOD : CD_INK_BAD, head, CD_INK_STRONG, 1);
  if (document != NULL && document->length == 0)
    cd_rows_add (rows, "        ", CD_INK_PLAIN, document->unread != NULL ? document->unread : "nothing to read in it", CD_INK_FAIR, 1);
  else if (document != NULL && place->line > 0)
    put_lines (rows, session, place);
  rows->tag = 0;
  cd_rows_gap (rows);
}

/* --- what was said --- */

/* "yes: because …  [README.md:3, train.py:10–12]" Caller frees. */
static char *
spell_response (const CdResponse *response, gboolean unicode)
{
  GString *text = g_string_new (cd_answer_name (response->answer));
  if (*response->reason != '\0')
    g_string_append_printf (text, ": %s", response->reason);
  for (guint i = 0; i < response->evidence->len; i++) {
    const CdCitation *citation = response->evidence->pdata[i];
    g_autofree char *place = cd_question_place (citation->path, citation->line, citation->end, unicode);
    g_string_append_printf (text, "%s%s%s", i == 0 ? " [" : ", ", place, i + 1 == response->evidence->len ? "]" : "");
  }
  return g_string_free (text, FALSE);
}

static void
put_response (CdRows *rows, const char *who, const CdResponse *response)
{
  if (response == NULL)
    return;
  g_autofree char *said = spell_response (response, rows->unicode);
  g_autofree char *clean = cd_screen_clean (who, strlen (who), rows->unicode);
  g_autofree char *lead = g_strconcat (clean, " ", NULL);
  cd_rows_add (rows, lead, CD_INK_FAINT, said, CD_INK_PLAIN, 0);
}

static void
put_rules (CdRows *rows, const CdSession *session, guint criterion)
{
  const CdVerdict *rules = cd_session_rules (session, criterion), *now = cd_session_verdict (session, criterion);
  g_autofree char *certain = g_strdup_printf ("%s, %u %% certain (%s)%s%s", cd_question_yes (rules->yes), cd_pick_percent (rules),
                                              cd_basis_name (rules->basis), rules->why != NULL ? "; " : "", rules->why != NULL ? rules->why : "");
  cd_rows_add (rows, "Rules  ", CD_INK_FAINT, certain, CD_INK_PLAIN, WHY_ROWS);
  if (now->basis != CD_BASIS_ASSESSED && cd_pick_percent (now) != cd_pick_percent (rules)) {
    g_autofree char *after = g_strdup_printf ("%u %% certain after your other answers", cd_pick_percent (now));
    cd_rows_add (rows, "       ", CD_INK_FAINT, after, CD_INK_PLAIN, 0);
  }
}

/* What would earn the points tells what was looked for in vain. */
static void
put_missing (CdRows *rows, const CdVerdict *rules)
{
  for (guint i = 0; rules->missing != NULL && !rules->yes && i < MIN (rules->missing->len, MISSING); i++)
    cd_rows_add (rows, i == 0 ? "Missed " : "       ", CD_INK_FAINT, rules->missing->pdata[i], CD_INK_PLAIN, 0);
}

CdRows *
cd_question_rows (const CdSession *session, guint criterion, const GArray *places, guint columns, gboolean unicode)
{
  const CdCriterion *asked = cd_rubric_criterion (cd_session_audit (session)->rubric, criterion);
  CdRows *rows = cd_rows_new (columns, unicode);
  cd_rows_add (rows, "", CD_INK_PLAIN, asked->question, CD_INK_STRONG, 0);
  if (asked->wants != NULL)
    cd_rows_add (rows, "Wanted ", CD_INK_FAINT, asked->wants, CD_INK_PLAIN, 0);
  put_rules (rows, session, criterion);
  for (guint i = 0; i < cd_session_others (session); i++)
    put_response (rows, cd_session_other_name (session, i), cd_session_other (session, i, criterion));
  put_response (rows, "You   ", cd_session_response (session, criterion));
  cd_rows_gap (rows);
  if (places->len == 0)
    cd_rows_add (rows, "", CD_INK_PLAIN, "No passage was found that bears on it. `o` opens any file of the work.", CD_INK_FAIR, 0);
  for (guint i = 0; i < places->len; i++)
    put_place (rows, session, i + 1, &g_array_index (places, CdCandidate, i));
  put_missing (rows, cd_session_rules (session, criterion));
  return rows;
}
