/* Tables of a page found: captions, rows of figures that follow one another, the heads above them. What is a column is pdf-grid.c's business. */
#include "documents/pdf-regions.h"

#include <math.h>
#include <string.h>

#define LONG_SEGMENT 60u /* characters: running text, no cell */
#define HEAD_ROWS 12u
#define BETWEEN_ROWS 4u  /* rows without figures inside a table, one after the other */
#define TABLE_GAP 2.2f   /* of a row's height: a wider gap ends a table */
#define HEAD_GAP 1.8f    /* and the heads above it */
#define CAPTION_GAP 3.0f /* between a table and its caption */
#define CAPTION_ROWS 12u
#define CAPTION_BYTES 1500u

static const CdPdfRow *
row_at (const CdPdfStream *stream, guint row)
{
  return &g_array_index (stream->rows, CdPdfRow, row);
}

static const CdPdfSegment *
segment_at (const CdPdfStream *stream, guint segment)
{
  return &g_array_index (stream->segments, CdPdfSegment, segment);
}

static float
height_of (const CdPdfRow *row)
{
  return row->bottom - row->top;
}

static float
gap_between (const CdPdfStream *stream, guint above, guint below)
{
  return row_at (stream, below)->top - row_at (stream, above)->bottom;
}

/* "....." leads to a page number in a table of contents. */
static gboolean
is_leader (const char *text)
{
  return strstr (text, "....") != NULL || strstr (text, ". . . .") != NULL;
}

CdPdfRowCount
cd_pdf_row_count (const CdPdfStream *stream, guint row)
{
  CdPdfRowCount count = { 0 };
  for (guint s = row_at (stream, row)->start; s < row_at (stream, row)->end; s++) {
    const CdPdfSegment *segment = segment_at (stream, s);
    count.first_number = count.segments == 0 ? segment->kind == CD_PDF_NUMBER : count.first_number;
    count.segments++;
    count.numbers += segment->kind == CD_PDF_NUMBER ? 1 : 0;
    count.blanks += segment->kind == CD_PDF_BLANK ? 1 : 0;
    count.longest = MAX (count.longest, segment->characters);
  }
  return count;
}

gboolean
cd_pdf_is_data (CdPdfRowCount count)
{
  return count.segments >= 2 && count.numbers > (count.first_number ? 1u : 0u);
}

static char *
row_text (const CdPdfStream *stream, guint row)
{
  const CdPdfRow *found = row_at (stream, row);
  return cd_pdf_stream_text (stream, segment_at (stream, found->start)->start, segment_at (stream, found->end - 1)->end);
}

/* "Table 3:", "TABLE IV", "Fig. A.2 Results". "Table 3 shows …" is a sentence. */
guint
cd_pdf_caption_kind (const char *text)
{
  static const struct {
    const char *word;
    guint kind;
  } WORDS[]
      = { { "Table", 1 }, { "Tab.", 1 }, { "Figure", 2 }, { "Fig.", 2 }, { "Algorithm", 2 }, { "Listing", 2 }, { "\u8868", 1 }, { "\u56FE", 2 } };
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++) {
    gsize length = strlen (WORDS[i].word);
    if (g_ascii_strncasecmp (text, WORDS[i].word, length) != 0 || !(g_ascii_isupper (text[0]) || (guchar) text[0] >= 0x80))
      continue;
    const char *number = text + length + (text[length] == ' ' ? 1 : 0);
    gsize digits = strspn (number, "0123456789.-ABCDEFGHIVXLS");
    while (digits > 0 && (number[digits - 1] == '.' || number[digits - 1] == '-'))
      digits--;
    if (digits == 0 || digits > 6 || g_ascii_isalpha (number[digits]))
      continue;
    const char *rest = number + digits;
    if (*rest == '\0' || strchr (":.|", *rest) != NULL || (guchar) *rest >= 0x80)
      return WORDS[i].kind;
    return *rest == ' ' && (strchr (":|-", rest[1]) != NULL || g_ascii_isupper (rest[1]) || (guchar) rest[1] >= 0x80) ? WORDS[i].kind : 0;
  }
  return 0;
}

static void
caption_clear (gpointer data)
{
  CdPdfCaption *caption = data;
  g_free (caption->text);
}

