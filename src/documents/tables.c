/* A table while a parser reads it cell by cell: spans repeated, rows padded, sizes bounded.
 * Finding rows and cells in Markdown, HTML or LaTeX is left to those parsers. */
#include "documents/prose.h"

#include <string.h>

/* A cell that reaches into rows below: how many rows it still fills. */
typedef struct {
  CdCell *cell;
  guint rows;
} Span;

struct _CdTableMaker {
  CdTable *table;
  Span spans[CD_TABLE_COLUMNS];
  guint span_columns; /* spans[] beyond are empty */
  guint widest;
  guint made; /* cells that repeat or pad */
  gboolean full;
};

/* Texts are reference-counted strings, so that a span's copies share one. */
static void
cell_free (gpointer data)
{
  CdCell *cell = data;
  g_ref_string_release (cell->text);
  g_free (cell);
}

static CdCell *
cell_copy (const CdCell *cell)
{
  CdCell *copy = g_memdup2 (cell, sizeof *cell);
  copy->text = g_ref_string_acquire (cell->text);
  return copy;
}

static void
row_free (gpointer data)
{
  g_ptr_array_unref (data);
}

CdTableMaker *
cd_table_maker_new (guint line, gint32 section)
{
  CdTableMaker *maker = g_new0 (CdTableMaker, 1);
  maker->table = g_new0 (CdTable, 1);
  maker->table->rows = g_ptr_array_new_with_free_func (row_free);
  maker->table->line = line;
  maker->table->section = section;
  return maker;
}

void
cd_table_maker_free (CdTableMaker *maker)
{
  if (maker == NULL)
    return;
  if (maker->table != NULL)
    g_ptr_array_unref (maker->table->rows);
  g_free (maker->table);
  g_free (maker);
}

static GPtrArray *
last_row (const CdTableMaker *maker)
{
  guint rows = maker->table->rows->len;
  return rows == 0 ? NULL : g_ptr_array_index (maker->table->rows, rows - 1);
}

/* One more repeated or padding cell; FALSE when the table may hold no more of them. */
static gboolean
may_make (CdTableMaker *maker)
{
  return ++maker->made <= CD_TABLE_MADE_CELLS;
}

/* Fill the columns that cells of rows above reach into, from the row's end up to the first free column. */
static void
fill_spans (CdTableMaker *maker, GPtrArray *row)
{
  while (row->len < maker->span_columns && maker->spans[row->len].rows > 0 && may_make (maker)) {
    Span *span = &maker->spans[row->len];
    span->rows--;
    g_ptr_array_add (row, cell_copy (span->cell));
  }
}

void
cd_table_maker_begin_row (CdTableMaker *maker)
{
  GPtrArray *above = last_row (maker);
  if (above != NULL)
    fill_spans (maker, above);
  maker->full = maker->full || maker->table->rows->len >= CD_TABLE_ROWS;
  if (maker->full)
    return;
  g_ptr_array_add (maker->table->rows, g_ptr_array_new_with_free_func (cell_free));
  fill_spans (maker, last_row (maker));
}

void
cd_table_maker_add_cell (CdTableMaker *maker, const char *text, guint line, gboolean bold, gboolean heading, guint columns, guint rows)
{
  GPtrArray *row = last_row (maker);
  if (row == NULL || maker->full)
    return;
  fill_spans (maker, row);
  if (row->len >= CD_TABLE_COLUMNS)
    return;
  CdCell *cell = g_new0 (CdCell, 1);
  *cell = (CdCell){ .text = g_ref_string_new (text), .bold = bold, .heading = heading, .line = line };
  columns = CLAMP (columns, 1, CD_TABLE_COLUMNS);
  for (guint column = 0; column < columns && row->len < CD_TABLE_COLUMNS; column++) {
    if (column > 0 && !may_make (maker))
      break;
    Span *span = &maker->spans[row->len];
    g_ptr_array_add (row, column == 0 ? cell : cell_copy (cell));
    *span = (Span){ cell, CLAMP (rows, 1, CD_TABLE_ROWS) - 1 };
    maker->span_columns = MAX (maker->span_columns, row->len);
  }
  maker->widest = MAX (maker->widest, row->len);
}

guint
cd_table_maker_rows (const CdTableMaker *maker)
{
  return maker->table->rows->len;
}

/* Pad every row to the widest; rows for which there are no padding cells left are dropped from the end. */
static void
pad_rows (CdTableMaker *maker)
{
  GPtrArray *rows = maker->table->rows;
  for (guint r = 0; r < rows->len; r++) {
    GPtrArray *row = g_ptr_array_index (rows, r);
    guint line = row->len > 0 ? ((CdCell *) g_ptr_array_index (row, 0))->line : maker->table->line;
    while (row->len < maker->widest && may_make (maker)) {
      CdCell *cell = g_new0 (CdCell, 1);
      *cell = (CdCell){ .text = g_ref_string_new (""), .line = line };
      g_ptr_array_add (row, cell);
    }
    if (row->len < maker->widest) {
      g_ptr_array_set_size (rows, (gint) r);
      return;
    }
  }
}

CdTable *
cd_table_maker_take (CdTableMaker *maker, guint end_line, guint header_rows, const char *caption)
{
  g_autoptr (CdTableMaker) owned = maker;
  GPtrArray *rows = owned->table->rows;
  if (rows->len > 0)
    fill_spans (owned, last_row (owned));
  for (guint r = rows->len; r > 0; r--)
    if (((GPtrArray *) g_ptr_array_index (rows, r - 1))->len == 0) {
      g_ptr_array_remove_index (rows, r - 1);
      header_rows -= r <= header_rows ? 1 : 0;
    }
  for (guint r = 0; r < rows->len; r++)
    owned->widest = MAX (owned->widest, ((GPtrArray *) g_ptr_array_index (rows, r))->len);
  pad_rows (owned);
  if (rows->len == 0)
    return NULL;
  CdTable *table = g_steal_pointer (&owned->table);
  table->end_line = end_line;
  table->header_rows = MIN (header_rows, rows->len);
  table->caption = caption != NULL ? cd_text_to_utf8 (caption, strlen (caption)) : NULL;
  return table;
}

CdTable *
cd_table_maker_finish (CdTableMaker *maker, CdDocument *document, guint end_line, guint header_rows, const char *caption)
{
  CdTable *table = cd_table_maker_take (maker, end_line, header_rows, caption);
  if (table != NULL && document->tables->len >= CD_TABLES)
    g_clear_pointer (&table, cd_table_free);
  if (table != NULL)
    g_ptr_array_add (document->tables, table);
  return table;
}

void
cd_table_free (gpointer data)
{
  CdTable *table = data;
  g_ptr_array_unref (table->rows);
  g_free (table->caption);
  g_free (table);
}
