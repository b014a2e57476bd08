/* What the work claims about itself, and what its tree yields to check that with. No verdict asks for it, and nothing is run. */
#include "audit/steps.h"
#include "documents/pdf-tables.h"
#include "reproduction/arithmetic.h"
#include "reproduction/reproduction.h"

/* Papers of the work's own, whose tables are read for claims. */
static gboolean
is_own_paper (guint index, gconstpointer data)
{
  const CdAudit *audit = data;
  return cd_scope_is_own (audit->scope, index) && cd_pdf_is_paper (g_ptr_array_index (audit->corpus->documents, index));
}

/* Claims, once the papers' tables are there. */
static void
gather_claims (CdAudit *audit, const CdAuditOptions *options)
{
  CdCorpusOptions corpus = { .document = { .cache = options->cache, .keep_pdf = TRUE }, .threads = options->threads };
  cd_corpus_place_tables (audit->corpus, audit->snapshot, &corpus, is_own_paper, audit);
  audit->claims = cd_claims_gather (audit->corpus, audit->scope, audit->signals, audit->hits, audit->work, audit->results, audit->manifest);
}

void
cd_audit_gather_figures (CdAudit *audit, const CdAuditOptions *options)
{
  const CdBenchmarks *benchmarks = audit->results->benchmarks;
  gather_claims (audit, options);
  audit->outputs = cd_outputs_gather (audit->snapshot, audit->corpus, audit->scope, audit->manifest, benchmarks, options->threads);
  audit->arithmetic = cd_claims_arithmetic (audit->claims, benchmarks, audit->corpus, audit->scope, audit->work);
  CdReproductionCase the_case = { benchmarks, audit->work->names, audit->claims, audit->outputs->figures, audit->manifest, FALSE };
  audit->reproductions = cd_reproductions_gather (&the_case);
}
