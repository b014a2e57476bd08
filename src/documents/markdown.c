/* Markdown by cmark-gfm: one pass over the blocks, sections, passages, tables and links made from their raw bytes.
 * Inlines are read by inlines.c, HTML by html.c, code blocks by code-blocks.c.
 * The autolink and strikethrough extensions are left out: they change tables that cmark shares between threads. Bare URLs are found by us. */
#include "documents/inlines.h"
#include "documents/parsers.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

#define MARKDOWN_BYTES (2u * 1024u * 1024u) /* larger files are read as plain text: a syntax tree takes some hundred bytes a node */
#define MARKDOWN_NANOSECONDS 1e9            /* and so are files on which cmark would run in quadratic time for longer */
#define PSEUDO_LEVEL 6u                     /* of a paragraph in bold that stands for a heading */
#define PSEUDO_BYTES 80u

typedef enum { TASK_NONE, TASK_OPEN, TASK_DONE } Task;

typedef struct {
  CdDocument *document;
  const char *text;  /* valid UTF-8 of the document's length */
  guint line_offset; /* lines before the part that cmark saw */
  guint next_paragraph;
  guint list_paragraph; /* shared by all items of the outermost list */
  guint lists, quotes;
  GArray *tasks;         /* Task of each open item */
  guint skip_line;       /* blocks up to this line were read as part of an HTML table */
  gboolean no_table_end; /* an HTML table stays open to the end of the file */
  GString *before;       /* visible text of the block before, when it was a paragraph */
  CdTable *captionless;  /* a table that the paragraph behind it may caption */
} Reader;

static gint32
current_section (const Reader *reader)
{
  return (gint32) reader->document->sections->len - 1;
}

/* A number for a block of its own, or the list's. */
static guint
new_paragraph (Reader *reader, gboolean share_list)
{
  if (share_list && reader->lists > 0)
    return reader->list_paragraph;
  return reader->next_paragraph++;
}

/* After somebody else added passages from first on: numbers they used are taken, flags of the place apply. */
static void
settle (Reader *reader, guint first)
{
  guint flags = reader->quotes > 0 ? CD_CONTEXT_QUOTED : 0;
  if (reader->tasks->len > 0 && g_array_index (reader->tasks, Task, reader->tasks->len - 1) == TASK_OPEN)
    flags |= CD_CONTEXT_PLAN;
  cd_document_flag_passages (reader->document, first, flags);
  for (guint i = first; i < reader->document->passages->len; i++)
    reader->next_paragraph = MAX (reader->next_paragraph, g_array_index (reader->document->passages, CdPassage, i).paragraph + 1);
}

static guint
node_line (const Reader *reader, cmark_node *node)
{
  return (guint) MAX (cmark_node_get_start_line (node), 1) + reader->line_offset;
}

/* The bytes of lines first to last; empty where the file has no such lines. */
static CdRange
lines_range (const Reader *reader, guint first, guint last)
{
  const CdDocument *document = reader->document;
  CdRange range = { document->length, document->length };
  gsize ignored = 0, end = 0;
  last = MIN (last, document->lines->starts->len);
  if (first > last || !cd_lines_range (document->lines, document->text, document->length, first, &range.start, &ignored)
      || !cd_lines_range (document->lines, document->text, document->length, last, &ignored, &end))
    return (CdRange){ document->length, document->length };
  range.end = end;
  return range;
}

/* Past quote marks, list marks, indentation and heading marks, which are no part of what a line says. */
static gsize
skip_marks (const Reader *reader, cmark_node *node, CdRange range, const char *marks)
{
  int column = cmark_node_get_start_column (node);
  gsize start = range.start;
  if (column > 1)
    start = MIN (range.end, start + (gsize) column - 1);
  while (start < range.end && strchr (marks, reader->text[start]) != NULL)
    start++;
  return start;
}

