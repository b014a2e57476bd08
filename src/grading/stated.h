/* Where a response states its answer: the forms that most models use, shared by the graders that are not mathematics' (math.h has its own, which knows
 * formulas). Spans point into the response and are not terminated. Linear in the response, whatever it holds. For grading/ only. */
#pragma once
#include <glib.h>

#define CD_STATED_BYTES 4096u /* a stated answer is no longer */

typedef struct {
  const char *at, *end;
} CdSpan;

/* What follows the last "</think>" (or "</thought>"), where something does; else all. Thoughts state many answers. */
CdSpan cd_stated_body (const char *response);
/* The inside of the last complete \boxed{…} or \fbox{…}; without boxes and \text{} around all of it. FALSE where there is none. */
gboolean cd_stated_boxed (CdSpan in, CdSpan *content);
/* The next cue ("the answer is", "Answer:", "#### ", "<answer>", a heading "Answer", "答案是" …) in *rest: what follows it to the end of the line, or of the next
 * line that holds something; *rest is moved behind the cue. FALSE where there is none; "is not" is no cue. */
gboolean cd_stated_next (CdSpan *rest, CdSpan *content);
/* The content of the last cue; FALSE where there is none. */
gboolean cd_stated_cue (CdSpan in, CdSpan *content);
/* The last and the first line that hold more than markup. Empty spans where none does. */
CdSpan cd_stated_last_line (CdSpan in);
CdSpan cd_stated_first_line (CdSpan in);
/* Without blanks, Markdown's emphasis, quotes at both ends, and without a full stop, comma, semicolon or colon at the end. */
CdSpan cd_stated_trim (CdSpan span);
/* A copy; caller frees. */
char *cd_stated_copy (CdSpan span);
/* TRUE where text at *at begins with word, in any case of ASCII letters. */
gboolean cd_stated_begins (const char *at, const char *end, const char *word);
/* The references that gold holds: the members of a JSON list of strings, or gold alone. NULL-terminated; caller frees with g_strfreev. */
char **cd_stated_golds (const char *gold);
