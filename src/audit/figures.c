/* What the work claims about itself, and what its tree yields to check that with. No verdict asks for it, and nothing is run. */
#include "audit/steps.h"
#include "reproduction/arithmetic.h"
#include "reproduction/reproduction.h"
#include <string.h>

/* Outputs that could not be read stand with other files that were not examined, unless one says so already. */
static void
tell_unread (CdAudit *audit)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < audit->not_examined->len; i++)
    g_hash_table_add (told, ((CdNotExamined *) audit->not_examined->pdata[i])->path);
  for (guint i = 0; i < audit->outputs->unread->len; i++) {
    const CdNotExamined *unread = audit->outputs->unread->pdata[i];
    if (!g_hash_table_add (told, unread->path))
      continue;
    guint place = audit->not_examined->len;
    while (place > 0 && strcmp (((CdNotExamined *) audit->not_examined->pdata[place - 1])->path, unread->path) > 0)
      place--;
    g_ptr_array_insert (audit->not_examined, (gint) place, cd_not_examined_new (unread->path, unread->why));
  }
}

void
cd_audit_gather_figures (CdAudit *audit, const CdAuditOptions *options)
{
  const CdBenchmarks *benchmarks = audit->results->benchmarks;
  audit->claims = cd_claims_gather (audit->corpus, audit->scope, audit->signals, audit->hits, audit->work, audit->results, audit->manifest);
  audit->outputs = cd_outputs_gather (audit->snapshot, audit->corpus, audit->scope, audit->manifest, benchmarks, options->threads);
  tell_unread (audit);
  audit->arithmetic = cd_claims_arithmetic (audit->claims, benchmarks, audit->corpus, audit->scope, audit->work);
  CdReproductionCase the_case = { benchmarks, audit->work->names, audit->claims, audit->outputs->figures, audit->manifest, FALSE };
  audit->reproductions = cd_reproductions_gather (&the_case);
}
