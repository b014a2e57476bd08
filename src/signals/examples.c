/* What a single match says: captures by GRegex for hits that somebody asks about, and the examples that every signal must keep. */
#include "signals/set.h"
#include <string.h>

/* A capture looks this far around the match's end: a passage may be a line of a megabyte, and GRegex backtracks. */
#define WINDOW_BYTES 8192u

static gsize
to_character (const char *text, gsize offset, gsize lowest)
{
  while (offset > lowest && ((guchar) text[offset] & 0xc0) == 0x80)
    offset--;
  return offset;
}

char *
cd_hit_capture (const CdSignals *signals, const CdDocument *document, const CdHit *hit, guint group)
{
  GRegex *regex = cd_signals_regex (signals, hit->signal, NULL);
  if (regex == NULL || hit->passage >= document->passages->len)
    return NULL;
  const CdPassage *passage = &g_array_index (document->passages, CdPassage, hit->passage);
  gsize start = passage->start, end = MIN (passage->end, document->length);
  if (hit->end > start + WINDOW_BYTES)
    start = to_character (document->text, hit->end - WINDOW_BYTES, start);
  if (end > hit->end + WINDOW_BYTES)
    end = to_character (document->text, hit->end + WINDOW_BYTES, start);
  if (end <= start)
    return NULL;
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match_full (regex, document->text + start, (gssize) (end - start), 0, G_REGEX_MATCH_DEFAULT, &match, NULL))
    return NULL;
  return g_match_info_fetch (match, (gint) group);
}

static int
on_example_match (unsigned int id, unsigned long long from, unsigned long long to, unsigned int flags, void *context)
{
  (void) from;
  (void) to;
  (void) flags;
  ((gboolean *) context)[id] = TRUE;
  return 0;
}

/* Whether text matches the signal, as both engines see it; a message where they differ. */
static gboolean
matches (const CdSignals *signals, CdWorkspace *workspace, guint index, const char *text, GRegex *regex, GPtrArray *messages)
{
  g_autofree gboolean *seen = g_new0 (gboolean, cd_signals_length (signals));
  for (guint class = 0; class < CD_CLASSES; class ++)
    if (signals->databases[class] != NULL)
      hs_scan (signals->databases[class], text, (unsigned int) strlen (text), 0, workspace->scratch, on_example_match, seen);
  gboolean by_regex = g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, NULL);
  const CdSignal *signal = cd_signals_at (signals, index);
  if (by_regex != seen[index])
    g_ptr_array_add (messages, g_strdup_printf ("%s:%u: signal \"%s\": libhs %s \"%s\", GRegex %s", signal->file, signal->line, signal->id,
                                                seen[index] ? "matches" : "does not match", text, by_regex ? "does" : "does not"));
  return seen[index];
}

static void
check_signal (const CdSignals *signals, CdWorkspace *workspace, guint index, GPtrArray *messages)
{
  const CdSignal *signal = cd_signals_at (signals, index);
  g_autoptr (GError) error = NULL;
  GRegex *regex = cd_signals_regex (signals, index, &error);
  if (regex == NULL) {
    g_ptr_array_add (messages, g_strdup_printf ("%s:%u: signal \"%s\": %s", signal->file, signal->line, signal->id, error->message));
    return;
  }
  for (guint i = 0; signal->yes[i] != NULL; i++)
    if (!matches (signals, workspace, index, signal->yes[i], regex, messages))
      g_ptr_array_add (messages,
                       g_strdup_printf ("%s:%u: signal \"%s\" should match \"%s\"", signal->file, signal->line, signal->id, signal->yes[i]));
  for (guint i = 0; signal->no[i] != NULL; i++)
    if (matches (signals, workspace, index, signal->no[i], regex, messages))
      g_ptr_array_add (messages,
                       g_strdup_printf ("%s:%u: signal \"%s\" should not match \"%s\"", signal->file, signal->line, signal->id, signal->no[i]));
}

GPtrArray *
cd_signals_check_examples (const CdSignals *signals)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_free);
  if (signals->prototype == NULL)
    return messages;
  CdWorkspace *workspace = cd_signals_acquire (signals);
  for (guint i = 0; i < cd_signals_length (signals); i++)
    check_signal (signals, workspace, i, messages);
  cd_signals_release (signals, workspace);
  return messages;
}
