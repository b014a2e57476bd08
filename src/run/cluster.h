/* Array jobs of a Slurm cluster: submitted, watched and cancelled through Slurm's own programs. A controller that is being restarted is waited for. What tasks
 * do, and what they leave behind, is their submitter's. For one thread; a cluster outlives its tasks. */
#pragma once
#include "base/error.h"

typedef struct _CdCluster CdCluster;

/* Finds out whether a cluster can be reached. NULL and CD_ERROR_INTERNAL, with a message that says what to do. */
CdCluster *cd_cluster_open (GError **error);
void cd_cluster_close (CdCluster *cluster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdCluster, cd_cluster_close)
/* This program, quoted for sh. Borrowed. */
const char *cd_cluster_program (const CdCluster *cluster);

typedef struct {
  const char *name;   /* what the queue shows, any text */
  const char *tasks;  /* their indexes, as sbatch takes them: "0-3", "2,5" */
  const char *folder; /* where tasks start; on a file system that the nodes share */
  const char *script; /* for sh; SLURM_ARRAY_TASK_ID is the task's index. Its output goes to INDEX.log in the folder */
  const char *const
      *exported;       /* names of variables that tasks get as they are here, where they are set; NULL-terminated, or NULL. Others they do not get */
  const char *exclude; /* nodes that must not be taken, with commas; NULL none */
  guint cpus, gpus;    /* 0: as the cluster has it; none */
  guint64 memory, seconds; /* that a task may take, bytes; 0: as the cluster has it. Slurm's limits lie a little above */
} CdClusterJob;

/* Puts an array job into the queue. Its id; NULL with CD_ERROR_INTERNAL and what sbatch said. Caller frees. */
char *cd_cluster_submit (CdCluster *cluster, const CdClusterJob *job, GError **error);

/* A task of an array job, as far as the controller has told. */
typedef struct {
  char *job; /* id of the array job */
  guint index;
  guint64 seconds;  /* that it may take; 0: no limit */
  char *state;      /* as squeue names it; NULL before the first look */
  char *node;       /* on which it runs or ran; NULL none yet */
  gint64 ended;     /* when it was first seen to have ended; 0 */
  gint64 cancelled; /* when, by us; 0 */
  gboolean over;
} CdClusterTask;
#define CD_CLUSTER_CANCELLED "CANCELLED" /* the state of what anybody cancelled */

CdClusterTask *cd_cluster_watch (CdCluster *cluster, const char *job, guint index, guint64 seconds);
/* Frees a task, which goes on, if it has not ended. */
void cd_cluster_forget (CdCluster *cluster, CdClusterTask *task);
/* Looks, at most once a second for all tasks in one call, and without waiting for anything. TRUE: there is nothing to wait for any more, since it ended some
 * time ago, so that a file that it wrote on a shared file system is there, or Slurm has not been heard of for too long. */
gboolean cd_cluster_is_over (CdCluster *cluster, CdClusterTask *task);
/* Asks for its end, with the next look. It is still waited for. */
void cd_cluster_cancel (CdCluster *cluster, CdClusterTask *task);
/* Cancels every job of the user that was submitted by this name, and waits until none is left. FALSE with CD_ERROR_INTERNAL where that takes too long. */
gboolean cd_cluster_cancel_named (CdCluster *cluster, const char *name, GError **error);
/* What is known of a task that is over without having left what it should: its state and the first line of its output or, where it has none, the question whether
 * the nodes share folder, which option names. Caller frees. */
char *cd_cluster_problem (const CdClusterTask *task, const char *folder, const char *option);
