/* reStructuredText line by line: underlined titles, paragraphs, code directives and literal blocks, simple and grid tables, links.
 * Directives that only point elsewhere and comments are not shown. */
#include "documents/parsers.h"
#include "documents/prose.h"

#include <string.h>

#define STYLES 16u

typedef enum { DIRECTIVE_COMMENT, DIRECTIVE_CODE, DIRECTIVE_PROSE, DIRECTIVE_IMAGE, DIRECTIVE_CAPTION } Directive;

static const struct {
  const char *name;
  Directive kind;
} DIRECTIVES[] = {
  { "code-block", DIRECTIVE_CODE },     { "code", DIRECTIVE_CODE },     { "sourcecode", DIRECTIVE_CODE }, { "prompt", DIRECTIVE_CODE },
  { "parsed-literal", DIRECTIVE_CODE }, { "image", DIRECTIVE_IMAGE },   { "figure", DIRECTIVE_IMAGE },    { "table", DIRECTIVE_CAPTION },
  { "note", DIRECTIVE_PROSE },          { "warning", DIRECTIVE_PROSE }, { "tip", DIRECTIVE_PROSE },       { "important", DIRECTIVE_PROSE },
  { "hint", DIRECTIVE_PROSE },          { "caution", DIRECTIVE_PROSE }, { "attention", DIRECTIVE_PROSE }, { "admonition", DIRECTIVE_PROSE },
  { "seealso", DIRECTIVE_PROSE },       { "tab", DIRECTIVE_PROSE },     { "dropdown", DIRECTIVE_PROSE },  { "versionadded", DIRECTIVE_PROSE },
};

typedef struct {
  CdDocument *document;
  guint lines;
  guint paragraph;
  char styles[STYLES]; /* underline characters in order of first sight: a title's level */
  guint styles_known;
  CdRange open; /* of the paragraph being read; empty: none */
  guint first_line;
  char *caption; /* of the next table */
} Reader;

static gint32
current_section (const Reader *reader)
{
  return (gint32) reader->document->sections->len - 1;
}

static CdRange
raw_line (const Reader *reader, guint line)
{
  CdRange range = { 0, 0 };
  if (!cd_lines_range (reader->document->lines, reader->document->text, reader->document->length, line, &range.start, &range.end))
    return (CdRange){ 0, 0 };
  return range;
}

static CdRange
trimmed_line (const Reader *reader, guint line)
{
  return cd_range_trim (reader->document->text, raw_line (reader, line));
}

static gboolean
is_blank (const Reader *reader, guint line)
{
  CdRange range = trimmed_line (reader, line);
  return range.start == range.end;
}

static gsize
indent_of (const Reader *reader, guint line)
{
  return trimmed_line (reader, line).start - raw_line (reader, line).start;
}

/* The punctuation character that a line repeats, 0 where it does not. */
static char
adornment (const Reader *reader, guint line)
{
  const char *text = reader->document->text;
  CdRange range = trimmed_line (reader, line);
  if (range.end - range.start < 3 || !g_ascii_ispunct (text[range.start]) || indent_of (reader, line) > 0)
    return 0;
  for (gsize at = range.start; at < range.end; at++)
    if (text[at] != text[range.start])
      return 0;
  return text[range.start];
}

/* `text <target>`_ links of a paragraph. */
static void
add_links (Reader *reader, CdRange range)
{
  const char *text = reader->document->text;
  cd_document_add_bare_links (reader->document, range.start, range.end, current_section (reader));
  gsize at = range.start;
  while (at < range.end) {
    const char *found = memmem (text + at, range.end - at, ">`_", 3);
    if (found == NULL)
      return;
    gsize close = (gsize) (found - text);
    gsize open = close;
    while (open > at && text[open] != '<')
      open--;
    gsize tick = open;
    while (tick > at && text[tick] != '`')
      tick--;
    at = close + 3;
    g_autofree char *target = g_strndup (text + open + 1, close > open ? close - open - 1 : 0);
    g_autoptr (GString) shown = g_string_new (NULL);
    cd_text_append_collapsed (shown, text + tick + 1, open > tick ? open - tick - 1 : 0);
    /* Targets with a scheme were found bare already. */
    if (text[open] == '<' && strstr (target, "://") == NULL)
      cd_document_add_link (reader->document, target, g_strchomp (shown->str), cd_lines_at (reader->document->lines, open), current_section (reader),
                            FALSE, FALSE);
  }
}

