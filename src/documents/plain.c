/* Plain text: paragraphs between blank lines, conservatively guessed headings, list items, indented code, references.
 * The text of a paper comes from pdf.c and takes the same way. */
#include "documents/plain.h"

#include "documents/parsers.h"

#include <string.h>

#define HEADING_BYTES 80u
#define TEXT_LINE_BYTES 40u /* a shorter line below a heading is a label or a cell */
#define HEADING_NUMBER 30   /* no paper has more sections */
#define RUNNING_BYTES 160u
#define RUNNING_PAGES 3u /* a first or last line on that many pages is a running header or footer */
#define PAPER_EDGE_LINES 2u

/* Headings that papers write without a number. Those that also head table columns need running text below them. */
static const struct {
  const char *title;
  gboolean column;
} NAMED_HEADINGS[] = {
  { "abstract", FALSE },
  { "introduction", FALSE },
  { "related work", FALSE },
  { "background", TRUE },
  { "method", TRUE },
  { "methods", TRUE },
  { "methodology", TRUE },
  { "approach", TRUE },
  { "experiments", TRUE },
  { "experimental setup", TRUE },
  { "results", TRUE },
  { "evaluation", TRUE },
  { "analysis", TRUE },
  { "discussion", TRUE },
  { "conclusion", TRUE },
  { "conclusions", TRUE },
  { "limitations", TRUE },
  { "ethics statement", FALSE },
  { "broader impact", TRUE },
  { "reproducibility statement", FALSE },
  { "acknowledgements", FALSE },
  { "acknowledgments", FALSE },
  { "acknowledgement", FALSE },
  { "acknowledgment", FALSE },
  { "references", FALSE },
  { "bibliography", FALSE },
  { "appendix", FALSE },
  { "appendices", FALSE },
  { "supplementary material", FALSE },
  { "contributions", TRUE },
  { "author contributions", FALSE },
  { "contents", FALSE },
};

typedef struct {
  CdDocument *document;
  gboolean paper;
  gboolean references;      /* inside the list of references */
  gboolean references_seen; /* lettered sections are appendices, which follow them */
  gint64 chapter;           /* the last top-level section number */
  gboolean open;            /* a paragraph is */
  CdRange range;            /* of the open sentence run */
  gboolean code;            /* the open run is indented code */
  guint paragraph;
  GHashTable *running; /* lines that repeat at the edges of pages, digits as '#' */
  guint8 *edges;       /* by line: 1 for the first and last lines of a page */
} Reader;

static gint32
current_section (const Reader *reader)
{
  return (gint32) reader->document->sections->len - 1;
}

static CdRange
line_range (const CdDocument *document, guint line)
{
  CdRange range = { 0, 0 };
  if (!cd_lines_range (document->lines, document->text, document->length, line, &range.start, &range.end))
    return (CdRange){ 0, 0 };
  return range;
}

static CdRange
trimmed_line (const CdDocument *document, guint line)
{
  return cd_range_trim (document->text, line_range (document, line));
}

/* "Table 3: …", "Figure 1. …" */
static gboolean
is_caption (const char *text, gsize length)
{
  static const char *const WORDS[] = { "Figure ", "Table ", "Fig. " };
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++) {
    gsize at = strlen (WORDS[i]);
    if (length <= at || memcmp (text, WORDS[i], at) != 0)
      continue;
    gsize digits = at;
    while (digits < length && g_ascii_isalnum (text[digits]))
      digits++;
    return digits > at && digits < length && (text[digits] == ':' || text[digits] == '.' || text[digits] == '|');
  }
  return FALSE;
}

static void
flush (Reader *reader)
{
  if (!reader->open)
    return;
  CdDocument *document = reader->document;
  const char *text = document->text + reader->range.start;
  gsize length = reader->range.end - reader->range.start;
  reader->open = FALSE;
  if (reader->code) {
    cd_document_add_block (document, reader->range.start, reader->range.end, current_section (reader), reader->paragraph, "");
    return;
  }
  if (cd_text_begins_bibtex (text, length))
    cd_document_add_lines (document, CD_PASSAGE_BIBTEX, reader->range.start, reader->range.end, current_section (reader), reader->paragraph);
  else
    cd_document_add_sentences (document, reader->paper && is_caption (text, length) ? CD_PASSAGE_CAPTION : CD_PASSAGE_PROSE, reader->range.start,
                               reader->range.end, current_section (reader), reader->paragraph);
  cd_document_add_bare_links (document, reader->range.start, reader->range.end, current_section (reader));
}

