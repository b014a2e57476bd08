/* One worker's process, as the process that started it sees it. */
#pragma once
#include "leaderboard/leaderboard-parts.h"
#include <sys/types.h>

/* Why it was ended from here. */
typedef enum { CD_OVER_NOTHING, CD_OVER_MEMORY, CD_OVER_TIME } CdOver;

typedef struct {
  pid_t pid;     /* 0: there is none */
  int in, out;   /* to and from it; -1 */
  GString *said; /* and not yet taken */
  CdTask *task;  /* under way, borrowed; NULL */
  gint64 begun;  /* monotonic microseconds */
  CdOver over;
} CdWorkerProcess;

void cd_worker_process_init (CdWorkerProcess *worker);
void cd_worker_process_clear (CdWorkerProcess *worker);
/* Starts the process where there is none, and gives it its settings. CD_ERROR_INTERNAL. */
gboolean cd_worker_process_start (CdWorkerProcess *worker, const char *settings, GError **error);
/* Gives it a task, as a line. That it is dead shows when it is read from. */
void cd_worker_process_give (CdWorkerProcess *worker, CdTask *task, const char *line);
/* Reads what it says, which must not block. FALSE at its end. */
gboolean cd_worker_process_read (CdWorkerProcess *worker);
/* A whole line that it said; NULL. Caller frees. */
char *cd_worker_process_line (CdWorkerProcess *worker);
/* Kills it where its task takes longer than seconds, or more memory than the task may; over then says which. */
void cd_worker_process_watch (CdWorkerProcess *worker, guint64 seconds);
/* Ends it, waits for it and closes what leads to it. How it ended, as waitpid tells. */
int cd_worker_process_end (CdWorkerProcess *worker);
