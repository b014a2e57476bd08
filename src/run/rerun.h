/* A replication run again: the steps of its manifest at one commit, each in a folder of its own with the commit's files and what the steps that it
 * needs have made, as often as asked for. What comes out is files; figures are made of them elsewhere. */
#pragma once
#include "git/export.h"
#include "run/executor.h"
#include "run/plan.h"
#include "run/products.h"

/* What a step may take where nothing else is said, and the most that a manifest may ask for. */
#define CD_RERUN_SECONDS 3600u
#define CD_RERUN_MEMORY ((guint64) 8 << 30)
#define CD_RERUN_PROCESSES 512u
#define CD_RERUN_DISK ((guint64) 16 << 30)
#define CD_RERUN_OUTPUT ((guint64) 64 << 20)
#define CD_RERUN_REPEATS 1000u

typedef struct {
  const CdExecutor *executor;
  const char *start;   /* the folder of the manifest, where commands start; NULL: the root */
  const char *cache;   /* the program's cache folder */
  const char *scratch; /* where folders of steps are made; NULL: $TMPDIR, /var/tmp or /tmp, whichever the sandbox's user can reach */
  guint repeats;
  gboolean same_seed; /* repeats do not count the manifest's seeds up */
  gboolean fresh;     /* results of earlier runs are not used */
  gboolean network;
  char **gpus;       /* as in CdJob */
  const char *image; /* as in CdJob */
  CdLimits most;     /* for every step; a manifest that asks for more is not run */
  gboolean (*interrupted) (void);
  void (*progress) (const char *step, const char *what, gpointer data); /* may be NULL */
  gpointer data;
} CdRerunOptions;

typedef enum {
  CD_STEP_WAITING, /* only while it runs, and where it was interrupted */
  CD_STEP_RUNNING,
  CD_STEP_DONE,
  CD_STEP_FAILED,
  CD_STEP_NOT_RUN, /* see why */
} CdStepState;

/* One step in one repeat. */
typedef struct {
  const CdPlanStep *step;
  guint index;  /* of the step in the plan */
  guint repeat; /* from 0 */
  gint64 seed;  /* what the command found in $CANDOR_SEED */
  CdStepState state;
  gboolean cached;      /* taken from an earlier run */
  gboolean passed_over; /* not run, but what needs it may be: it has no command */
  CdLimits limits;
  CdJobResult result;   /* when it ran this time and failed */
  double seconds;       /* of wall clock, when it ran */
  char *why;            /* when failed or not run: one line */
  CdProducts *products; /* when done */
  char *store;          /* where their files are */
  char *digest;         /* of the products */
} CdStepRun;

/* What an evaluation made in one repeat: the seam to whoever reads figures. */
typedef struct {
  const CdStepRun *run;
  const CdYamlNode *node; /* the evaluation in the manifest */
  const char *benchmark, *metric;
  char *predictions, *results; /* absolute paths of files or folders that this run made, no links in them; NULL where it made none */
  char *why;                   /* where both are NULL: why */
} CdRunOutcome;

typedef enum { CD_IDENTICAL_UNKNOWN, CD_IDENTICAL_YES, CD_IDENTICAL_NO } CdIdentical;

typedef struct _CdScratch CdScratch;
typedef struct {
  char *commit;
  CdPlan *plan;
  guint repeats;
  GPtrArray *runs;     /* CdStepRun, in the plan's order, each step's repeats together */
  GPtrArray *outcomes; /* CdRunOutcome, of evaluations as in runs; their files live as long as this */
  CdExport exported;   /* of the commit; what was left out */
  gboolean interrupted;
  CdScratch *files;
} CdRerun;

/* Runs it all. A step that fails stops only what needs it. The manifest and the options' strings must outlive the result. NULL where nothing can
 * be run at all: CD_ERROR_INPUT (the manifest), CD_ERROR_INTERNAL (sandbox, cache, disk). */
CdRerun *cd_rerun (const CdSnapshot *snapshot, const CdManifest *manifest, const CdRerunOptions *options, GError **error);
void cd_rerun_free (CdRerun *rerun);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdRerun, cd_rerun_free)
const CdStepRun *cd_rerun_at (const CdRerun *rerun, guint index);
/* Whether all repeats of the step made the same files, bit by bit; unknown with fewer than two that were done. differing: the first path that is not
 * the same in all of them (borrowed), may be NULL. */
CdIdentical cd_rerun_identical (const CdRerun *rerun, guint step, const char **differing);
/* TRUE where a step failed, or was not run for another reason than that it has no command. */
gboolean cd_rerun_failed (const CdRerun *rerun);
/* Copies what all steps made into folder/repeat-N. The folder must not exist or be empty. CD_ERROR_USAGE or CD_ERROR_INTERNAL. */
gboolean cd_rerun_keep (const CdRerun *rerun, const char *folder, GError **error);