static void
end_paragraph (Reader *reader)
{
  gboolean open = reader->open;
  flush (reader);
  if (open)
    reader->paragraph = MAX (reader->paragraph + 1, cd_document_next_paragraph (reader->document));
}

static void
add_heading (Reader *reader, CdRange range, guint level)
{
  end_paragraph (reader);
  g_autoptr (GString) title = g_string_new (NULL);
  cd_text_append_collapsed (title, reader->document->text + range.start, range.end - range.start);
  gint32 section = cd_document_add_section (reader->document, title->str, level, cd_lines_at (reader->document->lines, range.start));
  cd_document_add_passage (reader->document, CD_PASSAGE_HEADING, range.start, range.end, section, reader->paragraph++);
  g_autofree char *key = cd_text_key (title->str);
  while (g_ascii_isdigit (*key))
    memmove (key, key + 1, strlen (key));
  reader->references = reader->paper && (strcmp (key, "references") == 0 || strcmp (key, "bibliography") == 0);
  reader->references_seen = reader->references_seen || reader->references;
  reader->chapter = strcmp (key, "introduction") == 0 ? 1 : reader->chapter;
}

/* The bytes of a section number ("3.1", "2.", "A.2") at the start of text and how deep it is; 0 where there is none. */
static gsize
section_number (const char *text, gsize length, guint *depth)
{
  gsize at = 0;
  *depth = 1;
  if (length > 1 && g_ascii_isupper (text[0]) && (text[1] == '.' || text[1] == ' '))
    at = 1;
  else
    while (at < length && at < 2 && g_ascii_isdigit (text[at]))
      at++;
  if (at == 0 || text[0] == '0' || (g_ascii_isdigit (text[0]) && g_ascii_strtoll (text, NULL, 10) > HEADING_NUMBER))
    return 0;
  while (at + 1 < length && text[at] == '.' && g_ascii_isdigit (text[at + 1])) {
    gsize part = at + 1;
    (*depth)++;
    for (at = part; at < length && g_ascii_isdigit (text[at]);)
      at++;
    /* 0.35 and 1.00 are figures, not sections. */
    if (text[part] == '0' || at - part > 2)
      return 0;
  }
  return at < length && text[at] == '.' ? at + 1 : at;
}

/* TRUE where a section of that number may come now: list items and labels in figures are numbered too, but not in the paper's order. */
static gboolean
fits_order (Reader *reader, const char *number, const char *title, guint depth)
{
  if (!g_ascii_isdigit (*number))
    return reader->references_seen || depth > 1 || (!reader->paper && number[1] == '.');
  gint64 chapter = g_ascii_strtoll (number, NULL, 10);
  if (!reader->paper)
    return TRUE;
  gint64 furthest = reader->chapter == 0 ? 1 : reader->chapter + 2;
  gboolean fits = !reader->references && chapter <= furthest && (depth > 1 ? chapter >= reader->chapter : chapter > reader->chapter);
  /* After a table of contents the numbers begin again. */
  fits = fits || (chapter == 1 && depth == 1 && g_ascii_strncasecmp (title, "introduction", 12) == 0);
  reader->chapter = fits ? chapter : reader->chapter;
  return fits;
}

/* TRUE for a title: short, begins with a capital, mostly letters, no full stop behind. */
static gboolean
is_title (const char *text, gsize length)
{
  if (length < 3 || length > HEADING_BYTES || !g_ascii_isupper (text[0]) || strchr (".,;:", text[length - 1]) != NULL)
    return FALSE;
  gsize letters = 0, digits = 0;
  for (gsize at = 0; at < length; at++) {
    letters += g_ascii_isalpha (text[at]) || (guchar) text[at] >= 0x80 ? 1 : 0;
    digits += g_ascii_isdigit (text[at]) ? 1 : 0;
  }
  return letters >= 3 && digits * 5 <= letters && memmem (text, length, ". ", 2) == NULL;
}

