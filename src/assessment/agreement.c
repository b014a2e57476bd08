/* Assessments set side by side: who the readers are, which answers stand for the same question of the same work, where they differ and what their totals
 * are. The figures are statistics/agreement.c's. */
#include "assessment/agreement.h"
#include "base/error.h"
#include <math.h>
#include <string.h>

#define SHOWN_COMMIT 12

/* Every answer at its place: [(criterion * works + work) * readers + reader]. */
typedef struct {
  const CdRubric *rubric;
  CdAgreement *agreement; /* has the responses */
  guint criteria, works, readers;
  signed char *ratings; /* of responses, as cd_kappa_measure takes them */
} Table;

static void
table_clear (Table *table)
{
  g_free (table->ratings);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void
disagreement_free (gpointer data)
{
  CdDisagreement *disagreement = data;
  g_array_unref (disagreement->answers);
  g_free (disagreement);
}

void
cd_agreement_free (CdAgreement *agreement)
{
  if (agreement == NULL)
    return;
  g_ptr_array_unref (agreement->readers);
  g_ptr_array_unref (agreement->works);
  g_array_unref (agreement->criteria);
  g_ptr_array_unref (agreement->disagreements);
  g_array_unref (agreement->totals);
  g_array_unref (agreement->kinds);
  g_array_unref (agreement->answered);
  g_ptr_array_unref (agreement->samples);
  g_array_unref (agreement->trust);
  g_ptr_array_unref (agreement->versions);
  g_ptr_array_unref (agreement->adjudicators);
  g_free (agreement->responses);
  g_free (agreement->adjudicated);
  g_free (agreement);
}

static CdAgreement *
agreement_new (void)
{
  CdAgreement *agreement = g_new0 (CdAgreement, 1);
  agreement->readers = g_ptr_array_new_with_free_func (g_free);
  agreement->works = g_ptr_array_new_with_free_func (g_free);
  agreement->criteria = g_array_new (FALSE, TRUE, sizeof (CdKappa));
  agreement->disagreements = g_ptr_array_new_with_free_func (disagreement_free);
  agreement->totals = g_array_new (FALSE, TRUE, sizeof (guint));
  agreement->kinds = g_array_new (FALSE, TRUE, sizeof (CdReaderKind));
  agreement->answered = g_array_new (FALSE, TRUE, sizeof (guint));
  agreement->samples = g_ptr_array_new ();
  agreement->trust = g_array_new (FALSE, TRUE, sizeof (CdTrust));
  agreement->versions = g_ptr_array_new ();
  agreement->adjudicators = g_ptr_array_new_with_free_func (g_free);
  agreement->difference = NAN;
  return agreement;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Persons before models, then by name. */
static gint
compare_readers (gconstpointer a, gconstpointer b)
{
  const CdAssessment *x = *(const CdAssessment *const *) a, *y = *(const CdAssessment *const *) b;
  return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : strcmp (x->assessor, y->assessor);
}

static int
compare_place (const CdAssessment *x, const CdAssessment *y)
{
  int commit = strcmp (x->commit, y->commit);
  return commit != 0 ? commit : strcmp (x->subdir, y->subdir);
}

/* By commit and subdir, and of these by name: the first of each work names it. */
static gint
compare_trees (gconstpointer a, gconstpointer b)
{
  const CdAssessment *x = *(const CdAssessment *const *) a, *y = *(const CdAssessment *const *) b;
  int place = compare_place (x, y);
  return place != 0 ? place : strcmp (x->work, y->work);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  const CdAssessment *x = *(const CdAssessment *const *) a, *y = *(const CdAssessment *const *) b;
  int name = strcmp (x->work, y->work);
  return name != 0 ? name : compare_place (x, y);
}

static void
add_once (GPtrArray *texts, const char *text, gboolean copy)
{
  if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, copy ? g_strdup (text) : (gpointer) text);
}

/* Those of assessments that are, or are not, adjudications, in the order of compare. */
static GPtrArray *
sorted (const GPtrArray *assessments, gboolean adjudications, GCompareFunc compare)
{
  GPtrArray *list = g_ptr_array_new ();
  for (guint i = 0; i < assessments->len; i++) {
    const CdAssessment *assessment = assessments->pdata[i];
    if ((assessment->kind == CD_READER_ADJUDICATION) == adjudications)
      g_ptr_array_add (list, assessments->pdata[i]);
  }
  g_ptr_array_sort (list, compare);
  return list;
}

static void
name_readers (CdAgreement *agreement, const GPtrArray *assessments)
{
  g_autoptr (GPtrArray) list = sorted (assessments, FALSE, compare_readers);
  for (guint i = 0; i < list->len; i++) {
    const CdAssessment *assessment = list->pdata[i];
    if (i > 0 && compare_readers (&list->pdata[i - 1], &list->pdata[i]) == 0)
      continue;
    const char *mark = assessment->kind == CD_READER_MODEL ? " (model)" : "";
    g_ptr_array_add (agreement->readers, g_strconcat (assessment->assessor, mark, NULL));
    g_array_append_val (agreement->kinds, assessment->kind);
  }
}

static void
name_works (CdAgreement *agreement, const GPtrArray *assessments)
{
  g_autoptr (GPtrArray) list = sorted (assessments, FALSE, compare_trees);
  for (guint i = 0; i < list->len; i++)
    if (i == 0 || compare_place (list->pdata[i - 1], list->pdata[i]) != 0)
      g_ptr_array_add (agreement->samples, list->pdata[i]);
  g_ptr_array_sort (agreement->samples, compare_names);
  for (guint i = 0; i < agreement->samples->len; i++) {
    const CdAssessment *sample = agreement->samples->pdata[i];
    const char *slash = *sample->subdir != '\0' ? "/" : "";
    g_ptr_array_add (agreement->works, g_strconcat (sample->work, slash, sample->subdir, "@", sample->commit, NULL));
  }
}

static void
name_others (CdAgreement *agreement, const GPtrArray *assessments)
{
  for (guint i = 0; i < assessments->len; i++) {
    const CdAssessment *assessment = assessments->pdata[i];
    add_once (agreement->versions, assessment->version, FALSE);
    if (assessment->kind == CD_READER_ADJUDICATION)
      add_once (agreement->adjudicators, assessment->assessor, TRUE);
  }
  g_ptr_array_sort (agreement->versions, compare_texts);
  g_ptr_array_sort (agreement->adjudicators, compare_texts);
}

static const char *
file_of (const CdAssessment *assessment)
{
  return assessment->file != NULL ? assessment->file : assessment->assessor;
}

static gboolean
check (const CdRubric *rubric, const GPtrArray *assessments, GError **error)
{
  for (guint i = 0; i < assessments->len; i++) {
    const CdAssessment *assessment = assessments->pdata[i];
    if (strcmp (assessment->rubric, cd_rubric_id (rubric)) == 0)
      continue;
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s answers the questions of the rubric \"%s\", not of \"%s\"", file_of (assessment),
                 assessment->rubric, cd_rubric_id (rubric));
    return FALSE;
  }
  return TRUE;
}

