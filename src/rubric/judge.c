/* From findings to verdicts: the answer, how far it is from flipping, what speaks for it, and what a reader should look at. */
#include "rubric/set.h"
#include <stdlib.h>
#include <string.h>

#define MOST_EVIDENCE 4u
#define MOST_HINTS 1u /* shown where nothing states the answer */
#define MOST_CANDIDATES 8u
#define MOST_NAMED 4u /* probes that `why` names of a kind */
#define MOST_MISSING 5u
#define PER_DOCUMENT 3u /* candidates of one document before those of others had their turn */

/* One criterion being judged. */
typedef struct {
  const CdProbes *probes;
  const CdFinding *findings;
  const CdCriterion *criterion;
  GArray *parts; /* CdPart, heaviest first */
} Case;

static gboolean
answer_of (guint probe, gconstpointer data)
{
  return ((const CdFinding *) data)[probe].yes;
}

/* Heaviest first, equal ones as in the file: few enough for an insertion sort, which is stable. */
static void
sort_parts (GArray *parts)
{
  for (guint i = 1; i < parts->len; i++) {
    CdPart part = g_array_index (parts, CdPart, i);
    guint at = i;
    for (; at > 0 && abs (g_array_index (parts, CdPart, at - 1).weight) < abs (part.weight); at--)
      g_array_index (parts, CdPart, at) = g_array_index (parts, CdPart, at - 1);
    g_array_index (parts, CdPart, at) = part;
  }
}

static const CdPart *
part_at (const Case *the_case, guint index)
{
  return &g_array_index (the_case->parts, CdPart, index);
}

static const CdFinding *
finding_of (const Case *the_case, const CdPart *part)
{
  return &the_case->findings[part->probe];
}

/* TRUE where the part's probe answered yes and so spoke for the answer (sign 1: yes). */
static gboolean
speaks (const Case *the_case, const CdPart *part, gboolean yes)
{
  return finding_of (the_case, part)->yes && (yes ? part->weight > 0 : part->weight < 0);
}

static gboolean
has_place (const GArray *evidence, const CdEvidence *place)
{
  for (guint i = 0; i < evidence->len; i++) {
    const CdEvidence *other = &g_array_index (evidence, CdEvidence, i);
    if (other->document == place->document && other->line == place->line)
      return TRUE;
  }
  return FALSE;
}

typedef struct {
  CdEvidence evidence;
  double worth; /* of the probe in the expression times of the place */
} Place;

/* Worth descending; then document and line, so that nothing depends on the order of equals. */
static int
compare_places (const void *a, const void *b)
{
  const Place *left = a, *right = b;
  if (left->worth > right->worth || left->worth < right->worth)
    return left->worth > right->worth ? -1 : 1;
  if (left->evidence.document != right->evidence.document)
    return left->evidence.document < right->evidence.document ? -1 : 1;
  return (left->evidence.line > right->evidence.line) - (left->evidence.line < right->evidence.line);
}

/* The best place of each probe that spoke for the answer, then each one's second place, and so on. */
static GArray *
gather_evidence (const Case *the_case, gboolean yes, guint most)
{
  GArray *evidence = g_array_new (FALSE, FALSE, sizeof (CdEvidence));
  g_autoptr (GArray) round = g_array_new (FALSE, FALSE, sizeof (Place));
  for (guint turn = 0; evidence->len < most; turn++) {
    g_array_set_size (round, 0);
    for (guint i = 0; i < the_case->parts->len; i++) {
      const CdPart *part = part_at (the_case, i);
      const GArray *found = finding_of (the_case, part)->evidence;
      if (!speaks (the_case, part, yes) || found == NULL || turn >= found->len)
        continue;
      Place place = { .evidence = g_array_index (found, CdEvidence, turn) };
      place.worth = place.evidence.weight * abs (part->weight);
      g_array_append_val (round, place);
    }
    if (round->len == 0)
      break;
    qsort (round->data, round->len, sizeof (Place), compare_places);
    for (guint i = 0; i < round->len && evidence->len < most; i++) {
      const Place *place = &g_array_index (round, Place, i);
      if (!has_place (evidence, &place->evidence))
        g_array_append_val (evidence, place->evidence);
    }
  }
  return evidence;
}

