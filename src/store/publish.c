/* Makes the public database in memory, in one fixed order, and hands over its bytes. Tables and columns are the text below; the site's method page tells
 * where it lies. */
#include "store/publish.h"
#include "base/error.h"
#include "base/text.h"
#include <math.h>
#include <sqlite3.h>
#include <string.h>

static const char tables[]
    = "PRAGMA page_size = 4096; PRAGMA journal_mode = MEMORY; PRAGMA encoding = 'UTF-8';"
      "CREATE TABLE works (id INTEGER PRIMARY KEY, rank INTEGER, best_rank INTEGER, worst_rank INTEGER, name TEXT NOT NULL UNIQUE, page TEXT,"
      " repository TEXT, subdir TEXT, note TEXT, failure TEXT, commit_id TEXT, date TEXT, total INTEGER, of INTEGER, expected REAL, likely_low "
      "INTEGER,"
      " likely_high INTEGER, settled INTEGER, unsettled INTEGER, label TEXT, openness TEXT, approach TEXT, tool_version TEXT, rubric TEXT,"
      " rubric_sha256 TEXT, knowledge_sha256 TEXT);"
      "CREATE TABLE dimensions (work INTEGER NOT NULL REFERENCES works, id TEXT NOT NULL, name TEXT NOT NULL, points INTEGER, of INTEGER,"
      " PRIMARY KEY (work, id)) WITHOUT ROWID;"
      "CREATE TABLE verdicts (id INTEGER PRIMARY KEY, work INTEGER NOT NULL REFERENCES works, criterion TEXT NOT NULL, yes INTEGER NOT NULL,"
      " points INTEGER, of INTEGER, certainty REAL, settled INTEGER, basis TEXT);"
      "CREATE TABLE teachers (id INTEGER PRIMARY KEY, work INTEGER NOT NULL REFERENCES works, model TEXT NOT NULL, provider TEXT, roles TEXT,"
      " disclosure TEXT, confidence TEXT, certain INTEGER NOT NULL);"
      "CREATE TABLE claims (id INTEGER PRIMARY KEY, work INTEGER NOT NULL REFERENCES works, model TEXT, benchmark TEXT, metric TEXT, value REAL,"
      " unit TEXT);"
      "CREATE TABLE reproductions (id INTEGER PRIMARY KEY, work INTEGER NOT NULL REFERENCES works, claim INTEGER REFERENCES claims, model TEXT,"
      " benchmark TEXT, metric TEXT, obtained_by TEXT, value REAL, unit TEXT, n INTEGER, runs INTEGER, lowest REAL, best REAL, chance_of_best REAL,"
      " interval_low REAL, interval_high REAL, conclusion TEXT);"
      "CREATE TABLE evidence (id INTEGER PRIMARY KEY, verdict INTEGER REFERENCES verdicts, teacher INTEGER REFERENCES teachers,"
      " claim INTEGER REFERENCES claims, reproduction INTEGER REFERENCES reproductions, path TEXT NOT NULL, line INTEGER, end INTEGER, says TEXT,"
      " link TEXT);"
      "BEGIN;";
static const char indexes[] = "CREATE INDEX verdicts_by_work ON verdicts (work); CREATE INDEX verdicts_by_criterion ON verdicts (criterion);"
                              "CREATE INDEX teachers_by_model ON teachers (model); CREATE INDEX claims_by_work ON claims (work);"
                              "CREATE INDEX reproductions_by_claim ON reproductions (claim); CREATE INDEX evidence_by_verdict ON evidence (verdict);"
                              "COMMIT;";

typedef enum { WORKS, DIMENSIONS, VERDICTS, TEACHERS, CLAIMS, REPRODUCTIONS, EVIDENCE, TABLES } Table;
static const struct {
  const char *name;
  guint columns;
} layout[TABLES]
    = { { "works", 26 }, { "dimensions", 5 }, { "verdicts", 9 }, { "teachers", 8 }, { "claims", 7 }, { "reproductions", 17 }, { "evidence", 10 } };

typedef struct {
  sqlite3 *database;
  sqlite3_stmt *inserts[TABLES];
  sqlite3_int64 last[TABLES]; /* ids given so far */
  int bound;                  /* columns of the row that is being made */
  sqlite3_stmt *row;
  gboolean failed;
} Publishing;

static void
begin_row (Publishing *publishing, Table table)
{
  publishing->row = publishing->inserts[table];
  publishing->bound = 0;
}

static void
put_text (Publishing *publishing, const char *text)
{
  g_autofree char *printable = text != NULL ? cd_text_printable (text) : NULL;
  sqlite3_bind_text (publishing->row, ++publishing->bound, printable, -1, SQLITE_TRANSIENT);
}

static void
put_count (Publishing *publishing, sqlite3_int64 count)
{
  sqlite3_bind_int64 (publishing->row, ++publishing->bound, count);
}

