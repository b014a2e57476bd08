/* One pass of libhs over a document's passages: hits, one for each signal and passage, and the context flags they leave behind.
 * libhs tells where a match ends, not where it begins (that would cost several times the scan), so a hit is placed by its end, and
 * a match that may have begun before its passage is looked for again in that passage alone. */
#include "base/limits.h"
#include "signals/set.h"
#include <stdlib.h>
#include <string.h>

/* Passages nearer than this are scanned in one go, the text between them included: a call costs about as much. */
#define BRIDGE_BYTES 256u
#define TEXT_BRIDGE_BYTES 48u
/* What one document may leave behind before hits are checked and voided. Context marks come first and must not run out. */
#define RAW_PER_SIGNAL (16u * CD_LIMIT_HITS_PER_SIGNAL_AND_BLOB)
#define RAW_PER_CONTEXT 65536u

/* In place of a passage: the signal is looked for in the one that is rescanned. */
#define SOUGHT G_MAXUINT32

typedef struct {
  guint signal;
  guint32 passage, end;
  guint32 before; /* bytes scanned in front of the passage, where the match may have begun */
} Raw;

typedef struct {
  const CdSignals *signals;
  const CdDocument *document;
  CdWorkspace *workspace;
  CdPassageClass class; /* of the passages being scanned */
  gsize base;           /* of the scanned segment within the text */
  guint32 cursor;       /* passage of the last match: ends ascend, nearly */
  guint32 rescanned;    /* passage being looked through again, plus one */
  guint sought;         /* signals that are still looked for there */
  GArray *raw;          /* Raw */
} Scan;

static inline const CdPassage *
passage_at (const CdDocument *document, guint32 index)
{
  return &g_array_index (document->passages, CdPassage, index);
}

/* The passage that holds the byte at offset, found from the cursor; G_MAXUINT32 for a byte outside all. */
static guint32
passage_of (Scan *scan, gsize offset)
{
  const CdDocument *document = scan->document;
  guint32 length = document->passages->len;
  if (offset < passage_at (document, scan->cursor)->start) {
    guint32 low = 0, high = scan->cursor;
    while (low < high) {
      guint32 middle = low + (high - low + 1) / 2;
      if (passage_at (document, middle)->start <= offset)
        low = middle;
      else
        high = middle - 1;
    }
    scan->cursor = low;
  }
  while (scan->cursor + 1 < length && passage_at (document, scan->cursor + 1)->start <= offset)
    scan->cursor++;
  const CdPassage *passage = passage_at (document, scan->cursor);
  return passage->start <= offset && offset < passage->end ? scan->cursor : G_MAXUINT32;
}

static int
on_match (unsigned int id, unsigned long long from, unsigned long long to, unsigned int flags, void *context)
{
  (void) from;
  (void) flags;
  Scan *scan = context;
  gsize end = scan->base + (gsize) to;
  guint32 passage = end == 0 ? G_MAXUINT32 : passage_of (scan, end - 1);
  if (passage == G_MAXUINT32 || scan->workspace->last[id] == passage + 1)
    return 0;
  if ((cd_signals_at (scan->signals, id)->where & (1u << passage_at (scan->document, passage)->kind)) == 0)
    return 0;
  guint32 most = g_array_index (scan->signals->forms, CdSignalForm, id).context != 0 ? RAW_PER_CONTEXT : RAW_PER_SIGNAL;
  scan->workspace->last[id] = passage + 1;
  if (scan->workspace->count[id]++ >= most)
    return 0;
  gsize start = passage_at (scan->document, passage)->start;
  Raw raw = { .signal = id, .passage = passage, .end = (guint32) end, .before = start > scan->base ? (guint32) (start - scan->base) : 0 };
  g_array_append_val (scan->raw, raw);
  return 0;
}

static int
on_exact_match (unsigned int id, unsigned long long from, unsigned long long to, unsigned int flags, void *context)
{
  (void) from;
  (void) flags;
  Scan *scan = context;
  if (scan->workspace->exact[id] != SOUGHT)
    return 0;
  scan->workspace->exact[id] = scan->rescanned;
  scan->workspace->exact_end[id] = (guint32) (scan->base + (gsize) to);
  return --scan->sought == 0; /* ends the scan */
}

static void
scan_range (Scan *scan, gsize start, gsize end, match_event_handler handler)
{
  scan->base = start;
  hs_scan (scan->signals->databases[scan->class], scan->document->text + start, (unsigned int) (end - start), 0, scan->workspace->scratch, handler,
           scan);
}

static CdPassageClass
class_of (const CdPassage *passage)
{
  CdPassageClass class = CD_CLASS_TEXT;
  while ((cd_class_kinds[class] & (1u << passage->kind)) == 0)
    class ++;
  return class;
}

/* Runs of passages of one class, by its machine. What a run bridges may be of another class: `where` keeps its hits out. */
static void
scan_class (Scan *scan, CdPassageClass class)
{
  /* Comments are scattered over code that is none of their machine's business. */
  const gsize bridge = class == CD_CLASS_TEXT || class == CD_CLASS_COMMENT ? TEXT_BRIDGE_BYTES : BRIDGE_BYTES;
  const CdDocument *document = scan->document;
  gsize start = 0, end = 0;
  scan->class = class;
  scan->cursor = 0;
  for (guint32 i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = passage_at (document, i);
    if ((cd_class_kinds[class] & (1u << passage->kind)) == 0)
      continue;
    if (end > start && passage->start > end + bridge) {
      scan_range (scan, start, end, on_match);
      end = start;
    }
    if (end <= start)
      start = passage->start;
    end = MAX (end, MIN (passage->end, document->length));
  }
  if (end > start)
    scan_range (scan, start, end, on_match);
}

