/* The line of first parents behind a commit, with the tags that stand on it: the versions of a work as it published them. */
#pragma once
#include "git/snapshot.h"

typedef struct {
  CdOid oid;
  gint64 time; /* committer's, seconds since 1970 */
  char *tag;   /* the name below refs/tags, valid UTF-8, of several the first bytewise; NULL none */
} CdLineCommit;

/* From the commit that revision names (NULL: HEAD), newest first; ends where a commit is missing or damaged. GArray of CdLineCommit; caller
 * unrefs. NULL with CD_ERROR_REPOSITORY where revision names no commit. */
GArray *cd_line_read (CdRepository *repository, const char *revision, GError **error);