static void
end_paragraph (Reader *reader)
{
  CdRange range = reader->open;
  reader->open = (CdRange){ 0, 0 };
  if (range.start >= range.end)
    return;
  cd_document_add_sentences (reader->document, CD_PASSAGE_PROSE, range.start, range.end, current_section (reader), reader->paragraph++);
  add_links (reader, range);
}

static void
add_title (Reader *reader, guint line, char style)
{
  CdRange range = trimmed_line (reader, line);
  guint level = 0;
  while (level < reader->styles_known && reader->styles[level] != style)
    level++;
  if (level == reader->styles_known && level < STYLES)
    reader->styles[reader->styles_known++] = style;
  g_autofree char *title = g_strndup (reader->document->text + range.start, range.end - range.start);
  gint32 section = cd_document_add_section (reader->document, title, level + 1, line);
  cd_document_add_passage (reader->document, CD_PASSAGE_HEADING, range.start, range.end, section, reader->paragraph++);
}

/* The last line of the block below `line` that is indented more than `indent`; `line` where there is none. */
static guint
block_end (const Reader *reader, guint line, gsize indent)
{
  guint last = line;
  for (guint at = line + 1; at <= reader->lines; at++) {
    if (is_blank (reader, at))
      continue;
    if (indent_of (reader, at) <= indent)
      break;
    last = at;
  }
  return last;
}

/* The first line of a directive's content, behind its ":option:" lines. */
static guint
content_start (const Reader *reader, guint line, guint last)
{
  guint at = line + 1;
  while (at <= last && !is_blank (reader, at) && reader->document->text[trimmed_line (reader, at).start] == ':')
    at++;
  while (at <= last && is_blank (reader, at))
    at++;
  return at;
}

static void
add_code (Reader *reader, guint first, guint last, const char *tag)
{
  if (first > last)
    return;
  cd_document_add_block (reader->document, raw_line (reader, first).start, raw_line (reader, last).end, current_section (reader), reader->paragraph,
                         tag);
  reader->paragraph = MAX (reader->paragraph + 1, cd_document_next_paragraph (reader->document));
}

/* An image: its target as a link, its :alt: as caption. */
static void
add_image (Reader *reader, guint line, CdRange argument, guint last)
{
  const char *text = reader->document->text;
  CdRange alt = { 0, 0 };
  for (guint at = line + 1; at <= last && alt.end == 0; at++) {
    CdRange option = trimmed_line (reader, at);
    if (option.end - option.start > 5 && memcmp (text + option.start, ":alt:", 5) == 0)
      alt = cd_range_trim (text, (CdRange){ option.start + 5, option.end });
  }
  g_autofree char *target = g_strndup (text + argument.start, argument.end - argument.start);
  g_autofree char *shown = g_strndup (text + alt.start, alt.end - alt.start);
  cd_document_add_link (reader->document, target, shown, line, current_section (reader), TRUE, FALSE);
  if (alt.end > alt.start)
    cd_document_add_passage (reader->document, CD_PASSAGE_CAPTION, alt.start, alt.end, current_section (reader), reader->paragraph++);
}

/* ".. _name: target" */
static void
add_target (Reader *reader, CdRange range, guint line)
{
  const char *text = reader->document->text;
  const char *colon = memmem (text + range.start, range.end - range.start, ": ", 2);
  if (colon == NULL)
    return;
  gsize at = (gsize) (colon - text);
  CdRange value = cd_range_trim (text, (CdRange){ at + 1, range.end });
  g_autofree char *name = g_strndup (text + range.start + 4, at - MIN (at, range.start + 4));
  g_autofree char *target = g_strndup (text + value.start, value.end - value.start);
  cd_document_add_link (reader->document, target, name, line, current_section (reader), FALSE, FALSE);
}

