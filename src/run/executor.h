/* Who runs jobs: this machine (run/local.c) or a cluster (run/slurm.c). An executor is a row of functions; the one loop that uses them is
 * run/schedule.c, in one thread. However a job ends, none of its processes is left when its poll says so. */
#pragma once
#include "base/error.h"
#include "run/job.h"

/* What an executor keeps for itself, and for each job it started. */
typedef struct _CdExecutorState CdExecutorState;
typedef struct _CdRunning CdRunning;

typedef struct {
  const char *name; /* of --executor, and in reports */

  /* Finds out whether jobs can be run at all: the programs are there and the sandbox works. Otherwise NULL and CD_ERROR_INTERNAL, with a
   * message that says what to do; nothing is ever run without the sandbox. */
  CdExecutorState *(*open) (GError **error);
  void (*close) (CdExecutorState *state);

  /* How many jobs may be under way at once; G_MAXUINT where a queue takes care of that. */
  guint (*slots) (const CdExecutorState *state);

  /* Starts (or queues) jobs that differ in name, folder and environment alone: the repeats of one stage. Returns count runs in their order, each for
   * the caller to release; the array itself is his too. The jobs stay the caller's and outlive their runs. Where it fails none of them runs
   * on: NULL, error. */
  CdRunning **(*start) (CdExecutorState *state, const CdJob *const *jobs, guint count, GError **error);

  /* Looks at one run without waiting. FALSE: not over yet. TRUE: over, its processes gone, its folder complete, result (zeroed by the caller) is
   * filled; it is not polled again. */
  gboolean (*poll) (CdExecutorState *state, CdRunning *running, CdJobResult *result);

  /* Waits until some run may have come further, at most that long. */
  void (*wait) (CdExecutorState *state, guint milliseconds);

  /* Ends a run at once. It is still polled until over: CD_JOB_CANCELLED unless it was over before. */
  void (*cancel) (CdExecutorState *state, CdRunning *running);

  /* Frees a run; cancels and waits where it was not over. */
  void (*release) (CdExecutorState *state, CdRunning *running);
} CdExecutor;

extern const CdExecutor cd_executor_local;
extern const CdExecutor cd_executor_slurm;

/* All of them, the one that is taken where none is named first. */
const CdExecutor *const *cd_executors (guint *length);
/* The executor of that name, or NULL and CD_ERROR_USAGE with the names there are. */
const CdExecutor *cd_executor_find (const char *name, GError **error);
