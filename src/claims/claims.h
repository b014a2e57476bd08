/* Claims: the figures that the authors report for their own models, each with model, benchmark, metric, value and place. Baselines are not claims.
 * Whether a claim holds is reproduction/'s question. */
#pragma once
#include "manifest/manifest.h"
#include "metrics/metric.h"
#include "metrics/results.h"

typedef enum { CD_CLAIM_MANIFEST, CD_CLAIM_CARD, CD_CLAIM_TABLE, CD_CLAIM_SENTENCE, CD_CLAIM_PAPER } CdClaimFrom; /* strongest first */

typedef struct {
  CdClaimFrom from;
  char *model;    /* as the source calls it; NULL not told */
  gint benchmark; /* index into benchmarks, -1 not a known one */
  char *task;     /* the benchmark as the source writes it */
  char *version;  /* of the benchmark, where the source tells; NULL */
  CdMetric metric;
  gint64 n;           /* problems that the source states; 0 none */
  guint samples;      /* a problem, that the source states (avg@64, "mean of 16 runs"); 0 none */
  CdPlace sampled_at; /* where it states them; line 0 nowhere */
  double value;
  CdUnit unit;
  guint decimals;          /* digits printed after the point */
  double spread;           /* printed behind ±, same unit; NAN none */
  double tolerance;        /* from the manifest, same unit; NAN none */
  GArray *places;          /* CdPlace, best first */
  gint table, row, column; /* cell of the table'th table of its document, -1 not from one: averages are computed again from their row */
  gboolean average;        /* over benchmarks: task is "Avg." or the like */
  char *conditions;        /* what its source says of how it was measured beyond metric and samples: other cells of its row, settings in the caption;
                              NULL nothing. Figures under different conditions do not contradict each other */
} CdClaim;

/* Two claims of the same thing that disagree, or an average that its row does not give. */
typedef struct {
  const char *code; /* "contradiction" or "average"; static */
  guint claim;      /* index into claims */
  gint other;       /* the other claim of a contradiction, else -1 */
  double expected;  /* what the row's average is; NAN for a contradiction */
  char *what;       /* one factual sentence */
  CdPlace place;
} CdClaimFault;

typedef struct _CdClaims {
  GPtrArray *claims; /* CdClaim*, by source and place; the same figure at several places is one claim */
  GPtrArray *faults; /* CdClaimFault* */
} CdClaims;

/* The samples a problem that a label or a sentence tells: "averaged over 64 samples", "16 responses per question", "mean of 5 runs": 64, 16, 5; 0 none.
 * text: any bytes, or NULL. */
guint cd_claim_samples (const char *text);

/* Reads the work's own documents and the manifest (may be NULL). hits: as in CdCase. */
CdClaims *cd_claims_gather (const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits, const CdWork *work,
                            const CdResults *results, const CdManifest *manifest);
void cd_claims_free (CdClaims *claims);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdClaims, cd_claims_free)
