/* What a reader is told of a question: its text, what the codebook wants, what the rules and others say, and the passages that decide. */
#pragma once
#include "review/screen-file.h"
#include "review/screen-rows.h"
#include "review/session.h"

/* The lines of a question's places (cd_session_places). CdSpan; caller unrefs. */
GArray *cd_question_spans (const GArray *places);
/* Everything; places are numbered from 1, and the rows of number i are tagged i. */
CdRows *cd_question_rows (const CdSession *session, guint criterion, const GArray *places, guint columns, gboolean unicode);

/* "✓" yes, "✗" no, "…" put off; of unanswered ones "?" where the rules are not certain and "·" where they are. */
const char *cd_question_mark (const CdSession *session, guint criterion, gboolean unicode, CdInk *ink);
/* "PATH:LINE–END". Caller frees. */
char *cd_question_place (const char *path, guint line, guint end, gboolean unicode);
const char *cd_question_yes (gboolean yes); /* "yes", "no" */
