/* What is to be run, and what it should yield: commands with their status, and claimed figures with how far a repetition may be off by chance. */
#include "report/appendix.h"
#include "report/markup.h"
#include "statistics/intervals.h"
#include <math.h>

#define ROWS 200u
#define COMMANDS 24u     /* of one purpose */
#define COMMAND_MOST 240 /* code points of a command that are shown */

static void
add_problems (CdAppendix *appendix, const cJSON *command)
{
  const cJSON *problem = NULL;
  guint count = 0;
  cJSON_ArrayForEach (problem, cJSON_GetObjectItemCaseSensitive (command, "problems"))
  {
    g_string_append (appendix->out, count++ > 0 ? "; " : ": ");
    cd_appendix_text (appendix, cd_record_string (problem, "what"));
  }
}

/* Commands that are shown to readers come before those that scripts hold. */
static gboolean
is_documented (const cJSON *command)
{
  static const char *const suffixes[] = { ".md", ".markdown", ".rst", ".txt", ".pdf", ".yaml" };
  g_autofree char *path = g_ascii_strdown (cd_record_place (command).path, -1);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (path, suffixes[i]))
      return TRUE;
  return FALSE;
}

static GPtrArray *
in_order (const cJSON *list)
{
  GPtrArray *commands = g_ptr_array_new ();
  for (guint documented = 2; documented-- > 0;) {
    cJSON *command = NULL;
    cJSON_ArrayForEach (command, list)
    {
      if (is_documented (command) == (documented == 1))
        g_ptr_array_add (commands, command);
    }
  }
  return commands;
}

static void
add_command (CdAppendix *appendix, const cJSON *command, guint number)
{
  const char *text = cd_record_string (command, "command");
  g_string_append_printf (appendix->out, "| %u | ", number);
  if (text != NULL && g_utf8_strlen (text, -1) > COMMAND_MOST) {
    g_autofree char *begin = g_utf8_substring (text, 0, COMMAND_MOST), *cut = g_strconcat (begin, " …", NULL);
    cd_markup_code (appendix->out, cut);
  } else if (text != NULL)
    cd_markup_code (appendix->out, text);
  g_string_append (appendix->out, " | ");
  cd_appendix_text (appendix, cd_record_string (command, "status"));
  add_problems (appendix, command);
  g_string_append (appendix->out, " | ");
  cd_appendix_places (appendix, command);
  g_string_append (appendix->out, " |\n");
}

static void
add_commands (CdAppendix *appendix, const char *list, const char *title)
{
  g_autoptr (GPtrArray) commands = in_order (cd_record_part (appendix->record, list));
  cd_appendix_heading (appendix, 3, title);
  if (commands->len == 0) {
    cd_appendix_ask (appendix, "the commands; the audit found none documented.");
    return;
  }
  g_string_append (appendix->out, "| | Command | Status by the audit | Place |\n|---|---|---|---|\n");
  for (guint i = 0; i < commands->len && i < COMMANDS; i++)
    add_command (appendix, commands->pdata[i], i + 1);
  if (commands->len > COMMANDS)
    g_string_append_printf (appendix->out, "\n… and %u more in the repository's scripts; the audit's JSON lists all.\n", commands->len - COMMANDS);
}

void
cd_appendix_workflow (CdAppendix *appendix)
{
  cd_appendix_heading (appendix, 2, "Experiment workflow");
  g_string_append (appendix->out,
                   "*runnable*: all that the command names is in the repository; *broken*: something is not; *unknown*: the audit cannot tell. "
                   "None was executed by the audit.\n");
  add_commands (appendix, "commands.training", "Training");
  add_commands (appendix, "commands.evaluation", "Evaluation");
  g_string_append_c (appendix->out, '\n');
  cd_appendix_ask (appendix, "which of these are the main ones, in order, with the time that each takes.");
}

/* The problems of a claim's benchmark: as claimed, or as the audit knows of the benchmark; 0 unknown. */
static double
problems_of (const cJSON *claim)
{
  double n = cd_record_number (claim, "n", 0);
  return n > 0 ? n : cd_record_number (cJSON_GetObjectItemCaseSensitive (claim, "arithmetic"), "n", 0);
}

