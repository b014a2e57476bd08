/* What a model is shown of a work for one question: passages that the rules found, line by line, without lines that speak to whoever reads them. For
 * review/ only. */
#pragma once
#include "review/session.h"

typedef struct {
  guint number;
  char *text;    /* printable, credentials masked; NULL: not shown */
  gboolean page; /* not shown because a page shows it to nobody: markup, comments. Else because it speaks to whoever reads */
} CdExcerptLine;

typedef struct {
  guint document;
  char *path;     /* printable */
  GArray *lines;  /* CdExcerptLine, ascending; a heading above the passage may stand apart from it */
  guint withheld; /* lines that speak. A passage with any is shown, and proves nothing */
} CdExcerpt;

/* CdExcerpt*, best first; empty where nothing can be shown. Caller frees with g_ptr_array_unref. */
GPtrArray *cd_excerpts_gather (const CdSession *session, guint criterion);
/* The excerpt of a path that shows a line, or would; NULL none. Borrowed. */
const CdExcerpt *cd_excerpts_find (const GPtrArray *excerpts, const char *path, guint line, guint *index);
