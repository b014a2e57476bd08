/* Papers into tables: poppler tells where words stand, rows and columns are found page by page, captions chosen as the whole paper has them. */
#include "documents/pdf-tables.h"

#include "base/limits.h"
#include "documents/pdf-grid.h"
#include "documents/pdf-pages.h"
#include "documents/poppler.h"
#include "documents/prose.h"

#include <string.h>

#define PLACES_BYTES (32u * 1024u * 1024u) /* of poppler's output, about thirty times the text */
#define CACHE_FORMAT "pdf-words-2" /* part of the cache file's name: change it with the arguments below, the choice of pages and the compact form */
#define PAPER_PAGES 4u
#define PLAIN_HEADS 5u /* rows of heads that a table without a caption may have */

/* The words of some pages behind those before; FALSE where poppler fails. */
static gboolean
add_pages (CdPdfWords *words, const char *program, GBytes *pdf, const CdPdfPages *pages)
{
  char first[12], last[12];
  g_snprintf (first, sizeof first, "%u", pages->first);
  g_snprintf (last, sizeof last, "%u", pages->last);
  const char *const arguments[] = { program, "-q", "-enc", "UTF-8", "-f", first, "-l", last, "-bbox-layout", "-", "-", NULL };
  g_autoptr (GString) xml = g_string_new (NULL);
  if (cd_poppler_run (arguments, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), xml, PLACES_BYTES) != CD_POPPLER_OK)
    return FALSE;
  cd_pdf_words_skip (words, pages->first - 1);
  cd_pdf_words_add (words, xml->str, xml->len);
  return TRUE;
}

/* The words of some pages, those between them left empty; nothing where poppler fails, has not as many pages as the text, or has not begun the last run
 * by the deadline. */
static CdPdfWords *
read_runs (const char *program, GBytes *pdf, const CdPdfPages *runs, guint length, gint64 deadline)
{
  g_autoptr (CdPdfWords) words = cd_pdf_words_new ();
  for (guint r = 0; r < length; r++) {
    const CdPdfPages *pages = &runs[r];
    gboolean read = g_get_monotonic_time () < deadline && add_pages (words, program, pdf, pages);
    if (!read || (pages->last > 0 && words->pages->len != MIN (pages->last, CD_PDF_PAGES)))
      return NULL;
  }
  return g_steal_pointer (&words);
}

/* The words from poppler; nothing where it fails, or no page may have a table. */
static CdPdfWords *
run_poppler (const CdDocument *document, GBytes *pdf, const char *file)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autoptr (GArray) runs = cd_pdf_table_pages (document);
  if (program == NULL || g_bytes_get_size (pdf) == 0 || runs->len == 0)
    return NULL;
  const CdPdfPages whole = { 1, 0 };
  gint64 deadline = g_get_monotonic_time () + (gint64) CD_LIMIT_PDF_SECONDS * G_USEC_PER_SEC;
  CdPdfWords *words = read_runs (program, pdf, (const CdPdfPages *) (gpointer) runs->data, runs->len, deadline);
  words = words != NULL ? words : read_runs (program, pdf, &whole, 1, deadline);
  if (words == NULL)
    return NULL;
  g_autoptr (GString) compact = cd_pdf_words_write (words);
  cd_poppler_store (file, compact);
  return words;
}

static char *
cache_file (const CdDocument *document, const CdDocumentOptions *options)
{
  return cd_poppler_cache_file (CACHE_FORMAT, &document->oid, options != NULL ? options->cache : NULL);
}

/* The words from the cache; NULL where it has none. */
static CdPdfWords *
load_words (const char *file)
{
  g_autoptr (GBytes) cached = cd_poppler_load (file);
  gsize length = 0;
  const char *text = cached != NULL ? g_bytes_get_data (cached, &length) : NULL;
  return cached != NULL ? cd_pdf_words_read (length > 0 ? text : "", length) : NULL;
}

/* One column of text with what was found in it. */
typedef struct {
  CdPdfStream *stream; /* borrowed */
  GArray *captions, *regions;
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;
  g_array_unref (part->captions);
  g_array_unref (part->regions);
  g_free (part);
}

static const CdPdfCaption *
caption_at (const Part *part, gint index)
{
  return index >= 0 ? &g_array_index (part->captions, CdPdfCaption, index) : NULL;
}

static gboolean
is_tables (const CdPdfCaption *caption)
{
  return caption != NULL && caption->table;
}

/* TRUE where most tables that have a caption on one side only have it below. */
static gboolean
stand_below (const GPtrArray *parts)
{
  guint above = 0, below = 0;
  for (guint p = 0; p < parts->len; p++) {
    const Part *part = g_ptr_array_index (parts, p);
    for (guint r = 0; r < part->regions->len; r++) {
      const CdPdfRegion *region = &g_array_index (part->regions, CdPdfRegion, r);
      gboolean upper = is_tables (caption_at (part, region->above)), lower = is_tables (caption_at (part, region->below));
      above += upper && !lower ? 1 : 0;
      below += lower && !upper ? 1 : 0;
    }
  }
  return below > above;
}

