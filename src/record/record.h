/* An audit as it was written: its JSON read back. Gate, differences, pages, store and leaderboard know audits as records alone, so that a file of last
 * year and the audit of this minute are the same to them.
 * Ownership: a record owns its JSON tree; every string and cJSON object in its structs is borrowed from that tree and lives as long as the record. A
 * record does not change once it is read. */
#pragma once
#include <cjson/cJSON.h>
#include <glib.h>

typedef struct {
  const char *path; /* "" for a statement about the whole tree */
  guint line, end;  /* 1-based; 0: the file as a whole */
  const char *blob; /* NULL unknown */
  const char *says; /* NULL none */
} CdRecordPlace;

typedef struct {
  const char *id, *name;
  guint points, of;
} CdRecordDimension;

typedef struct {
  const char *id, *question, *basis, *why;
  gboolean yes;
  guint points, of;
  double certainty; /* 0 … 1 */
  gboolean settled; /* a careful reader would most likely give the same answer */
  GArray *evidence; /* CdRecordPlace */
  const cJSON *json;
} CdRecordVerdict;

typedef struct {
  const char *model, *provider, *disclosure, *confidence; /* provider may be NULL */
  GArray *evidence;                                       /* CdRecordPlace */
  const cJSON *json;
} CdRecordTeacher;

typedef struct {
  cJSON *json; /* all of it */
  const char *tool_version, *rubric, *rubric_version, *rubric_sha256, *knowledge_sha256;
  const char *commit, *subdir;
  const char *date, *remote, *manifest; /* date ("YYYY-MM-DD") of the commit; each may be NULL */
  guint total, of, settled, unsettled, likely[2];
  double expected;
  GArray *dimensions; /* CdRecordDimension, in the rubric's order */
  const char *openness;
  GPtrArray *approach; /* const char* */
  GPtrArray *verdicts; /* CdRecordVerdict*, in the rubric's order */
  const char *label;   /* of distillation */
  GPtrArray *teachers; /* CdRecordTeacher* */
} CdRecord;

/* Read an audit's JSON (schema "candor-audit/1"). name is what messages call it. NULL with CD_ERROR_INPUT, naming line and column where it is no JSON, and
 * the key where it is no audit. */
CdRecord *cd_record_read (const char *text, gsize length, const char *name, GError **error);
/* The same for a file, with CD_ERROR_INPUT where it cannot be read. */
CdRecord *cd_record_load (const char *path, GError **error);
void cd_record_free (CdRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdRecord, cd_record_free)

/* What an audit calls a model that documents tell of without a name. */
#define CD_RECORD_UNNAMED "unnamed"

/* Certain enough to be held against silence, as the audit decides it: shown directly, with high confidence, and not hinted at in documents. That a
 * model was used which is not named is told by the documents themselves. Where this is FALSE and the documents do not name the teacher, it is a lead for
 * a reader, and nobody is to be said not to mention it. */
gboolean cd_record_teacher_is_certain (const CdRecordTeacher *teacher);
/* What it was used for, to stand before "with gpt-4o": "generation", "training data checked", "training rewards scored" (cd_teaches_use). Static. */
const char *cd_record_teacher_use (const CdRecordTeacher *teacher);
/* TRUE where a document names a teacher that is not disclosed, though beside results only if it is certain: it is not to be called unmentioned. */
gboolean cd_record_teacher_is_named (const CdRecordTeacher *teacher);
/* TRUE where the documents tell of a model that made training data, and do not name it. */
gboolean cd_record_teacher_is_unnamed (const CdRecordTeacher *teacher);
/* What pages call a model: its name, or "a model that is not named". Borrowed. */
const char *cd_record_model_words (const char *model);

/* The verdict on a criterion; NULL where the rubric has none of that id. Borrowed. */
const CdRecordVerdict *cd_record_verdict (const CdRecord *record, const char *id);

/* Parts of the JSON that have no struct (claims, commands, risks …): by keys from the root, such as "commands.training". The list or object, or NULL. */
const cJSON *cd_record_part (const CdRecord *record, const char *keys);
/* What an object holds under key: a string, NULL where there is none; a number, fallback where there is none; TRUE only for true. Borrowed. */
const char *cd_record_string (const cJSON *object, const char *key);
double cd_record_number (const cJSON *object, const char *key, double fallback);
gboolean cd_record_true (const cJSON *object, const char *key);
/* The places under key ("evidence"). Free with g_array_unref. */
GArray *cd_record_places (const cJSON *object, const char *key);
/* The place that an object is, or says of itself (commands have path and line). */
CdRecordPlace cd_record_place (const cJSON *object);
/* Where a forge shows a place of the audited commit ("https://github.com/owner/name/blob/COMMIT/path#L3-L5"); NULL where the record has no remote on
 * a known forge. Caller frees. */
char *cd_record_link (const CdRecord *record, const CdRecordPlace *place);

/* The same audit without anything that quotes the repository: texts of commands, titles of sections, captions. Locations, ids, names and figures stay.
 * New JSON text; caller frees. */
char *cd_record_without_excerpts (const CdRecord *record);
