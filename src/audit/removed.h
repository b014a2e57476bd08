/* What a work said or showed once, and says and shows no more: facts with the commits between which they stood. Why is not concluded. */
#pragma once
#include "git/history.h"

typedef enum {
  CD_REMOVED_DISCLOSURE, /* a document said that a model made training data; none says so now */
  CD_REMOVED_TEACHER,    /* the model's name was taken out of what said or showed it: the sentence, or the script, is still there */
  CD_REMOVED_SCRIPT,     /* a script that let a model make training data was deleted */
  CD_REMOVED_DATASET,    /* a training configuration names another dataset */
} CdRemovedKind;
const char *cd_removed_kind_name (CdRemovedKind kind); /* "disclosure", "teacher", "script", "dataset" */
const char *cd_removed_kind_says (CdRemovedKind kind); /* the fact as the end of a sentence about the model or dataset */

typedef struct {
  CdRemovedKind kind;
  char *what;          /* the model or dataset */
  char *path;          /* where it stood */
  guint32 line;        /* in the version that said it first */
  guint first, taken;  /* indexes into the history's commits: said first, taken away */
  char *instead;       /* the model or dataset that stands at the path today and did not then; NULL none */
  gboolean still_told; /* the work's lineage has the model today, from elsewhere */
} CdRemoved;

typedef struct {
  GPtrArray *list; /* CdRemoved*, last taken away first */
  guint left;      /* former versions that were not read, and commits that were not checked, for their number */
} CdRemovals;
void cd_removals_free (CdRemovals *removals);
