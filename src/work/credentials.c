/* Reads every file's text for credentials. A copied project's files count where they differ from the public ones: a key in them is still published. What
 * opens nothing that others can reach is left out: samples to fill in, keys that tests bring along, passwords of this machine. */
#include "work/credentials.h"
#include "base/credentials.h"
#include <string.h>

#define FILE_BYTES (4u << 20)
#define DATA_BYTES (256u << 10) /* of a data file; the rest is records like the first ones */
#define ALL_BYTES (64u << 20)
#define PLACES_MOST 100u
#define HOST_BYTES 64u

/* "config.example.yaml", ".env.template": to be copied and filled in. */
static gboolean
is_sample_file (const char *path)
{
  static const char *const words[] = { "example", "sample", "template", "tmpl", "tpl", "dist", NULL };
  g_autofree char *base = g_path_get_basename (path), *low = g_ascii_strdown (base, -1);
  g_auto (GStrv) parts = g_strsplit (low, ".", 8);
  for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    if (g_strv_contains (words, parts[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_read (const CdScope *scope, const CdDocument *document, guint index)
{
  CdOwner owner = (CdOwner) cd_scope_at (scope, index)->owner;
  return document->length > 0 && document->kind != CD_DOCUMENT_PDF && owner != CD_OWNER_UPSTREAM && owner != CD_OWNER_OUTSIDE
         && !is_sample_file (document->path);
}

/* Private keys under tests are made for them. */
static gboolean
is_test_key (const char *path, const char *text, gsize start)
{
  static const char closes[] = "KEY-----";
  static const char *const folders[] = { "test", "tests", "testing", "testdata", "fixtures", "mocks", NULL };
  if (start < sizeof closes - 1 || memcmp (text + start - (sizeof closes - 1), closes, sizeof closes - 1) != 0)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (path, "/", 16);
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_strv_contains (folders, parts[i]))
      return TRUE;
  return FALSE;
}

/* A password in a URL whose host is this machine, a name within a private network (no dot: "db", "redis"), or reserved for documentation (RFC 2606). */
static gboolean
is_local (const char *text, gsize length, gsize start, gsize end)
{
  static const char *const ends[] = { ".localhost", ".local", ".test", ".example", ".invalid", ".example.com", ".example.org", ".example.net" };
  if (start == 0 || text[start - 1] != ':' || end >= length || text[end] != '@')
    return FALSE;
  gsize size = 0;
  while (size < HOST_BYTES && end + 1 + size < length
         && (g_ascii_isalnum (text[end + 1 + size]) || text[end + 1 + size] == '.' || text[end + 1 + size] == '-'))
    size++;
  g_autofree char *name = g_ascii_strdown (text + end + 1, (gssize) size), *host = g_strconcat (".", name, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (host, ends[i]))
      return TRUE;
  return strchr (name, '.') == NULL || g_str_has_prefix (name, "127.") || strcmp (name, "0.0.0.0") == 0;
}

static void
read_document (CdWork *work, const CdDocument *document, guint index, gsize length)
{
  gsize start = 0, end = 0, at = 0;
  guint32 last = 0;
  while (work->credentials->len < PLACES_MOST && cd_credential_find (document->text, length, at, &start, &end)) {
    guint32 line = cd_lines_at (document->lines, start);
    CdPlace place = { index, line, cd_lines_at (document->lines, end > start ? end - 1 : start) };
    gboolean opens = !is_test_key (document->path, document->text, start) && !is_local (document->text, document->length, start, end);
    if (opens && line != last)
      g_array_append_val (work->credentials, place);
    last = opens ? line : last;
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
