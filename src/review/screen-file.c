/* A file's lines, made harmless and wrapped one by one when they are looked at: a line may be a megabyte long, and a file may have a million of them. */
#include "review/screen-file.h"
#include "base/credentials.h"
#include <string.h>

#define CACHED_BYTES (8u * 1024u * 1024u) /* of lines as shown; more are made anew */
#define CONTEXT 3u                        /* the line that is opened stands this part of the screen from its top */

typedef struct {
  gsize start, end;
} Range;

typedef struct {
  char *text;
  GArray *rows; /* guint offsets (cd_screen_wrap) */
} Laid;

/* A row of a line. */
typedef struct {
  guint line, row;
} Place;

struct _CdFileView {
  const CdDocument *document;
  guint index, height, columns;
  gboolean unicode, opened;
  GArray *credentials; /* Range */
  GHashTable *laid;    /* line → Laid */
  gsize laid_bytes;
  Place top, cursor;
  char *sought;
  gunichar *needle;
  guint needle_length;
  gsize found, found_end; /* bytes of the cursor's line as shown; equal: nothing */
  guint found_line;
};

static void
laid_free (gpointer data)
{
  Laid *laid = data;
  g_free (laid->text);
  g_array_unref (laid->rows);
  g_free (laid);
}

/* In one go over the file: a key may take several lines. */
static GArray *
find_credentials (const CdDocument *document)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Range));
  Range range = { 0 };
  while (cd_credential_find (document->text, document->length, range.end, &range.start, &range.end)) {
    g_array_append_val (found, range);
    if (range.end <= range.start)
      break;
  }
  return found;
}

CdFileView *
cd_file_view_new (const CdDocument *document, guint index, guint line, gboolean unicode)
{
  CdFileView *view = g_new0 (CdFileView, 1);
  view->document = document;
  view->index = index;
  view->unicode = unicode;
  view->credentials = find_credentials (document);
  view->laid = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, laid_free);
  view->columns = 80;
  view->height = 1;
  view->cursor.line = CLAMP (line, 1, MAX (document->lines->starts->len, 1));
  view->top.line = 1;
  return view;
}

void
cd_file_view_free (CdFileView *view)
{
  if (view == NULL)
    return;
  g_array_unref (view->credentials);
  g_hash_table_unref (view->laid);
  g_free (view->sought);
  g_free (view->needle);
  g_free (view);
}

const CdDocument *
cd_file_view_document (const CdFileView *view)
{
  return view->document;
}

guint
cd_file_view_index (const CdFileView *view)
{
  return view->index;
}

guint
cd_file_view_line (const CdFileView *view)
{
  return view->cursor.line;
}

const char *
cd_file_view_sought (const CdFileView *view)
{
  return view->sought != NULL ? view->sought : "";
}

char *
cd_file_view_nothing (const CdFileView *view)
{
  const CdDocument *document = view->document;
  if (document->length > 0)
    return NULL;
  if (document->unread != NULL)
    return g_strdup_printf ("Not read: %s.", document->unread);
  if (document->size == 0)
    return g_strdup ("The file is empty.");
  return g_strdup_printf ("Nothing to read: %s, %" G_GINT64_FORMAT " bytes.", cd_document_kind_name (document->kind), document->size);
}

/* --- lines as shown --- */

static guint
line_count (const CdFileView *view)
{
  return view->document->lines->starts->len;
}

/* The first credential that ends behind a place. */
static guint
credential_behind (const CdFileView *view, gsize place)
{
  guint low = 0, high = view->credentials->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (view->credentials, Range, middle).end <= place)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static char *
line_text (const CdFileView *view, guint line)
{
  const CdDocument *document = view->document;
  gsize start = 0, end = 0;
  if (!cd_lines_range (document->lines, document->text, document->length, line, &start, &end))
    return g_strdup ("");
  g_autoptr (GString) masked = g_string_sized_new (end - start + 16);
  gsize at = start;
  for (guint i = credential_behind (view, start); i < view->credentials->len; i++) {
    const Range *range = &g_array_index (view->credentials, Range, i);
    if (range->start >= end)
      break;
    if (range->start > at)
      g_string_append_len (masked, document->text + at, (gssize) (range->start - at));
    g_string_append (masked, CD_CREDENTIAL_MASK);
    at = MIN (range->end, end);
  }
  g_string_append_len (masked, document->text + at, (gssize) (end - at));
  return cd_screen_clean (masked->str, masked->len, view->unicode);
}

/* Borrowed until the next call. */
static const Laid *
lay (CdFileView *view, guint line)
{
  Laid *laid = g_hash_table_lookup (view->laid, GUINT_TO_POINTER (line));
  if (laid != NULL)
    return laid;
  if (view->laid_bytes > CACHED_BYTES) {
    g_hash_table_remove_all (view->laid);
    view->laid_bytes = 0;
  }
  laid = g_new0 (Laid, 1);
  laid->text = line_text (view, line);
  laid->rows = cd_screen_wrap (laid->text, view->columns, TRUE);
  view->laid_bytes += strlen (laid->text) + laid->rows->len * sizeof (guint) + sizeof *laid;
  g_hash_table_insert (view->laid, GUINT_TO_POINTER (line), laid);
  return laid;
}

