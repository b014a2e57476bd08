/* What completes commands in a shell, written from the verbs' descriptions: verbs, options, the values that options take, files, folders and names. Names are
 * asked of the program itself while somebody types (`candor describe names KIND`), so that they are those of its rules. */
#pragma once
#include "cli/description.h"

/* The script for a shell, from CdDescribedVerb*. Caller frees. */
typedef char *(*CdCompletion) (const GPtrArray *verbs);
char *cd_completion_bash (const GPtrArray *verbs);
char *cd_completion_zsh (const GPtrArray *verbs);
char *cd_completion_fish (const GPtrArray *verbs);
/* "bash", "zsh", "fish"; NULL for others. */
CdCompletion cd_completion_find (const char *shell);

/* For the files of completions: text with a backslash before every character of chars. Caller frees. */
char *cd_completion_escape (const char *text, const char *chars);