static gboolean
is_capitals (const char *text, gsize length)
{
  guint capitals = 0;
  for (gsize at = 0; at < length; at++) {
    if (g_ascii_islower (text[at]) || (guchar) text[at] >= 0x80)
      return FALSE;
    capitals += g_ascii_isupper (text[at]) ? 1 : 0;
  }
  return capitals >= 4 && length <= HEADING_BYTES && text[length - 1] != '.';
}

static gboolean
is_underline (const CdDocument *document, guint line)
{
  CdRange range = trimmed_line (document, line);
  if (range.end - range.start < 3 || strchr ("=-~", document->text[range.start]) == NULL)
    return FALSE;
  for (gsize at = range.start; at < range.end; at++)
    if (document->text[at] != document->text[range.start])
      return FALSE;
  return TRUE;
}

static gboolean
is_blank (const CdDocument *document, guint line)
{
  CdRange range = trimmed_line (document, line);
  return range.start == range.end;
}

static gboolean
is_named_heading (const CdDocument *document, guint line, const char *text, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (NAMED_HEADINGS); i++) {
    if (strlen (NAMED_HEADINGS[i].title) != length || g_ascii_strncasecmp (text, NAMED_HEADINGS[i].title, length) != 0)
      continue;
    CdRange below = trimmed_line (document, is_blank (document, line + 1) ? line + 2 : line + 1);
    return !NAMED_HEADINGS[i].column || below.end - below.start >= TEXT_LINE_BYTES || g_ascii_isdigit (document->text[below.start]);
  }
  return FALSE;
}

/* A number on a line of its own, its title on the next line that is not blank: pdftotext's way with wide gaps. Returns the title's line or 0. */
static guint
title_below (const CdDocument *document, guint line)
{
  guint next = is_blank (document, line + 1) ? line + 2 : line + 1;
  CdRange title = trimmed_line (document, next);
  return is_title (document->text + title.start, title.end - title.start) ? next : 0;
}

/* Read a heading at line, if there is one; returns the number of lines it takes. */
static guint
read_heading (Reader *reader, guint line, CdRange range)
{
  CdDocument *document = reader->document;
  const char *text = document->text + range.start;
  gsize length = range.end - range.start;
  gboolean after_blank = line == 1 || is_blank (document, line - 1);
  gboolean alone = after_blank && is_blank (document, line + 1);
  if (!reader->paper && length <= HEADING_BYTES && after_blank && is_underline (document, line + 1) && !is_underline (document, line)) {
    add_heading (reader, range, document->text[trimmed_line (document, line + 1).start] == '=' ? 1 : 2);
    return 2;
  }
  if (reader->paper && is_named_heading (document, line, text, length)) {
    add_heading (reader, range, 1);
    return 1;
  }
  guint depth = 1;
  gsize number = section_number (text, length, &depth);
  gsize title = number;
  while (title < length && (text[title] == ' ' || text[title] == '\t'))
    title++;
  gboolean placed = reader->paper ? after_blank && (depth > 1 || alone || g_ascii_isdigit (text[0])) : alone;
  if (number > 0 && title > number && placed && is_title (text + title, length - title) && fits_order (reader, text, text + title, depth)) {
    add_heading (reader, range, depth);
    return 1;
  }
  guint below = reader->paper && number == length && after_blank && (depth > 1 || is_blank (document, line + 1)) ? title_below (document, line) : 0;
  if (below > 0 && fits_order (reader, text, document->text + trimmed_line (document, below).start, depth)) {
    add_heading (reader, (CdRange){ range.start, trimmed_line (document, below).end }, depth);
    return below - line + 1;
  }
  if (!reader->paper && alone && is_capitals (text, length)) {
    add_heading (reader, range, 2);
    return 1;
  }
  return 0;
}

