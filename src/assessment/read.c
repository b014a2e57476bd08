/* assessment.yaml read and checked: the first fault with file, line and column. Whether its answers still hold at another commit is merge.c's. */
#include "assessment/assessment.h"
#include "base/folder.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/yaml.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define FORMAT "candor-assessment/1"
#define OBJECT_ID_DIGITS 40u

typedef struct {
  const CdYaml *yaml;
  const CdRubric *rubric; /* NULL: not checked against one */
  GError **error;
} Reading;

/* What a text may hold. */
typedef enum {
  TEXT_LINE,  /* no control characters */
  TEXT_LINES, /* none but newline and tab */
  TEXT_PATH,  /* any: files may be called anything */
} TextForm;

static gboolean
check_controls (const Reading *reading, const CdYamlNode *node, const char *key, TextForm form)
{
  for (const char *at = node->scalar; *at != '\0' && form != TEXT_PATH; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    gboolean layout = c == '\n' || c == '\t';
    if (g_unichar_type (c) == G_UNICODE_CONTROL && !(layout && form == TEXT_LINES))
      return cd_yaml_fail (reading->yaml, node, reading->error, "\"%s\" holds the control character U+%04X", key, c);
  }
  return TRUE;
}

/* The text at key, which must be there. Borrowed. */
static const char *
read_text (const Reading *reading, const CdYamlNode *mapping, const char *key, TextForm form)
{
  const char *text = cd_yaml_require (reading->yaml, mapping, key, reading->error);
  return text != NULL && check_controls (reading, cd_yaml_get (mapping, key), key, form) ? text : NULL;
}

/* The same, copied to *text, in place of what is there. */
static gboolean
copy_text (const Reading *reading, const CdYamlNode *mapping, const char *key, TextForm form, char **text)
{
  const char *found = read_text (reading, mapping, key, form);
  if (found == NULL)
    return FALSE;
  g_free (*text);
  *text = g_strdup (found);
  return TRUE;
}

