/* What a reader of the plain mode types, or a script pipes in: bounded lines, and places in them. What they are about is plain.c's. */
#include "base/text.h"
#include "review/plain-parts.h"
#include <string.h>

#define LINE_BYTES 16384u
#define SKIPPED_BYTES (16u * 1024u * 1024u) /* of a line without an end: more is no line */

/* The rest of a line that is too long. */
static gboolean
skip_line (FILE *in)
{
  for (guint skipped = 0; skipped < SKIPPED_BYTES; skipped++) {
    int c = getc_unlocked (in);
    if (c == EOF || c == '\n')
      return TRUE;
  }
  return FALSE;
}

char *
cd_plain_read (FILE *in, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  int c;
  while ((c = getc (in)) != EOF && c != '\n' && line->len < LINE_BYTES)
    g_string_append_c (line, c == '\0' ? ' ' : (char) c);
  if (c == EOF && line->len == 0)
    return NULL;
  if (line->len >= LINE_BYTES && c != EOF && c != '\n') {
    g_set_error (error, CD_ERROR, skip_line (in) ? CD_ERROR_USAGE : CD_ERROR_INPUT, "a line may have %u bytes", LINE_BYTES);
    return NULL;
  }
  if (line->len > 0 && line->str[line->len - 1] == '\r')
    g_string_truncate (line, line->len - 1);
  g_autofree char *clean = cd_text_printable (line->str);
  return g_strdup (g_strstrip (clean));
}

static CdCitation *
read_place (const CdSession *session, const char *word, const GArray *places, GError **error)
{
  guint64 number = 0;
  if (!g_ascii_string_to_unsigned (word, 10, 0, G_MAXUINT32, &number, NULL))
    return cd_session_cite (session, word, error);
  if (number == 0 || number > places->len) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no candidate %" G_GUINT64_FORMAT "; they are numbered from 1 to %u", number, places->len);
    return NULL;
  }
  CdCitation *citation = cd_session_citation (session, &g_array_index (places, CdCandidate, number - 1).evidence);
  if (citation == NULL)
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "candidate %" G_GUINT64_FORMAT " is no place in a file; name one as PATH:LINE", number);
  return citation;
}

/* The next word behind *text; NULL where there is none. Caller frees. */
static char *
next_word (const char **text, GError **error)
{
  const char *at = *text + strspn (*text, " ,");
  gboolean quoted = *at == '"';
  const char *from = at + (quoted ? 1 : 0), *to = from + strcspn (from, quoted ? "\"" : " ,");
  if (quoted && *to == '\0') {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "a double quote is not closed");
    return NULL;
  }
  *text = to + (quoted ? 1 : 0);
  return to > from ? g_strndup (from, (gsize) (to - from)) : NULL;
}

GPtrArray *
cd_plain_places (const CdSession *session, const char *text, const GArray *places, GError **error)
{
  g_autoptr (GPtrArray) cited = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_citation_free);
  g_autoptr (GError) cause = NULL;
  for (;;) {
    g_autofree char *word = next_word (&text, &cause);
    if (word == NULL)
      break;
    CdCitation *citation = read_place (session, word, places, &cause);
    if (citation == NULL)
      break;
    g_ptr_array_add (cited, citation);
  }
  if (cause == NULL)
    return g_steal_pointer (&cited);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}
