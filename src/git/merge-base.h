/* Where two lines of work parted. */
#pragma once
#include "git/snapshot.h"

/* The commit from which one and other went their ways (`git merge-base`); of several, the latest. one NULL: HEAD. Both are anything that git rev-parse takes.
 * Parents that are not here, as in a shallow clone, end the search on their side. CD_ERROR_REPOSITORY where either names no commit or none is found, with what
 * to do about it where the clone is shallow. */
gboolean cd_merge_base_find (CdRepository *repository, const char *one, const char *other, CdOid *base, GError **error);
