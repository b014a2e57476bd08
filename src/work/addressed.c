/* Hits of the signals "reader.…" in every file's text as it stands, without what nobody sees in it, and out of base64; then which of them, at their
 * places, are worth a line in a report. */
#include "work/addressed.h"
#include "base/hidden.h"
#include <string.h>

#define FILE_BYTES (4u << 20)
#define DATA_BYTES (256u << 10) /* of a data file; the rest is records like the first ones */
#define ALL_BYTES (64u << 20)
#define PLACES_MOST 100u
#define NEAR_LINES 3u    /* between who is spoken to and what is asked of them */
#define SPOKEN_MOST 512u /* hits of one document */

/* What the first word of a signal's name says (see readers.yaml). */
typedef enum { SPEECH_ORDER, SPEECH_CALL, SPEECH_DEMAND, SPEECH_VALUE, SPEECH_TEMPLATE, SPEECH_FORGED } Speech;
static const char *const speeches[] = { "order", "call", "demand", "value", "template", "forged" };

typedef struct {
  const CdSignal *signal;
  Speech speech;
  gsize at; /* a byte of it */
  guint32 line;
  gboolean covered;         /* not to be seen as it stands in the text */
  const CdPassage *passage; /* NULL outside all of them, and where covered */
} Spoken;

typedef struct {
  const CdSignals *signals;
  const char *text;
  gsize length;
  const CdLines *lines;
  GArray *spoken; /* Spoken */
} Listening;

static Speech
speech_of (const CdSignal *signal)
{
  const char *word = signal->id + strlen (CD_READER_PREFIX);
  for (guint i = 0; i < G_N_ELEMENTS (speeches); i++)
    if (g_str_has_prefix (word, speeches[i]))
      return (Speech) i;
  return SPEECH_FORGED;
}

static void
add (Listening *listening, guint signal, gsize at, guint32 line, gboolean covered)
{
  const CdSignal *what = cd_signals_at (listening->signals, signal);
  Spoken spoken = { .signal = what, .speech = speech_of (what), .at = at, .line = line, .covered = covered };
  if (listening->spoken->len < SPOKEN_MOST)
    g_array_append_val (listening->spoken, spoken);
}

static void
listen_openly (Listening *listening)
{
  g_autoptr (GArray) hits = cd_signals_scan_text (listening->signals, listening->text, listening->length);
  for (guint i = 0; i < hits->len; i++) {
    const CdTextHit *hit = &g_array_index (hits, CdTextHit, i);
    gsize at = hit->end > 0 ? hit->end - 1 : 0;
    add (listening, hit->signal, at, cd_lines_at (listening->lines, at), FALSE);
  }
}

static gboolean
is_known (const Listening *listening, guint signal, guint32 line, guint known)
{
  const CdSignal *what = cd_signals_at (listening->signals, signal);
  for (guint i = 0; i < known; i++) {
    const Spoken *spoken = &g_array_index (listening->spoken, Spoken, i);
    if (spoken->signal == what && spoken->line == line)
      return TRUE;
  }
  return FALSE;
}

/* What invisible characters stood in the way of. Lines of the copy are those of the text. */
static void
listen_through (Listening *listening)
{
  gsize length = 0;
  g_autofree char *text = cd_hidden_uncover (listening->text, listening->length, &length);
  if (text == NULL)
    return;
  guint known = listening->spoken->len;
  g_autoptr (CdLines) lines = cd_lines_new (text, length);
  g_autoptr (GArray) hits = cd_signals_scan_text (listening->signals, text, length);
  for (guint i = 0; i < hits->len; i++) {
    const CdTextHit *hit = &g_array_index (hits, CdTextHit, i);
    guint32 line = cd_lines_at (lines, hit->end > 0 ? hit->end - 1 : 0);
    if (!is_known (listening, hit->signal, line, known))
      add (listening, hit->signal, 0, line, TRUE);
  }
}

