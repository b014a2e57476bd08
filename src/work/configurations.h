/* Training values: learning rate, batch size and duration as scripts, configuration files and documented commands set them. */
#pragma once
#include "work/work.h"

/* Fills work->configurations. Needs commands. */
void cd_configurations_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope);
