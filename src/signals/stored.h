/* The hits of one document in a row of bytes, and back, for results that are kept between audits. */
#pragma once
#include "base/packing.h"
#include "signals/signals.h"

void cd_hits_pack (const GArray *hits, GByteArray *out);
/* Hits of these signals in this document; NULL, with from bad, where the bytes are none. Caller unrefs. */
GArray *cd_hits_unpack (CdUnpacking *from, const CdSignals *signals, const CdDocument *document);
