/* The verbs: each a function of its own file, listed in main.c. argv[0] is the verb. A verb returns the exit status, or sets error. */
#pragma once
#include "base/data.h"

#define CD_ABOUT "Candor audits published replications of reasoning models: how open they are, with the evidence for every point."

typedef int (*CdVerb) (int argc, char **argv, GError **error);

/* A row of the table of verbs. */
typedef struct {
  const char *name;
  CdVerb run;
  const char *summary; /* one line */
} CdVerbRow;

int cd_cmd_audit (int argc, char **argv, GError **error);
int cd_cmd_validate (int argc, char **argv, GError **error);
int cd_cmd_init (int argc, char **argv, GError **error);
int cd_cmd_review (int argc, char **argv, GError **error);
int cd_cmd_reproduce (int argc, char **argv, GError **error);
int cd_cmd_explain (int argc, char **argv, GError **error);
int cd_cmd_rubrics (int argc, char **argv, GError **error);
int cd_cmd_agreement (int argc, char **argv, GError **error);
int cd_cmd_gate (int argc, char **argv, GError **error);
int cd_cmd_appendix (int argc, char **argv, GError **error);
int cd_cmd_diff (int argc, char **argv, GError **error);
int cd_cmd_leaderboard (int argc, char **argv, GError **error);
int cd_cmd_describe (int argc, char **argv, GError **error); /* not listed: manuals and completions, for `make install` */
int cd_cmd_compare (int argc, char **argv, GError **error);
int cd_cmd_job (int argc, char **argv, GError **error); /* not listed: what the Slurm executor queues */
int cd_cmd_grade (int argc, char **argv, GError **error);
int cd_cmd_upstream (int argc, char **argv, GError **error);

/* cli/main.c */
/* The table of verbs, as `candor help` lists them. */
const CdVerbRow *cd_verbs (guint *length);
/* The end of a message about a verb that there is not: the nearest one, or how to list them. Caller frees. */
char *cd_verbs_suggestion (const char *name);

/* cli/options.c */
/* Parse argv by entries; what is left stands in argv[1…]. FALSE with CD_ERROR_USAGE. `--help` prints and exits 0.
 * An entry's arg_description is data, too: alternatives between bars, of which lower-case words stand for themselves and upper-case ones for files, folders
 * or kinds of names (cli/description.c, cli/names.c); in brackets where the value is optional. A text that may be one of several words only
 * ("text|json") is refused here where it is none of them. */
gboolean cd_options_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *parameters, const char *summary, GError **error);
/* What a word that stands for itself is made of. */
#define CD_OPTIONS_CHOICE "abcdefghijklmnopqrstuvwxyz0123456789-"
/* From now on cd_options_parse parses nothing: it hands the table to take and fails, so that a verb that is called describes itself. NULL: parses again. */
typedef void (*CdOptionsTake) (const GOptionEntry *entries, const char *parameters, const char *summary, gpointer data);
void cd_options_describe (CdOptionsTake take, gpointer data);
/* The cache directory ($XDG_CACHE_HOME/candor), made if need be; NULL where it cannot be used. Caller frees. */
char *cd_options_cache (void);
/* Write text to path through a temporary file in the same folder and a rename, or to stdout where path is NULL or "-". CD_ERROR_INTERNAL. */
gboolean cd_options_write (const char *path, const char *text, GError **error);
#include "cli/progress.h"
