/* Documented commands: none of a purpose broken, and one there at all. What makes a command broken is the audit's to say (work/); what it cannot tell
 * ("unknown") is never held against it. */
#include "gate/families.h"
#include <string.h>

static const struct {
  const char *code, *says, *fix;
  double effort;
} problems[] = {
  { "placeholder", "has a placeholder where a value is needed", "Replace the placeholder by a value, or say in words what to put there.", 0.15 },
  { "unknown-option", "gives an option that the program does not take", "Correct the option, or add it to the program.", 0.15 },
  { "missing-file", "names a file that is not there", "Add the file, or correct its path.", 0.2 },
  { "missing-module", "names a module that is not there", "Add the module, or correct its name.", 0.2 },
  { "missing-target", "names a target that is not there", "Add the target, or correct its name.", 0.2 },
  { "unset-variable", "uses a variable that nothing sets", "Set the variable in the command, or say what to set it to.", 0.2 },
  { "machine-path", "names a path of one machine", "Make the path relative to the repository, or an option.", 0.25 },
  { NULL, "is broken", "Correct the command, or what it runs.", 0.3 },
};

/* A section with a command. */
#define EFFORT_SHOW 0.4

static guint
row_of (const char *code)
{
  guint row = 0;
  while (problems[row].code != NULL && g_strcmp0 (problems[row].code, code) != 0)
    row++;
  return row;
}

/* "the training command names a file that is not there: trian.py (2 more faults)". Caller frees. */
static char *
what_of (const char *purpose, const cJSON *problem, guint row, int count)
{
  const char *what = cd_record_string (problem, "what");
  g_autofree char *more = count > 1 ? g_strdup_printf (" (%d more fault%s)", count - 1, count == 2 ? "" : "s") : g_strdup ("");
  return g_strdup_printf ("the %s command %s%s%s%s", purpose, problems[row].says, what != NULL ? ": " : "", what != NULL ? what : "", more);
}

static void
check_command (CdGateCase *the_case, const char *purpose, const cJSON *command)
{
  const char *status = cd_record_string (command, "status");
  CdRecordPlace here = cd_record_place (command);
  g_autofree char *name = g_strdup_printf ("%s:%u", here.path, here.line);
  const cJSON *list = cJSON_GetObjectItemCaseSensitive (command, "problems"), *problem = cJSON_GetArrayItem (list, 0);
  CdCheck *check;
  if (g_strcmp0 (status, "broken") != 0)
    check = cd_gate_add (
        the_case, CD_OUTCOME_PASSED, name, NULL,
        g_strdup_printf ("the %s command %s", purpose, g_strcmp0 (status, "runnable") == 0 ? "can be run" : "is not known to be broken"));
  else {
    guint row = row_of (cd_record_string (problem, "code"));
    check = cd_gate_add (the_case, CD_OUTCOME_FAILED, name, NULL, what_of (purpose, problem, row, cJSON_GetArraySize (list)));
    cd_gate_mend (check, problems[row].fix, problems[row].effort);
  }
  g_array_append_val (check->places, here);
  CdRecordPlace cause = cd_record_place (problem);
  if (problem != NULL && (strcmp (cause.path, here.path) != 0 || cause.line != here.line))
    g_array_append_val (check->places, cause);
}

static void
check_shown (CdGateCase *the_case, const char *purpose, gboolean any)
{
  CdCheck *check = cd_gate_add (the_case, any ? CD_OUTCOME_PASSED : CD_OUTCOME_FAILED, purpose, NULL,
                                g_strdup_printf ("%s command for %s is shown", any ? "a" : "no", purpose));
  g_autofree char *fix = g_strdup_printf ("Give the %s command in the README, as it is typed.", purpose);
  cd_gate_mend (check, fix, EFFORT_SHOW);
}

void
cd_gate_check_commands (CdGateCase *the_case)
{
  char **purposes = the_case->policy->commands;
  the_case->why = the_case->policy->commands_why;
  for (guint i = 0; purposes != NULL && purposes[i] != NULL; i++) {
    g_autofree char *keys = g_strconcat ("commands.", purposes[i], NULL);
    const cJSON *list = cd_record_part (the_case->record, keys), *command = NULL;
    if (the_case->policy->commands_shown)
      check_shown (the_case, purposes[i], cJSON_GetArraySize (list) > 0);
    cJSON_ArrayForEach (command, list) check_command (the_case, purposes[i], command);
  }
}
