/* Labels of rows: those that take several lines are joined, those that stand beside several rows are repeated in each. */
#include "documents/pdf-grid.h"

#include <math.h>
#include <string.h>

#define OWN_PITCH 0.75f  /* a line nearer to figures than so many pitches is part of their row */
#define RULE_PITCH 1.12f /* rows so many pitches apart have a rule between them */

/* Lines of a label, one below the other. */
typedef struct {
  guint row, last; /* grid rows of the first and last line */
  float center;
  gboolean loose; /* no line stands in a row of figures */
} Label;

typedef struct {
  CdPdfGrid *grid;
  guint8 *data;  /* by row: figures stand in it */
  guint8 *own;   /* by row: text with a row of its own: the title of a group, or heads inside the table */
  float *center; /* by row */
  float pitch;   /* from row of figures to row of figures, the usual one */
} Joiner;

static const CdPdfRow *
stream_row (const CdPdfGrid *grid, guint row)
{
  return &g_array_index (grid->stream->rows, CdPdfRow, grid->region.start + row);
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float left = *(const float *) a, right = *(const float *) b;
  return (left > right) - (left < right);
}

/* The median distance of rows of figures that follow one another, else a line's height. */
static float
usual_pitch (const Joiner *joiner)
{
  const CdPdfGrid *grid = joiner->grid;
  g_autoptr (GArray) pitches = g_array_new (FALSE, FALSE, sizeof (float));
  for (guint r = grid->heads + 1; r < grid->rows; r++)
    if (joiner->data[r] && joiner->data[r - 1]) {
      float pitch = joiner->center[r] - joiner->center[r - 1];
      g_array_append_val (pitches, pitch);
    }
  g_array_sort (pitches, compare_floats);
  const CdPdfRow *row = stream_row (grid, grid->heads);
  return pitches->len > 0 ? g_array_index (pitches, float, pitches->len / 2) : 1.1f * (row->bottom - row->top);
}

/* The nearest row of figures above or below; grid->rows where there is none. */
static guint
data_above (const Joiner *joiner, guint row)
{
  for (guint r = row; r > joiner->grid->heads; r--)
    if (joiner->data[r - 1])
      return r - 1;
  return joiner->grid->rows;
}

static guint
data_below (const Joiner *joiner, guint row)
{
  for (guint r = row + 1; r < joiner->grid->rows; r++)
    if (joiner->data[r])
      return r;
  return joiner->grid->rows;
}

/* TRUE where text at the end of a line is not finished, or the next line begins like a rest. */
static gboolean
is_rest (const char *before, const char *text)
{
  gsize length = strlen (before);
  gboolean open = length > 0 && strchr ("-+,/(&", before[length - 1]) != NULL;
  gboolean bracket = strchr (before, '(') != NULL && strchr (before, ')') == NULL;
  return open || bracket || g_ascii_islower (text[0]) || strchr ("(+&/-", text[0]) != NULL;
}

/* Does a row without figures take a place of its own among the rows? */
static gboolean
is_own (const Joiner *joiner, guint row)
{
  const CdPdfGrid *grid = joiner->grid;
  guint above = data_above (joiner, row), below = data_below (joiner, row);
  const CdPdfRow *here = stream_row (grid, row);
  if (here->end - here->start == 1) {
    const CdPdfSegment *segment = &g_array_index (grid->stream->segments, CdPdfSegment, here->start);
    guint last = MAX (grid->labels, 1) - 1;
    if (segment->left > g_array_index (grid->columns, CdPdfColumn, last).right
        || segment->right > g_array_index (grid->columns, CdPdfColumn, last + 1).left)
      return TRUE;
  }
  float up = above < grid->rows ? joiner->center[row] - joiner->center[above] : G_MAXFLOAT;
  float down = below < grid->rows ? joiner->center[below] - joiner->center[row] : G_MAXFLOAT;
  return MIN (up, down) >= OWN_PITCH * joiner->pitch;
}

/* A label's further line that has a row's place: the label above is not finished. */
static gboolean
continues (const Joiner *joiner, guint row)
{
  const CdPdfGrid *grid = joiner->grid;
  const CdPdfCell *before = row > grid->heads ? cd_pdf_grid_cell (grid, row - 1, 0) : NULL, *here = cd_pdf_grid_cell (grid, row, 0);
  const CdPdfRow *upper = row > grid->heads ? stream_row (grid, row - 1) : NULL, *lower = stream_row (grid, row);
  if (before == NULL || before->text == NULL || here->text == NULL || lower->end - lower->start != 1)
    return FALSE;
  return lower->top - upper->bottom < 0.15f * (lower->bottom - lower->top) && is_rest (before->text->str, here->text->str);
}

