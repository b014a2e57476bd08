/* Contamination: do problems of evaluation sets stand in the training data, both as far as they are here. Evaluation sets are files of the tree or of a folder that the
 * user names. Facts with places, item by item; and whether the work says that its data is decontaminated. Nothing is compared where one side is missing. */
#pragma once
#include "metrics/data-files.h"

typedef struct {
  char *path;     /* in the tree, or below the user's folder */
  guint document; /* G_MAXUINT: of the user's folder */
  gint64 items;   /* problems read, or, where nothing was compared, records */
} CdContaminationFile;

typedef struct {
  guint training, evaluation; /* indexes of files */
  guint32 training_line, evaluation_line;
  guint shared, of; /* 13-grams: overlap.h */
  gboolean exact;
} CdContaminationItem;

/* A training file that holds (nearly) all of an evaluation set. */
typedef struct {
  guint training, evaluation;
  guint items, of;    /* of the evaluation set's problems, those found; 0 of 0 where nothing was compared */
  gboolean same_blob; /* the two files have the same bytes */
} CdContaminationSet;

typedef struct {
  GPtrArray *training, *evaluation; /* CdContaminationFile*, by path; the tree's before the folder's */
  GArray *items;                    /* CdContaminationItem, the first CD_CONTAMINATION_LISTED in the order of training files, lines and problems */
  guint total;                      /* of items, listed or not */
  guint held;                       /* training items that hold at least one */
  GArray *sets;                     /* CdContaminationSet */
  GArray *both;                     /* CdDataFile: told to be training and evaluation data at once */
  GArray *unassigned;               /* guint, documents: problems that nothing says what for */
  GPtrArray *not_examined;          /* CdNotExamined* */
  GArray *stated;                   /* CdPlace: passages that call the data decontaminated */
  gboolean compared;                /* both sides were here and read */
} CdContamination;

#define CD_CONTAMINATION_LISTED 200u

/* folder: what the user named, or NULL. hits: GArray* of CdHit by document index. CD_ERROR_USAGE where the folder cannot be read. */
CdContamination *cd_contamination_gather (const CdSnapshot *snapshot, const CdCorpus *corpus, const CdScope *scope, const CdWork *work,
                                          const CdBenchmarks *benchmarks, const CdSignals *signals, GPtrArray *hits, const char *folder,
                                          GError **error);
void cd_contamination_free (CdContamination *contamination);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdContamination, cd_contamination_free)
