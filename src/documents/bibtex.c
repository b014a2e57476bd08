/* BibTeX files: every line of every entry is bibliography, which is nobody's evidence but the link-and-paper probes'.
 * Titles and keys are read from the passages by those probes. */
#include "documents/parsers.h"
#include "documents/prose.h"

void
cd_parse_bibtex (CdDocument *document, const CdDocumentOptions *options G_GNUC_UNUSED)
{
  cd_document_add_lines (document, CD_PASSAGE_BIBTEX, 0, document->length, -1, 0);
  cd_document_add_bare_links (document, 0, document->length, -1);
}