/* How far a share of so many problems may be off by the choice of problems alone (95 %, Wilson): a repetition inside is no contradiction. */
static void
add_tolerance (CdAppendix *appendix, const cJSON *claim)
{
  double value = cd_record_number (claim, "value", -1), n = problems_of (claim);
  gboolean percent = g_strcmp0 (cd_record_string (claim, "unit"), "percent") == 0;
  if (!percent || n < 1 || n > 1e9 || value < 0 || value > 100) {
    g_string_append (appendix->out, "**to be written by the authors**");
    return;
  }
  CdInterval interval = cd_interval_wilson ((guint64) llround (value / 100 * n), (guint64) n, CD_Z_95);
  g_string_append_printf (appendix->out, "%.1f to %.1f (%.0f problems)", 100 * interval.low, 100 * interval.high, n);
}

/* What was obtained for the claim of an index, the first first. */
static void
add_obtained (CdAppendix *appendix, int claim)
{
  const cJSON *reproduction = NULL;
  guint count = 0;
  cJSON_ArrayForEach (reproduction, cd_record_part (appendix->record, "reproductions"))
  {
    if ((int) cd_record_number (reproduction, "claim", -1) != claim)
      continue;
    double value = cd_record_number (reproduction, "value", NAN);
    g_string_append (appendix->out, count++ > 0 ? "; " : "");
    cd_appendix_text (appendix, cd_record_string (reproduction, "conclusion"));
    if (!isnan (value))
      g_string_append_printf (appendix->out, ", %.10g by ", value);
    else
      g_string_append (appendix->out, ", by ");
    cd_appendix_text (appendix, cd_record_string (reproduction, "by"));
    g_string_append (appendix->out, " at ");
    cd_appendix_places (appendix, reproduction);
  }
  if (count == 0)
    g_string_append (appendix->out, "nothing in the repository to compare with");
}

static void
add_claim (CdAppendix *appendix, const cJSON *claim, int index)
{
  gboolean percent = g_strcmp0 (cd_record_string (claim, "unit"), "percent") == 0;
  static const char *const keys[] = { "model", "benchmark", "metric" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_string_append (appendix->out, i > 0 ? " | " : "| ");
    cd_appendix_text (appendix, cd_record_string (claim, keys[i]));
  }
  g_string_append_printf (appendix->out, " | %.10g%s | ", cd_record_number (claim, "value", 0), percent ? " %" : "");
  add_tolerance (appendix, claim);
  g_string_append (appendix->out, " | ");
  add_obtained (appendix, index);
  g_string_append (appendix->out, " | ");
  cd_appendix_places (appendix, claim);
  g_string_append (appendix->out, " |\n");
}

void
cd_appendix_results (CdAppendix *appendix)
{
  const cJSON *claims = cd_record_part (appendix->record, "claims"), *claim = NULL;
  int count = 0;
  cd_appendix_heading (appendix, 2, "Evaluation and expected results");
  cJSON_ArrayForEach (claim, claims)
  {
    if (count == 0)
      g_string_append (
          appendix->out,
          "| Model | Benchmark | Metric | Claimed | Tolerance (95 %) | Obtained by the audit | Place |\n|---|---|---|---|---|---|---|\n");
    if (count < (int) ROWS)
      add_claim (appendix, claim, count);
    count++;
  }
  if (count > (int) ROWS)
    g_string_append_printf (appendix->out, "\n… and %d more.\n", count - (int) ROWS);
  if (count == 0)
    cd_appendix_ask (appendix, "the figures that the artifact should yield; the audit found none claimed.");
  else
    g_string_append (
        appendix->out,
        "\nThe tolerance is how far the figure may be off by the choice of problems alone (Wilson's interval); that of sampling, hardware "
        "and library versions comes on top of it. **To be written by the authors:** which of these support the paper's main claims.\n");
}
