/* The pages of a paper that may hold a table, told from its plain text. For documents/ only. */
#pragma once
#include "documents/document.h"

/* From 1, both included; last 0: to the paper's end. */
typedef struct {
  guint first, last;
} CdPdfPages;

/* How many pages the extracted text has. */
guint cd_pdf_page_count (const CdDocument *document);
/* CdPdfPages, upwards, few: one holds what stands close together. A page is in one where it has a table's caption or figures in rows. The whole paper
 * where the text does not tell for sure where its pages end. Caller unrefs. */
GArray *cd_pdf_table_pages (const CdDocument *document);