/* Lines of link definitions at a paragraph's top, which cmark drops from its text but not from its position. */
static guint
definition_lines (const Reader *reader, cmark_node *node, guint first, guint last)
{
  cmark_node *child = cmark_node_first_child (node);
  const char *literal = child != NULL && cmark_node_get_type (child) == CMARK_NODE_TEXT ? cmark_node_get_literal (child) : "";
  guint line = first;
  for (; line < last && literal[0] != '['; line++) {
    CdRange range = cd_range_trim (reader->text, lines_range (reader, line, line));
    const char *close = range.end > range.start ? memmem (reader->text + range.start, range.end - range.start, "]:", 2) : NULL;
    while (range.start < range.end && (reader->text[range.start] == '>' || reader->text[range.start] == ' '))
      range.start++;
    if (close == NULL || reader->text[range.start] != '[')
      break;
  }
  return line - first;
}

/* The bytes of prose between cuts as sentences, alt texts as captions. */
static void
add_cut_prose (Reader *reader, CdPassageKind kind, CdRange range, const GArray *cuts, guint paragraph)
{
  CdDocument *document = reader->document;
  for (guint i = 0; i <= cuts->len; i++) {
    CdRange end = { range.end, range.end };
    const CdCut *cut = i < cuts->len ? &g_array_index (cuts, CdCut, i) : NULL;
    CdRange hidden = cut != NULL ? cut->hidden : end;
    gsize stop = CLAMP (hidden.start, range.start, range.end);
    if (cd_text_has_words (reader->text + range.start, stop - range.start)) {
      if (kind == CD_PASSAGE_HEADING) {
        CdRange trimmed = cd_range_trim (reader->text, (CdRange){ range.start, stop });
        cd_document_add_passage (document, kind, trimmed.start, trimmed.end, current_section (reader), paragraph);
      } else
        cd_document_add_sentences (document, kind, range.start, stop, current_section (reader), paragraph);
    }
    if (cut != NULL && cut->caption.start >= stop && cd_text_has_words (reader->text + cut->caption.start, cut->caption.end - cut->caption.start))
      cd_document_add_passage (document, CD_PASSAGE_CAPTION, cut->caption.start, cut->caption.end, current_section (reader), paragraph);
    range.start = MAX (range.start, hidden.end);
  }
}

static void
read_heading (Reader *reader, cmark_node *node)
{
  guint line = node_line (reader, node);
  CdRange range = lines_range (reader, line, line);
  range.start = skip_marks (reader, node, range, " \t");
  gboolean hashes = range.start < range.end && reader->text[range.start] == '#';
  if (hashes) {
    range.start = skip_marks (reader, node, range, " \t#");
    while (range.end > range.start && strchr (" \t#\r", reader->text[range.end - 1]) != NULL)
      range.end--;
  }
  for (guint last = (guint) MAX (cmark_node_get_end_line (node), 1) + reader->line_offset; !hashes && line < last; line++) {
    CdRange under = cd_range_trim (reader->text, lines_range (reader, line + 1, line + 1));
    while (under.start < under.end && strchr ("=-> \t", reader->text[under.start]) != NULL)
      under.start++;
    if (under.start == under.end)
      break;
    range.end = under.end;
  }
  guint links = reader->document->links->len;
  g_autoptr (CdInlines) inlines
      = cd_inlines_read (reader->document, node, range, reader->line_offset, node_line (reader, node), current_section (reader));
  if (inlines->text->len > 0)
    cd_document_add_section (reader->document, inlines->text->str, (guint) cmark_node_get_heading_level (node), node_line (reader, node));
  for (; links < reader->document->links->len; links++)
    ((CdLink *) g_ptr_array_index (reader->document->links, links))->section = current_section (reader);
  add_cut_prose (reader, CD_PASSAGE_HEADING, range, inlines->cuts, new_paragraph (reader, FALSE));
}

/* TRUE for a short paragraph in bold that names what follows. */
static gboolean
stands_for_heading (const Reader *reader, const CdInlines *inlines)
{
  const GString *text = inlines->text;
  return inlines->bold && !inlines->linked && reader->lists == 0 && reader->quotes == 0 && text->len <= PSEUDO_BYTES
         && strchr (".!?,;", text->str[text->len - 1]) == NULL;
}

