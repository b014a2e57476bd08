/* Reads a file of predictions: records from prediction-stream.c, taken apart by prediction-record.c, graded, and counted by prediction-tally.c. Which files are
 * predictions is prediction-tell.c's. */
#include "outputs/predictions.h"
#include "base/error.h"
#include "metrics/problem-text.h"
#include "outputs/prediction-grade.h"
#include "outputs/prediction-path.h"
#include "outputs/prediction-stream.h"
#include "outputs/prediction-tally.h"
#include <math.h>
#include <string.h>

#define FAULTS_KEPT 16u
#define TALLIES_MOST 256u /* benchmarks and models of one file; what is more goes to the first */
#define LABEL_BYTES 200u
/* From so many samples on: a flag that says the opposite of the grader for most of them means something else than right and wrong ("match": 0 for none differs). */
#define COMPARED_LEAST 20

typedef struct {
  gint benchmark;
  gboolean by_path; /* the path alone says so */
  char *task, *model, *variant;
  const CdGrader *grader;
  CdVerdicts verdicts;
  gboolean extracts; /* some prediction was not null: a null from there on is an answer that was not found */
  CdTally *tally;
  CdTally *by_grader;     /* CD_VERDICTS_FLAGGED: the same by the grader's verdicts alone */
  gint64 samples, graded; /* of the samples, those whose verdict is the grader's */
  gint64 flagged, flagged_right, compared, disagree, left_out;
} Part;

typedef struct {
  const CdPredictionFile *file;
  GPtrArray *parts; /* Part* in the order of their first records */
  GHashTable *by_name;
  gint path_benchmark;
  char *path_model;
  gint64 used, malformed; /* records */
  GArray *faults;
  guint64 problems;
} Reading;

