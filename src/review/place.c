/* Places of the tree as a reader types them, and the text that stands there. What a place proves is the reader's business. */
#include "base/credentials.h"
#include "base/text.h"
#include "review/session.h"
#include <string.h>

#define MOST_NAMESAKES 1000u                 /* files of one name, among which the nearest path is looked for */
#define MOST_COMPARED 20000u                 /* paths, where no file has that name */
#define KEY_BYTES 16384u                     /* a credential may span this much text: what is shown is masked by what stands around it */
#define LINE_BYTES (8u * CD_SESSION_COLUMNS) /* of a line, more than can be shown */
#define TAB "    "

/* --- documents --- */

gint
cd_session_document (const CdSession *session, const char *path)
{
  const CdCorpus *corpus = cd_session_audit (session)->corpus;
  const CdDocument *document = cd_corpus_find (corpus, path);
  guint index = 0;
  return document != NULL && g_ptr_array_find (corpus->documents, document, &index) ? (gint) index : -1;
}

static const CdDocument *
document_at (const CdSession *session, guint index)
{
  const CdCorpus *corpus = cd_session_audit (session)->corpus;
  return index < corpus->documents->len ? corpus->documents->pdata[index] : NULL;
}

static guint
lines_of (const CdDocument *document)
{
  return document != NULL && document->length > 0 && document->lines != NULL ? document->lines->starts->len : 0;
}

guint
cd_session_length (const CdSession *session, guint document)
{
  return lines_of (document_at (session, document));
}

/* --- places --- */

static CdCitation *fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
static CdCitation *
fail (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, why);
  return NULL;
}

/* Of all paths that end in the same file name, or of all paths where none does, the one most like it; NULL none. */
static const char *
nearest_path (const CdSnapshot *snapshot, const char *path)
{
  g_autofree char *wanted = g_path_get_basename (path);
  g_autoptr (GPtrArray) all = g_ptr_array_new (), namesakes = g_ptr_array_new ();
  for (guint i = 0; i < cd_snapshot_length (snapshot) && namesakes->len < MOST_NAMESAKES; i++) {
    char *other = cd_snapshot_entry (snapshot, i)->path;
    const char *slash = strrchr (other, '/');
    if (g_ascii_strcasecmp (slash != NULL ? slash + 1 : other, wanted) == 0)
      g_ptr_array_add (namesakes, other);
    if (all->len < MOST_COMPARED)
      g_ptr_array_add (all, other);
  }
  g_ptr_array_add (namesakes, NULL);
  g_ptr_array_add (all, NULL);
  const char *nearest = cd_text_nearest (path, (const char *const *) namesakes->pdata);
  if (nearest == NULL)
    nearest = namesakes->pdata[0];
  return nearest != NULL ? nearest : cd_text_nearest (path, (const char *const *) all->pdata);
}

/* By its path or, where that holds what is not printed as it is, by what is printed instead. */
static const CdEntry *
find_entry (const CdSnapshot *snapshot, const char *path)
{
  const CdEntry *found = cd_snapshot_find (snapshot, path);
  for (guint i = 0; found == NULL && strpbrk (path, "\\ [") != NULL && i < cd_snapshot_length (snapshot); i++) {
    const CdEntry *entry = cd_snapshot_entry (snapshot, i);
    g_autofree char *printed = cd_text_printable (entry->path);
    if (g_str_equal (printed, path))
      found = entry;
  }
  return found;
}

static const CdEntry *
require_entry (const CdSession *session, const char *path, GError **error)
{
  const CdSnapshot *snapshot = cd_session_audit (session)->snapshot;
  const CdEntry *entry = find_entry (snapshot, path);
  if (entry != NULL)
    return entry;
  if (cd_snapshot_has (snapshot, path)) {
    fail (error, "%s is a folder; name a file in it", path);
    return NULL;
  }
  const char *nearest = nearest_path (snapshot, path);
  fail (error, "there is no file %s in the work%s%s%s", path, nearest != NULL ? "; did you mean " : "", nearest != NULL ? nearest : "",
        nearest != NULL ? "?" : "");
  return NULL;
}

