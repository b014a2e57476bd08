/* What the files of rubric/ share about a loaded rubric. For rubric/ only. */
#pragma once
#include "base/yaml.h"
#include "rubric/rubric.h"

/* From this distance from flipping on, a verdict is this certain. */
typedef struct {
  double margin, certainty;
} CdStep;

struct _CdRubric {
  char *id, *name, *version, *source, *sha256;
  GArray *dimensions; /* CdDimension */
  GArray *criteria;   /* CdCriterion */
  GHashTable *index;  /* criterion id → position + 1 */
  char **codebook;    /* NULL-terminated */
  GPtrArray *steps;   /* by 2 × criterion + yes: GArray of CdStep, margins ascending, or NULL */
};

/* certainty.c: the measured certainties beside a rubric, read into it. */
gboolean cd_certainty_read (CdRubric *rubric, const CdYaml *yaml, GError **error);
/* How certain an answer is whose expression is margin away from flipping. */
double cd_certainty_of (const CdRubric *rubric, guint criterion, gboolean yes, double margin);