static void
listen_decoding (Listening *listening)
{
  gsize from = 0, start = 0;
  for (char *prose; (prose = cd_hidden_decode (listening->text, listening->length, &from, &start)) != NULL; g_free (prose)) {
    g_autoptr (GArray) hits = cd_signals_scan_text (listening->signals, prose, strlen (prose));
    for (guint i = 0; i < hits->len; i++)
      add (listening, g_array_index (hits, CdTextHit, i).signal, start, cd_lines_at (listening->lines, start), TRUE);
  }
}

static GArray *
hear (const CdSignals *signals, const char *text, gsize length, const CdLines *lines, gboolean decode)
{
  GArray *spoken = g_array_new (FALSE, FALSE, sizeof (Spoken));
  Listening listening = { signals, text, length, lines, spoken };
  listen_openly (&listening);
  listen_through (&listening);
  if (decode)
    listen_decoding (&listening);
  return spoken;
}

/* alone: only what speaks for itself. */
static gboolean
path_speaks (const CdSignals *signals, const char *path, gboolean alone)
{
  g_autofree char *words = g_strdup (path);
  g_strdelimit (words, "-_./+", ' ');
  g_autoptr (CdLines) lines = cd_lines_new (words, strlen (words));
  g_autoptr (GArray) spoken = hear (signals, words, strlen (words), lines, FALSE);
  for (guint i = 0; i < spoken->len; i++)
    if (!alone || g_array_index (spoken, Spoken, i).speech == SPEECH_ORDER)
      return TRUE;
  return FALSE;
}

/* --- what is reported --- */

static gboolean
is_prose (CdDocumentKind kind)
{
  return kind == CD_DOCUMENT_MARKDOWN || kind == CD_DOCUMENT_HTML || kind == CD_DOCUMENT_RST || kind == CD_DOCUMENT_LATEX || kind == CD_DOCUMENT_PDF;
}

/* Whether the place is one at which the signal is reported. Between the passages of a document for readers stands what these are not shown. */
static gboolean
counts (const CdDocument *document, const Spoken *spoken)
{
  if (spoken->covered)
    return TRUE;
  const CdPassage *passage = spoken->passage;
  if (passage == NULL)
    return is_prose (document->kind) && (spoken->signal->where & 1u << CD_PASSAGE_PROSE) != 0;
  return (spoken->signal->where & 1u << passage->kind) != 0 && (spoken->signal->unless & passage->flags) == 0;
}

/* A demand that somebody near it is called to. */
static gboolean
is_pair (const Spoken *a, const Spoken *b)
{
  gboolean who = a->speech == SPEECH_CALL || a->speech == SPEECH_TEMPLATE;
  gboolean what = b->speech == SPEECH_DEMAND || b->speech == SPEECH_VALUE;
  return who && what && (a->line > b->line ? a->line - b->line : b->line - a->line) <= NEAR_LINES;
}

static gboolean
is_hidden (const CdDocument *document, const Spoken *spoken)
{
  return spoken->covered || (spoken->passage == NULL && is_prose (document->kind));
}

static int
compare_lines (const void *a, const void *b)
{
  const Spoken *left = a, *right = b;
  return left->line != right->line ? (left->line < right->line ? -1 : 1) : strcmp (left->signal->id, right->signal->id);
}