/* The place in a sorted list's numbering of what compares as equal. */
static guint
work_of (const CdAgreement *agreement, const CdAssessment *assessment)
{
  guint work = 0;
  while (work < agreement->samples->len && compare_place (agreement->samples->pdata[work], assessment) != 0)
    work++;
  return work;
}

static guint
reader_of (const CdAgreement *agreement, const CdAssessment *assessment)
{
  g_autofree char *name = g_strconcat (assessment->assessor, assessment->kind == CD_READER_MODEL ? " (model)" : "", NULL);
  for (guint i = 0; i < agreement->readers->len; i++)
    if (g_array_index (agreement->kinds, CdReaderKind, i) == assessment->kind && strcmp (agreement->readers->pdata[i], name) == 0)
      return i;
  return agreement->readers->len;
}

static gboolean
fail_twice (const CdAssessment *first, const CdAssessment *second, GError **error)
{
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s and %s are both %s's answers to %s at %.*s: a reader answers a work once", file_of (first),
               file_of (second), second->assessor, second->work, SHOWN_COMMIT, second->commit);
  return FALSE;
}

static gsize
place_of (const CdAgreement *agreement, guint criterion, guint work)
{
  return (gsize) criterion * agreement->works->len + work;
}

const CdResponse *
cd_agreement_response (const CdAgreement *agreement, guint criterion, guint work, guint reader)
{
  return agreement->responses[place_of (agreement, criterion, work) * agreement->readers->len + reader];
}

const CdResponse *
cd_agreement_adjudicated (const CdAgreement *agreement, guint criterion, guint work)
{
  return agreement->adjudicated[place_of (agreement, criterion, work)];
}