static void
free_part (gpointer data)
{
  Part *part = data;
  cd_tally_free (part->tally);
  cd_tally_free (part->by_grader);
  g_free (part->task);
  g_free (part->model);
  g_free (part->variant);
  g_free (part);
}

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->parts, g_ptr_array_unref);
  g_clear_pointer (&reading->by_name, g_hash_table_unref);
  g_clear_pointer (&reading->faults, g_array_unref);
  g_clear_pointer (&reading->path_model, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

char *
cd_prediction_key (const char *question)
{
  g_autoptr (GString) normal = g_string_new (NULL);
  cd_problem_normalise (question, strlen (question), normal);
  const char *text = normal->len > 0 ? normal->str : question;
  char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  digest[32] = '\0'; /* 128 bits */
  return digest;
}

static void
note_fault (Reading *reading, guint64 line)
{
  guint32 at = (guint32) MIN (line, G_MAXUINT32);
  reading->malformed++;
  if (reading->faults->len < FAULTS_KEPT)
    g_array_append_val (reading->faults, at);
}

/* The benchmark that a record is of: told by the caller, by the record, by the path; *label where a name that is not known keeps it apart from others. */
static gint
benchmark_of (const Reading *reading, const CdPredictionRecord *record, const char **label, gboolean *by_path)
{
  const CdPredictionFile *file = reading->file;
  *label = NULL;
  *by_path = FALSE;
  if (file->benchmark != NULL)
    return file->benchmarks != NULL ? cd_benchmarks_find (file->benchmarks, file->benchmark) : -1;
  gint told = record->benchmark != NULL ? cd_prediction_label_benchmark (file->benchmarks, record->benchmark) : -1;
  if (told >= 0)
    return told;
  *by_path = reading->path_benchmark >= 0;
  if (reading->path_benchmark >= 0)
    return reading->path_benchmark;
  told = record->source != NULL ? cd_prediction_label_benchmark (file->benchmarks, record->source) : -1;
  if (told < 0 && record->benchmark != NULL && strlen (record->benchmark) <= LABEL_BYTES)
    *label = record->benchmark;
  return told;
}

static char *
task_of (const Reading *reading, gint benchmark, const char *label)
{
  if (label != NULL)
    return g_strdup (label);
  if (benchmark >= 0)
    return g_strdup (cd_benchmarks_at (reading->file->benchmarks, (guint) benchmark)->name);
  g_autofree char *base = g_path_get_basename (reading->file->path);
  char *dot = strrchr (base, '.');
  return dot != NULL && dot != base ? g_strndup (base, (gsize) (dot - base)) : g_steal_pointer (&base);
}

static Part *
new_part (const Reading *reading, const CdPredictionRecord *record, gint benchmark, const char *label, gboolean by_path)
{
  const CdPredictionFile *file = reading->file;
  const char *answer = benchmark >= 0 ? cd_benchmarks_at (file->benchmarks, (guint) benchmark)->answer : NULL;
  Part *part = g_new0 (Part, 1);
  part->benchmark = benchmark;
  part->by_path = by_path;
  part->task = task_of (reading, benchmark, label);
  part->model = g_strdup (record->model != NULL ? record->model : reading->path_model);
  part->variant = g_strdup (record->variant);
  part->verdicts = file->grader != NULL ? CD_VERDICTS_GRADED : cd_prediction_verdicts (answer);
  part->grader = file->grader != NULL ? cd_grader_find (file->grader) : cd_grader_for_answer (answer != NULL ? answer : "expression");
  if (part->verdicts == CD_VERDICTS_OWN)
    part->grader = NULL;
  part->tally = cd_tally_new (part->grader);
  part->by_grader = part->verdicts == CD_VERDICTS_FLAGGED ? cd_tally_new (part->grader) : NULL;
  return part;
}

static Part *
find_part (Reading *reading, const CdPredictionRecord *record)
{
  const char *label = NULL;
  gboolean by_path = FALSE;
  gint benchmark = benchmark_of (reading, record, &label, &by_path);
  g_autofree char *name
      = g_strdup_printf ("%d\n%s\n%.*s\n%.*s", benchmark, label != NULL ? label : "", (int) LABEL_BYTES, record->model != NULL ? record->model : "",
                         (int) LABEL_BYTES, record->variant != NULL ? record->variant : "");
  Part *part = g_hash_table_lookup (reading->by_name, name);
  if (part != NULL)
    return part;
  if (reading->parts->len == TALLIES_MOST)
    return reading->parts->pdata[0];
  part = new_part (reading, record, benchmark, label, by_path);
  g_ptr_array_add (reading->parts, part);
  g_hash_table_insert (reading->by_name, g_steal_pointer (&name), part);
  return part;
}

/* The references that count for a record: its own, or the benchmark file's. */
static GPtrArray *
golds_for (const Reading *reading, const CdPredictionRecord *record, const char *key)
{
  if (record->golds != NULL)
    return g_ptr_array_ref (record->golds);
  const char *gold = key != NULL && reading->file->references != NULL ? g_hash_table_lookup (reading->file->references, key) : NULL;
  if (gold == NULL)
    return NULL;
  GPtrArray *golds = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (golds, g_strdup (gold));
  return golds;
}

typedef struct {
  gint verdict, graded; /* 1, 0, -1 none; graded is the grader's */
  double score, graded_score;
  gboolean by_grader, flagged;
  char *answer;
} Outcome;

static Outcome
judge (Part *part, GPtrArray *golds, const CdSample *sample)
{
  part->extracts |= sample->prediction != NULL;
  CdPredictionGrade grade = cd_prediction_grade (part->grader, sample->golds != NULL ? sample->golds : golds, sample, part->extracts);
  Outcome outcome = { .answer = grade.answer, .graded = grade.graded, .graded_score = grade.score, .flagged = sample->verdict >= 0 };
  outcome.by_grader = grade.graded >= 0 && (part->verdicts == CD_VERDICTS_GRADED || !outcome.flagged);
  outcome.verdict = outcome.by_grader ? grade.graded : sample->verdict;
  outcome.score = outcome.by_grader ? grade.score : sample->graded;
  return outcome;
}

static void
count_sample (Part *part, gint64 problem, const CdSample *sample, const Outcome *outcome)
{
  CdTallySample counted = { .right = outcome->score,
                            .is_right = outcome->verdict == 1,
                            .answer = outcome->answer,
                            .by_grader = outcome->by_grader,
                            .tokens = sample->tokens,
                            .score = sample->score };
  cd_tally_add (part->tally, problem, &counted);
  gboolean compared = outcome->flagged && outcome->graded >= 0;
  part->samples++;
  part->graded += outcome->by_grader ? 1 : 0;
  part->flagged += outcome->flagged ? 1 : 0;
  part->flagged_right += outcome->flagged && sample->verdict == 1 ? 1 : 0;
  part->compared += compared ? 1 : 0;
  part->disagree += compared && outcome->graded != sample->verdict ? 1 : 0;
}

/* Beside the file's own verdicts: the grader's. */
static void
count_graded (Part *part, gint64 problem, const CdSample *sample, const Outcome *outcome)
{
  CdTallySample counted = { .right = outcome->graded_score,
                            .is_right = outcome->graded == 1,
                            .answer = outcome->answer,
                            .by_grader = TRUE,
                            .tokens = sample->tokens,
                            .score = sample->score };
  if (problem >= 0 && outcome->graded >= 0)
    cd_tally_add (part->by_grader, problem, &counted);
}

/* The record's problem in the part's tallies; -1 where there is no room for one more. */
static gint64
find_problem (Reading *reading, Part *part, const CdPredictionRecord *record, const char *key)
{
  guint64 room = reading->problems < CD_PROBLEMS_MOST ? 1 : 0, before = cd_tally_length (part->tally);
  gint64 problem = cd_tally_problem (part->tally, record, key, room);
  reading->problems += cd_tally_length (part->tally) - before;
  part->left_out += problem < 0 ? 1 : 0;
  if (part->by_grader != NULL && problem >= 0)
    cd_tally_problem (part->by_grader, record, key, room);
  return problem;
}

/* Samples that nothing tells right or wrong make the record useless as a whole; FALSE then. */
static gboolean
count_record (Reading *reading, Part *part, const CdPredictionRecord *record, const char *key)
{
  g_autoptr (GPtrArray) golds = golds_for (reading, record, key);
  guint count = record->samples->len;
  g_autofree Outcome *outcomes = g_new0 (Outcome, MAX (count, 1));
  gboolean told = count > 0;
  for (guint i = 0; i < count; i++) {
    outcomes[i] = judge (part, golds, &g_array_index (record->samples, CdSample, i));
    told &= outcomes[i].verdict >= 0;
  }
  gboolean one = record->single_verdict && record->verdict >= 0 && (!told || part->verdicts != CD_VERDICTS_GRADED);
  gint64 problem = told || one ? find_problem (reading, part, record, key) : -1;
  if (problem >= 0 && one) {
    CdSample whole = { .verdict = record->verdict, .tokens = NAN, .score = NAN };
    Outcome outcome = { .verdict = record->verdict, .graded = -1, .score = record->verdict, .flagged = TRUE };
    count_sample (part, problem, &whole, &outcome);
  }
  for (guint i = 0; i < count; i++) {
    const CdSample *sample = &g_array_index (record->samples, CdSample, i);
    if (problem >= 0 && !one)
      count_sample (part, problem, sample, &outcomes[i]);
    if (part->by_grader != NULL && !one)
      count_graded (part, problem, sample, &outcomes[i]);
    g_free (outcomes[i].answer);
  }
  return told || one;
}

/* What a record's place in an object says of it: its id, or its question where that is a sentence. */
static void
take_name (CdPredictionRecord *record, const char *name)
{
  if (name == NULL || *name == '\0')
    return;
  if (record->question == NULL && strchr (name, ' ') != NULL)
    record->question = g_strdup (name);
  else if (record->id == NULL)
    record->id = g_strdup (name);
}

static void
read_record (Reading *reading, const CdStreamRecord *at)
{
  CdPredictionRecord record = { 0 };
  gboolean sound = cd_prediction_record_read (at->text, at->length, CD_RECORD_OF_PREDICTIONS, reading->file->fields, &record);
  gboolean other = sound && !record.has_answer && at->name != NULL; /* a summary or settings beside the records */
  take_name (&record, at->name);
  gboolean used = FALSE;
  if (sound && record.has_answer) {
    g_autofree char *key = record.question != NULL ? cd_prediction_key (record.question) : NULL;
    used = count_record (reading, find_part (reading, &record), &record, key);
  }
  reading->used += used ? 1 : 0;
  if (!used && !other)
    note_fault (reading, at->line);
  cd_prediction_record_clear (&record);
}

/* A path's benchmark is dropped where there are clearly more problems than in any of its known sets. */
static gint
settle_benchmark (const Reading *reading, const Part *part, guint64 problems)
{
  if (part->benchmark < 0 || !part->by_path)
    return part->benchmark;
  const CdBenchmark *benchmark = cd_benchmarks_at (reading->file->benchmarks, (guint) part->benchmark);
  gint64 most = benchmark->problems;
  for (guint i = 0; benchmark->sizes != NULL && i < benchmark->sizes->len; i++)
    most = MAX (most, g_array_index (benchmark->sizes, gint64, i));
  return most > 0 && problems > (guint64) most + (guint64) most / 10 ? -1 : part->benchmark;
}

/* Words in common are no right answer: the figure is the mean of their F1. */
static void
take_f1 (CdFigure *figure)
{
  double sum = 0;
  for (guint i = 0; i < figure->problems->len; i++)
    sum += g_array_index (figure->problems, CdFigureProblem, i).score;
  figure->metric = (CdMetric){ CD_METRIC_F1, 0 };
  figure->value = figure->problems->len > 0 ? 100 * sum / figure->problems->len : figure->value;
}

static CdFigure *
make_figure (const Reading *reading, Part *part)
{
  CdFigure *figure = cd_figure_new (reading->file->path, reading->file->document);
  figure->by = CD_FIGURE_PREDICTIONS;
  figure->reader = "predictions";
  gboolean inverted = part->by_grader != NULL && part->compared >= COMPARED_LEAST && part->disagree > part->compared / 2;
  cd_tally_finish (inverted ? part->by_grader : part->tally, figure);
  figure->benchmark = settle_benchmark (reading, part, (guint64) figure->n);
  figure->task = g_steal_pointer (&part->task);
  figure->model = g_steal_pointer (&part->model);
  figure->conditions = part->variant != NULL ? g_strdup_printf ("filter=%s", part->variant) : NULL;
  figure->seed = cd_prediction_path_number (figure->path, "seed");
  figure->step = MAX (cd_prediction_path_number (figure->path, "checkpoint"), cd_prediction_path_number (figure->path, "global_step"));
  figure->grader = inverted || part->graded > part->samples / 2 ? part->grader->id : NULL;
  if (g_strcmp0 (figure->grader, "squad-f1") == 0)
    take_f1 (figure);
  figure->malformed = reading->malformed;
  figure->faults = reading->faults->len > 0 ? g_array_ref (reading->faults) : NULL;
  figure->flagged = part->flagged;
  figure->own = part->flagged > 0 ? 100.0 * (double) part->flagged_right / (double) part->flagged : 0;
  figure->disagree = part->disagree;
  figure->left_out = part->left_out;
  return figure;
}

static gboolean
fail_unknown (const char *path, const char *language, GError **error)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s: predictions are not read from %s files", path, *language != '\0' ? language : "such");
  return FALSE;
}

