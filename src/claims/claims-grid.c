/* A parsed table as a grid: which rows are heads, which divide the table, which columns hold labels and which figures. What the labels mean is left to
 * claims-table.c. */
#include "claims/parts.h"
#include <math.h>
#include <string.h>

#define CELLS 20000u /* a larger table is a data file */
#define HEADER_ROWS 4u

const char *
cd_claim_grid_text (const CdClaimGrid *grid, guint row, guint column)
{
  const GPtrArray *cells = g_ptr_array_index (grid->table->rows, row);
  return column < cells->len ? ((const CdCell *) g_ptr_array_index (cells, column))->text : "";
}

const CdClaimCell *
cd_claim_grid_at (const CdClaimGrid *grid, guint row, guint column)
{
  return &grid->cells[row * grid->columns + column];
}

gboolean
cd_claim_is_figures (const CdClaimGrid *grid, guint column)
{
  return grid->column_kinds[column] == CD_COLUMN_FIGURES;
}

static gboolean
is_figure (const CdClaimCell *cell)
{
  return cell->kind == CD_CELL_NUMBER || cell->kind == CD_CELL_PAIR || cell->kind == CD_CELL_COUNT;
}

static guint
row_figures (const CdClaimGrid *grid, guint row)
{
  guint figures = 0;
  for (guint column = 0; column < grid->columns; column++)
    figures += is_figure (cd_claim_grid_at (grid, row, column)) ? 1 : 0;
  return figures;
}

/* Different texts in a row, empty ones and repetitions of the cell before aside. */
static guint
row_texts (const CdClaimGrid *grid, guint row)
{
  guint texts = 0;
  const char *before = "";
  for (guint column = 0; column < grid->columns; column++) {
    const char *text = cd_claim_grid_text (grid, row, column);
    if (*text == '\0' || g_str_equal (text, before))
      continue;
    texts++;
    before = text;
  }
  return texts;
}

/* A row below the heads that only goes on with them: no figures, but metrics or benchmarks. */
static gboolean
continues_heads (const CdClaimGatherer *gatherer, const CdClaimGrid *grid, guint row)
{
  guint named = 0;
  if (row_figures (grid, row) > 0 || row_texts (grid, row) < 2)
    return FALSE;
  for (guint column = 0; column < grid->columns; column++) {
    const char *text = cd_claim_grid_text (grid, row, column);
    named += *text != '\0' && (cd_text_names_metric (text, -1) || cd_benchmarks_in_label (gatherer->reader.benchmarks, text, NULL) >= 0) ? 1 : 0;
  }
  return named >= 2 || (named == 1 && grid->columns == 2);
}

static void
find_heads (const CdClaimGatherer *gatherer, CdClaimGrid *grid)
{
  grid->header = MIN (grid->table->header_rows, grid->rows);
  while (grid->header > 1 && row_figures (grid, grid->header - 1) >= 2)
    grid->header--;
  if (grid->header == 0 && row_figures (grid, 0) == 0 && row_texts (grid, 0) >= 2)
    grid->header = 1;
  while (grid->header > 0 && grid->header < HEADER_ROWS && grid->header + 1 < grid->rows && continues_heads (gatherer, grid, grid->header))
    grid->header++;
}

static void
mark_rows (CdClaimGrid *grid)
{
  guint group = G_MAXUINT;
  for (guint row = grid->header; row < grid->rows; row++) {
    guint texts = row_texts (grid, row);
    gboolean first = *cd_claim_grid_text (grid, row, 0) != '\0';
    grid->row_kinds[row] = texts == 0 ? CD_ROW_EMPTY : texts == 1 && first && row_figures (grid, row) == 0 ? CD_ROW_GROUP : CD_ROW_BODY;
    group = grid->row_kinds[row] == CD_ROW_GROUP ? row : group;
    grid->groups[row] = grid->row_kinds[row] == CD_ROW_BODY ? group : G_MAXUINT;
  }
}

/* Counts that number the rows are labels: whole numbers in the first column under a head that is no score's. */
static gboolean
numbers_rows (const CdClaimGatherer *gatherer, const CdClaimGrid *grid, guint column)
{
  if (column > 0 || grid->columns < 2 || cd_text_names_metric (grid->heads[0], -1)
      || cd_benchmarks_in_label (gatherer->reader.benchmarks, grid->heads[0], NULL) >= 0)
    return FALSE;
  for (guint row = grid->header; row < grid->rows; row++) {
    const CdClaimCell *cell = cd_claim_grid_at (grid, row, column);
    if (is_figure (cell) && (cell->decimals > 0 || cell->percent))
      return FALSE;
  }
  return TRUE;
}

