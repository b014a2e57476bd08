/* Probes about how many works stand in one repository: parts with front pages of their own. */
#include "probes/families.h"
#include "scope/role.h"
#include "work/hub.h"
#include <string.h>

/* The first link of a page to a paper, weights or a dataset; NULL where it has none: then it only tells how to run something. */
static const CdLink *
first_artefact (const CdDocument *document)
{
  for (guint i = 0; i < document->links->len; i++) {
    const CdLink *link = document->links->pdata[i];
    g_auto (CdHubAddress) address = { 0 };
    if (cd_hub_parse (link->target, &address)
        && (address.kind == CD_HUB_MODEL || address.kind == CD_HUB_DATASET || address.kind == CD_HUB_COLLECTION || address.kind == CD_HUB_PAPER))
      return link;
  }
  return NULL;
}

/* README files below the root, of the work's own, that link artefacts. */
static void
find_parts (const CdCase *the_case, guint least, const char *says, CdFinding *finding)
{
  for (guint i = 0; i < the_case->corpus->documents->len; i++) {
    const CdDocument *document = the_case->corpus->documents->pdata[i];
    if (!cd_scope_is_own (the_case->scope, i) || cd_role_of (document) != CD_ROLE_README || strchr (document->path, '/') == NULL)
      continue;
    const CdLink *link = first_artefact (document);
    if (link != NULL)
      cd_finding_add (finding, i, link->line, link->line, says, 1);
  }
  finding->yes = finding->count >= least;
}

void
cd_probe_part_told_apart (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_parts (the_case, 1, info->id, finding);
}

void
cd_probe_several_parts (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_parts (the_case, 3, info->id, finding);
}
