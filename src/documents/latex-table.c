/* LaTeX tabulars: rows at \\, cells at &, spans of \multicolumn and \multirow.
 * Which float or caption a table belongs to is latex.c's business. */
#include "documents/latex.h"

#include <string.h>

static const char *const RULES[] = { "\\hline", "\\midrule", "\\toprule", "\\bottomrule", "\\cmidrule", "\\cline", "\\specialrule", "\\Xhline" };

typedef struct {
  CdDocument *document;
  const char *text;
  CdTableMaker *maker;
  gint32 section;
  guint paragraph;
  guint header_rows; /* rows above the first rule that has rows above it */
} Reader;

static gboolean
begins (const Reader *reader, CdRange range, const char *word)
{
  gsize length = strlen (word);
  return range.end - range.start >= length && memcmp (reader->text + range.start, word, length) == 0;
}

/* Past "{…}" or "[…]" or "(…)" arguments behind a rule. */
static gsize
skip_arguments (const Reader *reader, gsize at, gsize end)
{
  while (at < end && strchr ("{[(", reader->text[at]) != NULL) {
    char close = reader->text[at] == '{' ? '}' : reader->text[at] == '[' ? ']' : ')';
    const char *found = memchr (reader->text + at, close, end - at);
    if (found == NULL)
      return end;
    at = (gsize) (found - reader->text) + 1;
  }
  return at;
}

/* Past rules and blanks at the start of a row. */
static CdRange
skip_rules (Reader *reader, CdRange row)
{
  for (gboolean again = TRUE; again;) {
    again = FALSE;
    while (row.start < row.end && (g_ascii_isspace (reader->text[row.start]) || reader->text[row.start] == CD_LATEX_HIDDEN))
      row.start++;
    for (gsize i = 0; !again && i < G_N_ELEMENTS (RULES); i++)
      if (begins (reader, row, RULES[i])) {
        again = TRUE;
        row.start += strlen (RULES[i]);
        while (row.start < row.end && g_ascii_isalpha (reader->text[row.start]))
          row.start++;
        row.start = skip_arguments (reader, row.start, row.end);
        guint rows = cd_table_maker_rows (reader->maker);
        if (reader->header_rows == 0 && i < 2)
          reader->header_rows = rows;
      }
  }
  return row;
}

static void
add_cell (Reader *reader, CdRange cell)
{
  cell = cd_range_trim (reader->text, cell);
  guint line = cd_lines_at (reader->document->lines, cell.start);
  guint spans[2] = { 1, 1 };
  static const char *const SPANS[] = { "\\multicolumn{", "\\multirow{" };
  for (gsize i = 0; i < G_N_ELEMENTS (SPANS); i++) {
    if (!begins (reader, cell, SPANS[i]))
      continue;
    gsize at = cell.start + strlen (SPANS[i]) - 1;
    spans[i] = (guint) CLAMP (g_ascii_strtoll (reader->text + at + 1, NULL, 10), 1, CD_TABLE_ROWS);
    gsize first = cd_latex_argument_end (reader->text, at, cell.end);
    gsize second = first > 0 ? cd_latex_argument_end (reader->text, first, cell.end) : 0;
    cell.start = second > 0 ? second : first > 0 ? first : cell.start;
  }
  gboolean bold = FALSE;
  g_autofree char *shown = cd_latex_visible (reader->text + cell.start, cell.end - cell.start, &bold);
  cd_table_maker_add_cell (reader->maker, shown, line, bold, FALSE, spans[0], spans[1]);
}

static void
add_row (Reader *reader, CdRange row)
{
  row = cd_range_trim (reader->text, skip_rules (reader, row));
  if (row.start >= row.end)
    return;
  cd_table_maker_begin_row (reader->maker);
  gsize cell = row.start;
  guint depth = 0;
  for (gsize at = row.start; at < row.end; at++) {
    if (reader->text[at] == '\\')
      at++;
    else if (reader->text[at] == '{')
      depth++;
    else if (reader->text[at] == '}' && depth > 0)
      depth--;
    else if (reader->text[at] == '&' && depth == 0) {
      add_cell (reader, (CdRange){ cell, at });
      cell = at + 1;
    }
  }
  add_cell (reader, (CdRange){ MIN (cell, row.end), row.end });
  cd_latex_add_visible (reader->document, reader->text, CD_PASSAGE_TABLE, row, reader->section, reader->paragraph);
}

void
cd_latex_add_table (CdDocument *document, const char *text, CdRange range, gint32 section, guint paragraph, const char *caption)
{
  guint line = cd_lines_at (document->lines, range.start);
  Reader reader = { .document = document, .text = text, .section = section, .paragraph = paragraph };
  reader.maker = cd_table_maker_new (line, section);
  /* Position, width and column specification. */
  range.start = skip_arguments (&reader, range.start, range.start < range.end && text[range.start] == '[' ? range.end : range.start);
  for (gsize argument = range.start; argument < range.end && text[argument] == '{';) {
    gsize end = cd_latex_argument_end (text, argument, range.end);
    range.start = MAX (range.start, end);
    argument = end > 0 ? end : range.end;
  }
  gsize row = range.start;
  for (gsize at = range.start; at + 1 < range.end; at++)
    if (text[at] == '\\') {
      if (text[at + 1] == '\\') {
        add_row (&reader, (CdRange){ row, at });
        row = at + 2;
        row = row < range.end && text[row] == '[' ? skip_arguments (&reader, row, range.end) : row;
      }
      at++;
    }
  add_row (&reader, (CdRange){ MIN (row, range.end), range.end });
  guint header_rows = reader.header_rows;
  cd_table_maker_finish (reader.maker, document, cd_lines_at (document->lines, range.end > 0 ? range.end - 1 : 0), header_rows, caption);
}
