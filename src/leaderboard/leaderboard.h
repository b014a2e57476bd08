/* Many works audited into a store, in worker processes within a bound of memory: what is in the store is not audited again, one work's failure (or crash)
 * is a row, and a run that was killed goes on where it was. Then the rows, ranked, for a site. */
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
} CdLeaderboardOptions;

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
  GPtrArray *rows;             /* CdLeaderboardRow*, ranked: by total, then expected, then name */
  guint audited, kept, failed; /* in this run; from the store; rows without an audit */
} CdLeaderboard;

/* Audit what is not in the store. Fails only where store, rules or list fail; a work's failure is its row. */
CdLeaderboard *cd_leaderboard_run (const CdWorks *works, const CdLeaderboardOptions *options, GError **error);
void cd_leaderboard_free (CdLeaderboard *leaderboard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdLeaderboard, cd_leaderboard_free)

/* The hidden verb of a worker process: reads works' numbers from standard input, audits each into the store, answers with a line each. Exit status. */
int cd_leaderboard_work (const CdWorks *works, const CdLeaderboardOptions *options, GError **error);
