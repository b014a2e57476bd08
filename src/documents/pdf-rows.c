/* Rows and segments of one page: words that share a height are a row, a wide gap ends a segment. Pages printed sideways are turned, two columns of
 * text are told apart. Which rows are a table is pdf-regions.c's business. */
#include "documents/pdf-rows.h"

#include <math.h>
#include <string.h>

#define WIDE_GAP 0.8f    /* of a word's height: 0.95 em, a word being about 1.2 em high */
#define NUMBER_GAP 0.3f  /* two numbers side by side are two cells, unless the second is in brackets */
#define SAME_CENTER 0.3f /* of the lower height: how far apart the middles of one row's words may be */
#define ROW_PIECES 64u   /* pieces before that a row is searched for */
#define LIKE_SIZE 0.65f
#define OPEN_ROWS 4u /* rows that a word may still join while going down the page */

/* Words that poppler took for one line, up to a wide gap, and the row they belong to. */
typedef struct {
  float left, right, top, bottom;
  guint start, end;
  guint row;
} Piece;

typedef struct {
  float left, right, top, bottom; /* of all pieces */
  float center, height;           /* of the tallest one */
} Anchor;

static float
height_of (const CdPdfWord *word)
{
  return word->bottom - word->top;
}

/* TRUE for a word whose letters stand one above the other: it is printed sideways. */
static gboolean
is_sideways (const CdPdfWord *word)
{
  return g_utf8_strlen (word->text, -1) >= 3 && height_of (word) > 1.5f * (word->right - word->left);
}

/* Sideways text that reads upwards has each word above the one before. */
static gboolean
reads_upwards (const GArray *words)
{
  gint upwards = 0;
  for (guint i = 1; i < words->len; i++) {
    const CdPdfWord *before = &g_array_index (words, CdPdfWord, i - 1), *word = &g_array_index (words, CdPdfWord, i);
    if (is_sideways (word) && !word->first)
      upwards += word->top < before->top ? 1 : -1;
  }
  return upwards > 0;
}

static void
turn (GArray *words, const CdPdfPage *page)
{
  gboolean upwards = reads_upwards (words);
  for (guint i = 0; i < words->len; i++) {
    CdPdfWord *word = &g_array_index (words, CdPdfWord, i);
    CdPdfWord old = *word;
    word->left = upwards ? page->height - old.bottom : old.top;
    word->right = upwards ? page->height - old.top : old.bottom;
    word->top = upwards ? old.left : page->width - old.right;
    word->bottom = upwards ? old.right : page->width - old.left;
  }
}

/* The page's words upright: the few that stand sideways on an upright page (a stamp in the margin, an axis title) are left out. */
static GArray *
upright_words (const CdPdfWords *words, const CdPdfPage *page)
{
  GArray *upright = g_array_new (FALSE, FALSE, sizeof (CdPdfWord));
  if (page->end > page->start)
    g_array_append_vals (upright, &g_array_index (words->words, CdPdfWord, page->start), page->end - page->start);
  guint sideways = 0, judged = 0;
  for (guint i = 0; i < upright->len; i++) {
    const CdPdfWord *word = &g_array_index (upright, CdPdfWord, i);
    sideways += is_sideways (word) ? 1 : 0;
    judged += g_utf8_strlen (word->text, -1) >= 3 ? 1 : 0;
  }
  if (sideways * 2 > judged)
    turn (upright, page);
  guint kept = 0;
  for (guint i = 0; i < upright->len; i++) {
    CdPdfWord word = g_array_index (upright, CdPdfWord, i);
    gboolean first = word.first || (i > 0 && is_sideways (&g_array_index (upright, CdPdfWord, i - 1)));
    if (is_sideways (&word))
      continue;
    word.first = first;
    g_array_index (upright, CdPdfWord, kept++) = word;
  }
  g_array_set_size (upright, kept);
  return upright;
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const Piece *left = a, *right = b;
  float difference = (left->top + left->bottom) - (right->top + right->bottom);
  return difference != 0 ? (difference > 0 ? 1 : -1) : (left->start > right->start) - (left->start < right->start);
}

