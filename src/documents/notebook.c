/* A Jupyter notebook as the text that a reader sees: cells one after the other, short text outputs behind their cells.
 * Markdown cells are read by markdown.c into a document of their own and moved over; code cells by python.c and shell.c. */
#include "documents/lines.h"

#include <cjson/cJSON.h>
#include <string.h>

#define OUTPUT_BYTES 2000u /* a longer output is a log or a table of data */

typedef enum { CELL_MARKDOWN, CELL_PYTHON, CELL_OTHER, CELL_OUTPUT } CellKind;
typedef struct {
  CellKind kind;
  gsize start, end;
} Cell;

/* Append a string, or a list of strings. */
static void
append_source (GString *text, const cJSON *source)
{
  const cJSON *piece = NULL;
  if (cJSON_IsString (source))
    g_string_append (text, source->valuestring);
  cJSON_ArrayForEach (piece, source) if (cJSON_IsString (piece)) g_string_append (text, piece->valuestring);
}

static void
add_cell (GArray *cells, GString *text, CellKind kind, const cJSON *source, gsize limit)
{
  gsize start = text->len;
  append_source (text, source);
  if (text->len == start || text->len - start > limit) {
    g_string_truncate (text, start);
    return;
  }
  Cell cell = { kind, start, text->len };
  g_array_append_val (cells, cell);
  if (text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
}

static void
add_outputs (GArray *cells, GString *text, const cJSON *outputs)
{
  const cJSON *output = NULL;
  cJSON_ArrayForEach (output, outputs)
  {
    const cJSON *stream = cJSON_GetObjectItemCaseSensitive (output, "text");
    const cJSON *data = cJSON_GetObjectItemCaseSensitive (output, "data");
    const cJSON *plain = data != NULL ? cJSON_GetObjectItemCaseSensitive (data, "text/plain") : NULL;
    add_cell (cells, text, CELL_OUTPUT, stream != NULL ? stream : plain, OUTPUT_BYTES);
  }
}

static gboolean
is_python (const cJSON *notebook)
{
  const cJSON *metadata = cJSON_GetObjectItemCaseSensitive (notebook, "metadata");
  const cJSON *info = cJSON_GetObjectItemCaseSensitive (metadata, "language_info");
  const cJSON *name = cJSON_GetObjectItemCaseSensitive (info, "name");
  return !cJSON_IsString (name) || g_str_has_prefix (name->valuestring, "python") || g_str_has_prefix (name->valuestring, "ipython");
}

/* The cells' text and places; FALSE where the file is no notebook. */
static gboolean
extract (const CdDocument *document, GArray *cells, GString *text)
{
  cJSON *notebook = cJSON_ParseWithLength (document->text, document->length);
  const cJSON *list = cJSON_GetObjectItemCaseSensitive (notebook, "cells");
  const cJSON *cell = NULL;
  gboolean found = cJSON_IsArray (list);
  CellKind code = is_python (notebook) ? CELL_PYTHON : CELL_OTHER;
  cJSON_ArrayForEach (cell, list)
  {
    const cJSON *type = cJSON_GetObjectItemCaseSensitive (cell, "cell_type");
    const char *name = cJSON_IsString (type) ? type->valuestring : "";
    CellKind kind = strcmp (name, "markdown") == 0 ? CELL_MARKDOWN : strcmp (name, "code") == 0 ? code : CELL_OTHER;
    add_cell (cells, text, kind, cJSON_GetObjectItemCaseSensitive (cell, "source"), G_MAXSIZE);
    add_outputs (cells, text, cJSON_GetObjectItemCaseSensitive (cell, "outputs"));
  }
  cJSON_Delete (notebook);
  return found;
}

/* Where a cell's parts stand in the notebook. */
typedef struct {
  guint lines;     /* before the cell */
  gint32 sections; /* before the cell */
} Place;

static gint32
moved_section (gint32 section, const Place *place)
{
  return section < 0 ? place->sections - 1 : section + place->sections;
}

static void
move_link (gpointer part, const Place *place)
{
  CdLink *link = part;
  link->line += place->lines;
  link->section = moved_section (link->section, place);
}

static void
move_command (gpointer part, const Place *place)
{
  CdCommand *command = part;
  command->line += place->lines;
  command->end_line += place->lines;
  command->section = moved_section (command->section, place);
}

static void
move_setting (gpointer part, const Place *place)
{
  ((CdSetting *) part)->line += place->lines;
}

static void
move_import (gpointer part, const Place *place)
{
  ((CdImport *) part)->line += place->lines;
}

static void
move_table (gpointer part, const Place *place)
{
  CdTable *table = part;
  table->line += place->lines;
  table->end_line += place->lines;
  table->section = moved_section (table->section, place);
  for (guint row = 0; row < table->rows->len; row++) {
    GPtrArray *cells = g_ptr_array_index (table->rows, row);
    for (guint i = 0; i < cells->len; i++)
      ((CdCell *) g_ptr_array_index (cells, i))->line += place->lines;
  }
}

static void
move_parts (GPtrArray *to, GPtrArray *from, void (*move) (gpointer part, const Place *place), const Place *place)
{
  gsize length = 0;
  g_autofree gpointer *parts = g_ptr_array_steal (from, &length);
  for (gsize i = 0; i < length; i++) {
    move (parts[i], place);
    g_ptr_array_add (to, parts[i]);
  }
}

static void
add_markdown (CdDocument *document, gsize start, gsize end, guint paragraph, const CdDocumentOptions *options)
{
  g_autoptr (GBytes) source = g_bytes_new_take (g_strndup (document->text + start, end - start), end - start);
  g_autoptr (CdDocument) cell = cd_document_new (document->path, &document->oid, CD_DOCUMENT_MARKDOWN, source);
  cd_parse_markdown (cell, options);
  Place place = { cd_lines_at (document->lines, start) - 1, (gint32) document->sections->len };
  for (guint i = 0; i < cell->sections->len; i++) {
    const CdSection *section = g_ptr_array_index (cell->sections, i);
    cd_document_add_section (document, section->title, section->level, section->line + place.lines);
  }
  for (guint i = 0; i < cell->passages->len; i++) {
    const CdPassage *passage = &g_array_index (cell->passages, CdPassage, i);
    cd_document_add_passage (document, passage->kind, start + passage->start, start + passage->end, moved_section (passage->section, &place),
                             paragraph + passage->paragraph);
  }
  move_parts (document->links, cell->links, move_link, &place);
  move_parts (document->tables, cell->tables, move_table, &place);
  move_parts (document->commands, cell->commands, move_command, &place);
  move_parts (document->settings, cell->settings, move_setting, &place);
  move_parts (document->imports, cell->imports, move_import, &place);
}

/* A code cell: "!command" and "%magic" lines are shell, "%%bash" makes the whole cell shell, the rest is Python. */
static void
add_code (CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph)
{
  const char *text = document->text;
  gsize python = start;
  if (end - start > 6
      && (memcmp (text + start, "%%bash", 6) == 0 || memcmp (text + start, "%%sh", 4) == 0 || memcmp (text + start, "%%shell", 7) == 0)) {
    const char *newline = memchr (text + start, '\n', end - start);
    gsize body = newline != NULL ? (gsize) (newline - text) : end;
    cd_document_add_shell (document, body, end, section, paragraph, "bash");
    return;
  }
  for (gsize at = start; at < end;) {
    const char *newline = memchr (text + at, '\n', end - at);
    gsize line_end = newline != NULL ? (gsize) (newline - text) : end;
    if (text[at] == '!' || (text[at] == '%' && at + 1 < line_end)) {
      if (at > python)
        cd_document_add_python (document, python, at, section, paragraph);
      cd_document_add_shell (document, at + 1, line_end, section, paragraph, text[at] == '!' ? "bash" : "");
      python = MIN (line_end + 1, end);
    }
    at = line_end + 1;
  }
  if (end > python)
    cd_document_add_python (document, python, end, section, paragraph);
}

void
cd_parse_notebook (CdDocument *document, const CdDocumentOptions *options)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_autoptr (GString) text = g_string_new (NULL);
  if (!extract (document, cells, text)) {
    cd_parse_plain (document, options);
    document->unread = document->unread != NULL ? document->unread : g_strdup ("not a notebook of format 4, read as plain text");
    return;
  }
  gsize length = text->len;
  g_autoptr (GBytes) source = g_bytes_new_take (g_string_free (g_steal_pointer (&text), FALSE), length);
  cd_document_set_text (document, source);
  for (guint i = 0; i < cells->len; i++) {
    const Cell *cell = &g_array_index (cells, Cell, i);
    gint32 section = (gint32) document->sections->len - 1;
    guint paragraph = cd_document_next_paragraph (document);
    if (cell->kind == CELL_MARKDOWN)
      add_markdown (document, cell->start, cell->end, paragraph, options);
    else if (cell->kind == CELL_PYTHON)
      add_code (document, cell->start, cell->end, section, paragraph);
    else
      cd_document_add_lines (document, CD_PASSAGE_CODE, cell->start, cell->end, section, paragraph);
  }
}
