/* HTML through libxml2's SAX parser, whole files and fragments inside Markdown: visible text, headings, tables, links, images.
 * Places come from the parser's position in the input. No tree is built, so nesting costs no stack. */
#include "documents/parsers.h"
#include "documents/prose.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#define HTML_DEPTH 256 /* deeper nesting ends the reading: libxml2 searches its stack at every end tag */
#define LINK_TEXT_BYTES 400u

typedef enum {
  TAG_OTHER,
  TAG_BLOCK,
  TAG_HEADING,
  TAG_CAPTION,
  TAG_HIDDEN,
  TAG_PRE,
  TAG_TABLE,
  TAG_ROW,
  TAG_CELL,
  TAG_HEAD_ROWS,
  TAG_BOLD,
  TAG_LINK,
  TAG_IMAGE,
  TAG_MEDIA
} Tag;

static const struct {
  const char *name;
  Tag tag;
} TAGS[] = {
  { "p", TAG_BLOCK },       { "div", TAG_BLOCK },     { "li", TAG_BLOCK },           { "ul", TAG_BLOCK },
  { "ol", TAG_BLOCK },      { "dl", TAG_BLOCK },      { "dt", TAG_BLOCK },           { "dd", TAG_BLOCK },
  { "section", TAG_BLOCK }, { "article", TAG_BLOCK }, { "header", TAG_BLOCK },       { "footer", TAG_BLOCK },
  { "main", TAG_BLOCK },    { "nav", TAG_BLOCK },     { "blockquote", TAG_BLOCK },   { "summary", TAG_BLOCK },
  { "details", TAG_BLOCK }, { "figure", TAG_BLOCK },  { "center", TAG_BLOCK },       { "hr", TAG_BLOCK },
  { "form", TAG_BLOCK },    { "option", TAG_BLOCK },  { "br", TAG_BLOCK },           { "body", TAG_BLOCK },
  { "h1", TAG_HEADING },    { "h2", TAG_HEADING },    { "h3", TAG_HEADING },         { "h4", TAG_HEADING },
  { "h5", TAG_HEADING },    { "h6", TAG_HEADING },    { "figcaption", TAG_CAPTION }, { "caption", TAG_CAPTION },
  { "script", TAG_HIDDEN }, { "style", TAG_HIDDEN },  { "head", TAG_HIDDEN },        { "template", TAG_HIDDEN },
  { "svg", TAG_HIDDEN },    { "pre", TAG_PRE },       { "table", TAG_TABLE },        { "tr", TAG_ROW },
  { "td", TAG_CELL },       { "th", TAG_CELL },       { "thead", TAG_HEAD_ROWS },    { "b", TAG_BOLD },
  { "strong", TAG_BOLD },   { "a", TAG_LINK },        { "img", TAG_IMAGE },          { "video", TAG_MEDIA },
  { "iframe", TAG_MEDIA },  { "embed", TAG_MEDIA },
};

typedef struct {
  CdRange range;
  CdPassageKind kind;
} Segment;

typedef struct {
  CdDocument *document;
  htmlParserCtxtPtr parser;
  const char *text; /* valid UTF-8 that the parser sees */
  gsize length;
  gsize base; /* of text in document->text */
  guint line; /* of text's first byte, where text is no part of the document */
  gboolean links_only;
  gint32 section;
  guint paragraph;
  gsize last;   /* where the event before ended */
  guint hidden; /* open elements without visible text */
  guint bold;
  Tag block;        /* TAG_HEADING, TAG_CAPTION, TAG_PRE or TAG_BLOCK */
  guint level;      /* of a heading */
  CdRange segment;  /* text of the block since the last comment or image; start G_MAXSIZE: none */
  GArray *segments; /* Segment, of the block or row */
  GString *visible; /* of the block */
  char *before;     /* visible text of the block before, a caption for a table that has none */
  char *link;       /* href of the open link */
  guint link_line;
  GString *link_text;
  /* the outermost open table */
  guint tables;
  CdTableMaker *maker;
  char *caption;
  gboolean in_row, in_cell, in_head, header_done, row_is_header;
  guint header_rows;
  GString *cell, *cell_alt;
  gboolean cell_bold, cell_plain, cell_heading;
  guint cell_columns, cell_rows, cell_line;
} Reader;

