/* What stands where: head, list, question, file, form, keys; side by side where the terminal is wide, below each other where it is not. */
#include "review/screen-bench.h"
#include <string.h>

#define LEAST_COLUMNS 40
#define LEAST_ROWS 12
#define BESIDE 100    /* columns from which the list stands beside the question */
#define WITH_FILE 160 /* and the file beside that */
#define LIST_ROWS 4   /* least, above the question */

typedef struct {
  const char *keys, *ascii, *what; /* ascii: NULL the same */
  guint rank;                      /* the highest goes first where there is no room */
} Hint;

static const Hint QUESTION_HINTS[] = {
  { "y", NULL, "yes", 0 },         { "n", NULL, "no", 0 },       { "l", NULL, "later", 1 }, { "u", NULL, "undo", 3 },
  { "↑↓", "Up/Dn", "passage", 5 }, { "Enter", NULL, "file", 1 }, { "o", NULL, "open", 6 },  { "Tab", NULL, "list", 2 },
  { "c", NULL, "rules", 4 },       { "?", NULL, "help", 0 },     { "q", NULL, "quit", 0 },
};
static const Hint LIST_HINTS[] = {
  { "y", NULL, "yes", 1 },        { "n", NULL, "no", 1 },    { "l", NULL, "later", 2 }, { "u", NULL, "undo", 3 }, { "↑↓", "Up/Dn", "question", 0 },
  { "Tab", NULL, "passages", 0 }, { "c", NULL, "rules", 4 }, { "?", NULL, "help", 0 },  { "q", NULL, "quit", 0 },
};
static const Hint FILE_HINTS[] = {
  { "m", NULL, "mark line", 0 }, { "Tab", NULL, "next passage", 2 }, { "/", NULL, "search", 1 }, { "n", NULL, "next", 3 },
  { "N", NULL, "previous", 4 },  { "g", NULL, "begin", 5 },          { "G", NULL, "end", 5 },    { "PgDn", NULL, "page", 6 },
  { "Esc", NULL, "back", 0 },    { "?", NULL, "help", 1 },
};
static const Hint FORM_HINTS[] = {
  { "Enter", NULL, "save", 0 },
  { "Esc", NULL, "back", 0 },
  { "Tab", NULL, "reason/evidence", 1 },
  { "Space", NULL, "take or leave a place", 2 },
};
static const Hint TEXT_HINTS[] = { { "↑↓", "Up/Dn", "scroll", 1 }, { "PgDn", NULL, "page", 2 }, { "Esc", NULL, "back", 0 } };
static const Hint PROMPT_HINTS[] = { { "Enter", NULL, "go", 0 }, { "Esc", NULL, "back", 0 } };
static const Hint OPEN_HINTS[] = { { "Enter", NULL, "open", 0 }, { "Tab", NULL, "complete the path", 1 }, { "Esc", NULL, "back", 0 } };

/* --- head and foot --- */

/* Without what all addresses begin with. */
static const char *
short_work (const char *work)
{
  const char *scheme = strstr (work, "://");
  return scheme != NULL ? scheme + 3 : work;
}

static void
draw_head (CdBench *bench, CdArea all)
{
  const CdAssessment *assessment = cd_session_assessment (bench->session);
  const CdScore *score = cd_session_score (bench->session);
  const char *dash = bench->unicode ? "–" : "-";
  guint width = (guint) all.width;
  g_autofree char *right
      = g_strdup_printf (" score %u of %u, likely %u%s%u  %u of %u answered ", score->total, score->of, score->likely[0], dash, score->likely[1],
                         cd_session_answered (bench->session), cd_rubric_length (cd_session_audit (bench->session)->rubric));
  guint taken = MIN (cd_text_columns (right), width);
  g_autofree char *work = g_strdup_printf (" %s%s%s @ %.10s", short_work (assessment->work), *assessment->subdir != '\0' ? "/" : "",
                                           assessment->subdir, assessment->commit);
  g_autofree char *clean = cd_screen_clean (work, strlen (work), bench->unicode);
  g_autofree char *left = cd_screen_cut_middle (clean, width - taken, bench->unicode);
  cd_tty_fill (bench->tty, 0, 0, width, left, CD_INK_BAR);
  cd_tty_put (bench->tty, 0, (int) (width - taken), taken, right, CD_INK_BAR);
}