/* ".. something" at line; returns the last line that belongs to it. */
static guint
read_directive (Reader *reader, guint line)
{
  const char *text = reader->document->text;
  CdRange range = trimmed_line (reader, line);
  guint last = block_end (reader, line, indent_of (reader, line));
  if (range.end - range.start > 4 && text[range.start + 3] == '_') {
    add_target (reader, range, line);
    return line;
  }
  const char *colons = memmem (text + range.start, range.end - range.start, "::", 2);
  gsize name = MIN (range.start + 3, range.end);
  gsize name_end = colons != NULL ? (gsize) (colons - text) : name;
  Directive kind = DIRECTIVE_COMMENT;
  for (gsize i = 0; i < G_N_ELEMENTS (DIRECTIVES); i++)
    if (strlen (DIRECTIVES[i].name) == name_end - name && memcmp (DIRECTIVES[i].name, text + name, name_end - name) == 0)
      kind = DIRECTIVES[i].kind;
  CdRange argument = cd_range_trim (text, (CdRange){ MIN (name_end + 2, range.end), range.end });
  g_autofree char *word = g_strndup (text + argument.start, argument.end - argument.start);
  if (kind == DIRECTIVE_CODE)
    add_code (reader, content_start (reader, line, last), last, word);
  else if (kind == DIRECTIVE_IMAGE)
    add_image (reader, line, argument, last);
  else if (kind == DIRECTIVE_CAPTION || kind == DIRECTIVE_PROSE) {
    reader->open = argument;
    end_paragraph (reader);
    g_free (reader->caption);
    reader->caption = kind == DIRECTIVE_CAPTION ? g_strdup (word) : NULL;
    return MAX (line, content_start (reader, line, last) - 1);
  }
  return last;
}

/* The columns of a simple table ("=====  ===") or grid table ("+----+---+") by its first line; at most CD_TABLE_COLUMNS. */
static GArray *
table_columns (const Reader *reader, guint line, char rule)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (CdRange));
  CdRange raw = raw_line (reader, line);
  const char *text = reader->document->text;
  for (gsize at = raw.start; at < raw.end && columns->len < CD_TABLE_COLUMNS; at++) {
    gsize end = at;
    while (end < raw.end && text[end] == rule)
      end++;
    if (end == at)
      continue;
    CdRange column = { at - raw.start, end - raw.start };
    g_array_append_val (columns, column);
    at = end;
  }
  return columns;
}

/* Add the cells of a row that stands on one line. */
static void
add_row (Reader *reader, CdTableMaker *maker, const GArray *columns, guint line, gboolean heading, gboolean grid)
{
  CdRange raw = raw_line (reader, line);
  const char *text = reader->document->text;
  cd_table_maker_begin_row (maker);
  for (guint i = 0; i < columns->len; i++) {
    CdRange column = g_array_index (columns, CdRange, i);
    gboolean to_end = i + 1 == columns->len && !grid;
    CdRange cell = { MIN (raw.start + column.start, raw.end), to_end ? raw.end : MIN (raw.start + column.end, raw.end) };
    cell = cd_range_trim (text, cell);
    gboolean bold = cell.end - cell.start > 4 && memcmp (text + cell.start, "**", 2) == 0 && memcmp (text + cell.end - 2, "**", 2) == 0;
    g_autofree char *shown
        = bold ? g_strndup (text + cell.start + 2, cell.end - cell.start - 4) : g_strndup (text + cell.start, cell.end - cell.start);
    cd_table_maker_add_cell (maker, shown, line, bold, heading, 1, 1);
  }
  CdRange row = trimmed_line (reader, line);
  cd_document_add_passage (reader->document, CD_PASSAGE_TABLE, row.start, row.end, current_section (reader), reader->paragraph);
}

/* TRUE for a line of the rule character, blanks and plus signs only. */
static gboolean
is_rule (const Reader *reader, guint line, const char *characters)
{
  CdRange range = trimmed_line (reader, line);
  for (gsize at = range.start; at < range.end; at++)
    if (strchr (characters, reader->document->text[at]) == NULL || reader->document->text[at] == '\0')
      return FALSE;
  return range.end > range.start;
}

