/* What the work published and built on: weights, datasets, papers, base models, each told to be the work's own or another's. */
#pragma once
#include "work/identity.h"

/* Fills work->artefacts; may add hub owners to work->owners. Needs names, owners and configurations. */
void cd_artefacts_gather (CdWork *work, const CdProviders *providers, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals,
                          GPtrArray *hits);
