/* The questions, one or two rows each: state, id, points, and how much the answer is in doubt. */
#include "report/pick.h"
#include "review/screen-bench.h"
#include <string.h>

#define FIGURES 11u /* columns of points and doubt */
#define MARK 2u
#define LEAST_TEXT 12u /* columns in which a question's words say something */

guint
cd_bench_list_columns (const CdBench *bench)
{
  const CdRubric *rubric = cd_session_audit (bench->session)->rubric;
  guint widest = 8;
  for (guint i = 0; i < cd_rubric_length (rubric); i++)
    widest = MAX (widest, cd_text_columns (cd_rubric_criterion (rubric, i)->id));
  return MARK + MIN (widest, 30) + FIGURES;
}

/* "  6  42 %"; an answered question is in no doubt. */
static char *
spell_figures (const CdBench *bench, guint criterion)
{
  const CdVerdict *verdict = cd_session_verdict (bench->session, criterion);
  guint points = cd_rubric_criterion (cd_session_audit (bench->session)->rubric, criterion)->points;
  if (verdict->basis == CD_BASIS_ASSESSED)
    return g_strdup_printf ("%4u      ", points);
  return g_strdup_printf ("%4u %3u %% ", points, 100 - cd_pick_percent (verdict));
}

static void
draw_entry (const CdBench *bench, guint criterion, CdArea entry, gboolean chosen)
{
  const CdCriterion *asked = cd_rubric_criterion (cd_session_audit (bench->session)->rubric, criterion);
  CdInk ink = CD_INK_PLAIN;
  const char *mark = cd_question_mark (bench->session, criterion, bench->unicode, &ink);
  guint width = (guint) entry.width, list = MIN (cd_bench_list_columns (bench), width), name = list > MARK + FIGURES ? list - MARK - FIGURES : 1;
  g_autofree char *id = cd_screen_clean (asked->id, strlen (asked->id), bench->unicode);
  g_autofree char *cut = cd_screen_cut_middle (id, name, bench->unicode);
  g_autofree char *figures = spell_figures (bench, criterion);
  g_autofree char *words = cd_screen_clean (asked->question, strlen (asked->question), bench->unicode);
  CdInk body = !chosen ? CD_INK_PLAIN : bench->in_list ? CD_INK_CHOSEN : CD_INK_STRONG;
  cd_tty_fill (bench->tty, entry.top, entry.left, width, "", body == CD_INK_CHOSEN ? body : CD_INK_PLAIN);
  cd_tty_put (bench->tty, entry.top, entry.left, MARK, mark, body == CD_INK_CHOSEN ? body : ink);
  if (chosen)
    cd_tty_put (bench->tty, entry.top, entry.left + 1, 1, bench->unicode ? "▸" : ">", body);
  cd_tty_put (bench->tty, entry.top, entry.left + (int) MARK, name, cut, body);
  cd_tty_put (bench->tty, entry.top, entry.left + (int) (MARK + name), width - MIN (MARK + name, width), figures, body);
  if (width >= list + LEAST_TEXT) {
    g_autofree char *shown = cd_screen_cut (words, width - list, bench->unicode);
    cd_tty_put (bench->tty, entry.top, entry.left + (int) list, width - list, shown, body);
  }
  if (entry.height > 1 && width > MARK) {
    g_autofree char *shown = cd_screen_cut (words, width - MARK, bench->unicode);
    cd_tty_put (bench->tty, entry.top + 1, entry.left + (int) MARK, width - MARK, shown, CD_INK_FAINT);
  }
}

void
cd_bench_draw_list (CdBench *bench, CdArea area)
{
  const GArray *order = cd_session_order (bench->session);
  guint list = cd_bench_list_columns (bench);
  cd_tty_rule (bench->tty, area, "Questions", bench->in_list ? CD_INK_STRONG : CD_INK_PLAIN);
  if (area.width >= (int) list)
    cd_tty_put (bench->tty, area.top, area.left + (int) (list - FIGURES), FIGURES + 1, " pts  doubt ", CD_INK_FAINT);
  area.top++;
  area.height--;
  if (area.height < 1 || area.width < 1)
    return;
  guint rows = (guint) area.height / 2 >= order->len ? 2 : 1, position = cd_bench_position (bench);
  bench->list_height = (guint) area.height / rows;
  bench->list_top = CLAMP (bench->list_top, position >= bench->list_height ? position - bench->list_height + 1 : 0, position);
  if (order->len <= bench->list_height)
    bench->list_top = 0;
  for (guint i = 0; i < bench->list_height && bench->list_top + i < order->len; i++) {
    guint criterion = g_array_index (order, guint, bench->list_top + i);
    CdArea entry = { area.top + (int) (i * rows), area.left, (int) rows, area.width };
    draw_entry (bench, criterion, entry, criterion == bench->criterion);
  }
}
