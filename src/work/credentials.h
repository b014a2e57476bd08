/* Where credentials are committed: in any file of the tree that is not a public framework's own. Places only; the values stay where they are. */
#pragma once
#include "work/work.h"

/* Fills work->credentials. */
void cd_credentials_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope);
