/* What changed between two audits, in the formats that people and programs read. For cli/ and gate reports. */
#pragma once
#include "difference/difference.h"
#include "report/page.h"

/* New strings, freed by the caller. */
char *cd_difference_text (const CdDifference *difference, const CdReportStyle *style);
/* For a pull request's comment, below GitHub's 65 536 characters. Begins with CD_DIFFERENCE_MARKER, by which a bot finds the comment to update. */
char *cd_difference_markdown (const CdDifference *difference);
#define CD_DIFFERENCE_MARKER "<!-- candor-difference -->"
/* schemas/difference.schema.json. */
char *cd_difference_json (const CdDifference *difference);

/* What the formats say in the same words: difference-words.c. */
typedef struct {
  const char *name;
  const CdRecordDimension *before, *after; /* either may be NULL where only one rubric has the dimension */
} CdDifferenceRow;
/* Dimensions as the second record has them, then those of the first alone. Free with g_array_unref. */
GArray *cd_difference_rows (const CdDifference *difference);

/* The four lists of verdicts. */
typedef struct {
  const GArray *verdicts; /* CdVerdictChange */
  const char *title;      /* "Gained", "Only B" … static */
  gboolean after;         /* evidence is the second side's */
} CdDifferenceList;
typedef enum { CD_LIST_GAINED, CD_LIST_LOST, CD_LIST_SETTLED, CD_LIST_UNSETTLED, CD_LISTS } CdDifferenceListKind;
CdDifferenceList cd_difference_list (const CdDifference *difference, CdDifferenceListKind kind);
/* The side of a change that the list shows: the one that says yes, or is beyond doubt. Never NULL. */
const CdRecordVerdict *cd_difference_shown (const CdDifferenceList *list, const CdVerdictChange *change);
/* What the other side says instead; NULL where its rubric does not ask. */
const CdRecordVerdict *cd_difference_other (const CdDifferenceList *list, const CdVerdictChange *change);

/* "before" or "after"; "A" or "B" of two works. Static. */
const char *cd_difference_side (const CdDifference *difference, gboolean after);
/* "https://github.com/owner/name at 0123456789ab (2024-01-01)". Caller frees. */
char *cd_difference_subject (const CdRecord *record);
/* Which rules differ, as a sentence; NULL where they are the same. Caller frees. */
char *cd_difference_rules (const CdDifference *difference);
/* "+3", "−2", "0". Caller frees. */
char *cd_difference_signed (gint64 points);
/* "path:line" or the path; "the whole tree" without one. Caller frees. */
char *cd_difference_place (const CdRecordPlace *place);
/* At most so many characters of text, with an ellipsis where it is cut. Caller frees. */
char *cd_difference_clip (const char *text, glong most);
/* "1 criterion gained, 2 lost, 3 other changes"; "no difference". Caller frees. */
char *cd_difference_summary (const CdDifference *difference);
