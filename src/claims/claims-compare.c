/* Two claims of one thing that disagree. A wrong accusation is worse than a missed one: everything that could make the two different things must be
 * the same in so many words. */
#include "base/text.h"
#include "claims/parts.h"
#include <math.h>
#include <string.h>

void
cd_claims_contradict (const CdClaimGatherer *gatherer, CdClaims *claims)
{
  (void) gatherer;
  (void) claims;
}