static guint
row_start (const Laid *laid, guint row)
{
  return g_array_index (laid->rows, guint, row);
}

static guint
row_at (const Laid *laid, gsize offset)
{
  guint row = 0;
  while (row + 1 < laid->rows->len && row_start (laid, row + 1) <= offset)
    row++;
  return row;
}

/* --- moves --- */

static gboolean
is_before (Place a, Place b)
{
  return a.line < b.line || (a.line == b.line && a.row < b.row);
}

/* Some rows on, or back; as far as the file goes. */
static Place
step (CdFileView *view, Place from, gint64 rows)
{
  while (rows > 0) {
    guint last = lay (view, from.line)->rows->len - 1;
    if (from.row + rows <= last)
      return (Place){ from.line, from.row + (guint) rows };
    if (from.line >= line_count (view))
      return (Place){ from.line, last };
    rows -= last - from.row + 1;
    from = (Place){ from.line + 1, 0 };
  }
  while (rows < 0) {
    if (from.row + rows >= 0)
      return (Place){ from.line, (guint) (from.row + rows) };
    if (from.line <= 1)
      return (Place){ 1, 0 };
    rows += from.row + 1;
    from.line--;
    from.row = lay (view, from.line)->rows->len - 1;
  }
  return from;
}

static Place
last_place (CdFileView *view)
{
  guint line = MAX (line_count (view), 1);
  return (Place){ line, lay (view, line)->rows->len - 1 };
}

/* The cursor on the screen, and no more blank rows below the file than there must be. */
static void
follow (CdFileView *view)
{
  gint64 height = MAX (view->height, 1);
  if (!view->opened) {
    view->opened = TRUE;
    view->top = step (view, view->cursor, -(height / CONTEXT));
  }
  if (is_before (view->cursor, view->top))
    view->top = view->cursor;
  Place lowest = step (view, view->cursor, 1 - height), bottom = step (view, last_place (view), 1 - height);
  if (is_before (view->top, lowest))
    view->top = lowest;
  if (is_before (bottom, view->top))
    view->top = bottom;
}

static void
page (CdFileView *view, gint direction)
{
  gint64 rows = direction * (gint64) MAX (view->height > 2 ? view->height - 1 : 1, 1);
  view->top = step (view, view->top, rows);
  view->cursor = step (view, view->cursor, rows);
}

gboolean
cd_file_view_key (CdFileView *view, const CdKey *key)
{
  gunichar c = cd_key_command (key);
  if (c == 'j' || cd_key_is (key, CD_NAME_DOWN))
    view->cursor = step (view, view->cursor, 1);
  else if (c == 'k' || cd_key_is (key, CD_NAME_UP))
    view->cursor = step (view, view->cursor, -1);
  else if (c == ' ' || cd_key_is (key, CD_NAME_PAGE_DOWN))
    page (view, 1);
  else if (c == 'b' || cd_key_is (key, CD_NAME_PAGE_UP))
    page (view, -1);
  else if (c == 'g' || cd_key_is (key, CD_NAME_HOME))
    view->cursor = (Place){ 1, 0 };
  else if (c == 'G' || cd_key_is (key, CD_NAME_END))
    view->cursor = last_place (view);
  else
    return FALSE;
  return TRUE;
}

/* --- the search --- */

/* The last place before `before` where the needle stands in a line; -1 nowhere. */
static gssize
find_last (const CdFileView *view, const char *text, gsize before, gsize *end)
{
  gssize last = -1;
  gsize behind = 0;
  for (gssize at = cd_screen_find (text, 0, view->needle, view->needle_length, &behind); at >= 0 && (gsize) at < before;
       at = cd_screen_find (text, behind, view->needle, view->needle_length, &behind)) {
    last = at;
    *end = behind;
  }
  return last;
}

static gboolean
look_in (CdFileView *view, guint line, gsize from, gboolean backwards)
{
  g_autofree char *text = line_text (view, line);
  gsize end = 0;
  gssize at = backwards ? find_last (view, text, from, &end) : cd_screen_find (text, from, view->needle, view->needle_length, &end);
  if (at < 0)
    return FALSE;
  view->found = (gsize) at;
  view->found_end = end;
  view->found_line = line;
  view->cursor = (Place){ line, row_at (lay (view, line), (gsize) at) };
  return TRUE;
}

