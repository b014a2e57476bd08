/* Pack indexes looked over before libgit2 trusts them: it follows their tables without checking that they lie inside the file. */
#pragma once
#include "base/error.h"

/* FALSE with CD_ERROR_REPOSITORY where an index below objects/pack is damaged; location is how messages call the repository. */
gboolean cd_pack_indexes_check (const char *objects, const char *location, GError **error);
