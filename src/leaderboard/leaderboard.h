/* Many works audited into a store, in worker processes within a bound of memory: what is in the store is not audited again, one work's failure (or crash)
 * is a row, and a run that was killed goes on where it was. Then the rows, ranked, for a site.
 *
 * Shards: runs with shard I of N over one store, or over stores of their own that the last run is given as merge, audit the list between them. That last run,
 * without a shard, takes over what they have, audits what none of them did, and has every row; its rows are those of one run over the whole list. */
#pragma once
#include "git/repository.h"
#include "leaderboard/works.h"
#include "record/record.h"
#include "store/store.h"

typedef struct {
  const char *store; /* path */
  const char
      *repositories;  /* a folder that holds clones: a work's URL is looked for there as owner+name/repo, owner/name or owner/name.git before anything
                               is cloned; NULL none */
  const char *rules;  /* --rubrics DIR; NULL none */
  const char *rubric; /* NULL: "tti" */
  const char *history;  /* as `audit --history` takes it; NULL: none */
  guint jobs;           /* works at a time; 0: one a processor */
  guint64 memory;       /* bytes that all workers together may take; 0: three quarters of what is free */
  guint shard, shards;  /* this run's share of the list: work i is of shard i mod shards; 0 shards: all */
  const char *executor; /* "local" or "slurm" */
  CdProgress progress;
  gpointer progress_data;
  const char *cache;        /* cache directory, NULL: none used */
  const char *const *merge; /* paths of stores to take over first, NULL-terminated, or NULL */
  guint64 seconds;          /* that one work may take, with fetching it; 0: CD_LEADERBOARD_SECONDS */
  const char *list;         /* path of the list, which tasks of a cluster read again; for the executor "slurm" */
  guint cluster_shards;     /* how many tasks the list is divided into there; 0: a few works each */
} CdLeaderboardOptions;

#define CD_LEADERBOARD_SECONDS 900u

/* One work's row. */
typedef struct {
  const CdWorkEntry *work;
  CdRecord *record;   /* NULL where the audit failed */
  char *json;         /* as stored; NULL likewise */
  char *failure;      /* why; NULL */
  GPtrArray *earlier; /* CdRecord*: its audits at other commits under the same rules and options that the store has, oldest first */
  guint rank;         /* 1 is best; equal totals share a rank; failures are last with rank 0 */
} CdLeaderboardRow;

typedef struct {
  const CdWorks *works;        /* borrowed */
  GPtrArray *rows;             /* CdLeaderboardRow*, ranked: by total, then expected, then name; of this run's shard */
  guint audited, kept, failed; /* in this run; from the store; rows without an audit: together, all rows */
} CdLeaderboard;

/* Audit what is not in the store. Fails only where store, rules or list fail; a work's failure is its row. SIGINT, SIGTERM and SIGHUP end the workers and then
 * this process; what was audited until then is in the store. */
CdLeaderboard *cd_leaderboard_run (const CdWorks *works, const CdLeaderboardOptions *options, GError **error);
void cd_leaderboard_free (CdLeaderboard *leaderboard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdLeaderboard, cd_leaderboard_free)

/* The hidden verb of a worker process, started by cd_leaderboard_run as `candor CD_LEADERBOARD_WORKER`: takes its settings and then works from standard input, a
 * line of JSON each, audits each into the store, and answers with a line each (exchange.h). Exit status. */
#define CD_LEADERBOARD_WORKER "leaderboard-worker"
int cd_leaderboard_work (GError **error);