/* Lines 0 and 0 are the file as a whole. */
static CdCitation *
cite (const CdSession *session, const char *path, guint64 line, guint64 end, GError **error)
{
  const CdEntry *entry = require_entry (session, path, error);
  if (entry == NULL)
    return NULL;
  const CdDocument *document = cd_corpus_find (cd_session_audit (session)->corpus, entry->path);
  guint length = lines_of (document);
  if (end < line)
    return fail (error, "%s:%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT " ends before it begins", path, line, end);
  if (line == 0 && end > 0)
    return fail (error, "%s: lines count from 1", path);
  if (line > 0 && length == 0)
    return fail (error, "%s has no text to name lines of%s%s; name the file without a line", path, document != NULL && document->unread ? ": " : "",
                 document != NULL && document->unread ? document->unread : "");
  if (end > length && line > 0)
    return fail (error, "%s has %u line%s; there is no line %" G_GUINT64_FORMAT, path, length, length == 1 ? "" : "s", line > length ? line : end);
  char blob[41];
  cd_oid_to_hex (&entry->oid, blob);
  return cd_citation_new (entry->path, (guint) line, (guint) end, blob);
}

/* Digits only, all of them; numbers past all lines stay past all lines. */
static gboolean
read_number (const char **text, guint64 *number)
{
  const char *at = *text;
  *number = 0;
  for (; g_ascii_isdigit (*at); at++)
    *number = MIN (*number * 10 + (guint64) (*at - '0'), G_MAXUINT32);
  gboolean read = at > *text;
  *text = at;
  return read;
}

/* "LINE" or "LINE-END", to the end of the text. */
static gboolean
read_lines (const char *text, guint64 *line, guint64 *end)
{
  if (!read_number (&text, line))
    return FALSE;
  *end = *line;
  if (*text == '-') {
    text++;
    if (!read_number (&text, end))
      return FALSE;
  }
  return *text == '\0';
}

CdCitation *
cd_session_cite (const CdSession *session, const char *place, GError **error)
{
  g_autofree char *path = g_strstrip (g_strdup (place));
  if (g_str_has_prefix (path, "./"))
    memmove (path, path + 2, strlen (path) - 1);
  if (*path == '\0')
    return fail (error, "name a place as PATH, PATH:LINE or PATH:LINE-END");
  char *colon = strrchr (path, ':');
  guint64 line = 0, end = 0;
  if (colon == NULL || colon == path || find_entry (cd_session_audit (session)->snapshot, path) != NULL || !read_lines (colon + 1, &line, &end))
    return cite (session, path, 0, 0, error);
  *colon = '\0';
  if (line == 0)
    return fail (error, "%s: lines count from 1", path);
  return cite (session, path, line, end, error);
}

CdCitation *
cd_session_check (const CdSession *session, const CdCitation *citation, GError **error)
{
  CdCitation *checked = cite (session, citation->path, citation->line, citation->end, error);
  if (checked == NULL || citation->blob == NULL || *citation->blob == '\0' || g_str_equal (citation->blob, checked->blob))
    return checked;
  cd_citation_free (checked);
  return fail (error, "%s is not the blob %s at this commit", citation->path, citation->blob);
}

CdCitation *
cd_session_citation (const CdSession *session, const CdEvidence *place)
{
  const CdDocument *document = document_at (session, place->document);
  if (document == NULL)
    return NULL;
  guint length = lines_of (document);
  guint line = MIN (place->line, length), end = CLAMP (place->end, line, MAX (line, length));
  return cite (session, document->path, line, line == 0 ? 0 : end, NULL);
}

static void
add_place (GArray *places, const CdEvidence *place, gboolean for_yes)
{
  for (guint i = 0; i < places->len; i++) {
    const CdEvidence *other = &g_array_index (places, CdCandidate, i).evidence;
    if (other->document == place->document && other->line == place->line)
      return;
  }
  const CdCandidate added = { .evidence = *place, .for_yes = for_yes };
  g_array_append_val (places, added);
}

GArray *
cd_session_places (const CdSession *session, guint criterion)
{
  const CdVerdict *rules = cd_session_rules (session, criterion);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (CdCandidate));
  for (guint i = 0; i < rules->evidence->len; i++)
    add_place (places, &g_array_index (rules->evidence, CdEvidence, i), rules->yes);
  for (guint i = 0; i < rules->candidates->len; i++) {
    const CdCandidate *candidate = &g_array_index (rules->candidates, CdCandidate, i);
    add_place (places, &candidate->evidence, candidate->for_yes);
  }
  return places;
}

