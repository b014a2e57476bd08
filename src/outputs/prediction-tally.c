/* Counters only: of an answer what the vote needs, cut to a digest where it is long. */
#include "outputs/prediction-tally.h"
#include <math.h>
#include <string.h>

#define DIGEST_DIGITS 32u                 /* 128 bits */
#define ANSWER_BYTES 200u                 /* of one kept for the vote; longer ones are kept as a digest and equal only themselves */
#define GROUPS_MOST 256u                  /* different answers of a problem */
#define VOTE_BYTES (256u * 1024u * 1024u) /* of all answers kept for votes; without them a problem's vote is not told */
#define COMPARED_MOST 32u                 /* groups with which a new answer is compared by the grader */

typedef struct {
  char *answer;
  guint count;
  double right;
  gboolean is_right;
} Group;

typedef struct {
  char *key; /* of the problem: its question's, else its id; NULL neither */
  char *category;
  Group *groups;
  guint groups_length, records, samples, right, told_tokens, bests;
  gboolean other; /* more different answers than are kept */
  double graded, tokens, best_score, best_right;
} Entry;

struct _CdTally {
  const CdGrader *grader;
  gsize kept;              /* bytes of answers */
  GArray *entries;         /* Entry */
  GHashTable *by_identity; /* digest of what tells a problem → index + 1 */
};

static void
clear_entry (gpointer data)
{
  Entry *entry = data;
  for (guint i = 0; i < entry->groups_length; i++)
    g_free (entry->groups[i].answer);
  g_free (entry->groups);
  g_free (entry->key);
  g_free (entry->category);
}

CdTally *
cd_tally_new (const CdGrader *grader)
{
  CdTally *tally = g_new0 (CdTally, 1);
  tally->grader = grader;
  tally->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (tally->entries, clear_entry);
  tally->by_identity = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return tally;
}

void
cd_tally_free (CdTally *tally)
{
  if (tally == NULL)
    return;
  g_array_unref (tally->entries);
  g_hash_table_unref (tally->by_identity);
  g_free (tally);
}

guint64
cd_tally_length (const CdTally *tally)
{
  return tally->entries->len;
}

/* What is long counts by its digest. */
static char *
shorten (const char *text)
{
  return strlen (text) <= ANSWER_BYTES ? g_strdup (text) : g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* What tells a record's problem from others: all that it says of it. NULL where it says nothing. Caller frees. */
static char *
identity_of (const CdPredictionRecord *record, const char *question_key)
{
  if (record->id == NULL && question_key == NULL)
    return NULL;
  const char *const parts[] = { record->id, question_key, record->setting, record->category, record->golds != NULL ? record->golds->pdata[0] : NULL };
  g_autoptr (GString) identity = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (identity, "%s\n", parts[i] != NULL ? parts[i] : "");
  char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, identity->str, (gssize) identity->len);
  digest[DIGEST_DIGITS] = '\0';
  return digest;
}

/* How another file of the same benchmark will call the problem. */
static char *
name_of (const CdPredictionRecord *record, const char *question_key)
{
  if (question_key == NULL)
    return record->id != NULL ? shorten (record->id) : NULL;
  if (record->setting == NULL)
    return g_strdup (question_key);
  g_autofree char *both = g_strconcat (question_key, record->setting, NULL);
  char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
  digest[DIGEST_DIGITS] = '\0';
  return digest;
}

gint64
cd_tally_problem (CdTally *tally, const CdPredictionRecord *record, const char *question_key, guint64 room)
{
  g_autofree char *identity = identity_of (record, question_key);
  gint64 known = identity != NULL ? GPOINTER_TO_INT (g_hash_table_lookup (tally->by_identity, identity)) : 0;
  if (known == 0 && room == 0)
    return -1;
  if (known == 0) {
    Entry entry = { .key = name_of (record, question_key), .best_score = -INFINITY };
    entry.category = record->category != NULL ? shorten (record->category) : NULL;
    g_array_append_val (tally->entries, entry);
    known = tally->entries->len;
    if (identity != NULL)
      g_hash_table_insert (tally->by_identity, g_steal_pointer (&identity), GINT_TO_POINTER ((gint) known));
  }
  g_array_index (tally->entries, Entry, known - 1).records++;
  return known - 1;
}