static GArray *
pieces_of (const GArray *words)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  for (guint i = 0; i < words->len; i++) {
    const CdPdfWord *word = &g_array_index (words, CdPdfWord, i);
    Piece *last = pieces->len > 0 ? &g_array_index (pieces, Piece, pieces->len - 1) : NULL;
    gboolean level = last != NULL && fabsf ((word->top + word->bottom) - (last->top + last->bottom)) < last->bottom - last->top;
    gboolean far = last != NULL && word->left - last->right > WIDE_GAP * height_of (word);
    if (last == NULL || word->first || !level || far) {
      Piece piece = { word->left, word->right, word->top, word->bottom, i, i + 1, 0 };
      g_array_append_val (pieces, piece);
      continue;
    }
    last->left = MIN (last->left, word->left);
    last->right = MAX (last->right, word->right);
    last->top = MIN (last->top, word->top);
    last->bottom = MAX (last->bottom, word->bottom);
    last->end = i + 1;
  }
  g_array_sort (pieces, compare_pieces);
  return pieces;
}

/* May a piece stand in a row? Not where the row has one at the same place along it: the two are lines one above the other. One far from the others must
 * be of a like size. */
static gboolean
is_free (const GArray *pieces, guint index, guint row, float tallest)
{
  gboolean near = FALSE;
  const Piece *piece = &g_array_index (pieces, Piece, index);
  for (guint i = index; i > 0 && index - i < ROW_PIECES; i--) {
    const Piece *other = &g_array_index (pieces, Piece, i - 1);
    float overlap = MIN (other->right, piece->right) - MAX (other->left, piece->left);
    if (other->row == row && overlap > MAX (0.2f * MIN (other->right - other->left, piece->right - piece->left), 0.8f * (piece->bottom - piece->top)))
      return FALSE;
    near = near || (other->row == row && -overlap < 0.5f * tallest);
  }
  float height = piece->bottom - piece->top;
  return near || MIN (height, tallest) > LIKE_SIZE * MAX (height, tallest);
}

/* TRUE where a piece stands in the row: level with it, or smaller and inside its height like an exponent. */
static gboolean
joins (const Anchor *row, const Piece *piece)
{
  float height = piece->bottom - piece->top, center = (piece->top + piece->bottom) / 2;
  float lower = MIN (height, row->height);
  if (fabsf (center - row->center) <= SAME_CENTER * lower)
    return TRUE;
  float overlap = MIN (piece->bottom, row->center + row->height / 2) - MAX (piece->top, row->center - row->height / 2);
  return MAX (height, row->height) * 0.85f > lower && overlap >= 0.7f * lower;
}

/* Give each piece its row, counted downwards. */
static void
assign_rows (GArray *pieces)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Anchor));
  for (guint i = 0; i < pieces->len; i++) {
    Piece *piece = &g_array_index (pieces, Piece, i);
    float height = piece->bottom - piece->top, center = (piece->top + piece->bottom) / 2;
    guint found = rows->len;
    for (guint r = rows->len; r > 0 && rows->len - r < OPEN_ROWS && found == rows->len; r--)
      found = joins (&g_array_index (rows, Anchor, r - 1), piece) && is_free (pieces, i, r - 1, g_array_index (rows, Anchor, r - 1).height) ? r - 1
                                                                                                                                            : found;
    piece->row = found;
    if (found == rows->len) {
      Anchor row = { piece->left, piece->right, piece->top, piece->bottom, center, height };
      g_array_append_val (rows, row);
      continue;
    }
    Anchor *row = &g_array_index (rows, Anchor, found);
    row->center = height > row->height ? center : row->center;
    row->height = MAX (row->height, height);
  }
}

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const CdPdfPlaced *left = a, *right = b;
  if (left->row != right->row)
    return left->row > right->row ? 1 : -1;
  return (left->word.left > right->word.left) - (left->word.left < right->word.left);
}

