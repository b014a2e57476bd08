/* The tables of papers, read from the places of their words: tables of Markdown to a reader. They stand apart from CdDocument.tables, since what
 * is read from a page's looks is less sure than what is written as a table. Bold is not known. */
#pragma once
#include "documents/document.h"

/* The tables of one PDF, CdTable*, by page and downwards; never NULL. document: its text gives the lines. pdf may be NULL: then only what the cache
 * has is read. Caller unrefs. */
GPtrArray *cd_pdf_tables (const CdDocument *document, GBytes *pdf, const CdDocumentOptions *options);

/* Sets placed_tables where tables are asked for, of documents of at least four pages outside of folders of figures: poppler looks for no places in
 * others. The document's text is there already. pdf may be NULL. */
void cd_pdf_place_tables (CdDocument *document, GBytes *pdf, const CdDocumentOptions *options);
