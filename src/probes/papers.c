/* The paper as a reader finds it: a link in the README that is labelled as paper, or that carries the work's name. */
#include "base/text.h"
#include "probes/results.h"
#include "scope/role.h"
#include "work/hub.h"
#include "work/work.h"
#include <string.h>

#define LABEL_BYTES 60u /* a longer text is a title or a sentence */
#define NAME_BYTES 4u

static gboolean
label_says_paper (const char *label)
{
  static gsize once;
  static GRegex *pattern;
  if (g_once_init_enter (&once)) {
    pattern = g_regex_new ("(?<![a-z])(paper|arxiv|technical[\\s_-]?report|tech[\\s_-]?report|report|preprint|pdf)(?![a-z])|论文|技术报告",
                           G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&once, 1);
  }
  return strlen (label) <= LABEL_BYTES && g_regex_match (pattern, label, 0, NULL);
}

static gboolean
label_has_name (const CdWork *work, const char *label)
{
  g_autofree char *key = cd_text_key (label);
  for (guint i = 0; i < work->names->len; i++) {
    const char *name = g_ptr_array_index (work->names, i);
    if (strlen (name) >= NAME_BYTES && strstr (key, name) != NULL)
      return TRUE;
  }
  return FALSE;
}

static gboolean
leads_to_paper (const char *target)
{
  g_auto (CdHubAddress) address = { 0 };
  if (cd_hub_parse (target, &address) && address.kind == CD_HUB_PAPER)
    return TRUE;
  return g_str_has_suffix (target, ".pdf");
}

/* A badge inside the link, at its line or the next: alt text or address are the label. Links stand in document order, the outer one first. */
static gboolean
badge_says_paper (const CdDocument *document, guint outer)
{
  guint line = ((const CdLink *) g_ptr_array_index (document->links, outer))->line;
  guint from = outer > 0 ? outer - 1 : 0;
  for (guint i = from; i < document->links->len && i <= outer + 1; i++) {
    const CdLink *link = g_ptr_array_index (document->links, i);
    if (!link->image || link->line > line + 1 || link->line + 1 < line)
      continue;
    const char *name = link->target != NULL ? strrchr (link->target, '/') : NULL;
    if ((link->text != NULL && label_says_paper (link->text)) || (name != NULL && label_says_paper (name)))
      return TRUE;
  }
  return FALSE;
}

void
cd_probe_paper_labelled (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  for (guint i = 0; i < the_case->corpus->documents->len; i++) {
    const CdDocument *document = g_ptr_array_index (the_case->corpus->documents, i);
    CdRole role = cd_role_of (document);
    if (!cd_scope_is_own (the_case->scope, i) || (role != CD_ROLE_README && role != CD_ROLE_CARD))
      continue;
    for (guint j = 0; j < document->links->len; j++) {
      const CdLink *link = g_ptr_array_index (document->links, j);
      const CdSection *section = link->section >= 0 ? g_ptr_array_index (document->sections, (guint) link->section) : NULL;
      if (link->image || link->target == NULL || !leads_to_paper (link->target)
          || (section != NULL && (section->flags & (CD_CONTEXT_RELATED | CD_CONTEXT_DEMO))))
        continue;
      const char *label = link->text != NULL ? link->text : "";
      if (!label_says_paper (label) && !label_has_name (the_case->work, label) && !badge_says_paper (document, j))
        continue;
      finding->yes = TRUE;
      cd_finding_add (finding, i, link->line, link->line, info->id, strchr (document->path, '/') == NULL ? 2 : 1);
    }
  }
}
