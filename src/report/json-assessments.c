/* The JSON report's part on readers: what they answered beside a verdict, whose answers were used, and what a reader should be asked next. File names are
 * paths of a machine and are not told. */
#include "report/assessments.h"
#include "report/json-parts.h"
#include <math.h>

static void
add_rules (cJSON *object, const CdAudit *audit, const CdVerdict *rules)
{
  cJSON *said = cJSON_AddObjectToObject (object, "rules");
  cJSON_AddBoolToObject (said, "yes", rules->yes);
  cJSON_AddNumberToObject (said, "certainty", cd_json_plain (rules->certainty, 0.001));
  cJSON_AddStringToObject (said, "basis", cd_basis_name (rules->basis));
  cJSON_AddStringToObject (said, "why", rules->why);
  cd_json_evidence (said, audit, rules->evidence);
}

/* As the reader's file has it: of the commit that was assessed. */
static void
add_citation (cJSON *array, const CdCitation *citation)
{
  cJSON *place = cd_json_member (array);
  cJSON_AddStringToObject (place, "path", citation->path);
  cJSON_AddNumberToObject (place, "line", citation->line);
  cJSON_AddNumberToObject (place, "end", citation->end);
  cd_json_text (place, "blob", citation->blob);
}

static void
add_opinion (cJSON *array, const CdOpinion *opinion)
{
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "assessor", opinion->assessment->assessor);
  cJSON_AddStringToObject (object, "kind", cd_reader_kind_name (opinion->assessment->kind));
  cJSON_AddStringToObject (object, "answer", cd_answer_name (opinion->response->answer));
  cJSON_AddStringToObject (object, "reason", opinion->response->reason);
  cJSON_AddStringToObject (object, "commit", opinion->assessment->commit);
  cJSON_AddStringToObject (object, "carried", cd_carried_name (opinion->carried));
  cJSON *evidence = cJSON_AddArrayToObject (object, "evidence");
  for (guint i = 0; i < opinion->response->evidence->len; i++)
    add_citation (evidence, opinion->response->evidence->pdata[i]);
}

void
cd_json_opinions (cJSON *object, const CdAudit *audit, const CdVerdict *verdict)
{
  if (verdict->opinions == NULL)
    return;
  add_rules (object, audit, audit->rulings->pdata[verdict->criterion]);
  cJSON *array = cJSON_AddArrayToObject (object, "assessments");
  for (guint i = 0; i < verdict->opinions->len; i++)
    add_opinion (array, verdict->opinions->pdata[i]);
}

static void
add_use (cJSON *array, const CdAssessmentUse *use)
{
  const CdAssessment *assessment = use->assessment;
  cJSON *object = cd_json_member (array);
  cJSON_AddStringToObject (object, "assessor", assessment->assessor);
  cJSON_AddStringToObject (object, "kind", cd_reader_kind_name (assessment->kind));
  if (isnan (assessment->agreement))
    cJSON_AddNullToObject (object, "agreement");
  else
    cJSON_AddNumberToObject (object, "agreement", cd_json_plain (assessment->agreement, 0.001));
  cJSON_AddStringToObject (object, "date", assessment->date);
  cJSON_AddStringToObject (object, "commit", assessment->commit);
  cJSON_AddStringToObject (object, "rubric_version", assessment->version);
  cJSON_AddStringToObject (object, "sha256", assessment->sha256);
  cJSON_AddNumberToObject (object, "answers", use->answers);
  cJSON_AddNumberToObject (object, "used", use->used);
  cJSON *unused = cJSON_AddArrayToObject (object, "not_used");
  for (guint i = 0; assessment->kind != CD_READER_AUTHOR && i < use->unused->len; i++) {
    const CdOpinion *opinion = use->unused->pdata[i];
    cJSON *answer = cd_json_member (unused);
    cJSON_AddStringToObject (answer, "id", opinion->response->criterion);
    cJSON_AddStringToObject (answer, "carried", cd_carried_name (opinion->carried));
  }
}

void
cd_json_assessments (cJSON *root, const CdAudit *audit)
{
  cJSON *questions = cJSON_AddArrayToObject (root, "questions");
  g_autoptr (GPtrArray) asked = cd_rubric_questions (audit->rubric, audit->verdicts);
  for (guint i = 0; i < asked->len; i++)
    cJSON_AddItemToArray (questions, cJSON_CreateString (cd_rubric_criterion (audit->rubric, ((CdVerdict *) asked->pdata[i])->criterion)->id));
  if (audit->assessments == NULL)
    return;
  cJSON *array = cJSON_AddArrayToObject (root, "assessments");
  g_autoptr (GPtrArray) uses = cd_report_assessment_uses (audit);
  for (guint i = 0; i < uses->len; i++)
    add_use (array, uses->pdata[i]);
}
