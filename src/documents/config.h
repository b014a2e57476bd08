/* What the configuration parsers share. For documents/ only. */
#pragma once
#include "documents/lines.h"

/* A configuration setting; nothing for an empty key or beyond CD_LIMIT_SETTINGS; long values are cut. config.c. */
void cd_config_add (CdDocument *document, const char *key, const char *value, guint line);
/* Where a comment that begins with one of marks stands in a line [start, end), quotes skipped; end for nowhere. config.c. */
gsize cd_config_comment (const char *text, gsize start, gsize end, const char *marks);
/* A passage a line of the whole document, comments apart, and bare URLs as links. config.c. */
void cd_config_add_lines (CdDocument *document, const char *marks);
/* White space and one pair of quotes removed. Caller frees. config.c. */
char *cd_config_unquote (const char *text, gsize length);
