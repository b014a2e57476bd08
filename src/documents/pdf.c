/* The text of a PDF by pdftotext, cached by blob id. Running it is poppler.c's, paragraphs are plain.c's, tables are pdf-tables.c's. */
#include "documents/parsers.h"
#include "documents/pdf-tables.h"
#include "documents/plain.h"
#include "documents/poppler.h"

#define TEXT_BYTES (16u * 1024u * 1024u) /* of extracted text; more is cut off */
#define CACHE_FORMAT "pdftotext-1"       /* part of the cache file's name: change it with the arguments below */

static CdPopplerState
extract (const char *program, const char *bytes, gsize length, GString *text)
{
  /* Reading order, not -layout: the columns of a two-column page come one after the other. */
  const char *const arguments[] = { program, "-q", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL };
  return cd_poppler_run (arguments, bytes, length, text, TEXT_BYTES);
}

static GBytes *
read_text (CdDocument *document, const char *file)
{
  static const char *const PROBLEMS[] = {
    [CD_POPPLER_FAILED] = "PDF not read: damaged, encrypted or too demanding",
    [CD_POPPLER_TIMED_OUT] = "PDF not read: pdftotext took too long",
    [CD_POPPLER_NOT_STARTED] = "PDF not read: pdftotext could not be started",
  };
  if (document->length == 0) {
    document->unread = g_strdup ("PDF not read: empty file");
    return NULL;
  }
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  if (program == NULL) {
    document->unread = g_strdup ("PDF not read: pdftotext is not installed");
    return NULL;
  }
  g_autoptr (GString) text = g_string_new (NULL);
  CdPopplerState state = extract (program, document->text, document->length, text);
  if (state != CD_POPPLER_OK) {
    document->unread = g_strdup (PROBLEMS[state]);
    return NULL;
  }
  if (text->len >= TEXT_BYTES)
    document->unread = g_strdup ("PDF read in part: more text than the limit");
  else
    cd_poppler_store (file, text);
  gsize length = text->len;
  return g_bytes_new_take (g_string_free (g_steal_pointer (&text), FALSE), length);
}

void
cd_parse_pdf (CdDocument *document, const CdDocumentOptions *options)
{
  g_autoptr (GBytes) pdf = document->source != NULL ? g_bytes_ref (document->source) : NULL; /* its text takes its place */
  g_autofree char *file = cd_poppler_cache_file (CACHE_FORMAT, &document->oid, options != NULL ? options->cache : NULL);
  g_autoptr (GBytes) text = cd_poppler_load (file);
  if (text == NULL && (options == NULL || !options->keep_pdf))
    document->unread = g_strdup ("PDF not read: not asked for");
  else if (text == NULL)
    text = read_text (document, file);
  cd_document_set_text (document, text);
  cd_document_add_plain (document, TRUE);
  cd_pdf_place_tables (document, pdf, options);
  if (document->unread == NULL && document->passages->len == 0)
    document->unread = g_strdup ("PDF not read: it holds no text");
}
