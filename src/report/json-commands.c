/* The JSON report: training and evaluation commands with what is wrong with them. */
#include "report/json-parts.h"

#define RUNS_MOST 400u /* commands listed of each kind */

static void
add_commands_of (cJSON *commands, const CdAudit *audit, const char *key, CdCommandClass class)
{
  cJSON *array = cJSON_AddArrayToObject (commands, key);
  guint listed = 0;
  for (guint i = 0; i < audit->work->commands->len && listed < RUNS_MOST; i++) {
    const CdWorkCommand *command = audit->work->commands->pdata[i];
    if (command->class != class)
      continue;
    listed++;
    const CdDocument *document = audit->corpus->documents->pdata[command->document];
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "path", document->path);
    cJSON_AddNumberToObject (object, "line", command->command->line);
    g_autofree char *shown = cd_text_printable (command->command->text);
    cJSON_AddStringToObject (object, "command", shown);
    cJSON_AddStringToObject (object, "status", cd_report_command_status (command));
    cJSON *problems = cJSON_AddArrayToObject (object, "problems");
    if (command->problem == NULL)
      continue;
    cJSON *problem = cd_json_member (problems);
    cJSON_AddStringToObject (problem, "code", command->problem);
    cJSON_AddStringToObject (problem, "what", command->what);
  }
}

void
cd_json_commands (cJSON *root, const CdAudit *audit)
{
  cJSON *commands = cJSON_AddObjectToObject (root, "commands");
  add_commands_of (commands, audit, "training", CD_COMMAND_TRAINING);
  add_commands_of (commands, audit, "evaluation", CD_COMMAND_EVALUATION);
}
