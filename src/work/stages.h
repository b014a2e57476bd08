/* The stage table: which training techniques the work speaks of, and which of them have commands and complete values behind them. */
#pragma once
#include "work/work.h"

/* Fills work->stages. Needs commands and configurations. */
void cd_stages_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits);
