/* Commits by what users call them. */
#pragma once
#include "git/snapshot.h"

/* The commit from which one and other went their ways (`git merge-base`): the nearest, of several the first that libgit2 finds. one NULL: HEAD. Both are
 * anything that git rev-parse takes. CD_ERROR_REPOSITORY where either names no commit, or where they have no commit in common, with what to do about it where
 * the clone is shallow. */
gboolean cd_revision_merge_base (CdRepository *repository, const char *one, const char *other, CdOid *base, GError **error);
