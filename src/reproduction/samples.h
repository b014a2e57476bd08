/* Numbers of samples a problem that a work tells anywhere: what may explain a figure that one run cannot give. */
#pragma once
#include "claims/claims.h"

typedef struct {
  guint k;
  CdPlace place;      /* the first that tells it */
  gboolean of_scores; /* a sentence about scores tells it ("accuracy is averaged over 8 samples"), and not one about run times or training */
} CdSampleCount;

/* CdSampleCount of different k from 2: first those that evaluation commands and settings set, then those that other claims are measured with, then those
 * that sentences about scores tell. Reads every sentence of the work's own prose: ask only where a figure needs it. Caller unrefs. */
GArray *cd_samples_gather (const CdClaims *claims, const CdCorpus *corpus, const CdScope *scope, const CdWork *work);
/* The label of a benchmark's figures tells them: "AIME 2024 (avg@8)", "AIME24@8": 8; 0 none. label may be NULL. */
guint cd_samples_in_label (const char *label);
