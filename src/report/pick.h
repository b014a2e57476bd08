/* What of an audit is worth a reader's first look; the formats for readers show the same. Borrowed pointers live as long as the audit. */
#pragma once
#include "report/report.h"

#define CD_PICKED_COMMANDS 4u

/* The commands of a class: how many, how many of them broken, and the first ones of either sort, in the order of the tree. */
typedef struct {
  guint total, broken, shown;
  const CdWorkCommand *commands[CD_PICKED_COMMANDS];
} CdPickedCommands;
void cd_pick_commands (const CdAudit *audit, CdCommandClass class, CdPickedCommands *picked);

/* A verdict's best place: in a file where there is one; NULL where nothing was found. */
const CdEvidence *cd_pick_evidence (const CdVerdict *verdict);
/* The text of a line, in printable characters and no longer than a sentence; NULL where there is none. Caller frees. */
char *cd_pick_excerpt (const CdAudit *audit, guint document, guint line);
