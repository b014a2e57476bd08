/* Chooses lines around the places that a reader should see, and takes out what work/addressed.c hears speak. How they are laid out in a question is
 * model-prompt.c's. */
#include "review/excerpt.h"
#include "base/text.h"
#include "work/addressed.h"
#include <string.h>

#define CONTEXT 3u         /* lines before and after a place */
#define LINES_MOST 40u     /* of one excerpt */
#define COLUMNS_MOST 1000u /* characters of a line */
#define BYTES_MOST 24000u  /* of all excerpts: some 8000 tokens */
#define EXCERPTS_MOST 12u
#define MARGIN 4u /* lines around an excerpt that an instruction in it may begin or end in */

typedef struct {
  guint document, low, high;
} Range;

static void
clear_line (gpointer data)
{
  g_free (((CdExcerptLine *) data)->text);
}

static void
free_excerpt (gpointer data)
{
  CdExcerpt *excerpt = data;
  g_free (excerpt->path);
  g_array_unref (excerpt->lines);
  g_free (excerpt);
}

/* --- which lines --- */

/* Ranges that touch are one, at the better one's place. */
static void
add_range (GArray *ranges, Range range)
{
  for (guint i = 0; i < ranges->len; i++) {
    Range *other = &g_array_index (ranges, Range, i);
    if (other->document != range.document || range.low > other->high + 1 || other->low > range.high + 1)
      continue;
    guint low = MIN (other->low, range.low), high = MAX (other->high, range.high);
    if (high - low < LINES_MOST) {
      other->low = low;
      other->high = high;
      return;
    }
    if (range.low >= other->low && range.high <= other->high)
      return;
  }
  if (ranges->len < EXCERPTS_MOST)
    g_array_append_val (ranges, range);
}

static void
add_place (const CdSession *session, GArray *ranges, const CdEvidence *place)
{
  guint length = place->document == G_MAXUINT ? 0 : cd_session_length (session, place->document);
  if (length == 0)
    return;
  guint line = CLAMP (place->line, 1, length), end = CLAMP (place->end, line, length);
  Range range = { place->document, line - MIN (CONTEXT, line - 1), MIN (end + CONTEXT, length) };
  range.high = MIN (range.high, range.low + LINES_MOST - 1);
  add_range (ranges, range);
}

static GArray *
choose (const CdSession *session, guint criterion)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  g_autoptr (GArray) places = cd_session_places (session, criterion);
  for (guint i = 0; i < places->len; i++)
    add_place (session, ranges, &g_array_index (places, CdCandidate, i).evidence);
  return ranges;
}

/* --- what is withheld --- */

/* A text's part that is withheld as a whole: what is written as one. */
static gboolean
is_written_as_one (CdPassageKind kind)
{
  return kind == CD_PASSAGE_HEADING || kind == CD_PASSAGE_PROSE || kind == CD_PASSAGE_TABLE || kind == CD_PASSAGE_CAPTION
         || kind == CD_PASSAGE_COMMENT;
}

/* The first passage in bytes [*from, end); moves *from behind it. NULL where there is none. */
static const CdPassage *
next_passage (const CdDocument *document, gsize *from, gsize end)
{
  const CdPassage *passage = NULL;
  for (; *from < end && passage == NULL; *from = passage != NULL ? MAX (passage->end, *from + 1) : *from + 1)
    passage = cd_document_passage_at (document, *from);
  return passage;
}

/* Whether a page made of the document shows nothing of a line: it is markup or a comment. */
static gboolean
is_off_page (const CdDocument *document, guint line)
{
  gsize start, end;
  if ((document->kind != CD_DOCUMENT_MARKDOWN && document->kind != CD_DOCUMENT_HTML)
      || !cd_lines_range (document->lines, document->text, document->length, line, &start, &end))
    return FALSE;
  return end > start && next_passage (document, &start, end) == NULL;
}

/* The lines of the paragraph around a passage. */
static void
spread (const CdDocument *document, guint index, guint *low, guint *high)
{
  const GArray *passages = document->passages;
  const CdPassage *middle = &g_array_index (passages, CdPassage, index);
  *low = MIN (*low, middle->line);
  *high = MAX (*high, middle->end_line);
  if (!is_written_as_one (middle->kind))
    return;
  for (guint i = index; i > 0 && g_array_index (passages, CdPassage, i - 1).paragraph == middle->paragraph; i--)
    *low = MIN (*low, g_array_index (passages, CdPassage, i - 1).line);
  for (guint i = index + 1; i < passages->len && g_array_index (passages, CdPassage, i).paragraph == middle->paragraph; i++)
    *high = MAX (*high, g_array_index (passages, CdPassage, i).end_line);
}

/* Marks [low, high] of the lines from first on. */
static void
mark (gboolean *speaks, guint first, guint length, guint low, guint high)
{
  for (guint line = MAX (low, first); line <= high && line - first < length; line++)
    speaks[line - first] = TRUE;
}

/* Lines first … first + length - 1 of a document that speak to whoever reads, with what is written as one with them. The text around is listened to as well: an
 * instruction may begin above. Caller frees. */
