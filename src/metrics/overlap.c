/* The n-gram index. Words become 64-bit hashes, 13-grams polynomials over them that roll from word to word; one open table holds the evaluation side's, and a bit
 * field before it answers for most grams of a training text. Which files are compared is contamination.c's business. */
#include "metrics/overlap.h"
#include "metrics/problem-text.h"
#include <string.h>

#define WORDS_MOST 2000000u /* words of the evaluation side: 25,000 problems of 80 words */
#define POSTINGS_MOST 32u   /* problems of one gram that are kept: the same problem in more spellings is not told apart */
#define GAP_MOST 64u        /* words between two shared grams that are still compared */
#define NONE G_MAXUINT32
#define MULTIPLIER G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) /* odd: multiplication modulo 2^64 loses nothing */

/* A word's hash; its lowest bit says that it is a number. */
typedef guint64 Word;

typedef struct {
  guint32 first, length; /* in words */
  guint32 of;            /* counted grams that are in the index */
  guint64 whole;         /* hash of all words */
  gboolean templated;    /* nothing but templates and what fills them: all grams that are not common have to be shared */
  GArray *items;         /* CdOverlapItem */
} Problem;

/* A gram; hash 0 marks an empty place of the table. */
typedef struct {
  guint64 hash;
  guint32 posting; /* NONE none; until sealed: the file that count is of */
  guint32 stamp;   /* the last problem, then the last text, that held it */
  guint16 count;   /* problems of one file, then postings */
  guint8 common;   /* stands in too many problems of a file */
} Gram;

typedef struct {
  guint32 problem, next;
} Posting;

struct _CdOverlap {
  GArray *words;        /* Word: of all problems */
  GArray *problems;     /* Problem */
  GHashTable *by_whole; /* &hash → index + 1 */
  Gram *grams;
  guint64 mask; /* places of grams - 1 */
  guint8 *seen; /* bit field over hashes of counted grams */
  guint64 seen_mask;
  GArray *postings; /* Posting */
  guint64 oldest;   /* MULTIPLIER to the power of 12: what the word that leaves a gram weighs */
  GString *normal;
  GArray *text;    /* Word: of the text looked up */
  guint32 *shared; /* by problem */
  GArray *touched; /* guint32: problems with a shared gram */
  GArray *matches;
  guint32 stamp;
};

static void
problem_clear (gpointer data)
{
  g_array_unref (((Problem *) data)->items);
}

CdOverlap *
cd_overlap_new (void)
{
  CdOverlap *overlap = g_new0 (CdOverlap, 1);
  overlap->words = g_array_new (FALSE, FALSE, sizeof (Word));
  overlap->problems = g_array_new (FALSE, FALSE, sizeof (Problem));
  g_array_set_clear_func (overlap->problems, problem_clear);
  overlap->by_whole = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  overlap->postings = g_array_new (FALSE, FALSE, sizeof (Posting));
  overlap->normal = g_string_new (NULL);
  overlap->text = g_array_new (FALSE, FALSE, sizeof (Word));
  overlap->touched = g_array_new (FALSE, FALSE, sizeof (guint32));
  overlap->matches = g_array_new (FALSE, FALSE, sizeof (CdOverlapMatch));
  overlap->oldest = 1;
  for (guint i = 1; i < CD_OVERLAP_GRAM; i++)
    overlap->oldest *= MULTIPLIER;
  return overlap;
}

void
cd_overlap_free (CdOverlap *overlap)
{
  if (overlap == NULL)
    return;
  GArray *arrays[] = { overlap->words, overlap->problems, overlap->postings, overlap->text, overlap->touched, overlap->matches };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  g_hash_table_unref (overlap->by_whole);
  g_string_free (overlap->normal, TRUE);
  g_free (overlap->grams);
  g_free (overlap->seen);
  g_free (overlap->shared);
  g_free (overlap);
}

