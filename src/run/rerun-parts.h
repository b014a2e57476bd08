/* For the files of this folder: one rerun under way, and its parts: steps made ready (rerun-step.c), the loop that runs them (schedule.c), what
 * evaluations made (outcomes.c). */
#pragma once
#include "run/cache.h"
#include "run/rerun.h"
#include "run/scratch.h"

typedef struct {
  CdRerun *rerun;
  const CdSnapshot *snapshot;
  const CdRerunOptions *options;
  CdExecutorState *state;
  CdRunCache *cache;
  CdScratch *scratch;
  GPtrArray *tasks; /* CdTask, parallel to rerun->runs */
} CdRerunning;

/* A step in one repeat, while it is under way. */
typedef struct {
  CdStepRun *run;
  CdJob *job;
  char *key;         /* in the cache */
  GPtrArray *before; /* cd_folder_list's */
  CdRunning *running;
} CdTask;
void cd_task_free (gpointer task);

/* The environment of every command; free with g_strfreev. */
char **cd_rerun_environment (const CdSnapshot *snapshot, const CdPlanStep *step, gint64 seed);
/* Makes task's job and key; FALSE where the step cannot be run, with run->why. */
gboolean cd_task_plan (CdRerunning *under_way, CdTask *task);
/* Takes the step's result from the cache, where it is there. */
gboolean cd_task_recall (CdRerunning *under_way, CdTask *task);
/* Makes the folder that the command finds. CD_ERROR_INTERNAL. */
gboolean cd_task_prepare (CdRerunning *under_way, CdTask *task, GError **error);
/* Takes the result, keeps what was made, removes the folder. CD_ERROR_INTERNAL. */
gboolean cd_task_finish (CdRerunning *under_way, CdTask *task, CdJobResult *result, GError **error);

/* Runs all tasks. FALSE with CD_ERROR_INTERNAL; nothing runs any more then. */
gboolean cd_rerun_schedule (CdRerunning *under_way, GError **error);

/* Fills rerun->outcomes. CD_ERROR_INTERNAL. */
gboolean cd_rerun_add_outcomes (CdRerun *rerun, const char *start, GError **error);
/* The path from the repository's root; caller frees. NULL where it leads out. */
char *cd_rerun_path (const char *start, const char *path);
/* The run of another step in the same repeat. */
CdStepRun *cd_rerun_find (const CdRerun *rerun, guint step, guint repeat);
