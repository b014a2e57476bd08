/* One line of JSONL: its fields read, its predictions graded, its verdict written. */
#include "base/limits.h"
#include "base/text.h"
#include "cli/grade.h"
#include "documents/json.h"
#include <math.h>
#include <string.h>

#define MOST_PREDICTIONS 1024u
#define MOST_GOLDS 1024u
#define PASSED_FIELDS 16u
#define PASSED_BYTES 256u
#define ANSWER_BYTES 4096u
#define UNIT 1e9

static const char invalid[] = "no valid JSON";

/* What a line says. Values as text; several where the field is a list. */
typedef struct {
  GPtrArray *gold, *prediction, *response; /* char*; NULL: no such field */
  GString *passed;                         /* `,"id":7` and the like */
  guint passed_fields;
} Record;

static void
record_clear (Record *record)
{
  g_clear_pointer (&record->gold, g_ptr_array_unref);
  g_clear_pointer (&record->prediction, g_ptr_array_unref);
  g_clear_pointer (&record->response, g_ptr_array_unref);
  if (record->passed != NULL)
    g_string_free (record->passed, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

/* Controls that a terminal obeys: C1 and those that turn the direction of writing. */
static gboolean
is_control (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void
append_string (GString *out, const char *text, gsize length)
{
  g_autofree char *made = cd_text_is_utf8 (text, length) ? NULL : cd_text_to_utf8 (text, length);
  const char *at = made != NULL ? made : text, *end = made != NULL ? made + strlen (made) : text + length;
  g_string_append_c (out, '"');
  while (at < end) {
    const char *next = g_utf8_next_char (at);
    if (*at == '"' || *at == '\\')
      g_string_append_c (out, '\\');
    if (*at == '\n')
      g_string_append (out, "\\n");
    else if (is_control (g_utf8_get_char (at)))
      g_string_append_printf (out, "\\u%04x", g_utf8_get_char (at));
    else
      g_string_append_len (out, at, next - at);
    at = next;
  }
  g_string_append_c (out, '"');
}

static gboolean
is_json_number (const char *at, gsize length)
{
  const char *end = at + length;
  at += at < end && *at == '-' ? 1 : 0;
  const char *digits = at;
  while (at < end && g_ascii_isdigit (*at))
    at++;
  if (at == digits || (*digits == '0' && at - digits > 1))
    return FALSE;
  if (at < end && *at == '.') {
    digits = ++at;
    while (at < end && g_ascii_isdigit (*at))
      at++;
    if (at == digits)
      return FALSE;
  }
  if (at < end && (*at == 'e' || *at == 'E')) {
    at += at + 1 < end && (at[1] == '+' || at[1] == '-') ? 2 : 1;
    digits = at;
    while (at < end && g_ascii_isdigit (*at))
      at++;
    if (at == digits)
      return FALSE;
  }
  return at == end;
}

/* A short field is handed on as it is; the names of our own are not. */
static void
pass_on (Record *record, const char *key, const CdJsonReader *reader, CdJsonToken token)
{
  static const char *const own[] = { "line", "verdict", "score", "answer", "samples", "right", "column", "fault", NULL };
  if (g_strv_contains (own, key) || record->passed_fields == PASSED_FIELDS || reader->stop - reader->start > PASSED_BYTES
      || strlen (key) > PASSED_BYTES)
    return;
  const char *raw = reader->text + reader->start;
  gsize length = reader->stop - reader->start;
  g_string_append_c (record->passed, ',');
  append_string (record->passed, key, strlen (key));
  g_string_append_c (record->passed, ':');
  record->passed_fields++;
  if (token == CD_JSON_STRING) {
    g_autofree char *value = cd_json_value (reader);
    append_string (record->passed, value, strlen (value));
  } else if (token == CD_JSON_NUMBER && !is_json_number (raw, length))
    append_string (record->passed, raw, length);
  else if (token == CD_JSON_WORD && (*raw == 'N' || *raw == 'I' || *raw == '-')) /* NaN and infinities are Python's, not JSON's */
    g_string_append (record->passed, "null");
  else
    g_string_append_len (record->passed, raw, (gssize) length);
}

/* Appends the value of a token; a fault in words, or NULL. */
static const char *
take_value (CdJsonReader *reader, CdJsonToken token, GPtrArray *values, guint most)
{
  if (token == CD_JSON_OBJECT || token == CD_JSON_ARRAY)
    return token == CD_JSON_OBJECT ? "an object where text, a number or a list is expected" : "a list in a list";
  if (values->len == most)
    return "the list is too long";
  if (token == CD_JSON_WORD && reader->text[reader->start] == 'n')
    return NULL;
  g_ptr_array_add (values, cd_json_value (reader));
  return NULL;
}

static const char *
take_field (CdJsonReader *reader, CdJsonToken token, GPtrArray **field, guint most)
{
  g_clear_pointer (field, g_ptr_array_unref); /* of two fields with a name the last counts, as in Python and JavaScript */
  *field = g_ptr_array_new_with_free_func (g_free);
  if (token != CD_JSON_ARRAY)
    return take_value (reader, token, *field, most);
  while ((token = cd_json_next (reader)) != CD_JSON_ARRAY_END) {
    const char *fault = token == CD_JSON_ERROR || token == CD_JSON_END ? invalid : take_value (reader, token, *field, most);
    if (fault != NULL)
      return fault;
  }
  return NULL;
}

/* A fault in words, the reader standing at it; NULL where the line is as expected. */
static const char *
read_record (const CdGradeTask *task, CdJsonReader *reader, Record *record)
{
  CdJsonToken token = cd_json_next (reader);
  if (token != CD_JSON_OBJECT)
    return token == CD_JSON_ERROR ? invalid : "no JSON object";
  while ((token = cd_json_next (reader)) == CD_JSON_KEY) {
    g_autofree char *key = cd_json_value (reader);
    GPtrArray **field = strcmp (key, task->gold) == 0          ? &record->gold
                        : strcmp (key, task->predictions) == 0 ? &record->prediction
                        : strcmp (key, "response") == 0        ? &record->response
                                                               : NULL;
    token = cd_json_next (reader);
    const char *fault = NULL;
    if (token == CD_JSON_ERROR || token == CD_JSON_END)
      return invalid;
    if (field != NULL)
      fault = take_field (reader, token, field, field == &record->gold ? MOST_GOLDS : MOST_PREDICTIONS);
    else if (token == CD_JSON_OBJECT || token == CD_JSON_ARRAY)
      fault = cd_json_skip (reader) ? NULL : invalid;
    else
      pass_on (record, key, reader, token);
    if (fault != NULL)
      return fault;
  }
  if (token != CD_JSON_OBJECT_END)
    return invalid;
  token = cd_json_next (reader);
  return token != CD_JSON_END ? "something stands behind the object" : NULL;
}

/* The references as a grader takes them: one alone, several as a JSON list of strings. Caller frees. */
static char *
reference_of (const GPtrArray *golds)
{
  if (golds->len == 1)
    return g_strdup (golds->pdata[0]);
  GString *list = g_string_new ("[");
  for (guint i = 0; i < golds->len; i++) {
    if (i > 0)
      g_string_append_c (list, ',');
    append_string (list, golds->pdata[i], strlen (golds->pdata[i]));
  }
  return g_string_free (g_string_append_c (list, ']'), FALSE);
}

static void
grade_one (const CdGradeTask *task, const char *gold, const char *response, CdGrade *grade)
{
  if (task->tolerance >= 0)
    cd_grade_numeric_within (gold, response, task->tolerance, grade);
  else
    task->grader->grade (gold, response, grade);
}

static void
append_answer (GString *out, const char *answer)
{
  g_string_append (out, ",\"answer\":");
  if (answer == NULL) {
    g_string_append (out, "null");
    return;
  }
  gsize length = strlen (answer);
  if (length > ANSWER_BYTES)
    for (length = ANSWER_BYTES; length > ANSWER_BYTES - 4 && ((guchar) answer[length] & 0xC0) == 0x80; length--) {
    }
  append_string (out, answer, length);
}

static void
append_score (GString *out, double score)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_printf (out, ",\"score\":%s", g_ascii_formatd (digits, sizeof digits, "%.6g", score));
}

static void
count (CdGradeTally *tally, CdGradeVerdict verdict, double score)
{
  tally->verdicts[verdict]++;
  tally->score += (guint64) llround (score * UNIT);
  tally->squares += (guint64) llround (score * score * UNIT);
  tally->graded |= score > 0 && score < 1;
  if (tally->scores->len < CD_GRADE_SCORES)
    g_array_append_val (tally->scores, score);
}

/* Of several predictions the score is the mean; the line is right where all are. */
static void
grade_record (const CdGradeTask *task, guint64 line, const Record *record, GString *out, CdGradeTally *tally)
{
  g_autofree char *gold = record->gold == NULL || record->gold->len == 0 ? g_strdup ("") : reference_of (record->gold);
  const GPtrArray *said = record->prediction != NULL && record->prediction->len > 0 ? record->prediction : record->response;
  guint samples = said != NULL ? said->len : 0, right = 0, silent = 0, declined = 0;
  double score = 0;
  g_autofree char *answer = NULL;
  for (guint i = 0; i < MAX (samples, 1); i++) {
    g_auto (CdGrade) grade = { CD_GRADE_WRONG, 0, NULL };
    grade_one (task, gold, samples > 0 ? said->pdata[i] : "", &grade);
    score += grade.score / MAX (samples, 1);
    right += grade.verdict == CD_GRADE_RIGHT ? 1 : 0;
    silent += grade.verdict == CD_GRADE_NO_ANSWER ? 1 : 0;
    declined += grade.verdict == CD_GRADE_NOT_ATTEMPTED ? 1 : 0;
    if (answer == NULL)
      answer = g_steal_pointer (&grade.answer);
  }
  guint all = MAX (samples, 1);
  CdGradeVerdict verdict = right == all      ? CD_GRADE_RIGHT
                           : silent == all   ? CD_GRADE_NO_ANSWER
                           : declined == all ? CD_GRADE_NOT_ATTEMPTED
                                             : CD_GRADE_WRONG;
  score = right == all && !(score < 1 - 1e-9) ? 1 : score;
  count (tally, verdict, score);
  if (out == NULL)
    return;
  g_string_append_printf (out, "{\"line\":%" G_GUINT64_FORMAT ",\"verdict\":\"%s\"", line, cd_grade_verdict_name (verdict));
  append_score (out, score);
  append_answer (out, answer);
  if (samples > 1)
    g_string_append_printf (out, ",\"samples\":%u,\"right\":%u", samples, right);
  g_string_append_len (out, record->passed->str, (gssize) record->passed->len);
  g_string_append (out, "}\n");
}

static guint
column_of (const char *text, gsize position)
{
  guint column = 1;
  for (gsize i = 0; i < position; i++)
    column += ((guchar) text[i] & 0xC0) != 0x80 ? 1 : 0;
  return column;
}

static void
refuse (guint64 line, guint column, const char *what, GString *out, CdGradeTally *tally)
{
  tally->malformed++;
  if (tally->faults->len < CD_GRADE_FAULTS) {
    CdGradeFault *fault = g_new (CdGradeFault, 1);
    *fault = (CdGradeFault){ line, column, g_strdup (what) };
    g_ptr_array_add (tally->faults, fault);
  }
  if (out == NULL)
    return;
  g_string_append_printf (out, "{\"line\":%" G_GUINT64_FORMAT ",\"verdict\":\"malformed\",\"column\":%u,\"fault\":", line, column);
  append_string (out, what, strlen (what));
  g_string_append (out, "}\n");
}

/* What a well-formed line lacks, in words; NULL nothing. Caller frees. Tests that pass need no reference, and SQuAD's questions may have no answer. */
static char *
missing_field (const CdGradeTask *task, const Record *record)
{
  gboolean optional = strcmp (task->grader->id, "flag") == 0, may_be_empty = g_str_has_prefix (task->grader->id, "squad");
  if (!optional && (record->gold == NULL || (record->gold->len == 0 && !may_be_empty)))
    return g_strdup_printf ("there is no `%s`", task->gold);
  if (record->prediction == NULL && record->response == NULL)
    return g_strdup_printf ("there is neither `%s` nor `response`", task->predictions);
  return NULL;
}

void
cd_grade_line (const CdGradeTask *task, guint64 line, const char *text, gsize length, GString *out, CdGradeTally *tally)
{
  static const char mark[] = "\xEF\xBB\xBF"; /* a byte order mark is nothing of the text's */
  gsize start = line == 1 && length >= 3 && memcmp (text, mark, 3) == 0 ? 3 : 0;
  text += start;
  length -= start;
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length == 0)
    return;
  if (length > CD_LIMIT_LINE_BYTES) {
    g_autofree char *what = g_strdup_printf ("the line is longer than %u bytes", CD_LIMIT_LINE_BYTES);
    refuse (line, 1, what, out, tally);
    return;
  }
  const char *nul = memchr (text, '\0', length);
  if (nul != NULL) {
    refuse (line, column_of (text, (gsize) (nul - text)), "a NUL byte", out, tally);
    return;
  }
  g_auto (Record) record = { .passed = g_string_new (NULL) };
  CdJsonReader reader;
  cd_json_reader_init (&reader, text, 0, length, FALSE);
  const char *fault = read_record (task, &reader, &record);
  g_autofree char *missing = fault == NULL ? missing_field (task, &record) : NULL;
  if (fault != NULL || missing != NULL)
    refuse (line, missing != NULL ? 1 : column_of (text, fault == invalid ? reader.position : reader.start), missing != NULL ? missing : fault, out,
            tally);
  else
    grade_record (task, line, &record, out, tally);
}
