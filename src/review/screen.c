/* The workbench: which key does what. A session is asked and told; what it looks like is screen-show.c's. */
#include "review/screen.h"
#include "review/screen-bench.h"
#include <signal.h>
#include <stdarg.h>
#include <string.h>

void
cd_bench_say (CdBench *bench, gboolean alarm, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_free (bench->message);
  bench->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  bench->alarm = alarm;
}

void
cd_bench_say_error (CdBench *bench, const GError *error)
{
  cd_bench_say (bench, TRUE, "%s", error->message);
}

const GArray *
cd_bench_marked (const CdBench *bench)
{
  return bench->marked->pdata[bench->criterion];
}

const CdEvidence *
cd_bench_place (const CdBench *bench)
{
  if (bench->chosen >= bench->places->len)
    return NULL;
  const CdEvidence *place = &g_array_index (bench->places, CdCandidate, bench->chosen).evidence;
  return place->document < cd_session_audit (bench->session)->corpus->documents->len ? place : NULL;
}

guint
cd_bench_position (const CdBench *bench)
{
  const GArray *order = cd_session_order (bench->session);
  for (guint i = 0; i < order->len; i++)
    if (g_array_index (order, guint, i) == bench->criterion)
      return i;
  return 0;
}

/* --- which question --- */

void
cd_bench_show (CdBench *bench, guint criterion)
{
  bench->criterion = criterion;
  g_clear_pointer (&bench->places, g_array_unref);
  g_clear_pointer (&bench->spans, g_array_unref);
  g_clear_pointer (&bench->rows, cd_rows_free);
  bench->places = cd_session_places (bench->session, criterion);
  bench->spans = cd_question_spans (bench->places);
  bench->chosen = 0;
  bench->top = 0;
}

static void
show_position (CdBench *bench, gint64 position)
{
  const GArray *order = cd_session_order (bench->session);
  if (order->len > 0)
    cd_bench_show (bench, g_array_index (order, guint, CLAMP (position, 0, (gint64) order->len - 1)));
}

void
cd_bench_show_next (CdBench *bench)
{
  bench->in_list = FALSE;
  show_position (bench, 0);
}

void
cd_bench_show_text (CdBench *bench, gboolean rules)
{
  g_clear_pointer (&bench->text, cd_rows_free);
  bench->text_top = 0;
  bench->rules = rules;
  bench->behind = bench->view;
  bench->view = CD_VIEW_TEXT;
}

/* --- the question --- */

/* So that the chosen passage stands on the screen, its head at least. */
static void
show_chosen (CdBench *bench)
{
  guint first = 0, count = 0;
  if (bench->rows == NULL || !cd_rows_find (bench->rows, bench->chosen + 1, &first, &count))
    return;
  if (first + count > bench->top + bench->height)
    bench->top = first + count - bench->height;
  bench->top = MIN (bench->top, first);
}

static void
choose (CdBench *bench, gint64 place)
{
  guint first = 0, count = 0;
  gboolean found = bench->rows != NULL && cd_rows_find (bench->rows, bench->chosen + 1, &first, &count);
  gboolean below = found && first >= bench->top + bench->height, above = found && first < bench->top;
  /* A passage that is out of sight is shown before the next one is chosen; beyond the last and before the first one there is still text. */
  if ((below && place == (gint64) bench->chosen + 1) || (above && place == (gint64) bench->chosen - 1))
    show_chosen (bench);
  else if (place < 0)
    bench->top -= MIN (bench->top, 1);
  else if (place >= (gint64) bench->places->len)
    bench->top++;
  else {
    bench->chosen = (guint) place;
    show_chosen (bench);
  }
}

/* TRUE where the key moved something. */
static gboolean
move_question (CdBench *bench, const CdKey *key)
{
  gunichar c = cd_key_command (key);
  gint64 position = cd_bench_position (bench), page = MAX (bench->in_list ? bench->list_height : bench->height, 2) - 1;
  gint64 at = bench->in_list ? position : bench->chosen;
  void (*go) (CdBench *, gint64) = bench->in_list ? show_position : choose;
  if (cd_key_is (key, CD_NAME_LEFT))
    show_position (bench, position - 1);
  else if (cd_key_is (key, CD_NAME_RIGHT))
    show_position (bench, position + 1);
  else if (c == 'j' || cd_key_is (key, CD_NAME_DOWN))
    go (bench, at + 1);
  else if (c == 'k' || cd_key_is (key, CD_NAME_UP))
    go (bench, at - 1);
  else if (cd_key_is (key, CD_NAME_PAGE_DOWN) || c == ' ') {
    if (bench->in_list)
      go (bench, at + page);
    else
      bench->top += (guint) page;
  } else if (cd_key_is (key, CD_NAME_PAGE_UP) || c == 'b') {
    if (bench->in_list)
      go (bench, at - page);
    else
      bench->top -= MIN (bench->top, (guint) page);
  } else if (c == 'g' || cd_key_is (key, CD_NAME_HOME)) {
    go (bench, 0);
    bench->top = 0;
  } else if (c == 'G' || cd_key_is (key, CD_NAME_END))
    go (bench, (bench->in_list ? (gint64) cd_session_order (bench->session)->len : (gint64) bench->places->len) - 1);
  else
    return FALSE;
  return TRUE;
}

