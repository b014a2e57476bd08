/* Readers' answers beside the rules': whose answer a verdict gets, how certain it is then, and what it rests on. Where a place stands in this tree is
 * places.c's; what an answer says about other questions rubric/certainty.c's. */
#include "assessment/places.h"
#include <math.h>
#include <string.h>

/* Certainty is how likely a careful reader gives the same answer. Of ten works that two persons read independently they answered 95.6 % of the questions
 * alike (250 answers; the second readings of the labels that certainties are measured on): so often a second one confirms what one person answered. */
#define ONE_PERSON 0.956
/* If two persons differ in 4.4 % of the answers, each errs in 2.25 % of them, and a third one confirms what two agree on in the rest: 97.75 %. */
#define TWO_PERSONS 0.98
/* Who adjudicates has read both sides: chosen, above what two readers reach on their own. */
#define ADJUDICATED 0.99
/* A model that nobody has compared with a person: chosen below what counts as settled, so that a person is still asked. */
#define UNMEASURED_MODEL 0.85
/* One reader is on the rules' side, one is against it: little more than a coin's toss is left, however sure of it or of the contrary the rules were. */
#define READERS_DIFFER 0.55
#define LEAST 0.5

#define MOST_EVIDENCE 4u /* as rules' verdicts have */
#define SAYS "assessed"

static gboolean
is_kind (const CdOpinion *opinion, CdReaderKind kind)
{
  return opinion->assessment->kind == kind;
}

const char *
cd_carried_name (CdCarried carried)
{
  static const char *const names[] = { "same-commit", "unchanged", "changed", "no-evidence" };
  return names[carried];
}

gboolean
cd_opinion_counts (const CdOpinion *opinion)
{
  return !is_kind (opinion, CD_READER_AUTHOR) && opinion->response->answer != CD_ANSWER_LATER
         && (opinion->carried == CD_CARRIED_SAME || opinion->carried == CD_CARRIED_UNCHANGED);
}

/* Every answer to a criterion; NULL without one. Caller unrefs. */
static GPtrArray *
opinions_of (CdPlaces *places, const GPtrArray *assessments, const char *criterion)
{
  GPtrArray *opinions = NULL;
  for (guint i = 0; i < assessments->len; i++) {
    const CdAssessment *assessment = assessments->pdata[i];
    const CdResponse *response = cd_assessment_find (assessment, criterion);
    if (response == NULL)
      continue;
    CdOpinion *opinion = g_new (CdOpinion, 1);
    *opinion = (CdOpinion){ assessment, response, cd_places_carry (places, assessment->commit, response) };
    if (opinions == NULL)
      opinions = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (opinions, opinion);
  }
  return opinions;
}

static void
add_counting (GPtrArray *found, const GPtrArray *opinions, CdReaderKind kind)
{
  for (guint i = 0; i < opinions->len; i++) {
    CdOpinion *opinion = opinions->pdata[i];
    if (cd_opinion_counts (opinion) && is_kind (opinion, kind))
      g_ptr_array_add (found, opinion);
  }
}

gboolean
cd_opinions_agree (const GPtrArray *opinions)
{
  for (guint i = 1; i < opinions->len; i++)
    if (((CdOpinion *) opinions->pdata[i])->response->answer != ((CdOpinion *) opinions->pdata[0])->response->answer)
      return FALSE;
  return TRUE;
}

GPtrArray *
cd_opinions_deciding (const GPtrArray *opinions)
{
  GPtrArray *found = g_ptr_array_new ();
  add_counting (found, opinions, CD_READER_ADJUDICATION);
  if (found->len > 0) {
    g_ptr_array_remove_range (found, 0, found->len - 1);
    return found;
  }
  add_counting (found, opinions, CD_READER_PERSON);
  guint persons = found->len;
  add_counting (found, opinions, CD_READER_MODEL);
  if (persons > 0 && cd_opinions_agree (found))
    g_ptr_array_set_size (found, (gint) persons);
  return found;
}

/* A model is measured against a person: it is never surer than one. */
static double
certainty_of_model (const CdAssessment *assessment)
{
  return isnan (assessment->agreement) ? UNMEASURED_MODEL : CLAMP (assessment->agreement, LEAST, ONE_PERSON);
}