/* A caption stands before its table, or after it when it begins with "Table". */
static void
caption_table_before (Reader *reader, const GString *text)
{
  CdTable *table = g_steal_pointer (&reader->captionless);
  if (table == NULL || g_ascii_strncasecmp (text->str, "table", 5) != 0)
    return;
  g_free (table->caption);
  table->caption = g_strdup (text->str);
}

static void
read_paragraph (Reader *reader, cmark_node *node, guint first, guint last)
{
  guint skipped = definition_lines (reader, node, first, last);
  CdRange range = lines_range (reader, first + skipped, last);
  range.start = skip_marks (reader, skipped == 0 ? node : cmark_node_parent (node), range, " \t>");
  g_autoptr (CdInlines) inlines
      = cd_inlines_read (reader->document, node, range, reader->line_offset + skipped, first + skipped, current_section (reader));
  guint passages = reader->document->passages->len;
  guint paragraph = new_paragraph (reader, TRUE);
  caption_table_before (reader, inlines->text);
  if (cd_text_begins_bibtex (reader->text + range.start, range.end - range.start))
    cd_document_add_lines (reader->document, CD_PASSAGE_BIBTEX, range.start, range.end, current_section (reader), paragraph);
  else if (inlines->text->len > 0 && stands_for_heading (reader, inlines)) {
    cd_document_add_section (reader->document, inlines->text->str, PSEUDO_LEVEL, first + skipped);
    add_cut_prose (reader, CD_PASSAGE_HEADING, range, inlines->cuts, paragraph);
  } else
    add_cut_prose (reader, CD_PASSAGE_PROSE, range, inlines->cuts, paragraph);
  settle (reader, passages);
  g_string_assign (reader->before, inlines->text->str);
}

/* A line of |, :, - and blanks only, with at least one dash and one | or :. */
static gboolean
is_delimiter_row (const char *text, CdRange line)
{
  gboolean dash = FALSE, bar = FALSE;
  for (gsize at = line.start; at < line.end; at++) {
    if (text[at] == '\0' || strchr ("|:- \t>\r", text[at]) == NULL)
      return FALSE;
    dash = dash || text[at] == '-';
    bar = bar || text[at] == '|' || text[at] == ':';
  }
  return dash && bar;
}

/* The line of a table's header. cmark gives the line of a paragraph that the table interrupted. */
static guint
header_line (const Reader *reader, cmark_node *table)
{
  guint first = node_line (reader, table);
  guint last = (guint) MAX (cmark_node_get_end_line (table), 1) + reader->line_offset;
  for (guint line = first + 1; line <= last; line++)
    if (is_delimiter_row (reader->text, lines_range (reader, line, line)))
      return line - 1;
  return first;
}

static void
read_row (Reader *reader, cmark_node *row, CdTableMaker *maker, guint line, guint paragraph)
{
  CdRange range = lines_range (reader, line, line);
  range.start = skip_marks (reader, row, range, " \t>");
  range = cd_range_trim (reader->text, range);
  gboolean heading = cmark_gfm_extensions_get_table_row_is_header (row) != 0;
  guint offset = line - (guint) MAX (cmark_node_get_start_line (row), 1);
  cd_table_maker_begin_row (maker);
  g_autoptr (GArray) comments = g_array_new (FALSE, FALSE, sizeof (CdCut));
  for (cmark_node *cell = cmark_node_first_child (row); cell != NULL; cell = cmark_node_next (cell)) {
    CdRange rest = range;
    if (comments->len > 0)
      rest.start = g_array_index (comments, CdCut, comments->len - 1).hidden.end;
    g_autoptr (CdInlines) inlines = cd_inlines_read (reader->document, cell, rest, offset, line, current_section (reader));
    cd_table_maker_add_cell (maker, inlines->text->str, line, inlines->bold, heading, 1, 1);
    for (guint i = 0; i < inlines->cuts->len; i++) {
      CdCut cut = g_array_index (inlines->cuts, CdCut, i);
      if (memcmp (reader->text + cut.hidden.start, "<!", 2) == 0)
        g_array_append_val (comments, cut);
    }
  }
  gsize start = range.start;
  for (guint i = 0; i <= comments->len; i++) {
    CdRange piece = { start, i < comments->len ? g_array_index (comments, CdCut, i).hidden.start : range.end };
    start = i < comments->len ? g_array_index (comments, CdCut, i).hidden.end : range.end;
    piece = cd_range_trim (reader->text, piece);
    if (cd_text_has_words (reader->text + piece.start, piece.end - piece.start) || (piece.end > piece.start && comments->len == 0))
      cd_document_add_passage (reader->document, CD_PASSAGE_TABLE, piece.start, piece.end, current_section (reader), paragraph);
  }
}

