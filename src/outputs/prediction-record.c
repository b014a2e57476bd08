/* One pass over a record's bytes keeps where its known fields stand; then the values of those that have a role are read. No tree is built, whatever the
 * record holds. Which field means what is prediction-fields.c's. */
#include "outputs/prediction-record.h"
#include "base/text.h"
#include "documents/json.h"
#include "grading/math.h"
#include "outputs/prediction-literal.h"
#include <math.h>
#include <string.h>

#define FIELDS_MOST 256u
#define LIST_BYTES (1u << 16) /* of a list of verdicts that is written into a text */
#define LIST_DEPTH 2u         /* lists of lists are samples; deeper ones are something else */

typedef struct {
  gsize start, stop; /* of the value in the text */
} Span;

typedef struct {
  const char *text;
  GArray *names; /* CdFieldName */
  GArray *spans; /* Span, of the same index */
  gint roles[CD_ROLES];
} Fields;

static void
fields_clear (Fields *fields)
{
  g_clear_pointer (&fields->names, g_array_unref);
  g_clear_pointer (&fields->spans, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fields, fields_clear)

static guint
holds_of_number (const char *text, gsize length)
{
  char buffer[64];
  if (length >= sizeof buffer)
    return CD_HOLDS_NUMBER;
  memcpy (buffer, text, length);
  buffer[length] = '\0';
  double value = g_ascii_strtod (buffer, NULL);
  return value == 0 || value == 1 ? CD_HOLDS_VERDICT : value > 0 && value < 1 ? CD_HOLDS_FRACTION : CD_HOLDS_NUMBER;
}

/* A list written into a text: of truth values, or text as any other. */
static guint
holds_of_list (const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, MIN (length, LIST_BYTES));
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);
  guint holds = cd_prediction_literal (copy, CD_SAMPLES_MOST, elements) && elements->len > 0 ? 0 : CD_HOLDS_TEXT;
  for (guint i = 0; i < elements->len; i++) {
    const char *element = elements->pdata[i];
    holds |= element == NULL ? CD_HOLDS_NULL : cd_prediction_verdict (element, strlen (element)) >= 0 ? CD_HOLDS_VERDICT : CD_HOLDS_TEXT;
  }
  return holds;
}

static guint
holds_of_token (const CdJsonReader *json, CdJsonToken token)
{
  const char *at = json->text + json->start;
  gsize length = json->stop - json->start;
  if (token == CD_JSON_STRING && length > 0 && *at == '[')
    return holds_of_list (at, length);
  if (token == CD_JSON_STRING)
    return cd_prediction_verdict (at, length) >= 0 ? CD_HOLDS_VERDICT : CD_HOLDS_TEXT;
  if (token == CD_JSON_NUMBER)
    return holds_of_number (at, length);
  return *at == 't' || *at == 'f' ? CD_HOLDS_VERDICT : *at == 'n' ? CD_HOLDS_NULL : CD_HOLDS_NUMBER;
}

/* Behind the bracket of a list: what it holds. FALSE on a fault. */
static gboolean
skim_list (CdJsonReader *json, guint *holds)
{
  guint depth = json->depth;
  while (json->depth >= depth) {
    CdJsonToken token = cd_json_next (json);
    if (token == CD_JSON_ERROR || token == CD_JSON_END)
      return FALSE;
    if (token == CD_JSON_OBJECT) {
      *holds |= CD_HOLDS_OBJECT;
      if (!cd_json_skip (json))
        return FALSE;
    } else if (token == CD_JSON_ARRAY)
      *holds |= json->depth >= depth + LIST_DEPTH ? CD_HOLDS_DEEP : 0;
    else if (token != CD_JSON_ARRAY_END)
      *holds |= holds_of_token (json, token);
  }
  return TRUE;
}

