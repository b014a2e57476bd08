/* Probes about what is published: weights, datasets, papers, base models. work/artefacts.c decides whose they are. */
#include "probes/families.h"
#include "scope/role.h"
#include "work/work.h"
#include <string.h>

#define PAPER_SCORE 2.0        /* a paper link is the work's own from here on */
#define PAPER_TEXT_BYTES 12000 /* extracted text of a PDF shorter than this is a figure or a poster */

static void
add_places (CdFinding *finding, const CdArtefact *artefact, const char *says)
{
  for (guint i = 0; i < artefact->places->len; i++) {
    const CdPlace *place = &g_array_index (artefact->places, CdPlace, i);
    cd_finding_add (finding, place->document, place->line, place->end, says, artefact->weight);
  }
}

typedef gboolean (*ArtefactTest) (const CdArtefact *artefact);

static void
find_artefacts (const CdCase *the_case, CdArtefactKind kind, ArtefactTest test, const char *says, CdFinding *finding)
{
  for (guint i = 0; i < the_case->work->artefacts->len; i++) {
    const CdArtefact *artefact = the_case->work->artefacts->pdata[i];
    if (artefact->kind == kind && test (artefact)) {
      add_places (finding, artefact, says);
      finding->yes = TRUE;
    }
  }
}

static gboolean
is_own (const CdArtefact *artefact)
{
  return artefact->own;
}

static gboolean
is_own_training_data (const CdArtefact *artefact)
{
  return artefact->own && (!artefact->evaluation || artefact->training);
}

static gboolean
is_training_data (const CdArtefact *artefact)
{
  return artefact->training || is_own_training_data (artefact);
}

static gboolean
is_own_paper (const CdArtefact *artefact)
{
  return artefact->weight >= PAPER_SCORE;
}

static gboolean
is_any (const CdArtefact *artefact)
{
  (void) artefact;
  return TRUE;
}

void
cd_probe_own_weights_link (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_artefacts (the_case, CD_ARTEFACT_WEIGHTS, is_own, info->id, finding);
}

void
cd_probe_own_dataset_link (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_artefacts (the_case, CD_ARTEFACT_DATASET, is_own_training_data, info->id, finding);
}

void
cd_probe_training_dataset_link (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_artefacts (the_case, CD_ARTEFACT_DATASET, is_training_data, info->id, finding);
}

void
cd_probe_paper_link (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  /* Artefacts are sorted by weight: the places of the likeliest paper, not those of others that the page advertises. */
  for (guint i = 0; i < the_case->work->artefacts->len && !finding->yes; i++) {
    const CdArtefact *artefact = the_case->work->artefacts->pdata[i];
    if (artefact->kind != CD_ARTEFACT_PAPER || !is_own_paper (artefact))
      continue;
    add_places (finding, artefact, info->id);
    finding->yes = TRUE;
  }
}

void
cd_probe_base_model_configured (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  find_artefacts (the_case, CD_ARTEFACT_BASE_MODEL, is_any, info->id, finding);
}

void
cd_probe_paper_in_tree (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  for (guint i = 0; i < the_case->corpus->documents->len; i++) {
    const CdDocument *document = the_case->corpus->documents->pdata[i];
    if (cd_scope_is_own (the_case->scope, i) && cd_role_of (document) == CD_ROLE_PAPER && document->length >= PAPER_TEXT_BYTES) {
      cd_finding_add (finding, i, 1, 1, info->id, (double) document->length);
      finding->yes = TRUE;
    }
  }
}

void
cd_probe_base_model_told (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  gint signal = cd_signals_find (the_case->signals, "work.base-model");
  for (guint i = 0; signal >= 0 && i < the_case->corpus->documents->len; i++) {
    const CdDocument *document = the_case->corpus->documents->pdata[i];
    const GArray *hits = the_case->hits->pdata[i];
    for (guint h = 0; h < hits->len; h++) {
      const CdHit *hit = &g_array_index (hits, CdHit, h);
      const CdPassage *passage = &g_array_index (document->passages, CdPassage, hit->passage);
      if (hit->signal != (guint) signal || (passage->flags & (CD_CONTEXT_COMPARISON | CD_CONTEXT_NEGATED)))
        continue;
      gboolean sized = FALSE; /* a size such as 7B stands in the sentence */
      const char *end = document->text + passage->end;
      for (const char *c = document->text + passage->start; c + 1 < end && !sized; c++)
        sized = g_ascii_isdigit (c[0]) && (c[1] == 'B' || c[1] == 'b') && (c + 2 == end || !g_ascii_isalnum (c[2]));
      if (!sized)
        continue;
      cd_finding_add (finding, i, passage->line, passage->end_line, info->id, cd_role_of (document) == CD_ROLE_README ? 2 : 1);
      finding->yes = TRUE;
    }
  }
}

/* Records under a path that speaks of training and not of evaluation. */
void
cd_probe_training_data_in_tree (const CdCase *the_case, const CdProbeInfo *info, CdFinding *finding)
{
  for (guint i = 0; i < the_case->corpus->documents->len; i++) {
    const CdDocument *document = the_case->corpus->documents->pdata[i];
    if (!cd_scope_is_own (the_case->scope, i) || document->data == NULL || document->data->rows < 100)
      continue;
    g_autofree char *path = g_ascii_strdown (document->path, -1);
    gboolean evaluates = strstr (path, "eval") || strstr (path, "test") || strstr (path, "bench") || strstr (path, "result")
                         || strstr (path, "output") || strstr (path, "aime") || strstr (path, "500") || strstr (path, "valid")
                         || strstr (path, "example");
    gboolean trains = strstr (path, "train") || strstr (path, "sft") || strstr (path, "/rl") || strstr (path, "rl_") || strstr (path, "_rl");
    if (evaluates || !trains)
      continue;
    cd_finding_add (finding, i, 1, 1, info->id, 1);
    finding->yes = TRUE;
  }
}