static void
read_table (Reader *reader, cmark_node *table)
{
  guint line = header_line (reader, table);
  guint passages = reader->document->passages->len;
  guint paragraph = new_paragraph (reader, FALSE);
  guint header_rows = 0;
  CdTableMaker *maker = cd_table_maker_new (line, current_section (reader));
  for (cmark_node *row = cmark_node_first_child (table); row != NULL; row = cmark_node_next (row)) {
    gboolean header = cmark_gfm_extensions_get_table_row_is_header (row) != 0;
    header_rows += header ? 1 : 0;
    line = header ? line : MAX (line, node_line (reader, row));
    read_row (reader, row, maker, line, paragraph);
  }
  settle (reader, passages);
  const char *caption = reader->before->len > 0 ? reader->before->str : NULL;
  reader->captionless = cd_table_maker_finish (maker, reader->document, line, header_rows, caption);
  g_string_truncate (reader->before, 0);
}

static void
read_code (Reader *reader, cmark_node *node)
{
  int length = 0, offset = 0;
  char mark = 0;
  gboolean fenced = cmark_node_get_fenced (node, &length, &offset, &mark) != 0;
  guint first = node_line (reader, node);
  guint last = (guint) MAX (cmark_node_get_end_line (node), 1) + reader->line_offset;
  if (fenced) {
    CdRange closing = cd_range_trim (reader->text, lines_range (reader, last, last));
    while (closing.start < closing.end && (reader->text[closing.start] == '>' || g_ascii_isspace (reader->text[closing.start])))
      closing.start++;
    gsize at = closing.start;
    while (at < closing.end && reader->text[at] == mark)
      at++;
    gboolean closed = last > first && at == closing.end && at - closing.start >= (gsize) length;
    first++;
    last -= closed ? 1 : 0;
  }
  const char *info = fenced ? cmark_node_get_fence_info (node) : "";
  info += strspn (info, "{. ");
  g_autofree char *tag = g_strndup (info, strcspn (info, " \t,;:{}("));
  CdRange range = lines_range (reader, first, last);
  guint passages = reader->document->passages->len;
  cd_document_add_block (reader->document, range.start, range.end, current_section (reader), new_paragraph (reader, FALSE), tag);
  settle (reader, passages);
}

/* How many HTML tables open minus how many close, comments left aside. */
static gint
table_balance (const char *html)
{
  gint balance = 0;
  for (const char *at = strchr (html, '<'); at != NULL; at = strchr (at + 1, '<')) {
    const char *end = g_str_has_prefix (at, "<!--") ? strstr (at, "-->") : at;
    if (end == NULL)
      break;
    at = end;
    balance += g_ascii_strncasecmp (at, "<table", 6) == 0 ? 1 : g_ascii_strncasecmp (at, "</table", 7) == 0 ? -1 : 0;
  }
  return balance;
}

/* The last line of an HTML block; a table that blank lines cut into several blocks is one. */
static guint
html_end (Reader *reader, cmark_node *node)
{
  gint balance = table_balance (cmark_node_get_literal (node));
  cmark_node *last = node;
  while (balance > 0 && !reader->no_table_end && last != NULL) {
    last = cmark_node_next (last);
    if (last != NULL && cmark_node_get_type (last) == CMARK_NODE_HTML_BLOCK)
      balance += table_balance (cmark_node_get_literal (last));
  }
  reader->no_table_end = reader->no_table_end || last == NULL;
  last = last != NULL ? last : node;
  return (guint) MAX (cmark_node_get_end_line (last), 1) + reader->line_offset;
}