/* A file of which less than half can be used would give a figure of whatever happens to be readable. */
static gboolean
fail_useless (const Reading *reading, GError **error)
{
  gint64 records = reading->used + reading->malformed;
  g_autofree char *first = reading->faults->len > 0 ? g_strdup_printf (", the first at line %u", g_array_index (reading->faults, guint32, 0)) : NULL;
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT,
               "%s: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " records do not hold an answer together with a reference or a verdict%s",
               reading->file->path, reading->malformed, records, first != NULL ? first : "");
  return FALSE;
}

gboolean
cd_predictions_read (const CdPredictionFile *file, GInputStream *stream, GPtrArray *figures, GError **error)
{
  if (file->grader != NULL && cd_grader_find (file->grader) == NULL) {
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "%s: there is no grader \"%s\"", file->path, file->grader);
    return FALSE;
  }
  g_autoptr (CdRecordStream) records = cd_record_stream_new (stream, file->language);
  if (records == NULL)
    return fail_unknown (file->path, file->language, error);
  g_auto (Reading) reading = { .file = file, .parts = g_ptr_array_new_with_free_func (free_part) };
  reading.by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading.faults = g_array_new (FALSE, FALSE, sizeof (guint32));
  reading.path_benchmark = file->benchmarks != NULL ? cd_prediction_path_benchmark (file->benchmarks, file->path) : -1;
  reading.path_model = cd_prediction_path_model (file->path);
  CdStreamRecord record;
  CdStreamState state;
  while ((state = cd_record_stream_next (records, &record, error)) == CD_STREAM_RECORD || state == CD_STREAM_FAULT)
    if (state == CD_STREAM_RECORD)
      read_record (&reading, &record);
    else
      note_fault (&reading, record.line);
  if (state == CD_STREAM_ERROR) {
    g_prefix_error (error, "%s: ", file->path);
    return FALSE;
  }
  if (reading.used == 0 || reading.used < reading.malformed)
    return fail_useless (&reading, error);
  for (guint i = 0; i < reading.parts->len; i++)
    if (cd_tally_length (((Part *) reading.parts->pdata[i])->tally) > 0)
      g_ptr_array_add (figures, make_figure (&reading, reading.parts->pdata[i]));
  return TRUE;
}

