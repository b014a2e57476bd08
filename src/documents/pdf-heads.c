/* Heads of columns: each text above the figures belongs to the column under it, or to several under whose middle it stands. */
#include "documents/pdf-grid.h"

#include <math.h>

#define RULE_GAP 0.2f /* of a row's height: heads with a rule below them stand so far above the next row; lines of one head do not */

typedef struct {
  guint start, end; /* words */
  float left, right;
  guint first, last; /* columns */
} Head;

#define PART_GAP 0.3f /* of a word's height: words of one head stand closer */

static CdPdfColumn *
column_at (const CdPdfGrid *grid, guint column)
{
  return &g_array_index (grid->columns, CdPdfColumn, column);
}

static const CdPdfRow *
stream_row (const CdPdfGrid *grid, guint row)
{
  return &g_array_index (grid->stream->rows, CdPdfRow, grid->region.start + row);
}

/* The columns that an interval overlaps, or the nearest one. */
static void
find_columns_of (const CdPdfGrid *grid, Head *head)
{
  head->first = head->last = cd_pdf_grid_column (grid, head->left, head->right);
  while (head->first > 0 && column_at (grid, head->first - 1)->right > head->left + 1)
    head->first--;
  while (head->last + 1 < grid->columns->len && column_at (grid, head->last + 1)->left < head->right - 1)
    head->last++;
}

/* A segment that reaches over several columns is several heads, if each column has words of its own and a gap stands between them. */
static void
add_divided (const CdPdfGrid *grid, GArray *heads, const Head *whole)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Head));
  gboolean apart = TRUE;
  for (guint w = whole->start; w < whole->end; w++) {
    const CdPdfWord *word = &g_array_index (grid->stream->words, CdPdfWord, w);
    guint column = cd_pdf_grid_column (grid, word->left, word->right);
    Head *last = parts->len > 0 ? &g_array_index (parts, Head, parts->len - 1) : NULL;
    if (last != NULL && last->first == column) {
      last->end = w + 1;
      last->right = word->right;
      continue;
    }
    apart = apart && (last == NULL || word->left - last->right > PART_GAP * (word->bottom - word->top));
    Head part = { w, w + 1, word->left, word->right, column, column };
    g_array_append_val (parts, part);
  }
  if (apart && parts->len == whole->last - whole->first + 1)
    g_array_append_vals (heads, parts->data, parts->len);
  else
    g_array_append_vals (heads, whole, 1);
}

static GArray *
heads_of (const CdPdfGrid *grid, guint row)
{
  GArray *heads = g_array_new (FALSE, FALSE, sizeof (Head));
  const CdPdfRow *here = stream_row (grid, row);
  gboolean one_each = here->end - here->start == grid->columns->len;
  for (guint s = here->start; s < here->end; s++) {
    const CdPdfSegment *segment = &g_array_index (grid->stream->segments, CdPdfSegment, s);
    Head head = { segment->start, segment->end, segment->left, segment->right, s - here->start, s - here->start };
    if (!one_each)
      find_columns_of (grid, &head);
    if (head.last > head.first)
      add_divided (grid, heads, &head);
    else
      g_array_append_val (heads, head);
  }
  return heads;
}

/* TRUE where a line of another head stands right above a row, over one column: heads side by side whose lines are not level. */
static gboolean
has_upper_line (const CdPdfGrid *grid, guint row, guint column)
{
  const CdPdfRow *here = stream_row (grid, row);
  for (guint r = row; r > 0; r--) {
    const CdPdfRow *above = stream_row (grid, r - 1);
    if (above->bottom < here->top - (here->bottom - here->top))
      break;
    for (guint s = above->start; s < above->end; s++) {
      const CdPdfSegment *segment = &g_array_index (grid->stream->segments, CdPdfSegment, s);
      float center = (segment->left + segment->right) / 2;
      if (center > column_at (grid, column)->left && center < column_at (grid, column)->right)
        return TRUE;
    }
  }
  return FALSE;
}

/* The next row with a head under one; heads of labels and of other columns may stand between. grid->heads: none. */
static guint
row_below (const CdPdfGrid *grid, guint row, const Head *head)
{
  for (guint r = row + 1; r < grid->heads; r++)
    for (guint c = MAX (head->first, grid->labels); c <= head->last; c++)
      if (cd_pdf_grid_cell (grid, r, c)->text != NULL)
        return r;
  return grid->heads;
}

