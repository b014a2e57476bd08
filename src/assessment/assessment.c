/* An assessment as a thing: made, copied, looked up and changed. The file it stands in is read.c's and write.c's, what it means for verdicts merge.c's. */
#include "assessment/assessment.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

const char *
cd_reader_kind_name (CdReaderKind kind)
{
  static const char *const names[] = { "person", "model", "adjudication", "author" };
  return names[kind];
}

const char *
cd_answer_name (CdAnswer answer)
{
  static const char *const names[] = { "later", "no", "yes" };
  return names[answer];
}

/* Text that the file can hold. Caller frees. */
static char *
clean (const char *text)
{
  g_autofree char *valid = cd_text_to_utf8 (text, strlen (text));
  GString *out = g_string_sized_new (strlen (valid));
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (c != '\n' && c != '\t' && g_unichar_type (c) == G_UNICODE_CONTROL)
      g_string_append_printf (out, "\\u{%X}", c);
    else
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

CdCitation *
cd_citation_new (const char *path, guint line, guint end, const char *blob)
{
  CdCitation *citation = g_new (CdCitation, 1);
  *citation = (CdCitation){ g_strdup (path), line, end, g_strdup (blob) };
  return citation;
}

void
cd_citation_free (CdCitation *citation)
{
  if (citation == NULL)
    return;
  g_free (citation->path);
  g_free (citation->blob);
  g_free (citation);
}

CdResponse *
cd_response_new (const char *criterion, CdAnswer answer, const char *reason)
{
  CdResponse *response = g_new0 (CdResponse, 1);
  response->criterion = g_strdup (criterion);
  response->answer = answer;
  response->reason = clean (reason != NULL ? reason : "");
  response->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_citation_free);
  return response;
}

CdResponse *
cd_response_copy (const CdResponse *response)
{
  CdResponse *copy = cd_response_new (response->criterion, response->answer, response->reason);
  copy->line = response->line;
  for (guint i = 0; i < response->evidence->len; i++) {
    const CdCitation *citation = response->evidence->pdata[i];
    g_ptr_array_add (copy->evidence, cd_citation_new (citation->path, citation->line, citation->end, citation->blob));
  }
  return copy;
}

void
cd_response_free (CdResponse *response)
{
  if (response == NULL)
    return;
  g_free (response->criterion);
  g_free (response->reason);
  g_ptr_array_unref (response->evidence);
  g_free (response);
}

CdAssessment *
cd_assessment_new (CdReaderKind kind, const char *assessor)
{
  CdAssessment *assessment = g_new0 (CdAssessment, 1);
  char **const texts[]
      = { &assessment->work, &assessment->subdir, &assessment->commit, &assessment->rubric, &assessment->version, &assessment->date };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  assessment->assessor = clean (assessor);
  g_strdelimit (assessment->assessor, "\n\t", ' ');
  assessment->kind = kind;
  assessment->agreement = NAN;
  assessment->responses = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_response_free);
  return assessment;
}

void
cd_assessment_free (CdAssessment *assessment)
{
  if (assessment == NULL)
    return;
  char *const texts[] = { assessment->file,    assessment->work,     assessment->subdir, assessment->commit, assessment->rubric,
                          assessment->version, assessment->assessor, assessment->date,   assessment->sha256 };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (assessment->responses);
  g_free (assessment);
}

static gboolean
find (const CdAssessment *assessment, const char *criterion, guint *index)
{
  for (guint i = 0; i < assessment->responses->len; i++) {
    *index = i;
    if (strcmp (((CdResponse *) assessment->responses->pdata[i])->criterion, criterion) == 0)
      return TRUE;
  }
  return FALSE;
}

CdResponse *
cd_assessment_find (const CdAssessment *assessment, const char *criterion)
{
  guint index = 0;
  return find (assessment, criterion, &index) ? assessment->responses->pdata[index] : NULL;
}

/* Criteria that the rubric does not have come after those it has. */
static guint
position (const CdRubric *rubric, const char *criterion)
{
  guint at = 0;
  while (at < cd_rubric_length (rubric) && strcmp (cd_rubric_criterion (rubric, at)->id, criterion) != 0)
    at++;
  return at;
}

void
cd_assessment_set (CdAssessment *assessment, const CdRubric *rubric, CdResponse *response)
{
  guint place = position (rubric, response->criterion), at = 0;
  cd_assessment_remove (assessment, response->criterion);
  while (at < assessment->responses->len && position (rubric, ((CdResponse *) assessment->responses->pdata[at])->criterion) <= place)
    at++;
  g_ptr_array_insert (assessment->responses, (gint) at, response);
}

gboolean
cd_assessment_remove (CdAssessment *assessment, const char *criterion)
{
  guint index = 0;
  if (!find (assessment, criterion, &index))
    return FALSE;
  g_ptr_array_remove_index (assessment->responses, index);
  return TRUE;
}
