/* Lines of JSON between processes of this program. Both ends are the same build, so that only what a crash can do to a line is looked out for. */
#include "leaderboard/exchange.h"

static char *
print (cJSON *object)
{
  char *printed = cJSON_PrintUnformatted (object), *line = g_strdup (printed);
  cJSON_free (printed);
  cJSON_Delete (object);
  return line;
}

static void
add_text (cJSON *object, const char *key, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, key, text);
}

static void
add_texts (cJSON *object, const char *key, char **texts)
{
  if (texts != NULL)
    cJSON_AddItemToObject (object, key, cJSON_CreateStringArray ((const char *const *) texts, (int) g_strv_length (texts)));
}

char *
cd_exchange_settings (const CdWorkers *workers, guint threads)
{
  const CdLeaderboardOptions *options = workers->options;
  cJSON *settings = cJSON_CreateObject ();
  add_text (settings, "store", options->store);
  add_text (settings, "rules", options->rules);
  add_text (settings, "rubric", options->rubric);
  add_text (settings, "history", options->history);
  add_text (settings, "cache", options->cache);
  add_text (settings, "identity", workers->rules);
  cJSON_AddNumberToObject (settings, "threads", threads);
  cJSON_AddNumberToObject (settings, "memory", (double) workers->memory);
  return print (settings);
}

char *
cd_exchange_task (const CdTask *task)
{
  const CdWorkEntry *entry = task->entry;
  cJSON *object = cJSON_CreateObject ();
  add_text (object, "name", entry->name);
  add_text (object, "repository", entry->repository);
  add_text (object, "listed", entry->commit);
  add_text (object, "subdir", entry->subdir);
  add_texts (object, "scope", entry->scope);
  add_texts (object, "assessments", entry->assessments);
  cJSON_AddBoolToObject (object, "remote", entry->remote);
  add_text (object, "place", entry->location);
  add_text (object, "location", task->location);
  add_text (object, "commit", task->commit);
  add_text (object, "shape", task->shape);
  return print (object);
}

static const char *const kinds[]
    = { [CD_ANSWER_AUDITED] = "audited", [CD_ANSWER_KEPT] = "kept", [CD_ANSWER_FAILED] = "failed", [CD_ANSWER_STORE_FAILED] = "store failed" };

char *
cd_exchange_answer (CdAnswerKind kind, const char *commit, const char *message)
{
  cJSON *answer = cJSON_CreateObject ();
  add_text (answer, "is", kinds[kind]);
  add_text (answer, "commit", commit);
  add_text (answer, "message", message);
  return print (answer);
}

cJSON *
cd_exchange_read (const char *line)
{
  cJSON *object = cJSON_Parse (line);
  if (cJSON_IsObject (object))
    return object;
  cJSON_Delete (object);
  return NULL;
}

char **
cd_exchange_texts (const cJSON *object, const char *key)
{
  const cJSON *list = cJSON_GetObjectItemCaseSensitive (object, key), *item = NULL;
  if (!cJSON_IsArray (list))
    return NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  cJSON_ArrayForEach (item, list) g_ptr_array_add (texts, item->valuestring);
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_steal (texts, NULL);
}

CdAnswerKind
cd_exchange_kind (const cJSON *answer)
{
  const char *is = cd_record_string (answer, "is");
  for (gsize i = 0; is != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (is, kinds[i]))
      return (CdAnswerKind) i;
  return CD_ANSWER_FAILED;
}
