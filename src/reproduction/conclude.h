/* What the runs of a claim amount to: value, interval, the claim's place among them, and the conclusion. For reproduction/ only. */
#pragma once
#include "reproduction/pool.h"
#include "reproduction/reproduction.h"

/* The same as printed: within half a step of the claim's last digit or cut off at it, or within the manifest's tolerance. On the scale of the claim. */
gboolean cd_claim_equals (const CdClaim *claim, double value);
/* From a scale of 100 (cd_unit_scale) to the claim's unit. */
double cd_claim_unit_value (const CdClaim *claim, double scaled);
/* A reproduction of the claim by the pool's runs, of which there is at least one. declared_first: the first run is the one that the manifest declares, with
 * its seed, and nothing was picked among them. Owned by the caller. */
CdReproduction *cd_reproduction_conclude (const CdReproductionCase *the_case, guint claim, const CdPool *pool, CdObtainedBy by);
/* The figures that nobody claims, of one model, benchmark and metric: their median and interval without a conclusion. Owned by the caller. */
CdReproduction *cd_reproduction_of_figures (const CdReproductionCase *the_case, const CdPool *pool, CdObtainedBy by);
