/* Columns of a table from the places of its figures, and each row's segments put into them. Heads are pdf-heads.c's, labels that take several lines or
 * rows pdf-labels.c's business. */
#include "documents/pdf-grid.h"

#include <math.h>

static const CdPdfRow *
stream_row (const CdPdfGrid *grid, guint row)
{
  return &g_array_index (grid->stream->rows, CdPdfRow, grid->region.start + row);
}

CdPdfCell *
cd_pdf_grid_cell (const CdPdfGrid *grid, guint row, guint column)
{
  return &g_array_index (grid->cells, CdPdfCell, row * grid->columns->len + column);
}

void
cd_pdf_grid_put (CdPdfGrid *grid, guint row, guint column, guint start, guint end, gboolean before)
{
  CdPdfCell *cell = cd_pdf_grid_cell (grid, row, column);
  g_autofree char *text = cd_pdf_stream_text (grid->stream, start, end);
  guint32 line = g_array_index (grid->stream->words, CdPdfWord, start).line;
  if (cell->text == NULL) {
    cell->text = g_string_new (text);
    cell->line = line;
    return;
  }
  if (before) {
    g_string_prepend_c (cell->text, ' ');
    g_string_prepend (cell->text, text);
    cell->line = line;
  } else {
    g_string_append_printf (cell->text, " %s", text);
  }
}

static float
overlap (float left, float right, const CdPdfColumn *column)
{
  return MIN (right, column->right) - MAX (left, column->left);
}

guint
cd_pdf_grid_column (const CdPdfGrid *grid, float left, float right)
{
  guint best = 0;
  for (guint c = 1; c < grid->columns->len; c++)
    if (overlap (left, right, &g_array_index (grid->columns, CdPdfColumn, c))
        > overlap (left, right, &g_array_index (grid->columns, CdPdfColumn, best)))
      best = c;
  return best;
}

static int
compare_widths (gconstpointer a, gconstpointer b)
{
  const CdPdfSegment *left = *(const CdPdfSegment *const *) a, *right = *(const CdPdfSegment *const *) b;
  float difference = (left->right - left->left) - (right->right - right->left);
  return difference != 0 ? (difference > 0 ? 1 : -1) : (left->start > right->start) - (left->start < right->start);
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const CdPdfColumn *left = a, *right = b;
  return (left->left > right->left) - (left->left < right->left);
}

/* A segment widens the one column that it overlaps, or is a new one; one that bridges columns is no evidence. */
static void
learn_column (GArray *columns, const CdPdfSegment *segment, gboolean number)
{
  CdPdfColumn *found = NULL;
  for (guint c = 0; c < columns->len; c++) {
    CdPdfColumn *column = &g_array_index (columns, CdPdfColumn, c);
    if (overlap (segment->left, segment->right, column) <= 0)
      continue;
    if (found != NULL || column->number != number)
      return;
    found = column;
  }
  if (found != NULL) {
    found->left = MIN (found->left, segment->left);
    found->right = MAX (found->right, segment->right);
  } else if (columns->len < CD_PDF_COLUMNS) {
    CdPdfColumn column = { segment->left, segment->right, number };
    g_array_append_val (columns, column);
  }
}

/* A column of labels that no row of figures has a cell of: labels that stand between the rows, beside several of them. */
static void
learn_labels (const CdPdfStream *stream, const CdPdfRegion *region, GArray *columns)
{
  float first = G_MAXFLOAT;
  for (guint c = 0; c < columns->len; c++)
    first = g_array_index (columns, CdPdfColumn, c).number ? MIN (first, g_array_index (columns, CdPdfColumn, c).left) : first;
  for (guint r = region->body; r < region->end; r++) {
    const CdPdfRow *row = &g_array_index (stream->rows, CdPdfRow, r);
    const CdPdfSegment *segment = &g_array_index (stream->segments, CdPdfSegment, row->start);
    gboolean beside = (r > region->body && row->top < row[-1].bottom - 0.1f * (row->bottom - row->top))
                      || (r + 1 < region->end && row->bottom > row[1].top + 0.1f * (row->bottom - row->top));
    gboolean free = beside && segment->right < first && !cd_pdf_is_data (cd_pdf_row_count (stream, r));
    for (guint c = 0; free && c < columns->len; c++)
      free = overlap (segment->left, segment->right, &g_array_index (columns, CdPdfColumn, c)) <= 0;
    if (free)
      learn_column (columns, segment, FALSE);
  }
}

/* Narrow segments first: they tell columns apart that wider ones bridge. Figures before text, since labels may reach over columns. */
static GArray *
find_columns (const CdPdfStream *stream, const CdPdfRegion *region)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new ();
  for (guint r = region->body; r < region->end; r++) {
    const CdPdfRow *row = &g_array_index (stream->rows, CdPdfRow, r);
    gboolean data = cd_pdf_is_data (cd_pdf_row_count (stream, r));
    for (guint s = row->start; data && s < row->end; s++)
      g_ptr_array_add (segments, &g_array_index (stream->segments, CdPdfSegment, s));
  }
  g_ptr_array_sort (segments, compare_widths);
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (CdPdfColumn));
  static const CdPdfCellKind ORDER[] = { CD_PDF_NUMBER, CD_PDF_BLANK, CD_PDF_TEXT };
  for (gsize k = 0; k < G_N_ELEMENTS (ORDER); k++)
    for (guint s = 0; s < segments->len; s++) {
      const CdPdfSegment *segment = g_ptr_array_index (segments, s);
      if (segment->kind == ORDER[k])
        learn_column (columns, segment, segment->kind != CD_PDF_TEXT);
    }
  learn_labels (stream, region, columns);
  g_array_sort (columns, compare_columns);
  return columns;
}

