/* The JSON report: training and evaluation commands with what is wrong with them, what a run depends on, risks. */
#include "report/json-parts.h"
#include "report/risks.h"

#define RUNS_MOST 400u /* commands listed of each kind */

static void
add_problem (cJSON *problems, const CdAudit *audit, const CdCommandProblem *problem)
{
  const CdDocument *document = audit->corpus->documents->pdata[problem->place.document];
  g_autofree char *what = cd_text_printable (problem->what);
  cJSON *object = cd_json_member (problems);
  cJSON_AddStringToObject (object, "code", problem->code);
  cJSON_AddStringToObject (object, "what", what);
  cJSON_AddStringToObject (object, "path", document->path);
  cJSON_AddNumberToObject (object, "line", problem->place.line);
}

static void
add_commands_of (cJSON *commands, const CdAudit *audit, const char *key, CdCommandClass class)
{
  cJSON *array = cJSON_AddArrayToObject (commands, key);
  guint listed = 0;
  for (guint i = 0; i < audit->work->commands->len && listed < RUNS_MOST; i++) {
    const CdWorkCommand *command = audit->work->commands->pdata[i];
    if (command->listed != class)
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
    for (guint k = 0; command->problems != NULL && k < command->problems->len; k++)
      add_problem (problems, audit, command->problems->pdata[k]);
  }
}

static void
add_environment (cJSON *commands, const CdAudit *audit)
{
  static const char *const pins[] = { "none", "unpinned", "partly", "pinned" };
  static const char *const seeds[] = { "none", "unread", "set" };
  const CdEnvironment *environment = &audit->work->environment;
  cJSON *object = cJSON_AddObjectToObject (commands, "environment");
  cJSON_AddStringToObject (object, "dependencies", pins[environment->dependencies]);
  cJSON_AddStringToObject (object, "seed", seeds[environment->seed]);
  cJSON_AddBoolToObject (object, "hardware", environment->hardware);
  cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < environment->places->len; i++) {
    const CdPlace *place = &g_array_index (environment->places, CdPlace, i);
    cd_json_place (evidence, audit, place->document, place->line, place->end, NULL);
  }
}

void
cd_json_commands (cJSON *root, const CdAudit *audit)
{
  cJSON *commands = cJSON_AddObjectToObject (root, "commands");
  add_commands_of (commands, audit, "training", CD_COMMAND_TRAINING);
  add_commands_of (commands, audit, "evaluation", CD_COMMAND_EVALUATION);
  add_environment (commands, audit);
}

static void
add_risk (cJSON *risks, const CdAudit *audit, const CdRisk *found)
{
  const GArray *places = found->places;
  if (places->len == 0)
    return;
  cJSON *risk = cd_json_member (risks);
  cJSON_AddStringToObject (risk, "code", found->code);
  cJSON_AddStringToObject (risk, "what", found->says);
  cJSON *evidence = cJSON_AddArrayToObject (risk, "evidence");
  for (guint i = 0; i < places->len; i++) {
    const CdPlace *place = &g_array_index (places, CdPlace, i);
    cd_json_place (evidence, audit, place->document, place->line, place->end, NULL);
  }
}

void
cd_json_risks (cJSON *root, const CdAudit *audit)
{
  cJSON *risks = cJSON_AddArrayToObject (root, "risks");
  CdRisk all[CD_RISKS];
  cd_risks_of (audit, all);
  for (guint i = 0; i < CD_RISKS; i++)
    add_risk (risks, audit, &all[i]);
}
