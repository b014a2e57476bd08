/* The arithmetic of claims: whether a printed figure can be a mean over the benchmark's problems and the stated samples. A figure that one run cannot give is
 * most often an undeclared mean over samples: it is said to be no single run's, never more. */
#pragma once
#include "claims/claims.h"

typedef enum {
  CD_ARITHMETIC_UNTESTABLE,     /* no proportion, problems not known, or so many that every figure is possible */
  CD_ARITHMETIC_POSSIBLE,       /* with the samples that the work states or its evaluation scripts set, else with one */
  CD_ARITHMETIC_NOT_SINGLE_RUN, /* no whole number of right answers gives it, and no number of samples is stated */
  CD_ARITHMETIC_IMPOSSIBLE      /* not with the number of samples that the work states beside it */
} CdArithmeticVerdict;
const char *cd_arithmetic_verdict_name (CdArithmeticVerdict verdict); /* "untestable", "possible", "not-a-single-run", "impossible-as-stated" */

typedef struct {
  CdArithmeticVerdict verdict;
  gint64 n;            /* problems it was tested with: stated, usual, or another set in use that yields it; 0 not known */
  guint samples;       /* stated or set ones that were tested with; 0 none */
  CdPlace sampled_at;  /* where they are stated or set; line 0 nowhere */
  guint fewest;        /* smallest number of samples that yields the figure; 0 none up to 1,024, or not asked for */
  gboolean error_fits; /* the figure printed behind ± is a standard error of so many answers */
} CdClaimArithmetic;

/* By claim; evaluation scripts and commands of the work are searched for numbers of samples. Caller frees with g_array_unref. */
GArray *cd_claims_arithmetic (const CdClaims *claims, const CdBenchmarks *benchmarks, const CdCorpus *corpus, const CdScope *scope,
                              const CdWork *work);