/* A field's name and value behind the name's token; members of an object are fields too, one level down. FALSE on a fault. */
static gboolean
skim_field (Fields *fields, CdJsonReader *json, const CdFieldName *parent, gboolean all)
{
  CdFieldName name = { .name = json->text + json->start, .length = json->stop - json->start };
  if (parent != NULL) {
    name.parent = parent->name;
    name.parent_length = parent->length;
  }
  CdJsonToken token = cd_json_next (json);
  Span span = { json->start, json->stop };
  gboolean sound = token != CD_JSON_ERROR && token != CD_JSON_END;
  if (token == CD_JSON_OBJECT) {
    name.holds = CD_HOLDS_OBJECT;
    guint depth = json->depth;
    while (sound && json->depth >= depth) {
      token = cd_json_next (json);
      sound = token != CD_JSON_ERROR && token != CD_JSON_END;
      if (sound && token == CD_JSON_KEY && parent == NULL)
        sound = skim_field (fields, json, &name, all);
    }
  } else if (token == CD_JSON_ARRAY)
    sound = skim_list (json, &name.holds);
  else if (sound)
    name.holds = holds_of_token (json, token);
  if (token != CD_JSON_STRING)
    span.stop = json->position;
  if (token == CD_JSON_STRING)
    span = (Span){ span.start - 1, span.stop + 1 };
  if (sound && fields->names->len < FIELDS_MOST && (all || cd_prediction_knows_field (name.name, name.length))) {
    g_array_append_val (fields->names, name);
    g_array_append_val (fields->spans, span);
  }
  return sound;
}

/* Behind the brace of a record: its fields and their roles. FALSE on a fault. */
static gboolean
skim_record (Fields *fields, CdJsonReader *json, CdRecordContext context, const CdPredictionFields *mapping)
{
  guint depth = json->depth;
  fields->text = json->text;
  fields->names = g_array_new (FALSE, FALSE, sizeof (CdFieldName));
  fields->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  while (json->depth >= depth) {
    CdJsonToken token = cd_json_next (json);
    if (token == CD_JSON_ERROR || token == CD_JSON_END || (token == CD_JSON_KEY && !skim_field (fields, json, NULL, mapping != NULL)))
      return FALSE;
  }
  cd_prediction_roles ((const CdFieldName *) (gpointer) fields->names->data, fields->names->len, context, mapping, fields->roles);
  return TRUE;
}

static void
init_reader (CdJsonReader *json, const Fields *fields, gint field)
{
  const Span *span = &g_array_index (fields->spans, Span, field);
  cd_json_reader_init (json, fields->text, span->start, span->stop, FALSE);
}

static guint
holds_of_role (const Fields *fields, CdPredictionRole role)
{
  return fields->roles[role] >= 0 ? g_array_index (fields->names, CdFieldName, fields->roles[role]).holds : 0;
}

/* The plain values of a role's field, lists taken apart: char*, NULL for null. Empty without a field, or where it holds objects. */
static GPtrArray *
values_of (const Fields *fields, CdPredictionRole role, gboolean *list)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  if (fields->roles[role] < 0 || (holds_of_role (fields, role) & (CD_HOLDS_OBJECT | CD_HOLDS_DEEP)) != 0)
    return values;
  CdJsonReader json;
  init_reader (&json, fields, fields->roles[role]);
  for (CdJsonToken token; (token = cd_json_next (&json)) != CD_JSON_END && token != CD_JSON_ERROR && values->len <= CD_SAMPLES_MOST;) {
    if (list != NULL && token == CD_JSON_ARRAY)
      *list = TRUE;
    if (token != CD_JSON_STRING && token != CD_JSON_NUMBER && token != CD_JSON_WORD)
      continue;
    gboolean null = token == CD_JSON_WORD && json.text[json.start] == 'n';
    g_autofree char *value = null ? NULL : cd_json_value (&json);
    if (token == CD_JSON_STRING && cd_prediction_literal (value, CD_SAMPLES_MOST, values))
      continue;
    g_ptr_array_add (values, g_steal_pointer (&value));
  }
  return values;
}

/* A role's text for people and keys: valid UTF-8, lists and objects with their texts one behind the other. NULL without one. */
static char *
text_of (const Fields *fields, CdPredictionRole role)
{
  if (fields->roles[role] < 0)
    return NULL;
  CdJsonReader json;
  init_reader (&json, fields, fields->roles[role]);
  g_autoptr (GString) text = g_string_new (NULL);
  for (CdJsonToken token; (token = cd_json_next (&json)) != CD_JSON_END && token != CD_JSON_ERROR;) {
    gboolean null = token == CD_JSON_WORD && json.text[json.start] == 'n';
    if ((token != CD_JSON_STRING && token != CD_JSON_NUMBER && token != CD_JSON_WORD) || null)
      continue;
    g_autofree char *value = cd_json_value (&json);
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", value);
  }
  if (text->len == 0)
    return NULL;
  return cd_text_is_utf8 (text->str, text->len) ? g_strdup (text->str) : cd_text_to_utf8 (text->str, text->len);
}