gboolean
cd_file_view_search (CdFileView *view, const char *text, gboolean backwards, gboolean *around)
{
  if (text != NULL) {
    g_free (view->sought);
    g_free (view->needle);
    view->sought = g_strdup (text);
    view->needle = cd_screen_needle (text, &view->needle_length);
    view->found_end = view->found = 0;
  }
  *around = FALSE;
  if (view->needle_length == 0)
    return FALSE;
  gboolean again = view->found_line == view->cursor.line && view->found_end > view->found;
  gsize from = again ? (backwards ? view->found : view->found_end) : row_start (lay (view, view->cursor.line), view->cursor.row);
  guint count = line_count (view), line = view->cursor.line;
  /* The line it began in comes once more at the end, then as a whole. */
  for (guint i = 0; i <= count; i++) {
    if (look_in (view, line, from, backwards))
      return TRUE;
    gboolean turn = backwards ? line == 1 : line == count;
    line = turn ? (backwards ? count : 1) : backwards ? line - 1 : line + 1;
    *around = *around || turn;
    from = backwards ? G_MAXSIZE : 0;
  }
  return FALSE;
}

/* --- drawing --- */

static guint
digits_of (guint number)
{
  guint digits = 1;
  for (; number >= 10; number /= 10)
    digits++;
  return digits;
}

/* The cursor stays at its text when rows get longer or shorter. */
static void
fit_columns (CdFileView *view, guint columns)
{
  if (columns == view->columns)
    return;
  Place *places[] = { &view->cursor, &view->top };
  guint offsets[G_N_ELEMENTS (places)];
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    offsets[i] = row_start (lay (view, places[i]->line), places[i]->row);
  g_hash_table_remove_all (view->laid);
  view->laid_bytes = 0;
  view->columns = columns;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    places[i]->row = row_at (lay (view, places[i]->line), offsets[i]);
}

/* What was found, over the row that was drawn. */
static void
draw_found (const CdFileView *view, CdTty *tty, int at, int left, const char *row, gsize start)
{
  gsize end = start + strlen (row), from = MAX (view->found, start), to = MIN (view->found_end, end);
  if (from >= to)
    return;
  g_autofree char *before = g_strndup (row, from - start);
  g_autofree char *found = g_strndup (row + (from - start), to - from);
  cd_tty_put (tty, at, left + (int) cd_text_columns (before), (guint) view->columns, found, CD_INK_FOUND);
}

static void
draw_row (CdFileView *view, CdTty *tty, CdArea row, Place place, gboolean marked, CdInk ink)
{
  const Laid *laid = lay (view, place.line);
  guint digits = digits_of (line_count (view)), start = row_start (laid, place.row);
  gsize end = place.row + 1 < laid->rows->len ? row_start (laid, place.row + 1) : strlen (laid->text);
  g_autofree char *text = g_strndup (laid->text + start, end - start);
  const char *mark = !marked ? " " : view->unicode ? "●" : "*";
  g_autofree char *lead
      = place.row == 0 ? g_strdup_printf ("%s%*u ", mark, (int) digits, place.line) : g_strdup_printf ("%s%*s ", mark, (int) digits, "");
  guint before = cd_tty_put (tty, row.top, row.left, (guint) row.width, lead, marked ? CD_INK_GOOD : CD_INK_FAINT);
  if (ink == CD_INK_CHOSEN)
    cd_tty_fill (tty, row.top, row.left + (int) before, view->columns, text, ink);
  else
    cd_tty_put (tty, row.top, row.left + (int) before, view->columns, text, ink);
  if (view->found_line == place.line)
    draw_found (view, tty, row.top, row.left + (int) before, text, start);
}

void
cd_file_view_draw (CdFileView *view, CdTty *tty, CdArea area, const GArray *marked, const GArray *shown, gboolean cursor)
{
  guint gutter = digits_of (line_count (view)) + 2;
  if (area.height <= 0 || area.width <= (int) gutter)
    return;
  g_autofree char *nothing = cd_file_view_nothing (view);
  if (nothing != NULL) {
    g_autofree char *clean = cd_screen_clean (nothing, strlen (nothing), view->unicode);
    cd_tty_put (tty, area.top, area.left, (guint) area.width, clean, CD_INK_FAIR);
    return;
  }
  fit_columns (view, (guint) area.width - gutter);
  view->height = (guint) area.height;
  follow (view);
  Place place = view->top, last = last_place (view);
  for (int i = 0; i < area.height; i++) {
    CdArea row = { .top = area.top + i, .left = area.left, .height = 1, .width = area.width };
    gboolean here = cursor && place.line == view->cursor.line && place.row == view->cursor.row;
    CdInk ink = here ? CD_INK_CHOSEN : cd_spans_hold (shown, view->index, place.line) ? CD_INK_DECIDES : CD_INK_PLAIN;
    draw_row (view, tty, row, place, cd_spans_hold (marked, view->index, place.line), ink);
    if (!is_before (place, last))
      break;
    place = step (view, place, 1);
  }
}
