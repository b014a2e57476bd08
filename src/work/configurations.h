/* Training values: learning rate, batch size and duration as scripts, configuration files and documented commands set them. */
#pragma once
#include "work/work.h"

/* Fills work->configurations. Needs commands. */
void cd_configurations_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope);

/* TRUE where a setting or option of this name says what is trained on. */
gboolean cd_configuration_names_dataset (const char *key);

/* The technique that words of paths, options and values speak for: add text's points (CD_TECHNIQUES of them), `times` over; then the best, or
 * CD_TECHNIQUE_UNKNOWN where none has any. */
void cd_technique_count (guint points[], const char *text, guint times);
CdTechnique cd_technique_best (const guint points[]);
