/* File names for pages: letters, digits, "-" and "." only, so that they need no quoting in a link or on any file system, and no two alike where capitals
 * do not count. */
#pragma once
#include <glib.h>

typedef struct _CdPageNames CdPageNames;
CdPageNames *cd_page_names_new (void);
void cd_page_names_free (CdPageNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdPageNames, cd_page_names_free)

/* A name for what is called text, which no call before has given. Where two would be alike the later one gets the begin of a digest over its text, so
 * that its name does not depend on how many came before. Caller frees. */
char *cd_page_name (CdPageNames *names, const char *text);
