/* assessment.yaml as text that people edit and any YAML reader takes alike, and the file replaced as a whole. */
#include "assessment/assessment.h"
#include "base/yaml.h"
#include <math.h>

#define HEAD "# What a reader answered about one work. `candor validate` checks it, `candor audit --assessment` sets it beside the rules' answers.\n"

static void
add_text (GString *out, const char *key, const char *value)
{
  g_string_append (out, key);
  cd_yaml_quote (out, value);
  g_string_append_c (out, '\n');
}

/* With as many digits as it takes to be read back the same. */
static void
add_share (GString *out, const char *key, double share)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (digits, sizeof digits, "%.15g", share);
  if (g_ascii_strtod (digits, NULL) != share)
    g_ascii_dtostr (digits, sizeof digits, share);
  g_string_append_printf (out, "%s%s\n", key, digits);
}

static void
add_citation (GString *out, const CdCitation *citation)
{
  add_text (out, "      - path: ", citation->path);
  if (citation->line > 0)
    g_string_append_printf (out, "        line: %u\n        end: %u\n", citation->line, citation->end);
  if (citation->blob != NULL)
    add_text (out, "        blob: ", citation->blob);
}

static void
add_response (GString *out, const CdResponse *response)
{
  add_text (out, "\n  - id: ", response->criterion);
  add_text (out, "    answer: ", cd_answer_name (response->answer));
  g_string_append (out, "    reason: ");
  cd_yaml_quote_lines (out, response->reason, 6);
  g_string_append (out, response->evidence->len > 0 ? "\n    evidence:\n" : "\n    evidence: []\n");
  for (guint i = 0; i < response->evidence->len; i++)
    add_citation (out, response->evidence->pdata[i]);
}

char *
cd_assessment_text (const CdAssessment *assessment)
{
  GString *out = g_string_new (HEAD "format: candor-assessment/1\n");
  add_text (out, "work: ", assessment->work);
  add_text (out, "subdir: ", assessment->subdir);
  add_text (out, "commit: ", assessment->commit);
  g_string_append (out, "rubric:\n");
  add_text (out, "  id: ", assessment->rubric);
  add_text (out, "  version: ", assessment->version);
  g_string_append (out, "assessor:\n");
  add_text (out, "  name: ", assessment->assessor);
  add_text (out, "  kind: ", cd_reader_kind_name (assessment->kind));
  if (!isnan (assessment->agreement))
    add_share (out, "  agreement: ", assessment->agreement);
  add_text (out, "date: ", assessment->date);
  g_string_append (out, assessment->responses->len > 0 ? "answers:" : "answers: []\n");
  for (guint i = 0; i < assessment->responses->len; i++)
    add_response (out, assessment->responses->pdata[i]);
  return g_string_free (out, FALSE);
}

gboolean
cd_assessment_save (const CdAssessment *assessment, const char *file, GError **error)
{
  g_autofree char *text = cd_assessment_text (assessment);
  g_autoptr (GError) cause = NULL;
  if (g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &cause))
    return TRUE;
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s", cause->message);
  return FALSE;
}
