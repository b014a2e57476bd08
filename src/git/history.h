/* The history behind a snapshot, indexed in one pass: every (path, blob) that ever stood, from first to last, and commit messages.
 * Bounded: a merge is compared with its first parent only. */
#pragma once
#include "git/snapshot.h"

typedef struct {
  CdOid oid;
  gint64 time;   /* committer's, seconds */
  char *summary; /* first line of the message, UTF-8 */
  char *message; /* whole message, UTF-8, cut at 4 KiB */
} CdCommit;

typedef struct {
  char *path;
  CdOid blob;
  guint first, last; /* indexes into commits (newest first): the oldest commit that set this blob at path; the commit that replaced
                           or deleted it, or G_MAXUINT while it stands at the snapshot */
  gboolean deleted;  /* last deleted the path rather than replaced it */
} CdPathVersion;

typedef struct _CdHistory CdHistory;
/* Walks from the snapshot's commit. Missing objects and shallow borders end the walk there and are noted. NULL only on internal errors. */
CdHistory *cd_history_index (const CdSnapshot *snapshot, GError **error);
void cd_history_free (CdHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdHistory, cd_history_free)
const GArray *cd_history_commits (const CdHistory *history);  /* CdCommit, newest first */
const GArray *cd_history_versions (const CdHistory *history); /* CdPathVersion, sorted by path, then newest first */
const GArray *cd_history_roots (const CdHistory *history);    /* guint: indexes of commits without parents (true roots only) */
gboolean cd_history_is_complete (const CdHistory *history);   /* FALSE where objects were missing or the clone is shallow */
