/* The verbs: each a function of its own file, listed in main.c. argv[0] is the verb. A verb returns the exit status, or sets error. */
#pragma once
#include "base/data.h"

typedef int (*CdVerb) (int argc, char **argv, GError **error);

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
int cd_cmd_compare (int argc, char **argv, GError **error);
int cd_cmd_job (int argc, char **argv, GError **error); /* not listed: what the Slurm executor queues */
int cd_cmd_grade (int argc, char **argv, GError **error);
int cd_cmd_upstream (int argc, char **argv, GError **error);

/* cli/options.c */
/* Parse argv by entries; what is left stands in argv[1…]. FALSE with CD_ERROR_USAGE. `--help` prints and exits 0. */
gboolean cd_options_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *parameters, const char *summary, GError **error);
/* The cache directory ($XDG_CACHE_HOME/candor), made if need be; NULL where it cannot be used. Caller frees. */
char *cd_options_cache (void);
/* Write text to path through a temporary file in the same folder and a rename, or to stdout where path is NULL or "-". CD_ERROR_INTERNAL. */
gboolean cd_options_write (const char *path, const char *text, GError **error);
/* A progress bar on stderr, only where that is a terminal and quiet is not set; else NULL. */
#include "git/repository.h"
CdProgress cd_options_progress (gboolean quiet);