/* Every place of every probe of the expression, in turns, heaviest probe first; each place once. */
static GArray *
all_places (const Case *the_case)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (CdCandidate));
  gboolean more = TRUE;
  for (guint turn = 0; more; turn++) {
    more = FALSE;
    for (guint i = 0; i < the_case->parts->len; i++) {
      const CdPart *part = part_at (the_case, i);
      const GArray *found = finding_of (the_case, part)->evidence;
      if (part->weight == 0 || found == NULL || turn >= found->len)
        continue;
      more = TRUE;
      CdCandidate candidate = { .evidence = g_array_index (found, CdEvidence, turn), .for_yes = part->weight > 0 };
      g_array_append_val (places, candidate);
    }
  }
  return places;
}

static gboolean
is_candidate (const GArray *candidates, const CdEvidence *place, guint *of_document)
{
  *of_document = 0;
  for (guint i = 0; i < candidates->len; i++) {
    const CdEvidence *other = &g_array_index (candidates, CdCandidate, i).evidence;
    if (other->document != place->document)
      continue;
    if (other->line == place->line)
      return TRUE;
    ++*of_document;
  }
  return FALSE;
}

/* First what the evidence does not show yet, a few places a document; then more of the same documents; then the evidence itself. */
static GArray *
gather_candidates (const Case *the_case, const GArray *evidence)
{
  static const struct {
    gboolean shown;
    guint per_document;
  } passes[] = { { FALSE, PER_DOCUMENT }, { FALSE, G_MAXUINT }, { TRUE, G_MAXUINT } };
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (CdCandidate));
  g_autoptr (GArray) places = all_places (the_case);
  for (guint pass = 0; pass < G_N_ELEMENTS (passes); pass++)
    for (guint i = 0; i < places->len && candidates->len < MOST_CANDIDATES; i++) {
      const CdCandidate *place = &g_array_index (places, CdCandidate, i);
      guint of_document = 0;
      if (is_candidate (candidates, &place->evidence, &of_document) || of_document >= passes[pass].per_document
          || has_place (evidence, &place->evidence) != passes[pass].shown)
        continue;
      g_array_append_val (candidates, *place);
    }
  return candidates;
}

/* "label: a; b; c" appended to why, of the parts on one side (sign) whose probe answered so. */
static void
name_parts (const Case *the_case, GString *why, const char *label, int sign, gboolean answered)
{
  g_autoptr (GPtrArray) named = g_ptr_array_new ();
  for (guint i = 0; i < the_case->parts->len && named->len < MOST_NAMED; i++) {
    const CdPart *part = part_at (the_case, i);
    const CdProbeInfo *info = cd_probes_at (the_case->probes, part->probe);
    gboolean silent = !answered && info->basis == CD_BASIS_DECLARED; /* that there is no manifest goes without saying */
    if (part->weight * sign <= 0 || finding_of (the_case, part)->yes != answered || silent
        || g_ptr_array_find_with_equal_func (named, info->says, g_str_equal, NULL))
      continue;
    if (named->len > 0)
      g_string_append (why, ", ");
    else
      g_string_append_printf (why, "%s%s: ", why->len > 0 ? "; " : "", label);
    g_string_append (why, info->says);
    g_ptr_array_add (named, info->says);
  }
}

static char *
explain (const Case *the_case, gboolean yes)
{
  GString *why = g_string_new (NULL);
  if (!yes)
    name_parts (the_case, why, "not found", 1, FALSE);
  name_parts (the_case, why, "found", 1, TRUE);
  name_parts (the_case, why, "against it", -1, TRUE);
  if (yes && why->len == 0)
    name_parts (the_case, why, "nothing found of", -1, FALSE);
  return g_string_free (why, FALSE);
}

static void
add_missing (GPtrArray *missing, const char *fix)
{
  for (guint i = 0; i < missing->len; i++)
    if (strcmp (g_ptr_array_index (missing, i), fix) == 0)
      return;
  if (missing->len < MOST_MISSING)
    g_ptr_array_add (missing, g_strdup (fix));
}

