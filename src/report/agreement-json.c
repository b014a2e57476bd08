/* How readers agree, as JSON (schemas/agreement.schema.json). */
#include "report/agreement.h"
#include "report/json-parts.h"
#include <math.h>

#define PLACES 1e4

static void
add_figure (cJSON *object, const char *key, double value)
{
  if (isnan (value))
    cJSON_AddNullToObject (object, key);
  else
    cJSON_AddNumberToObject (object, key, round (value * PLACES) / PLACES);
}

static void
add_interval (cJSON *object, const char *key, CdInterval interval)
{
  if (isnan (interval.low)) {
    cJSON_AddNullToObject (object, key);
    return;
  }
  cJSON *ends = cJSON_AddArrayToObject (object, key);
  cJSON_AddItemToArray (ends, cJSON_CreateNumber (round (interval.low * PLACES) / PLACES));
  cJSON_AddItemToArray (ends, cJSON_CreateNumber (round (interval.high * PLACES) / PLACES));
}

static void
add_kappa (cJSON *object, const CdKappa *kappa)
{
  cJSON_AddNumberToObject (object, "questions", kappa->subjects);
  cJSON_AddNumberToObject (object, "readers", kappa->raters);
  add_figure (object, "agreement", kappa->agreement);
  add_interval (object, "agreement_interval", kappa->share);
  cd_json_text (object, "method", kappa->subjects == 0 ? NULL : kappa->fleiss ? "fleiss" : "cohen");
  add_figure (object, "kappa", kappa->kappa);
  add_interval (object, "kappa_interval", kappa->interval);
}

static void
add_readers (cJSON *root, const CdAgreement *agreement)
{
  cJSON *array = cJSON_AddArrayToObject (root, "readers");
  for (guint r = 0; r < agreement->readers->len; r++) {
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "name", agreement->readers->pdata[r]);
    cJSON_AddStringToObject (object, "kind", cd_reader_kind_name (g_array_index (agreement->kinds, CdReaderKind, r)));
  }
  cJSON *adjudicators = cJSON_AddArrayToObject (root, "adjudicators");
  for (guint i = 0; i < agreement->adjudicators->len; i++)
    cJSON_AddItemToArray (adjudicators, cJSON_CreateString (agreement->adjudicators->pdata[i]));
}

static void
add_works (cJSON *root, const CdAgreement *agreement)
{
  cJSON *array = cJSON_AddArrayToObject (root, "works");
  for (guint w = 0; w < agreement->works->len; w++) {
    const CdAssessment *sample = agreement->samples->pdata[w];
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "work", sample->work);
    cJSON_AddStringToObject (object, "subdir", sample->subdir);
    cJSON_AddStringToObject (object, "commit", sample->commit);
    cJSON *answered = cJSON_AddArrayToObject (object, "answered"), *totals = cJSON_AddArrayToObject (object, "totals");
    for (guint r = 0; r < agreement->readers->len; r++) {
      guint place = r * agreement->works->len + w, total = g_array_index (agreement->totals, guint, place);
      cJSON_AddItemToArray (answered, cJSON_CreateNumber (g_array_index (agreement->answered, guint, place)));
      cJSON_AddItemToArray (totals, total != G_MAXUINT ? cJSON_CreateNumber (total) : cJSON_CreateNull ());
    }
  }
}

static void
add_criteria (cJSON *root, const CdAgreement *agreement, const CdRubric *rubric)
{
  cJSON *array = cJSON_AddArrayToObject (root, "criteria");
  for (guint c = 0; c < agreement->criteria->len; c++) {
    cJSON *object = cd_json_member (array);
    cJSON_AddStringToObject (object, "id", cd_rubric_criterion (rubric, c)->id);
    add_kappa (object, &g_array_index (agreement->criteria, CdKappa, c));
  }
}

static void
add_trust (cJSON *root, const CdAgreement *agreement)
{
  cJSON *array = cJSON_AddArrayToObject (root, "models");
  for (guint i = 0; i < agreement->trust->len; i++) {
    const CdTrust *trust = &g_array_index (agreement->trust, CdTrust, i);
    cJSON *object = cd_json_member (array);
    cJSON_AddNumberToObject (object, "reader", trust->reader);
    cJSON_AddNumberToObject (object, "questions", trust->questions);
    add_figure (object, "agreement", trust->agreement);
    add_interval (object, "interval", trust->interval);
  }
}

static void
add_response (cJSON *array, guint reader, const CdResponse *response)
{
  cJSON *object = cd_json_member (array);
  cJSON_AddNumberToObject (object, "reader", reader);
  cJSON_AddStringToObject (object, "answer", cd_answer_name (response->answer));
  cJSON_AddStringToObject (object, "reason", response->reason);
  cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < response->evidence->len; i++) {
    const CdCitation *citation = response->evidence->pdata[i];
    cJSON *place = cd_json_member (evidence);
    cJSON_AddStringToObject (place, "path", citation->path);
    cJSON_AddNumberToObject (place, "line", citation->line);
    cJSON_AddNumberToObject (place, "end", citation->end);
    cd_json_text (place, "blob", citation->blob);
  }
}

static void
add_disagreements (cJSON *root, const CdAgreement *agreement, const CdRubric *rubric)
{
  cJSON *array = cJSON_AddArrayToObject (root, "disagreements");
  for (guint i = 0; i < agreement->disagreements->len; i++) {
    const CdDisagreement *disagreement = agreement->disagreements->pdata[i];
    const CdResponse *adjudicated = cd_agreement_adjudicated (agreement, disagreement->criterion, disagreement->work);
    cJSON *object = cd_json_member (array);
    cJSON_AddNumberToObject (object, "work", disagreement->work);
    cJSON_AddStringToObject (object, "id", cd_rubric_criterion (rubric, disagreement->criterion)->id);
    cJSON_AddNumberToObject (object, "points", cd_rubric_criterion (rubric, disagreement->criterion)->points);
    cJSON *answers = cJSON_AddArrayToObject (object, "answers");
    for (guint r = 0; r < agreement->readers->len; r++) {
      const CdResponse *response = cd_agreement_response (agreement, disagreement->criterion, disagreement->work, r);
      if (response != NULL)
        add_response (answers, r, response);
    }
    cd_json_text (object, "adjudicated", adjudicated != NULL ? cd_answer_name (adjudicated->answer) : NULL);
  }
}

char *
cd_agreement_json (const CdAgreement *agreement, const CdRubric *rubric)
{
  cJSON *root = cJSON_CreateObject ();
  cJSON_AddStringToObject (root, "schema", "candor-agreement/1");
  cJSON *judged = cJSON_AddObjectToObject (root, "rubric");
  cJSON_AddStringToObject (judged, "id", cd_rubric_id (rubric));
  cJSON *versions = cJSON_AddArrayToObject (judged, "versions");
  for (guint i = 0; i < agreement->versions->len; i++)
    cJSON_AddItemToArray (versions, cJSON_CreateString (agreement->versions->pdata[i]));
  add_readers (root, agreement);
  add_works (root, agreement);
  add_kappa (cJSON_AddObjectToObject (root, "overall"), &agreement->overall);
  add_criteria (root, agreement, rubric);
  cJSON *totals = cJSON_AddObjectToObject (root, "totals");
  cJSON_AddNumberToObject (totals, "pairs", agreement->pairs);
  add_figure (totals, "mean_difference", agreement->difference);
  add_trust (root, agreement);
  add_disagreements (root, agreement, rubric);
  return cd_json_finish (root);
}
