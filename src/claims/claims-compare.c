/* Two claims of one thing that disagree. A wrong accusation is worse than a missed one: model, benchmark, version, metric, samples and conditions must
 * be told alike, both must stand under the same words, and no table or passage may give the model two figures on it, which shows that something untold
 * varies. Papers are left out: what is read from a page's looks is not sure enough to accuse. */
#include "base/text.h"
#include "claims/parts.h"
#include <math.h>
#include <string.h>

#define ALIKE_MOST 200u /* claims on one thing; more are no results but a log */
#define LEAST 0.05      /* percent: a smaller difference is a matter of rounding */

static gboolean
is_compared (const CdClaimGatherer *gatherer, const CdClaim *claim)
{
  return claim->from != CD_CLAIM_PAPER && claim->model != NULL && cd_claim_names_one (gatherer, claim->model) && !claim->average
         && claim->unit != CD_UNIT_COUNT && claim->unit != CD_UNIT_TOKENS;
}

/* What two claims must share to be of the same thing. Caller frees. */
static char *
thing_of (const CdClaim *claim)
{
  g_autofree char *model = cd_text_key (claim->model);
  g_autofree char *task = cd_text_key (claim->task);
  return g_strdup_printf ("%s\n%d\n%s\n%s\n%d\n%u\n%u\n%" G_GINT64_FORMAT, model, claim->benchmark, claim->benchmark >= 0 ? "" : task,
                          claim->version != NULL ? claim->version : "", (int) claim->metric.kind, claim->metric.k, claim->samples, claim->n);
}

static double
rounding (const CdClaim *claim)
{
  return cd_unit_scale (0.5 * pow (10, -(double) claim->decimals), claim->unit);
}

static gboolean
differ (const CdClaim *a, const CdClaim *b)
{
  gboolean score = a->unit == CD_UNIT_SCORE, other = b->unit == CD_UNIT_SCORE;
  if (score != other)
    return FALSE;
  double distance = fabs (cd_unit_scale (a->value, a->unit) - cd_unit_scale (b->value, b->unit));
  return distance > rounding (a) + rounding (b) + 1e-9 && distance > LEAST;
}

static gboolean
in_one_table (const CdClaim *a, const CdClaim *b)
{
  return a->table >= 0 && a->table == b->table && g_array_index (a->places, CdPlace, 0).document == g_array_index (b->places, CdPlace, 0).document;
}

/* The same model has two figures in one table: its rows differ in what nobody says here. */
static gboolean
is_varied (const GPtrArray *claims, const GArray *alike)
{
  for (guint i = 0; i < alike->len; i++)
    for (guint k = 0; k < i; k++) {
      const CdClaim *a = g_ptr_array_index (claims, g_array_index (alike, guint, i)),
                    *b = g_ptr_array_index (claims, g_array_index (alike, guint, k));
      if (in_one_table (a, b) && differ (a, b))
        return TRUE;
    }
  return FALSE;
}

/* One table of the document holds both lines. */
static gboolean
shares_table (const CdDocument *document, guint32 one, guint32 other)
{
  guint32 first = MIN (one, other), last = MAX (one, other);
  for (guint i = 0; i < document->tables->len; i++) {
    const CdTable *table = g_ptr_array_index (document->tables, i);
    if (table->line <= first && last <= table->end_line)
      return TRUE;
  }
  return FALSE;
}

/* Both stand in one passage or table, wherever else they stand: it tells them apart in words that nobody here understands. */
static gboolean
stand_together (const CdClaimGatherer *gatherer, const CdClaim *a, const CdClaim *b)
{
  for (guint i = 0; i < a->places->len; i++)
    for (guint k = 0; k < b->places->len; k++) {
      const CdPlace *here = &g_array_index (a->places, CdPlace, i), *there = &g_array_index (b->places, CdPlace, k);
      if (here->document == there->document
          && ((here->line <= there->end && there->line <= here->end)
              || shares_table (g_ptr_array_index (gatherer->corpus->documents, here->document), here->line, there->line)))
        return TRUE;
    }
  return FALSE;
}

static char *
describe (const CdClaimGatherer *gatherer, const CdClaim *claim, const CdClaim *other)
{
  const CdPlace *here = &g_array_index (claim->places, CdPlace, 0), *there = &g_array_index (other->places, CdPlace, 0);
  const CdDocument *first = g_ptr_array_index (gatherer->corpus->documents, here->document);
  const CdDocument *second = g_ptr_array_index (gatherer->corpus->documents, there->document);
  return g_strdup_printf ("%s on %s is %.*f at %s:%u and %.*f at %s:%u", claim->model, claim->task, (int) claim->decimals, claim->value, first->path,
                          here->line, (int) other->decimals, other->value, second->path, there->line);
}

static void
add_fault (const CdClaimGatherer *gatherer, CdClaims *claims, guint index, guint other)
{
  const CdClaim *second = g_ptr_array_index (claims->claims, other);
  CdClaimFault *fault = g_new0 (CdClaimFault, 1);
  *fault = (CdClaimFault){ .code = "contradiction", .claim = index, .other = (gint) other, .expected = NAN };
  fault->what = describe (gatherer, g_ptr_array_index (claims->claims, index), second);
  fault->place = g_array_index (second->places, CdPlace, 0);
  g_ptr_array_add (claims->faults, fault);
}

/* The first claim that disagrees with an earlier one under the same conditions; one finding a thing. */
static void
compare_alike (const CdClaimGatherer *gatherer, CdClaims *claims, const GArray *alike)
{
  if (alike->len < 2 || alike->len > ALIKE_MOST || is_varied (claims->claims, alike))
    return;
  for (guint i = 1; i < alike->len; i++)
    for (guint k = 0; k < i; k++) {
      guint later = g_array_index (alike, guint, i), earlier = g_array_index (alike, guint, k);
      const CdClaim *a = g_ptr_array_index (claims->claims, later), *b = g_ptr_array_index (claims->claims, earlier);
      if (!differ (a, b) || g_strcmp0 (a->conditions, b->conditions) != 0 || stand_together (gatherer, a, b))
        continue;
      add_fault (gatherer, claims, earlier, later);
      return;
    }
}

void
cd_claims_contradict (const CdClaimGatherer *gatherer, CdClaims *claims)
{
  g_autoptr (GHashTable) things = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < claims->claims->len; i++) {
    const CdClaim *claim = g_ptr_array_index (claims->claims, i);
    if (!is_compared (gatherer, claim))
      continue;
    char *thing = thing_of (claim);
    GArray *alike = g_hash_table_lookup (things, thing);
    if (alike == NULL) {
      alike = g_array_new (FALSE, FALSE, sizeof (guint));
      g_ptr_array_add (groups, alike);
      g_hash_table_insert (things, thing, alike);
    } else
      g_free (thing);
    g_array_append_val (alike, i);
  }
  for (guint i = 0; i < groups->len; i++)
    compare_alike (gatherer, claims, g_ptr_array_index (groups, i));
}