/* Of opinions that decide and agree. */
static double
certainty_of (const GPtrArray *opinions)
{
  guint persons = 0;
  double models = LEAST;
  for (guint i = 0; i < opinions->len; i++) {
    const CdOpinion *opinion = opinions->pdata[i];
    if (is_kind (opinion, CD_READER_ADJUDICATION))
      return ADJUDICATED;
    if (is_kind (opinion, CD_READER_PERSON))
      persons++;
    else
      models = fmax (models, certainty_of_model (opinion->assessment));
  }
  return persons > 1 ? TWO_PERSONS : persons == 1 ? ONE_PERSON : models;
}

/* The first reason that was given, on one line. Caller frees. */
static char *
reason_of (const GPtrArray *opinions)
{
  for (guint i = 0; i < opinions->len; i++) {
    g_auto (GStrv) words = g_strsplit_set (((CdOpinion *) opinions->pdata[i])->response->reason, " \n\t", -1);
    g_autoptr (GString) line = g_string_new (NULL);
    for (guint k = 0; words[k] != NULL; k++)
      if (*words[k] != '\0')
        g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[k]);
    if (line->len > 0)
      return g_strdup (line->str);
  }
  return g_strdup ("no reason was given");
}

static void
add_place (GArray *evidence, const CdPlaces *places, const CdCitation *citation, guint index)
{
  const CdDocument *document = g_ptr_array_index (places->corpus->documents, index);
  guint lines = document->length > 0 ? document->lines->starts->len : G_MAXUINT;
  if (citation->line > lines)
    return;
  CdEvidence place = { index, citation->line, MIN (citation->end, lines), SAYS, 1 };
  for (guint i = 0; i < evidence->len; i++) {
    const CdEvidence *known = &g_array_index (evidence, CdEvidence, i);
    if (known->document == place.document && known->line == place.line && known->end == place.end)
      return;
  }
  g_array_append_val (evidence, place);
}

static void
add_evidence (GArray *evidence, CdPlaces *places, const CdOpinion *opinion)
{
  const GPtrArray *citations = opinion->response->evidence;
  for (guint i = 0; i < citations->len && evidence->len < MOST_EVIDENCE; i++) {
    guint index = cd_places_find (places, citations->pdata[i], opinion->carried == CD_CARRIED_SAME);
    if (index != G_MAXUINT)
      add_place (evidence, places, citations->pdata[i], index);
  }
}

/* The verdict becomes the readers'. What would earn it is the rubric's word where the rules had seen nothing missing. */
static void
take_answer (CdVerdict *verdict, CdPlaces *places, const CdCriterion *criterion, const CdVerdict *rules, const GPtrArray *opinions)
{
  verdict->yes = ((CdOpinion *) opinions->pdata[0])->response->answer == CD_ANSWER_YES;
  verdict->margin = verdict->yes ? fabs (rules->margin) : -fabs (rules->margin);
  verdict->certainty = certainty_of (opinions);
  verdict->basis = CD_BASIS_ASSESSED;
  verdict->rules = rules;
  g_free (verdict->why);
  verdict->why = reason_of (opinions);
  g_array_set_size (verdict->evidence, 0);
  for (guint i = 0; i < opinions->len; i++)
    add_evidence (verdict->evidence, places, opinions->pdata[i]);
  if (verdict->evidence->len == 0 && rules->yes == verdict->yes)
    g_array_append_vals (verdict->evidence, rules->evidence->data, rules->evidence->len);
  if (verdict->yes)
    g_ptr_array_set_size (verdict->missing, 0);
  else if (verdict->missing->len == 0 && criterion->fix != NULL)
    g_ptr_array_add (verdict->missing, g_strdup (criterion->fix));
}

static void
tell_difference (CdVerdict *verdict, const GPtrArray *opinions)
{
  GString *why = g_string_new ("readers differ (");
  for (guint i = 0; i < opinions->len; i++) {
    const CdOpinion *opinion = opinions->pdata[i];
    g_string_append_printf (why, "%s%s%s: %s", i > 0 ? ", " : "", opinion->assessment->assessor, is_kind (opinion, CD_READER_MODEL) ? " (model)" : "",
                            cd_answer_name (opinion->response->answer));
  }
  g_string_append_printf (why, "), so that the rules' answer stays: %s", verdict->why);
  g_free (verdict->why);
  verdict->why = g_string_free (why, FALSE);
}

/* TRUE where readers differ. */
static gboolean
merge_verdict (CdVerdict *verdict, CdPlaces *places, const CdCriterion *criterion, const CdVerdict *rules)
{
  if (verdict->opinions == NULL)
    return FALSE;
  g_autoptr (GPtrArray) opinions = cd_opinions_deciding (verdict->opinions);
  if (opinions->len == 0)
    return FALSE;
  if (cd_opinions_agree (opinions)) {
    take_answer (verdict, places, criterion, rules, opinions);
    return FALSE;
  }
  tell_difference (verdict, opinions);
  return TRUE;
}