static gboolean *
hear (const CdAudit *audit, CdDocument *document, guint first, guint length)
{
  gboolean *speaks = g_new0 (gboolean, length);
  guint all = document->lines->starts->len, from = first - MIN (MARGIN, first - 1), to = MIN (first + length - 1 + MARGIN, all);
  g_autoptr (GArray) lines = cd_addressed_lines (audit->signals, document, from, to);
  for (guint i = 0; i < lines->len; i++) {
    guint line = g_array_index (lines, guint, i), low = line, high = line;
    gsize line_start, line_end;
    if (!cd_lines_range (document->lines, document->text, document->length, line, &line_start, &line_end))
      continue;
    const CdPassage *passages = (const CdPassage *) (const void *) document->passages->data;
    for (const CdPassage *passage; (passage = next_passage (document, &line_start, line_end)) != NULL;)
      spread (document, (guint) (passage - passages), &low, &high);
    mark (speaks, first, length, MIN (low, line - MIN (line - 1, 1)), high);
  }
  return speaks;
}

/* --- excerpts --- */

static char *
cut (const char *line)
{
  if (g_utf8_strlen (line, -1) <= COLUMNS_MOST)
    return g_strdup (line);
  g_autofree char *head = g_utf8_substring (line, 0, COLUMNS_MOST);
  return g_strconcat (head, " […]", NULL);
}

static void
add_lines (const CdSession *session, CdExcerpt *excerpt, guint low, guint high)
{
  const CdAudit *audit = cd_session_audit (session);
  guint first = 0;
  g_auto (GStrv) texts = cd_session_lines (session, excerpt->document, low, high, 0, &first);
  guint length = texts == NULL ? 0 : g_strv_length (texts);
  if (length == 0)
    return;
  CdDocument *document = audit->corpus->documents->pdata[excerpt->document];
  g_autofree gboolean *speaks = hear (audit, document, first, length);
  for (guint i = 0; i < length; i++) {
    gboolean page = !speaks[i] && is_off_page (document, first + i);
    CdExcerptLine line = { first + i, speaks[i] || page ? NULL : cut (texts[i]), page };
    g_array_append_val (excerpt->lines, line);
    excerpt->withheld += speaks[i] ? 1 : 0;
  }
}

/* The line of the heading above a line; 0 none. */
static guint
heading_above (const CdDocument *document, guint line)
{
  guint heading = 0;
  for (guint i = 0; i < document->sections->len; i++) {
    const CdSection *section = document->sections->pdata[i];
    if (section->line < line)
      heading = MAX (heading, section->line);
  }
  return heading;
}

static gsize
bytes_of (const CdExcerpt *excerpt)
{
  gsize bytes = strlen (excerpt->path);
  for (guint i = 0; i < excerpt->lines->len; i++) {
    const char *text = g_array_index (excerpt->lines, CdExcerptLine, i).text;
    bytes += text != NULL ? strlen (text) : 0;
  }
  return bytes;
}

/* NULL where the path itself speaks. */
static CdExcerpt *
excerpt_new (const CdSession *session, const Range *range)
{
  const CdAudit *audit = cd_session_audit (session);
  const CdDocument *document = audit->corpus->documents->pdata[range->document];
  if (cd_addressed_path (audit->signals, document->path))
    return NULL;
  CdExcerpt *excerpt = g_new0 (CdExcerpt, 1);
  excerpt->document = range->document;
  excerpt->path = cd_text_printable (document->path);
  excerpt->lines = g_array_new (FALSE, FALSE, sizeof (CdExcerptLine));
  g_array_set_clear_func (excerpt->lines, clear_line);
  guint heading = heading_above (document, range->low);
  if (heading > 0)
    add_lines (session, excerpt, heading, heading);
  add_lines (session, excerpt, range->low, range->high);
  return excerpt;
}

GPtrArray *
cd_excerpts_gather (const CdSession *session, guint criterion)
{
  GPtrArray *excerpts = g_ptr_array_new_with_free_func (free_excerpt);
  g_autoptr (GArray) ranges = choose (session, criterion);
  gsize bytes = 0;
  for (guint i = 0; i < ranges->len && bytes < BYTES_MOST; i++) {
    CdExcerpt *excerpt = excerpt_new (session, &g_array_index (ranges, Range, i));
    if (excerpt == NULL)
      continue;
    bytes += bytes_of (excerpt);
    if (excerpts->len > 0 && bytes > BYTES_MOST)
      free_excerpt (excerpt);
    else
      g_ptr_array_add (excerpts, excerpt);
  }
  return excerpts;
}

const CdExcerpt *
cd_excerpts_find (const GPtrArray *excerpts, const char *path, guint line, guint *index)
{
  for (guint i = 0; i < excerpts->len; i++) {
    const CdExcerpt *excerpt = excerpts->pdata[i];
    for (guint k = 0; strcmp (excerpt->path, path) == 0 && k < excerpt->lines->len; k++)
      if (g_array_index (excerpt->lines, CdExcerptLine, k).number == line) {
        *index = k;
        return excerpt;
      }
  }
  return NULL;
}