/* The position among words, which end with NULL, of the word at key; -1 with an error that lists them. */
static gint
read_choice (const Reading *reading, const CdYamlNode *mapping, const char *key, const char *const *words)
{
  const char *word = cd_yaml_require (reading->yaml, mapping, key, reading->error);
  if (word == NULL)
    return -1;
  for (gint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  g_autofree char *list = g_strjoinv (", ", (char **) words);
  cd_yaml_fail (reading->yaml, cd_yaml_get (mapping, key), reading->error, "\"%s\" is \"%s\", which is none of: %s", key, word, list);
  return -1;
}

static gboolean
is_object_id (const char *text)
{
  return strlen (text) == OBJECT_ID_DIGITS && strspn (text, "0123456789abcdef") == OBJECT_ID_DIGITS;
}

static gboolean
read_object_id (const Reading *reading, const CdYamlNode *mapping, const char *key, char **id)
{
  if (!copy_text (reading, mapping, key, TEXT_LINE, id))
    return FALSE;
  return is_object_id (*id)
         || cd_yaml_fail (reading->yaml, cd_yaml_get (mapping, key), reading->error,
                          "\"%s\" is no object id: expected 40 hexadecimal digits in lower case", key);
}

static gboolean
is_date (const char *text)
{
  if (strlen (text) != strlen ("YYYY-MM-DD") || text[4] != '-' || text[7] != '-' || strspn (text, "0123456789-") != strlen (text))
    return FALSE;
  guint64 year = g_ascii_strtoull (text, NULL, 10), month = g_ascii_strtoull (text + 5, NULL, 10), day = g_ascii_strtoull (text + 8, NULL, 10);
  return g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

/* A line number; as it was where the key is missing. */
static gboolean
read_line (const Reading *reading, const CdYamlNode *mapping, const char *key, gint64 least, guint *line)
{
  const CdYamlNode *node = cd_yaml_get (mapping, key);
  gint64 number = 0;
  if (node == NULL)
    return TRUE;
  if (!cd_yaml_int (node, &number) || number < 1 || number > G_MAXINT32)
    return cd_yaml_fail (reading->yaml, node, reading->error, "\"%s\" must be a line number, from 1", key);
  if (number < least)
    return cd_yaml_fail (reading->yaml, node, reading->error, "\"%s\" lies before \"line\"", key);
  *line = (guint) number;
  return TRUE;
}

static gboolean
check_path (const Reading *reading, const CdYamlNode *node, const char *key, const char *path)
{
  return cd_folder_path_is_safe (path)
         || cd_yaml_fail (reading->yaml, node, reading->error, "\"%s\" must be a path inside the repository, relative and without \"..\"", key);
}

static gboolean
read_citation (const Reading *reading, const CdYamlNode *node, CdResponse *response)
{
  static const char *const keys[] = { "path", "line", "end", "blob", NULL };
  if (!cd_yaml_check_keys (reading->yaml, node, keys, reading->error))
    return FALSE;
  const char *path = read_text (reading, node, "path", TEXT_PATH);
  if (path == NULL || !check_path (reading, cd_yaml_get (node, "path"), "path", path))
    return FALSE;
  CdCitation *citation = cd_citation_new (path, 0, 0, NULL);
  g_ptr_array_add (response->evidence, citation);
  if (!read_line (reading, node, "line", 1, &citation->line))
    return FALSE;
  citation->end = citation->line;
  const CdYamlNode *end = cd_yaml_get (node, "end");
  if (end != NULL && citation->line == 0)
    return cd_yaml_fail (reading->yaml, end, reading->error, "\"end\" stands without \"line\"");
  if (!read_line (reading, node, "end", citation->line, &citation->end))
    return FALSE;
  return cd_yaml_get (node, "blob") == NULL || read_object_id (reading, node, "blob", &citation->blob);
}

static gboolean
check_criterion (const Reading *reading, const CdYamlNode *node)
{
  if (reading->rubric == NULL)
    return TRUE;
  guint length = cd_rubric_length (reading->rubric);
  g_autofree const char **ids = g_new0 (const char *, (gsize) length + 1);
  for (guint i = 0; i < length; i++)
    ids[i] = cd_rubric_criterion (reading->rubric, i)->id;
  if (g_strv_contains (ids, node->scalar))
    return TRUE;
  g_autofree char *suggestion = cd_text_suggestion (node->scalar, ids);
  return cd_yaml_fail (reading->yaml, node, reading->error, "there is no criterion \"%s\"%s", node->scalar, suggestion);
}

/* The list at key; an empty one stands for a missing key. */
static gboolean
check_list (const Reading *reading, const CdYamlNode *mapping, const char *key)
{
  const CdYamlNode *list = cd_yaml_get (mapping, key);
  return list == NULL || list->kind == CD_YAML_SEQUENCE || cd_yaml_fail (reading->yaml, list, reading->error, "\"%s\" must be a list", key);
}

static CdResponse *
read_response (const Reading *reading, const CdYamlNode *node)
{
  static const char *const keys[] = { "id", "answer", "reason", "evidence", NULL };
  static const char *const answers[] = { "later", "no", "yes", NULL };
  if (!cd_yaml_check_keys (reading->yaml, node, keys, reading->error))
    return NULL;
  const char *id = read_text (reading, node, "id", TEXT_LINE), *reason = "";
  if (id == NULL || !check_criterion (reading, cd_yaml_get (node, "id")))
    return NULL;
  gint answer = read_choice (reading, node, "answer", answers);
  if (answer < 0 || !check_list (reading, node, "evidence"))
    return NULL;
  if (cd_yaml_get (node, "reason") != NULL)
    reason = read_text (reading, node, "reason", TEXT_LINES);
  if (reason == NULL)
    return NULL;
  g_autoptr (CdResponse) response = cd_response_new (id, (CdAnswer) answer, reason);
  response->line = node->line;
  const CdYamlNode *evidence = cd_yaml_get (node, "evidence");
  for (guint i = 0; i < cd_yaml_length (evidence); i++)
    if (!read_citation (reading, cd_yaml_at (evidence, i), response))
      return NULL;
  return g_steal_pointer (&response);
}

static gboolean
read_answers (const Reading *reading, const CdYamlNode *root, CdAssessment *assessment)
{
  const CdYamlNode *answers = cd_yaml_get (root, "answers");
  g_autoptr (GHashTable) lines = g_hash_table_new (g_str_hash, g_str_equal);
  if (answers == NULL)
    return cd_yaml_fail (reading->yaml, root, reading->error, "\"answers\" is missing");
  if (!check_list (reading, root, "answers"))
    return FALSE;
  for (guint i = 0; i < cd_yaml_length (answers); i++) {
    const CdYamlNode *node = cd_yaml_at (answers, i);
    g_autoptr (CdResponse) response = read_response (reading, node);
    if (response == NULL)
      return FALSE;
    guint line = GPOINTER_TO_UINT (g_hash_table_lookup (lines, response->criterion));
    if (line > 0)
      return cd_yaml_fail (reading->yaml, cd_yaml_get (node, "id"), reading->error, "\"%s\" is answered already on line %u", response->criterion,
                           line);
    g_hash_table_insert (lines, response->criterion, GUINT_TO_POINTER (node->line));
    if (reading->rubric != NULL)
      cd_assessment_set (assessment, reading->rubric, g_steal_pointer (&response));
    else
      g_ptr_array_add (assessment->responses, g_steal_pointer (&response));
  }
  return TRUE;
}

static gboolean
read_rubric (const Reading *reading, const CdYamlNode *root, CdAssessment *assessment)
{
  static const char *const keys[] = { "id", "version", NULL };
  const CdYamlNode *node = cd_yaml_get (root, "rubric");
  if (node == NULL)
    return cd_yaml_fail (reading->yaml, root, reading->error, "\"rubric\" is missing");
  if (!cd_yaml_check_keys (reading->yaml, node, keys, reading->error) || !copy_text (reading, node, "id", TEXT_LINE, &assessment->rubric)
      || !copy_text (reading, node, "version", TEXT_LINE, &assessment->version))
    return FALSE;
  return reading->rubric == NULL || strcmp (cd_rubric_id (reading->rubric), assessment->rubric) == 0
         || cd_yaml_fail (reading->yaml, cd_yaml_get (node, "id"), reading->error, "the answers are to the rubric \"%s\", not to \"%s\"",
                          assessment->rubric, cd_rubric_id (reading->rubric));
}

static gboolean
read_agreement (const Reading *reading, const CdYamlNode *assessor, CdAssessment *assessment)
{
  const CdYamlNode *node = cd_yaml_get (assessor, "agreement");
  if (node == NULL)
    return TRUE;
  if (assessment->kind != CD_READER_MODEL)
    return cd_yaml_fail (reading->yaml, cd_yaml_key (assessor, "agreement"), reading->error, "\"agreement\" is told of models only");
  return (cd_yaml_double (node, &assessment->agreement) && assessment->agreement >= 0 && assessment->agreement <= 1)
         || cd_yaml_fail (reading->yaml, node, reading->error, "\"agreement\" must be a number from 0 to 1");
}

static gboolean
read_assessor (const Reading *reading, const CdYamlNode *root, CdAssessment *assessment)
{
  static const char *const keys[] = { "name", "kind", "agreement", NULL };
  static const char *const kinds[] = { "person", "model", "adjudication", "author", NULL };
  const CdYamlNode *node = cd_yaml_get (root, "assessor");
  if (node == NULL)
    return cd_yaml_fail (reading->yaml, root, reading->error, "\"assessor\" is missing");
  if (!cd_yaml_check_keys (reading->yaml, node, keys, reading->error) || !copy_text (reading, node, "name", TEXT_LINE, &assessment->assessor))
    return FALSE;
  if (*assessment->assessor == '\0')
    return cd_yaml_fail (reading->yaml, cd_yaml_get (node, "name"), reading->error, "\"name\" is empty");
  gint kind = read_choice (reading, node, "kind", kinds);
  if (kind < 0)
    return FALSE;
  assessment->kind = (CdReaderKind) kind;
  return read_agreement (reading, node, assessment);
}

static gboolean
read_root (const Reading *reading, const CdYamlNode *root, CdAssessment *assessment)
{
  static const char *const keys[] = { "format", "work", "subdir", "commit", "rubric", "assessor", "date", "answers", NULL };
  if (!cd_yaml_check_keys (reading->yaml, root, keys, reading->error))
    return FALSE;
  const char *format = cd_yaml_require (reading->yaml, root, "format", reading->error);
  if (format == NULL)
    return FALSE;
  if (strcmp (format, FORMAT) != 0)
    return cd_yaml_fail (reading->yaml, cd_yaml_get (root, "format"), reading->error, "expected the format " FORMAT);
  const CdYamlNode *subdir = cd_yaml_get (root, "subdir");
  if (!copy_text (reading, root, "work", TEXT_LINE, &assessment->work)
      || (subdir != NULL && !copy_text (reading, root, "subdir", TEXT_PATH, &assessment->subdir))
      || (*assessment->subdir != '\0' && !check_path (reading, subdir, "subdir", assessment->subdir))
      || !read_object_id (reading, root, "commit", &assessment->commit) || !read_rubric (reading, root, assessment)
      || !read_assessor (reading, root, assessment) || !copy_text (reading, root, "date", TEXT_LINE, &assessment->date))
    return FALSE;
  if (!is_date (assessment->date))
    return cd_yaml_fail (reading->yaml, cd_yaml_get (root, "date"), reading->error, "\"date\" is no day: expected YYYY-MM-DD");
  return read_answers (reading, root, assessment);
}

CdAssessment *
cd_assessment_parse (const char *name, const char *text, gsize length, const CdRubric *rubric, GError **error)
{
  g_autoptr (CdYaml) yaml = cd_yaml_parse (name, text, length, error);
  if (yaml == NULL)
    return NULL;
  const Reading reading = { yaml, rubric, error };
  g_autoptr (CdAssessment) assessment = cd_assessment_new (CD_READER_PERSON, "");
  if (!read_root (&reading, cd_yaml_root (yaml), assessment))
    return NULL;
  assessment->file = g_strdup (name);
  assessment->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
  return g_steal_pointer (&assessment);
}

static CdAssessment *
fail_file (const char *file, const char *why, GError **error)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: %s", file, why);
  return NULL;
}

CdAssessment *
cd_assessment_load (const char *file, const CdRubric *rubric, GError **error)
{
  FILE *stream = g_fopen (file, "re");
  if (stream == NULL)
    return fail_file (file, g_strerror (errno), error);
  g_autofree char *text = g_malloc (CD_LIMIT_BLOB_BYTES);
  gsize length = fread (text, 1, CD_LIMIT_BLOB_BYTES, stream);
  int problem = ferror (stream) != 0 ? errno : 0;
  fclose (stream);
  if (problem != 0)
    return fail_file (file, g_strerror (problem), error);
  if (length == CD_LIMIT_BLOB_BYTES)
    return fail_file (file, "too large for an assessment", error);
  return cd_assessment_parse (file, text, length, rubric, error);
}