/* For a no: the criterion's own advice, then that of the probes that would help, those that help most first. */
static GPtrArray *
gather_missing (const Case *the_case, gboolean yes)
{
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);
  if (yes)
    return missing;
  if (the_case->criterion->fix != NULL)
    add_missing (missing, the_case->criterion->fix);
  for (guint i = 0; i < the_case->parts->len; i++) {
    const CdPart *part = part_at (the_case, i);
    const char *fix = cd_probes_at (the_case->probes, part->probe)->fix;
    if (part->weight > 0 && !finding_of (the_case, part)->yes && fix != NULL)
      add_missing (missing, fix);
  }
  return missing;
}

/* What a part's answer rests on: the finding's own word (a declaration that was checked), else the probe's. */
static CdBasis
basis_of_part (const Case *the_case, const CdPart *part)
{
  const CdFinding *finding = finding_of (the_case, part);
  return finding->basis != CD_BASIS_ABSENT ? finding->basis : cd_probes_at (the_case->probes, part->probe)->basis;
}

/* A yes rests on its heaviest part; a no is contradicted where the authors declared what the repository does not bear out. */
static CdBasis
basis_of (const Case *the_case, gboolean yes)
{
  for (guint i = 0; i < the_case->parts->len; i++) {
    const CdPart *part = part_at (the_case, i);
    if (yes && speaks (the_case, part, TRUE))
      return basis_of_part (the_case, part);
    if (!yes && finding_of (the_case, part)->basis == CD_BASIS_CONTRADICTED)
      return CD_BASIS_CONTRADICTED;
  }
  return yes ? CD_BASIS_INFERRED : CD_BASIS_ABSENT;
}

#define CERTAIN_MARGIN 8.0 /* of an expression that is a plain probe: no doubt of its own */

static double
margin_of_expression (const Case *the_case, const CdExpression *when)
{
  if (when->kind == CD_EXPRESSION_SCORE)
    return cd_expression_score (when, answer_of, the_case->findings) - when->threshold + 0.5;
  if (when->kind == CD_EXPRESSION_NOT)
    return -margin_of_expression (the_case, when->members->pdata[0]);
  if (when->kind == CD_EXPRESSION_ALL || when->kind == CD_EXPRESSION_ANY) {
    double margin = when->kind == CD_EXPRESSION_ALL ? CERTAIN_MARGIN : -CERTAIN_MARGIN;
    for (guint i = 0; i < when->members->len; i++) {
      double member = margin_of_expression (the_case, when->members->pdata[i]);
      margin = when->kind == CD_EXPRESSION_ALL ? MIN (margin, member) : MAX (margin, member);
    }
    return margin;
  }
  return cd_expression_holds (when, answer_of, the_case->findings) ? CERTAIN_MARGIN : -CERTAIN_MARGIN;
}

#define LISTED_WEIGHT 1000 /* of the first probe of a list: before every part of a scorecard */

static void
append_list (GArray *parts, const GArray *list, int sign)
{
  for (guint i = 0; i < list->len; i++) {
    CdPart part = { g_array_index (list, guint, i), sign * (LISTED_WEIGHT - (int) parts->len) };
    g_array_append_val (parts, part);
  }
}

/* TRUE where a probe of the list answered yes and has a place to show for it. */
static gboolean
any_shows (const GArray *list, const CdFinding *findings)
{
  for (guint i = 0; i < list->len; i++) {
    const CdFinding *finding = &findings[g_array_index (list, guint, i)];
    if (finding->yes && finding->evidence != NULL && finding->evidence->len > 0)
      return TRUE;
  }
  return FALSE;
}

/* TRUE where evidence of the list bears a yes out, or the criterion lists none. */
static gboolean
is_stated (const CdCriterion *criterion, const CdFinding *findings, gboolean yes)
{
  return !yes || criterion->shown->len == 0 || any_shows (criterion->shown, findings);
}