/* A caption goes on below a row that is full, in the same type, up to a gap or to a table's row. */
static gboolean
goes_on (const CdPdfStream *stream, guint start, guint row)
{
  const CdPdfRow *first = row_at (stream, start), *before = row_at (stream, row - 1), *here = row_at (stream, row);
  float width = 0, right = 0;
  for (guint r = start; r < row; r++) {
    width = MAX (width, row_at (stream, r)->right - row_at (stream, r)->left);
    right = MAX (right, row_at (stream, r)->right);
  }
  CdPdfRowCount count = cd_pdf_row_count (stream, row);
  gboolean full = before->right >= right - 0.12f * width && width > 0.4f * (stream->right - stream->left);
  gboolean inside = here->left >= first->left - 0.1f * width && here->right <= right + 0.1f * width;
  gboolean text = !cd_pdf_is_data (count) && (count.segments == 1 || count.longest > LONG_SEGMENT / 2);
  return full && inside && text && gap_between (stream, row - 1, row) < 0.6f * height_of (first);
}

GArray *
cd_pdf_captions (const CdPdfStream *stream)
{
  GArray *captions = g_array_new (FALSE, FALSE, sizeof (CdPdfCaption));
  g_array_set_clear_func (captions, caption_clear);
  for (guint r = 0; r < stream->rows->len; r++) {
    g_autofree char *text = row_text (stream, r);
    guint kind = cd_pdf_caption_kind (text);
    if (kind == 0)
      continue;
    GString *all = g_string_new (text);
    CdPdfCaption caption = { .start = r, .end = r + 1, .line = row_at (stream, r)->line, .end_line = row_at (stream, r)->line, .table = kind == 1 };
    while (caption.end < stream->rows->len && caption.end - r < CAPTION_ROWS && all->len < CAPTION_BYTES && goes_on (stream, r, caption.end)) {
      g_autofree char *more = row_text (stream, caption.end);
      g_string_append_printf (all, " %s", more);
      caption.end_line = MAX (caption.end_line, row_at (stream, caption.end)->line);
      caption.end++;
    }
    caption.text = g_string_free (all, FALSE);
    g_array_append_val (captions, caption);
    r = caption.end - 1;
  }
  return captions;
}

/* What regions_of knows of each row. */
typedef struct {
  const CdPdfStream *stream;
  CdPdfRowCount *counts;
  guint8 *caption; /* the row is part of one */
} Page;

static gboolean
is_text (const Page *page, guint row)
{
  const CdPdfRowCount *count = &page->counts[row];
  return count->longest > (count->segments > 1 ? 2 * LONG_SEGMENT : LONG_SEGMENT);
}

static gboolean
is_body (const Page *page, guint row)
{
  return !page->caption[row] && cd_pdf_is_data (page->counts[row]) && !is_text (page, row);
}

/* TRUE for heads inside a table: they begin like those above its first row. */
static gboolean
begins_again (const Page *page, guint start, guint row)
{
  if (start == 0 || page->counts[row].segments < 3 || page->counts[row].numbers > 0 || page->counts[start - 1].segments < 3)
    return FALSE;
  const CdPdfSegment *head = segment_at (page->stream, row_at (page->stream, start - 1)->start);
  const CdPdfSegment *again = segment_at (page->stream, row_at (page->stream, row)->start);
  g_autofree char *first = cd_pdf_stream_text (page->stream, head->start, head->end);
  g_autofree char *second = cd_pdf_stream_text (page->stream, again->start, again->end);
  return g_str_equal (first, second);
}

/* The row behind the last one of figures that follows on start. */
static guint
body_end (const Page *page, guint start)
{
  guint end = start + 1;
  for (guint r = end; r < page->stream->rows->len && r - end <= BETWEEN_ROWS; r++) {
    float limit = TABLE_GAP * MIN (height_of (row_at (page->stream, r - 1)), height_of (row_at (page->stream, r)));
    if (page->caption[r] || is_text (page, r) || gap_between (page->stream, r - 1, r) > limit || begins_again (page, start, r))
      break;
    end = is_body (page, r) || (page->counts[r].blanks > 1 && page->counts[r].segments > 2) ? r + 1 : end;
  }
  return end;
}

