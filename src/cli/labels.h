/* Labelled lines of a page: what `candor explain` prints is made of them. */
#pragma once
#include "report/page.h"

#define CD_LABEL 10u /* columns of a label */

/* An id and what it is, after an empty line where another stands before it. */
void cd_label_title (CdPage *page, gboolean another, const char *id, const char *what);
/* A label and its text, wrapped; nothing for an empty text. */
void cd_label_line (CdPage *page, const char *label, const char *text);
/* Where a rule is defined. */
void cd_label_place (CdPage *page, const char *file, guint line);