static void
read_html (Reader *reader, cmark_node *node)
{
  guint last = html_end (reader, node);
  CdRange range = lines_range (reader, node_line (reader, node), last);
  guint passages = reader->document->passages->len;
  guint tables = reader->document->tables->len;
  cd_document_add_html (reader->document, range.start, range.end, current_section (reader), reader->next_paragraph);
  reader->skip_line = last;
  settle (reader, passages);
  for (; tables < reader->document->tables->len; tables++) {
    CdTable *table = g_ptr_array_index (reader->document->tables, tables);
    if (table->caption == NULL && reader->before->len > 0)
      table->caption = g_strdup (reader->before->str);
    reader->captionless = table;
    g_string_truncate (reader->before, 0);
  }
}

static void
enter_container (Reader *reader, cmark_node *node, cmark_node_type type)
{
  if (type == CMARK_NODE_BLOCK_QUOTE)
    reader->quotes++;
  else if (type == CMARK_NODE_LIST && reader->lists++ == 0)
    reader->list_paragraph = reader->next_paragraph++;
  else if (type == CMARK_NODE_ITEM) {
    Task task = reader->tasks->len > 0 ? g_array_index (reader->tasks, Task, reader->tasks->len - 1) : TASK_NONE;
    if (strcmp (cmark_node_get_type_string (node), "tasklist") == 0)
      task = cmark_gfm_extensions_get_tasklist_item_checked (node) ? TASK_DONE : TASK_OPEN;
    g_array_append_val (reader->tasks, task);
  }
}

static void
leave_container (Reader *reader, cmark_node_type type)
{
  if (type == CMARK_NODE_BLOCK_QUOTE)
    reader->quotes--;
  else if (type == CMARK_NODE_LIST)
    reader->lists--;
  else if (type == CMARK_NODE_ITEM)
    g_array_set_size (reader->tasks, reader->tasks->len - 1);
}

/* A block that is read whole; FALSE for a container, whose children come as events of their own. */
static gboolean
read_leaf (Reader *reader, cmark_node *node, cmark_node_type type)
{
  if (type == CMARK_NODE_PARAGRAPH) {
    guint first = node_line (reader, node);
    guint last = (guint) MAX (cmark_node_get_end_line (node), 1) + reader->line_offset;
    /* A paragraph that a table interrupts has no place of its own: it fills the lines from the table's to the header row's. */
    cmark_node *next = cmark_node_next (node);
    if (cmark_node_get_start_line (node) == 0 && next != NULL) {
      first = node_line (reader, next);
      last = MAX (first + 1, header_line (reader, next)) - 1;
    }
    read_paragraph (reader, node, first, last);
    return TRUE;
  }
  if (strcmp (cmark_node_get_type_string (node), "table") == 0) {
    read_table (reader, node);
    return TRUE;
  }
  gboolean leaf = type == CMARK_NODE_HEADING || type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK;
  if (!leaf)
    return FALSE;
  if (type == CMARK_NODE_HEADING)
    read_heading (reader, node);
  else if (type == CMARK_NODE_CODE_BLOCK)
    read_code (reader, node);
  else
    read_html (reader, node);
  if (type != CMARK_NODE_HTML_BLOCK)
    reader->captionless = NULL;
  g_string_truncate (reader->before, 0);
  return TRUE;
}

static void
read_tree (Reader *reader, cmark_node *root)
{
  cmark_iter *iter = cmark_iter_new (root);
  for (cmark_event_type event = cmark_iter_next (iter); event != CMARK_EVENT_DONE; event = cmark_iter_next (iter)) {
    cmark_node *node = cmark_iter_get_node (iter);
    cmark_node_type type = cmark_node_get_type (node);
    if (event == CMARK_EVENT_EXIT) {
      leave_container (reader, type);
      continue;
    }
    enter_container (reader, node, type);
    gboolean container = type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM || type == CMARK_NODE_BLOCK_QUOTE;
    gboolean skipped = !container && cmark_node_get_start_line (node) > 0 && node_line (reader, node) <= reader->skip_line;
    if ((skipped || read_leaf (reader, node, type)) && cmark_node_first_child (node) != NULL)
      cmark_iter_reset (iter, node, CMARK_EVENT_EXIT);
  }
  cmark_iter_free (iter);
}

