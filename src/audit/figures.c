/* What the work claims about itself, and what its tree yields to check that with. No verdict asks for it, and nothing is run. */
#include "audit/steps.h"
#include "reproduction/arithmetic.h"
#include "reproduction/reproduction.h"

void
cd_audit_gather_figures (CdAudit *audit, const CdAuditOptions *options)
{
  const CdBenchmarks *benchmarks = audit->results->benchmarks;
  audit->claims = cd_claims_gather (audit->corpus, audit->scope, audit->signals, audit->hits, audit->work, audit->results, audit->manifest);
  audit->outputs = cd_outputs_gather (audit->snapshot, audit->corpus, audit->scope, audit->manifest, benchmarks, options->threads);
  audit->arithmetic = cd_claims_arithmetic (audit->claims, benchmarks, audit->corpus, audit->scope, audit->work);
  CdReproductionCase the_case = { benchmarks, audit->work->names, audit->claims, audit->outputs->figures, audit->manifest, FALSE };
  audit->reproductions = cd_reproductions_gather (&the_case);
}
