/* An adjudication to fill in: what readers agree on stands, the rest is left to whoever settles it, with every reader's answer at hand. */
#include "assessment/agreement.h"
#include "base/error.h"

#define MOST_CITATIONS 8u

typedef struct {
  const CdAgreement *agreement;
  guint criterion;
} Question;

static const CdResponse *
response_of (const Question *question, guint reader)
{
  return cd_agreement_response (question->agreement, question->criterion, 0, reader);
}

/* What two or more readers, and all who answered, say; CD_ANSWER_LATER where there is no such answer. */
static CdAnswer
common_answer (const Question *question)
{
  guint counts[CD_ANSWER_YES + 1] = { 0 };
  for (guint r = 0; r < question->agreement->readers->len; r++) {
    const CdResponse *response = response_of (question, r);
    counts[response != NULL ? response->answer : CD_ANSWER_LATER]++;
  }
  guint yes = counts[CD_ANSWER_YES], no = counts[CD_ANSWER_NO];
  return yes > 1 && no == 0 ? CD_ANSWER_YES : no > 1 && yes == 0 ? CD_ANSWER_NO : CD_ANSWER_LATER;
}

/* For an answer that stands the first reason that was given; for one that is open what each reader says, a line each. Caller frees. */
static char *
reason_of (const Question *question, CdAnswer answer)
{
  GString *reason = g_string_new (NULL);
  for (guint r = 0; r < question->agreement->readers->len; r++) {
    const CdResponse *response = response_of (question, r);
    if (response == NULL)
      continue;
    if (answer != CD_ANSWER_LATER && reason->len == 0)
      g_string_append (reason, response->reason);
    if (answer != CD_ANSWER_LATER)
      continue;
    g_string_append_printf (reason, "%s%s says %s", reason->len > 0 ? "\n" : "", (const char *) question->agreement->readers->pdata[r],
                            cd_answer_name (response->answer));
    if (*response->reason != '\0')
      g_string_append_printf (reason, ": %s", response->reason);
  }
  return g_string_free (reason, FALSE);
}

static gboolean
cites (const GPtrArray *evidence, const CdCitation *place)
{
  for (guint i = 0; i < evidence->len; i++) {
    const CdCitation *other = evidence->pdata[i];
    if (other->line == place->line && other->end == place->end && g_str_equal (other->path, place->path))
      return TRUE;
  }
  return FALSE;
}

/* Each reader's first place, then each one's second, and so on; each place once. */
static void
gather_evidence (const Question *question, GPtrArray *evidence)
{
  gboolean more = TRUE;
  for (guint turn = 0; more && evidence->len < MOST_CITATIONS; turn++) {
    more = FALSE;
    for (guint r = 0; r < question->agreement->readers->len && evidence->len < MOST_CITATIONS; r++) {
      const CdResponse *response = response_of (question, r);
      if (response == NULL || turn >= response->evidence->len)
        continue;
      const CdCitation *place = response->evidence->pdata[turn];
      more = TRUE;
      if (!cites (evidence, place))
        g_ptr_array_add (evidence, cd_citation_new (place->path, place->line, place->end, place->blob));
    }
  }
}

static CdResponse *
draft (const Question *question, const char *criterion)
{
  const CdResponse *settled = cd_agreement_adjudicated (question->agreement, question->criterion, 0);
  if (settled != NULL)
    return cd_response_copy (settled);
  CdAnswer answer = common_answer (question);
  g_autofree char *reason = reason_of (question, answer);
  CdResponse *response = cd_response_new (criterion, answer, reason);
  gather_evidence (question, response->evidence);
  return response;
}

CdAssessment *
cd_agreement_adjudicate (const CdRubric *rubric, const CdAgreement *agreement, const char *adjudicator, const char *date, GError **error)
{
  if (agreement->works->len > 1) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "an adjudication is of one work, and these assessments are of %u, among them %s and %s",
                 agreement->works->len, (const char *) agreement->works->pdata[0], (const char *) agreement->works->pdata[1]);
    return NULL;
  }
  const CdAssessment *sample = agreement->samples->pdata[0];
  CdAssessment *assessment = cd_assessment_new (CD_READER_ADJUDICATION, adjudicator);
  const struct {
    char **to;
    const char *text;
  } texts[] = { { &assessment->work, sample->work },
                { &assessment->subdir, sample->subdir },
                { &assessment->commit, sample->commit },
                { &assessment->rubric, sample->rubric },
                { &assessment->version, cd_rubric_version (rubric) },
                { &assessment->date, date } };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_free (*texts[i].to);
    *texts[i].to = g_strdup (texts[i].text);
  }
  for (guint c = 0; c < cd_rubric_length (rubric); c++) {
    const Question question = { agreement, c };
    cd_assessment_set (assessment, rubric, draft (&question, cd_rubric_criterion (rubric, c)->id));
  }
  return assessment;
}
