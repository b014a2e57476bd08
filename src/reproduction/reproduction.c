/* Goes through the claims, way by way (strongest first), then through what nobody claims. Which figures answer is match.c's and pool.c's affair, what they
 * amount to conclude.c's. */
#include "reproduction/reproduction.h"
#include "base/text.h"
#include "reproduction/conclude.h"
#include <math.h>
#include <string.h>

#define MOST_UNCLAIMED 1024u /* groups of figures that nobody claims; finding one looks at all figures */

const char *
cd_obtained_by_name (CdObtainedBy by)
{
  static const char *const names[] = { "log", "predictions", "run" };
  return names[by];
}

const char *
cd_conclusion_name (CdConclusion conclusion)
{
  static const char *const names[CD_CONCLUSIONS] = { "reproduced", "compatible", "selected", "not-reproduced", "not-run" };
  return names[conclusion];
}

void
cd_reproduction_free (CdReproduction *reproduction)
{
  if (reproduction == NULL)
    return;
  g_clear_pointer (&reproduction->figures, g_ptr_array_unref);
  g_clear_pointer (&reproduction->values, g_array_unref);
  g_free (reproduction->model);
  g_free (reproduction->task);
  g_free (reproduction->why);
  g_free (reproduction);
}

/* The manifest's evaluation of a claim's benchmark with a command: it could be run. */
static gboolean
is_declared (const CdReproductionCase *the_case, const CdClaim *claim)
{
  const CdYamlNode *list = the_case->manifest != NULL ? cd_yaml_get (cd_manifest_root (the_case->manifest), "evaluations") : NULL;
  g_autofree char *wanted = cd_text_key (claim->task ? claim->task : "");
  for (guint i = 0; list != NULL && i < cd_yaml_length (list); i++) {
    const char *benchmark = cd_yaml_string (cd_yaml_get (cd_yaml_at (list, i), "benchmark"));
    g_autofree char *key = cd_text_key (benchmark ? benchmark : "");
    if (*key != '\0' && strcmp (key, wanted) == 0 && cd_yaml_string (cd_yaml_get (cd_yaml_at (list, i), "command")) != NULL)
      return TRUE;
  }
  return FALSE;
}

static CdReproduction *
not_run (const CdReproductionCase *the_case, guint claim_index)
{
  const CdClaim *claim = g_ptr_array_index (the_case->claims->claims, claim_index);
  CdReproduction *reproduction = g_new0 (CdReproduction, 1);
  *reproduction = (CdReproduction){ .claim = (gint) claim_index,
                                    .figures = g_ptr_array_new (),
                                    .by = CD_OBTAINED_BY_RUN,
                                    .model = g_strdup (claim->model),
                                    .benchmark = claim->benchmark,
                                    .task = g_strdup (claim->task),
                                    .metric = claim->metric,
                                    .value = NAN,
                                    .unit = claim->unit,
                                    .n = claim->n,
                                    .lowest = NAN,
                                    .best = NAN,
                                    .chance = NAN,
                                    .interval = { NAN, NAN },
                                    .conclusion = CD_CONCLUSION_NOT_RUN };
  reproduction->why
      = g_strdup (the_case->by_run ? "no command of the run wrote a figure for it" : "a command is declared, and nothing that it writes is here");
  return reproduction;
}

static gboolean
add_claim (const CdReproductionCase *the_case, CdMatcher *matcher, guint claim, CdFigureBy from, guint8 *used, GPtrArray *reproductions)
{
  CdObtainedBy by = the_case->by_run ? CD_OBTAINED_BY_RUN : from == CD_FIGURE_LOG ? CD_OBTAINED_BY_LOG : CD_OBTAINED_BY_PREDICTIONS;
  g_auto (CdPool) pool = { 0 };
  cd_pool_gather (&pool, matcher, the_case->claims->claims, claim, the_case->figures, from);
  if (pool.runs->len == 0)
    return FALSE;
  CdReproduction *reproduction = cd_reproduction_conclude (the_case, claim, &pool, by);
  if (reproduction->conclusion == CD_CONCLUSIONS) {
    cd_reproduction_free (reproduction);
    return FALSE;
  }
  g_ptr_array_add (reproductions, reproduction);
  for (guint i = 0; i < pool.members->len; i++)
    used[g_array_index (pool.members, guint, i)] = 1;
  return TRUE;
}

static void
add_unclaimed (const CdReproductionCase *the_case, guint8 *used, GPtrArray *reproductions)
{
  guint left = MOST_UNCLAIMED;
  for (guint i = 0; i < the_case->figures->len && left > 0; i++) {
    if (used[i])
      continue;
    const CdFigure *figure = g_ptr_array_index (the_case->figures, i);
    CdObtainedBy by = the_case->by_run ? CD_OBTAINED_BY_RUN : figure->by == CD_FIGURE_LOG ? CD_OBTAINED_BY_LOG : CD_OBTAINED_BY_PREDICTIONS;
    g_auto (CdPool) pool = { 0 };
    cd_pool_of_figures (&pool, the_case->figures, i, used);
    if (pool.runs->len == 0)
      continue;
    g_ptr_array_add (reproductions, cd_reproduction_of_figures (the_case, &pool, by));
    left--;
  }
}

GPtrArray *
cd_reproductions_gather (const CdReproductionCase *the_case)
{
  GPtrArray *reproductions = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_reproduction_free);
  const GPtrArray *claims = the_case->claims->claims, *figures = the_case->figures;
  g_autoptr (CdMatcher) matcher = cd_matcher_new (the_case->benchmarks, the_case->names, claims, figures);
  g_autofree guint8 *used = g_new0 (guint8, figures->len + 1);
  for (guint i = 0; i < claims->len; i++) {
    const CdClaim *claim = g_ptr_array_index (claims, i);
    gboolean graded = add_claim (the_case, matcher, i, CD_FIGURE_PREDICTIONS, used, reproductions);
    gboolean logged = (!the_case->by_run || !graded) && add_claim (the_case, matcher, i, CD_FIGURE_LOG, used, reproductions);
    if (!graded && !logged && claim->from == CD_CLAIM_MANIFEST && (the_case->by_run || is_declared (the_case, claim)))
      g_ptr_array_add (reproductions, not_run (the_case, i));
  }
  if (!the_case->by_run) /* what a run yields besides is in its own files */
    add_unclaimed (the_case, used, reproductions);
  return reproductions;
}