static guint
hint_columns (const CdBench *bench, const Hint *hint)
{
  const char *keys = bench->unicode || hint->ascii == NULL ? hint->keys : hint->ascii;
  return cd_text_columns (keys) + 1 + cd_text_columns (hint->what) + 2;
}

/* The highest rank for which there is room. */
static guint
rank_that_fits (const CdBench *bench, const Hint *hints, gsize count, guint width)
{
  for (guint rank = 9; rank > 0; rank--) {
    guint columns = 0;
    for (gsize i = 0; i < count; i++)
      columns += hints[i].rank <= rank ? hint_columns (bench, &hints[i]) : 0;
    if (columns <= width)
      return rank;
  }
  return 0;
}

static void
draw_hints (CdBench *bench, CdArea row, const Hint *hints, gsize count)
{
  guint rank = rank_that_fits (bench, hints, count, (guint) row.width), width = (guint) row.width, at = 1;
  for (gsize i = 0; i < count && at < width; i++) {
    if (hints[i].rank > rank)
      continue;
    const char *keys = bench->unicode || hints[i].ascii == NULL ? hints[i].keys : hints[i].ascii;
    at += cd_tty_put (bench->tty, row.top, (int) at, width - at, keys, CD_INK_STRONG) + 1;
    at += cd_tty_put (bench->tty, row.top, (int) at, at < width ? width - at : 0, hints[i].what, CD_INK_PLAIN) + 2;
  }
}

static void
draw_said (CdBench *bench, CdArea row)
{
  guint width = (guint) MAX (row.width - 2, 0);
  g_autofree char *clean = cd_screen_clean (bench->message, strlen (bench->message), bench->unicode);
  g_autofree char *cut = cd_screen_cut (clean, width, bench->unicode);
  cd_tty_put (bench->tty, row.top, 1, width, cut, bench->alarm ? CD_INK_BAD : CD_INK_STRONG);
}

static void
draw_foot (CdBench *bench, CdArea row)
{
  static const struct {
    const Hint *hints;
    gsize count;
  } views[] = {
    [CD_VIEW_QUESTION] = { QUESTION_HINTS, G_N_ELEMENTS (QUESTION_HINTS) },
    [CD_VIEW_FILE] = { FILE_HINTS, G_N_ELEMENTS (FILE_HINTS) },
    [CD_VIEW_FORM] = { FORM_HINTS, G_N_ELEMENTS (FORM_HINTS) },
    [CD_VIEW_TEXT] = { TEXT_HINTS, G_N_ELEMENTS (TEXT_HINTS) },
  };
  if (bench->prompt != CD_PROMPT_NONE && bench->message != NULL)
    draw_said (bench, row);
  else if (bench->prompt == CD_PROMPT_OPEN)
    draw_hints (bench, row, OPEN_HINTS, G_N_ELEMENTS (OPEN_HINTS));
  else if (bench->prompt != CD_PROMPT_NONE)
    draw_hints (bench, row, PROMPT_HINTS, G_N_ELEMENTS (PROMPT_HINTS));
  else if (bench->view == CD_VIEW_QUESTION && bench->in_list)
    draw_hints (bench, row, LIST_HINTS, G_N_ELEMENTS (LIST_HINTS));
  else
    draw_hints (bench, row, views[bench->view].hints, views[bench->view].count);
}

/* "marked: README.md:3–5, train.py:10"; in a file without marks, what it was opened for. Caller frees. */
static char *
spell_aim (const CdBench *bench)
{
  const GArray *marked = cd_bench_marked (bench);
  const CdCriterion *asked = cd_rubric_criterion (cd_session_audit (bench->session)->rubric, bench->criterion);
  if (marked->len == 0)
    return bench->view == CD_VIEW_FILE ? g_strdup_printf ("%s: %s", asked->id, asked->question) : g_strdup ("");
  const GPtrArray *documents = cd_session_audit (bench->session)->corpus->documents;
  GString *text = g_string_new ("marked: ");
  for (guint i = 0; i < marked->len; i++) {
    const CdSpan *span = &g_array_index (marked, CdSpan, i);
    g_autofree char *place = cd_question_place (((const CdDocument *) documents->pdata[span->document])->path, span->line, span->end, bench->unicode);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", place);
  }
  return g_string_free (text, FALSE);
}