/* A line of a sentence that ends there. */
static gboolean
ends_sentence (const Page *page, guint row)
{
  g_autofree char *text = row_text (page->stream, row);
  gsize length = strlen (text);
  return page->counts[row].segments == 1 && length > 1 && strchr (".:;,", text[length - 1]) != NULL;
}

/* The first row of heads above body. */
static guint
heads_start (const Page *page, guint body, guint lowest)
{
  guint start = body;
  while (start > lowest && body - start < HEAD_ROWS) {
    guint r = start - 1;
    float limit = HEAD_GAP * MIN (height_of (row_at (page->stream, r)), height_of (row_at (page->stream, start)));
    if (page->caption[r] || is_text (page, r) || ends_sentence (page, r) || gap_between (page->stream, r, start) > limit)
      break;
    start = r;
  }
  return start;
}

/* TRUE for a row of whole numbers over figures with decimals: the heads of a series. */
static gboolean
counts_up (const Page *page, guint row, guint next)
{
  guint whole = 0, decimal = 0;
  for (guint s = row_at (page->stream, row)->start; s < row_at (page->stream, row)->end; s++) {
    g_autofree char *text = cd_pdf_stream_text (page->stream, segment_at (page->stream, s)->start, segment_at (page->stream, s)->end);
    whole += segment_at (page->stream, s)->kind == CD_PDF_NUMBER && strspn (text, "0123456789") == strlen (text) ? 1 : 0;
  }
  for (guint s = row_at (page->stream, next)->start; s < row_at (page->stream, next)->end; s++) {
    g_autofree char *text = cd_pdf_stream_text (page->stream, segment_at (page->stream, s)->start, segment_at (page->stream, s)->end);
    decimal += segment_at (page->stream, s)->kind == CD_PDF_NUMBER && strchr (text, '.') != NULL ? 1 : 0;
  }
  return whole >= 2 && whole == page->counts[row].numbers && decimal == page->counts[next].numbers && decimal == whole;
}

/* The first row of figures: rows that are mostly text where later ones hold figures are heads with a number among them. */
static guint
first_figures (const Page *page, guint first, guint end)
{
  for (guint r = first; r + 1 < end && r < first + HEAD_ROWS; r++) {
    const CdPdfRowCount *here = &page->counts[r];
    guint next = r + 1;
    while (next + 1 < end && !is_body (page, next))
      next++;
    if (counts_up (page, r, next))
      continue;
    if (here->numbers * 2 >= here->segments || page->counts[next].numbers < 2 * MAX (here->numbers, 1) || page->counts[next].numbers < 2)
      return r;
  }
  return first;
}

/* A line right below the heads that does not stand over the labels is the last one of a head. */
static gboolean
is_head_line (const Page *page, guint row, guint first)
{
  const CdPdfSegment *text = segment_at (page->stream, row_at (page->stream, row)->start);
  const CdPdfSegment *label = segment_at (page->stream, row_at (page->stream, first)->start);
  float center = (text->left + text->right) / 2;
  gboolean centered = fabsf (center - (row_at (page->stream, first)->left + row_at (page->stream, first)->right) / 2)
                      < 0.05f * (row_at (page->stream, first)->right - row_at (page->stream, first)->left);
  gboolean tight = gap_between (page->stream, row - 1, row) < 0.15f * height_of (row_at (page->stream, row));
  return tight && !centered && text->left > label->right;
}

/* Rows of dashes right above the figures are the table's first. A row of one text there, below fuller heads, opens a group of rows or is a label's first
 * line. */
static guint
body_start (const Page *page, guint start, guint first)
{
  guint body = first;
  while (body > start + 1 && page->counts[body - 1].blanks > 1 && page->counts[body - 1].segments > 2)
    body--;
  guint opened = body;
  while (body > start + 1 && page->counts[body - 1].segments == 1 && !is_head_line (page, body - 1, first))
    body--;
  gboolean headed = FALSE;
  for (guint r = start; r < body; r++)
    headed = headed || page->counts[r].segments > 1;
  return headed ? body : opened;
}

