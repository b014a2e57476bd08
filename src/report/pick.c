/* Choosing what the formats for readers show first. */
#include "report/pick.h"
#include "base/credentials.h"
#include <math.h>
#include <string.h>

#define EXCERPT_BYTES 400u
#define SLACK 1e-9             /* 0.29 times 100 is less than 29 */
#define SECTION_CHARACTERS 160 /* of the innermost headings' titles */
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

guint
cd_pick_percent (const CdVerdict *verdict)
{
  return (guint) floor (100 * verdict->certainty + SLACK);
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

CdPickedContext
cd_pick_context (const CdAudit *audit, guint document, guint line)
{
  CdPickedContext context = { 0 };
  const CdDocument *found = document != G_MAXUINT ? audit->corpus->documents->pdata[document] : NULL;
  const CdPassage *passage = found != NULL && line > 0 ? cd_document_passage_on (found, line) : NULL;
  if (passage == NULL)
    return context;
  context.kind = cd_passage_kind_name (passage->kind);
  g_autofree char *titles = cd_document_section_path (found, passage->section);
  g_autofree char *path = cd_text_to_utf8 (titles, strlen (titles));
  glong length = g_utf8_strlen (path, -1);
  g_autofree char *end = length > SECTION_CHARACTERS ? g_utf8_substring (path, length - SECTION_CHARACTERS, length) : NULL;
  if (length > 0)
    context.section = end != NULL ? g_strconcat ("…", end, NULL) : g_steal_pointer (&path);
  return context;
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
