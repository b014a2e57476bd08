/* What the work says and did, gathered once from documents, hits and scope, for probes and reports: who it is, what it published, which
 * commands train and evaluate, which values they set, which stages there are. Facts with places, no judgement. */
#pragma once
#include "scope/scope.h"
#include "signals/signals.h"
#include "work/providers.h"

typedef struct {
  guint document;
  guint32 line, end;
} CdPlace; /* document: index into corpus->documents */

typedef enum { CD_ARTEFACT_WEIGHTS, CD_ARTEFACT_DATASET, CD_ARTEFACT_PAPER, CD_ARTEFACT_BASE_MODEL, CD_ARTEFACT_KINDS } CdArtefactKind;
typedef struct {
  CdArtefactKind kind;
  char *id;            /* "owner/name", arXiv id or URL */
  char *where;         /* URL, or NULL */
  gboolean own;        /* published by the work itself */
  gboolean training;   /* dataset: tied to training (else evaluation or unknown) */
  gboolean evaluation; /* dataset: named like, or used as, an evaluation set */
  double weight;
  GArray *places; /* CdPlace, best first */
} CdArtefact;

typedef enum {
  CD_COMMAND_OTHER,
  CD_COMMAND_INSTALL,
  CD_COMMAND_TRAINING,
  CD_COMMAND_EVALUATION,
  CD_COMMAND_DATA,
  CD_COMMAND_SERVE,
  CD_COMMAND_DEMO,
  CD_COMMAND_CLASSES
} CdCommandClass;
/* What a careful person would say of a command with the repository at this commit:
 * broken: followed as documented it fails, or cannot mean what it says, because something that the work itself must provide is wrong or absent (a
 *   file, module, configuration or option that is not there, a path of somebody's machine, a placeholder that only its author could fill).
 * runnable: everything that it names is there, or is public and named, or is the user's own to fill (an output folder, an API key, the number of
 *   accelerators, a checkpoint that the documents name), or is produced by a step that the work documents.
 * unknown: the tree cannot tell (content of submodules, local copies that no step makes, variables that nobody sets, code that is not here). */
typedef enum { CD_COMMAND_UNKNOWN, CD_COMMAND_RUNNABLE, CD_COMMAND_BROKEN } CdCommandStatus;
/* One thing that decides a status, where it stands: in the command, in the script it runs, or in the configuration or code that this reads. */
typedef struct {
  const char *code; /* "missing-file", "missing-module", "unknown-option", "placeholder", "machine-path"; of an unknown: "submodule",
                       "local-path", "unset-variable", "not-a-program"; static */
  char *what;
  CdPlace place;
} CdCommandProblem;
typedef struct {
  const CdCommand *command; /* borrowed from its document */
  guint document;
  CdCommandClass class;
  CdCommandClass listed; /* the class under which reports list it: as class, where its own words say nothing what its script or its heading says */
  gboolean aside;        /* a test of the code's parts, or one question asked on the line: a step of nothing, whatever stands around it */
  gint script;           /* document that it runs, -1 none or not in the tree */
  CdCommandStatus status;
  GPtrArray *problems; /* CdCommandProblem*: what breaks it, or where it is unknown what cannot be told; NULL none */
} CdWorkCommand;

typedef enum {
  CD_TECHNIQUE_UNKNOWN,
  CD_TECHNIQUE_SFT,
  CD_TECHNIQUE_RL,
  CD_TECHNIQUE_PREFERENCE,
  CD_TECHNIQUE_REWARD_MODEL,
  CD_TECHNIQUE_PRETRAINING,
  CD_TECHNIQUES
} CdTechnique;
const char *cd_technique_name (CdTechnique technique); /* "sft", "rl", "preference", "reward-model", "pretraining", "unknown" */

/* Values that one script, configuration file or command sets for a training run. */
typedef struct {
  guint document;
  CdTechnique technique;
  gboolean anchored;                           /* script, configuration, notebook or documented command: not the defaults of a Python file */
  CdPlace learning_rate, batch_size, duration; /* line 0: not set */
  CdPlace base_model, dataset;
  gboolean placeholder; /* the checkpoint or the data is left open: "/path/to/model", "xxx", "$1" */
  gboolean reached;
} CdConfiguration;
gboolean cd_configuration_is_complete (const CdConfiguration *configuration); /* learning rate, batch size and duration */

typedef struct {
  CdTechnique technique;
  guint mentions; /* affirmative passages that tell of this stage */
  guint commands, configurations, complete_configurations;
  GArray *places;                    /* CdPlace, best first, at most 16 */
  guint launches, complete_launches; /* documented training commands, else those of own scripts, that set values; those that set all three */
  gboolean documented;               /* the launches stand in documents */
} CdStage;

typedef enum { CD_PINS_NONE, CD_PINS_UNPINNED, CD_PINS_PARTLY, CD_PINS_PINNED } CdPins;
typedef enum { CD_SEED_NONE, CD_SEED_UNREAD, CD_SEED_SET } CdSeed;
typedef struct {
  CdPins dependencies; /* pinned: a lock file, or nine in ten declared packages with an exact version; none: nothing declared */
  CdSeed seed;         /* set: code or configuration sets it; unread: an option is offered that nothing reads */
  gboolean hardware;   /* a document names the accelerators of a run */
  GArray *places;      /* CdPlace: of dependencies, seed and hardware, as far as there are any */
} CdEnvironment;

typedef struct _CdWork {
  GPtrArray *names;          /* char*: names the work goes by, as keys (cd_text_key), best first */
  GPtrArray *owners;         /* char*: lower-case hub and forge owners that are the work's own */
  GPtrArray *artefacts;      /* CdArtefact*, sorted by kind, then weight (highest first), then id */
  GPtrArray *commands;       /* CdWorkCommand*, in document and line order */
  GPtrArray *configurations; /* CdConfiguration*, in document and line order */
  GPtrArray *stages;         /* CdStage*, by technique; only those with a trace */
  char *license;             /* SPDX id of the root licence, or NULL */
  CdEnvironment environment; /* what tells whether a run can be repeated */
  GArray *credentials;       /* CdPlace of each committed credential, in path and line order */
  GArray *addressed;         /* CdPlace of each passage that is addressed to whoever judges the work, likewise (work/addressed.h) */
  CdProviders *providers;    /* read once for all that asks who publishes foundation models; NULL: nobody known */
} CdWork;

/* hits: GArray* of CdHit by document index. NULL only where the knowledge file is invalid (CD_ERROR_INPUT); facts that cannot be read are absent. */
CdWork *cd_work_gather (const CdData *data, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits, GError **error);
void cd_work_free (CdWork *work);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdWork, cd_work_free)
/* The stage of a technique, or NULL. */
const CdStage *cd_work_stage (const CdWork *work, CdTechnique technique);
