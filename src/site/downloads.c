/* The rows for other programs: leaderboard.json (schemas/leaderboard.schema.json), each audit, and the database that store/publish.h makes. */
#include "site/site-parts.h"
#include "base/json.h"
#include "store/publish.h"
#include <string.h>

static GBytes *
take (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

static void
add_text (cJSON *object, const char *key, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, key, text);
  else
    cJSON_AddNullToObject (object, key);
}

static cJSON *
pair (guint first, guint second)
{
  cJSON *both = cJSON_CreateArray ();
  cJSON_AddItemToArray (both, cJSON_CreateNumber (first));
  cJSON_AddItemToArray (both, cJSON_CreateNumber (second));
  return both;
}

static void
add_score (cJSON *object, const CdRecord *record)
{
  cJSON *score = cJSON_AddObjectToObject (object, "score");
  cJSON_AddNumberToObject (score, "total", record->total);
  cJSON_AddNumberToObject (score, "of", record->of);
  cJSON_AddNumberToObject (score, "expected", record->expected);
  cJSON_AddItemToObject (score, "likely", pair (record->likely[0], record->likely[1]));
  cJSON_AddNumberToObject (score, "settled", record->settled);
  cJSON_AddNumberToObject (score, "unsettled", record->unsettled);
  cJSON *dimensions = cJSON_AddArrayToObject (score, "dimensions");
  for (guint i = 0; i < record->dimensions->len; i++) {
    const CdRecordDimension *dimension = &g_array_index (record->dimensions, CdRecordDimension, i);
    cJSON *item = cJSON_CreateObject ();
    cJSON_AddStringToObject (item, "id", dimension->id);
    cJSON_AddStringToObject (item, "name", dimension->name);
    cJSON_AddNumberToObject (item, "points", dimension->points);
    cJSON_AddNumberToObject (item, "of", dimension->of);
    cJSON_AddItemToArray (dimensions, item);
  }
}

static void
add_distillation (cJSON *object, const CdSitePages *pages, const CdRecord *record)
{
  cJSON *distillation = cJSON_AddObjectToObject (object, "distillation");
  cJSON_AddStringToObject (distillation, "label", record->label);
  cJSON *teachers = cJSON_AddArrayToObject (distillation, "teachers");
  for (guint i = 0; i < record->teachers->len; i++) {
    const CdRecordTeacher *teacher = record->teachers->pdata[i];
    cJSON *item = cJSON_CreateObject ();
    cJSON_AddStringToObject (item, "model", teacher->model);
    add_text (item, "provider", teacher->provider);
    cJSON_AddStringToObject (item, "disclosure", teacher->disclosure);
    cJSON_AddStringToObject (item, "confidence", teacher->confidence);
    cJSON_AddBoolToObject (item, "certain", cd_record_teacher_is_certain (teacher));
    cJSON_AddStringToObject (item, "page", cd_site_teacher (pages, teacher->model)->file);
    cJSON_AddItemToArray (teachers, item);
  }
}

static void
add_claims (cJSON *object, const CdSiteWork *work)
{
  cJSON *claims = cJSON_AddObjectToObject (object, "claims");
  cJSON_AddNumberToObject (claims, "made", work->claims);
  cJSON_AddNumberToObject (claims, "checked", work->checked);
  for (guint i = 0; i < CD_SITE_CONCLUSIONS; i++)
    cJSON_AddNumberToObject (claims, cd_site_conclusion_name (i), work->conclusions[i]);
}

static void
add_earlier (cJSON *object, const CdLeaderboardRow *row)
{
  cJSON *earlier = cJSON_AddArrayToObject (object, "earlier");
  for (guint i = 0; row->earlier != NULL && i < row->earlier->len; i++) {
    const CdRecord *record = row->earlier->pdata[i];
    cJSON *item = cJSON_CreateObject ();
    cJSON_AddStringToObject (item, "commit", record->commit);
    add_text (item, "date", record->date);
    cJSON_AddNumberToObject (item, "total", record->total);
    cJSON_AddItemToObject (item, "likely", pair (record->likely[0], record->likely[1]));
    cJSON_AddItemToArray (earlier, item);
  }
}