static gboolean
are_equal (const CdGrader *grader, const char *a, const char *b)
{
  g_auto (CdGrade) grade = { 0 };
  grader->grade (a, b, &grade);
  return grade.verdict == CD_GRADE_RIGHT;
}

static Group *
find_group (const CdTally *tally, Entry *entry, const char *answer, const CdTallySample *sample)
{
  for (guint i = 0; i < entry->groups_length; i++)
    if (strcmp (entry->groups[i].answer, answer) == 0)
      return &entry->groups[i];
  for (guint i = 0; tally->grader != NULL && i < MIN (entry->groups_length, COMPARED_MOST); i++) {
    Group *group = &entry->groups[i];
    if (sample->by_grader && (group->is_right || sample->is_right)) {
      if (group->is_right == sample->is_right)
        return group;
    } else if (are_equal (tally->grader, group->answer, answer))
      return group;
  }
  return NULL;
}

static void
vote (CdTally *tally, Entry *entry, const CdTallySample *sample)
{
  g_autofree char *answer = shorten (sample->answer);
  Group *group = find_group (tally, entry, answer, sample);
  gsize bytes = group == NULL ? strlen (answer) + sizeof (Group) : 0;
  if (group == NULL && (entry->groups_length == GROUPS_MOST || tally->kept + bytes > VOTE_BYTES)) {
    entry->other = TRUE;
    return;
  }
  tally->kept += bytes;
  if (group == NULL) {
    if ((entry->groups_length & (entry->groups_length - 1)) == 0)
      entry->groups = g_renew (Group, entry->groups, MAX (1, entry->groups_length * 2));
    group = &entry->groups[entry->groups_length++];
    *group = (Group){ .answer = g_steal_pointer (&answer), .is_right = sample->is_right };
  }
  group->count++;
  group->right += sample->is_right ? 1 : 0;
}

void
cd_tally_add (CdTally *tally, gint64 problem, const CdTallySample *sample)
{
  Entry *entry = &g_array_index (tally->entries, Entry, problem);
  entry->samples++;
  entry->right += sample->is_right ? 1 : 0;
  entry->graded += sample->right;
  if (!isnan (sample->tokens)) {
    entry->tokens += sample->tokens;
    entry->told_tokens++;
  }
  if (!isnan (sample->score) && sample->score >= entry->best_score) {
    gboolean better = sample->score > entry->best_score;
    entry->bests = (better ? 0 : entry->bests) + 1;
    entry->best_right = (better ? 0 : entry->best_right) + (sample->is_right ? 1 : 0);
    entry->best_score = sample->score;
  }
  if (sample->answer != NULL)
    vote (tally, entry, sample);
}

/* The chance that an answer of the largest group is right, the groups of equal size taken evenly. No vote: wrong; no answer known at all: not told. */
static double
majority_of (const Entry *entry, gboolean votes)
{
  guint most = 0, tied = 0;
  double right = 0;
  for (guint i = 0; i < entry->groups_length; i++) {
    const Group *group = &entry->groups[i];
    if (group->count < most)
      continue;
    tied = group->count > most ? 0 : tied;
    right = group->count > most ? 0 : right;
    most = group->count;
    tied++;
    right += group->right / group->count;
  }
  return !votes ? NAN : tied > 0 ? right / tied : 0;
}

static void
merge (CdTally *tally, Entry *into, Entry *from)
{
  into->other |= from->other;
  into->records += from->records;
  into->samples += from->samples;
  into->right += from->right;
  into->graded += from->graded;
  into->tokens += from->tokens;
  into->told_tokens += from->told_tokens;
  if (from->bests > 0 && from->best_score >= into->best_score) {
    gboolean better = from->best_score > into->best_score;
    into->bests = (better ? 0 : into->bests) + from->bests;
    into->best_right = (better ? 0 : into->best_right) + from->best_right;
    into->best_score = from->best_score;
  }
  for (guint i = 0; i < from->groups_length; i++) {
    Group *group = &from->groups[i];
    for (guint n = 0; n < group->count; n++) {
      CdTallySample sample
          = { .is_right = n < group->right, .answer = group->answer, .by_grader = group->right == 0 || group->right == group->count };
      vote (tally, into, &sample);
    }
  }
}

