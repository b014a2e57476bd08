/* The tables of papers, read from the places of their words: tables of Markdown to a reader. They stand apart from CdDocument.tables, since what
 * is read from a page's looks is less sure than what is written as a table. Bold is not known. */
#pragma once
#include "documents/document.h"

/* The tables of one PDF, CdTable*, by page and downwards; never NULL. document: its text gives the lines. pdf may be NULL: then only what the cache
 * has is read. Caller unrefs. */
GPtrArray *cd_pdf_tables (const CdDocument *document, GBytes *pdf, const CdDocumentOptions *options);

/* The same while the text is read: poppler looks for places in a thread of its own. NULL where tables are not asked for, or the path is a figure's. pdf
 * may be NULL. */
typedef struct _CdPdfPlacing CdPdfPlacing;
CdPdfPlacing *cd_pdf_placing_start (const CdDocument *document, GBytes *pdf, const CdDocumentOptions *options);
/* Sets placed_tables, of documents of at least four pages, once the text is there. Takes placing, which may be NULL. */
void cd_pdf_placing_end (CdPdfPlacing *placing, CdDocument *document);
