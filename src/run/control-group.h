/* A control group for one job: bounds on the memory and the number of processes of all of them together, kept by the kernel. Version 2 where
 * there is one with these controllers, version 1 otherwise. Where neither can be made, limits are kept per process and by watching. */
#pragma once
#include "run/job.h"

typedef struct _CdControlGroup CdControlGroup;

/* NULL where no memory controller can be had. */
CdControlGroup *cd_control_group_new (const CdLimits *limits);
/* Puts the calling process into the group. Safe between fork and exec. */
void cd_control_group_join (const CdControlGroup *group);
/* TRUE once the kernel killed a process of the group for its memory. */
gboolean cd_control_group_memory_reached (const CdControlGroup *group);
/* TRUE once a process could not be made for their number. */
gboolean cd_control_group_processes_reached (const CdControlGroup *group);
/* The processes of the group (pid_t). Caller unrefs. */
GArray *cd_control_group_processes (const CdControlGroup *group);
/* Removes the group; its processes must be gone. */
void cd_control_group_free (CdControlGroup *group);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdControlGroup, cd_control_group_free)
