/* The names that options and arguments take, by the upper-case word that stands for them in option tables: RUBRIC, POLICY, GRADER, CRITERION … */
#pragma once
#include <glib.h>

gboolean cd_names_has (const char *kind);
/* The names of a kind, sorted bytewise, a line each. NULL with CD_ERROR_USAGE where there is no such kind, or the error of what was read. Caller frees. */
char *cd_names_list (const char *kind, GError **error);