/* The region's caption, and whether it is a table at all: with one figure a row only under a table's caption, beside a figure's caption never. */
static gboolean
is_table (const Part *part, const CdPdfRegion *region, gboolean below, const CdPdfCaption **caption)
{
  const CdPdfCaption *upper = caption_at (part, region->above), *lower = caption_at (part, region->below);
  const CdPdfCaption *usual = below ? lower : upper, *other = below ? upper : lower;
  *caption = is_tables (usual) ? usual : is_tables (other) ? other : NULL;
  if (*caption != NULL)
    return TRUE;
  gboolean figure = upper != NULL || lower != NULL;
  guint heads = region->body - region->start, rows = region->end - region->body;
  return !figure && region->rows >= 2 && heads > 0 && heads <= PLAIN_HEADS && region->labelled * 3 >= 2 * region->data
         && region->data * 3 >= 2 * rows;
}

static gint32
section_at (const CdDocument *document, guint32 line)
{
  gint32 found = -1;
  for (guint s = 0; s < document->sections->len; s++)
    if (((const CdSection *) g_ptr_array_index (document->sections, s))->line <= line)
      found = (gint32) s;
  return found;
}

/* The first and last line of a grid's rows. */
static void
find_lines (const CdPdfGrid *grid, guint32 *line, guint32 *end_line)
{
  *line = G_MAXUINT32;
  *end_line = 0;
  for (guint r = grid->region.start; r < grid->region.start + grid->rows; r++) {
    const CdPdfRow *row = &g_array_index (grid->stream->rows, CdPdfRow, r);
    guint first = g_array_index (grid->stream->segments, CdPdfSegment, row->start).start;
    guint last = g_array_index (grid->stream->segments, CdPdfSegment, row->end - 1).end;
    for (guint w = first; w < last; w++) {
      guint32 at = g_array_index (grid->stream->words, CdPdfWord, w).line;
      *line = MIN (*line, at);
      *end_line = MAX (*end_line, at);
    }
  }
}

static CdTable *
table_of (const CdPdfGrid *grid, const CdDocument *document, const CdPdfCaption *caption)
{
  guint32 line = 0, end_line = 0;
  find_lines (grid, &line, &end_line);
  CdTableMaker *maker = cd_table_maker_new (line, section_at (document, line));
  for (guint r = 0; r < grid->rows; r++) {
    if (grid->dropped[r])
      continue;
    cd_table_maker_begin_row (maker);
    guint32 row_line = g_array_index (grid->stream->rows, CdPdfRow, grid->region.start + r).line;
    for (guint c = 0; c < grid->columns->len; c++) {
      const CdPdfCell *cell = cd_pdf_grid_cell (grid, r, c);
      cd_table_maker_add_cell (maker, cell->text != NULL ? cell->text->str : "", cell->text != NULL ? cell->line : row_line, FALSE, r < grid->heads,
                               1, 1);
    }
  }
  return cd_table_maker_take (maker, end_line, grid->heads, caption != NULL ? caption->text : NULL);
}

static void
add_tables (GPtrArray *tables, const Part *part, gboolean below, const CdDocument *document)
{
  for (guint r = 0; r < part->regions->len && tables->len < CD_TABLES; r++) {
    const CdPdfRegion *region = &g_array_index (part->regions, CdPdfRegion, r);
    const CdPdfCaption *caption = NULL;
    if (!is_table (part, region, below, &caption))
      continue;
    g_autoptr (CdPdfGrid) grid = cd_pdf_grid_new (part->stream, region);
    CdTable *table = grid != NULL ? table_of (grid, document, caption) : NULL;
    if (table != NULL)
      g_ptr_array_add (tables, table);
  }
}

/* words may be NULL; they are told their lines. */
static GPtrArray *
tables_from (CdPdfWords *words, const CdDocument *document)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (cd_table_free);
  if (words == NULL)
    return tables;
  cd_pdf_words_place (words, document);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  for (guint p = 0; p < words->pages->len; p++) {
    GPtrArray *streams = cd_pdf_streams (words, p);
    g_ptr_array_add (pages, streams);
    for (guint s = 0; s < streams->len; s++) {
      Part *part = g_new0 (Part, 1);
      part->stream = g_ptr_array_index (streams, s);
      part->captions = cd_pdf_captions (part->stream);
      part->regions = cd_pdf_regions (part->stream, part->captions);
      g_ptr_array_add (parts, part);
    }
  }
  gboolean below = stand_below (parts);
  for (guint p = 0; p < parts->len; p++)
    add_tables (tables, g_ptr_array_index (parts, p), below, document);
  return tables;
}

GPtrArray *
cd_pdf_tables (const CdDocument *document, GBytes *pdf, const CdDocumentOptions *options)
{
  g_autofree char *file = cache_file (document, options);
  g_autoptr (CdPdfWords) words = load_words (file);
  if (words == NULL && pdf != NULL)
    words = run_poppler (document, pdf, file);
  return tables_from (words, document);
}

/* TRUE for a path inside a folder of figures. */
static gboolean
is_figure (const char *path)
{
  static const char *const FIGURES[] = { "fig", "figs", "figure", "figures", "img", "imgs", "image", "images", "plot", "plots", NULL };
  g_auto (GStrv) folders = g_strsplit (path, "/", -1);
  for (guint i = 0; folders[i] != NULL && folders[i + 1] != NULL; i++) {
    g_autofree char *folder = g_ascii_strdown (folders[i], -1);
    if (g_strv_contains (FIGURES, folder))
      return TRUE;
  }
  return FALSE;
}

void
cd_pdf_place_tables (CdDocument *document, GBytes *pdf, const CdDocumentOptions *options)
{
  if (options == NULL || !options->tables || is_figure (document->path) || cd_pdf_page_count (document) < PAPER_PAGES)
    return;
  document->placed_tables = cd_pdf_tables (document, options->keep_pdf ? pdf : NULL, options);
}