char *
cd_prediction_gold (const char *text)
{
  const char *mark = NULL;
  for (const char *at = text; (at = strstr (at, "####")) != NULL; at += 4)
    mark = at + 4;
  if (mark != NULL)
    return g_strstrip (g_strdup (mark));
  char *answer = strstr (text, "\\boxed") != NULL || strstr (text, "\\fbox") != NULL ? cd_math_answer (text) : NULL;
  return answer != NULL ? answer : g_strdup (text);
}

/* A digest of image, choices and passage as the record has them. */
static char *
setting_of (const Fields *fields)
{
  static const CdPredictionRole roles[] = { CD_ROLE_IMAGE, CD_ROLE_CHOICES, CD_ROLE_PASSAGE };
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean any = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++) {
    gint field = fields->roles[roles[i]];
    if (field < 0 || g_array_index (fields->names, CdFieldName, field).holds == CD_HOLDS_NULL)
      continue;
    const Span *span = &g_array_index (fields->spans, Span, field);
    g_checksum_update (digest, (const guchar *) fields->text + span->start, (gssize) (span->stop - span->start));
    any = TRUE;
  }
  return any ? g_strdup (g_checksum_get_string (digest)) : NULL;
}

static GPtrArray *
golds_of (const Fields *fields)
{
  g_autoptr (GPtrArray) values = values_of (fields, CD_ROLE_GOLD, NULL);
  GPtrArray *golds = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < values->len; i++)
    if (values->pdata[i] != NULL && *(char *) values->pdata[i] != '\0')
      g_ptr_array_add (golds, cd_prediction_gold (values->pdata[i]));
  if (golds->len == 0)
    g_clear_pointer (&golds, g_ptr_array_unref);
  return golds;
}

static void
sample_clear (gpointer data)
{
  CdSample *sample = data;
  g_free (sample->prediction);
  g_free (sample->response);
  g_clear_pointer (&sample->golds, g_ptr_array_unref);
}

static CdSample
empty_sample (void)
{
  return (CdSample){ .verdict = -1, .graded = NAN, .tokens = NAN, .score = NAN };
}

static double
number_of (const char *value)
{
  char *end = NULL;
  double number = value != NULL ? g_ascii_strtod (value, &end) : NAN;
  return value != NULL && end != value && isfinite (number) ? number : NAN;
}

static void
set_verdict (CdSample *sample, const char *value)
{
  gint word = value != NULL ? cd_prediction_verdict (value, strlen (value)) : -1;
  double number = word >= 0 ? word : number_of (value);
  if (isnan (number) || number < 0 || number > 1)
    return;
  sample->graded = number;
  sample->verdict = number == 1 ? 1 : 0;
}

/* "completion_tokens" wherever it stands in the field. */
static void
add_usages (const Fields *fields, GArray *samples)
{
  CdJsonReader json;
  init_reader (&json, fields, fields->roles[CD_ROLE_TOKENS]);
  guint at = 0;
  for (CdJsonToken token; at < samples->len && (token = cd_json_next (&json)) != CD_JSON_END && token != CD_JSON_ERROR;) {
    gsize length = json.stop - json.start;
    const char *name = json.text + json.start;
    gboolean wanted = token == CD_JSON_KEY
                      && ((length == 17 && memcmp (name, "completion_tokens", 17) == 0) || (length == 13 && memcmp (name, "output_tokens", 13) == 0));
    if (!wanted || cd_json_next (&json) != CD_JSON_NUMBER)
      continue;
    g_autofree char *value = cd_json_value (&json);
    g_array_index (samples, CdSample, at++).tokens = number_of (value);
  }
}

