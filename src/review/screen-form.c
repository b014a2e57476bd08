/* An answer before it is given. Saving it is the session's, what follows is screen.c's. */
#include "review/screen-form.h"
#include <string.h>

#define REASON_ROWS 3
#define LABEL 10u /* columns of "Reason", "Evidence" */

/* --- what is offered --- */

static gboolean
is_offered (const CdForm *form, const CdCitation *citation)
{
  for (guint i = 0; i < form->offered->len; i++) {
    const CdCitation *other = form->offered->pdata[i];
    if (other->line == citation->line && other->end == citation->end && g_str_equal (other->path, citation->path))
      return TRUE;
  }
  return FALSE;
}

/* Takes citation, which may be NULL. */
static void
offer (CdForm *form, CdCitation *citation, gboolean ticked)
{
  if (citation == NULL)
    return;
  if (is_offered (form, citation)) {
    cd_citation_free (citation);
    return;
  }
  g_ptr_array_add (form->offered, citation);
  g_array_append_val (form->ticked, ticked);
}

static void
offer_marked (CdForm *form, const CdSession *session, const GArray *marked)
{
  const GPtrArray *documents = cd_session_audit (session)->corpus->documents;
  for (guint i = 0; i < marked->len; i++) {
    const CdSpan *span = &g_array_index (marked, CdSpan, i);
    offer (form, cd_citation_new (((const CdDocument *) documents->pdata[span->document])->path, span->line, span->end, NULL), TRUE);
  }
}

/* A chosen candidate is evidence where it speaks for the answer that is given, or where a yes has no other. */
static void
offer_places (CdForm *form, const CdSession *session, const GArray *places, guint candidate)
{
  gboolean nothing_ticked = form->offered->len == 0;
  for (guint i = 0; i < places->len; i++) {
    const CdCandidate *place = &g_array_index (places, CdCandidate, i);
    gboolean fits = form->answer == CD_ANSWER_YES || !place->for_yes;
    offer (form, cd_session_citation (session, &place->evidence), nothing_ticked && i == candidate && fits);
  }
}

CdForm *
cd_form_new (const CdSession *session, guint criterion, CdAnswer answer, const GArray *marked, const GArray *places, guint candidate,
             const char *reason)
{
  const CdResponse *earlier = cd_session_response (session, criterion);
  CdForm *form = g_new0 (CdForm, 1);
  form->criterion = criterion;
  form->answer = answer;
  form->reason = cd_edit_new (reason != NULL ? reason : earlier != NULL ? earlier->reason : "");
  form->offered = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_citation_free);
  form->ticked = g_array_new (FALSE, FALSE, sizeof (gboolean));
  offer_marked (form, session, marked);
  for (guint i = 0; earlier != NULL && i < earlier->evidence->len; i++) {
    const CdCitation *citation = earlier->evidence->pdata[i];
    offer (form, cd_citation_new (citation->path, citation->line, citation->end, citation->blob), earlier->answer == answer && marked->len == 0);
  }
  offer_places (form, session, places, candidate);
  return form;
}

void
cd_form_free (CdForm *form)
{
  if (form == NULL)
    return;
  cd_edit_free (form->reason);
  g_ptr_array_unref (form->offered);
  g_array_unref (form->ticked);
  g_free (form);
}

GPtrArray *
cd_form_evidence (const CdForm *form)
{
  GPtrArray *evidence = g_ptr_array_new ();
  for (guint i = 0; i < form->offered->len; i++)
    if (g_array_index (form->ticked, gboolean, i))
      g_ptr_array_add (evidence, form->offered->pdata[i]);
  return evidence;
}

/* --- keys --- */

CdFormStep
cd_form_key (CdForm *form, const CdKey *key)
{
  guint fields = form->offered->len + 1;
  if (cd_key_is (key, CD_NAME_ENTER))
    return CD_FORM_SAVE;
  if (cd_key_is (key, CD_NAME_ESCAPE))
    return CD_FORM_LEAVE;
  if (cd_key_is (key, CD_NAME_DOWN) || cd_key_is (key, CD_NAME_TAB))
    form->field = (form->field + 1) % fields;
  else if (cd_key_is (key, CD_NAME_UP) || cd_key_is (key, CD_NAME_BACKTAB))
    form->field = (form->field + fields - 1) % fields;
  else if (form->field == 0)
    cd_edit_key (form->reason, key);
  else if (cd_key_command (key) == ' ') {
    gboolean *ticked = &g_array_index (form->ticked, gboolean, form->field - 1);
    *ticked = !*ticked;
  }
  return CD_FORM_STAY;
}

/* --- drawing --- */

