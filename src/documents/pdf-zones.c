/* Two columns of text told from tables that reach over both: the gutter of a page, and which of its rows it divides. */
#include "documents/pdf-rows.h"

#define GUTTER_STEP 3.0f
#define PROSE_CHARACTERS 25u /* an unbroken run of so many on one side is text */
#define PROSE_ROWS 8u        /* so many on each side make a page of two columns */
#define BAND_GAP 0.9f        /* of a row's height: a gap across the page ends a band */

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
find_gutter (const GArray *placed, const GArray *rows)
{
  float from = G_MAXFLOAT, to = 0;
  for (guint i = 0; i < placed->len; i++) {
    const CdPdfWord *word = &g_array_index (placed, CdPdfPlaced, i).word;
    from = MIN (from, word->left);
    to = MAX (to, word->right);
  }
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

/* Mark rows [start, end), which nothing crosses, as divided where enough of them hold prose. */
static void
judge_band (GArray *rows, const guint *sides, guint start, guint end)
{
  guint prose = 0;
  for (guint r = start; r < end; r++)
    prose += sides[r] & (ROW_LEFT | ROW_RIGHT) ? 1 : 0;
  for (guint r = start; r < end; r++)
    g_array_index (rows, CdPdfZoneRow, r).split = prose * 4 >= end - start && prose > 0;
}

static void
split_bands (const GArray *placed, GArray *rows, float gutter)
{
  g_autofree guint *sides = g_new0 (guint, rows->len + 1);
  float bottom = 0;
  guint start = 0;
  for (guint r = 0; r < rows->len; r++) {
    const CdPdfZoneRow *row = &g_array_index (rows, CdPdfZoneRow, r);
    const CdPdfPlaced *words = &g_array_index (placed, CdPdfPlaced, row->start);
    sides[r] = sides_of (words, row->end - row->start, gutter);
    float height = words->word.bottom - words->word.top;
    if (sides[r] == ROW_ACROSS || words->word.top - bottom > BAND_GAP * height) {
      judge_band (rows, sides, start, r);
      start = sides[r] == ROW_ACROSS ? r + 1 : r;
    }
    bottom = r == start ? words->word.bottom : MAX (bottom, words->word.bottom);
  }
  judge_band (rows, sides, start, rows->len);
}

GArray *
cd_pdf_zones (const GArray *placed, float *gutter)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (CdPdfZoneRow));
  for (guint i = 0; i < placed->len; i++) {
    if (i > 0 && g_array_index (placed, CdPdfPlaced, i).row == g_array_index (placed, CdPdfPlaced, i - 1).row) {
      g_array_index (rows, CdPdfZoneRow, rows->len - 1).end = i + 1;
      continue;
    }
    CdPdfZoneRow row = { i, i + 1, FALSE };
    g_array_append_val (rows, row);
  }
  *gutter = find_gutter (placed, rows);
  if (*gutter > 0)
    split_bands (placed, rows, *gutter);
  return rows;
}
