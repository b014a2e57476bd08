/* What the value of an option is: a placeholder, a path of somebody's machine, a path of the tree …, and whose it is to give by the option's name.
 * Words only; whether a path exists is command-tree.c's business. For work/ only. */
#pragma once
#include <glib.h>

/* What an option or variable is for, by the words of its name. */
typedef enum {
  CD_ROLE_VALUE_OTHER,
  CD_ROLE_VALUE_SECRET, /* keys and tokens */
  CD_ROLE_VALUE_HOST,   /* addresses and ports */
  CD_ROLE_VALUE_OUTPUT, /* where results, logs and checkpoints go */
  CD_ROLE_VALUE_NAME,   /* of a run, project, user */
  CD_ROLE_VALUE_CONFIG,
  CD_ROLE_VALUE_MODEL,
  CD_ROLE_VALUE_DATA,
} CdValueRole;

typedef enum {
  CD_VALUE_PLAIN, /* a word, number, URL, hub id: nothing of the tree */
  CD_VALUE_PLACEHOLDER,
  CD_VALUE_REMOVED,  /* taken out before publication: "/redacted/path" */
  CD_VALUE_VARIABLE, /* holds a variable that is not known */
  CD_VALUE_MACHINE,  /* an absolute path, or one from a home folder */
  CD_VALUE_PATH,     /* a relative path */
} CdValueForm;

/* key: "--output_dir", "data.train_files", "MODEL_PATH". */
CdValueRole cd_value_role (const char *key);
/* value as the command has it; brackets, quotes and commas of lists are taken off before (cd_value_pieces). */
CdValueForm cd_value_form (const char *value);
/* The members of a list as programs take them ("a,b", "['a', \"b\"]"); a single value as it is. At most 32; free with g_strfreev. */
char **cd_value_pieces (const char *value);
/* The first variable in value ("$NAME", "${NAME}", "${NAME:-…}"), without marks; NULL none, "" for positional ones and expressions. Caller frees. */
char *cd_value_variable (const char *value);
/* TRUE for variables that a machine, a scheduler, a launcher or a service's user sets: HOME, RANK, SLURM_…, …_API_KEY. */
gboolean cd_value_is_environment (const char *name);