/* The place and the beginning of its first line. Caller frees. */
static char *
spell_offer (const CdSession *session, const CdCitation *citation, guint columns, gboolean unicode)
{
  guint first = 0;
  g_autofree char *place = cd_question_place (citation->path, citation->line, citation->end, unicode);
  g_autofree char *clean = cd_screen_clean (place, strlen (place), unicode);
  g_autofree char *shown = cd_screen_cut_middle (clean, columns / 2, unicode);
  gint document = citation->line > 0 ? cd_session_document (session, citation->path) : -1;
  g_auto (GStrv) lines = document < 0 ? NULL : cd_session_lines (session, (guint) document, citation->line, citation->line, 0, &first);
  if (lines == NULL || lines[0] == NULL)
    return g_steal_pointer (&shown);
  g_autofree char *text = cd_screen_clean (lines[0], strlen (lines[0]), unicode);
  g_autofree char *whole = g_strconcat (shown, "  ", g_strstrip (text), NULL);
  return cd_screen_cut (whole, columns, unicode);
}

static void
draw_evidence (CdForm *form, const CdSession *session, CdTty *tty, CdArea area)
{
  gboolean unicode = cd_tty_unicode (tty);
  guint height = (guint) MAX (area.height, 0), width = (guint) MAX (area.width, 0);
  if (form->offered->len < height)
    cd_tty_put (tty, area.top + (int) form->offered->len, area.left, width, "Other lines: Esc, Enter opens a file, m marks lines in it.",
                CD_INK_FAINT);
  if (form->field > 0)
    form->top = CLAMP (form->top, form->field > height ? form->field - height : 0, form->field - 1);
  for (guint i = 0; i < height && form->top + i < form->offered->len; i++) {
    guint index = form->top + i;
    gboolean ticked = g_array_index (form->ticked, gboolean, index);
    g_autofree char *what = spell_offer (session, form->offered->pdata[index], width > 4 ? width - 4 : 1, unicode);
    g_autofree char *row = g_strconcat (ticked ? "[x] " : "[ ] ", what, NULL);
    CdInk ink = form->field == index + 1 ? CD_INK_CHOSEN : ticked ? CD_INK_STRONG : CD_INK_PLAIN;
    cd_tty_fill (tty, area.top + (int) i, area.left, width, row, ink);
  }
}

/* The text of the question, so that the reason can answer it. Returns the row behind it. */
static int
draw_question (const CdForm *form, const CdSession *session, CdTty *tty, CdArea area)
{
  const CdCriterion *asked = cd_rubric_criterion (cd_session_audit (session)->rubric, form->criterion);
  g_autoptr (CdRows) rows = cd_rows_new ((guint) MAX (area.width, 1), cd_tty_unicode (tty));
  cd_rows_add (rows, "", CD_INK_PLAIN, asked->question, CD_INK_STRONG, 0);
  guint top = 0, most = (guint) MAX (area.height / 3, 1);
  if (asked->wants != NULL && rows->rows->len < most)
    cd_rows_add (rows, "", CD_INK_PLAIN, asked->wants, CD_INK_FAINT, most - rows->rows->len);
  area.height = (int) MIN (rows->rows->len, most);
  cd_rows_draw (rows, tty, area, &top, 0);
  return area.top + area.height;
}

void
cd_form_draw (CdForm *form, const CdSession *session, CdTty *tty, CdArea area)
{
  const CdCriterion *asked = cd_rubric_criterion (cd_session_audit (session)->rubric, form->criterion);
  g_autofree char *title = g_strdup_printf ("Your answer: %s to %s", form->answer == CD_ANSWER_YES ? "YES" : "NO", asked->id);
  g_autofree char *clean = cd_screen_clean (title, strlen (title), cd_tty_unicode (tty));
  cd_tty_rule (tty, area, clean, form->answer == CD_ANSWER_YES ? CD_INK_GOOD : CD_INK_BAD);
  int end = area.top + area.height, left = area.left + (int) LABEL, width = area.width - (int) LABEL;
  int row = draw_question (form, session, tty, (CdArea){ area.top + 1, area.left, area.height - 1, area.width }) + 1;
  cd_tty_put (tty, row, area.left, LABEL, "Reason", form->field == 0 ? CD_INK_CHOSEN : CD_INK_STRONG);
  cd_edit_draw (form->reason, tty, (CdArea){ row, left, MIN (REASON_ROWS, end - row), width }, form->field == 0);
  if (form->reason->text->len == 0 && form->field != 0)
    cd_tty_put (tty, row, left, (guint) MAX (width, 0), "none", CD_INK_FAINT);
  row += REASON_ROWS + 1;
  cd_tty_put (tty, row, area.left, LABEL, "Evidence", form->field > 0 ? CD_INK_CHOSEN : CD_INK_STRONG);
  draw_evidence (form, session, tty, (CdArea){ row, left, end - row, width });
}
