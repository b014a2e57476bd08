/* What is claimed, and what was obtained for each claim, then and now. A claim is the same one where model, benchmark, metric, version and k are. */
#include "difference/sides.h"
#include <math.h>
#include <string.h>

static char *
claim_key (const cJSON *claim)
{
  const char *benchmark = cd_record_string (claim, "id");
  g_autofree char *k = g_strdup_printf ("%.0f", cd_record_number (claim, "k", 0));
  return cd_item_key (cd_record_string (claim, "model"), benchmark != NULL ? benchmark : cd_record_string (claim, "benchmark"),
                      cd_record_string (claim, "metric"), cd_record_string (claim, "version"), k, CD_KEY_END);
}

/* "Our-7B on aime24 (pass@1)". */
static char *
claim_name (const cJSON *claim)
{
  const char *model = cd_record_string (claim, "model"), *benchmark = cd_record_string (claim, "benchmark");
  const char *metric = cd_record_string (claim, "metric"), *version = cd_record_string (claim, "version");
  GString *name = g_string_new (model != NULL ? model : "a model without a name");
  g_string_append_printf (name, " on %s", benchmark != NULL ? benchmark : "an unknown benchmark");
  if (version != NULL)
    g_string_append_printf (name, ", %s", version);
  if (metric != NULL)
    g_string_append_printf (name, " (%s)", metric);
  return g_string_free (name, FALSE);
}

static GPtrArray *
claims_of (const CdRecord *record)
{
  GPtrArray *items = cd_items_new ();
  const cJSON *claim = NULL;
  cJSON_ArrayForEach (claim, cd_record_part (record, "claims"))
  {
    int decimals = (int) CLAMP (cd_record_number (claim, "decimals", -1), -1, 10);
    char *value = cd_item_figure (cd_record_number (claim, "value", NAN), decimals, cd_record_string (claim, "unit"));
    cd_items_add (items, claim_key (claim), claim_name (claim), value, cd_item_place (claim));
  }
  return items;
}

void
cd_difference_claims (CdDifference *difference)
{
  g_autoptr (GPtrArray) before = claims_of (difference->before), after = claims_of (difference->after);
  cd_items_pair (before, after);
  cd_items_tell (difference, CD_CHANGED_CLAIM, before, after, 0);
}

static const struct {
  const char *conclusion;
  guint holds;
} conclusions[] = { { "reproduced", 3 }, { "compatible", 1 } };

static guint
conclusion_holds (const char *conclusion)
{
  for (guint i = 0; i < G_N_ELEMENTS (conclusions); i++)
    if (g_strcmp0 (conclusions[i].conclusion, conclusion) == 0)
      return conclusions[i].holds;
  return 0;
}

/* "selected: 30 in the median of 26 runs, the best 46.7". */
static char *
obtained (const cJSON *reproduction)
{
  const char *unit = cd_record_string (reproduction, "unit");
  double runs = cd_record_number (reproduction, "runs", 0);
  g_autofree char *value = cd_item_figure (cd_record_number (reproduction, "value", NAN), -1, unit);
  GString *words = g_string_new (cd_record_string (reproduction, "conclusion"));
  g_string_append_printf (words, ": %s", value);
  if (runs > 1) {
    g_autofree char *best = cd_item_figure (cd_record_number (reproduction, "best", NAN), -1, unit);
    g_string_append_printf (words, " in the median of %.0f runs, the best %s", runs, best);
  }
  return g_string_free (words, FALSE);
}

/* What claims' indexes stand for: const cJSON*, borrowed. */
static GPtrArray *
listed_claims (const CdRecord *record)
{
  GPtrArray *claims = g_ptr_array_new ();
  const cJSON *claim = NULL;
  cJSON_ArrayForEach (claim, cd_record_part (record, "claims")) g_ptr_array_add (claims, (gpointer) claim);
  return claims;
}

/* What was obtained for claims. A claim that nothing is there to check against has no reproduction. */
static GPtrArray *
reproductions_of (const CdRecord *record)
{
  GPtrArray *items = cd_items_new ();
  g_autoptr (GPtrArray) claims = listed_claims (record);
  const cJSON *reproduction = NULL;
  cJSON_ArrayForEach (reproduction, cd_record_part (record, "reproductions"))
  {
    double index = cd_record_number (reproduction, "claim", -1);
    const char *conclusion = cd_record_string (reproduction, "conclusion");
    if (index < 0 || index >= claims->len || conclusion == NULL || g_str_equal (conclusion, "not-run"))
      continue;
    const cJSON *claim = claims->pdata[(guint) index];
    CdRecordPlace where = cd_item_place (reproduction);
    CdItem *item
        = cd_items_add (items, claim_key (claim), claim_name (claim), obtained (reproduction), *where.path != '\0' ? where : cd_item_place (claim));
    item->holds = conclusion_holds (conclusion);
  }
  return items;
}

/* A claim that is not made any more needs no reproduction. */
static void
drop_withdrawn (GPtrArray *before, const CdRecord *record)
{
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const cJSON *claim = NULL;
  cJSON_ArrayForEach (claim, cd_record_part (record, "claims")) g_hash_table_add (made, claim_key (claim));
  for (guint i = 0; i < before->len; i++) {
    CdItem *item = before->pdata[i];
    item->holds = g_hash_table_contains (made, item->key) ? item->holds : 0;
  }
}

void
cd_difference_reproductions (CdDifference *difference)
{
  g_autoptr (GPtrArray) before = reproductions_of (difference->before), after = reproductions_of (difference->after);
  drop_withdrawn (before, difference->after);
  cd_items_pair (before, after);
  cd_items_tell (difference, CD_CHANGED_REPRODUCTION, before, after, 0);
}