static void
draw_message (CdBench *bench, CdArea row)
{
  guint width = (guint) MAX (row.width - 2, 0);
  if (bench->prompt != CD_PROMPT_NONE) {
    const char *label = bench->prompt == CD_PROMPT_OPEN ? "Open: " : "Search: ";
    guint taken = cd_tty_put (bench->tty, row.top, 1, width, label, CD_INK_STRONG);
    cd_edit_draw (bench->typed, bench->tty, (CdArea){ row.top, 1 + (int) taken, 1, row.width - 1 - (int) taken }, TRUE);
    return;
  }
  if (bench->message != NULL) {
    draw_said (bench, row);
    return;
  }
  g_autofree char *aim = spell_aim (bench);
  g_autofree char *clean = cd_screen_clean (aim, strlen (aim), bench->unicode);
  g_autofree char *cut = cd_screen_cut (clean, width, bench->unicode);
  cd_tty_put (bench->tty, row.top, 1, width, cut, CD_INK_FAINT);
}

/* --- views --- */

/* How many passages there are, and whether the page goes on below; right of the title where there is room. */
static void
draw_extent (CdBench *bench, CdArea row, guint taken)
{
  gboolean more = bench->rows->rows->len > bench->top + bench->height;
  g_autofree char *text = g_strdup_printf (" %u passage%s%s ", bench->places->len, bench->places->len == 1 ? "" : "s",
                                           !more            ? ""
                                           : bench->unicode ? ", more below ↓"
                                                            : ", more below");
  guint columns = cd_text_columns (text);
  if ((guint) MAX (row.width, 0) > taken + columns + 6)
    cd_tty_put (bench->tty, row.top, row.left + row.width - (int) columns - 1, columns, text, CD_INK_FAINT);
}

static void
draw_question (CdBench *bench, CdArea area)
{
  const CdRubric *rubric = cd_session_audit (bench->session)->rubric;
  const CdCriterion *asked = cd_rubric_criterion (rubric, bench->criterion);
  const char *between = bench->unicode ? " · " : " - ";
  g_autofree char *title = g_strdup_printf ("%s%s%s%s%u point%s", asked->id, between, cd_rubric_dimension (rubric, asked->dimension)->name, between,
                                            asked->points, asked->points == 1 ? "" : "s");
  g_autofree char *clean = cd_screen_clean (title, strlen (title), bench->unicode);
  cd_tty_rule (bench->tty, area, clean, bench->in_list ? CD_INK_PLAIN : CD_INK_STRONG);
  area.top++;
  area.height--;
  /* A column is left free at either side. */
  area.left++;
  area.width -= 2;
  guint columns = (guint) MAX (area.width, 1);
  if (bench->rows == NULL || bench->rows->columns != columns) {
    g_clear_pointer (&bench->rows, cd_rows_free);
    bench->rows = cd_question_rows (bench->session, bench->criterion, bench->places, columns, bench->unicode);
  }
  bench->height = (guint) MAX (area.height, 0);
  cd_rows_draw (bench->rows, bench->tty, area, &bench->top, bench->in_list ? 0 : bench->chosen + 1);
  draw_extent (bench, (CdArea){ area.top - 1, area.left, 1, area.width }, cd_text_columns (clean));
}

/* Caller frees. */
static char *
spell_file (const CdBench *bench, const CdFileView *file)
{
  const CdDocument *document = cd_file_view_document (file);
  const char *between = bench->unicode ? " · " : " - ";
  GString *title = g_string_new (document->path);
  g_autofree char *nothing = cd_file_view_nothing (file);
  if (nothing == NULL)
    g_string_append_printf (title, "%sline %u of %u", between, cd_file_view_line (file), document->lines->starts->len);
  if (document->kind == CD_DOCUMENT_PDF || document->kind == CD_DOCUMENT_NOTEBOOK)
    g_string_append_printf (title, "%sits text, as Candor reads it", between);
  if (nothing == NULL && document->unread != NULL)
    g_string_append_printf (title, "%s%s", between, document->unread);
  g_autofree char *all = g_string_free (title, FALSE);
  return cd_screen_clean (all, strlen (all), bench->unicode);
}

static void
draw_file (CdBench *bench, CdFileView *file, CdArea area, gboolean cursor)
{
  g_autofree char *title = spell_file (bench, file);
  g_autofree char *cut = cd_screen_cut_middle (title, (guint) MAX (area.width - 6, 1), bench->unicode);
  cd_tty_rule (bench->tty, area, cut, cursor ? CD_INK_STRONG : CD_INK_PLAIN);
  area.top++;
  area.height--;
  cd_file_view_draw (file, bench->tty, area, cd_bench_marked (bench), bench->spans, cursor);
}

