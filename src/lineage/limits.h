/* What bounds a distilled work, each with the fact it rests on: its teacher's figures beside its own, terms of use and licences that bear on training on
 * outputs, and whether what the teacher wrote is published. Facts; none is an accusation, and wording beyond one sentence is the reports' business. */
#pragma once
#include "lineage/lineage.h"
#include "metrics/results.h"

typedef enum {
  CD_BOUND_CEILING,         /* the work's figure and its teacher's, on one benchmark in one table */
  CD_BOUND_TERMS,           /* a clause of the teacher's provider, or of its licence */
  CD_BOUND_UNRELEASED_DATA, /* no training data in the tree or linked */
  CD_BOUND_RELEASED_DATA,   /* training data published by the work */
} CdBoundKind;
const char *cd_bound_name (CdBoundKind kind); /* "ceiling", "terms", "unreleased-data", "released-data" */

typedef struct {
  CdBoundKind kind;
  char *teacher;      /* names joined by ", " */
  char *what;         /* one sentence, without a full stop */
  const char *source; /* of a clause: its wording, a URL; borrowed from the knowledge; NULL none */
  /* Of a ceiling only; as the table gives them. */
  const CdBenchmark *benchmark; /* borrowed from the results; NULL none */
  char *metric;                 /* "pass@1", as written; NULL not named */
  double student, teacher_value;
  gboolean above;   /* the work's figure is higher than its teacher's */
  GArray *evidence; /* CdTrace, best first */
} CdBound;

/* The bounds of a work that has teachers or inherits from one, ceilings first, of these those above; empty for all other labels. CdBound*; caller unrefs.
 * time: of the audited commit, seconds since 1970: terms that came later did not bind it. */
GPtrArray *cd_lineage_bounds (const CdLineageRules *rules, const CdLineage *lineage, const CdCorpus *corpus, const CdScope *scope, const CdWork *work,
                              const CdResults *results, gint64 time);

/* A model that taught the work, itself or through what it starts from. For lineage/ only. */
typedef struct {
  const char *name, *provider; /* provider NULL unknown */
  char *key;                   /* cd_names_key */
  gint known;
  guint roles;          /* CdTeaches; 0 through something else */
  const GArray *traces; /* CdTrace */
} CdMaster;
/* ceiling.c: appends a bound for each master and benchmark whose figures stand beside the work's. masters: GArray of CdMaster. */
void cd_bounds_add_ceilings (const CdNames *names, const GArray *masters, const CdCorpus *corpus, const CdWork *work, const CdResults *results,
                             GPtrArray *bounds);
/* A bound of a kind without contents, for the caller to fill in. */
CdBound *cd_bound_new (CdBoundKind kind, const char *teacher);
void cd_bound_free (gpointer bound);
