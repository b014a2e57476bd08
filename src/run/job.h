/* One command to run and what became of it. A job says nothing of where it runs: that is an executor's business (run/executor.h). What a command
 * may see and touch is the same under every executor (run/sandbox.h). */
#pragma once
#include <glib.h>

/* Bounds on one job. Each is for all of its processes together unless said otherwise; 0: no bound of that kind. */
typedef struct {
  guint64 seconds;   /* of wall clock */
  guint64 memory;    /* bytes */
  guint64 processes; /* and threads */
  guint64 file;      /* bytes of any one file */
  guint64 disk;      /* bytes that the job's folder may hold, what it held at the start included */
  guint64 output;    /* bytes of each of stdout and stderr that may be written; the last CD_JOB_TAIL_BYTES are kept */
} CdLimits;

#define CD_JOB_TAIL_BYTES (16u * 1024u)

typedef struct {
  char *name;         /* as it is printed: "stage train, seed 7" */
  char *command;      /* one line for sh -c */
  char *folder;       /* absolute; the one place of the machine that the command can write to, seen by it as CD_JOB_FOLDER */
  char *start;        /* the folder below it where the command starts, relative; NULL: the folder itself */
  char **environment; /* NAME=value, NULL-terminated: all that the command finds there */
  CdLimits limits;
  guint cpus;       /* how many it asks for; 0: whatever there is */
  char **gpus;      /* indices as nvidia-smi prints them, NULL-terminated; NULL: none */
  gboolean network; /* may reach the network */
  char *image;      /* a folder with an unpacked root filesystem to run in; NULL: the machine's own system, read-only */
} CdJob;

/* Where a command finds its folder and its (empty, private) home: the same on every machine, since paths get into outputs. */
#define CD_JOB_FOLDER "/replication"
#define CD_JOB_HOME "/home/candor"

CdJob *cd_job_new (const char *name, const char *command, const char *folder);
void cd_job_free (CdJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdJob, cd_job_free)

typedef enum {
  CD_JOB_EXITED,      /* by itself; status is its exit status */
  CD_JOB_SIGNALLED,   /* by a signal that no limit explains; status is its number */
  CD_JOB_LIMITED,     /* killed for, or failed of, a limit: see limit */
  CD_JOB_CANCELLED,   /* on the user's behalf */
  CD_JOB_NOT_STARTED, /* see problem */
} CdJobEnd;

typedef enum {
  CD_LIMIT_NONE,
  CD_LIMIT_SECONDS,
  CD_LIMIT_MEMORY,
  CD_LIMIT_PROCESSES,
  CD_LIMIT_FILE,
  CD_LIMIT_DISK,
  CD_LIMIT_OUTPUT,
} CdLimit;
/* "time", "memory", "processes", "file size", "disk", "output"; as reports say it. */
const char *cd_limit_name (CdLimit limit);

typedef struct {
  CdJobEnd end;
  int status;
  CdLimit limit;
  double seconds; /* of wall clock, from start to end */
  char *out;      /* the end of stdout, at most CD_JOB_TAIL_BYTES, any bytes but NUL */
  char *err;
  guint64 out_bytes; /* how much was written in all */
  guint64 err_bytes;
  char *problem; /* when CD_JOB_NOT_STARTED: why, one line */
} CdJobResult;
void cd_job_result_clear (CdJobResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdJobResult, cd_job_result_clear)
/* TRUE when it exited with 0. */
gboolean cd_job_result_succeeded (const CdJobResult *result);