/* What the work's authors declare comes first. */
static void
append_declared (GArray *stating, const CdProbes *probes, const CdFinding *findings, const GArray *parts)
{
  for (guint i = 0; i < parts->len; i++) {
    const CdPart *part = &g_array_index (parts, CdPart, i);
    CdPart declared = { part->probe, LISTED_WEIGHT + 1 };
    if (part->weight > 0 && findings[part->probe].yes && cd_probes_at (probes, part->probe)->basis == CD_BASIS_DECLARED)
      g_array_append_val (stating, declared);
  }
}

/* What states the answer: for a yes its declaration and the probes listed for it, or else the hints, or else the parts of `when`; for a no what is
 * listed against it. A scorecard's parts tell an answer by circumstances, and what speaks against a yes seldom states the no: that something is
 * absent has no place. */
static GArray *
stating_parts (const CdProbes *probes, const CdCriterion *criterion, const CdFinding *findings, const GArray *parts, gboolean yes)
{
  GArray *stating = g_array_new (FALSE, FALSE, sizeof (CdPart));
  gboolean listed = criterion->shown->len + criterion->hints->len + criterion->against->len > 0;
  if (!yes)
    append_list (stating, criterion->against, -1);
  else if (any_shows (criterion->shown, findings))
    append_list (stating, criterion->shown, 1);
  else if (any_shows (criterion->hints, findings))
    append_list (stating, criterion->hints, 1);
  if (yes && listed)
    append_declared (stating, probes, findings, parts);
  if (stating->len == 0 && (yes || !listed))
    g_array_append_vals (stating, parts->data, parts->len);
  return stating;
}

/* What a reader may want to look at: the listed probes, then the other parts of `when`. */
static GArray *
telling_parts (const CdCriterion *criterion, const GArray *parts)
{
  GArray *telling = g_array_new (FALSE, FALSE, sizeof (CdPart));
  append_list (telling, criterion->shown, 1);
  append_list (telling, criterion->against, -1);
  append_list (telling, criterion->hints, 1);
  for (guint i = 0; i < parts->len; i++) {
    CdPart part = g_array_index (parts, CdPart, i);
    gboolean listed = FALSE;
    for (guint k = 0; k < telling->len && !listed; k++)
      listed = g_array_index (telling, CdPart, k).probe == part.probe;
    if (!listed)
      g_array_append_val (telling, part);
  }
  return telling;
}

static CdVerdict *
judge (const CdRubric *rubric, guint index, const CdProbes *probes, const CdFinding *findings)
{
  const CdCriterion *criterion = cd_rubric_criterion (rubric, index);
  g_autoptr (GArray) parts = cd_expression_parts (criterion->when);
  sort_parts (parts);
  const Case the_case = { .probes = probes, .findings = findings, .criterion = criterion, .parts = parts };
  CdVerdict *verdict = g_new0 (CdVerdict, 1);
  verdict->criterion = index;
  verdict->yes = cd_expression_holds (criterion->when, answer_of, findings);
  verdict->margin = margin_of_expression (&the_case, criterion->when);
  verdict->basis = basis_of (&the_case, verdict->yes);
  g_autoptr (GArray) stated = stating_parts (probes, criterion, findings, parts, verdict->yes);
  g_autoptr (GArray) looked_at = telling_parts (criterion, parts);
  const Case stating = { .probes = probes, .findings = findings, .criterion = criterion, .parts = stated };
  const Case looking = { .probes = probes, .findings = findings, .criterion = criterion, .parts = looked_at };
  verdict->why = explain (verdict->yes ? &stating : &the_case, verdict->yes);
  verdict->evidence = gather_evidence (&stating, verdict->yes, is_stated (criterion, findings, verdict->yes) ? MOST_EVIDENCE : MOST_HINTS);
  verdict->candidates = gather_candidates (&looking, verdict->evidence);
  verdict->missing = gather_missing (&the_case, verdict->yes);
  return verdict;
}

GPtrArray *
cd_rubric_judge (const CdRubric *rubric, const CdProbes *probes, const CdFinding *findings)
{
  GPtrArray *verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_verdict_free);
  for (guint i = 0; i < cd_rubric_length (rubric); i++)
    g_ptr_array_add (verdicts, judge (rubric, i, probes, findings));
  cd_certainty_set (rubric, findings, verdicts);
  return verdicts;
}
