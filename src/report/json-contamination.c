/* The JSON report: training data against evaluation sets, item by item. Paths of the user's folder stand under "given", relative to it. */
#include "metrics/overlap.h"
#include "report/json-parts.h"

#define UNASSIGNED_MOST 50u

#define NORMALISATION                                                                                                                                \
  "lower case; LaTeX spacing, \\left and \\right, delimiters, braces, font and layout commands, fractions' and products' signs, punctuation, "       \
  "markup "                                                                                                                                          \
  "and drawings left out; numbers, + - = < > % and other commands kept; compatibility forms of characters without accents; a leading number of the " \
  "item left out"

static void
add_method (cJSON *contamination)
{
  cJSON *method = cJSON_AddObjectToObject (contamination, "method");
  cJSON_AddNumberToObject (method, "ngram", CD_OVERLAP_GRAM);
  cJSON_AddNumberToObject (method, "share", 0.5);
  cJSON_AddNumberToObject (method, "common", CD_OVERLAP_COMMON);
  cJSON_AddNumberToObject (method, "least_words", CD_OVERLAP_WORDS);
  cJSON_AddStringToObject (method, "normalisation", NORMALISATION);
}

static void
add_path (cJSON *object, const CdContaminationFile *file)
{
  cJSON_AddStringToObject (object, file->document == G_MAXUINT ? "given" : "path", file->path);
}

static void
add_files (cJSON *contamination, const char *key, const GPtrArray *files)
{
  cJSON *array = cJSON_AddArrayToObject (contamination, key);
  for (guint i = 0; i < files->len; i++) {
    const CdContaminationFile *file = files->pdata[i];
    cJSON *object = cd_json_member (array);
    add_path (object, file);
    cJSON_AddNumberToObject (object, "items", (double) file->items);
  }
}

static void
add_items (cJSON *contamination, const CdContamination *found)
{
  cJSON *array = cJSON_AddArrayToObject (contamination, "overlaps");
  for (guint i = 0; i < found->items->len; i++) {
    const CdContaminationItem *item = &g_array_index (found->items, CdContaminationItem, i);
    cJSON *object = cd_json_member (array);
    cJSON *training = cJSON_AddObjectToObject (object, "training");
    add_path (training, found->training->pdata[item->training]);
    cJSON_AddNumberToObject (training, "line", item->training_line);
    cJSON *evaluation = cJSON_AddObjectToObject (object, "evaluation");
    add_path (evaluation, found->evaluation->pdata[item->evaluation]);
    cJSON_AddNumberToObject (evaluation, "line", item->evaluation_line);
    cJSON_AddNumberToObject (object, "shared", item->shared);
    cJSON_AddNumberToObject (object, "of", item->of);
    cJSON_AddBoolToObject (object, "exact", item->exact);
  }
}

static void
add_sets (cJSON *contamination, const CdContamination *found)
{
  cJSON *array = cJSON_AddArrayToObject (contamination, "whole_sets");
  for (guint i = 0; i < found->sets->len; i++) {
    const CdContaminationSet *set = &g_array_index (found->sets, CdContaminationSet, i);
    cJSON *object = cd_json_member (array);
    add_path (cJSON_AddObjectToObject (object, "training"), found->training->pdata[set->training]);
    add_path (cJSON_AddObjectToObject (object, "evaluation"), found->evaluation->pdata[set->evaluation]);
    cJSON_AddNumberToObject (object, "items", set->items);
    cJSON_AddNumberToObject (object, "of", set->of);
    cJSON_AddBoolToObject (object, "same_blob", set->same_blob);
  }
}

/* Files told to be both: what tells each side. */
static void
add_both (cJSON *contamination, const CdAudit *audit)
{
  cJSON *array = cJSON_AddArrayToObject (contamination, "both");
  for (guint i = 0; i < audit->contamination->both->len; i++) {
    const CdDataFile *file = &g_array_index (audit->contamination->both, CdDataFile, i);
    const CdPlace *places[] = { &file->trained_by, &file->evaluated_by };
    const char *const keys[] = { "trained_by", "evaluated_by" };
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "path", ((CdDocument *) audit->corpus->documents->pdata[file->document])->path);
    for (guint p = 0; p < G_N_ELEMENTS (places); p++) {
      cJSON *evidence = cJSON_AddArrayToObject (object, keys[p]);
      if (places[p]->line > 0)
        cd_json_place (evidence, audit, places[p]->document, places[p]->line, places[p]->end, NULL);
      else
        cd_json_place (evidence, audit, file->document, 0, 0, "its name");
    }
  }
}

static void
add_rest (cJSON *contamination, const CdAudit *audit)
{
  const CdContamination *found = audit->contamination;
  cJSON *unassigned = cJSON_AddArrayToObject (contamination, "unassigned");
  for (guint i = 0; i < found->unassigned->len && i < UNASSIGNED_MOST; i++) {
    const CdDocument *document = audit->corpus->documents->pdata[g_array_index (found->unassigned, guint, i)];
    cJSON_AddItemToArray (unassigned, cJSON_CreateString (document->path));
  }
  cJSON *not_examined = cJSON_AddArrayToObject (contamination, "not_examined");
  for (guint i = 0; i < found->not_examined->len; i++) {
    const CdNotExamined *row = found->not_examined->pdata[i];
    cJSON *object = cd_json_member (not_examined);
    cJSON_AddStringToObject (object, "path", row->path);
    cJSON_AddStringToObject (object, "why", row->why);
  }
}

void
cd_json_contamination (cJSON *root, const CdAudit *audit)
{
  const CdContamination *found = audit->contamination;
  cJSON *contamination = cJSON_AddObjectToObject (root, "contamination");
  add_method (contamination);
  add_files (contamination, "training", found->training);
  add_files (contamination, "evaluation", found->evaluation);
  cJSON_AddBoolToObject (contamination, "checked", found->compared);
  cJSON_AddNumberToObject (contamination, "training_items", found->held);
  cJSON_AddNumberToObject (contamination, "total", found->total);
  add_items (contamination, found);
  add_sets (contamination, found);
  add_both (contamination, audit);
  cJSON *stated = cJSON_AddArrayToObject (contamination, "stated");
  for (guint i = 0; i < found->stated->len; i++) {
    const CdPlace *place = &g_array_index (found->stated, CdPlace, i);
    cd_json_place (stated, audit, place->document, place->line, place->end, NULL);
  }
  if (found->stated->len > 0 && found->compared)
    cJSON_AddBoolToObject (contamination, "holds", found->total == 0);
  else
    cJSON_AddNullToObject (contamination, "holds");
  add_rest (contamination, audit);
}