/* --- lines --- */

/* Bytes of credentials, so that each line can be masked by itself: a key may span many. */
typedef struct {
  gsize start, end;
} Span;

static GArray *
find_credentials (const CdDocument *document, gsize from, gsize to)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  gsize start = from > KEY_BYTES ? from - KEY_BYTES : 0, length = MIN (to + KEY_BYTES, document->length);
  Span span;
  for (gsize at = start; at < to && cd_credential_find (document->text, length, at, &span.start, &span.end) && span.end > at; at = span.end)
    if (span.end > from && span.start < to)
      g_array_append_val (spans, span);
  return spans;
}

/* Bytes [start, end) with a mask in place of what is a credential's. NUL bytes, which would end the text, become spaces. */
static char *
masked_text (const CdDocument *document, gsize start, gsize end, const GArray *credentials)
{
  GString *text = g_string_new (NULL);
  gsize at = start;
  for (guint i = 0; i < credentials->len; i++) {
    const Span *span = &g_array_index (credentials, Span, i);
    if (span->end <= at || span->start >= end)
      continue;
    if (span->start > at)
      g_string_append_len (text, document->text + at, (gssize) (span->start - at));
    g_string_append (text, CD_CREDENTIAL_MASK);
    at = MIN (span->end, end);
  }
  g_string_append_len (text, document->text + at, (gssize) (end - at));
  for (gsize i = 0; i < text->len; i++)
    text->str[i] = text->str[i] == '\0' ? ' ' : text->str[i];
  return g_string_free (text, FALSE);
}

/* Indentation by tabs stays visible. */
static char *
spread_tabs (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\t", -1);
  return g_strjoinv (TAB, parts);
}

static char *
shown_line (const CdDocument *document, guint number, const GArray *credentials)
{
  gsize start, end;
  if (!cd_lines_range (document->lines, document->text, document->length, number, &start, &end))
    return g_strdup ("");
  gboolean whole = end - start <= LINE_BYTES;
  g_autofree char *masked = masked_text (document, start, whole ? end : start + LINE_BYTES, credentials);
  g_autofree char *spread = spread_tabs (masked);
  g_autofree char *printable = cd_text_printable (spread);
  if (whole && g_utf8_strlen (printable, -1) <= CD_SESSION_COLUMNS)
    return g_steal_pointer (&printable);
  g_autofree char *head = g_utf8_substring (printable, 0, MIN (g_utf8_strlen (printable, -1), CD_SESSION_COLUMNS - 1));
  return g_strconcat (head, "…", NULL);
}

char **
cd_session_lines (const CdSession *session, guint document, guint line, guint end, guint context, guint *first)
{
  const CdDocument *from = document_at (session, document);
  guint length = lines_of (from);
  if (length == 0)
    return NULL;
  guint low = CLAMP (line, 1, length), high = CLAMP (end, low, length);
  low -= MIN (context, low - 1);
  high += MIN (context, length - high);
  high = MIN (high, low + CD_SESSION_LINES - 1);
  gsize start, stop, unused;
  if (!cd_lines_range (from->lines, from->text, from->length, low, &start, &unused)
      || !cd_lines_range (from->lines, from->text, from->length, high, &unused, &stop))
    return NULL;
  g_autoptr (GArray) credentials = find_credentials (from, start, stop);
  GPtrArray *lines = g_ptr_array_new ();
  for (guint number = low; number <= high; number++)
    g_ptr_array_add (lines, shown_line (from, number, credentials));
  g_ptr_array_add (lines, NULL);
  *first = low;
  return (char **) g_ptr_array_free (lines, FALSE);
}