/* The finalizer of MurmurHash3 (public domain, A. Appleby). */
static guint64
mix (guint64 hash)
{
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return hash ^ (hash >> 33);
}

static void
append_words (const GString *normal, GArray *words)
{
  for (const char *at = normal->str, *end = at + normal->len; at < end;) {
    guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325); /* FNV-1a */
    gboolean number = g_ascii_isdigit (*at);
    for (; at < end && *at != ' '; at++)
      hash = (hash ^ (guchar) *at) * G_GUINT64_CONSTANT (0x100000001b3);
    Word word = (mix (hash) & ~(Word) 1) | (number ? 1 : 0);
    g_array_append_val (words, word);
    at++;
  }
}

/* The first gram of words; then the next one, `last` being the word that enters and `first` the one that leaves. */
static guint64
gram_of (const Word *words)
{
  guint64 gram = 0;
  for (guint i = 0; i < CD_OVERLAP_GRAM; i++)
    gram = gram * MULTIPLIER + words[i];
  return gram;
}

static guint64
gram_after (const CdOverlap *overlap, guint64 gram, Word first, Word last)
{
  return (gram - first * overlap->oldest) * MULTIPLIER + last;
}

static guint64
key_of (guint64 gram)
{
  guint64 key = mix (gram);
  return key != 0 ? key : 1;
}

static guint64
whole_of (const Word *words, guint length)
{
  guint64 whole = length;
  for (guint i = 0; i < length; i++)
    whole = (whole + words[i]) * MULTIPLIER;
  return mix (whole);
}

static const Word *
words_of (const CdOverlap *overlap, const Problem *problem)
{
  return (const Word *) (gpointer) overlap->words->data + problem->first;
}

gboolean
cd_overlap_add (CdOverlap *overlap, const char *text, gsize length, guint file, guint32 line)
{
  Problem problem = { .first = overlap->words->len };
  cd_problem_normalise (text, length, overlap->normal);
  append_words (overlap->normal, overlap->words);
  problem.length = overlap->words->len - problem.first;
  problem.whole = whole_of (words_of (overlap, &problem), problem.length);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (overlap->by_whole, &problem.whole));
  gboolean full = known == 0 && overlap->words->len > WORDS_MOST;
  if (known > 0 || full || problem.length < CD_OVERLAP_WORDS)
    g_array_set_size (overlap->words, problem.first);
  if (full)
    return FALSE;
  if (problem.length < CD_OVERLAP_WORDS)
    return TRUE;
  if (known == 0) {
    problem.items = g_array_new (FALSE, FALSE, sizeof (CdOverlapItem));
    g_array_append_val (overlap->problems, problem);
    known = overlap->problems->len;
    g_hash_table_insert (overlap->by_whole, g_memdup2 (&problem.whole, sizeof problem.whole), GUINT_TO_POINTER (known));
  }
  CdOverlapItem item = { file, line };
  g_array_append_val (g_array_index (overlap->problems, Problem, known - 1).items, item);
  return TRUE;
}

/* The gram's place in the table, an empty one where it is not there. The table is at most half full. */
static Gram *
find_gram (const CdOverlap *overlap, guint64 key)
{
  guint64 place = key & overlap->mask;
  while (overlap->grams[place].hash != 0 && overlap->grams[place].hash != key)
    place = (place + 1) & overlap->mask;
  return &overlap->grams[place];
}

typedef void (*GramVisit) (CdOverlap *overlap, guint index, Problem *problem, guint position, guint64 key, gpointer data);

static void
visit_grams (CdOverlap *overlap, guint index, GramVisit visit, gpointer data)
{
  Problem *problem = &g_array_index (overlap->problems, Problem, index);
  const Word *words = words_of (overlap, problem);
  guint64 gram = problem->length >= CD_OVERLAP_GRAM ? gram_of (words) : 0;
  for (guint i = 0; i + CD_OVERLAP_GRAM <= problem->length; i++) {
    visit (overlap, index, problem, i, key_of (gram), data);
    if (i + CD_OVERLAP_GRAM < problem->length)
      gram = gram_after (overlap, gram, words[i], words[i + CD_OVERLAP_GRAM]);
  }
}