static void
question_key (CdBench *bench, const CdKey *key)
{
  if (move_question (bench, key))
    return;
  switch (cd_key_command (key)) {
    case 'y':
      cd_bench_open_form (bench, CD_ANSWER_YES);
      break;
    case 'n':
      cd_bench_open_form (bench, CD_ANSWER_NO);
      break;
    case 'l':
      cd_bench_put_off (bench);
      break;
    case 'u':
      cd_bench_undo (bench);
      break;
    case 'f':
      cd_bench_open_place (bench);
      break;
    case 'o':
      cd_bench_ask (bench, CD_PROMPT_OPEN);
      break;
    case 'c':
    case '?':
      cd_bench_show_text (bench, cd_key_command (key) == 'c');
      break;
    case 'q':
      bench->done = TRUE;
      break;
    default:
      if (cd_key_is (key, CD_NAME_TAB) || cd_key_is (key, CD_NAME_BACKTAB))
        bench->in_list = !bench->in_list;
      else if (cd_key_is (key, CD_NAME_ENTER))
        cd_bench_open_place (bench);
  }
}

static void
text_key (CdBench *bench, const CdKey *key)
{
  gunichar c = cd_key_command (key);
  guint page = (guint) MAX (cd_tty_area (bench->tty).height - 5, 1);
  if (c == 'q' || c == 'c' || c == '?' || cd_key_is (key, CD_NAME_ESCAPE) || cd_key_is (key, CD_NAME_ENTER))
    bench->view = bench->behind;
  else if (c == 'j' || cd_key_is (key, CD_NAME_DOWN))
    bench->text_top++;
  else if (c == 'k' || cd_key_is (key, CD_NAME_UP))
    bench->text_top -= MIN (bench->text_top, 1);
  else if (c == ' ' || cd_key_is (key, CD_NAME_PAGE_DOWN))
    bench->text_top += page;
  else if (c == 'b' || cd_key_is (key, CD_NAME_PAGE_UP))
    bench->text_top -= MIN (bench->text_top, page);
  else if (c == 'g' || cd_key_is (key, CD_NAME_HOME))
    bench->text_top = 0;
  else if (c == 'G' || cd_key_is (key, CD_NAME_END))
    bench->text_top = bench->text->rows->len;
}

/* --- the loop --- */

static void
act (CdBench *bench, const CdKey *key)
{
  static void (*const views[CD_VIEWS]) (CdBench *, const CdKey *) = {
    [CD_VIEW_QUESTION] = question_key,
    [CD_VIEW_FILE] = cd_bench_file_key,
    [CD_VIEW_FORM] = cd_bench_form_key,
    [CD_VIEW_TEXT] = text_key,
  };
  if (bench->small) { /* nobody acts on what cannot be seen */
    bench->done = cd_key_command (key) == 'q';
    return;
  }
  g_clear_pointer (&bench->message, g_free);
  bench->alarm = FALSE;
  if (cd_key_command (key) == ('l' & 0x1F))
    cd_tty_forget (bench->tty);
  else if (bench->prompt != CD_PROMPT_NONE)
    cd_bench_prompt_key (bench, key);
  else
    views[bench->view](bench, key);
}

/* Returns the signal that ended it, 0 for none. */
static int
run (CdBench *bench, GError **error)
{
  while (!bench->done) {
    cd_bench_draw (bench);
    CdKey key = cd_tty_key (bench->tty);
    if (key.kind == CD_KEY_SIGNAL)
      return key.signal;
    if (key.kind == CD_KEY_GONE) {
      g_set_error_literal (error, CD_ERROR, CD_ERROR_INTERNAL, "the terminal is gone; the answers that were given are saved");
      return 0;
    }
    if (key.kind == CD_KEY_CHARACTER || key.kind == CD_KEY_NAMED || key.kind == CD_KEY_PASTED)
      act (bench, &key);
  }
  return 0;
}

static void
clear (CdBench *bench)
{
  g_clear_pointer (&bench->places, g_array_unref);
  g_clear_pointer (&bench->spans, g_array_unref);
  g_clear_pointer (&bench->rows, cd_rows_free);
  g_clear_pointer (&bench->marked, g_ptr_array_unref);
  g_clear_pointer (&bench->drafts, g_ptr_array_unref);
  g_clear_pointer (&bench->file, cd_file_view_free);
  g_clear_pointer (&bench->preview, cd_file_view_free);
  g_clear_pointer (&bench->form, cd_form_free);
  g_clear_pointer (&bench->text, cd_rows_free);
  g_clear_pointer (&bench->typed, cd_edit_free);
  g_clear_pointer (&bench->tty, cd_tty_close);
  g_free (bench->message);
}

static gpointer
new_spans (void)
{
  return g_array_new (FALSE, FALSE, sizeof (CdSpan));
}

static void
begin (CdBench *bench)
{
  guint length = cd_rubric_length (cd_session_audit (bench->session)->rubric);
  bench->unicode = cd_tty_unicode (bench->tty);
  bench->typed = cd_edit_new ("");
  bench->marked = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  bench->drafts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < length; i++) {
    g_ptr_array_add (bench->marked, new_spans ());
    g_ptr_array_add (bench->drafts, NULL);
  }
  show_position (bench, 0);
  cd_bench_say (bench, FALSE, cd_session_answered (bench->session) > 0 ? "Resumed where it was left. ? explains the keys." : "? explains the keys.");
}

gboolean
cd_review_screen (CdSession *session, GError **error)
{
  CdBench bench = { .session = session };
  GError *cause = NULL;
  if (cd_session_order (session)->len == 0)
    return TRUE;
  bench.tty = cd_tty_open (error);
  if (bench.tty == NULL)
    return FALSE;
  begin (&bench);
  int number = run (&bench, &cause);
  clear (&bench);
  if (number != 0)
    raise (number);
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}
