/* The badges of ACM's "Artifact Review and Badging", version 1.1, each with what an audit can bear out and what it cannot. None is awarded here. */
#include "report/appendix.h"
#include "report/markup-record.h"
#include "report/markup.h"
#include <string.h>

typedef struct {
  guint all, runnable, broken;
} Commands;

static Commands
count_commands (const CdRecord *record, const char *list)
{
  Commands counts = { 0 };
  const cJSON *command = NULL;
  cJSON_ArrayForEach (command, cd_record_part (record, list))
  {
    const char *status = cd_record_string (command, "status");
    counts.all++;
    counts.runnable += g_strcmp0 (status, "runnable") == 0 ? 1 : 0;
    counts.broken += g_strcmp0 (status, "broken") == 0 ? 1 : 0;
  }
  return counts;
}

/* A box that is ticked where the audit bears the statement out. */
static void
add_box (CdAppendix *appendix, gboolean holds, const char *statement)
{
  g_string_append_printf (appendix->out, "- [%c] %s", holds ? 'x' : ' ', statement);
}

static void
add_criterion (CdAppendix *appendix, const char *statement, const char *id)
{
  const CdRecordVerdict *verdict = cd_record_verdict (appendix->record, id);
  if (verdict == NULL)
    return;
  add_box (appendix, verdict->yes, statement);
  g_string_append_printf (appendix->out, ": %s (certainty %.2f", verdict->yes ? "yes" : "not found", verdict->certainty);
  if (verdict->yes && verdict->evidence->len > 0) {
    g_string_append (appendix->out, "; ");
    cd_markup_record_places (appendix->out, appendix->record, verdict->evidence, 2);
  }
  g_string_append (appendix->out, ")\n");
}

static void
add_commands (CdAppendix *appendix, const char *statement, const char *list)
{
  Commands counts = count_commands (appendix->record, list);
  add_box (appendix, counts.all > 0 && counts.broken == 0 && counts.runnable > 0, statement);
  g_string_append_printf (appendix->out, ": %u documented, %u runnable, %u broken\n", counts.all, counts.runnable, counts.broken);
}

static void
add_available (CdAppendix *appendix)
{
  cd_appendix_heading (appendix, 3, "Artifacts Available");
  add_box (appendix, appendix->record->remote != NULL, "the code is in a repository with an address");
  g_string_append (appendix->out, appendix->record->remote != NULL ? ": " : "\n");
  if (appendix->record->remote != NULL) {
    cd_markup_code (appendix->out, appendix->record->remote);
    g_string_append_c (appendix->out, '\n');
  }
  add_criterion (appendix, "the trained weights are linked", "open.weights");
  add_criterion (appendix, "the training data is public", "open.post-training-data");
  cd_appendix_ask (appendix, "the archival repository and its DOI. The badge asks for a persistent identifier; a repository on a forge is none.");
}

static void
add_functional (CdAppendix *appendix)
{
  cd_appendix_heading (appendix, 3, "Artifacts Evaluated: Functional");
  add_criterion (appendix, "documented: commands in order, from installing to the main function", "open.instructions");
  add_criterion (appendix, "complete: everything that runs the training", "open.training-code");
  add_criterion (appendix, "complete: everything that produces the figures", "open.evaluation-code");
  add_commands (appendix, "exercisable: training commands", "commands.training");
  add_commands (appendix, "exercisable: evaluation commands", "commands.evaluation");
  cd_appendix_ask (
      appendix, "that the artifact was run from start to end on a fresh machine. The audit read the commands and ran none; `candor reproduce --run` "
                "runs what the manifest declares.");
}

/* Claims by what was obtained for them; several reproductions of one claim count once, as the best. */
static void
add_reproduced (CdAppendix *appendix)
{
  static const char *const ranks[] = { "reproduced", "compatible", "selected", "not-reproduced" };
  const CdRecord *record = appendix->record;
  guint claims = (guint) cJSON_GetArraySize (cd_record_part (record, "claims")), counts[G_N_ELEMENTS (ranks)] = { 0 }, runs = 0;
  g_autofree guint *best = g_new (guint, claims + 1);
  for (guint i = 0; i < claims; i++)
    best[i] = G_N_ELEMENTS (ranks);
  const cJSON *reproduction = NULL;
  cJSON_ArrayForEach (reproduction, cd_record_part (record, "reproductions"))
  {
    double claim = cd_record_number (reproduction, "claim", -1);
    runs += g_strcmp0 (cd_record_string (reproduction, "by"), "run") == 0 ? 1 : 0;
    for (guint r = 0; claim >= 0 && claim < claims && r < G_N_ELEMENTS (ranks); r++)
      if (g_strcmp0 (cd_record_string (reproduction, "conclusion"), ranks[r]) == 0)
        best[(guint) claim] = MIN (best[(guint) claim], r);
  }
  for (guint i = 0; i < claims; i++)
    if (best[i] < G_N_ELEMENTS (ranks))
      counts[best[i]]++;
  cd_appendix_heading (appendix, 3, "Results Reproduced");
  add_box (appendix, claims > 0 && counts[0] + counts[1] == claims, "every claimed figure is borne out by files of the repository");
  g_string_append_printf (
      appendix->out,
      ": of %u, %u reproduced, %u compatible, %u selected among runs, %u not reproduced, the others without anything to compare with\n", claims,
      counts[0], counts[1], counts[2], counts[3]);
  add_box (appendix, runs > 0, "figures were obtained by running the artifact");
  g_string_append_printf (appendix->out, ": %u\n", runs);
  g_string_append (appendix->out,
                   "\nThe badge is given where people other than the authors obtained the main results with the artifact: no draft can say that.\n");
}

static void
add_unexamined (CdAppendix *appendix)
{
  int count = cJSON_GetArraySize (cd_record_part (appendix->record, "not_examined"));
  cd_appendix_heading (appendix, 2, "What the audit did not see");
  g_string_append_printf (appendix->out,
                          "%d file%s could not be examined. Pixels of images, what stands behind links, issues and the paper outside the repository "
                          "were not read. %u of %u "
                          "answers are unsettled: a reader might answer otherwise.\n",
                          count, count == 1 ? "" : "s", appendix->record->unsettled, appendix->record->settled + appendix->record->unsettled);
}

void
cd_appendix_badges (CdAppendix *appendix)
{
  cd_appendix_heading (appendix, 2, "Badges");
  g_string_append (appendix->out, "A tick says that the audit bears the line out; it awards nothing.\n");
  add_available (appendix);
  add_functional (appendix);
  add_reproduced (appendix);
  add_unexamined (appendix);
}