/* NAN: NULL. */
static void
put_number (Publishing *publishing, double value)
{
  publishing->bound++;
  if (isfinite (value))
    sqlite3_bind_double (publishing->row, publishing->bound, value);
  else
    sqlite3_bind_null (publishing->row, publishing->bound);
}

/* 0 as NULL: a reference to nothing, or a line that is not known. */
static void
put_id (Publishing *publishing, sqlite3_int64 id)
{
  publishing->bound++;
  if (id > 0)
    sqlite3_bind_int64 (publishing->row, publishing->bound, id);
  else
    sqlite3_bind_null (publishing->row, publishing->bound);
}

static void
end_row (Publishing *publishing)
{
  publishing->failed = sqlite3_step (publishing->row) != SQLITE_DONE || publishing->failed;
  sqlite3_reset (publishing->row);
  sqlite3_clear_bindings (publishing->row);
}

/* Strings of a list joined by blanks. */
static void
put_list (Publishing *publishing, const cJSON *list)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, list) if (cJSON_IsString (item)) g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", item->valuestring);
  put_text (publishing, joined->str);
}

/* Places of the last row of a table. */
static void
add_evidence (Publishing *publishing, const CdRecord *record, Table of, const GArray *places)
{
  static const Table owners[] = { VERDICTS, TEACHERS, CLAIMS, REPRODUCTIONS };
  for (guint i = 0; i < places->len; i++) {
    const CdRecordPlace *place = &g_array_index (places, CdRecordPlace, i);
    g_autofree char *link = cd_record_link (record, place);
    begin_row (publishing, EVIDENCE);
    put_count (publishing, ++publishing->last[EVIDENCE]);
    for (guint k = 0; k < G_N_ELEMENTS (owners); k++)
      put_id (publishing, owners[k] == of ? publishing->last[of] : 0);
    put_text (publishing, place->path);
    put_id (publishing, place->line);
    put_id (publishing, place->end);
    put_text (publishing, place->says);
    put_text (publishing, link);
    end_row (publishing);
  }
}

static void
add_score (Publishing *publishing, const CdRecord *record)
{
  const double figures[] = { record->total, record->of, record->expected, record->likely[0], record->likely[1], record->settled, record->unsettled };
  put_text (publishing, record->commit);
  put_text (publishing, record->date);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    put_number (publishing, figures[i]);
  put_text (publishing, record->label);
  put_text (publishing, record->openness);
  put_list (publishing, cd_record_part (record, "category.approach"));
  put_text (publishing, record->tool_version);
  put_text (publishing, record->rubric);
  put_text (publishing, record->rubric_sha256);
  put_text (publishing, record->knowledge_sha256);
}

static void
add_verdicts (Publishing *publishing, const CdRecord *record)
{
  for (guint i = 0; i < record->verdicts->len; i++) {
    const CdRecordVerdict *verdict = record->verdicts->pdata[i];
    begin_row (publishing, VERDICTS);
    put_count (publishing, ++publishing->last[VERDICTS]);
    put_count (publishing, publishing->last[WORKS]);
    put_text (publishing, verdict->id);
    put_count (publishing, verdict->yes ? 1 : 0);
    put_count (publishing, verdict->points);
    put_count (publishing, verdict->of);
    put_number (publishing, verdict->certainty);
    put_count (publishing, verdict->settled ? 1 : 0);
    put_text (publishing, verdict->basis);
    end_row (publishing);
    add_evidence (publishing, record, VERDICTS, verdict->evidence);
  }
}

static void
add_teachers (Publishing *publishing, const CdRecord *record)
{
  for (guint i = 0; i < record->teachers->len; i++) {
    const CdRecordTeacher *teacher = record->teachers->pdata[i];
    begin_row (publishing, TEACHERS);
    put_count (publishing, ++publishing->last[TEACHERS]);
    put_count (publishing, publishing->last[WORKS]);
    put_text (publishing, teacher->model);
    put_text (publishing, teacher->provider);
    put_list (publishing, cJSON_GetObjectItemCaseSensitive (teacher->json, "roles"));
    put_text (publishing, teacher->disclosure);
    put_text (publishing, teacher->confidence);
    put_count (publishing, cd_record_teacher_is_certain (teacher) ? 1 : 0);
    end_row (publishing);
    add_evidence (publishing, record, TEACHERS, teacher->evidence);
  }
}

static void
add_claims (Publishing *publishing, const CdRecord *record)
{
  const cJSON *claim = NULL;
  cJSON_ArrayForEach (claim, cd_record_part (record, "claims"))
  {
    g_autoptr (GArray) places = cd_record_places (claim, "evidence");
    begin_row (publishing, CLAIMS);
    put_count (publishing, ++publishing->last[CLAIMS]);
    put_count (publishing, publishing->last[WORKS]);
    put_text (publishing, cd_record_string (claim, "model"));
    put_text (publishing, cd_record_string (claim, "benchmark"));
    put_text (publishing, cd_record_string (claim, "metric"));
    put_number (publishing, cd_record_number (claim, "value", NAN));
    put_text (publishing, cd_record_string (claim, "unit"));
    end_row (publishing);
    add_evidence (publishing, record, CLAIMS, places);
  }
}