/* Sets an assessment's answers at their places. */
static void
enter (Table *table, const CdAssessment *assessment, guint work, guint reader)
{
  for (guint c = 0; c < table->criteria; c++) {
    const CdResponse *response = cd_assessment_find (assessment, cd_rubric_criterion (table->rubric, c)->id);
    if (response == NULL)
      continue;
    gsize place = place_of (table->agreement, c, work);
    if (assessment->kind != CD_READER_ADJUDICATION)
      table->agreement->responses[place * table->readers + reader] = response;
    else if (response->answer != CD_ANSWER_LATER)
      table->agreement->adjudicated[place] = response;
  }
}

/* FALSE where a reader answered a work twice. */
static gboolean
fill (Table *table, const GPtrArray *assessments, GError **error)
{
  g_autofree const CdAssessment **seen = g_new0 (const CdAssessment *, (gsize) table->works * table->readers + 1);
  for (guint i = 0; i < assessments->len; i++) {
    const CdAssessment *assessment = assessments->pdata[i];
    guint work = work_of (table->agreement, assessment), reader = reader_of (table->agreement, assessment);
    if (work == table->works)
      continue; /* an adjudication of what nobody here has read */
    if (assessment->kind != CD_READER_ADJUDICATION) {
      const CdAssessment **place = &seen[(gsize) work * table->readers + reader];
      if (*place != NULL)
        return fail_twice (*place, assessment, error);
      *place = assessment;
    }
    enter (table, assessment, work, reader);
  }
  return TRUE;
}

static gboolean
table_init (Table *table, const CdRubric *rubric, CdAgreement *agreement, const GPtrArray *assessments, GError **error)
{
  *table = (Table){ .rubric = rubric,
                    .agreement = agreement,
                    .criteria = cd_rubric_length (rubric),
                    .works = agreement->works->len,
                    .readers = agreement->readers->len };
  gsize questions = (gsize) table->criteria * table->works, cells = questions * table->readers;
  agreement->responses = g_new0 (const CdResponse *, cells + 1);
  agreement->adjudicated = g_new0 (const CdResponse *, questions + 1);
  table->ratings = g_new (signed char, cells + 1);
  if (!fill (table, assessments, error))
    return FALSE;
  for (gsize i = 0; i < cells; i++) {
    const CdResponse *response = agreement->responses[i];
    table->ratings[i] = response == NULL || response->answer == CD_ANSWER_LATER ? -1 : response->answer == CD_ANSWER_YES ? 1 : 0;
  }
  return TRUE;
}

static void
measure_kappas (const Table *table, CdAgreement *agreement)
{
  guint questions = table->criteria * table->works;
  g_autofree guint *cluster = g_new (guint, (gsize) questions + 1);
  for (guint i = 0; i < questions; i++)
    cluster[i] = i % table->works;
  agreement->overall = cd_kappa_measure (table->ratings, questions, table->readers, cluster, table->works);
  for (guint c = 0; c < table->criteria; c++) {
    const signed char *ratings = table->ratings + (gsize) c * table->works * table->readers;
    CdKappa kappa = cd_kappa_measure (ratings, table->works, table->readers, cluster, table->works);
    g_array_append_val (agreement->criteria, kappa);
  }
}

static void
add_disagreement (CdAgreement *agreement, guint work, guint criterion)
{
  CdDisagreement *disagreement = g_new0 (CdDisagreement, 1);
  disagreement->work = work;
  disagreement->criterion = criterion;
  disagreement->answers = g_array_new (FALSE, FALSE, sizeof (CdAnswer));
  for (guint r = 0; r < agreement->readers->len; r++) {
    const CdResponse *response = cd_agreement_response (agreement, criterion, work, r);
    CdAnswer answer = response != NULL ? response->answer : CD_ANSWER_LATER;
    g_array_append_val (disagreement->answers, answer);
  }
  g_ptr_array_add (agreement->disagreements, disagreement);
}

static void
find_disagreements (const Table *table, CdAgreement *agreement)
{
  for (guint w = 0; w < table->works; w++)
    for (guint c = 0; c < table->criteria; c++) {
      const signed char *ratings = table->ratings + ((gsize) c * table->works + w) * table->readers;
      gboolean yes = FALSE, no = FALSE;
      for (guint r = 0; r < table->readers; r++) {
        yes |= ratings[r] > 0;
        no |= ratings[r] == 0;
      }
      if (yes && no)
        add_disagreement (agreement, w, c);
    }
}

static void
add_total (const Table *table, CdAgreement *agreement, guint reader, guint work)
{
  guint total = 0, answered = 0;
  for (guint c = 0; c < table->criteria; c++) {
    signed char rating = table->ratings[((gsize) c * table->works + work) * table->readers + reader];
    answered += rating >= 0 ? 1 : 0;
    total += rating > 0 ? cd_rubric_criterion (table->rubric, c)->points : 0;
  }
  total = answered == table->criteria ? total : G_MAXUINT;
  g_array_append_val (agreement->totals, total);
  g_array_append_val (agreement->answered, answered);
}

