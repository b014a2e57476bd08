/* Jobs and results as JSON between two of this program. Text is written byte by byte as it is, UTF-8 or not: a path must stay that path, and what a
 * command printed must not depend on who ran it. */
#include "run/job-file.h"

#include <cjson/cJSON.h>

/* The limits by name; guint64 as text, since a JSON number holds 53 bits. */
static const struct {
  const char *name;
  gsize offset;
} limit_fields[] = {
  { "seconds", G_STRUCT_OFFSET (CdLimits, seconds) },     { "memory", G_STRUCT_OFFSET (CdLimits, memory) },
  { "processes", G_STRUCT_OFFSET (CdLimits, processes) }, { "file", G_STRUCT_OFFSET (CdLimits, file) },
  { "disk", G_STRUCT_OFFSET (CdLimits, disk) },           { "output", G_STRUCT_OFFSET (CdLimits, output) },
};

static void
add_text (cJSON *object, const char *key, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, key, text);
  else
    cJSON_AddNullToObject (object, key);
}

static void
add_number (cJSON *object, const char *key, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  cJSON_AddStringToObject (object, key, text);
}

static void
add_list (cJSON *object, const char *key, char **list)
{
  if (list == NULL) {
    cJSON_AddNullToObject (object, key);
    return;
  }
  cJSON *array = cJSON_AddArrayToObject (object, key);
  for (; *list != NULL; list++)
    cJSON_AddItemToArray (array, cJSON_CreateString (*list));
}

static char *
get_text (const cJSON *object, const char *key)
{
  return g_strdup (cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, key)));
}

static guint64
get_number (const cJSON *object, const char *key)
{
  const char *text = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, key));
  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
}

static char **
get_list (const cJSON *object, const char *key)
{
  const cJSON *array = cJSON_GetObjectItemCaseSensitive (object, key), *item = NULL;
  if (!cJSON_IsArray (array))
    return NULL;
  GPtrArray *list = g_ptr_array_new ();
  cJSON_ArrayForEach (item, array) if (cJSON_IsString (item)) g_ptr_array_add (list, g_strdup (item->valuestring));
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (list, FALSE);
}

static gboolean
save (cJSON *object, const char *path, GError **error)
{
  char *printed = cJSON_Print (object);
  cJSON_Delete (object);
  g_autoptr (GError) why = NULL;
  gboolean good = g_file_set_contents (path, printed, -1, &why);
  cJSON_free (printed);
  if (!good)
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "%s", why->message);
  return good;
}

static cJSON *
load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) why = NULL;
  if (!g_file_get_contents (path, &text, &length, &why)) {
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s", why->message);
    return NULL;
  }
  cJSON *object = cJSON_ParseWithLength (text, length);
  if (!cJSON_IsObject (object)) {
    cJSON_Delete (object);
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: no job file", path);
    return NULL;
  }
  return object;
}

gboolean
cd_job_save (const CdJob *job, const char *path, GError **error)
{
  cJSON *object = cJSON_CreateObject ();
  add_text (object, "name", job->name);
  add_text (object, "command", job->command);
  add_text (object, "folder", job->folder);
  add_text (object, "start", job->start);
  add_list (object, "environment", job->environment);
  for (gsize i = 0; i < G_N_ELEMENTS (limit_fields); i++)
    add_number (object, limit_fields[i].name, G_STRUCT_MEMBER (guint64, &job->limits, limit_fields[i].offset));
  add_number (object, "cpus", job->cpus);
  add_list (object, "gpus", job->gpus);
  cJSON_AddBoolToObject (object, "network", job->network);
  add_text (object, "image", job->image);
  return save (object, path, error);
}

CdJob *
cd_job_load (const char *path, GError **error)
{
  cJSON *object = load (path, error);
  if (object == NULL)
    return NULL;
  CdJob *job = g_new0 (CdJob, 1);
  job->name = get_text (object, "name");
  job->command = get_text (object, "command");
  job->folder = get_text (object, "folder");
  job->start = get_text (object, "start");
  job->environment = get_list (object, "environment");
  for (gsize i = 0; i < G_N_ELEMENTS (limit_fields); i++)
    G_STRUCT_MEMBER (guint64, &job->limits, limit_fields[i].offset) = get_number (object, limit_fields[i].name);
  job->cpus = (guint) get_number (object, "cpus");
  job->gpus = get_list (object, "gpus");
  job->network = cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (object, "network"));
  job->image = get_text (object, "image");
  cJSON_Delete (object);
  if (job->name == NULL || job->command == NULL || job->folder == NULL || !g_path_is_absolute (job->folder)) {
    cd_job_free (job);
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: no job file", path);
    return NULL;
  }
  return job;
}

gboolean
cd_job_result_save (const CdJobResult *result, const char *path, GError **error)
{
  cJSON *object = cJSON_CreateObject ();
  add_number (object, "end", (guint64) result->end);
  cJSON_AddNumberToObject (object, "status", result->status);
  add_number (object, "limit", (guint64) result->limit);
  cJSON_AddNumberToObject (object, "seconds", result->seconds);
  add_text (object, "out", result->out);
  add_text (object, "err", result->err);
  add_number (object, "out_bytes", result->out_bytes);
  add_number (object, "err_bytes", result->err_bytes);
  add_text (object, "problem", result->problem);
  return save (object, path, error);
}

gboolean
cd_job_result_load (const char *path, CdJobResult *result, GError **error)
{
  cJSON *object = load (path, error);
  if (object == NULL)
    return FALSE;
  guint64 end = get_number (object, "end"), limit = get_number (object, "limit");
  const cJSON *status = cJSON_GetObjectItemCaseSensitive (object, "status"), *seconds = cJSON_GetObjectItemCaseSensitive (object, "seconds");
  gboolean sound = end <= CD_JOB_NOT_STARTED && limit <= CD_LIMIT_OUTPUT && cJSON_IsNumber (status) && cJSON_IsNumber (seconds);
  if (sound)
    *result = (CdJobResult){ .end = (CdJobEnd) end,
                             .status = status->valueint,
                             .limit = (CdLimit) limit,
                             .seconds = seconds->valuedouble,
                             .out = get_text (object, "out"),
                             .err = get_text (object, "err"),
                             .out_bytes = get_number (object, "out_bytes"),
                             .err_bytes = get_number (object, "err_bytes"),
                             .problem = get_text (object, "problem") };
  else
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: no result of a job", path);
  cJSON_Delete (object);
  return sound;
}
