/* Poppler's programs, run over a PDF, and the cache of what they made of it. For documents/ only. */
#pragma once
#include "documents/document.h"

typedef enum { CD_POPPLER_OK, CD_POPPLER_FAILED, CD_POPPLER_TIMED_OUT, CD_POPPLER_NOT_STARTED } CdPopplerState;

/* Run arguments (a program's full path first, NULL-terminated) with the PDF as its input; what it writes replaces text. At most `most` bytes are
 * kept: at that length the program is stopped and the state is OK. Ends after CD_LIMIT_PDF_SECONDS at the latest. */
CdPopplerState cd_poppler_run (const char *const *arguments, const char *bytes, gsize length, GString *text, gsize most);

/* The file of the cache for one PDF; format names what is kept and how it was made. NULL where directory is. Caller frees. */
char *cd_poppler_cache_file (const char *format, const CdOid *oid, const char *directory);
/* What the cache has; NULL where it has nothing, or file is NULL. */
GBytes *cd_poppler_load (const char *file);
/* A cache that cannot be written costs time, not correctness. Nothing where file is NULL. */
void cd_poppler_store (const char *file, const GString *text);