static void
measure_totals (const Table *table, CdAgreement *agreement)
{
  for (guint r = 0; r < table->readers; r++)
    for (guint w = 0; w < table->works; w++)
      add_total (table, agreement, r, w);
  const guint *totals = (const guint *) (gpointer) agreement->totals->data;
  double sum = 0;
  for (guint w = 0; w < table->works; w++)
    for (guint r = 0; r < table->readers; r++)
      for (guint other = 0; other < r; other++) {
        guint a = totals[r * table->works + w], b = totals[other * table->works + w];
        if (a == G_MAXUINT || b == G_MAXUINT)
          continue;
        sum += a > b ? a - b : b - a;
        agreement->pairs++;
      }
  agreement->difference = agreement->pairs > 0 ? sum / agreement->pairs : NAN;
}

/* The share of persons who gave the model's answer to one question; NAN where it or all of them gave none. */
static double
share_of_persons (const Table *table, const signed char *ratings, guint model)
{
  guint persons = 0, same = 0;
  for (guint r = 0; ratings[model] >= 0 && r < table->readers; r++) {
    gboolean counts = ratings[r] >= 0 && g_array_index (table->agreement->kinds, CdReaderKind, r) == CD_READER_PERSON;
    persons += counts ? 1 : 0;
    same += counts && ratings[r] == ratings[model] ? 1 : 0;
  }
  return persons > 0 ? (double) same / persons : NAN;
}

static void
measure_trust (const Table *table, CdAgreement *agreement, guint model)
{
  g_autofree double *sums = g_new0 (double, (gsize) table->works + 1);
  g_autofree guint *counts = g_new0 (guint, (gsize) table->works + 1);
  CdTrust trust = { .reader = model };
  double sum = 0;
  for (guint c = 0; c < table->criteria; c++)
    for (guint w = 0; w < table->works; w++) {
      double share = share_of_persons (table, table->ratings + ((gsize) c * table->works + w) * table->readers, model);
      if (isnan (share))
        continue;
      sums[w] += share;
      counts[w]++;
      sum += share;
      trust.questions++;
    }
  if (trust.questions == 0)
    return;
  trust.agreement = sum / trust.questions;
  trust.interval = cd_interval_clustered (sums, counts, table->works, CD_Z_95);
  g_array_append_val (agreement->trust, trust);
}

/* Why nothing can be compared: different works, or different questions. */
static void
fail_apart (const CdAgreement *agreement, GError **error)
{
  if (agreement->readers->len < 2)
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s%s%s; agreement takes two readers, and adjudications are none",
                 agreement->readers->len > 0 ? "all answers are " : "there is no reader's answer",
                 agreement->readers->len > 0 ? (const char *) agreement->readers->pdata[0] : "", agreement->readers->len > 0 ? "'s" : "");
  else if (agreement->works->len > 1)
    g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "no two readers answered a question of the same commit: %.*s of %s, %.*s of %s", SHOWN_COMMIT,
                 ((const CdAssessment *) agreement->samples->pdata[0])->commit, file_of (agreement->samples->pdata[0]), SHOWN_COMMIT,
                 ((const CdAssessment *) agreement->samples->pdata[1])->commit, file_of (agreement->samples->pdata[1]));
  else
    g_set_error_literal (error, CD_ERROR, CD_ERROR_INPUT, "no question was answered by two readers");
}

CdAgreement *
cd_agreement_measure (const CdRubric *rubric, const GPtrArray *assessments, GError **error)
{
  if (!check (rubric, assessments, error))
    return NULL;
  g_autoptr (CdAgreement) agreement = agreement_new ();
  name_readers (agreement, assessments);
  name_works (agreement, assessments);
  name_others (agreement, assessments);
  g_auto (Table) table = { 0 };
  if (!table_init (&table, rubric, agreement, assessments, error))
    return NULL;
  measure_kappas (&table, agreement);
  if (agreement->overall.subjects == 0) {
    fail_apart (agreement, error);
    return NULL;
  }
  find_disagreements (&table, agreement);
  measure_totals (&table, agreement);
  for (guint r = 0; r < table.readers; r++)
    if (g_array_index (agreement->kinds, CdReaderKind, r) == CD_READER_MODEL)
      measure_trust (&table, agreement, r);
  return g_steal_pointer (&agreement);
}
