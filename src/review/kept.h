/* The file that one session keeps a reader's answers in: found, checked and held against other sessions. What stands in it is the assessment's business. */
#pragma once
#include "base/error.h"

typedef struct _CdKept CdKept;
/* A link is followed, so that what it leads to is replaced and the link stays. CD_ERROR_INPUT where file is held by another session, or is a folder, a
 * device or a link to nothing; CD_ERROR_INTERNAL where its folder cannot be written to. */
CdKept *cd_kept_open (const char *file, GError **error);
/* Lets others have it. */
void cd_kept_free (CdKept *kept);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdKept, cd_kept_free)
/* Where it is written to; borrowed. */
const char *cd_kept_path (const CdKept *kept);
/* TRUE where it was there when it was opened. */
gboolean cd_kept_existed (const CdKept *kept);
/* To be called before it is written. FALSE with CD_ERROR_INPUT where another program wrote it since it was opened or noted: that must not be overwritten. */
gboolean cd_kept_check (const CdKept *kept, GError **error);
/* To be called behind it: what stands there now is this session's. */
void cd_kept_note (CdKept *kept);
