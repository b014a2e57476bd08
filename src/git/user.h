/* Who the user is to git, on this machine: for files that a person signs. Never read from a repository. */
#pragma once
#include <glib.h>

/* The author's name: of $GIT_AUTHOR_NAME or, where that is not set, user.name of the user's or the machine's settings. NULL none. Caller frees. */
char *cd_git_user_name (void);
