/* What a running job takes of the machine and no kernel limit bounds: the disk that its folder fills, files already unlinked included, and, where
 * there is no control group, the memory of its processes together. Watched by a thread of its own. */
#pragma once
#include "run/control-group.h"

typedef struct _CdUsage CdUsage;

/* group: the job's, NULL for none (then memory is watched). All is borrowed. */
CdUsage *cd_usage_watch (const CdJob *job, const CdControlGroup *group);
/* The first process of the job, whose descendants are all others; 0 until it is known. */
void cd_usage_set_process (CdUsage *usage, pid_t process);
/* CD_LIMIT_DISK or CD_LIMIT_MEMORY once that is reached; CD_LIMIT_NONE so far. */
CdLimit cd_usage_reached (CdUsage *usage);
/* Stops watching. */
void cd_usage_free (CdUsage *usage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdUsage, cd_usage_free)