/* In how many problems of one file it stands; the same problem in several files is no template. */
static void
count_gram (CdOverlap *overlap, guint index, Problem *problem, guint position, guint64 key, gpointer data)
{
  (void) position;
  (void) data;
  guint32 file = g_array_index (problem->items, CdOverlapItem, 0).file;
  Gram *gram = find_gram (overlap, key);
  if (gram->hash == key && gram->stamp == index)
    return;
  gboolean same = gram->hash == key && gram->posting == file;
  *gram = (Gram){ key, file, index, (guint16) (same ? MIN (gram->count + 1, 1000) : 1), gram->hash == key ? gram->common : 0 };
  if (gram->count > CD_OVERLAP_COMMON)
    gram->common = 1;
}

/* data: one byte a word, set where a common gram covers it. */
static void
mark_template (CdOverlap *overlap, guint index, Problem *problem, guint position, guint64 key, gpointer data)
{
  (void) index;
  (void) problem;
  if (find_gram (overlap, key)->common)
    memset ((guint8 *) data + position, 1, CD_OVERLAP_GRAM);
}

/* data: as above; NULL: only grams that are common themselves are left out. */
static void
post_gram (CdOverlap *overlap, guint index, Problem *problem, guint position, guint64 key, gpointer data)
{
  Gram *gram = find_gram (overlap, key);
  gboolean template = data != NULL ? memchr ((const guint8 *) data + position, 1, CD_OVERLAP_GRAM) != NULL : gram->common != 0;
  if (template || gram->stamp == index || gram->count >= POSTINGS_MOST)
    return;
  Posting posting = { index, gram->posting };
  gram->stamp = index;
  gram->posting = overlap->postings->len;
  gram->count++;
  problem->of++;
  g_array_append_val (overlap->postings, posting);
  guint64 bit = (key >> 20) & overlap->seen_mask;
  overlap->seen[bit / 8] |= (guint8) (1u << (bit % 8));
}

/* A short problem in a template is known by the words that are its own, too. */
static void
add_body (CdOverlap *overlap, guint index, const guint8 *template)
{
  const Problem *problem = &g_array_index (overlap->problems, Problem, index);
  g_autoptr (GArray) body = g_array_new (FALSE, FALSE, sizeof (Word));
  for (guint i = 0; i < problem->length; i++)
    if (template[i] == 0)
      g_array_append_vals (body, words_of (overlap, problem) + i, 1);
  guint64 whole = whole_of ((const Word *) (gpointer) body->data, body->len);
  if (body->len >= CD_OVERLAP_WORDS && !g_hash_table_contains (overlap->by_whole, &whole))
    g_hash_table_insert (overlap->by_whole, g_memdup2 (&whole, sizeof whole), GUINT_TO_POINTER (index + 1));
}

static void
allocate (CdOverlap *overlap)
{
  guint64 places = 1024;
  while (places < 2 * (guint64) overlap->words->len)
    places *= 2;
  overlap->mask = places - 1;
  overlap->grams = g_new0 (Gram, places);
  guint64 bits = CLAMP (places * 8, 1u << 16, 1u << 24); /* a few megabits stay in the processor's cache */
  overlap->seen_mask = bits - 1;
  overlap->seen = g_new0 (guint8, bits / 8);
  overlap->shared = g_new0 (guint32, overlap->problems->len + 1);
}

