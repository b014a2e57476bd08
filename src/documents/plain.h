/* Text without markup, line by line: shared by plain files and the text of papers. For documents/ only. */
#pragma once
#include "documents/prose.h"

/* Sections, sentences, code and links of document->text. paper: text that pdftotext made of a paper: numbered headings inside running
 * text, page numbers and running headers dropped, references as BIBTEX. */
void cd_document_add_plain (CdDocument *document, gboolean paper);
