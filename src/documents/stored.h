/* A document in a row of bytes, and back, for results that are kept between audits: all that reading a blob gave, with the marks that a scan left. */
#pragma once
#include "base/packing.h"
#include "documents/document.h"

/* Changes with every change of what is packed. */
#define CD_DOCUMENT_LAYOUT 1u

void cd_document_pack (const CdDocument *document, GByteArray *out);
/* The document again; its text lies in value, which it refers to. NULL, with from bad, where the bytes are no document. oid and path: whose it was. */
CdDocument *cd_document_unpack (CdUnpacking *from, GBytes *value, const char *path, const CdOid *oid);

/* classify.c: the language of this name as documents have it (static), or NULL where none is called so. */
const char *cd_document_language (const char *name);