/* before: the id of the last claim of the works before this one. */
static void
add_reproductions (Publishing *publishing, const CdRecord *record, sqlite3_int64 before)
{
  static const char *const figures[] = { "n", "runs", "lowest", "best", "chance_of_best" };
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cd_record_part (record, "reproductions"))
  {
    g_autoptr (GArray) places = cd_record_places (item, "evidence");
    const cJSON *interval = cJSON_GetObjectItemCaseSensitive (item, "interval");
    double claim = cd_record_number (item, "claim", -1);
    begin_row (publishing, REPRODUCTIONS);
    put_count (publishing, ++publishing->last[REPRODUCTIONS]);
    put_count (publishing, publishing->last[WORKS]);
    put_id (publishing, claim >= 0 && claim < (double) (publishing->last[CLAIMS] - before) ? before + 1 + (sqlite3_int64) claim : 0);
    put_text (publishing, cd_record_string (item, "model"));
    put_text (publishing, cd_record_string (item, "benchmark"));
    put_text (publishing, cd_record_string (item, "metric"));
    put_text (publishing, cd_record_string (item, "by"));
    put_number (publishing, cd_record_number (item, "value", NAN));
    put_text (publishing, cd_record_string (item, "unit"));
    for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
      put_number (publishing, cd_record_number (item, figures[i], NAN));
    for (int i = 0; i < 2; i++) {
      const cJSON *bound = cJSON_GetArrayItem (interval, i);
      put_number (publishing, cJSON_IsNumber (bound) ? bound->valuedouble : NAN);
    }
    put_text (publishing, cd_record_string (item, "conclusion"));
    end_row (publishing);
    add_evidence (publishing, record, REPRODUCTIONS, places);
  }
}

static void
add_work (Publishing *publishing, const CdPublished *work)
{
  const char *texts[] = { work->name, work->page, work->repository, work->subdir, work->note, work->failure };
  begin_row (publishing, WORKS);
  put_count (publishing, ++publishing->last[WORKS]);
  put_id (publishing, work->record != NULL ? work->rank : 0);
  put_id (publishing, work->record != NULL ? work->best : 0);
  put_id (publishing, work->record != NULL ? work->worst : 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    put_text (publishing, texts[i]);
  if (work->record != NULL)
    add_score (publishing, work->record);
  end_row (publishing);
  if (work->record == NULL)
    return;
  for (guint i = 0; i < work->record->dimensions->len; i++) {
    const CdRecordDimension *dimension = &g_array_index (work->record->dimensions, CdRecordDimension, i);
    begin_row (publishing, DIMENSIONS);
    put_count (publishing, publishing->last[WORKS]);
    put_text (publishing, dimension->id);
    put_text (publishing, dimension->name);
    put_count (publishing, dimension->points);
    put_count (publishing, dimension->of);
    end_row (publishing);
  }
  sqlite3_int64 before = publishing->last[CLAIMS];
  add_verdicts (publishing, work->record);
  add_teachers (publishing, work->record);
  add_claims (publishing, work->record);
  add_reproductions (publishing, work->record, before);
}

static void
publishing_clear (Publishing *publishing)
{
  for (guint i = 0; i < TABLES; i++)
    sqlite3_finalize (publishing->inserts[i]);
  sqlite3_close (publishing->database);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Publishing, publishing_clear)

static gboolean
begin (Publishing *publishing)
{
  if (sqlite3_open_v2 (":memory:", &publishing->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK
      || sqlite3_exec (publishing->database, tables, NULL, NULL, NULL) != SQLITE_OK)
    return FALSE;
  for (guint i = 0; i < TABLES; i++) {
    g_autoptr (GString) insert = g_string_new (NULL);
    g_string_append_printf (insert, "INSERT INTO %s VALUES (?", layout[i].name);
    for (guint k = 1; k < layout[i].columns; k++)
      g_string_append (insert, ",?");
    g_string_append_c (insert, ')');
    if (sqlite3_prepare_v2 (publishing->database, insert->str, -1, &publishing->inserts[i], NULL) != SQLITE_OK)
      return FALSE;
  }
  return TRUE;
}

GBytes *
cd_store_publish (const CdPublished *works, guint length, GError **error)
{
  g_auto (Publishing) publishing = { 0 };
  gboolean good = begin (&publishing);
  for (guint i = 0; good && i < length; i++)
    add_work (&publishing, &works[i]);
  good = good && !publishing.failed && sqlite3_exec (publishing.database, indexes, NULL, NULL, NULL) == SQLITE_OK;
  sqlite3_int64 size = 0;
  unsigned char *bytes = good ? sqlite3_serialize (publishing.database, "main", &size, 0) : NULL;
  if (bytes != NULL)
    return g_bytes_new_with_free_func (bytes, (gsize) size, sqlite3_free, bytes);
  g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "the public database cannot be made: %s", sqlite3_errmsg (publishing.database));
  return NULL;
}