/* The length of a list mark at text: "- ", "* ", "• ", "(1) ", "3. ". 0 where there is none. */
static gsize
list_mark (const char *text, gsize length)
{
  if (length > 2 && strchr ("-*+", text[0]) != NULL && text[1] == ' ')
    return 2;
  if (length > 4 && memcmp (text, "\xE2\x80\xA2", 3) == 0)
    return 3;
  gsize at = text[0] == '(' ? 1 : 0;
  gsize digits = at;
  while (digits < length && digits - at < 2 && g_ascii_isdigit (text[digits]))
    digits++;
  gboolean closed = digits > at && digits + 1 < length && (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ';
  return closed ? digits + 2 : 0;
}

/* A line as running headers compare: digits alike, white space collapsed. NULL for a line too long to be one. */
static char *
running_key (const CdDocument *document, CdRange range)
{
  if (range.end - range.start > RUNNING_BYTES || range.start == range.end)
    return NULL;
  GString *key = g_string_new (NULL);
  cd_text_append_collapsed (key, document->text + range.start, range.end - range.start);
  for (gsize at = 0; at < key->len; at++)
    if (g_ascii_isdigit (key->str[at]))
      key->str[at] = '#';
  return g_string_free (key, FALSE);
}

static void
count_running_line (Reader *reader, guint line)
{
  reader->edges[line] = 1;
  char *key = running_key (reader->document, trimmed_line (reader->document, line));
  if (key != NULL)
    g_hash_table_insert (reader->running, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (reader->running, key)) + 1));
}

/* Count the first and last lines of pages; a form feed begins a page. */
static void
count_running_lines (Reader *reader)
{
  const CdDocument *document = reader->document;
  guint last[PAPER_EDGE_LINES] = { 0 };
  guint seen = 0;
  for (guint line = 1; line <= document->lines->starts->len + 1; line++) {
    CdRange raw = line_range (document, line);
    gboolean page = line > document->lines->starts->len || (raw.start < raw.end && document->text[raw.start] == '\f');
    for (guint i = 0; page && i < PAPER_EDGE_LINES; i++)
      if (seen > PAPER_EDGE_LINES && reader->edges[last[i]] == 0)
        count_running_line (reader, last[i]);
    seen = page ? 0 : seen;
    CdRange range = cd_range_trim (document->text, raw);
    if (range.start == range.end)
      continue;
    if (seen < PAPER_EDGE_LINES)
      count_running_line (reader, line);
    last[seen++ % PAPER_EDGE_LINES] = line;
  }
}

static gboolean
is_running (const Reader *reader, guint line, CdRange range)
{
  if (reader->edges[line] == 0)
    return FALSE;
  g_autofree char *key = running_key (reader->document, range);
  return key != NULL && GPOINTER_TO_UINT (g_hash_table_lookup (reader->running, key)) >= RUNNING_PAGES;
}

static gboolean
is_indented (const CdDocument *document, guint line, CdRange range)
{
  CdRange raw = line_range (document, line);
  return range.start - raw.start >= 4 || (range.start > raw.start && document->text[raw.start] == '\t');
}

/* Add a line to the open run, or begin one. */
static void
read_line (Reader *reader, guint line, CdRange range)
{
  const char *text = reader->document->text;
  if (reader->references) {
    cd_document_add_passage (reader->document, CD_PASSAGE_BIBTEX, range.start, range.end, current_section (reader), reader->paragraph);
    return;
  }
  gboolean code = !reader->paper && is_indented (reader->document, line, range) && (!reader->open || reader->code);
  gsize mark = code ? 0 : list_mark (text + range.start, range.end - range.start);
  if (mark > 0 || (reader->open && reader->code != code))
    flush (reader);
  if (!reader->open) {
    reader->range.start = range.start + mark;
    reader->code = code && mark == 0;
    reader->open = TRUE;
  }
  reader->range.end = range.end;
}

void
cd_document_add_plain (CdDocument *document, gboolean paper)
{
  g_autoptr (GHashTable) running = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree guint8 *edges = paper ? g_malloc0 (document->lines->starts->len + 2u) : NULL;
  Reader reader = { .document = document, .paper = paper, .running = running, .edges = edges };
  if (paper)
    count_running_lines (&reader);
  for (guint line = 1; line <= document->lines->starts->len; line++) {
    CdRange range = trimmed_line (document, line);
    if (range.start == range.end) {
      end_paragraph (&reader);
      continue;
    }
    if (paper && is_running (&reader, line, range))
      continue;
    guint heading = read_heading (&reader, line, range);
    if (heading > 0)
      line += heading - 1;
    else
      read_line (&reader, line, range);
  }
  flush (&reader);
}

void
cd_parse_plain (CdDocument *document, const CdDocumentOptions *options G_GNUC_UNUSED)
{
  cd_document_add_plain (document, FALSE);
}
