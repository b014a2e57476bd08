/* Tables beside text or beside each other: a caption that has a neighbour in its row stands in a column of its own, which reaches up and down as far as
 * nothing crosses it. Pages of two columns are pdf-zones.c's. */
#include "documents/pdf-rows.h"

#define PROSE_CHARACTERS 25u
#define PLACES 8u         /* tried between two neighbours */
#define NEIGHBOUR_ROWS 3u /* lines beside a caption are not always level with it */
#define BAND_ROWS 200u
#define BAND_GAP 2.5f /* of a word's height: a gap across the page */
#define CAPTION_GAP 2.0f
#define CAPTIONS 64u /* of one page */

/* An unbroken run of words. */
typedef struct {
  float left, right, top, bottom;
  guint characters;
  gboolean caption, first; /* first: poppler begins a line with it; the rest of a stretched line it does not */
} Run;

static CdPdfZoneRow *
row_at (const GArray *rows, guint row)
{
  return &g_array_index (rows, CdPdfZoneRow, row);
}

static const CdPdfPlaced *
word_at (const GArray *placed, guint word)
{
  return &g_array_index (placed, CdPdfPlaced, word);
}

/* The run that begins at a word; *next is the first word of the next one. */
static Run
run_at (const GArray *placed, const CdPdfZoneRow *row, guint start, guint *next)
{
  const CdPdfWord *first = &word_at (placed, start)->word;
  Run run = { first->left, first->right, first->top, first->bottom, 0, FALSE, first->first };
  g_autoptr (GString) head = g_string_new (NULL);
  guint at = start;
  for (; at < row->end && (at == start || !word_at (placed, at)->apart); at++) {
    const CdPdfWord *word = &word_at (placed, at)->word;
    run.right = MAX (run.right, word->right);
    run.characters += (guint) g_utf8_strlen (word->text, -1) + 1;
    if (at < start + 3)
      g_string_append_printf (head, "%s%s", at > start ? " " : "", word->text);
  }
  run.caption = cd_pdf_caption_kind (head->str) > 0;
  *next = at;
  return run;
}

/* TRUE where a run beside the caption tells that the page is divided between them. */
static gboolean
is_neighbour (const Run *caption, const Run *run)
{
  float overlap = MIN (caption->bottom, run->bottom) - MAX (caption->top, run->top), height = caption->bottom - caption->top;
  gboolean level = overlap > (run->caption ? -CAPTION_GAP : 0.2f) * height; /* tables side by side need not be of one length */
  gboolean beside = run->left > caption->right || run->right < caption->left;
  gboolean begun = run->left < caption->left || run->first;
  return level && beside && begun && (run->caption || run->characters >= PROSE_CHARACTERS);
}

/* TRUE where nothing of the row stands across the place. */
static gboolean
is_clear (const GArray *placed, const CdPdfZoneRow *row, float place)
{
  const CdPdfPlaced *before = NULL;
  for (guint w = row->start; w < row->end; w++) {
    const CdPdfPlaced *word = word_at (placed, w);
    if (word->word.left >= place)
      return before == NULL || word->apart;
    if (word->word.right > place)
      return FALSE;
    before = word;
  }
  return TRUE;
}

/* The rows around one that a place divides. */
static void
find_band (const GArray *placed, const GArray *rows, guint row, float place, guint *start, guint *end)
{
  for (*start = row; *start > 0 && row - *start < BAND_ROWS; (*start)--) {
    const CdPdfZoneRow *above = row_at (rows, *start - 1);
    const CdPdfWord *upper = &word_at (placed, above->start)->word, *lower = &word_at (placed, row_at (rows, *start)->start)->word;
    if (above->gutter > 0 || !is_clear (placed, above, place) || lower->top - upper->bottom > BAND_GAP * (lower->bottom - lower->top))
      break;
  }
  for (*end = row + 1; *end < rows->len && *end - row < BAND_ROWS; (*end)++) {
    const CdPdfZoneRow *below = row_at (rows, *end);
    const CdPdfWord *upper = &word_at (placed, row_at (rows, *end - 1)->start)->word, *lower = &word_at (placed, below->start)->word;
    if (below->gutter > 0 || !is_clear (placed, below, place) || lower->top - upper->bottom > BAND_GAP * (upper->bottom - upper->top))
      break;
  }
}

/* Divide the rows around a caption at the place between it and its neighbour that reaches furthest. */
static void
divide (const GArray *placed, GArray *rows, guint row, float from, float to)
{
  guint best_start = row, best_end = row;
  float best = 0;
  for (guint i = 1; i < PLACES; i++) {
    float place = from + (to - from) * (float) i / PLACES;
    guint start = row, end = row;
    find_band (placed, rows, row, place, &start, &end);
    if (end - start > best_end - best_start) {
      best_start = start;
      best_end = end;
      best = place;
    }
  }
  for (guint r = best_start; r < best_end; r++)
    row_at (rows, r)->gutter = best;
}

/* Look for a neighbour of the caption among the rows around its own. */
static gboolean
divide_beside (const GArray *placed, GArray *rows, guint row, const Run *caption)
{
  guint from = row > NEIGHBOUR_ROWS ? row - NEIGHBOUR_ROWS : 0, to = MIN (row + NEIGHBOUR_ROWS + 1, rows->len);
  for (guint r = from; r < to; r++) {
    const CdPdfZoneRow *other = row_at (rows, r);
    for (guint w = other->start, next = w; other->gutter <= 0 && w < other->end; w = next) {
      Run run = run_at (placed, other, w, &next);
      if (!is_neighbour (caption, &run))
        continue;
      gboolean behind = run.left > caption->right;
      divide (placed, rows, row, behind ? caption->right : run.right, behind ? run.left : caption->left);
      return TRUE;
    }
  }
  return FALSE;
}

void
cd_pdf_zones_beside (const GArray *placed, GArray *rows)
{
  guint captions = 0;
  for (guint r = 0; r < rows->len && captions < CAPTIONS; r++) {
    const CdPdfZoneRow *row = row_at (rows, r);
    for (guint w = row->start, next = w; row->gutter <= 0 && w < row->end && captions < CAPTIONS; w = next) {
      Run run = run_at (placed, row, w, &next);
      captions += run.caption ? 1 : 0;
      if (run.caption && divide_beside (placed, rows, r, &run))
        break;
    }
  }
}