/* Ids may name samples instead of problems: where each stands once, and every question the same number of times, the question is the problem. */
static void
merge_by_question (CdTally *tally)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
  guint length = tally->entries->len;
  for (guint i = 0; i < length; i++) {
    const Entry *entry = &g_array_index (tally->entries, Entry, i);
    if (entry->key == NULL || entry->records != 1)
      return;
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (first, entry->key));
    g_hash_table_insert (first, entry->key, GUINT_TO_POINTER (count + 1));
  }
  guint problems = g_hash_table_size (first);
  if (problems == 0 || problems == length || length % problems != 0)
    return;
  GHashTableIter iter;
  gpointer count;
  g_hash_table_iter_init (&iter, first);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    if (GPOINTER_TO_UINT (count) != length / problems)
      return;
  g_hash_table_remove_all (first);
  guint kept = 0;
  for (guint i = 0; i < length; i++) {
    Entry *entry = &g_array_index (tally->entries, Entry, i);
    guint place = GPOINTER_TO_UINT (g_hash_table_lookup (first, entry->key));
    if (place > 0) {
      merge (tally, &g_array_index (tally->entries, Entry, place - 1), entry);
      clear_entry (entry);
    } else {
      g_array_index (tally->entries, Entry, kept) = *entry;
      g_hash_table_insert (first, entry->key, GUINT_TO_POINTER (++kept));
    }
    if (kept <= i)
      *entry = (Entry){ 0 };
  }
  g_array_set_size (tally->entries, kept);
}

static void
set_metric (CdFigure *figure, guint64 samples, guint64 right, guint least, guint most)
{
  figure->n = figure->problems->len;
  figure->samples = least == most ? least : 0;
  figure->metric = least == 1 && most == 1 ? (CdMetric){ CD_METRIC_ACCURACY, 0 } : (CdMetric){ CD_METRIC_AVERAGE, least == most ? least : 0 };
  figure->unit = CD_UNIT_PERCENT;
  figure->value = samples > 0 ? 100.0 * (double) right / (double) samples : NAN;
}

/* A name of its own for each problem; of two with one name the later has its number behind it. */
static char *
take_name (GHashTable *names, Entry *entry, guint index)
{
  char *name = entry->key != NULL ? g_steal_pointer (&entry->key) : g_strdup_printf ("%u", index + 1);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (names, name));
  g_hash_table_insert (names, name, GUINT_TO_POINTER (count + 1));
  if (count == 0)
    return name;
  char *numbered = g_strdup_printf ("%s#%u", name, count + 1);
  g_free (name);
  return numbered;
}

void
cd_tally_finish (CdTally *tally, CdFigure *figure)
{
  merge_by_question (tally);
  figure->problems = g_array_sized_new (FALSE, FALSE, sizeof (CdFigureProblem), tally->entries->len);
  guint64 samples = 0, right = 0;
  guint least = G_MAXUINT, most = 0;
  gboolean votes = FALSE;
  for (guint i = 0; i < tally->entries->len; i++)
    votes |= g_array_index (tally->entries, Entry, i).groups_length > 0;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < tally->entries->len; i++) {
    Entry *entry = &g_array_index (tally->entries, Entry, i);
    if (entry->samples == 0)
      continue;
    CdFigureProblem problem = {
      .problem = take_name (names, entry, i),
      .samples = entry->samples,
      .right = entry->right,
      .majority = majority_of (entry, votes && !entry->other),
      .best = entry->bests > 0 ? entry->best_right / entry->bests : NAN,
      .score = entry->samples > 0 ? entry->graded / entry->samples : 0,
      .tokens = entry->told_tokens > 0 ? entry->tokens / entry->told_tokens : NAN,
      .category = g_steal_pointer (&entry->category),
    };
    g_array_append_val (figure->problems, problem);
    samples += entry->samples;
    right += entry->right;
    least = MIN (least, entry->samples);
    most = MAX (most, entry->samples);
  }
  set_metric (figure, samples, right, least, most);
}