static gsize
position (const Reader *reader)
{
  const xmlParserInput *input = reader->parser->input;
  gsize at = (gsize) (input->cur - input->base) + (gsize) input->consumed;
  return CLAMP (at, reader->last, reader->length);
}

static guint
line_at (const Reader *reader, gsize offset)
{
  if (!reader->links_only)
    return cd_lines_at (reader->document->lines, reader->base + offset);
  return reader->line + (guint) MAX (reader->parser->input->line, 1) - 1;
}

static gint32
current_section (const Reader *reader)
{
  return MAX (reader->section, (gint32) reader->document->sections->len - 1);
}

static Tag
tag_of (const xmlChar *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TAGS); i++)
    if (strcmp ((const char *) name, TAGS[i].name) == 0)
      return TAGS[i].tag;
  return TAG_OTHER;
}

static const char *
attribute (const xmlChar **attributes, const char *name)
{
  for (gsize i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    if (strcmp ((const char *) attributes[i], name) == 0)
      return (const char *) attributes[i + 1];
  return NULL;
}

static guint
span_attribute (const xmlChar **attributes, const char *name)
{
  const char *value = attribute (attributes, name);
  return value != NULL ? (guint) CLAMP (g_ascii_strtoll (value, NULL, 10), 1, CD_TABLE_ROWS) : 1;
}

CdRange
cd_html_alt_range (const char *text, CdRange tag)
{
  for (gsize at = tag.start; at + 5 < tag.end; at++) {
    if (g_ascii_strncasecmp (text + at, "alt", 3) != 0 || !g_ascii_isspace (text[at > tag.start ? at - 1 : at]))
      continue;
    gsize equals = at + 3;
    while (equals < tag.end && g_ascii_isspace (text[equals]))
      equals++;
    if (equals + 1 >= tag.end || text[equals] != '=' || (text[equals + 1] != '"' && text[equals + 1] != '\''))
      continue;
    gsize start = equals + 2;
    const char *close = start < tag.end ? memchr (text + start, text[equals + 1], tag.end - start) : NULL;
    if (close != NULL)
      return (CdRange){ start, (gsize) (close - text) };
  }
  return (CdRange){ tag.start, tag.start };
}

static void
close_segment (Reader *reader, CdPassageKind kind)
{
  Segment segment = { reader->segment, kind };
  if (segment.range.start < segment.range.end)
    g_array_append_val (reader->segments, segment);
  reader->segment = (CdRange){ G_MAXSIZE, 0 };
}

static CdPassageKind
block_passage (const Reader *reader)
{
  return reader->maker != NULL && reader->block != TAG_CAPTION ? CD_PASSAGE_TABLE
         : reader->block == TAG_HEADING                        ? CD_PASSAGE_HEADING
         : reader->block == TAG_CAPTION                        ? CD_PASSAGE_CAPTION
         : reader->block == TAG_PRE                            ? CD_PASSAGE_CODE
                                                               : CD_PASSAGE_PROSE;
}

static void
add_segment (Reader *reader, const Segment *segment)
{
  CdRange range = cd_range_trim (reader->text, segment->range);
  if (!cd_text_has_words (reader->text + range.start, range.end - range.start))
    return;
  gsize start = range.start + reader->base;
  gsize end = range.end + reader->base;
  if (segment->kind == CD_PASSAGE_PROSE)
    cd_document_add_sentences (reader->document, CD_PASSAGE_PROSE, start, end, current_section (reader), reader->paragraph);
  else if (segment->kind == CD_PASSAGE_CODE && reader->segments->len == 1)
    cd_document_add_block (reader->document, start, end, current_section (reader), reader->paragraph, "");
  else if (segment->kind == CD_PASSAGE_CODE)
    cd_document_add_lines (reader->document, CD_PASSAGE_CODE, start, end, current_section (reader), reader->paragraph);
  else
    cd_document_add_passage (reader->document, segment->kind, start, end, current_section (reader), reader->paragraph);
}

/* The block or row is at its end: its segments become passages. */
static void
flush (Reader *reader)
{
  close_segment (reader, block_passage (reader));
  g_autoptr (GString) visible = g_string_new (NULL);
  cd_text_append_collapsed (visible, reader->visible->str, reader->visible->len);
  g_string_truncate (reader->visible, 0);
  if (reader->links_only) {
    g_array_set_size (reader->segments, 0);
    return;
  }
  if (reader->block == TAG_HEADING && visible->len > 0) {
    gsize start = reader->segments->len > 0 ? g_array_index (reader->segments, Segment, 0).range.start : reader->last;
    cd_document_add_section (reader->document, g_strchomp (visible->str), reader->level, line_at (reader, start));
  }
  if (reader->block == TAG_CAPTION && reader->maker != NULL && visible->len > 0 && reader->caption == NULL)
    reader->caption = g_strdup (visible->str);
  for (guint i = 0; i < reader->segments->len; i++)
    add_segment (reader, &g_array_index (reader->segments, Segment, i));
  if (reader->segments->len > 0)
    reader->paragraph = MAX (reader->paragraph + 1, cd_document_next_paragraph (reader->document));
  g_array_set_size (reader->segments, 0);
  if (visible->len > 0 && reader->maker == NULL) {
    g_free (reader->before);
    reader->before = reader->block == TAG_HEADING ? NULL : g_strdup (visible->str);
  }
}

/* A row belongs to one paragraph, its table's: flush, then take back the number. */
static void
flush_row (Reader *reader)
{
  guint paragraph = reader->paragraph;
  flush (reader);
  reader->paragraph = paragraph;
}

static void
end_cell (Reader *reader)
{
  if (!reader->in_cell)
    return;
  reader->in_cell = FALSE;
  g_autoptr (GString) text = g_string_new (NULL);
  cd_text_append_collapsed (text, reader->cell->str, reader->cell->len);
  if (text->len == 0)
    cd_text_append_collapsed (text, reader->cell_alt->str, reader->cell_alt->len);
  cd_table_maker_add_cell (reader->maker, g_strchomp (text->str), reader->cell_line, reader->cell_bold && !reader->cell_plain, reader->cell_heading,
                           reader->cell_columns, reader->cell_rows);
  reader->row_is_header = reader->row_is_header && reader->cell_heading;
}

static void
end_row (Reader *reader)
{
  end_cell (reader);
  if (!reader->in_row)
    return;
  reader->in_row = FALSE;
  reader->header_done = reader->header_done || !(reader->row_is_header || reader->in_head);
  reader->header_rows += reader->header_done ? 0 : 1;
  reader->segment.end = reader->segment.start < reader->last ? MAX (reader->segment.end, reader->last) : reader->segment.end;
  flush_row (reader);
}

/* start: of the tag's first byte. */
static void
begin_row (Reader *reader, gsize start)
{
  end_row (reader);
  flush_row (reader);
  reader->in_row = reader->row_is_header = TRUE;
  cd_table_maker_begin_row (reader->maker);
  reader->segment = (CdRange){ start, start };
}

static void
begin_cell (Reader *reader, const xmlChar *name, const xmlChar **attributes, gsize start)
{
  end_cell (reader);
  if (!reader->in_row)
    begin_row (reader, start);
  reader->in_cell = TRUE;
  reader->cell_heading = strcmp ((const char *) name, "th") == 0 || reader->in_head;
  reader->cell_columns = span_attribute (attributes, "colspan");
  reader->cell_rows = span_attribute (attributes, "rowspan");
  reader->cell_line = line_at (reader, start);
  reader->cell_bold = reader->cell_plain = FALSE;
  g_string_truncate (reader->cell, 0);
  g_string_truncate (reader->cell_alt, 0);
}

static void
end_table (Reader *reader)
{
  end_row (reader);
  flush_row (reader);
  CdTableMaker *maker = g_steal_pointer (&reader->maker);
  const char *caption = reader->caption != NULL ? reader->caption : reader->before;
  cd_table_maker_finish (maker, reader->document, line_at (reader, reader->last), reader->header_rows, caption);
  g_clear_pointer (&reader->caption, g_free);
  g_clear_pointer (&reader->before, g_free);
  reader->paragraph = MAX (reader->paragraph + 1, cd_document_next_paragraph (reader->document));
}

static void
begin_table (Reader *reader, gsize start)
{
  if (reader->links_only)
    return;
  if (reader->tables++ > 0) {
    g_string_append_c (reader->cell, ' ');
    return;
  }
  flush (reader);
  reader->block = TAG_BLOCK;
  reader->maker = cd_table_maker_new (line_at (reader, start), current_section (reader));
  reader->header_rows = 0;
  reader->header_done = reader->in_head = FALSE;
}

static void
end_link (Reader *reader)
{
  if (reader->link == NULL)
    return;
  g_autoptr (GString) text = g_string_new (NULL);
  cd_text_append_collapsed (text, reader->link_text->str, MIN (reader->link_text->len, LINK_TEXT_BYTES));
  cd_document_add_link (reader->document, reader->link, g_strchomp (text->str), reader->link_line, current_section (reader), FALSE, FALSE);
  g_clear_pointer (&reader->link, g_free);
}

static void
add_image (Reader *reader, const xmlChar **attributes, CdRange tag)
{
  const char *source = attribute (attributes, "src");
  const char *alt = attribute (attributes, "alt");
  alt = alt != NULL ? alt : "";
  if (source != NULL)
    cd_document_add_link (reader->document, source, alt, line_at (reader, tag.start), current_section (reader), TRUE, FALSE);
  if (reader->link != NULL && reader->link_text->len == 0)
    g_string_append (reader->link_text, alt);
  if (reader->in_cell)
    g_string_append_printf (reader->cell_alt, "%s ", alt);
  if (reader->links_only || reader->maker != NULL)
    return;
  close_segment (reader, block_passage (reader));
  reader->segment = cd_html_alt_range (reader->text, tag);
  close_segment (reader, CD_PASSAGE_CAPTION);
}

/* Where the tag whose element begins now has its '<'. */
static gsize
tag_start (const Reader *reader, gsize now)
{
  const char *open = reader->last < now ? memchr (reader->text + reader->last, '<', now - reader->last) : NULL;
  return open != NULL ? (gsize) (open - reader->text) : reader->last;
}

static void
begin_block (Reader *reader, Tag tag, const xmlChar *name)
{
  if (reader->in_cell) {
    g_string_append_c (reader->cell, ' ');
    return;
  }
  if (reader->maker != NULL && tag != TAG_CAPTION)
    return;
  /* A line break ends a sentence, not a heading or a block of code. */
  if (strcmp ((const char *) name, "br") == 0) {
    g_string_append_c (reader->visible, ' ');
    if (reader->block == TAG_BLOCK)
      close_segment (reader, CD_PASSAGE_PROSE);
    return;
  }
  flush (reader);
  reader->block = tag;
  reader->level = tag == TAG_HEADING ? (guint) (name[1] - '0') : 0;
}

static void
on_start (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Reader *reader = data;
  Tag tag = tag_of (name);
  gsize now = position (reader);
  CdRange range = { tag_start (reader, now), MIN (now + 1, reader->length) };
  if (reader->parser->nameNr > HTML_DEPTH) {
    if (reader->document->unread == NULL)
      reader->document->unread = g_strdup ("HTML nested too deeply: read in part");
    xmlStopParser (reader->parser);
  }
  if (tag == TAG_HIDDEN) {
    if (reader->hidden++ == 0 && reader->maker == NULL)
      close_segment (reader, block_passage (reader));
  } else if (reader->hidden > 0)
    ;
  else if (tag == TAG_BOLD)
    reader->bold++;
  else if (tag == TAG_LINK) {
    end_link (reader);
    reader->link = g_strdup (attribute (attributes, "href"));
    reader->link_line = line_at (reader, range.start);
    g_string_truncate (reader->link_text, 0);
  } else if (tag == TAG_IMAGE)
    add_image (reader, attributes, range);
  else if (tag == TAG_MEDIA && attribute (attributes, "src") != NULL)
    cd_document_add_link (reader->document, attribute (attributes, "src"), "", line_at (reader, range.start), current_section (reader), FALSE, FALSE);
  else if (tag == TAG_TABLE)
    begin_table (reader, range.start);
  else if (tag == TAG_HEAD_ROWS && reader->tables == 1)
    reader->in_head = TRUE;
  else if (tag == TAG_ROW && reader->tables == 1)
    begin_row (reader, range.start);
  else if (tag == TAG_CELL && reader->tables == 1)
    begin_cell (reader, name, attributes, range.start);
  else if (tag == TAG_CELL || tag == TAG_ROW)
    g_string_append_c (reader->cell, ' ');
  else if (tag == TAG_BLOCK || tag == TAG_HEADING || tag == TAG_CAPTION || tag == TAG_PRE)
    begin_block (reader, tag, name);
  /* A paragraph that libxml2 makes around loose text begins after that text was read: it has no bytes of its own. */
  gboolean written = reader->text[range.start] == '<'
                     && g_ascii_strncasecmp (reader->text + range.start + 1, (const char *) name, strlen ((const char *) name)) == 0;
  reader->last = written ? now : reader->last;
}

/* TRUE where the end of `name` is written out before now; an end that another tag implies has no bytes of its own. */
static gboolean
is_written_end (const Reader *reader, const xmlChar *name, gsize now)
{
  const char *open = reader->last < now ? memrchr (reader->text + reader->last, '<', now - reader->last) : NULL;
  gsize length = strlen ((const char *) name);
  return open != NULL && (gsize) (reader->text + now - open) > length + 2 && open[1] == '/'
         && g_ascii_strncasecmp (open + 2, (const char *) name, length) == 0 && !g_ascii_isalnum (open[2 + length]);
}

static void
on_end (void *data, const xmlChar *name)
{
  Reader *reader = data;
  Tag tag = tag_of (name);
  gsize now = position (reader);
  gboolean written = is_written_end (reader, name, now);
  if (tag == TAG_HIDDEN && reader->hidden > 0)
    reader->hidden--;
  else if (reader->hidden > 0)
    ;
  else if (tag == TAG_BOLD && reader->bold > 0)
    reader->bold--;
  else if (tag == TAG_LINK)
    end_link (reader);
  else if (tag == TAG_TABLE && reader->tables > 0 && --reader->tables == 0)
    end_table (reader);
  else if (tag == TAG_HEAD_ROWS)
    reader->in_head = FALSE;
  else if (tag == TAG_CELL && reader->tables == 1)
    end_cell (reader);
  else if (tag == TAG_ROW && reader->tables == 1) {
    reader->last = written ? now : reader->last;
    end_row (reader);
  } else if ((tag == TAG_BLOCK || tag == TAG_HEADING || tag == TAG_CAPTION || tag == TAG_PRE) && !reader->in_cell
             && strcmp ((const char *) name, "br") != 0 && (reader->maker == NULL || tag == TAG_CAPTION)) {
    flush (reader);
    reader->block = TAG_BLOCK;
  }
  reader->last = written ? now : reader->last;
}

static void
add_bare_links (Reader *reader, const char *text, gsize length, gsize start)
{
  gsize from = 0;
  CdRange url;
  while (cd_text_next_url (text, length, &from, &url)) {
    g_autofree char *target = g_strndup (text + url.start, url.end - url.start);
    cd_document_add_link (reader->document, target, target, line_at (reader, start + url.start), current_section (reader), FALSE, TRUE);
  }
}

static void
on_text (void *data, const xmlChar *characters, int count)
{
  Reader *reader = data;
  const char *text = (const char *) characters;
  gsize length = (gsize) MAX (count, 0);
  gsize now = position (reader);
  gsize start = reader->last;
  reader->last = now;
  if (reader->hidden > 0)
    return;
  while (start < now && reader->text[start] != '>' && (reader->text[start] == '/' || g_ascii_isspace (reader->text[start])))
    start++;
  start += start < now && reader->text[start] == '>' ? 1 : 0;
  CdRange range = cd_range_trim (reader->text, (CdRange){ MIN (start, now), now });
  if (reader->link != NULL)
    g_string_append_len (reader->link_text, text, (gssize) length);
  else if (!reader->links_only)
    add_bare_links (reader, text, length, range.start);
  if (reader->in_cell) {
    g_string_append_len (reader->cell, text, (gssize) length);
    gboolean blank = range.start == range.end;
    reader->cell_bold = reader->cell_bold || (!blank && reader->bold > 0);
    reader->cell_plain = reader->cell_plain || (!blank && reader->bold == 0);
  }
  if (reader->maker == NULL || reader->block == TAG_CAPTION)
    g_string_append_len (reader->visible, text, (gssize) length);
  if (range.start == range.end || (reader->maker != NULL && !reader->in_row && reader->block != TAG_CAPTION))
    return;
  reader->segment.start = MIN (reader->segment.start, range.start);
  reader->segment.end = MAX (reader->segment.end, range.end);
}

/* Comments are not shown: what stands before and behind are passages of their own. */
static void
on_comment (void *data, const xmlChar *text G_GNUC_UNUSED)
{
  Reader *reader = data;
  gsize now = position (reader);
  if (reader->in_row && reader->segment.start < G_MAXSIZE)
    reader->segment.end = MAX (reader->segment.end, tag_start (reader, now));
  close_segment (reader, block_passage (reader));
  if (reader->in_row)
    reader->segment = (CdRange){ now, now };
  reader->last = now;
}

static void
on_hidden_text (void *data, const xmlChar *text G_GNUC_UNUSED, int count G_GNUC_UNUSED)
{
  Reader *reader = data;
  reader->last = position (reader);
}

static void
run (Reader *reader)
{
  static gsize ready = 0;
  if (g_once_init_enter (&ready)) {
    xmlInitParser ();
    g_once_init_leave (&ready, 1);
  }
  if (reader->length == 0 || reader->length > G_MAXINT)
    return;
  reader->parser = htmlCreateMemoryParserCtxt (reader->text, (int) reader->length);
  if (reader->parser == NULL)
    return;
  htmlCtxtUseOptions (reader->parser, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_RECOVER | HTML_PARSE_NOIMPLIED
                                          | HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT);
  xmlSwitchEncoding (reader->parser, XML_CHAR_ENCODING_UTF8);
  htmlSAXHandler handler = { .startElement = on_start,
                             .endElement = on_end,
                             .characters = on_text,
                             .ignorableWhitespace = on_text,
                             .comment = on_comment,
                             .cdataBlock = on_hidden_text,
                             .initialized = 1 };
  *reader->parser->sax = handler;
  reader->parser->userData = reader;
  reader->segment = (CdRange){ G_MAXSIZE, 0 };
  reader->block = TAG_BLOCK;
  reader->segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  reader->visible = g_string_new (NULL);
  reader->link_text = g_string_new (NULL);
  reader->cell = g_string_new (NULL);
  reader->cell_alt = g_string_new (NULL);
  htmlParseDocument (reader->parser);
  end_link (reader);
  if (reader->maker != NULL)
    end_table (reader);
  flush (reader);
  htmlFreeParserCtxt (reader->parser);
  g_array_unref (reader->segments);
  g_string_free (reader->visible, TRUE);
  g_string_free (reader->link_text, TRUE);
  g_string_free (reader->cell, TRUE);
  g_string_free (reader->cell_alt, TRUE);
  g_free (reader->before);
  g_free (reader->caption);
}

void
cd_document_add_html_links (CdDocument *document, const char *html, gsize length, guint line, gint32 section)
{
  Reader reader = { .document = document, .text = html, .length = length, .line = line, .section = section, .links_only = TRUE };
  run (&reader);
}

void
cd_document_add_html (CdDocument *document, gsize start, gsize end, gint32 section, guint paragraph)
{
  g_autofree char *text = cd_text_same_length_utf8 (document->text + start, end - start);
  Reader reader = { .document = document, .text = text, .length = end - start, .base = start, .section = section, .paragraph = paragraph };
  run (&reader);
}

void
cd_parse_html (CdDocument *document, const CdDocumentOptions *options G_GNUC_UNUSED)
{
  cd_document_add_html (document, 0, document->length, -1, 0);
}
