/* The audit: everything found for one snapshot, the one object that every report is made from. Owns all of its parts. */
#pragma once
#include "assessment/assessment.h"
#include "audit/kept.h"
#include "audit/removed.h"
#include "audit/rules.h"
#include "audit/timeline.h"
#include "claims/claims.h"
#include "git/history.h"
#include "lineage/limits.h"
#include "lineage/online.h"
#include "lineage/provenance.h"
#include "metrics/contamination.h"
#include "outputs/outputs.h"
#include "reproduction/arithmetic.h"
#include "reproduction/reproduction.h"
#include "rubric/rubric.h"
#include "work/work.h"

typedef struct {
  const char *location;              /* path or URL */
  const char *revision;              /* NULL: HEAD */
  const char *subdir;                /* NULL: whole tree */
  char **scope;                      /* globs, NULL-terminated, or NULL */
  const char *rubric;                /* NULL: "tti" */
  const char *cache;                 /* cache directory, NULL: none used */
  const char *evaluation_sets;       /* folder of evaluation sets that are not in the tree, NULL none */
  guint threads;                     /* 0: one a processor */
  gboolean scan_only;                /* stop after documents are read and scanned; the audit then has no verdicts */
  const CdTimelineOptions *timeline; /* NULL: the one commit only */
  CdProgress progress;
  gpointer progress_data;
  const CdOnlineOptions *online; /* NULL: nothing is asked */
  const char *remote;            /* where the repository is published, for links; NULL: its remote "origin" */
  char **assessments;            /* files of readers' answers, in the order of their opinions; NULL-terminated, or NULL: none */
  const CdRules *rules; /* loaded before, from the same data; rubric and cache then name nothing to load. Outlive the audit. NULL: the audit's own */
  const CdBlobCache *blobs; /* results of single blobs, from one audit to the next; NULL: none are taken or kept */
} CdAuditOptions;

typedef struct _CdAudit {
  CdRepository *repository;
  CdSnapshot *snapshot;
  CdHistory *history;
  CdCorpus *corpus;
  CdScope *scope;
  const CdRules *rules; /* whose parts the audit's signals, probes, rubric and lineage_rules are */
  CdRules *own_rules;   /* NULL where they are shared */
  CdSignals *signals;
  GPtrArray *hits;
  CdKeeping *keeping; /* between reading and scanning; NULL */
  CdWork *work;
  struct _CdResults *results;
  CdLineageRules *lineage_rules;
  CdLineage *lineage;
  CdContamination *contamination; /* of the audited commit only, as the datasets */
  GPtrArray *datasets;            /* CdDatasetFacts* */
  CdClaims *claims;               /* likewise */
  CdOutputs *outputs;             /* likewise: what evaluations left in the tree */
  GArray *arithmetic;             /* CdClaimArithmetic by claim */
  GPtrArray *reproductions;       /* CdReproduction* */
  CdManifest *manifest;           /* NULL: none in the tree */
  CdProbes *probes;
  CdFinding *findings; /* by probe index */
  CdRubric *rubric;
  GPtrArray *verdicts; /* CdVerdict*: with readers' answers in them */
  CdScore score;
  GPtrArray *not_examined; /* CdNotExamined*, sorted by path */
  char *subdir;
  char **globs;
  char *knowledge_sha256;
  char *remote;           /* NULL none */
  CdOnline *online;       /* NULL: nothing was asked */
  GPtrArray *bounds;      /* CdBound*: what the lineage entails */
  GPtrArray *timeline;    /* CdTimelinePoint*, oldest first, the audited commit last; NULL: not asked for */
  CdRemovals *removals;   /* likewise */
  gboolean borrows;       /* the repository is another audit's */
  GPtrArray *assessments; /* CdAssessment*; NULL: none were given */
  GPtrArray *rulings;     /* CdVerdict*: the rules' own verdicts; the same array as verdicts where nobody was heard */
} CdAudit;

/* Audit one commit. data is borrowed and must outlive the audit. */
CdAudit *cd_audit_run (const CdData *data, const CdAuditOptions *options, GError **error);
void cd_audit_free (CdAudit *audit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdAudit, cd_audit_free)

/* "open" (≥ 70), "partial" (≥ 40) or "opaque". Static. */
const char *cd_audit_openness (const CdAudit *audit);
