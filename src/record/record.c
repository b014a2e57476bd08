/* Reads an audit's JSON into a record: the parts that every user asks for as structs, the rest left in the tree. What is missing or of another kind is
 * an error, since every judgement downstream would be made from it; parts that later versions added may be absent. */
#include "record/record.h"
#include "lineage/statements.h"
#include "base/error.h"
#include <string.h>

/* What is being read, for messages. */
typedef struct {
  const char *name;
  GError **error;
} Reading;

static void
fail (const Reading *reading, const char *format, const char *key)
{
  if (*reading->error == NULL)
    g_set_error (reading->error, CD_ERROR, CD_ERROR_INPUT, "%s: no audit: %s %s", reading->name, key, format);
}

static const char *
text_at (const Reading *reading, const cJSON *object, const char *key)
{
  const char *text = cd_record_string (object, key);
  if (text == NULL)
    fail (reading, "is not a string", key);
  return text ? text : "";
}

static guint
count_at (const Reading *reading, const cJSON *object, const char *key)
{
  double value = cd_record_number (object, key, -1);
  if (value < 0 || value > 1e9)
    fail (reading, "is not a count", key);
  return value < 0 || value > 1e9 ? 0 : (guint) value;
}

/* A number from 0 to 1. */
static double
share_at (const Reading *reading, const cJSON *object, const char *key)
{
  double value = cd_record_number (object, key, -1);
  if (!(value >= 0 && value <= 1))
    fail (reading, "is not a number from 0 to 1", key);
  return CLAMP (value, 0, 1);
}

static const cJSON *
list_at (const Reading *reading, const cJSON *object, const char *key)
{
  const cJSON *list = cJSON_GetObjectItemCaseSensitive (object, key);
  if (!cJSON_IsArray (list))
    fail (reading, "is not a list", key);
  return cJSON_IsArray (list) ? list : NULL;
}

static const cJSON *
object_at (const Reading *reading, const cJSON *object, const char *key)
{
  const cJSON *found = cJSON_GetObjectItemCaseSensitive (object, key);
  if (!cJSON_IsObject (found))
    fail (reading, "is not an object", key);
  return cJSON_IsObject (found) ? found : NULL;
}

/* 40 hexadecimal digits: links are made from it. */
static const char *
commit_at (const Reading *reading, const cJSON *object, const char *key)
{
  const char *commit = text_at (reading, object, key);
  if (strlen (commit) != 40 || strspn (commit, "0123456789abcdef") != 40)
    fail (reading, "is not the id of a commit", key);
  return commit;
}

static void
read_tool (CdRecord *record, const Reading *reading)
{
  const cJSON *tool = object_at (reading, record->json, "tool"), *rubric = object_at (reading, tool, "rubric");
  record->tool_version = text_at (reading, tool, "version");
  record->knowledge_sha256 = text_at (reading, tool, "knowledge_sha256");
  record->rubric = text_at (reading, rubric, "id");
  record->rubric_version = text_at (reading, rubric, "version");
  record->rubric_sha256 = text_at (reading, rubric, "sha256");
  const cJSON *subject = object_at (reading, record->json, "subject");
  record->commit = commit_at (reading, subject, "commit");
  record->subdir = text_at (reading, subject, "subdir");
  record->date = cd_record_string (subject, "date");
  record->remote = cd_record_string (subject, "remote");
  record->manifest = cd_record_string (subject, "manifest");
}

static void
read_score (CdRecord *record, const Reading *reading)
{
  const cJSON *score = object_at (reading, record->json, "score"), *item = NULL;
  record->total = count_at (reading, score, "total");
  record->of = count_at (reading, score, "of");
  record->settled = count_at (reading, score, "settled");
  record->unsettled = count_at (reading, score, "unsettled");
  record->expected = CLAMP (cd_record_number (score, "expected", 0), 0, (double) record->of);
  const cJSON *likely = list_at (reading, score, "likely");
  for (int i = 0; i < 2; i++) {
    const cJSON *bound = cJSON_GetArrayItem (likely, i);
    if (!cJSON_IsNumber (bound) || !(bound->valuedouble >= 0 && bound->valuedouble <= record->of))
      fail (reading, "is not two numbers of points", "likely");
    else
      record->likely[i] = (guint) bound->valuedouble;
  }
  cJSON_ArrayForEach (item, list_at (reading, score, "dimensions"))
  {
    CdRecordDimension dimension = { .id = text_at (reading, item, "id"), .name = text_at (reading, item, "name") };
    dimension.points = count_at (reading, item, "points");
    dimension.of = count_at (reading, item, "of");
    g_array_append_val (record->dimensions, dimension);
  }
  const cJSON *category = object_at (reading, record->json, "category");
  record->openness = text_at (reading, category, "openness");
  cJSON_ArrayForEach (item, list_at (reading, category, "approach")) if (cJSON_IsString (item)) g_ptr_array_add (record->approach, item->valuestring);
}

static void
free_verdict (gpointer data)
{
  CdRecordVerdict *verdict = data;
  g_array_unref (verdict->evidence);
  g_free (verdict);
}

static void
read_verdicts (CdRecord *record, const Reading *reading)
{
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, list_at (reading, record->json, "verdicts"))
  {
    CdRecordVerdict *verdict = g_new0 (CdRecordVerdict, 1);
    verdict->json = item;
    verdict->id = text_at (reading, item, "id");
    verdict->question = text_at (reading, item, "question");
    verdict->basis = text_at (reading, item, "basis");
    verdict->why = text_at (reading, item, "why");
    verdict->yes = cd_record_true (item, "yes");
    verdict->points = count_at (reading, item, "points");
    verdict->of = count_at (reading, item, "of");
    verdict->certainty = share_at (reading, item, "certainty");
    verdict->settled = cd_record_true (item, "settled");
    verdict->evidence = cd_record_places (item, "evidence");
    g_ptr_array_add (record->verdicts, verdict);
  }
}

