/* What several formats of a gate say of a check in the same way. */
#pragma once
#include "report/gate-formats.h"

/* The first word of a check's id ("criterion", "regression", "score" …). Caller frees. */
char *cd_check_family (const CdCheck *check);
/* What all checks of one kind share, the same from run to run: "criterion/open.weights", "score/total", "claim", "command". Caller frees. */
char *cd_check_rule (const CdCheck *check);
/* For every check of the gate, by index, 64 hexadecimal digits: the same for the same finding in two runs, wherever its lines went, and never the same
 * for two checks of one run. Caller unrefs. */
GPtrArray *cd_check_fingerprints (const CdGate *gate);
/* Where a check is shown: its best place in a file; else, with *stated FALSE, the file in which the missing statement would be made: the manifest, or the
 * README. Lines of PDFs and notebooks are lines of extracted text and are left out. The path is the record's, the README's name apart. */
CdRecordPlace cd_check_place (const CdGate *gate, const CdCheck *check, gboolean *stated);
/* What is the matter, safe to print, at most CD_CHECK_TEXT bytes. Caller frees. */
#define CD_CHECK_TEXT 2000u
char *cd_check_what (const CdCheck *check);
/* The fix, the same way; NULL where there is none. Caller frees. */
char *cd_check_fix (const CdCheck *check);
/* The policy's reason for asking, the same way; NULL where it gives none. Caller frees. */
char *cd_check_why (const CdCheck *check);
/* Why and until when an excepted check is excused, or since when its exception no longer holds; NULL without one. Caller frees. */
char *cd_check_excuse (const CdCheck *check);
/* A path or name that may be printed: no controls, at most CD_CHECK_TEXT bytes. Caller frees. */
char *cd_check_shown (const char *text);
/* The verdict that a check is about; NULL where it is about something else. Borrowed. */
const CdRecordVerdict *cd_check_verdict (const CdGate *gate, const CdCheck *check);
