/* The words of a PDF with their places on the page. For documents/ only. */
#pragma once
#include "documents/document.h"

#define CD_PDF_PAGES 2000u
#define CD_PDF_WORDS 400000u /* of one PDF */
#define CD_PDF_PAGE_WORDS 20000u

/* Points, from the upper left corner of the page as it is shown. */
typedef struct {
  float left, top, right, bottom;
  guint32 line;     /* of the document's text; 0 not told yet */
  gboolean first;   /* poppler begins a line with it */
  const char *text; /* owned by the pages */
} CdPdfWord;

typedef struct {
  float width, height;
  guint start, end; /* its words, indices into words */
} CdPdfPage;

typedef struct {
  GArray *pages; /* CdPdfPage */
  GArray *words; /* CdPdfWord, page by page in reading order */
  GStringChunk *texts;
} CdPdfWords;

CdPdfWords *cd_pdf_words_new (void);
void cd_pdf_words_free (CdPdfWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdPdfWords, cd_pdf_words_free)

/* What `pdftotext -bbox-layout` wrote, a file that breaks off included. Words without a place on the page and all beyond the bounds are left out. */
CdPdfWords *cd_pdf_words_parse (const char *xml, gsize length);
/* The same behind the pages that words has. */
void cd_pdf_words_add (CdPdfWords *words, const char *xml, gsize length);
/* Pages without words up to so many in all. */
void cd_pdf_words_skip (CdPdfWords *words, guint pages);
/* The compact form that is cached, and back; what is no such form has no pages. */
GString *cd_pdf_words_write (const CdPdfWords *words);
CdPdfWords *cd_pdf_words_read (const char *text, gsize length);
/* Tell each word its line: document->text has the same words in the same order, page by page. A word that is not found takes the line of the one
 * before it on its page. */
void cd_pdf_words_place (CdPdfWords *words, const CdDocument *document);
