/* What the files of rubric/ share about a loaded rubric. For rubric/ only. */
#pragma once
#include "base/yaml.h"
#include "rubric/rubric.h"
#include "statistics/normal.h"

/* What a verdict's certainty is told from: a row of certainty.c's table, or a probe's answer. */
typedef struct {
  guint row; /* of the table; G_MAXUINT: a probe */
  guint probe;
} CdFeature;

/* How a criterion's answer leans by its features; weights: one a feature, NULL where nobody measured it. */
typedef struct {
  double bias;
  double *weights;
} CdLeaning;

struct _CdRubric {
  char *id, *name, *version, *source, *sha256;
  GArray *dimensions; /* CdDimension */
  GArray *criteria;   /* CdCriterion */
  GHashTable *index;  /* criterion id → position + 1 */
  char **codebook;    /* NULL-terminated */
  GArray *features;   /* CdFeature */
  GArray *leanings;   /* CdLeaning by criterion */
  double *together;   /* correlations of what features leave open, criteria × criteria; NULL: nobody measured any */
};

/* certainty.c: the measured certainties beside a rubric, read into it. probes: id → position + 1. */
gboolean cd_certainty_read (CdRubric *rubric, const CdYaml *yaml, GHashTable *probes, GError **error);
/* Set leaning and certainty of the rules' verdicts. */
void cd_certainty_set (const CdRubric *rubric, const CdFinding *findings, const GPtrArray *verdicts);

/* together.c: how all answers would fall, as jointly normal variables that are positive for a yes, given what readers answered. Caller clears. */
CdNormals cd_rubric_joint (const CdRubric *rubric, const GPtrArray *verdicts);
