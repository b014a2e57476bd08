/* The arithmetic of claims: whether a printed figure can be a mean over the benchmark's problems and the stated samples. A figure that one run cannot give is
 * most often a mean over samples whose number is not stated: it is said to be no single run's, never more, and only where every set that goes by the
 * benchmark's name is known. */
#pragma once
#include "claims/claims.h"

typedef enum {
  CD_ARITHMETIC_UNTESTABLE,     /* no share of right answers, problems not known, or so many that every figure is possible; one of several runs by its
                                   own ±; a sentence's */
  CD_ARITHMETIC_POSSIBLE,       /* with one sample, or with as many as the work states or its evaluation scripts set */
  CD_ARITHMETIC_NOT_SINGLE_RUN, /* no whole number of right answers gives it, and no number of samples is stated */
  CD_ARITHMETIC_IMPOSSIBLE      /* not with the only number of samples that the work states, beside it, nor with one */
} CdArithmeticVerdict;
const char *cd_arithmetic_verdict_name (CdArithmeticVerdict verdict); /* "untestable", "possible", "not-a-single-run", "impossible-as-stated" */

typedef struct {
  CdArithmeticVerdict verdict;
  gint64 n;            /* problems it was tested with: stated, usual, or another set in use that yields it; 0 not known, or none of several sets */
  guint samples;       /* stated or set ones that were tested with; 0 none */
  CdPlace sampled_at;  /* where they are stated or set; line 0 nowhere */
  guint fewest;        /* smallest number of samples that yields the figure; 0 none up to 1,024, or not asked for */
  gboolean error_fits; /* the figure printed behind ± is a standard error of so many answers */
} CdClaimArithmetic;

/* By claim; the work is searched for numbers of samples (samples.h). Caller frees with g_array_unref. */
GArray *cd_claims_arithmetic (const CdClaims *claims, const CdBenchmarks *benchmarks, const CdCorpus *corpus, const CdScope *scope,
                              const CdWork *work);