static cJSON *
work_of (const CdSitePages *pages, const CdSiteWork *work)
{
  const CdWorkEntry *entry = work->row->work;
  const CdRecord *record = work->record;
  g_autofree char *audit = record != NULL ? cd_site_audit_file (work) : NULL, *failure = cd_site_failure (work);
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "name", work->name);
  add_text (object, "page", work->file);
  add_text (object, "repository", work->address);
  add_text (object, "subdir", entry->subdir);
  cJSON *scope = cJSON_AddArrayToObject (object, "scope");
  for (char **glob = entry->scope; glob != NULL && *glob != NULL; glob++)
    cJSON_AddItemToArray (scope, cJSON_CreateString (*glob));
  add_text (object, "note", entry->note);
  add_text (object, "failure", failure);
  if (record == NULL)
    return object;
  cJSON_AddNumberToObject (object, "rank", work->row->rank);
  cJSON_AddItemToObject (object, "ranks", pair (work->best, work->worst));
  cJSON_AddStringToObject (object, "commit", record->commit);
  add_text (object, "date", record->date);
  add_score (object, record);
  cJSON *category = cJSON_AddObjectToObject (object, "category");
  cJSON_AddStringToObject (category, "openness", record->openness);
  cJSON *approach = cJSON_AddArrayToObject (category, "approach");
  for (guint i = 0; i < record->approach->len; i++)
    cJSON_AddItemToArray (approach, cJSON_CreateString (record->approach->pdata[i]));
  add_distillation (object, pages, record);
  add_claims (object, work);
  add_earlier (object, work->row);
  cJSON_AddStringToObject (object, "audit", audit);
  return object;
}

GBytes *
cd_site_json (gconstpointer site, G_GNUC_UNUSED gconstpointer of, G_GNUC_UNUSED GError **error)
{
  const CdSitePages *pages = site;
  cJSON *root = cJSON_CreateObject (), *tool = NULL;
  cJSON_AddStringToObject (root, "schema", "candor-leaderboard/1");
  add_text (root, "title", pages->leaderboard->works->title);
  tool = cJSON_AddObjectToObject (root, "tool");
  cJSON_AddStringToObject (tool, "name", "candor");
  cJSON_AddStringToObject (tool, "version", CANDOR_VERSION);
  if (pages->first != NULL) {
    cJSON *rubric = cJSON_AddObjectToObject (tool, "rubric");
    cJSON_AddStringToObject (rubric, "id", pages->first->rubric);
    cJSON_AddStringToObject (rubric, "version", pages->first->rubric_version);
    cJSON_AddStringToObject (rubric, "sha256", pages->first->rubric_sha256);
    cJSON_AddStringToObject (tool, "knowledge_sha256", pages->first->knowledge_sha256);
  }
  cJSON_AddNumberToObject (root, "failed", pages->works->len - pages->ranked);
  cJSON *works = cJSON_AddArrayToObject (root, "works");
  for (guint i = 0; i < pages->works->len; i++)
    cJSON_AddItemToArray (works, work_of (pages, pages->works->pdata[i]));
  return take (cd_json_finish (root));
}

GBytes *
cd_site_audit (gconstpointer site, gconstpointer of, G_GNUC_UNUSED GError **error)
{
  const CdSitePages *pages = site;
  const CdSiteWork *work = of;
  return take (pages->options->excerpts ? cd_json_finish (cJSON_Duplicate (work->record->json, TRUE)) : cd_record_without_excerpts (work->record));
}

GBytes *
cd_site_database (gconstpointer site, G_GNUC_UNUSED gconstpointer of, GError **error)
{
  const CdSitePages *pages = site;
  g_autofree CdPublished *works = g_new0 (CdPublished, pages->works->len + 1);
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < pages->works->len; i++) {
    const CdSiteWork *work = pages->works->pdata[i];
    g_ptr_array_add (failures, cd_site_failure (work));
    works[i] = (CdPublished){ .name = work->name,
                              .page = work->file,
                              .repository = work->address,
                              .subdir = work->row->work->subdir,
                              .note = work->row->work->note,
                              .failure = failures->pdata[i],
                              .rank = work->row->rank,
                              .best = work->best,
                              .worst = work->worst,
                              .record = work->record };
  }
  return cd_store_publish (works, pages->works->len, error);
}
