/* The tables of papers, read from the places of their words: tables of Markdown to a reader. They stand apart from CdDocument.tables, since what
 * is read from a page's looks is less sure than what is written as a table. Bold is not known. */
#pragma once
#include "documents/corpus.h"

/* The tables of one PDF, CdTable*, by page and downwards; never NULL. document: made by cd_document_parse of pdf, whose text gives the lines. pdf may be
 * NULL: then only what the cache has is read. Caller unrefs. */
GPtrArray *cd_pdf_tables (const CdDocument *document, GBytes *pdf, const CdDocumentOptions *options);

/* TRUE for a PDF that can be a paper: of several pages, and outside folders of figures. */
gboolean cd_pdf_is_paper (const CdDocument *document);

/* Fill placed_tables of the papers among the documents that wanted says TRUE of, in several threads (as in cd_corpus_visit); documents that have
 * them already keep them. Other fields may be read meanwhile. */
typedef gboolean (*CdDocumentWanted) (guint index, gconstpointer data);
void cd_corpus_place_tables (CdCorpus *corpus, const CdSnapshot *snapshot, const CdCorpusOptions *options, CdDocumentWanted wanted,
                             gconstpointer data);