static void
free_teacher (gpointer data)
{
  CdRecordTeacher *teacher = data;
  g_array_unref (teacher->evidence);
  g_free (teacher);
}

static void
read_teachers (CdRecord *record, const Reading *reading)
{
  const cJSON *distillation = object_at (reading, record->json, "distillation"), *item = NULL;
  record->label = text_at (reading, distillation, "label");
  cJSON_ArrayForEach (item, list_at (reading, distillation, "teachers"))
  {
    CdRecordTeacher *teacher = g_new0 (CdRecordTeacher, 1);
    teacher->json = item;
    teacher->model = text_at (reading, item, "model");
    teacher->provider = cd_record_string (item, "provider");
    teacher->disclosure = text_at (reading, item, "disclosure");
    teacher->confidence = text_at (reading, item, "confidence");
    teacher->evidence = cd_record_places (item, "evidence");
    g_ptr_array_add (record->teachers, teacher);
  }
}

/* The 1-based line and column of a byte of text. */
static void
find_place (const char *text, gsize offset, guint *line, guint *column)
{
  *line = 1;
  *column = 1;
  for (gsize i = 0; i < offset; i++) {
    *line += text[i] == '\n' ? 1 : 0;
    *column = text[i] == '\n' ? 1 : *column + 1;
  }
}

/* The whole text as JSON; NULL with the place where it stops to be that. */
static cJSON *
parse (const char *text, gsize length, const char *name, GError **error)
{
  const char *end = text, *why = "this is not UTF-8";
  cJSON *json = NULL;
  if (g_utf8_validate_len (text, length, &end)) {
    why = "this is not JSON";
    json = cJSON_ParseWithLengthOpts (text, length, &end, FALSE);
  }
  end = end != NULL ? end : text;
  if (json != NULL) {
    while (end < text + length && g_ascii_isspace (*end))
      end++;
    if (end == text + length)
      return json;
    why = "the audit is over, and more follows";
    cJSON_Delete (json);
  }
  guint line = 0, column = 0;
  find_place (text, MIN ((gsize) (end - text), length), &line, &column);
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s:%u:%u: %s", name, line, column, why);
  return NULL;
}

CdRecord *
cd_record_read (const char *text, gsize length, const char *name, GError **error)
{
  cJSON *json = parse (text, length, name, error);
  if (json == NULL)
    return NULL;
  g_autoptr (CdRecord) record = g_new0 (CdRecord, 1);
  record->json = json;
  record->dimensions = g_array_new (FALSE, FALSE, sizeof (CdRecordDimension));
  record->approach = g_ptr_array_new ();
  record->verdicts = g_ptr_array_new_with_free_func (free_verdict);
  record->teachers = g_ptr_array_new_with_free_func (free_teacher);
  g_autoptr (GError) cause = NULL;
  Reading reading = { .name = name, .error = &cause };
  if (g_strcmp0 (cd_record_string (json, "schema"), "candor-audit/1") != 0)
    fail (&reading, "is not \"candor-audit/1\"", "schema");
  if (cause == NULL)
    read_tool (record, &reading);
  if (cause == NULL)
    read_score (record, &reading);
  if (cause == NULL)
    read_verdicts (record, &reading);
  if (cause == NULL)
    read_teachers (record, &reading);
  if (cause == NULL)
    return g_steal_pointer (&record);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

CdRecord *
cd_record_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) cause = NULL;
  if (g_file_get_contents (path, &text, &length, &cause))
    return cd_record_read (text, length, path, error);
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s", cause->message);
  return NULL;
}

void
cd_record_free (CdRecord *record)
{
  if (record == NULL)
    return;
  g_array_unref (record->dimensions);
  g_ptr_array_unref (record->approach);
  g_ptr_array_unref (record->verdicts);
  g_ptr_array_unref (record->teachers);
  cJSON_Delete (record->json);
  g_free (record);
}

gboolean
cd_record_teacher_is_unnamed (const CdRecordTeacher *teacher)
{
  return strcmp (teacher->model, CD_RECORD_UNNAMED) == 0;
}

const char *
cd_record_teacher_use (const CdRecordTeacher *teacher)
{
  const cJSON *role = NULL;
  guint roles = 0;
  cJSON_ArrayForEach (role, cJSON_GetObjectItemCaseSensitive (teacher->json, "roles"))
  {
    for (guint i = 0; cJSON_IsString (role) && i < CD_TEACHES_ROLES; i++)
      roles |= g_str_equal (role->valuestring, cd_teaches_name (i)) ? 1u << i : 0;
  }
  return cd_teaches_use (roles);
}

gboolean
cd_record_teacher_is_named (const CdRecordTeacher *teacher)
{
  return cJSON_GetArraySize (cJSON_GetObjectItemCaseSensitive (teacher->json, "named")) > 0;
}

gboolean
cd_record_teacher_is_certain (const CdRecordTeacher *teacher)
{
  return strcmp (teacher->confidence, "high") == 0 && strcmp (teacher->disclosure, "hinted") != 0
         && (cd_record_true (teacher->json, "direct") || cd_record_teacher_is_unnamed (teacher));
}

const char *
cd_record_model_words (const char *model)
{
  return strcmp (model, CD_RECORD_UNNAMED) == 0 ? "a model that is not named" : model;
}

const CdRecordVerdict *
cd_record_verdict (const CdRecord *record, const char *id)
{
  for (guint i = 0; i < record->verdicts->len; i++) {
    const CdRecordVerdict *verdict = record->verdicts->pdata[i];
    if (g_str_equal (verdict->id, id))
      return verdict;
  }
  return NULL;
}