/* TRUE where two words of a row, the first left of the second, are parts of two cells. */
static gboolean
are_apart (const CdPdfWord *left, const CdPdfWord *right)
{
  float gap = right->left - left->right, height = MIN (height_of (left), height_of (right));
  height = MAX (height, 0.8f * MAX (height_of (left), height_of (right)));
  if (gap > WIDE_GAP * height)
    return TRUE;
  if (gap <= NUMBER_GAP * height || strchr ("([{/", right->text[0]) != NULL)
    return FALSE;
  CdPdfCellKind before = cd_pdf_cell_kind (left->text), after = cd_pdf_cell_kind (right->text);
  gboolean signed_one = !g_ascii_isdigit (right->text[0]) && after == CD_PDF_NUMBER;
  return before != CD_PDF_TEXT && after != CD_PDF_TEXT && !signed_one;
}

static void
stream_free (gpointer data)
{
  CdPdfStream *stream = data;
  g_array_unref (stream->words);
  g_array_unref (stream->segments);
  g_array_unref (stream->rows);
  g_free (stream);
}

static CdPdfStream *
stream_new (void)
{
  CdPdfStream *stream = g_new0 (CdPdfStream, 1);
  stream->words = g_array_new (FALSE, FALSE, sizeof (CdPdfWord));
  stream->segments = g_array_new (FALSE, FALSE, sizeof (CdPdfSegment));
  stream->rows = g_array_new (FALSE, FALSE, sizeof (CdPdfRow));
  return stream;
}

/* Is there a space between two words? A change or an exponent stays apart from the figure before it, a subscript that is a word from its name; small
 * capitals belong to the capital before them. */
static gboolean
has_space (const CdPdfWord *before, const CdPdfWord *word)
{
  float gap = word->left - before->right, height = MIN (height_of (word), height_of (before));
  gboolean behind_figure
      = g_ascii_isdigit (before->text[strlen (before->text) - 1]) || strchr ("%)", before->text[strlen (before->text) - 1]) != NULL;
  gboolean smaller = height_of (word) < 0.9f * height_of (before);
  gboolean change = strchr ("+-(", word->text[0]) != NULL || g_str_has_prefix (word->text, "\u00b1") || g_str_has_prefix (word->text, "\u2191")
                    || g_str_has_prefix (word->text, "\u2193") || g_str_has_prefix (word->text, "\u2212");
  gboolean subscript = smaller && g_ascii_islower (word->text[0]) && g_ascii_isalpha (before->text[strlen (before->text) - 1]);
  return word->left < before->left || gap > 0.12f * height || subscript
         || (behind_figure && (change || (smaller && g_ascii_isalnum (word->text[0]))));
}

char *
cd_pdf_stream_text (const CdPdfStream *stream, guint start, guint end)
{
  GString *text = g_string_new (NULL);
  for (guint i = start; i < end; i++) {
    const CdPdfWord *word = &g_array_index (stream->words, CdPdfWord, i), *before = i > start ? word - 1 : NULL;
    if (before != NULL && has_space (before, word))
      g_string_append_c (text, ' ');
    g_string_append (text, word->text);
  }
  return g_string_free (text, FALSE);
}

static void
close_segment (CdPdfStream *stream, guint start)
{
  g_autofree char *text = cd_pdf_stream_text (stream, start, stream->words->len);
  CdPdfSegment segment = { .left = G_MAXFLOAT, .start = start, .end = stream->words->len };
  for (guint i = start; i < segment.end; i++) {
    const CdPdfWord *word = &g_array_index (stream->words, CdPdfWord, i);
    segment.left = MIN (segment.left, word->left);
    segment.right = MAX (segment.right, word->right);
  }
  segment.characters = (guint) g_utf8_strlen (text, -1);
  segment.kind = cd_pdf_cell_kind (text);
  g_array_append_val (stream->segments, segment);
}

