/* Who the work is: the names it goes by and the hub and forge owners that are its own, read from its titles, clone commands, badges and
 * citations. The audited folder's name and remote play no part: the same commit has the same identity wherever it lies. */
#pragma once
#include "work/hub.h"
#include "work/providers.h"
#include "work/work.h"

/* Fills work->names and work->owners. */
void cd_identity_gather (CdWork *work, const CdProviders *providers, const CdCorpus *corpus, const CdScope *scope);
/* TRUE where text (a model's, dataset's or repository's name) holds one of the work's names as a run of alphanumeric tokens. */
gboolean cd_identity_matches (const CdWork *work, const char *text);
gboolean cd_identity_owns (const CdWork *work, const char *owner);
void cd_identity_add_owner (CdWork *work, const char *owner);
