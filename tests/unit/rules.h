/* Rule directories and documents for tests, made from a few strings. */
#pragma once
#include "documents/document.h"

/* A folder in the temporary directory laid out like rubrics/: pairs of name and text, ended by NULL. */
char *rules_new (const char *const *names_and_texts);
/* Removes what rules_new made, and path itself. */
void rules_free (char *path);
/* A document of one passage a line. "# " and "## " begin headings that open sections of level 1 and 2, "| " a table row, "$ " a command,
 * "% " code, "// " a comment; other lines are prose; an empty line ends a paragraph. */
CdDocument *rules_document (const char *path, CdDocumentKind kind, const char *text);
