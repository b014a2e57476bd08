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
#define NEAR_BYTES 600u  /* the same within lines that are long: a whole text may stand on one */
#define SPOKEN_MOST 512u /* hits of one document */

/* What the first word of a signal's name says (see readers.yaml). */
typedef enum {
  SPEECH_ORDER,
  SPEECH_JUDGE,
  SPEECH_INSIST,
  SPEECH_URGE,
  SPEECH_CALL,
  SPEECH_TEMPLATE,
  SPEECH_CHOICE,
  SPEECH_DEMAND,
  SPEECH_VALUE,
  SPEECH_FORGED
} Speech;
static const char *const speeches[] = { "order", "judge", "insist", "urge", "call", "template", "choice", "demand", "value", "forged" };
#define ONE_OF(speech, set) ((1u << (speech) & (set)) != 0)
#define WHO (1u << SPEECH_JUDGE | 1u << SPEECH_URGE | 1u << SPEECH_CALL | 1u << SPEECH_TEMPLATE) /* insisted towards: a word to us */

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

/* --- what is reported --- */

static gboolean
is_prose (CdDocumentKind kind)
{
  return kind == CD_DOCUMENT_MARKDOWN || kind == CD_DOCUMENT_HTML || kind == CD_DOCUMENT_RST || kind == CD_DOCUMENT_LATEX || kind == CD_DOCUMENT_PDF;
}

/* Files that hold what models are given or gave, and no words to whoever opens the repository: data, plain text other than a README, prompts. A judge of
 * answers is spoken to in them, rightly. */
static gboolean
holds_data (const CdDocument *document)
{
  if (document->kind == CD_DOCUMENT_DATA || document->kind == CD_DOCUMENT_JSON)
    return TRUE;
  g_autofree char *path = g_ascii_strdown (document->path, -1), *base = g_path_get_basename (path);
  return strstr (path, "prompt") != NULL || (document->kind == CD_DOCUMENT_TEXT && !g_str_has_prefix (base, "readme"));
}

/* Whether the place is one at which the signal is reported. Between the passages of a document for readers stands what these are not shown. */
static gboolean
counts (const CdDocument *document, const Spoken *spoken)
{
  const CdPassage *passage = spoken->passage;
  guint where = spoken->signal->where;
  if (holds_data (document))
    return (where & 1u << CD_PASSAGE_DATA) != 0;
  if (spoken->covered)
    return TRUE;
  if (passage == NULL)
    return is_prose (document->kind) && (where & 1u << CD_PASSAGE_PROSE) != 0;
  return (where & 1u << passage->kind) != 0 && (spoken->signal->unless & passage->flags) == 0;
}

static gboolean
is_near (const Spoken *a, const Spoken *b)
{
  gsize bytes = a->at > b->at ? a->at - b->at : b->at - a->at;
  guint32 lines = a->line > b->line ? a->line - b->line : b->line - a->line;
  return lines <= NEAR_LINES && (a->covered || b->covered || bytes <= NEAR_BYTES);
}

/* A demand that somebody near it is called to. */
static gboolean
is_pair (const Spoken *a, const Spoken *b)
{
  return (a->speech == SPEECH_CALL || a->speech == SPEECH_TEMPLATE) && (b->speech == SPEECH_DEMAND || b->speech == SPEECH_VALUE);
}

/* An answer that whoever judges is to give in any case. */
static gboolean
is_told (const Spoken *a, const Spoken *b)
{
  return ONE_OF (a->speech, WHO) && b->speech == SPEECH_INSIST;
}

static gboolean
is_hidden (const CdDocument *document, const Spoken *spoken)
{
  return !holds_data (document) && (spoken->covered || (spoken->passage == NULL && is_prose (document->kind)));
}

static int
compare_lines (const void *a, const void *b)
{
  const Spoken *left = a, *right = b;
  return left->line != right->line ? (left->line < right->line ? -1 : 1) : strcmp (left->signal->id, right->signal->id);
}

/* Those that stand within NEAR_LINES of the one at index: [*first, *last]. spoken: by line. */
static void
find_near (const GArray *spoken, guint index, guint *first, guint *last)
{
  const Spoken *one = &g_array_index (spoken, Spoken, index);
  *first = *last = index;
  while (*first > 0 && one->line - g_array_index (spoken, Spoken, *first - 1).line <= NEAR_LINES)
    (*first)--;
  while (*last + 1 < spoken->len && g_array_index (spoken, Spoken, *last + 1).line - one->line <= NEAR_LINES)
    (*last)++;
}

