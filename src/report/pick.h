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

/* A verdict's certainty in whole percent, rounded down: one that is not settled must not look so. */
guint cd_pick_percent (const CdVerdict *verdict);
/* A verdict's best place: in a file where there is one; NULL where nothing was found. */
const CdEvidence *cd_pick_evidence (const CdVerdict *verdict);
/* Where a line stands: the headings over it, outermost first and joined by " / ", shortened where they are long (NULL: none), and what it is a part of
 * ("prose", "table", "code" …: cd_passage_kind_name; NULL: nothing that is shown). The caller frees section. */
typedef struct {
  char *section;
  const char *kind;
} CdPickedContext;
CdPickedContext cd_pick_context (const CdAudit *audit, guint document, guint line);
/* The text of a line, in printable characters and no longer than a sentence; NULL where there is none. Caller frees. */
char *cd_pick_excerpt (const CdAudit *audit, guint document, guint line);