/* Numbers of a role for each sample; nothing where there are not as many. */
static void
set_numbers (const Fields *fields, CdPredictionRole role, GArray *samples, gsize offset)
{
  g_autoptr (GPtrArray) values = values_of (fields, role, NULL);
  for (guint i = 0; values->len == samples->len && i < values->len; i++)
    *(double *) (gpointer) ((char *) &g_array_index (samples, CdSample, i) + offset) = number_of (values->pdata[i]);
}

/* Samples that are objects: {"content": …, "correctness": true}, or {"message": {"content": …}, "review": {…}}. */
static gboolean
read_sample (CdJsonReader *json, GArray *samples)
{
  g_auto (Fields) fields = { 0 };
  if (!skim_record (&fields, json, CD_RECORD_OF_SAMPLE, NULL))
    return FALSE;
  g_autoptr (GPtrArray) predictions = values_of (&fields, CD_ROLE_PREDICTION, NULL);
  g_autoptr (GPtrArray) responses = values_of (&fields, CD_ROLE_RESPONSE, NULL);
  g_autoptr (GPtrArray) verdicts = values_of (&fields, CD_ROLE_CORRECT, NULL);
  g_autoptr (GPtrArray) tokens = values_of (&fields, CD_ROLE_TOKENS, NULL);
  g_autoptr (GPtrArray) scores = values_of (&fields, CD_ROLE_SCORE, NULL);
  CdSample sample = empty_sample ();
  sample.prediction = predictions->len == 1 ? g_strdup (predictions->pdata[0]) : NULL;
  sample.unextracted = predictions->len == 1 && predictions->pdata[0] == NULL;
  sample.response = responses->len == 1 ? g_strdup (responses->pdata[0]) : NULL;
  sample.golds = golds_of (&fields);
  set_verdict (&sample, verdicts->len == 1 ? verdicts->pdata[0] : NULL);
  sample.tokens = tokens->len == 1 ? number_of (tokens->pdata[0]) : NAN;
  sample.score = scores->len == 1 ? number_of (scores->pdata[0]) : NAN;
  if (sample.prediction != NULL || sample.response != NULL || sample.verdict >= 0)
    g_array_append_val (samples, sample);
  else
    g_clear_pointer (&sample.golds, g_ptr_array_unref);
  return TRUE;
}

/* The objects in a field, lists and mappings of them taken apart. */
static gboolean
read_objects (const Fields *fields, GArray *samples)
{
  CdJsonReader json;
  init_reader (&json, fields, fields->roles[CD_ROLE_RESPONSE]);
  CdJsonToken token = cd_json_next (&json);
  CdJsonReader ahead = json;
  gboolean mapping = token == CD_JSON_OBJECT && cd_json_next (&ahead) == CD_JSON_KEY
                     && !cd_prediction_knows_field (ahead.text + ahead.start, ahead.stop - ahead.start) && cd_json_next (&ahead) == CD_JSON_OBJECT;
  if (token == CD_JSON_OBJECT && !mapping)
    return read_sample (&json, samples);
  while ((token = cd_json_next (&json)) != CD_JSON_END && samples->len <= CD_SAMPLES_MOST)
    if (token == CD_JSON_ERROR || (token == CD_JSON_OBJECT && !read_sample (&json, samples)))
      return FALSE;
  return TRUE;
}

static void
add_plain (CdPredictionRecord *record, GPtrArray *predictions, GPtrArray *responses, guint count)
{
  for (guint i = 0; i < count; i++) {
    CdSample sample = empty_sample ();
    sample.prediction = i < predictions->len ? g_strdup (predictions->pdata[i]) : NULL;
    sample.unextracted = i < predictions->len && predictions->pdata[i] == NULL;
    sample.response = i < responses->len ? g_strdup (responses->pdata[i]) : NULL;
    g_array_append_val (record->samples, sample);
  }
}

/* One verdict for each sample, one for them all, or one for a record that shows no sample. FALSE where the numbers do not go together. */
static gboolean
add_verdicts (CdPredictionRecord *record, const Fields *fields)
{
  gboolean list = FALSE;
  g_autoptr (GPtrArray) verdicts = values_of (fields, CD_ROLE_CORRECT, &list);
  guint count = record->samples->len;
  if (verdicts->len == 0)
    return TRUE;
  if (verdicts->len == 1 && count > 1) {
    CdSample whole = empty_sample ();
    set_verdict (&whole, verdicts->pdata[0]);
    record->single_verdict = TRUE;
    record->verdict = whole.verdict;
    return !list;
  }
  for (guint i = count; count <= 1 && i < verdicts->len; i++) {
    CdSample sample = empty_sample ();
    g_array_append_val (record->samples, sample);
  }
  if (verdicts->len != record->samples->len)
    return FALSE;
  for (guint i = 0; i < verdicts->len; i++)
    set_verdict (&g_array_index (record->samples, CdSample, i), verdicts->pdata[i]);
  return TRUE;
}

