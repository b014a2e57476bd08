/* Between the files of the plain mode: what is read, what is printed, and where in the tree its reader looks. */
#pragma once
#include "review/plain.h"

/* A file that is being looked at: the lines shown last. */
typedef struct {
  gint document; /* -1 none */
  guint first, last;
} CdPlainView;

/* plain-input.c */
/* Places as a reader types them, apart by white space or commas, in double quotes where they hold such: numbers of `places`, or of the tree.
 * Returns CdCitation*; NULL with CD_ERROR_USAGE. Caller unrefs. */
GPtrArray *cd_plain_places (const CdSession *session, const char *text, const GArray *places, GError **error);

/* plain-show.c */
/* places: of cd_session_places; numbered from 1. */
void cd_plain_show_question (const CdSession *session, guint criterion, const GArray *places, FILE *out);
void cd_plain_show_score (const CdSession *session, FILE *out);
/* Lines `first` … of the viewed document, as many as a page has; FALSE where there are none. */
gboolean cd_plain_show_page (const CdSession *session, CdPlainView *view, guint first, FILE *out);
/* Text from anywhere, harmless. */
void cd_plain_put (FILE *out, const char *format, ...) G_GNUC_PRINTF (2, 3);
