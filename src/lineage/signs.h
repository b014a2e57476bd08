/* What training data in the tree shows by itself: sentences in which a model says who made it, fields and markers of recorded thought, and characters that
 * some models' texts are known for (narrow no-break space, non-breaking hyphen; arXiv 2607.09692). Counts only: they hint, and decide nothing. */
#pragma once
#include "scope/scope.h"

typedef struct {
  guint document;
  const char *sign; /* "self-identification", "reasoning-field", "thinking-marker", "glyph"; static */
  char *what;       /* who it says made it, the field, the marker, "U+202F" */
  guint count;      /* in the part of the file that was read */
} CdSign;

/* CdSign*, by document, sign and what; empty where no data of the work's own shows any. Caller unrefs. */
GPtrArray *cd_signs_gather (const CdCorpus *corpus, const CdScope *scope);