static int
compare_raw (const void *a, const void *b)
{
  const Raw *left = a, *right = b;
  if (left->passage != right->passage)
    return left->passage < right->passage ? -1 : 1;
  if (left->signal != right->signal)
    return left->signal < right->signal ? -1 : 1;
  return (left->before > right->before) - (left->before < right->before);
}

/* TRUE where the match of raw may have begun before its passage. */
static gboolean
may_straddle (const Scan *scan, const Raw *raw)
{
  return raw->before > 0
         && g_array_index (scan->signals->forms, CdSignalForm, raw->signal).width > raw->end - passage_at (scan->document, raw->passage)->start;
}

/* Of the hits [first, last) of one passage, those whose match lies within it move to `kept`; returns where the next goes. */
static guint
keep_exact (Scan *scan, guint first, guint last, guint kept)
{
  scan->sought = 0;
  for (guint i = first; i < last; i++) {
    const Raw *raw = &g_array_index (scan->raw, Raw, i);
    if (!may_straddle (scan, raw))
      continue;
    scan->workspace->exact[raw->signal] = SOUGHT;
    scan->sought++;
  }
  gboolean doubt = scan->sought > 0;
  guint32 index = g_array_index (scan->raw, Raw, first).passage;
  if (doubt) {
    const CdPassage *passage = passage_at (scan->document, index);
    scan->rescanned = index + 1;
    scan->class = class_of (passage);
    scan_range (scan, passage->start, MIN (passage->end, scan->document->length), on_exact_match);
  }
  for (guint i = first; i < last; i++) {
    Raw raw = g_array_index (scan->raw, Raw, i);
    if (doubt && may_straddle (scan, &raw)) {
      if (scan->workspace->exact[raw.signal] != index + 1)
        continue;
      raw.end = scan->workspace->exact_end[raw.signal];
    }
    g_array_index (scan->raw, Raw, kept++) = raw;
  }
  return kept;
}

/* Sort by (passage, signal), drop doubles (two machines may see one passage; the one that saw least in front of it knows best) and matches that begin outside their passage. */
static void
settle (Scan *scan)
{
  GArray *raw = scan->raw;
  if (raw->len == 0)
    return;
  qsort (raw->data, raw->len, sizeof (Raw), compare_raw);
  guint unique = 1;
  for (guint i = 1; i < raw->len; i++) {
    const Raw *next = &g_array_index (raw, Raw, i), *previous = &g_array_index (raw, Raw, unique - 1);
    if (next->passage != previous->passage || next->signal != previous->signal)
      g_array_index (raw, Raw, unique++) = *next;
  }
  guint kept = 0;
  for (guint first = 0, last = 0; first < unique; first = last) {
    while (last < unique && g_array_index (raw, Raw, last).passage == g_array_index (raw, Raw, first).passage)
      last++;
    kept = keep_exact (scan, first, last, kept);
  }
  g_array_set_size (raw, kept);
}

/* Context flags marked and spread, then the hits that they leave. */
static GArray *
hits_of (Scan *scan, CdDocument *document)
{
  for (guint i = 0; i < scan->raw->len; i++) {
    const Raw *raw = &g_array_index (scan->raw, Raw, i);
    guint context = g_array_index (scan->signals->forms, CdSignalForm, raw->signal).context;
    if (context != 0)
      cd_context_mark (document, raw->passage, context);
  }
  cd_context_spread (document);
  guint32 *count = scan->workspace->count;
  memset (count, 0, sizeof *count * cd_signals_length (scan->signals));
  GArray *hits = g_array_sized_new (FALSE, FALSE, sizeof (CdHit), scan->raw->len);
  for (guint i = 0; i < scan->raw->len; i++) {
    const Raw *raw = &g_array_index (scan->raw, Raw, i);
    const CdPassage *passage = passage_at (document, raw->passage);
    if ((cd_signals_at (scan->signals, raw->signal)->unless & passage->flags) != 0 || count[raw->signal]++ >= CD_LIMIT_HITS_PER_SIGNAL_AND_BLOB)
      continue;
    CdHit hit = {
      .signal = raw->signal, .passage = raw->passage, .start = passage->start, .end = raw->end, .line = cd_lines_at (document->lines, raw->end - 1)
    };
    g_array_append_val (hits, hit);
  }
  return hits;
}

GArray *
cd_signals_scan (const CdSignals *signals, CdDocument *document)
{
  if (document->passages->len == 0)
    return g_array_new (FALSE, FALSE, sizeof (CdHit));
  g_autoptr (GArray) raw = g_array_new (FALSE, FALSE, sizeof (Raw));
  Scan scan = { .signals = signals, .document = document, .raw = raw };
  /* The machines of patterns beyond ASCII read valid UTF-8 only. */
  if (signals->prototype == NULL || !cd_text_is_utf8 (document->text, document->length)) {
    cd_context_spread (document);
    return g_array_new (FALSE, FALSE, sizeof (CdHit));
  }
  scan.workspace = cd_signals_acquire (signals);
  /* last, count, exact and exact_end are one block. */
  memset (scan.workspace->last, 0, 4 * sizeof (guint32) * cd_signals_length (signals));
  for (CdPassageClass class = 0; class < CD_CLASS_READER; class ++)
    if (signals->databases[class] != NULL)
      scan_class (&scan, class);
  settle (&scan);
  GArray *hits = hits_of (&scan, document);
  cd_signals_release (signals, scan.workspace);
  return hits;
}
