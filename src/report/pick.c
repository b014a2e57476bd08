/* Choosing what the formats for readers show first. */
#include "report/pick.h"
#include "base/credentials.h"
#include <string.h>

#define EXCERPT_BYTES 400u
/* First commands that may run, and first broken ones. */
#define OF_A_SORT (CD_PICKED_COMMANDS / 2)

void
cd_pick_commands (const CdAudit *audit, CdCommandClass class, CdPickedCommands *picked)
{
  guint sound = 0;
  memset (picked, 0, sizeof *picked);
  for (guint i = 0; i < audit->work->commands->len; i++) {
    const CdWorkCommand *command = audit->work->commands->pdata[i];
    if (command->listed != class)
      continue;
    picked->total++;
    guint *count = command->status == CD_COMMAND_BROKEN ? &picked->broken : &sound;
    if ((*count)++ < OF_A_SORT)
      picked->commands[picked->shown++] = command;
  }
}

const CdEvidence *
cd_pick_evidence (const CdVerdict *verdict)
{
  const CdEvidence *best = NULL;
  for (guint i = 0; i < verdict->evidence->len; i++) {
    const CdEvidence *evidence = &g_array_index (verdict->evidence, CdEvidence, i);
    if (evidence->document != G_MAXUINT)
      return evidence;
    best = best != NULL ? best : evidence;
  }
  return best;
}

char *
cd_pick_excerpt (const CdAudit *audit, guint document, guint line)
{
  if (document == G_MAXUINT)
    return NULL;
  const CdDocument *found = audit->corpus->documents->pdata[document];
  gsize start = 0, end = 0;
  if (!cd_lines_range (found->lines, found->text, found->length, line, &start, &end))
    return NULL;
  /* A credential is masked before the cut: half of one is still one. */
  g_autofree char *line_text = g_strndup (found->text + start, MIN (end - start, 4 * EXCERPT_BYTES));
  g_autofree char *masked = cd_credential_mask (line_text);
  g_autofree char *bytes = g_strndup (masked, EXCERPT_BYTES);
  /* A cut in the middle of a character is no fault of the file's. */
  const char *bad = NULL;
  if (strlen (masked) > EXCERPT_BYTES && !g_utf8_validate (bytes, -1, &bad) && strlen (bad) < 4)
    bytes[bad - bytes] = '\0';
  return *g_strstrip (bytes) != '\0' ? cd_text_printable (bytes) : NULL;
}
