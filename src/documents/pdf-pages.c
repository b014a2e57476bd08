/* Which pages of a paper may hold a table: asking poppler for the places of words takes as long as for the text, and most pages are prose.
 * What is a table is decided by pdf-regions.c and pdf-tables.c, from places; nothing that they take for one may be left out here. */
#include "documents/pdf-pages.h"

#include "documents/pdf-rows.h"

#include <string.h>

#define NEAR_PAGES 3u /* reading so many is as quick as starting poppler again */
#define MOST_RUNS 8u
#define FIGURE_BYTES 60u
#define TABLE_WEIGHT 4u /* two rows of two figures: fewer are no table without a caption */

guint
cd_pdf_page_count (const CdDocument *document)
{
  guint pages = 0;
  for (const char *at = document->text, *end = at + document->length; at < end && (at = memchr (at, '\f', (gsize) (end - at))) != NULL; at++)
    pages++;
  return pages;
}

/* Behind the word in [at, end), whose letters may stand apart as small capitals do; NULL where it is not there. */
static const char *
skip_word (const char *at, const char *end, const char *word)
{
  for (const char *letter = word; *letter != '\0'; letter++, at++) {
    while (letter > word && at < end && *at == ' ')
      at++;
    if (at >= end || g_ascii_tolower (*at) != g_ascii_tolower (*letter))
      return NULL;
  }
  return at;
}

/* Anything that cd_pdf_caption_kind takes for the begin of a table's caption, wherever in a line it stands and however it is spaced. */
static gboolean
is_caption (const char *at, const char *end)
{
  static const char *const WORDS[] = { "Table", "Tab.", "\u8868" };
  static const char NUMBER[] = "0123456789.-ABCDEFGHIVXLS";
  const char *number = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS) && number == NULL; i++)
    number = *at == *WORDS[i] ? skip_word (at, end, WORDS[i]) : NULL;
  while (number != NULL && number < end && (*number == ' ' || *number == '\n'))
    number++;
  const char *rest = number;
  while (rest != NULL && rest < end && memchr (NUMBER, *rest, sizeof NUMBER - 1) != NULL)
    rest++;
  if (number == NULL || rest == number)
    return FALSE;
  gboolean closed = memchr (".-", rest[-1], 2) != NULL;
  while (rest < end && *rest == ' ')
    rest++;
  return closed || rest == end || memchr ("\n:.|-", *rest, 5) != NULL || g_ascii_isupper (*rest) || (guchar) *rest >= 0x80;
}

static gboolean
has_caption (const char *at, const char *end)
{
  for (; at < end; at++)
    if ((*at == 'T' || (guchar) *at >= 0x80) && is_caption (at, end))
      return TRUE;
  return FALSE;
}

/* What [start, end), which has no spaces, would be as a cell. A comma behind it makes it a part of a sentence. */
static CdPdfCellKind
kind_of (const char *start, const char *end)
{
  char word[FIGURE_BYTES + 1];
  gsize length = (gsize) (end - start);
  if (length == 0 || length > FIGURE_BYTES || memchr (",;", end[-1], 2) != NULL)
    return CD_PDF_TEXT;
  memcpy (word, start, length);
  word[length] = '\0';
  return g_ascii_isalpha (word[0]) && g_ascii_isalpha (word[1]) ? CD_PDF_TEXT : cd_pdf_cell_kind (word);
}

/* How much a line is like a table's row: 2 with two figures side by side, 1 where it is one figure or the place of a missing one, which poppler writes
 * so where it reads a table by columns. */
static guint
row_weight (const char *start, const char *end)
{
  guint words = 0, cells = 0;
  CdPdfCellKind before = CD_PDF_TEXT;
  for (const char *at = start; at < end;) {
    const char *space = memchr (at, ' ', (gsize) (end - at)), *stop = space != NULL ? space : end;
    CdPdfCellKind kind = kind_of (at, stop);
    if (kind == CD_PDF_NUMBER && before == CD_PDF_NUMBER)
      return 2;
    words += stop > at ? 1 : 0;
    cells += kind != CD_PDF_TEXT ? 1 : 0;
    before = kind;
    at = stop + 1;
  }
  return words == 1 && cells == 1 ? 1 : 0;
}

static gboolean
has_rows (const char *at, const char *end)
{
  guint weight = 0;
  while (at < end && weight < TABLE_WEIGHT) {
    const char *feed = memchr (at, '\n', (gsize) (end - at)), *stop = feed != NULL ? feed : end;
    weight += row_weight (at, stop);
    at = stop + 1;
  }
  return weight >= TABLE_WEIGHT;
}

/* A page into the last run where it is near, or where there are runs enough; else into a new one. */
static void
add_page (GArray *runs, guint page)
{
  CdPdfPages *last = runs->len > 0 ? &g_array_index (runs, CdPdfPages, runs->len - 1) : NULL;
  if (last != NULL && (page - last->last <= NEAR_PAGES || runs->len >= MOST_RUNS)) {
    last->last = page;
    return;
  }
  CdPdfPages run = { page, page };
  g_array_append_val (runs, run);
}

/* Poppler ends each page with a form feed behind a line's end; one inside a line is a letter of the PDF. */
static gboolean
ends_page (const CdDocument *document, const char *feed)
{
  return (feed == document->text || memchr ("\n\f", feed[-1], 2) != NULL) && (feed + 1 == document->text + document->length || feed[1] != '\n');
}

GArray *
cd_pdf_table_pages (const CdDocument *document)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (CdPdfPages));
  const char *at = document->text, *end = at + document->length;
  for (guint page = 1; at < end; page++) {
    const char *feed = memchr (at, '\f', (gsize) (end - at));
    if (feed == NULL || !ends_page (document, feed)) {
      const CdPdfPages whole = { 1, 0 };
      g_array_set_size (runs, 0);
      g_array_append_val (runs, whole);
      return runs;
    }
    if (has_caption (at, feed) || has_rows (at, feed))
      add_page (runs, page);
    at = feed + 1;
  }
  return runs;
}