/* Lines of a label below the last figures: tight under them, one text. */
static guint
tail_end (const Page *page, guint end)
{
  while (end < page->stream->rows->len && !page->caption[end] && page->counts[end].segments == 1 && !is_text (page, end)
         && page->counts[end].numbers == 0 && gap_between (page->stream, end - 1, end) < 0.1f * height_of (row_at (page->stream, end))
         && row_at (page->stream, end)->left < row_at (page->stream, end - 1)->left + 3 * height_of (row_at (page->stream, end)))
    end++;
  return end;
}

/* The captions that stand right above and right below; *from: the first that can, which only grows. */
static void
find_captions (const Page *page, const GArray *captions, guint *from, CdPdfRegion *region)
{
  region->above = region->below = -1;
  for (guint c = *from; c < captions->len; c++) {
    const CdPdfCaption *caption = &g_array_index (captions, CdPdfCaption, c);
    if (caption->start > region->end + BETWEEN_ROWS)
      break;
    *from = caption->end + HEAD_ROWS < region->start ? c : *from;
    float height = height_of (row_at (page->stream, caption->start));
    if (caption->end <= region->start && gap_between (page->stream, caption->end - 1, region->start) <= CAPTION_GAP * height
        && region->start - caption->end <= BETWEEN_ROWS)
      region->above = (gint) c;
    if (caption->start >= region->end && region->below < 0 && gap_between (page->stream, region->end - 1, caption->start) <= CAPTION_GAP * height
        && caption->start - region->end <= BETWEEN_ROWS)
      region->below = (gint) c;
  }
}

/* TRUE where two letters stand side by side: the axis of a plot has none. */
static gboolean
has_word (const CdPdfStream *stream, const CdPdfSegment *segment)
{
  g_autofree char *text = cd_pdf_stream_text (stream, segment->start, segment->end);
  for (const char *at = text; *at != '\0'; at++)
    if ((guchar) *at >= 0x80 || (g_ascii_isalpha (at[0]) && g_ascii_isalpha (at[1])))
      return TRUE;
  return FALSE;
}

static void
count_rows (const Page *page, CdPdfRegion *region)
{
  for (guint r = region->body; r < region->end; r++) {
    const CdPdfRowCount *count = &page->counts[r];
    const CdPdfSegment *first = segment_at (page->stream, row_at (page->stream, r)->start);
    region->data += cd_pdf_is_data (*count) ? 1 : 0;
    region->rows += count->numbers > 0 && count->numbers + count->blanks >= 2 ? 1 : 0;
    region->labelled += cd_pdf_is_data (*count) && first->kind == CD_PDF_TEXT && has_word (page->stream, first) ? 1 : 0;
  }
}

GArray *
cd_pdf_regions (const CdPdfStream *stream, const GArray *captions)
{
  GArray *regions = g_array_new (FALSE, FALSE, sizeof (CdPdfRegion));
  guint rows = stream->rows->len, lowest = 0, from = 0;
  g_autofree CdPdfRowCount *counts = g_new0 (CdPdfRowCount, rows + 1);
  g_autofree guint8 *in_caption = g_malloc0 (rows + 1);
  Page page = { stream, counts, in_caption };
  for (guint c = 0; c < captions->len; c++)
    for (guint r = g_array_index (captions, CdPdfCaption, c).start; r < g_array_index (captions, CdPdfCaption, c).end; r++)
      in_caption[r] = 1;
  for (guint r = 0; r < rows; r++) {
    counts[r] = cd_pdf_row_count (stream, r);
    g_autofree char *text = row_text (stream, r);
    if (is_leader (text))
      counts[r].longest = G_MAXUINT;
  }
  for (guint r = 0; r < rows; r++) {
    if (!is_body (&page, r))
      continue;
    CdPdfRegion region = { .end = body_end (&page, r) };
    region.start = heads_start (&page, r, lowest);
    region.body = body_start (&page, region.start, first_figures (&page, r, region.end));
    region.end = tail_end (&page, region.end);
    count_rows (&page, &region);
    find_captions (&page, captions, &from, &region);
    const CdPdfRegion *before = regions->len > 0 ? &g_array_index (regions, CdPdfRegion, regions->len - 1) : NULL;
    if (region.above < 0 && before != NULL && before->end == region.start && begins_again (&page, before->body, region.start))
      region.above = before->above;
    g_array_append_val (regions, region);
    lowest = region.end;
    r = region.end - 1;
  }
  return regions;
}