/* Whether the other half of a pair stands near the one at index; where document is given, at a place at which it is reported. spoken: by line. */
static gboolean
has_counterpart (const GArray *spoken, guint index, const CdDocument *document)
{
  const Spoken *one = &g_array_index (spoken, Spoken, index);
  guint first = index, last = index;
  while (first > 0 && one->line - g_array_index (spoken, Spoken, first - 1).line <= NEAR_LINES)
    first--;
  while (last + 1 < spoken->len && g_array_index (spoken, Spoken, last + 1).line - one->line <= NEAR_LINES)
    last++;
  for (guint i = first; i <= last; i++) {
    const Spoken *other = &g_array_index (spoken, Spoken, i);
    if ((is_pair (one, other) || is_pair (other, one)) && (document == NULL || counts (document, other)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_reported (const CdDocument *document, const GArray *spoken, guint index)
{
  const Spoken *one = &g_array_index (spoken, Spoken, index);
  if (!counts (document, one))
    return FALSE;
  if (one->speech == SPEECH_ORDER || (one->speech == SPEECH_CALL && is_hidden (document, one)))
    return TRUE;
  return has_counterpart (spoken, index, document);
}

/* Lines next to each other are one place. */
static void
add_place (GArray *places, guint document, guint32 line)
{
  CdPlace *last = places->len == 0 ? NULL : &g_array_index (places, CdPlace, places->len - 1);
  if (last != NULL && last->document == document && last->line > 0 && line <= last->end + 1)
    last->end = MAX (last->end, line);
  else if (places->len < PLACES_MOST) {
    CdPlace place = { document, line, line };
    g_array_append_val (places, place);
  }
}

/* Each at its passage, by line. base: of the text that was listened to in the document's. */
static void
place (GArray *spoken, CdDocument *document, gsize base)
{
  for (guint i = 0; i < spoken->len; i++) {
    Spoken *one = &g_array_index (spoken, Spoken, i);
    one->passage = one->covered ? NULL : cd_document_passage_at (document, base + one->at);
  }
  g_array_sort (spoken, compare_lines);
}

static gboolean
is_read (const CdScope *scope, const CdDocument *document, guint index)
{
  return document->length > 0 && cd_scope_is_own (scope, index);
}

void
cd_addressed_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals)
{
  work->addressed = g_array_new (FALSE, FALSE, sizeof (CdPlace));
  gsize left = ALL_BYTES;
  for (guint i = 0; i < corpus->documents->len && left > 0; i++) {
    CdDocument *document = corpus->documents->pdata[i];
    if (cd_scope_is_own (scope, i) && path_speaks (signals, document->path, TRUE))
      add_place (work->addressed, i, 0);
    if (!is_read (scope, document, i))
      continue;
    gsize length = MIN (document->length, document->kind == CD_DOCUMENT_DATA ? DATA_BYTES : FILE_BYTES);
    length = MIN (length, left);
    left -= length;
    g_autoptr (GArray) spoken = hear (signals, document->text, length, document->lines, is_prose (document->kind));
    place (spoken, document, 0);
    for (guint k = 0; k < spoken->len; k++)
      if (is_reported (document, spoken, k))
        add_place (work->addressed, i, g_array_index (spoken, Spoken, k).line);
  }
}

/* --- what is not shown to a model --- */

/* In what programs read, much is said that is no speech. */
static gboolean
is_loud (const GArray *spoken, guint index)
{
  const guint program = 1u << CD_PASSAGE_CODE | 1u << CD_PASSAGE_COMMAND | 1u << CD_PASSAGE_CONFIG | 1u << CD_PASSAGE_DATA | 1u << CD_PASSAGE_BIBTEX;
  const Spoken *one = &g_array_index (spoken, Spoken, index);
  guint kind = one->passage != NULL ? 1u << one->passage->kind : 0;
  if ((one->speech == SPEECH_VALUE || one->speech == SPEECH_TEMPLATE) && (kind & 1u << CD_PASSAGE_COMMENT) != 0)
    return has_counterpart (spoken, index, NULL);
  if (one->covered || (kind & program) == 0)
    return TRUE;
  return one->speech == SPEECH_ORDER || one->speech == SPEECH_DEMAND || one->speech == SPEECH_FORGED || has_counterpart (spoken, index, NULL);
}

GArray *
cd_addressed_lines (const CdSignals *signals, CdDocument *document, guint low, guint high)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize start, end, unused;
  if (!cd_lines_range (document->lines, document->text, document->length, low, &start, &unused)
      || !cd_lines_range (document->lines, document->text, document->length, high, &unused, &end))
    return found;
  g_autoptr (CdLines) lines = cd_lines_new (document->text + start, end - start);
  g_autoptr (GArray) spoken = hear (signals, document->text + start, end - start, lines, TRUE);
  place (spoken, document, start);
  for (guint i = 0; i < spoken->len; i++) {
    guint line = g_array_index (spoken, Spoken, i).line + low - 1;
    if (is_loud (spoken, i) && (found->len == 0 || g_array_index (found, guint, found->len - 1) != line))
      g_array_append_val (found, line);
  }
  return found;
}

gboolean
cd_addressed_path (const CdSignals *signals, const char *path)
{
  return path_speaks (signals, path, FALSE);
}
