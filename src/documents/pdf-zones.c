/* Two columns of text told from tables that reach over both: the gutter of a page, and which of its rows it divides. */
#include "documents/pdf-rows.h"

#define GUTTER_STEP 3.0f
#define PROSE_CHARACTERS 25u /* an unbroken run of so many on one side is text */
#define PROSE_ROWS 8u        /* so many on each side make a page of two columns */
#define FULL_LINE 0.7f       /* of its column */
#define FEW_ROWS 3u
#define TOUCH_GAP 1.5f
#define BAND_GAP 0.9f /* of a row's height: a gap across the page ends a band */

/* What a row says about the gutter. */
typedef enum { ROW_ACROSS, ROW_CLEAR, ROW_LEFT = 2, ROW_RIGHT = 4 } RowSides;

/* TRUE for one unbroken run of text. */
static gboolean
is_prose (const CdPdfPlaced *words, guint count)
{
  gsize characters = 0;
  for (guint i = 0; i < count; i++) {
    if (i > 0 && words[i].apart)
      return FALSE;
    characters += (gsize) g_utf8_strlen (words[i].word.text, -1) + 1;
  }
  return characters >= PROSE_CHARACTERS;
}

/* ROW_ACROSS, or ROW_CLEAR with the sides that hold prose. */
static guint
sides_of (const CdPdfPlaced *words, guint count, float gutter)
{
  guint left = 0;
  while (left < count && words[left].word.left < gutter)
    left++;
  for (guint i = 0; i < left; i++)
    if (words[i].word.right > gutter)
      return ROW_ACROSS;
  if (left > 0 && left < count && !words[left].apart)
    return ROW_ACROSS;
  return ROW_CLEAR | (is_prose (words, left) ? ROW_LEFT : 0u) | (is_prose (words + left, count - left) ? ROW_RIGHT : 0u);
}

/* How many rows have prose on the side that has fewer of them. */
static guint
prose_rows (const GArray *placed, const GArray *rows, float gutter)
{
  guint left = 0, right = 0, across = 0;
  for (guint r = 0; r < rows->len; r++) {
    const CdPdfZoneRow *row = &g_array_index (rows, CdPdfZoneRow, r);
    guint sides = sides_of (&g_array_index (placed, CdPdfPlaced, row->start), row->end - row->start, gutter);
    across += sides == ROW_ACROSS ? 1 : 0;
    left += sides & ROW_LEFT ? 1 : 0;
    right += sides & ROW_RIGHT ? 1 : 0;
  }
  return left + right > across ? MIN (left, right) : 0;
}

/* The middle of the widest range of places that divide most rows; 0 where the page has one column. */
static float
find_gutter (const GArray *placed, const GArray *rows, float from, float to)
{
  float first = 0, last = 0;
  guint most = PROSE_ROWS - 1;
  for (float at = from + 0.35f * (to - from); at <= from + 0.65f * (to - from); at += MAX (GUTTER_STEP, (to - from) / 200)) {
    guint found = prose_rows (placed, rows, at);
    first = found > most ? at : first;
    last = found >= most && found >= PROSE_ROWS ? at : last;
    most = MAX (most, found);
  }
  return (first + last) / 2;
}

/* What one row of a page with a gutter holds. */
typedef struct {
  guint sides;
  float top, bottom;
  gboolean left, right, full; /* words left and right of the gutter; one side is a full line of text */
} Sides;

/* A line of text fills its column; a long label does not. */
static gboolean
fills (const CdPdfPlaced *words, guint count, float width)
{
  return count > 0 && words[count - 1].word.right - words[0].word.left > FULL_LINE * width;
}