/* The chosen place's file; the same view as long as the place is the same. */
static void
draw_preview (CdBench *bench, CdArea area)
{
  const CdEvidence *place = cd_bench_place (bench);
  if (place == NULL) {
    cd_tty_rule (bench->tty, area, "", CD_INK_PLAIN);
    return;
  }
  const CdFileView *shown = bench->preview;
  if (shown == NULL || cd_file_view_index (shown) != place->document || cd_file_view_line (shown) != MAX (place->line, 1)) {
    g_clear_pointer (&bench->preview, cd_file_view_free);
    bench->preview = cd_file_view_new (cd_session_audit (bench->session)->corpus->documents->pdata[place->document], place->document, place->line,
                                       bench->unicode);
  }
  draw_file (bench, bench->preview, area, FALSE);
}

static void
draw_questions (CdBench *bench, CdArea body)
{
  guint length = cd_session_order (bench->session)->len;
  if (body.width < BESIDE) {
    int rows = CLAMP ((int) length, 1, MAX (body.height / 4 - 1, LIST_ROWS)) + 1;
    cd_bench_draw_list (bench, (CdArea){ body.top, body.left, rows, body.width });
    draw_question (bench, (CdArea){ body.top + rows, body.left, body.height - rows, body.width });
    return;
  }
  int list = (int) cd_bench_list_columns (bench), rest = body.width - list - 1;
  int question = body.width < WITH_FILE ? rest : rest / 2;
  cd_bench_draw_list (bench, (CdArea){ body.top, body.left, body.height, list });
  cd_tty_column (bench->tty, body.top, list, body.height);
  draw_question (bench, (CdArea){ body.top, list + 1, body.height, question });
  if (question == rest)
    return;
  cd_tty_column (bench->tty, body.top, list + 1 + question, body.height);
  draw_preview (bench, (CdArea){ body.top, list + question + 2, body.height, rest - question - 1 });
}

static void
draw_text (CdBench *bench, CdArea body)
{
  guint columns = (guint) MAX (body.width - 2, 1);
  if (bench->text == NULL || bench->text->columns != columns) {
    g_clear_pointer (&bench->text, cd_rows_free);
    bench->text = bench->rules ? cd_bench_rules (bench->session, columns, bench->unicode) : cd_bench_help (columns, bench->unicode);
  }
  cd_tty_rule (bench->tty, body, bench->rules ? "What counts, whatever the question" : "Help", CD_INK_STRONG);
  cd_rows_draw (bench->text, bench->tty, (CdArea){ body.top + 1, body.left + 1, body.height - 1, body.width - 2 }, &bench->text_top, 0);
}

static void
draw_small (CdBench *bench, CdArea all)
{
  g_autoptr (CdRows) rows = cd_rows_new ((guint) MAX (all.width, 1), bench->unicode);
  cd_rows_addf (rows, CD_INK_STRONG, "The terminal is too small: %d columns and %d rows are needed. q quits.", LEAST_COLUMNS, LEAST_ROWS);
  guint top = 0;
  cd_rows_draw (rows, bench->tty, all, &top, 0);
}

void
cd_bench_draw (CdBench *bench)
{
  CdArea all = cd_tty_area (bench->tty), body = { 1, 0, all.height - 3, all.width };
  cd_tty_erase (bench->tty);
  bench->small = all.width < LEAST_COLUMNS || all.height < LEAST_ROWS;
  if (bench->small)
    draw_small (bench, all);
  else {
    draw_head (bench, all);
    if (bench->view == CD_VIEW_QUESTION)
      draw_questions (bench, body);
    else if (bench->view == CD_VIEW_FILE)
      draw_file (bench, bench->file, body, TRUE);
    else if (bench->view == CD_VIEW_FORM)
      cd_form_draw (bench->form, bench->session, bench->tty, body);
    else
      draw_text (bench, body);
    draw_message (bench, (CdArea){ all.height - 2, 0, 1, all.width });
    draw_foot (bench, (CdArea){ all.height - 1, 0, 1, all.width });
  }
  cd_tty_show (bench->tty);
}
