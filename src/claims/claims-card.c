/* Claims of a model card's front matter: model-index, as the hub's metadata has it (results: task, dataset, metrics with type and value). */
#include "claims/parts.h"
#include <math.h>
#include <string.h>

#define PREFIX "model-index."

/* The fields of one metric as they come; a key that comes again begins the next one. */
typedef struct {
  const char *model, *dataset, *task, *metric, *name, *value;
  guint32 line;
} Entry;

static const struct {
  const char *key;
  gsize field;
  gboolean of_metric;
} FIELDS[] = {
  { "name", G_STRUCT_OFFSET (Entry, model), FALSE },
  { "results.dataset.name", G_STRUCT_OFFSET (Entry, dataset), FALSE },
  { "results.task.name", G_STRUCT_OFFSET (Entry, task), FALSE },
  { "results.metrics.type", G_STRUCT_OFFSET (Entry, metric), TRUE },
  { "results.metrics.name", G_STRUCT_OFFSET (Entry, name), TRUE },
  { "results.metrics.value", G_STRUCT_OFFSET (Entry, value), TRUE },
};

static void
add_entry (CdClaimGatherer *gatherer, guint index, Entry *entry)
{
  const char *task = entry->dataset != NULL ? entry->dataset : entry->task;
  CdClaimCell cell = entry->value != NULL ? cd_claim_cell_read (entry->value) : (CdClaimCell){ .kind = CD_CELL_EMPTY };
  CdClaim *claim = NULL;
  if (task != NULL && cell.kind == CD_CELL_NUMBER)
    claim = cd_claim_add (gatherer, CD_CLAIM_CARD, entry->model, task, cell.value, (CdPlace){ index, entry->line, entry->line });
  CdClaimMeasure measure = { .metric = { CD_METRIC_UNKNOWN, 0 } };
  cd_claim_measure_label (&measure, entry->name);
  cd_claim_measure_label (&measure, entry->metric);
  entry->metric = entry->name = entry->value = NULL;
  if (claim == NULL)
    return;
  claim->benchmark = cd_benchmarks_in_label (gatherer->reader.benchmarks, task, NULL);
  claim->metric = measure.metric;
  claim->samples = measure.samples;
  claim->version = cd_claim_version (task);
  claim->unit = cell.percent ? CD_UNIT_PERCENT : cd_claim_unit (gatherer, claim->benchmark, claim->metric, task, cell.value);
  claim->decimals = cell.decimals;
  claim->spread = cell.spread;
}

void
cd_claims_card (CdClaimGatherer *gatherer, guint index)
{
  const CdDocument *document = g_ptr_array_index (gatherer->corpus->documents, index);
  Entry entry = { 0 };
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = g_ptr_array_index (document->settings, i);
    if (setting->kind != CD_SETTING_FRONT_MATTER || !g_str_has_prefix (setting->key, PREFIX))
      continue;
    for (guint f = 0; f < G_N_ELEMENTS (FIELDS); f++) {
      const char **field = &G_STRUCT_MEMBER (const char *, &entry, FIELDS[f].field);
      if (!g_str_equal (setting->key + strlen (PREFIX), FIELDS[f].key))
        continue;
      if (!FIELDS[f].of_metric || *field != NULL)
        add_entry (gatherer, index, &entry);
      *field = setting->value;
      entry.line = g_str_has_suffix (setting->key, ".value") ? setting->line : entry.line;
    }
  }
  add_entry (gatherer, index, &entry);
}