/* The widest run of columns between limits, each with a head in the row below, in whose middle the head stands. */
static void
widen (const CdPdfGrid *grid, guint row, guint below, Head *head, guint lowest, guint highest)
{
  for (guint c = head->first; c > lowest; c--)
    lowest = cd_pdf_grid_cell (grid, below, c - 1)->text == NULL || has_upper_line (grid, row, c - 1) ? c : lowest;
  for (guint c = head->last; c < highest; c++)
    highest = cd_pdf_grid_cell (grid, below, c + 1)->text == NULL || has_upper_line (grid, row, c + 1) ? c : highest;
  float center = (head->left + head->right) / 2;
  guint best_first = head->first, best_last = head->last;
  for (guint first = lowest; first <= head->first; first++)
    for (guint last = head->last; last <= highest; last++) {
      float width = column_at (grid, last)->right - column_at (grid, first)->left;
      float off = fabsf ((column_at (grid, first)->left + column_at (grid, last)->right) / 2 - center);
      if (off < MAX (0.06f * width, 4) && last - first > best_last - best_first) {
        best_first = first;
        best_last = last;
      }
    }
  head->first = best_first;
  head->last = best_last;
}

/* Heads of a row that stand over others reach as far as their middle allows; lines of one head do not, unless all lower heads are covered that way. */
static void
widen_row (const CdPdfGrid *grid, guint row, GArray *heads)
{
  g_autoptr (GArray) wide = g_array_copy (heads);
  g_autofree guint8 *ruled = g_malloc0 (heads->len + 1), *wanted = g_malloc0 (grid->columns->len), *covered = g_malloc0 (grid->columns->len);
  const CdPdfRow *here = stream_row (grid, row);
  for (guint h = 0; h < wide->len; h++) {
    Head *head = &g_array_index (wide, Head, h);
    guint lowest = h > 0 ? g_array_index (wide, Head, h - 1).last + 1 : grid->labels;
    guint highest = h + 1 < wide->len ? g_array_index (wide, Head, h + 1).first : grid->columns->len;
    guint below = row_below (grid, row, head);
    if (below >= grid->heads || head->first < grid->labels)
      continue;
    ruled[h] = stream_row (grid, below)->top - here->bottom >= RULE_GAP * (here->bottom - here->top);
    if (highest > head->last && lowest <= head->first)
      widen (grid, row, below, head, lowest, highest - 1);
    for (guint c = grid->labels; c < grid->columns->len; c++) {
      wanted[c] = wanted[c] || cd_pdf_grid_cell (grid, below, c)->text != NULL;
      covered[c] = covered[c] || (c >= head->first && c <= head->last);
    }
  }
  gboolean all = TRUE;
  for (guint c = grid->labels; c < grid->columns->len; c++)
    all = all && (!wanted[c] || covered[c]);
  for (guint h = 0; h < wide->len; h++)
    if (all || ruled[h])
      g_array_index (heads, Head, h) = g_array_index (wide, Head, h);
}

/* A column is as wide as its head, which heads above are centred on; it never reaches into its neighbours. */
static void
grow (CdPdfGrid *grid, const Head *head)
{
  CdPdfColumn *column = column_at (grid, head->first);
  float lowest = head->first > 0 ? column_at (grid, head->first - 1)->right : head->left;
  float highest = head->first + 1 < grid->columns->len ? column_at (grid, head->first + 1)->left : head->right;
  column->left = MIN (column->left, MAX (head->left, lowest));
  column->right = MAX (column->right, MIN (head->right, highest));
}

void
cd_pdf_grid_fill_heads (CdPdfGrid *grid)
{
  for (guint row = grid->heads; row > 0; row--) {
    g_autoptr (GArray) heads = heads_of (grid, row - 1);
    if (row < grid->heads)
      widen_row (grid, row - 1, heads);
    for (guint h = 0; h < heads->len; h++) {
      const Head *head = &g_array_index (heads, Head, h);
      for (guint c = head->first; c <= head->last; c++)
        cd_pdf_grid_put (grid, row - 1, c, head->start, head->end, FALSE);
      if (head->first == head->last)
        grow (grid, head);
    }
  }
}
