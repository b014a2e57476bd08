/* The signals "reader.…" in any text: one pass of their own machine. What a hit means at its place is left to
 * work/addressed.c. */
#include "base/limits.h"
#include "signals/set.h"
#include <string.h>

typedef struct {
  const char *text;
  GArray *hits;    /* CdTextHit */
  guint32 *latest; /* by signal: its last hit plus one */
  guint32 *count;  /* by signal */
} TextScan;

/* Longer ends of one match follow shorter ones. */
static gboolean
widens (const TextScan *scan, const CdTextHit *last, gsize end)
{
  return memchr (scan->text + last->end, '\n', end - last->end) == NULL;
}

static int
on_match (unsigned int id, unsigned long long from, unsigned long long to, unsigned int flags, void *context)
{
  (void) from;
  (void) flags;
  TextScan *scan = context;
  CdTextHit *last = scan->latest[id] == 0 ? NULL : &g_array_index (scan->hits, CdTextHit, scan->latest[id] - 1);
  if (last != NULL && (gsize) to >= last->end && widens (scan, last, (gsize) to)) {
    last->end = (gsize) to;
    return 0;
  }
  if (scan->count[id]++ >= CD_LIMIT_HITS_PER_SIGNAL_AND_BLOB)
    return 0;
  CdTextHit hit = { id, (gsize) to };
  g_array_append_val (scan->hits, hit);
  scan->latest[id] = scan->hits->len;
  return 0;
}

/* A copy of the same length in which every byte that is no UTF-8 is a question mark. */
static char *
same_length_utf8 (const char *text, gsize length)
{
  char *copy = g_memdup2 (text, length);
  const char *bad = NULL;
  for (gsize at = 0; at < length && !g_utf8_validate_len (copy + at, length - at, &bad); at = (gsize) (bad - copy) + 1)
    copy[bad - copy] = '?';
  return copy;
}

GArray *
cd_signals_scan_text (const CdSignals *signals, const char *text, gsize length)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (CdTextHit));
  length = MIN (length, G_MAXUINT32);
  if (length == 0 || signals->prototype == NULL || signals->databases[CD_CLASS_READER] == NULL)
    return hits;
  g_autofree char *repaired = cd_text_is_utf8 (text, length) ? NULL : same_length_utf8 (text, length);
  CdWorkspace *workspace = cd_signals_acquire (signals);
  TextScan scan = { repaired != NULL ? repaired : text, hits, workspace->last, workspace->count };
  memset (workspace->last, 0, 2 * sizeof (guint32) * cd_signals_length (signals));
  hs_scan (signals->databases[CD_CLASS_READER], scan.text, (unsigned int) length, 0, workspace->scratch, on_match, &scan);
  cd_signals_release (signals, workspace);
  return hits;
}
