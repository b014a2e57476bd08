/* Probes about how many works stand in one repository: parts with front pages of their own. */
#include "probes/families.h"
#include "scope/role.h"
#include "work/work.h"
#include <string.h>

#define HEAD_LINES 40u /* a paper that a page links up to here is what the page is about */

/* A folder of a step: its page tells how one step of the same work is done, whatever it links. */
static gboolean
is_step (const char *folder)
{
  static const char *const words[]
      = { "data", "dataset", "preprocess", "process", "decontam", "synth",  "train", "finetun", "sft",  "eval",   "bench", "infer",
          "test", "tool",    "util",       "script",  "recipe",   "config", "demo",  "example", "docs", "docker", "gen",   "src" };
  g_autofree char *lower = g_ascii_strdown (folder, -1);
  g_auto (GStrv) parts = g_strsplit_set (lower, "_-. ", 16);
  for (guint p = 0; parts[p] != NULL; p++)
    for (guint w = 0; w < G_N_ELEMENTS (words); w++)
      if (g_str_has_prefix (parts[p], words[w]))
        return TRUE;
  return FALSE;
}

static gboolean
stands_in_step (const char *path)
{
  g_auto (GStrv) folders = g_strsplit (path, "/", 16);
  for (guint i = 0; folders[i] != NULL && folders[i + 1] != NULL; i++)
    if (is_step (folders[i]))
      return TRUE;
  return FALSE;
}

/* Weights and datasets have to be the work's own: a page links others' for what it uses. */
static gboolean
tells_apart (const CdArtefact *artefact, const CdPlace *place)
{
  switch (artefact->kind) {
    case CD_ARTEFACT_WEIGHTS:
    case CD_ARTEFACT_DATASET:
      return artefact->own;
    case CD_ARTEFACT_PAPER:
      return place->line <= HEAD_LINES;
    default:
      return FALSE;
  }
}

/* The first artefact that a page publishes; NULL where it has none: then it only tells how to run something. */
static const CdPlace *
first_artefact (const CdWork *work, guint document)
{
  const CdPlace *first = NULL;
  for (guint i = 0; i < work->artefacts->len; i++) {
    const CdArtefact *artefact = work->artefacts->pdata[i];
    for (guint p = 0; p < artefact->places->len; p++) {
      const CdPlace *place = &g_array_index (artefact->places, CdPlace, p);
      if (place->document == document && tells_apart (artefact, place) && (first == NULL || place->line < first->line))
        first = place;
    }
  }
  return first;
}

/* README files below the root, of the work's own and of no step's folder, that publish artefacts. */
static void
find_parts (const CdCase *the_case, guint least, const char *says, CdFinding *finding)
{
  for (guint i = 0; i < the_case->corpus->documents->len; i++) {
    const CdDocument *document = the_case->corpus->documents->pdata[i];
    if (!cd_scope_is_own (the_case->scope, i) || cd_role_of (document) != CD_ROLE_README || strchr (document->path, '/') == NULL
        || stands_in_step (document->path))
      continue;
    const CdPlace *place = first_artefact (the_case->work, i);
    if (place != NULL)
      cd_finding_add (finding, i, place->line, place->end, says, 1);
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