/* Whether the other half of a pair stands near the one at index. */
static gboolean
has_counterpart (const GArray *spoken, guint index)
{
  const Spoken *one = &g_array_index (spoken, Spoken, index);
  guint first, last;
  find_near (spoken, index, &first, &last);
  for (guint i = first; i <= last; i++) {
    const Spoken *other = &g_array_index (spoken, Spoken, i);
    if (is_pair (one, other) || is_pair (other, one))
      return TRUE;
  }
  return FALSE;
}

/* Lines of data are records of their own. */
static gboolean
may_pair (const CdDocument *document, const Spoken *a, const Spoken *b)
{
  return counts (document, b) && (a->line == b->line || !holds_data (document));
}

static gboolean
is_open (const GArray *spoken, const Spoken *insisting, guint first, guint last)
{
  for (guint i = first; i <= last; i++) {
    const Spoken *other = &g_array_index (spoken, Spoken, i);
    if (other->speech == SPEECH_CHOICE && is_near (insisting, other))
      return TRUE;
  }
  return FALSE;
}

/* The same of an insistence and whom it is for; where document is given, at places at which they are reported. */
static gboolean
is_told_near (const CdDocument *document, const GArray *spoken, guint index)
{
  const Spoken *one = &g_array_index (spoken, Spoken, index);
  guint first, last;
  find_near (spoken, index, &first, &last);
  for (guint i = first; i <= last; i++) {
    const Spoken *other = &g_array_index (spoken, Spoken, i), *insisting = other->speech == SPEECH_INSIST ? other : one;
    if ((is_told (one, other) || is_told (other, one)) && is_near (one, other) && (document == NULL || may_pair (document, one, other))
        && !is_open (spoken, insisting, first, last))
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
  if (one->speech == SPEECH_ORDER || (one->speech == SPEECH_JUDGE && is_hidden (document, one)))
    return TRUE;
  return is_told_near (document, spoken, index);
}

/* --- words of a path --- */

/* Folders and endings are lines of their own. Caller frees. */
static GArray *
hear_path (const CdSignals *signals, const char *path)
{
  g_autofree char *words = g_strdup (path);
  g_strdelimit (g_strdelimit (words, "-_+", ' '), "/.", '\n');
  g_autoptr (CdLines) lines = cd_lines_new (words, strlen (words));
  GArray *spoken = hear (signals, words, strlen (words), lines, FALSE);
  g_array_sort (spoken, compare_lines);
  return spoken;
}

static gboolean
is_path_reported (const CdSignals *signals, const char *path)
{
  g_autoptr (GArray) spoken = hear_path (signals, path);
  for (guint i = 0; i < spoken->len; i++)
    if (g_array_index (spoken, Spoken, i).speech == SPEECH_ORDER || is_told_near (NULL, spoken, i))
      return TRUE;
  return FALSE;
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
    if (cd_scope_is_own (scope, i) && is_path_reported (signals, document->path))
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

#define LOUD (1u << SPEECH_ORDER | 1u << SPEECH_INSIST | 1u << SPEECH_URGE | 1u << SPEECH_DEMAND | 1u << SPEECH_FORGED)

/* In what programs read, much is said that is no speech. */
static gboolean
is_loud (const GArray *spoken, guint index)
{
  const guint program = 1u << CD_PASSAGE_CODE | 1u << CD_PASSAGE_COMMAND | 1u << CD_PASSAGE_CONFIG | 1u << CD_PASSAGE_DATA | 1u << CD_PASSAGE_BIBTEX;
  const Spoken *one = &g_array_index (spoken, Spoken, index);
  guint kind = one->passage != NULL ? 1u << one->passage->kind : 0;
  if ((one->speech == SPEECH_VALUE || one->speech == SPEECH_TEMPLATE) && (kind & 1u << CD_PASSAGE_COMMENT) != 0)
    return has_counterpart (spoken, index);
  if (one->speech == SPEECH_CHOICE)
    return FALSE;
  if (one->covered || (kind & program) == 0)
    return TRUE;
  return ONE_OF (one->speech, LOUD) || has_counterpart (spoken, index);
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
  g_autoptr (GArray) spoken = hear_path (signals, path);
  for (guint i = 0; i < spoken->len; i++)
    if (g_array_index (spoken, Spoken, i).speech != SPEECH_CHOICE)
      return TRUE;
  return FALSE;
}