static void
append_cell (CdPdfGrid *grid, guint to, guint from, guint column, gboolean before)
{
  CdPdfCell *target = cd_pdf_grid_cell (grid, to, column), *source = cd_pdf_grid_cell (grid, from, column);
  if (source->text == NULL || to == from)
    return;
  if (target->text == NULL) {
    target->text = g_string_new (source->text->str);
    target->line = source->line;
  } else if (before) {
    g_string_prepend_c (target->text, ' ');
    g_string_prepend (target->text, source->text->str);
    target->line = source->line;
  } else {
    g_string_append_printf (target->text, " %s", source->text->str);
  }
}

/* The labels of a column between rows [start, end), lines joined that are close and not both beside figures. */
static GArray *
labels_of (const Joiner *joiner, guint column, guint start, guint end)
{
  const CdPdfGrid *grid = joiner->grid;
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (Label));
  for (guint r = start; r < end; r++) {
    if (cd_pdf_grid_cell (grid, r, column)->text == NULL)
      continue;
    Label *last = labels->len > 0 ? &g_array_index (labels, Label, labels->len - 1) : NULL;
    const CdPdfRow *row = stream_row (grid, r);
    float height = row->bottom - row->top;
    gboolean close = last != NULL && row->top - stream_row (grid, last->last)->bottom < 0.25f * height;
    if (close && (!joiner->data[r] || last->loose || !joiner->data[last->last])) {
      last->last = r;
      last->center = (joiner->center[last->row] + joiner->center[r]) / 2;
      last->loose = last->loose && !joiner->data[r];
      continue;
    }
    Label label = { r, r, joiner->center[r], !joiner->data[r] };
    g_array_append_val (labels, label);
  }
  return labels;
}

static float
row_gap (const Joiner *joiner, const GArray *rows, guint at)
{
  return joiner->center[g_array_index (rows, guint, at)] - joiner->center[g_array_index (rows, guint, at - 1)];
}

/* Each label in the middle of its rows: by that, where do its rows end? FALSE where the labels do not stand so. ends: by label. */
static gboolean
divide_by_middle (const Joiner *joiner, const GArray *labels, const GArray *rows, guint *starts, guint *ends)
{
  guint at = 0;
  for (guint l = 0; l < labels->len; l++) {
    const Label *label = &g_array_index (labels, Label, l);
    if (at >= rows->len)
      return FALSE;
    float first = joiner->center[g_array_index (rows, guint, at)], best = G_MAXFLOAT;
    guint end = at;
    for (guint r = at; r < rows->len; r++) {
      float off = fabsf ((first + joiner->center[g_array_index (rows, guint, r)]) / 2 - label->center);
      if (off >= best)
        break;
      best = off;
      end = r + 1;
    }
    if (best > 0.4f * joiner->pitch)
      return FALSE;
    starts[l] = at;
    ends[l] = end;
    at = end;
  }
  return at == rows->len;
}

/* Rules leave wider gaps: rows between two of them are a block. A label each, in the middle of its block or at its head, is the label of all of its
 * rows; blocks may have none. FALSE where some block has more. ends: by label, and starts likewise. */
static gboolean
divide_by_gap (const Joiner *joiner, const GArray *labels, const GArray *rows, guint *starts, guint *ends)
{
  guint found = 0;
  for (guint start = 0, end = 0; start < rows->len; start = end) {
    for (end = start + 1; end < rows->len && row_gap (joiner, rows, end) <= RULE_PITCH * joiner->pitch;)
      end++;
    float first = joiner->center[g_array_index (rows, guint, start)], last = joiner->center[g_array_index (rows, guint, end - 1)];
    guint inside = 0;
    for (guint l = found; l < labels->len && g_array_index (labels, Label, l).center < last + joiner->pitch / 2; l++)
      inside++;
    if (inside > 1)
      return FALSE;
    float center = inside > 0 ? g_array_index (labels, Label, found).center : first;
    if (fabsf (center - first) > 0.3f * joiner->pitch && fabsf (center - (first + last) / 2) > 0.8f * joiner->pitch)
      return FALSE;
    if (inside > 0) {
      starts[found] = start;
      ends[found++] = end;
    }
  }
  return found == labels->len;
}

/* Each label from its row down to the next one. */
static gboolean
divide_downwards (const GArray *labels, const GArray *rows, guint *starts, guint *ends)
{
  for (guint l = 0, at = 0; l < labels->len; l++) {
    while (l > 0 && at < rows->len && g_array_index (rows, guint, at) < g_array_index (labels, Label, l).row)
      at++;
    starts[l] = at;
    if (l > 0)
      ends[l - 1] = at;
    ends[l] = rows->len;
  }
  return TRUE;
}