void
cd_overlap_seal (CdOverlap *overlap)
{
  allocate (overlap);
  for (guint i = 0; i < overlap->problems->len; i++)
    visit_grams (overlap, i, count_gram, NULL);
  for (guint64 place = 0; place <= overlap->mask; place++) {
    overlap->grams[place].posting = overlap->grams[place].stamp = NONE;
    overlap->grams[place].count = 0;
  }
  g_autoptr (GByteArray) template = g_byte_array_new ();
  for (guint i = 0; i < overlap->problems->len; i++) {
    g_byte_array_set_size (template, g_array_index (overlap->problems, Problem, i).length);
    memset (template->data, 0, template->len);
    visit_grams (overlap, i, mark_template, template->data);
    visit_grams (overlap, i, post_gram, template->data);
    Problem *problem = &g_array_index (overlap->problems, Problem, i);
    problem->templated = problem->of == 0 && problem->length >= CD_OVERLAP_GRAM;
    if (problem->templated) {
      visit_grams (overlap, i, post_gram, NULL);
      add_body (overlap, i, template->data);
    }
  }
  for (guint64 place = 0; place <= overlap->mask; place++)
    overlap->grams[place].stamp = NONE;
}

guint
cd_overlap_length (const CdOverlap *overlap)
{
  return overlap->problems->len;
}

const GArray *
cd_overlap_items (const CdOverlap *overlap, guint problem)
{
  return g_array_index (overlap->problems, Problem, problem).items;
}

static void
share_gram (CdOverlap *overlap, guint64 key)
{
  guint64 bit = (key >> 20) & overlap->seen_mask;
  if ((overlap->seen[bit / 8] >> (bit % 8) & 1) == 0)
    return;
  Gram *gram = find_gram (overlap, key);
  if (gram->hash != key || gram->stamp == overlap->stamp)
    return;
  gram->stamp = overlap->stamp;
  for (guint32 at = gram->posting; at != NONE;) {
    const Posting *posting = &g_array_index (overlap->postings, Posting, at);
    if (overlap->shared[posting->problem]++ == 0)
      g_array_append_val (overlap->touched, posting->problem);
    at = posting->next;
  }
}

/* The grams of the text by their first position + 1. Free with g_hash_table_unref. */
static GHashTable *
positions_of (const CdOverlap *overlap)
{
  GHashTable *positions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  const Word *words = (const Word *) (gpointer) overlap->text->data;
  guint64 gram = gram_of (words);
  for (guint i = 0; i + CD_OVERLAP_GRAM <= overlap->text->len; i++) {
    guint64 key = key_of (gram);
    if (!g_hash_table_contains (positions, &key))
      g_hash_table_insert (positions, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (i + 1));
    if (i + CD_OVERLAP_GRAM < overlap->text->len)
      gram = gram_after (overlap, gram, words[i], words[i + CD_OVERLAP_GRAM]);
  }
  return positions;
}

/* Two runs of words each name numbers, and not the same ones. */
static gboolean
runs_differ (const Word *a, gint64 a_length, const Word *b, gint64 b_length)
{
  gint64 i = 0, k = 0;
  guint numbers = 0;
  for (;; i++, k++) {
    while (i < a_length && (a[i] & 1) == 0)
      i++;
    while (k < b_length && (b[k] & 1) == 0)
      k++;
    if (i >= a_length || k >= b_length)
      return (i < a_length || k < b_length) && numbers > 0;
    if (a[i] != b[k])
      return TRUE;
    numbers++;
  }
}

typedef struct {
  const GHashTable *positions;
  const Word *text;
  gint64 text_length;
  gint64 problem_end, text_end; /* behind the last shared gram; -1 none yet */
  gboolean differ;
} Alignment;

static void
align_gram (CdOverlap *overlap, guint index, Problem *problem, guint position, guint64 key, gpointer data)
{
  (void) index;
  Alignment *alignment = data;
  const Word *words = words_of (overlap, problem);
  gint64 found = (gint64) GPOINTER_TO_UINT (g_hash_table_lookup ((GHashTable *) alignment->positions, &key)) - 1;
  if (found < 0 || alignment->differ)
    return;
  gint64 gap = position - MAX (alignment->problem_end, 0);
  gint64 text_gap = alignment->problem_end < 0 ? MIN (gap, found) : found - alignment->text_end;
  if (gap > 0 && gap <= GAP_MOST && text_gap > 0 && text_gap <= GAP_MOST)
    alignment->differ = runs_differ (words + position - gap, gap, alignment->text + found - text_gap, text_gap);
  alignment->problem_end = position + CD_OVERLAP_GRAM;
  alignment->text_end = found + CD_OVERLAP_GRAM;
}