/* What one run of lines without a blank line costs cmark beyond its length, in nanoseconds. */
typedef struct {
  double images, rows, delimiters, columns, table;
} Run;

static double
run_nanoseconds (const Run *run)
{
  return 3 * run->images * run->images + 140 * run->delimiters * run->delimiters + 1400 * run->columns * run->rows + run->table;
}

/* What cmark would take for the text, by the shapes on which it is quadratic: images within images that never close, paragraphs tried
 * as tables, rows padded to a wide header. Constants measured on cmark-gfm 0.29.0.gfm.6. */
static double
parse_nanoseconds (const CdLines *lines, const char *text, gsize length)
{
  double total = 0;
  Run run = { 0 };
  gsize start = 0, end = 0, run_start = 0;
  for (guint line = 1; cd_lines_range (lines, text, length, line, &start, &end) && total < MARKDOWN_NANOSECONDS; line++) {
    gsize at = start;
    while (at < end && strchr ("> \t", text[at]) != NULL)
      at++;
    if (at == end) {
      total += run_nanoseconds (&run);
      run = (Run){ 0 };
      run_start = end;
      continue;
    }
    run.rows++;
    if (is_delimiter_row (text, (CdRange){ start, end })) {
      double columns = 0;
      for (gsize bar = at; bar < end; bar++)
        columns += text[bar] == '|' ? 1 : 0;
      run.columns = MAX (run.columns, columns);
      run.delimiters++;
      run.table += run.rows * (double) (end - run_start) / 3;
      run.rows = 0;
    }
    for (; at + 1 < end; at++)
      run.images += text[at] == '!' && text[at + 1] == '[' ? 1 : 0;
  }
  return total + run_nanoseconds (&run);
}

static cmark_node *
parse_tree (const char *text, gsize length)
{
  cmark_parser *parser = cmark_parser_new (CMARK_OPT_SOURCEPOS);
  static const char *const EXTENSIONS[] = { "table", "tasklist" };
  for (gsize i = 0; i < G_N_ELEMENTS (EXTENSIONS); i++)
    cmark_parser_attach_syntax_extension (parser, cmark_find_syntax_extension (EXTENSIONS[i]));
  cmark_parser_feed (parser, text, length);
  cmark_node *root = cmark_parser_finish (parser);
  cmark_parser_free (parser);
  return root;
}

void
cd_parse_markdown (CdDocument *document, const CdDocumentOptions *options)
{
  static gsize registered = 0;
  if (g_once_init_enter (&registered)) {
    cmark_gfm_core_extensions_ensure_registered ();
    g_once_init_leave (&registered, 1);
  }
  g_autofree char *text = cd_text_same_length_utf8 (document->text, document->length);
  if (document->length > MARKDOWN_BYTES || parse_nanoseconds (document->lines, text, document->length) >= MARKDOWN_NANOSECONDS) {
    cd_parse_plain (document, options);
    g_free (document->unread);
    document->unread = g_strdup ("Markdown too large or too involved: read as plain text");
    return;
  }
  gsize front = cd_document_add_front_matter (document);
  g_autoptr (GArray) tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  g_autoptr (GString) before = g_string_new (NULL);
  Reader reader = { .document = document, .text = text, .tasks = tasks, .before = before, .next_paragraph = front > 0 ? 1 : 0 };
  reader.line_offset = front == 0 ? 0 : front < document->length ? cd_lines_at (document->lines, front) - 1 : document->lines->starts->len;
  cmark_node *root = parse_tree (text + front, document->length - front);
  read_tree (&reader, root);
  cmark_node_free (root);
}
