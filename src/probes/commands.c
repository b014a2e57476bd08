/* Probes about what can be run: documented commands, launch scripts, and the code behind them. */
#include "probes/families.h"
#include "scope/role.h"
#include "work/commands.h"
#include <string.h>

/* A script's name alone, as a sentence mentions it, shows less than a command with its program or options. */
static gboolean
is_bare (const CdCommand *command)
{
  return command->argv[0] != NULL && command->argv[1] == NULL && strchr (command->argv[0], '.') != NULL;
}

/* Commands of a class in documents (README and the like) or in scripts. */
static void
find_commands (const CdCase *the_case, CdCommandClass class, gboolean in_scripts, const char *says, CdFinding *finding)
{
  for (guint i = 0; i < the_case->work->commands->len; i++) {
    const CdWorkCommand *command = the_case->work->commands->pdata[i];
    const CdDocument *document = the_case->corpus->documents->pdata[command->document];
    if (command->listed != class || (document->kind == CD_DOCUMENT_SHELL) != in_scripts)
      continue;
    double weight = (cd_role_of (document) == CD_ROLE_README ? 2 : 1) * cd_reach_weight (the_case, command->document);
    cd_finding_add (finding, command->document, command->command->line, command->command->end_line, says,
                    is_bare (command->command) ? 0.2 * weight : weight);
    finding->yes = TRUE;
  }
}

void
cd_probe_training_command (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_commands (the_case, CD_COMMAND_TRAINING, FALSE, info->id, finding);
}

void
cd_probe_evaluation_command (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_commands (the_case, CD_COMMAND_EVALUATION, FALSE, info->id, finding);
}

void
cd_probe_data_command (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_commands (the_case, CD_COMMAND_DATA, FALSE, info->id, finding);
}

void
cd_probe_install_command (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_commands (the_case, CD_COMMAND_INSTALL, FALSE, info->id, finding);
}

void
cd_probe_serving_command (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_commands (the_case, CD_COMMAND_SERVE, FALSE, info->id, finding);
  find_commands (the_case, CD_COMMAND_DEMO, FALSE, info->id, finding);
}

void
cd_probe_training_script (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_commands (the_case, CD_COMMAND_TRAINING, TRUE, info->id, finding);
}

void
cd_probe_evaluation_script (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_commands (the_case, CD_COMMAND_EVALUATION, TRUE, info->id, finding);
}

#define TOGETHER_LINES 60u /* from installing to running, to be shown as one place */

/* An installing command stands before a training or evaluation command of the same document. The first pair is shown as one place where it can be. */
void
cd_probe_run_after_install (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  const CdWorkCommand *install = NULL;
  for (guint i = 0; i < the_case->work->commands->len; i++) {
    const CdWorkCommand *command = the_case->work->commands->pdata[i];
    const CdDocument *document = the_case->corpus->documents->pdata[command->document];
    if (document->kind == CD_DOCUMENT_SHELL)
      continue;
    if (command->listed == CD_COMMAND_INSTALL && (install == NULL || install->document != command->document))
      install = command;
    if ((command->listed != CD_COMMAND_TRAINING && command->listed != CD_COMMAND_EVALUATION) || install == NULL
        || install->document != command->document)
      continue;
    gboolean together = command->command->end_line - install->command->line < TOGETHER_LINES;
    if (!finding->yes)
      cd_finding_add (finding, install->document, install->command->line, together ? command->command->end_line : install->command->end_line,
                      info->id, 3);
    if (finding->yes || !together)
      cd_finding_add (finding, command->document, command->command->line, command->command->end_line, info->id, 2);
    finding->yes = TRUE;
  }
}

/* Where code begins, after licence and comments. */
static guint32
first_code_line (const CdDocument *document)
{
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->kind == CD_PASSAGE_CODE)
      return passage->line;
  }
  return 1;
}

/* Tests of the code's parts: they measure no model. */
static gboolean
is_unit_test (const char *path)
{
  const char *base = strrchr (path, '/');
  if (base == NULL || (strncmp (base, "/test_", 6) != 0 && !g_str_has_suffix (base, "_test.py")))
    return FALSE;
  return strncmp (path, "tests/", 6) == 0 || strncmp (path, "test/", 5) == 0 || strstr (path, "/tests/") != NULL || strstr (path, "/test/") != NULL;
}

/* Own code files whose path speaks for a class. */
static void
find_code (const CdCase *the_case, CdCommandClass class, const char *says, CdFinding *finding)
{
  for (guint i = 0; i < the_case->corpus->documents->len; i++) {
    const CdDocument *document = the_case->corpus->documents->pdata[i];
    if (!cd_scope_is_own (the_case->scope, i) || (document->kind != CD_DOCUMENT_PYTHON && document->kind != CD_DOCUMENT_NOTEBOOK)
        || document->length < 400 || is_unit_test (document->path) || cd_command_class_of_path (document->path) != class)
      continue;
    guint32 line = first_code_line (document);
    cd_finding_add (finding, i, line, line, says, cd_scope_at (the_case->scope, i)->reached ? 2 : 1);
    finding->yes = TRUE;
  }
}

void
cd_probe_training_code (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_code (the_case, CD_COMMAND_TRAINING, info->id, finding);
}

void
cd_probe_evaluation_code (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_code (the_case, CD_COMMAND_EVALUATION, info->id, finding);
}

void
cd_probe_data_making_code (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_code (the_case, CD_COMMAND_DATA, info->id, finding);
}
