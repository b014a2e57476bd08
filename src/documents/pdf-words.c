/* The words of a PDF with their places: read from what `pdftotext -bbox-layout` writes, kept in a compact form, found again in the extracted text.
 * What stands in one row or one cell is pdf-rows.c's and pdf-grid.c's business. */
#include "documents/pdf-words.h"

#include <libxml/parser.h>
#include <math.h>
#include <string.h>

#define WORD_BYTES 200u
#define PAGE_POINTS 20000.0 /* 14,400 is the largest page that PDF allows */
#define NEAR_BYTES 24u      /* a word is looked for so far behind the one before */
#define SEARCH_BYTES 600u   /* and so far after words that were not found */
#define CHUNK_BYTES 65536u

CdPdfWords *
cd_pdf_words_new (void)
{
  CdPdfWords *words = g_new0 (CdPdfWords, 1);
  words->pages = g_array_new (FALSE, FALSE, sizeof (CdPdfPage));
  words->words = g_array_new (FALSE, FALSE, sizeof (CdPdfWord));
  words->texts = g_string_chunk_new (CHUNK_BYTES);
  return words;
}

void
cd_pdf_words_free (CdPdfWords *words)
{
  if (words == NULL)
    return;
  g_array_unref (words->pages);
  g_array_unref (words->words);
  g_string_chunk_free (words->texts);
  g_free (words);
}

static gboolean
is_length (double points)
{
  return isfinite (points) && fabs (points) <= PAGE_POINTS;
}

static void
add_page (CdPdfWords *words, double width, double height)
{
  gboolean sized = is_length (width) && is_length (height) && width > 0 && height > 0;
  CdPdfPage page = { sized ? (float) width : 612, sized ? (float) height : 792, words->words->len, words->words->len };
  g_array_append_val (words->pages, page);
}

/* Nothing where the word has no place, says nothing or is one too many. */
static void
add_word (CdPdfWords *words, const double box[4], gboolean first, const char *text, gsize length)
{
  gboolean placed = is_length (box[0]) && is_length (box[1]) && is_length (box[2]) && is_length (box[3]) && box[2] > box[0] && box[3] > box[1];
  if (!placed || length == 0 || length > WORD_BYTES || words->pages->len == 0 || words->words->len >= CD_PDF_WORDS
      || words->words->len - g_array_index (words->pages, CdPdfPage, words->pages->len - 1).start >= CD_PDF_PAGE_WORDS)
    return;
  CdPdfWord word
      = { (float) box[0], (float) box[1], (float) box[2], (float) box[3], 0, first, g_string_chunk_insert_len (words->texts, text, (gssize) length) };
  g_array_append_val (words->words, word);
  g_array_index (words->pages, CdPdfPage, words->pages->len - 1).end = words->words->len;
}

typedef struct {
  CdPdfWords *words;
  double box[4];
  gboolean first, in_word;
  GString *text;
} Reader;

