/* Reads every file's text for credentials. A copied project's files count where they differ from the public ones: a key in them is still published. */
#include "work/credentials.h"
#include "base/credentials.h"

#define FILE_BYTES (4u << 20)
#define DATA_BYTES (256u << 10) /* of a data file; the rest is records like the first ones */
#define ALL_BYTES (64u << 20)
#define PLACES_MOST 100u

static gboolean
is_read (const CdScope *scope, const CdDocument *document, guint index)
{
  CdOwner owner = (CdOwner) cd_scope_at (scope, index)->owner;
  return document->length > 0 && document->kind != CD_DOCUMENT_PDF && owner != CD_OWNER_UPSTREAM && owner != CD_OWNER_OUTSIDE;
}

static void
read_document (CdWork *work, const CdDocument *document, guint index, gsize length)
{
  gsize start = 0, end = 0, at = 0;
  guint32 last = 0;
  while (work->credentials->len < PLACES_MOST && cd_credential_find (document->text, length, at, &start, &end)) {
    guint32 line = cd_lines_at (document->lines, start);
    CdPlace place = { index, line, cd_lines_at (document->lines, end > start ? end - 1 : start) };
    if (line != last)
      g_array_append_val (work->credentials, place);
    last = line;
    at = end;
  }
}

void
cd_credentials_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope)
{
  work->credentials = g_array_new (FALSE, FALSE, sizeof (CdPlace));
  gsize left = ALL_BYTES;
  for (guint i = 0; i < corpus->documents->len && left > 0; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    if (!is_read (scope, document, i))
      continue;
    gsize length = MIN (document->length, document->kind == CD_DOCUMENT_DATA ? DATA_BYTES : FILE_BYTES);
    length = MIN (length, left);
    left -= length;
    read_document (work, document, i, length);
  }
}
