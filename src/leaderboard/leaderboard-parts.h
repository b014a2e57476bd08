/* What the files of this folder share. */
#pragma once
#include "audit/kept.h"
#include "leaderboard/leaderboard.h"

/* --- identity.c: what an audit follows from besides its commit --- */

/* Digest over the program's build, its version, all rule files and the rubric. Rules are loaded for it, so that faulty ones are told before anything is
 * audited. NULL with their error. Caller frees. */
char *cd_leaderboard_rules (const CdLeaderboardOptions *options, GError **error);
/* What of an entry and of the options shapes its audit, in one canonical line. Caller frees. */
char *cd_leaderboard_shape (const CdWorkEntry *entry, const char *history);

/* --- task.c: an entry of the list as work to do --- */

typedef struct {
  const CdWorkEntry *entry;
  char *location;   /* what is opened: a clone that is at hand, or where the list says */
  char *commit;     /* full id; NULL where only its host can tell it */
  char *shape;      /* cd_leaderboard_shape */
  char *failure;    /* why it cannot even be begun; NULL */
  guint64 memory;   /* bytes that its audit may take while others run; raised after an attempt that took more */
  guint attempts;   /* that ended with its process */
  gboolean kept;    /* the store has its audit */
  gboolean audited; /* in this run */
} CdTask;

/* The shard's entries as tasks (CdTask*), in the list's order, none looked at yet. Free with g_ptr_array_unref. */
GPtrArray *cd_tasks_new (const CdWorks *works, const CdLeaderboardOptions *options);
/* Find out its commit, where that costs no network, and whether the store has it; sets commit, kept, failure. FALSE where the store fails. */
gboolean cd_task_look (CdTask *task, CdStore *store, const char *rules, GError **error);
/* What it may take of memory at first, from the size of its repository. Not more than bound. */
void cd_task_estimate (CdTask *task, guint64 bound);
/* Its key; strings are the task's and rules. A work whose commit is not known stands under what the list calls it. */
CdStoreKey cd_task_key (const CdTask *task, const char *rules);
/* A reason as a report may print it: without this machine's paths. Caller frees. */
char *cd_task_reason (const CdTask *task, const char *message);

/* --- workers.c: processes that do tasks --- */

typedef struct {
  CdStore *store;
  const char *rules; /* digest */
  const CdLeaderboardOptions *options;
  guint64 memory; /* bytes */
} CdWorkers;

/* Do the tasks (CdTask*, in the order to begin with), each in a worker process, until each has an audit or a failure in the store. FALSE where the store or
 * starting a process fails, or a signal asked to stop: then signalled is its number. */
gboolean cd_workers_run (const CdWorkers *workers, GPtrArray *tasks, int *signalled, GError **error);

/* --- rows.c --- */

/* The rows of tasks, ranked. NULL where the store fails. */
GPtrArray *cd_rows_read (const GPtrArray *tasks, CdStore *store, const char *rules, GError **error);

/* --- blobs.c --- */

/* Results of single blobs, in the store's table of them. store and rules are borrowed. */
CdBlobCache cd_leaderboard_blobs (CdStore *store, const char *rules);

/* --- cluster-shards.c: tasks of a cluster that do shards of the list --- */

typedef struct {
  const GPtrArray *tasks; /* CdTask*, of the whole list, looked at */
  CdStore *store;
  const char *rules; /* digest */
  const CdLeaderboardOptions *options;
} CdShardsSetup;

/* Have a cluster do what the store has not, until each task whose commit is known has an audit or a failure in the store. A shard that fails is tried again,
 * elsewhere where that is possible, a few times; one that fails for good is an error, and what the others did is kept. FALSE with it, or where a signal asked to
 * stop: then signalled is its number. */
gboolean cd_shards_run (const CdShardsSetup *setup, int *signalled, GError **error);

/* --- interrupt.c: signals that ask to stop --- */

/* From now on SIGINT, SIGTERM and SIGHUP are noted instead of ending the process; what the caller ignores (nohup) stays ignored. */
void cd_interrupt_catch (void);
void cd_interrupt_restore (void);
/* The signal that came since; 0. */
int cd_interrupted (void);