/* In tenths of a point, as the cache has it: a paper read anew and one from the cache must not differ. */
static double
number_of (const xmlChar **attributes, const char *name)
{
  for (gsize i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    if (strcmp ((const char *) attributes[i], name) == 0 && attributes[i + 1] != NULL && *attributes[i + 1] != '\0')
      return round (10 * g_ascii_strtod ((const char *) attributes[i + 1], NULL)) / 10;
  return NAN;
}

static void
start_element (void *data, const xmlChar *name, const xmlChar **attributes)
{
  static const char *const SIDES[] = { "xMin", "yMin", "xMax", "yMax" };
  Reader *reader = data;
  if (strcmp ((const char *) name, "page") == 0 && reader->words->pages->len < CD_PDF_PAGES)
    add_page (reader->words, number_of (attributes, "width"), number_of (attributes, "height"));
  if (strcmp ((const char *) name, "line") == 0)
    reader->first = TRUE;
  reader->in_word = strcmp ((const char *) name, "word") == 0;
  g_string_truncate (reader->text, 0);
  for (gsize i = 0; reader->in_word && i < G_N_ELEMENTS (SIDES); i++)
    reader->box[i] = number_of (attributes, SIDES[i]);
}

static void
end_element (void *data, const xmlChar *name G_GNUC_UNUSED)
{
  Reader *reader = data;
  if (!reader->in_word)
    return;
  guint before = reader->words->words->len;
  add_word (reader->words, reader->box, reader->first, reader->text->str, reader->text->len);
  reader->first = reader->first && reader->words->words->len == before;
  reader->in_word = FALSE;
}

static void
characters (void *data, const xmlChar *text, int length)
{
  Reader *reader = data;
  if (reader->in_word && length > 0 && reader->text->len <= WORD_BYTES)
    g_string_append_len (reader->text, (const char *) text, MIN (length, (int) WORD_BYTES + 1));
}

/* A PDF may hold characters that XML forbids, and poppler writes them as they are: each becomes a question mark. */
static char *
allowed_text (const char *xml, gsize length)
{
  char *copy = g_malloc (length + 1);
  for (gsize i = 0; i < length; i++)
    copy[i] = (guchar) xml[i] < 0x20 && strchr ("\t\n\r", xml[i] == '\0' ? '?' : xml[i]) == NULL ? '?' : xml[i];
  copy[length] = '\0';
  for (char *bad = copy; !g_utf8_validate (bad, (gssize) (length - (gsize) (bad - copy)), (const char **) &bad) && bad < copy + length;)
    *bad++ = '?';
  return copy;
}

void
cd_pdf_words_skip (CdPdfWords *words, guint pages)
{
  while (words->pages->len < MIN (pages, CD_PDF_PAGES))
    add_page (words, 0, 0);
}

CdPdfWords *
cd_pdf_words_parse (const char *xml, gsize length)
{
  CdPdfWords *words = cd_pdf_words_new ();
  cd_pdf_words_add (words, xml, length);
  return words;
}

void
cd_pdf_words_add (CdPdfWords *words, const char *xml, gsize length)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Reader reader = { .words = words, .text = text };
  const char *body = length > 0 ? memmem (xml, length, "<body", 5) : NULL; /* the head holds what the PDF says of itself, not always as XML */
  if (body == NULL)
    return;
  length -= (gsize) (body - xml);
  g_autofree char *clean = allowed_text (body, MIN (length, (gsize) G_MAXINT / 2));
  xmlSAXHandler handler = { .startElement = start_element, .endElement = end_element, .characters = characters };
  xmlParserCtxtPtr parser = xmlCreatePushParserCtxt (&handler, &reader, NULL, 0, NULL);
  if (parser == NULL)
    return;
  xmlCtxtUseOptions (parser, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  for (gsize at = 0; at < length; at += CHUNK_BYTES)
    xmlParseChunk (parser, clean + at, (int) MIN (length - at, CHUNK_BYTES), 0);
  xmlParseChunk (parser, NULL, 0, 1);
  xmlFreeParserCtxt (parser);
}

/* Tenths of a point are finer than any gap that matters. */
static gint
tenths (float points)
{
  return (gint) lroundf (points * 10);
}

GString *
cd_pdf_words_write (const CdPdfWords *words)
{
  GString *out = g_string_sized_new (words->words->len * 30u);
  for (guint p = 0; p < words->pages->len; p++) {
    const CdPdfPage *page = &g_array_index (words->pages, CdPdfPage, p);
    g_string_append_printf (out, "P %d %d\n", tenths (page->width), tenths (page->height));
    for (guint i = page->start; i < page->end; i++) {
      const CdPdfWord *word = &g_array_index (words->words, CdPdfWord, i);
      g_string_append_printf (out, "%c %d %d %d %d %s\n", word->first ? 'L' : 'w', tenths (word->left), tenths (word->top), tenths (word->right),
                              tenths (word->bottom), word->text);
    }
  }
  return out;
}

/* The next numbers of a line; FALSE where there are fewer. *at moves behind them and one space. */
static gboolean
read_numbers (const char **at, const char *end, double *numbers, guint wanted)
{
  for (guint i = 0; i < wanted; i++) {
    char *stop = NULL;
    if (*at >= end || **at != ' ')
      return FALSE;
    gint64 number = g_ascii_strtoll (*at + 1, &stop, 10);
    if (stop == *at + 1 || stop > end)
      return FALSE;
    numbers[i] = (double) number / 10;
    *at = stop;
  }
  return TRUE;
}

CdPdfWords *
cd_pdf_words_read (const char *text, gsize length)
{
  CdPdfWords *words = cd_pdf_words_new ();
  double numbers[4];
  for (const char *at = text, *end = text + length; at < end;) {
    const char *stop = memchr (at, '\n', (gsize) (end - at));
    if (stop == NULL) /* each line ends; a number at the very end would be read beyond it */
      break;
    const char kind = *at, *line = at + 1;
    at = stop + 1;
    if (kind == 'P' && read_numbers (&line, stop, numbers, 2) && words->pages->len < CD_PDF_PAGES)
      add_page (words, numbers[0], numbers[1]);
    else if ((kind == 'L' || kind == 'w') && read_numbers (&line, stop, numbers, 4) && line + 1 < stop
             && g_utf8_validate (line + 1, stop - line - 1, NULL))
      add_word (words, numbers, kind == 'L', line + 1, (gsize) (stop - line - 1));
  }
  return words;
}

/* The place of a word in [at, end): right there, or a little further after words that were not found. NULL where it is not. A word that goes on in
 * the next line stands there without its hyphen. */
static const char *
find_word (const char *at, const char *end, const char *word, gsize length, guint missed)
{
  gsize window = MIN ((gsize) (end - at), length + MIN (NEAR_BYTES * (missed + 1u), SEARCH_BYTES));
  const char *found = memmem (at, window, word, length);
  gboolean broken = found == NULL && length > 2 && word[length - 1] == '-';
  return broken ? memmem (at, window, word, length - 1) : found;
}

/* Words of one page, whose text is [at, end). */
static void
place_page (CdPdfWords *words, const CdPdfPage *page, const CdDocument *document, gsize at, gsize end)
{
  guint line = cd_lines_at (document->lines, at), missed = 0;
  for (guint i = page->start; i < page->end; i++) {
    CdPdfWord *word = &g_array_index (words->words, CdPdfWord, i);
    gsize length = strlen (word->text);
    const char *found = find_word (document->text + at, document->text + end, word->text, length, missed);
    missed = found != NULL ? 0 : missed + 1;
    if (found != NULL) {
      line = cd_lines_near (document->lines, (gsize) (found - document->text), line);
      at = MIN ((gsize) (found - document->text) + length, end);
    }
    word->line = line;
  }
}

void
cd_pdf_words_place (CdPdfWords *words, const CdDocument *document)
{
  gsize at = 0;
  for (guint p = 0; p < words->pages->len; p++) {
    const char *feed = at < document->length ? memchr (document->text + at, '\f', document->length - at) : NULL;
    gsize end = feed != NULL ? (gsize) (feed - document->text) : document->length;
    if (document->length > 0)
      place_page (words, &g_array_index (words->pages, CdPdfPage, p), document, MIN (at, end), end);
    at = feed != NULL ? end + 1 : document->length;
  }
}
