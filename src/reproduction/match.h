/* Which figures answer a claim: the same benchmark, the same kind of metric, the same model, as far as names tell. */
#pragma once
#include "claims/claims.h"
#include "outputs/figure.h"

/* How sure it is that a figure is the claim's counterpart. One that is only likely can confirm a claim; it never denies one. */
typedef enum { CD_MATCH_NONE, CD_MATCH_LIKELY, CD_MATCH_NAMED } CdMatch;

/* Names compared once: keys of figures' tasks, and how the models that claims and figures name stand to each other. Borrows what it is made of. */
typedef struct _CdMatcher CdMatcher;
/* names: char*, keys under which the work goes (CdWork.names). figures: CdFigure*. */
CdMatcher *cd_matcher_new (const CdBenchmarks *benchmarks, const GPtrArray *names, const GPtrArray *claims, const GPtrArray *figures);
void cd_matcher_free (CdMatcher *matcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdMatcher, cd_matcher_free)
/* claim and figure are indices. A figure that by name is another claim's model's is none of this claim's. */
CdMatch cd_matcher_match (CdMatcher *matcher, guint claim, guint figure);

/* The part that compares models; names as their sources have them, NULL where none is told. */
CdMatch cd_match_model (const GPtrArray *names, const char *claimed, const char *figures);
/* TRUE where the figure can answer for the metric: the kinds that tell one answer's accuracy stand for each other; pass@k is computed from predictions
 * with k samples and more, maj@k and best-of-k from those with k, mean output tokens from those that tell them. */
gboolean cd_match_metric (CdMetric claimed, const CdFigure *figure);
