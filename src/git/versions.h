/* Every (path, blob) of a history: what each commit changed against its first parent, gathered into ranges of commits.
 * Private to src/git: history.c drives it commit by commit. */
#pragma once
#include "git/history.h"
#include "git/objects.h"

typedef struct _CdVersions CdVersions;

/* paths holds the paths found, and must outlive what is gathered. */
CdVersions *cd_versions_new (CdOdb *odb, GStringChunk *paths);
void cd_versions_free (CdVersions *versions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdVersions, cd_versions_free)
/* Notes what the commit's tree changed against its parent's. Call newest commit first; a commit's index grows with age.
 * parent_tree NULL: everything in tree is new. FALSE where the bounds on work or memory are reached: nothing more is noted. */
gboolean cd_versions_compare (CdVersions *versions, const CdOid *parent_tree, guint parent, const CdOid *tree, guint commit);
/* FALSE where trees were missing, damaged or over a bound. */
gboolean cd_versions_are_complete (const CdVersions *versions);
/* The versions sorted by path, then newest first. integrators: for each commit, the commit by which what it brought and no
 * comparison saw replaced had to be gone. Caller unrefs. */
GArray *cd_versions_gather (CdVersions *versions, const CdSnapshot *snapshot, const guint *integrators);