CdPredictionFields
cd_prediction_fields_of (const CdYamlNode *fields)
{
  CdPredictionFields mapping = { 0 };
  const struct {
    const char *name, **field;
  } names[] = { { "question", &mapping.question }, { "gold", &mapping.gold },       { "prediction", &mapping.prediction },
                { "response", &mapping.response }, { "correct", &mapping.correct }, { "tokens", &mapping.tokens },
                { "score", &mapping.score },       { "id", &mapping.id },           { "category", &mapping.category } };
  for (guint i = 0; fields != NULL && i < G_N_ELEMENTS (names); i++)
    *names[i].field = cd_yaml_string (cd_yaml_get (fields, names[i].name));
  return mapping;
}

gint64
cd_prediction_references_add (GHashTable *references, GInputStream *stream, const char *language, GError **error)
{
  g_autoptr (CdRecordStream) records = cd_record_stream_new (stream, language);
  gint64 added = 0;
  CdStreamRecord at;
  CdStreamState state = CD_STREAM_END;
  while (records != NULL && g_hash_table_size (references) < CD_PROBLEMS_MOST
         && ((state = cd_record_stream_next (records, &at, error)) == CD_STREAM_RECORD || state == CD_STREAM_FAULT)) {
    CdPredictionRecord record = { 0 };
    if (state == CD_STREAM_RECORD && cd_prediction_record_read (at.text, at.length, CD_RECORD_OF_REFERENCES, NULL, &record) && record.question != NULL
        && record.golds != NULL) {
      char *key = cd_prediction_key (record.question);
      if (g_hash_table_contains (references, key))
        g_free (key);
      else {
        g_hash_table_insert (references, key, g_strdup (record.golds->pdata[0]));
        added++;
      }
    }
    cd_prediction_record_clear (&record);
  }
  return state == CD_STREAM_ERROR ? -1 : added;
}