/* Where the two agree around a gap, before or behind, and both name numbers there that are not the same. */
static gboolean
numbers_differ (CdOverlap *overlap, guint index, const GHashTable *positions)
{
  const Problem *problem = &g_array_index (overlap->problems, Problem, index);
  Alignment alignment = { positions, (const Word *) (gpointer) overlap->text->data, overlap->text->len, -1, -1, FALSE };
  visit_grams (overlap, index, align_gram, &alignment);
  gint64 tail = problem->length - alignment.problem_end, text_tail = MIN (tail, alignment.text_length - alignment.text_end);
  if (alignment.problem_end >= 0 && tail > 0 && tail <= GAP_MOST && text_tail > 0)
    alignment.differ |= runs_differ (words_of (overlap, problem) + alignment.problem_end, tail, alignment.text + alignment.text_end, text_tail);
  return alignment.differ;
}

static gint
compare_matches (gconstpointer a, gconstpointer b)
{
  const CdOverlapMatch *x = a, *y = b;
  return x->problem < y->problem ? -1 : x->problem > y->problem;
}

static void
add_exact (CdOverlap *overlap)
{
  guint64 whole = whole_of ((const Word *) (gpointer) overlap->text->data, overlap->text->len);
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (overlap->by_whole, &whole));
  if (found == 0)
    return;
  guint32 of = g_array_index (overlap->problems, Problem, found - 1).of;
  CdOverlapMatch match = { found - 1, of, of, TRUE };
  g_array_append_val (overlap->matches, match);
}

static void
add_shared (CdOverlap *overlap)
{
  g_autoptr (GHashTable) positions = NULL;
  guint exact = overlap->matches->len > 0 ? g_array_index (overlap->matches, CdOverlapMatch, 0).problem : G_MAXUINT;
  for (guint i = 0; i < overlap->touched->len; i++) {
    guint32 index = g_array_index (overlap->touched, guint32, i);
    const Problem *problem = &g_array_index (overlap->problems, Problem, index);
    CdOverlapMatch match = { index, overlap->shared[index], problem->of, FALSE };
    guint wanted = problem->templated ? match.of : (match.of + 1) / 2;
    overlap->shared[index] = 0;
    if (index == exact || match.shared < wanted)
      continue;
    positions = positions != NULL ? positions : positions_of (overlap);
    if (!numbers_differ (overlap, index, positions))
      g_array_append_val (overlap->matches, match);
  }
}

const GArray *
cd_overlap_find (CdOverlap *overlap, const char *text, gsize length)
{
  cd_problem_normalise (text, length, overlap->normal);
  g_array_set_size (overlap->text, 0);
  g_array_set_size (overlap->touched, 0);
  g_array_set_size (overlap->matches, 0);
  append_words (overlap->normal, overlap->text);
  guint words = overlap->text->len;
  if (words < CD_OVERLAP_WORDS)
    return overlap->matches;
  add_exact (overlap);
  overlap->stamp++;
  const Word *at = (const Word *) (gpointer) overlap->text->data;
  guint64 gram = words >= CD_OVERLAP_GRAM ? gram_of (at) : 0;
  for (guint i = 0; i + CD_OVERLAP_GRAM <= words; i++) {
    share_gram (overlap, key_of (gram));
    if (i + CD_OVERLAP_GRAM < words)
      gram = gram_after (overlap, gram, at[i], at[i + CD_OVERLAP_GRAM]);
  }
  add_shared (overlap);
  g_array_sort (overlap->matches, compare_matches);
  return overlap->matches;
}
