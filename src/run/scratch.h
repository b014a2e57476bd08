/* A folder of one run's own, gone when it ends; one that a killed run left behind goes when the next is made beside it. */
#pragma once
#include "base/error.h"

typedef struct _CdScratch CdScratch;

/* Makes parent/prefixXXXXXX with the mode, locked for as long as it lives. CD_ERROR_INTERNAL. */
CdScratch *cd_scratch_new (const char *parent, const char *prefix, guint mode, GError **error);
/* A new folder in it; caller frees the path. NULL with CD_ERROR_INTERNAL. */
char *cd_scratch_folder (CdScratch *scratch, guint mode, GError **error);
/* Removes it with all that it holds. */
void cd_scratch_free (CdScratch *scratch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdScratch, cd_scratch_free)
