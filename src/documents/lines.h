/* Building blocks that the line-wise parsers share. For documents/ only. */
#pragma once
#include "documents/parsers.h"
#include "documents/prose.h"

/* No parser keeps more settings or commands of one file than this: beyond it a file is data, or hostile. */
#define CD_LIMIT_SETTINGS 20000u
#define CD_LIMIT_COMMANDS 20000u

/* One passage for [start, end) with white space around it left out; nothing where that is empty. code.c. */
void cd_document_add_trimmed (CdDocument *document, CdPassageKind kind, gsize start, gsize end, gint32 section, guint paragraph);

/* A requirement as pip writes it ("name[extra]>=1.0; marker", "name @ URL", "git+https://…#egg=name") as a dependency; nothing where
 * text is none. dependencies.c. */
void cd_document_add_requirement (CdDocument *document, const char *text, gsize length, guint line);
void cd_document_add_dependency (CdDocument *document, const char *name, const char *version, guint line);
