/* The licence of the work, by the words of its root licence file. */
#pragma once
#include "documents/corpus.h"

/* The SPDX id, "LicenseRef-unknown" for a licence file that is none of the known texts, NULL where there is no licence file. Static. */
const char *cd_license_of (const CdCorpus *corpus);