/* Append words [0, count) as one row. */
static void
add_row (CdPdfStream *stream, const CdPdfPlaced *words, guint count)
{
  if (count == 0)
    return;
  CdPdfRow row = { words[0].word.left, words[0].word.right, words[0].word.top, words[0].word.bottom, stream->segments->len, 0, words[0].word.line };
  guint start = stream->words->len;
  for (guint i = 0; i < count; i++) {
    const CdPdfWord *word = &words[i].word;
    if (i > 0 && words[i].apart) {
      close_segment (stream, start);
      start = stream->words->len;
    }
    g_array_append_val (stream->words, *word);
    row.right = MAX (row.right, word->right);
    row.top = MIN (row.top, word->top);
    row.bottom = MAX (row.bottom, word->bottom);
  }
  close_segment (stream, start);
  row.end = stream->segments->len;
  g_array_append_val (stream->rows, row);
}

/* The words of both sides of a row, apart: those left of the gutter come first. */
static guint
left_words (const CdPdfPlaced *words, guint count, float gutter)
{
  guint at = 0;
  while (at < count && words[at].word.left < gutter)
    at++;
  return at;
}

/* A new stream of the rows from start on that belong to one zone; side: 0 edge to edge, 1 and 2 the columns. */
static CdPdfStream *
stream_of (const GArray *placed, const GArray *zones, guint start, guint end, guint side)
{
  CdPdfStream *stream = stream_new ();
  for (guint z = start; z < end; z++) {
    const CdPdfZoneRow *row = &g_array_index (zones, CdPdfZoneRow, z);
    const CdPdfPlaced *words = &g_array_index (placed, CdPdfPlaced, row->start);
    guint count = row->end - row->start, left = side == 0 ? count : left_words (words, count, row->gutter);
    if (side == 2)
      add_row (stream, words + left, count - left);
    else
      add_row (stream, words, left);
  }
  for (guint r = 0; r < stream->rows->len; r++) {
    const CdPdfRow *row = &g_array_index (stream->rows, CdPdfRow, r);
    stream->left = r == 0 ? row->left : MIN (stream->left, row->left);
    stream->right = r == 0 ? row->right : MAX (stream->right, row->right);
  }
  return stream;
}

GPtrArray *
cd_pdf_streams (const CdPdfWords *words, guint page)
{
  GPtrArray *streams = g_ptr_array_new_with_free_func (stream_free);
  g_autoptr (GArray) upright = upright_words (words, &g_array_index (words->pages, CdPdfPage, page));
  g_autoptr (GArray) pieces = pieces_of (upright);
  assign_rows (pieces);
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (CdPdfPlaced));
  for (guint i = 0; i < pieces->len; i++) {
    const Piece *piece = &g_array_index (pieces, Piece, i);
    for (guint w = piece->start; w < piece->end; w++) {
      CdPdfPlaced word = { g_array_index (upright, CdPdfWord, w), piece->row, FALSE };
      g_array_append_val (placed, word);
    }
  }
  g_array_sort (placed, compare_placed);
  for (guint i = 1; i < placed->len; i++) {
    CdPdfPlaced *word = &g_array_index (placed, CdPdfPlaced, i), *before = word - 1;
    word->apart = word->row == before->row && are_apart (&before->word, &word->word);
  }
  g_autoptr (GArray) zones = cd_pdf_zones (placed);
  cd_pdf_zones_beside (placed, zones);
  for (guint start = 0, end = 0; start < zones->len; start = end) {
    float gutter = g_array_index (zones, CdPdfZoneRow, start).gutter;
    while (end < zones->len && g_array_index (zones, CdPdfZoneRow, end).gutter == gutter)
      end++;
    for (guint side = gutter > 0 ? 1 : 0; side <= (gutter > 0 ? 2u : 0u); side++)
      g_ptr_array_add (streams, stream_of (placed, zones, start, end, side));
  }
  return streams;
}