static Sides
judge_row (const CdPdfPlaced *words, guint count, float gutter, float from, float to)
{
  guint left = 0;
  while (left < count && words[left].word.left < gutter)
    left++;
  Sides row = { sides_of (words, count, gutter), words->word.top, words->word.bottom, left > 0, left < count, FALSE };
  for (guint i = 1; i < count; i++) {
    row.top = MIN (row.top, words[i].word.top);
    row.bottom = MAX (row.bottom, words[i].word.bottom);
  }
  row.full
      = (row.sides & ROW_LEFT && fills (words, left, gutter - from)) || (row.sides & ROW_RIGHT && fills (words + left, count - left, to - gutter));
  return row;
}

/* TRUE where the row before (or the first row behind) a band stands across the page and close to it. row: the first row of what follows the border. */
static gboolean
touches_row (const Sides *sides, guint row, guint rows, gboolean before)
{
  if (row == 0 || row >= rows || sides[before ? row - 1 : row].sides != ROW_ACROSS)
    return FALSE;
  return sides[row].top - sides[row - 1].bottom < TOUCH_GAP * (sides[row].bottom - sides[row].top);
}

/* Mark rows [start, end), which nothing crosses, as divided where enough of them are full lines, or where what stands left and right is not level. A few
 * rows that touch one across the page are a part of it: heads of a table over both columns, or the last line of its caption. */
static void
judge_band (const Sides *sides, GArray *rows, guint start, guint end, float gutter)
{
  guint full = 0, right = 0, both = 0, count = end - start;
  for (guint r = start; r < end; r++) {
    full += sides[r].full ? 1 : 0;
    right += sides[r].right ? 1 : 0;
    both += sides[r].left && sides[r].right ? 1 : 0;
  }
  gboolean touches = count > 0 && (touches_row (sides, start, rows->len, TRUE) || touches_row (sides, end, rows->len, FALSE));
  gboolean text = full * 4 >= count && full > 0 && !(touches && right == 0);
  gboolean divided = text || (both * 10 < count * 6 && !(touches && count <= FEW_ROWS));
  for (guint r = start; r < end; r++)
    g_array_index (rows, CdPdfZoneRow, r).gutter = divided ? gutter : 0;
}

static void
split_bands (const GArray *placed, GArray *rows, float gutter, float from, float to)
{
  g_autofree Sides *sides = g_new0 (Sides, rows->len + 1);
  for (guint r = 0; r < rows->len; r++) {
    const CdPdfZoneRow *row = &g_array_index (rows, CdPdfZoneRow, r);
    sides[r] = judge_row (&g_array_index (placed, CdPdfPlaced, row->start), row->end - row->start, gutter, from, to);
  }
  float bottom = 0;
  guint start = 0;
  for (guint r = 0; r < rows->len; r++) {
    if (sides[r].sides == ROW_ACROSS || sides[r].top - bottom > BAND_GAP * (sides[r].bottom - sides[r].top)) {
      judge_band (sides, rows, start, r, gutter);
      start = sides[r].sides == ROW_ACROSS ? r + 1 : r;
    }
    bottom = r == start ? sides[r].bottom : MAX (bottom, sides[r].bottom);
  }
  judge_band (sides, rows, start, rows->len, gutter);
}

GArray *
cd_pdf_zones (const GArray *placed)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (CdPdfZoneRow));
  for (guint i = 0; i < placed->len; i++) {
    if (i > 0 && g_array_index (placed, CdPdfPlaced, i).row == g_array_index (placed, CdPdfPlaced, i - 1).row) {
      g_array_index (rows, CdPdfZoneRow, rows->len - 1).end = i + 1;
      continue;
    }
    CdPdfZoneRow row = { i, i + 1, 0 };
    g_array_append_val (rows, row);
  }
  float from = G_MAXFLOAT, to = 0;
  for (guint i = 0; i < placed->len; i++) {
    const CdPdfWord *word = &g_array_index (placed, CdPdfPlaced, i).word;
    from = MIN (from, word->left);
    to = MAX (to, word->right);
  }
  float gutter = find_gutter (placed, rows, from, to);
  if (gutter > 0)
    split_bands (placed, rows, gutter, from, to);
  return rows;
}