/* A table that begins at line; returns its last line, 0 where there is none. */
static guint
read_table (Reader *reader, guint line)
{
  const char *text = reader->document->text;
  CdRange range = trimmed_line (reader, line);
  gboolean grid = range.end - range.start > 2 && text[range.start] == '+' && is_rule (reader, line, "+-=");
  gboolean simple = !grid && is_rule (reader, line, "= ") && memchr (text + range.start, ' ', range.end - range.start) != NULL;
  if (!grid && !simple)
    return 0;
  guint last = line;
  for (guint at = line + 1; at <= reader->lines; at++) {
    CdRange row = trimmed_line (reader, at);
    if (grid ? row.start == row.end || strchr ("+|", text[row.start]) == NULL : row.start == row.end)
      break;
    last = at;
  }
  guint rules = 0, header = 0;
  for (guint at = line; at <= last; at++) {
    rules += is_rule (reader, at, "= ") || is_rule (reader, at, "+-=") ? 1 : 0;
    header = header == 0 && (grid ? is_rule (reader, at, "+=") : rules == 2 && is_rule (reader, at, "= ")) ? at : header;
  }
  if (rules < 2)
    return 0;
  header = !grid && rules < 3 ? 0 : header;
  end_paragraph (reader);
  g_autoptr (GArray) columns = table_columns (reader, line, grid ? '-' : '=');
  CdTableMaker *maker = cd_table_maker_new (line, current_section (reader));
  guint header_rows = 0;
  for (guint at = line; at <= last; at++)
    if (!is_rule (reader, at, grid ? "+-=|" : "=- ")) {
      header_rows += at < header ? 1 : 0;
      add_row (reader, maker, columns, at, at < header, grid);
    }
  reader->paragraph++;
  cd_table_maker_finish (maker, reader->document, last, header_rows, reader->caption);
  g_clear_pointer (&reader->caption, g_free);
  return last;
}

/* One line of text: it begins a paragraph, an item, or goes on. A paragraph that ends in "::" has a literal block below. */
static guint
read_text (Reader *reader, guint line)
{
  const char *text = reader->document->text;
  CdRange range = trimmed_line (reader, line);
  gboolean item = range.end - range.start > 2 && strchr ("-*+", text[range.start]) != NULL && text[range.start + 1] == ' ';
  item = item || (range.end - range.start > 3 && text[range.start] == '#' && text[range.start + 1] == '.');
  if (item)
    end_paragraph (reader);
  if (reader->open.start >= reader->open.end) {
    reader->open.start = item ? range.start + 2 : range.start;
    reader->first_line = line;
  }
  reader->open.end = range.end;
  gboolean literal
      = range.end - range.start >= 2 && memcmp (text + range.end - 2, "::", 2) == 0 && (is_blank (reader, line + 1) || line == reader->lines);
  if (!literal)
    return line;
  gsize indent = indent_of (reader, reader->first_line);
  end_paragraph (reader);
  guint last = block_end (reader, line, indent);
  add_code (reader, line + 1, last, "");
  return last;
}

void
cd_parse_rst (CdDocument *document, const CdDocumentOptions *options G_GNUC_UNUSED)
{
  Reader reader = { .document = document, .lines = document->lines->starts->len };
  for (guint line = 1; line <= reader.lines; line++) {
    CdRange range = trimmed_line (&reader, line);
    const char *at = document->text + range.start;
    gsize length = range.end - range.start;
    char over = adornment (&reader, line);
    guint table = 0;
    if (length == 0)
      end_paragraph (&reader);
    else if (over != 0 && line + 2 <= reader.lines && adornment (&reader, line + 2) == over && !is_blank (&reader, line + 1)) {
      end_paragraph (&reader);
      add_title (&reader, line + 1, over);
      line += 2;
    } else if (over == 0 && reader.open.start >= reader.open.end && adornment (&reader, line + 1) != 0) {
      add_title (&reader, line, adornment (&reader, line + 1));
      line++;
    } else if (length >= 2 && memcmp (at, "..", 2) == 0 && (length == 2 || at[2] == ' ')) {
      end_paragraph (&reader);
      line = read_directive (&reader, line);
    } else if ((table = read_table (&reader, line)) > 0)
      line = table;
    else if (over != 0)
      end_paragraph (&reader);
    else
      line = read_text (&reader, line);
  }
  end_paragraph (&reader);
  g_free (reader.caption);
}