static gboolean
fail (const CdAssessment *assessment, const CdResponse *response, GError **error, const char *what)
{
  g_autofree char *line = response != NULL && response->line > 0 ? g_strdup_printf (":%u", response->line) : NULL;
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s%s: %s", assessment->file != NULL ? assessment->file : "assessment", line != NULL ? line : "",
               what);
  return FALSE;
}

/* The same reader in two assessments: one is enough, and both would count as two readers who agree. */
static gboolean
check_reader (const CdAssessment *assessment, const CdAssessment *other, GError **error)
{
  if (assessment->kind != other->kind || strcmp (assessment->assessor, other->assessor) != 0)
    return TRUE;
  for (guint i = 0; i < assessment->responses->len; i++) {
    const CdResponse *response = assessment->responses->pdata[i], *known = cd_assessment_find (other, response->criterion);
    if (response->answer == CD_ANSWER_LATER || known == NULL || known->answer == CD_ANSWER_LATER)
      continue;
    g_autofree char *what = g_strdup_printf ("%s answers \"%s\" a second time, after %s:%u", assessment->assessor, response->criterion,
                                             other->file != NULL ? other->file : "assessment", known->line);
    return fail (assessment, response, error, what);
  }
  return TRUE;
}

/* "a/b" for "./a/b/"; "" for NULL. Caller frees. */
static char *
plain_folder (const char *subdir)
{
  g_auto (GStrv) parts = g_strsplit (subdir != NULL ? subdir : "", "/", -1);
  GString *plain = g_string_new (NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && strcmp (parts[i], ".") != 0)
      g_string_append_printf (plain, "%s%s", plain->len > 0 ? "/" : "", parts[i]);
  return g_string_free (plain, FALSE);
}

static gboolean
check_assessments (const CdRubric *rubric, const char *subdir, const GPtrArray *assessments, GError **error)
{
  g_autofree char *folder = plain_folder (subdir);
  for (guint i = 0; i < assessments->len; i++) {
    const CdAssessment *assessment = assessments->pdata[i];
    g_autofree char *its = plain_folder (assessment->subdir);
    g_autofree char *what = NULL;
    if (strcmp (assessment->rubric, cd_rubric_id (rubric)) != 0)
      what = g_strdup_printf ("the answers are to the rubric \"%s\", not to \"%s\"", assessment->rubric, cd_rubric_id (rubric));
    else if (strcmp (its, folder) != 0)
      what = g_strdup_printf ("the answers are about the folder \"%s\", the audit is of \"%s\"", its, folder);
    if (what != NULL)
      return fail (assessment, NULL, error, what);
    for (guint k = 0; k < i; k++)
      if (!check_reader (assessment, assessments->pdata[k], error))
        return FALSE;
  }
  return TRUE;
}

GPtrArray *
cd_assessment_merge (const CdRubric *rubric, const CdSnapshot *snapshot, const CdCorpus *corpus, const char *subdir, const GPtrArray *rules,
                     const GPtrArray *assessments, GError **error)
{
  if (!check_assessments (rubric, subdir, assessments, error))
    return NULL;
  g_auto (CdPlaces) places = { corpus, cd_snapshot_commit (snapshot), NULL };
  g_autoptr (GPtrArray) differing = g_ptr_array_new ();
  GPtrArray *merged = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_verdict_free);
  for (guint i = 0; i < rules->len; i++) {
    const CdVerdict *rule = rules->pdata[i];
    const CdCriterion *criterion = cd_rubric_criterion (rubric, rule->criterion);
    CdVerdict *verdict = cd_verdict_copy (rule);
    verdict->opinions = opinions_of (&places, assessments, criterion->id);
    if (merge_verdict (verdict, &places, criterion, rule))
      g_ptr_array_add (differing, verdict);
    g_ptr_array_add (merged, verdict);
  }
  cd_certainty_condition (rubric, merged);
  /* Whatever answers to other questions tell: here readers read, and differ. */
  for (guint i = 0; i < differing->len; i++) {
    CdVerdict *verdict = differing->pdata[i];
    verdict->certainty = CLAMP (verdict->certainty, 1 - READERS_DIFFER, READERS_DIFFER);
  }
  return merged;
}
