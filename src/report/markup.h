/* Pieces of GitHub Markdown that hold any text without changing their meaning, inside table cells too. */
#pragma once
#include "report/report.h"

/* Prose: nothing in it is markup, a mention, a reference or a link. */
void cd_markup_text (GString *out, const char *text);
/* A code span; nothing for an empty text. */
void cd_markup_code (GString *out, const char *text);
/* A place as a code span, linked to the commit's file where the remote is on a known forge. */
void cd_markup_place (GString *out, const CdAudit *audit, guint document, guint line);
