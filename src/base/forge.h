/* Where the forges show a file of a commit. */
#pragma once
#include <glib.h>

/* The address of path at a commit, with its lines where line is not 0; NULL where remote is not "https://FORGE/OWNER/NAME" (".git" may follow) of a
 * forge that is known. Caller frees. */
char *cd_forge_link (const char *remote, const char *commit, const char *path, guint line, guint end);
/* The address of the whole tree at a commit; NULL likewise. Caller frees. */
char *cd_forge_commit (const char *remote, const char *commit);