/* The lines of a label as one text. Caller frees. */
static char *
label_text (const CdPdfGrid *grid, guint column, const Label *label)
{
  GString *text = g_string_new (NULL);
  for (guint r = label->row; r <= label->last; r++) {
    const CdPdfCell *cell = cd_pdf_grid_cell (grid, r, column);
    if (cell->text != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", cell->text->str);
  }
  return g_string_free (text, FALSE);
}

static void
set_cell (CdPdfGrid *grid, guint row, guint column, const char *text, guint32 line)
{
  CdPdfCell *cell = cd_pdf_grid_cell (grid, row, column);
  if (cell->text == NULL)
    cell->text = g_string_new (text);
  else
    g_string_assign (cell->text, text);
  cell->line = line;
}

static void
clear_cell (CdPdfGrid *grid, guint row, guint column)
{
  CdPdfCell *cell = cd_pdf_grid_cell (grid, row, column);
  if (cell->text != NULL)
    g_string_free (g_steal_pointer (&cell->text), TRUE);
}

/* Repeat the labels of one column between two group titles: over the rows in whose middle they stand, else down to the next one. */
static void
spread (const Joiner *joiner, guint column, guint start, guint end)
{
  CdPdfGrid *grid = joiner->grid;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean empty = FALSE;
  for (guint r = start; r < end; r++)
    if (joiner->data[r]) {
      g_array_append_val (rows, r);
      empty = empty || cd_pdf_grid_cell (grid, r, column)->text == NULL;
    }
  g_autoptr (GArray) labels = labels_of (joiner, column, start, end);
  if (rows->len == 0 || labels->len == 0 || !empty)
    return;
  g_autofree guint *starts = g_new0 (guint, labels->len), *ends = g_new0 (guint, labels->len);
  gboolean divided = divide_by_gap (joiner, labels, rows, starts, ends) || divide_by_middle (joiner, labels, rows, starts, ends);
  if (!divided && column == 0 && grid->labels > 1)
    divided = divide_downwards (labels, rows, starts, ends);
  for (guint l = 0; divided && l < labels->len; l++) {
    const Label *label = &g_array_index (labels, Label, l);
    g_autofree char *text = label_text (grid, column, label);
    guint32 line = cd_pdf_grid_cell (grid, label->row, column)->line;
    for (guint r = label->row; r <= label->last; r++)
      clear_cell (grid, r, column);
    for (guint i = starts[l]; i < ends[l]; i++)
      set_cell (grid, g_array_index (rows, guint, i), column, text, line);
  }
}

/* A loose line that spreading has not taken goes to the row of figures nearest to it. */
static void
attach (const Joiner *joiner, guint row)
{
  CdPdfGrid *grid = joiner->grid;
  guint above = data_above (joiner, row), below = data_below (joiner, row);
  float up = above < grid->rows ? joiner->center[row] - joiner->center[above] : G_MAXFLOAT;
  float down = below < grid->rows ? joiner->center[below] - joiner->center[row] : G_MAXFLOAT;
  guint to = up <= down ? above : below;
  for (guint c = 0; to < grid->rows && c < grid->columns->len; c++)
    append_cell (grid, to, row, c, to > row);
}

static void
judge_rows (Joiner *joiner)
{
  CdPdfGrid *grid = joiner->grid;
  for (guint r = grid->heads; r < grid->rows; r++) {
    const CdPdfRow *row = stream_row (grid, r);
    CdPdfRowCount count = cd_pdf_row_count (grid->stream, grid->region.start + r);
    joiner->data[r] = cd_pdf_is_data (count) || (count.blanks > 1 && count.segments > 2);
    joiner->center[r] = (row->top + row->bottom) / 2;
  }
  joiner->pitch = usual_pitch (joiner);
  for (guint r = grid->heads; r < grid->rows; r++)
    joiner->own[r] = !joiner->data[r] && is_own (joiner, r) && !continues (joiner, r);
}

void
cd_pdf_grid_join_labels (CdPdfGrid *grid)
{
  g_autofree guint8 *data = g_malloc0 (grid->rows), *own = g_malloc0 (grid->rows);
  g_autofree float *center = g_new0 (float, grid->rows);
  Joiner joiner = { .grid = grid, .data = data, .own = own, .center = center };
  judge_rows (&joiner);
  for (guint c = 0; c < grid->labels; c++)
    for (guint start = grid->heads, end = start; start < grid->rows; start = end + 1) {
      for (end = start; end < grid->rows && !own[end];)
        end++;
      spread (&joiner, c, start, end);
    }
  for (guint r = grid->heads; r < grid->rows; r++)
    if (!data[r] && !own[r]) {
      attach (&joiner, r);
      grid->dropped[r] = 1;
    }
}