static gboolean
read_samples (CdPredictionRecord *record, const Fields *fields)
{
  g_autoptr (GPtrArray) predictions = values_of (fields, CD_ROLE_PREDICTION, NULL);
  g_autoptr (GPtrArray) responses = values_of (fields, CD_ROLE_RESPONSE, NULL);
  guint objects = holds_of_role (fields, CD_ROLE_RESPONSE) & CD_HOLDS_OBJECT;
  if (predictions->len > 0 && responses->len != predictions->len)
    g_ptr_array_set_size (responses, 0); /* an answer that was made of several */
  if (objects != 0 && !read_objects (fields, record->samples))
    return FALSE;
  if (objects != 0 && predictions->len == record->samples->len)
    for (guint i = 0; i < predictions->len; i++) {
      CdSample *sample = &g_array_index (record->samples, CdSample, i);
      g_free (sample->prediction);
      sample->prediction = g_strdup (predictions->pdata[i]);
    }
  if (objects == 0)
    add_plain (record, predictions, responses, MAX (predictions->len, responses->len));
  if (!add_verdicts (record, fields) || record->samples->len > CD_SAMPLES_MOST)
    return FALSE;
  if ((holds_of_role (fields, CD_ROLE_TOKENS) & CD_HOLDS_OBJECT) != 0)
    add_usages (fields, record->samples);
  else
    set_numbers (fields, CD_ROLE_TOKENS, record->samples, G_STRUCT_OFFSET (CdSample, tokens));
  set_numbers (fields, CD_ROLE_SCORE, record->samples, G_STRUCT_OFFSET (CdSample, score));
  return TRUE;
}

gboolean
cd_prediction_record_read (const char *text, gsize length, CdRecordContext context, const CdPredictionFields *mapping, CdPredictionRecord *record)
{
  *record = (CdPredictionRecord){ .verdict = -1 };
  record->samples = g_array_new (FALSE, FALSE, sizeof (CdSample));
  g_array_set_clear_func (record->samples, sample_clear);
  CdJsonReader json;
  cd_json_reader_init (&json, text, 0, length, FALSE);
  g_auto (Fields) fields = { 0 };
  if (cd_json_next (&json) != CD_JSON_OBJECT || !skim_record (&fields, &json, context, mapping) || cd_json_next (&json) != CD_JSON_END)
    return FALSE;
  record->question = text_of (&fields, CD_ROLE_QUESTION);
  record->id = text_of (&fields, CD_ROLE_ID);
  record->category = text_of (&fields, CD_ROLE_CATEGORY);
  record->benchmark = text_of (&fields, CD_ROLE_BENCHMARK);
  record->source = text_of (&fields, CD_ROLE_SOURCE);
  record->model = text_of (&fields, CD_ROLE_MODEL);
  record->variant = text_of (&fields, CD_ROLE_VARIANT);
  record->setting = setting_of (&fields);
  record->golds = golds_of (&fields);
  record->has_answer = fields.roles[CD_ROLE_PREDICTION] >= 0 || fields.roles[CD_ROLE_RESPONSE] >= 0 || fields.roles[CD_ROLE_CORRECT] >= 0;
  return context == CD_RECORD_OF_REFERENCES || read_samples (record, &fields);
}

void
cd_prediction_record_clear (CdPredictionRecord *record)
{
  g_free (record->question);
  g_free (record->id);
  g_free (record->category);
  g_free (record->benchmark);
  g_free (record->source);
  g_free (record->model);
  g_free (record->variant);
  g_free (record->setting);
  g_clear_pointer (&record->golds, g_ptr_array_unref);
  g_clear_pointer (&record->samples, g_array_unref);
  *record = (CdPredictionRecord){ 0 };
}