static guint
overlapped (const CdPdfGrid *grid, const CdPdfSegment *segment)
{
  guint count = 0;
  for (guint c = 0; c < grid->columns->len; c++)
    count += overlap (segment->left, segment->right, &g_array_index (grid->columns, CdPdfColumn, c)) > 0 ? 1 : 0;
  return count;
}

/* The column of text that begins where the word does, or holds the word alone; 0 where none does. */
static guint
begun_column (const CdPdfGrid *grid, const CdPdfWord *word)
{
  for (guint c = 1; c < grid->columns->len; c++) {
    const CdPdfColumn *column = &g_array_index (grid->columns, CdPdfColumn, c);
    gboolean inside = word->left > column->left - 1.5f && word->right < column->right + 1.5f;
    if (!column->number && (fabsf (word->left - column->left) < 1.5f || inside) && word[-1].right < column->left)
      return c;
  }
  return 0;
}

/* Cells that stand too close for a gap: figures at the end go each where it stands, text is cut where a column of text begins. */
static void
put_bridging (CdPdfGrid *grid, guint row, const CdPdfSegment *segment)
{
  guint figures = segment->end;
  while (figures > segment->start && cd_pdf_cell_kind (g_array_index (grid->stream->words, CdPdfWord, figures - 1).text) != CD_PDF_TEXT)
    figures--;
  const CdPdfWord *first = &g_array_index (grid->stream->words, CdPdfWord, segment->start);
  guint start = segment->start, column = cd_pdf_grid_column (grid, first->left, first->right);
  for (guint at = start + 1; at <= figures && start < figures; at++) {
    guint begun = at < figures ? begun_column (grid, &g_array_index (grid->stream->words, CdPdfWord, at)) : 0;
    if (begun == 0 && at < figures)
      continue;
    cd_pdf_grid_put (grid, row, column, start, at, FALSE);
    start = at;
    column = begun;
  }
  for (guint at = figures; at < segment->end; at++) {
    const CdPdfWord *word = &g_array_index (grid->stream->words, CdPdfWord, at);
    cd_pdf_grid_put (grid, row, cd_pdf_grid_column (grid, word->left, word->right), at, at + 1, FALSE);
  }
}

/* A text alone in its row that stands under no single column of labels is the title of a group of rows. */
static gboolean
is_title (const CdPdfGrid *grid, const CdPdfSegment *segment)
{
  return overlapped (grid, segment) != 1 || cd_pdf_grid_column (grid, segment->left, segment->right) >= grid->labels;
}

static void
fill_row (CdPdfGrid *grid, guint row)
{
  const CdPdfRow *here = stream_row (grid, row);
  gboolean data = cd_pdf_is_data (cd_pdf_row_count (grid->stream, grid->region.start + row));
  for (guint s = here->start; s < here->end; s++) {
    const CdPdfSegment *segment = &g_array_index (grid->stream->segments, CdPdfSegment, s);
    if (overlapped (grid, segment) > 1 && data)
      put_bridging (grid, row, segment);
    else if (here->end - here->start == 1 && segment->kind == CD_PDF_TEXT && is_title (grid, segment))
      cd_pdf_grid_put (grid, row, 0, segment->start, segment->end, FALSE);
    else
      cd_pdf_grid_put (grid, row, cd_pdf_grid_column (grid, segment->left, segment->right), segment->start, segment->end, FALSE);
  }
}

static void
cell_clear (gpointer data)
{
  CdPdfCell *cell = data;
  if (cell->text != NULL)
    g_string_free (cell->text, TRUE);
}

CdPdfGrid *
cd_pdf_grid_new (const CdPdfStream *stream, const CdPdfRegion *region)
{
  g_autoptr (CdPdfGrid) grid = g_new0 (CdPdfGrid, 1);
  grid->stream = stream;
  grid->region = *region;
  grid->columns = find_columns (stream, region);
  grid->rows = MIN (region->end - region->start, CD_PDF_GRID_ROWS);
  grid->heads = region->body - region->start;
  if (grid->columns->len < 2 || grid->rows <= grid->heads)
    return NULL;
  while (grid->labels < grid->columns->len && !g_array_index (grid->columns, CdPdfColumn, grid->labels).number)
    grid->labels++;
  grid->dropped = g_malloc0 (grid->rows);
  grid->cells = g_array_new (FALSE, TRUE, sizeof (CdPdfCell));
  g_array_set_clear_func (grid->cells, cell_clear);
  g_array_set_size (grid->cells, grid->rows * grid->columns->len);
  for (guint row = grid->heads; row < grid->rows; row++)
    fill_row (grid, row);
  cd_pdf_grid_fill_heads (grid);
  cd_pdf_grid_join_labels (grid);
  return g_steal_pointer (&grid);
}

void
cd_pdf_grid_free (CdPdfGrid *grid)
{
  if (grid == NULL)
    return;
  g_clear_pointer (&grid->columns, g_array_unref);
  g_clear_pointer (&grid->cells, g_array_unref);
  g_free (grid->dropped);
  g_free (grid);
}