static CdColumnKind
column_kind (const CdClaimGatherer *gatherer, const CdClaimGrid *grid, guint column)
{
  guint figures = 0, texts = 0;
  for (guint row = grid->header; row < grid->rows; row++) {
    const CdClaimCell *cell = cd_claim_grid_at (grid, row, column);
    if (grid->row_kinds[row] != CD_ROW_BODY)
      continue;
    figures += is_figure (cell) ? 1 : 0;
    texts += cell->kind == CD_CELL_TEXT ? 1 : 0;
  }
  if (figures > 0 && figures >= texts && !numbers_rows (gatherer, grid, column))
    return CD_COLUMN_FIGURES;
  return texts > 0 || figures > 0 ? CD_COLUMN_LABEL : CD_COLUMN_OTHER;
}

static char *
join_head (const CdClaimGrid *grid, guint column)
{
  GString *head = g_string_new (NULL);
  const char *before = "";
  for (guint row = 0; row < grid->header; row++) {
    const char *text = cd_claim_grid_text (grid, row, column);
    if (*text == '\0' || g_str_equal (text, before))
      continue;
    g_string_append_printf (head, "%s%s", head->len > 0 ? " " : "", text);
    before = text;
  }
  return g_string_free (head, FALSE);
}

/* The label columns' texts, each once; columns behind the last figures are remarks. */
static char *
join_label (const CdClaimGrid *grid, guint row, guint columns)
{
  GString *label = g_string_new (NULL);
  const char *before = "";
  for (guint column = 0; column < columns; column++) {
    const char *text = cd_claim_grid_text (grid, row, column);
    if (grid->column_kinds[column] != CD_COLUMN_LABEL || *text == '\0' || g_str_equal (text, before)
        || cd_claim_grid_at (grid, row, column)->kind == CD_CELL_DASH)
      continue;
    g_string_append_printf (label, "%s%s", label->len > 0 ? " " : "", text);
    before = text;
  }
  return g_string_free (label, FALSE);
}

static gboolean
name_parts (const CdClaimGatherer *gatherer, CdClaimGrid *grid)
{
  guint figures = 0, last = 0;
  for (guint column = 0; column < grid->columns; column++)
    grid->heads[column] = join_head (grid, column);
  for (guint column = 0; column < grid->columns; column++) {
    grid->column_kinds[column] = (guint8) column_kind (gatherer, grid, column);
    figures += grid->column_kinds[column] == CD_COLUMN_FIGURES ? 1 : 0;
    last = grid->column_kinds[column] == CD_COLUMN_FIGURES ? column : last;
  }
  for (guint row = grid->header; row < grid->rows; row++)
    grid->labels[row] = grid->row_kinds[row] == CD_ROW_GROUP ? g_strdup (cd_claim_grid_text (grid, row, 0))
                                                             : join_label (grid, row, last > 0 ? last : grid->columns);
  return figures > 0;
}

gboolean
cd_claim_grid_read (const CdClaimGatherer *gatherer, const CdTable *table, CdClaimGrid *grid)
{
  grid->table = table;
  grid->rows = table->rows->len;
  grid->columns = grid->rows > 0 ? ((const GPtrArray *) g_ptr_array_index (table->rows, 0))->len : 0;
  if (grid->columns < 2 || grid->rows < 2 || grid->columns * grid->rows > CELLS)
    return FALSE;
  grid->cells = g_new (CdClaimCell, grid->rows * grid->columns);
  guint figures = 0;
  for (guint row = 0; row < grid->rows; row++)
    for (guint column = 0; column < grid->columns; column++) {
      CdClaimCell *cell = &grid->cells[row * grid->columns + column];
      *cell = cd_claim_cell_read (cd_claim_grid_text (grid, row, column));
      figures += is_figure (cell) ? 1 : 0;
    }
  if (figures == 0)
    return FALSE;
  grid->heads = g_new0 (char *, grid->columns + 1);
  grid->labels = g_new0 (char *, grid->rows + 1);
  grid->column_kinds = g_new0 (guint8, grid->columns);
  grid->row_kinds = g_new0 (guint8, grid->rows);
  grid->groups = g_new (guint, grid->rows);
  find_heads (gatherer, grid);
  mark_rows (grid);
  return name_parts (gatherer, grid);
}

void
cd_claim_grid_clear (CdClaimGrid *grid)
{
  for (guint column = 0; grid->heads != NULL && column < grid->columns; column++)
    g_free (grid->heads[column]);
  for (guint row = 0; grid->labels != NULL && row < grid->rows; row++)
    g_free (grid->labels[row]);
  g_free (grid->heads);
  g_free (grid->labels);
  g_free (grid->cells);
  g_free (grid->column_kinds);
  g_free (grid->row_kinds);
  g_free (grid->groups);
}
